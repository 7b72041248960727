//! The price as an expression agrees with the engine, and is printed in the syntax of spreadsheets.

use proptest::prelude::*;
use rust_decimal::Decimal;
use wxlicense::formula::{PriceFormula, Spreadsheet, Variable};
use wxlicense::pricing::{Held, PriceTable, Purchase, PurchaseError, PurchaseKind};
use wxlicense::rates::{RateCard, RateCards};
use wxlicense::{AccountType, Counts, PerType, Term};

use crate::engine_properties::{any_card, config, largest_card_text, purchase};
use crate::engine_rules::any_rules;
use crate::targets::reference_input::{read, text_with_rules, unit_price};

fn wecom() -> RateCard {
    RateCards::embedded().unwrap().in_force(None).unwrap().as_ref().clone()
}

/// Compares every figure of a purchase.
fn agrees(card: &RateCard, purchase: &Purchase) -> Result<(), TestCaseError> {
    let table = PriceTable::new(card).unwrap();
    let formula = PriceFormula::new(card);
    let computed = |variable| formula.evaluate(variable, purchase);
    let price = match table.price(purchase) {
        Ok(price) => price,
        Err(PurchaseError::Overflow) => return Ok(()),
        Err(error) => return Err(TestCaseError::reject(error.to_string())),
    };
    let itemised = table.itemise(purchase).unwrap();
    let exact = |number: u64, decimals| Decimal::from_i128_with_scale(number.into(), decimals);
    for kind in AccountType::ALL {
        let annual = price.annual.get(kind).ten_thousandths();
        prop_assert_eq!(computed(Variable::Annual(kind)), Some(exact(annual, 4)));
        prop_assert_eq!(computed(Variable::Unpriced(kind)), Some(Decimal::from(*price.unpriced.get(kind))));
        let start = *table.start(purchase).get(kind);
        prop_assert_eq!(computed(Variable::Before(kind)), Some(Decimal::from(start)));
        for tier in 0..card.tiers.len() + usize::from(card.negotiated.is_some()) {
            let index = (tier < card.tiers.len()).then_some(tier);
            let mut lines = itemised.lines.iter().filter(|line| line.account_type == kind);
            let count = lines.find(|line| line.tier == index).map_or(0, |line| line.count());
            prop_assert_eq!(computed(Variable::InTier(kind, tier)), Some(Decimal::from(count)), "{}", tier);
        }
    }
    prop_assert_eq!(computed(Variable::TermDays), Some(Decimal::from(price.days)));
    let fen = u64::try_from(price.list_price.fen()).unwrap();
    prop_assert_eq!(computed(Variable::ListPrice), Some(exact(fen, 2)));
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_purchase_on_the_public_card_has_the_price_of_the_engine(bought in purchase()) {
        agrees(&wecom(), &bought)?;
    }

    #[test]
    fn every_purchase_on_any_card_has_the_price_of_the_engine(
        (list, negotiated_tail) in any_card(),
        counts in (0..=1_500u32, 0..=1_500u32),
        held in (0..=600u32, 0..=600u32),
        (months, days) in (0..=60u32, 1..=40u32),
        (others, rules) in ((0..=600u32, 0..=600u32), any_rules()),
        (price, renewal) in (prop::option::of(0..=99_999u64), any::<bool>()),
    ) {
        let held = Held {
            longer: Counts { basic: held.0, interop: held.1 },
            equal: Counts { basic: others.0, interop: others.1 },
            unactivated: Counts { basic: others.1, interop: held.0 },
        };
        let price = price.map(unit_price);
        agrees(&read(&text_with_rules(&list, negotiated_tail, &rules)), &Purchase {
            counts: Counts { basic: counts.0.max(1), interop: counts.1 },
            term: Term { months, days },
            kind: if renewal { PurchaseKind::Renewal } else { PurchaseKind::New },
            held,
            negotiated: PerType { basic: price, interop: price },
        })?;
    }

    /// The highest prices, the largest orders and the longest terms that a card can state.
    #[test]
    fn the_largest_orders_have_the_price_of_the_engine(
        prices in prop::collection::vec(0..=10_000_000_000u64, 1..=6),
        width in 1..=160_000_000u64,
        counts in (1..=1_000_000_000u32, 0..=1_000_000_000u32),
        held in (any::<u32>(), any::<u32>()),
        days in 1..=1_000_000_000u32,
        (open, price) in (any::<bool>(), prop::option::of(0..=10_000_000_000u64)),
    ) {
        let text = largest_card_text(&prices, width, open);
        let card = read(&text);
        prop_assume!(PriceTable::new(&card).is_ok());
        let price = price.map(unit_price);
        agrees(&card, &Purchase {
            counts: Counts { basic: counts.0, interop: counts.1 },
            term: Term { months: 0, days },
            kind: PurchaseKind::New,
            held: Held::longer(Counts { basic: held.0, interop: held.1 }),
            negotiated: PerType { basic: price, interop: price },
        })?;
    }
}

