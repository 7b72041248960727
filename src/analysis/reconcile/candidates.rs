//! Orders that could be placed to tell rules apart. In goes a plan, out come orders with what their prices rest on;
//! read [`candidates`] first.

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;
use strum::VariantArray;

use super::possible::PossiblePasts;
use super::prices::{Past, Prices};
use crate::account::{AccountType, Counts, Term};
use crate::plan::{Bill, Plan, RecordedActivation, RecordedKind, RecordedPurchase, School};
use crate::planning::order::{app_orders, charged_apps, refusals_of};
use crate::planning::schedule::{
    OrderKind, OrderLot, ScheduleError, ScheduleOptions, ScheduledOrder, schedule,
};
use crate::pricing::{Held, Order, Party};
use crate::rates::NewPurchaseStart;
use crate::rules::{days_between, latest_expiry, least_term_days, look_up_waiver, renewal_refusal};

/// Orders that could be placed and differ in the number of their accounts alone.
#[derive(Debug, Clone)]
pub(super) struct Candidates {
    /// The payer.
    pub(super) school: Party,
    pub(super) kind: RecordedKind,
    /// True if the schedule places it anyway.
    pub(super) is_planned: bool,
    pub(super) term: Term,
    /// What their prices rest on. The accounts are the first member's.
    pub(super) pasts: PossiblePasts,
    /// The accounts of each.
    pub(super) counts: Vec<Counts>,
}

/// How many accounts are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Some on both sides of the tiers' edges.
    WithinList,
    /// So many that some have no list price (P5, docs/rules.md#p5).
    BeyondList,
}

/// The most payers for whom orders are looked at.
const MOST_PAYERS: usize = 12;
/// The most accounts of a type that are bought only to tell rules apart.
const MOST_ACCOUNTS: u32 = 300;
/// Days ahead in which an order of the schedule is worth waiting for.
const DAYS_AHEAD: u32 = 93;
/// Days beyond the shortest term, whose prices are rounded differently.
const DAYS_BEYOND: [u32; 7] = [0, 1, 2, 7, 15, 23, 29];
/// The most days of expiry with which a new purchase may end.
const MOST_EXPIRIES: usize = 3;
/// Accounts of one type of a new purchase.
const FEW: [u32; 17] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50];
/// Accounts of both types together.
const BOTH: [Counts; 9] = [
    Counts { basic: 1, interop: 1 },
    Counts { basic: 2, interop: 1 },
    Counts { basic: 3, interop: 1 },
    Counts { basic: 6, interop: 1 },
    Counts { basic: 7, interop: 1 },
    Counts { basic: 8, interop: 1 },
    Counts { basic: 11, interop: 1 },
    Counts { basic: 1, interop: 2 },
    Counts { basic: 7, interop: 6 },
];
/// Accounts and months of a renewal.
const RENEWED: [u32; 3] = [1, 2, 6];
const RENEWED_MONTHS: [u32; 3] = [1, 6, 12];

