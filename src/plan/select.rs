use std::collections::HashSet;

use super::{LeftOutSchool, Plan, School};
use crate::account::Counts;
use crate::count::narrow;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::suggestion;
use crate::pricing::{OrderStatus, Party};

/// Largest number of schools that an ambiguous text lists.
const MOST_LISTED: usize = 8;

impl Plan {
    /// Returns the school that a text names: by its code, else by its name, else by a part of its name that no
    /// other school's name has. Full-width characters and capitals make no difference in a name.
    ///
    /// # Errors
    /// [`Code::UnknownSchool`] with the code or name that is most like it, [`Code::AmbiguousSchool`] with
    /// the schools that it may mean, or [`Code::SchoolLeftOut`] for one of [`Plan::left_out`].
    ///
    /// ```
    /// use std::sync::Arc;
    /// use wxlicense::{diagnostic::SourceFile, plan::{self, ReadOptions}, rates::RateCards};
    ///
    /// let text = "[[school]]\ncode = \"1499\"\nname = \"沈阳工程学院\"\nbasic = 1\n";
    /// let cards = RateCards::embedded().unwrap();
    /// let reading = plan::read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
    /// let plan = reading.plan.unwrap();
    /// for text in ["1499", "沈阳工程学院", "沈阳"] {
    ///     assert_eq!(plan.find_school(text)?.code, "1499");
    /// }
    /// # Ok::<(), wxlicense::diagnostic::Diagnostic>(())
    /// ```
    pub fn find_school(&self, text: &str) -> Result<&School, Diagnostic> {
        if let Some(school) = self.schools.iter().find(|school| school.code == text) {
            return Ok(school);
        }
        let wanted = as_compared(text);
        if let Some(school) = self.left_out_called(text, &wanted) {
            return Err(Diagnostic::new(Code::SchoolLeftOut)
                .with("code", school.code.as_deref().unwrap_or_default())
                .with("name", school.name.as_deref().unwrap_or_default()));
        }
        let named = |is_named: &dyn Fn(&str) -> bool| -> Vec<&School> {
            self.schools.iter().filter(|school| is_named(&as_compared(&school.name))).collect()
        };
        let mut found = named(&|name| name == wanted);
        if found.is_empty() && !wanted.is_empty() {
            found = named(&|name| name.contains(&wanted));
        }
        match found.as_slice() {
            [] => Err(self.unknown_school(text)),
            [school] => Ok(school),
            several => Err(ambiguous(text, several)),
        }
    }

