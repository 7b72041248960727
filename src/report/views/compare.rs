//! The view of `compare`: a comparison in; its differences by customer and by cause out.

mod change;
mod status_grids;

use std::cmp::Ordering;

use rust_decimal::Decimal;
use serde::Serialize;

use self::status_grids::{StatusGrids, largest_first};
use super::answer::payable;
use super::facts::{
    assumed_facts, fields, footnotes, incomplete_field, remarks, unconfirmed_facts, unpriced_field,
};
use super::tiers::basis_of;
use super::words::cause_word;
use crate::analysis::compare::{CauseChange, Change, Comparison, CustomerState, relative};
use crate::assumption::Assumption;
use crate::diagnostic::lang::{Arg, Catalog, Message};
use crate::money::Money;
use crate::pricing::{NoteCode, Quote};
use crate::rates::RateCard;
use crate::report::json::compare_json;
use crate::report::notes::note_text;
use crate::report::{
    Answer, Basis, Block, Cell, Chart, ChartKind, Columns, Document, Field, Header, Records, Remark, Tag,
    Tone, View, Waterfall, Workbook,
};

/// The changes between two sides: by customer, by customer and cause, and by cause, each adding up to the
/// difference of the totals; the same for the unconfirmed orders, which are in no total; what has no price;
/// and what the figures rest on.
pub struct CompareView<'c> {
    /// The comparison.
    pub comparison: &'c Comparison,
    /// The rate card of the old side.
    pub old_card: &'c RateCard,
    /// The rate card of the new side.
    pub new_card: &'c RateCard,
    /// What the caller assumed beside the plans.
    pub assumed: &'c [Assumption],
}

impl View for CompareView<'_> {
    fn document(&self) -> Document {
        let header =
            Header { title: self.title(), answer: answer(self.comparison), assumptions: self.assumptions() };
        Document { name: "compare", header, blocks: self.blocks() }
    }

    fn json(&self, catalog: &Catalog) -> impl Serialize {
        compare_json(self.comparison, &self.assumptions(), catalog)
    }

    /// One row for each customer and cause; a customer for whom nothing changed has one row without a cause.
    fn records(&self) -> Option<Records> {
        let changes = self.comparison.customers.iter().flat_map(|customer| {
            let causes = customer.causes.iter().map(move |cause| (customer, Some(cause)));
            causes.chain(customer.causes.is_empty().then_some((customer, None)))
        });
        let share = |state: &Option<CustomerState>, of: fn(&Change) -> Money| {
            state.as_ref().map(|state| of(&state.share))
        };
        let whole = |state: &Option<CustomerState>| {
            state.as_ref().map(|state| if state.complete { "true" } else { "false" })
        };
        let change = |cause: Option<&CauseChange>| cause.map_or(Change::ZERO, |cause| cause.change);
        let (firm, unconfirmed) = (StatusGrids::FIRM.of, StatusGrids::UNCONFIRMED.of);
        Some(
            Columns::of(changes)
                .left("code", "report-code", |(customer, _)| customer.party.code.as_deref())
                .left("name", "report-school", |(customer, _)| customer.party.name.as_deref())
                .right("old", "compare-old", |(customer, _)| share(&customer.old, firm))
                .right("new", "compare-new", |(customer, _)| share(&customer.new, firm))
                .right("old_unconfirmed", "compare-old-unconfirmed", |(customer, _)| {
                    share(&customer.old, unconfirmed)
                })
                .right("new_unconfirmed", "compare-new-unconfirmed", |(customer, _)| {
                    share(&customer.new, unconfirmed)
                })
                .left("old_complete", "compare-old-complete", |(customer, _)| whole(&customer.old))
                .left("new_complete", "compare-new-complete", |(customer, _)| whole(&customer.new))
                .left("cause", "compare-cause", |(_, cause)| {
                    cause.map(|cause| Cell::keyed(cause.cause.as_str(), cause_word(cause.cause)))
                })
                .right("difference", "compare-difference", |(_, cause)| firm(&change(*cause)))
                .right("difference_unconfirmed", "compare-difference-unconfirmed", |(_, cause)| {
                    unconfirmed(&change(*cause))
                })
                .records(),
        )
    }

    fn workbook(&self) -> Option<Workbook> {
        let side = |name, card, quote: &Quote| Basis {
            name: Some(Message::new(name)),
            ..basis_of(card, quote.orders.clone())
        };
        let Comparison { old, new, .. } = self.comparison;
        let basis = vec![side("compare-old", self.old_card, old), side("compare-new", self.new_card, new)];
        let workbook = Workbook::new(self.document(), new.date, basis);
        Some(workbook.or_records(|| self.records()))
    }
}