/// Returns orders that WeCom would take on the plan's date, and the next ones of the schedule: of payers who have an id
/// and pay (V1, docs/rules.md#v1), for new accounts or renewals.
pub(super) fn candidates(plan: &Plan, reach: Reach) -> Result<Vec<Candidates>, ScheduleError> {
    let date = plan.date.ok_or(ScheduleError::NoDate)?;
    let codes = payers(plan, date);
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let part = plan.only(&codes);
    let groups: Vec<Vec<&School>> =
        part.groups().into_iter().filter(|group| codes.contains(&group[0].code)).collect();
    let mut drafts: Vec<Vec<Draft>> =
        groups.iter().map(|group| own_drafts(&part, group, free_day(group, date))).collect();
    if reach == Reach::WithinList {
        for (payer, draft) in planned(&part, date)? {
            let index = groups.iter().position(|group| group[0].code == payer);
            index.into_iter().for_each(|index| drafts[index].push(draft.clone()));
        }
    }
    let past = Past::of(&part, Vec::new())?.without_activated();
    let mut found = Vec::new();
    for round in 0..drafts.iter().map(Vec::len).max().unwrap_or_default() {
        let of_round =
            groups.iter().zip(&drafts).filter_map(|(group, drafts)| Some((group, drafts.get(round)?)));
        let of_round: Vec<(&Vec<&School>, &Draft)> = of_round.collect();
        let index = |school: &School| part.schools.iter().position(|other| other.code == school.code);
        let purchases: Vec<(usize, RecordedPurchase)> = of_round
            .iter()
            .filter_map(|(group, draft)| Some((index(group[0])?, draft.purchase(&group[0].code))))
            .collect();
        let prices = past.with(&purchases).prices()?;
        for (group, draft) in of_round {
            let Some(pasts) = draft.pasts(&prices, &group[0].code) else { continue };
            let counts = draft.counts(&part, group, reach, &pasts);
            let is_taken = |counts: &Counts| is_taken(&part, group, draft, *counts);
            found.push(Candidates {
                school: group[0].party(),
                kind: draft.kind,
                is_planned: draft.is_planned,
                term: draft.term,
                counts: counts.into_iter().filter(is_taken).collect(),
                pasts,
            });
        }
    }
    Ok(found)
}

/// Returns the codes of the payers for whom orders are looked at: groups first, then those who have accounts.
fn payers(plan: &Plan, date: Date) -> Vec<String> {
    let can_pay = |school: &School| {
        let waiver = look_up_waiver(&plan.card, &school.customer, Some(date));
        let is_waived = waiver.is_some_and(|waiver| waiver.applied());
        school.corp_id.is_some() && !school.test_enterprise && !is_waived && school.is_charged(&plan.card)
    };
    let groups = plan.groups();
    let mut payers: Vec<&Vec<&School>> = groups.iter().filter(|group| can_pay(group[0])).collect();
    let has_accounts = |group: &[&School]| {
        group.iter().any(|school| !school.held.is_empty() || !school.purchases.is_empty())
    };
    payers.sort_by_key(|group| (group.len() == 1, !has_accounts(group)));
    payers.into_iter().take(MOST_PAYERS).map(|group| group[0].code.clone()).collect()
}

/// An order before its price is known.
#[derive(Debug, Clone)]
struct Draft {
    kind: RecordedKind,
    date: Date,
    counts: Counts,
    term: Term,
    activations: Vec<RecordedActivation>,
    is_planned: bool,
}

impl Draft {
    /// Returns it as a purchase that the payer records.
    fn purchase(&self, payer: &str) -> RecordedPurchase {
        RecordedPurchase {
            paid: self.date,
            kind: self.kind,
            counts: self.counts,
            term: self.term,
            activations: self.activations.clone(),
            listed: Counts::ZERO,
            bill: Some(Bill { order_id: id(payer), price: None, until: None, renewed: Vec::new() }),
        }
    }

    /// Returns what may come before it; `None` if it has no price.
    fn pasts(&self, prices: &Prices, payer: &str) -> Option<PossiblePasts> {
        let known = &prices.of(&id(payer))?.order;
        // A price that rests on days of expiry that nobody knows tells nothing.
        prices.if_early(&id(payer)).filter(|early| early.order == *known)?;
        prices.possible_of(&id(payer)).cloned()
    }

    /// Returns the accounts with which it is looked at. What the price of a new purchase rests on does not depend on them;
    /// that of a renewal does, and a planned order has its own.
    fn counts(&self, plan: &Plan, group: &[&School], reach: Reach, pasts: &PossiblePasts) -> Vec<Counts> {
        match reach {
            Reach::WithinList if self.is_planned || self.kind == RecordedKind::Renewal => vec![self.counts],
            Reach::WithinList => few(plan, group, &pasts.orders),
            Reach::BeyondList if self.kind == RecordedKind::Renewal => Vec::new(),
            Reach::BeyondList => beyond_list(plan, group),
        }
    }
}

/// Returns an id that no order of WeCom has.
fn id(payer: &str) -> String {
    format!("?{payer}")
}

