//! A plan with its orders as purchases: the schedule buys nothing more within the horizon, and pays the same.

use std::sync::Arc;

use crate::diagnostic::SourceFile;
use crate::money::Money;
use crate::plan::{self, Plan, ReadOptions};
use crate::planning::budget::{Budget, BudgetLine, BudgetOptions, budget};
use crate::planning::optimize::{
    Applied, Limits, NotApplied, OptimizeOptions, OptimizedPlan, apply, optimize_plan,
};
use crate::planning::schedule::OrderKind;
use crate::pricing::OrderStatus;
use crate::rates::RateCards;

fn read(text: &str) -> Plan {
    let cards = RateCards::embedded().unwrap();
    let reading = plan::read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
    reading.plan.unwrap_or_else(|| panic!("{:?}\n{text}", reading.diagnostics))
}

fn applied(text: &str, years: u32, limits: Limits) -> (OptimizedPlan, Applied) {
    let plan = read(text);
    let options = OptimizeOptions { years, limits, robust: false };
    let optimized = optimize_plan(&plan, &options, &|| false).unwrap();
    let applied = apply(text, &plan, &optimized).unwrap();
    (optimized, applied)
}

/// Applies a plan, and compares its budget with what it should cost.
fn check(text: &str, years: u32, limits: Limits) -> String {
    let (optimized, applied) = applied(text, years, limits);
    assert_eq!(applied.left_out, []);
    let bought = budget(&read(&applied.text), &BudgetOptions { years, ..BudgetOptions::default() }).unwrap();
    // Accounts that expire with the horizon are renewed some days before, for the time after it.
    let is_more = |line: &&BudgetLine| line.order.kind != OrderKind::Recorded;
    for line in bought.lines.iter().filter(is_more) {
        assert!(line.order.starts() >= optimized.end, "{:?}\n{}", line.order, applied.text);
    }
    let gaps: Vec<_> = bought.payers.iter().flat_map(|payer| &payer.gaps).collect();
    assert!(gaps.iter().all(|gap| gap.from < optimized.from), "{gaps:?}");
    let before = budget(&read(text), &BudgetOptions { years, ..BudgetOptions::default() }).unwrap();
    for (status, cost) in [
        (OrderStatus::Confirmed, optimized.totals.cost),
        (OrderStatus::Unconfirmed, optimized.unconfirmed.cost),
    ] {
        let paid = recorded(&bought, status).fen() - recorded(&before, status).fen();
        assert_eq!(Money::from_fen(paid), cost, "{}", applied.text);
    }
    applied.text
}

/// Returns what recorded purchases of a status cost within the horizon.
fn recorded(budget: &Budget, status: OrderStatus) -> Money {
    let is_it =
        |line: &&BudgetLine| line.order.kind == OrderKind::Recorded && line.order.quote.status == status;
    let lines = budget.lines.iter().filter(is_it);
    let payable: Option<Vec<Money>> = lines.map(|line| line.order.quote.payable()).collect();
    payable.unwrap().into_iter().sum::<Option<Money>>().unwrap()
}

#[test]
fn the_budget_of_a_plan_with_its_orders_buys_nothing_more() {
    check(include_str!("../../../../examples/cheapest.toml"), 5, Limits::default());
    check(include_str!("../../../../examples/campus-2022.toml"), 2, Limits::default());
    check(include_str!("../../../../examples/purchases.toml"), 2, Limits::default());
    check(
        include_str!("../../../../examples/purchases.toml"),
        3,
        Limits { hold_codes: 0, ..Limits::default() },
    );
}

#[test]
fn comments_order_and_everything_else_stay() {
    let text = include_str!("../../../../examples/purchases.toml");
    let new = check(text, 2, Limits::default());
    // The codes in stock are the only part that changes.
    let mut lines = new.lines();
    for line in text.lines() {
        assert!(lines.any(|other| other == line), "{line:?} is not there\n{new}");
    }
}

#[test]
fn codes_that_were_to_be_activated_later_follow_the_plan() {
    let text = "date = 2024-01-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 30\n\
                purchase = [{ paid = 2023-12-01, basic = 30, activated = 2024-03-01 }]\n";
    let new = check(text, 2, Limits::default());
    assert!(
        !new.contains("activated") && new.contains("date = 2024-01-01, type = \"basic\", count = 30"),
        "{new}"
    );
}

#[test]
fn the_orders_of_a_group_are_left_to_people() {
    let text = include_str!("../../../../examples/group.toml");
    let (_, applied) = applied(text, 1, Limits::default());
    assert_eq!(applied.text, text);
    assert!(applied.left_out.iter().all(|(_, why)| *why == NotApplied::Group) && applied.orders == 0);
}

#[test]
fn codes_of_two_purchases_of_a_day_are_activated_once() {
    let text = "date = 2024-01-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 15\n\
                purchase = [{ paid = 2023-12-01, basic = 10 }, { paid = 2023-12-01, basic = 20 }]\n\
                [[school.headcount]]\nfrom = 2024-06-01\nbasic = 30\n";
    let new = check(text, 2, Limits::default());
    assert_eq!(new.matches("count = 10").count(), 1, "{new}");
}
