//! Gives codes of an upstream to its downstreams: U2 (docs/rules.md#u2). Codes that documents list are shared now,
//! those of an order once it is paid.

use std::collections::{BTreeMap, HashSet};

use super::build::{Builder, Step};
use super::due::{DuePayer, StockLot};
use super::{Call, Later, LaterReason, Link, OrderProblem};
use crate::account::{AccountType, Counts};
use crate::plan::{ListedCode, School};
use crate::wecom::requests::{Api, BatchShareActiveCode, Request, SharedCode};

/// Members of this industry with one of these secondary ones are linked by 局校互联 only (U5, docs/rules.md#u5).
const SCHOOLS: (&str, [&str; 4]) = ("教育", ["学前教育", "初等教育", "初中等教育", "教育行政单位"]);
/// The most codes of a downstream for each of its contacts (U2).
const CODES_PER_CONTACT: usize = 2;

impl<'b> Builder<'b> {
    /// Shares the codes in stock that the schedule activates at downstreams.
    pub(super) fn share_stock(&mut self, due: &[DuePayer]) {
        let mut used: HashSet<&str> = HashSet::new();
        for payer in due {
            let is_shared = |stock: &&StockLot| stock.owner == 0 && stock.lot.member != 0;
            for stock in payer.activations.iter().filter(is_shared) {
                let (from, to) = (payer.payer(), payer.members[stock.lot.member]);
                let codes = self.codes_for(from, stock, &used);
                if codes.len() == usize::try_from(stock.lot.count).unwrap_or(usize::MAX) {
                    used.extend(codes.iter().copied());
                    self.share(from, to, stock, &codes);
                } else {
                    let counts = Counts::of(stock.lot.account_type, stock.lot.count);
                    self.later_share((from, to), Some(stock.lot.activated), counts, Vec::new());
                }
            }
        }
    }

    /// Returns the codes to share, those of the purchase first; fewer than wanted if documents do not list as many.
    fn codes_for(&self, from: usize, stock: &StockLot, used: &HashSet<&str>) -> Vec<&'b str> {
        let listed = self.plan.schools[from].accounts.iter().flat_map(|list| &list.codes);
        let fits = |code: &&ListedCode| {
            code.account_type == stock.lot.account_type && !used.contains(code.code.as_str())
        };
        let mut codes: Vec<&ListedCode> = listed.filter(fits).collect();
        codes.sort_by_key(|code| (code.created != stock.paid, code.created));
        let wanted = usize::try_from(stock.lot.count).unwrap_or(usize::MAX);
        codes.into_iter().take(wanted).map(|code| code.code.as_str()).collect()
    }

    fn share(&mut self, from: usize, to: usize, stock: &StockLot, codes: &[&str]) {
        for school in [from, to] {
            if self.plan.schools[school].corp_id.is_none() {
                self.report_no_id(school);
            }
        }
        let most = most_shared(&self.plan.schools[to]).filter(|most| *most > 0);
        let size =
            most.map_or(BatchShareActiveCode::MOST_CODES, |most| most.min(BatchShareActiveCode::MOST_CODES));
        for page in codes.chunks(size) {
            let share_list = page.iter().map(|code| SharedCode { active_code: (*code).to_owned() });
            let request = Request::BatchShareActiveCode(BatchShareActiveCode {
                from_corpid: self.corp_id(from),
                to_corpid: self.corp_id(to),
                share_list: share_list.collect(),
                corp_link_type: self.link(from, to),
            });
            self.push(Call {
                school: Some(from),
                to: Some(to),
                counts: Counts::of(stock.lot.account_type, u32::try_from(page.len()).unwrap_or(u32::MAX)),
                ..Call::new(request, Some(stock.lot.activated))
            });
        }
    }

    /// Lists the shares of an order's codes: they exist once it is paid.
    pub(super) fn share_later(&mut self, step: &Step<'_>, call: usize) {
        if step.order.quote.renewal {
            return;
        }
        let from = step.payer.payer();
        for member in &step.order.quote.members {
            let is_member =
                |index: &&usize| Some(&self.plan.schools[**index].code) == member.party.code.as_ref();
            let Some(&to) = step.payer.members.iter().find(is_member) else { continue };
            if to != from && !member.counts.is_zero() {
                self.later_share((from, to), step.order.date, member.counts, vec![call]);
            }
        }
    }

    fn later_share(
        &mut self,
        (from, to): (usize, usize),
        date: Option<jiff::civil::Date>,
        counts: Counts,
        after: Vec<usize>,
    ) {
        self.built.later.push(Later {
            api: Api::BatchShareActiveCode,
            reason: LaterReason::CodesUnknown,
            school: from,
            to: Some(to),
            date,
            counts,
            expected: None,
            after,
        });
    }

    /// Warns of downstreams that get more codes than WeCom lets them have (U2).
    pub(super) fn warn_of_shares(&mut self) {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for later in &self.built.later {
            if let Some(to) = later.to {
                *shared.entry(to).or_default() += count(later.counts);
            }
        }
        for call in &self.built.calls {
            if let (Some(to), Request::BatchShareActiveCode(share)) = (call.to, &call.request) {
                *shared.entry(to).or_default() += share.share_list.len();
            }
        }
        for (to, codes) in shared {
            let school = &self.plan.schools[to];
            if let Some(most) = most_shared(school).filter(|most| *most < codes) {
                self.problems.push(OrderProblem::TooManyShared { school: school.party(), codes, most });
            }
        }
    }

    /// Returns WeCom's number of how a downstream is linked with its upstream: what the caller says, else 局校互联
    /// for schools that cannot be linked otherwise (U5).
    fn link(&self, from: usize, to: usize) -> u8 {
        let is_school = |index: usize| {
            let industry = self.plan.schools[index].customer.industry.as_ref();
            industry.is_some_and(|of| of.primary == SCHOOLS.0 && SCHOOLS.1.contains(&of.secondary.as_str()))
        };
        let told =
            if is_school(from) || is_school(to) { Link::Interconnection } else { Link::UpstreamDownstream };
        match self.options.link.unwrap_or(told) {
            Link::UpstreamDownstream => 0,
            Link::Interconnection => 1,
        }
    }
}

fn most_shared(school: &School) -> Option<usize> {
    usize::try_from(school.contacts?).ok()?.checked_mul(CODES_PER_CONTACT)
}

fn count(counts: Counts) -> usize {
    let of = |account_type| usize::try_from(*counts.get(account_type)).unwrap_or(usize::MAX);
    AccountType::ALL.into_iter().map(of).fold(0, usize::saturating_add)
}
