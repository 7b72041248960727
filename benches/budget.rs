//! Time to compute a budget of 1000 schools over five years.

use std::sync::Arc;

use wxlicense::diagnostic::SourceFile;
use wxlicense::plan::{self, Plan, ReadOptions};
use wxlicense::planning::budget::{BudgetOptions, budget};
use wxlicense::planning::calendar::calendar;
use wxlicense::rates::RateCards;

fn main() {
    divan::main();
}

#[divan::bench]
fn budget_of_1000_schools_over_5_years(bencher: divan::Bencher<'_, '_>) {
    let plan = invented_plan(1000);
    let options = BudgetOptions { years: 5, ..BudgetOptions::default() };
    bencher.bench(|| budget(&plan, &options));
}

#[divan::bench]
fn calendar_of_1000_schools(bencher: divan::Bencher<'_, '_>) {
    let plan = invented_plan(1000);
    bencher.bench(|| calendar(&plan, None));
}

/// Schools with random counts, each with a trial, a purchase or a headcount.
fn invented_plan(schools: u32) -> Plan {
    let mut text = String::from("date = 2022-11-18\n");
    for index in 0..schools {
        let basic = 20 + index * 7 % 900;
        text += &format!("[[school]]\ncode = \"{index}\"\nname = \"School {index}\"\nbasic = {basic}\n");
        text += &match index % 3 {
            0 => "[[school.app]]\nid = \"a\"\nauthorized = 2022-10-01T08:00:00\n".to_owned(),
            1 => format!("[[school.purchase]]\npaid = 2022-09-01\nactivated = 2022-09-05\nbasic = {basic}\n"),
            _ => format!("[[school.headcount]]\nfrom = 2024-09-01\nbasic = {}\n", basic + 80),
        };
    }
    let cards = RateCards::embedded().expect("the embedded cards are valid");
    let source = Arc::new(SourceFile::new("plan.toml", text));
    plan::read(&source, &ReadOptions::new(&cards)).plan.expect("the plan is valid")
}
