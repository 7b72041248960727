use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{RecordedKind, RecordedPurchase, School};
use crate::account::{AccountType, Counts, Term};
use crate::pricing::Held;
use crate::rates::{RateCard, TermRules};
use crate::rules::{expires_with, expiry, last_activation_day, outlasts};

/// Accounts of one type that a school has, and that run together: a `held` lot, or activated codes of a
/// purchase. A prolongation is a holding of its own, which begins when the prolonged one ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// Their type.
    pub account_type: AccountType,
    /// Their number.
    pub count: u32,
    /// Day of activation, of a renewal the day of payment, Beijing time; `None` for a `held` lot, which is
    /// active already.
    pub activated: Option<Date>,
    /// Day on which they expire, the first without them, Beijing time (T6, docs/rules.md#t6).
    pub expires: Date,
    /// The day of expiry that they prolong, Beijing time.
    pub extends: Option<Date>,
    /// Index of the purchase in [`School::purchases`]; `None` for a `held` lot.
    pub purchase: Option<usize>,
}

impl Holding {
    /// Returns the first day on which they run, Beijing time; `None` if they have from the beginning.
    pub fn starts(&self) -> Option<Date> {
        self.extends.or(self.activated)
    }

    /// Returns true if the accounts run on a day.
    pub fn is_active(&self, on: Date) -> bool {
        self.starts().is_none_or(|starts| starts <= on) && on < self.expires
    }

    /// Returns true if they are activated by the end of a day.
    fn is_activated(&self, by: Date) -> bool {
        self.activated.is_none_or(|activated| activated <= by)
    }
}

/// Codes of one type of a purchase that no recorded activation uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Codes {
    /// Index of the purchase in [`School::purchases`].
    pub purchase: usize,
    /// Their type.
    pub account_type: AccountType,
    /// Their number.
    pub count: u32,
}

/// Accounts that a recorded purchase says it prolongs, but that are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortfall {
    /// Index of the purchase in [`School::purchases`].
    pub purchase: usize,
    /// Their type.
    pub account_type: AccountType,
    /// Accounts to prolong.
    pub wanted: u32,
    /// Those that are active and not prolonged yet.
    pub found: u32,
    /// Day of the prolongation, Beijing time.
    pub date: Date,
    /// The day of expiry that the plan names, Beijing time.
    pub extends: Option<Date>,
}

/// What a school has by its `held` lots and recorded purchases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holdings {
    /// The `held` lots, then activations and renewals by day. A day may lie ahead.
    pub lots: Vec<Holding>,
    /// Codes without a recorded activation, by purchase.
    pub codes: Vec<Codes>,
    /// Prolongations of accounts that are not there; of a valid plan none.
    pub shortfalls: Vec<Shortfall>,
}

impl School {
    /// Returns its holdings. A renewal that does not name its accounts prolongs those that expire first.
    /// Accounts that would expire after the end of the calendar are left out.
    pub fn holdings(&self, terms: &TermRules) -> Holdings {
        let mut ledger = Ledger::new(self);
        for event in events(&self.purchases) {
            ledger.apply(terms, &event);
        }
        let codes = self.purchases.iter().enumerate().flat_map(|(purchase, recorded)| {
            AccountType::ALL.into_iter().filter_map(move |account_type| {
                let count = recorded.unactivated(account_type);
                (count > 0).then_some(Codes { purchase, account_type, count })
            })
        });
        Holdings { codes: codes.collect(), ..ledger.holdings }
    }
}

impl RecordedPurchase {
    /// Returns its codes of a type that neither a recorded activation nor a listed account uses; a renewal has
    /// none.
    pub fn unactivated(&self, account_type: AccountType) -> u32 {
        if self.kind == RecordedKind::Renewal {
            return 0;
        }
        let of_type = self.activations.iter().filter(|activation| activation.account_type == account_type);
        let activated = of_type.fold(0, |sum: u32, activation| sum.saturating_add(activation.count));
        let unlisted = self.counts.saturating_sub(self.listed);
        unlisted.get(account_type).saturating_sub(activated)
    }
}

impl Holdings {
    /// Returns the accounts that run on a day, Beijing time.
    pub fn active(&self, on: Date) -> Counts {
        sum(self.lots.iter().filter(|lot| lot.is_active(on)).map(|lot| (lot.account_type, lot.count)))
    }

