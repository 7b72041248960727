//! The grids of a comparison, for the confirmed orders or for the unconfirmed ones.

use std::cmp::Reverse;

use super::change::change;
use crate::analysis::compare::{CauseChange, Change, Comparison, CustomerChange, CustomerState, relative};
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::pricing::OrderStatus;
use crate::report::views::words::cause_word;
use crate::report::{Block, Cell, Columns, Grid, LeftOut, Source};

/// The index of each side in the basis.
const OLD: usize = 0;
const NEW: usize = 1;

/// The firm sums, or those of the unconfirmed orders.
pub(super) struct StatusGrids {
    pub(super) of: fn(&Change) -> Money,
    status: OrderStatus,
}

/// A row of the first grid: a customer, or all for whom nothing changed.
enum CustomerRow<'c> {
    Customer(&'c CustomerChange),
    Unchanged { customers: u32, share: Option<Money> },
}

impl StatusGrids {
    pub(super) const FIRM: StatusGrids =
        StatusGrids { of: |change| change.firm, status: OrderStatus::Confirmed };
    pub(super) const UNCONFIRMED: StatusGrids =
        StatusGrids { of: |change| change.unconfirmed, status: OrderStatus::Unconfirmed };

    /// Returns true if any customer has such orders.
    pub(super) fn matters(&self, comparison: &Comparison) -> bool {
        comparison.customers.iter().any(|customer| self.concerns(customer))
    }

    /// Old, new and difference by customer, with the gaps below; then the difference by customer and cause,
    /// and by cause.
    pub(super) fn blocks(&self, comparison: &Comparison, gaps: Option<Block>) -> Vec<Block> {
        let mut blocks = vec![Block::Grid(self.customer_grid(comparison))];
        blocks.extend(gaps);
        if comparison.customers.iter().all(|customer| self.causes(customer).next().is_none()) {
            let hides = |customer: &CustomerChange| has_hidden_change(customer) && self.concerns(customer);
            blocks.push(Block::remark(Message::new(match comparison.customers.iter().any(hides) {
                true => "compare-nothing-known",
                false => "compare-nothing",
            })));
            return blocks;
        }
        blocks.push(Block::Heading(self.heading("compare-why", "compare-why-unconfirmed").into()));
        blocks.push(Block::Grid(self.why_grid(comparison)));
        blocks.push(Block::Heading(self.heading("compare-by-cause", "compare-by-cause-unconfirmed").into()));
        blocks.push(Block::Grid(self.cause_grid(comparison)));
        blocks
    }

    fn heading(&self, firm: &'static str, unconfirmed: &'static str) -> Message {
        Message::new(if self.status == OrderStatus::Confirmed { firm } else { unconfirmed })
    }

    /// Returns true if a customer has such orders on a side.
    fn has(&self, state: Option<&CustomerState>) -> bool {
        state.is_some_and(|state| state.status == self.status)
    }

    fn concerns(&self, customer: &CustomerChange) -> bool {
        self.has(customer.old.as_ref()) || self.has(customer.new.as_ref())
    }

    /// Customers for whom nothing changed share one row.
    fn customer_grid(&self, comparison: &Comparison) -> Grid {
        let sum = |basis, side: fn(&CustomerChange) -> Option<&CustomerState>| {
            let shares = comparison.customers.iter().filter_map(|customer| self.share(side(customer)));
            let source = Source::Orders { basis, status: self.status };
            Cell::known(shares.sum::<Option<Money>>()).computed(source)
        };
        Columns::of(self.customer_rows(comparison))
            .left("code", "report-code", |row| {
                row.customer().and_then(|customer| customer.party.code.as_deref())
            })
            .left_out(LeftOut::ToKeepWords)
            .left("name", "report-school", |row| match row {
                CustomerRow::Customer(customer) => marked_name(customer),
                CustomerRow::Unchanged { customers, .. } => {
                    Cell::from(Message::new("compare-unchanged").with("count", *customers))
                }
            })
            .right("old", "compare-old", |row| self.share_cell(row, OLD))
            .right("new", "compare-new", |row| self.share_cell(row, NEW))
            .right("difference", "compare-difference", |row| {
                let difference = match row {
                    CustomerRow::Customer(customer) => Cell::Change((self.of)(&customer.difference)),
                    CustomerRow::Unchanged { .. } => Cell::Change(Money::ZERO),
                };
                difference.computed(Source::Difference)
            })
            .right("percent", "compare-percent", |row| self.percent_of(row))
            .grid()
            .total(vec![
                Cell::Empty,
                Message::new("report-total").into(),
                sum(OLD, |customer| customer.old.as_ref()),
                sum(NEW, |customer| customer.new.as_ref()),
                Cell::Change((self.of)(&comparison.difference)).computed(Source::Difference),
                computed_percent((self.of)(&comparison.difference), self.old_total(comparison)),
            ])
    }

