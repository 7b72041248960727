use std::borrow::Cow;
use std::sync::Arc;

use crate::account::AccountType;
use crate::money::{Amount, Money, UnitPrice};

/// A text for a person: the id of a text in `locales/` and what to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The Fluent message id; the part before the first `-` names the file.
    pub id: &'static str,
    /// Arguments by name.
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// Returns the message with nothing filled in.
    pub const fn new(id: &'static str) -> Message {
        Message { id, args: Vec::new() }
    }

    /// Returns the message with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Message {
        self.args.push((name, value.into()));
        self
    }
}

/// Argument of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A text that is the same in every language.
    Text(String),
    /// A number that can choose a plural form. Never an amount of money.
    Number(u32),
    /// A decimal number as digits, such as an amount of money.
    Figure(String),
    /// A text that the data itself gives in both languages.
    Phrase(Phrase),
    /// Another message.
    Message(Box<Message>),
    /// Several values, joined as the language joins a list. Many problems can share one list.
    List(Arc<[Arg]>),
}

/// Text that comes with the data, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// In English.
    pub en: Cow<'static, str>,
    /// In Chinese.
    pub zh: Cow<'static, str>,
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Text(text)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Arg {
        Arg::Number(number)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Arg {
        Arg::Number(u32::try_from(number).unwrap_or(u32::MAX))
    }
}

impl From<Phrase> for Arg {
    fn from(phrase: Phrase) -> Arg {
        Arg::Phrase(phrase)
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Arg {
        Arg::Message(Box::new(message))
    }
}

impl<T: Into<Arg>> From<Vec<T>> for Arg {
    fn from(items: Vec<T>) -> Arg {
        Arg::List(items.into_iter().map(Into::into).collect())
    }
}

macro_rules! arg_from_display {
    ($variant:ident: $($shown:ty),*) => {$(
        impl From<$shown> for Arg {
            fn from(value: $shown) -> Arg {
                Arg::$variant(value.to_string())
            }
        }
    )*};
}

arg_from_display!(Figure: u64, i64, Money, UnitPrice, Amount);
arg_from_display!(Text: jiff::civil::Date, jiff::civil::DateTime);

impl From<AccountType> for Arg {
    fn from(account_type: AccountType) -> Arg {
        super::account_type_word(account_type).into()
    }
}
