mod change;

use self::change::change;
use super::quote::push_footnotes;
use super::words::cause_word;
use super::workbook::{basis_of, workbook};
use crate::account::Counts;
use crate::analysis::compare::{CauseChange, Change, Comparison, CustomerChange, CustomerState};
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::pricing::{NoteCode, OrderStatus, Quote};
use crate::rates::RateCard;
use crate::report::{Basis, Block, Cell, Column, Field, Grid, Remark, Report, Row, Source, Tone};

/// What changed between two sides: by customer, by customer and cause, and by cause, each adding up to the
/// difference of the totals; the same for the unconfirmed orders, which are in no total; what has no price; and
/// what the figures rest on.
pub fn compare_report(comparison: &Comparison, old_card: &RateCard, new_card: &RateCard) -> Report {
    let mut blocks = Vec::new();
    Part::FIRM.push(&mut blocks, comparison, gap_fields(comparison));
    if Part::UNCONFIRMED.matters(comparison) {
        blocks.push(Block::Heading(Message::new("compare-unconfirmed").into()));
        Part::UNCONFIRMED.push(&mut blocks, comparison, Vec::new());
    }
    let undated = undated_waivers(comparison);
    if !undated.is_empty() {
        blocks.push(Block::Remarks(undated));
    }
    let orders = comparison.new.orders.iter().chain(&comparison.old.orders);
    push_footnotes(&mut blocks, orders.flat_map(|order| &order.notes));
    let side = |name, card, quote: &Quote| Basis {
        name: Some(Message::new(name)),
        ..basis_of(card, quote.orders.clone())
    };
    let sides =
        vec![side("compare-old", old_card, &comparison.old), side("compare-new", new_card, &comparison.new)];
    let workbook =
        workbook(title(comparison), comparison.new.date, &blocks, sides).or_records(|| items(comparison));
    Report {
        name: "compare",
        title: title(comparison),
        date: comparison.new.date,
        blocks,
        items: items(comparison),
        workbook,
        agenda: None,
    }
}

/// The index of each side in the basis.
const OLD: usize = 0;
const NEW: usize = 1;

/// Whether a share covers only the accounts that have a price.
fn has_gap(customer: &CustomerChange) -> bool {
    customer.old.iter().chain(&customer.new).any(|state| !state.complete)
}

/// Whether something changed that has no price.
fn has_hidden_change(customer: &CustomerChange) -> bool {
    let is_like = customer.old.as_ref().zip(customer.new.as_ref()).is_some_and(|(old, new)| old.is_like(new));
    has_gap(customer) && !is_like
}

fn difference(money: Money) -> Cell {
    Cell::from(money).computed(Source::Difference)
}

fn title(comparison: &Comparison) -> Message {
    Message::new("compare-title").with("old", side(&comparison.old)).with("new", side(&comparison.new))
}

fn side(quote: &Quote) -> Message {
    match quote.date {
        Some(date) => Message::new("compare-side-dated").with("date", date),
        None => Message::new("compare-side-undated"),
    }
    .with("card", quote.rate_card.as_str())
}

/// The firm sums, or those of the unconfirmed orders.
struct Part {
    of: fn(&Change) -> Money,
    status: OrderStatus,
}

impl Part {
    const FIRM: Part = Part { of: |change| change.firm, status: OrderStatus::Confirmed };
    const UNCONFIRMED: Part = Part { of: |change| change.unconfirmed, status: OrderStatus::Unconfirmed };

    /// Whether a customer is in this part on a side.
    fn has(&self, state: Option<&CustomerState>) -> bool {
        state.is_some_and(|state| state.status == self.status)
    }

    fn heading(&self, firm: &'static str, unconfirmed: &'static str) -> Message {
        Message::new(if self.status == OrderStatus::Confirmed { firm } else { unconfirmed })
    }

    fn matters(&self, comparison: &Comparison) -> bool {
        comparison
            .customers
            .iter()
            .any(|customer| self.has(customer.old.as_ref()) || self.has(customer.new.as_ref()))
    }

    fn push(&self, blocks: &mut Vec<Block>, comparison: &Comparison, gaps: Vec<Field>) {
        blocks.push(Block::Grid(self.customer_grid(comparison)));
        if !gaps.is_empty() {
            blocks.push(Block::Fields(gaps));
        }
        let moved = comparison.customers.iter().flat_map(|customer| &customer.causes);
        if moved.map(|cause| (self.of)(&cause.change)).all(|change| change == Money::ZERO) {
            let hides = |customer: &CustomerChange| {
                has_hidden_change(customer)
                    && (self.has(customer.old.as_ref()) || self.has(customer.new.as_ref()))
            };
            let nothing = Message::new(match comparison.customers.iter().any(hides) {
                true => "compare-nothing-known",
                false => "compare-nothing",
            });
            blocks.push(Block::Remarks(vec![Remark { tag: None, text: nothing, tone: Tone::Plain }]));
            return;
        }
        blocks.push(Block::Heading(self.heading("compare-why", "compare-why-unconfirmed").into()));
        blocks.push(Block::Grid(self.why_grid(comparison)));
        blocks.push(Block::Heading(self.heading("compare-by-cause", "compare-by-cause-unconfirmed").into()));
        blocks.push(Block::Grid(self.cause_grid(comparison)));
    }

