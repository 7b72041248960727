//! Quotes every school of a plan file, and lists the problems of one that is not valid.
//!
//! `cargo run --example quote_a_plan --no-default-features`

use std::error::Error;
use std::io::{self, Write};
use std::sync::Arc;

use wxlicense::diagnostic::{Diagnostic, SourceFile};
use wxlicense::plan::{self, ReadOptions};
use wxlicense::pricing::quote_orders;
use wxlicense::rates::RateCards;

const PLAN: &str = r#"
date = 2022-11-18

[[school]]
code = "1001"
name = "示例学院"
basic = 150

[[school]]
code = "1002"
name = "示例小学"
industry = "教育/初等教育"
certification = "verified"
basic = 40
"#;

/// Writes what each school pays, and then what is wrong with the same plan after a slip of the pen.
pub fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let cards = RateCards::embedded().map_err(|problems| format!("{problems:?}"))?;
    let read = |text: &str| {
        // The library opens no file; the name is only for messages.
        plan::read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards))
    };

    // Without a plan there are diagnostics that say why; with one, perhaps warnings.
    let plan = read(PLAN).plan.ok_or("the plan is valid")?;
    let quote = quote_orders(&plan.card, plan.date, &plan.orders())?;
    for order in &quote.orders {
        let name = order.payer.name.as_deref().unwrap_or_default();
        let waived = if order.is_free() { ", waived" } else { "" };
        writeln!(out, "{name}: {} yuan{waived}", order.priced_payable())?;
    }
    writeln!(out, "in all: {} yuan", quote.totals.payable)?;

    // All problems of a text come at once, each with its code and its span.
    let slip =
        PLAN.replace("basic = 150", "basic = -150").replace("[[school]]\ncode = \"1002\"", "[[school]]");
    for problem in read(&slip).diagnostics {
        writeln!(out, "{}", line_of(&problem))?;
    }
    Ok(())
}

/// A problem in a line. With the feature `reports`, `diagnostic::render` draws it for a person.
fn line_of(problem: &Diagnostic) -> String {
    let position = problem.location.as_ref().map(|location| {
        let (line, column) = location.source.line_and_column(location.span.start);
        format!("{}:{line}:{column}: ", location.source.name())
    });
    position.unwrap_or_default() + problem.code.as_str()
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut io::stdout())
}
