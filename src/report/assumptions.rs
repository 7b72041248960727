//! Puts assumptions into words. Read [`assumption_lines`] first.

use super::notes::unconfirmed_text;
use crate::assumption::{Assumption, ComparedSide};
use crate::diagnostic::lang::{Arg, Message};
use crate::pricing::Party;

/// Largest number of schools that a sentence names of those that are left out.
const MOST_NAMED: usize = 8;

/// Returns an assumption as a sentence.
pub fn assumption_text(assumption: &Assumption) -> Message {
    match assumption {
        Assumption::Undated => Message::new("report-assumes-undated"),
        Assumption::Date { date, side } => {
            Message::new("report-assumes-date").with("side", side_word(*side)).with("date", *date)
        }
        Assumption::Recorded { before, side } => {
            Message::new("report-assumes-recorded").with("side", side_word(*side)).with("before", *before)
        }
        Assumption::Only { schools, with_groups } => Message::new("report-assumes-only")
            .with("schools", schools.iter().map(school).collect::<Vec<_>>())
            .with("groups", if *with_groups { "yes" } else { "no" }),
        Assumption::LeftOut { schools } => Message::new("report-assumes-left-out")
            .with("count", schools.len())
            .with("schools", schools.iter().take(MOST_NAMED).map(school).collect::<Vec<_>>())
            .with("more", schools.len().saturating_sub(MOST_NAMED)),
        Assumption::Growth { percent, side } => Message::new("report-assumes-growth")
            .with("side", side_word(*side))
            .with("percent", percent.normalize().to_string()),
        Assumption::WhatIf { code, name, account_type, planned, users } => {
            Message::new("report-assumes-what-if")
                .with("code", code.as_str())
                .with("name", name.as_str())
                .with("type", *account_type)
                .with("planned", *planned)
                .with("users", *users)
        }
        Assumption::UnconfirmedFact { fact } => {
            Message::new("report-assumes-fact").with("fact", &*fact.id).with("text", unconfirmed_text(fact))
        }
    }
}

/// Returns the word by which the texts choose a side.
fn side_word(side: Option<ComparedSide>) -> &'static str {
    match side {
        Some(ComparedSide::Old) => "old",
        Some(ComparedSide::New) => "new",
        None => "none",
    }
}

fn school(school: &Party) -> Message {
    Message::new("report-school-with-code")
        .with("name", school.name.as_deref().unwrap_or_default())
        .with("code", school.code.as_deref().unwrap_or_default())
}

/// Returns all assumptions in few lines: a sentence each, and the ids of the unconfirmed facts in one, which
/// ends with how to see more of them.
pub(super) fn assumption_lines(assumptions: &[Assumption], more: Option<Message>) -> Vec<Message> {
    let (facts, others): (Vec<_>, Vec<_>) =
        assumptions.iter().partition(|assumption| matches!(assumption, Assumption::UnconfirmedFact { .. }));
    let mut lines: Vec<Message> = others.into_iter().map(assumption_text).collect();
    let ids: Vec<&str> = facts
        .into_iter()
        .filter_map(|assumption| match assumption {
            Assumption::UnconfirmedFact { fact } => Some(&*fact.id),
            _ => None,
        })
        .collect();
    if !ids.is_empty() {
        let more = more.map_or_else(|| "".into(), Arg::from);
        lines.push(Message::new("report-assumes-facts").with("facts", ids).with("more", more));
    }
    lines
}
