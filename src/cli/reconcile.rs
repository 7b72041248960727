use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::Args as ClapArgs;
use jiff::civil::Date;
use wxlicense::analysis::reconcile::{RuleFindings, explain, reconcile};
use wxlicense::diagnostic::lang::Phrase;
use wxlicense::diagnostic::{Code, Diagnostic, SourceFile, has_errors};
use wxlicense::plan::Plan;
use wxlicense::rates::{RateCard, RateCards, read_card, write_proven};
use wxlicense::report::ReconcileView;
use wxlicense::wecom::bills::Bills;
use wxlicense::wecom::documents::{self, Document, Reading};
use wxlicense::wecom::purchases;

use super::attachments::named_files;
use super::input::{
    Overrides, assumed_date, is_larger, read_bytes_up_to, read_source, readable_plan, source_name,
};
use super::output::OutputArgs;
use super::plan_args::left_out;
use super::session::Session;
use super::{Answer, Failure, Outcome, days};

/// Does WeCom's bill match? Each order's price is computed again from its own accounts and term.
#[derive(ClapArgs)]
#[command(after_help = "Examples:
  wxlicense reconcile plan.toml --orders orders.json
  wxlicense reconcile plan.toml --orders orders-2023-06.json --orders accounts-O1.json -o bills.xlsx
  wxlicense reconcile plan.toml --orders orders.json --rules --write-card as-billed.toml
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

    /// Write the rate card as far as the bills leave its rules: proven facts name the orders, and what is ruled out is gone
    #[arg(long, value_name = "FILE")]
    write_card: Option<PathBuf>,

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
    let plan = readable_plan(&args.plan, &overrides, session)?;
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
    let is_asked = args.rules || args.write_card.is_some() || found.has_mismatch();
    let look = || explain(&with_orders, &bills, &found.orders);
    let rules = is_asked.then(|| session.busy("cli-at-work", look)).transpose()?;
    let mut assumed = assumed_date(args.date);
    assumed.extend(left_out(&[&plan]));
    let view =
        ReconcileView { reconciliation: &found, rules: rules.as_ref(), card: &plan.card, assumed: &assumed };
    let card = args
        .write_card
        .as_deref()
        .zip(rules.as_ref())
        .map(|(path, rules)| Ok::<_, Failure>((path, card_text(path, rules, &plan, session)?)));
    match card.transpose() {
        Ok(card) => {
            let beside = card.as_ref().map(|(path, text)| (*path, text.as_bytes()));
            args.output.write_beside(session, &view, beside)?;
        }
        // What is known is shown all the same.
        Err(failure) => {
            args.output.write(session, &view)?;
            return Err(failure);
        }
    }
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

/// Returns the text of the plan's rate card as far as the bills leave its rules.
fn card_text(path: &Path, rules: &RuleFindings, plan: &Plan, session: &Session) -> Result<String, Failure> {
    let proof = rules.proof().ok_or_else(|| Diagnostic::new(Code::BillsUnexplained))?;
    let source = card_source(&plan.card, session)?;
    let id =
        path.file_stem().map_or_else(|| plan.card.id.clone(), |stem| stem.to_string_lossy().into_owned());
    let date = plan.date.map(|date| date.to_string()).unwrap_or_default();
    let name = Phrase {
        en: format!("{}, by bills up to {date}", plan.card.name.en).into(),
        zh: format!("{}（按截至 {date} 的账单）", plan.card.name.zh).into(),
    };
    Ok(write_proven(&source, &id, &name, &proof).context("the rate card cannot be written")?)
}

/// Returns the text of a card that was read: an embedded one, or a file.
fn card_source(card: &RateCard, session: &Session) -> Result<Arc<SourceFile>, Failure> {
    let embedded = RateCards::embedded_text(&card.id).map(|text| SourceFile::new(card.id.as_str(), text));
    let is_card = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "toml");
    let files = session.inputs().into_iter().filter(is_card);
    let sources = embedded.into_iter().chain(files.filter_map(|path| read_source(&path, session).ok()));
    let mut sources = sources.map(Arc::new);
    let found = sources.find(|source| read_card(source).is_ok_and(|read| read == *card));
    Ok(found.context("the rate card was changed while it was read")?)
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
        let bills = Bills::gather(&read).with_problems(&read, &problems);
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
