//! The first sentences of a result: what is payable, and what is uncertain.

use super::words::accounts;
use crate::diagnostic::lang::Message;
use crate::pricing::Totals;

/// Returns the confirmed total; with a word for accounts without a price, if it needs them to be whole.
pub(super) fn payable(totals: &Totals) -> Message {
    let id = if totals.payable_unpriced.is_zero() { "report-money" } else { "report-money-and-open" };
    Message::new(id).with("amount", totals.payable)
}

/// Returns what is payable besides the confirmed total: what is unconfirmed, and accounts without a price.
pub(super) fn besides(totals: &Totals) -> Option<Message> {
    let unconfirmed = (totals.unconfirmed_orders > 0).then(|| {
        Message::new("report-besides-unconfirmed")
            .with("amount", totals.unconfirmed)
            .with("orders", totals.unconfirmed_orders)
    });
    let unpriced = (!totals.unpriced.is_zero())
        .then(|| Message::new("report-besides-unpriced").with("accounts", accounts(totals.unpriced)));
    let besides = match (unconfirmed, unpriced) {
        (Some(unconfirmed), Some(unpriced)) => {
            Message::new("report-besides-both").with("unconfirmed", unconfirmed).with("unpriced", unpriced)
        }
        (unconfirmed, unpriced) => unconfirmed.or(unpriced)?,
    };
    Some(Message::new("report-besides").with("besides", besides))
}
