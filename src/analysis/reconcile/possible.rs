//! What may have come before an order where nothing says which codes of earlier orders were activated, and when. In go
//! the orders of a payer's past, in which none of these is, out come the same orders with the accounts that there may have
//! been beside them. Read [`PossiblePasts`] first.

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::Date;

use super::possible_prices::PossiblePrices;
use super::same_day::SameDay;
use super::under::never_rises;
use crate::account::{AccountType, Counts, PerType};
use crate::money::Money;
use crate::plan::{Plan, RecordedKind, RecordedPurchase};
use crate::planning::schedule::ScheduledOrder;
use crate::pricing::{Held, Order};
use crate::rates::RateCard;
use crate::rules::{days_between, last_activation_day, stacking_days};

/// An order as it may have been placed: what its price rests on, in pasts that bound it under every variant of P12
/// (docs/rules.md#p12) and U3 (docs/rules.md#u3). Since the tiers fall, an order costs least after the most accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PossiblePasts {
    /// Day of payment, Beijing time.
    pub(super) date: Date,
    /// The order in each of these pasts, each once; one if everything is known.
    pub(super) orders: Vec<Order>,
    /// The order if codes that were activated on its day were activated after payment; `None` if it is the same.
    pub(super) before_activations: Option<Order>,
    /// True if it renews accounts to a day, and these may have expired on another day than the one from which its term is
    /// counted.
    pub(super) may_have_other_term: bool,
}

impl PossiblePasts {
    /// Adds the pasts of the same order that another reading of the documents leaves.
    pub(super) fn extend(&mut self, other: PossiblePasts) {
        let new: Vec<Order> = other.orders.into_iter().filter(|order| !self.orders.contains(order)).collect();
        self.orders.extend(new);
    }

    /// Returns the prices that the order may have, of those that `price` gives it in each past.
    pub(super) fn prices(
        &self,
        card: &RateCard,
        price: impl FnMut(&Order) -> Option<Money>,
    ) -> PossiblePrices {
        if self.is_bounded(card) {
            PossiblePrices::of(self.orders.iter().map(price))
        } else {
            PossiblePrices::Any
        }
    }

    /// Returns true if no price of the order is outside of those that it has in these pasts.
    pub(super) fn is_bounded(&self, card: &RateCard) -> bool {
        self.orders.len() == 1 || self.orders.iter().all(|order| never_rises(card, order))
    }
}

/// Ids of orders of which not everything is known.
#[derive(Debug, Clone, Default)]
pub(super) struct Unsure {
    /// Purchases of which some codes may have been activated.
    pub(super) codes: BTreeSet<String>,
    /// Renewals that are taken to be of the accounts that expire first.
    pub(super) first_to_expire: BTreeSet<String>,
}

/// Returns WeCom's id of a purchase's order.
pub(super) fn id(purchase: &RecordedPurchase) -> Option<&str> {
    purchase.bill.as_ref().map(|bill| bill.order_id.as_str())
}

/// Codes of a purchase, of which nothing is known.
struct UnknownCodes {
    /// The member that bought them.
    member: usize,
    left: Counts,
    paid: Date,
    days: u32,
    last_day: Option<Date>,
    /// True for the types of which there may be other accounts that a code could be activated on (T7, docs/rules.md#t7), so
    /// that it adds its term to what remained to them.
    is_stacked: PerType<bool>,
    /// True if a renewal may have prolonged their accounts.
    is_renewed: bool,
}

/// What a code may have become by the day of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// An account that outlasts the order's term.
    Longer,
    /// An account that expires with the order's.
    Equal,
    /// An account that expires before, or has expired, or a code that was lost.
    Shorter,
    /// A code that still can be activated.
    Unactivated,
}

/// Orders of what codes may have become: of each the first that is possible. Under every variant of P12 the fewest and the
/// most accounts that may come first are among them.
const PREFERENCES: [[Fate; 4]; 5] = {
    use Fate::{Equal, Longer, Shorter, Unactivated};
    [
        [Longer, Equal, Unactivated, Shorter],
        [Longer, Unactivated, Equal, Shorter],
        [Unactivated, Longer, Equal, Shorter],
        [Shorter, Unactivated, Equal, Longer],
        [Shorter, Equal, Longer, Unactivated],
    ]
};

/// The number of [`PREFERENCES`] that begin with the most accounts.
const MOST_FIRST: usize = 3;

/// The orders of a payer, in the order in which they happen, with the codes paid so far of which nothing is known.
pub(super) struct Unknowns<'p> {
    history: &'p Plan,
    members: &'p [usize],
    unsure: &'p Unsure,
    codes: Vec<UnknownCodes>,
    /// Accounts of renewals to a day so far, of which nothing says whose they were: they may have prolonged any.
    renewed: Counts,
}

