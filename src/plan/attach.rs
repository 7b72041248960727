//! What the files beside a plan say: users from rosters, accounts and orders from WeCom's documents. In go the draft
//! and a reader of the files, out comes what the schools get of them. Read [`Files::read`] first.

mod history;
mod orders;
#[cfg(test)]
mod tests;
mod trace;

pub use history::History;

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::draft::DEFAULT_APP_KIND;
use super::keys::{DraftApp, DraftPlan, DraftSchool};
use super::read::PricingDate;
use super::{
    AccountList, Attached, Attachments, ENTERPRISE, HeldLot, LeftOutSchool, ListedOrder, Plan, SchoolUsers,
};
use crate::account::AccountType;
use crate::diagnostic::lang::Arg;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink, has_errors};
use crate::document::{At, Field};
use crate::pricing::Party;
use crate::rates::RateCard;
use crate::rules;

/// The content of the files that a plan names.
#[derive(Default)]
pub(super) struct Files {
    /// Of each school, in the order of the plan.
    schools: Vec<SchoolFiles>,
    /// Orders of all enterprises.
    orders: Vec<ListedOrder>,
    /// Span of the key that names them.
    orders_span: Option<Range<usize>>,
    /// Enterprises that may have more orders.
    incomplete: Incomplete,
}

#[derive(Default)]
struct SchoolFiles {
    users: Option<SchoolUsers>,
    /// A roster could not be read, so that the users are not known.
    has_unknown_users: bool,
    /// A roster or an account list has an error.
    is_unreadable: bool,
    /// Span of the roster that stands for the others.
    roster_span: Range<usize>,
    accounts: Option<AccountList>,
}

impl Files {
    /// Reads every file that the draft names, and reports their problems to `sink`. Without a card the rosters are
    /// not read, since it says which apps count.
    pub(super) fn read(
        draft: &DraftPlan<'_>,
        card: Option<&RateCard>,
        attachments: &dyn Attachments,
        sink: &Sink,
    ) -> Files {
        let schools = draft.schools().iter().map(|school| SchoolFiles::read(school, card, attachments, sink));
        let schools = schools.collect();
        let named = draft.orders.value().and_then(|orders| orders.from.valid());
        let Some(patterns) = named else { return Files { schools, ..Files::default() } };
        let texts: Vec<&str> = patterns.value.iter().map(|pattern| pattern.value).collect();
        let read = attachments.orders(&texts);
        let incomplete = Incomplete::after(&read.diagnostics);
        let orders = accept(read, &patterns.span, sink);
        Files { schools, orders, orders_span: Some(patterns.span.clone()), incomplete }
    }

    /// Puts the users of the rosters into the draft, so that all its rules apply to them. Counts that stand there
    /// by hand must be the same.
    pub(super) fn fill_counts(&self, draft: &mut DraftPlan<'_>, sink: &Sink) {
        let Field::Valid(schools) = &mut draft.school else { return };
        for (school, files) in schools.value.iter_mut().zip(&self.schools) {
            let fields =
                [(AccountType::Basic, &mut school.basic), (AccountType::Interop, &mut school.interop)];
            if files.has_unknown_users {
                let missing = fields.into_iter().filter(|(_, field)| field.is_missing());
                missing.for_each(|(_, field)| *field = Field::Invalid);
                continue;
            }
            let Some(users) = &files.users else { continue };
            let counts = users.counts();
            for (account_type, field) in fields {
                let listed = *counts.get(account_type);
                match field {
                    Field::Missing => *field = Field::Valid(At::new(listed, files.roster_span.clone())),
                    Field::Valid(stated) if stated.value != listed => {
                        let diagnostic = Diagnostic::new(Code::RosterCountsDiffer)
                            .with("type", account_type)
                            .with("stated", stated.value)
                            .with("listed", listed);
                        sink.report(diagnostic, stated.span.clone());
                    }
                    Field::Valid(_) | Field::Invalid => {}
                }
            }
        }
    }