    /// Returns the codes that are paid on a day, not activated, and still can be by T4 (docs/rules.md#t4).
    /// Those that the plan activates later count too. Beijing time.
    pub fn codes(&self, card: &RateCard, school: &School, on: Date) -> Counts {
        let usable = |purchase: usize| {
            school.purchases.get(purchase).is_some_and(|purchase| {
                purchase.paid <= on && last_activation_day(card, purchase.paid).is_none_or(|last| on <= last)
            })
        };
        let free = self.codes.iter().filter(|codes| usable(codes.purchase));
        let planned =
            self.lots.iter().filter(|lot| !lot.is_activated(on) && lot.purchase.is_some_and(usable));
        let planned = planned.map(|lot| (lot.account_type, lot.count));
        sum(free.map(|codes| (codes.account_type, codes.count)).chain(planned))
    }

    /// Returns what the school has beside a new purchase of a day and term, of which some may come before it in the
    /// tiers (P12, docs/rules.md#p12).
    pub fn beside_order(&self, card: &RateCard, school: &School, bought: Date, term: Term) -> Held {
        Held {
            longer: self.remaining(&card.term, bought, term, outlasts),
            equal: self.remaining(&card.term, bought, term, expires_with),
            unactivated: self.codes(card, school, bought),
        }
    }

    fn remaining(
        &self,
        terms: &TermRules,
        bought: Date,
        term: Term,
        counts_in: fn(Date, Date, u32) -> bool,
    ) -> Counts {
        let Some(days) = terms.days(term) else { return Counts::ZERO };
        let running = self.running(bought, bought).into_iter();
        let of_term = running.filter(|(_, expires, _)| counts_in(*expires, bought, days));
        sum(of_term.map(|(account_type, _, count)| (account_type, count)))
    }

    /// Returns the accounts that run on a day, by type and the day of expiry that prolongations up to another day,
    /// inclusive, give them. Each account counts once. Beijing time.
    pub fn running(&self, on: Date, prolonged_by: Date) -> Vec<(AccountType, Date, u32)> {
        let mut running: BTreeMap<(AccountType, Date), u32> = BTreeMap::new();
        for lot in self.lots.iter().filter(|lot| on < lot.expires) {
            let count = match lot.extends.filter(|old| on < *old) {
                _ if !lot.is_activated(if lot.extends.is_some() { prolonged_by } else { on }) => 0,
                Some(old) => {
                    let before = running.entry((lot.account_type, old)).or_default();
                    let moved = lot.count.min(*before);
                    *before -= moved;
                    moved
                }
                None => lot.count,
            };
            let sum = running.entry((lot.account_type, lot.expires)).or_default();
            *sum = sum.saturating_add(count);
        }
        let some = running.into_iter().filter(|(_, count)| *count > 0);
        some.map(|((account_type, expires), count)| (account_type, expires, count)).collect()
    }
}

/// An activation of new accounts, or a prolongation, in the order of P12.
struct Event {
    date: Date,
    rank: u8,
    purchase: usize,
    term: Term,
    account_type: AccountType,
    count: u32,
    prolongs: Prolongs,
}

#[derive(Clone, Copy)]
enum Prolongs {
    Nothing,
    Expiring(Date),
    FirstToExpire,
}

/// Returns the events of purchases by day; on one day activations of codes paid earlier, then renewals, then
/// activations of the day's purchases: P12 (docs/rules.md#p12).
fn events(purchases: &[RecordedPurchase]) -> Vec<Event> {
    let mut events: Vec<Event> =
        purchases.iter().enumerate().flat_map(|(purchase, recorded)| events_of(purchase, recorded)).collect();
    events.sort_by_key(|event| (event.date, event.rank));
    events
}

