use jiff::civil::Date;

use super::quote::{line_grid, list_price, note_remarks, push_footnotes, waiver_field};
use super::words::account_type;
use super::workbook::{basis_of, workbook};
use crate::account::{AccountType, Counts};
use crate::analysis::fit::{Fit, FitRequest, PriceCurve, Stop};
use crate::diagnostic::lang::{Arg, Message, account_type_word, term_words};
use crate::money::Money;
use crate::rates::RateCard;
use crate::report::{Block, Cell, Chart, ChartKind, Column, Curve, Field, Grid, Report, Row, Tone};

/// What an amount of money buys: the answer with what it leaves over and what is missing for one account more,
/// the order that buys it line by line, the price against the count, and what the figures rest on.
pub fn fit_report(
    card: &RateCard,
    date: Option<Date>,
    request: &FitRequest,
    fit: &Fit,
    chart: &PriceCurve,
) -> Report {
    let mut blocks = vec![Block::Fields(fields(card, request, fit))];
    if let Some(quote) = fit.quote.as_ref().filter(|quote| !quote.lines.is_empty()) {
        blocks.push(Block::Grid(line_grid(card, quote)));
    }
    if chart.points.last().is_some_and(|point| point.payable > Money::ZERO) {
        blocks.push(Block::Chart(curve(request, chart)));
    }
    let remarks = note_remarks(&fit.notes);
    if !remarks.is_empty() {
        blocks.push(Block::Remarks(remarks));
    }
    push_footnotes(&mut blocks, &fit.notes);
    let basis = basis_of(card, fit.quote.iter().cloned().collect());
    let workbook =
        workbook(title(card, date, request), date, &blocks, vec![basis]).or_records(|| items(request, fit));
    Report {
        name: "fit",
        title: title(card, date, request),
        date,
        blocks,
        items: items(request, fit),
        workbook,
        agenda: None,
    }
}

fn title(card: &RateCard, date: Option<Date>, request: &FitRequest) -> Message {
    match date {
        Some(date) => Message::new("fit-title-dated").with("date", date),
        None => Message::new("fit-title-undated"),
    }
    .with("amount", request.amount)
    .with("card", card.id.as_str())
}

fn fields(card: &RateCard, request: &FitRequest, fit: &Fit) -> Vec<Field> {
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

/// `265 interop`, or `8 basic, 20 interop`; with a ratio, how many times it is bought in full.
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
        return vec![Field::new("fit-next", fit.stop.message()).toned(stop_tone(&fit.stop))];
    };
    let costs = match next.unit_price {
        Some(price) => Message::new("fit-next-costs").with("year", price),
        None => Message::new("fit-next-costs-alone"),
    }
    .with("type", account_type_word(next.account_type))
    .with("costs", next.costs);
    vec![Field::new("fit-next", costs), Field::new("fit-short", next.short)]
}

fn stop_tone(stop: &Stop) -> Tone {
    match stop {
        Stop::NoPrice { .. } => Tone::Caution,
        Stop::Amount(_) | Stop::OrderLimit { .. } => Tone::Plain,
    }
}

fn curve(request: &FitRequest, chart: &PriceCurve) -> Chart {
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
            points: chart.points.iter().map(point).collect(),
            edges: chart.edges.iter().map(|edge| edge.accounts.saturating_sub(1)).collect(),
            place: Some(point(&chart.place)),
        }),
    }
}

/// One row: the answer.
fn items(request: &FitRequest, fit: &Fit) -> Grid {
    let columns = vec![
        Column::right("amount", "report-amount"),
        Column::right("basic", "report-basic"),
        Column::right("interop", "report-interop"),
        Column::right("payable", "report-payable"),
        Column::right("left_over", "fit-left-over"),
        Column::right("average", "fit-average"),
        Column::left("next_type", "fit-next"),
        Column::right("next_costs", "fit-next-price"),
        Column::right("short", "fit-short"),
    ];
    let Counts { basic, interop } = fit.counts;
    let next = fit.next();
    let row = Row::item(vec![
        request.amount.into(),
        basic.into(),
        interop.into(),
        fit.payable.into(),
        fit.left_over.into(),
        Cell::optional(fit.average.map(|average| average.per_account)),
        next.map_or(Cell::Empty, |next| account_type(next.account_type)),
        Cell::optional(next.map(|next| next.costs)),
        Cell::optional(next.map(|next| next.short)),
    ]);
    Grid::new(columns, vec![row])
}
