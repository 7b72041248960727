//! The piece for spreadsheets.

use jiff::civil::Date;

use super::{Block, Document, Grid, Header, Heading, Records};
use crate::diagnostic::lang::Message;
use crate::pricing::OrderQuote;
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
    /// When the orders are placed, where the report is about that: by day, and an order as often as it is
    /// placed. Empty if each is placed once, on no stated day.
    pub placements: Vec<Placement>,
}

/// An order that is placed on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The index of the order in [`Basis::orders`].
    pub order: usize,
    /// The day on which it is placed and paid, Beijing time.
    pub date: Date,
    /// Reason why it is placed.
    pub kind: Message,
    /// The day on which its accounts begin to run, Beijing time.
    pub starts: Date,
    /// The day on which they expire: `starts` plus the days of the term.
    pub expires: Date,
}
