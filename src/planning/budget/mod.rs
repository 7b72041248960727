//! Computes the orders of a plan in the coming years, and what each costs; read [`budget()`] first.
//!
//! A [`Plan`] and [`BudgetOptions`] go in, a [`Budget`] comes out: orders by day, periods, payers and gaps.
//!
//! # Rules
//!
//! - A **group** (an upstream with its downstreams, or a school alone) shares its accounts (U1) and buys by
//!   one order. What is short is bought for the members in proportion to what each lacks.
//! - **First purchase**: a group without accounts pays on the recommended day of the calendar, before its
//!   first charged app begins to remind its users, and activates when that trial ends. Where the day has
//!   passed, or no trial is known, it pays and activates on the first day of the decisions: the plan's date,
//!   or the first day of the horizon if that is later. Nothing is decided in the past.
//! - **Renewal** (P13): placed on [`renewal_day`](crate::rules::renewal_day), when the automatic activation
//!   begins to prolong (T7); the new term begins at the old expiry, so that validity has no gap and drifts by
//!   the term's days (six or seven days a year for a 372-day year). The waiver is decided on the day of the
//!   order (V5). A renewal covers the accounts that are still needed at the old expiry, at the most those
//!   that expire.
//! - **Top-up**: when a [`Headcount`](crate::plan::Headcount) asks for more, a new purchase (P12) that
//!   expires together with the accounts of its type that expire last, or of the other type if there are
//!   none. Where fewer days remain than the shortest term has, it runs for them and the school's term
//!   besides, so that it expires together with the renewal that is due; never longer than the longest term.
//! - **Growth**: at each renewal the renewed heads grow by the percentage, carried exactly and rounded up to
//!   whole heads when ordered. What exceeds the expiring accounts is a new purchase of the same day and term,
//!   after the renewal in the tiers (P12). A stated headcount replaces the grown one.
//! - Fewer heads make the next renewal smaller; nothing is given back before.
//! - On one day renewals of earlier expiry come before later ones, and top-ups before renewals; purchases of
//!   the plan come first, in the order of the file.
//! - A purchase that is not activated is taken as activated on the first day of the decisions on which it is
//!   needed, and as lost if its last day of activation has passed (T4).

mod error;
mod gap;
mod heads;
mod options;
mod period;
mod simulate;
#[cfg(test)]
mod tests;

pub use error::BudgetError;
pub use gap::Gap;
pub use options::{BudgetOptions, PeriodLength};
pub use period::Period;

use jiff::civil::Date;
use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

use self::options::Horizon;
use self::simulate::{Planned, Simulation};
use super::group::Group;
use crate::plan::{PastPurchase, Plan};
use crate::pricing::{Order, OrderQuote, OrderStatus, Party, Quoter, Totals};
use crate::rules::{WaiverReason, is_charged};

/// The orders of a plan over a horizon, and their sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// The id of the rate card.
    pub rate_card: String,
    /// The first day of the horizon, Beijing time.
    pub from: Date,
    /// The first day after the horizon.
    pub end: Date,
    /// Every order of the horizon: by day, then by payer in the order of the plan.
    pub lines: Vec<BudgetLine>,
    /// Periods of the length asked for, covering the horizon without gaps, including those without an order.
    pub periods: Vec<Period>,
    /// The fiscal years of the horizon.
    pub years: Vec<Period>,
    /// The sums of all lines.
    pub totals: Totals,
    /// The payers, in the order of the plan.
    pub payers: Vec<PayerBudget>,
}

/// One order of a budget. Quoting `order` on `date` again gives `quote`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetLine {
    /// The index of the payer in [`Budget::payers`].
    pub payer: usize,
    /// Day on which it is placed and paid, Beijing time; waivers are decided on it.
    pub date: Date,
    /// The reason why it is placed.
    pub kind: LineKind,
    /// First day on which its accounts run, Beijing time.
    pub starts: Date,
    /// Day on which they expire, the first day without them, Beijing time (T6).
    pub expires: Date,
    /// The order.
    pub order: Order,
    /// Its price on `date`.
    pub quote: OrderQuote,
    /// True if it is the first order that is charged because the payer's waiver has ended (V5).
    pub first_after_waiver: bool,
}

/// Reason why an order is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, EnumString, VariantArray, Serialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    /// The plan records it as bought.
    Recorded,
    /// The first accounts, or the first after a lapse.
    Purchase,
    /// More accounts, which expire together with the others.
    TopUp,
    /// Expiring accounts are prolonged (P13).
    Renewal,
    /// Accounts beyond the renewed ones, because of growth.
    Growth,
}

