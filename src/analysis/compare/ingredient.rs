use jiff::civil::Date;

use super::pairing::{Pairing, Predecessor};
use super::{Cause, Change, Side};
use crate::account::Counts;
use crate::money::{Money, UnitPrice};
use crate::plan::{MemberPosition, missing};
use crate::pricing::{Member, Order, OrderStatus, QuoteError, quote_orders};
use crate::rates::RateCard;

/// Step of the walk: the ingredient that it takes from the new side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ingredient {
    /// Members, and the order that each belongs to.
    Members,
    Apps,
    Date,
    Headcount,
    Holdings,
    OrderKind,
    Term,
    Negotiated,
    Tiers,
    Waiver,
    Status,
}

impl Ingredient {
    pub(super) const ALL: [Ingredient; 11] = [
        Ingredient::Members,
        Ingredient::Apps,
        Ingredient::Date,
        Ingredient::Headcount,
        Ingredient::Holdings,
        Ingredient::OrderKind,
        Ingredient::Term,
        Ingredient::Negotiated,
        Ingredient::Tiers,
        Ingredient::Waiver,
        Ingredient::Status,
    ];

    /// Returns what the step is to a customer that was `old` and is `new`. A step that takes nothing new from
    /// the customer itself can still move its share, through the others in its group.
    pub(super) fn cause(
        self,
        old: (&Order, &Member),
        redated: &Member,
        new: (&Order, &Member),
        sides: (&Side, &Side),
    ) -> Cause {
        let ((old_order, old_member), (new_order, new_member)) = (old, new);
        let (cause, own) = match self {
            Ingredient::Members => (Cause::Group, true),
            Ingredient::Apps => (Cause::Apps, old_member.charged != new_member.charged),
            Ingredient::Date => (Cause::Date, accounts(old_member) != accounts(redated)),
            Ingredient::Headcount => {
                let same_have = redated.have == new_member.have && redated.counts != new_member.counts;
                (Cause::Headcount, redated.need != new_member.need || same_have)
            }
            Ingredient::Holdings => {
                let same = redated.have == new_member.have && redated.held == new_member.held;
                (Cause::Holdings, !same)
            }
            Ingredient::OrderKind => (Cause::OrderKind, order_kind(old_order) != order_kind(new_order)),
            Ingredient::Term => (Cause::Term, old_order.term != new_order.term),
            Ingredient::Negotiated => (Cause::Negotiated, old_order.negotiated != new_order.negotiated),
            Ingredient::Tiers => (Cause::Tiers, true),
            Ingredient::Waiver => {
                let (old, new) = sides;
                let rules = old.date != new.date || old.card.waivers != new.card.waivers;
                (Cause::Waiver, rules || old_order.customer != new_order.customer)
            }
            Ingredient::Status => (Cause::Status, true),
        };
        if own { cause } else { Cause::Group }
    }
}

/// Returns what a date decides of a member.
fn accounts(member: &Member) -> ([Counts; 3], Counts) {
    ([member.need, member.have, member.counts], member.held.longer)
}

/// Returns what a member buys with the new users and the old accounts. If one of the two did not change, the
/// other has made the whole difference.
fn between(old: &Member, new: &Member) -> Counts {
    if old.have == new.have {
        return new.counts;
    }
    if old.need == new.need {
        return old.counts;
    }
    let position = MemberPosition { need: new.need, active: old.have, codes: Counts::ZERO };
    missing(&[position], Counts::ZERO).first().map_or(new.counts, |found| found.missing)
}

fn order_kind(order: &Order) -> (bool, bool) {
    (order.renewal, order.test_enterprise)
}

/// Everything that decides the customers' shares, part of it old and part of it new.
#[derive(PartialEq)]
pub(super) struct State {
    card: RateCard,
    date: Option<Date>,
    orders: Vec<Order>,
}

impl State {
    /// Returns the old side, to start from.
    pub(super) fn old(side: &Side) -> State {
        State { card: without_limits(side.card), date: side.date, orders: side.orders.clone() }
    }

