//! The view of `compare --budget`: a comparison of budgets in; its differences by period, by payer and by cause
//! out.

use serde::Serialize;

use super::budget_change::BudgetCustomer;
use super::sentences::{besides, causes_by_size, difference_text, reasons, signed, waterfall};
use super::status_grids::{Figures, StatusGrids, computed_percent, largest_first};
use crate::analysis::compare::{
    BudgetComparison, BudgetCustomerChange, Cause, CauseChange, Change, PeriodAmounts, PeriodChange,
    PeriodSide,
};
use crate::assumption::Assumption;
use crate::diagnostic::lang::{Catalog, Message};
use crate::money::Money;
use crate::planning::budget::{Budget, PeriodLength};
use crate::pricing::{OrderStatus, Party};
use crate::rates::RateCard;
use crate::report::json::compare_budgets_json;
use crate::report::views::budget::days_name;
use crate::report::views::facts::{
    assumed_facts, fields, footnotes, in_card_order, incomplete_field, unconfirmed_facts, unpriced_field,
};
use crate::report::views::words::cause_word;
use crate::report::{
    Answer, Block, Cell, Columns, Document, Field, Grid, Header, Heading, LeftOut, PartRole, Records, Source,
    View, Workbook,
};

const FIRM: StatusGrids = StatusGrids { cause: budget_cause_word, ..StatusGrids::FIRM };
const UNCONFIRMED: StatusGrids = StatusGrids { cause: budget_cause_word, ..StatusGrids::UNCONFIRMED };
/// Largest number of schools that the answer names.
const MOST_NAMED: usize = 3;
/// Largest number of causes beside a period.
const MOST_CAUSES: usize = 2;

/// The changes between two budgets: by period, by payer, by customer and cause, and by cause, each adding up to
/// the difference of the totals; the same for the unconfirmed orders, which are in no total; what has no price;
/// and what the figures rest on.
pub struct CompareBudgetsView<'c> {
    /// The comparison.
    pub comparison: &'c BudgetComparison,
    /// The rate card of the old side.
    pub old_card: &'c RateCard,
    /// The rate card of the new side.
    pub new_card: &'c RateCard,
    /// The step of its periods.
    pub by: PeriodLength,
    /// What the caller assumed beside the plans.
    pub assumed: &'c [Assumption],
}

impl View for CompareBudgetsView<'_> {
    fn document(&self) -> Document {
        let header = Header { title: self.title(), answer: self.answer(), assumptions: self.assumptions() };
        Document { name: "compare", header, blocks: self.blocks() }
    }

    fn json(&self, catalog: &Catalog) -> impl Serialize {
        compare_budgets_json(self.comparison, &self.assumptions(), catalog)
    }

    /// One row for each customer, period and cause; without a change, one row without a cause.
    fn records(&self) -> Option<Records> {
        let rows = self.comparison.customers.iter().flat_map(|customer| {
            let parts = self.comparison.periods.iter().zip(&customer.periods);
            parts.flat_map(move |(period, part)| rows_of(customer, period, part))
        });
        let (firm, unconfirmed) = (FIRM.of, UNCONFIRMED.of);
        let change = |row: &CauseRow<'_>| row.cause.map_or(Change::ZERO, |cause| cause.change);
        let old = |row: &CauseRow<'_>, of: fn(&Change) -> Money| {
            row.customer.old.as_ref().map(|_| of(&row.part.old))
        };
        let new = |row: &CauseRow<'_>, of: fn(&Change) -> Money| {
            row.customer.new.as_ref().map(|_| of(&row.part.new))
        };
        let whole =
            |is_there: bool, complete: bool| is_there.then_some(if complete { "true" } else { "false" });
        Some(
            Columns::of(rows)
                .left("code", "report-code", |row| row.customer.party.code.as_deref())
                .left("name", "report-school", |row| row.customer.party.name.as_deref())
                .left("old_from", "compare-old-from", |row| row.period.old.from)
                .left("old_to", "compare-old-to", |row| row.period.old.to)
                .left("new_from", "compare-new-from", |row| row.period.new.from)
                .left("new_to", "compare-new-to", |row| row.period.new.to)
                .right("old", "compare-old", |row| old(row, firm))
                .right("new", "compare-new", |row| new(row, firm))
                .right("old_unconfirmed", "compare-old-unconfirmed", |row| old(row, unconfirmed))
                .right("new_unconfirmed", "compare-new-unconfirmed", |row| new(row, unconfirmed))
                .left("old_complete", "compare-old-complete", |row| {
                    whole(row.customer.old.is_some(), row.part.old_complete)
                })
                .left("new_complete", "compare-new-complete", |row| {
                    whole(row.customer.new.is_some(), row.part.new_complete)
                })
                .left("cause", "compare-cause", |row| {
                    row.cause.map(|cause| Cell::keyed(cause.cause.as_str(), budget_cause_word(cause.cause)))
                })
                .right("difference", "compare-difference", |row| firm(&change(row)))
                .right("difference_unconfirmed", "compare-difference-unconfirmed", |row| {
                    unconfirmed(&change(row))
                })
                .records(),
        )
    }

    fn workbook(&self) -> Option<Workbook> {
        let workbook = Workbook::new(self.document(), Some(self.comparison.new.from), Vec::new());
        // Of one period, the other sheets have it all.
        Some(workbook.or_records(|| self.records().filter(|_| !self.comparison.is_of_one_period())))
    }
}

