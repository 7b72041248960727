//! Time to compose the results of 1000 schools and render them in each format.

use std::sync::Arc;

use divan::counter::BytesCount;
use strum::VariantArray;
use wxlicense::analysis::compare::{Side, compare};
use wxlicense::diagnostic::SourceFile;
use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::plan::{self, Plan, ReadOptions};
use wxlicense::planning::budget::{BudgetOptions, PeriodLength, budget, projection};
use wxlicense::planning::calendar::{EventFilter, calendar};
use wxlicense::pricing::{Quote, quote_orders};
use wxlicense::rates::RateCards;
use wxlicense::report::{
    BudgetView, CalendarView, CompareView, DrawOptions, OutputFormat, QuoteView, TableStyle, View, draw,
};

fn main() {
    divan::main();
}

const FORMATS: [OutputFormat; 6] = [
    OutputFormat::Table,
    OutputFormat::Json,
    OutputFormat::Markdown,
    OutputFormat::Csv,
    OutputFormat::Html,
    OutputFormat::Xlsx,
];

#[divan::bench]
fn compose(bencher: divan::Bencher<'_, '_>) {
    let (plan, quote) = quoted(&invented(1000, 0));
    bencher.bench(|| {
        QuoteView { quote: &quote, card: &plan.card, explained: false, positions: &[], assumed: &[] }
            .document()
    });
}

#[divan::bench(args = FORMATS)]
fn draw_quote(bencher: divan::Bencher<'_, '_>, format: OutputFormat) {
    let (plan, quote) = quoted(&invented(1000, 0));
    bench_format(
        bencher,
        format,
        &QuoteView { quote: &quote, card: &plan.card, explained: false, positions: &[], assumed: &[] },
    );
}

/// Five years, month by month.
#[divan::bench(args = FORMATS)]
fn draw_budget(bencher: divan::Bencher<'_, '_>, format: OutputFormat) {
    let plan = read(&invented(1000, 0));
    let options = BudgetOptions { years: 5, ..BudgetOptions::default() };
    let budget = budget(&plan, &options).expect("the plan can be budgeted");
    let projection = projection(&plan, &options).expect("the plan can be projected");
    let (projection, by) = (Some(&projection), PeriodLength::Month);
    let view = BudgetView { budget: &budget, card: &plan.card, projection, by, assumed: &[] };
    bench_format(bencher, format, &view);
}

#[divan::bench(args = OutputFormat::VARIANTS)]
fn draw_calendar(bencher: divan::Bencher<'_, '_>, format: OutputFormat) {
    let plan = read(&invented(1000, 0));
    let calendar = calendar(&plan, None).expect("the plan has a calendar");
    let filter = EventFilter::default();
    let view =
        CalendarView { calendar: &calendar, card: &plan.card, filter: &filter, on: None, assumed: &[] };
    bench_format(bencher, format, &view);
}

/// A count that differs for every school.
#[divan::bench(args = FORMATS)]
fn draw_compare(bencher: divan::Bencher<'_, '_>, format: OutputFormat) {
    let (old, new) = (read(&invented(1000, 0)), read(&invented(1000, 11)));
    let comparison = compare(&Side::from(&old), &Side::from(&new)).expect("the plans can be compared");
    let view =
        CompareView { comparison: &comparison, old_card: &old.card, new_card: &new.card, assumed: &[] };
    bench_format(bencher, format, &view);
}

fn bench_format(bencher: divan::Bencher<'_, '_>, format: OutputFormat, view: &impl View) {
    let catalog = Catalog::new(Lang::Zh);
    let table = TableStyle { width: 100, color: false };
    let options = DrawOptions { table, sources: false, provider: None, excel: false };
    let drawn = || draw(view, format, &catalog, options).expect("the result has this format");
    bencher.counter(BytesCount::new(drawn().len())).bench_local(drawn);
}

/// Schools with random counts, as `invented-plan.sh` has them; `more` accounts for each.
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
