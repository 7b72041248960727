//! Writes the formulas of a payer. Read [`project_payer`] first.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::cells::{Sequence, Slot, is_renewal};
use super::count::{Bought, Count};
use super::evaluate::Edits;
use super::locks::{Locks, first_lock};
use super::lots::{Lot, lots};
use super::rows::Rows;
use super::{PayerProjection, ProjectedMember, UserDefault, UserRow};
use crate::account::{AccountType, Counts, PerType};
use crate::plan::{Plan, School};
use crate::planning::schedule::engine::{Terms, after};
use crate::planning::schedule::{PayerSchedule, Schedule, ScheduleOptions};

/// What the formulas of a payer are made from.
pub(super) struct Context<'p> {
    pub(super) plan: &'p Plan,
    pub(super) options: &'p ScheduleOptions,
    pub(super) schools: Vec<&'p School>,
    pub(super) payer: &'p PayerSchedule,
    pub(super) terms: Terms<'p>,
    pub(super) date: Date,
    /// Orders before this day are taken as they are.
    pub(super) from: Date,
}

impl Context<'_> {
    /// Returns the first day of needs on which nothing is decided before the schedule ends.
    pub(super) fn undecided(&self) -> Date {
        let until = self.options.until;
        let beyond = self.stocking_up().and_then(|(_, reach)| reach.tomorrow().ok());
        beyond.map_or(until, |beyond| beyond.max(until))
    }

    /// Returns the last day of a waiver, if the schedule reaches it, and the last day of needs for which orders are placed
    /// on it.
    fn stocking_up(&self) -> Option<(Date, Date)> {
        let last = self.terms.last_waived_day(self.date).filter(|last| *last < self.options.until)?;
        Some((last, self.terms.reach_of_codes(last)?.1))
    }
}

/// Returns how the orders of a payer follow from its users.
pub(super) fn project_payer(
    plan: &Plan,
    options: &ScheduleOptions,
    schedule: &Schedule,
    payer: &PayerSchedule,
    from: Date,
) -> PayerProjection {
    let schools: Vec<&School> = payer.members.iter().map(|index| &plan.schools[*index]).collect();
    let terms = Terms::new(&plan.card, &schools, schedule.date);
    let context = Context { plan, options, schools, payer, terms, date: schedule.date, from };
    let lots = lots(plan, &context.schools, payer);
    let decided = |member: usize, expires: Date| decided(&context, &lots, member, expires);
    let rows = Rows::new(
        &plan.card,
        &context.schools,
        payer,
        &lots,
        (schedule.date, options.until, context.undecided()),
        &decided,
    );
    let sequence = Sequence::new(payer);
    let mut locks = first_lock(&context, &lots, &rows);
    loop {
        let builder = Builder::new(&context, &sequence, &rows, &locks, &lots);
        let (projection, days) = builder.build();
        match first_difference(&context, &sequence, &projection, &days, &locks) {
            Some(day) => locks.lock_up_to(day, &context, &lots),
            None => return with_held(projection, options.growth),
        }
    }
}

/// Returns the same with the accounts that come before each possible order, on the users of the schedule.
fn with_held(mut projection: PayerProjection, growth: Decimal) -> PayerProjection {
    let given = projection.evaluate(growth, &Edits { growth, ..Edits::default() });
    for (order, held) in projection.orders.iter_mut().zip(given.held) {
        if order.scheduled.is_none() {
            order.quote.start = PerType::from_fn(|kind| u32::try_from(*held.get(kind)).unwrap_or(u32::MAX));
        }
    }
    projection
}

/// Returns the day on which it is decided how accounts of a member go on at an expiry.
fn decided(context: &Context<'_>, lots: &[Lot], member: usize, expires: Date) -> Date {
    let begun = lots.iter().filter(|lot| lot.member == member && lot.starts() == Some(expires));
    let ordered = begun.filter_map(|lot| Some(context.payer.orders[lot.order?].date)).min();
    ordered.unwrap_or_else(|| {
        let due = context.terms.continuation(expires).0.max(context.date);
        // On the last day of a waiver it is also decided that nothing need be ordered.
        let stocking_up = context.stocking_up().filter(|(last, reach)| *last < expires && expires <= *reach);
        stocking_up.map_or(due, |(last, _)| due.min(last))
    })
}

/// Returns the first day, after those that are locked, on which the formulas do not give the schedule on its own
/// users.
fn first_difference(
    context: &Context<'_>,
    sequence: &Sequence,
    projection: &PayerProjection,
    days: &[Date],
    locks: &Locks,
) -> Option<Date> {
    // Where all is locked, nothing can differ.
    if locks.until == Some(Date::MAX) {
        return None;
    }
    let edits = Edits { growth: context.options.growth, ..Edits::default() };
    let given = projection.evaluate(context.options.growth, &edits);
    let rows = projection.rows.iter().enumerate().filter(|(index, row)| given.users[*index] != row.users);
    let rows = rows.map(|(_, row)| row.from.unwrap_or(context.date));
    let unfollowed = given.unfollowed.iter().map(|row| days[*row]);
    let orders = projection.orders.iter().zip(&given.counts).zip(&given.held).zip(&sequence.slots);
    let orders = orders.filter_map(|(((order, counts), held), slot)| {
        let members = order.quote.members.iter().map(|member| member.counts);
        let bought = members.zip(counts).all(|(quoted, given)| are(&quoted, given));
        let starts = matches!(slot, Slot::Possible { .. }) || are(&order.quote.start, held);
        (!bought || !starts).then(|| order.period.map_or(order.date, |(starts, _)| starts))
    });
    // At least a day later than what is locked, so that each time more is.
    let next = locks.until.and_then(|until| until.tomorrow().ok());
    rows.chain(unfollowed).chain(orders).min().map(|day| next.map_or(day, |next| day.max(next)))
}

