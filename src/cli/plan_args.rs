//! Arguments that several commands with a plan take. Read [`ScopeArgs`] first.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use wxlicense::Assumption;
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::plan::{Plan, School};
use wxlicense::pricing::Party;

use super::input::{Overrides, assumed_date, readable_plan};
use super::session::Session;
use super::what_if::WhatIfArgs;
use super::{Failure, days};

/// The part of a plan that a command is about, and numbers of users to try out.
#[derive(Args, Debug, Default)]
pub struct ScopeArgs {
    #[command(flatten)]
    schools: SchoolArgs,

    #[command(flatten)]
    what_if: WhatIfArgs,
}

impl ScopeArgs {
    /// Returns the plan that the flags ask about, and what a result about it has to say.
    pub fn apply(&self, plan: Plan) -> Result<(Plan, Vec<Assumption>), Failure> {
        let schools = self.schools.find(&plan);
        let changed = self.what_if.apply(plan);
        let (schools, (plan, mut assumed)) = match (schools, changed) {
            (Ok(schools), Ok(changed)) => (schools, changed),
            (schools, changed) => {
                let problems = schools.err().into_iter().chain(changed.err());
                return Err(problems.flatten().collect::<Vec<_>>().into());
            }
        };
        let (plan, is_partial) = only(plan, schools);
        assumed.extend(is_partial);
        assumed.splice(0..0, left_out(&[&plan]));
        Ok((plan, assumed))
    }
}

/// A plan as of a day, and the part of it that a command is about.
#[derive(Args, Debug)]
pub struct PlanTodayArgs {
    /// Plan file; `-` reads standard input
    #[arg(value_name = "PLAN")]
    plan: PathBuf,

    #[command(flatten)]
    scope: ScopeArgs,

    /// Today, Beijing time: what is open before it is overdue; instead of the plan's date
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date)]
    date: Option<Date>,

    /// Rate card: the id of an embedded one, or a .toml file; instead of the plan's
    #[arg(long, value_name = "ID|FILE")]
    rate_card: Option<String>,
}

impl PlanTodayArgs {
    /// Returns the plan that the flags ask about, if need be without schools whose files cannot be read, and what a result
    /// about it has to say.
    pub fn read_readable(&self, session: &Session) -> Result<(Plan, Vec<Assumption>), Failure> {
        self.scoped(readable_plan(&self.plan, &self.overrides(), session)?)
    }

    fn overrides(&self) -> Overrides<'_> {
        Overrides { date: self.date, card: self.rate_card.as_deref(), ..Overrides::default() }
    }

    fn scoped(&self, plan: Plan) -> Result<(Plan, Vec<Assumption>), Failure> {
        let (plan, scoped) = self.scope.apply(plan)?;
        let mut assumed = assumed_date(self.date);
        assumed.extend(scoped);
        Ok((plan, assumed))
    }
}

/// Schools that a command is about.
#[derive(Args, Debug, Default)]
pub struct SchoolArgs {
    /// Only this school: its code, its name, or a part of its name that no other has; repeatable
    #[arg(long = "school", value_name = "SCHOOL")]
    schools: Vec<String>,
}

impl SchoolArgs {
    /// Returns the schools in a plan; none for all of them.
    fn find(&self, plan: &Plan) -> Result<Vec<Party>, Vec<Diagnostic>> {
        Ok(plan.find_schools(&self.schools)?.into_iter().map(School::party).collect())
    }

    /// Returns the schools in either of two plans, the new one first; none for all of them.
    pub fn find_in_either(&self, old: &Plan, new: &Plan) -> Result<Vec<Party>, Vec<Diagnostic>> {
        let (mut schools, mut problems): (Vec<Party>, Vec<Diagnostic>) = Default::default();
        for text in &self.schools {
            let found = new.find_school(text).or_else(|problem| match problem.code {
                Code::UnknownSchool => old.find_school(text).map_err(|_| problem),
                _ => Err(problem),
            });
            match found.map(School::party) {
                Ok(school) if schools.contains(&school) => {}
                Ok(school) => schools.push(school),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(schools) } else { Err(problems) }
    }
}

/// Returns what a result about plans has to say of the schools that they leave out.
pub fn left_out(plans: &[&Plan]) -> Option<Assumption> {
    let schools = Plan::left_out_of(plans);
    (!schools.is_empty()).then_some(Assumption::LeftOut { schools })
}

/// Returns the plan with these schools and their groups alone, and what a result about it has to say; without
/// any, the whole plan.
fn only(plan: Plan, schools: Vec<Party>) -> (Plan, Option<Assumption>) {
    let (plan, with_groups) = cut(plan, &schools);
    (plan, assumed(schools, with_groups))
}

/// Returns two plans with these schools and their groups alone, as [`only`].
pub fn only_on_both(old: Plan, new: Plan, schools: Vec<Party>) -> (Plan, Plan, Option<Assumption>) {
    let ((old, old_groups), (new, new_groups)) = (cut(old, &schools), cut(new, &schools));
    (old, new, assumed(schools, old_groups || new_groups))
}

/// Returns the plan with these schools and their groups alone, and true if the groups have other schools.
fn cut(plan: Plan, schools: &[Party]) -> (Plan, bool) {
    let codes: Vec<&str> = schools.iter().filter_map(|school| school.code.as_deref()).collect();
    if codes.is_empty() {
        return (plan, false);
    }
    let plan = plan.only(&codes);
    let has_others = plan.schools.iter().any(|school| !codes.contains(&school.code.as_str()));
    (plan, has_others)
}

fn assumed(schools: Vec<Party>, with_groups: bool) -> Option<Assumption> {
    (!schools.is_empty()).then_some(Assumption::Only { schools, with_groups })
}
