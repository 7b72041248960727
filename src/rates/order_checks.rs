use crate::account::Term;

/// The checks that an order has to pass before WeCom takes it (O1–O8), beside the limits of its size and term.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OrderChecks {
    /// The facts behind the check that the customer has an app order that has not expired.
    pub app_order_facts: Vec<String>,
    /// The facts behind the check that the term is not shorter than that of the app order.
    pub app_order_term_facts: Vec<String>,
    /// The check of an order in the trial of an app.
    pub trial: TrialOrderCheck,
    /// The check of an order of a short term.
    pub short_term: ShortTermCheck,
    /// The only term that a waived customer can order; it cannot renew.
    pub waived_term: Term,
    /// The facts behind the term of a waived customer.
    pub waived_facts: Vec<String>,
    /// The facts behind the check that a renewal has active accounts to prolong.
    pub renewal_facts: Vec<String>,
    /// The facts behind the check that the customer's apps have the permission of the account type.
    pub permission_facts: Vec<String>,
}

/// The check of an order while an app is in its trial and the customer has no order of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrialOrderCheck {
    /// The longest term in days, inclusive.
    pub most_days: u32,
    /// The facts behind it.
    pub facts: Vec<String>,
}

/// The check of an order of a short term: its accounts against the customer's contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShortTermCheck {
    /// The longest term in days that is checked, inclusive.
    pub days: u32,
    /// The most accounts, both types together, for each of the customer's contacts.
    pub accounts_per_contact: u32,
    /// The facts behind it.
    pub facts: Vec<String>,
}
