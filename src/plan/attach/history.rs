//! The past of a plan: which accounts were active when each order was paid. In goes a plan that counts its accounts
//! by the account lists as they are, out comes one that reaches the same accounts by its purchases.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use jiff::civil::Date;

use super::trace::{Of, Prolonged, Trace, Traced, list_activated, trace};
use super::{lots, orders};
use crate::account::{AccountType, Counts};
use crate::diagnostic::Diagnostic;
use crate::plan::read::PricingDate;
use crate::plan::{
    HeldLot, Holding, ListedOrder, Plan, RecordedActivation, RecordedKind, RecordedPurchase, School,
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
    /// have, they are held from the beginning. Accounts of a group stand at its payer where its renewals are of theirs.
    /// `left_out` are orders that the plan does not have because nothing says when the accounts expired that they renew.
    #[must_use]
    pub fn history(&self, date: Date, left_out: Vec<ListedOrder>) -> History {
        let mut plan = self.clone();
        orders::add_unexplained(&mut plan, left_out);
        for purchase in plan.schools.iter_mut().flat_map(|school| &mut school.purchases) {
            purchase.listed = Counts::ZERO;
            purchase.bill.iter_mut().for_each(|bill| bill.price = None);
        }
        let [latest, earliest] = [false, true].map(|earliest| trace(&plan, earliest));
        let unknown = unknown_codes(&plan, &latest);
        for school in &mut plan.schools {
            if let Some(list) = school.accounts.take() {
                let listed = lots(&list, on(self.date)).len();
                let stated = school.held.len().saturating_sub(listed);
                school.held.truncate(stated);
            }
        }
        plan.date = Some(date);
        let past = past_of(plan.clone(), &latest, false);
        let earliest = (!past.unexplained.is_empty()).then(|| past_of(plan, &earliest, true).plan);
        let PastPlan { plan, unexplained, moved: purchases, first_to_expire } = past;
        History { plan, earliest, purchases, unexplained, unknown, first_to_expire }
    }
}

/// The purchases of a plan, each with its indices in the past.
type Moved = BTreeMap<Of, Of>;

/// A plan with the accounts of its lists among its purchases.
struct PastPlan {
    plan: Plan,
    /// The orders that renew accounts to a day of which nothing says when they expired.
    unexplained: BTreeSet<String>,
    /// What became of each purchase.
    moved: Moved,
    /// The renewals of which nothing says whose accounts they are, and that name those that expire first.
    first_to_expire: BTreeSet<String>,
}

fn past_of(mut plan: Plan, trace: &Trace, earliest: bool) -> PastPlan {
    let terms = plan.card.term.clone();
    let mut past = Past::new(&terms, earliest);
    trace.accounts.iter().for_each(|traced| past.add(traced, &plan.schools));
    let unsure = trace.ambiguous.iter().chain(&past.unexplained);
    let bills =
        unsure.filter_map(|&(school, purchase)| plan.schools[school].purchases[purchase].bill.as_ref());
    let to_a_day = bills.filter(|bill| bill.until.is_some());
    let mut unexplained: BTreeSet<String> = to_a_day.map(|bill| bill.order_id.clone()).collect();
    let of_school = |(index, school): (usize, &School)| {
        (0..school.purchases.len()).map(|purchase| Some((index, purchase))).collect()
    };
    let mut before: Vec<Vec<Option<Of>>> = plan.schools.iter().enumerate().map(of_school).collect();
    past.write(&mut plan.schools);
    for (before, school) in before.iter_mut().zip(&plan.schools) {
        before.resize(school.purchases.len(), None);
    }
    let first_to_expire = join_groups(&mut plan, &mut before);
    let mut moved = Moved::new();
    for (index, (before, school)) in before.into_iter().zip(&mut plan.schools).enumerate() {
        unexplained.extend(set_renewed_terms(school, &terms));
        let mut purchases: Vec<_> = before.into_iter().zip(std::mem::take(&mut school.purchases)).collect();
        purchases.sort_by_key(|(_, purchase)| purchase.paid);
        for (at, (before, purchase)) in purchases.into_iter().enumerate() {
            moved.extend(before.map(|before| (before, (index, at))));
            school.purchases.push(purchase);
        }
    }
    PastPlan { plan, unexplained, moved, first_to_expire }
}

