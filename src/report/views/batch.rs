//! The summary of `batch`: sums in, a document for people out. The rows themselves are no view: there may be millions.

use std::sync::Arc;

use super::facts::{assumed_facts, footnotes};
use crate::account::AccountType;
use crate::assumption::Assumption;
use crate::batch::{CardTotal, Summary};
use crate::diagnostic::lang::{Message, waiver_kind_word};
use crate::money::Amount;
use crate::pricing::TierTotal;
use crate::rates::RateCard;
use crate::report::{Answer, Block, Cell, Columns, Document, Field, Grid, Header, Heading, Tone};

/// Returns the summary of a batch of this name on these rate cards.
pub fn batch_document(summary: &Summary, name: &str, cards: &[Arc<RateCard>]) -> Document {
    let cards: Vec<&RateCard> = cards.iter().map(AsRef::as_ref).collect();
    let undated = summary.undated.then_some(Assumption::Undated);
    let facts = assumed_facts(&cards, summary.facts.iter().map(String::as_str));
    let assumptions: Vec<Assumption> = undated.into_iter().chain(facts).collect();
    let mut blocks = vec![Block::Fields(figures(summary))];
    for total in &summary.cards {
        let title = Message::new("batch-tiers-of").with("card", total.card.as_str());
        blocks.push(Block::Heading(Heading::from(title)));
        blocks.push(Block::Grid(tiers(total)));
    }
    blocks.extend(footnotes(&assumptions));
    let title = Message::new("batch-title").with("file", name);
    Document { name: "batch", header: Header { title, answer: answer(summary), assumptions }, blocks }
}

/// Returns what all rows together cost.
fn answer(summary: &Summary) -> Answer {
    let id = if summary.rejected > 0 { "batch-answer-rejected" } else { "batch-answer" };
    let text = Message::new(id)
        .with("count", number(summary.rows))
        .with("rows", summary.rows)
        .with("payable", summary.payable)
        .with("priced", summary.rows - summary.rejected)
        .with("rejected", summary.rejected);
    let incomplete = Message::new("batch-answer-incomplete")
        .with("count", number(summary.incomplete))
        .with("rows", summary.incomplete)
        .with("basic", summary.unpriced.basic)
        .with("interop", summary.unpriced.interop);
    let tone = if summary.rejected > 0 { Tone::Caution } else { Tone::Strong };
    Answer::new(text).toned(tone).besides((summary.incomplete > 0).then_some(incomplete))
}

/// Returns a number that chooses a plural form.
fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn figures(summary: &Summary) -> Vec<Field> {
    let mut fields = vec![Field::new("batch-rows", summary.rows)];
    if summary.rejected > 0 {
        fields.push(Field::new("batch-priced", summary.rows - summary.rejected));
        fields.push(Field::new("batch-rejected", summary.rejected).toned(Tone::Caution));
    }
    fields.push(Field::new("report-list-price", summary.list_price));
    for waiver in &summary.waivers {
        let label = Message::new("batch-waived-rows")
            .with("kind", waiver_kind_word(waiver.kind))
            .with("rows", waiver.rows);
        fields.push(Field { label, value: waiver.waived.into(), tone: Tone::Free });
    }
    fields.push(Field::new("report-payable", summary.payable).toned(Tone::Strong));
    fields
}

/// Returns the accounts and their annual list prices by tier.
fn tiers(total: &CardTotal) -> Grid {
    let used = total.tiers.iter().filter(|tier| tier.accounts != Default::default());
    let annual = |tier: &TierTotal, kind: AccountType| match tier.annual.get(kind) {
        Some(amount) => Cell::from(*amount),
        None if *tier.accounts.get(kind) > 0 => Cell::Unknown,
        None => Cell::Empty,
    };
    let sum = |kind: AccountType| {
        let accounts: u64 = total.tiers.iter().map(|tier| tier.accounts.get(kind)).sum();
        let annual = total.tiers.iter().filter_map(|tier| *tier.annual.get(kind));
        (accounts, annual.into_iter().try_fold(Amount::ZERO, Amount::checked_add))
    };
    let (basic, interop) = (sum(AccountType::Basic), sum(AccountType::Interop));
    Columns::of(used)
        .left("tier", "report-tier", |tier| Cell::Range { from: tier.from, to: tier.to })
        .right("basic", "report-basic", |tier| tier.accounts.basic)
        .right("basic_annual", "batch-basic-annual", |tier| annual(tier, AccountType::Basic))
        .right("interop", "report-interop", |tier| tier.accounts.interop)
        .right("interop_annual", "batch-interop-annual", |tier| annual(tier, AccountType::Interop))
        .grid()
        .total(vec![
            Message::new("report-total").into(),
            basic.0.into(),
            basic.1.into(),
            interop.0.into(),
            interop.1.into(),
        ])
}
