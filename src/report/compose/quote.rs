use crate::diagnostic::lang::{Message, term_words, waiver_kind_word};
use crate::pricing::{
    Line, Note, NoteCode, OrderQuote, OrderStatus, PriceTable, Quote, explain, waiver_reason,
};
use crate::rates::RateCard;
use crate::report::{
    Block, Cell, Column, Detail, Field, Footer, Grid, Heading, LeftOut, PartRole, Remark, Report, Row, Tone,
};

use super::charts::{payable_by_payer, price_curves};
use super::words::{account_type, order_status};
use super::workbook::{basis_of, workbook};

/// A quote as an invoice: each order with its items, what is let off and what is left to pay; with several
/// orders, a summary and the totals; at the end what the figures rest on. `explained` adds the reasoning; an
/// `extent` that is not whole leaves out what only other forms than text show.
pub fn quote_report(quote: &Quote, card: &RateCard, explained: bool, extent: Detail) -> Report {
    let mut blocks = Vec::new();
    let whole = extent == Detail::Whole;
    let table = PriceTable::new(card).ok().filter(|_| whole);
    let named = quote.orders.iter().any(|order| order.payer.code.is_some());
    for (index, order) in quote.orders.iter().enumerate() {
        push_order(&mut blocks, card, order, named.then_some(index + 1));
        if explained {
            let sentences = explain(card, quote.date, order).into_iter();
            blocks.push(Block::Remarks(sentences.map(plain_remark).collect()));
        }
        if let Some(table) = &table {
            blocks.extend(price_curves(card, table, order).into_iter().map(Block::Chart));
        }
    }
    if quote.orders.len() > 1 {
        push_summary(&mut blocks, quote);
    }
    push_footnotes(&mut blocks, quote.orders.iter().flat_map(|order| &order.notes));
    let basis = if whole { vec![basis_of(card, quote.orders.clone())] } else { Vec::new() };
    let workbook = workbook(title(quote), quote.date, &blocks, basis);
    Report {
        name: "quote",
        title: title(quote),
        date: quote.date,
        blocks,
        items: if whole { items(card, quote) } else { Grid::new(Vec::new(), Vec::new()) },
        workbook,
        agenda: None,
    }
}

fn title(quote: &Quote) -> Message {
    match quote.date {
        Some(date) => Message::new("report-quote-title-dated").with("date", date),
        None => Message::new("report-quote-title-undated"),
    }
    .with("card", quote.rate_card.as_str())
}

fn push_order(blocks: &mut Vec<Block>, card: &RateCard, order: &OrderQuote, number: Option<usize>) {
    if let Some(number) = number {
        let heading = Message::new("report-order-heading")
            .with("number", number)
            .with("name", order.payer.name.clone().unwrap_or_default())
            .with("code", order.payer.code.clone().unwrap_or_default());
        blocks.push(Block::Heading(Heading::from(heading).of(PartRole::Item)));
    }
    if order.members.len() > 1 {
        blocks.push(Block::Grid(member_grid(order)));
    }
    if !order.lines.is_empty() {
        blocks.push(Block::Grid(line_grid(card, order)));
    }
    if number.is_some() || order.waiver.is_some() || order.test_enterprise || !order.is_complete() {
        blocks.push(Block::Fields(order_fields(order)));
    }
    let remarks = note_remarks(&order.notes);
    if !remarks.is_empty() {
        blocks.push(Block::Remarks(remarks));
    }
}

/// What the notes tell, except what the figures rest on.
pub(super) fn note_remarks(notes: &[Note]) -> Vec<Remark> {
    notes
        .iter()
        .filter(|note| note.code != NoteCode::UnconfirmedFact)
        .map(|note| Remark { tag: note.fact.clone(), text: note.message.clone(), tone: tone(note.code) })
        .collect()
}

/// The lines of an order, and its formula under them.
pub(super) fn line_grid(card: &RateCard, order: &OrderQuote) -> Grid {
    let shifted = !order.start.is_zero();
    let mut columns = vec![
        Column::left("account_type", "report-account"),
        Column::left("tier", "report-tier"),
        Column::right("count", "report-accounts"),
        Column::right("unit_price", "report-unit-price"),
        Column::right("annual", amount_title(card, order)),
    ];
    if shifted {
        columns.insert(2, Column::left("ordinals", "report-ordinals"));
    }
    let rows = order.lines.iter().map(|line| {
        let mut cells = vec![
            line.account_type.into(),
            tier(card, line).into(),
            line.count().into(),
            Cell::known(line.unit_price),
            Cell::known(line.annual),
        ];
        if shifted {
            cells.insert(2, range(line.from, Some(line.to)).into());
        }
        Row::item(cells)
    });
    let footer = Footer { text: order.formula.clone(), value: Cell::known(order.list_price()) };
    Grid { footer: Some(footer), ..Grid::new(columns, rows.collect()) }.repeating_basis()
}

