//! Money spent for nothing: accounts that nobody needs on any day, and accounts bought while paid codes lapse.

use jiff::civil::Date;

use super::coverage::Coverage;
use super::{Check, Findings, Subject, needs};
use crate::account::AccountType;
use crate::planning::schedule::{OrderLot, ScheduledOrder};

/// Reports lots of scheduled orders that are needed on no day, and those that codes in stock could have replaced.
pub(super) fn check(subject: &Subject<'_>, found: &mut Findings) {
    let coverage = Coverage::new(subject);
    for (order, lot) in subject.lots().filter(|(order, _)| order.recorded.is_none()) {
        if lot.starts() < subject.until && !is_needed(subject, &coverage, lot) {
            let text = format!("{lot:?}: some of these accounts are needed on no day");
            found.report(Check::Unneeded, order.date, text);
        }
        if !order.quote.is_free() {
            check_lapses(subject, order.date, lot, found);
            check_stock(subject, order, lot, found);
        }
    }
}

/// Returns true if every account of a lot is needed on one of its days at least.
fn is_needed(subject: &Subject<'_>, coverage: &Coverage<'_>, lot: &OrderLot) -> bool {
    let end = lot.expires.min(subject.until);
    let mut days = coverage.changes(lot.member);
    days.insert(lot.starts());
    let mut run = days.into_iter().filter(|on| lot.starts() <= *on && *on < end);
    run.any(|on| is_all_used(subject, coverage, lot, on))
}

/// Returns true if a member has no account of a type to spare on a day, basic users served by interop accounts
/// included.
fn is_all_used(subject: &Subject<'_>, coverage: &Coverage<'_>, lot: &OrderLot, on: Date) -> bool {
    let member = lot.member;
    let basic = coverage.position(member, AccountType::Basic, on);
    let basic_is_short = basic.active <= basic.need;
    let interop = coverage.active(member, AccountType::Interop, on);
    match lot.account_type {
        AccountType::Basic => basic_is_short,
        AccountType::Interop => {
            basic_is_short || interop <= needs::users(subject, member, AccountType::Interop, on)
        }
    }
}

fn check_lapses(subject: &Subject<'_>, date: Date, lot: &OrderLot, found: &mut Findings) {
    for lapsed in &subject.schedule.lapsed {
        let paid =
            subject.schools[lapsed.member].purchases.get(lapsed.purchase).map(|purchase| purchase.paid);
        let Some(paid) = paid else { continue };
        let same = lapsed.account_type == lot.account_type || lot.account_type == AccountType::Basic;
        let in_stock = (paid.max(subject.today)..=lapsed.last_day).contains(&lot.starts());
        if same && in_stock && subject.can_serve(lapsed.member, lot.member) {
            let text = format!("{lot:?} is bought although {lapsed:?} could serve these users");
            found.report(Check::WastedCodes, date, text);
        }
    }
}

/// Reports new accounts that are paid for although codes of their type, recorded or free, wait for a later day: what
/// is missing is what neither accounts nor codes serve.
fn check_stock(subject: &Subject<'_>, order: &ScheduledOrder, lot: &OrderLot, found: &mut Findings) {
    let starts = lot.starts();
    for (stock, code) in subject.lots().filter(|(_, code)| !code.recorded && starts < code.activated) {
        let serves = match stock.recorded {
            Some((buyer, _)) => subject.can_serve(buyer, lot.member),
            None => stock.quote.is_free() && code.member == lot.member,
        };
        let is_there = stock.date <= order.date && code.account_type == lot.account_type;
        if lot.extends.is_none() && serves && is_there {
            let text = format!("{lot:?} is bought although a code of {} waits: {code:?}", stock.date);
            found.report(Check::WastedCodes, order.date, text);
        }
    }
}
