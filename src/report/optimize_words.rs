//! Puts into words why orders of the cheapest plan are placed, and why a payer has no plan.

use super::views::accounts;
use crate::diagnostic::lang::Message;
use crate::planning::optimize::{ExplainedOrder, NotOptimized, OrderReason, PayerPlan};
use crate::problems::optimize_reason;

/// Returns why a payer has no plan, as a part of a sentence.
pub(super) fn not_optimized_text(reason: &NotOptimized) -> Message {
    match reason {
        NotOptimized::NotCharged => Message::new("optimize-not-charged"),
        NotOptimized::TestEnterprise => Message::new("optimize-test-enterprise"),
        NotOptimized::Waived => Message::new("optimize-waived"),
        NotOptimized::WaivedUntil { last_day, yearly: Some(yearly) } => {
            Message::new("optimize-waived-until").with("last-day", *last_day).with("yearly", *yearly)
        }
        NotOptimized::WaivedUntil { last_day, yearly: None } => {
            Message::new("optimize-waived-until-unpriced").with("last-day", *last_day)
        }
        NotOptimized::Error(error) => optimize_reason(error),
    }
}

/// Returns all reasons of an order.
pub(super) fn reasons_text(plan: &PayerPlan, order: &ExplainedOrder) -> Message {
    let mut reasons = order.reasons.iter().map(|reason| order_reason_text(plan, reason));
    let first = reasons.next().unwrap_or_else(|| Message::new("optimize-reason-needed"));
    reasons.fold(first, |before, reason| {
        Message::new("optimize-reasons").with("before", before).with("reason", reason)
    })
}

/// Returns one reason of an order, for a buyer.
pub(super) fn order_reason_text(plan: &PayerPlan, reason: &OrderReason) -> Message {
    match *reason {
        OrderReason::BiggerBatch { later, saving } => {
            Message::new("optimize-reason-bigger-batch").with("later", accounts(later)).with("saving", saving)
        }
        OrderReason::Riding { after, saving } => {
            Message::new("optimize-reason-riding").with("after", accounts(after)).with("saving", saving)
        }
        OrderReason::CodesAhead { days } => Message::new("optimize-reason-codes-ahead").with("days", days),
        OrderReason::CommonExpiry { expires } => {
            Message::new("optimize-reason-common-expiry").with("expires", plan.date(expires))
        }
        OrderReason::LeftToExpire { left, expires } => Message::new("optimize-reason-left-to-expire")
            .with("left", accounts(left))
            .with("expires", plan.date(expires)),
        OrderReason::Needed => Message::new("optimize-reason-needed"),
    }
}