    /// Returns the difference of a customer in percent of what it paid; nothing if it paid nothing.
    fn percent_of(&self, row: &CustomerRow<'_>) -> Cell {
        let CustomerRow::Customer(customer) = row else { return Cell::Empty };
        if has_gap(customer) {
            return Cell::Empty;
        }
        computed_percent((self.of)(&customer.difference), self.share(customer.old.as_ref()))
    }

    /// Returns the sum of the old side.
    fn old_total(&self, comparison: &Comparison) -> Option<Money> {
        comparison.customers.iter().filter_map(|customer| self.share(customer.old.as_ref())).sum()
    }

    fn customer_rows<'c>(&self, comparison: &'c Comparison) -> Vec<CustomerRow<'c>> {
        let concerned = comparison.customers.iter().filter(|customer| self.concerns(customer));
        let (changed, unchanged): (Vec<_>, Vec<_>) = concerned
            .partition(|customer| self.causes(customer).next().is_some() || has_hidden_change(customer));
        let mut changed = changed;
        changed.sort_by_key(|customer| largest_first((self.of)(&customer.difference)));
        let mut rows: Vec<CustomerRow> = changed.into_iter().map(CustomerRow::Customer).collect();
        if let Ok(customers @ 1..) = u32::try_from(unchanged.len()) {
            let shares =
                unchanged.iter().map(|customer| self.share(customer.new.as_ref()).unwrap_or_default());
            rows.push(CustomerRow::Unchanged { customers, share: shares.sum() });
        }
        rows
    }

    fn share_cell(&self, row: &CustomerRow<'_>, basis: usize) -> Cell {
        let customer = match row {
            CustomerRow::Customer(customer) => customer,
            CustomerRow::Unchanged { share, .. } => return Cell::known(*share).computed(Source::Remainder),
        };
        let state = if basis == OLD { customer.old.as_ref() } else { customer.new.as_ref() };
        let Some(state) = state.filter(|state| self.has(Some(state))) else { return Cell::Empty };
        let share = Cell::from((self.of)(&state.share));
        let (member, status) = (state.member, state.status);
        match state.order {
            Some(order) => share.computed(Source::Share { basis, order, member, status }),
            None => share,
        }
    }

    /// Returns what the customer pays for such orders; `None` without any.
    fn share(&self, state: Option<&CustomerState>) -> Option<Money> {
        state.filter(|state| self.has(Some(state))).map(|state| (self.of)(&state.share))
    }

    /// Returns a row for each customer and cause, with the customer's name on its first row.
    fn why_grid(&self, comparison: &Comparison) -> Grid {
        let mut customers: Vec<&CustomerChange> = comparison.customers.iter().collect();
        customers.sort_by_key(|customer| largest_first((self.of)(&customer.difference)));
        let rows = customers.into_iter().flat_map(|customer| {
            let mut causes: Vec<&CauseChange> = self.causes(customer).collect();
            causes.sort_by_key(|cause| largest_first((self.of)(&cause.change)));
            causes.into_iter().enumerate().map(move |cause| (customer, cause))
        });
        Columns::of(rows)
            .left("name", "report-school", |(customer, (index, _))| {
                customer.party.name.as_deref().filter(|_| *index == 0)
            })
            .left("cause", "compare-cause", |(_, (_, cause))| cause_word(cause.cause))
            .left("change", "compare-change", |(customer, (_, cause))| {
                change(cause.cause, customer, comparison)
            })
            .right("difference", "compare-difference", |(_, (_, cause))| {
                Cell::Change((self.of)(&cause.change))
            })
            .grid()
            .total(vec![
                Message::new("report-total").into(),
                Cell::Empty,
                Cell::Empty,
                Cell::Change((self.of)(&comparison.difference)),
            ])
    }

    fn cause_grid(&self, comparison: &Comparison) -> Grid {
        let old = self.old_total(comparison);
        let rows = comparison.causes.iter().filter_map(|CauseChange { cause, .. }| {
            let causes = comparison.customers.iter().flat_map(|customer| self.causes(customer));
            let moved: Vec<Money> =
                causes.filter(|part| part.cause == *cause).map(|part| (self.of)(&part.change)).collect();
            let sum = moved.iter().copied().sum::<Option<Money>>();
            (!moved.is_empty()).then_some((cause, moved.len(), sum))
        });
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by_key(|(_, _, sum)| largest_first(sum.unwrap_or_default()));
        let total = (self.of)(&comparison.difference);
        Columns::of(rows)
            .left("cause", "compare-cause", |(cause, ..)| cause_word(**cause))
            .right("schools", "compare-schools", |(_, schools, _)| {
                u64::try_from(*schools).unwrap_or(u64::MAX)
            })
            .right("difference", "compare-difference", |(_, _, sum)| sum.map_or(Cell::Unknown, Cell::Change))
            .right("percent", "compare-percent", |(_, _, sum)| percent(sum.unwrap_or_default(), old))
            .grid()
            .total(vec![
                Message::new("report-total").into(),
                Cell::Empty,
                Cell::Change(total),
                percent(total, old),
            ])
    }

    fn causes<'c>(&self, customer: &'c CustomerChange) -> impl Iterator<Item = &'c CauseChange> + use<'c> {
        let of = self.of;
        customer.causes.iter().filter(move |cause| of(&cause.change) != Money::ZERO)
    }
}

