use std::sync::Arc;

use super::super::*;
use crate::diagnostic::SourceFile;
use crate::plan::{self, ReadOptions};
use crate::rates::RateCards;

fn read_plan(text: &str) -> Plan {
    let cards = RateCards::embedded().unwrap();
    let source = Arc::new(SourceFile::new("plan.toml", text));
    plan::read(&source, &ReadOptions::new(&cards)).plan.unwrap()
}

fn causes(old: &str, new: &str) -> Vec<Vec<(Cause, i64)>> {
    let (old, new) = (read_plan(old), read_plan(new));
    let comparison = compare(&Side::from(&old), &Side::from(&new)).unwrap();
    let firm = |customer: &CustomerChange| {
        customer.causes.iter().map(|cause| (cause.cause, cause.change.firm.fen())).collect()
    };
    comparison.customers.iter().map(firm).collect()
}

const SCHOOL: &str = "[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 150\n";

#[test]
fn a_school_that_has_all_it_needs_is_not_gone() {
    let bought = "[[school.purchase]]\npaid = 2022-11-10\nbasic = 150\n";
    let old = format!("date = 2022-11-18\n{SCHOOL}");
    assert_eq!(causes(&old, &format!("{old}{bought}")), [[(Cause::Holdings, -60_500)]]);
    assert_eq!(causes(&format!("{old}{bought}"), &old), [[(Cause::Holdings, 60_500)]]);
}

#[test]
fn what_the_plan_says_of_another_day_is_the_date() {
    let later = "[[school.headcount]]\nfrom = 2023-09-01\nbasic = 230\n";
    let on = |date: &str| format!("date = {date}\n{SCHOOL}{later}");
    assert_eq!(causes(&on("2023-08-31"), &on("2023-09-01")), [[(Cause::Date, 29_000)]]);
}

#[test]
fn users_and_accounts_that_both_change_are_told_apart() {
    let held = "held = [{ type = \"basic\", count = 100, expires = 2023-01-01 }]\n";
    let old = format!("date = 2022-11-18\n{SCHOOL}{held}");
    let new = format!("date = 2022-11-18\n{SCHOOL}").replace("150", "180");
    // 50 missing of 150; 80 of 180 with the old accounts; 180 without.
    assert_eq!(causes(&old, &new), [[(Cause::Headcount, 12_000), (Cause::Holdings, 40_000)]]);
}