impl LineKind {
    /// Returns the word that CSV and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The sums of one payer over the horizon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerBudget {
    /// The payer.
    pub payer: Party,
    /// Enterprises whose accounts are bought, the payer first.
    pub members: Vec<Party>,
    /// True if any member is charged at all (W1).
    pub charged: bool,
    /// Confirmed if all its rows of the plan are; else its lines stay out of the firm totals.
    pub status: OrderStatus,
    /// The sums of its lines.
    pub totals: Totals,
    /// Days on which users were, or will be, locked out.
    pub gaps: Vec<Gap>,
    /// Bought accounts that were not activated in time (T4).
    pub lost: Vec<PastPurchase>,
}

/// Returns what a plan will cost: every order of the horizon, each priced on its own day.
///
/// # Errors
/// Every error of the options; if there is none, the first order that cannot be placed.
pub fn budget(plan: &Plan, options: &BudgetOptions) -> Result<Budget, Vec<BudgetError>> {
    let horizon = options.horizon(plan)?;
    assemble(plan, options, &horizon).map_err(|error| vec![error])
}

fn assemble(plan: &Plan, options: &BudgetOptions, horizon: &Horizon) -> Result<Budget, BudgetError> {
    let mut payers = Vec::new();
    let mut lines = Vec::new();
    let quoter = Quoter::new(&plan.card)?;
    for (index, group) in Group::all(plan).iter().enumerate() {
        let outcome = Simulation::new(plan, group, horizon).run()?;
        let first_line = lines.len();
        price(&quoter, index, outcome.planned, &mut lines)?;
        payers.push(PayerBudget {
            payer: group.payer().party(),
            members: group.members().map(|(school, _)| school.party()).collect(),
            charged: group
                .members()
                .any(|(school, _)| is_charged(&plan.card, school.apps.iter().map(|app| app.kind))),
            status: group.members().map(|(school, _)| school.status).max().unwrap_or_default(),
            totals: totals(&lines[first_line..])?,
            gaps: outcome.gaps,
            lost: outcome.lost,
        });
    }
    lines.sort_by_key(|line| (line.date, line.payer));
    let year = options.fiscal_year_start;
    Ok(Budget {
        rate_card: plan.card.id.clone(),
        from: horizon.from,
        end: horizon.end,
        periods: period::periods(&lines, horizon, options.by, year)?,
        years: period::periods(&lines, horizon, PeriodLength::Year, year)?,
        totals: totals(&lines)?,
        payers,
        lines,
    })
}

/// Quotes one payer's orders in the order in which they are placed, and appends them to `lines`.
fn price(
    quoter: &Quoter<'_>,
    payer: usize,
    planned: Vec<Planned>,
    lines: &mut Vec<BudgetLine>,
) -> Result<(), BudgetError> {
    let (mut was_waived, mut was_charged) = (false, false);
    for Planned { date, kind, starts, expires, order } in planned {
        let quote = quoter.quote(Some(date), &order)?;
        let ended =
            quote.waiver.as_ref().is_some_and(|finding| matches!(finding.reason, WaiverReason::Ended { .. }));
        let first_after_waiver = ended && !was_charged && (was_waived || kind == LineKind::Renewal);
        was_waived |= quote.is_free();
        was_charged |= !quote.is_free();
        lines.push(BudgetLine { payer, date, kind, starts, expires, order, quote, first_after_waiver });
    }
    Ok(())
}

fn totals<'l>(lines: impl IntoIterator<Item = &'l BudgetLine>) -> Result<Totals, BudgetError> {
    Totals::of(lines.into_iter().map(|line| &line.quote)).ok_or(BudgetError::Overflow)
}

impl Budget {
    /// Returns the lines of a period.
    pub fn lines_of(&self, period: &Period) -> &[BudgetLine] {
        self.lines.get(period.lines.clone()).unwrap_or_default()
    }

    /// Returns what one payer, by its index in [`Budget::payers`], pays in a period; `None` if a sum leaves
    /// the range of money.
    pub fn payer_totals(&self, period: &Period, payer: usize) -> Option<Totals> {
        let lines = self.lines_of(period).iter().filter(|line| line.payer == payer);
        Totals::of(lines.map(|line| &line.quote))
    }
}
