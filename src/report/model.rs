use jiff::civil::Date;

use crate::account::AccountType;
use crate::lang::{Catalog, Message};
use crate::money::{Amount, Money, UnitPrice};
use crate::pricing::OrderQuote;
use crate::rates::RateCard;

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
    /// Whether the items say no more, in columns for programs, than a grid of the blocks says to people.
    pub items_repeat: bool,
    /// What the figures are computed from, for forms that can compute them again. Such a form shows the orders in
    /// place of the grids, so a report whose grids say more than its orders has none.
    pub basis: Option<Basis>,
    /// Its days for a calendar program; only where days are what it is about.
    pub agenda: Option<Agenda>,
}

/// Days for a calendar program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// The day as of which the entries hold, Beijing time.
    pub as_of: Date,
    /// Grows with the day as of which the entries hold, so that a later agenda wins over an earlier one.
    pub revision: u32,
    /// The entries, by day.
    pub entries: Vec<AgendaEntry>,
}

/// One day for a calendar program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaEntry {
    /// Which entry it is: unique in the agenda, and the same in every agenda of the plan, whatever day the entry
    /// falls on and whatever language it is told in.
    pub identity: Vec<String>,
    /// The day, Beijing time.
    pub date: Date,
    /// What happens, in a line.
    pub summary: Message,
    /// What to know about it, each a paragraph.
    pub description: Vec<Message>,
    /// How many days before it to remind of it; 0 for the day itself.
    pub alarm_days: Option<u32>,
}

/// Orders and the card that prices them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The rate card.
    pub card: RateCard,
    /// The orders with their lines.
    pub orders: Vec<OrderQuote>,
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
    pub title: Cell,
    /// What the part is.
    pub role: PartRole,
}

impl Heading {
    /// What the heading shows.
    pub fn text(&self, catalog: &Catalog) -> String {
        self.title.text(catalog)
    }

    /// The same, of a part with this role.
    #[must_use]
    pub fn of(self, role: PartRole) -> Heading {
        Heading { role, ..self }
    }
}

impl From<Message> for Heading {
    fn from(title: Message) -> Heading {
        Heading { title: title.into(), role: PartRole::Section }
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
    /// The counts at which the bands end.
    pub edges: Vec<u32>,
    /// Where the customer stands.
    pub place: Option<(u32, Money)>,
}

/// Rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// The columns; each row has a cell for each.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// A closing line under the last column.
    pub footer: Option<Footer>,
}

impl Grid {
    /// Rows without a closing line.
    pub fn new(columns: Vec<Column>, rows: Vec<Row>) -> Grid {
        Grid { columns, rows, footer: None }
    }
}

/// A column of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its stable name.
    pub key: &'static str,
    /// Its title.
    pub title: Message,
    /// On which side its cells stand.
    pub align: Align,
    /// Whether a form that is short of room may leave it out.
    pub dispensable: bool,
}

/// On which side the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Texts.
    Left,
    /// Figures; never broken over lines.
    Right,
}

/// A row of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Whether it is an item or a sum.
    pub role: RowRole,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowRole {
    /// One of the things that are summed up.
    Item,
    /// A sum of the rows above.
    Total,
}

/// A closing line: a formula and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footer {
    /// The formula.
    pub text: String,
    /// Its value.
    pub value: Cell,
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

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A value that exists but is not known: a negotiated price.
    Unknown,
    /// A text that is the same in every language.
    Text(String),
    /// A text of the catalog.
    Message(Message),
    /// A word of the program: people read its text, programs its key, which is the same in every language.
    Keyed {
        /// The key.
        key: String,
        /// The text.
        shown: Message,
    },
    /// A number of things.
    Count(u64),
    /// Whole fen.
    Money(Money),
    /// A price of a rate card.
    UnitPrice(UnitPrice),
    /// A sum before rounding.
    Amount(Amount),
    /// A day.
    Date(Date),
}

impl Cell {
    /// What the cell shows.
    pub fn text(&self, catalog: &Catalog) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Unknown => catalog.word("report-unknown"),
            Cell::Text(text) => text.clone(),
            Cell::Message(message) | Cell::Keyed { shown: message, .. } => catalog.text(message),
            Cell::Count(count) => count.to_string(),
            Cell::Money(money) => money.to_string(),
            Cell::UnitPrice(price) => price.to_string(),
            Cell::Amount(amount) => amount.to_string(),
            Cell::Date(date) => date.to_string(),
        }
    }

    /// A word of the program with the text that people read.
    pub fn keyed(key: impl Into<String>, shown: Message) -> Cell {
        Cell::Keyed { key: key.into(), shown }
    }

    /// A value, or that it is not known.
    pub fn known<T: Into<Cell>>(value: Option<T>) -> Cell {
        value.map_or(Cell::Unknown, Into::into)
    }

    /// A value, or nothing.
    pub fn optional<T: Into<Cell>>(value: Option<T>) -> Cell {
        value.map_or(Cell::Empty, Into::into)
    }
}

macro_rules! cell_from {
    ($($from:ty => $variant:ident,)*) => {$(
        impl From<$from> for Cell {
            fn from(value: $from) -> Cell {
                Cell::$variant(value.into())
            }
        }
    )*};
}

cell_from! {
    &str => Text,
    String => Text,
    Message => Message,
    u32 => Count,
    u64 => Count,
    Money => Money,
    UnitPrice => UnitPrice,
    Amount => Amount,
    Date => Date,
}

impl From<AccountType> for Cell {
    fn from(account_type: AccountType) -> Cell {
        Cell::Message(crate::lang::account_type_word(account_type))
    }
}

impl Column {
    /// A column of texts.
    pub fn left(key: &'static str, title: &'static str) -> Column {
        Column { key, title: Message::new(title), align: Align::Left, dispensable: false }
    }

    /// A column of figures.
    pub fn right(key: &'static str, title: &'static str) -> Column {
        Column { key, title: Message::new(title), align: Align::Right, dispensable: false }
    }
}

impl Column {
    /// The same column, to be left out where room is short.
    #[must_use]
    pub fn dispensable(self) -> Column {
        Column { dispensable: true, ..self }
    }
}

impl Row {
    /// One of the things that are summed up.
    pub fn item(cells: Vec<Cell>) -> Row {
        Row { role: RowRole::Item, cells }
    }

    /// A sum of the rows above.
    pub fn total(cells: Vec<Cell>) -> Row {
        Row { role: RowRole::Total, cells }
    }
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
