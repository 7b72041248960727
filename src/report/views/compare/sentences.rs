//! The first sentences of a comparison, and its picture.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::status_grids::largest_first;
use crate::analysis::compare::{Cause, CauseChange, Change, relative};
use crate::diagnostic::lang::{Arg, Message};
use crate::money::Money;
use crate::pricing::Totals;
use crate::report::views::answer::payable;
use crate::report::{Chart, ChartKind, Waterfall};

/// Returns how much more or less is payable.
pub(super) fn difference_text(difference: Money, old: &Totals, new: &Totals) -> Message {
    let id = match difference.cmp(&Money::ZERO) {
        Ordering::Greater => "compare-answer-more",
        Ordering::Less => "compare-answer-less",
        Ordering::Equal => "compare-answer-same",
    };
    Message::new(id)
        .with("difference", Money::from_fen(difference.fen().saturating_abs()))
        .with("percent", percent(difference, old.payable))
        .with("old", payable(old))
        .with("new", payable(new))
}

/// Returns the causes that change the confirmed total by size, the largest first.
pub(super) fn causes_by_size(causes: &[CauseChange]) -> Vec<&CauseChange> {
    let mut causes: Vec<&CauseChange> =
        causes.iter().filter(|cause| cause.change.firm != Money::ZERO).collect();
    causes.sort_by_key(|cause| largest_first(cause.change.firm));
    causes
}

/// Returns the causes that change the confirmed total in their words, the largest first.
pub(super) fn reasons(causes: &[CauseChange], word: fn(Cause) -> Message) -> Vec<Message> {
    let reason = |cause: &CauseChange| signed(word(cause.cause), cause.change.firm);
    causes_by_size(causes).into_iter().map(reason).collect()
}

/// Returns something with what it changes, such as `headcount +290.00`.
pub(super) fn signed(what: impl Into<Arg>, difference: Money) -> Message {
    Message::new("compare-reason")
        .with("cause", what)
        .with("sign", if difference > Money::ZERO { "+" } else { "" })
        .with("difference", difference)
}

/// Returns what changed besides the confirmed totals.
pub(super) fn besides(difference: Change, is_priced: bool) -> Option<Message> {
    let mut besides = Vec::new();
    if difference.unconfirmed != Money::ZERO {
        besides.push(Message::new("compare-besides-unconfirmed").with("difference", difference.unconfirmed));
    }
    if !is_priced {
        besides.push(Message::new("compare-besides-unpriced"));
    }
    (!besides.is_empty()).then(|| Message::new("compare-besides").with("besides", besides))
}

/// Returns how the old total becomes the new one, the largest cause first, in its words.
pub(super) fn waterfall(old: Money, causes: &[CauseChange], word: fn(Cause) -> Message, new: Money) -> Chart {
    let step = |cause: &CauseChange| (word(cause.cause), cause.change.firm);
    let waterfall = Waterfall {
        start: (Message::new("compare-old"), old),
        steps: causes_by_size(causes).into_iter().map(step).collect(),
        end: (Message::new("compare-new"), new),
    };
    Chart { title: Message::new("compare-chart"), kind: ChartKind::Waterfall(waterfall), requested: false }
}

/// Returns a difference in percent of the old amount, in brackets; nothing if that is nothing.
fn percent(difference: Money, old: Money) -> Arg {
    let Some(part) = relative(difference, old) else { return "".into() };
    let sign = if part > Decimal::ZERO { "+" } else { "" };
    let percent = Arg::Figure(format!("{:.1}", part * Decimal::ONE_HUNDRED));
    Message::new("compare-in-percent").with("sign", sign).with("percent", percent).into()
}
