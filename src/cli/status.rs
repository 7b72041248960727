use clap::Args as ClapArgs;
use jiff::civil::Date;
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::planning::assignment::{assignments, transfer_savings};
use wxlicense::planning::status::status;
use wxlicense::report::{StatusView, UserNames};
use wxlicense::rules::days_between;

use super::days::{Month, Within};
use super::output::OutputArgs;
use super::plan_args::PlanTodayArgs;
use super::session::Session;
use super::{Answer, Outcome, days};

/// Where do we stand: what is overdue, what is due, what comes next, and who is not covered?
#[derive(ClapArgs)]
#[command(after_help = "Examples:
  wxlicense status plan.toml --date today
  wxlicense status plan.toml --date today --within 2m --school 1499
  wxlicense status plan.toml --date today --fail-if-overdue
  wxlicense status plan.toml --date today --format markdown")]
pub struct Args {
    /// How far ahead to look, such as 30d, 2w or 1m
    #[arg(long, value_name = "TIME", value_parser = days::within, default_value = "30d")]
    within: Within,

    /// Look ahead to the end of this month, such as 2022-12
    #[arg(long, value_name = "YYYY-MM", value_parser = days::month, conflicts_with = "within")]
    month: Option<Month>,

    #[command(flatten)]
    plan: PlanTodayArgs,

    /// List users by their ids: without an account, with one but on no roster, or with one that they do not need
    #[arg(long)]
    list_users: bool,

    /// Exit with status 1 while a payment is late or a user has no account
    #[arg(long)]
    fail_if_overdue: bool,

    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let (plan, assumed) = args.plan.read_readable(session)?;
    let date = plan.date.ok_or_else(|| Diagnostic::new(Code::DueWithoutDate))?;
    let last = args.last_day(date)?;
    let status = session.busy("cli-at-work", || status(&plan, days_between(date, last)))?;
    let (assignments, savings) = session.busy("cli-at-work", || {
        let assignments = assignments(&plan);
        let savings = transfer_savings(&plan, &assignments);
        (assignments, savings)
    });
    let names = UserNames { assignments: &assignments, savings: &savings, is_listed: args.list_users };
    args.output
        .write(session, &StatusView { status: &status, card: &plan.card, assumed: &assumed, names })?;
    if !args.fail_if_overdue || !status.is_overdue() {
        return Ok(Answer::Yes);
    }
    let overdue = Diagnostic::new(Code::PlanOverdue)
        .with("orders", status.overdue.orders)
        .with("payable", status.overdue.totals.payable)
        .with("users", status.overdue_users);
    session.report_refusal(&[overdue]);
    Ok(Answer::No)
}

impl Args {
    /// Returns the last day to look at.
    fn last_day(&self, date: Date) -> Result<Date, Diagnostic> {
        match self.month {
            Some(month) if month.last < date => {
                Err(Diagnostic::new(Code::FromAfterTo).with("from", date).with("to", month.last))
            }
            Some(month) => Ok(month.last),
            None => self.within.end(date).ok_or_else(|| Diagnostic::new(Code::HorizonBeyondCalendar)),
        }
    }
}
