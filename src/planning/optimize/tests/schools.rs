//! Schools of the size that the program is for, priced by the public card.

use super::super::bound::lower_bound;
use super::instance::Random;
use super::{Figures, asked_cases};
use crate::account::AccountType;
use crate::money::Money;
use crate::plan::fixture::plan;
use crate::planning::optimize::{Limits, OptimizeError, Optimum, Policy, Problem, optimize, under_rules};
use crate::rates::{NewPurchaseStart, Rule};

pub(super) fn problem(text: &str, limits: Limits) -> Problem {
    let plan = plan(text);
    let groups = plan.groups();
    Problem::of(&plan, &groups[0], 5, limits).unwrap()
}

pub(super) fn optimum(text: &str, limits: Limits) -> Optimum {
    let found = optimize(&problem(text, limits), &|| false).unwrap();
    assert!(found.lower_bound <= found.cost);
    for baseline in &found.baselines {
        assert!(baseline.cost.is_none_or(|cost| found.cost <= cost), "{found:?}");
    }
    found
}

/// Returns by how many ten-thousandths of its cost a plan may be too dear at most.
fn gap(found: &Optimum) -> i64 {
    (found.cost.fen() - found.lower_bound.fen()) * 10_000 / found.cost.fen()
}

pub(super) fn yuan(text: &str) -> Option<Money> {
    Some(text.parse().unwrap())
}

pub(super) const CONSTANT: &str = "date = 2024-01-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 1200\n";

#[test]
fn a_school_of_1200_users_pays_little_more_than_half() {
    let found = optimum(CONSTANT, Limits::default());
    let yearly = found.baselines.iter().find(|baseline| baseline.policy == Policy::Yearly);
    assert_eq!(yearly.and_then(|baseline| baseline.cost), yuan("14525.00"));
    assert_eq!(Some(found.cost), yuan("7705.00"));
    assert!(gap(&found) <= 150, "{found:?}");
}

#[test]
fn what_a_plan_leans_on_has_a_price() {
    let found = optimum(CONSTANT, Limits::default());
    let card = crate::pricing::fixture::card();
    let under = under_rules(&problem(CONSTANT, Limits::default()), &card, &found.plan);
    let cost = |rule: Rule| under.iter().find(|other| other.rule == rule).and_then(|other| other.cost);
    assert_eq!(cost(Rule::NewPurchase(NewPurchaseStart::AtLeast)), Some(found.cost));
    // Nothing comes first: the first order of 2,400 accounts, then three of 1,200.
    assert_eq!(cost(Rule::NewPurchase(NewPurchaseStart::Nothing)), yuan("12820.00"));
}

#[test]
fn both_types_with_lots_and_codes_are_covered() {
    let text = "date = 2024-01-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 300\ninterop = 40\n\
                held = [{ type = \"basic\", count = 250, expires = 2024-05-01 }, \
                { type = \"interop\", count = 60, expires = 2024-09-01 }]\n\
                [[school.purchase]]\npaid = 2023-12-01\nbasic = 30\nterm = { years = 1 }\n\
                [[school.headcount]]\nfrom = 2025-09-01\nbasic = 380\ninterop = 30\n\
                [[school.headcount]]\nfrom = 2027-02-01\nbasic = 340\ninterop = 45\n";
    let found = optimum(text, Limits::default());
    assert!(gap(&found) <= 950, "{} {found:?}", gap(&found));
    let short = optimum(text, Limits { least_term: Some(31), ..Limits::default() });
    assert!(short.cost <= found.cost);
}

