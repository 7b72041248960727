use jiff::civil::Date;

use crate::account::AccountType;
use crate::rules::days_between;

/// Days on which no account is active that would let users in, although some are needed: between the end of a
/// trial, or an expiry, and the next activation. Days on which there are merely too few active accounts are
/// not a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The type of account that is missing; an interop account stands in for a basic one (W5).
    pub account_type: AccountType,
    /// The first day, Beijing time: the day on which the trial or the accounts end.
    pub from: Date,
    /// First day on which users are let in again; the end of the horizon if that is later.
    pub until: Date,
    /// The days from `from` to `until`.
    pub days: u32,
}

/// Days on which accounts of a type are active.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coverage {
    pub(super) account_type: AccountType,
    /// First day on which they are active; `None` if they are from the beginning.
    pub(super) starts: Option<Date>,
    pub(super) expires: Date,
}

impl Coverage {
    /// Returns true if these accounts let in users of that type: an interop account includes a basic one
    /// (W5, docs/rules.md#w5).
    fn covers(&self, account_type: AccountType) -> bool {
        self.account_type == account_type || self.account_type == AccountType::Interop
    }
}

/// Returns the gaps of one type up to `end`, exclusive, that start on a day on which it is needed.
pub(super) fn gaps(
    account_type: AccountType,
    trial_end: Option<Date>,
    coverage: &[Coverage],
    end: Date,
    is_needed: impl Fn(Date) -> bool,
) -> Vec<Gap> {
    let mut spans: Vec<(Option<Date>, Date)> = coverage
        .iter()
        .filter(|span| span.covers(account_type))
        .map(|span| (span.starts, span.expires))
        .collect();
    spans.sort();
    let mut gaps = Vec::new();
    let mut covered_until = trial_end;
    let last = (Some(end), end);
    for (starts, expires) in spans.into_iter().chain([last]) {
        let starts = starts.map(|starts| starts.min(end));
        if let (Some(from), Some(until)) = (covered_until, starts)
            && from < until
            && is_needed(from)
        {
            gaps.push(Gap { account_type, from, until, days: days_between(from, until) });
        }
        covered_until = Some(covered_until.map_or(expires, |until| until.max(expires)));
    }
    gaps
}
