use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Span;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::build::{Built, build};
use super::due::{DueOrder, DuePayer, collect};
use super::*;
use crate::account::AccountType;
use crate::plan::fixture::reading;
use crate::plan::{AccountList, ListedAccount, ListedCode};
use crate::planning::schedule::random;
use crate::wecom::requests::RenewalDuration;

mod examples;

/// Returns a plan with ids, a buyer, and lists of its accounts.
fn plan(text: &str) -> Option<Plan> {
    let mut plan = reading(text).plan?;
    list_accounts(&mut plan);
    plan.provider.buyer = Some("zhangsan".to_owned());
    for school in &mut plan.schools {
        school.corp_id = Some(format!("ww{}", school.code));
    }
    Some(plan)
}

/// Lists a user for each account that runs on the plan's date, and the codes of each purchase.
fn list_accounts(plan: &mut Plan) {
    let date = plan.date.unwrap();
    for school in &mut plan.schools {
        let holdings = school.holdings(&plan.card.term);
        let mut lots: BTreeMap<(AccountType, Date), i64> = BTreeMap::new();
        for lot in holdings.lots.iter().filter(|lot| lot.activated.is_none_or(|day| day <= date)) {
            *lots.entry((lot.account_type, lot.expires)).or_default() += i64::from(lot.count);
            if let Some(old) = lot.extends {
                *lots.entry((lot.account_type, old)).or_default() -= i64::from(lot.count);
            }
        }
        let mut list = AccountList::default();
        for ((account_type, expires), count) in lots {
            for number in 0..count {
                let user = format!("{}-{account_type}-{expires}-{number}", school.code);
                list.accounts.push(ListedAccount { user, account_type, activated: date, expires });
            }
        }
        for codes in holdings.codes {
            let created = school.purchases[codes.purchase].paid;
            for number in 0..codes.count {
                let code = format!("{}-{}-{}-{number}", school.code, codes.purchase, codes.account_type);
                list.codes.push(ListedCode { code, account_type: codes.account_type, created });
            }
        }
        school.accounts = Some(list);
    }
}

fn options(basis: OrderBasis, jobs: Jobs) -> OrderOptions {
    OrderOptions { basis, with_unconfirmed: true, jobs, link: None }
}

/// Collects and builds without the checks, which a random plan rarely passes.
struct Case {
    plan: Plan,
    due: Vec<DuePayer>,
    built: Built,
    problems: Vec<OrderProblem>,
}

impl Case {
    fn new(plan: Plan, basis: OrderBasis, jobs: Jobs) -> Case {
        let due = collect(&plan, basis).unwrap();
        let mut problems = Vec::new();
        let built = build(&plan, &due, &options(basis, jobs), &mut problems).unwrap();
        Case { plan, due, built, problems }
    }

    fn orders(&self) -> impl Iterator<Item = (&DuePayer, &DueOrder)> {
        self.due.iter().flat_map(|payer| payer.orders.iter().map(move |order| (payer, order)))
    }

    fn assert_valid(&self) {
        let may_warn = |problem: &OrderProblem| matches!(problem, OrderProblem::TooManyShared { .. });
        assert!(self.problems.iter().all(may_warn), "{:?}", self.problems);
        self.assert_every_order_once();
        self.assert_amounts();
        self.assert_order_of_calls();
        self.assert_bodies();
        self.assert_counts();
        self.assert_renewals();
    }

    fn assert_every_order_once(&self) {
        let key =
            |payer: usize, date: Option<Date>, counts: Counts| (payer, date, counts.basic, counts.interop);
        let mut wanted: Vec<_> =
            self.orders().map(|(payer, order)| key(payer.members[0], order.date, order.counts())).collect();
        let counts = |quote: &OrderQuote| {
            quote.members.iter().fold(Counts::ZERO, |sum, one| sum.saturating_add(one.counts))
        };
        let placed = self.built.orders.iter().map(|order| key(order.payer, order.date, counts(&order.quote)));
        let later = self.built.later.iter().filter(|later| later.to.is_none());
        let later = later.map(|later| key(later.school, later.date, later.counts));
        let mut found: Vec<_> = placed.chain(later).collect();
        wanted.sort();
        found.sort();
        assert_eq!(found, wanted);
    }

    fn assert_amounts(&self) {
        let sum = |amounts: &mut dyn Iterator<Item = Option<Money>>| -> i64 {
            amounts.flatten().map(|amount| amount.fen()).sum()
        };
        let wanted = sum(&mut self.orders().map(|(_, order)| order.quote.payable()));
        let called = sum(&mut self.built.calls.iter().map(|call| call.expected));
        let later = sum(&mut self.built.later.iter().map(|later| later.expected));
        // One account without a price leaves its whole job without one; a job of one order loses nothing.
        let is_known = self.orders().all(|(_, order)| order.quote.payable().is_some());
        assert!(called + later <= wanted && (!is_known || called + later == wanted));
        assert_eq!(self.built.expected.fen(), called);
        for (index, call) in self.built.calls.iter().enumerate() {
            let creates = self.built.orders.iter().any(|order| order.call == index);
            assert!(creates || call.expected.is_none());
            assert!(!creates || !is_known || call.expected.is_some());
        }
    }

