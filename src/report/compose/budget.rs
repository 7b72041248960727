use std::collections::BTreeSet;

use super::facts::{app_orders_remarks, footnotes, gap_fields};
use super::words::{accounts, order_status};
use super::workbook::{basis_of, workbook};
use crate::account::Counts;
use crate::diagnostic::lang::{Arg, Message, account_type_word, term_words};
use crate::planning::budget::{Budget, BudgetLine, LineKind, PayerBudget, Period, PeriodLength};
use crate::pricing::{NoteCode, OrderStatus, Totals};
use crate::rates::RateCard;
use crate::report::{
    Basis, Block, Cell, Chart, ChartKind, Column, Grid, Heading, LeftOut, PartRole, Placed, Placement,
    Remark, Report, Row, Source, Tone,
};

/// A budget: its years, its periods, every order, what is missing, and what the figures rest on. `by` is the step
/// of its periods.
pub fn budget_report(budget: &Budget, card: &RateCard, by: PeriodLength) -> Report {
    let mut blocks = vec![
        Block::Heading(Heading::from(Message::new("budget-years")).of(PartRole::Summary)),
        Block::Grid(period_grid(budget, &budget.years, PeriodLength::Year)),
    ];
    let gaps = gap_fields(&budget.totals);
    if !gaps.is_empty() {
        blocks.push(Block::Fields(gaps));
    }
    if budget.lines.is_empty() {
        blocks.push(Block::remark(Message::new("budget-no-orders")));
    } else if by != PeriodLength::Year {
        let periods: Vec<Period> =
            budget.periods.iter().filter(|period| !period.lines.is_empty()).cloned().collect();
        blocks.push(Block::Heading(step_heading(by).into()));
        blocks.push(Block::Grid(period_grid(budget, &periods, by)));
    }
    blocks.push(Block::Chart(chart(budget, by)));
    if !budget.lines.is_empty() {
        blocks.push(Block::Heading(Message::new("budget-orders").into()));
        blocks.push(Block::Grid(line_grid(budget)));
    }
    let remarks = remarks(budget, card);
    if !remarks.is_empty() {
        blocks.push(Block::Heading(Message::new("budget-to-know").into()));
        blocks.push(Block::Remarks(remarks));
    }
    let facts: BTreeSet<&String> = budget
        .lines
        .iter()
        .flat_map(|line| &line.quote.notes)
        .filter(|note| note.code == NoteCode::UnconfirmedFact)
        .filter_map(|note| note.fact.as_ref())
        .collect();
    blocks.extend(footnotes(card, facts));
    let workbook = workbook(title(budget), Some(budget.from), &blocks, vec![basis(budget, card)])
        .or_records(|| items(budget));
    Report {
        name: "budget",
        title: title(budget),
        date: Some(budget.from),
        blocks,
        items: items(budget),
        workbook,
        agenda: None,
    }
}

/// Why an order is placed, in words.
pub fn line_kind_word(kind: LineKind) -> Message {
    Message::new(match kind {
        LineKind::Recorded => "budget-recorded",
        LineKind::Purchase => "budget-purchase",
        LineKind::TopUp => "budget-top-up",
        LineKind::Renewal => "budget-renewal",
        LineKind::Growth => "budget-growth",
    })
}

/// A period's name: `2023-02`, `2023-01 – 2023-03`, `2023`, or `2023-04 – 2024-03`.
pub fn period_name(period: &Period, by: PeriodLength) -> String {
    match by {
        PeriodLength::Month => month(period.from),
        PeriodLength::Year if period.from.month() == 1 => format!("{:04}", period.from.year()),
        _ => format!("{} – {}", month(period.from), month(period.to)),
    }
}

