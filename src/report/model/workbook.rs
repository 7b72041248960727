//! The piece for spreadsheets.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Block, Document, Grid, Header, Heading, Records};
use crate::account::{PerType, Term};
use crate::diagnostic::lang::Message;
use crate::money::UnitPrice;
use crate::planning::schedule::projection::{Count, UserRow};
use crate::pricing::{OrderQuote, OrderStatus, Party};
use crate::rates::RateCard;

/// The content of a spreadsheet file: sheets of figures and sentences, and the orders from which the figures
/// can be computed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workbook {
    /// The title of the file and of every sheet, the answer and the assumptions.
    pub header: Header,
    /// The pricing date, if there is one. The time stamp of the file is this, never the clock.
    pub date: Option<Date>,
    /// Orders that the figures are computed from: none, one list, or the two that are compared.
    pub basis: Vec<Basis>,
    /// Figures that the basis does not have by itself, a sheet each.
    pub sheets: Vec<Sheet>,
    /// Fields and remarks, with the headings above them.
    pub notes: Vec<Block>,
}

impl Workbook {
    /// Takes the grids of a document as sheets, and its fields and remarks as notes.
    pub fn new(document: Document, date: Option<Date>, basis: Vec<Basis>) -> Workbook {
        let Document { header, blocks, .. } = document;
        let (mut sheets, mut notes) = (Vec::new(), Vec::new());
        let (mut heading, mut pending): (Option<Heading>, Option<Heading>) = (None, None);
        for block in blocks {
            match block {
                Block::Heading(title) => (heading, pending) = (Some(title.clone()), Some(title)),
                Block::Grid(grid) => {
                    sheets.push(Sheet { name: heading.as_ref().map(|heading| heading.title.clone()), grid });
                }
                Block::Fields(_) | Block::Remarks(_) => {
                    notes.extend(pending.take().map(Block::Heading));
                    notes.push(block);
                }
                Block::Chart(_) => {}
            }
        }
        Workbook { header, date, basis, sheets, notes }
    }

    /// Returns true if the figures can be computed from orders: every basis has at least one.
    pub fn computes(&self) -> bool {
        !self.basis.is_empty() && self.basis.iter().all(|basis| !basis.orders.is_empty())
    }

    /// Returns the same with the records as a last sheet, if there are no orders to show instead.
    #[must_use]
    pub fn or_records(mut self, records: impl FnOnce() -> Option<Records>) -> Workbook {
        if !self.computes()
            && let Some(records) = records()
        {
            self.sheets.push(Sheet { name: Some(Message::new("xlsx-sheet-items")), grid: records.into() });
        }
        self
    }
}

/// A sheet of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The wanted name; `None` for what the workbook is.
    pub name: Option<Message>,
    /// The figures.
    pub grid: Grid,
}

/// Orders and the card that prices them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The name that distinguishes it, if there are two.
    pub name: Option<Message>,
    /// The rate card.
    pub card: RateCard,
    /// The rate card for people: its tiers on the first sheet, and its rules as notes.
    pub rules: Workbook,
    /// The orders with their lines.
    pub orders: Vec<OrderQuote>,
    /// When the orders are placed, one for each, where the report is about that; else empty.
    pub placements: Vec<Placement>,
    /// The users that the orders follow from; `None` if the orders are what can be changed.
    pub users: Option<UserInputs>,
}

/// The users from which a workbook computes how many accounts orders buy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserInputs {
    /// The plan's date, Beijing time.
    pub date: Date,
    /// The growth of the users at each renewal, as a part of one.
    pub growth: Decimal,
    /// The users from day to day, by payer, member and day.
    pub rows: Vec<UserInput>,
    /// For each order of the basis and each of its members, how many accounts it buys. In these and all other
    /// formulas, a row is an index in `rows`, an order one in [`Basis::orders`], and a member one among those of
    /// the order.
    pub counts: Vec<Vec<PerType<Count>>>,
    /// For each order of the basis, the accounts that come before it in the tiers (P12).
    pub held: Vec<PerType<Count>>,
    /// For each order of the basis, the first row of its payer.
    pub payers: Vec<usize>,
    /// For each order of the basis and each of its members, the first row of the member; `None` if it needs no
    /// accounts.
    pub members: Vec<Vec<Option<usize>>>,
}

/// The users of a member from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserInput {
    /// The member, if the row is its first.
    pub member: Option<MemberInput>,
    /// The users and their formulas; the row before is that of the same member.
    pub row: UserRow,
    /// The users as they grew up to the row, before they are rounded up.
    pub grown: PerType<Decimal>,
}

/// A member of a group, with what can be changed of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberInput {
    /// Its identity.
    pub party: Party,
    /// Confirmed, or kept out of the firm total.
    pub status: OrderStatus,
    /// What the payer has for its group; `None` for its downstreams.
    pub payer: Option<PayerInput>,
}

/// What a payer has for its group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerInput {
    /// The term of its accounts.
    pub term: Term,
    /// The negotiated price of each account without a list price, in yuan a year.
    pub negotiated: PerType<Option<UnitPrice>>,
    /// True if its orders could be others at other prices.
    pub depends_on_prices: bool,
}

/// The day of an order, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The day on which it is placed and paid, Beijing time.
    pub date: Date,
    /// Reason why it is placed.
    pub kind: Message,
    /// The day on which its accounts begin to run, and the one on which they expire, the days of the term later;
    /// Beijing time.
    pub period: Option<(Date, Date)>,
}