fn are(counts: &Counts, given: &PerType<u64>) -> bool {
    AccountType::ALL.into_iter().all(|kind| u64::from(*counts.get(kind)) == *given.get(kind))
}

/// The formulas of a payer while they are written.
pub(super) struct Builder<'b, 'p> {
    pub(super) context: &'b Context<'p>,
    pub(super) sequence: &'b Sequence,
    pub(super) rows: &'b Rows,
    pub(super) locks: &'b Locks,
    /// The accounts, those of orders that follow by their names.
    pub(super) lots: Vec<Lot>,
    /// The accounts that follow: by the order that buys them, their first day.
    pub(super) cells: BTreeMap<Bought, Date>,
}

impl<'b, 'p> Builder<'b, 'p> {
    fn new(
        context: &'b Context<'p>,
        sequence: &'b Sequence,
        rows: &'b Rows,
        locks: &'b Locks,
        fixed: &[Lot],
    ) -> Builder<'b, 'p> {
        let mut builder =
            Builder { context, sequence, rows, locks, lots: Vec::new(), cells: BTreeMap::new() };
        for lot in fixed {
            builder.add_lot(lot);
        }
        let renewed: Vec<(Bought, Date)> =
            builder.cells.iter().map(|(bought, day)| (*bought, *day)).collect();
        for (bought, day) in renewed {
            builder.add_beside(bought, day);
        }
        builder
    }

    pub(super) fn follows(&self, day: Date) -> bool {
        self.locks.until.is_none_or(|until| until < day)
    }

    fn add_lot(&mut self, lot: &Lot) {
        let (Some(order), Some(day)) = (lot.order, lot.starts().filter(|day| self.follows(*day))) else {
            self.lots.push(lot.clone());
            return;
        };
        let bought = lot.bought(self.sequence.scheduled(order));
        // Accounts that go on from several lots are one number.
        if self.cells.insert(bought, day).is_none() {
            self.lots.push(Lot { count: Count::Bought(bought), ..lot.clone() });
        }
    }

    /// Adds, beside accounts that are renewed, those that are bought if users are more.
    fn add_beside(&mut self, renewed: Bought, day: Date) {
        let Slot::Scheduled(renewal) = self.sequence.slots[renewed.order] else { return };
        let order = &self.context.payer.orders[renewal];
        let beside = is_renewal(order).then(|| self.sequence.beside(self.context.payer, renewal)).flatten();
        let Some(beside) = beside else { return };
        let bought = Bought { order: beside, ..renewed };
        if self.cells.contains_key(&bought) {
            return;
        }
        let Some(expires) = after(day, order.quote.days) else { return };
        self.cells.insert(bought, day);
        self.lots.push(Lot {
            member: bought.member,
            account_type: bought.account_type,
            count: Count::Bought(bought),
            activated: Some(day),
            extends: None,
            expires,
            order: None,
            ordered: Some(order.date),
            by_code: false,
        });
    }

    /// Returns the formulas, and for each row the day that its checks are about.
    fn build(&self) -> (PayerProjection, Vec<Date>) {
        let rows: Vec<UserRow> = (0..self.rows.rows.len()).map(|index| self.row(index)).collect();
        let days = self.rows.rows.iter().map(|row| row.from.unwrap_or(self.context.date)).collect();
        let orders = (0..self.sequence.slots.len()).map(|index| self.order(index)).collect();
        let projection = PayerProjection {
            members: self.members(),
            term: self.context.schools[0].term,
            negotiated: self.context.schools[0].negotiated,
            rows,
            orders,
            depends_on_prices: self.locks.depends_on_prices,
        };
        (projection, days)
    }

    fn members(&self) -> Vec<ProjectedMember> {
        let members = self.context.payer.members.iter().zip(&self.context.schools);
        members
            .map(|(index, school)| ProjectedMember {
                school: *index,
                party: school.party(),
                status: school.status,
            })
            .collect()
    }

    fn row(&self, index: usize) -> UserRow {
        let row = &self.rows.rows[index];
        let follows = self.follows(row.from.unwrap_or(self.context.date));
        // Nothing is bought for nobody, so that no order could serve other users.
        let serves_nobody = row.at_expiry && row.users.is_zero();
        let grows = row.at_expiry && follows;
        let default = match row.from {
            Some(day) if grows => UserDefault::Grown {
                kept: PerType::from_fn(|account_type| self.kept(index, account_type, day)),
            },
            _ => UserDefault::Stated,
        };
        UserRow {
            member: row.member,
            from: row.from,
            users: row.users,
            at_expiry: row.at_expiry,
            default,
            locked: !follows || serves_nobody,
            fixed_growth: row.at_expiry && !follows,
            checks: self.checks(index),
        }
    }

    /// Returns the accounts of a type that go on at an expiry, by which users grow; `None` if none ends.
    fn kept(&self, row: usize, account_type: AccountType, day: Date) -> Option<Count> {
        let member = self.rows.rows[row].member;
        let expiring = self.expiring(member, account_type, day);
        if expiring == Count::ZERO {
            return None;
        }
        let need = match self.rows.has_begun(member, account_type, day) {
            true => Count::Users(row - 1, account_type),
            false => Count::ZERO,
        };
        Some(need.less(self.lasting(member, account_type, day)).at_most(expiring))
    }
}