fn events_of(purchase: usize, recorded: &RecordedPurchase) -> Vec<Event> {
    let renews = recorded.kind == RecordedKind::Renewal;
    let event = |date: Date, account_type, count, prolongs| Event {
        date,
        rank: if renews { 1 } else { 2 * u8::from(date == recorded.paid) },
        purchase,
        term: recorded.term,
        account_type,
        count,
        prolongs,
    };
    let named = recorded.activations.iter().map(|named| {
        let prolongs = match named.extends {
            Some(expires) => Prolongs::Expiring(expires),
            None if renews => Prolongs::FirstToExpire,
            None => Prolongs::Nothing,
        };
        event(named.date, named.account_type, named.count, prolongs)
    });
    let rest = AccountType::ALL.into_iter().filter_map(|account_type| {
        let of_type = recorded.activations.iter().filter(|named| named.account_type == account_type);
        let named: u32 = of_type.fold(0, |sum, named| sum.saturating_add(named.count));
        let unlisted = recorded.counts.saturating_sub(recorded.listed);
        let rest = unlisted.get(account_type).saturating_sub(named);
        (renews && rest > 0).then(|| event(recorded.paid, account_type, rest, Prolongs::FirstToExpire))
    });
    named.chain(rest).collect()
}

/// Holdings while they are replayed, with the accounts of each that are not prolonged yet.
struct Ledger {
    holdings: Holdings,
    open: Vec<u32>,
}

impl Ledger {
    fn new(school: &School) -> Ledger {
        let mut ledger = Ledger { holdings: Holdings::default(), open: Vec::new() };
        for held in &school.held {
            ledger.push(Holding {
                account_type: held.account_type,
                count: held.count,
                activated: None,
                expires: held.expires,
                extends: None,
                purchase: None,
            });
        }
        ledger
    }

    fn push(&mut self, holding: Holding) {
        self.open.push(holding.count);
        self.holdings.lots.push(holding);
    }

    fn apply(&mut self, terms: &TermRules, event: &Event) {
        let &Event { date, purchase, term, account_type, count, .. } = event;
        let holding = |count, extends: Option<Date>| {
            let expires = expiry(terms, extends.unwrap_or(date), term)?;
            let (activated, purchase) = (Some(date), Some(purchase));
            Some(Holding { account_type, count, activated, expires, extends, purchase })
        };
        let expiring = match event.prolongs {
            Prolongs::Nothing => {
                holding(count, None).into_iter().for_each(|holding| self.push(holding));
                return;
            }
            Prolongs::Expiring(expires) => Some(expires),
            Prolongs::FirstToExpire => None,
        };
        let taken = self.take(account_type, count, date, expiring);
        let found = taken.iter().fold(0, |sum: u32, (_, count)| sum.saturating_add(*count));
        for (extends, count) in taken {
            holding(count, Some(extends)).into_iter().for_each(|holding| self.push(holding));
        }
        if found < count {
            let shortfall =
                Shortfall { purchase, account_type, wanted: count, found, date, extends: expiring };
            self.holdings.shortfalls.push(shortfall);
        }
    }

    /// Takes accounts of a type that run on a day and are not prolonged yet, those that expire first or on the
    /// day named; returns them by day of expiry.
    fn take(
        &mut self,
        account_type: AccountType,
        count: u32,
        on: Date,
        expiring: Option<Date>,
    ) -> Vec<(Date, u32)> {
        let fits = |lot: &Holding| {
            lot.account_type == account_type
                && lot.is_activated(on)
                && on <= lot.expires
                && expiring.is_none_or(|expires| lot.expires == expires)
        };
        let mut found: Vec<usize> = (0..self.open.len())
            .filter(|&index| self.open[index] > 0 && fits(&self.holdings.lots[index]))
            .collect();
        found.sort_by_key(|&index| self.holdings.lots[index].expires);
        let mut left = count;
        let mut taken: Vec<(Date, u32)> = Vec::new();
        for index in found {
            let here = left.min(self.open[index]);
            self.open[index] -= here;
            left -= here;
            let expires = self.holdings.lots[index].expires;
            match taken.last_mut() {
                Some((last, sum)) if *last == expires => *sum += here,
                _ if here > 0 => taken.push((expires, here)),
                _ => {}
            }
        }
        taken
    }
}

fn sum(counts: impl Iterator<Item = (AccountType, u32)>) -> Counts {
    counts.fold(Counts::ZERO, |mut sum, (account_type, count)| {
        let total = sum.get_mut(account_type);
        *total = total.saturating_add(count);
        sum
    })
}

#[cfg(test)]
mod tests;
