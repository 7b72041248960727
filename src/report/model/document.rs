//! The piece for people: headings, grids, fields, remarks and charts.

use jiff::civil::Date;

use super::{Cell, Grid, Header};
use crate::diagnostic::lang::Message;
use crate::money::Money;

/// A result for people, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The command that it answers, such as `quote`: a stable name for styles.
    pub name: &'static str,
    /// The title, the answer and the assumptions, which every format shows first.
    pub header: Header,
    /// The parts: the summary first, then the details.
    pub blocks: Vec<Block>,
}

impl Document {
    /// Returns true if it has the sources of its figures, where it rests on any.
    pub fn has_sources(&self) -> bool {
        let is_of_sources =
            |block: &Block| matches!(block, Block::Heading(heading) if heading.role == PartRole::Sources);
        self.blocks.iter().any(is_of_sources)
    }

    /// Returns the same without the sources of its figures.
    #[must_use]
    pub fn without_sources(mut self) -> Document {
        let mut in_sources = false;
        self.blocks.retain(|block| {
            if let Block::Heading(heading) = block {
                in_sources = heading.role == PartRole::Sources;
            }
            !in_sources
        });
        self
    }
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The title of what follows, up to the next heading.
    Heading(Heading),
    /// Rows and columns.
    Grid(Grid),
    /// Labels with values.
    Fields(Vec<Field>),
    /// Sentences, each on its own.
    Remarks(Vec<Remark>),
    /// A picture of figures that other blocks have too. Formats without pictures leave it out.
    Chart(Chart),
}

impl Block {
    /// Returns a block of one plain sentence.
    pub fn remark(text: Message) -> Block {
        Block::Remarks(vec![Remark::new(text)])
    }
}

/// The title of a part, and its role in the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The title.
    pub title: Message,
    /// Its role in the whole.
    pub role: PartRole,
}

impl Heading {
    /// Sets the role of the part.
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

/// The role of a part in the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartRole {
    /// A section in the order of the document.
    Section,
    /// The totals.
    Summary,
    /// What is in no total, with a sum of its own if it has several rows.
    OutsideTotal,
    /// One of several things of a kind, such as an order. Formats that can fold, fold it.
    Item,
    /// The facts that the figures rest on, with their sources. Text has them on request.
    Sources,
}

/// A picture of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Its title; also the text for those who cannot see it.
    pub title: Message,
    /// Its kind, with the figures.
    pub kind: ChartKind,
    /// True if the user asked for it. Text shows only such charts.
    pub requested: bool,
}

/// The kinds of charts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChartKind {
    /// An amount for each of several names.
    Bars(Vec<(String, Money)>),
    /// Payments over time.
    Timeline(Timeline),
    /// A price that grows with a count.
    Curve(Curve),
    /// How one amount becomes another.
    Waterfall(Waterfall),
    /// Users who need an account against accounts that run.
    Coverage(Coverage),
}

/// Users of one type who need an account, and accounts that can serve them, over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The first day.
    pub from: Date,
    /// The first day after.
    pub end: Date,
    /// Users and accounts, by day; the first step is that of the first day.
    pub steps: Vec<CoveragePoint>,
    /// The days of orders, each with what it buys.
    pub orders: Vec<(Date, Message)>,
}

/// Users and accounts from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoveragePoint {
    /// The first day.
    pub day: Date,
    /// Users who need an account.
    pub need: u32,
    /// Accounts that can serve them.
    pub active: u32,
}

/// Payments over time: adjacent periods, those without a payment too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The periods, by day.
    pub periods: Vec<TimelinePeriod>,
}

/// What is paid in one period of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelinePeriod {
    /// Its name under an axis: its first month or its year.
    pub label: String,
    /// Its whole name.
    pub name: String,
    /// Amounts that are paid already.
    pub paid: Money,
    /// Amounts that should have been paid before.
    pub overdue: Money,
    /// Amounts still to be paid.
    pub due: Money,
    /// Amounts that are unconfirmed, and in none of the others.
    pub unconfirmed: Money,
}

/// How one amount becomes another, cause by cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waterfall {
    /// The amount before, with its label.
    pub start: (Message, Money),
    /// What each cause adds to it, or takes away from it.
    pub steps: Vec<(Message, Money)>,
    /// The amount after, with its label: the start and all steps.
    pub end: (Message, Money),
}

/// A price that grows with a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// Counts and prices, by count.
    pub points: Vec<(u32, Money)>,
    /// The counts at which the tiers end.
    pub edges: Vec<u32>,
    /// The count and the price of the customer.
    pub position: Option<(u32, Money)>,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The label.
    pub label: Message,
    /// The value.
    pub value: Cell,
    /// Its tone.
    pub tone: Tone,
}

impl Field {
    /// Creates a field from a label and its value.
    pub fn new(label: &'static str, value: impl Into<Cell>) -> Field {
        Field { label: Message::new(label), value: value.into(), tone: Tone::Plain }
    }

    /// Sets the tone.
    #[must_use]
    pub fn toned(self, tone: Tone) -> Field {
        Field { tone, ..self }
    }
}

/// A sentence, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The short name of its subject, if it has one.
    pub tag: Option<Tag>,
    /// The sentence.
    pub text: Message,
    /// Its tone.
    pub tone: Tone,
}

impl Remark {
    /// Returns a plain sentence about nothing in particular.
    pub fn new(text: Message) -> Remark {
        Remark { tag: None, text, tone: Tone::Plain }
    }

    /// Sets the tag.
    #[must_use]
    pub fn tagged(self, tag: Option<Tag>) -> Remark {
        Remark { tag, ..self }
    }

    /// Sets the tone.
    #[must_use]
    pub fn toned(self, tone: Tone) -> Remark {
        Remark { tone, ..self }
    }
}

/// The short name of what a remark is about, such as a fact id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The name.
    pub text: String,
    /// A stable word for its kind, such as how sure a fact is; empty for none.
    pub class: &'static str,
}

impl From<String> for Tag {
    fn from(text: String) -> Tag {
        Tag { text, class: "" }
    }
}

/// The weight that a reader gives to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// As it is.
    #[default]
    Plain,
    /// This is the answer.
    Strong,
    /// Something is missing or uncertain.
    Caution,
    /// It should have been done before.
    Overdue,
    /// It has to be done soon.
    Due,
    /// It costs nothing.
    Free,
}