/// The lines are a year's; where the term is none, the title says so, since they do not add up to the price.
fn amount_title(card: &RateCard, order: &OrderQuote) -> &'static str {
    if order.days == card.term.days_per_year { "report-amount" } else { "report-amount-a-year" }
}

/// One row a line; an order without lines has one row with what it comes to.
fn items(card: &RateCard, quote: &Quote) -> Grid {
    let columns = vec![
        Column::left("payer_code", "report-code"),
        Column::left("payer_name", "report-school"),
        Column::left("status", "report-status"),
        Column::left("account_type", "report-account"),
        Column::left("tier", "report-tier"),
        Column::right("from", "report-first"),
        Column::right("to", "report-last"),
        Column::right("count", "report-accounts"),
        Column::right("unit_price", "report-unit-price"),
        Column::right("annual", "report-amount-a-year"),
        Column::right("months", "report-months"),
        Column::right("days", "report-days"),
        Column::right("order_list_price", "report-list-price"),
        Column::right("order_payable", "report-payable"),
    ];
    let mut rows = Vec::new();
    for order in &quote.orders {
        let head = || {
            vec![
                Cell::optional(order.payer.code.as_deref()),
                Cell::optional(order.payer.name.as_deref()),
                order_status(order.status),
            ]
        };
        let tail = || {
            [
                order.term.months.into(),
                order.term.days.into(),
                Cell::optional(order.list_price()),
                Cell::optional(order.payable()),
            ]
        };
        let lines = order.lines.iter().map(|line| {
            let cells = vec![
                account_type(line.account_type),
                tier(card, line).into(),
                line.from.into(),
                line.to.into(),
                line.count().into(),
                Cell::optional(line.unit_price),
                Cell::optional(line.annual),
            ];
            Row::item(head().into_iter().chain(cells).chain(tail()).collect())
        });
        rows.extend(lines);
        if order.lines.is_empty() {
            let nothing = vec![Cell::Empty; 7];
            rows.push(Row::item(head().into_iter().chain(nothing).chain(tail()).collect()));
        }
    }
    Grid::new(columns, rows)
}

fn tier(card: &RateCard, line: &Line) -> String {
    match line.tier.and_then(|index| card.tiers.get(index)) {
        Some(tier) => range(tier.from.into(), tier.to.map(Into::into)),
        None => range(card.negotiated.as_ref().map_or(line.from, |rule| rule.from.into()), None),
    }
}

/// `1–5`, or `10001–` where there is no end.
pub(super) fn range(from: u64, to: Option<u64>) -> String {
    match to {
        Some(to) if to == from => from.to_string(),
        Some(to) => format!("{from}–{to}"),
        None => format!("{from}–"),
    }
}