/// A school with users of both types who come, change and leave, and with accounts that run already.
fn random_school(random: &mut Random) -> String {
    let most = random.pick(&[8, 60, 400, 1500]);
    let interop = |random: &mut Random| if random.below(2) == 0 { 0 } else { random.below(most / 4 + 2) };
    let day = |random: &mut Random, first: u32| {
        format!("{}-{:02}-{:02}", first + random.below(2), random.below(12) + 1, random.below(28) + 1)
    };
    let mut text = format!(
        "date = 2024-01-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = {}\ninterop = {}\nheld = [",
        random.below(most) + 1,
        interop(random)
    );
    for _ in 0..random.below(3) {
        let (kind, count) = (random.pick(&["basic", "interop"]), random.below(most) + 1);
        text += &format!("{{ type = \"{kind}\", count = {count}, expires = {} }},", day(random, 2024));
    }
    text += "]\n";
    for year in 0..random.below(3) {
        let (from, basic) = (day(random, 2024 + 2 * year), random.below(most) * random.below(2));
        text +=
            &format!("[[school.headcount]]\nfrom = {from}\nbasic = {basic}\ninterop = {}\n", interop(random));
    }
    text
}

#[test]
fn no_bound_is_above_a_plan_however_dear_the_known_one_is() {
    let mut figures = Figures::default();
    for seed in 0..40 * asked_cases() {
        let random = &mut Random::new(seed);
        let text = random_school(random);
        let plan = plan(&text);
        let groups = plan.groups();
        let problem = Problem::of(&plan, &groups[0], 1 + random.below(4), Limits::default()).unwrap();
        let Ok(found) = optimize(&problem, &|| false) else { continue };
        if seed < 40 {
            figures.add(found.cost, found.lower_bound);
        }
        for known in [found.cost.fen() + 1, found.cost.fen() * 5 / 4 + 100, 2 * found.cost.fen() + 1000] {
            let bound = lower_bound(&problem, Money::from_fen(known));
            assert!(bound <= found.cost, "seed {seed}: {bound} of {}, {known} is known\n{text}", found.cost);
        }
    }
    assert_eq!(figures, Figures::new(11_350_978, 10_364_296));
}

#[test]
fn a_need_beyond_the_list_is_refused() {
    let text = CONSTANT.replace("1200", "10001");
    let found = optimize(&problem(&text, Limits::default()), &|| false);
    let account_type = AccountType::Basic;
    let refused = OptimizeError::Unpriced { account_type, users: 10_001, priced: 10_000 };
    assert_eq!(found.unwrap_err(), refused);
}

#[test]
fn the_eleven_schools_of_the_brief_have_a_bound() {
    let plan = plan(include_str!("../../../../examples/campus-2022.toml"));
    let (mut cost, mut bound) = (0, 0);
    for group in plan.groups() {
        let problem = Problem::of(&plan, &group, 5, Limits::default()).unwrap();
        let found = optimize(&problem, &|| false).unwrap();
        cost += found.cost.fen();
        bound += found.lower_bound.fen();
    }
    assert!((cost - bound) * 1000 <= cost * 25, "{bound} of {cost}");
}

#[test]
fn a_customer_that_grows_each_month_has_a_bound() {
    let mut text =
        "date = 2024-01-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 2000\nheld = [".to_owned();
    for lot in 0..20 {
        let (month, day) = (lot % 10 + 2, lot / 10 * 14 + 1);
        text += &format!("{{ type = \"basic\", count = 100, expires = 2024-{month:02}-{day:02} }},");
    }
    text += "]\n";
    for month in 1..60 {
        let (year, users) = (2024 + month / 12, 2000 + month * 3000 / 59);
        text += &format!("[[school.headcount]]\nfrom = {year}-{:02}-01\nbasic = {users}\n", month % 12 + 1);
    }
    let found = optimum(&text, Limits::default());
    // No order climbs but the first: the others ride on the thousand accounts that are gathered twice.
    let climbs = found.plan.orders.iter().filter(|order| order.after.basic < 1000);
    assert_eq!(climbs.map(|order| order.counts.basic).collect::<Vec<_>>(), [1000]);
    assert!(gap(&found) <= 430, "{} {}", found.cost, found.lower_bound);
}
