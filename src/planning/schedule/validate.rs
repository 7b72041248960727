//! Checks a schedule against the plan and the rules, without knowing the policy that made it.
//!
//! A plan, the options and a [`Schedule`] go in; a list of [`Violation`]s comes out, empty for a valid schedule.
//! Read [`validate`] first. Everything is derived anew, one lot of accounts after another, slowly and plainly:
//! nothing of the engine is used here, so that a mistake there cannot hide.

mod accounts;
mod codes;
mod coverage;
mod held;
mod lots;
mod needs;
mod orders;
mod positions;
mod records;
mod usefulness;
#[cfg(test)]
mod window;

use std::fmt;

use jiff::Span;
use jiff::civil::Date;

use super::{OrderLot, PayerSchedule, Schedule, ScheduleOptions, ScheduledOrder};
use crate::account::AccountType;
use crate::plan::{Plan, School};
use crate::pricing::Quoter;
use crate::rates::RateCard;
#[cfg(test)]
pub(crate) use window::same_window;

/// A rule that a schedule breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    /// Code of the payer; empty if it is about the whole schedule.
    pub(crate) payer: String,
    /// The day on which it is broken, Beijing time.
    pub(crate) day: Option<Date>,
    /// The rule.
    pub(crate) check: Check,
    /// What is wrong.
    pub(crate) text: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ({}), payer {:?}", self.check, self.check.fact(), self.payer)?;
        if let Some(day) = self.day {
            write!(f, ", {day}")?;
        }
        write!(f, ": {}", self.text)
    }
}

/// What the validator checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Check {
    /// The payers and members are those of the plan.
    Groups,
    /// Scheduled orders lie between the plan's date and the end of the schedule; what is late is dated the plan's
    /// date.
    Dates,
    /// The users who need an account are those of the plan.
    Needs,
    /// Users without an account are in the gaps, with the right numbers, and nobody else is.
    Gaps,
    /// Users stay without an account although a code or an order could serve them.
    Avoidable,
    /// Each recorded purchase is one order, and its activations appear as they are recorded.
    Recorded,
    /// The parts of an order agree with the plan and with each other.
    OrderParts,
    /// The users and accounts that an order states are those of the day on which it begins.
    Positions,
    /// Activated accounts are those that were bought.
    LotCounts,
    /// Accounts that are prolonged run on that day and are not prolonged yet.
    Prolonged,
    /// Codes are activated between payment and the last day.
    Activation,
    /// A code prolongs an account only near its expiry.
    Stacking,
    /// Validity does not reach too far ahead.
    Validity,
    /// An expiry is the start plus the term.
    Expiry,
    /// Codes of recorded purchases are activated, lapsed or in stock, each once.
    Codes,
    /// The orders of a day stand in the order in which they happen.
    Sequence,
    /// Quoting the order again gives its quote.
    Price,
    /// The accounts that come first in the tiers are those that outlast the term.
    Held,
    /// A renewal prolongs on its day, by whole months or accounts of one expiry.
    Renewal,
    /// The term is within the limits.
    Term,
    /// An order buys accounts.
    NoAccounts,
    /// A school with internal apps alone buys nothing.
    NotCharged,
    /// A waived customer orders twelve months and does not renew.
    Waived,
    /// The term is not shorter than that of the app's order.
    AppOrder,
    /// Exactly the first charged order after waived ones is marked.
    FirstAfterWaiver,
    /// Every account that is bought is needed on some day.
    Unneeded,
    /// Nothing is bought that codes in stock could serve and that lapse.
    WastedCodes,
}

impl Check {
    /// Returns the id of the fact or, in lower case, the principle that the check rests on.
    pub(crate) fn fact(self) -> &'static str {
        match self {
            Check::Groups => "U1",
            Check::Dates | Check::OrderParts | Check::Recorded => "schedule",
            Check::Needs => "T1",
            Check::Gaps => "W5",
            Check::Avoidable | Check::Positions | Check::Unneeded | Check::WastedCodes => "need",
            Check::LotCounts => "W6",
            Check::Prolonged | Check::Renewal => "O7",
            Check::Activation | Check::Codes => "T4",
            Check::Stacking => "T7",
            Check::Validity => "T8",
            Check::Expiry => "T6",
            Check::Sequence | Check::Held => "P12",
            Check::Price => "P1",
            Check::Term => "P6",
            Check::NoAccounts => "P14",
            Check::NotCharged => "W1",
            Check::Waived => "O6",
            Check::AppOrder => "O4",
            Check::FirstAfterWaiver => "V5",
        }
    }
}

/// Stops a debug build at a schedule that is not valid.
pub(super) fn assert_valid(plan: &Plan, options: &ScheduleOptions, schedule: &Schedule) {
    let found = validate(plan, options, schedule).into_iter().take(MOST_SHOWN);
    let found: Vec<String> = found.map(|violation| violation.to_string()).collect();
    assert!(found.is_empty(), "the schedule is not valid:\n{}", found.join("\n"));
}

/// Largest number of violations that are shown at once.
const MOST_SHOWN: usize = 8;

