//! Makes requests of orders: a single one, a job of renewals, or a job of several customers. Read [`build`] first.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::due::{DueOrder, DuePayer};
use super::users::{Unknown, Users};
use super::{Call, Jobs, Later, LaterReason, OrderOptions, OrderProblem, PlacedOrder};
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::plan::Plan;
use crate::planning::schedule::{OrderLot, ScheduleError};
use crate::wecom::requests::{
    Api, CreateNewOrder, CreateRenewOrderJob, RenewalDuration, RenewedAccount, Request, SubmitOrderJob,
};

/// What was built.
#[derive(Default)]
pub(super) struct Built {
    pub(super) orders: Vec<PlacedOrder>,
    pub(super) calls: Vec<Call>,
    pub(super) later: Vec<Later>,
    pub(super) expected: Money,
}

/// An order with its payer.
#[derive(Clone, Copy)]
pub(super) struct Step<'d> {
    pub(super) payer: &'d DuePayer,
    pub(super) order: &'d DueOrder,
    /// Its position among the orders of its customer on its day.
    position: usize,
}

/// Requests while they are built.
pub(super) struct Builder<'b> {
    pub(super) plan: &'b Plan,
    pub(super) options: &'b OrderOptions,
    pub(super) built: Built,
    pub(super) problems: &'b mut Vec<OrderProblem>,
    users: Users<'b>,
    /// The calls that create the orders of each customer, by its id or code.
    placed: HashMap<&'b str, Vec<usize>>,
    /// Customers with an order that cannot be requested yet, which keeps the later ones waiting (O5).
    waiting: HashSet<&'b str>,
}

/// Returns the requests of all orders, in the order in which they are sent, and reports what is missing for them.
pub(super) fn build(
    plan: &Plan,
    due: &[DuePayer],
    options: &OrderOptions,
    problems: &mut Vec<OrderProblem>,
) -> Result<Built, ScheduleError> {
    let mut builder = Builder {
        plan,
        options,
        built: Built::default(),
        problems,
        users: Users::new(plan),
        placed: HashMap::new(),
        waiting: HashSet::new(),
    };
    builder.share_stock(due);
    let steps = steps(plan, due, options.jobs);
    let together = |one: &Step<'_>, other: &Step<'_>| {
        options.jobs != Jobs::Single && (one.order.date, one.position) == (other.order.date, other.position)
    };
    for stage in steps.chunk_by(together) {
        builder.place(stage)?;
    }
    builder.warn_of_shares();
    builder.finish()
}

/// Returns the orders in the order in which they are sent: by day; on a day by payer, or, where several customers
/// order together, each customer's first before anybody's second.
fn steps<'d>(plan: &Plan, due: &'d [DuePayer], jobs: Jobs) -> Vec<Step<'d>> {
    let mut of_day: HashMap<(&str, Option<Date>), usize> = HashMap::new();
    let mut steps: Vec<(usize, Step<'_>)> = Vec::new();
    for (index, payer) in due.iter().enumerate() {
        for order in &payer.orders {
            let count = of_day.entry((customer(plan, payer), order.date)).or_default();
            steps.push((index, Step { payer, order, position: *count }));
            *count += 1;
        }
    }
    match jobs {
        Jobs::Single => steps.sort_by_key(|(payer, step)| (step.order.date, *payer, step.position)),
        Jobs::Together { .. } => steps.sort_by_key(|(payer, step)| (step.order.date, step.position, *payer)),
    }
    steps.into_iter().map(|(_, step)| step).collect()
}

/// Returns what tells one customer of WeCom from another: its id, else its code.
pub(super) fn customer<'p>(plan: &'p Plan, payer: &DuePayer) -> &'p str {
    let school = &plan.schools[payer.payer()];
    school.corp_id.as_deref().unwrap_or(&school.code)
}

