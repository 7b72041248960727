//! Purchases from WeCom's orders. In go a plan and orders of all enterprises, out come the purchases of its schools.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use crate::account::{AccountType, Counts, Term};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Bill, ListedOrder, ListedTerm, Plan, RecordedPurchase, School};
use crate::rates::TermRules;

/// What came of adding orders.
#[derive(Debug, Default)]
pub(super) struct Added {
    /// The days of payment of the purchases that were added, by school.
    pub(super) days: BTreeMap<usize, Vec<Date>>,
    /// What they leave open.
    pub(super) problems: Vec<Diagnostic>,
}

/// Adds the orders to the schools that they are for. One that a school records by hand, or has already, counts
/// once.
pub(super) fn add(plan: &mut Plan, orders: Vec<ListedOrder>) -> Added {
    let schools: HashMap<String, usize> = plan
        .schools
        .iter()
        .enumerate()
        .filter_map(|(index, school)| Some((school.corp_id.clone()?, index)))
        .collect();
    let mut of_schools: BTreeMap<usize, Vec<ListedOrder>> = BTreeMap::new();
    let (mut others, mut enterprises) = (0_usize, BTreeSet::new());
    for order in orders {
        match schools.get(&order.corp_id) {
            Some(&index) => of_schools.entry(index).or_default().push(order),
            None => {
                others += 1;
                enterprises.insert(order.corp_id);
            }
        }
    }
    let mut added = Added::default();
    if others > 0 {
        let problem = Diagnostic::new(Code::OrdersOfOthers).with("orders", others);
        added.problems.push(problem.with("enterprises", enterprises.len()));
    }
    for (index, mut orders) in of_schools {
        orders.sort_by(|one, other| (one.paid, &one.id).cmp(&(other.paid, &other.id)));
        let days = add_to(&mut plan.schools[index], orders, &plan.card.term, &mut added.problems);
        added.days.insert(index, days);
    }
    added
}

/// Adds orders to their school, and returns the days of payment of those that are new.
fn add_to(
    school: &mut School,
    orders: Vec<ListedOrder>,
    terms: &TermRules,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Date> {
    let has = |purchases: &[RecordedPurchase], id: &str| {
        purchases.iter().any(|purchase| purchase.bill.as_ref().is_some_and(|bill| bill.order_id == id))
    };
    let mut new: Vec<ListedOrder> = Vec::new();
    for order in orders {
        let is_there = has(&school.purchases, &order.id) || new.iter().any(|other| other.id == order.id);
        if !is_there {
            new.push(order);
        }
    }
    // An order with the term that the plan records comes before one that only looks like it.
    let new = [Likeness::SameTerm, Likeness::OtherTerm].into_iter().fold(new, |new, likeness| {
        new.into_iter().filter_map(|order| record(school, order, terms, likeness)).collect()
    });
    let mut days = Vec::new();
    for order in new {
        match purchase(school, order, terms) {
            Ok(purchase) => {
                days.push(purchase.paid);
                school.purchases.push(purchase);
            }
            Err(order) => problems.push(
                Diagnostic::new(Code::RenewalUnexplained)
                    .with("order", order.id.as_str())
                    .with("school", school.name.as_str()),
            ),
        }
    }
    if school.accounts.is_none() && !days.is_empty() {
        let problem = Diagnostic::new(Code::OrdersWithoutAccounts).with("school", school.name.as_str());
        problems.push(problem.with("code", school.code.as_str()));
    }
    school.purchases.sort_by_key(|purchase| purchase.paid);
    days
}

/// Adds renewals to a day of which nothing says when their accounts expired, with the term from the payment.
pub(super) fn add_unexplained(plan: &mut Plan, orders: Vec<ListedOrder>) {
    for order in orders {
        let of_order = |school: &&mut School| school.corp_id.as_ref() == Some(&order.corp_id);
        let Some(school) = plan.schools.iter_mut().find(of_order) else { continue };
        if let ListedTerm::Until(until) = order.term
            && let Some(term) = term_between(order.paid, until, &plan.card.term)
        {
            school.purchases.push(with_term(order, term));
        }
    }
}

/// How an order is like a purchase of the plan, besides kind, day and accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    SameTerm,
    OtherTerm,
}

