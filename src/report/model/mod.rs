mod agenda;
mod cell;
mod grid;
mod source;
mod workbook;

use jiff::civil::Date;

use crate::diagnostic::lang::{Catalog, Message};
use crate::money::Money;

pub use agenda::{Agenda, AgendaEntry};
pub use cell::Cell;
pub use grid::{Align, Column, Footer, Grid, LeftOut, Row, RowRole};
pub use source::{Placed, Source};
pub use workbook::{Basis, Placement, Sheet, Workbook};

/// A result, ready to be drawn in any form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The command that it answers, such as `quote`: a stable name for sheets and ids.
    pub name: &'static str,
    /// What it is, on which rate card, for which date.
    pub title: Message,
    /// The pricing date, where there is one. A form that wants a time stamp takes this, never the clock.
    pub date: Option<Date>,
    /// Its parts, from top to bottom.
    pub blocks: Vec<Block>,
    /// The same flat: one row an item, every column in every row, for CSV and other programs' tables.
    pub items: Grid,
    /// The same for a spreadsheet.
    pub workbook: Workbook,
    /// Its days for a calendar program; only where days are what it is about.
    pub agenda: Option<Agenda>,
}

/// A part of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The title of what follows, up to the next heading.
    Heading(Heading),
    /// Rows and columns.
    Grid(Grid),
    /// Labels with values.
    Fields(Vec<Field>),
    /// Sentences to be told one by one.
    Remarks(Vec<Remark>),
    /// A picture of figures that stand in the other blocks too. Forms without pictures leave it out.
    Chart(Chart),
}

impl Block {
    /// One sentence.
    pub fn remark(text: Message) -> Block {
        Block::Remarks(vec![Remark { tag: None, text, tone: Tone::Plain }])
    }
}

/// The title of a part, and what the part is to the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The title.
    pub title: Message,
    /// What the part is.
    pub role: PartRole,
}

impl Heading {
    /// What the heading shows.
    pub fn text(&self, catalog: &Catalog) -> String {
        catalog.text(&self.title)
    }

    /// The same, of a part with this role.
    #[must_use]
    pub fn of(self, role: PartRole) -> Heading {
        Heading { role, ..self }
    }
}

impl From<Message> for Heading {
    fn from(title: Message) -> Heading {
        Heading { title, role: PartRole::Section }
    }
}

/// What a part of a report is to the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartRole {
    /// Something to be read in its place.
    Section,
    /// What everything comes to. A page begins with it; a terminal, where the end is what stays in view, keeps it
    /// in its place.
    Summary,
    /// One of several things of a kind, such as an order. Forms that can fold, fold it.
    Item,
}

/// A picture of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What it shows; also the text for those who cannot see it.
    pub title: Message,
    /// What it shows it with.
    pub kind: ChartKind,
}

/// What a chart shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChartKind {
    /// An amount for each of several periods.
    Bars(Vec<(String, Money)>),
    /// A price that grows with a count.
    Curve(Curve),
}

/// A price that grows with a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// Counts and prices, by count.
    pub points: Vec<(u32, Money)>,
    /// The counts at which the tiers end.
    pub edges: Vec<u32>,
    /// Where the customer stands.
    pub place: Option<(u32, Money)>,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The label.
    pub label: Message,
    /// The value.
    pub value: Cell,
    /// How it is to be taken.
    pub tone: Tone,
}

impl Field {
    /// A label and its value.
    pub fn new(label: &'static str, value: impl Into<Cell>) -> Field {
        Field { label: Message::new(label), value: value.into(), tone: Tone::Plain }
    }

    /// The same, to be taken in this way.
    #[must_use]
    pub fn toned(self, tone: Tone) -> Field {
        Field { tone, ..self }
    }
}

/// A sentence, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// A short name, such as a fact id.
    pub tag: Option<String>,
    /// The sentence.
    pub text: Message,
    /// How it is to be taken.
    pub tone: Tone,
}

/// How something is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// As it is.
    #[default]
    Plain,
    /// This is the answer.
    Strong,
    /// Something is missing or uncertain.
    Caution,
}