    /// Returns the state in which all steps up to `done`, included, are taken.
    pub(super) fn after(done: Ingredient, pairing: &Pairing<'_>) -> State {
        let (old, new) = (pairing.old, pairing.new);
        let mut card = without_limits(if done >= Ingredient::Tiers { new.card } else { old.card });
        let rules = if done >= Ingredient::Waiver { new } else { old };
        card.waivers.clone_from(&rules.card.waivers);
        let mut orders = new.orders.clone();
        for (index, order) in orders.iter_mut().enumerate() {
            if let Some(predecessor) = pairing.predecessor(index) {
                keep_old_order(order, predecessor, done);
            }
        }
        for (index, &(order, member)) in pairing.new_indices.iter().enumerate() {
            let old = pairing.old_index(index).and_then(|old| pairing.old_at(old));
            let member = orders.get_mut(order).and_then(|order| order.members.get_mut(member));
            let redated = pairing.old_index(index).and_then(|old| pairing.redated_at(old));
            if let (Some((_, old)), Some(redated), Some(member)) = (old, redated, member) {
                keep_old_member(member, old, redated, done);
            }
        }
        State { card, date: rules.date, orders }
    }

    /// Returns what each customer pays, order by order and member by member: its share of the order, as the
    /// engine splits it. Accounts without a price are taken at zero, so that the shares add up to the part
    /// that has one.
    pub(super) fn shares(&self) -> Result<Vec<Change>, QuoteError> {
        let priced: Vec<Order> = self.orders.iter().filter(|order| is_billed(order)).map(at_zero).collect();
        let quote = quote_orders(&self.card, self.date, &priced)?;
        let mut quotes = quote.orders.iter();
        let mut shares = Vec::with_capacity(self.orders.len());
        for order in &self.orders {
            if !is_billed(order) {
                shares.extend(order.members.iter().map(|_| Change::ZERO));
                continue;
            }
            let Some(quote) = quotes.next() else { continue };
            shares.extend(quote.members.iter().map(|member| {
                let share = member.share.unwrap_or(Money::ZERO);
                match member.status {
                    OrderStatus::Confirmed => Change { firm: share, ..Change::ZERO },
                    OrderStatus::Unconfirmed => Change { unconfirmed: share, ..Change::ZERO },
                }
            }));
        }
        Ok(shares)
    }
}

fn keep_old_order(order: &mut Order, old: Predecessor<'_>, done: Ingredient) {
    if done < Ingredient::OrderKind {
        order.renewal = old.order.renewal;
        if old.same_payer {
            order.test_enterprise = old.order.test_enterprise;
        }
    }
    if done < Ingredient::Term {
        order.term = old.order.term;
    }
    if done < Ingredient::Negotiated {
        order.negotiated = old.order.negotiated;
    }
    if done < Ingredient::Waiver {
        if old.same_payer {
            order.customer.clone_from(&old.order.customer);
        } else if let Some(payer) = old.payer {
            order.customer.clone_from(&payer.customer);
        }
    }
    if done < Ingredient::Status {
        order.status = old.order.status;
    }
}

fn keep_old_member(member: &mut Member, old: &Member, redated: &Member, done: Ingredient) {
    if done < Ingredient::Apps {
        member.charged = old.charged;
    }
    if done < Ingredient::Holdings {
        let before = if done < Ingredient::Date { old } else { redated };
        member.counts = if done < Ingredient::Headcount { before.counts } else { between(redated, member) };
        member.held = before.held;
    }
    if done < Ingredient::Status {
        member.status = old.status;
    }
}

/// Returns false for a test enterprise, which pays nothing (P14), and for an order of no accounts, which the
/// engine refuses but the walk can pass through.
fn is_billed(order: &Order) -> bool {
    let buys = order.members.iter().any(|member| member.charged && member.counts != Counts::ZERO);
    buys && !order.test_enterprise
}

fn at_zero(order: &Order) -> Order {
    let mut order = order.clone();
    for price in [&mut order.negotiated.basic, &mut order.negotiated.interop] {
        price.get_or_insert(UnitPrice::default());
    }
    order
}

/// Lifts the limits of orders and terms: the walk passes through orders that neither side has, such as an old
/// term on a new card, and prices them without placing them.
fn without_limits(card: &RateCard) -> RateCard {
    let mut card = card.clone();
    card.order.most_accounts_of_a_type = u32::MAX;
    card.term.least_days = 0;
    card.term.most_days = u32::MAX;
    card
}
