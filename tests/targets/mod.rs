//! Properties of every input. `tests/robustness.rs` checks them with mutated inputs on every test run,
//! `fuzz/` with a fuzzer for any length of time.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each user takes some; a test fails by panicking"
)]

pub mod batch;
mod numbers;
mod optimize;
pub mod prices;
pub mod reference_input;
mod roster;
pub mod workbook;

pub use self::batch::batch;
pub use self::optimize::optimize;
pub use self::prices::prices;
pub use self::roster::roster;

use std::sync::{Arc, LazyLock};

use jiff::Span;
use jiff::civil::Date;
use serde_json::Value;
use wxlicense::customer::Industry;
use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::diagnostic::{Diagnostic, MessageFormat, RenderStyle, SourceFile, has_errors};
use wxlicense::import::{self, ImportOptions, NewPlan};
use wxlicense::money::{Money, UnitPrice};
use wxlicense::plan::{self, Plan, ReadOptions};
use wxlicense::planning::order::{Jobs, OrderBasis, OrderFailure, OrderOptions, order};
use wxlicense::pricing::{PriceTable, quote_orders};
use wxlicense::rates::{RateCards, read_card};
use wxlicense::report::{DrawOptions, OrderView, OutputFormat, QuoteView, TableStyle, draw};
use wxlicense::wecom::documents::{self, Content, Document, missing_pages};
use wxlicense::wecom::{holdings, purchases};

/// Reads a plan twice with the same result; a valid one can be quoted, ordered and rendered.
pub fn plan(bytes: &[u8]) {
    let Some(source) = source("plan.toml", bytes) else { return };
    let options = ReadOptions::new(&CARDS);
    let reading = plan::read(&source, &options);
    assert_eq!(reading, plan::read(&source, &options), "the same text gives the same plan");
    check_problems(&reading.diagnostics);
    assert_eq!(reading.plan.is_none(), has_errors(&reading.diagnostics));
    let Some(plan) = reading.plan else { return };
    check_requests(&plan);
    let Ok(quote) = quote_orders(&plan.card, plan.date, &plan.orders()) else { return };
    CATALOGS.with(|catalogs| {
        for catalog in catalogs {
            let view =
                QuoteView { quote: &quote, card: &plan.card, explained: true, positions: &[], assumed: &[] };
            for format in [OutputFormat::Json, OutputFormat::Table, OutputFormat::Html] {
                let table = TableStyle { width: 60, color: false };
                draw(
                    &view,
                    format,
                    catalog,
                    DrawOptions { table, sources: true, provider: None, excel: false },
                )
                .unwrap();
            }
        }
    });
}

/// Orders what is due in a month: the requests can be drawn, or each problem can.
fn check_requests(plan: &Plan) {
    let mut plan = plan.clone();
    plan.provider.buyer.get_or_insert_with(|| "zhangsan".to_owned());
    for school in &mut plan.schools {
        school.corp_id.get_or_insert_with(|| format!("ww{}", school.code));
    }
    let month = |date: Date| date.saturating_add(Span::new().days(30));
    let due = plan.date.map(|date| OrderBasis::Due { until: month(date) });
    for basis in [OrderBasis::Quote].into_iter().chain(due) {
        let options = OrderOptions { basis, with_unconfirmed: true, jobs: Jobs::Single, link: None };
        let requests = match order(&plan, &options) {
            Ok(requests) => requests,
            Err(OrderFailure::Schedule(error)) => return check_problems(&[error.into()]),
            Err(OrderFailure::Problems(problems)) => {
                let problems: Vec<Diagnostic> = problems.into_iter().map(Diagnostic::from).collect();
                assert!(has_errors(&problems), "orders are refused for a reason");
                return check_problems(&problems);
            }
        };
        check_problems(&requests.warnings.iter().cloned().map(Diagnostic::from).collect::<Vec<_>>());
        let plain = |sign: char| sign.is_ascii_alphanumeric() || "-_.".contains(sign);
        assert!(requests.calls.iter().all(|call| call.file.chars().all(plain)));
        let view = OrderView { requests: &requests, plan: &plan, assumed: &[] };
        CATALOGS.with(|catalogs| {
            for catalog in catalogs {
                for format in
                    [OutputFormat::Json, OutputFormat::Ndjson, OutputFormat::Csv, OutputFormat::Table]
                {
                    let table = TableStyle { width: 60, color: false };
                    let options = DrawOptions { table, sources: true, provider: None, excel: false };
                    draw(&view, format, catalog, options).unwrap();
                }
            }
        });
    }
}

/// Reads a rate card; a valid one makes a price table or returns an error.
pub fn card(bytes: &[u8]) {
    let Some(source) = source("card.toml", bytes) else { return };
    match read_card(&source) {
        Ok(card) => {
            assert_eq!(read_card(&source).as_ref(), Ok(&card), "the same text gives the same card");
            if let Err(error) = PriceTable::new(&card) {
                check_problems(&[error.into()]);
            }
        }
        Err(problems) => {
            assert!(has_errors(&problems), "a card is refused for a reason");
            check_problems(&problems);
        }
    }
}

