//! The past of a plan: which accounts were active when each order was paid. In goes a plan that counts its accounts
//! by the account lists as they are, out comes one that reaches the same accounts by its purchases.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Span;
use jiff::civil::Date;

use super::listing::{Of, list_activated, sources};
use super::{lots, orders};
use crate::account::{AccountType, Counts, Term};
use crate::diagnostic::Diagnostic;
use crate::plan::read::PricingDate;
use crate::plan::{
    HeldLot, ListedAccount, ListedOrder, ListedUser, Plan, RecordedActivation, RecordedKind,
    RecordedPurchase, School,
};
use crate::rates::TermRules;
use crate::rules::expiry;

impl Plan {
    /// Adds orders as purchases of the schools that they are for. One that the plan has already, or that a school
    /// records by hand, counts once. Returns what they leave open, as warnings; an order that renews accounts to a
    /// day, of which nothing says when they expired, is an error and is left out.
    #[must_use]
    pub fn with_orders(mut self, orders: Vec<ListedOrder>) -> (Plan, Vec<Diagnostic>) {
        let added = orders::add(&mut self, orders);
        if let Some(date) = self.date {
            list_activated(&mut self, date);
        }
        (self, added.problems)
    }

    /// Returns the plan on a later day, with the activations that the account lists show among its purchases: so
    /// each purchase can be priced from the accounts that were active when it was paid (P12). Accounts of which no
    /// purchase is known become purchases without a bill on the day of their activation; with a term that no order can
    /// have, they are held from the beginning.
    #[must_use]
    pub fn history(&self, date: Date) -> History {
        let mut plan = self.clone();
        let sources = sources_of_unlisted(&mut plan);
        for index in 0..plan.schools.len() {
            let Some(list) = plan.schools[index].accounts.take() else { continue };
            let stated = plan.schools[index].held.len() - lots(&list, on(self.date)).len();
            plan.schools[index].held.truncate(stated);
            let mut past = Past::new(&plan.schools[index], index, &plan.card.term);
            for (at, account) in list.accounts.iter().enumerate() {
                let source = sources.get(&(index, at)).copied();
                past.add(account, source, &plan.schools);
            }
            past.write(&mut plan.schools);
        }
        let terms = &plan.card.term;
        let unexplained =
            plan.schools.iter_mut().flat_map(|school| set_renewed_terms(school, terms)).collect();
        plan.schools.iter_mut().for_each(|school| school.purchases.sort_by_key(|purchase| purchase.paid));
        plan.date = Some(date);
        History { plan, unexplained }
    }
}

/// The past of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The plan with every purchase and activation that is known.
    pub plan: Plan,
    /// Ids of the orders that renew accounts to a day, of which nothing says when they expired.
    pub unexplained: BTreeSet<String>,
}

fn on(date: Option<Date>) -> PricingDate {
    date.map_or(PricingDate::Undated, PricingDate::On)
}

/// Takes back what was marked as listed, and returns the purchase of each listed account.
fn sources_of_unlisted(plan: &mut Plan) -> HashMap<Of, Of> {
    for purchase in plan.schools.iter_mut().flat_map(|school| &mut school.purchases) {
        purchase.listed = Counts::ZERO;
    }
    sources(plan).into_iter().map(|((account, _), purchase)| (account, purchase)).collect()
}

/// Activations by day, type and expiry.
type Runs = BTreeMap<(Date, AccountType, Option<Date>), u32>;

/// A renewal that names its users.
#[derive(Clone, Copy)]
struct Renewal {
    /// Index of the purchase.
    purchase: usize,
    paid: Date,
    term: Term,
    until: Option<Date>,
}

impl Renewal {
    /// Returns the expiry of an account that it prolongs.
    fn prolonged(&self, expires: Date, terms: &TermRules) -> Option<Date> {
        self.until.or_else(|| expiry(terms, expires, self.term))
    }
}

/// The accounts of a school as activations and renewals.
struct Past<'t> {
    terms: &'t TermRules,
    school: usize,
    renewals: HashMap<ListedUser, Vec<Renewal>>,
    /// Activations and prolongations of purchases.
    runs: BTreeMap<Of, Runs>,
    /// Accounts of which no purchase is known: activation, type, first expiry.
    unknown: BTreeMap<(Date, AccountType, Date), u32>,
}

