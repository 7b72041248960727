//! The view of `quote`: a quote and its rate card in; a summary and an invoice for each order out.

mod answer;
mod position;
mod summary;

use serde::Serialize;

use self::answer::answer;
use self::position::{Positions, nothing_to_buy};
use self::summary::{not_in_total, summary_heading, total_grid};
use super::charts::{payable_by_payer, price_curves};
use super::facts::{
    assumed_facts, fact_tag, fields, footnotes, incomplete_field, remarks, unconfirmed_facts, unpriced_field,
};
use super::tiers::basis_of;
use super::words::{account_type, order_status};
use crate::account::Counts;
use crate::assumption::Assumption;
use crate::diagnostic::lang::{Catalog, Message, term_words, waiver_kind_word};
use crate::money::Money;
use crate::planning::quote::PayerPosition;
use crate::pricing::{Line, MemberQuote, Note, NoteCode, OrderQuote, OrderStatus, PriceTable, Quote};
use crate::rates::RateCard;
use crate::report::explain::{explain, waiver_reason};
use crate::report::json::quote_json;
use crate::report::notes::note_text;
use crate::report::{
    Answer, Block, Cell, Columns, Document, Field, Footer, Grid, Header, Heading, LeftOut, PartRole, Records,
    Remark, Tone, View, Workbook,
};

/// A quote as an invoice: each order with its items, what is waived and what is left to pay; with several
/// orders, a summary and the totals; at the end what the figures rest on.
pub struct QuoteView<'q> {
    /// The quote.
    pub quote: &'q Quote,
    /// The rate card that it is priced on.
    pub card: &'q RateCard,
    /// True if the reasoning follows each order, in sentences.
    pub explained: bool,
    /// The position of each payer of a plan; none for an order from flags.
    pub positions: &'q [PayerPosition],
    /// What the caller assumed beside the plan.
    pub assumed: &'q [Assumption],
}

impl View for QuoteView<'_> {
    fn document(&self) -> Document {
        let table = PriceTable::new(self.card).ok();
        let mut blocks = Vec::new();
        if self.has_summary() {
            blocks.push(summary_heading());
            blocks.push(Block::Grid(total_grid(self.quote)));
            blocks.extend(fields(self.summary_fields()));
            blocks.extend(payable_by_payer(self.quote).map(Block::Chart));
            blocks.extend(not_in_total(self.quote));
        }
        for (index, order) in self.quote.orders.iter().enumerate() {
            blocks.extend(self.heading(index, order));
            blocks.extend(self.positions().of_order(index));
            if order.members.len() > 1 {
                blocks.push(Block::Grid(member_grid(order)));
            }
            if !order.lines.is_empty() {
                blocks.push(Block::Grid(line_grid(self.card, order)));
            }
            blocks.extend(self.order_notes(order));
            let curves = table.iter().flat_map(|table| price_curves(self.card, table, order));
            blocks.extend(curves.map(Block::Chart));
        }
        blocks.extend(self.positions().covered());
        blocks.extend(footnotes(&self.assumptions()));
        self.document_of(blocks)
    }

    fn json(&self, catalog: &Catalog) -> impl Serialize {
        quote_json(self.quote, self.positions, self.card, &self.assumptions(), catalog, self.explained)
    }

    /// Returns one row a line; an order without lines has one row with its amounts.
    fn records(&self) -> Option<Records> {
        let lines = self.quote.orders.iter().flat_map(|order| {
            let lines = order.lines.iter().map(move |line| (order, Some(line)));
            lines.chain(order.lines.is_empty().then_some((order, None)))
        });
        Some(
            Columns::of(lines)
                .left("payer_code", "report-code", |(order, _)| order.payer.code.as_deref())
                .left("payer_name", "report-school", |(order, _)| order.payer.name.as_deref())
                .left("status", "report-status", |(order, _)| order_status(order.status))
                .left("account_type", "report-account", |(_, line)| {
                    line.map(|line| account_type(line.account_type))
                })
                .left("member_code", "report-member", |(order, line)| {
                    let member = line.and_then(|line| order.members.get(line.member?));
                    member.and_then(|member| member.party.code.as_deref())
                })
                .left("tier", "report-tier", |(_, line)| line.map(|line| tier(self.card, line)))
                .right("from", "report-first", |(_, line)| line.map(|line| line.from))
                .right("to", "report-last", |(_, line)| line.map(|line| line.to))
                .right("count", "report-accounts", |(_, line)| line.map(|line| line.count()))
                .right("unit_price", "report-unit-price", |(_, line)| line.and_then(|line| line.unit_price))
                .right("annual", "report-amount-a-year", |(_, line)| line.and_then(|line| line.annual))
                .right("months", "report-months", |(order, _)| order.term.months)
                .right("days", "report-days", |(order, _)| order.term.days)
                .right("order_list_price", "report-list-price", |(order, _)| order.list_price())
                .right("order_payable", "report-payable", |(order, _)| order.payable())
                .records(),
        )
    }

    /// Returns a workbook of the orders, which have all the figures.
    fn workbook(&self) -> Option<Workbook> {
        let mut blocks = Vec::new();
        if self.has_summary() {
            blocks.push(summary_heading());
            blocks.extend(fields(self.summary_fields()));
        }
        for (index, order) in self.quote.orders.iter().enumerate() {
            blocks.extend(self.heading(index, order));
            blocks.extend(self.positions().of_order(index));
            blocks.extend(self.order_notes(order));
        }
        blocks.extend(self.positions().covered());
        blocks.extend(footnotes(&self.assumptions()));
        let basis = vec![basis_of(self.card, self.quote.orders.clone())];
        Some(Workbook::new(self.document_of(blocks), self.quote.date, basis))
    }
}

