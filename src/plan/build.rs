//! Builds the plan from a draft without errors.

use jiff::civil::Date;

use super::draft::DEFAULT_APP_KIND;
use super::keys::{DraftApp, DraftHeadcount, DraftHeld, DraftPlan, DraftPurchase, DraftSchool};
use super::{App, Headcount, HeldLot, PastPurchase, Plan, School};
use crate::account::{AccountType, Term};
use crate::customer::{Certification, Customer};
use crate::document::Field;
use crate::pricing::OrderStatus;
use crate::rates::RateCard;

impl DraftPlan<'_> {
    /// Returns the plan; `None` if a value that it needs has been reported as invalid.
    pub(super) fn build(self, date: Option<Date>, card: RateCard) -> Option<Plan> {
        let default_term = self.term.or(Term::ONE_YEAR)?;
        let schools = all(self.school, |school| school.build(default_term))?;
        Some(Plan { date, card, schools })
    }
}

impl DraftSchool<'_> {
    fn build(self, default_term: Term) -> Option<School> {
        let (counts, negotiated) = (self.counts().known()?, self.negotiated_prices());
        let term = self.term.or(default_term)?;
        let mut purchases = all(self.purchase, |purchase| purchase.build(term))?;
        purchases.sort_by_key(|purchase| purchase.paid);
        Some(School {
            code: self.code.into_value()?.to_owned(),
            name: self.name.into_value()?.to_owned(),
            corp_id: self.corp_id.into_value().map(str::to_owned),
            customer: Customer {
                industry: self.industry.into_value(),
                certification: self.certification.or(Certification::None)?,
                nonprofit_proof: self.nonprofit_proof.or(false)?,
            },
            status: self.status.or(OrderStatus::default())?,
            test_enterprise: self.test_enterprise.or(false)?,
            counts,
            term,
            upstream: self.upstream.into_value().map(str::to_owned),
            negotiated,
            held: all(self.held, DraftHeld::build)?,
            apps: all(self.app, DraftApp::build)?,
            purchases,
            headcounts: all(self.headcount, |headcount| headcount.build())?,
        })
    }
}

impl DraftHeld<'_> {
    fn build(self) -> Option<HeldLot> {
        Some(HeldLot {
            account_type: self.account_type.into_value()?,
            count: self.count.into_value()?,
            expires: self.expires.into_value()?,
        })
    }
}

impl DraftApp<'_> {
    fn build(self) -> Option<App> {
        let id = self.id.into_value()?;
        Some(App {
            name: self.name.or(id)?.to_owned(),
            id: id.to_owned(),
            host: self.host.into_value().map(str::to_owned),
            kind: self.kind.or(DEFAULT_APP_KIND)?,
            authorized: self.authorized.into_value(),
            needs: self.needs.or(AccountType::Basic)?,
        })
    }
}

impl DraftPurchase<'_> {
    fn build(self, default_term: Term) -> Option<PastPurchase> {
        Some(PastPurchase {
            counts: self.counts().known()?,
            paid: self.paid.into_value()?,
            term: self.term.or(default_term)?,
            activated: self.activated.into_value(),
        })
    }
}

impl DraftHeadcount<'_> {
    fn build(self) -> Option<Headcount> {
        Some(Headcount { counts: self.counts().known()?, from: self.from.into_value()? })
    }
}

/// Builds every member of a list; returns `None` if one of them cannot be built.
fn all<D, T>(list: Field<Vec<D>>, build: impl Fn(D) -> Option<T>) -> Option<Vec<T>> {
    list.into_value().unwrap_or_default().into_iter().map(build).collect()
}
