use std::collections::HashSet;

use crate::account::{AccountType, Counts, PerType};

/// User ids, each once.
///
/// ```
/// use wxlicense::plan::UserSet;
/// let mut users = UserSet::default();
/// assert!(users.insert("zhangsan") && !users.insert("zhangsan"));
/// assert_eq!(users.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserSet {
    ids: HashSet<Box<str>>,
}

impl UserSet {
    /// Adds a user; returns false if he is there already.
    pub fn insert(&mut self, id: &str) -> bool {
        !self.ids.contains(id) && self.ids.insert(id.into())
    }

    /// Returns true if the user is there.
    pub fn contains(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Returns the number of users.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Returns true if there is no user.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Returns the ids in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(AsRef::as_ref)
    }

    /// Adds the users of another set.
    pub fn merge(&mut self, other: UserSet) {
        if self.is_empty() {
            self.ids = other.ids;
        } else {
            self.ids.extend(other.ids);
        }
    }

    /// Takes out the users of another set.
    pub fn subtract(&mut self, other: &UserSet) {
        self.ids.retain(|id| !other.contains(id));
    }
}

/// The users of a school by its rosters, each once: with an interop account if any of his apps needs one, else
/// with a basic one (W3, W5).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SchoolUsers {
    /// Users by the type that they need.
    pub users: PerType<UserSet>,
    /// Accounts that an app alone would need, of all apps together. What it has above
    /// [`SchoolUsers::counts`] is saved by sharing accounts between apps (W3, docs/rules.md#w3).
    pub apart: Counts,
}

impl SchoolUsers {
    /// Returns the union of the users of several apps, each with the type that it needs.
    pub fn union(apps: impl IntoIterator<Item = (AccountType, UserSet)>) -> SchoolUsers {
        let mut school = SchoolUsers::default();
        for (needs, users) in apps {
            let apart = school.apart.get_mut(needs);
            *apart = apart.saturating_add(count(&users));
            school.users.get_mut(needs).merge(users);
        }
        school.users.basic.subtract(&school.users.interop);
        school
    }

    /// Returns the users who need an account, by type.
    pub fn counts(&self) -> Counts {
        PerType::from_fn(|account_type| count(self.users.get(account_type)))
    }

    /// Returns the accounts that sharing between apps saves (W3).
    pub fn saved(&self) -> Counts {
        self.apart.saturating_sub(self.counts())
    }
}

fn count(users: &UserSet) -> u32 {
    u32::try_from(users.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn users(ids: &[&str]) -> UserSet {
        let mut users = UserSet::default();
        for id in ids {
            users.insert(id);
        }
        users
    }

    #[test]
    fn a_user_of_several_apps_counts_once_with_the_higher_type() {
        let school = SchoolUsers::union([
            (AccountType::Basic, users(&["a", "b", "c"])),
            (AccountType::Interop, users(&["c", "d"])),
            (AccountType::Basic, users(&["b", "d", "e"])),
        ]);
        assert_eq!(school.counts(), Counts { basic: 3, interop: 2 });
        assert_eq!(school.saved(), Counts { basic: 3, interop: 0 });
        assert!(school.users.interop.contains("d") && !school.users.basic.contains("d"));
    }
}
