//! Which codes of the purchases have become accounts of the account lists. In goes a plan with both, out come
//! purchases that count no account twice.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::account::{AccountType, Counts};
use crate::plan::{Plan, RecordedKind};
use crate::rules::last_activation_day;

/// A school, and one of its purchases or accounts, by their indices.
pub(super) type Of = (usize, usize);

/// Marks the codes of each purchase whose accounts an account list has, by the plan's date. What a list does not
/// have is not activated.
pub(super) fn list_activated(plan: &mut Plan, date: Date) {
    for school in plan.schools.iter_mut() {
        let has_list = school.accounts.is_some();
        for purchase in &mut school.purchases {
            purchase.listed = Counts::ZERO;
            if has_list && purchase.paid <= date {
                purchase.activations.retain(|activation| date < activation.date);
                if purchase.kind == RecordedKind::Renewal {
                    purchase.listed = purchase.counts;
                }
            }
        }
    }
    for ((_, account_type), (school, purchase)) in sources(plan) {
        let listed = plan.schools[school].purchases[purchase].listed.get_mut(account_type);
        *listed = listed.saturating_add(1);
    }
}

/// Returns the purchase from which each listed account comes: one of its school, or of the school's payer, whose
/// codes must be activated first, O9 (docs/rules.md#o9). Accounts whose purchase the plan does not have are left
/// out.
pub(super) fn sources(plan: &Plan) -> Vec<((Of, AccountType), Of)> {
    let by_code: HashMap<&str, usize> =
        plan.schools.iter().enumerate().map(|(index, school)| (school.code.as_str(), index)).collect();
    let mut left: HashMap<Of, Counts> = HashMap::new();
    let mut found = Vec::new();
    for (index, school) in plan.schools.iter().enumerate() {
        let Some(list) = &school.accounts else { continue };
        let payer = school.upstream.as_deref().and_then(|code| by_code.get(code)).copied();
        let purchases = open_purchases(plan, [Some(index), payer]);
        let mut activated: Vec<(Date, AccountType, usize)> = list
            .accounts
            .iter()
            .enumerate()
            .map(|(at, account)| (account.activated, account.account_type, at))
            .collect();
        activated.sort_unstable();
        for (day, account_type, at) in activated {
            let source = purchases.iter().find(|open| {
                let (school, purchase) = open.of;
                let of_purchase = || {
                    let purchase = &plan.schools[school].purchases[purchase];
                    Counts::from_fn(|account_type| purchase.unactivated(account_type))
                };
                open.paid <= day
                    && open.last_day.is_none_or(|last| day <= last)
                    && *left.entry(open.of).or_insert_with(of_purchase).get(account_type) > 0
            });
            if let Some(open) = source {
                if let Some(left) = left.get_mut(&open.of) {
                    *left.get_mut(account_type) -= 1;
                }
                found.push((((index, at), account_type), open.of));
            }
        }
    }
    found
}

struct OpenPurchase {
    of: Of,
    paid: Date,
    last_day: Option<Date>,
}

/// Returns the purchases of new accounts of these schools, by day of payment.
fn open_purchases(plan: &Plan, schools: [Option<usize>; 2]) -> Vec<OpenPurchase> {
    let mut open = Vec::new();
    for school in schools.into_iter().flatten() {
        for (index, purchase) in plan.schools[school].purchases.iter().enumerate() {
            if purchase.kind == RecordedKind::Purchase {
                let last_day = last_activation_day(&plan.card, purchase.paid);
                open.push(OpenPurchase { of: (school, index), paid: purchase.paid, last_day });
            }
        }
    }
    open.sort_by_key(|open| open.paid);
    open
}
