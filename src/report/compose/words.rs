use crate::account::AccountType;
use crate::lang::{Message, account_type_word};
use crate::pricing::OrderStatus;
use crate::rates::Standing;
use crate::report::Cell;

/// An account type.
pub(super) fn account_type(account_type: AccountType) -> Cell {
    Cell::keyed(account_type.key(), account_type_word(account_type))
}

/// Whether an order is firm.
pub(super) fn order_status(status: OrderStatus) -> Cell {
    Cell::keyed(status.key(), status_word(status))
}

/// Whether an order is firm, in a word.
pub(super) fn status_word(status: OrderStatus) -> Message {
    Message::new(match status {
        OrderStatus::Confirmed => "report-confirmed",
        OrderStatus::Unconfirmed => "report-unconfirmed",
    })
}

/// How sure a fact is, in a word.
pub(super) fn standing_word(standing: Standing) -> Message {
    Message::new(match standing {
        Standing::Official => "report-official",
        Standing::Brief => "report-brief",
        Standing::Reported => "report-reported",
        Standing::Assumed => "report-assumed",
    })
}
