//! The reports of 1000 schools, drawn in each form.

use std::sync::Arc;

use divan::counter::BytesCount;
use wxlicense::analysis::compare::{Side, compare};
use wxlicense::diagnostic::SourceFile;
use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::plan::{self, Plan, ReadOptions};
use wxlicense::planning::budget::{BudgetOptions, PeriodLength, budget};
use wxlicense::planning::calendar::{EventFilter, calendar};
use wxlicense::pricing::{Quote, quote_orders};
use wxlicense::rates::RateCards;
use wxlicense::report::{
    Detail, DrawOptions, OutputFormat, Report, TableStyle, budget_report, calendar_report, compare_report,
    draw, json::quote_json, quote_report,
};

fn main() {
    divan::main();
}

const FORMS: [OutputFormat; 5] =
    [OutputFormat::Table, OutputFormat::Markdown, OutputFormat::Csv, OutputFormat::Html, OutputFormat::Xlsx];

#[divan::bench]
fn compose(bencher: divan::Bencher<'_, '_>) {
    let (plan, quote) = quoted(&invented(1000, 0));
    bencher.bench(|| quote_report(&quote, &plan.card, false, Detail::Whole));
}

#[divan::bench(args = FORMS)]
fn draw_quote(bencher: divan::Bencher<'_, '_>, form: OutputFormat) {
    let (plan, quote) = quoted(&invented(1000, 0));
    bench_form(bencher, form, &quote_report(&quote, &plan.card, false, Detail::Whole));
}

/// Over five years, month by month.
#[divan::bench(args = FORMS)]
fn draw_budget(bencher: divan::Bencher<'_, '_>, form: OutputFormat) {
    let plan = read(&invented(1000, 0));
    let options = BudgetOptions { years: 5, ..BudgetOptions::default() };
    let budget = budget(&plan, &options).expect("the plan can be budgeted");
    bench_form(bencher, form, &budget_report(&budget, &plan.card, PeriodLength::Month));
}

#[divan::bench(args = [OutputFormat::Table, OutputFormat::Markdown, OutputFormat::Csv, OutputFormat::Html, OutputFormat::Xlsx, OutputFormat::Ics])]
fn draw_calendar(bencher: divan::Bencher<'_, '_>, form: OutputFormat) {
    let plan = read(&invented(1000, 0));
    let calendar = calendar(&plan).expect("the plan has a calendar");
    bench_form(bencher, form, &calendar_report(&calendar, &plan.card, &EventFilter::default(), None));
}

/// With a count that differs for every school.
#[divan::bench(args = FORMS)]
fn draw_compare(bencher: divan::Bencher<'_, '_>, form: OutputFormat) {
    let (old, new) = (read(&invented(1000, 0)), read(&invented(1000, 11)));
    let comparison = compare(&Side::from(&old), &Side::from(&new)).expect("the plans can be compared");
    bench_form(bencher, form, &compare_report(&comparison, &old.card, &new.card));
}

#[divan::bench]
fn draw_json(bencher: divan::Bencher<'_, '_>) {
    let (plan, quote) = quoted(&invented(1000, 0));
    let catalog = Catalog::new(Lang::Zh);
    let drawn = || {
        let json = quote_json(&quote, &plan.card, &catalog, false);
        serde_json::to_vec_pretty(&json).expect("a quote is JSON")
    };
    bencher.counter(BytesCount::new(drawn().len())).bench_local(drawn);
}

fn bench_form(bencher: divan::Bencher<'_, '_>, form: OutputFormat, report: &Report) {
    let catalog = Catalog::new(Lang::Zh);
    let table = TableStyle { width: 100, color: false, charts: false };
    let options = DrawOptions { table, excel: false };
    let drawn = || draw(report, form, &catalog, options).expect("a report of this kind has this form");
    bencher.counter(BytesCount::new(drawn().len())).bench_local(drawn);
}

/// Schools with invented counts, as `invented-plan.sh` has them; `more` accounts for each.
fn invented(schools: u32, more: u32) -> String {
    let mut text = String::from("date = 2022-11-18\n");
    for index in 0..schools {
        let (basic, interop) = (20 + more + index * 7 % 900, index % 4 * 30);
        text += &format!("[[school]]\ncode = \"{index}\"\nname = \"示例学院 {index}\"\n");
        text += &format!("basic = {basic}\ninterop = {interop}\n");
        text += "[[school.app]]\nid = \"a\"\nauthorized = 2022-10-01T08:00:00\n";
    }
    text
}

fn read(text: &str) -> Plan {
    let cards = RateCards::embedded().expect("the embedded cards are valid");
    let source = Arc::new(SourceFile::new("plan.toml", text));
    plan::read(&source, &ReadOptions::new(&cards)).plan.expect("the plan is valid")
}

fn quoted(text: &str) -> (Plan, Quote) {
    let plan = read(text);
    let quote = quote_orders(&plan.card, plan.date, &plan.orders()).expect("the plan can be priced");
    (plan, quote)
}
