//! The columns of the table of orders by name, of which a table has those that its orders need.

use rust_xlsxwriter::ColNum;

use super::style::Kind;

/// A column of the table of orders.
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
    Months,
    Days,
    /// The basic accounts that come before in the tiers; the interop ones are in the next column.
    HeldBasic,
    HeldInterop,
    /// The price of basic accounts without a list price; that of interop ones is in the next column.
    NegotiatedBasic,
    NegotiatedInterop,
    List,
    Waived,
    Payable,
    /// The shares of the unconfirmed members of an order that is not unconfirmed as a whole.
    Unconfirmed,
    Remark,
    /// What a row is, as [`RowPart`] says.
    Part,
    /// The days of the term.
    Term,
    /// The price of a year of the accounts that have a price.
    Annual,
    /// The list price of the accounts that have a price.
    PricedList,
    /// The payable of the accounts that have a price.
    PricedPayable,
    /// The basic accounts without a price; the interop ones are in the next column.
    UnpricedBasic,
    UnpricedInterop,
}

use Column::*;

/// What a row of the table is, as its hidden cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowPart {
    /// An order of one enterprise.
    Single,
    /// An order of a group, above its members.
    Group,
    /// A member of a group.
    Member,
}

impl RowPart {
    /// Returns the word in the cell. No reader sees it, so it is the same in every language.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            RowPart::Single => "single",
            RowPart::Group => "group",
            RowPart::Member => "member",
        }
    }
}

/// All columns from left to right, with their titles and kinds of content.
const COLUMNS: [(Column, &str, Kind); 29] = [
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
    (Months, "report-months", Kind::Count),
    (Days, "report-days", Kind::Count),
    (HeldBasic, "xlsx-held-basic", Kind::Count),
    (HeldInterop, "xlsx-held-interop", Kind::Count),
    (NegotiatedBasic, "xlsx-negotiated-basic", Kind::Price),
    (NegotiatedInterop, "xlsx-negotiated-interop", Kind::Price),
    (List, "report-list-price", Kind::Money),
    (Waived, "report-waiver", Kind::Money),
    (Payable, "report-payable", Kind::Money),
    (Unconfirmed, "xlsx-unconfirmed-shares", Kind::Money),
    (Remark, "xlsx-remark", Kind::Text),
    (Part, "xlsx-part", Kind::Text),
    (Term, "xlsx-term-days", Kind::Count),
    (Annual, "xlsx-annual", Kind::Fine),
    (PricedList, "xlsx-priced-list", Kind::Money),
    (PricedPayable, "xlsx-priced-payable", Kind::Money),
    (UnpricedBasic, "xlsx-unpriced-basic", Kind::Count),
    (UnpricedInterop, "xlsx-unpriced-interop", Kind::Count),
];

/// What the orders of a table need columns for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needed {
    /// Orders are placed on days.
    pub(super) days: bool,
    /// The first and the last day of the accounts are known.
    pub(super) periods: bool,
    /// The card has accounts without a list price.
    pub(super) negotiated: bool,
    /// Their prices can be changed in the table.
    pub(super) negotiated_inputs: bool,
    /// An order has several members.
    pub(super) groups: bool,
}

/// The columns that a table has. Those after the remark are workings, which no reader sees.
pub(super) struct Columns(Vec<(Column, &'static str, Kind)>);

impl Columns {
    pub(super) fn new(needed: Needed) -> Columns {
        let is_there = |column| match column {
            Placed | OrderKind => needed.days,
            Starts | Expires => needed.periods,
            Unconfirmed | Part => needed.groups,
            NegotiatedBasic | NegotiatedInterop => needed.negotiated_inputs,
            PricedList | PricedPayable | UnpricedBasic | UnpricedInterop => needed.negotiated,
            _ => true,
        };
        Columns(COLUMNS.into_iter().filter(|(column, ..)| is_there(*column)).collect())
    }

    /// Returns the index of a column; `None` if the table does not have it.
    pub(super) fn find(&self, column: Column) -> Option<ColNum> {
        (0..).zip(&self.0).find(|(_, (there, ..))| *there == column).map(|(index, _)| index)
    }

    /// Returns the index of a column that every table has.
    pub(super) fn at(&self, column: Column) -> ColNum {
        self.find(column).unwrap_or(ColNum::MAX)
    }

    /// Returns the columns of workings.
    pub(super) fn hidden(&self) -> std::ops::Range<ColNum> {
        self.at(Remark) + 1..ColNum::try_from(self.0.len()).unwrap_or(ColNum::MAX)
    }

    /// Returns the titles and the kinds of content.
    pub(super) fn titles(&self) -> Vec<(&'static str, Kind)> {
        self.0.iter().map(|(_, title, kind)| (*title, *kind)).collect()
    }
}
