//! WeCom's lists of the accounts that orders lead to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::papers::{Papers, counts, number_of};
use super::{Placed, seconds};
use crate::account::AccountType;
use crate::plan::{HeldLot, Plan};
use crate::planning::schedule::OrderLot;
use crate::wecom::{documents, holdings};

/// Plans with more accounts are left out, for the time that they take.
const MOST_ACCOUNTS: u32 = 6000;

const NO_ACCOUNTS: &str = "{\"errcode\":0,\"has_more\":0,\"account_list\":[]}\n";

/// An account of a user, with the days on which codes were activated on it, and on which each ends.
struct Account {
    user: String,
    codes: Vec<(Date, Date)>,
    /// True if no order tells when it expired first.
    is_from_before: bool,
}

/// Accounts by school, type and day of expiry.
type Accounts = HashMap<(usize, AccountType, Date), Vec<Account>>;

/// Replaces what a plan holds and records by lists of the accounts on a day, and names who was renewed. Returns the
/// documents of orders that perhaps cannot be priced from them; `None` if there are too many accounts.
pub(super) fn list_accounts(
    plan: &mut Plan,
    orders: &[Placed],
    date: Date,
    papers: &mut Papers,
) -> Option<BTreeSet<usize>> {
    let bought = orders.iter().map(|placed| counts(&placed.order)).map(|one| one.basic + one.interop);
    let held = plan.schools.iter().flat_map(|school| &school.held).map(|held| held.count);
    if bought.chain(held).sum::<u32>() > MOST_ACCOUNTS {
        return None;
    }
    let first = orders.iter().map(|placed| placed.order.date).min().unwrap().yesterday().unwrap();
    let mut accounts = Accounts::new();
    let mut users = 0..;
    let mut new = |code, is_from_before| Account {
        user: format!("user-{}", users.next().unwrap()),
        codes: vec![code],
        is_from_before,
    };
    for (index, school) in plan.schools.iter_mut().enumerate() {
        for held in std::mem::take(&mut school.held).iter().filter(|held| first < held.expires) {
            let of_lot = accounts.entry((index, held.account_type, held.expires)).or_default();
            of_lot.extend((0..held.count).map(|_| new((first, held.expires), true)));
        }
        school.purchases.clear();
    }
    let mut unknowable = BTreeSet::new();
    for (order, school, lot) in events(orders, date) {
        let is_renewal = orders[order].order.quote.renewal;
        let mut of_lot: Vec<Account> = match lot.extends {
            None => (0..lot.count).map(|_| new((lot.activated, lot.expires), false)).collect(),
            Some(old) => {
                let found = accounts.get_mut(&(school, lot.account_type, old)).unwrap();
                found.drain(..lot.count as usize).collect()
            }
        };
        if is_renewal {
            let users: Vec<String> = of_lot.iter().map(|account| account.user.clone()).collect();
            papers.name(order, lot.account_type, &users);
            let is_unknown = |account: &Account| {
                account.is_from_before || can_be_of_several(orders, order, lot.account_type, account)
            };
            if orders[order].order.quote.term.days > 0 && of_lot.iter().any(is_unknown) {
                // What they count for in earlier orders of the group, nobody knows either.
                let is_before = |other: &&Placed| {
                    other.members == orders[order].members && other.order.date <= orders[order].order.date
                };
                let earlier = (0..orders.len()).filter(|&other| is_before(&&orders[other]));
                unknowable.extend(earlier.map(|other| papers.bill_of(other)));
            }
        }
        if lot.extends.is_some() {
            of_lot.iter_mut().for_each(|account| prolong(account, lot, is_renewal));
        }
        accounts.entry((school, lot.account_type, lot.expires)).or_default().extend(of_lot);
    }
    let mut texts: BTreeMap<usize, String> =
        (0..plan.schools.len()).map(|school| (school, NO_ACCOUNTS.to_owned())).collect();
    for ((school, account_type, _), of_lot) in accounts {
        of_lot
            .iter()
            .for_each(|account| texts.get_mut(&school).unwrap().push_str(&entry(account, account_type)));
    }
    for (school, text) in texts {
        let read = documents::read("accounts.json", text.as_bytes());
        assert_eq!(read.diagnostics, []);
        let list = holdings(read.documents).list;
        let mut lots: BTreeMap<(AccountType, Date), u32> = BTreeMap::new();
        for account in list.accounts.iter().filter(|account| date < account.expires) {
            *lots.entry((account.account_type, account.expires)).or_default() += 1;
        }
        let lot = |((account_type, expires), count)| HeldLot { account_type, count, expires };
        plan.schools[school].held = lots.into_iter().map(lot).collect();
        plan.schools[school].accounts = Some(list);
    }
    Some(unknowable)
}

/// Returns the activations and prolongations by a day in the order in which they happen, each with its order and the
/// school of its users.
fn events(orders: &[Placed], by: Date) -> Vec<(usize, usize, &OrderLot)> {
    let lots = orders.iter().enumerate().flat_map(|(order, placed)| {
        placed.order.lots.iter().map(move |lot| (order, placed.members[lot.member], lot))
    });
    let mut lots: Vec<_> = lots.filter(|(.., lot)| lot.activated <= by).collect();
    // A prolongation follows what it prolongs, and starts later than that.
    lots.sort_by_key(|(_, _, lot)| (lot.activated, lot.extends));
    lots
}

/// Returns true if codes with several terms could be activated when an account was that an order renews.
fn can_be_of_several(orders: &[Placed], order: usize, account_type: AccountType, account: &Account) -> bool {
    account.codes.iter().any(|(activated, _)| {
        let of_group = orders.iter().filter(|other| other.members == orders[order].members);
        let open = of_group.map(|placed| &placed.order).filter(|other| {
            let last_day = other.date + jiff::Span::new().years(1);
            let is_there = *counts(other).get(account_type) > 0 && !other.quote.renewal;
            is_there && (other.date..=last_day).contains(activated)
        });
        let terms: BTreeSet<u32> = open.map(|other| other.quote.days).collect();
        terms.len() > 1
    })
}

/// Prolongs an account: a renewal its last code, another code by the days that the last one had left.
fn prolong(account: &mut Account, lot: &OrderLot, is_renewal: bool) {
    let last = account.codes.last_mut().unwrap();
    if is_renewal {
        last.1 = lot.expires;
    } else {
        last.1 = lot.activated;
        account.codes.push((lot.activated, lot.expires));
    }
}

/// Returns an account as WeCom lists it: with one code as accounts are listed, with several as codes are, of which the
/// earlier ones were merged into the later ones.
fn entry(account: &Account, account_type: AccountType) -> String {
    let (user, kind) = (&account.user, number_of(account_type));
    let of_code = |(activated, expires): (Date, Date)| {
        let (active_time, expire_time) = (seconds(activated), seconds(expires));
        format!(r#""userid":"{user}","type":{kind},"active_time":{active_time},"expire_time":{expire_time}"#)
    };
    if let [code] = account.codes[..] {
        return format!("{{\"errcode\":0,\"has_more\":0,\"account_list\":[{{{}}}]}}\n", of_code(code));
    }
    let last = account.codes.len() - 1;
    let codes = account.codes.iter().enumerate().map(|(index, code)| {
        let status = if index == last { 2 } else { 5 };
        let created = seconds(code.0);
        let of_code = of_code(*code);
        format!(r#"{{"active_code":"{user}-{index}","status":{status},"create_time":{created},{of_code}}}"#)
    });
    let codes: Vec<String> = codes.collect();
    format!("{{\"errcode\":0,\"active_info_list\":[{}]}}\n", codes.join(","))
}
