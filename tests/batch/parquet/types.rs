//! The types that columns may have, and columns that are copied.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::{Int32Type, UInt8Type};
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, DictionaryArray, FixedSizeBinaryArray, Float64Array, Int32Array,
    Int64Array, ListArray, NullArray, RecordBatch, StringArray, StructArray, TimestampMicrosecondArray,
    UInt64Array,
};
use arrow_cast::cast;
use arrow_schema::extension::Uuid;
use arrow_schema::{DataType, Field, FieldRef, Schema, TimeUnit};
use arrow_select::filter::filter_record_batch;
use wxlicense::batch::parquet::RowFormat;

use super::{Flags, cells, file, price, read, records, refusal, table};

fn numbers(values: &[i64]) -> ArrayRef {
    Arc::new(Int64Array::from(values.to_vec()))
}

fn texts(values: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

/// Returns the rows that a table becomes as CSV, without the headings.
fn csv(columns: Vec<(&str, ArrayRef)>) -> Vec<Vec<String>> {
    let priced = price(&file(&table(columns), 100), RowFormat::Csv, 2, Flags::default()).unwrap();
    records(&priced.output, b',').into_iter().skip(1).collect()
}

#[test]
fn numbers_may_have_any_exact_type() {
    let columns = numbers(&[150]);
    for data_type in [
        DataType::Int16,
        DataType::Int32,
        DataType::Int64,
        DataType::UInt8,
        DataType::UInt16,
        DataType::UInt32,
        DataType::UInt64,
        DataType::Decimal32(5, 0),
        DataType::Decimal64(18, 0),
        DataType::Decimal128(5, 0),
        DataType::Decimal128(38, 0),
        DataType::Decimal256(60, 0),
        DataType::Utf8,
        DataType::LargeUtf8,
        DataType::Utf8View,
        DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        DataType::Dictionary(Box::new(DataType::UInt8), Box::new(DataType::Int64)),
    ] {
        for heading in ["basic", "held_interop"] {
            let column = cast(&columns, &data_type).unwrap();
            let held = (heading == "held_interop").then(|| ("interop", numbers(&[2])));
            let rows = csv([(heading, column)].into_iter().chain(held).collect());
            let price = if heading == "basic" { "605.00" } else { "80.00" };
            assert!(rows[0].contains(&price.to_owned()), "{data_type} {rows:?}");
        }
        let column = cast(&numbers(&[6]), &data_type).unwrap();
        assert_eq!(csv(vec![("basic", columns.clone()), ("months", column)])[0][4], "302.50", "{data_type}");
    }
}

#[test]
fn columns_that_cannot_hold_what_they_mean_are_refused_by_name() {
    let basic = || ("basic", numbers(&[150]));
    for (column, refused) in [
        (("interop", Arc::new(Float64Array::from(vec![1.0])) as ArrayRef), "Float64"),
        (("interop", cast(&numbers(&[1]), &DataType::Decimal128(9, 2)).unwrap()), "Decimal128(9, 2)"),
        (("months", Arc::new(BooleanArray::from(vec![true]))), "Boolean"),
        (
            ("days", cast(&cast(&numbers(&[1]), &DataType::Int32).unwrap(), &DataType::Date32).unwrap()),
            "Date32",
        ),
        (("held_basic", Arc::new(BinaryArray::from_vec(vec![b"1"]))), "Binary"),
        (("renewal", Arc::new(Float64Array::from(vec![1.0]))), "Float64"),
        (("date", numbers(&[20_221_118])), "Int64"),
        (("date", moments(Some("+08:00"))), "Timestamp"),
        (("industry", numbers(&[1])), "Int64"),
        (("certification", Arc::new(BooleanArray::from(vec![true]))), "Boolean"),
    ] {
        let name = column.0;
        let reason = refusal(&file(&table(vec![basic(), column]), 100), RowFormat::Parquet);
        assert!(reason.contains(&format!("the column “{name}” has the type {refused}")), "{reason}");
    }
    let twice = vec![basic(), ("基础账号", numbers(&[1]))];
    assert!(
        refusal(&file(&table(twice), 100), RowFormat::Csv)
            .contains("columns “basic” and “基础账号” both hold basic")
    );
    let none = vec![("code", numbers(&[1]))];
    assert!(refusal(&file(&table(none), 100), RowFormat::Csv).contains("no column has accounts to buy"));
}

/// Returns 2022-11-18 10:36:18, in a time zone or in none.
fn moments(zone: Option<&str>) -> ArrayRef {
    let moments = TimestampMicrosecondArray::from(vec![1_668_767_778_000_000]);
    Arc::new(moments.with_timezone_opt(zone))
}

#[test]
fn days_and_answers_may_have_several_types() {
    // The school is waived until 2023-03-31.
    let priced = |date: ArrayRef| {
        let columns = vec![
            ("basic", numbers(&[150])),
            ("industry", texts(&["教育/初等教育"])),
            ("certification", texts(&["certified"])),
            ("date", date),
        ];
        csv(columns)[0].clone()
    };
    let day = cast(&texts(&["2022-11-18"]), &DataType::Date32).unwrap();
    let late = cast(&texts(&["2023-04-01"]), &DataType::Date32).unwrap();
    let moment = |unit| cast(&moments(None), &DataType::Timestamp(unit, None)).unwrap();
    for date in [
        day.clone(),
        cast(&day, &DataType::Date64).unwrap(),
        moment(TimeUnit::Second),
        moment(TimeUnit::Millisecond),
        moment(TimeUnit::Nanosecond),
        texts(&["2022年11月18日"]),
    ] {
        assert_eq!(priced(date.clone()).iter().rev().nth(1).unwrap(), "0.00", "{date:?}");
    }
    assert_eq!(priced(day)[3], "2022-11-18");
    assert_eq!(priced(late).iter().rev().nth(1).unwrap(), "605.00");
    for proof in [
        Arc::new(BooleanArray::from(vec![true])) as ArrayRef,
        numbers(&[1]),
        texts(&["是"]),
        Arc::new(DictionaryArray::<UInt8Type>::from_iter(["yes"])),
    ] {
        let rows = csv(vec![("basic", numbers(&[150])), ("nonprofit_proof", proof.clone())]);
        assert_eq!(rows[0].iter().rev().nth(1).unwrap(), "0.00", "{proof:?}");
        // Those before do not count in a renewal.
        let held = numbers(&[200]);
        let rows = csv(vec![("basic", numbers(&[150])), ("held_basic", held), ("renewal", proof)]);
        assert_eq!(rows[0].iter().rev().nth(1).unwrap(), "605.00");
    }
}

#[test]
fn nulls_are_empty_fields_and_numbers_out_of_range_are_rejected_as_in_csv() {
    let basic =
        Arc::new(Int64Array::from(vec![Some(150), None, Some(-3), Some(5_000_000_000), Some(1_000_001)]));
    let interop = Arc::new(UInt64Array::from(vec![None, Some(3), Some(1), Some(u64::MAX), None]));
    let nothing = Arc::new(NullArray::new(5));
    let columns: Vec<(&str, ArrayRef)> =
        vec![("basic", basic), ("interop", interop), ("months", nothing.clone()), ("date", nothing)];
    let priced = price(&file(&table(columns), 2), RowFormat::Csv, 2, Flags::default()).unwrap();
    let csv =
        "basic,interop,months,date\n150,,,\n,3,,\n-3,1,,\n5000000000,18446744073709551615,,\n1000001,,,\n";
    let direct = super::batch(csv.as_bytes(), 1, Flags::default());
    assert_eq!(String::from_utf8(priced.output).unwrap(), direct.output);
    assert_eq!(priced.summary, direct.summary);
    let found: Vec<_> =
        priced.told.rejected.iter().map(|row| (row.line + 1, &row.reason, &row.row)).collect();
    let expected: Vec<_> = direct.told.rejected.iter().map(|row| (row.line, &row.reason, &row.row)).collect();
    assert_eq!((found.len(), found), (3, expected));
}

#[test]
fn a_text_with_a_zero_byte_is_no_word() {
    let columns = vec![
        ("basic", numbers(&[1, 1])),
        ("industry", texts(&["教育/初等教育\0certified", "教育/初等教育"])),
        ("certification", texts(&["", "certified"])),
    ];
    let priced = price(&file(&table(columns), 9), RowFormat::Csv, 1, Flags::default()).unwrap();
    assert_eq!(priced.told.rejected.iter().map(|row| row.line).collect::<Vec<_>>(), [1]);
}

/// Returns columns of many types, of which a price depends on one.
fn odd(rows: usize) -> RecordBatch {
    let mut list = ListBuilder::new(StringBuilder::new());
    for row in 0..rows {
        (0..row % 3).for_each(|item| list.values().append_value(format!("{item}, \"{row}\"")));
        list.append(row % 5 > 0);
    }
    let pair: Vec<(FieldRef, ArrayRef)> = vec![
        (Arc::new(Field::new("a", DataType::Int32, true)), Arc::new(Int32Array::from_iter(0..rows as i32))),
        (
            Arc::new(Field::new_list("b", Field::new("item", DataType::Int32, true), true)),
            Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(
                (0..rows).map(|row| Some(vec![Some(row as i32), None])),
            )),
        ),
    ];
    let moment = |row: usize| 1_668_767_778_000_000 + row as i64;
    let uuid: Vec<[u8; 16]> = (0..rows).map(|row| [row as u8; 16]).collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("list", Arc::new(list.finish())),
        ("struct", Arc::new(StructArray::from(pair))),
        ("float", Arc::new(Float64Array::from_iter_values((0..rows).map(|row| row as f64)))),
        (
            "moment",
            Arc::new(
                TimestampMicrosecondArray::from_iter_values((0..rows).map(moment))
                    .with_timezone("Asia/Shanghai"),
            ),
        ),
        ("basic", Arc::new(Int32Array::from_iter((0..rows as i32).map(|row| (row % 7 > 0).then_some(row))))),
        ("bytes", Arc::new(BinaryArray::from_iter_values((0..rows).map(|row| row.to_le_bytes())))),
        ("uuid", Arc::new(FixedSizeBinaryArray::try_from_iter(uuid.into_iter()).unwrap())),
        ("word", Arc::new(DictionaryArray::<Int32Type>::from_iter((0..rows).map(|row| ["x", "y"][row % 2])))),
    ];
    let batch = table(columns);
    let schema = batch.schema();
    let fields = schema.fields().iter().map(|field| match field.name().as_str() {
        "uuid" => Arc::new(field.as_ref().clone().with_extension_type(Uuid)),
        _ => field.clone(),
    });
    let schema = Schema::new(fields.collect::<Vec<FieldRef>>());
    let schema = schema.with_metadata([("made by".to_owned(), "nobody".to_owned())]);
    RecordBatch::try_new(Arc::new(schema), batch.columns().to_vec()).unwrap()
}

