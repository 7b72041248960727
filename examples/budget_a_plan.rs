//! Budgets the next three years of a plan: first purchases, top-ups and renewals, on the days when they are due.
//!
//! `cargo run --example budget_a_plan --no-default-features`

use std::error::Error;
use std::io::{self, Write};
use std::sync::Arc;

use wxlicense::diagnostic::SourceFile;
use wxlicense::plan::{self, ReadOptions};
use wxlicense::planning::budget::{BudgetOptions, PeriodLength, budget};
use wxlicense::rates::RateCards;

/// Writes each order of the next three years, then what each year costs.
pub fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let cards = RateCards::embedded().map_err(|problems| format!("{problems:?}"))?;
    let source = Arc::new(SourceFile::new("purchases.toml", include_str!("purchases.toml")));
    let plan = plan::read(&source, &ReadOptions::new(&cards)).plan.ok_or("the plan is valid")?;

    // The horizon begins on the plan's date, since the library reads no clock.
    let options = BudgetOptions { years: 3, by: PeriodLength::Year, ..BudgetOptions::default() };
    // Everything that is wrong with the options comes at once.
    let budget = budget(&plan, &options).map_err(|errors| format!("{errors:?}"))?;
    for line in &budget.lines {
        let payer = budget.payers[line.payer].payer.name.as_deref().unwrap_or_default();
        writeln!(
            out,
            "{} {payer}: {} of {} yuan",
            line.order.date,
            line.order.kind.as_str(),
            line.order.quote.priced_payable()
        )?;
    }
    for year in &budget.periods {
        // A year that the horizon covers in part has only a part of its orders.
        let part = if year.partial { " (in part)" } else { "" };
        writeln!(out, "{}{part}: {} yuan", year.from.year(), year.totals.payable)?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut io::stdout())
}