/// The past of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The plan with every purchase and activation that is known, and without the prices of bills. Accounts of which nothing says when they expired before
    /// a renewal have the new expiry from the beginning.
    pub plan: Plan,
    /// The same where these expired on the day of the renewal; `None` if there are none.
    pub earliest: Option<Plan>,
    /// School and index of each purchase of the plan, with those that it has in the past.
    pub purchases: BTreeMap<(usize, usize), (usize, usize)>,
    /// Ids of the orders that renew accounts to a day, of which nothing says when they expired.
    pub unexplained: BTreeSet<String>,
    /// Ids of the orders of which some codes may have been activated, since neither the plan nor an account list says
    /// anything of them.
    pub unknown: BTreeSet<String>,
    /// Ids of the renewals whose activations are of the accounts that expire first, since nothing says whose they are.
    pub first_to_expire: BTreeSet<String>,
}

impl History {
    /// Returns the plan with the codes activated on the day of payment of which neither the plan nor an account list
    /// says anything; `None` if there are none.
    #[must_use]
    pub fn activated(&self) -> Option<Plan> {
        if self.unknown.is_empty() {
            return None;
        }
        let mut plan = self.plan.clone();
        let terms = plan.card.term.clone();
        for school in &mut plan.schools {
            for purchase in &mut school.purchases {
                let Some(bill) = &purchase.bill else { continue };
                if self.unknown.contains(&bill.order_id) {
                    let left = Counts::from_fn(|account_type| purchase.unactivated(account_type));
                    purchase.activations.extend(at_once(purchase.paid, left));
                } else if self.unexplained.contains(&bill.order_id) && purchase.activations.is_empty() {
                    purchase.listed = Counts::ZERO;
                }
            }
            set_renewed_terms(school, &terms);
        }
        Some(plan)
    }
}

fn at_once(date: Date, counts: Counts) -> Vec<RecordedActivation> {
    let of_type = |account_type| {
        let count = *counts.get(account_type);
        (count > 0).then_some(RecordedActivation { date, account_type, count, extends: None })
    };
    AccountType::ALL.into_iter().filter_map(of_type).collect()
}

fn on(date: Option<Date>) -> PricingDate {
    date.map_or(PricingDate::Undated, PricingDate::On)
}

/// Returns the orders whose codes may have become accounts of a school without an account list, and whose activations
/// the plan does not record.
fn unknown_codes(plan: &Plan, trace: &Trace) -> BTreeSet<String> {
    let mut listed: BTreeMap<Of, Counts> = BTreeMap::new();
    for traced in &trace.accounts {
        let stacked = traced.prolonged.iter().filter(|prolonged| prolonged.stacked);
        for of in stacked.map(|prolonged| prolonged.by).chain(traced.code) {
            let count = listed.entry(of).or_default().get_mut(traced.account_type);
            *count = count.saturating_add(traced.count);
        }
    }
    let mut unknown = BTreeSet::new();
    for (index, school) in plan.schools.iter().enumerate() {
        let is_user = |other: &&School| {
            other.code == school.code || other.upstream.as_deref() == Some(school.code.as_str())
        };
        if plan.schools.iter().filter(is_user).all(|user| user.accounts.is_some()) {
            continue;
        }
        for (at, purchase) in school.purchases.iter().enumerate() {
            let Some(bill) = &purchase.bill else { continue };
            let known = listed.get(&(index, at)).copied().unwrap_or_default();
            let is_open = purchase.kind == RecordedKind::Purchase && purchase.activations.is_empty();
            if is_open && !purchase.counts.saturating_sub(known).is_zero() {
                unknown.insert(bill.order_id.clone());
            }
        }
    }
    unknown
}

