//! The declaration of a document's keys: name, required or not, kind of value, example and description, each
//! once. [`keys!`] takes the keys of a table and gives a struct with a [`Field`](super::Field) for each, read
//! from a [`Table`](super::Table); the JSON Schema, the reference page and the starter plan are made from the
//! same [`Key`]s.

use crate::diagnostic::lang::{Lang, Message};

/// The keys of one table.
#[derive(Debug)]
pub struct TableKeys {
    /// The header that begins the table, such as `[[school]]`; empty for one that is written inline.
    pub header: &'static str,
    /// The keys, in the order in which a file is best written.
    pub keys: &'static [Key],
}

/// One key of a table.
#[derive(Debug)]
pub struct Key {
    /// Its name in the file.
    pub name: &'static str,
    /// It must be there.
    pub required: bool,
    /// The shape of its value.
    pub shape: Shape,
    /// A value of it; of a string, without the quotes. Empty for a table with a header.
    pub example: &'static str,
    /// Its description.
    pub about: About,
}

/// A description in English and in Chinese.
pub type About = (&'static str, &'static str);

/// The shape of a value.
#[derive(Debug)]
pub enum Shape {
    /// A string that matches a regular expression.
    Text(&'static str),
    /// A string or a list of strings.
    Texts,
    /// One of a set of words.
    Word(fn() -> Vec<&'static str>),
    /// One or more of a set of words.
    Words(fn() -> Vec<&'static str>),
    /// A whole number, both ends included.
    Integer(u32, u32),
    /// `true` or `false`.
    Boolean,
    /// A price in yuan: a string with at most four decimals, or a whole number.
    Price,
    /// A day of the calendar.
    Date,
    /// A moment; a day alone is its first moment.
    Moment,
    /// A table.
    Table(&'static TableKeys),
    /// A list of at least this many tables.
    Tables(usize, &'static TableKeys),
    /// Either of two.
    Either(&'static Shape, &'static Shape),
}

impl Shape {
    /// Returns what to call a value of this shape.
    pub fn noun(&self) -> Message {
        Message::new(match self {
            Shape::Text(_) | Shape::Word(_) => "term-a-string",
            Shape::Texts | Shape::Words(_) => "term-a-list-of-strings",
            Shape::Integer(..) => "term-a-whole-number",
            Shape::Boolean => "term-true-or-false",
            Shape::Price => "term-a-price",
            Shape::Date => "term-a-date",
            Shape::Moment => "term-a-moment",
            Shape::Table(_) => "term-a-table",
            Shape::Tables(..) => "term-a-list-of-tables",
            Shape::Either(one, _) => return one.noun(),
        })
    }

    /// Returns the tables inside a value of this shape.
    pub fn table(&self) -> Option<&'static TableKeys> {
        match self {
            Shape::Table(table) | Shape::Tables(_, table) => Some(table),
            Shape::Either(one, other) => one.table().or(other.table()),
            _ => None,
        }
    }
}

impl Key {
    /// Returns a line that gives the key: `basic = 150`, or the header of its table with the keys that it
    /// needs.
    pub fn example_line(&self) -> String {
        match self.shape.table() {
            Some(table) if !table.header.is_empty() => {
                let needed: Vec<&str> =
                    table.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
                format!("{} ({})", table.header, needed.join(", "))
            }
            _ => format!("{} = {}", self.name, self.example_value()),
        }
    }

    /// Returns the example as a value of TOML.
    pub fn example_value(&self) -> String {
        match self.shape {
            Shape::Text(_) | Shape::Word(_) | Shape::Texts | Shape::Price => format!("\"{}\"", self.example),
            _ => self.example.to_owned(),
        }
    }

    /// Returns the description in a language.
    pub fn about(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.about.0,
            Lang::Zh => self.about.1,
        }
    }
}

/// Declares the keys of a table, a row each: name, field, `required` or `optional`, kind, example,
/// description.
macro_rules! keys {
    ($visibility:vis $table:ident, $header:literal, {
        $($name:literal $field:ident: $need:ident $kind:ty, $example:expr, $about:expr;)+
    }) => {
        #[doc = concat!("The values of a `", stringify!($table), "` as they stand in the file.")]
        $visibility struct $table<'d> {
            pub(crate) table: $crate::document::Table<'d>,
            $(pub(crate) $field: $crate::document::Field<<$kind as $crate::document::kind::Kind<'d>>::Value>,)+
        }

        impl<'d> $table<'d> {
            const LIST: &'static [$crate::document::Key; [$($name),+].len()] = &[$($crate::document::Key {
                name: $name,
                required: $crate::document::key::keys!(@ $need),
                shape: <$kind as $crate::document::kind::Kind<'d>>::SHAPE,
                example: $example,
                about: $about,
            }),+];
        }

        impl<'d> $crate::document::Keys<'d> for $table<'d> {
            const KEYS: &'static $crate::document::TableKeys =
                &$crate::document::TableKeys { header: $header, keys: $table::LIST };

            fn read(table: $crate::document::Table<'d>) -> Self {
                let [$($field),+] = Self::LIST;
                let read = $table { $($field: table.get::<$kind>($field),)+ table };
                read.table.finish();
                read
            }
        }
    };
    (@ required) => { true };
    (@ optional) => { false };
}

pub(crate) use keys;
