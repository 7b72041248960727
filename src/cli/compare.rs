mod budgets;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args as ClapArgs;
use jiff::civil::Date;
use wxlicense::analysis::compare::{Change, Side, compare};
use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{Code, Diagnostic, SourceFile, has_errors};
use wxlicense::plan::{Plan, Reading};
use wxlicense::pricing::Totals;
use wxlicense::report::{CompareBudgetsView, CompareView};
use wxlicense::{Assumption, ComparedSide, Money};

use self::budgets::BudgetArgs;
use super::input::{Overrides, assumed_date, read_plan_source, read_plan_text};
use super::output::OutputArgs;
use super::plan_args::{SchoolArgs, left_out, only_on_both};
use super::session::Session;
use super::what_if::WhatIfArgs;
use super::{Answer, Failure, Outcome, days, values};

/// What changed between two plans, and why does it cost more? Or one plan on two dates or two rate cards.
#[derive(ClapArgs)]
#[command(after_help = "Examples:
  wxlicense compare old.toml new.toml --fail-over 5000
  wxlicense compare plan.toml --date-old 2023-03-31 --date-new 2023-04-01
  wxlicense compare plan.toml --rate-card-new card.toml
  wxlicense compare plan.toml --set 1499.basic=1300
  wxlicense compare 2023.toml 2024.toml --budget
  wxlicense compare plan.toml --budget --from-old 2023-01-01 --from-new 2024-01-01
  wxlicense compare plan.toml --budget --years 3 --growth 5%")]
pub struct Args {
    /// Plan file; `-` reads standard input
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// Plan file to compare it to; without one, OLD is used for both sides
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,

    /// Pricing date of the old side, Beijing time; instead of its plan's
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date)]
    date_old: Option<Date>,

    /// Pricing date of the new side, Beijing time; instead of its plan's
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date)]
    date_new: Option<Date>,

    /// Rate card of the old side: the id of an embedded one, or a .toml file; instead of its plan's
    #[arg(long, value_name = "ID|FILE")]
    rate_card_old: Option<String>,

    /// Rate card of the new side: the id of an embedded one, or a .toml file; instead of its plan's
    #[arg(long, value_name = "ID|FILE")]
    rate_card_new: Option<String>,

    /// Exit with status 1 when the payable total grows by more than this many yuan
    #[arg(long, value_name = "AMOUNT", value_parser = values::money)]
    fail_over: Option<Money>,

    #[command(flatten)]
    budgets: BudgetArgs,

    #[command(flatten)]
    schools: SchoolArgs,

    #[command(flatten)]
    what_if: WhatIfArgs,

    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let (old, new) = plans(args, session)?;
    let (new, mut assumed) = args.what_if.apply(new)?;
    let schools = args.schools.find_in_either(&old, &new)?;
    let (old, new, is_partial) = only_on_both(old, new, schools);
    assumed.extend(is_partial);
    assumed.splice(0..0, left_out(&[&new, &old]));
    if args.budgets.are_asked_for() {
        return run_budgets(args, &old, &new, assumed, session);
    }
    let comparison = compare(&Side::from(&old), &Side::from(&new))?;
    let view =
        CompareView { comparison: &comparison, old_card: &old.card, new_card: &new.card, assumed: &assumed };
    args.output.write(session, &view)?;
    let totals = (&comparison.old.totals, &comparison.new.totals);
    judge_increase(args.fail_over, comparison.difference, totals, comparison.left_out.len(), session)
}

fn run_budgets(args: &Args, old: &Plan, new: &Plan, what_ifs: Vec<Assumption>, session: &Session) -> Outcome {
    let comparison = args.budgets.compare(old, new, session)?;
    let mut assumed = assumed_dates(args.date_old, args.date_new);
    assumed.extend(args.budgets.assumed(&comparison));
    assumed.extend(what_ifs);
    let view = CompareBudgetsView {
        comparison: &comparison,
        old_card: &old.card,
        new_card: &new.card,
        by: args.budgets.by,
        assumed: &assumed,
    };
    args.output.write(session, &view)?;
    let totals = (&comparison.old.totals, &comparison.new.totals);
    judge_increase(args.fail_over, comparison.difference, totals, comparison.left_out.len(), session)
}

/// Returns what dates in place of those of the plans make the comparison assume.
fn assumed_dates(old: Option<Date>, new: Option<Date>) -> Vec<Assumption> {
    if old == new {
        return assumed_date(new);
    }
    let sides = [(old, ComparedSide::Old), (new, ComparedSide::New)];
    let given = sides.into_iter().filter_map(|(date, side)| Some((date?, side)));
    given.map(|(date, side)| Assumption::Date { date, side: Some(side) }).collect()
}