/// Returns the first day from `date` on without an order of the group, so that none changes the price of another.
fn free_day(group: &[&School], date: Date) -> Date {
    let taken: BTreeSet<Date> =
        group.iter().flat_map(|school| &school.purchases).map(|purchase| purchase.paid).collect();
    let mut day = date;
    while taken.contains(&day) && day < Date::MAX {
        day = day.tomorrow().unwrap_or(Date::MAX);
    }
    day
}

/// Returns new purchases and renewals of a payer on a day.
fn own_drafts(plan: &Plan, group: &[&School], date: Date) -> Vec<Draft> {
    let draft = |kind, counts, term| {
        let activations = Vec::new();
        Draft { kind, date, counts, term, activations, is_planned: false }
    };
    let counts = Counts { basic: 1, interop: u32::from(may_have_interop(plan, group)) };
    let app_orders: Vec<_> = group.iter().flat_map(|school| app_orders(plan, school)).collect();
    let least = least_term_days(&plan.card, date, &app_orders);
    let running = |school: &School| school.holdings(&plan.card.term).running(date, date);
    let all: Vec<(AccountType, Date, u32)> = group.iter().flat_map(|school| running(school)).collect();
    let mut days: BTreeSet<u32> = DAYS_BEYOND.iter().map(|beyond| least + beyond).collect();
    let left: BTreeSet<u32> = all.iter().map(|(_, expires, _)| days_between(date, *expires)).collect();
    days.extend(left.into_iter().filter(|left| *left >= least).take(MOST_EXPIRIES));
    let terms = days.into_iter().map(|days| plan.card.term.term_of(days));
    let mut drafts: Vec<Draft> = terms.map(|term| draft(RecordedKind::Purchase, counts, term)).collect();
    let own = running(group[0]);
    let active =
        |kind| own.iter().filter(|lot| lot.0 == kind).fold(0, |sum: u32, lot| sum.saturating_add(lot.2));
    // Accounts of the other type cost more and tell no more.
    let kind = AccountType::ALL.into_iter().find(|kind| active(*kind) > 0);
    let latest = own.iter().filter(|lot| Some(lot.0) == kind).map(|lot| lot.1).max();
    for months in RENEWED_MONTHS {
        let term = Term { months, days: 0 };
        let days = plan.card.term.days(term).unwrap_or(u32::MAX);
        let reached = latest.and_then(|latest| latest.checked_add(Span::new().days(days)).ok());
        let fits =
            reached.is_some_and(|reached| latest_expiry(&plan.card, date).is_none_or(|most| reached <= most));
        let Some(kind) = kind.filter(|_| fits && days >= least) else { continue };
        let counts =
            RENEWED.iter().filter(|count| **count <= active(kind)).map(|count| Counts::of(kind, *count));
        let of_type = Counts::of(kind, active(kind));
        let is_taken = |counts: &Counts| renewal_refusal(&plan.card, false, of_type, *counts).is_none();
        drafts.extend(counts.filter(is_taken).map(|counts| draft(RecordedKind::Renewal, counts, term)));
    }
    drafts
}

/// Returns the next order of each payer that the schedule places soon. Orders before which codes are to be activated are
/// left out, since their price rests on that, and so are renewals for downstreams.
fn planned(plan: &Plan, date: Date) -> Result<Vec<(String, Draft)>, ScheduleError> {
    let until = date.checked_add(Span::new().days(DAYS_AHEAD)).unwrap_or(Date::MAX);
    let schedule = schedule(plan, &ScheduleOptions { until, growth: Decimal::ZERO })?;
    let mut found = Vec::new();
    for payer in schedule.payers {
        let group: Vec<&School> = payer.members.iter().map(|member| &plan.schools[*member]).collect();
        if group.iter().any(|school| awaits_activation(plan, school, date)) {
            continue;
        }
        let next = payer.orders.iter().find(|order| order.kind != OrderKind::Recorded);
        let is_own = |order: &&ScheduledOrder| {
            let renews = order.order.renewal;
            !order.quote.is_free() && (!renews || order.lots.iter().all(|lot| lot.member == 0))
        };
        let Some(order) = next.filter(is_own) else { continue };
        let members = order.order.members.iter().filter(|member| member.charged);
        let activation = |lot: &OrderLot| RecordedActivation {
            date: order.date,
            account_type: lot.account_type,
            count: lot.count,
            extends: lot.extends,
        };
        let draft = Draft {
            kind: if order.order.renewal { RecordedKind::Renewal } else { RecordedKind::Purchase },
            date: order.date,
            counts: members.fold(Counts::ZERO, |sum, member| sum.saturating_add(member.counts)),
            term: order.order.term,
            activations: order.lots.iter().filter(|_| order.order.renewal).map(activation).collect(),
            is_planned: true,
        };
        found.push((group[0].code.clone(), draft));
    }
    Ok(found)
}