impl<'p> Unknowns<'p> {
    pub(super) fn new(history: &'p Plan, members: &'p [usize], unsure: &'p Unsure) -> Unknowns<'p> {
        Unknowns { history, members, unsure, codes: Vec::new(), renewed: Counts::ZERO }
    }

    /// Returns what may have come before the next order, which the plan records.
    pub(super) fn next(&mut self, order: &ScheduledOrder, (member, index): (usize, usize)) -> PossiblePasts {
        let mut orders = self.possible(order, member);
        let same_day = SameDay::of(self.history, self.members, (order, member));
        for other in same_day.iter().flat_map(|same_day| [&same_day.before, &same_day.after_longest]) {
            let other = ScheduledOrder { order: other.clone(), ..order.clone() };
            let others = self.possible(&other, member).into_iter();
            orders.extend(others.filter(|other| !orders.contains(other)).collect::<Vec<_>>());
        }
        let before_activations = same_day.map(|same_day| same_day.before);
        let purchase = &self.history.schools[self.members[member]].purchases[index];
        let may_have_other_term = self.may_have_other_term(purchase);
        if purchase.kind == RecordedKind::Renewal {
            self.codes.iter_mut().for_each(|codes| codes.is_renewed = true);
            if purchase.activations.is_empty()
                && purchase.bill.as_ref().is_some_and(|bill| bill.until.is_some())
            {
                self.renewed = self.renewed.saturating_add(purchase.counts);
            }
        } else if id(purchase).is_some_and(|id| self.unsure.codes.contains(id)) {
            let is_stacked = PerType::from_fn(|account_type| self.has_others(account_type, purchase));
            self.codes.push(UnknownCodes {
                member,
                left: Counts::from_fn(|account_type| purchase.unactivated(account_type)),
                paid: purchase.paid,
                days: self.history.card.term.days(purchase.term).unwrap_or_default(),
                last_day: last_activation_day(&self.history.card, purchase.paid),
                is_stacked,
                is_renewed: false,
            });
        }
        PossiblePasts { date: order.date, orders, before_activations, may_have_other_term }
    }

    /// Returns true if a renewal to a day may be of accounts of which nothing is known, or of others than those that expire
    /// first.
    fn may_have_other_term(&self, renewal: &RecordedPurchase) -> bool {
        let Some(bill) = renewal.bill.as_ref().filter(|bill| bill.until.is_some()) else { return false };
        if !renewal.activations.is_empty() && !self.unsure.first_to_expire.contains(&bill.order_id) {
            return false;
        }
        let Some(until) = bill.until else { return false };
        let terms = &self.history.card.term;
        let fits = |expires: Date| expires < until && terms.least_days <= days_between(expires, until);
        let is_renewed = |kind: AccountType| *renewal.counts.get(kind) > 0;
        let schools = self.members.iter().map(|member| &self.history.schools[*member]);
        let running = schools.flat_map(|school| {
            let mut before = school.clone();
            before.purchases.retain(|other| other.paid < renewal.paid);
            before.holdings(terms).running(renewal.paid, renewal.paid)
        });
        let of_type = running.filter(|(kind, expires, _)| is_renewed(*kind) && fits(*expires));
        let expiries: BTreeSet<Date> = of_type.map(|(_, expires, _)| expires).collect();
        // Activated when paid, they expire first.
        let first = |codes: &UnknownCodes| codes.paid.checked_add(Span::new().days(codes.days)).ok();
        let mut unknown = self.codes.iter().filter(|codes| {
            AccountType::ALL.into_iter().any(|kind| is_renewed(kind) && *codes.left.get(kind) > 0)
        });
        expiries.len() > 1 || unknown.any(|codes| first(codes).is_some_and(fits))
    }

    /// Returns true if there may be accounts of a type on which codes of a purchase could be activated: others of the payer, of
    /// earlier codes or of its own.
    fn has_others(&self, account_type: AccountType, purchase: &RecordedPurchase) -> bool {
        let paid = purchase.paid;
        let (card, terms) = (&self.history.card, &self.history.card.term);
        let days = terms.days(purchase.term).unwrap_or_default();
        let is_in_time = |last: Date| {
            days <= days_between(paid, last).saturating_add(stacking_days(card).unwrap_or_default())
        };
        let lasts = last_activation_day(card, paid).is_none_or(is_in_time);
        if *purchase.counts.get(account_type) > 1 && lasts {
            return true;
        }
        let is_of_type = |counts: Counts| *counts.get(account_type) > 0;
        let schools = self.members.iter().map(|member| &self.history.schools[*member]);
        schools.into_iter().any(|school| {
            let mut earlier = school.purchases.iter().take_while(|purchase| purchase.paid < paid);
            school.held.iter().any(|held| held.account_type == account_type)
                || earlier.any(|one| one.kind == RecordedKind::Purchase && is_of_type(one.counts))
        })
    }

    fn possible(&self, placed: &ScheduledOrder, member: usize) -> Vec<Order> {
        let found = self.after_codes(placed, member);
        if self.renewed.is_zero() {
            return found;
        }
        let prolonged: Vec<Order> =
            found.iter().map(|order| self.after_renewals(order, placed, member)).collect();
        [found, prolonged].concat()
    }

    /// Returns an order after renewals that prolonged as many known accounts as can be.
    fn after_renewals(&self, order: &Order, placed: &ScheduledOrder, member: usize) -> Order {
        let mut order = order.clone();
        let is_alone = self.members.len() == 1;
        let (have, longer) = (placed.order.members[0].have, placed.order.members[0].held.longer);
        let most = if is_alone { have.saturating_sub(longer) } else { self.renewed };
        let held = held_of(&mut order, member, member);
        for account_type in AccountType::ALL {
            let count = *self.renewed.get(account_type).min(most.get(account_type));
            let longer = held.longer.get_mut(account_type);
            *longer = longer.saturating_add(count);
            let equal = held.equal.get_mut(account_type);
            *equal = equal.saturating_sub(count);
        }
        order
    }

    fn after_codes(&self, placed: &ScheduledOrder, member: usize) -> Vec<Order> {
        if self.codes.is_empty() {
            return vec![placed.order.clone()];
        }
        let mut known = placed.order.clone();
        for codes in self.codes.iter().filter(|codes| codes.is_open(placed.date)) {
            let held = held_of(&mut known, codes.member, member);
            held.unactivated = held.unactivated.saturating_sub(codes.left);
        }
        let mut found = vec![placed.order.clone()];
        for (index, preference) in PREFERENCES.iter().enumerate() {
            let order = self.with_fates(&known, placed, (member, preference, index < MOST_FIRST));
            if !found.contains(&order) {
                found.push(order);
            }
        }
        found
    }

    /// Returns an order after codes that became what is preferred. Where the most are to come first, accounts from codes
    /// of the payer are those of the member for which it is, else those of another (U3).
    fn with_fates(
        &self,
        known: &Order,
        placed: &ScheduledOrder,
        (member, preference, most): (usize, &[Fate; 4], bool),
    ) -> Order {
        let mut order = known.clone();
        let mut own = own_unknown(placed);
        for codes in &self.codes {
            for account_type in AccountType::ALL {
                let is_possible = |fate: &&Fate| self.is_possible(codes, account_type, placed, **fate);
                let fate = preference.iter().find(is_possible).copied().unwrap_or(Fate::Shorter);
                let mut left = *codes.left.get(account_type);
                let of = match fate {
                    Fate::Unactivated => held_of(&mut order, codes.member, member),
                    _ if codes.member == 0 && most => held_of(&mut order, member, member),
                    _ if codes.member == 0 && self.members.len() > 1 => &mut order.held_by_others,
                    _ => held_of(&mut order, codes.member, member),
                };
                let counts = match fate {
                    Fate::Longer => &mut of.longer,
                    Fate::Equal => &mut of.equal,
                    Fate::Unactivated => &mut of.unactivated,
                    Fate::Shorter => continue,
                };
                if fate != Fate::Unactivated {
                    // A renewal does not count the accounts that it renews.
                    let renewed = own.get_mut(account_type);
                    let here = left.min(*renewed);
                    *renewed -= here;
                    left -= here;
                }
                let count = counts.get_mut(account_type);
                *count = count.saturating_add(left);
            }
        }
        order
    }

    fn is_possible(
        &self,
        codes: &UnknownCodes,
        account_type: AccountType,
        placed: &ScheduledOrder,
        fate: Fate,
    ) -> bool {
        let card = &self.history.card;
        let term = card.term.days(placed.order.term).unwrap_or_default();
        let day = placed.date;
        let latest = codes.last_day.map_or(day, |last| last.min(day));
        // Days that remain, at least and at most: activated when paid, and as late as can be.
        let least = codes.days.saturating_sub(days_between(codes.paid, day));
        let most = codes.days.saturating_sub(days_between(latest, day));
        let stacked = if *codes.is_stacked.get(account_type) { stacking_days(card) } else { None };
        match fate {
            Fate::Longer => codes.is_renewed || most.saturating_add(stacked.unwrap_or_default()) > term,
            Fate::Equal => codes.is_renewed || (least..=most).contains(&term),
            Fate::Shorter => codes.is_renewed || least < term || !codes.is_open(day),
            Fate::Unactivated => codes.is_open(day),
        }
    }
}

impl UnknownCodes {
    fn is_open(&self, on: Date) -> bool {
        self.last_day.is_none_or(|last| on <= last)
    }
}

/// Returns the accounts that an order for a member renews, and of which the plan does not know.
fn own_unknown(placed: &ScheduledOrder) -> Counts {
    if !placed.order.renewal {
        return Counts::ZERO;
    }
    let counts = placed.order.members.iter().map(|member| member.counts);
    let known = placed.lots.iter().map(|lot| Counts::of(lot.account_type, lot.count));
    let [counts, known] =
        [counts.fold(Counts::ZERO, Counts::saturating_add), known.fold(Counts::ZERO, Counts::saturating_add)];
    counts.saturating_sub(known)
}

/// Returns what a member has beside an order for another, which has the payer, and that one if it is not the payer, as its
/// members.
pub(super) fn held_of(order: &mut Order, of: usize, member: usize) -> &mut Held {
    let slot = match of {
        0 => Some(0),
        _ if of == member => Some(1),
        _ => None,
    };
    match slot.filter(|slot| *slot < order.members.len()) {
        Some(slot) => &mut order.members[slot].held,
        None => &mut order.held_by_others,
    }
}
