use jiff::Span;
use proptest::prelude::*;

use super::*;
use crate::account::AccountType;
use crate::rules::days_between;

/// Random school, written as a plan with a past and a future.
#[derive(Debug, Clone)]
struct Sketch {
    counts: (u32, u32),
    months: u32,
    purchase: Option<(u32, u32, u32)>,
    trial_started: Option<u32>,
    headcounts: Vec<(u32, u32, u32)>,
    downstream: bool,
}

fn day(after: u32) -> Date {
    date(2022, 11, 18) + Span::new().days(after)
}

fn sketch() -> impl Strategy<Value = Sketch> {
    (
        (1u32..600, 0u32..300),
        prop_oneof![Just(12u32), 1u32..=60],
        prop::option::of((0u32..300, 1u32..500, 0u32..50)),
        prop::option::of(0u32..180),
        prop::collection::vec((1u32..1500, 0u32..700, 0u32..100), 0..3),
        any::<bool>(),
    )
        .prop_map(|(counts, months, purchase, trial_started, headcounts, downstream)| Sketch {
            counts,
            months,
            purchase,
            trial_started,
            headcounts,
            downstream,
        })
}

fn write(sketches: &[Sketch]) -> String {
    let mut text = String::from("date = 2022-11-18\n");
    for (index, sketch) in sketches.iter().enumerate() {
        let (basic, interop) = sketch.counts;
        let months = if sketch.downstream { sketches[0].months } else { sketch.months };
        text +=
            &format!("[[school]]\ncode = \"{index}\"\nname = \"S\"\nbasic = {basic}\ninterop = {interop}\n");
        text += &format!("term = {{ months = {months} }}\n");
        if sketch.downstream && index > 0 {
            text += "upstream = \"0\"\n";
        }
        if let Some(days) = sketch.trial_started {
            let start = date(2022, 11, 18) - Span::new().days(days);
            text += &format!("[[school.app]]\nid = \"x\"\nauthorized = {start}T08:00:00\n");
        }
        if let Some((ago, basic, interop)) = sketch.purchase {
            let paid = date(2022, 11, 18) - Span::new().days(ago);
            text += &format!("[[school.purchase]]\npaid = {paid}\nactivated = {paid}\nbasic = {basic}\n");
            text += &format!("interop = {interop}\n");
        }
        let mut headcounts = sketch.headcounts.clone();
        headcounts.sort();
        headcounts.dedup_by_key(|(after, _, _)| *after);
        for (after, basic, interop) in headcounts {
            let from = day(after);
            text += &format!("[[school.headcount]]\nfrom = {from}\nbasic = {basic}\ninterop = {interop}\n");
        }
    }
    text
}

/// Counts the accounts of a type that a payer's lines and earlier accounts keep active on a day.
fn active(plan: &Plan, budget: &Budget, payer: usize, account_type: AccountType, on: Date) -> u64 {
    let of_lines = budget.lines.iter().filter(|line| {
        line.payer == payer && line.kind != LineKind::Recorded && line.starts <= on && on < line.expires
    });
    let of_lines: u64 = of_lines.map(|line| u64::from(*Group::ordered(&line.order).get(account_type))).sum();
    let groups = Group::all(plan);
    let before = groups[payer]
        .holdings
        .iter()
        .filter(|(_, holding)| holding.lot.account_type == account_type && holding.is_active(on));
    of_lines + before.map(|(_, holding)| u64::from(holding.lot.count)).sum::<u64>()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_budget_adds_up_and_leaves_nobody_without_an_account(
        sketches in prop::collection::vec(sketch(), 1..4),
        years in 1u32..6,
        growth in prop_oneof![Just(0i64), -30i64..60],
    ) {
        let plan = plan(&write(&sketches));
        let growth_option = Some(Decimal::from(growth));
        let options = BudgetOptions { years, growth: growth_option, ..BudgetOptions::default() };
        let outcome = budget(&plan, &options);
        let outgrown = |errors: &Vec<BudgetError>| matches!(errors[..], [BudgetError::Order { .. }]);
        if growth > 0 && outcome.as_ref().err().is_some_and(outgrown) {
            return Ok(());
        }
        let budget = outcome.unwrap();
        check_against_the_engine(&plan, &budget);
        for (payer, group) in Group::all(&plan).iter().enumerate() {
            let gaps = &budget.payers[payer].gaps;
            prop_assert!(gaps.iter().all(|gap| gap.days == days_between(gap.from, gap.until)));
            prop_assert!(gaps.iter().all(|gap| gap.until <= date(2022, 11, 18)), "{gaps:?}");
            if growth != 0 {
                continue;
            }
            let first = group.first_trial(&plan.card).map_or(budget.from, |trial| trial.end.date());
            let first = if group.holdings.is_empty() { first.max(budget.from) } else { budget.from };
            let mut on = first;
            while on < budget.end {
                for account_type in AccountType::ALL {
                    let needed = *group.needed(&plan, on).get(account_type);
                    let active = active(&plan, &budget, payer, account_type, on);
                    prop_assert!(needed <= active, "{on}: {active} of {needed} {account_type}");
                }
                on += Span::new().days(11);
            }
        }
    }
}