#[test]
fn columns_on_which_no_price_depends_keep_their_types_and_values() {
    let odd = odd(200);
    let input = read(&file(&odd, 64));
    assert_eq!(input.schema(), odd.schema());
    let priced = price(&file(&odd, 64), RowFormat::Parquet, 3, Flags::default()).unwrap();
    let output = read(&priced.output);
    let fields = output.schema().fields().iter().take(8).cloned().collect::<Vec<_>>();
    assert_eq!(fields, odd.schema().fields().to_vec());
    assert_eq!(output.schema().metadata(), odd.schema().metadata());
    let has_price = BooleanArray::from_iter((0..200).map(|row| Some(row % 7 > 0)));
    let expected = filter_record_batch(&odd, &has_price).unwrap();
    assert_eq!(output.columns()[..8], *expected.columns());
    let rejected = &priced.told.rejected;
    assert_eq!(rejected.len(), 200_usize.div_ceil(7));
    let row = &records(&rejected[1].row, b',')[0];
    assert_eq!((rejected[1].line, row.len()), (8, 8));
    assert_eq!(row[0], "[0, \"7\"]");
    assert!(row[1].contains('7'), "{}", row[1]);
    assert_eq!(row[2..], texts_of_a_row());
}

fn texts_of_a_row() -> [&'static str; 6] {
    ["7.0", "2022-11-18T10:36:18.000007Z", "", "0700000000000000", "07070707070707070707070707070707", "y"]
}

