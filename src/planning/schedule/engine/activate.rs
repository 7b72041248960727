use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{AccountType, Simulation};
use crate::account::Term;
use crate::planning::schedule::ledger::Lot;
use crate::planning::schedule::{OrderLot, ScheduleError};
use crate::rules::{expiry, last_activation_day};

impl Simulation<'_, '_> {
    /// Prolongs accounts of an expiry on a day: by a renewal, or by codes stacked on them.
    pub(super) fn prolong(
        &mut self,
        ordered: Date,
        (activated, old): (Date, Date),
        account_type: AccountType,
        counts: &BTreeMap<usize, u32>,
        term: Term,
    ) -> Result<Vec<OrderLot>, ScheduleError> {
        let mut lots = Vec::new();
        for (&member, &count) in counts.iter().filter(|(_, count)| **count > 0) {
            let expires = self.expiry(ordered, old, term)?;
            let extends = Some(old);
            let lot = OrderLot { member, account_type, count, activated, extends, expires, recorded: false };
            self.ledger.prolong(old, ledger_lot(&lot));
            lots.push(lot);
        }
        Ok(lots)
    }

    /// Activates new accounts at an expiry; if their last day of activation comes before, stacked on the
    /// expiring ones (T7).
    pub(super) fn replace(
        &mut self,
        day: Date,
        old: Date,
        account_type: AccountType,
        counts: &BTreeMap<usize, u32>,
        term: Term,
    ) -> Result<Vec<OrderLot>, ScheduleError> {
        match last_activation_day(self.engine.card, day) {
            Some(last) if last < old => self.prolong(day, (last, old), account_type, counts, term),
            _ => self.start(day, old, account_type, counts, term),
        }
    }

    /// Activates new accounts on a day.
    pub(super) fn start(
        &mut self,
        day: Date,
        activated: Date,
        account_type: AccountType,
        counts: &BTreeMap<usize, u32>,
        term: Term,
    ) -> Result<Vec<OrderLot>, ScheduleError> {
        let mut lots = Vec::new();
        for (&member, &count) in counts.iter().filter(|(_, count)| **count > 0) {
            let expires = self.expiry(day, activated, term)?;
            let lot =
                OrderLot { member, account_type, count, activated, extends: None, expires, recorded: false };
            self.ledger.add(ledger_lot(&lot));
            lots.push(lot);
        }
        Ok(lots)
    }

    /// Returns the day on which accounts of an order expire that begin to run on `starts`.
    pub(super) fn expiry(&self, ordered: Date, starts: Date, term: Term) -> Result<Date, ScheduleError> {
        expiry(&self.engine.card.term, starts, term)
            .ok_or_else(|| ScheduleError::Expiry { payer: self.schools[0].party(), date: ordered })
    }
}

/// Returns accounts of an order as the ledger keeps them.
pub(super) fn ledger_lot(lot: &OrderLot) -> Lot {
    let &OrderLot { member, account_type, count, activated, expires, .. } = lot;
    Lot { member, account_type, count, activated: Some(activated), starts: Some(lot.starts()), expires }
}
