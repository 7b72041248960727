//! Parquet on either side has the prices of CSV, keeps the columns of the input, and is refused where it is not valid.

mod files;
mod program;
mod types;

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, FieldRef, Schema};
use arrow_select::concat::concat_batches;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::WriterProperties;
use proptest::prelude::*;
use wxlicense::batch::parquet::{RowFormat, price_into_parquet, price_parquet};
use wxlicense::batch::{BatchError, Summary};

use super::{Flags, Told, batch, inputs, with_options, words};

struct Priced {
    output: Vec<u8>,
    told: Told,
    summary: Summary,
}

fn price(input: &[u8], format: RowFormat, threads: usize, flags: Flags) -> Result<Priced, BatchError> {
    let (mut output, mut told) = (Vec::new(), Told::default());
    let summary = with_options(threads, flags, |options| {
        price_parquet(opened(input), &mut output, format, &mut told, options)
    })?;
    Ok(Priced { output, told, summary })
}

/// Returns a file of these bytes, which has no name.
fn opened(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn into_parquet(input: &[u8], threads: usize, flags: Flags) -> Result<Priced, BatchError> {
    let (mut output, mut told) = (Vec::new(), Told::default());
    let summary =
        with_options(threads, flags, |options| price_into_parquet(input, &mut output, &mut told, options))?;
    Ok(Priced { output, told, summary })
}

/// Writes a file with groups of so many rows.
fn file(batch: &RecordBatch, rows_of_a_group: usize) -> Vec<u8> {
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(rows_of_a_group)).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

/// Reads a file.
fn read(file: &[u8]) -> RecordBatch {
    let builder = ParquetRecordBatchReaderBuilder::try_new(opened(file)).unwrap();
    let schema = builder.schema().clone();
    let batches: Vec<RecordBatch> = builder.build().unwrap().map(Result::unwrap).collect();
    concat_batches(&schema, &batches).unwrap()
}

fn table(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    let field = |(name, array): &(&str, ArrayRef)| {
        Arc::new(Field::new(*name, array.data_type().clone(), true)) as FieldRef
    };
    let schema = Schema::new(columns.iter().map(field).collect::<Vec<FieldRef>>());
    RecordBatch::try_new(Arc::new(schema), columns.into_iter().map(|(_, array)| array).collect()).unwrap()
}

/// Returns the records of a CSV, the headings among them.
fn records(csv: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(csv);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Returns the rows of a table as the fields that CSV has, the names of the columns among them.
fn cells(batch: &RecordBatch) -> Vec<Vec<String>> {
    let names = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
    let cell = |column: &ArrayRef, row: usize| {
        if column.is_null(row) {
            return String::new();
        }
        match column.data_type() {
            DataType::Decimal128(18, scale @ (2 | 4)) => {
                let digits = column.as_primitive::<Decimal128Type>().value(row);
                let unit = 10_i128.pow(scale.unsigned_abs().into());
                let width = usize::from(scale.unsigned_abs());
                let text = format!("{}.{:0width$}", digits / unit, digits % unit);
                // CSV has two decimals, or those up to four that are not zero.
                let shortest = text.trim_end_matches('0').len();
                text[..shortest.max(text.len() - width + 2)].to_owned()
            }
            DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
            DataType::Boolean => column.as_boolean().value(row).to_string(),
            DataType::Int32 => column.as_primitive::<Int32Type>().value(row).to_string(),
            DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
            other => panic!("{other}"),
        }
    };
    let row = |row| batch.columns().iter().map(|column| cell(column, row)).collect();
    std::iter::once(names).chain((0..batch.num_rows()).map(row)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// The same input has the same rows, sums and reasons as CSV and as Parquet.
    #[test]
    fn csv_becomes_the_same_rows_in_parquet(
        input in inputs::inputs(),
        items in prop::bool::weighted(0.2),
        block in 1_usize..400,
        threads in 1_usize..4,
    ) {
        let flags = Flags { items, negotiated: inputs::negotiated(), block, ..Flags::default() };
        let (bytes, text) = (input.encoded(), input.text());
        let direct = batch(&bytes, threads, flags);
        let delimiter = text.as_bytes()["code".len()];
        let expected = records(direct.output.trim_start_matches('\u{feff}').as_bytes(), delimiter);
        let priced = into_parquet(&bytes, threads, flags).unwrap();
        prop_assert_eq!(cells(&read(&priced.output)), expected);
        prop_assert_eq!(priced.told, direct.told);
        prop_assert_eq!(priced.summary, direct.summary);
    }

    /// CSV that was turned into Parquet, texts as they are, comes out as the CSV would.
    #[test]
    fn parquet_of_texts_becomes_the_same_rows_in_csv_and_parquet(
        input in inputs::inputs(),
        items in prop::bool::weighted(0.2),
        group in 1_usize..20,
        threads in 1_usize..4,
    ) {
        let flags = Flags { items, negotiated: inputs::negotiated(), ..Flags::default() };
        let text = input.text();
        let mut rows = records(text.as_bytes(), text.as_bytes()["code".len()]);
        rows.retain(|row| row.len() == inputs::COLUMNS.len());
        let columns = inputs::COLUMNS.iter().enumerate().map(|(number, name)| {
            let mut column = StringBuilder::new();
            for row in &rows[1..] {
                column.append_option(Some(&row[number]).filter(|field| !field.is_empty()));
            }
            (*name, Arc::new(column.finish()) as ArrayRef)
        });
        let file = file(&table(columns.collect()), group);
        let mut csv = csv::Writer::from_writer(Vec::new());
        rows.iter().for_each(|row| csv.write_record(row).unwrap());
        let direct = batch(&csv.into_inner().unwrap(), 1, flags);
        let expected = records(direct.output.as_bytes(), b',');
        let priced = price(&file, RowFormat::Csv, threads, flags).unwrap();
        prop_assert_eq!(records(&priced.output, b','), expected.clone());
        prop_assert_eq!(&priced.summary, &direct.summary);
        let reasons = |told: &Told| told.rejected.iter().map(|row| row.reason.clone()).collect::<Vec<_>>();
        prop_assert_eq!(reasons(&priced.told), reasons(&direct.told));
        for rejected in &priced.told.rejected {
            let row = &records(&rejected.row, b',')[0];
            prop_assert_eq!(row, &rows[usize::try_from(rejected.line).unwrap()]);
        }
        let again = price(&file, RowFormat::Parquet, threads, flags).unwrap();
        prop_assert_eq!(cells(&read(&again.output)), expected);
        prop_assert_eq!((again.told, again.summary), (priced.told, priced.summary));
    }
}

/// Returns the reason why a file is refused.
fn refusal(file: &[u8], format: RowFormat) -> String {
    match price(file, format, 2, Flags::default()) {
        Err(error) => words(&error),
        Ok(_) => panic!("it is priced"),
    }
}
