use jiff::civil::Date;

/// The free trial of a new app (T1–T3). All days are Beijing time (T11, docs/rules.md#t11).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrialRule {
    /// Its length in times of 24 hours, from the authorisation.
    pub days: u32,
    /// The days before its end on which the app reminds its users.
    pub reminder_days: u32,
    /// The first day of authorisation that brings a trial; apps authorised earlier have none.
    pub first_authorized: Date,
    /// The facts behind the length.
    pub facts: Vec<String>,
    /// The facts behind the reminder.
    pub reminder_facts: Vec<String>,
    /// The facts behind apps without a trial.
    pub first_authorized_facts: Vec<String>,
}

/// Time in which a refund of a purchase can be asked for (T5, docs/rules.md#t5).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefundRule {
    /// Days after the day of payment, the last inclusive.
    pub days: u32,
    /// The facts behind it.
    pub facts: Vec<String>,
}

/// The time in which a bought account must be activated (T4, docs/rules.md#t4).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActivationRule {
    /// Calendar months after the day of payment, the last day inclusive.
    pub months: u32,
    /// The facts behind it.
    pub facts: Vec<String>,
}

/// Time in which an active account can be prolonged by a new code (T7, T8).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StackingRule {
    /// Largest number of days that may remain of the active account.
    pub days_left: u32,
    /// Largest number of days that may remain for the automatic activation; at most `days_left`.
    pub automatic_days_left: u32,
    /// The most days from the day of prolonging to the new expiry.
    pub most_days_ahead: u32,
    /// The facts behind the days that may remain.
    pub facts: Vec<String>,
    /// The facts behind the days ahead.
    pub most_facts: Vec<String>,
}
