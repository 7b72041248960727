//! Time to find the cheapest plan over five years, and how far from the bound it is at most.

use std::fmt::Write as _;
use std::sync::Arc;

use wxlicense::diagnostic::SourceFile;
use wxlicense::plan::{self, Plan, ReadOptions};
use wxlicense::planning::optimize::{Limits, Optimum, Problem, optimize, problems};
use wxlicense::rates::RateCards;

const CAMPUS: &str = include_str!("../examples/campus-2022.toml");

fn main() {
    for (name, text) in [("campus", CAMPUS.to_owned()), ("growing", growing()), ("1200 users", constant())] {
        let found = optimise(&read(&text));
        let cost: i64 = found.iter().map(|optimum| optimum.cost.fen()).sum();
        let bound: i64 = found.iter().map(|optimum| optimum.lower_bound.fen()).sum();
        println!(
            "{name}: cost {cost} fen, bound {bound} fen, gap {} per myriad",
            (cost - bound) * 10_000 / cost
        );
    }
    divan::main();
}

#[divan::bench]
fn the_eleven_schools_of_the_brief(bencher: divan::Bencher<'_, '_>) {
    let plan = read(CAMPUS);
    bencher.bench(|| optimise(&plan));
}

#[divan::bench]
fn growth_each_month_to_5000_accounts_with_20_lots(bencher: divan::Bencher<'_, '_>) {
    let plan = read(&growing());
    bencher.bench(|| optimise(&plan));
}

#[divan::bench]
fn a_constant_need(bencher: divan::Bencher<'_, '_>) {
    let plan = read(&constant());
    bencher.bench(|| optimise(&plan));
}

fn read(text: &str) -> Plan {
    let cards = RateCards::embedded().expect("the embedded cards are valid");
    let source = Arc::new(SourceFile::new("plan.toml", text));
    plan::read(&source, &ReadOptions::new(&cards)).plan.expect("the plan is valid")
}

fn optimise(plan: &Plan) -> Vec<Optimum> {
    let problems = problems(plan, 5, &Limits::default()).into_iter();
    let of = |problem: Problem| optimize(&problem, &|| false).expect("there is a plan");
    problems.map(|(_, problem)| of(problem.expect("the plan has a date"))).collect()
}

/// An invented school.
fn constant() -> String {
    "date = 2024-01-01\n[[school]]\ncode = \"1\"\nname = \"School\"\nbasic = 1200\n".to_owned()
}

/// An invented customer that grows each month for five years, with 20 lots of accounts that expire in the first.
fn growing() -> String {
    let mut text = String::from(
        "date = 2024-01-01\n[[school]]\ncode = \"1\"\nname = \"School\"\nbasic = 2000\nheld = [\n",
    );
    // Writing to a string does not fail.
    for lot in 0..20 {
        let _ = writeln!(
            text,
            "  {{ type = \"basic\", count = 100, expires = 2024-{:02}-{:02} }},",
            lot % 10 + 2,
            lot / 10 * 14 + 1
        );
    }
    text += "]\n";
    for month in 1..60 {
        let _ = writeln!(
            text,
            "[[school.headcount]]\nfrom = {}-{:02}-01\nbasic = {}",
            2024 + month / 12,
            month % 12 + 1,
            2000 + month * 3000 / 59
        );
    }
    text
}