impl QuoteView<'_> {
    fn document_of(&self, blocks: Vec<Block>) -> Document {
        let header = Header { title: self.title(), answer: self.answer(), assumptions: self.assumptions() };
        Document { name: "quote", header, blocks }
    }

    fn positions(&self) -> Positions<'_> {
        Positions(self.positions)
    }

    fn answer(&self) -> Answer {
        nothing_to_buy(self.quote, self.positions)
            .unwrap_or_else(|| answer(self.quote, &self.positions(), self.is_named()))
    }

    /// Returns what the caller assumed, and what the figures rest on.
    fn assumptions(&self) -> Vec<Assumption> {
        let undated = self.quote.date.is_none().then_some(Assumption::Undated);
        let notes = self.quote.orders.iter().flat_map(|order| &order.notes);
        let facts = assumed_facts(&[self.card], unconfirmed_facts(notes));
        self.assumed.iter().cloned().chain(undated).chain(facts).collect()
    }

    fn title(&self) -> Message {
        match self.quote.date {
            Some(date) => Message::new("report-quote-title-dated").with("date", date),
            None => Message::new("report-quote-title-undated"),
        }
        .with("card", self.quote.rate_card.as_str())
    }

    /// Returns true if the payers have names, as those of a plan do.
    fn is_named(&self) -> bool {
        self.quote.orders.iter().any(|order| order.payer.code.is_some())
    }

    fn heading(&self, index: usize, order: &OrderQuote) -> Option<Block> {
        let heading = Message::new("report-order-heading")
            .with("number", index + 1)
            .with("name", order.payer.name.clone().unwrap_or_default())
            .with("code", order.payer.code.clone().unwrap_or_default());
        self.is_named().then(|| Block::Heading(Heading::from(heading).of(PartRole::Item)))
    }

    /// Returns the amounts of an order, notes on it and, if asked for, the reasoning.
    fn order_notes(&self, order: &OrderQuote) -> Vec<Block> {
        let mut blocks = Vec::new();
        if self.is_named() || order.waiver.is_some() || order.test_enterprise || !order.is_complete() {
            blocks.push(Block::Fields(order_fields(order)));
        }
        blocks.extend(remarks(note_remarks(self.card, &order.notes)));
        if self.explained {
            let sentences = explain(self.card, self.quote.date, order);
            blocks.push(Block::Remarks(sentences.into_iter().map(Remark::new).collect()));
        }
        blocks
    }

    fn has_summary(&self) -> bool {
        self.quote.orders.len() > 1
    }

    fn summary_fields(&self) -> Vec<Field> {
        let totals = &self.quote.totals;
        let waived = (totals.waived > Money::ZERO).then(|| Field::new("report-total-waived", totals.waived));
        let incomplete = (!totals.complete).then(|| incomplete_field("report-total"));
        let unpriced = unpriced_field("report-total-unpriced", totals.unpriced);
        waived.into_iter().chain(unpriced).chain(incomplete).collect()
    }
}

/// Returns the notes as remarks, except those on unconfirmed facts.
pub(super) fn note_remarks(card: &RateCard, notes: &[Note]) -> Vec<Remark> {
    let remark = |note: &Note| {
        let tag = note.fact.as_deref().map(|fact| fact_tag(&[card], fact));
        Remark::new(note_text(note)).tagged(tag).toned(tone(note.code()))
    };
    notes.iter().filter(|note| note.code() != NoteCode::UnconfirmedFact).map(remark).collect()
}

/// Returns the lines of an order, and its formula under them.
pub(super) fn line_grid(card: &RateCard, order: &OrderQuote) -> Grid {
    let grid = Columns::of(&order.lines)
        .left("account_type", "report-account", |line| line.account_type)
        .when(order.lines.iter().any(|line| line.member.is_some()), |columns| {
            columns.left("member", "report-member", |line| member_name(order, line))
        })
        .left("tier", "report-tier", |line| tier(card, line))
        .when(!order.start.is_zero(), |columns| {
            columns.left("ordinals", "report-ordinals", |line| Cell::Range {
                from: line.from,
                to: Some(line.to),
            })
        })
        .right("count", "report-accounts", |line| line.count())
        .right("unit_price", "report-unit-price", |line| Cell::known(line.unit_price))
        .left_out(LeftOut::ToKeepWords)
        .right("annual", amount_title(order), |line| Cell::known(line.annual))
        .grid();
    let grid = if order.factor.is_one() { grid } else { with_year(grid, order) };
    let footer = Footer { text: order.formula.clone(), value: list_price(order) };
    Grid { footer: Some(footer), ..grid }
}

