//! What payers pay, as rows of amounts.

use super::status_grids::{AmountRow, NEW, OLD};
use crate::analysis::compare::{Change, PayerChange, PayerSide};
use crate::money::Money;
use crate::pricing::{OrderStatus, Party};
use crate::report::Source;

impl AmountRow for PayerChange {
    fn party(&self) -> &Party {
        &self.party
    }

    fn amount(&self, side: usize, status: OrderStatus) -> Option<Money> {
        let PayerSide { status: own, totals, .. } = side_of(self, side)?;
        match status {
            OrderStatus::Confirmed => {
                (own == status || totals.payable != Money::ZERO).then_some(totals.payable)
            }
            OrderStatus::Unconfirmed => {
                (own == status || totals.unconfirmed_orders > 0).then_some(totals.unconfirmed)
            }
        }
    }

    fn source(&self, _: usize, _: OrderStatus) -> Option<Source> {
        None
    }

    fn difference(&self) -> Change {
        self.difference
    }

    fn is_changed(&self, of: fn(&Change) -> Money) -> bool {
        of(&self.difference) != Money::ZERO
    }

    fn has_gap(&self) -> bool {
        self.old.iter().chain(&self.new).any(|side| !side.complete)
    }

    fn hides_change(&self) -> bool {
        self.has_gap() && self.old != self.new
    }
}

fn side_of(payer: &PayerChange, side: usize) -> Option<PayerSide> {
    match side {
        OLD => payer.old,
        NEW => payer.new,
        _ => None,
    }
}
