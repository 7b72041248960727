//! Values that JSON has as strings of a fixed pattern, each with its schema.

use std::borrow::Cow;

use jiff::civil;
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::money;

macro_rules! strings {
    ($($(#[doc = $doc:literal])+ $name:ident($inner:ty) $({ format: $format:literal })?, $pattern:literal;)*) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $name($inner);

        impl From<$inner> for $name {
            fn from(value: $inner) -> $name {
                $name(value)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "description": concat!($($doc),+).trim(),
                    "type": "string",
                    $("format": $format,)?
                    "pattern": $pattern,
                })
            }
        }
    )*};
}

strings! {
    /// An amount in yuan (CNY) as a decimal string: whole fen, always two decimals, never negative.
    Money(money::Money), r"^\d+\.\d{2}$";
    /// A difference of amounts in yuan (CNY) as a decimal string: whole fen, always two decimals; negative
    /// where the new one is less.
    MoneyChange(money::Money), r"^-?\d+\.\d{2}$";
    /// The price of one account for a year of the rate card in yuan (CNY) as a decimal string: two decimals,
    /// or up to four if the price has them; never negative.
    UnitPrice(money::UnitPrice), r"^\d+\.\d{2,4}$";
    /// A sum of unit prices in yuan (CNY) as a decimal string, before it is rounded: two decimals, or up to
    /// four if the sum has them; never negative.
    Amount(money::Amount), r"^\d+\.\d{2,4}$";
    /// A part of one as a decimal string: always four decimals, never negative.
    Ratio(Decimal), r"^\d+\.\d{4}$";
    /// A day, Beijing time (UTC+8).
    Day(civil::Date) { format: "date" }, r"^\d{4}-\d{2}-\d{2}$";
    /// A moment, Beijing time (UTC+8), without the offset.
    Moment(civil::DateTime), r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$";
}
