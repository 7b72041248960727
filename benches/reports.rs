//! The quote of 1000 schools, drawn in each form.

use std::sync::Arc;

use divan::counter::BytesCount;
use wxlicense::diagnostic::SourceFile;
use wxlicense::lang::{Catalog, Lang};
use wxlicense::plan::{self, Plan, ReadOptions};
use wxlicense::pricing::{Quote, quote_orders};
use wxlicense::rates::RateCards;
use wxlicense::report::{DrawOptions, Extent, Form, TableStyle, draw, json::quote_json, quote_report};

fn main() {
    divan::main();
}

#[divan::bench]
fn compose(bencher: divan::Bencher<'_, '_>) {
    let (plan, quote) = invented(1000);
    bencher.bench(|| quote_report(&quote, &plan.card, false, Extent::Whole));
}

#[divan::bench(args = [Form::Table, Form::Markdown, Form::Csv, Form::Html, Form::Xlsx])]
fn draw_form(bencher: divan::Bencher<'_, '_>, form: Form) {
    let (plan, quote) = invented(1000);
    let report = quote_report(&quote, &plan.card, false, Extent::Whole);
    let catalog = Catalog::new(Lang::Zh);
    let table = TableStyle { width: 100, color: false, charts: false };
    let options = DrawOptions { table, excel: false };
    let drawn = || draw(&report, form, &catalog, options).expect("a quote has this form");
    bencher.counter(BytesCount::new(drawn().len())).bench_local(drawn);
}

#[divan::bench]
fn draw_json(bencher: divan::Bencher<'_, '_>) {
    let (plan, quote) = invented(1000);
    let catalog = Catalog::new(Lang::Zh);
    let drawn = || {
        let json = quote_json(&quote, &plan.card, &catalog, false);
        serde_json::to_vec_pretty(&json).expect("a quote is JSON")
    };
    bencher.counter(BytesCount::new(drawn().len())).bench_local(drawn);
}

/// Schools with invented counts, as `invented-plan.sh` has them, and their quote.
fn invented(schools: u32) -> (Plan, Quote) {
    let mut text = String::from("date = 2022-11-18\n");
    for index in 0..schools {
        let (basic, interop) = (20 + index * 7 % 900, index % 4 * 30);
        text += &format!("[[school]]\ncode = \"{index}\"\nname = \"示例学院 {index}\"\n");
        text += &format!("basic = {basic}\ninterop = {interop}\n");
        text += "[[school.app]]\nid = \"a\"\nauthorized = 2022-10-01T08:00:00\n";
    }
    let cards = RateCards::embedded().expect("the embedded cards are sound");
    let source = Arc::new(SourceFile::new("plan.toml", text));
    let plan = plan::read(&source, &ReadOptions::new(&cards)).plan.expect("the plan is sound");
    let quote = quote_orders(&plan.card, plan.date, &plan.orders()).expect("the plan can be priced");
    (plan, quote)
}
