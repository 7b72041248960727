//! From a draft without errors to the plan.

use jiff::civil::Date;

use super::draft::{
    DEFAULT_APP_KIND, DraftApp, DraftHeadcount, DraftHeld, DraftPlan, DraftPurchase, DraftSchool,
};
use super::{App, Headcount, HeldLot, PastPurchase, Plan, School};
use crate::account::{AccountType, Term};
use crate::customer::{Certification, Customer};
use crate::document::At;
use crate::rates::RateCard;

impl DraftPlan<'_> {
    /// The plan; `None` where a value that it needs has been reported.
    pub(super) fn build(self, date: Option<Date>, card: RateCard) -> Option<Plan> {
        let default_term = self.term.or(|| Some(Term::ONE_YEAR))?;
        let schools: Option<Vec<School>> =
            self.schools.into_iter().map(|school| school.build(default_term)).collect();
        Some(Plan { date, card, schools: schools? })
    }
}

impl DraftSchool<'_> {
    fn build(self, default_term: Term) -> Option<School> {
        let term = self.term.or(|| Some(default_term))?;
        let mut purchases: Vec<PastPurchase> =
            self.purchases.into_iter().map(|purchase| purchase.build(term)).collect::<Option<_>>()?;
        purchases.sort_by_key(|purchase| purchase.paid);
        Some(School {
            code: self.code?.value.to_owned(),
            name: self.name?.value.to_owned(),
            corp_id: self.corp_id.map(owned),
            customer: Customer {
                industry: self.industry.map(|at| at.value),
                certification: self.certification.or(|| Some(Certification::None))?,
                nonprofit_proof: self.nonprofit_proof.is_some_and(|at| at.value),
            },
            status: self.status,
            test_enterprise: self.test_enterprise.is_some_and(|at| at.value),
            counts: self.counts.known()?,
            term,
            upstream: self.upstream.usable().map(|at| at.value.to_owned()),
            negotiated: self.negotiated,
            held: self.held.into_iter().map(DraftHeld::build).collect::<Option<_>>()?,
            apps: self.apps.into_iter().map(DraftApp::build).collect::<Option<_>>()?,
            purchases,
            headcounts: self.headcounts.into_iter().map(DraftHeadcount::build).collect::<Option<_>>()?,
        })
    }
}

impl DraftHeld {
    fn build(self) -> Option<HeldLot> {
        Some(HeldLot {
            account_type: self.account_type?.value,
            count: self.count?.value,
            expires: self.expires?.value,
        })
    }
}

impl DraftApp<'_> {
    fn build(self) -> Option<App> {
        let id = self.id?.value.to_owned();
        Some(App {
            name: self.name.map_or_else(|| id.clone(), owned),
            id,
            host: self.host.map(owned),
            kind: self.kind.or(|| Some(DEFAULT_APP_KIND))?,
            authorized: self.authorized.map(|at| at.value),
            needs: self.needs.map_or(AccountType::Basic, |at| at.value),
        })
    }
}

impl DraftPurchase {
    fn build(self, default_term: Term) -> Option<PastPurchase> {
        Some(PastPurchase {
            paid: self.paid?.value,
            counts: self.counts.known()?,
            term: self.term.or(|| Some(default_term))?,
            activated: self.activated.map(|at| at.value),
        })
    }
}

impl DraftHeadcount {
    fn build(self) -> Option<Headcount> {
        Some(Headcount { from: self.from?.value, counts: self.counts.known()? })
    }
}

fn owned(at: At<&str>) -> String {
    at.value.to_owned()
}
