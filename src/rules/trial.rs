use jiff::civil::{Date, DateTime};

use super::deadline::span_of;
use crate::customer::AppKind;
use crate::rates::RateCard;

/// Free trial of an app (T1, docs/rules.md#t1), Beijing time (T11, docs/rules.md#t11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trial {
    /// Moment of the first installation or authorisation.
    pub start: DateTime,
    /// Moment from which users without an account cannot enter the app.
    pub end: DateTime,
    /// First day on which the app reminds its users (T2, docs/rules.md#t2).
    pub reminder: Date,
}

/// The finding about an app's trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrialFinding {
    /// The app has a trial.
    Trial(Trial),
    /// The app is never charged, so it needs none (W1, docs/rules.md#w1).
    NotCharged,
    /// The app was authorised before the first day that brings a trial: WeCom switches its check on at an
    /// unknown time (T3, docs/rules.md#t3).
    AuthorizedEarlier {
        /// First day that brings a trial, Beijing time.
        first: Date,
    },
    /// It is unknown when the app was authorised.
    AuthorizationUnknown,
    /// The card has no rule, or the trial would end beyond the calendar.
    NoRule,
}

impl TrialFinding {
    /// Returns the trial, if there is one.
    pub fn trial(self) -> Option<Trial> {
        match self {
            TrialFinding::Trial(trial) => Some(trial),
            _ => None,
        }
    }
}

/// Returns the trial of an app, by T1 (docs/rules.md#t1): exactly the card's days, each of 24 hours, since
/// Beijing has no daylight saving. The reminder begins the card's number of days before the day on which the
/// trial ends.
///
/// ```
/// use jiff::civil::date;
/// use wxlicense::{customer::AppKind, rates::RateCards, rules::look_up_trial};
/// let cards = RateCards::embedded().unwrap();
/// let card = cards.in_force(None).unwrap();
/// let authorized = date(2022, 11, 18).at(10, 36, 18, 0);
/// let trial = look_up_trial(card, AppKind::Agency, Some(authorized)).trial().unwrap();
/// assert_eq!(trial.end, date(2023, 2, 16).at(10, 36, 18, 0));
/// assert_eq!(trial.reminder, date(2023, 2, 9));
/// ```
pub fn look_up_trial(card: &RateCard, kind: AppKind, authorized: Option<DateTime>) -> TrialFinding {
    if !card.charging.app_kinds.contains(&kind) {
        return TrialFinding::NotCharged;
    }
    let Some(rule) = &card.trial else { return TrialFinding::NoRule };
    let Some(start) = authorized else { return TrialFinding::AuthorizationUnknown };
    if start.date() < rule.first_authorized {
        return TrialFinding::AuthorizedEarlier { first: rule.first_authorized };
    }
    let trial = || {
        let end = start.checked_add(span_of(rule.days)?).ok()?;
        let reminder = end.date().checked_sub(span_of(rule.reminder_days)?).ok()?;
        Some(Trial { start, end, reminder })
    };
    trial().map_or(TrialFinding::NoRule, TrialFinding::Trial)
}

/// Returns the day on which it is best to pay for accounts that a trial's end makes necessary: the day before
/// the app begins to remind its users, so that nobody ever sees the reminder. Paying early costs no validity,
/// since an account runs from its activation, for which there is a year: T4 (docs/rules.md#t4). `None` at the
/// end of the calendar.
pub fn recommended_pay_day(trial: &Trial) -> Option<Date> {
    trial.reminder.yesterday().ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::rates::RateCards;

    fn find(kind: AppKind, authorized: Option<DateTime>) -> TrialFinding {
        look_up_trial(RateCards::embedded().unwrap().in_force(None).unwrap(), kind, authorized)
    }

    #[test]
    fn the_first_chargeable_moment_brings_a_trial() {
        let first = date(2022, 5, 16);
        let before = date(2022, 5, 15).at(23, 59, 59, 0);
        assert_eq!(find(AppKind::Agency, Some(before)), TrialFinding::AuthorizedEarlier { first });
        let trial = find(AppKind::ThirdParty, Some(first.at(0, 0, 0, 0))).trial().unwrap();
        assert_eq!(trial.end, date(2022, 8, 14).at(0, 0, 0, 0));
    }

    #[test]
    fn an_internal_app_needs_no_trial_and_an_undated_one_has_none_known() {
        let moment = date(2022, 8, 8).at(19, 6, 12, 0);
        assert_eq!(find(AppKind::Internal, Some(moment)), TrialFinding::NotCharged);
        assert_eq!(find(AppKind::Agency, None), TrialFinding::AuthorizationUnknown);
    }

    #[test]
    fn a_trial_counts_the_leap_day() {
        let over_leap_day = find(AppKind::Agency, Some(date(2024, 1, 1).at(8, 0, 0, 0))).trial().unwrap();
        assert_eq!(over_leap_day.end.date(), date(2024, 3, 31));
        let without = find(AppKind::Agency, Some(date(2100, 1, 1).at(8, 0, 0, 0))).trial().unwrap();
        assert_eq!(without.end.date(), date(2100, 4, 1));
    }

    #[test]
    fn the_calendar_ends_without_a_panic() {
        assert_eq!(find(AppKind::Agency, Some(Date::MAX.at(0, 0, 0, 0))), TrialFinding::NoRule);
    }

    #[test]
    fn payment_comes_before_the_reminder() {
        let trial = find(AppKind::Agency, Some(date(2022, 11, 18).at(10, 36, 18, 0))).trial().unwrap();
        assert_eq!(recommended_pay_day(&trial), Some(date(2023, 2, 8)));
    }
}
