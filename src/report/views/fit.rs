//! The view of `fit`: an amount of money and its answer in; the answer, its order and its price curve out.

use jiff::civil::Date;
use serde::Serialize;

use super::facts::{assumed_facts, footnotes, remarks, unconfirmed_facts};
use super::quote::{line_grid, list_price, note_remarks, waiver_field};
use super::tiers::basis_of;
use super::words::account_type;
use crate::account::AccountType;
use crate::analysis::fit::{Fit, FitRequest, PriceCurve, Stop};
use crate::assumption::Assumption;
use crate::diagnostic::lang::{Arg, Catalog, Message, account_type_word, term_words};
use crate::money::Money;
use crate::rates::RateCard;
use crate::report::json::fit_json;
use crate::report::{
    Answer, Block, Chart, ChartKind, Columns, Curve, Document, Field, Header, Records, Tone, View, Workbook,
};

/// The accounts that an amount of money buys: the answer with what it leaves over and what is missing for one
/// account more, the order that buys it line by line, the price against the count, and what the figures rest
/// on.
pub struct FitView<'f> {
    /// The rate card.
    pub card: &'f RateCard,
    /// The pricing date, Beijing time.
    pub date: Option<Date>,
    /// The question.
    pub request: &'f FitRequest,
    /// The answer.
    pub fit: &'f Fit,
    /// The price against the count.
    pub curve: &'f PriceCurve,
    /// True if text and JSON show the curve too.
    pub curve_requested: bool,
}

impl View for FitView<'_> {
    fn document(&self) -> Document {
        let mut blocks = vec![self.figures()];
        if let Some(quote) = self.fit.quote.as_ref().filter(|quote| !quote.lines.is_empty()) {
            blocks.push(Block::Grid(line_grid(self.card, quote)));
        }
        if self.curve.points.last().is_some_and(|point| point.payable > Money::ZERO) {
            blocks.push(Block::Chart(chart(self.request, self.curve, self.curve_requested)));
        }
        blocks.extend(self.notes());
        self.document_of(blocks)
    }

    fn json(&self, catalog: &Catalog) -> impl Serialize {
        let curve = self.curve_requested.then_some(self.curve);
        fit_json(self.card, self.date, self.request, self.fit, curve, &self.assumptions(), catalog)
    }

    /// Returns one row: the answer.
    fn records(&self) -> Option<Records> {
        let next = self.fit.next();
        Some(
            Columns::of([self.fit])
                .right("amount", "report-amount", |_| self.request.amount)
                .right("basic", "report-basic", |fit| fit.counts.basic)
                .right("interop", "report-interop", |fit| fit.counts.interop)
                .right("payable", "report-payable", |fit| fit.payable)
                .right("left_over", "fit-left-over", |fit| fit.left_over)
                .right("average", "fit-average", |fit| fit.average.map(|average| average.per_account))
                .left("next_type", "fit-next", |_| next.map(|next| account_type(next.account_type)))
                .right("next_costs", "fit-next-price", |_| next.map(|next| next.costs))
                .right("short", "fit-short", |_| next.map(|next| next.short))
                .records(),
        )
    }

    fn workbook(&self) -> Option<Workbook> {
        let blocks = std::iter::once(self.figures()).chain(self.notes()).collect();
        let basis = vec![basis_of(self.card, self.fit.quote.iter().cloned().collect())];
        let workbook = Workbook::new(self.document_of(blocks), self.date, basis);
        Some(workbook.or_records(|| self.records()))
    }
}

impl FitView<'_> {
    fn title(&self) -> Message {
        match self.date {
            Some(date) => Message::new("fit-title-dated").with("date", date),
            None => Message::new("fit-title-undated"),
        }
        .with("amount", self.request.amount)
        .with("card", self.card.id.as_str())
    }

    fn document_of(&self, blocks: Vec<Block>) -> Document {
        let header = Header { title: self.title(), answer: self.answer(), assumptions: self.assumptions() };
        Document { name: "fit", header, blocks }
    }

    fn answer(&self) -> Answer {
        let text = Message::new("fit-answer")
            .with("amount", self.request.amount)
            .with("accounts", accounts(self.request, self.fit))
            .with("left-over", self.fit.left_over);
        let stop = match self.fit.stop {
            Stop::NoPrice { .. } => Some(stop_text(&self.fit.stop)),
            Stop::Amount(_) | Stop::OrderLimit { .. } => None,
        };
        Answer::new(text).besides(stop)
    }

    /// Returns what the figures rest on.
    fn assumptions(&self) -> Vec<Assumption> {
        let undated = self.date.is_none().then_some(Assumption::Undated);
        let facts = assumed_facts(&[self.card], unconfirmed_facts(&self.fit.notes));
        undated.into_iter().chain(facts).collect()
    }

    fn figures(&self) -> Block {
        Block::Fields(figures(self.card, self.request, self.fit))
    }

    fn notes(&self) -> impl Iterator<Item = Block> {
        let footnotes = footnotes(&self.assumptions());
        remarks(note_remarks(self.card, &self.fit.notes)).into_iter().chain(footnotes)
    }
}