impl<'c> CustomerRow<'c> {
    fn customer(&self) -> Option<&'c CustomerChange> {
        match self {
            CustomerRow::Customer(customer) => Some(customer),
            CustomerRow::Unchanged { .. } => None,
        }
    }
}

/// Returns the customer; marked if its amounts cover only the accounts that have a price.
fn marked_name(customer: &CustomerChange) -> Cell {
    match &customer.party.name {
        Some(name) if has_gap(customer) => {
            Message::new("compare-name-part").with("name", name.as_str()).into()
        }
        name => name.as_deref().into(),
    }
}

/// Returns a difference in percent of an old amount; empty if that is nothing.
fn percent(difference: Money, old: Option<Money>) -> Cell {
    old.and_then(|old| relative(difference, old)).map_or(Cell::Empty, Cell::Percent)
}

/// Returns the same as [`percent`], from the columns beside it.
fn computed_percent(difference: Money, old: Option<Money>) -> Cell {
    match percent(difference, old) {
        Cell::Empty => Cell::Empty,
        percent => percent.computed(Source::Relative),
    }
}

/// Orders differences by their size, the largest first.
pub(super) fn largest_first(difference: Money) -> Reverse<u64> {
    Reverse(difference.fen().unsigned_abs())
}

/// Returns true if a share covers only the accounts that have a price.
fn has_gap(customer: &CustomerChange) -> bool {
    customer.old.iter().chain(&customer.new).any(|state| !state.complete)
}

/// Returns true if something changed that has no price.
fn has_hidden_change(customer: &CustomerChange) -> bool {
    let is_like = customer.old.as_ref().zip(customer.new.as_ref()).is_some_and(|(old, new)| old.is_like(new));
    has_gap(customer) && !is_like
}