fn awaits_activation(plan: &Plan, school: &School, date: Date) -> bool {
    let holdings = school.holdings(&plan.card.term);
    !holdings.codes.is_empty() || holdings.lots.iter().any(|lot| lot.activated.is_some_and(|day| day > date))
}

/// Returns numbers of accounts on both sides of the tiers' edges.
fn few(plan: &Plan, group: &[&School], pasts: &[Order]) -> Vec<Counts> {
    let mut found = BTreeSet::new();
    let may_have_interop = may_have_interop(plan, group);
    for kind in AccountType::ALL.into_iter().filter(|kind| *kind == AccountType::Basic || may_have_interop) {
        let crossing = crossing(plan, kind, pasts);
        let counts = FEW.iter().copied().chain(crossing).map(|count| Counts::of(kind, count));
        found.extend(counts.map(|counts| (counts.basic, counts.interop)));
    }
    if may_have_interop {
        found.extend(BOTH.iter().map(|counts| (counts.basic, counts.interop)));
    }
    found.into_iter().map(|(basic, interop)| Counts { basic, interop }).collect()
}

/// Returns the numbers of accounts of a type of which the last is the first of a tier, wherever an order may start.
fn crossing(plan: &Plan, kind: AccountType, pasts: &[Order]) -> BTreeSet<u32> {
    let mut starts = BTreeSet::new();
    for order in pasts {
        let all = order.members.iter().map(|member| member.held).chain([order.held_by_others]);
        let whole = all.clone().try_fold(Held::NONE, Held::checked_add);
        for held in all.chain(whole) {
            starts.extend(NewPurchaseStart::VARIANTS.iter().map(|rule| *held.before(*rule).get(kind)));
        }
    }
    let edges = || plan.card.tiers.iter().filter_map(|tier| tier.to);
    let beyond =
        starts.iter().flat_map(|start| edges().filter_map(move |edge| (edge + 1).checked_sub(*start)));
    beyond.filter(|count| (1..=MOST_ACCOUNTS).contains(count)).collect()
}

/// Returns numbers of accounts of which some have no list price, of the types that the payer has negotiated.
fn beyond_list(plan: &Plan, group: &[&School]) -> Vec<Counts> {
    let Some(negotiated) = &plan.card.negotiated else { return Vec::new() };
    let has_price = |kind: &AccountType| group[0].negotiated.get(*kind).is_some();
    let kinds = AccountType::ALL.into_iter().filter(has_price);
    kinds.map(|kind| Counts::of(kind, negotiated.from)).collect()
}

/// Returns true if apps of the payer can need interop accounts (O8, docs/rules.md#o8).
fn may_have_interop(plan: &Plan, group: &[&School]) -> bool {
    let mut apps = charged_apps(plan, group[0]).peekable();
    apps.peek().is_none() || apps.any(|app| app.needs == AccountType::Interop)
}

/// Returns true if WeCom would take an order of so many accounts.
fn is_taken(plan: &Plan, group: &[&School], draft: &Draft, counts: Counts) -> bool {
    let terms = &plan.card.term;
    let Some(days) = terms.days(draft.term) else { return false };
    let of_order = (draft.date, days, counts);
    (terms.least_days..=terms.most_days).contains(&days)
        && refusals_of(plan, (group[0], group.len() > 1), of_order).is_empty()
}
