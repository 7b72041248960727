mod found;
mod past;
mod rules;
mod stock;
mod top_ups;
mod trials;
mod waivers;

use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::account::Counts;
use crate::diagnostic::SourceFile;
use crate::plan::{ReadOptions, read};
use crate::rates::RateCards;

fn plan(text: &str) -> Plan {
    let cards = RateCards::embedded().unwrap();
    let reading = read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
    reading.plan.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

/// One school, `a`, on 2023-06-30 unless the text has another date.
fn school(text: &str) -> Plan {
    plan(&format!("date = 2023-06-30\n[[school]]\ncode = \"a\"\nname = \"A\"\n{text}"))
}

fn run(plan: &Plan, until: Date) -> Schedule {
    schedule(plan, &ScheduleOptions { until, growth: Decimal::ZERO }).unwrap()
}

/// The scheduled orders: day, kind, accounts, last expiry, price.
fn orders(schedule: &Schedule) -> Vec<(Date, OrderKind, u32, u32, Date, String)> {
    let orders = schedule.payers.iter().flat_map(|payer| &payer.orders);
    orders
        .filter(|order| order.kind != OrderKind::Recorded)
        .map(|order| {
            let counts = counts(order);
            let price = order.quote.payable().map_or_else(String::new, |payable| payable.to_string());
            (order.date, order.kind, counts.basic, counts.interop, order.expires().unwrap(), price)
        })
        .collect()
}

fn counts(order: &ScheduledOrder) -> Counts {
    order.order.members.iter().fold(Counts::ZERO, |sum, member| sum.checked_add(member.counts).unwrap())
}

fn paid(schedule: &Schedule) -> String {
    let orders = schedule.payers.iter().flat_map(|payer| &payer.orders);
    let sum: Option<Money> = orders
        .filter(|order| order.kind != OrderKind::Recorded)
        .map(|order| order.quote.priced_payable())
        .sum();
    sum.unwrap().to_string()
}

const APP_ORDER: &str = "[[school.app]]\nid = \"x\"\norder = { from = 2023-07-01, until = 2024-06-30 }\n";

#[test]
fn no_order_is_shorter_than_a_stated_order_of_the_app() {
    let text = "interop = 200\nheld = [{ type = \"interop\", count = 200, expires = 2024-02-23 }]\n\
         [[school.headcount]]\nfrom = 2023-10-01\ninterop = 300\n";
    let free = run(&school(text), date(2024, 1, 1));
    let order = &free.payers[0].orders[0];
    assert_eq!((order.kind, order.quote.days), (OrderKind::TopUp, 145));
    // Shorter than the year, which would cost 5×50 + 95×40.
    let full_price = "4050.00".parse().unwrap();
    assert!(order.reasons.contains(&Reason::ShorterThanTerm { full_price }), "{:?}", order.reasons);
    let bound = run(&school(&format!("{text}{APP_ORDER}")), date(2024, 1, 1));
    let order = &bound.payers[0].orders[0];
    assert_eq!((order.kind, order.quote.days), (OrderKind::Purchase, 372));
    assert!(!order.reasons.iter().any(|reason| matches!(reason, Reason::ShorterThanTerm { .. })));
}

#[test]
fn a_school_with_internal_apps_alone_needs_nothing() {
    let plan = school(
        "basic = 100\n[[school.app]]\nid = \"x\"\nkind = \"internal\"\n\
         [[school.headcount]]\nfrom = 2023-10-01\nbasic = 300\n",
    );
    assert_eq!(orders(&run(&plan, date(2025, 1, 1))), []);
}

#[test]
fn users_who_all_leave_need_no_order() {
    let plan = school(
        "basic = 100\nheld = [{ type = \"basic\", count = 100, expires = 2023-12-31 }]\n\
         [[school.headcount]]\nfrom = 2023-12-31\nbasic = 0\n",
    );
    assert_eq!(orders(&run(&plan, date(2025, 1, 1))), []);
}

#[test]
fn an_unconfirmed_member_keeps_its_own_share_of_a_scheduled_order_out_of_the_firm_total() {
    let plan = plan(
        r#"date = 2023-06-30
        [[school]]
        code = "a"
        name = "A"
        basic = 100
        [[school]]
        code = "b"
        name = "B"
        basic = 50
        upstream = "a"
        status = "unconfirmed"
        "#,
    );
    let schedule = run(&plan, date(2023, 7, 1));
    let [order] = &schedule.payers[0].orders[..] else { panic!() };
    let shares: Vec<String> =
        order.quote.members.iter().map(|member| member.share.unwrap().to_string()).collect();
    // 5×5 + 145×4 = 605.00, of which 100 of 150 accounts are firm.
    assert_eq!(
        (paid(&schedule).as_str(), &shares[..]),
        ("605.00", &["403.33".to_owned(), "201.67".to_owned()][..])
    );
    assert_eq!(order.quote.unconfirmed_payable().unwrap().to_string(), "201.67");
}

#[test]
fn another_window_moves_no_order() {
    let plan = school(
        "basic = 150\ninterop = 20\n[[school.headcount]]\nfrom = 2023-09-01\nbasic = 300\n\
         [[school.headcount]]\nfrom = 2024-09-01\nbasic = 100\n",
    );
    let long = orders(&run(&plan, date(2028, 6, 30)));
    let short = orders(&run(&plan, date(2024, 2, 1)));
    assert_eq!(short[..], long[..short.len()]);
}

#[test]
fn what_is_late_is_paid_on_the_plans_date_and_says_since_when() {
    let plan = plan(
        "date = 2023-10-10\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 1000\n\
         held = [{ type = \"basic\", count = 1, expires = 2024-10-31 }]\n\
         [[school.app]]\nid = \"x\"\nauthorized = 2023-07-01T08:00:00\n",
    );
    let schedule = run(&plan, date(2024, 1, 1));
    let order = &schedule.payers[0].orders[0];
    assert_eq!((order.date, order.due_since), (date(2023, 10, 10), Some(date(2023, 9, 21))));
    let [gap] = &schedule.payers[0].gaps[..] else { panic!() };
    assert_eq!((gap.from, gap.until, gap.days()), (date(2023, 9, 29), date(2023, 10, 10), 11));
    assert_eq!(gap.uncovered(), 999);
}

#[test]
fn expired_accounts_leave_users_uncovered_since_their_expiry() {
    let plan = school("basic = 50\nheld = [{ type = \"basic\", count = 50, expires = 2023-06-20 }]\n");
    let schedule = run(&plan, date(2024, 1, 1));
    let order = &schedule.payers[0].orders[0];
    assert_eq!((order.kind, order.due_since), (OrderKind::Purchase, Some(date(2023, 6, 13))));
    assert_eq!(schedule.payers[0].gaps[0].from, date(2023, 6, 20));
}
