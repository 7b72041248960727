use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};

use crate::money::Money;

/// Reason why a customer pays a different amount, in the order of the walk from the old side to the new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, VariantArray, Serialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The customer is on the new side only; the change is its whole new share.
    Added,
    /// The customer is on the old side only; the change is its whole old share.
    Removed,
    /// The customer joined or left a group, or others in its group changed and moved its share (U1, U3).
    Group,
    /// The customer's apps became charged, or are no longer (W1).
    Apps,
    /// The date differs: another headcount of the plan holds, or accounts have run out, were paid or activated.
    /// Of budgets: other payments fall in the period, or on the plan's date.
    Date,
    /// The customer has a different number of users who need an account.
    Headcount,
    /// The users grow by another percentage at each renewal.
    Growth,
    /// The customer has different accounts: fewer or more are missing, or come first in the tiers (P12).
    Holdings,
    /// A new purchase became a renewal (P13) or a test enterprise's (P14), or the other way round.
    OrderKind,
    /// The customer buys for a different term (P6–P8).
    Term,
    /// A negotiated price differs, was added or was removed (P5).
    Negotiated,
    /// The rate card differs: its tiers, prices, or rules of terms and accumulation (P1–P4).
    Tiers,
    /// A waiver came or went, with the customer, the date or the card's rule (V1–V5).
    Waiver,
    /// The order became confirmed or unconfirmed: its payable amount moves between the two totals.
    Status,
}

impl Cause {
    /// Returns the word that CSV and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Difference of payable amounts in yuan, new minus old; negative if less is payable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// Difference of the confirmed orders, which make the firm total.
    pub firm: Money,
    /// Difference of the unconfirmed orders.
    pub unconfirmed: Money,
}

impl Change {
    /// No difference.
    pub const ZERO: Change = Change { firm: Money::ZERO, unconfirmed: Money::ZERO };

    /// Returns true if nothing changes.
    pub fn is_zero(&self) -> bool {
        *self == Change::ZERO
    }

    /// Returns the sum, part by part; `None` if it overflows the range of money.
    pub fn checked_add(self, other: Change) -> Option<Change> {
        Some(Change {
            firm: self.firm.checked_add(other.firm)?,
            unconfirmed: self.unconfirmed.checked_add(other.unconfirmed)?,
        })
    }

    /// Returns the difference, part by part; `None` if it overflows the range of money.
    pub fn checked_sub(self, other: Change) -> Option<Change> {
        Some(Change {
            firm: self.firm.checked_sub(other.firm)?,
            unconfirmed: self.unconfirmed.checked_sub(other.unconfirmed)?,
        })
    }
}

/// Returns a difference as a part of the old amount, rounded to the nearest thousandth; `None` if the old
/// amount is zero, of which nothing is a part.
///
/// ```
/// use wxlicense::{Money, analysis::compare::relative};
/// let part = relative(Money::from_fen(29_000), Money::from_fen(60_500));
/// assert_eq!(part.unwrap().to_string(), "0.479");
/// ```
pub fn relative(difference: Money, old: Money) -> Option<Decimal> {
    let part = Decimal::from(difference.fen()).checked_div(Decimal::from(old.fen()))?;
    Some(part.round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero))
}

/// The amount of one cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CauseChange {
    /// The cause.
    pub cause: Cause,
    /// Its part of the difference.
    pub change: Change,
}

/// Sums by cause while they are collected.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally(Vec<CauseChange>);

impl Tally {
    pub(super) fn add(&mut self, cause: Cause, change: Change) -> Option<()> {
        match self.0.iter_mut().find(|known| known.cause == cause) {
            Some(known) => known.change = known.change.checked_add(change)?,
            None => self.0.push(CauseChange { cause, change }),
        }
        Some(())
    }

    /// Returns the causes that changed something, in the order of the walk.
    pub(super) fn into_causes(mut self) -> Vec<CauseChange> {
        self.0.retain(|known| !known.change.is_zero());
        self.0.sort_by_key(|known| known.cause);
        self.0
    }
}

/// Returns the sums of parts by cause, and of all of them; `None` if one overflows the range of money.
pub(super) fn sum_by_cause<'c>(
    parts: impl Iterator<Item = &'c CauseChange>,
) -> Option<(Vec<CauseChange>, Change)> {
    let mut tally = Tally::default();
    for CauseChange { cause, change } in parts {
        tally.add(*cause, *change)?;
    }
    let causes = tally.into_causes();
    let difference = add_up(&causes)?;
    Some((causes, difference))
}

/// Returns the sum of causes; `None` if it overflows the range of money.
pub(super) fn add_up(causes: &[CauseChange]) -> Option<Change> {
    causes.iter().try_fold(Change::ZERO, |sum, cause| sum.checked_add(cause.change))
}