impl<'t> Past<'t> {
    fn new(school: &School, index: usize, terms: &'t TermRules) -> Past<'t> {
        let mut renewals: HashMap<ListedUser, Vec<Renewal>> = HashMap::new();
        for (purchase, recorded) in school.purchases.iter().enumerate() {
            let Some(bill) = recorded.bill.as_ref().filter(|_| recorded.kind == RecordedKind::Renewal) else {
                continue;
            };
            let renewal = Renewal { purchase, paid: recorded.paid, term: recorded.term, until: bill.until };
            for user in &bill.renewed {
                renewals.entry(user.clone()).or_default().push(renewal);
            }
        }
        Past { terms, school: index, renewals, runs: BTreeMap::new(), unknown: BTreeMap::new() }
    }

    /// Adds an account, with its activation and all its renewals.
    fn add(&mut self, account: &ListedAccount, source: Option<Of>, schools: &[School]) {
        let user = ListedUser { account_type: account.account_type, user: account.user.as_str().into() };
        let renewals: Vec<Renewal> = self
            .renewals
            .get(&user)
            .into_iter()
            .flatten()
            .copied()
            .filter(|renewal| account.activated <= renewal.paid)
            .collect();
        let first = match source {
            Some((school, purchase)) => {
                let term = schools[school].purchases[purchase].term;
                self.count((school, purchase), (account.activated, account.account_type, None));
                expiry(self.terms, account.activated, term)
            }
            None => {
                let first = self.first_expiry(account, &renewals);
                let known = first.unwrap_or(account.expires);
                let run = (account.activated, account.account_type, known);
                *self.unknown.entry(run).or_default() += 1;
                first
            }
        };
        let mut expires = first;
        for renewal in renewals {
            if let Some(old) = expires {
                self.count((self.school, renewal.purchase), (renewal.paid, account.account_type, Some(old)));
            }
            expires = expires.and_then(|old| renewal.prolonged(old, self.terms));
        }
    }

    /// Returns when an account expired before its renewals; `None` if one of them was to a day.
    fn first_expiry(&self, account: &ListedAccount, renewals: &[Renewal]) -> Option<Date> {
        let days = renewals.iter().try_fold(0_u32, |sum, renewal| {
            let days = self.terms.days(renewal.term).filter(|_| renewal.until.is_none())?;
            sum.checked_add(days)
        })?;
        account.expires.checked_sub(Span::new().try_days(days).ok()?).ok()
    }

    fn count(&mut self, purchase: Of, run: (Date, AccountType, Option<Date>)) {
        *self.runs.entry(purchase).or_default().entry(run).or_default() += 1;
    }

    /// Writes the accounts into the purchases.
    fn write(self, schools: &mut [School]) {
        for ((school, purchase), runs) in self.runs {
            let activations = runs.into_iter().map(|((date, account_type, extends), count)| {
                RecordedActivation { date, account_type, count, extends }
            });
            schools[school].purchases[purchase].activations.extend(activations);
        }
        for ((activated, account_type, expires), count) in self.unknown {
            let school = &mut schools[self.school];
            let orderable = |term: &Term| {
                let days = self.terms.days(*term).unwrap_or(u32::MAX);
                !school.test_enterprise && (self.terms.least_days..=self.terms.most_days).contains(&days)
            };
            let term = orders::term_between(activated, expires, self.terms).filter(orderable);
            let Some(term) = term else {
                school.held.push(HeldLot { account_type, count, expires });
                continue;
            };
            let mut counts = Counts::ZERO;
            *counts.get_mut(account_type) = count;
            let activation = RecordedActivation { date: activated, account_type, count, extends: None };
            school.purchases.push(RecordedPurchase {
                paid: activated,
                kind: RecordedKind::Purchase,
                counts,
                term,
                activations: vec![activation],
                listed: Counts::ZERO,
                bill: None,
            });
        }
    }
}

/// Gives each renewal to a day the term that it had, from the one expiry of its accounts (P15,
/// docs/rules.md#p15). Returns the orders whose accounts are not known.
fn set_renewed_terms(school: &mut School, terms: &TermRules) -> Vec<String> {
    let mut unexplained = Vec::new();
    let mut by_day: Vec<usize> = (0..school.purchases.len()).collect();
    by_day.sort_by_key(|&index| school.purchases[index].paid);
    for index in by_day {
        let purchase = &school.purchases[index];
        let Some((bill, until)) = purchase.bill.as_ref().and_then(|bill| Some((bill, bill.until?))) else {
            continue;
        };
        let mut named = purchase.activations.iter().map(|activation| activation.extends);
        let expires = match named.next() {
            Some(first) => first.filter(|_| named.all(|other| other == first)),
            None => {
                let mut before = school.clone();
                before.purchases.retain(|other| other.paid < purchase.paid);
                orders::first_expiry(&before, purchase.paid, purchase.counts, terms)
            }
        };
        match expires.and_then(|expires| orders::term_between(expires, until, terms)) {
            Some(term) => school.purchases[index].term = term,
            None => unexplained.push(bill.order_id.clone()),
        }
    }
    unexplained
}
