//! Whose accounts a renewal prolongs. In go the accounts that documents list and what happens to them, in its order;
//! out come the users of each renewal.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::account::AccountType;
use crate::plan::{ListedAccount, Plan, School};

/// The accounts of all schools by school, type and day of expiry.
pub(super) struct Users<'p> {
    lots: HashMap<LotKey, Lot<'p>>,
}

/// Index of the school, type, and day of expiry.
pub(super) type LotKey = (usize, AccountType, Date);

#[derive(Default)]
struct Lot<'p> {
    /// The users that documents list: first those who still use an app, then the others.
    users: Vec<&'p str>,
    /// Accounts that are active on the plan's date.
    active: u32,
    /// True if some of them are prolonged before, nobody knows which.
    uncertain: bool,
}

/// Why the users of a renewal are not known.
pub(super) enum Unknown {
    /// The accounts are activated later.
    NotActiveYet,
    /// They are active, but documents list only so many of them.
    Unlisted(u32),
}

impl<'p> Users<'p> {
    /// Takes over the accounts that run on the plan's date.
    pub(super) fn new(plan: &'p Plan) -> Users<'p> {
        let mut lots: HashMap<LotKey, Lot<'p>> = HashMap::new();
        for (index, school) in plan.schools.iter().enumerate() {
            let listed = school.accounts.iter().flat_map(|list| &list.accounts);
            // Documents of codes list accounts whose user they do not know.
            let mut accounts: Vec<&ListedAccount> =
                listed.filter(|account| !account.user.is_empty()).collect();
            // Stable, so that the order of the list stays.
            accounts.sort_by_key(|account| rank(school, account));
            for account in accounts {
                let lot = lots.entry((index, account.account_type, account.expires)).or_default();
                lot.users.push(&account.user);
            }
            let running =
                |activated: Option<Date>| activated.is_none_or(|day| plan.date.is_some_and(|on| day <= on));
            for holding in school.holdings(&plan.card.term).lots.iter().filter(|lot| running(lot.activated)) {
                let lot = lots.entry((index, holding.account_type, holding.expires)).or_default();
                lot.active = lot.active.saturating_add(holding.count);
                if let Some(old) = holding.extends {
                    let old = lots.entry((index, holding.account_type, old)).or_default();
                    old.active = old.active.saturating_sub(holding.count);
                }
            }
        }
        Users { lots }
    }

    /// Takes the users of accounts that a renewal prolongs to another day: those who still use an app first, else in
    /// the order of the list.
    pub(super) fn renew(&mut self, key: LotKey, count: u32, expires: Date) -> Result<Vec<&'p str>, Unknown> {
        let lot = self.lots.entry(key).or_default();
        let wanted = usize::try_from(count).unwrap_or(usize::MAX);
        let listed = u32::try_from(lot.users.len()).unwrap_or(u32::MAX);
        if lot.uncertain || (lot.users.len() < wanted && lot.active <= listed) {
            return Err(Unknown::NotActiveYet);
        }
        if lot.users.len() < wanted {
            return Err(Unknown::Unlisted(listed));
        }
        let users: Vec<&str> = lot.users.drain(..wanted).collect();
        lot.active = lot.active.saturating_sub(count);
        let (school, account_type, _) = key;
        self.lots.entry((school, account_type, expires)).or_default().users.extend(&users);
        Ok(users)
    }

    /// Lets codes prolong some of these accounts: nobody knows which.
    pub(super) fn stack(&mut self, key: LotKey) {
        self.lots.entry(key).or_default().uncertain = true;
    }
}

/// Returns the place of an account among those of its lot: first those whose users need its type by the rosters,
/// then other users of the rosters, then those who left.
fn rank(school: &School, account: &ListedAccount) -> u8 {
    let Some(rosters) = &school.users else { return 0 };
    let of_type = |account_type| rosters.users.get(account_type).contains(&account.user);
    match AccountType::ALL.into_iter().any(of_type) {
        true if of_type(account.account_type) => 0,
        true => 1,
        false => 2,
    }
}
