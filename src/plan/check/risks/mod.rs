//! What is valid in a plan and may go wrong all the same: prices that are missing, orders that WeCom would
//! refuse, and days that pass. In goes the draft with its date and rate card, out come warnings;
//! [`report_risks`] is the way in.

mod accounts;
mod apps;
mod groups;
mod orders;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::groups::Groups;
use crate::account::Counts;
use crate::customer::{AppKind, Certification, Customer};
use crate::diagnostic::Sink;
use crate::plan::draft::DEFAULT_APP_KIND;
use crate::plan::keys::{DraftApp, DraftPlan, DraftSchool};
use crate::rates::RateCard;
use crate::rules::{WaiverFinding, is_charged, look_up_waiver};

/// A plan without errors, and what it is read with.
pub(super) struct Risks<'c, 'd> {
    pub(super) draft: &'c DraftPlan<'d>,
    pub(super) groups: &'c Groups,
    pub(super) card: &'c RateCard,
    /// Its date, Beijing time; `None` if it is undated.
    pub(super) date: Option<Date>,
    pub(super) sink: &'c Sink,
}

/// Warns of all risks of a plan.
pub(super) fn report_risks(risks: &Risks<'_, '_>) {
    accounts::check_names(risks);
    accounts::check_prices(risks);
    for school in risks.draft.schools() {
        apps::check(risks, school);
        orders::check_purchases(risks, school);
    }
    for (payer, downstreams) in risks.groups.iter() {
        groups::check(risks, payer, downstreams);
        orders::check(risks, payer, downstreams);
    }
}

impl<'d> Risks<'_, 'd> {
    /// Returns the group of a payer, itself first.
    fn members<'s>(
        &'s self,
        payer: usize,
        downstreams: &'s [usize],
    ) -> impl Iterator<Item = &'s DraftSchool<'d>> {
        let indices = [payer].into_iter().chain(downstreams.iter().copied());
        indices.map(|index| &self.draft.schools()[index]).filter(|school| self.needs_licences(school))
    }

    /// Returns true if a school is charged by its apps (W1, docs/rules.md#w1) and is no test enterprise.
    fn needs_licences(&self, school: &DraftSchool<'_>) -> bool {
        let kinds = school.app.items().iter().filter_map(|app| app.kind.or(DEFAULT_APP_KIND));
        !school.is_test_enterprise() && is_charged(self.card, kinds)
    }

    /// Returns the apps of a school that are charged.
    fn charged_apps<'s, 'x>(&self, school: &'s DraftSchool<'x>) -> impl Iterator<Item = &'s DraftApp<'x>> {
        let is_charged = |kind: AppKind| self.card.charging.app_kinds.contains(&kind);
        school.app.items().iter().filter(move |app| app.kind.or(DEFAULT_APP_KIND).is_some_and(is_charged))
    }

    /// Returns true if the licences of a customer are waived on a day.
    fn is_waived(&self, school: &DraftSchool<'_>, on: Option<Date>) -> bool {
        let customer = Customer {
            industry: school.industry.value().cloned(),
            certification: school.certification.or(Certification::None).unwrap_or_default(),
            nonprofit_proof: school.nonprofit_proof.value() == Some(&true),
        };
        look_up_waiver(self.card, &customer, on).as_ref().is_some_and(WaiverFinding::applied)
    }
}

/// Returns the users of schools on the plan's date, and those of each school that has others from a later day on, by day.
/// Schools are known by their index.
fn users_over_time(
    date: Option<Date>,
    schools: &[&DraftSchool<'_>],
) -> impl Iterator<Item = (Option<Date>, Vec<(usize, Counts)>)> {
    let at_first = schools.iter().map(|school| need(school, date)).enumerate().collect();
    let mut later: BTreeMap<Date, Vec<(usize, Counts)>> = BTreeMap::new();
    for (index, school) in schools.iter().enumerate() {
        for headcount in school.headcount.items() {
            let from = headcount.from.value().filter(|from| date.is_some_and(|date| date < **from));
            if let Some(from) = from {
                later.entry(*from).or_default().push((index, headcount.counts().known().unwrap_or_default()));
            }
        }
    }
    [(date, at_first)].into_iter().chain(later.into_iter().map(|(day, users)| (Some(day), users)))
}

/// Returns the users of a school on a day, Beijing time: those of the last headcount up to that day.
fn need(school: &DraftSchool<'_>, on: Option<Date>) -> Counts {
    let begun = |from: Option<&Date>| from.zip(on).is_some_and(|(from, on)| *from <= on);
    let last = school.headcount.items().iter().rfind(|headcount| begun(headcount.from.value()));
    last.map_or_else(|| school.counts().known(), |headcount| headcount.counts().known()).unwrap_or_default()
}
