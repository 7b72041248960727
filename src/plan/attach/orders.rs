//! Purchases from WeCom's orders. In go a plan and orders of all enterprises, out come the purchases of its schools.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use jiff::civil::Date;

use crate::account::{AccountType, Counts, Term};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::plan::{Bill, ListedOrder, ListedTerm, Plan, RecordedPurchase, School};
use crate::rates::TermRules;

/// Adds the orders to the schools that they are for. One that a school records by hand counts once. Returns the
/// days of payment of those that were added, by school.
pub(super) fn add(
    plan: &mut Plan,
    orders: Vec<ListedOrder>,
    span: &Range<usize>,
    sink: &Sink,
) -> BTreeMap<usize, Vec<Date>> {
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
    if others > 0 {
        let diagnostic = Diagnostic::new(Code::OrdersOfOthers).with("orders", others);
        sink.report(diagnostic.with("enterprises", enterprises.len()), span.clone());
    }
    let mut added = BTreeMap::new();
    for (index, mut orders) in of_schools {
        orders.sort_by(|one, other| (one.paid, &one.id).cmp(&(other.paid, &other.id)));
        let (school, terms) = (&mut plan.schools[index], &plan.card.term);
        let before = school.purchases.len();
        let mut days = Vec::new();
        for order in orders {
            match recorded(school, &order, before) {
                Some(recorded) => recorded.bill = Some(bill(&order)),
                None => match purchase(school, order, terms) {
                    Ok(purchase) => {
                        days.push(purchase.paid);
                        school.purchases.push(purchase);
                    }
                    Err(order) => {
                        let diagnostic = Diagnostic::new(Code::RenewalUnexplained)
                            .with("order", order.id.as_str())
                            .with("school", school.name.as_str());
                        sink.report(diagnostic, span.clone());
                    }
                },
            }
        }
        if school.accounts.is_none() && !days.is_empty() {
            let diagnostic = Diagnostic::new(Code::OrdersWithoutAccounts)
                .with("school", school.name.as_str())
                .with("code", school.code.as_str());
            sink.report(diagnostic, span.clone());
        }
        school.purchases.sort_by_key(|purchase| purchase.paid);
        added.insert(index, days);
    }
    added
}

/// Returns the purchase that the plan records for an order: of the same kind, day and accounts. The first
/// `stated` purchases are those of the plan.
fn recorded<'s>(
    school: &'s mut School,
    order: &ListedOrder,
    stated: usize,
) -> Option<&'s mut RecordedPurchase> {
    let is_same = |purchase: &&mut RecordedPurchase| {
        purchase.bill.is_none()
            && (purchase.kind, purchase.paid, purchase.counts) == (order.kind, order.paid, order.counts)
    };
    school.purchases[..stated].iter_mut().find(is_same)
}

fn bill(order: &ListedOrder) -> Bill {
    Bill { order_id: order.id.clone(), price: order.price }
}

/// Returns an order as a purchase; the order itself if it renews accounts to a day, and nothing shows when they
/// expired.
fn purchase(school: &School, order: ListedOrder, terms: &TermRules) -> Result<RecordedPurchase, ListedOrder> {
    let term = match order.term {
        ListedTerm::Length(term) => Some(term),
        ListedTerm::Until(day) => term_until(school, &order, day, terms),
    };
    let Some(term) = term else { return Err(order) };
    Ok(RecordedPurchase {
        paid: order.paid,
        kind: order.kind,
        counts: order.counts,
        term,
        activations: Vec::new(),
        listed: Counts::ZERO,
        bill: Some(bill(&order)),
    })
}

/// Returns the term of a renewal to a day, from the one expiry that its accounts had (P15, docs/rules.md#p15):
/// that of the accounts which expired first. With an account list the term prolongs nothing, and one that cannot
/// be known is counted from the payment.
fn term_until(school: &School, order: &ListedOrder, until: Date, terms: &TermRules) -> Option<Term> {
    let days_from = |from: Date| {
        let days = u32::try_from((until - from).get_days()).ok().filter(|days| *days > 0)?;
        Some(terms.term_of(days))
    };
    if school.accounts.is_some() {
        return days_from(order.paid);
    }
    let holdings = school.holdings(terms);
    let is_renewed = |account_type: &AccountType| *order.counts.get(*account_type) > 0;
    let first = |account_type: AccountType| {
        let lots = holdings.lots.iter().filter(|lot| lot.account_type == account_type);
        lots.filter(|lot| lot.is_active(order.paid)).map(|lot| lot.expires).min()
    };
    let mut expiries = AccountType::ALL.into_iter().filter(is_renewed).map(first);
    let expires = expiries.next()??;
    expiries.all(|other| other == Some(expires)).then(|| days_from(expires))?
}
