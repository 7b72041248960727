use super::{Headcount, Plan, School};
use crate::account::{AccountType, Counts};
use crate::pricing::Party;

/// A change of a plan's users to try out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserChange {
    /// Code of the school.
    pub school: String,
    /// The account type that the users need.
    pub account_type: AccountType,
    /// Their number.
    pub users: u32,
}

/// A change of a plan's users that was made, with what the plan says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeChange {
    /// The school.
    pub school: Party,
    /// The account type that the users need.
    pub account_type: AccountType,
    /// Their number in the plan.
    pub planned: u32,
    /// Their number instead.
    pub users: u32,
}

impl Plan {
    /// Returns the plan with other numbers of users, and the changes in their order. A number holds from the
    /// plan's date until the next later headcount; in an undated plan, until the first. The other type of the
    /// school keeps its number. A code that no school has changes nothing.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use wxlicense::{AccountType, diagnostic::SourceFile, rates::RateCards};
    /// use wxlicense::plan::{self, ReadOptions, UserChange};
    ///
    /// let text = "[[school]]\ncode = \"1\"\nname = \"甲\"\nbasic = 150\n";
    /// let cards = RateCards::embedded().unwrap();
    /// let reading = plan::read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
    /// let change = UserChange { school: "1".to_owned(), account_type: AccountType::Basic, users: 180 };
    /// let (plan, made) = reading.plan.unwrap().with_users(&[change]);
    /// assert_eq!((plan.schools[0].counts.basic, made[0].planned), (180, 150));
    /// ```
    #[must_use]
    pub fn with_users(&self, changes: &[UserChange]) -> (Plan, Vec<MadeChange>) {
        let mut plan = self.clone();
        let mut made = Vec::new();
        for change in changes {
            let Some(school) = plan.schools.iter_mut().find(|school| school.code == change.school) else {
                continue;
            };
            let counts = school.counts_from(self.date);
            let planned = std::mem::replace(counts.get_mut(change.account_type), change.users);
            made.push(MadeChange {
                school: school.party(),
                account_type: change.account_type,
                planned,
                users: change.users,
            });
        }
        (plan, made)
    }
}

impl School {
    /// Returns the numbers that hold from a day until the next later headcount, to change; adds a headcount of
    /// that day if there is none.
    fn counts_from(&mut self, day: Option<jiff::civil::Date>) -> &mut Counts {
        let Some(day) = day else { return &mut self.counts };
        let later = self.headcounts.partition_point(|headcount| headcount.from <= day);
        let current = later.checked_sub(1).map(|index| self.headcounts[index]);
        let index = match current {
            Some(headcount) if headcount.from == day => later - 1,
            _ => {
                let counts = current.map_or(self.counts, |headcount| headcount.counts);
                self.headcounts.insert(later, Headcount { from: day, counts });
                later
            }
        };
        &mut self.headcounts[index].counts
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::{Date, date};

    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::plan::{ReadOptions, read};
    use crate::rates::RateCards;

    fn plan(date: &str) -> Plan {
        let text = format!(
            "date = {date}\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 150\ninterop = 20\n\
             [[school.headcount]]\nfrom = 2023-09-01\nbasic = 230\ninterop = 30\n"
        );
        let cards = RateCards::embedded().unwrap();
        read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards)).plan.unwrap()
    }

    fn changed(date: &str, account_type: AccountType, users: u32) -> (Vec<(Date, u32, u32)>, u32) {
        let change = UserChange { school: "a".to_owned(), account_type, users };
        let (plan, made) = plan(date).with_users(&[change]);
        let headcounts = &plan.schools[0].headcounts;
        let shown = headcounts.iter().map(|at| (at.from, at.counts.basic, at.counts.interop)).collect();
        assert_eq!(plan.schools[0].counts, Counts { basic: 150, interop: 20 });
        (shown, made[0].planned)
    }

    #[test]
    fn a_number_holds_from_the_date_until_the_next_headcount() {
        let next = (date(2023, 9, 1), 230, 30);
        let (headcounts, planned) = changed("2023-02-01", AccountType::Basic, 180);
        assert_eq!((headcounts, planned), (vec![(date(2023, 2, 1), 180, 20), next], 150));
    }

    #[test]
    fn a_number_after_a_headcount_changes_what_follows() {
        let (headcounts, planned) = changed("2023-10-01", AccountType::Interop, 5);
        let first = (date(2023, 9, 1), 230, 30);
        assert_eq!((headcounts, planned), (vec![first, (date(2023, 10, 1), 230, 5)], 30));
    }

    #[test]
    fn a_number_on_the_day_of_a_headcount_takes_its_place() {
        let (headcounts, planned) = changed("2023-09-01", AccountType::Basic, 1);
        assert_eq!((headcounts, planned), (vec![(date(2023, 9, 1), 1, 30)], 230));
    }

    #[test]
    fn several_changes_of_a_school_add_one_headcount() {
        let change = |account_type, users| UserChange { school: "a".to_owned(), account_type, users };
        let changes = [change(AccountType::Basic, 1), change(AccountType::Interop, 2)];
        let (plan, made) = plan("2023-02-01").with_users(&changes);
        assert_eq!((plan.schools[0].headcounts.len(), made.len()), (2, 2));
        assert_eq!(plan.schools[0].headcounts[0].counts, Counts { basic: 1, interop: 2 });
    }
}
