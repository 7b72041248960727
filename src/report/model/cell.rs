//! A value, before a renderer decides how it looks.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Source;
use crate::account::AccountType;
use crate::diagnostic::lang::visible::visible;
use crate::diagnostic::lang::{Catalog, Message};
use crate::money::{Amount, Money, UnitPrice};

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// No value.
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
    /// A difference in whole fen, which has its sign also if it is an increase.
    Change(Money),
    /// A part of one, such as 0.125 for 12.5 %, which has its sign also if it is an increase.
    Percent(Decimal),
    /// A price of a rate card.
    UnitPrice(UnitPrice),
    /// A sum before rounding.
    Amount(Amount),
    /// Ordinals from one to another, both inclusive; without an end where `to` is `None`.
    Range {
        /// The first.
        from: u64,
        /// The last.
        to: Option<u64>,
    },
    /// A day.
    Date(Date),
    /// A value that a workbook can compute again.
    Computed {
        /// The value.
        value: Box<Cell>,
        /// Its source.
        source: Source,
    },
}

impl Cell {
    /// Returns the same value with how it is computed.
    #[must_use]
    pub fn computed(self, source: Source) -> Cell {
        Cell::Computed { value: Box::new(self), source }
    }

    /// Returns the value itself, computed or not.
    pub fn value(&self) -> &Cell {
        match self {
            Cell::Computed { value, .. } => value.value(),
            _ => self,
        }
    }

    /// Returns true if it has no content.
    pub fn is_empty(&self) -> bool {
        *self.value() == Cell::Empty
    }

    /// Returns what people read.
    pub fn text(&self, catalog: &Catalog) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Unknown => catalog.word("report-unknown"),
            Cell::Text(text) => visible(text).into_owned(),
            Cell::Message(message) | Cell::Keyed { shown: message, .. } => catalog.text(message),
            Cell::Range { from, to } => range(catalog, *from, *to),
            Cell::Date(date) => date.to_string(),
            Cell::Computed { value, .. } => value.text(catalog),
            Cell::Change(money) => signed(*money > Money::ZERO, catalog.figure(&money.to_string())),
            Cell::Percent(part) => {
                let hundredths = (*part * Decimal::ONE_HUNDRED).round_dp(1);
                signed(*part > Decimal::ZERO, format!("{}%", catalog.figure(&format!("{hundredths:.1}"))))
            }
            Cell::Count(_) | Cell::Money(_) | Cell::UnitPrice(_) | Cell::Amount(_) => {
                self.digits().map_or_else(String::new, |digits| catalog.figure(&digits))
            }
        }
    }

    /// Returns the number as digits, with a point before its decimals; `None` if it is no number.
    pub fn digits(&self) -> Option<String> {
        match self.value() {
            Cell::Count(count) => Some(count.to_string()),
            Cell::Money(money) | Cell::Change(money) => Some(money.to_string()),
            Cell::Percent(part) => Some(part.to_string()),
            Cell::UnitPrice(price) => Some(price.to_string()),
            Cell::Amount(amount) => Some(amount.to_string()),
            _ => None,
        }
    }

    /// Returns a word of the program with the text that people read.
    pub fn keyed(key: impl Into<String>, shown: Message) -> Cell {
        Cell::Keyed { key: key.into(), shown }
    }

    /// Returns the value, or [`Cell::Unknown`] without one.
    pub fn known<T: Into<Cell>>(value: Option<T>) -> Cell {
        value.map_or(Cell::Unknown, Into::into)
    }
}

fn signed(is_increase: bool, figure: String) -> String {
    if is_increase { format!("+{figure}") } else { figure }
}

/// Returns `1–5`, or `10,001–` where there is no end.
fn range(catalog: &Catalog, from: u64, to: Option<u64>) -> String {
    let figure = |ordinal: u64| catalog.figure(&ordinal.to_string());
    match to {
        Some(to) if to == from => figure(from),
        Some(to) => format!("{}–{}", figure(from), figure(to)),
        None => format!("{}–", figure(from)),
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

/// No value is an empty cell.
impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Empty, Into::into)
    }
}

impl From<AccountType> for Cell {
    fn from(account_type: AccountType) -> Cell {
        Cell::Message(crate::diagnostic::lang::account_type_word(account_type))
    }
}