/// Imports a spreadsheet: its plan is valid or has problems, and the same spreadsheet changes nothing in it.
pub fn spreadsheet(bytes: &[u8]) {
    let customers = match import::read("customers", workbook::with_sheet(bytes), &ImportOptions::default()) {
        Ok(customers) => customers,
        Err(problems) => {
            assert!(has_errors(&problems), "a spreadsheet is refused for a reason");
            return check_problems(&problems);
        }
    };
    let options = ReadOptions::new(&CARDS);
    let date = jiff::civil::date(2022, 11, 18);
    let about = NewPlan { heading: "Invented.\n# twice", lang: Lang::Zh, date: Some(date) };
    let imported = customers.new_plan(&about, &options);
    check_problems(&imported.diagnostics);
    if !imported.is_valid() {
        return;
    }
    let source = Arc::new(SourceFile::new("plan.toml", imported.text.clone()));
    let reading = plan::read(&source, &options);
    let plan = reading.plan.unwrap_or_else(|| panic!("{:?}\n{}", reading.diagnostics, source.text()));
    assert_eq!(plan.schools.len(), customers.len());
    let (again, changes) = customers.update(&source, &options).unwrap();
    assert!(changes.is_empty() && changes.absent.is_empty() && changes.kept.is_empty(), "{changes:?}");
    assert_eq!(again.text, imported.text);
}

/// Reads documents of WeCom's API twice with the same result. The pointers lead to values, and every problem says in
/// which line it is.
pub fn documents(bytes: &[u8]) {
    let reading = documents::read("documents.json", bytes);
    assert_eq!(reading, documents::read("documents.json", bytes), "the same bytes give the same documents");
    let paid = purchases(&reading.documents);
    let found = [&reading.diagnostics, &missing_pages(&reading.documents), &paid.diagnostics];
    found.iter().for_each(|problems| check_problems(problems));
    let lines = 1 + bytes.iter().filter(|byte| **byte == b'\n').count();
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    // With several values in a file, a pointer is one of its own value; of two equal keys the value has the last.
    let is_single =
        |key: &str| key.parse::<u64>().is_ok() || text.matches(&format!("\"{key}\"")).count() == 1;
    let value: Option<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok();
    for document in &reading.documents {
        let position = &document.position;
        assert!((1..=lines).contains(&position.line), "{position:?}");
        if let Some(value) = value.as_ref().filter(|_| position.pointer.split('/').skip(1).all(is_single)) {
            assert!(value.pointer(&position.pointer).is_some(), "{position:?}");
        }
    }
    for problem in found.into_iter().flatten() {
        assert!(problem.location.is_none() && problem.related.is_empty(), "no excerpt: {problem:?}");
    }
    let listed = |document: &Document| match &document.content {
        Content::AccountPage(page) => page.accounts.len(),
        Content::Codes(list) => list.codes.len(),
        _ => 0,
    };
    let most: usize = reading.documents.iter().map(listed).sum();
    let held = holdings(reading.documents.iter().cloned());
    let sorted = held.list.accounts.is_sorted_by_key(|account| (account.account_type, account.expires));
    assert!(sorted && held.list.accounts.len() + held.list.codes.len() + held.shared.len() <= most);
    // What is listed twice counts once.
    let twice = reading.documents.iter().chain(&reading.documents).cloned();
    assert_eq!(holdings(twice), held);
}

/// Reads words as money and as an industry: a value that was read is written as it can be read again.
pub fn words(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(money) = text.parse::<Money>() {
        assert_eq!(money.to_string().parse(), Ok(money));
    }
    if let Ok(price) = text.parse::<UnitPrice>() {
        assert_eq!(price.to_string().parse(), Ok(price));
    }
    if let Ok(industry) = text.parse::<Industry>() {
        assert_eq!(industry.to_string().parse::<Industry>().as_ref(), Ok(&industry));
    }
    let _ = (text.parse::<OutputFormat>(), OutputFormat::from_path(text.as_ref()), Lang::from_locale(text));
}

static CARDS: LazyLock<RateCards> = LazyLock::new(|| RateCards::embedded().unwrap());

thread_local! {
    static CATALOGS: [Catalog; 2] = Lang::ALL.map(Catalog::new);
}

fn source(name: &str, bytes: &[u8]) -> Option<Arc<SourceFile>> {
    match SourceFile::from_bytes(name, bytes.to_vec()) {
        Ok(source) => Some(Arc::new(source)),
        Err(error) => {
            check_problems(&[error.into()]);
            None
        }
    }
}

/// Checks that every span is within its text, and that every format and language renders every problem.
fn check_problems(problems: &[Diagnostic]) {
    for problem in problems {
        if let Some(location) = &problem.location {
            let text = location.source.text();
            let spans = problem.related.iter().map(|(span, _)| span).chain([&location.span]);
            spans.for_each(|span| assert!(text.get(span.clone()).is_some(), "{span:?}: {problem:?}"));
        }
    }
    // Of many problems the last are of the same kind as the first.
    for problem in problems.iter().take(12) {
        CATALOGS.with(|catalogs| catalogs.iter().for_each(|catalog| render_in_all_formats(problem, catalog)));
    }
}

fn render_in_all_formats(problem: &Diagnostic, catalog: &Catalog) {
    use MessageFormat::{Github, Human, Json, Short};
    for format in [Human, Short, Json, Github] {
        let rendered = format.render(problem, catalog, RenderStyle { width: 60, color: false });
        assert!(rendered.contains(problem.code.as_str()), "{rendered}");
        assert!(format == Human || !rendered.contains(['\n', '\r']), "{rendered:?}");
        assert!(rendered.len() < 100_000, "{} bytes for one problem", rendered.len());
    }
}
