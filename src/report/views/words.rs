//! Words for the values of the engine.

use crate::account::{AccountType, Counts};
use crate::analysis::compare::Cause;
use crate::diagnostic::lang::{Message, account_type_word};
use crate::pricing::OrderStatus;
use crate::rates::Confidence;
use crate::report::Cell;

/// Returns an account type.
pub(super) fn account_type(account_type: AccountType) -> Cell {
    Cell::keyed(account_type.as_str(), account_type_word(account_type))
}

/// Returns the status of an order, as a value.
pub(super) fn order_status(status: OrderStatus) -> Cell {
    Cell::keyed(status.as_str(), status_word(status))
}

/// Returns the status of an order in a word.
pub(super) fn status_word(status: OrderStatus) -> Message {
    Message::new(match status {
        OrderStatus::Confirmed => "report-confirmed",
        OrderStatus::Unconfirmed => "report-unconfirmed",
    })
}

/// Returns the confidence of a fact in a word.
pub(super) fn standing_word(standing: Confidence) -> Message {
    Message::new(match standing {
        Confidence::Official => "report-official",
        Confidence::Billed => "report-billed",
        Confidence::Brief => "report-brief",
        Confidence::Reported => "report-reported",
        Confidence::Assumed => "report-assumed",
    })
}

/// Returns the cause of a difference in a few words.
pub(super) fn cause_word(cause: Cause) -> Message {
    Message::new(match cause {
        Cause::Added => "compare-cause-added",
        Cause::Removed => "compare-cause-removed",
        Cause::Group => "compare-cause-group",
        Cause::Apps => "compare-cause-apps",
        Cause::Date => "compare-cause-date",
        Cause::Headcount => "compare-cause-headcount",
        Cause::Growth => "compare-cause-growth",
        Cause::Holdings => "compare-cause-holdings",
        Cause::OrderKind => "compare-cause-order-kind",
        Cause::Term => "compare-cause-term",
        Cause::Negotiated => "compare-cause-negotiated",
        Cause::Tiers => "compare-cause-tiers",
        Cause::Waiver => "compare-cause-waiver",
        Cause::Status => "compare-cause-status",
    })
}

/// Returns `230 basic and 20 interop`, leaving out what is zero.
pub(in crate::report) fn accounts(counts: Counts) -> Message {
    let parts: Vec<Message> = AccountType::ALL
        .into_iter()
        .filter(|account_type| *counts.get(*account_type) > 0)
        .map(|account_type| {
            Message::new("calendar-accounts")
                .with("count", *counts.get(account_type))
                .with("type", account_type)
        })
        .collect();
    Message::new("report-list").with("items", parts)
}
