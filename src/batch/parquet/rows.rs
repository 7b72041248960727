//! The rows of a block with their prices, as text or as encoded columns. Read [`Rows`] first: of Parquet; [`FromText`] prices rows
//! of CSV.

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::SchemaRef;
use std::sync::Arc;

use super::added::Added;
use super::columns::Columns;
use super::sink::{Encoded, Encoder, unencoded};
use super::source::{Batch, damaged};
use super::text::{DELIMITER, RowText, TextColumns};
use crate::batch::BatchError;
use crate::batch::amounts::{RowAmounts, push_amounts};
use crate::batch::blocks::Block;
use crate::batch::items::push_items;
use crate::batch::output::Output;
use crate::batch::price_block::{Done, Job, Reading};
use crate::batch::pricer::{Memo, Priced};
use crate::batch::workers::Work;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::lang::Message;
use crate::pricing::PriceTable;

/// The price of rows of Parquet.
pub(super) struct Rows<'j, F> {
    pub(super) job: &'j Job<'j>,
    pub(super) form: F,
}

/// What becomes of the rows of a batch.
pub(super) trait Form: Sync {
    type Piece;
    /// The priced rows of a batch.
    type Taken;

    /// Starts a batch of so many rows.
    fn start(&self, job: &Job<'_>, rows: usize, piece: Self::Piece) -> Result<Self::Taken, BatchError>;

    /// Takes a row with its price, or returns the reason why it has no items.
    fn take(
        taken: &mut Self::Taken,
        job: &Job<'_>,
        row: (u32, &mut RowText<'_>),
        price: (&Priced, &PriceTable),
    ) -> Result<(), Message>;

    fn finish(&self, taken: Self::Taken, batch: &RecordBatch) -> Result<Self::Piece, BatchError>;
}

/// Rows as CSV.
pub(super) struct IntoText;

/// Rows as columns of Parquet.
pub(super) struct IntoColumns<'e>(pub(super) &'e Encoder);

impl<F: Form> Work for Rows<'_, F> {
    type Block = Batch;
    type Piece = F::Piece;
    type Kept = Memo;

    fn kept(&self) -> Memo {
        Memo::default()
    }

    fn price(
        &self,
        block: &mut Batch,
        memo: &mut Memo,
        piece: F::Piece,
    ) -> Result<(Done<F::Piece>, u64), BatchError> {
        let job = self.job;
        let mut done = Done::new(job.pricer, ());
        let batch = block
            .rows
            .take()
            .unwrap_or_else(|| RecordBatch::new_empty(Arc::new(arrow_schema::Schema::empty())));
        let mut taken = self.form.start(job, batch.num_rows(), piece)?;
        let unusable = |error: arrow_schema::ArrowError| damaged(job.options.name, &error.to_string());
        let columns = Columns::of(job.layout, &batch).map_err(unusable)?;
        let texts = TextColumns::of(&batch).map_err(unusable)?;
        let mut text = texts.rows();
        for (row, number) in (0_u32..).zip(block.first..).take(batch.num_rows()) {
            let priced = columns.values(row as usize).and_then(|values| job.pricer.price(&values, memo));
            let written = priced.and_then(|priced| {
                let Some((_, table)) = job.pricer.cards().get(priced.terms.card) else { return Ok(()) };
                F::take(&mut taken, job, (row, &mut text), (&priced, table))?;
                done.sums.add(job.pricer, &priced);
                Ok(())
            });
            if let Err(reason) = written {
                done.reject(number, reason, text.row(row as usize).to_vec());
                if job.options.strict {
                    break;
                }
            }
        }
        let Done { rejected, sums, .. } = done;
        Ok((Done { out: self.form.finish(taken, &batch)?, rejected, sums }, block.bytes))
    }
}

impl Form for IntoText {
    type Piece = Output;
    type Taken = Output;

    fn start(&self, _: &Job<'_>, _: usize, piece: Output) -> Result<Output, BatchError> {
        Ok(piece)
    }

