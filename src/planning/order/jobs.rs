//! New accounts of several customers in one order: a job is filled, at most so many customers a request, and then
//! ordered (O11, docs/rules.md#o11).

use std::collections::BTreeSet;

use super::build::{Builder, Step};
use super::{Call, Jobs};
use crate::account::Counts;
use crate::money::Money;
use crate::planning::schedule::ScheduleError;
use crate::wecom::requests::{Buy, CreateNewOrderJob, Request, SubmitNewOrderJob};

impl Builder<'_> {
    /// Builds the jobs of orders that do not wait for each other, each of another customer.
    pub(super) fn buy_together(&mut self, steps: &[Step<'_>]) -> Result<(), ScheduleError> {
        steps.chunks(CreateNewOrderJob::MOST_BUYS_OF_A_JOB).try_for_each(|job| self.job(job))
    }

    fn job(&mut self, steps: &[Step<'_>]) -> Result<(), ScheduleError> {
        let Jobs::Together { automatic_activation } = self.options.jobs else { return Ok(()) };
        let first_order = self.built.orders.len();
        let mut pages: Vec<usize> = Vec::new();
        let mut before: BTreeSet<usize> = BTreeSet::new();
        for (page, part) in steps.chunks(CreateNewOrderJob::MOST_BUYS).enumerate() {
            let first = pages.first().copied();
            let earlier: BTreeSet<usize> =
                part.iter().flat_map(|step| self.orders_before(step.payer)).collect();
            let request = Request::CreateNewOrderJob(CreateNewOrderJob {
                buy_list: part.iter().map(|step| self.buy_of(step, automatic_activation)).collect(),
                jobid: first.map(|_| String::new()),
            });
            let school = match part {
                [only] => Some(only.payer.payer()),
                _ => None,
            };
            let from = first_order + page * CreateNewOrderJob::MOST_BUYS;
            let after = earlier.iter().copied().chain(first).collect();
            pages.push(self.push(Call {
                school,
                counts: part.iter().fold(Counts::ZERO, |sum, step| sum.saturating_add(step.order.counts())),
                after,
                job_from: first,
                orders: (from..from + part.len()).collect(),
                ..Call::new(request, part[0].order.date)
            }));
            before.extend(earlier);
        }
        self.submit(steps, before, pages)
    }

    fn buy_of(&self, step: &Step<'_>, automatic_activation: bool) -> Buy {
        Buy {
            corpid: self.corp_id(step.payer.payer()),
            account_count: step.order.counts().into(),
            account_duration: self.plan.card.term.term_of(step.order.quote.days).into(),
            auto_active_status: u8::from(automatic_activation),
        }
    }

    /// Adds the call that places the order of a job.
    fn submit(
        &mut self,
        steps: &[Step<'_>],
        before: BTreeSet<usize>,
        pages: Vec<usize>,
    ) -> Result<(), ScheduleError> {
        let (Some(step), Some(&first)) = (steps.first(), pages.first()) else { return Ok(()) };
        let request = Request::SubmitNewOrderJob(SubmitNewOrderJob {
            jobid: String::new(),
            buyer_userid: self.buyer(),
        });
        let school = match steps {
            [only] => Some(only.payer.payer()),
            _ => None,
        };
        let from = self.built.orders.len();
        let call = Call {
            school,
            expected: expected(steps)?,
            after: before.into_iter().chain(pages).collect(),
            job_from: Some(first),
            orders: (from..from + steps.len()).collect(),
            ..Call::new(request, step.order.date)
        };
        let call = self.push(call);
        for step in steps {
            self.placed_by(step, call);
            self.share_later(step, call);
        }
        Ok(())
    }
}

/// Returns the price of all orders; `None` if one of them has none.
fn expected(steps: &[Step<'_>]) -> Result<Option<Money>, ScheduleError> {
    let known: Option<Vec<Money>> = steps.iter().map(|step| step.order.quote.payable()).collect();
    let sum = known.map(|known| known.into_iter().sum::<Option<Money>>().ok_or(ScheduleError::Overflow));
    sum.transpose()
}