    /// Old, new and difference. Customers for whom nothing changed share one row.
    fn customer_grid(&self, comparison: &Comparison) -> Grid {
        let columns = vec![
            Column::left("code", "report-code"),
            Column::left("name", "report-school"),
            Column::right("old", "compare-old"),
            Column::right("new", "compare-new"),
            Column::right("difference", "compare-difference"),
        ];
        let mut rows = Vec::new();
        let (mut unchanged, mut unchanged_share) = (0u32, Some(Money::ZERO));
        for customer in &comparison.customers {
            let here = self.has(customer.old.as_ref()) || self.has(customer.new.as_ref());
            if here && self.causes(customer).next().is_none() && !has_hidden_change(customer) {
                unchanged += 1;
                let share = self.share(customer.new.as_ref()).unwrap_or_default();
                unchanged_share = unchanged_share.and_then(|sum| sum.checked_add(share));
            } else if here {
                rows.push(self.customer_row(customer));
            }
        }
        if unchanged > 0 {
            let label = Message::new("compare-unchanged").with("count", unchanged);
            let share = Cell::known(unchanged_share).computed(Source::Remainder);
            let none = difference(Money::ZERO);
            rows.push(Row::item(vec![Cell::Empty, label.into(), share.clone(), share, none]));
        }
        let sum = |basis, side: fn(&CustomerChange) -> Option<&CustomerState>| {
            let shares = comparison.customers.iter().filter_map(|customer| self.share(side(customer)));
            let source = Source::Orders { basis, status: self.status };
            Cell::known(shares.sum::<Option<Money>>()).computed(source)
        };
        rows.push(Row::total(vec![
            Cell::Empty,
            Message::new("report-total").into(),
            sum(OLD, |customer| customer.old.as_ref()),
            sum(NEW, |customer| customer.new.as_ref()),
            difference((self.of)(&comparison.difference)),
        ]));
        Grid::new(columns, rows)
    }

    fn customer_row(&self, customer: &CustomerChange) -> Row {
        Row::item(vec![
            Cell::optional(customer.party.code.as_deref()),
            Cell::optional(customer.party.name.as_deref()),
            self.share_cell(OLD, customer.old.as_ref()),
            self.share_cell(NEW, customer.new.as_ref()),
            match has_gap(customer) {
                true => Cell::Unknown.computed(Source::Difference),
                false => difference((self.of)(&customer.difference)),
            },
        ])
    }

    fn share_cell(&self, basis: usize, state: Option<&CustomerState>) -> Cell {
        let share = match self.share(state) {
            Some(share) if state.is_some_and(|state| !state.complete) => {
                Message::new("compare-part").with("priced", share).into()
            }
            share => Cell::optional(share),
        };
        match state.filter(|state| self.has(Some(state))) {
            Some(CustomerState { order, member, status, .. }) => {
                let (order, member, status) = (*order, *member, *status);
                share.computed(Source::Share { basis, order, member, status })
            }
            None => share,
        }
    }

    /// What the customer pays in this part; `None` where it is not in it.
    fn share(&self, state: Option<&CustomerState>) -> Option<Money> {
        state.filter(|state| state.status == self.status).map(|state| (self.of)(&state.share))
    }

    /// A row for each customer and cause.
    fn why_grid(&self, comparison: &Comparison) -> Grid {
        let columns = vec![
            Column::left("name", "report-school"),
            Column::left("cause", "compare-cause"),
            Column::left("change", "compare-change"),
            Column::right("difference", "compare-difference"),
        ];
        let mut rows = Vec::new();
        for customer in &comparison.customers {
            let mut name = Cell::optional(customer.party.name.as_deref());
            for cause in self.causes(customer) {
                rows.push(Row::item(vec![
                    std::mem::replace(&mut name, Cell::Empty),
                    cause_word(cause.cause).into(),
                    change(cause.cause, customer, comparison).map_or(Cell::Empty, Cell::from),
                    (self.of)(&cause.change).into(),
                ]));
            }
        }
        rows.push(Row::total(vec![
            Message::new("report-total").into(),
            Cell::Empty,
            Cell::Empty,
            (self.of)(&comparison.difference).into(),
        ]));
        Grid::new(columns, rows)
    }

