//! Goldens of small pages in both languages, without their style. `UPDATE_GOLDENS=1 cargo test --test tests
//! formats_html` updates them; read the difference before you commit it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use wxlicense::diagnostic::SourceFile;
use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::plan::{self, ReadOptions};
use wxlicense::pricing::quote_orders;
use wxlicense::rates::RateCards;
use wxlicense::report::{Document, QuoteView, View, draw_html};

#[test]
fn pages_are_as_recorded() {
    for plan in ["brief-8-and-20", "large"] {
        let document = document_of(plan);
        for lang in Lang::ALL {
            let page = without_style(&draw_html(&document, &Catalog::new(lang), None));
            compare(&format!("{plan}.{}.html", lang.as_str()), &page);
        }
    }
}

#[test]
fn pages_of_other_results_are_as_recorded() {
    let pages: [(&str, &[&str]); 6] = [
        ("optimize", &["optimize", "examples/cheapest.toml", "--years", "3"]),
        ("budget-purchases", &["budget", "examples/purchases.toml", "--years", "2"]),
        ("calendar-purchases", &["calendar", "examples/purchases.toml"]),
        ("compare-examples", &["compare", "examples/compare-old.toml", "examples/compare-new.toml"]),
        (
            "compare-budget",
            &["compare", "examples/compare-old.toml", "examples/compare-new.toml", "--budget"],
        ),
        ("fit-10000", &["fit", "--amount", "10000", "--interop"]),
    ];
    for (name, args) in pages {
        for lang in Lang::ALL {
            let output = Command::new(env!("CARGO_BIN_EXE_wxlicense"))
                .args(args)
                .args(["--format", "html", "--lang", lang.as_str()])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .output()
                .unwrap();
            let page = without_style(&String::from_utf8(output.stdout).unwrap());
            compare(&format!("{name}.{}.html", lang.as_str()), &page);
        }
    }
}

fn document_of(plan: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/{plan}.toml"));
    let source = SourceFile::from_bytes(plan, fs::read(path).unwrap()).unwrap();
    let reading = plan::read(&Arc::new(source), &ReadOptions::new(&RateCards::embedded().unwrap()));
    let plan = reading.plan.unwrap();
    let quote = quote_orders(&plan.card, plan.date, &plan.orders()).unwrap();
    QuoteView { quote: &quote, card: &plan.card, explained: false, positions: &[], assumed: &[] }.document()
}

/// The style is a file of its own; repeating it would hide changes of the content.
fn without_style(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    format!("{head}<style></style>{body}")
}

fn compare(name: &str, page: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/html").join(name);
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&golden, page).unwrap();
    }
    let recorded = fs::read_to_string(&golden).unwrap_or_default();
    assert!(page == recorded, "{name} differs from its golden; UPDATE_GOLDENS=1 writes it anew");
}
