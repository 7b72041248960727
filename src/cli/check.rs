use std::path::PathBuf;

use clap::Args as ClapArgs;
use jiff::civil::Date;
use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{Code, Diagnostic, has_errors};

use super::input::{Overrides, read_plan, source_name};
use super::session::{Session, tally};
use super::{Answer, Outcome, days};

/// Is this plan valid, and what in it is risky? Lists every problem in one run.
#[derive(ClapArgs)]
pub struct Args {
    /// Plan file; `-` reads standard input
    #[arg(value_name = "PLAN")]
    plan: PathBuf,

    /// Pricing date, Beijing time; instead of the plan's
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date)]
    date: Option<Date>,

    /// Rate card: the id of an embedded one, or a .toml file; instead of the plan's
    #[arg(long, value_name = "ID|FILE")]
    rate_card: Option<String>,

    /// Take warnings as errors
    #[arg(long)]
    deny_warnings: bool,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let overrides = Overrides { date: args.date, card: args.rate_card.as_deref(), risks: true };
    let read = read_plan(&args.plan, &overrides, session)?;
    let has_errors = has_errors(&read.diagnostics);
    let denied = args.deny_warnings && !has_errors && !read.diagnostics.is_empty();
    if has_errors && session.is_for_person() {
        let invalid = Message::new("cli-plan-invalid").with("plan", source_name(&args.plan));
        session.report_note(&invalid.with("problems", tally(&read.diagnostics)));
    }
    if denied {
        let reason = Diagnostic::new(Code::WarningsDenied);
        session.report_refusal(&[reason
            .with("plan", source_name(&args.plan))
            .with("warnings", read.diagnostics.len())]);
    } else if let Some(plan) = &read.plan
        && !has_errors
    {
        let apps = plan.schools.iter().map(|school| school.apps.len()).sum::<usize>();
        let valid = Message::new("cli-plan-valid")
            .with("warnings", read.diagnostics.len())
            .with("plan", source_name(&args.plan))
            .with("schools", plan.schools.len())
            .with("apps", apps);
        session.report_success(&valid);
    }
    session.report(&read.diagnostics);
    Ok(if has_errors || denied { Answer::No } else { Answer::Yes })
}