/// A cause of a customer in a period.
struct CauseRow<'c> {
    customer: &'c BudgetCustomerChange,
    period: &'c PeriodChange,
    part: &'c PeriodAmounts,
    cause: Option<&'c CauseChange>,
}

fn rows_of<'c>(
    customer: &'c BudgetCustomerChange,
    period: &'c PeriodChange,
    part: &'c PeriodAmounts,
) -> impl Iterator<Item = CauseRow<'c>> {
    let causes = part.causes.iter().map(Some).chain(part.causes.is_empty().then_some(None));
    causes.map(move |cause| CauseRow { customer, period, part, cause })
}

impl CompareBudgetsView<'_> {
    fn title(&self) -> Message {
        let BudgetComparison { old, new, .. } = self.comparison;
        let either = |old: Message, new: Message| match old == new {
            true => new,
            false => Message::new("compare-from-to").with("old", old).with("new", new),
        };
        let card = |budget: &Budget| Message::new("report-phrase").with("phrase", budget.rate_card.as_str());
        Message::new("compare-budget-title")
            .with("card", either(card(old), card(new)))
            .with("days", either(days(old), days(new)))
    }

    fn answer(&self) -> Answer {
        let BudgetComparison { old, new, difference, .. } = self.comparison;
        Answer::new(difference_text(difference.firm, &old.totals, &new.totals))
            .because(self.why())
            .besides(besides(*difference, self.comparison.is_priced()))
    }

    /// Returns the causes, and the schools that changed most; `None` if nothing changed.
    fn why(&self) -> Option<Message> {
        let reasons = reasons(&self.comparison.causes, budget_cause_word);
        let customers = self.comparison.customers.iter();
        let mut changed: Vec<&BudgetCustomerChange> =
            customers.filter(|customer| customer.difference.firm != Money::ZERO).collect();
        changed.sort_by_key(|customer| largest_first(customer.difference.firm));
        let named = changed.iter().take(MOST_NAMED).map(|customer| {
            let Party { code, name } = &customer.party;
            let name = name.as_deref().or(code.as_deref()).unwrap_or_default();
            signed(name, customer.difference.firm)
        });
        let schools: Vec<Message> = named.collect();
        match (reasons.is_empty(), schools.is_empty()) {
            (true, _) => None,
            (false, true) => Some(Message::new("compare-answer-why").with("reasons", reasons)),
            (false, false) => Some(
                Message::new("compare-budget-why")
                    .with("reasons", reasons)
                    .with("schools", schools)
                    .with("more", changed.len().saturating_sub(MOST_NAMED)),
            ),
        }
    }

    /// Returns what the caller assumed, and what the figures rest on.
    fn assumptions(&self) -> Vec<Assumption> {
        let BudgetComparison { old, new, .. } = self.comparison;
        let lines = || new.lines.iter().chain(&old.lines);
        let ids = || unconfirmed_facts(lines().flat_map(|line| &line.order.quote.notes));
        let of_card = |card| in_card_order(card, ids());
        let facts = of_card(self.new_card).chain(of_card(self.old_card));
        let facts = assumed_facts(&[self.new_card, self.old_card], facts);
        self.assumed.iter().cloned().chain(facts).collect()
    }

    fn blocks(&self) -> Vec<Block> {
        let BudgetComparison { old, new, periods, payers, causes, .. } = self.comparison;
        let customers = self.comparison.customers.iter();
        let explained: Vec<BudgetCustomer> =
            customers.map(|customer| BudgetCustomer { customer, comparison: self.comparison }).collect();
        let mut blocks = Vec::new();
        if FIRM.matters(payers) || !UNCONFIRMED.matters(payers) {
            let heading = Heading::from(Message::new(period_heading(self.by))).of(PartRole::Summary);
            blocks.push(Block::Heading(heading));
            blocks.push(Block::Grid(self.period_grid(&FIRM)));
            blocks.push(Block::Heading(Message::new("compare-budget-payers").into()));
            blocks.push(Block::Grid(FIRM.amount_grid(payers, Figures::Alone)));
            blocks.extend(fields(self.gap_fields()));
            let (before, after) = (old.totals.payable, new.totals.payable);
            blocks.push(Block::Chart(waterfall(before, causes, budget_cause_word, after)));
            blocks.extend(FIRM.why_blocks(payers, &explained));
        }
        if UNCONFIRMED.matters(payers) {
            blocks.push(Block::Heading(Message::new("compare-unconfirmed").into()));
            if periods.iter().any(|period| period.difference.unconfirmed != Money::ZERO) {
                blocks.push(Block::Grid(self.period_grid(&UNCONFIRMED)));
                let heading = Message::new("compare-budget-payers-unconfirmed");
                blocks.push(Block::Heading(heading.into()));
            }
            blocks.push(Block::Grid(UNCONFIRMED.amount_grid(payers, Figures::Alone)));
            blocks.extend(UNCONFIRMED.why_blocks(payers, &explained));
        }
        blocks.extend(footnotes(&self.assumptions()));
        blocks
    }

    /// Returns old, new and difference of each period, with its largest causes.
    fn period_grid(&self, grids: &StatusGrids) -> Grid {
        let BudgetComparison { old, new, periods, difference, .. } = self.comparison;
        let amount = |side: &PeriodSide| match grids.status {
            OrderStatus::Confirmed => side.totals.payable,
            OrderStatus::Unconfirmed => side.totals.unconfirmed,
        };
        let total = |budget: &Budget| match grids.status {
            OrderStatus::Confirmed => budget.totals.payable,
            OrderStatus::Unconfirmed => budget.totals.unconfirmed,
        };
        let title = if self.counts_from_days() { "compare-budget-from" } else { "budget-period" };
        let grid = Columns::of(periods)
            .left("period", title, |period| self.period_name(period, grids.status))
            .right("old", "compare-old", |period| Cell::from(amount(&period.old)))
            .right("new", "compare-new", |period| Cell::from(amount(&period.new)))
            .right("difference", "compare-difference", |period| {
                Cell::Change((grids.of)(&period.difference)).computed(Source::Difference)
            })
            .right("percent", "compare-percent", |period| match is_whole(period) {
                true => computed_percent((grids.of)(&period.difference), Some(amount(&period.old))),
                false => Cell::Empty,
            })
            .left("mainly", "compare-budget-mainly", |period| mainly(&period.causes, grids))
            .left_out(LeftOut::ToKeepLines)
            .grid();
        grid.total(vec![
            Message::new("report-total").into(),
            Cell::from(total(old)).computed(Source::Column),
            Cell::from(total(new)).computed(Source::Column),
            Cell::Change((grids.of)(difference)).computed(Source::Difference),
            computed_percent((grids.of)(difference), Some(total(old))),
            Cell::Empty,
        ])
        .without_empty_columns()
    }

    /// Returns true if periods are named by their first days alone.
    fn counts_from_days(&self) -> bool {
        let has_name = |side: &PeriodSide| match self.by {
            PeriodLength::Month => side.from.day() == 1,
            PeriodLength::Quarter => false,
            PeriodLength::Year => side.from.day() == 1 && side.from.month() == 1,
        };
        let has_names = |period: &PeriodChange| [&period.old, &period.new].into_iter().all(has_name);
        !self.comparison.is_of_one_period() && !self.comparison.periods.iter().all(has_names)
    }

    fn period_name(&self, period: &PeriodChange, status: OrderStatus) -> Cell {
        let PeriodChange { old, new, .. } = period;
        let name = if self.comparison.is_of_one_period() {
            let name = days_name(new.from, new.to, self.by);
            let id = if new.partial { "budget-partial" } else { "budget-whole" };
            Message::new(id).with("period", name)
        } else {
            let name = |side: &PeriodSide| match self.counts_from_days() {
                true => side.from.to_string(),
                false => days_name(side.from, side.to, self.by),
            };
            Message::new("compare-from-to").with("old", name(old)).with("new", name(new))
        };
        match status {
            OrderStatus::Confirmed if !is_whole(period) => {
                Message::new("compare-name-part").with("name", name).into()
            }
            _ => name.into(),
        }
    }

    /// Returns the fields of accounts without a price, on either side: they are in none of the sums.
    fn gap_fields(&self) -> Vec<Field> {
        let BudgetComparison { old, new, .. } = self.comparison;
        let unpriced = |label, side: &Budget| unpriced_field(label, side.totals.payable_unpriced);
        let incomplete = (!self.comparison.is_complete()).then(|| incomplete_field("compare-difference"));
        let fields =
            [unpriced("compare-old-unpriced", old), unpriced("compare-new-unpriced", new), incomplete];
        fields.into_iter().flatten().collect()
    }
}

