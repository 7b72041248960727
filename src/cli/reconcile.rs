use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use jiff::civil::Date;
use wxlicense::analysis::reconcile::{explain, reconcile};
use wxlicense::diagnostic::{Code, Diagnostic, has_errors};
use wxlicense::report::ReconcileView;
use wxlicense::wecom::bills::Bills;
use wxlicense::wecom::documents::{self, Document, Reading};
use wxlicense::wecom::purchases;

use super::attachments::named_files;
use super::input::{Overrides, assumed_date, is_larger, read_bytes_up_to, source_name, valid_plan};
use super::output::OutputArgs;
use super::session::Session;
use super::{Answer, Failure, Outcome, days};

/// Does WeCom's bill match? Each order's price is computed again from its own accounts and term.
#[derive(ClapArgs)]
#[command(after_help = "Examples:
  wxlicense reconcile plan.toml --orders orders.json
  wxlicense reconcile plan.toml --orders orders-2023-06.json --orders accounts-O1.json -o bills.xlsx
  wxlicense reconcile plan.toml --orders orders.json --format json

The files hold answers of WeCom's licence API: get_order, get_union_order, list_order_account.")]
pub struct Args {
    /// Plan file; `-` reads standard input
    #[arg(value_name = "PLAN")]
    plan: PathBuf,

    /// Order documents of WeCom: JSON, an array, or one a line; a path or a pattern, repeatable
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    orders: Vec<PathBuf>,

    /// Say which readings of the unconfirmed rules explain the bills, also if none differs
    #[arg(long)]
    rules: bool,

    /// Today, Beijing time; instead of the plan's date
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date)]
    date: Option<Date>,

    /// Rate card: the id of an embedded one, or a .toml file; instead of the plan's
    #[arg(long, value_name = "ID|FILE")]
    rate_card: Option<String>,

    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let overrides = Overrides { date: args.date, card: args.rate_card.as_deref(), ..Overrides::default() };
    let plan = valid_plan(&args.plan, &overrides, session)?;
    plan.date.ok_or_else(|| Diagnostic::new(Code::DueWithoutDate))?;
    let (bills, problems) = session.busy("cli-at-work", || args.bills(session));
    if bills.orders.is_empty() && bills.unreadable.is_empty() {
        return Err(problems.into());
    }
    let (with_orders, open) = plan.clone().with_orders(bills.purchases());
    // Orders of other enterprises, and renewals that nothing explains, have rows of their own.
    let is_new = |problem: &Diagnostic| problem.code == Code::OrdersWithoutAccounts;
    let problems: Vec<Diagnostic> = problems.into_iter().chain(open.into_iter().filter(is_new)).collect();
    session.report(&problems);
    let found = session.busy("cli-at-work", || reconcile(&with_orders, &plan, &bills))?;
    let is_asked = args.rules || found.has_mismatch();
    let look = || explain(&with_orders, &bills, &found.orders);
    let rules = is_asked.then(|| session.busy("cli-at-work", look)).transpose()?;
    let assumed = assumed_date(args.date);
    let view =
        ReconcileView { reconciliation: &found, rules: rules.as_ref(), card: &plan.card, assumed: &assumed };
    args.output.write(session, &view)?;
    match (found.has_mismatch(), has_errors(&problems)) {
        (true, _) => {
            session
                .report_refusal(&[Diagnostic::new(Code::BillsDiffer)
                    .with("difference", found.totals.difference.to_string())]);
            Ok(Answer::No)
        }
        (false, true) => Err(Failure::Problems(Vec::new())),
        (false, false) => Ok(Answer::Yes),
    }
}

impl Args {
    /// Returns the orders of all files, and the problems of the files.
    fn bills(&self, session: &Session) -> (Bills, Vec<Diagnostic>) {
        let mut read: Vec<Document> = Vec::new();
        let mut problems = Vec::new();
        for pattern in &self.orders {
            let paths = named_files(pattern).unwrap_or_else(|problem| {
                problems.push(problem);
                Vec::new()
            });
            for path in paths {
                match documents_of(&path, session) {
                    Ok(reading) => {
                        read.extend(reading.documents);
                        problems.extend(reading.diagnostics);
                    }
                    Err(problem) => problems.push(problem),
                }
            }
        }
        problems.extend(documents::missing_pages(&read));
        problems.extend(purchases(&read).diagnostics);
        let bills = Bills::gather(&read).with_problems(&problems);
        let has_none = bills.orders.is_empty() && bills.unreadable.is_empty();
        if has_none && !has_errors(&problems) {
            problems.push(Diagnostic::new(Code::OrdersWithoutPrices));
        }
        (bills, problems)
    }
}

/// Reads the documents of a file. One that is too large is not loaded.
fn documents_of(path: &Path, session: &Session) -> Result<Reading, Diagnostic> {
    if is_larger(path, documents::MAX_BYTES) {
        return Err(documents::too_large(&source_name(path)));
    }
    let bytes = read_bytes_up_to(documents::MAX_BYTES, path, session)?;
    Ok(documents::read(&source_name(path), &bytes))
}