/// Returns every rule that a schedule breaks; none for a valid one.
pub(crate) fn validate(plan: &Plan, options: &ScheduleOptions, schedule: &Schedule) -> Vec<Violation> {
    let mut found = Findings::default();
    let Some(today) = plan.date else {
        found.report(Check::Dates, None, "the plan has no date".to_owned());
        return found.list;
    };
    if (schedule.date, schedule.until) != (today, options.until) {
        let text = format!("the schedule runs from {} to {}", schedule.date, schedule.until);
        found.report(Check::Dates, None, text);
    }
    let members: Vec<&Vec<usize>> = schedule.payers.iter().map(|payer| &payer.members).collect();
    let expected = groups(plan);
    if members != expected.iter().collect::<Vec<_>>() {
        found.report(Check::Groups, None, format!("{members:?} are not the groups {expected:?}"));
        return found.list;
    }
    let Ok(quoter) = Quoter::new(&plan.card) else {
        found.report(Check::Price, None, "the card's prices overflow".to_owned());
        return found.list;
    };
    for payer in &schedule.payers {
        let schools: Vec<&School> = payer.members.iter().map(|&index| &plan.schools[index]).collect();
        found.payer.clone_from(&schools[0].code);
        let growing = !options.growth.is_zero();
        let subject =
            Subject { card: &plan.card, today, until: options.until, growing, schools, schedule: payer };
        needs::check(&subject, &mut found);
        if !has_valid_members(&subject, &mut found) {
            continue;
        }
        orders::check(&subject, &quoter, &mut found);
        records::check(&subject, &mut found);
        lots::check(&subject, &mut found);
        codes::check(&subject, &mut found);
        coverage::check(&subject, &mut found);
        positions::check(&subject, &mut found);
        usefulness::check(&subject, &mut found);
    }
    found.list
}

/// One payer's schedule with what it is checked against.
struct Subject<'s> {
    card: &'s RateCard,
    today: Date,
    until: Date,
    growing: bool,
    /// The schools of the members, the payer first.
    schools: Vec<&'s School>,
    schedule: &'s PayerSchedule,
}

impl<'s> Subject<'s> {
    /// Returns each member with each type.
    fn member_types(&self) -> impl Iterator<Item = (usize, AccountType)> + use<> {
        (0..self.schools.len()).flat_map(|member| AccountType::ALL.map(|account_type| (member, account_type)))
    }

    /// Returns every lot with its order.
    fn lots(&self) -> impl Iterator<Item = (&'s ScheduledOrder, &'s OrderLot)> + use<'s> {
        self.schedule.orders.iter().flat_map(|order| order.lots.iter().map(move |lot| (order, lot)))
    }

    /// Returns true if the schedule shows all accounts that can run on a day: purchases recorded for later than its
    /// end are not among its orders.
    fn shows_all(&self, on: Date) -> bool {
        let mut purchases = self.schools.iter().flat_map(|school| &school.purchases);
        on < self.until || purchases.all(|purchase| purchase.paid < self.until)
    }

    /// Returns true if codes of one member's purchase can serve another: those of an upstream serve every member
    /// (U1, U2).
    fn can_serve(&self, buyer: usize, member: usize) -> bool {
        buyer == member || buyer == 0
    }
}

/// The violations found so far, and the payer whose schedule is being checked.
#[derive(Default)]
struct Findings {
    payer: String,
    list: Vec<Violation>,
}

impl Findings {
    fn report(&mut self, check: Check, day: impl Into<Option<Date>>, text: String) {
        self.list.push(Violation { payer: self.payer.clone(), day: day.into(), check, text });
    }
}

/// Returns the members of each payer by their index in the plan, the payer first, both in the order of the plan.
fn groups(plan: &Plan) -> Vec<Vec<usize>> {
    let payers = plan.schools.iter().enumerate().filter(|(_, school)| school.upstream.is_none());
    payers
        .map(|(index, payer)| {
            let pays_for = |school: &School| school.upstream.as_deref() == Some(payer.code.as_str());
            let downstreams = (0..plan.schools.len()).filter(|&other| pays_for(&plan.schools[other]));
            [index].into_iter().chain(downstreams).collect()
        })
        .collect()
}

/// Reports indices of members that the group does not have; what else is checked relies on them.
fn has_valid_members(subject: &Subject<'_>, found: &mut Findings) -> bool {
    let schedule = subject.schedule;
    let of_lots = subject.lots().map(|(_, lot)| lot.member);
    let of_orders = schedule.orders.iter().filter_map(|order| Some(order.recorded?.0));
    let of_gaps = schedule.gaps.iter().map(|gap| gap.member);
    let of_lapsed = schedule.lapsed.iter().map(|lapsed| lapsed.member);
    let mut all = of_lots.chain(of_orders).chain(of_gaps).chain(of_lapsed);
    let wrong = all.find(|&member| member >= subject.schools.len());
    if let Some(member) = wrong {
        found.report(Check::Groups, None, format!("the group has no member {member}"));
    }
    wrong.is_none()
}

/// Returns whole days from one day to another, negative if it is earlier.
fn days_from(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// Returns the day a number of days later; the last day of the calendar if there is none.
fn days_after(day: Date, days: u32) -> Date {
    day.saturating_add(Span::new().days(days))
}

/// Returns the day before; the first day of the calendar has none.
fn day_before(day: Date) -> Option<Date> {
    day.yesterday().ok()
}

#[cfg(test)]
mod tests;
