//! Builds the plan from a draft without errors.

use std::sync::Arc;

use jiff::civil::Date;

use super::draft::DEFAULT_APP_KIND;
use super::keys::{
    DraftActivation, DraftApp, DraftHeadcount, DraftHeld, DraftPlan, DraftProvider, DraftPurchase,
    DraftSchool,
};
use super::model::{
    App, AppOrder, Headcount, HeldLot, Plan, Provider, RecordedActivation, RecordedKind, RecordedPurchase,
    School,
};
use crate::account::{AccountType, Counts, Term};
use crate::customer::{Certification, Customer};
use crate::document::Field;
use crate::pricing::OrderStatus;
use crate::rates::RateCard;

impl DraftPlan<'_> {
    /// Returns the plan; `None` if a value that it needs has been reported as invalid.
    pub(super) fn build(self, date: Option<Date>, card: Arc<RateCard>) -> Option<Plan> {
        let default_term = self.term.or(Term::ONE_YEAR)?;
        let schools = all(self.school, |school| school.build(default_term))?;
        let provider = self.provider.into_value().map_or_else(Provider::default, DraftProvider::build);
        Some(Plan { date, card, provider, schools, left_out: Vec::new() })
    }
}

impl DraftProvider<'_> {
    fn build(self) -> Provider {
        Provider {
            name: self.name.into_value().map(str::to_owned),
            buyer: self.buyer.into_value().map(str::to_owned),
        }
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
            users: None,
            contacts: self.contacts.into_value(),
            term,
            upstream: self.upstream.into_value().map(str::to_owned),
            negotiated,
            held: lots(self.held)?,
            accounts: None,
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
            order: match self.order.into_value() {
                Some(order) => {
                    Some(AppOrder { from: order.from.into_value()?, until: order.until.into_value()? })
                }
                None => None,
            },
        })
    }
}

impl DraftPurchase<'_> {
    fn build(self, default_term: Term) -> Option<RecordedPurchase> {
        let counts = self.counts().known()?;
        let activations = match self.activated.into_value() {
            Some(date) => activated_at_once(date, counts),
            None => all(self.activations, DraftActivation::build)?,
        };
        Some(RecordedPurchase {
            counts,
            paid: self.paid.into_value()?,
            kind: self.kind.or(RecordedKind::default())?,
            term: self.term.or(default_term)?,
            activations,
            listed: Counts::ZERO,
            bill: None,
        })
    }
}

/// Returns the lots that the plan states itself.
fn lots(held: Field<Vec<DraftHeld<'_>>>) -> Option<Vec<HeldLot>> {
    let stated = held.into_value().unwrap_or_default().into_iter().filter(|held| held.from.is_missing());
    stated.map(DraftHeld::build).collect()
}

fn activated_at_once(date: Date, counts: Counts) -> Vec<RecordedActivation> {
    let of_type = |account_type| {
        let count = *counts.get(account_type);
        (count > 0).then_some(RecordedActivation { date, account_type, count, extends: None })
    };
    AccountType::ALL.into_iter().filter_map(of_type).collect()
}

impl DraftActivation<'_> {
    fn build(self) -> Option<RecordedActivation> {
        Some(RecordedActivation {
            date: self.date.into_value()?,
            account_type: self.account_type.into_value()?,
            count: self.count.into_value()?,
            extends: self.extends.into_value(),
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