    fn cause_grid(&self, comparison: &Comparison) -> Grid {
        let columns = vec![
            Column::left("cause", "compare-cause"),
            Column::right("schools", "compare-schools"),
            Column::right("difference", "compare-difference"),
        ];
        let mut rows = Vec::new();
        for cause in comparison.causes.iter().map(|cause| cause.cause) {
            let moved: Vec<Money> = comparison
                .customers
                .iter()
                .flat_map(|customer| self.causes(customer))
                .filter(|part| part.cause == cause)
                .map(|part| (self.of)(&part.change))
                .collect();
            if !moved.is_empty() {
                let sum: Option<Money> = moved.iter().copied().sum();
                let schools = u64::try_from(moved.len()).unwrap_or(u64::MAX);
                rows.push(Row::item(vec![cause_word(cause).into(), schools.into(), Cell::known(sum)]));
            }
        }
        rows.push(Row::total(vec![
            Message::new("report-total").into(),
            Cell::Empty,
            (self.of)(&comparison.difference).into(),
        ]));
        Grid::new(columns, rows)
    }

    fn causes<'c>(&self, customer: &'c CustomerChange) -> impl Iterator<Item = &'c CauseChange> {
        let of = self.of;
        customer.causes.iter().filter(move |cause| of(&cause.change) != Money::ZERO)
    }
}

/// Accounts without a price, on either side: they are in none of the sums.
fn gap_fields(comparison: &Comparison) -> Vec<Field> {
    let gap = |label: &'static str, unpriced: Counts| {
        let text = Message::new("report-unpriced-accounts")
            .with("basic", unpriced.basic)
            .with("interop", unpriced.interop);
        (!unpriced.is_zero()).then(|| Field::new(label, text).toned(Tone::Caution))
    };
    let mut fields: Vec<Field> = [
        gap("compare-old-unpriced", comparison.old.totals.payable_unpriced),
        gap("compare-new-unpriced", comparison.new.totals.payable_unpriced),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !comparison.is_complete() {
        let incomplete = Message::new("report-incomplete");
        fields.push(Field::new("compare-difference", incomplete).toned(Tone::Caution));
    }
    fields
}

/// Waivers of an undated side, which a date could end.
fn undated_waivers(comparison: &Comparison) -> Vec<Remark> {
    let mut remarks: Vec<Remark> = Vec::new();
    for order in comparison.old.orders.iter().chain(&comparison.new.orders) {
        for note in order.notes.iter().filter(|note| note.code == NoteCode::WaiverUndated) {
            let text = note.message.clone();
            let remark = Remark { tag: order.payer.name.clone(), text, tone: Tone::Caution };
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
    }
    remarks
}

/// One row for each customer and cause; a customer for whom nothing changed has one row without a cause.
fn items(comparison: &Comparison) -> Grid {
    let columns = vec![
        Column::left("code", "report-code"),
        Column::left("name", "report-school"),
        Column::right("old", "compare-old"),
        Column::right("new", "compare-new"),
        Column::right("old_unconfirmed", "compare-old-unconfirmed"),
        Column::right("new_unconfirmed", "compare-new-unconfirmed"),
        Column::left("old_complete", "compare-old-complete"),
        Column::left("new_complete", "compare-new-complete"),
        Column::left("cause", "compare-cause"),
        Column::right("difference", "compare-difference"),
        Column::right("difference_unconfirmed", "compare-difference-unconfirmed"),
    ];
    let mut rows = Vec::new();
    for customer in &comparison.customers {
        let share = |state: &Option<CustomerState>, of: fn(&Change) -> Money| {
            Cell::optional(state.as_ref().map(|state| of(&state.share)))
        };
        let whole = |state: &Option<CustomerState>| {
            Cell::optional(state.as_ref().map(|state| if state.complete { "true" } else { "false" }))
        };
        let mut row = |cause: Cell, change: Change| {
            rows.push(Row::item(vec![
                Cell::optional(customer.party.code.as_deref()),
                Cell::optional(customer.party.name.as_deref()),
                share(&customer.old, Part::FIRM.of),
                share(&customer.new, Part::FIRM.of),
                share(&customer.old, Part::UNCONFIRMED.of),
                share(&customer.new, Part::UNCONFIRMED.of),
                whole(&customer.old),
                whole(&customer.new),
                cause,
                change.firm.into(),
                change.unconfirmed.into(),
            ]));
        };
        if customer.causes.is_empty() {
            row(Cell::Empty, Change::ZERO);
        }
        for cause in &customer.causes {
            row(Cell::keyed(cause.cause.as_str(), cause_word(cause.cause)), cause.change);
        }
    }
    Grid::new(columns, rows)
}

#[cfg(test)]
mod tests;