    fn assert_order_of_calls(&self) {
        let calls = &self.built.calls;
        for (index, call) in calls.iter().enumerate() {
            assert!(call.after.iter().all(|before| *before < index), "{call:?}");
            assert!(call.job_from.is_none_or(|first| call.after.contains(&first)), "{call:?}");
            let unique: HashSet<&usize> = call.after.iter().collect();
            assert_eq!(unique.len(), call.after.len());
        }
        let mut before: HashMap<usize, Vec<usize>> = HashMap::new();
        for (payer, order) in self.orders() {
            let is_it = |placed: &&PlacedOrder| {
                placed.payer == payer.members[0]
                    && (placed.date, &placed.quote) == (order.date, &order.quote)
                    && placed.kind == order.kind
            };
            let Some(placed) = self.built.orders.iter().find(is_it) else { continue };
            let earlier = before.entry(placed.payer).or_default();
            assert!(
                earlier.iter().all(|call| calls[placed.call].after.contains(call) || *call == placed.call)
            );
            earlier.push(placed.call);
        }
        let mut days = calls.iter().filter(|call| !call.orders.is_empty()).map(|call| call.date);
        let mut last = days.next().flatten();
        for day in days {
            assert!(last <= day);
            last = day;
        }
        let names: HashSet<&str> = calls.iter().map(|call| call.file.as_str()).collect();
        assert_eq!(names.len(), calls.len());
        assert!(calls.is_sorted_by(|one, other| one.file < other.file));
    }

    fn assert_bodies(&self) {
        for call in &self.built.calls {
            match &call.request {
                Request::CreateNewOrder(body) => assert_round_trip(body),
                Request::CreateNewOrderJob(body) => {
                    assert_round_trip(body);
                    assert!((1..=10).contains(&body.buy_list.len()));
                    assert_eq!(body.jobid.is_some(), call.job_from.is_some());
                }
                Request::SubmitNewOrderJob(body) => {
                    assert_round_trip(body);
                    assert!(body.jobid.contains(&self.built.calls[call.job_from.unwrap()].file));
                }
                Request::CreateRenewOrderJob(body) => {
                    assert_round_trip(body);
                    assert!((1..=1000).contains(&body.account_list.len()));
                    assert_eq!(body.jobid.is_some(), call.job_from.is_some());
                }
                Request::SubmitOrderJob(body) => {
                    assert_round_trip(body);
                    assert!(body.jobid.contains(&self.built.calls[call.job_from.unwrap()].file));
                }
                Request::BatchShareActiveCode(body) => {
                    assert_round_trip(body);
                    assert!((1..=1000).contains(&body.share_list.len()));
                }
            }
        }
    }

    /// Each order asks for its own accounts and its own days.
    fn assert_counts(&self) {
        for (index, order) in self.built.orders.iter().enumerate().filter(|(_, order)| !order.quote.renewal) {
            let corp_id = self.plan.schools[order.payer].corp_id.as_deref().unwrap();
            let of_order = self.built.calls.iter().filter(|call| call.orders.contains(&index));
            let mut bought = of_order.filter_map(|call| match &call.request {
                Request::CreateNewOrder(body) => Some((body.account_count, body.account_duration)),
                Request::CreateNewOrderJob(body) => {
                    let buy = body.buy_list.iter().find(|buy| buy.corpid == corp_id)?;
                    Some((buy.account_count, buy.account_duration))
                }
                _ => None,
            });
            let (count, duration) = bought.next().unwrap();
            assert!(bought.next().is_none());
            let members = || order.quote.members.iter();
            assert_eq!(count.base_count, members().map(|member| member.counts.basic).sum::<u32>());
            assert_eq!(
                count.external_contact_count,
                members().map(|member| member.counts.interop).sum::<u32>()
            );
            assert_eq!(duration.months * 31 + duration.days, order.quote.days);
            assert!(duration.days < 31);
        }
    }

