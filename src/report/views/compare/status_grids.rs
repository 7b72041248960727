//! The grids of a comparison, for the confirmed orders or for the unconfirmed ones. In go rows of amounts, and
//! customers with causes, whatever is compared. Read [`StatusGrids`] first.

use std::cmp::Reverse;

use strum::VariantArray;

use crate::account::AccountType;
use crate::analysis::compare::{Cause, CauseChange, Change, relative};
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::pricing::{OrderStatus, Party};
use crate::report::views::words::cause_word;
use crate::report::{Block, Cell, Columns, Grid, LeftOut, Source};

/// The index of each side in the basis.
pub(super) const OLD: usize = 0;
pub(super) const NEW: usize = 1;

/// The firm sums, or those of the unconfirmed orders.
pub(super) struct StatusGrids {
    pub(super) of: fn(&Change) -> Money,
    pub(super) status: OrderStatus,
    /// The words of the causes.
    pub(super) cause: fn(Cause) -> Message,
}

/// What stands behind the figures of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figures {
    /// Nothing: sums are those of the grid.
    Alone,
    /// Orders, which have the sums.
    Shown,
    /// Orders whose accounts are typed in the grid.
    Typed,
}

/// Someone with an amount on each side.
pub(super) trait AmountRow {
    fn party(&self) -> &Party;

    /// Returns the amount of the orders of a status on a side; `None` without any.
    fn amount(&self, side: usize, status: OrderStatus) -> Option<Money>;

    /// Returns how the sheets of orders give the same amount, if there are any.
    fn source(&self, side: usize, status: OrderStatus) -> Option<Source>;

    /// Returns the accounts of a type that can be changed on a side; `None` if none can.
    fn accounts(&self, _side: usize, _status: OrderStatus, _account_type: AccountType) -> Option<Cell> {
        None
    }

    /// Returns the new amounts less the old ones.
    fn difference(&self) -> Change;

    /// Returns true if any known amount changed, even if the changes cancel out.
    fn is_changed(&self, of: fn(&Change) -> Money) -> bool;

    /// Returns true if an amount covers only the accounts that have a price.
    fn has_gap(&self) -> bool;

    /// Returns true if something changed that has no price.
    fn hides_change(&self) -> bool;
}

/// A customer whose difference has causes.
pub(super) trait Explained {
    fn party(&self) -> &Party;
    fn causes(&self) -> &[CauseChange];
    fn difference(&self) -> Change;

    /// Returns the change behind a cause, from old to new; `None` if it is not the customer's own.
    fn change(&self, cause: Cause) -> Option<Message>;
}

/// A row of amounts, or all that did not change.
enum RowOf<'r, R> {
    Changed(&'r R),
    Unchanged { count: u32, amount: Option<Money> },
}

impl StatusGrids {
    pub(super) const FIRM: StatusGrids =
        StatusGrids { of: |change| change.firm, status: OrderStatus::Confirmed, cause: cause_word };
    pub(super) const UNCONFIRMED: StatusGrids =
        StatusGrids { of: |change| change.unconfirmed, status: OrderStatus::Unconfirmed, cause: cause_word };

    /// Returns true if anyone has such orders.
    pub(super) fn matters<R: AmountRow>(&self, rows: &[R]) -> bool {
        rows.iter().any(|row| self.concerns(row))
    }

