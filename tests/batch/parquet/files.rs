//! Whole files: many groups of rows, many threads, and files that are cut off, damaged or something else.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int32Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use proptest::prelude::*;
use wxlicense::batch::BatchError;
use wxlicense::batch::parquet::RowFormat;

use super::{Flags, cells, file, into_parquet, opened, price, read, records, refusal, table};

/// Returns many rows, some of which have no price. The remarks make batches of a few thousand rows.
fn rows(count: i32) -> RecordBatch {
    let basic = Int32Array::from_iter((0..count).map(|row| (row % 11 > 0).then_some(row * 37 % 10_050)));
    let interop = Int64Array::from_iter((0..count).map(|row| (row % 3 > 0).then_some(i64::from(row % 300))));
    let months = Int32Array::from_iter((0..count).map(|row| (row % 4 > 0).then_some(row % 60 + 1)));
    let remark = StringArray::from_iter_values((0..count).map(|row| format!("{row:0900}")));
    table(vec![
        ("remark", Arc::new(remark) as ArrayRef),
        ("basic", Arc::new(basic)),
        ("interop", Arc::new(interop)),
        ("months", Arc::new(months)),
    ])
}

fn groups(file: &[u8]) -> usize {
    ParquetRecordBatchReaderBuilder::try_new(opened(file)).unwrap().metadata().num_row_groups()
}

#[test]
fn the_result_is_the_same_for_any_number_of_threads_and_groups() {
    let rows = rows(15_000);
    let (file, whole) = (file(&rows, 4000), file(&rows, 100_000));
    for flags in [
        Flags::default(),
        Flags { items: true, ..Flags::default() },
        Flags { strict: true, ..Flags::default() },
    ] {
        for format in [RowFormat::Csv, RowFormat::Parquet] {
            let one = price(&file, format, 1, flags).unwrap();
            assert_eq!(one.summary.stopped, flags.strict);
            if format == RowFormat::Parquet && !flags.strict {
                assert!(groups(&one.output) > 3, "{}", groups(&one.output));
            }
            for threads in [2, 3, 8] {
                let more = price(&file, format, threads, flags).unwrap();
                assert!(one.output == more.output, "{threads} {flags:?}");
                assert_eq!((&one.told, &one.summary), (&more.told, &more.summary));
            }
            let same = price(&whole, format, 2, flags).unwrap();
            assert_eq!((&one.told, &one.summary), (&same.told, &same.summary));
            if format == RowFormat::Csv {
                assert!(one.output == same.output);
            }
        }
    }
}

#[test]
fn the_rows_of_many_groups_are_those_of_csv() {
    let (file, flags) = (file(&rows(9000), 2500), Flags::default());
    let csv = price(&file, RowFormat::Csv, 2, flags).unwrap();
    let parquet = read(&price(&file, RowFormat::Parquet, 2, flags).unwrap().output);
    let lines = records(&csv.output, b',');
    assert!(lines.len() as u64 == 1 + csv.summary.rows - csv.summary.rejected && csv.summary.rejected > 100);
    let amounts = |rows: Vec<Vec<String>>| rows.into_iter().map(|row| row[4..].to_vec()).collect::<Vec<_>>();
    let added = parquet.project(&[0, 0, 0, 0, 4, 5, 6, 7, 8, 9]).unwrap();
    assert_eq!(amounts(cells(&added)), amounts(lines));
    let numbers: Vec<u64> = csv.told.rejected.iter().map(|row| row.line).collect();
    assert!(numbers.is_sorted() && numbers.iter().all(|row| (1..=9000).contains(row)));
}

#[test]
fn csv_becomes_several_groups_whatever_the_number_of_threads() {
    let csv = price(&file(&rows(6000), 9000), RowFormat::Csv, 1, Flags::default()).unwrap().output;
    // What was added by the first run is copied under other names.
    let csv = String::from_utf8(csv).unwrap().replacen(
        "basic_annual,interop_annual,list_price,waived,payable,complete",
        "a,b,c,d,e,f",
        1,
    );
    let one = into_parquet(csv.as_bytes(), 1, Flags::default()).unwrap();
    let (all, groups) = (read(&one.output).num_rows() as u64, groups(&one.output));
    assert_eq!((all, groups > 3), (one.summary.rows - one.summary.rejected, true));
    for threads in [2, 5] {
        assert!(into_parquet(csv.as_bytes(), threads, Flags::default()).unwrap().output == one.output);
    }
}

#[test]
fn a_file_without_rows_keeps_its_columns() {
    let empty = file(&rows(0), 10);
    let parquet = price(&empty, RowFormat::Parquet, 2, Flags::default()).unwrap();
    assert_eq!((parquet.summary.rows, read(&parquet.output).num_columns()), (0, 10));
    let csv = price(&empty, RowFormat::Csv, 2, Flags::default()).unwrap();
    assert_eq!(String::from_utf8(csv.output).unwrap().lines().count(), 1);
    let heading_alone = into_parquet(b"basic,note\n", 2, Flags::default()).unwrap();
    assert_eq!(read(&heading_alone.output).num_columns(), 8);
}

#[test]
fn files_that_are_cut_off_or_something_else_are_refused() {
    let whole = file(&rows(100), 50);
    for format in [RowFormat::Csv, RowFormat::Parquet] {
        for length in [4, 5, 7, 8, 11, 100, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
            assert!(refusal(&whole[..length], format).contains("its end is missing"), "{length}");
        }
        for other in [&b""[..], b"PA", b"basic\n150\n", b"PK\x03\x04", &whole[1..]] {
            assert!(refusal(other, format).contains("it is no Parquet file"), "{other:?}");
        }
        let both_ends = [&whole[..8], &whole[whole.len() - 8..]].concat();
        assert!(refusal(&both_ends, format).contains("it is damaged"));
        assert!(refusal(b"PAR1PAR1", format).contains("it is damaged"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// A damaged file is priced, where the damage does not show, or refused.
    #[test]
    fn damage_ends_no_thread(
        at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        near_end in any::<bool>(),
    ) {
        let mut damaged = file(&rows(20), 8);
        let from = if near_end { damaged.len() * 3 / 4 } else { 0 };
        for (index, byte) in at {
            let length = damaged.len();
            damaged[from + index.index(length - from)] ^= byte;
        }
        match price(&damaged, RowFormat::Parquet, 1, Flags::default()) {
            Ok(_) | Err(BatchError::Input(_)) => {}
            Err(error) => prop_assert!(false, "{}", error),
        }
    }
}
