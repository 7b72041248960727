//! Which codes of the purchases have become accounts of the account lists. In goes a plan with both, out come
//! purchases that count no account twice.

use jiff::civil::Date;

use crate::account::AccountType;
use crate::plan::{Plan, RecordedKind, RecordedPurchase};
use crate::rules::last_activation_day;

/// Marks the codes of each purchase whose accounts an account list has, by the plan's date. An account comes from
/// the purchase of its school, or of the school's payer, whose codes must be activated first: O9
/// (docs/rules.md#o9). What a list does not have is not activated.
pub(super) fn list_activated(plan: &mut Plan, date: Date) {
    for school in plan.schools.iter_mut().filter(|school| school.accounts.is_some()) {
        for purchase in school.purchases.iter_mut().filter(|purchase| purchase.paid <= date) {
            purchase.activations.retain(|activation| date < activation.date);
            if purchase.kind == RecordedKind::Renewal {
                purchase.listed = purchase.counts;
            }
        }
    }
    for index in 0..plan.schools.len() {
        let payer = plan.schools[index].upstream.as_ref();
        let payer = payer.and_then(|code| plan.schools.iter().position(|school| school.code == *code));
        let Some(list) = &plan.schools[index].accounts else { continue };
        let mut activated: Vec<(Date, AccountType)> =
            list.accounts.iter().map(|account| (account.activated, account.account_type)).collect();
        activated.sort_unstable();
        for (day, account_type) in activated {
            if let Some((school, purchase)) = source_of(plan, [Some(index), payer], day, account_type) {
                *plan.schools[school].purchases[purchase].listed.get_mut(account_type) += 1;
            }
        }
    }
}

/// Returns the purchase, with its school, whose code an activation used: of those with a code left the one whose
/// last day of activation is the first.
fn source_of(
    plan: &Plan,
    schools: [Option<usize>; 2],
    day: Date,
    account_type: AccountType,
) -> Option<(usize, usize)> {
    let is_open = |purchase: &RecordedPurchase| {
        purchase.kind == RecordedKind::Purchase
            && purchase.paid <= day
            && last_activation_day(&plan.card, purchase.paid).is_none_or(|last| day <= last)
            && purchase.unactivated(account_type) > 0
    };
    let purchases = schools.into_iter().flatten().flat_map(|school| {
        let purchases = plan.schools[school].purchases.iter().enumerate();
        purchases
            .filter(|(_, purchase)| is_open(purchase))
            .map(move |(index, purchase)| (purchase.paid, school, index))
    });
    purchases.min_by_key(|(paid, ..)| *paid).map(|(_, school, index)| (school, index))
}
