use std::collections::HashSet;

use clap::Args as ClapArgs;
use jiff::civil::Date;
use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::plan::Plan;
use wxlicense::planning::calendar::{Event, EventFilter, EventKind, calendar};
use wxlicense::pricing::OrderStatus;
use wxlicense::report::{CalendarView, OutputFormat, View, event_word};

use super::days::{Month, Within};
use super::output::OutputArgs;
use super::plan_args::PlanTodayArgs;
use super::session::Session;
use super::{Answer, Outcome, days, values};

/// Which dates must we not miss? Trials, payments, refunds, activations and expiries, day by day.
#[derive(ClapArgs)]
#[command(after_help = "Examples:
  wxlicense calendar plan.toml
  wxlicense calendar plan.toml --date today --within 1m
  wxlicense calendar plan.toml --month 2023-02
  wxlicense calendar plan.toml --kind expiry --kind last-refund-day --school 沈阳
  wxlicense calendar plan.toml --date 2023-02-01 --fail-if-overdue")]
pub struct Args {
    /// Only dates from this day on, included
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date, conflicts_with = "within")]
    from: Option<Date>,

    /// Only dates up to this day, included
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date, conflicts_with = "within")]
    to: Option<Date>,

    /// Only dates of this month, such as 2022-12
    #[arg(long, value_name = "YYYY-MM", value_parser = days::month, conflicts_with_all = ["from", "to", "within"])]
    month: Option<Month>,

    /// Only what is due within a time of the date, such as 30d, 2w or 1m, and what is overdue
    #[arg(long, value_name = "TIME", value_parser = days::within)]
    within: Option<Within>,

    #[command(flatten)]
    plan: PlanTodayArgs,

    /// Only this kind of event; repeatable
    #[arg(long = "kind", value_name = "KIND", value_parser = values::one_of::<EventKind>())]
    kinds: Vec<EventKind>,

    /// Exit with status 1 when something shown is overdue
    #[arg(long)]
    fail_if_overdue: bool,

    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let (plan, assumed) = args.plan.read_readable(session)?;
    let filter = args.filter(plan.date)?;
    let until = filter.to.and_then(|last| last.tomorrow().ok());
    let calendar = session.busy("cli-at-work", || calendar(&plan, until))?;
    let view = CalendarView {
        calendar: &calendar,
        card: &plan.card,
        filter: &filter,
        on: plan.date,
        assumed: &assumed,
    };
    args.output.write(session, &view)?;
    if args.output.asks_for(OutputFormat::Ics)
        && view.agenda().is_some_and(|agenda| agenda.entries.is_empty())
    {
        session.report_note(&Message::new("cli-no-entries"));
    }
    let confirmed = confirmed(&plan);
    // As `status` judges: unconfirmed schools are shown, but do not set the exit status.
    let is_overdue = |event: &&Event| {
        let is_late = plan.date.is_some_and(|date| event.is_overdue(date));
        is_late && event.school.code.as_deref().is_some_and(|code| confirmed.contains(code))
    };
    let overdue: Vec<Diagnostic> = calendar.filtered(&filter).filter(is_overdue).map(overdue).collect();
    if !args.fail_if_overdue || overdue.is_empty() {
        return Ok(Answer::Yes);
    }
    if session.is_for_person() {
        session.report_note(&Message::new("cli-overdue").with("count", overdue.len()));
    } else {
        session.report_refusal(&overdue);
    }
    Ok(Answer::No)
}

fn confirmed(plan: &Plan) -> HashSet<&str> {
    let schools = plan.schools.iter().filter(|school| school.status == OrderStatus::Confirmed);
    schools.map(|school| school.code.as_str()).collect()
}

/// Reports a missed date, with its school and app.
fn overdue(event: &Event) -> Diagnostic {
    let school = [&event.school.name, &event.school.code].into_iter().flatten().cloned();
    let app =
        event.app.iter().flat_map(|app| [Some(&app.name), app.host.as_ref()].into_iter().flatten().cloned());
    Diagnostic::new(Code::Overdue)
        .with("date", event.date)
        .with("event", event_word(event.kind))
        .with("place", school.chain(app).collect::<Vec<_>>())
}

impl Args {
    fn filter(&self, date: Option<Date>) -> Result<EventFilter, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        if (self.within.is_some() || self.fail_if_overdue) && date.is_none() {
            problems.push(Diagnostic::new(Code::DueWithoutDate));
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            problems.push(Diagnostic::new(Code::FromAfterTo).with("from", from).with("to", to));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let range = match (date, self.within, self.month) {
            (Some(date), Some(within), _) => {
                let to =
                    within.end(date).ok_or_else(|| vec![Diagnostic::new(Code::HorizonBeyondCalendar)])?;
                EventFilter {
                    from: Some(date),
                    to: Some(to),
                    overdue_on: Some(date),
                    ..EventFilter::default()
                }
            }
            (_, _, Some(month)) => {
                EventFilter { from: Some(month.first), to: Some(month.last), ..EventFilter::default() }
            }
            _ => EventFilter { from: self.from, to: self.to, ..EventFilter::default() },
        };
        Ok(EventFilter { kinds: self.kinds.clone(), ..range })
    }
}