/// Puts the accounts and orders of each group together at its payer, if a renewal or a code prolongs accounts that
/// its own school does not have. Else they stay apart, since the tiers may run apart too (U3, docs/rules.md#u3). What is kept of each purchase
/// moves with it. Returns the renewals whose accounts are then named.
fn join_groups<T>(plan: &mut Plan, kept: &mut [Vec<T>]) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    let index = |code: &str| plan.schools.iter().position(|school| school.code == code);
    let payers: Vec<Option<usize>> =
        plan.schools.iter().map(|school| school.upstream.as_deref().and_then(index)).collect();
    let is_short = |member: &usize| !plan.schools[*member].holdings(&plan.card.term).shortfalls.is_empty();
    let of_group = |member: usize| payers[member].unwrap_or(member);
    let short: BTreeSet<usize> = (0..payers.len()).filter(is_short).map(of_group).collect();
    for (member, payer) in payers.into_iter().enumerate() {
        let Some(payer) = payer.filter(|payer| short.contains(payer)) else { continue };
        named.extend(name_renewed(&mut plan.schools[member], &plan.card.term));
        let held = std::mem::take(&mut plan.schools[member].held);
        let purchases = std::mem::take(&mut plan.schools[member].purchases);
        plan.schools[payer].held.extend(held);
        plan.schools[payer].purchases.extend(purchases);
        let of_member = std::mem::take(&mut kept[member]);
        kept[payer].extend(of_member);
    }
    named
}

/// Names the accounts that the renewals of a school prolong, which are its own. Returns the orders that named none before.
fn name_renewed(school: &mut School, terms: &TermRules) -> Vec<String> {
    let mut named: BTreeMap<usize, Vec<RecordedActivation>> = BTreeMap::new();
    for lot in school.holdings(terms).lots {
        let (Some(purchase), Some(date)) = (lot.purchase, lot.activated) else { continue };
        if school.purchases[purchase].kind == RecordedKind::Renewal {
            let Holding { account_type, count, extends, .. } = lot;
            named.entry(purchase).or_default().push(RecordedActivation {
                date,
                account_type,
                count,
                extends,
            });
        }
    }
    let mut new = Vec::new();
    for (purchase, activations) in named {
        let purchase = &mut school.purchases[purchase];
        let is_new = purchase.activations.is_empty();
        new.extend(purchase.bill.as_ref().filter(|_| is_new).map(|bill| bill.order_id.clone()));
        purchase.activations = activations;
    }
    new
}

/// Activations by day, type and expiry.
type Runs = BTreeMap<(Date, AccountType, Option<Date>), u32>;

/// The listed accounts as activations and renewals.
struct Past<'t> {
    terms: &'t TermRules,
    /// True if accounts expired as early as can be before a renewal of which the old expiry is not known; else as late.
    earliest: bool,
    /// Activations and prolongations of purchases.
    runs: BTreeMap<Of, Runs>,
    /// Accounts of which no purchase is known: school, activation, type, first expiry.
    unknown: BTreeMap<(usize, Date, AccountType, Date), u32>,
    /// Accounts that a renewal prolonged, and of which it is not known when they expired before.
    renewed: BTreeMap<Of, Counts>,
    /// The renewals of these.
    unexplained: BTreeSet<Of>,
}