    /// Returns the schools that these texts name, each once, in the order of the texts.
    ///
    /// # Errors
    /// A diagnostic for each text that names none or more than one, as [`Plan::find_school`].
    pub fn find_schools<S: AsRef<str>>(&self, texts: &[S]) -> Result<Vec<&School>, Vec<Diagnostic>> {
        let mut schools: Vec<&School> = Vec::new();
        let mut problems = Vec::new();
        for text in texts {
            match self.find_school(text.as_ref()) {
                Ok(school) if schools.iter().any(|other| other.code == school.code) => {}
                Ok(school) => schools.push(school),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(schools) } else { Err(problems) }
    }

    /// Returns the plan with the schools of these codes and those of their groups alone: what a group orders
    /// and pays does not depend on other schools, left out or not. No code at all keeps every school.
    #[must_use]
    pub fn only<S: AsRef<str>>(&self, codes: &[S]) -> Plan {
        if codes.is_empty() {
            return self.clone();
        }
        let codes: HashSet<&str> = codes.iter().map(AsRef::as_ref).collect();
        let named = self.schools.iter().filter(|school| codes.contains(school.code.as_str()));
        let payers: HashSet<&str> = named.map(payer).collect();
        let schools = self.schools.iter().filter(|school| payers.contains(payer(school))).cloned().collect();
        Plan { schools, left_out: Vec::new(), ..self.clone() }
    }

    /// Returns two plans without the schools that one of them leaves out, each with the rest of its groups, so that a
    /// school that could not be read is not taken for one that came or went.
    #[must_use]
    pub fn readable_on_both(mut old: Plan, mut new: Plan) -> (Plan, Plan) {
        // A school may be in another group on the other side, which is then left out too.
        while old.leave_out_those_of(&new) | new.leave_out_those_of(&old) {}
        (old, new)
    }

    /// Leaves out the schools that another plan leaves out, and the rest of their groups; returns true if there are any.
    fn leave_out_those_of(&mut self, other: &Plan) -> bool {
        let codes: HashSet<&str> =
            other.left_out.iter().filter_map(|school| school.party.code.as_deref()).collect();
        let named = self.schools.iter().filter(|school| codes.contains(school.code.as_str()));
        let payers: HashSet<String> = named.map(|school| payer(school).to_owned()).collect();
        let (out, schools): (Vec<School>, Vec<School>) =
            std::mem::take(&mut self.schools).into_iter().partition(|school| payers.contains(payer(school)));
        self.schools = schools;
        let is_any = !out.is_empty();
        self.left_out.extend(
            out.into_iter().map(|school| LeftOutSchool { party: school.party(), corp_id: school.corp_id }),
        );
        is_any
    }

    /// Returns the plan in which no unconfirmed school needs anything: what it orders is for the others alone. What
    /// unconfirmed schools have stays, and counts in their group.
    #[must_use]
    pub fn without_unconfirmed(&self) -> Plan {
        let mut plan = self.clone();
        for school in plan.schools.iter_mut().filter(|school| school.status == OrderStatus::Unconfirmed) {
            school.counts = Counts::ZERO;
            school.headcounts.clear();
        }
        plan
    }

    fn left_out_called(&self, code: &str, name: &str) -> Option<&Party> {
        self.left_out.iter().map(|school| &school.party).find(|party| is_called(party, code, name))
    }

    fn unknown_school(&self, text: &str) -> Diagnostic {
        let names = self.schools.iter().flat_map(|school| [school.code.as_str(), school.name.as_str()]);
        let names: Vec<&str> = names.collect();
        Diagnostic::new(Code::UnknownSchool).with("code", text).with("suggestion", suggestion(text, &names))
    }
}

/// Returns true if a school has this code, or this name as it is compared.
fn is_called(school: &Party, code: &str, name: &str) -> bool {
    school.code.as_deref() == Some(code) || school.name.as_deref().is_some_and(|own| as_compared(own) == name)
}

/// Returns the code of the school that pays for this one.
fn payer(school: &School) -> &str {
    school.upstream.as_deref().unwrap_or(&school.code)
}

fn ambiguous(text: &str, schools: &[&School]) -> Diagnostic {
    let listed = schools.iter().take(MOST_LISTED);
    let listed: Vec<String> = listed.map(|school| format!("{} {}", school.code, school.name)).collect();
    Diagnostic::new(Code::AmbiguousSchool)
        .with("text", text)
        .with("count", schools.len())
        .with("more", schools.len() - listed.len())
        .with("schools", listed)
}

fn as_compared(text: &str) -> String {
    narrow(text).trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::plan::{ReadOptions, read};
    use crate::rates::RateCards;

    const PLAN: &str = r#"
        [[school]]
        code = "1001"
        name = "示例学院"
        basic = 1
        [[school]]
        code = "1002"
        name = "示例学院（东区）"
        basic = 1
        upstream = "1001"
        [[school]]
        code = "1003"
        name = "Example College"
        basic = 1
        [[school]]
        code = "1004"
        name = "1001 中学"
        basic = 1
    "#;

    fn plan() -> Plan {
        let cards = RateCards::embedded().unwrap();
        read(&Arc::new(SourceFile::new("plan.toml", PLAN)), &ReadOptions::new(&cards)).plan.unwrap()
    }

    #[test]
    fn a_code_comes_before_a_name_and_a_name_before_its_parts() {
        let plan = plan();
        for (text, code) in [
            ("1001", "1001"),
            ("示例学院", "1001"),
            ("东区", "1002"),
            ("(东区)", "1002"),
            ("example college", "1003"),
            (" ＥＸＡＭＰＬＥ ", "1003"),
            ("中学", "1004"),
        ] {
            assert_eq!(plan.find_school(text).map(|school| school.code.as_str()), Ok(code), "{text}");
        }
    }

    #[test]
    fn a_text_that_names_no_school_or_several_is_refused() {
        let plan = plan();
        let code = |text| plan.find_school(text).unwrap_err().code;
        assert_eq!(code("示例"), Code::AmbiguousSchool);
        assert_eq!(code("1005"), Code::UnknownSchool);
        assert_eq!(code(""), Code::UnknownSchool);
        let problems = plan.find_schools(&["1001", "示例", "1005"]).unwrap_err();
        assert_eq!(problems.len(), 2);
    }

    #[test]
    fn a_school_named_twice_is_found_once() {
        let plan = plan();
        let found = plan.find_schools(&["东区", "1001", "1002"]).unwrap();
        assert_eq!(found.iter().map(|school| school.code.as_str()).collect::<Vec<_>>(), ["1002", "1001"]);
    }

    #[test]
    fn a_part_of_a_plan_has_whole_groups() {
        let codes = |plan: Plan| plan.schools.into_iter().map(|school| school.code).collect::<Vec<_>>();
        assert_eq!(codes(plan().only(&["1002"])), ["1001", "1002"]);
        assert_eq!(codes(plan().only(&["1004"])), ["1004"]);
        assert_eq!(plan().only::<&str>(&[]), plan());
    }

    #[test]
    fn what_one_plan_leaves_out_both_are_without_group_by_group() {
        let codes = |plan: &Plan| plan.schools.iter().map(|school| school.code.clone()).collect::<Vec<_>>();
        let (old, new) = Plan::readable_on_both(plan(), plan());
        assert_eq!((old, new), (plan(), plan()));
        // 1002 cannot be read on the old side, where it pays for itself; on the new side 1001 pays for it. 1003 is of the
        // group of 1001 on the old side alone.
        let mut old = plan();
        let unread = old.schools.remove(1);
        old.schools[1].upstream = Some("1001".to_owned());
        old.left_out = vec![LeftOutSchool { party: unread.party(), corp_id: None }];
        let (old, new) = Plan::readable_on_both(old, plan());
        assert_eq!((codes(&old), codes(&new)), (vec!["1004".to_owned()], vec!["1004".to_owned()]));
        let left_out: Vec<_> =
            Plan::left_out_of(&[&old, &new]).into_iter().filter_map(|party| party.code).collect();
        assert_eq!(left_out, ["1002", "1001", "1003"]);
    }
}