/// Returns the member whose accounts a line prices, where the tiers run over each member on its own.
fn member_name<'o>(order: &'o OrderQuote, line: &Line) -> Option<&'o str> {
    let party = &order.members.get(line.member?)?.party;
    party.name.as_deref().or(party.code.as_deref())
}

/// Returns the lines with what a year of them costs, which the formula multiplies by the term.
fn with_year(grid: Grid, order: &OrderQuote) -> Grid {
    let mut total = vec![Cell::Empty; grid.columns.len()];
    total[0] = Message::new("report-a-year").into();
    if let Some(last) = total.last_mut() {
        *last = order.priced_annual_sum().into();
    }
    grid.total(total)
}

/// Returns the title of the amounts: if the term is not a year, it says that the lines are a year's, since
/// they do not add up to the price.
fn amount_title(order: &OrderQuote) -> &'static str {
    if order.factor.is_one() { "report-amount" } else { "report-amount-a-year" }
}

fn tier(card: &RateCard, line: &Line) -> Cell {
    match line.tier.and_then(|index| card.tiers.get(index)) {
        Some(tier) => Cell::Range { from: tier.from.into(), to: tier.to.map(Into::into) },
        None => Cell::Range {
            from: card.negotiated.as_ref().map_or(line.from, |rule| rule.from.into()),
            to: None,
        },
    }
}

fn member_grid(order: &OrderQuote) -> Grid {
    let name = |member: &MemberQuote| match (&member.party.name, member.status, order.status) {
        (Some(name), OrderStatus::Unconfirmed, OrderStatus::Confirmed) => {
            Message::new("report-name-unconfirmed").with("name", name.as_str()).into()
        }
        (name, ..) => Cell::from(name.as_deref()),
    };
    let bought = bought(order);
    Columns::of(&order.members)
        .left("code", "report-code", |member| member.party.code.as_deref())
        .left_out(LeftOut::ToKeepWords)
        .left("name", "report-member", |member| name(member))
        .right("basic", "report-basic", |member| member.counts.basic)
        .left_out(LeftOut::Folded)
        .right("interop", "report-interop", |member| member.counts.interop)
        .left_out(LeftOut::Folded)
        .right("share", "report-share", |member| Cell::known(member.share))
        .grid()
        .total(vec![
            Cell::Empty,
            Message::new("report-total").into(),
            bought.basic.into(),
            bought.interop.into(),
            Cell::known(order.payable()),
        ])
}

fn order_fields(order: &OrderQuote) -> Vec<Field> {
    let mut fields = vec![Field::new("report-term", term_words(order.term, order.days))];
    if order.charged {
        fields.push(Field::new("report-list-price", list_price(order)));
    }
    fields.extend(waiver_field(order));
    let payable = match order.payable() {
        Some(payable) => Field::new("report-payable", payable).toned(Tone::Strong),
        None => Field::new("report-payable", at_least(order)).toned(Tone::Caution),
    };
    fields.push(payable);
    fields
}

/// Returns the field of the waiver that was considered: its result and reason.
pub(super) fn waiver_field(order: &OrderQuote) -> Option<Field> {
    let finding = order.waiver.as_ref()?;
    let id = if finding.applied() { "report-waived" } else { "report-not-waived" };
    let waiver = Message::new(id)
        .with("kind", waiver_kind_word(finding.kind))
        .with("reason", waiver_reason(&finding.reason));
    Some(Field::new("report-waiver", waiver))
}

/// Returns the list price, as far as it is known.
pub(super) fn list_price(order: &OrderQuote) -> Cell {
    order.list_price().map_or_else(|| at_least(order).into(), Cell::from)
}

fn at_least(order: &OrderQuote) -> Message {
    Message::new("report-priced-part").with("priced", order.priced)
}

/// Returns the accounts that an order buys.
pub(super) fn bought(order: &OrderQuote) -> Counts {
    let counts = order.members.iter().map(|member| member.counts);
    counts.fold(Counts::ZERO, |sum, counts| sum.checked_add(counts).unwrap_or(sum))
}

fn tone(code: NoteCode) -> Tone {
    match code {
        NoteCode::NegotiatedUnpriced
        | NoteCode::Unconfirmed
        | NoteCode::MemberUnconfirmed
        | NoteCode::WaiverUndated => Tone::Caution,
        _ => Tone::Plain,
    }
}