fn member_grid(order: &OrderQuote) -> Grid {
    let columns = vec![
        Column::left("code", "report-code"),
        Column::left("name", "report-member"),
        Column::right("basic", "report-basic"),
        Column::right("interop", "report-interop"),
        Column::right("share", "report-share"),
    ];
    let rows = order.members.iter().map(|member| {
        Row::item(vec![
            Cell::optional(member.party.code.as_deref()),
            Cell::optional(member.party.name.as_deref()),
            member.counts.basic.into(),
            member.counts.interop.into(),
            Cell::known(member.share),
        ])
    });
    Grid::new(columns, rows.collect()).repeating_basis()
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

/// Whether the waiver that was looked at applies, and why.
pub(super) fn waiver_field(order: &OrderQuote) -> Option<Field> {
    let finding = order.waiver.as_ref()?;
    let id = if finding.applied() { "report-waived" } else { "report-not-waived" };
    let waiver = Message::new(id)
        .with("kind", waiver_kind_word(finding.kind))
        .with("reason", waiver_reason(&finding.reason));
    Some(Field::new("report-waiver", waiver))
}

/// The list price, as far as it is known.
pub(super) fn list_price(order: &OrderQuote) -> Cell {
    order.list_price().map_or_else(|| at_least(order).into(), Cell::from)
}

fn at_least(order: &OrderQuote) -> Message {
    Message::new("report-priced-part").with("priced", order.priced)
}

fn push_summary(blocks: &mut Vec<Block>, quote: &Quote) {
    blocks.push(Block::Heading(Heading::from(Message::new("report-summary")).of(PartRole::Summary)));
    let columns = vec![
        Column::left("code", "report-code"),
        Column::left("name", "report-school"),
        Column::right("basic", "report-basic"),
        Column::right("interop", "report-interop"),
        Column::right("list_price", "report-list-price").left_out(LeftOut::ToKeepWords),
        Column::right("payable", "report-payable"),
    ];
    let mut rows: Vec<Row> = quote.orders.iter().map(summary_row).collect();
    let totals = &quote.totals;
    let total = |label: &'static str, list_price: Cell, payable: Cell| {
        Row::total(vec![
            Cell::Empty,
            Message::new(label).into(),
            Cell::Empty,
            Cell::Empty,
            list_price,
            payable,
        ])
    };
    rows.push(total("report-total", totals.list_price.into(), totals.payable.into()));
    blocks.push(Block::Grid(Grid::new(columns, rows).repeating_basis()));
    let mut fields = Vec::new();
    if totals.waived > crate::Money::ZERO {
        fields.push(Field::new("report-total-waived", totals.waived));
    }
    if totals.unconfirmed_orders > 0 {
        let unconfirmed = Message::new("report-unconfirmed-amount")
            .with("amount", totals.unconfirmed)
            .with("orders", totals.unconfirmed_orders);
        fields.push(Field::new("report-total-unconfirmed", unconfirmed).toned(Tone::Caution));
    }
    fields.extend(unpriced_field(quote));
    if !totals.complete {
        let incomplete = Message::new("report-incomplete");
        fields.push(Field::new("report-total", incomplete).toned(Tone::Caution));
    }
    if !fields.is_empty() {
        blocks.push(Block::Fields(fields));
    }
    blocks.extend(payable_by_payer(quote).map(Block::Chart));
}

fn unpriced_field(quote: &Quote) -> Option<Field> {
    let unpriced = quote.totals.unpriced;
    if unpriced.is_zero() {
        return None;
    }
    let message = Message::new("report-unpriced-accounts")
        .with("basic", unpriced.basic)
        .with("interop", unpriced.interop);
    Some(Field::new("report-total-unpriced", message).toned(Tone::Caution))
}

fn summary_row(order: &OrderQuote) -> Row {
    let sum = |pick: fn(&crate::Counts) -> u32| -> u64 {
        order.members.iter().map(|member| u64::from(pick(&member.counts))).sum()
    };
    let name = order.payer.name.clone().unwrap_or_default();
    let marked = match (order.status, order.members.len()) {
        (OrderStatus::Unconfirmed, _) => Message::new("report-name-unconfirmed").with("name", name).into(),
        (OrderStatus::Confirmed, 2..) => Message::new("report-name-group").with("name", name).into(),
        (OrderStatus::Confirmed, _) => Cell::Text(name),
    };
    Row::item(vec![
        Cell::optional(order.payer.code.as_deref()),
        marked,
        sum(|counts| counts.basic).into(),
        sum(|counts| counts.interop).into(),
        Cell::known(order.list_price()),
        Cell::known(order.payable()),
    ])
}

/// What the figures rest on, each fact told once.
pub(super) fn push_footnotes<'n>(blocks: &mut Vec<Block>, notes: impl IntoIterator<Item = &'n Note>) {
    let mut remarks: Vec<Remark> = Vec::new();
    for note in notes {
        let told = remarks.iter().any(|remark| remark.tag == note.fact);
        if note.code == NoteCode::UnconfirmedFact && !told {
            remarks.push(Remark { tag: note.fact.clone(), text: note.message.clone(), tone: Tone::Plain });
        }
    }
    if !remarks.is_empty() {
        blocks.push(Block::Heading(Message::new("report-rests-on").into()));
        blocks.push(Block::Remarks(remarks));
    }
}

fn plain_remark(text: Message) -> Remark {
    Remark { tag: None, text, tone: Tone::Plain }
}

fn tone(code: NoteCode) -> Tone {
    match code {
        NoteCode::NegotiatedUnpriced | NoteCode::Unconfirmed | NoteCode::WaiverUndated => Tone::Caution,
        _ => Tone::Plain,
    }
}
