use jiff::Span;
use jiff::civil::Date;

use super::{Event, EventKind};

/// Selection of events. The default lets every event through.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventFilter {
    /// The first day, inclusive.
    pub from: Option<Date>,
    /// The last day, inclusive.
    pub to: Option<Date>,
    /// A day; events overdue on it pass whatever their own day is.
    pub overdue_on: Option<Date>,
    /// The codes of the schools; empty for all.
    pub schools: Vec<String>,
    /// The kinds of event; empty for all.
    pub kinds: Vec<EventKind>,
}

impl EventFilter {
    /// Returns the filter of what is due: every event from `date` to `days` days later, inclusive, and what
    /// is overdue on it. `None` if that is outside the calendar.
    pub fn due_within(date: Date, days: u32) -> Option<EventFilter> {
        let to = date.checked_add(Span::new().try_days(days).ok()?).ok()?;
        Some(EventFilter { from: Some(date), to: Some(to), overdue_on: Some(date), ..EventFilter::default() })
    }

    /// Returns true if it lets an event through.
    pub fn matches(&self, event: &Event) -> bool {
        let code = event.school.code.as_deref();
        let in_range =
            self.from.is_none_or(|from| from <= event.date) && self.to.is_none_or(|to| event.date <= to);
        let overdue = self.overdue_on.is_some_and(|on| event.is_overdue(on));
        (in_range || overdue)
            && (self.schools.is_empty() || self.schools.iter().any(|school| Some(school.as_str()) == code))
            && (self.kinds.is_empty() || self.kinds.contains(&event.kind))
    }
}
