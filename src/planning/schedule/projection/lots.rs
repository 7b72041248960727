use jiff::civil::Date;

use super::count::{Bought, Count};
use crate::account::AccountType;
use crate::plan::{Plan, School};
use crate::planning::schedule::PayerSchedule;

/// Accounts that run together, and how many there are.
#[derive(Debug, Clone)]
pub(super) struct Lot {
    pub(super) member: usize,
    pub(super) account_type: AccountType,
    pub(super) count: Count,
    /// Day of activation or prolongation; `None` if they are active from the beginning.
    pub(super) activated: Option<Date>,
    /// The expiry that they prolong.
    pub(super) extends: Option<Date>,
    pub(super) expires: Date,
    /// The index of the scheduled order that bought them; `None` for what the plan records and for codes in stock.
    pub(super) order: Option<usize>,
    /// The day on which they are ordered, Beijing time; `None` for what the plan records and for codes in stock.
    pub(super) ordered: Option<Date>,
    /// True for codes in stock that the schedule activates.
    pub(super) by_code: bool,
}

impl Lot {
    /// Returns the first day on which they run; `None` if they have from the beginning.
    pub(super) fn starts(&self) -> Option<Date> {
        self.extends.or(self.activated)
    }

    pub(super) fn is_of(&self, member: usize, account_type: AccountType) -> bool {
        (self.member, self.account_type) == (member, account_type)
    }

    pub(super) fn runs_on(&self, day: Date) -> bool {
        self.starts().is_none_or(|starts| starts <= day) && day < self.expires
    }
}

/// Returns the accounts of a payer: those recorded, those of codes in stock, and those of its scheduled orders.
pub(super) fn lots(plan: &Plan, schools: &[&School], payer: &PayerSchedule) -> Vec<Lot> {
    let mut lots = Vec::new();
    for (member, school) in schools.iter().enumerate() {
        lots.extend(school.holdings(&plan.card.term).lots.iter().map(|held| Lot {
            member,
            account_type: held.account_type,
            count: Count::Number(u64::from(held.count)),
            activated: held.activated,
            extends: held.extends,
            expires: held.expires,
            order: None,
            ordered: None,
            by_code: false,
        }));
    }
    for (index, order) in payer.orders.iter().enumerate() {
        let own = order.recorded.is_none();
        lots.extend(order.lots.iter().filter(|lot| !lot.recorded).map(|lot| Lot {
            member: lot.member,
            account_type: lot.account_type,
            count: Count::Number(u64::from(lot.count)),
            activated: Some(lot.activated),
            extends: lot.extends,
            expires: lot.expires,
            order: own.then_some(index),
            ordered: own.then_some(order.date),
            by_code: !own,
        }));
    }
    lots
}

/// Returns the sum of the lots that a condition lets in.
pub(super) fn sum<'l>(lots: impl IntoIterator<Item = &'l Lot>, counts_in: impl Fn(&Lot) -> bool) -> Count {
    Count::sum(lots.into_iter().filter(|lot| counts_in(lot)).map(|lot| lot.count.clone()))
}

impl Lot {
    /// Returns the name of its number among those that orders buy.
    pub(super) fn bought(&self, order: usize) -> Bought {
        Bought { order, member: self.member, account_type: self.account_type }
    }
}
