//! The printed SQL, run in SQLite, gives the price of the engine: every rate card, every rule, all columns. `tests/sql/check.py` does
//! the same in other databases, with `batch`.

use proptest::prelude::*;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use wxlicense::formula::{PriceSql, SqlColumn, SqlDialect, SqlError};
use wxlicense::pricing::{Held, Price, PriceTable, Purchase, PurchaseKind};
use wxlicense::rates::{RateCard, RateCards};
use wxlicense::{AccountType, Counts, Term};

use crate::engine_properties::any_card;
use crate::engine_rules::any_rules;
use crate::targets::reference_input::{read, text_with_rules};

const COLUMNS: [SqlColumn; 5] =
    [SqlColumn::Months, SqlColumn::Days, SqlColumn::HeldBasic, SqlColumn::HeldInterop, SqlColumn::Renewal];

fn wecom() -> RateCard {
    RateCards::embedded().unwrap().in_force(None).unwrap().as_ref().clone()
}

/// Returns the three amounts of each purchase, as SQLite computes them from some columns.
fn computed(card: &RateCard, columns: &[SqlColumn], purchases: &[Purchase]) -> Vec<[Option<String>; 3]> {
    let database = Connection::open_in_memory().unwrap();
    database
        .execute_batch(
            "CREATE TABLE \"my rows\" (id INTEGER, basic INTEGER, interop INTEGER, months INTEGER, days INTEGER, \
             held_basic INTEGER, held_interop INTEGER, renewal INTEGER)",
        )
        .unwrap();
    for (id, purchase) in purchases.iter().enumerate() {
        let Purchase { counts, term, kind, held, .. } = purchase;
        let numbers = [id as u32, counts.basic, counts.interop, term.months, term.days, held.longer.basic]
            .into_iter()
            .chain([held.longer.interop, u32::from(*kind == PurchaseKind::Renewal)]);
        let insert = "INSERT INTO \"my rows\" VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        database.execute(insert, params_from_iter(numbers)).unwrap();
    }
    let query = PriceSql::new(card, SqlDialect::Sqlite, columns).unwrap().query("my rows", false);
    let query = format!("SELECT basic_annual, interop_annual, list_price FROM ({query}) ORDER BY id");
    let mut statement = database.prepare(&query).unwrap();
    let cell = |value: Value| match value {
        Value::Null => None,
        Value::Text(text) => Some(text),
        other => panic!("{other:?}"),
    };
    let rows = statement.query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?].map(cell))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Returns a purchase as some columns state it: for 12 months if they have no term, new, and after none.
fn stated(purchase: &Purchase, columns: &[SqlColumn]) -> Purchase {
    let if_stated = |column, number: u32| if columns.contains(&column) { number } else { 0 };
    let term = Term {
        months: if_stated(SqlColumn::Months, purchase.term.months),
        days: if_stated(SqlColumn::Days, purchase.term.days),
    };
    let has_term = columns.contains(&SqlColumn::Months) || columns.contains(&SqlColumn::Days);
    let Counts { basic, interop } = purchase.held.longer;
    Purchase {
        term: if has_term { term } else { Term { months: 12, days: 0 } },
        kind: if columns.contains(&SqlColumn::Renewal) { purchase.kind } else { PurchaseKind::New },
        held: Held::longer(Counts {
            basic: if_stated(SqlColumn::HeldBasic, basic),
            interop: if_stated(SqlColumn::HeldInterop, interop),
        }),
        ..Purchase::of(purchase.counts)
    }
}

/// Returns the three amounts of a purchase by the engine, with as many decimals as SQLite shows.
fn priced(card: &RateCard, purchase: &Purchase) -> [Option<String>; 3] {
    let Ok(price) = PriceTable::new(card).unwrap().price(purchase) else { return [None, None, None] };
    let Price { annual, list_price, unpriced, .. } = price;
    let annual = |kind: AccountType| (*unpriced.get(kind) == 0).then(|| annual.get(kind).to_string());
    let list_price = price.is_complete().then(|| list_price.to_string());
    [annual(AccountType::Basic), annual(AccountType::Interop), list_price]
}

