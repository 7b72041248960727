//! Reports what a spreadsheet changed in a plan, and what it did not. Read [`report`] first.

use wxlicense::diagnostic::lang::{Arg, Message};
use wxlicense::import::{Changes, SchoolName};

use super::listed;
use crate::cli::session::Session;

/// Largest number of lines of a kind; of more, the number is reported.
const MOST_LINES: usize = 100;

/// Largest number of schools that one line lists.
const MOST_LISTED: usize = 20;

/// Reports what changed, a line each, then what stays as it is.
pub fn report(changes: &Changes, session: &Session) {
    let counts = changes.counts.iter().map(|change| {
        Message::new("import-count-changed")
            .with("school", school(&change.school))
            .with("key", change.key)
            .with("old", change.old)
            .with("new", change.new)
    });
    lines(counts, session);
    let kept = changes.kept.iter().map(|kept| {
        let plan = match kept.plan.as_str() {
            "" => Arg::from(Message::new("import-nothing")),
            plan => plan.into(),
        };
        Message::new("import-kept")
            .with("school", school(&kept.school))
            .with("key", kept.key)
            .with("plan", plan)
            .with("sheet", kept.sheet.as_str())
    });
    for (id, schools) in [
        ("import-added", &changes.added),
        ("import-absent", &changes.absent),
        ("import-with-headcounts", &changes.with_headcounts),
    ] {
        if !schools.is_empty() {
            let shown = schools.iter().take(MOST_LISTED).map(school).collect();
            let names = listed(shown, schools.len());
            session.report_note(&Message::new(id).with("count", schools.len()).with("schools", names));
        }
    }
    lines(kept, session);
    if changes.is_empty() {
        session.report_success(&Message::new("import-unchanged"));
    }
}

fn lines(messages: impl ExactSizeIterator<Item = Message>, session: &Session) {
    let rest = messages.len().saturating_sub(MOST_LINES);
    messages.take(MOST_LINES).for_each(|message| session.report_note(&message));
    if rest > 0 {
        session.report_note(&Message::new("import-and-more").with("count", rest));
    }
}

fn school(school: &SchoolName) -> Arg {
    Message::new("import-school").with("code", school.code.as_str()).with("name", school.name.as_str()).into()
}
