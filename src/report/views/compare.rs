//! The view of `compare`: a comparison in; its differences by customer and by cause out.

mod budget_change;
mod budgets;
mod change;
mod payers;
mod sentences;
mod status_grids;

use serde::Serialize;

pub use self::budgets::CompareBudgetsView;
use self::change::change;
use self::sentences::{besides, difference_text, reasons, waterfall};
use self::status_grids::{AmountRow, Explained, Figures, NEW, OLD, StatusGrids};
use super::facts::{
    assumed_facts, fields, footnotes, incomplete_field, remarks, unconfirmed_facts, unpriced_field,
};
use super::tiers::basis_of;
use super::words::cause_word;
use crate::account::AccountType;
use crate::analysis::compare::{Cause, CauseChange, Change, Comparison, CustomerChange, CustomerState};
use crate::assumption::Assumption;
use crate::diagnostic::lang::{Catalog, Message};
use crate::money::Money;
use crate::pricing::{NoteCode, OrderStatus, Party, Quote};
use crate::rates::RateCard;
use crate::report::json::compare_json;
use crate::report::notes::note_text;
use crate::report::{
    Answer, Basis, Block, Cell, Columns, Document, Field, Header, Records, Remark, Source, Tag, Tone, View,
    Workbook,
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
        self.document_of(self.blocks(Figures::Shown))
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
        let workbook = Workbook::new(self.document_of(self.blocks(Figures::Typed)), new.date, basis);
        Some(workbook.or_records(|| self.records()))
    }
}

impl CompareView<'_> {
    fn title(&self) -> Message {
        let Comparison { old, new, .. } = self.comparison;
        Message::new("compare-title").with("old", side(old)).with("new", side(new))
    }

    fn document_of(&self, blocks: Vec<Block>) -> Document {
        let header =
            Header { title: self.title(), answer: answer(self.comparison), assumptions: self.assumptions() };
        Document { name: "compare", header, blocks }
    }

    fn blocks(&self, figures: Figures) -> Vec<Block> {
        let comparison = self.comparison;
        let Comparison { old, new, customers, causes, .. } = comparison;
        let explained: Vec<ExplainedCustomer> =
            customers.iter().map(|customer| ExplainedCustomer { customer, comparison }).collect();
        let mut blocks = vec![
            Block::Grid(StatusGrids::FIRM.amount_grid(customers, figures)),
            Block::Chart(waterfall(old.totals.payable, causes, cause_word, new.totals.payable)),
        ];
        blocks.extend(fields(gap_fields(comparison)));
        blocks.extend(StatusGrids::FIRM.why_blocks(customers, &explained));
        if StatusGrids::UNCONFIRMED.matters(customers) {
            blocks.push(Block::Heading(Message::new("compare-unconfirmed").into()));
            blocks.push(Block::Grid(StatusGrids::UNCONFIRMED.amount_grid(customers, figures)));
            blocks.extend(StatusGrids::UNCONFIRMED.why_blocks(customers, &explained));
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

fn answer(comparison: &Comparison) -> Answer {
    let Comparison { old, new, difference, causes, .. } = comparison;
    let reasons = reasons(causes, cause_word);
    let why = (!reasons.is_empty()).then(|| Message::new("compare-answer-why").with("reasons", reasons));
    Answer::new(difference_text(difference.firm, &old.totals, &new.totals))
        .because(why)
        .besides(besides(*difference, comparison.is_priced()))
}

impl AmountRow for CustomerChange {
    fn party(&self) -> &Party {
        &self.party
    }

    fn amount(&self, side: usize, status: OrderStatus) -> Option<Money> {
        let state = state_of(self, side)?;
        (state.status == status).then_some(match status {
            OrderStatus::Confirmed => state.share.firm,
            OrderStatus::Unconfirmed => state.share.unconfirmed,
        })
    }

    fn source(&self, side: usize, status: OrderStatus) -> Option<Source> {
        let state = state_of(self, side)?;
        Some(Source::Share { basis: side, order: state.order?, member: state.member, status })
    }

    fn accounts(&self, side: usize, status: OrderStatus, account_type: AccountType) -> Option<Cell> {
        let state = state_of(self, side).filter(|state| state.status == status)?;
        let (basis, order, member) = (side, state.order?, state.member);
        let count = Cell::from(*state.counts.get(account_type));
        Some(count.computed(Source::Bought { basis, order, member, account_type }))
    }

    fn difference(&self) -> Change {
        self.difference
    }

    fn is_changed(&self, of: fn(&Change) -> Money) -> bool {
        self.causes.iter().any(|cause| of(&cause.change) != Money::ZERO)
    }

    fn has_gap(&self) -> bool {
        self.old.iter().chain(&self.new).any(|state| !state.complete)
    }

    fn hides_change(&self) -> bool {
        let is_like = self.old.as_ref().zip(self.new.as_ref()).is_some_and(|(old, new)| old.is_like(new));
        self.has_gap() && !is_like
    }
}

fn state_of(customer: &CustomerChange, side: usize) -> Option<&CustomerState> {
    match side {
        OLD => customer.old.as_ref(),
        NEW => customer.new.as_ref(),
        _ => None,
    }
}

/// A customer, and the comparison that tells what changed.
struct ExplainedCustomer<'c> {
    customer: &'c CustomerChange,
    comparison: &'c Comparison,
}

impl Explained for ExplainedCustomer<'_> {
    fn party(&self) -> &Party {
        &self.customer.party
    }

    fn causes(&self) -> &[CauseChange] {
        &self.customer.causes
    }

    fn difference(&self) -> Change {
        self.customer.difference
    }

    fn change(&self, cause: Cause) -> Option<Message> {
        change(cause, self.customer, self.comparison)
    }
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