    /// Returns old, new and difference of each row; those that did not change share one. Sums are those of the
    /// orders, if a workbook has them.
    pub(super) fn amount_grid<R: AmountRow>(&self, rows: &[R], figures: Figures) -> Grid {
        let has_orders = figures != Figures::Alone;
        let side = |side| {
            let source = Source::Orders { basis: side, status: self.status };
            let source = if has_orders { source } else { Source::Column };
            Cell::known(self.total(rows, side)).computed(source)
        };
        let difference = self.difference(rows.iter().map(AmountRow::difference));
        let accounts = if figures == Figures::Typed { 4 } else { 0 };
        let sums = [
            side(OLD),
            side(NEW),
            difference.map_or(Cell::Unknown, Cell::Change).computed(Source::Difference),
            computed_percent(difference.unwrap_or_default(), self.total(rows, OLD)),
        ];
        let label = [Cell::Empty, Message::new("report-total").into()].into_iter();
        let total = label.chain(std::iter::repeat_n(Cell::Empty, accounts)).chain(sums);
        Columns::of(self.rows(rows))
            .left("code", "report-code", |row| row.changed().and_then(|row| row.party().code.as_deref()))
            .left_out(LeftOut::ToKeepWords)
            .left("name", "report-school", |row| match row {
                RowOf::Changed(row) => marked_name(*row),
                RowOf::Unchanged { count, .. } => {
                    Cell::from(Message::new("compare-unchanged").with("count", *count))
                }
            })
            .when(figures == Figures::Typed, |columns| {
                let cell = |row: &RowOf<'_, R>, side, kind| {
                    row.changed().and_then(|row| row.accounts(side, self.status, kind)).unwrap_or(Cell::Empty)
                };
                columns
                    .right("old_basic", "compare-old-basic", |row| cell(row, OLD, AccountType::Basic))
                    .right("old_interop", "compare-old-interop", |row| cell(row, OLD, AccountType::Interop))
                    .right("new_basic", "compare-new-basic", |row| cell(row, NEW, AccountType::Basic))
                    .right("new_interop", "compare-new-interop", |row| cell(row, NEW, AccountType::Interop))
            })
            .right("old", "compare-old", |row| self.amount_cell(row, OLD, has_orders))
            .right("new", "compare-new", |row| self.amount_cell(row, NEW, has_orders))
            .right("difference", "compare-difference", |row| {
                let difference = row.changed().map_or(Money::ZERO, |row| (self.of)(&row.difference()));
                Cell::Change(difference).computed(Source::Difference)
            })
            .right("percent", "compare-percent", |row| self.percent_of(row))
            .grid()
            .total(total.collect())
    }

    /// Returns the difference by customer and cause, and by cause; or that there is none.
    pub(super) fn why_blocks<R: AmountRow, C: Explained>(&self, rows: &[R], customers: &[C]) -> Vec<Block> {
        if customers.iter().all(|customer| self.causes(customer).next().is_none()) {
            let hides = |row: &R| row.hides_change() && self.concerns(row);
            return vec![Block::remark(Message::new(match rows.iter().any(hides) {
                true => "compare-nothing-known",
                false => "compare-nothing",
            }))];
        }
        vec![
            Block::Heading(self.heading("compare-why", "compare-why-unconfirmed").into()),
            Block::Grid(self.why_grid(customers)),
            Block::Heading(self.heading("compare-by-cause", "compare-by-cause-unconfirmed").into()),
            Block::Grid(self.cause_grid(customers, self.total(rows, OLD))),
        ]
    }

    fn heading(&self, firm: &'static str, unconfirmed: &'static str) -> Message {
        Message::new(if self.status == OrderStatus::Confirmed { firm } else { unconfirmed })
    }

    /// Returns true if a row has such orders on a side.
    fn concerns<R: AmountRow>(&self, row: &R) -> bool {
        [OLD, NEW].into_iter().any(|side| row.amount(side, self.status).is_some())
    }

    /// Returns the difference of a row in percent of the old amount; nothing if that is nothing.
    fn percent_of<R: AmountRow>(&self, row: &RowOf<'_, R>) -> Cell {
        match row.changed() {
            Some(row) if !row.has_gap() => {
                computed_percent((self.of)(&row.difference()), row.amount(OLD, self.status))
            }
            _ => Cell::Empty,
        }
    }

    /// Returns the sum of a side.
    fn total<R: AmountRow>(&self, rows: &[R], side: usize) -> Option<Money> {
        rows.iter().filter_map(|row| row.amount(side, self.status)).sum()
    }

    fn difference(&self, differences: impl Iterator<Item = Change>) -> Option<Money> {
        differences.map(|difference| (self.of)(&difference)).sum()
    }

    fn rows<'r, R: AmountRow>(&self, rows: &'r [R]) -> Vec<RowOf<'r, R>> {
        let concerned = rows.iter().filter(|row| self.concerns(*row));
        let (mut changed, unchanged): (Vec<&R>, Vec<&R>) =
            concerned.partition(|row| row.is_changed(self.of) || row.hides_change());
        changed.sort_by_key(|row| largest_first((self.of)(&row.difference())));
        let mut rows: Vec<RowOf<'r, R>> = changed.into_iter().map(RowOf::Changed).collect();
        if let Ok(count @ 1..) = u32::try_from(unchanged.len()) {
            let amounts = unchanged.iter().map(|row| row.amount(NEW, self.status).unwrap_or_default());
            rows.push(RowOf::Unchanged { count, amount: amounts.sum() });
        }
        rows
    }

    fn amount_cell<R: AmountRow>(&self, row: &RowOf<'_, R>, side: usize, has_orders: bool) -> Cell {
        let (amount, source) = match row {
            RowOf::Changed(row) => (Cell::from(row.amount(side, self.status)), row.source(side, self.status)),
            RowOf::Unchanged { amount, .. } => (Cell::known(*amount), Some(Source::Remainder)),
        };
        match source.filter(|_| has_orders && amount != Cell::Empty) {
            Some(source) => amount.computed(source),
            None => amount,
        }
    }

    /// Returns a row for each customer and cause, with the customer's name on its first row.
    fn why_grid<C: Explained>(&self, customers: &[C]) -> Grid {
        let mut sorted: Vec<&C> = customers.iter().collect();
        sorted.sort_by_key(|customer| largest_first((self.of)(&customer.difference())));
        let rows = sorted.into_iter().flat_map(|customer| {
            let mut causes: Vec<&CauseChange> = self.causes(customer).collect();
            causes.sort_by_key(|cause| largest_first((self.of)(&cause.change)));
            causes.into_iter().enumerate().map(move |cause| (customer, cause))
        });
        let total = self.difference(customers.iter().map(Explained::difference));
        Columns::of(rows)
            .left("name", "report-school", |(customer, (index, _))| {
                customer.party().name.as_deref().filter(|_| *index == 0)
            })
            .left("cause", "compare-cause", |(_, (_, cause))| (self.cause)(cause.cause))
            .left("change", "compare-change", |(customer, (_, cause))| customer.change(cause.cause))
            .right("difference", "compare-difference", |(_, (_, cause))| {
                Cell::Change((self.of)(&cause.change))
            })
            .grid()
            .total(vec![
                Message::new("report-total").into(),
                Cell::Empty,
                Cell::Empty,
                total.map_or(Cell::Unknown, Cell::Change),
            ])
    }

    fn cause_grid<C: Explained>(&self, customers: &[C], old: Option<Money>) -> Grid {
        let rows = Cause::VARIANTS.iter().filter_map(|cause| {
            let causes = customers.iter().flat_map(|customer| self.causes(customer));
            let moved: Vec<Money> =
                causes.filter(|part| part.cause == *cause).map(|part| (self.of)(&part.change)).collect();
            let sum = moved.iter().copied().sum::<Option<Money>>();
            (!moved.is_empty()).then_some((cause, moved.len(), sum))
        });
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by_key(|(_, _, sum)| largest_first(sum.unwrap_or_default()));
        let total = self.difference(customers.iter().map(Explained::difference));
        Columns::of(rows)
            .left("cause", "compare-cause", |(cause, ..)| (self.cause)(**cause))
            .right("schools", "compare-schools", |(_, schools, _)| {
                u64::try_from(*schools).unwrap_or(u64::MAX)
            })
            .right("difference", "compare-difference", |(_, _, sum)| sum.map_or(Cell::Unknown, Cell::Change))
            .right("percent", "compare-percent", |(_, _, sum)| percent(sum.unwrap_or_default(), old))
            .grid()
            .total(vec![
                Message::new("report-total").into(),
                Cell::Empty,
                total.map_or(Cell::Unknown, Cell::Change),
                percent(total.unwrap_or_default(), old),
            ])
    }

    fn causes<'c, C: Explained>(
        &self,
        customer: &'c C,
    ) -> impl Iterator<Item = &'c CauseChange> + use<'c, C> {
        let of = self.of;
        customer.causes().iter().filter(move |cause| of(&cause.change) != Money::ZERO)
    }
}

impl<'r, R> RowOf<'r, R> {
    fn changed(&self) -> Option<&'r R> {
        match self {
            RowOf::Changed(row) => Some(row),
            RowOf::Unchanged { .. } => None,
        }
    }
}

/// Returns the name; marked if the amounts cover only the accounts that have a price.
fn marked_name(row: &impl AmountRow) -> Cell {
    match &row.party().name {
        Some(name) if row.has_gap() => Message::new("compare-name-part").with("name", name.as_str()).into(),
        name => name.as_deref().into(),
    }
}

/// Returns a difference in percent of an old amount; empty if that is nothing.
pub(super) fn percent(difference: Money, old: Option<Money>) -> Cell {
    old.and_then(|old| relative(difference, old)).map_or(Cell::Empty, Cell::Percent)
}

/// Returns the same as [`percent`], from the columns beside it.
pub(super) fn computed_percent(difference: Money, old: Option<Money>) -> Cell {
    match percent(difference, old) {
        Cell::Empty => Cell::Empty,
        percent => percent.computed(Source::Relative),
    }
}

/// Orders differences by their size, the largest first.
pub(super) fn largest_first(difference: Money) -> Reverse<u64> {
    Reverse(difference.fen().unsigned_abs())
}