impl<'t> Past<'t> {
    fn new(terms: &'t TermRules, earliest: bool) -> Past<'t> {
        let (runs, unknown, renewed) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Past { terms, earliest, runs, unknown, renewed, unexplained: BTreeSet::new() }
    }

    fn add(&mut self, traced: &Traced, schools: &[School]) {
        let &Traced { school, account_type, count, code, activated, listed_expiry, .. } = traced;
        // Before the last renewal of which the old expiry is not known, nothing is.
        let known_from =
            traced.prolonged.iter().rposition(|one| one.old.is_none()).map_or(0, |last| last + 1);
        let (unknown, known) = traced.prolonged.split_at(known_from);
        let reached = known.first().and_then(|next| next.old).unwrap_or(listed_expiry);
        let expires = match unknown.is_empty() {
            false if self.earliest => self.count_earliest(unknown, (account_type, count), schools),
            false => reached,
            true => traced.expires.unwrap_or(listed_expiry),
        };
        match code.filter(|_| traced.fits) {
            Some(code) => self.count(code, (activated, account_type, None), count),
            None => *self.unknown.entry((school, activated, account_type, expires)).or_default() += count,
        }
        for (index, Prolonged { by, on, old, .. }) in traced.prolonged.iter().copied().enumerate() {
            match old.filter(|_| known_from <= index) {
                Some(old) => self.count(by, (on, account_type, Some(old)), count),
                // In the earliest past they are counted already.
                None => {
                    let renewed = self.renewed.entry(by).or_default().get_mut(account_type);
                    *renewed = renewed.saturating_add(count);
                    if old.is_none() {
                        self.unexplained.insert(by);
                    }
                }
            }
        }
    }

    /// Counts renewals of which the old expiry is not known, as if their accounts had expired as early as can be: on the
    /// days of payment, unless an earlier one of them reaches further. Returns the first of these days.
    fn count_earliest(
        &mut self,
        renewals: &[Prolonged],
        (account_type, count): (AccountType, u32),
        schools: &[School],
    ) -> Date {
        let purchase = |(school, purchase): Of| &schools[school].purchases[purchase];
        let until = |of: Of| purchase(of).bill.as_ref().and_then(|bill| bill.until);
        let mut first: Option<Date> = None;
        for renewal in renewals.iter().rev() {
            let days = self.terms.days(purchase(renewal.by).term).filter(|_| until(renewal.by).is_none());
            let needed = first
                .zip(days)
                .and_then(|(next, days)| next.checked_sub(Span::new().try_days(days).ok()?).ok());
            first = Some(needed.map_or(renewal.on, |needed| needed.max(renewal.on)));
        }
        let first = first.unwrap_or_default();
        let mut expires = first;
        for renewal in renewals {
            self.count(renewal.by, (renewal.on, account_type, Some(expires)), count);
            let by_term = expiry(self.terms, expires, purchase(renewal.by).term);
            expires = until(renewal.by).or(by_term).unwrap_or(expires);
        }
        first
    }

    fn count(&mut self, purchase: Of, run: (Date, AccountType, Option<Date>), count: u32) {
        *self.runs.entry(purchase).or_default().entry(run).or_default() += count;
    }

    /// Writes the accounts into the purchases.
    fn write(self, schools: &mut [School]) {
        for ((school, purchase), runs) in self.runs {
            let activations = runs.into_iter().map(|((date, account_type, extends), count)| {
                RecordedActivation { date, account_type, count, extends }
            });
            schools[school].purchases[purchase].activations.extend(activations);
        }
        for ((school, purchase), counts) in self.renewed {
            schools[school].purchases[purchase].listed = counts;
        }
        for ((school, activated, account_type, expires), count) in self.unknown {
            let school = &mut schools[school];
            let is_free = school.test_enterprise;
            let term = orders::term_between(activated, expires, self.terms).filter(|_| !is_free);
            let Some(term) = term else {
                school.held.push(HeldLot { account_type, count, expires });
                continue;
            };
            let activation = RecordedActivation { date: activated, account_type, count, extends: None };
            school.purchases.push(RecordedPurchase {
                paid: activated,
                kind: RecordedKind::Purchase,
                counts: Counts::of(account_type, count),
                term,
                activations: vec![activation],
                listed: Counts::ZERO,
                bill: None,
            });
        }
    }
}

/// Gives each renewal to a day the term that it had, from the one expiry of its accounts (P15,
/// docs/rules.md#p15). Returns the orders whose accounts are not known; these prolong none.
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
            None if purchase.listed == purchase.counts => None,
            None => {
                let mut before = school.clone();
                before.purchases.retain(|other| other.paid < purchase.paid);
                orders::first_expiry(&before, purchase.paid, purchase.counts, terms)
            }
        };
        match expires.and_then(|expires| orders::term_between(expires, until, terms)) {
            Some(term) => school.purchases[index].term = term,
            None => {
                unexplained.push(bill.order_id.clone());
                let purchase = &mut school.purchases[index];
                if purchase.activations.is_empty() {
                    purchase.listed = purchase.counts;
                }
            }
        }
    }
    unexplained
}