    fn take(
        out: &mut Output,
        job: &Job<'_>,
        (row, text): (u32, &mut RowText<'_>),
        (priced, table): (&Priced, &PriceTable),
    ) -> Result<(), Message> {
        let row = text.row(row as usize);
        if job.options.items {
            let pushed = push_items(out, row, (table, &priced.purchase), DELIMITER, job.line_end);
            return pushed.map_err(|error| Diagnostic::from(error).message());
        }
        out.push(row);
        let amounts = RowAmounts::of(&priced.price, priced.terms.waiver.is_some());
        push_amounts(out, &amounts, DELIMITER, job.line_end);
        Ok(())
    }

    fn finish(&self, out: Output, _: &RecordBatch) -> Result<Output, BatchError> {
        Ok(out)
    }
}

impl Form for IntoColumns<'_> {
    type Piece = Encoded;
    type Taken = Added;

    fn start(&self, job: &Job<'_>, rows: usize, _: Encoded) -> Result<Added, BatchError> {
        Added::new(job.options.items, rows).map_err(unencoded)
    }

    fn take(
        added: &mut Added,
        _: &Job<'_>,
        (row, _): (u32, &mut RowText<'_>),
        (priced, table): (&Priced, &PriceTable),
    ) -> Result<(), Message> {
        added.push(row, priced, table)
    }

    fn finish(&self, added: Added, batch: &RecordBatch) -> Result<Encoded, BatchError> {
        let Self(encoder) = self;
        encoder.encode(&added.finish(batch, &encoder.schema).map_err(unencoded)?)
    }
}

/// The price of rows of CSV that become columns of Parquet.
pub(super) struct FromText<'j> {
    pub(super) job: &'j Job<'j>,
    pub(super) encoder: &'j Encoder,
    /// The columns of the input.
    pub(super) schema: SchemaRef,
}

impl Work for FromText<'_> {
    type Block = Block;
    type Piece = Encoded;
    type Kept = Reading;

    fn kept(&self) -> Reading {
        self.job.reading()
    }

    fn price(
        &self,
        block: &mut Block,
        reading: &mut Reading,
        _: Encoded,
    ) -> Result<(Done<Encoded>, u64), BatchError> {
        let job = self.job;
        let decoded = job.decode(block)?;
        let mut done = Done::new(job.pricer, ());
        let mut texts: Vec<StringBuilder> = job.layout.columns.iter().map(|_| StringBuilder::new()).collect();
        let mut added = Added::new(job.options.items, 0).map_err(unencoded)?;
        let (mut rest, mut line, mut row) = (block.text.as_slice(), block.line, 0);
        while !rest.is_empty() {
            let (text, _, bytes, lines) = job.split(rest, block.has_quotes);
            if !text.is_empty() {
                match self.row(text, row, reading, &mut added) {
                    Ok(priced) => {
                        done.sums.add(job.pricer, &priced);
                        push_fields(&mut texts, reading.general.fields());
                        row += 1;
                    }
                    Err(reason) => {
                        done.reject(line, reason, text.to_vec());
                        if job.options.strict {
                            break;
                        }
                    }
                }
            }
            rest = rest.get(bytes..).unwrap_or_default();
            line += lines;
        }
        let columns = texts.into_iter().map(|mut texts| Arc::new(texts.finish()) as ArrayRef).collect();
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(unencoded)?;
        let batch = added.finish(&batch, &self.encoder.schema).map_err(unencoded)?;
        let Done { rejected, sums, .. } = done;
        Ok((Done { out: self.encoder.encode(&batch)?, rejected, sums }, decoded))
    }
}

impl FromText<'_> {
    fn row(
        &self,
        text: &[u8],
        row: u32,
        reading: &mut Reading,
        added: &mut Added,
    ) -> Result<Priced, Message> {
        let pricer = self.job.pricer;
        let values = reading.general.read(self.job.layout, text)?;
        let priced = pricer.price(&values, &mut reading.memo)?;
        if let Some((_, table)) = pricer.cards().get(priced.terms.card) {
            added.push(row, &priced, table)?;
        }
        Ok(priced)
    }
}

/// Appends the fields of a row; nothing between two delimiters is null.
fn push_fields<'f>(columns: &mut [StringBuilder], fields: impl Iterator<Item = &'f str>) {
    for (column, field) in columns.iter_mut().zip(fields) {
        column.append_option(Some(field).filter(|field| !field.is_empty()));
    }
}
