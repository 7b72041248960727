use jiff::civil::Date;

use crate::account::Term;
use crate::planning::schedule::{OrderKind, OrderLot, Reason};

/// Accounts to be ordered on a day.
#[derive(Debug)]
pub(super) struct Want {
    pub(super) kind: OrderKind,
    pub(super) term: Term,
    /// The one expiry that a renewal to a day holds (P15); `None` for all others.
    pub(super) expiry: Option<Date>,
    pub(super) lots: Vec<OrderLot>,
    /// The day on which it should have been paid, if that is before the plan's date.
    pub(super) due_since: Option<Date>,
    /// The day on which the accounts are needed, for a purchase that is paid earlier because of P12.
    pub(super) needed: Option<Date>,
    pub(super) reasons: Vec<Reason>,
}

impl Want {
    fn is_renewal(&self) -> bool {
        self.kind == OrderKind::Renewal
    }
}

/// All orders of a day, while they are collected.
#[derive(Debug, Default)]
pub(super) struct Wants(pub(super) Vec<Want>);

impl Wants {
    /// Adds accounts to the order of the same kind and term, renewals and purchases apart; so both types and all
    /// members make one order.
    pub(super) fn add(&mut self, want: Want) {
        if want.lots.is_empty() {
            return;
        }
        let alike = |other: &&mut Want| {
            (other.is_renewal(), other.term, other.expiry) == (want.is_renewal(), want.term, want.expiry)
        };
        let Some(same) = self.0.iter_mut().find(alike) else {
            self.0.push(want);
            return;
        };
        if total(&want.lots) > total(&same.lots) {
            same.kind = want.kind;
        }
        same.lots.extend(want.lots);
        same.due_since = [same.due_since, want.due_since].into_iter().flatten().min();
        same.needed = [same.needed, want.needed].into_iter().flatten().min();
        for reason in want.reasons {
            if !same.reasons.contains(&reason) {
                same.reasons.push(reason);
            }
        }
    }
}

fn total(lots: &[OrderLot]) -> u64 {
    lots.iter().map(|lot| u64::from(lot.count)).sum()
}
