use std::fmt;
use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

use crate::account::{AccountType, Counts, PerType};

/// User ids, each once, in the order in which they came. A million of them take about 60 MB: the ids stand in one
/// text, where a `HashSet` of strings takes twice the memory and time.
///
/// ```
/// use wxlicense::plan::UserSet;
/// let mut users = UserSet::default();
/// assert!(users.insert("zhangsan") && !users.insert("zhangsan"));
/// assert_eq!(users.len(), 1);
/// ```
#[derive(Clone, Default)]
pub struct UserSet {
    /// All ids, one behind the other.
    ids: String,
    /// Byte offset at which each id ends.
    ends: Vec<usize>,
    table: HashTable<Entry>,
    hasher: RandomState,
}

/// An id with a part of its hash, so that the text is looked at only where both agree.
#[derive(Clone, Copy)]
struct Entry {
    hash: u32,
    index: u32,
}

impl UserSet {
    /// Adds a user; returns false if he is there already.
    pub fn insert(&mut self, id: &str) -> bool {
        let hash = self.hash(id);
        if self.find(id, hash) {
            return false;
        }
        // Memory ends long before four thousand million users.
        let index = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.ids.push_str(id);
        self.ends.push(self.ids.len());
        self.table.insert_unique(spread(hash), Entry { hash, index }, |entry| spread(entry.hash));
        true
    }

    /// Returns true if the user is there.
    pub fn contains(&self, id: &str) -> bool {
        self.find(id, self.hash(id))
    }

    /// Returns the number of users.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns true if there is no user.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns the ids in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|index| self.id(index))
    }

    /// Adds the users of another set.
    pub fn merge(&mut self, other: UserSet) {
        if self.is_empty() {
            *self = other;
        } else {
            for id in other.iter() {
                self.insert(id);
            }
        }
    }

    /// Takes out the users of another set.
    pub fn subtract(&mut self, other: &UserSet) {
        if self.iter().any(|id| other.contains(id)) {
            *self = self.iter().filter(|id| !other.contains(id)).collect();
        }
    }

    fn id(&self, index: usize) -> &str {
        let start =
            index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.ends.get(index).and_then(|end| self.ids.get(start..*end)).unwrap_or_default()
    }

    fn find(&self, id: &str, hash: u32) -> bool {
        let is_it = |entry: &Entry| entry.hash == hash && self.id(entry.index as usize) == id;
        self.table.find(spread(hash), is_it).is_some()
    }

    fn hash(&self, id: &str) -> u32 {
        self.hasher.hash_one(id) as u32
    }
}

/// Returns a hash of all the bits that the table looks at.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

impl<'i> FromIterator<&'i str> for UserSet {
    fn from_iter<I: IntoIterator<Item = &'i str>>(ids: I) -> UserSet {
        let mut users = UserSet::default();
        for id in ids {
            users.insert(id);
        }
        users
    }
}

impl PartialEq for UserSet {
    fn eq(&self, other: &UserSet) -> bool {
        self.len() == other.len() && self.iter().all(|id| other.contains(id))
    }
}

impl Eq for UserSet {}

impl fmt::Debug for UserSet {
    /// Shows the number of users alone: who they are is nobody's business.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UserSet({})", self.len())
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
        ids.iter().copied().collect()
    }

    #[test]
    fn a_set_has_each_user_once_whatever_the_order() {
        let (mut one, other) = (users(&["a", "", "bc", "b", "a"]), users(&["b", "bc", "", "a"]));
        assert_eq!((one.len(), one.iter().collect::<Vec<_>>()), (4, vec!["a", "", "bc", "b"]));
        assert!(one == other && one != users(&["a", "", "bc", "c"]) && one != users(&["a"]));
        one.subtract(&users(&["", "x", "bc"]));
        assert!(one == users(&["a", "b"]) && one.contains("b") && !one.contains("bc"));
        one.merge(users(&["b", "c"]));
        assert_eq!((one.len(), one.contains("c")), (3, true));
        assert_eq!(format!("{one:?}"), "UserSet(3)");
    }

    #[test]
    fn many_users_are_told_apart() {
        let mut many = UserSet::default();
        assert!((0..50_000).all(|id| many.insert(&format!("user{id}"))));
        assert!(
            (0..50_000).all(|id| many.contains(&format!("user{id}")) && !many.insert(&format!("user{id}")))
        );
        assert!(!many.contains("user50000") && many.len() == 50_000);
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
