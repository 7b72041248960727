//! What simple policies buy.

use super::cover::{Chain, Pattern, cover};
use super::draft::{Draft, DraftOrder, lot, replay};
use super::problem::Problem;
use super::{Policy, PurchasePlan};
use crate::account::{AccountType, Counts};
use crate::pricing::PurchaseKind;

/// Returns what a policy buys: orders on the day on which they are needed, and renewals of whole lots, as the yearly
/// policy of the schedule has them where the limits allow all of its orders; `None` if the limits forbid that, too.
pub(super) fn baseline(problem: &Problem, policy: Policy) -> Option<PurchasePlan> {
    let scheduled = problem.schedule.as_ref().filter(|_| policy == Policy::Yearly);
    if let Some(plan) = scheduled.and_then(|draft| replay(problem, draft)) {
        return Some(plan);
    }
    let term = problem.own_term.clamp(problem.least_term, problem.most_term);
    let together = policy == Policy::CoTerminated;
    let pattern = Pattern { together, ..Pattern::of(Chain::Fixed(term)) };
    let mut draft = Draft::default();
    let mut interop = problem.running_interop();
    for account_type in [AccountType::Interop, AccountType::Basic] {
        let part = problem.of_type(account_type, &interop);
        let blocks = cover(&part, account_type, &part.steps(account_type), &pattern);
        interop.extend(blocks.iter().map(|block| (block.start, block.expires(), block.count)));
        let mut own = Draft::default();
        for block in blocks {
            if let Some(code) = block.stock {
                own.stock.push((code, lot(block.from, account_type, block.extends(), block.count)));
                continue;
            }
            // Renewals are placed when the automatic activation begins: T7 (docs/rules.md#t7).
            let day = (block.start - RENEWED_BEFORE).max(block.from);
            if block.stacked && day < block.start {
                let counts = Counts::of(account_type, block.count);
                let lots = vec![lot(day, account_type, block.extends(), block.count)];
                let kind = PurchaseKind::Renewal;
                own.orders.push(DraftOrder { day, kind, term: block.term, counts, lots });
            } else {
                own.buy(
                    block.start,
                    block.term,
                    lot(block.start, account_type, block.extends(), block.count),
                );
            }
        }
        draft.merge(own);
    }
    replay(problem, &draft)
}

/// Days before an expiry on which it is renewed.
const RENEWED_BEFORE: i32 = 7;