    /// What the requests of a renewal do to the accounts is what the schedule says.
    fn assert_renewals(&self) {
        let mut expiries: HashMap<(&str, AccountType), Date> = HashMap::new();
        let lists = self.plan.schools.iter().map(|school| school.accounts.as_ref().unwrap());
        for account in lists.flat_map(|list| &list.accounts) {
            expiries.insert((&account.user, account.account_type), account.expires);
        }
        let renewed = self.built.orders.iter().enumerate().filter(|(_, order)| order.quote.renewal);
        for (index, placed) in renewed {
            let calls: Vec<&Call> =
                self.built.calls.iter().filter(|call| call.orders.contains(&index)).collect();
            let Request::SubmitOrderJob(submit) = &calls.last().unwrap().request else { panic!("{calls:?}") };
            let mut found: BTreeMap<(String, AccountType, Date), u32> = BTreeMap::new();
            for call in &calls[..calls.len() - 1] {
                let Request::CreateRenewOrderJob(job) = &call.request else { panic!("{call:?}") };
                for account in &job.account_list {
                    let expires = expiries.get_mut(&(account.userid.as_str(), account.account_type)).unwrap();
                    assert!(placed.date.unwrap() < *expires, "renewed when it has ended, or twice");
                    *expires = match submit.account_duration {
                        RenewalDuration::Months { months } => *expires + Span::new().days(months * 31),
                        until => until.expires().unwrap(),
                    };
                    assert!(*expires <= placed.date.unwrap() + Span::new().days(1861));
                    *found.entry((job.corpid.clone(), account.account_type, *expires)).or_default() += 1;
                }
            }
            let (payer, order) = self
                .orders()
                .find(|(payer, order)| {
                    payer.members[0] == placed.payer
                        && order.date == placed.date
                        && order.quote == placed.quote
                })
                .unwrap();
            let mut wanted: BTreeMap<(String, AccountType, Date), u32> = BTreeMap::new();
            for lot in &order.lots {
                let corp_id = self.plan.schools[payer.members[lot.member]].corp_id.clone().unwrap();
                *wanted.entry((corp_id, lot.account_type, lot.expires)).or_default() += lot.count;
            }
            assert_eq!(found, wanted);
        }
    }
}

fn assert_round_trip<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(body: &T) {
    let text = serde_json::to_string(body).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), body);
}

/// Few cases for every day, always the same; `PROPTEST_CASES` asks for as many others.
fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if asked.is_some() { ProptestConfig::default().rng_seed } else { RngSeed::Fixed(1) };
    let cases = asked.unwrap_or(96);
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

fn jobs() -> impl Strategy<Value = Jobs> {
    prop_oneof![Just(Jobs::Single), any::<bool>().prop_map(|on| Jobs::Together { automatic_activation: on })]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_requests_of_random_plans_place_their_schedules(
        text in random::plans(),
        days in prop_oneof![Just(0u32), 0u32..60, 0u32..900],
        jobs in jobs(),
    ) {
        let Some(plan) = plan(&text) else { return Err(TestCaseError::reject("invalid")) };
        let until = plan.date.unwrap() + Span::new().days(days);
        Case::new(plan, OrderBasis::Due { until }, jobs).assert_valid();
    }

    #[test]
    fn the_requests_of_random_plans_place_their_quotes(text in random::plans(), jobs in jobs()) {
        let Some(plan) = plan(&text) else { return Err(TestCaseError::reject("invalid")) };
        let case = Case::new(plan, OrderBasis::Quote, jobs);
        prop_assert!(case.orders().all(|(_, order)| !order.quote.renewal));
        case.assert_valid();
    }
}

#[test]
fn random_plans_have_what_requests_must_get_right() {
    let mut counted: BTreeMap<&str, u32> = BTreeMap::new();
    let mut count = |what, found: bool| *counted.entry(what).or_default() += u32::from(found);
    for text in random::drawn(400) {
        let Some(plan) = plan(&text) else { continue };
        let until = plan.date.unwrap() + Span::new().days(400);
        let Built { calls, later, orders, .. } =
            Case::new(plan, OrderBasis::Due { until }, Jobs::Single).built;
        let has = |is_it: &dyn Fn(&Request) -> bool| calls.iter().any(|call| is_it(&call.request));
        let is_put_off = |reason| later.iter().any(|later| later.reason == reason);
        count(
            "renewals in months",
            has(
                &|request| matches!(request, Request::SubmitOrderJob(job) if job.account_duration.expires().is_none()),
            ),
        );
        count(
            "renewals to a day",
            has(
                &|request| matches!(request, Request::SubmitOrderJob(job) if job.account_duration.expires().is_some()),
            ),
        );
        count(
            "a renewal in parts",
            has(&|request| matches!(request, Request::CreateRenewOrderJob(job) if job.jobid.is_some())),
        );
        count("shared codes", has(&|request| matches!(request, Request::BatchShareActiveCode(_))));
        count("free orders", orders.iter().any(|order| order.quote.is_free()));
        count("late orders", orders.iter().any(|order| order.due_since.is_some()));
        count("codes of an order", is_put_off(LaterReason::CodesUnknown));
        count("accounts of the future", is_put_off(LaterReason::NotActiveYet));
        count("orders behind those", is_put_off(LaterReason::FollowsLater));
    }
    let rare: Vec<_> = counted.iter().filter(|(_, count)| **count < 8).collect();
    assert!(rare.is_empty() && counted.len() == 9, "{counted:?}");
}
