use std::cmp::Reverse;

use crate::account::{AccountType, Counts};

/// The users and accounts of one member of a group on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MemberPosition {
    /// Users who need an account, by the type that they need.
    pub need: Counts,
    /// Active accounts. They serve this member alone (W6, docs/rules.md#w6).
    pub active: Counts,
    /// Codes that are paid, not activated, and still can be. They serve this member alone.
    pub codes: Counts,
}

impl MemberPosition {
    /// Returns the users without an active account, by the type that they need. An interop account to spare serves
    /// a basic user (W5, docs/rules.md#w5).
    pub fn short_of_active(&self) -> Counts {
        let MemberPosition { need, active, .. } = self;
        let spare = active.interop.saturating_sub(need.interop);
        Counts {
            basic: need.basic.saturating_sub(active.basic).saturating_sub(spare),
            interop: need.interop.saturating_sub(active.interop),
        }
    }
}

/// The users of one member without an active account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Missing {
    /// Users whom neither an active account nor a code serves, by the type that they need: accounts to buy.
    pub missing: Counts,
    /// Users whom a code in stock serves once it is activated, by the type that they need.
    pub to_activate: Counts,
}

/// Returns what each member of a group misses. An interop account to spare serves a basic user (W5,
/// docs/rules.md#w5), never the reverse. `shared` are codes that can still serve any member, as those of an
/// upstream: they go to the largest shortage first, on a tie to the earlier member.
///
/// ```
/// use wxlicense::{Counts, plan::{MemberPosition, missing}};
/// let need = Counts { basic: 150, interop: 20 };
/// let active = Counts { basic: 100, interop: 30 };
/// let member = MemberPosition { need, active, codes: Counts::ZERO };
/// let shared = Counts { basic: 5, interop: 0 };
/// let found = missing(&[member], shared);
/// assert_eq!(found[0].to_activate, Counts { basic: 5, interop: 0 });
/// assert_eq!(found[0].missing, Counts { basic: 35, interop: 0 });
/// ```
pub fn missing(members: &[MemberPosition], shared: Counts) -> Vec<Missing> {
    let mut found: Vec<Missing> = Vec::with_capacity(members.len());
    for member in members {
        let short = member.short_of_active();
        let interop_codes = member.codes.interop;
        let interop = short.interop.saturating_sub(interop_codes);
        let spare = interop_codes.saturating_sub(short.interop);
        let basic = short.basic.saturating_sub(member.codes.basic).saturating_sub(spare);
        let missing = Counts { basic, interop };
        found.push(Missing { missing, to_activate: short.saturating_sub(missing) });
    }
    let interop_left = serve(&mut found, AccountType::Interop, shared.interop);
    serve(&mut found, AccountType::Basic, shared.basic);
    serve(&mut found, AccountType::Basic, interop_left);
    found
}

/// Gives codes to the members that miss a type, the largest shortage first; returns those left over.
fn serve(found: &mut [Missing], account_type: AccountType, codes: u32) -> u32 {
    if codes == 0 {
        return 0;
    }
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&index| Reverse(*found[index].missing.get(account_type)));
    let mut left = codes;
    for index in order {
        let served = left.min(*found[index].missing.get(account_type));
        *found[index].missing.get_mut(account_type) -= served;
        *found[index].to_activate.get_mut(account_type) += served;
        left -= served;
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(basic: u32, interop: u32) -> Counts {
        Counts { basic, interop }
    }

    fn member(need: Counts, active: Counts, codes: Counts) -> MemberPosition {
        MemberPosition { need, active, codes }
    }

    #[test]
    fn a_basic_account_never_serves_an_interop_user() {
        let found = missing(&[member(counts(1, 5), counts(9, 2), Counts::ZERO)], Counts::ZERO);
        assert_eq!(found[0].missing, counts(0, 3));
    }

    #[test]
    fn spare_interop_codes_serve_basic_users() {
        let found = missing(&[member(counts(10, 5), counts(2, 4), counts(1, 4))], Counts::ZERO);
        assert_eq!((found[0].missing, found[0].to_activate), (counts(4, 0), counts(4, 1)));
    }

    #[test]
    fn shared_codes_go_to_the_largest_shortage_and_on_a_tie_to_the_earlier_member() {
        let members = [
            member(counts(10, 0), Counts::ZERO, Counts::ZERO),
            member(counts(30, 0), Counts::ZERO, Counts::ZERO),
            member(counts(10, 0), Counts::ZERO, Counts::ZERO),
        ];
        let found = missing(&members, counts(32, 3));
        let left: Vec<u32> = found.iter().map(|found| found.missing.basic).collect();
        // 30 and 2 by basic codes, then 3 of the 10 by interop codes.
        assert_eq!(left, [8, 0, 7]);
    }

    #[test]
    fn what_one_member_has_to_spare_serves_no_other() {
        let members = [
            member(Counts::ZERO, counts(50, 50), counts(7, 0)),
            member(counts(3, 3), Counts::ZERO, Counts::ZERO),
        ];
        assert_eq!(missing(&members, Counts::ZERO)[1].missing, counts(3, 3));
    }
}
