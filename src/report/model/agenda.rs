//! The piece for calendar programs.

use jiff::civil::Date;

use crate::diagnostic::lang::Message;

/// Days for a calendar program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// The name of the calendar.
    pub title: Message,
    /// The day as of which the entries hold, Beijing time.
    pub as_of: Date,
    /// Grows with the day as of which the entries hold, so that a later agenda wins over an earlier one.
    pub revision: u32,
    /// The entries, by day.
    pub entries: Vec<AgendaEntry>,
}

/// One day for a calendar program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaEntry {
    /// Identity of the entry: unique in the agenda, and the same in every agenda of the plan, whatever day
    /// the entry falls on and whatever language it is in.
    pub identity: Vec<String>,
    /// The day, Beijing time.
    pub date: Date,
    /// A summary in a line.
    pub summary: Message,
    /// The paragraphs of its description.
    pub description: Vec<Message>,
    /// Days before it on which to remind of it, 0 for the day itself; `None` for no alarm.
    pub alarm_days: Option<u32>,
}
