use super::Book;
use crate::pricing::{OrderQuote, OrderStatus};

/// Words that formulas compare with, or give as results.
pub(super) struct Words {
    pub(super) confirmed: String,
    pub(super) unconfirmed: String,
    pub(super) charged: String,
    waived: String,
    free: String,
    not_charged: String,
    /// Replaces an amount that is not known.
    pub(super) open: String,
    /// Replaces a figure that formulas do not compute.
    pub(super) not_computed: String,
    complete: String,
    pub(super) incomplete: String,
}

impl Words {
    pub(super) fn new(book: &Book<'_>) -> Words {
        Words {
            confirmed: book.word("xlsx-confirmed"),
            unconfirmed: book.word("xlsx-unconfirmed"),
            charged: book.word("xlsx-charged"),
            waived: book.word("xlsx-waived"),
            free: book.word("xlsx-free"),
            not_charged: book.word("xlsx-not-charged"),
            open: book.word("xlsx-open"),
            not_computed: book.word("xlsx-not-computed"),
            complete: book.word("xlsx-complete"),
            incomplete: book.word("xlsx-incomplete"),
        }
    }

    pub(super) fn statuses(&self) -> [&String; 2] {
        [&self.confirmed, &self.unconfirmed]
    }

    pub(super) fn chargings(&self) -> [&String; 4] {
        [&self.charged, &self.waived, &self.free, &self.not_charged]
    }

    pub(super) fn status(&self, status: OrderStatus) -> &str {
        match status {
            OrderStatus::Confirmed => &self.confirmed,
            OrderStatus::Unconfirmed => &self.unconfirmed,
        }
    }

    pub(super) fn charging(&self, order: &OrderQuote) -> &str {
        match (order.charged, order.is_free(), order.test_enterprise) {
            (false, ..) => &self.not_charged,
            (true, false, _) => &self.charged,
            (true, true, true) => &self.free,
            (true, true, false) => &self.waived,
        }
    }

    pub(super) fn completeness(&self, is_complete: bool) -> &str {
        if is_complete { &self.complete } else { &self.incomplete }
    }

    /// Returns an amount, or the word for one that is not known.
    pub(super) fn known(&self, amount: Option<impl ToString>) -> String {
        amount.map_or_else(|| self.open.clone(), |amount| amount.to_string())
    }

    /// Returns the formula of the completeness of a sum, of a condition that holds where it is incomplete.
    pub(super) fn incomplete_if(&self, condition: &str) -> String {
        format!("IF({condition},{},{})", quoted(&self.incomplete), quoted(&self.complete))
    }
}

/// Returns a text as formulas write it.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