/// Returns the first and the last day.
fn days(budget: &Budget) -> Message {
    Message::new("compare-budget-days")
        .with("from", budget.from)
        .with("to", budget.end.yesterday().unwrap_or(budget.end))
}

/// Returns true if every firm payable of the period is known on both sides.
fn is_whole(period: &PeriodChange) -> bool {
    [&period.old, &period.new].iter().all(|side| side.totals.payable_unpriced.is_zero())
}

/// Returns the largest causes of a period in words.
fn mainly(causes: &[CauseChange], grids: &StatusGrids) -> Option<Message> {
    let changes: Vec<CauseChange> = causes
        .iter()
        .map(|cause| CauseChange {
            change: Change { firm: (grids.of)(&cause.change), ..Change::ZERO },
            ..*cause
        })
        .collect();
    let largest = causes_by_size(&changes).into_iter().take(MOST_CAUSES);
    let items: Vec<Message> =
        largest.map(|cause| signed((grids.cause)(cause.cause), cause.change.firm)).collect();
    (!items.is_empty()).then(|| Message::new("report-list").with("items", items))
}

/// Returns a cause in the words of budgets: another date means that other payments fall in the period.
fn budget_cause_word(cause: Cause) -> Message {
    match cause {
        Cause::Date => Message::new("compare-budget-payment-dates"),
        _ => cause_word(cause),
    }
}

fn period_heading(by: PeriodLength) -> &'static str {
    match by {
        PeriodLength::Month => "compare-budget-months",
        PeriodLength::Quarter => "compare-budget-quarters",
        PeriodLength::Year => "budget-years",
    }
}
