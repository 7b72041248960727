//! What was paid, with WeCom's documents beside the plan.

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use crate::account::{AccountType, Counts, Term};
use crate::money::Money;
use crate::plan::fixture::plan;
use crate::plan::{AccountList, HeldLot, ListedAccount, ListedOrder, ListedTerm, Plan, RecordedKind};
use crate::planning::schedule::{ScheduleOptions, ScheduledOrder, schedule};
use crate::pricing::NoteCode;

/// A school whose account list has 180 accounts that began after the first of two orders.
fn listed() -> Plan {
    let text = "date = 2023-06-01\n[[school]]\ncode = \"1\"\nname = \"甲\"\nbasic = 230\n";
    let mut plan = plan(text);
    let school = &mut plan.schools[0];
    school.corp_id = Some("ww1".to_owned());
    let expires = date(2024, 1, 17);
    school.held.push(HeldLot { account_type: AccountType::Basic, count: 180, expires });
    let account = |index| ListedAccount {
        user: format!("user-{index}"),
        account_type: AccountType::Basic,
        activated: date(2023, 1, 10),
        expires,
    };
    let accounts = (0..180).map(account).collect();
    school.accounts = Some(AccountList { accounts, codes: Vec::new() });
    plan
}

fn bought(id: &str, paid: Date, basic: u32, months: u32, price: Option<i64>) -> ListedOrder {
    ListedOrder {
        id: id.to_owned(),
        corp_id: "ww1".to_owned(),
        kind: RecordedKind::Purchase,
        paid,
        counts: Counts { basic, interop: 0 },
        term: ListedTerm::Length(Term { months, days: 0 }),
        price: price.map(Money::from_fen),
        renewed: Vec::new(),
    }
}

fn recorded(plan: &Plan, until: Date) -> Vec<ScheduledOrder> {
    let options = ScheduleOptions { until, growth: Decimal::ZERO };
    let orders = schedule(plan, &options).unwrap().payers.remove(0).orders;
    orders.into_iter().filter(|order| order.recorded.is_some()).collect()
}

fn payable(order: &ScheduledOrder) -> i64 {
    order.quote.payable().unwrap().fen()
}

#[test]
fn past_orders_have_the_prices_of_their_days() {
    let day = date(2023, 1, 8);
    let orders = vec![bought("o1", day, 180, 12, None), bought("o2", date(2023, 3, 1), 50, 6, None)];
    let (plan, problems) = listed().with_orders(orders);
    assert_eq!(problems, []);
    // The first was bought while there was no account, though the list has them all along: 5×5+175×4 yuan; the
    // second comes after them: (20×4+30×3)÷2.
    let found: Vec<i64> = recorded(&plan, date(2023, 7, 1)).iter().map(payable).collect();
    assert_eq!(found, [72_500, 8_500]);
}

#[test]
fn past_orders_have_the_amounts_that_were_billed() {
    let orders = vec![
        bought("o1", date(2023, 1, 8), 180, 12, Some(72_000)),
        bought("o2", date(2023, 3, 1), 50, 6, Some(8_500)),
    ];
    let (plan, _) = listed().with_orders(orders);
    let found = recorded(&plan, date(2023, 7, 1));
    assert_eq!(found.iter().map(payable).collect::<Vec<_>>(), [72_000, 8_500]);
    let notes = |order: &ScheduledOrder| order.quote.notes.iter().any(|note| note.code() == NoteCode::Billed);
    assert_eq!(found.iter().map(notes).collect::<Vec<_>>(), [true, false]);
    assert_eq!(found[0].quote.members[0].share, Some(Money::from_fen(72_000)));
}

#[test]
fn codes_that_lapse_are_worth_their_part_of_the_bill() {
    let orders = vec![bought("o1", date(2023, 1, 15), 100, 12, Some(50_000))];
    let mut plan = listed();
    plan.schools[0].counts.basic = 0;
    let (plan, _) = plan.with_orders(orders);
    let options = ScheduleOptions { until: date(2024, 3, 1), growth: Decimal::ZERO };
    let lapsed = schedule(&plan, &options).unwrap().payers.remove(0).lapsed;
    let worth: Vec<(u32, Option<i64>)> =
        lapsed.iter().map(|codes| (codes.count, codes.worth.map(Money::fen))).collect();
    assert_eq!(worth, [(100, Some(50_000))]);
}
