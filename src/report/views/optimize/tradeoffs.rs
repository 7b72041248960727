//! What the cheapest plan is weighed against: cost against the number of orders, against trust, and against other growths.

use rust_decimal::Decimal;

use super::answer::proof;
use crate::diagnostic::lang::{Message, Phrase};
use crate::money::Money;
use crate::planning::optimize::{FrontierPoint, Scenarios, TrustRow};
use crate::rates::RateCard;
use crate::report::{Block, Cell, Chart, ChartKind, Columns, Grid, GridChart, Remark, Tone};

/// What the cheapest plan is weighed against; `None` for what nobody asked.
#[derive(Debug, Clone, Default)]
pub struct Tradeoffs {
    /// The least cost for a few numbers of orders a year.
    pub frontier: Option<Vec<FrontierPoint>>,
    /// The cheapest plan under each set of rules that one is ready to trust.
    pub trust: Option<Vec<TrustRow>>,
    /// What plans cost if the users grow otherwise.
    pub scenarios: Option<Scenarios>,
}

/// Returns the tables of what was asked.
pub(super) fn blocks(tradeoffs: &Tradeoffs, card: &RateCard) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(points) = &tradeoffs.frontier {
        blocks.push(Block::Heading(Message::new("optimize-frontier").into()));
        blocks.push(Block::Grid(frontier_grid(points)));
        blocks.extend(frontier_chart(points).map(Block::Chart));
    }
    if let Some(rows) = &tradeoffs.trust {
        blocks.push(Block::Heading(Message::new("optimize-trust").into()));
        blocks.push(Block::Grid(trust_grid(rows, card)));
    }
    if let Some(scenarios) = &tradeoffs.scenarios {
        blocks.push(Block::Heading(Message::new("optimize-scenarios").into()));
        blocks.push(Block::Grid(scenario_grid(scenarios)));
        blocks.push(Block::Remarks(scenario_remarks(scenarios)));
    }
    blocks
}

fn frontier_grid(points: &[FrontierPoint]) -> Grid {
    let first = points.iter().find(|point| point.totals.complete).map(|point| point.totals.cost);
    let saves = |point: &&FrontierPoint| {
        let change = first.and_then(|first| point.totals.cost.checked_sub(first));
        change.filter(|_| point.totals.complete).map(Cell::Change).unwrap_or(Cell::Empty)
    };
    let tone = |point: &FrontierPoint| if point.totals.complete { Tone::Plain } else { Tone::Caution };
    let mut grid = Columns::of(points)
        .right("orders_per_year", "optimize-limit-orders-per-year", |point| point.orders_per_year)
        .right("orders", "optimize-order-count", |point| point.totals.orders)
        .right("cost", "optimize-cost", |point| known(point, point.totals.cost))
        .right("lower_bound", "optimize-lower-bound", |point| known(point, point.totals.lower_bound))
        .right("change", "optimize-against-fewest", saves)
        .left("proof", "optimize-proof", |point| match point.totals.complete {
            true => proof(point.totals.cost, point.totals.lower_bound),
            false => Message::new("optimize-not-for-all"),
        })
        .toned(|point| tone(point))
        .grid();
    let title = Message::new("optimize-frontier");
    grid.charts.push(GridChart { title, names: 0, bars: 2, line: 3, points: None });
    grid
}

/// Returns an amount, unless a payer has no plan with so few orders.
fn known(point: &FrontierPoint, amount: Money) -> Cell {
    if point.totals.complete { amount.into() } else { Cell::Unknown }
}

fn frontier_chart(points: &[FrontierPoint]) -> Option<Chart> {
    let whole = points.iter().filter(|point| point.totals.complete);
    let bars: Vec<(String, Money)> =
        whole.map(|point| (point.orders_per_year.to_string(), point.totals.cost)).collect();
    let title = Message::new("optimize-frontier-chart");
    (bars.len() > 1).then_some(Chart { title, kind: ChartKind::Bars(bars), requested: false })
}

fn trust_grid(rows: &[TrustRow], card: &RateCard) -> Grid {
    let numbered = rows.iter().enumerate();
    let worth = |(index, row): &(usize, &TrustRow)| {
        let before = index.checked_sub(1).and_then(|before| rows.get(before));
        before.and_then(|before| before.totals.cost.checked_sub(row.totals.cost))
    };
    Columns::of(numbered)
        .left("trusted", "optimize-trusted", |(_, row)| match &row.fact {
            Some(fact) => Message::new("optimize-trusted-too").with("fact", fact.as_str()),
            None if row.untrusted.is_empty() => Message::new("optimize-trusted-as-confirmed"),
            None => Message::new("optimize-trusted-without").with("facts", row.untrusted.clone()),
        })
        .left("text", "optimize-trusted-text", |(_, row)| match text_of(card, row) {
            Some(text) => Message::new("report-phrase").with("phrase", text.clone()),
            None => Message::new("optimize-trusted-nothing-text")
                .with("purchases", if row.rule.is_some() { "first" } else { "as-confirmed" }),
        })
        .right("cost", "optimize-cost", |(_, row)| row.totals.cost)
        .right("worth", "optimize-worth", |row| worth(row))
        .left("proof", "optimize-proof", |(_, row)| proof(row.totals.cost, row.totals.lower_bound))
        .toned(|(_, row)| if row.is_default { Tone::Strong } else { Tone::Plain })
        .grid()
}

/// Returns what the fact of a row says under its rule; `None` for the most cautious assumptions.
fn text_of<'c>(card: &'c RateCard, row: &TrustRow) -> Option<&'c Phrase> {
    let fact = row.fact.as_ref()?;
    let alternative = card.alternatives.iter().find(|other| Some(other.rule) == row.rule);
    alternative.map(|other| &other.fact.text).or_else(|| card.fact(fact).map(|fact| &fact.text))
}

fn growth(percent: Decimal) -> Message {
    Message::new("optimize-growth").with("percent", percent.normalize().to_string())
}

fn scenario_grid(scenarios: &Scenarios) -> Grid {
    let mut columns = Columns::of(0..scenarios.growths.len())
        .left("plan", "optimize-plan-for", |plan| growth(scenarios.growths[*plan]));
    for (scenario, percent) in scenarios.growths.iter().enumerate() {
        let cost = |plan: &usize| Cell::known(scenarios.costs[*plan][scenario]);
        let regret = |plan: &usize| Cell::known(scenarios.regret(*plan, scenario));
        columns = columns
            .right("cost", "optimize-cost", cost)
            .titled(Message::new("optimize-cost-if").with("growth", growth(*percent)))
            .right("regret", "optimize-regret", regret);
    }
    let least = scenarios.least_regret();
    columns
        .right("worst_regret", "optimize-worst-regret", |plan| Cell::known(scenarios.worst_regret(*plan)))
        .toned(|plan| if Some(*plan) == least { Tone::Strong } else { Tone::Plain })
        .grid()
}

fn scenario_remarks(scenarios: &Scenarios) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if let Some(plan) = scenarios.least_regret() {
        let text = Message::new("optimize-least-regret")
            .with("growth", growth(scenarios.growths[plan]))
            .with("regret", scenarios.worst_regret(plan).unwrap_or_default());
        remarks.push(Remark::new(text).toned(Tone::Strong));
    }
    if scenarios.left_out > 0 {
        let text = Message::new("optimize-scenarios-left-out").with("count", scenarios.left_out);
        remarks.push(Remark::new(text).toned(Tone::Caution));
    }
    remarks.push(Remark::new(Message::new("optimize-regret-means")));
    remarks
}
