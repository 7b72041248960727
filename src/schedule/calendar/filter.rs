use jiff::Span;
use jiff::civil::Date;

use super::{Event, EventKind};

/// Which events to show. The default lets every event through.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventFilter {
    /// The first day, included.
    pub from: Option<Date>,
    /// The last day, included.
    pub to: Option<Date>,
    /// The codes of the schools; empty for all.
    pub schools: Vec<String>,
    /// The kinds of event; empty for all.
    pub kinds: Vec<EventKind>,
}

impl EventFilter {
    /// Every event of a day and of so many days after it. `None` where that leaves the calendar.
    pub fn within(date: Date, days: u32) -> Option<EventFilter> {
        let to = date.checked_add(Span::new().try_days(days).ok()?).ok()?;
        Some(EventFilter { from: Some(date), to: Some(to), ..EventFilter::default() })
    }

    /// Whether it lets an event through.
    pub fn matches(&self, event: &Event) -> bool {
        let code = event.school.code.as_deref();
        self.from.is_none_or(|from| from <= event.date)
            && self.to.is_none_or(|to| event.date <= to)
            && (self.schools.is_empty() || self.schools.iter().any(|school| Some(school.as_str()) == code))
            && (self.kinds.is_empty() || self.kinds.contains(&event.kind))
    }
}