impl<'b> Builder<'b> {
    /// Builds the requests of orders that do not wait for each other.
    fn place(&mut self, stage: &[Step<'_>]) -> Result<(), ScheduleError> {
        let mut together = Vec::new();
        for step in stage {
            let is_free = step.order.quote.is_free();
            if self.waiting.contains(customer(self.plan, step.payer)) {
                self.put_off(step, LaterReason::FollowsLater);
            } else if step.order.quote.renewal {
                self.renew(step)?;
            } else if self.options.jobs == Jobs::Single || is_free {
                self.buy(step);
            } else {
                together.push(*step);
            }
        }
        self.buy_together(&together)
    }

    fn buy(&mut self, step: &Step<'_>) {
        let payer = step.payer.payer();
        let term = step.order.quote.days;
        let request = Request::CreateNewOrder(CreateNewOrder {
            corpid: self.corp_id(payer),
            buyer_userid: self.buyer(),
            account_count: step.order.counts().into(),
            account_duration: self.plan.card.term.term_of(term).into(),
        });
        let (counts, after) = (step.order.counts(), self.orders_before(step.payer));
        self.create(step, Call { counts, after, ..Call::new(request, step.order.date) });
    }

    /// Builds a job of renewals: its accounts, member by member, then its order (O7, docs/rules.md#o7).
    fn renew(&mut self, step: &Step<'_>) -> Result<(), ScheduleError> {
        let Some(accounts) = self.accounts_of(step) else { return Ok(()) };
        let before = self.orders_before(step.payer);
        let order = self.built.orders.len();
        let mut pages: Vec<usize> = Vec::new();
        for (member, accounts) in accounts {
            for page in accounts.chunks(CreateRenewOrderJob::MOST_ACCOUNTS) {
                let first = pages.first().copied();
                let request = Request::CreateRenewOrderJob(CreateRenewOrderJob {
                    corpid: self.corp_id(member),
                    account_list: page.to_vec(),
                    jobid: first.map(|_| String::new()),
                });
                let after = before.iter().copied().chain(first).collect();
                pages.push(self.push(Call {
                    school: Some(member),
                    counts:
                        page.iter().fold(Counts::ZERO, |sum, one| {
                            sum.saturating_add(Counts::of(one.account_type, 1))
                        }),
                    after,
                    job_from: first,
                    orders: vec![order],
                    ..Call::new(request, step.order.date)
                }));
            }
        }
        let request = Request::SubmitOrderJob(SubmitOrderJob {
            jobid: String::new(),
            buyer_userid: self.buyer(),
            account_duration: self.duration(step)?,
        });
        let job_from = pages.first().copied();
        let after = [before, pages].concat();
        self.create(step, Call { after, job_from, ..Call::new(request, step.order.date) });
        Ok(())
    }

    /// Returns how far a renewal prolongs its accounts: by whole months, or all to one day (P15, docs/rules.md#p15).
    fn duration(&self, step: &Step<'_>) -> Result<RenewalDuration, ScheduleError> {
        let term = step.order.quote.term;
        if term.days == 0 {
            return Ok(RenewalDuration::Months { months: term.months });
        }
        let expires = step.order.lots.iter().map(|lot| lot.expires).max();
        expires.and_then(RenewalDuration::until).ok_or_else(|| ScheduleError::Expiry {
            payer: self.plan.schools[step.payer.payer()].party(),
            date: step.order.date.unwrap_or_default(),
        })
    }

    /// Returns the accounts of a renewal by the index of their school. Without all of them it reports the problem,
    /// or puts the renewal off.
    fn accounts_of(&mut self, step: &Step<'_>) -> Option<BTreeMap<usize, Vec<RenewedAccount>>> {
        for (member, old, account_type) in stacked_before(step) {
            self.users.stack((step.payer.members[member], account_type, old));
        }
        let mut accounts: BTreeMap<usize, Vec<RenewedAccount>> = BTreeMap::new();
        let mut is_put_off = false;
        let mut is_complete = true;
        for lot in &step.order.lots {
            let (school, Some(old)) = (step.payer.members[lot.member], lot.extends) else { continue };
            match self.users.renew((school, lot.account_type, old), lot.count, lot.expires) {
                Ok(users) => {
                    accounts.entry(school).or_default().extend(users.into_iter().map(|user| RenewedAccount {
                        userid: user.to_owned(),
                        account_type: lot.account_type,
                    }))
                }
                Err(Unknown::NotActiveYet) => is_put_off = true,
                Err(Unknown::Unlisted(listed)) => {
                    is_complete = false;
                    self.report_unlisted(school, lot, old, listed);
                }
            }
        }
        if is_put_off {
            self.put_off(step, LaterReason::NotActiveYet);
        }
        let without_id = accounts.keys().filter(|school| **school != step.payer.payer());
        let without_id: Vec<usize> =
            without_id.copied().filter(|school| self.plan.schools[*school].corp_id.is_none()).collect();
        without_id.into_iter().for_each(|school| self.report_no_id(school));
        (is_complete && !is_put_off).then_some(accounts)
    }

    fn report_unlisted(&mut self, school: usize, lot: &OrderLot, expires: Date, listed: u32) {
        self.problems.push(OrderProblem::UsersUnknown {
            school: self.plan.schools[school].party(),
            account_type: lot.account_type,
            expires,
            wanted: lot.count,
            listed,
        });
    }

    pub(super) fn report_no_id(&mut self, school: usize) {
        let problem = OrderProblem::NoCorpId { school: self.plan.schools[school].party() };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Puts an order off, and all later ones of its customer: one unpaid order blocks the next (O5,
    /// docs/rules.md#o5).
    fn put_off(&mut self, step: &Step<'_>, reason: LaterReason) {
        self.waiting.insert(customer(self.plan, step.payer));
        let after = self.orders_before(step.payer);
        self.built.later.push(Later {
            api: if step.order.quote.renewal { Api::SubmitOrderJob } else { Api::CreateNewOrder },
            reason,
            school: step.payer.payer(),
            to: None,
            date: step.order.date,
            counts: step.order.counts(),
            expected: step.order.quote.payable(),
            after,
        });
    }

    /// Adds a call that creates one order.
    fn create(&mut self, step: &Step<'_>, call: Call) {
        let call = self.push(Call {
            school: Some(step.payer.payer()),
            expected: step.order.quote.payable(),
            orders: vec![self.built.orders.len()],
            ..call
        });
        self.placed_by(step, call);
        self.share_later(step, call);
    }

    /// Records which call creates an order.
    pub(super) fn placed_by(&mut self, step: &Step<'_>, call: usize) {
        let order = step.order;
        self.placed.entry(customer(self.plan, step.payer)).or_default().push(call);
        self.built.orders.push(PlacedOrder {
            payer: step.payer.payer(),
            date: order.date,
            kind: order.kind,
            due_since: order.due_since,
            quote: order.quote.clone(),
            expires: order.lots.iter().map(|lot| lot.expires).max(),
            reasons: order.reasons.clone(),
            in_stock: order.in_stock,
            call,
        });
    }

    /// Adds a call, and returns its index.
    pub(super) fn push(&mut self, call: Call) -> usize {
        self.built.calls.push(call);
        self.built.calls.len() - 1
    }

    /// Returns the calls that create the earlier orders of a customer, each of which must be paid before the next
    /// (O5).
    pub(super) fn orders_before(&self, payer: &DuePayer) -> Vec<usize> {
        self.placed.get(customer(self.plan, payer)).cloned().unwrap_or_default()
    }

    pub(super) fn corp_id(&self, school: usize) -> String {
        self.plan.schools[school].corp_id.clone().unwrap_or_default()
    }

    pub(super) fn buyer(&self) -> String {
        self.plan.provider.buyer.clone().unwrap_or_default()
    }

    /// Names the files, fills in where each job id comes from, and adds up.
    fn finish(mut self) -> Result<Built, ScheduleError> {
        let calls = &mut self.built.calls;
        let digits = calls.len().to_string().len().max(LEAST_DIGITS);
        for (index, call) in calls.iter_mut().enumerate() {
            let code = call.school.map(|school| file_part(&self.plan.schools[school].code));
            let code = code.map_or_else(String::new, |code| format!("-{code}"));
            call.file = format!("{:0digits$}-{}{code}.json", index + 1, call.api().as_str());
        }
        let files: Vec<String> = calls.iter().map(|call| call.file.clone()).collect();
        for call in calls.iter_mut() {
            let Some(first) = call.job_from else { continue };
            let id = format!("<jobid from {}>", files[first]);
            match &mut call.request {
                Request::CreateNewOrderJob(job) => job.jobid = Some(id),
                Request::SubmitNewOrderJob(job) => job.jobid = id,
                Request::CreateRenewOrderJob(job) => job.jobid = Some(id),
                Request::SubmitOrderJob(job) => job.jobid = id,
                Request::CreateNewOrder(_) | Request::BatchShareActiveCode(_) => {}
            }
        }
        let amounts: Option<Money> = calls.iter().filter_map(|call| call.expected).sum();
        self.built.expected = amounts.ok_or(ScheduleError::Overflow)?;
        Ok(self.built)
    }
}

/// Digits of the number of a file, so that a folder lists the files in their order.
const LEAST_DIGITS: usize = 4;
/// Most characters of a code in the name of a file.
const MOST_OF_A_CODE: usize = 40;

/// Returns a code as a part of a file's name on every system.
fn file_part(code: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    code.chars().take(MOST_OF_A_CODE).map(|sign| if is_plain(sign) { sign } else { '_' }).collect()
}

/// Returns which accounts codes prolong before an order, by member, day of expiry and type.
fn stacked_before<'d>(step: &Step<'d>) -> impl Iterator<Item = (usize, Date, AccountType)> + use<'d> {
    let Step { payer, order, .. } = *step;
    let stock = payer.activations.iter().map(|stock| stock.lot);
    let bought =
        payer.orders.iter().filter(|order| !order.quote.renewal).flat_map(|order| &order.lots).copied();
    let before = stock.chain(bought).filter(move |lot| order.date.is_some_and(|date| lot.activated < date));
    before.filter_map(|lot| Some((lot.member, lot.extends?, lot.account_type)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_in_a_files_name_is_plain_and_short() {
        assert_eq!(file_part("a-B_9"), "a-B_9");
        assert_eq!(file_part("../北京 1"), "______1");
        assert_eq!(file_part(&"x".repeat(41)), "x".repeat(40));
    }
}