/// Reads both plans, or returns the problems of both. If they are the same file it is read once, so that it
/// can come from standard input.
fn plans(args: &Args, session: &Session) -> Result<(Plan, Plan), Failure> {
    let old_overrides =
        Overrides { date: args.date_old, card: args.rate_card_old.as_deref(), ..Overrides::default() };
    let new_overrides =
        Overrides { date: args.date_new, card: args.rate_card_new.as_deref(), ..Overrides::default() };
    let new_path = args.new.as_ref().unwrap_or(&args.old);
    let is_like = old_overrides == new_overrides && args.what_if.is_empty() && !args.budgets.differ();
    if args.new.is_none() && is_like && old_overrides == Overrides::default() {
        let problem = Diagnostic::new(Code::NothingToCompare).with("plan", args.old.display().to_string());
        return Err(problem.into());
    }
    let read = |path: &Path| read_plan_text(path, session).map(Arc::new);
    let old_source = read(&args.old);
    let new_source = if *new_path == args.old { old_source.clone() } else { read(new_path) };
    let old = read_side(&args.old, old_source, &old_overrides, session)?;
    let new = read_side(new_path, new_source, &new_overrides, session)?;
    let plans = readable(&old).zip(readable(&new));
    let mut problems = old.diagnostics;
    add_new(&mut problems, new.diagnostics);
    let plans = plans.map(|(old, new)| Plan::readable_on_both(old, new));
    let Some((old, new)) = plans.filter(|(old, new)| !old.schools.is_empty() || !new.schools.is_empty())
    else {
        return Err(problems.into());
    };
    if !old.left_out.is_empty() || !new.left_out.is_empty() {
        session.note_incomplete();
    }
    session.report(&problems);
    session.note_provider(new.provider.name.as_deref());
    Ok((old, new))
}

/// Returns the plan of one side, if need be without schools whose files cannot be read.
fn readable(reading: &Reading) -> Option<Plan> {
    let whole = reading.plan.as_ref().filter(|_| !has_errors(&reading.diagnostics));
    reading.partial.as_ref().or(whole).cloned()
}

/// Reads one side; its problems are added to those of the other.
fn read_side(
    path: &Path,
    source: Result<Arc<SourceFile>, Diagnostic>,
    overrides: &Overrides<'_>,
    session: &Session,
) -> Result<Reading, Failure> {
    let read = source.map_err(Failure::from);
    match read.and_then(|source| read_plan_source(path, &source, overrides, session)) {
        Err(Failure::Problems(diagnostics)) => Ok(Reading { plan: None, partial: None, diagnostics }),
        read => read,
    }
}

/// Adds the problems that are not there yet: one file on both sides has each of its problems once.
fn add_new(problems: &mut Vec<Diagnostic>, more: Vec<Diagnostic>) {
    let identity = |problem: &Diagnostic| {
        let location = problem.location.as_ref();
        (problem.code, location.map(|location| (location.source.name().to_owned(), location.span.clone())))
    };
    let mut known: HashMap<_, Vec<usize>> = HashMap::new();
    for (index, problem) in problems.iter().enumerate() {
        known.entry(identity(problem)).or_default().push(index);
    }
    for problem in more {
        let alike = known.get(&identity(&problem)).into_iter().flatten();
        if alike.into_iter().all(|index| problems[*index] != problem) {
            problems.push(problem);
        }
    }
}

/// Compares the increase with the limit. Accounts without a price on the new side can only add to it; those
/// on the old side could reduce it, and schools that are left out could do both. Unconfirmed orders are in no total,
/// so they cannot make it unknown.
fn judge_increase(
    limit: Option<Money>,
    difference: Change,
    (old, new): (&Totals, &Totals),
    left_out: usize,
    session: &Session,
) -> Outcome {
    let Some(limit) = limit else { return Ok(Answer::Yes) };
    let increase = difference.firm;
    let (old, new) = (old.payable_unpriced, new.payable_unpriced);
    let unknown = left_out > 0 || !old.is_zero() || (!new.is_zero() && increase <= limit);
    if unknown {
        return Err(Diagnostic::new(Code::IncreaseNotJudged)
            .with("difference", increase)
            .with("limit", limit)
            .with("left-out", left_out)
            .with("old-basic", old.basic)
            .with("old-interop", old.interop)
            .with("new-basic", new.basic)
            .with("new-interop", new.interop)
            .into());
    }
    if increase > limit {
        let over = Diagnostic::new(Code::IncreaseOverLimit);
        session.report_refusal(&[over.with("increase", increase).with("limit", limit)]);
        return Ok(Answer::No);
    }
    let unconfirmed = difference.unconfirmed;
    if increase.checked_add(unconfirmed).is_none_or(|sum| sum > limit) {
        session.report_note(
            &Message::new("cli-increase-over-limit-if-confirmed")
                .with("limit", limit)
                .with("unconfirmed", unconfirmed),
        );
    }
    Ok(Answer::Yes)
}