fn figures(card: &RateCard, request: &FitRequest, fit: &Fit) -> Vec<Field> {
    let mut fields = vec![Field::new("fit-accounts", accounts(request, fit)).toned(Tone::Strong)];
    if let Some(days) = card.term.days(request.order.term) {
        fields.push(Field::new("report-term", term_words(request.order.term, days)));
    }
    if let Some(quote) = &fit.quote {
        if quote.is_free() {
            fields.push(Field::new("report-list-price", list_price(quote)));
        }
        fields.extend(waiver_field(quote));
    }
    fields.push(Field::new("report-payable", fit.payable).toned(Tone::Strong));
    fields.push(Field::new("fit-left-over", fit.left_over));
    if let Some(average) = fit.average {
        let id = if average.rounded { "fit-average-rounded" } else { "fit-average-exact" };
        fields.push(Field::new("fit-average", Message::new(id).with("price", average.per_account)));
    }
    fields.extend(next_fields(fit));
    fields
}

/// Returns `265 interop`, or `8 basic, 20 interop`; with a ratio, how many times it is bought in full.
fn accounts(request: &FitRequest, fit: &Fit) -> Message {
    let ratio = request.mix.ratio();
    let wanted = AccountType::ALL.into_iter().filter(|kind| *ratio.get(*kind) > 0);
    let counted = wanted.map(|kind| {
        Arg::from(
            Message::new("fit-counted")
                .with("count", u64::from(*fit.counts.get(kind)))
                .with("type", account_type_word(kind)),
        )
    });
    let list = Message::new("report-list").with("items", Arg::List(counted.collect()));
    if ratio.basic == 0 || ratio.interop == 0 {
        return list;
    }
    Message::new("fit-counted-mix")
        .with("list", list)
        .with("total", u64::from(fit.accounts))
        .with("basic", u64::from(ratio.basic))
        .with("interop", u64::from(ratio.interop))
}

fn next_fields(fit: &Fit) -> Vec<Field> {
    let Stop::Amount(next) = &fit.stop else {
        if let (true, Stop::OrderLimit { account_type, most }) = (fit.is_free(), &fit.stop) {
            let limit = Message::new("fit-free-up-to")
                .with("most", u64::from(*most))
                .with("type", account_type_word(*account_type));
            return vec![Field::new("fit-next", limit)];
        }
        return vec![Field::new("fit-next", stop_text(&fit.stop)).toned(stop_tone(&fit.stop))];
    };
    let costs = match next.unit_price {
        Some(price) => Message::new("fit-next-costs").with("year", price),
        None => Message::new("fit-next-costs-alone"),
    }
    .with("type", account_type_word(next.account_type))
    .with("costs", next.costs);
    vec![Field::new("fit-next", costs), Field::new("fit-short", next.short)]
}

fn stop_text(stop: &Stop) -> Message {
    match stop {
        Stop::Amount(next) => Message::new("fit-stop-amount")
            .with("type", next.account_type)
            .with("costs", next.costs)
            .with("short", next.short),
        Stop::NoPrice { account_type, ordinal } => {
            Message::new("fit-stop-no-price").with("type", *account_type).with("ordinal", *ordinal)
        }
        Stop::OrderLimit { account_type, most } => {
            Message::new("fit-stop-order-limit").with("type", *account_type).with("most", u64::from(*most))
        }
    }
}

fn stop_tone(stop: &Stop) -> Tone {
    match stop {
        Stop::NoPrice { .. } => Tone::Caution,
        Stop::Amount(_) | Stop::OrderLimit { .. } => Tone::Plain,
    }
}

fn chart(request: &FitRequest, curve: &PriceCurve, requested: bool) -> Chart {
    let point = |point: &crate::analysis::fit::CurvePoint| (point.accounts, point.payable);
    let ratio = request.mix.ratio();
    let title = match (ratio.basic, ratio.interop) {
        (_, 0) => Message::new("fit-chart-of-type").with("type", account_type_word(AccountType::Basic)),
        (0, _) => Message::new("fit-chart-of-type").with("type", account_type_word(AccountType::Interop)),
        (basic, interop) => Message::new("fit-chart-of-mix")
            .with("basic", u64::from(basic))
            .with("interop", u64::from(interop)),
    };
    Chart {
        title,
        kind: ChartKind::Curve(Curve {
            points: curve.points.iter().map(point).collect(),
            edges: curve.edges.iter().map(|edge| edge.accounts.saturating_sub(1)).collect(),
            position: Some(point(&curve.place)),
        }),
        requested,
    }
}
