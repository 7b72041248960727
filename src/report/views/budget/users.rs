//! The orders of a budget with the users from which a workbook computes them. In go a budget and its projection;
//! read [`basis`] first.

use crate::account::PerType;
use crate::planning::budget::Budget;
use crate::planning::schedule::projection::{
    Bought, Check, Count, Edits, PayerProjection, ProjectedOrder, Projection, UserDefault, UserRow,
};
use crate::rates::RateCard;
use crate::report::{Basis, MemberInput, PayerInput, Placement, UserInput, UserInputs};

use super::order_kind_word;
use crate::report::views::tiers::basis_of;

/// Returns the orders of the horizon, and those that are placed in it if users grow.
pub(super) fn basis(projection: &Projection, budget: &Budget, card: &RateCard) -> Basis {
    let horizon = budget.from..budget.end;
    let mut shown: Vec<(usize, usize, &ProjectedOrder)> = Vec::new();
    for (payer, own) in projection.payers.iter().enumerate() {
        let orders = own.orders.iter().enumerate().filter(|(_, order)| horizon.contains(&order.date));
        shown.extend(orders.map(|(index, order)| (payer, index, order)));
    }
    shown.sort_by_key(|(payer, index, order)| (order.date, *payer, *index));
    let numbers = Numbers::new(projection, &shown);
    let mut users = UserInputs {
        date: projection.date,
        growth: projection.growth,
        rows: projection
            .payers
            .iter()
            .enumerate()
            .flat_map(|(index, payer)| rows(projection, payer, index, &numbers))
            .collect(),
        counts: Vec::new(),
        held: Vec::new(),
        payers: Vec::new(),
        members: Vec::new(),
    };
    let mut placements = Vec::new();
    for (payer, _, order) in &shown {
        let renumbered = |counts: &PerType<Count>| numbers.each(*payer, counts);
        let own = &projection.payers[*payer];
        let first_row = |member: &usize| {
            let row = own.rows.iter().position(|row| row.member == *member)?;
            Some(numbers.first_row(*payer) + row)
        };
        users.counts.push(order.counts.iter().map(renumbered).collect());
        users.held.push(renumbered(&order.held));
        users.payers.push(numbers.first_row(*payer));
        users.members.push(order.members.iter().map(first_row).collect());
        placements.push(Placement {
            date: order.date,
            kind: order_kind_word(order.kind),
            period: order.period,
        });
    }
    let orders = shown.iter().map(|(_, _, order)| order.quote.clone()).collect();
    Basis { placements, users: Some(users), ..basis_of(card, orders) }
}

/// The numbers that rows and orders have among those of all payers.
struct Numbers {
    /// For each payer, the first of its rows.
    rows: Vec<usize>,
    /// For each payer, its orders; `None` outside the horizon.
    orders: Vec<Vec<Option<Numbered>>>,
}

/// The number of an order, and its members.
#[derive(Clone)]
struct Numbered {
    order: usize,
    members: Vec<usize>,
}

impl Numbers {
    fn new(projection: &Projection, shown: &[(usize, usize, &ProjectedOrder)]) -> Numbers {
        let mut next = 0;
        let first = projection.payers.iter().map(|payer| {
            let first = next;
            next += payer.rows.len();
            first
        });
        let rows = first.collect();
        let mut orders: Vec<Vec<_>> =
            projection.payers.iter().map(|payer| vec![None; payer.orders.len()]).collect();
        for (number, (payer, index, order)) in shown.iter().enumerate() {
            orders[*payer][*index] = Some(Numbered { order: number, members: order.members.clone() });
        }
        Numbers { rows, orders }
    }

    fn first_row(&self, payer: usize) -> usize {
        self.rows[payer]
    }

    fn count(&self, payer: usize, count: &Count) -> Count {
        let bought = |what: Bought| match &self.orders[payer][what.order] {
            Some(Numbered { order, members }) => {
                let member = members.iter().position(|member| *member == what.member);
                Bought { order: *order, member: member.unwrap_or(0), ..what }
            }
            None => what,
        };
        count.renumbered(&|row| self.rows[payer] + row, &bought)
    }

    fn each(&self, payer: usize, counts: &PerType<Count>) -> PerType<Count> {
        PerType::from_fn(|account_type| self.count(payer, counts.get(account_type)))
    }
}

fn rows(projection: &Projection, payer: &PayerProjection, index: usize, numbers: &Numbers) -> Vec<UserInput> {
    let growth = projection.growth;
    let given = payer.evaluate(growth, &Edits { growth, ..Edits::default() });
    let mut last = None;
    let rows = payer.rows.iter().zip(given.grown).map(|(row, grown)| {
        let is_first = last.is_none();
        let member = (last != Some(row.member)).then(|| {
            let member = &payer.members[row.member];
            MemberInput {
                party: member.party.clone(),
                status: member.status,
                payer: is_first.then_some(PayerInput {
                    term: payer.term,
                    negotiated: payer.negotiated,
                    depends_on_prices: payer.depends_on_prices,
                }),
            }
        });
        last = Some(row.member);
        UserInput { member, row: renumbered(row, index, numbers), grown }
    });
    rows.collect()
}

fn renumbered(row: &UserRow, payer: usize, numbers: &Numbers) -> UserRow {
    let default = match &row.default {
        UserDefault::Stated => UserDefault::Stated,
        UserDefault::Grown { kept } => UserDefault::Grown {
            kept: PerType::from_fn(|kind| kept.get(kind).as_ref().map(|kept| numbers.count(payer, kept))),
        },
    };
    let checks = row.checks.iter().map(|check| Check {
        kind: check.kind,
        less: numbers.count(payer, &check.less),
        more: numbers.count(payer, &check.more),
    });
    UserRow { default, checks: checks.collect(), ..row.clone() }
}