#[test]
fn every_tier_edge_and_every_limit_has_the_price_of_the_engine() {
    let card = wecom();
    let near_edges = [0, 1, 4, 5, 6, 199, 200, 201, 500, 501, 1_000, 1_001, 9_999, 10_000, 10_001, 1_000_000];
    for basic in near_edges {
        for held in near_edges {
            for (months, days) in [(1, 0), (0, 31), (11, 30), (12, 0), (0, 371), (60, 0), (0, 1860)] {
                let counts = Counts { basic, interop: held.max(1) };
                let held = Held::longer(Counts { basic: held, interop: basic });
                let negotiated = PerType { basic: Some(unit_price(8_125)), interop: None };
                agrees(
                    &card,
                    &Purchase {
                        counts,
                        term: Term { months, days },
                        kind: PurchaseKind::New,
                        held,
                        negotiated,
                    },
                )
                .unwrap();
            }
        }
    }
}

#[test]
fn a_test_enterprise_has_the_price_of_the_engine() {
    let purchase = Purchase {
        term: Term { months: 1, days: 0 },
        kind: PurchaseKind::TestEnterprise,
        ..Purchase::of(Counts { basic: 1_000, interop: 7 })
    };
    agrees(&wecom(), &purchase).unwrap();
}

#[test]
fn a_spreadsheet_reads_cells_and_functions() {
    let formula = PriceFormula::new(&wecom());
    let cell = |variable| match variable {
        Variable::TierFrom(_) => "A1".to_owned(),
        Variable::TierTo(_) => "A2".to_owned(),
        Variable::Before(_) => "B1".to_owned(),
        Variable::Accounts(_) => "B2".to_owned(),
        Variable::Months => "C1".to_owned(),
        Variable::Days => "C2".to_owned(),
        other => format!("{other:?}"),
    };
    let printed = |variable| formula.step(variable).unwrap().print(&Spreadsheet(cell));
    let basic = AccountType::Basic;
    assert_eq!(printed(Variable::InTier(basic, 0)), "MAX(0,MIN(A2,B1+B2)-MAX(A1-1,B1))");
    assert_eq!(printed(Variable::InTier(basic, 5)), "MAX(0,B1+B2-MAX(A1-1,B1))");
    assert_eq!(printed(Variable::TermDays), "QUOTIENT(C1,12)*DaysPerYear+MOD(C1,12)*DaysPerMonth+C2");
    assert_eq!(printed(Variable::AnnualSum), "ROUND(Annual(Basic)+Annual(Interop),4)");
    let price = formula.step(Variable::ListPrice).unwrap();
    let of_kind = |is_zero| price.clone().given(Variable::Renewal, is_zero).print(&Spreadsheet(cell));
    assert_eq!(
        of_kind(true),
        "(QUOTIENT(ROUND(AnnualSum*10000,0),1200*DaysPerYear)*(C1*DaysPerYear+C2*12)\
         +QUOTIENT(MOD(ROUND(AnnualSum*10000,0),1200*DaysPerYear)*(C1*DaysPerYear+C2*12)+600*DaysPerYear,\
         1200*DaysPerYear))/100"
    );
    // A renewal with days is one to a day, and has no months.
    assert!(of_kind(false).contains("*IF(C2<>0,TermDays*12,C1*DaysPerYear)+"));
}
