//! The columns of a record batch as what is priced. Read [`Columns::values`] first: it has the values that the fields of a CSV row
//! with the same content would have.

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int64Type, UInt64Type};
use arrow_array::{Array, ArrayRef, Decimal128Array, Int64Array, RecordBatch, StringArray, UInt64Array};
use arrow_cast::{CastOptions, cast_with_options};
use arrow_schema::{ArrowError, DECIMAL128_MAX_PRECISION, DataType, Schema};

use crate::account::Term;
use crate::batch::layout::{Key, Layout};
use crate::batch::rows::{RowReader, Values};
use crate::batch::values;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::lang::Message;
use crate::import::sheet::unreadable;

/// The columns of a batch on which a price depends.
pub(super) struct Columns<'l> {
    columns: Vec<(Key, &'l str, Column)>,
}

/// The values of a column; null is an empty field.
enum Column {
    Signed(Int64Array),
    Unsigned(UInt64Array),
    Decimal(Decimal128Array),
    Text(StringArray),
}

/// What a column is read as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Signed,
    Unsigned,
    Decimal,
    /// A decimal that is wider than 128 bits, or a number of something other than accounts, months or days.
    Digits,
    Text,
    Answer,
    Day,
}

impl<'l> Columns<'l> {
    /// Refuses columns whose type cannot hold what their heading means. Floats are among them: they are no exact numbers.
    pub(super) fn check(name: &str, layout: &Layout, schema: &Schema) -> Result<(), Diagnostic> {
        for ((key, heading), field) in layout.columns.iter().zip(&layout.names).zip(schema.fields()) {
            let Some(key) = key.filter(|key| *key != Key::Code) else { continue };
            if kind(key, field.data_type()).is_none() {
                let reason = Message::new("batch-parquet-type")
                    .with("column", heading.as_str())
                    .with("type", field.data_type().to_string());
                return Err(unreadable(name, reason, fix(key)));
            }
        }
        Ok(())
    }

    /// Takes the columns of a batch.
    ///
    /// # Errors
    /// A column does not have the type that its schema says.
    pub(super) fn of(layout: &'l Layout, batch: &RecordBatch) -> Result<Columns<'l>, ArrowError> {
        let mut columns = Vec::new();
        for ((key, heading), array) in layout.columns.iter().zip(&layout.names).zip(batch.columns()) {
            let Some(key) = key.filter(|key| *key != Key::Code) else { continue };
            columns.push((key, heading.as_str(), Column::of(key, array)?));
        }
        Ok(Columns { columns })
    }

    /// Reads a row.
    ///
    /// # Errors
    /// The reason why it is not understood.
    #[inline]
    pub(super) fn values(&self, row: usize) -> Result<Values<'_>, Message> {
        let mut read = RowReader::default();
        for (key, heading, column) in &self.columns {
            match column {
                Column::Text(texts) if texts.is_valid(row) => {
                    text(&mut read, *key, heading, texts.value(row))?
                }
                Column::Signed(numbers) if numbers.is_valid(row) => {
                    let number = numbers.value(row);
                    count(&mut read, *key, heading, u32::try_from(number).ok(), || number.to_string())?;
                }
                Column::Unsigned(numbers) if numbers.is_valid(row) => {
                    let number = numbers.value(row);
                    count(&mut read, *key, heading, u32::try_from(number).ok(), || number.to_string())?;
                }
                Column::Decimal(numbers) if numbers.is_valid(row) => {
                    let number = numbers.value(row);
                    count(&mut read, *key, heading, u32::try_from(number).ok(), || number.to_string())?;
                }
                _ => {}
            }
        }
        Ok(read.values())
    }
}