/// Adds an order to the purchase that the plan records for it; returns the order if there is none. The term is that of
/// the order: it is what WeCom charges.
fn record(
    school: &mut School,
    order: ListedOrder,
    terms: &TermRules,
    likeness: Likeness,
) -> Option<ListedOrder> {
    let has_term = |purchase: &RecordedPurchase| match order.term {
        ListedTerm::Length(term) => terms.days(purchase.term) == terms.days(term),
        ListedTerm::Until(_) => true,
    };
    let is_same = |purchase: &&mut RecordedPurchase| {
        purchase.bill.is_none()
            && (purchase.kind, purchase.paid, purchase.counts) == (order.kind, order.paid, order.counts)
            && (likeness == Likeness::OtherTerm || has_term(purchase))
    };
    let Some(recorded) = school.purchases.iter_mut().find(is_same) else { return Some(order) };
    if let ListedTerm::Length(term) = order.term {
        recorded.term = term;
    }
    recorded.bill = Some(bill(order));
    None
}

fn bill(order: ListedOrder) -> Bill {
    let until = match order.term {
        ListedTerm::Until(day) => Some(day),
        ListedTerm::Length(_) => None,
    };
    Bill { order_id: order.id, price: order.price, until, renewed: order.renewed }
}

/// Returns an order as a purchase; the order itself if it renews accounts to a day, and nothing shows when they
/// expired.
fn purchase(school: &School, order: ListedOrder, terms: &TermRules) -> Result<RecordedPurchase, ListedOrder> {
    let term = match order.term {
        ListedTerm::Length(term) => Some(term),
        ListedTerm::Until(day) => term_until(school, &order, day, terms),
    };
    match term {
        Some(term) => Ok(with_term(order, term)),
        None => Err(order),
    }
}

fn with_term(order: ListedOrder, term: Term) -> RecordedPurchase {
    RecordedPurchase {
        paid: order.paid,
        kind: order.kind,
        counts: order.counts,
        term,
        activations: Vec::new(),
        listed: Counts::ZERO,
        bill: Some(bill(order)),
    }
}

/// Returns the term of a renewal to a day, from the one expiry that its accounts had (P15, docs/rules.md#p15):
/// that of the accounts which expired first. With an account list the term prolongs nothing, and one that cannot
/// be known is counted from the payment.
fn term_until(school: &School, order: &ListedOrder, until: Date, terms: &TermRules) -> Option<Term> {
    if school.accounts.is_some() {
        return term_between(order.paid, until, terms);
    }
    term_between(first_expiry(school, order.paid, order.counts, terms)?, until, terms)
}

/// Returns the term from one day of expiry to a later one; `None` if no order can have it.
pub(super) fn term_between(expires: Date, until: Date, terms: &TermRules) -> Option<Term> {
    let days = u32::try_from((until - expires).get_days()).ok()?;
    if !(terms.least_days..=terms.most_days).contains(&days) {
        return None;
    }
    Some(terms.term_of(days))
}

/// Returns the day on which the accounts of the types in `counts` that run on a day expire first; `None` if fewer
/// expire then, or the types differ.
pub(super) fn first_expiry(school: &School, on: Date, counts: Counts, terms: &TermRules) -> Option<Date> {
    let holdings = school.holdings(terms);
    let is_renewed = |account_type: &AccountType| *counts.get(*account_type) > 0;
    let first = |account_type: AccountType| {
        let mut running = holdings.running(on, on);
        running.retain(|(of_type, ..)| *of_type == account_type);
        let (_, expires, count) = running.into_iter().min_by_key(|(_, expires, _)| *expires)?;
        (*counts.get(account_type) <= count).then_some(expires)
    };
    let mut expiries = AccountType::ALL.into_iter().filter(is_renewed).map(first);
    let expires = expiries.next()??;
    expiries.all(|other| other == Some(expires)).then_some(expires)
}