/// Compares amounts that may have a different number of decimals.
fn agrees(card: &RateCard, columns: &[SqlColumn], purchases: &[Purchase]) {
    let decimal = |text: &String| text.parse::<rust_decimal::Decimal>().unwrap();
    for (found, purchase) in computed(card, columns, purchases).iter().zip(purchases) {
        let purchase = stated(purchase, columns);
        let expected = priced(card, &purchase);
        let numbers =
            |amounts: &[Option<String>; 3]| amounts.clone().map(|amount| amount.as_ref().map(decimal));
        assert_eq!(numbers(found), numbers(&expected), "{purchase:?}");
    }
}

fn purchases() -> impl Strategy<Value = Vec<Purchase>> {
    let count =
        || prop_oneof![0..=12_u32, 195..=205_u32, 9_995..=10_005_u32, 0..=1_500_u32, 999_999..=1_000_001_u32];
    let terms = prop_oneof![
        Just((12, 0)),
        (0..=61_u32, Just(0)),
        (0..=60_u32, 0..=40_u32),
        (Just(0), 30..=1_861_u32)
    ];
    let purchase = ((count(), count()), (count(), count()), terms, any::<bool>()).prop_map(
        |((basic, interop), (held_basic, held_interop), (months, days), renewal)| Purchase {
            term: Term { months, days },
            kind: if renewal { PurchaseKind::Renewal } else { PurchaseKind::New },
            held: Held::longer(Counts { basic: held_basic, interop: held_interop }),
            ..Purchase::of(Counts { basic, interop })
        },
    );
    prop::collection::vec(purchase, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn rows_on_the_public_card_have_the_price_of_the_engine(purchases in purchases()) {
        agrees(&wecom(), &COLUMNS, &purchases);
    }

    #[test]
    fn rows_with_some_of_the_columns_have_the_price_of_what_they_state(
        columns in prop::sample::subsequence(COLUMNS.to_vec(), 0..COLUMNS.len()),
        purchases in purchases(),
    ) {
        agrees(&wecom(), &columns, &purchases);
    }

    #[test]
    fn rows_on_any_card_have_the_price_of_the_engine(
        (list, negotiated_tail) in any_card(),
        rules in any_rules(),
        purchases in purchases(),
    ) {
        let card = read(&text_with_rules(&list, negotiated_tail, &rules));
        prop_assume!(PriceSql::new(&card, SqlDialect::Sqlite, &COLUMNS).is_ok());
        agrees(&card, &COLUMNS, &purchases);
    }
}

#[test]
fn amounts_have_two_decimals_and_a_missing_term_is_a_year() {
    let database = Connection::open_in_memory().unwrap();
    database
        .execute_batch(
            "CREATE TABLE rows (basic, interop, months); INSERT INTO rows VALUES (150, NULL, NULL)",
        )
        .unwrap();
    let card = wecom();
    let query = PriceSql::new(&card, SqlDialect::Sqlite, &[SqlColumn::Months]).unwrap().query("rows", true);
    let row: (i64, Option<i64>, Option<i64>, String, String, String, String, String) = database
        .query_row(&query, [], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
                row.get(7)?,
            ))
        })
        .unwrap();
    let text = |text: &str| text.to_owned();
    assert_eq!(
        row,
        (150, None, None, text("605.00"), text("0.00"), text("605.00"), text("0.00"), text("605.00"))
    );
}

#[test]
fn a_query_ends_without_a_comment_and_functions_are_where_there_are_any() {
    use strum::VariantArray;
    let card = wecom();
    for dialect in SqlDialect::VARIANTS {
        let sql = PriceSql::new(&card, *dialect, &COLUMNS).unwrap();
        for waivers in [false, true] {
            let query = sql.query("rows", waivers);
            let last = query.lines().last().unwrap();
            assert!(!last.contains("--") && !query.contains(';') && !query.contains("NULL +"), "{query}");
        }
        let functions = sql.functions();
        match dialect {
            SqlDialect::Sqlite => assert_eq!(functions, Err(SqlError::NoFunctions { dialect: *dialect })),
            _ => assert_eq!(functions.unwrap().matches("CREATE OR REPLACE").count(), 3),
        }
    }
}
