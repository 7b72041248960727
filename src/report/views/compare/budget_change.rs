//! A change between two budgets in words: from what to what.

use rust_decimal::Decimal;

use super::change::{counts_change, from_to, listed, payer, prices_change, term};
use super::status_grids::Explained;
use crate::analysis::compare::{
    BudgetComparison, BudgetCustomerChange, BudgetCustomerState, Cause, CauseChange, Change, PlacedOrders,
};
use crate::diagnostic::lang::{Arg, Message};
use crate::pricing::Party;
use crate::report::views::budget::order_kind_word;
use crate::report::views::words::{accounts, status_word};

/// A customer, and the comparison that tells what changed.
pub(super) struct BudgetCustomer<'c> {
    pub(super) customer: &'c BudgetCustomerChange,
    pub(super) comparison: &'c BudgetComparison,
}

impl Explained for BudgetCustomer<'_> {
    fn party(&self) -> &Party {
        &self.customer.party
    }

    fn causes(&self) -> &[CauseChange] {
        &self.customer.causes
    }

    fn difference(&self) -> Change {
        self.customer.difference
    }

    fn change(&self, cause: Cause) -> Option<Message> {
        let (old, new) = (self.customer.old.as_ref()?, self.customer.new.as_ref()?);
        let BudgetComparison { old: before, new: after, .. } = self.comparison;
        match cause {
            Cause::Date => {
                let dates = from_to(before.date, after.date);
                let orders = || from_to(orders(&old.orders), orders(&new.orders));
                if self.comparison.is_of_one_period() { dates } else { orders().or(dates) }
            }
            Cause::Headcount => {
                let first = counts_change(old.users_first, new.users_first);
                let last = counts_change(old.users_last, new.users_last);
                if self.comparison.is_of_one_period() { first.or(last) } else { last.or(first) }
            }
            Cause::Growth => {
                from_to(percent(self.comparison.old_growth), percent(self.comparison.new_growth))
            }
            Cause::Holdings => counts_change(old.have, new.have),
            Cause::Term => from_to(term(old.term), term(new.term)),
            Cause::Group => from_to(payer(&old.payer, &old.party), payer(&new.payer, &new.party)),
            Cause::Negotiated => prices_change(old.negotiated, new.negotiated),
            Cause::Tiers => {
                from_to(Arg::from(before.rate_card.as_str()), Arg::from(after.rate_card.as_str()))
            }
            Cause::Waiver => from_to(free(old)?, free(new)?),
            Cause::Status => from_to(status_word(old.status), status_word(new.status)),
            Cause::Added | Cause::Removed | Cause::Apps | Cause::OrderKind => None,
        }
    }
}

/// Returns orders by kind: `purchase (150 basic)`, `2 × renewal (300 basic)`.
fn orders(orders: &[PlacedOrders]) -> Message {
    let kinds = orders.iter().map(|placed| {
        Message::new("compare-budget-orders")
            .with("count", placed.count)
            .with("kind", order_kind_word(placed.kind))
            .with("accounts", accounts(placed.accounts))
    });
    listed(kinds).unwrap_or_else(|| Message::new("compare-budget-no-order"))
}

/// Returns how far the orders are free; `None` without any.
fn free(state: &BudgetCustomerState) -> Option<Message> {
    let sum = |of: fn(&PlacedOrders) -> u32| state.orders.iter().map(of).map(u64::from).sum::<u64>();
    let (all, free) = (sum(|placed| placed.count), sum(|placed| placed.free));
    let id = match free {
        _ if all == 0 => return None,
        0 => "compare-not-free",
        _ if free == all => "compare-free",
        _ => "compare-free-in-part",
    };
    Some(Message::new(id))
}

fn percent(growth: Decimal) -> Message {
    Message::new("compare-budget-growth").with("percent", growth.normalize().to_string())
}
