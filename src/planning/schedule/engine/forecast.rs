use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;

use super::days::before;
use super::{AccountType, MemberCounts, Simulation};
use crate::account::{Counts, PerType};
use crate::plan::{MemberPosition, missing};
use crate::planning::schedule::needs::MemberNeeds;

impl Simulation<'_, '_> {
    /// Returns what members will miss on a day, as far as it is known today.
    pub(super) fn short_of(&self, today: Date, on: Date, members: &BTreeSet<usize>) -> MemberCounts {
        let members: Vec<usize> = members.iter().copied().collect();
        let found = missing(&self.positions(today, on, &members), self.shared_codes(on));
        members.iter().zip(found).map(|(member, found)| (*member, found.missing)).collect()
    }

    /// Returns the positions of members on a day, as far as they are known today: planned accounts, and those that
    /// will be renewed or bought until then for as many users as need them.
    pub(super) fn positions(&self, today: Date, on: Date, members: &[usize]) -> Vec<MemberPosition> {
        members.iter().map(|&member| self.position(today, on, member)).collect()
    }

    fn position(&self, today: Date, on: Date, member: usize) -> MemberPosition {
        let mut needs = Cow::Borrowed(self.needs.of(member));
        let mut bought = Counts::ZERO;
        for (day, served) in self.decisions(member, today, on) {
            self.expect_growth(&mut needs, member, (today, day), bought);
            let active = self.active(member, day).saturating_add(bought);
            let short = short_of_active(needs.counts(day), active);
            bought = PerType::from_fn(|kind| {
                bought.get(kind).saturating_add(if *served.get(kind) { *short.get(kind) } else { 0 })
            });
        }
        MemberPosition {
            need: needs.counts(on),
            active: self.active(member, on).saturating_add(bought),
            codes: self.own_codes(member, on),
        }
    }

    /// Returns the days after today on which accounts are still to be bought or renewed for a member, with the types
    /// whose users are served: the days before `on` on which its users or accounts change, within the shortest term,
    /// so that what is bought still runs; and undecided expiries, up to and including `on`. Where interop accounts
    /// expire, basic users whom they served are, too (W5, docs/rules.md#w5).
    fn decisions(&self, member: usize, today: Date, on: Date) -> BTreeMap<Date, PerType<bool>> {
        let tomorrow = today.tomorrow().unwrap_or(today);
        let lasting = before(on, self.engine.card.term.least_days.saturating_sub(1)).unwrap_or(tomorrow);
        let changes = self.changes_of(member, tomorrow.max(lasting)..on);
        let mut days: BTreeMap<Date, PerType<bool>> =
            changes.map(|day| (day, PerType { basic: true, interop: true })).collect();
        for (expires, account_type) in self.ledger.undecided_of(member, tomorrow..=on) {
            let served = days.entry(expires).or_default();
            served.basic = true;
            served.interop |= account_type == AccountType::Interop;
        }
        days
    }

    /// Returns the days on which the users or the accounts of a member change, the last exclusive.
    fn changes_of(&self, member: usize, days: Range<Date>) -> impl Iterator<Item = Date> {
        let changes = self.changes.range(days.start..days.end.max(days.start));
        let of_member = changes.filter(move |(_, members)| members.contains(&member)).map(|(day, _)| *day);
        of_member.chain(self.ledger.expiries_of(member, days))
    }

    /// Lets the heads of a member grow as they will when its accounts of a day expire.
    fn expect_growth(
        &self,
        needs: &mut Cow<'_, MemberNeeds>,
        member: usize,
        (today, expires): (Date, Date),
        bought: Counts,
    ) {
        let growth = self.engine.options.growth;
        let decided = self.terms.continuation(expires).0.max(today);
        if growth.is_zero() || needs.is_stated(decided, expires) {
            return;
        }
        let lasting = self.active(member, expires).saturating_add(bought);
        for account_type in AccountType::ALL {
            let expiring = self.ledger.open_of(member, account_type, expires);
            if expiring > 0 {
                let kept = kept(needs, account_type, expires, *lasting.get(account_type), expiring);
                needs.to_mut().grow(account_type, expires, kept, growth);
            }
        }
    }

    /// Returns the users of a member whom no account serves that runs on a day, undecided ones apart.
    pub(super) fn short(&self, member: usize, day: Date) -> Counts {
        self.short_beyond(member, day, Counts::ZERO)
    }

    /// Returns the users of a member whom neither an account serves that runs on a day nor one of these.
    pub(super) fn short_beyond(&self, member: usize, day: Date, more: Counts) -> Counts {
        short_of_active(self.needs.counts(member, day), self.active(member, day).saturating_add(more))
    }

    /// Returns the accounts that will be bought for users of a member who have none on a day, or on a later one
    /// before an expiry; they outlast it.
    pub(super) fn bought_before(&self, day: Date, expires: Date, member: usize) -> Counts {
        let days: BTreeSet<Date> = self.changes_of(member, day..expires).chain([day]).collect();
        days.into_iter()
            .fold(Counts::ZERO, |bought, on| bought.saturating_add(self.short_beyond(member, on, bought)))
    }

    /// Returns the accounts of a member that run on a day by what is planned.
    pub(super) fn active(&self, member: usize, day: Date) -> Counts {
        PerType::from_fn(|account_type| self.ledger.active(member, account_type, day))
    }
}

/// Returns how many of the expiring accounts of a type are needed after their expiry, beyond those that last.
pub(super) fn kept(
    needs: &MemberNeeds,
    account_type: AccountType,
    expires: Date,
    lasting: u32,
    expiring: u32,
) -> u32 {
    needs.on(account_type, expires).saturating_sub(lasting).min(expiring)
}

fn short_of_active(need: Counts, active: Counts) -> Counts {
    MemberPosition { need, active, codes: Counts::ZERO }.short_of_active()
}
