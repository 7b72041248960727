//! Puts the reasons of scheduled orders into words. Read [`reason_text`] first.

use crate::diagnostic::lang::Message;
use crate::planning::schedule::Reason;

/// Returns a reason as a sentence, without the order that it is about; `None` for one that the order's own days
/// say.
pub(super) fn reason_text(reason: &Reason) -> Option<Message> {
    Some(match reason {
        Reason::ExpiresWith { .. } => return None,
        Reason::PaidWhileOutlasted { expires, otherwise } => Message::new("reason-paid-while-outlasted")
            .with("expires", *expires)
            .with("otherwise", *otherwise),
        Reason::ShortestTerm => Message::new("reason-shortest-term"),
        Reason::NextTerm => Message::new("reason-next-term"),
        Reason::ShorterThanTerm { full_price } => {
            Message::new("reason-shorter-than-term").with("full-price", *full_price)
        }
        Reason::AppOrder => Message::new("reason-app-order"),
        Reason::LastDayOfWaiver { last_day } => {
            Message::new("reason-last-day-of-waiver").with("last-day", *last_day)
        }
        Reason::CodesInStock { count, activated, starts } => Message::new("reason-codes-in-stock")
            .with("count", *count)
            .with("activated", *activated)
            .with("starts", *starts),
    })
}

/// Returns a stable word for a reason.
pub(super) fn reason_code(reason: &Reason) -> &'static str {
    match reason {
        Reason::ExpiresWith { .. } => "expires-with",
        Reason::PaidWhileOutlasted { .. } => "paid-while-outlasted",
        Reason::ShortestTerm => "shortest-term",
        Reason::NextTerm => "next-term",
        Reason::ShorterThanTerm { .. } => "shorter-than-term",
        Reason::AppOrder => "app-order",
        Reason::LastDayOfWaiver { .. } => "last-day-of-waiver",
        Reason::CodesInStock { .. } => "codes-in-stock",
    }
}

/// Returns those of the reasons of an order that a reader has to know, each as a sentence.
pub(super) fn reason_texts(reasons: &[Reason]) -> impl Iterator<Item = Message> {
    reasons.iter().filter_map(reason_text)
}