#[test]
fn a_nested_column_is_refused_in_csv_only() {
    let reason = refusal(&file(&odd(3), 64), RowFormat::Csv);
    assert!(reason.contains("the column “list” has more than one value a row"), "{reason}");
}

#[test]
fn items_have_the_row_in_front() {
    let columns = vec![("code", texts(&["a", "b", "c"])), ("basic", numbers(&[8, 0, 10_001]))];
    let flags = Flags { items: true, ..Flags::default() };
    let priced = price(&file(&table(columns), 2), RowFormat::Parquet, 2, flags).unwrap();
    let mut output = cells(&read(&priced.output).project(&[0, 2, 3, 4, 5, 6, 7]).unwrap());
    assert_eq!(output.remove(0), ["code", "account_type", "from", "to", "count", "unit_price", "annual"]);
    let rows: Vec<String> = output.iter().map(|row| row.join(" ")).collect();
    assert_eq!(rows[..2], ["a basic 1 5 5 5.00 25.00", "a basic 6 8 3 4.00 12.00"]);
    assert_eq!((rows.len(), rows.last().unwrap().as_str()), (8, "c basic 10001 10001 1  "));
}

#[test]
fn a_column_that_would_be_twice_is_refused_in_parquet() {
    let columns = || vec![("basic", numbers(&[1])), ("payable", numbers(&[1]))];
    let reason = refusal(&file(&table(columns()), 9), RowFormat::Parquet);
    assert!(reason.contains("the column “payable” would be twice"), "{reason}");
    assert_eq!(csv(columns())[0].len(), 8);
    let twice = super::into_parquet(b"basic,note,note\n1,a,b\n", 1, Flags::default());
    assert!(twice.is_err_and(|error| super::words(&error).contains("“note” would be twice")));
}
