//! The columns that follow those of the input, as arrays of exact decimals. Read [`Added::push`] first.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Decimal128Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch, UInt32Array};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, SchemaRef};
use arrow_select::take::take;

use crate::batch::amounts::{self, RowAmounts};
use crate::batch::items;
use crate::batch::pricer::Priced;
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::money::Amount;
use crate::pricing::{Line, PriceTable};

/// Digits of an amount: those that readers keep in 64 bits. A million accounts at a million yuan have fewer.
const PRECISION: u8 = 18;
/// Smallest number that has more digits.
const TOO_LARGE: u64 = 1_000_000_000_000_000_000;
/// Decimals of what is paid.
const FEN: i8 = 2;
/// Decimals of a price of a year, which is not rounded.
const FINE: i8 = 4;

/// What is added to the rows of a batch that have a price.
pub(super) struct Added {
    /// The row of the batch that each row of the output has in front.
    rows: Vec<u32>,
    columns: AddedColumns,
}

enum AddedColumns {
    Amounts {
        annual: [Decimal128Builder; 2],
        /// List price, waived, payable.
        paid: [Decimal128Builder; 3],
        complete: BooleanBuilder,
    },
    Items {
        account_type: StringBuilder,
        /// From, to, count.
        numbers: [Int64Builder; 3],
        /// Unit price, annual.
        prices: [Decimal128Builder; 2],
    },
}

/// Returns the columns that are added.
pub(super) fn fields(items: bool) -> Vec<FieldRef> {
    let types: [(DataType, bool); 6] = match items {
        false => [
            (DataType::Decimal128(PRECISION, FINE), true),
            (DataType::Decimal128(PRECISION, FINE), true),
            (DataType::Decimal128(PRECISION, FEN), true),
            (DataType::Decimal128(PRECISION, FEN), true),
            (DataType::Decimal128(PRECISION, FEN), true),
            (DataType::Boolean, false),
        ],
        true => [
            (DataType::Utf8, false),
            (DataType::Int64, false),
            (DataType::Int64, false),
            (DataType::Int64, false),
            (DataType::Decimal128(PRECISION, FINE), true),
            (DataType::Decimal128(PRECISION, FINE), true),
        ],
    };
    let names = if items { items::COLUMNS } else { amounts::COLUMNS };
    let field = |(name, (data_type, nullable))| Arc::new(Field::new(name, data_type, nullable));
    names.into_iter().zip(types).map(field).collect()
}

impl Added {
    /// Starts with no row, and room for so many.
    ///
    /// # Errors
    /// The precision is none that decimals have; that of the amounts is.
    pub(super) fn new(items: bool, rows: usize) -> Result<Added, ArrowError> {
        let decimals =
            |scale| Decimal128Builder::with_capacity(rows).with_precision_and_scale(PRECISION, scale);
        let columns = match items {
            false => AddedColumns::Amounts {
                annual: [decimals(FINE)?, decimals(FINE)?],
                paid: [decimals(FEN)?, decimals(FEN)?, decimals(FEN)?],
                complete: BooleanBuilder::with_capacity(rows),
            },
            true => AddedColumns::Items {
                account_type: StringBuilder::new(),
                numbers: Default::default(),
                prices: [decimals(FINE)?, decimals(FINE)?],
            },
        };
        Ok(Added { rows: Vec::with_capacity(rows), columns })
    }

    /// Adds what a row costs: its amounts, or its items.
    ///
    /// # Errors
    /// As [`PriceTable::itemise`]; an amount has more digits than there are.
    #[inline]
    pub(super) fn push(&mut self, row: u32, priced: &Priced, table: &PriceTable) -> Result<(), Message> {
        match &mut self.columns {
            AddedColumns::Amounts { annual: [basic, interop], paid, complete } => {
                let amounts = RowAmounts::of(&priced.price, priced.terms.waiver.is_some());
                let annual = [amounts.annual.basic, amounts.annual.interop];
                if annual.into_iter().flatten().any(is_too_large) || amounts.list_price >= Some(TOO_LARGE) {
                    return Err(too_large());
                }
                basic.append_option(amounts.annual.basic.map(fine));
                interop.append_option(amounts.annual.interop.map(fine));
                for (column, fen) in
                    paid.iter_mut().zip([amounts.list_price, amounts.waived, amounts.payable])
                {
                    column.append_option(fen.map(i128::from));
                }
                complete.append_value(amounts.is_complete);
                self.rows.push(row);
            }
            AddedColumns::Items { account_type, numbers, prices: [unit, annual] } => {
                let itemised = table.itemise(&priced.purchase);
                let lines = itemised.map_err(|error| Diagnostic::from(error).message())?.lines;
                if lines.iter().filter_map(|line| line.annual).any(is_too_large) {
                    return Err(too_large());
                }
                for line in lines {
                    account_type.append_value(line.account_type.as_str());
                    push_ordinals(numbers, &line);
                    unit.append_option(line.unit_price.map(|price| i128::from(price.ten_thousandths())));
                    annual.append_option(line.annual.map(fine));
                    self.rows.push(row);
                }
            }
        }
        Ok(())
    }

    /// Returns the rows with a price: those of the batch, then what was added.
    ///
    /// # Errors
    /// The columns do not fit the schema.
    pub(super) fn finish(self, batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
        let added: Vec<ArrayRef> = match self.columns {
            AddedColumns::Amounts { annual, paid, mut complete } => {
                let amounts = annual.into_iter().chain(paid);
                let amounts = amounts.map(|mut column| Arc::new(column.finish()) as ArrayRef);
                amounts.chain([Arc::new(complete.finish()) as ArrayRef]).collect()
            }
            AddedColumns::Items { mut account_type, numbers, prices } => {
                let first = Arc::new(account_type.finish()) as ArrayRef;
                let numbers = numbers.into_iter().map(|mut column| Arc::new(column.finish()) as ArrayRef);
                let prices = prices.into_iter().map(|mut column| Arc::new(column.finish()) as ArrayRef);
                [first].into_iter().chain(numbers).chain(prices).collect()
            }
        };
        let is_whole = self.rows.len() == batch.num_rows()
            && self.rows.iter().enumerate().all(|(row, taken)| row == *taken as usize);
        let mut columns = batch.columns().to_vec();
        if !is_whole {
            let rows = UInt32Array::from(self.rows);
            columns = columns.iter().map(|column| take(column, &rows, None)).collect::<Result<_, _>>()?;
        }
        columns.extend(added);
        RecordBatch::try_new(schema.clone(), columns)
    }
}

fn push_ordinals([from, to, count]: &mut [Int64Builder; 3], line: &Line) {
    for (column, number) in [from, to, count].into_iter().zip([line.from, line.to, line.count()]) {
        column.append_value(i64::try_from(number).unwrap_or(i64::MAX));
    }
}

fn is_too_large(amount: Amount) -> bool {
    amount.ten_thousandths() >= TOO_LARGE
}

fn too_large() -> Message {
    Diagnostic::new(Code::PriceOverflow).message()
}

fn fine(amount: Amount) -> i128 {
    i128::from(amount.ten_thousandths())
}