    /// Takes the schools of which a file could not be read, and the rest of their groups, out of the draft, and
    /// returns them.
    pub(super) fn leave_out(&mut self, draft: &mut DraftPlan<'_>) -> Vec<LeftOutSchool> {
        let Field::Valid(schools) = &mut draft.school else { return Vec::new() };
        let of_files = schools.value.iter().zip(&self.schools);
        let unknown = of_files.filter(|(school, files)| {
            let corp_id = school.corp_id.value();
            files.is_unreadable || corp_id.is_some_and(|corp_id| self.incomplete.has(corp_id))
        });
        let payers: HashSet<Option<&str>> = unknown.map(|(school, _)| payer_of(school)).collect();
        let mut left_out = Vec::new();
        let mut files = std::mem::take(&mut self.schools).into_iter();
        schools.value.retain(|school| {
            let of_school = files.next().unwrap_or_default();
            let is_left_out = payers.contains(&payer_of(school));
            if is_left_out {
                let text = |field: &Field<&str>| field.value().map(|text| (*text).to_owned());
                let party = Party { code: text(&school.code), name: text(&school.name) };
                let corp_id = school.corp_id.value();
                left_out.push(LeftOutSchool { party, corp_id: text(&school.corp_id) });
                self.orders.retain(|order| corp_id.is_none_or(|corp_id| order.corp_id != *corp_id));
            } else {
                self.schools.push(of_school);
            }
            !is_left_out
        });
        left_out
    }

    /// Returns true if the orders have purchases of this school.
    pub(super) fn has_orders(&self, school: &DraftSchool<'_>) -> bool {
        school
            .corp_id
            .value()
            .is_some_and(|corp_id| self.orders.iter().any(|order| order.corp_id == *corp_id))
    }

    /// Puts everything into the plan: users, accounts and purchases. Returns the day of payment and the span of
    /// each purchase that comes from an order, by school.
    pub(super) fn into_plan(
        self,
        plan: &mut Plan,
        date: PricingDate,
        sink: &Sink,
    ) -> BTreeMap<usize, Vec<jiff::civil::Date>> {
        for (school, files) in plan.schools.iter_mut().zip(self.schools) {
            school.users = files.users;
            if let Some(accounts) = files.accounts {
                school.held.extend(lots(&accounts, date));
                school.accounts = Some(accounts);
            }
        }
        let added = match self.orders_span {
            Some(span) => {
                let added = orders::add(plan, self.orders);
                added.problems.into_iter().for_each(|problem| sink.report(problem, span.clone()));
                added.days
            }
            None => BTreeMap::new(),
        };
        if let Some(date) = date.known() {
            trace::list_activated(plan, date);
        }
        added
    }
}

/// Enterprises whose orders are not all known, since documents of orders have errors.
enum Incomplete {
    Of(HashSet<String>),
    Any,
}

impl Default for Incomplete {
    fn default() -> Incomplete {
        Incomplete::Of(HashSet::new())
    }
}

impl Incomplete {
    fn after(problems: &[Diagnostic]) -> Incomplete {
        let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error);
        let enterprise = |problem: &Diagnostic| {
            problem.args.iter().find_map(|(name, value)| match value {
                Arg::Text(id) if *name == ENTERPRISE => Some(id.clone()),
                _ => None,
            })
        };
        errors.map(enterprise).collect::<Option<_>>().map_or(Incomplete::Any, Incomplete::Of)
    }

    fn has(&self, corp_id: &str) -> bool {
        match self {
            Incomplete::Of(enterprises) => enterprises.contains(corp_id),
            Incomplete::Any => true,
        }
    }
}

