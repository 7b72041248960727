//! The columns of the summary by name, of which a summary has those that its orders need.

use rust_xlsxwriter::ColNum;

use super::style::Kind;

/// A column of the summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Number,
    /// The day of the order.
    Placed,
    /// The reason for the order.
    OrderKind,
    /// The code; the name is in the next column.
    Code,
    School,
    Status,
    Charging,
    /// The basic accounts; the interop ones are in the next column.
    Basic,
    Interop,
    /// The first day of the accounts.
    Starts,
    /// The first day without them.
    Expires,
    Term,
    Annual,
    List,
    Waived,
    Payable,
    /// The shares of the unconfirmed members of an order that is not unconfirmed as a whole.
    Unconfirmed,
    Remark,
    /// The list price of the accounts that have a price.
    PricedList,
    /// The payable of the accounts that have a price.
    PricedPayable,
    /// The basic accounts without a price; the interop ones are in the next column.
    UnpricedBasic,
    UnpricedInterop,
}

use Column::*;

/// All columns from left to right, with their titles and kinds of content.
const COLUMNS: [(Column, &str, Kind); 22] = [
    (Number, "xlsx-number", Kind::Ordinal),
    (Placed, "calendar-date", Kind::Date),
    (OrderKind, "budget-kind", Kind::Text),
    (Code, "report-code", Kind::Text),
    (School, "report-school", Kind::Text),
    (Status, "report-status", Kind::Text),
    (Charging, "xlsx-charging", Kind::Text),
    (Basic, "report-basic", Kind::Count),
    (Interop, "report-interop", Kind::Count),
    (Starts, "budget-starts", Kind::Date),
    (Expires, "budget-expires", Kind::Date),
    (Term, "xlsx-term-days", Kind::Count),
    (Annual, "xlsx-annual", Kind::Money),
    (List, "report-list-price", Kind::Money),
    (Waived, "report-waiver", Kind::Money),
    (Payable, "report-payable", Kind::Money),
    (Unconfirmed, "xlsx-unconfirmed-shares", Kind::Money),
    (Remark, "xlsx-remark", Kind::Text),
    (PricedList, "xlsx-priced-list", Kind::Money),
    (PricedPayable, "xlsx-priced-payable", Kind::Money),
    (UnpricedBasic, "xlsx-unpriced-basic", Kind::Count),
    (UnpricedInterop, "xlsx-unpriced-interop", Kind::Count),
];

/// The columns that a summary has.
pub(super) struct Columns(Vec<(Column, &'static str, Kind)>);

impl Columns {
    /// Returns the columns of orders that are placed on days or not, on a card that has accounts without a
    /// price or not, with groups among them or not. The part that has a price has columns of its own where an order may be placed several
    /// times.
    pub(super) fn new(on_days: bool, negotiates: bool, has_groups: bool) -> Columns {
        let is_shown = |column| match column {
            Placed | OrderKind | Starts | Expires => on_days,
            Unconfirmed => has_groups,
            PricedList | PricedPayable | UnpricedBasic | UnpricedInterop => on_days && negotiates,
            _ => true,
        };
        Columns(COLUMNS.into_iter().filter(|(column, ..)| is_shown(*column)).collect())
    }

    /// Returns the index of a column; `None` if the summary does not have it.
    pub(super) fn find(&self, column: Column) -> Option<ColNum> {
        (0..).zip(&self.0).find(|(_, (shown, ..))| *shown == column).map(|(index, _)| index)
    }

    /// Returns the index of a column that every summary has.
    pub(super) fn at(&self, column: Column) -> ColNum {
        self.find(column).unwrap_or(ColNum::MAX)
    }

    pub(super) fn last(&self) -> ColNum {
        ColNum::try_from(self.0.len()).map_or(ColNum::MAX, |columns| columns - 1)
    }

    /// Returns the titles and the kinds of content.
    pub(super) fn titles(&self) -> Vec<(&'static str, Kind)> {
        self.0.iter().map(|(_, title, kind)| (*title, *kind)).collect()
    }
}