/// `2023-02`.
fn month(date: jiff::civil::Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

fn title(budget: &Budget) -> Message {
    let last = budget.end.yesterday().unwrap_or(budget.end);
    Message::new("budget-title")
        .with("card", budget.rate_card.as_str())
        .with("from", budget.from)
        .with("to", last)
}

fn step_heading(by: PeriodLength) -> Message {
    Message::new(match by {
        PeriodLength::Month => "budget-months",
        PeriodLength::Quarter => "budget-quarters",
        PeriodLength::Year => "budget-years",
    })
}

/// The sums by period, and all together. Unconfirmed orders are in none but those of their own column, which is
/// there only where there are any.
fn period_grid(budget: &Budget, periods: &[Period], by: PeriodLength) -> Grid {
    let has_unconfirmed = budget.totals.unconfirmed_orders > 0;
    let mut columns = vec![
        Column::left("period", "budget-period"),
        Column::right("orders", "budget-order-count"),
        Column::right("list_price", "report-list-price"),
        Column::right("waived", "report-total-waived"),
        Column::right("payable", "report-payable"),
    ];
    if has_unconfirmed {
        columns.insert(2, Column::right("unconfirmed", "report-total-unconfirmed"));
    }
    let last = budget.end.yesterday().unwrap_or(budget.end);
    let sums = |label: Cell, lines: &[BudgetLine], totals: &Totals, source: &dyn Fn(Placed) -> Source| {
        let is_firm = |line: &&BudgetLine| line.quote.status == OrderStatus::Confirmed;
        let orders = u64::try_from(lines.iter().filter(is_firm).count()).unwrap_or(u64::MAX);
        let mut cells = vec![
            label,
            Cell::from(orders).computed(source(Placed::Orders)),
            Cell::from(totals.list_price).computed(source(Placed::ListPrice)),
            Cell::from(totals.waived).computed(source(Placed::Waived)),
            Cell::from(totals.payable).computed(source(Placed::Payable)),
        ];
        if has_unconfirmed {
            cells.insert(2, Cell::from(totals.unconfirmed).computed(source(Placed::Unconfirmed)));
        }
        cells
    };
    let mut rows: Vec<Row> = periods
        .iter()
        .map(|period| {
            let name = period_name(period, by);
            let label = match period.partial {
                true => Message::new("budget-partial").with("period", name).into(),
                false => Cell::Text(name),
            };
            let (from, to) = (period.from.max(budget.from), period.to.min(last));
            let placed = |what| Source::Placed { from, to, what };
            Row::item(sums(label, budget.lines_of(period), &period.totals, &placed))
        })
        .collect();
    let label = Message::new("report-total").into();
    rows.push(Row::total(sums(label, &budget.lines, &budget.totals, &|_| Source::Column)));
    Grid::new(columns, rows)
}

/// The orders that are alike are one, placed again and again.
fn basis(budget: &Budget, card: &RateCard) -> Basis {
    let mut basis = basis_of(card, Vec::new());
    let mut orders_of: Vec<Vec<usize>> = vec![Vec::new(); budget.payers.len()];
    for line in &budget.lines {
        let Some(known) = orders_of.get_mut(line.payer) else { continue };
        let alike = |order: &&usize| basis.orders[**order].is_alike(&line.quote);
        let order = known.iter().find(alike).copied().unwrap_or_else(|| {
            basis.orders.push(line.quote.clone());
            known.push(basis.orders.len() - 1);
            basis.orders.len() - 1
        });
        let kind = line_kind_word(line.kind);
        let (date, starts, expires) = (line.date, line.starts, line.expires);
        basis.placements.push(Placement { order, date, kind, starts, expires });
    }
    basis
}

fn chart(budget: &Budget, by: PeriodLength) -> Chart {
    let periods = if by == PeriodLength::Year { &budget.years } else { &budget.periods };
    let bars = periods.iter().map(|period| (period_name(period, by), period.totals.payable)).collect();
    Chart { title: Message::new("budget-chart"), kind: ChartKind::Bars(bars) }
}

fn line_grid(budget: &Budget) -> Grid {
    let columns = vec![
        Column::right("date", "calendar-date"),
        Column::left("payer", "report-school"),
        Column::left("kind", "budget-kind"),
        Column::left("accounts", "report-accounts"),
        Column::right("expires", "budget-expires").left_out(LeftOut::ToKeepWords),
        Column::right("payable", "report-payable"),
    ];
    let rows = budget.lines.iter().map(|line| {
        Row::item(vec![
            line.date.into(),
            payer(budget, line).into(),
            line_kind_word(line.kind).into(),
            accounts(bought(line)).into(),
            line.expires.into(),
            Cell::known(line.quote.payable()),
        ])
    });
    Grid::new(columns, rows.collect()).repeating_basis()
}

fn payer(budget: &Budget, line: &BudgetLine) -> Message {
    let name = name(&budget.payers[line.payer]);
    match line.quote.status {
        OrderStatus::Unconfirmed => Message::new("report-name-unconfirmed").with("name", name),
        OrderStatus::Confirmed => Message::new("budget-name").with("name", name),
    }
}

fn name(payer: &PayerBudget) -> String {
    payer.payer.name.clone().unwrap_or_default()
}

fn bought(line: &BudgetLine) -> Counts {
    let mut sum = Counts::ZERO;
    for member in &line.quote.members {
        sum = sum.checked_add(member.counts).unwrap_or(sum);
    }
    sum
}

/// What a reader of the totals must know: checks before the purchases, waivers that end, users locked out, accounts
/// that were lost.
fn remarks(budget: &Budget, card: &RateCard) -> Vec<Remark> {
    let planned = budget.lines.iter().filter(|line| line.kind != LineKind::Recorded);
    let mut remarks = app_orders_remarks(card, planned.map(|line| line.date));
    for line in budget.lines.iter().filter(|line| line.first_after_waiver) {
        let text = Message::new("budget-first-after-waiver")
            .with("name", name(&budget.payers[line.payer]))
            .with("date", line.date)
            .with("priced", line.quote.priced);
        remarks.push(Remark { tag: None, text, tone: Tone::Caution });
    }
    for payer in &budget.payers {
        if !payer.charged {
            let text = Message::new("budget-not-charged").with("name", name(payer));
            remarks.push(Remark { tag: None, text, tone: Tone::Plain });
        }
        for gap in &payer.gaps {
            let text = Message::new("budget-gap")
                .with("name", name(payer))
                .with("type", account_type_word(gap.account_type))
                .with("from", gap.from)
                .with("until", gap.until)
                .with("days", gap.days);
            remarks.push(Remark { tag: None, text, tone: Tone::Caution });
        }
        for lost in &payer.lost {
            let text = Message::new("budget-lost")
                .with("name", name(payer))
                .with("accounts", Arg::from(accounts(lost.counts)))
                .with("paid", lost.paid);
            remarks.push(Remark { tag: None, text, tone: Tone::Caution });
        }
    }
    remarks
}

fn items(budget: &Budget) -> Grid {
    let columns = vec![
        Column::left("date", "calendar-date"),
        Column::left("month", "budget-month"),
        Column::left("payer_code", "report-code"),
        Column::left("payer_name", "report-school"),
        Column::left("status", "report-status"),
        Column::left("kind", "budget-kind"),
        Column::right("basic", "report-basic"),
        Column::right("interop", "report-interop"),
        Column::right("months", "report-months"),
        Column::right("days", "report-days"),
        Column::left("term", "report-term"),
        Column::left("starts", "budget-starts"),
        Column::left("expires", "budget-expires"),
        Column::left("formula", "budget-formula"),
        Column::right("list_price", "report-list-price"),
        Column::right("payable", "report-payable"),
    ];
    let rows = budget.lines.iter().map(|line| {
        let party = &budget.payers[line.payer].payer;
        let counts = bought(line);
        Row::item(vec![
            line.date.into(),
            month(line.date).into(),
            Cell::optional(party.code.as_deref()),
            Cell::optional(party.name.as_deref()),
            order_status(line.quote.status),
            Cell::keyed(line.kind.as_str(), line_kind_word(line.kind)),
            counts.basic.into(),
            counts.interop.into(),
            line.quote.term.months.into(),
            line.quote.term.days.into(),
            Cell::keyed(line.quote.term.iso(), term_words(line.quote.term, line.quote.days)),
            line.starts.into(),
            line.expires.into(),
            line.quote.formula.clone().into(),
            Cell::optional(line.quote.list_price()),
            Cell::optional(line.quote.payable()),
        ])
    });
    Grid::new(columns, rows.collect())
}