impl SchoolFiles {
    fn read(
        school: &DraftSchool<'_>,
        card: Option<&RateCard>,
        attachments: &dyn Attachments,
        sink: &Sink,
    ) -> SchoolFiles {
        let mut files = SchoolFiles::default();
        if let Some(card) = card {
            files.read_rosters(school, card, attachments, sink);
        }
        for held in school.held.items() {
            match held.from.valid() {
                Some(from) => {
                    let stated = [
                        ("type", held.account_type.valid().map(|at| &at.span)),
                        ("count", held.count.valid().map(|at| &at.span)),
                        ("expires", held.expires.valid().map(|at| &at.span)),
                    ];
                    for (key, span) in stated.into_iter().filter_map(|(key, span)| Some((key, span?))) {
                        sink.report(Diagnostic::new(Code::HeldFromConflicts).with("key", key), span.clone());
                    }
                    let read = attachments.accounts(from.value);
                    files.is_unreadable |= has_errors(&read.diagnostics);
                    let list = accept(read, &from.span, sink);
                    let all = files.accounts.get_or_insert_default();
                    all.accounts.extend(list.accounts);
                    all.codes.extend(list.codes);
                }
                None if held.from.is_missing() => {
                    ["type", "count", "expires"].iter().for_each(|key| held.table.report_missing(key));
                }
                None => {}
            }
        }
        files
    }

    fn read_rosters(
        &mut self,
        school: &DraftSchool<'_>,
        card: &RateCard,
        attachments: &dyn Attachments,
        sink: &Sink,
    ) {
        let is_charged = |app: &&DraftApp<'_>| {
            app.kind.or(DEFAULT_APP_KIND).is_some_and(|kind| rules::is_charged(card, [kind]))
        };
        let charged: Vec<&DraftApp<'_>> = school.app.items().iter().filter(is_charged).collect();
        let mut apps = Vec::new();
        for app in &charged {
            let (Some(roster), Some(needs)) = (app.roster.valid(), app.needs.or(AccountType::Basic)) else {
                self.has_unknown_users |= !app.roster.is_missing();
                continue;
            };
            let users = attachments.roster(roster.value, app.roster_column.value().copied());
            self.has_unknown_users |= has_errors(&users.diagnostics);
            let users = accept(users, &roster.span, sink);
            if apps.is_empty() {
                self.roster_span = roster.span.clone();
            }
            apps.push((needs, users));
        }
        self.is_unreadable |= self.has_unknown_users;
        self.has_unknown_users |= matches!(school.app, Field::Invalid);
        if apps.is_empty() {
            return;
        }
        for app in charged.iter().filter(|app| app.roster.is_missing()) {
            let id = app.id.value().copied().unwrap_or_default();
            sink.report(Diagnostic::new(Code::RosterMissing).with("app", id), app.table.span());
        }
        self.users = Some(SchoolUsers::union(apps));
    }
}

/// Returns the code of the school that pays for this one.
fn payer_of<'d>(school: &DraftSchool<'d>) -> Option<&'d str> {
    school.upstream.value().or(school.code.value()).copied()
}

/// Reports the problems of files; those without a location at the key that names the files.
fn accept<T>(attached: Attached<T>, span: &Range<usize>, sink: &Sink) -> T {
    for diagnostic in attached.diagnostics {
        match diagnostic.location {
            Some(_) => sink.extend([diagnostic]),
            None => sink.report(diagnostic, span.clone()),
        }
    }
    attached.content
}

/// Returns the accounts of a list that have not expired, together by type and day of expiry.
fn lots(list: &AccountList, date: PricingDate) -> Vec<HeldLot> {
    let mut lots: BTreeMap<(AccountType, jiff::civil::Date), u32> = BTreeMap::new();
    for account in &list.accounts {
        if date.known().is_none_or(|date| date < account.expires) {
            *lots.entry((account.account_type, account.expires)).or_default() += 1;
        }
    }
    lots.into_iter()
        .map(|((account_type, expires), count)| HeldLot { account_type, count, expires })
        .collect()
}
