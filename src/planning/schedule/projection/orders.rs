//! The orders of a payer, each with the formulas of what it buys.

use std::collections::BTreeSet;

use super::ProjectedOrder;
use super::build::Builder;
use super::cells::Slot;
use super::count::{Bought, Count};
use crate::account::{Counts, PerType};
use crate::money::{Amount, Money};
use crate::planning::schedule::engine::after;
use crate::planning::schedule::{OrderKind, ScheduledOrder};
use crate::pricing::{Held, Member, MemberQuote, Order, OrderQuote};

impl Builder<'_, '_> {
    pub(super) fn order(&self, index: usize) -> ProjectedOrder {
        let source = match self.sequence.slots[index] {
            Slot::Scheduled(order) => &self.context.payer.orders[order],
            Slot::Possible { renewal } => &self.context.payer.orders[renewal],
        };
        let (order, quote, members) = self.with_members(index, source);
        let counts = members.iter().zip(&quote.members).map(|(member, quoted)| {
            PerType::from_fn(|account_type| {
                let bought = Bought { order: index, member: *member, account_type };
                let fixed = || Count::Number(u64::from(*quoted.counts.get(account_type)));
                self.cells.get(&bought).map_or_else(fixed, |day| self.bought(bought, *day))
            })
        });
        let counts = counts.collect();
        let held = self.held(index, source, order.renewal);
        let (scheduled, kind, period) = match self.sequence.slots[index] {
            Slot::Scheduled(scheduled) => {
                let period = source.expires().map(|expires| (source.starts(), expires));
                (Some(scheduled), source.kind, period)
            }
            Slot::Possible { .. } => {
                let starts = source.starts();
                let period = after(starts, quote.days).map(|expires| (starts, expires));
                (None, OrderKind::Growth, period)
            }
        };
        ProjectedOrder { scheduled, date: source.date, kind, order, quote, period, members, counts, held }
    }

    /// Returns an order and its price on the users of the schedule, with all members for whom it may buy accounts,
    /// and those by their index among the payer's.
    fn with_members(&self, index: usize, source: &ScheduledOrder) -> (Order, OrderQuote, Vec<usize>) {
        let (mut order, mut quote) = match self.sequence.slots[index] {
            Slot::Scheduled(_) => (source.order.clone(), source.quote.clone()),
            Slot::Possible { .. } => (bought_nothing(&source.order), priced_at_nothing(&source.quote)),
        };
        let mut members = self.members_of(&order);
        let own = self.cells.keys().filter(|bought| bought.order == index).map(|bought| bought.member);
        for member in own.collect::<BTreeSet<usize>>() {
            // The payer is the first, whatever it buys.
            if let Err(place) = members.binary_search(&member)
                && let Some((part, quoted)) = self.member_elsewhere(member)
            {
                members.insert(place, member);
                order.members.insert(place, part);
                quote.members.insert(place, quoted);
            }
        }
        (order, quote, members)
    }

    /// Returns a member as another order of the payer has it, without accounts.
    fn member_elsewhere(&self, member: usize) -> Option<(Member, MemberQuote)> {
        self.context.payer.orders.iter().find_map(|order| {
            let place = self.members_of(&order.order).iter().position(|other| *other == member)?;
            let part =
                Member { counts: Counts::ZERO, held: Held::NONE, ..order.order.members[place].clone() };
            Some((part, without_accounts(&order.quote.members[place])))
        })
    }

    /// Returns the members of an order by their index among those of the payer: the payer, then those with a part.
    fn members_of(&self, order: &Order) -> Vec<usize> {
        let schools = &self.context.schools;
        let index = |code: Option<&str>| schools.iter().position(|school| Some(school.code.as_str()) == code);
        order.members.iter().filter_map(|member| index(member.party.code.as_deref())).collect()
    }
}

/// Returns the same order, as a new purchase of no accounts.
fn bought_nothing(order: &Order) -> Order {
    let members = order.members.iter().map(|member| Member { counts: Counts::ZERO, ..member.clone() });
    Order { renewal: false, members: members.collect(), ..order.clone() }
}

/// Returns the quote of a purchase of no accounts in place of those of another order.
fn priced_at_nothing(quote: &OrderQuote) -> OrderQuote {
    OrderQuote {
        members: quote.members.iter().map(without_accounts).collect(),
        renewal: false,
        lines: Vec::new(),
        formula: String::new(),
        priced_annual: PerType { basic: Amount::ZERO, interop: Amount::ZERO },
        priced: Money::ZERO,
        rounded: false,
        negotiated: Counts::ZERO,
        unpriced: Counts::ZERO,
        facts: Vec::new(),
        notes: Vec::new(),
        ..quote.clone()
    }
}

fn without_accounts(member: &MemberQuote) -> MemberQuote {
    let (share, priced_share) = (Some(Money::ZERO), Money::ZERO);
    MemberQuote { counts: Counts::ZERO, share, priced_share, unpriced: Counts::ZERO, ..member.clone() }
}