impl Column {
    fn of(key: Key, array: &ArrayRef) -> Result<Column, ArrowError> {
        let cast = |array: &ArrayRef, to: &DataType| {
            cast_with_options(array, to, &CastOptions { safe: false, ..CastOptions::default() })
        };
        let text = |array: &ArrayRef| Ok(Column::Text(cast(array, &DataType::Utf8)?.as_string().clone()));
        match kind(key, array.data_type()) {
            Some(Kind::Signed) => {
                Ok(Column::Signed(cast(array, &DataType::Int64)?.as_primitive::<Int64Type>().clone()))
            }
            Some(Kind::Unsigned) => {
                Ok(Column::Unsigned(cast(array, &DataType::UInt64)?.as_primitive::<UInt64Type>().clone()))
            }
            Some(Kind::Decimal) => {
                let widest = DataType::Decimal128(DECIMAL128_MAX_PRECISION, 0);
                Ok(Column::Decimal(cast(array, &widest)?.as_primitive::<Decimal128Type>().clone()))
            }
            Some(Kind::Day) => text(&cast(array, &DataType::Date32)?),
            Some(Kind::Digits | Kind::Text | Kind::Answer) => text(array),
            None => Err(ArrowError::SchemaError(format!("{} of type {}", key.as_str(), array.data_type()))),
        }
    }
}

/// Returns how a column is read; `None` if its type cannot hold what it means.
fn kind(key: Key, data_type: &DataType) -> Option<Kind> {
    let kind = match data_type {
        DataType::Dictionary(_, values) => return kind(key, values),
        DataType::Null | DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            return Some(Kind::Text);
        }
        DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::Int64 => Kind::Signed,
        DataType::UInt8 | DataType::UInt16 | DataType::UInt32 | DataType::UInt64 => Kind::Unsigned,
        DataType::Decimal32(_, 0) | DataType::Decimal64(_, 0) | DataType::Decimal128(_, 0) => Kind::Decimal,
        DataType::Decimal256(_, 0) => Kind::Digits,
        DataType::Boolean => Kind::Answer,
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, None) => Kind::Day,
        _ => return None,
    };
    let is_number = !matches!(kind, Kind::Answer | Kind::Day);
    match key {
        Key::Basic | Key::Interop | Key::HeldBasic | Key::HeldInterop | Key::Months | Key::Days => {
            is_number.then_some(kind)
        }
        Key::Term => is_number.then_some(Kind::Digits),
        Key::Renewal | Key::NonprofitProof => (kind != Kind::Day).then_some(Kind::Answer),
        Key::Date => (kind == Kind::Day).then_some(kind),
        Key::Code | Key::Industry | Key::Certification => None,
    }
}

/// Returns how to change a column whose type cannot hold what it means.
fn fix(key: Key) -> &'static str {
    match key {
        Key::Renewal | Key::NonprofitProof => "batch-fix-parquet-answer",
        Key::Date => "batch-fix-parquet-date",
        Key::Code | Key::Industry | Key::Certification => "batch-fix-parquet-text",
        _ => "batch-fix-parquet-number",
    }
}

/// Takes a number. One that is out of range is reported as the text that it would be in CSV.
#[inline]
fn count(
    read: &mut RowReader<'_>,
    key: Key,
    heading: &str,
    number: Option<u32>,
    text: impl Fn() -> String,
) -> Result<(), Message> {
    match (key, number) {
        (Key::Months, Some(months)) => read.add_term(Some(Term { months, days: 0 })),
        (Key::Days, Some(days)) => read.add_term(Some(Term { months: 0, days })),
        (Key::Months | Key::Days, None) => read.add_term(values::term(key, heading, &text())?),
        (_, Some(count)) => {
            read.set_count(key, count);
            Ok(())
        }
        (_, None) => {
            read.set_count(key, values::count(heading, &text())?);
            Ok(())
        }
    }
}

/// Takes a text as people type it; an answer that a database writes goes a shorter way.
#[inline]
fn text<'s>(read: &mut RowReader<'s>, key: Key, heading: &str, text: &'s str) -> Result<(), Message> {
    let text = text.trim();
    match key {
        Key::Industry | Key::Certification | Key::NonprofitProof | Key::Date if text.contains('\0') => {
            // No word has this sign, and none of CSV has a zero byte.
            read.field(key, heading, "\u{fffd}")
        }
        Key::Renewal if matches!(text, "false" | "0" | "true" | "1") => {
            read.set_renewal(matches!(text, "true" | "1"));
            Ok(())
        }
        _ => read.field(key, heading, text),
    }
}