impl CompareView<'_> {
    fn title(&self) -> Message {
        let Comparison { old, new, .. } = self.comparison;
        Message::new("compare-title").with("old", side(old)).with("new", side(new))
    }

    fn blocks(&self) -> Vec<Block> {
        let comparison = self.comparison;
        let mut blocks = StatusGrids::FIRM.blocks(comparison, fields(gap_fields(comparison)));
        blocks.insert(1, Block::Chart(waterfall(comparison)));
        if StatusGrids::UNCONFIRMED.matters(comparison) {
            blocks.push(Block::Heading(Message::new("compare-unconfirmed").into()));
            blocks.extend(StatusGrids::UNCONFIRMED.blocks(comparison, None));
        }
        blocks.extend(remarks(undated_waivers(comparison)));
        blocks.extend(footnotes(&self.assumptions()));
        blocks
    }

    /// Returns what the caller assumed, and what the figures rest on.
    fn assumptions(&self) -> Vec<Assumption> {
        let Comparison { old, new, .. } = self.comparison;
        let undated = (old.date.is_none() || new.date.is_none()).then_some(Assumption::Undated);
        let orders = new.orders.iter().chain(&old.orders);
        let facts = unconfirmed_facts(orders.flat_map(|order| &order.notes));
        let facts = assumed_facts(&[self.new_card, self.old_card], facts);
        self.assumed.iter().cloned().chain(undated).chain(facts).collect()
    }
}

/// Returns how the old total becomes the new one, the largest cause first.
fn waterfall(comparison: &Comparison) -> Chart {
    let Comparison { old, new, .. } = comparison;
    let step = |cause: &CauseChange| (cause_word(cause.cause), cause.change.firm);
    let waterfall = Waterfall {
        start: (Message::new("compare-old"), old.totals.payable),
        steps: causes_by_size(comparison).into_iter().map(step).collect(),
        end: (Message::new("compare-new"), new.totals.payable),
    };
    Chart { title: Message::new("compare-chart"), kind: ChartKind::Waterfall(waterfall), requested: false }
}

fn answer(comparison: &Comparison) -> Answer {
    let Comparison { old, new, difference, .. } = comparison;
    let (old, new) = (&old.totals, &new.totals);
    let id = match difference.firm.cmp(&Money::ZERO) {
        Ordering::Greater => "compare-answer-more",
        Ordering::Less => "compare-answer-less",
        Ordering::Equal => "compare-answer-same",
    };
    let text = Message::new(id)
        .with("difference", Money::from_fen(difference.firm.fen().saturating_abs()))
        .with("percent", percent(difference.firm, old.payable))
        .with("old", payable(old))
        .with("new", payable(new));
    Answer::new(text).because(reasons(comparison)).besides(besides(comparison))
}

/// Returns a difference in percent of the old amount, in brackets; nothing if that is nothing.
fn percent(difference: Money, old: Money) -> Arg {
    let Some(part) = relative(difference, old) else { return "".into() };
    let sign = if part > Decimal::ZERO { "+" } else { "" };
    let percent = format!("{sign}{:.1}%", part * Decimal::ONE_HUNDRED);
    Message::new("compare-in-percent").with("percent", percent).into()
}

/// Returns the causes that change the confirmed total by size, the largest first.
fn causes_by_size(comparison: &Comparison) -> Vec<&CauseChange> {
    let mut causes: Vec<&CauseChange> =
        comparison.causes.iter().filter(|cause| cause.change.firm != Money::ZERO).collect();
    causes.sort_by_key(|cause| largest_first(cause.change.firm));
    causes
}

/// Returns the causes in a row.
fn reasons(comparison: &Comparison) -> Option<Message> {
    let reason = |cause: &CauseChange| {
        Message::new("compare-reason")
            .with("cause", cause_word(cause.cause))
            .with("sign", if cause.change.firm > Money::ZERO { "+" } else { "" })
            .with("difference", cause.change.firm)
    };
    let reasons: Vec<Message> = causes_by_size(comparison).into_iter().map(reason).collect();
    (!reasons.is_empty()).then(|| Message::new("compare-answer-why").with("reasons", reasons))
}

/// Returns what changed besides the confirmed totals.
fn besides(comparison: &Comparison) -> Option<Message> {
    let difference = &comparison.difference;
    let mut besides = Vec::new();
    if difference.unconfirmed != Money::ZERO {
        besides.push(Message::new("compare-besides-unconfirmed").with("difference", difference.unconfirmed));
    }
    if !comparison.is_complete() {
        besides.push(Message::new("compare-besides-unpriced"));
    }
    (!besides.is_empty()).then(|| Message::new("compare-besides").with("besides", besides))
}

fn side(quote: &Quote) -> Message {
    match quote.date {
        Some(date) => Message::new("compare-side-dated").with("date", date),
        None => Message::new("compare-side-undated"),
    }
    .with("card", quote.rate_card.as_str())
}

/// Returns the fields of accounts without a price, on either side: they are in none of the sums.
fn gap_fields(comparison: &Comparison) -> Vec<Field> {
    let unpriced = |label, side: &Quote| unpriced_field(label, side.totals.payable_unpriced);
    let incomplete = (!comparison.is_complete()).then(|| incomplete_field("compare-difference"));
    [
        unpriced("compare-old-unpriced", &comparison.old),
        unpriced("compare-new-unpriced", &comparison.new),
        incomplete,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Waivers of an undated side, which a date could end.
fn undated_waivers(comparison: &Comparison) -> Vec<Remark> {
    let mut remarks: Vec<Remark> = Vec::new();
    for order in comparison.old.orders.iter().chain(&comparison.new.orders) {
        for note in order.notes.iter().filter(|note| note.code() == NoteCode::WaiverUndated) {
            let tag = order.payer.name.clone().map(Tag::from);
            let remark = Remark::new(note_text(note)).tagged(tag).toned(Tone::Caution);
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
    }
    remarks
}

#[cfg(test)]
mod tests;
