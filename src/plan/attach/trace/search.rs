//! The orders that lead to the days of accounts. [`Search::find`] looks for them, in one [`Way`] at a time.

mod expiries;
mod unsure;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::runs::{Part, Run};
use super::{Of, Prolonged, Traced, Way};
use crate::account::{AccountType, Counts};
use crate::plan::{ListedUser, Plan, RecordedKind};
use crate::rates::RateCard;
use crate::rules::{automatic_stacking_day, first_stacking_day, last_activation_day};

/// Codes of a purchase.
#[derive(Clone)]
struct Code {
    of: Of,
    paid: Date,
    last_day: Option<Date>,
    days: u32,
    /// Those that no account is known to have.
    left: Counts,
}

impl Code {
    fn is_open(&self, on: Date) -> bool {
        self.paid <= on && self.last_day.is_none_or(|last| on <= last)
    }
}

/// A recorded renewal.
#[derive(Clone)]
pub(super) struct Renewal<'p> {
    of: Of,
    is_payers: bool,
    pub(super) paid: Date,
    days: u32,
    until: Option<Date>,
    /// The users whom it names.
    pub(super) users: &'p [ListedUser],
    /// Its accounts that it does not name, as far as none is known for them.
    unnamed: Counts,
}

impl Renewal<'_> {
    /// Returns true if it can be of accounts of a school: its own, or any of the group for the payer.
    pub(super) fn serves(&self, school: usize) -> bool {
        self.is_payers || self.of.0 == school
    }

    /// Returns true if accounts that it prolonged can expire on a day.
    pub(super) fn reaches(&self, expires: Date) -> bool {
        // A code that was activated on them since may have ended them before.
        let least = self.until.or_else(|| after(self.paid, self.days));
        least.and_then(|least| before(least, 31)).is_some_and(|least| least <= expires)
    }

    fn prolonged(&self, old: Date) -> Option<Date> {
        match self.until {
            Some(until) => Some(until).filter(|until| old < *until),
            None => after(old, self.days),
        }
    }
}

/// The purchases of a group, with what is left of them.
#[derive(Clone)]
pub(super) struct Search<'p> {
    card: &'p RateCard,
    payer: usize,
    codes: Vec<Code>,
    renewals: Vec<Renewal<'p>>,
    /// The one expiry that the accounts of each renewal to a day had before (P15, docs/rules.md#p15).
    settled: BTreeMap<usize, Date>,
    ambiguous: BTreeSet<usize>,
    /// True if of several such days the earliest is taken, else the last.
    earliest: bool,
    /// True if an account of an unknown code is taken to have had as many days left as can be when another code was
    /// activated on it, else as few.
    pub(super) stacks_early: bool,
}

/// Accounts on the way to their expiry.
#[derive(Default)]
struct Path {
    found: Vec<Traced>,
    /// Indices of the codes that they use.
    codes: Vec<usize>,
}

impl<'p> Search<'p> {
    pub(super) fn new(plan: &'p Plan, (payer, members): (usize, &[usize]), earliest: bool) -> Search<'p> {
        let card = &plan.card;
        let (mut codes, mut renewals) = (Vec::new(), Vec::new());
        for &school in members {
            for (index, purchase) in plan.schools[school].purchases.iter().enumerate() {
                let Some(days) = card.term.days(purchase.term) else { continue };
                let (of, paid) = ((school, index), purchase.paid);
                let last_day = last_activation_day(card, paid);
                if purchase.kind == RecordedKind::Purchase {
                    let left = Counts::from_fn(|account_type| purchase.unactivated(account_type));
                    codes.push(Code { of, paid, last_day, days, left });
                    continue;
                }
                let bill = purchase.bill.as_ref();
                let users = bill.map_or(&[][..], |bill| &bill.renewed);
                let named = Counts::from_fn(|account_type| {
                    let of_type = users.iter().filter(|user| user.account_type == account_type);
                    u32::try_from(of_type.count()).unwrap_or(u32::MAX)
                });
                renewals.push(Renewal {
                    of,
                    is_payers: school == payer,
                    paid,
                    days,
                    until: bill.and_then(|bill| bill.until),
                    users,
                    unnamed: purchase.counts.saturating_sub(named),
                });
            }
        }
        codes.sort_by_key(|code| (code.last_day, code.paid, code.of));
        renewals.sort_by_key(|renewal| (renewal.paid, renewal.of));
        let (settled, ambiguous) = (BTreeMap::new(), BTreeSet::new());
        Search { card, payer, codes, renewals, settled, ambiguous, earliest, stacks_early: false }
    }

    pub(super) fn renewals(&self) -> &[Renewal<'p>] {
        &self.renewals
    }

    /// Returns the renewals to a day whose accounts may have had several expiries.
    pub(super) fn ambiguous(&self) -> impl Iterator<Item = Of> {
        self.ambiguous.iter().map(|&index| self.renewals[index].of)
    }

    /// Returns false if accounts certainly did not come about in a way.
    pub(super) fn can_be(&self, run: &Run, way: Way) -> bool {
        match way {
            Way::Exact | Way::StackedUnseen | Way::Transferred | Way::Open => true,
            Way::Stacked => run.parts.len() > 1,
            Way::RenewedUnnamed => self.renewals.iter().any(|renewal| !renewal.unnamed.is_zero()),
        }
    }

    /// Returns how accounts came about, each once; `None` if not in this way.
    pub(super) fn find(&self, run: &Run, way: Way) -> Option<Vec<Traced>> {
        match way {
            Way::Exact | Way::Stacked => {
                let mut path = Path::default();
                self.follow(run, 0, None, way, &mut path).then_some(path.found)
            }
            Way::StackedUnseen => self.stacked_in_one(run).or_else(|| self.stacked_on_unseen(run)),
            Way::RenewedUnnamed => self.renewed_unnamed(run),
            Way::Transferred => self.transferred(run),
            Way::Open => {
                let (_, code) = self.open(run, run.parts[0].activated, &[]).next()?;
                let unknown = self.of_unknown_code(run).next()?;
                Some(vec![Traced { code: Some(code.of), fits: false, ..unknown }])
            }
        }
    }

    /// Uses up the orders of accounts that were found, as often as they suffice, and returns how often.
    pub(super) fn take(&mut self, found: &[Traced], account_type: AccountType, most: u32) -> u32 {
        let mut used: BTreeMap<Of, u32> = BTreeMap::new();
        for traced in found {
            let prolonged = traced.prolonged.iter().map(|prolonged| prolonged.by);
            traced.code.into_iter().chain(prolonged).for_each(|of| *used.entry(of).or_default() += 1);
        }
        let mut left: Vec<(&mut u32, u32)> = Vec::new();
        for code in &mut self.codes {
            left.extend(used.get(&code.of).map(|times| (code.left.get_mut(account_type), *times)));
        }
        for renewal in self.renewals.iter_mut().filter(|renewal| renewal.users.is_empty()) {
            left.extend(used.get(&renewal.of).map(|times| (renewal.unnamed.get_mut(account_type), *times)));
        }
        let count = left.iter().map(|(left, times)| **left / times).min().unwrap_or(most).min(most).max(1);
        for (left, times) in left {
            *left = left.saturating_sub(count * times);
        }
        count
    }

    /// Uses up codes of a purchase, and returns how many: at most as many as are left.
    pub(super) fn use_up(&mut self, of: Of, account_type: AccountType, most: u32) -> u32 {
        let Some(code) = self.codes.iter_mut().find(|code| code.of == of) else { return 0 };
        let left = code.left.get_mut(account_type);
        let count = most.min(*left);
        *left -= count;
        count
    }

    /// Gives codes back that were used up.
    pub(super) fn give_back(&mut self, of: Of, account_type: AccountType, count: u32) {
        let code = self.codes.iter_mut().find(|code| code.of == of);
        code.into_iter().for_each(|code| *code.left.get_mut(account_type) += count);
    }

    /// Returns the purchase whose codes must be activated first, its own before the payer's, of those that have the term of
    /// another one's codes and can be activated on a day for a school.
    pub(super) fn like(&self, of: Of, (school, account_type): (usize, AccountType), on: Date) -> Option<Of> {
        let days = self.codes.iter().find(|code| code.of == of)?.days;
        let is_left =
            |code: &&Code| code.days == days && code.is_open(on) && *code.left.get(account_type) > 0;
        self.serving(school).map(|(_, code)| code).find(is_left).map(|code| code.of)
    }

    /// Returns accounts whose code is not known, with the expiry that they had before all renewals.
    pub(super) fn of_unknown_code(&self, run: &Run) -> impl Iterator<Item = Traced> {
        run.parts.iter().map(|part| {
            let first = self.first_expiry(part);
            let mut traced = traced(run, part, None, part.activated, first);
            let mut expires = first;
            for &index in &part.renewals {
                let renewal = &self.renewals[index];
                let old = expires.or_else(|| self.settled.get(&index).copied());
                traced.prolonged.push(Prolonged { by: renewal.of, on: renewal.paid, old, stacked: false });
                expires = renewal.until.or_else(|| old.and_then(|old| renewal.prolonged(old)));
            }
            Traced { count: run.count, ..traced }
        })
    }

    /// Returns when an account expired before all its renewals; `None` if that is not known.
    fn first_expiry(&self, part: &Part) -> Option<Date> {
        let mut last = Some(part.expires);
        for &index in part.renewals.iter().rev() {
            let renewal = &self.renewals[index];
            last = match renewal.until {
                Some(_) => self.settled.get(&index).copied(),
                None => last.and_then(|expires| before(expires, renewal.days)),
            };
        }
        last
    }

    /// Returns the codes with which accounts of a school can be activated on a day, but for those used already.
    fn open(&self, run: &Run, on: Date, used: &[usize]) -> impl Iterator<Item = (usize, &Code)> {
        let is_left = move |index: usize, code: &Code| {
            let times = used.iter().filter(|&&other| other == index).count();
            usize::try_from(*code.left.get(run.account_type)).unwrap_or(usize::MAX) > times
        };
        self.serving(run.school).filter(move |(index, code)| code.is_open(on) && is_left(*index, code))
    }

    /// Returns the codes that a school can activate: its own first, which serve nobody else, then those of its payer.
    fn serving(&self, school: usize) -> impl Iterator<Item = (usize, &Code)> {
        let of =
            move |owner: usize| self.codes.iter().enumerate().filter(move |(_, code)| code.of.0 == owner);
        let payers = (school != self.payer).then(|| of(self.payer));
        of(school).chain(payers.into_iter().flatten())
    }

    /// Continues a path with the account at an index. `cut` is the day on which the account before it would have
    /// expired, if a code was activated on it before that day.
    fn follow(&self, run: &Run, at: usize, cut: Option<Date>, way: Way, path: &mut Path) -> bool {
        let Some(part) = run.parts.get(at) else { return cut.is_none() };
        for (index, code) in self.open(run, part.activated, &path.codes.clone()) {
            let begins = cut.unwrap_or(part.activated);
            let Some(expires) = after(begins, code.days) else { continue };
            match (cut, path.found.last_mut()) {
                (Some(old), Some(last)) => last.prolonged.push(Prolonged {
                    by: code.of,
                    on: part.activated,
                    old: Some(old),
                    stacked: true,
                }),
                _ => path.found.push(traced(run, part, Some(code.of), part.activated, Some(expires))),
            }
            path.codes.push(index);
            if self.lead_on(run, at, expires, way, path) {
                return true;
            }
            path.codes.pop();
            match (cut, path.found.last_mut()) {
                (Some(_), Some(last)) => drop(last.prolonged.pop()),
                _ => drop(path.found.pop()),
            }
        }
        if way != Way::Stacked || cut.is_some() {
            return false;
        }
        // The code of the first is not known: it expired on a day on which the second could be activated on it.
        let Some(next) = run.parts.get(at + 1) else { return false };
        let days = next.activated.series(1.day()).skip(1);
        let mut days: Vec<Date> = days.take_while(|cut| self.is_stacked(next.activated, *cut)).collect();
        if self.stacks_early {
            days.reverse();
        }
        let mut firsts =
            days.into_iter().filter_map(|cut| self.first_expiry(&Part { expires: cut, ..part.clone() }));
        firsts.any(|expires| {
            path.found.push(traced(run, part, None, part.activated, Some(expires)));
            let leads = self.lead_on(run, at, expires, way, path);
            if !leads {
                path.found.pop();
            }
            leads
        })
    }

    /// Renews the account at an index, and goes on with what follows it, if its expiry is the one of the list.
    fn lead_on(&self, run: &Run, at: usize, expires: Date, way: Way, path: &mut Path) -> bool {
        let part = &run.parts[at];
        let Some(last) = path.found.last_mut() else { return false };
        let before = last.prolonged.len();
        last.listed_expiry = part.expires;
        if let Some(reached) = self.renew(&part.renewals, expires, &mut last.prolonged) {
            let leads = if reached == part.expires {
                self.follow(run, at + 1, None, way, path)
            } else {
                way == Way::Stacked
                    && self.is_stacked(part.expires, reached)
                    && self.follow(run, at + 1, Some(reached), way, path)
            };
            if leads {
                return true;
            }
        }
        if let Some(last) = path.found.last_mut() {
            last.prolonged.truncate(before);
        }
        false
    }

    /// Returns true if a code can be activated on a day on accounts with an expiry: T7 (docs/rules.md#t7).
    fn is_stacked(&self, on: Date, expires: Date) -> bool {
        on < expires && first_stacking_day(self.card, expires).is_some_and(|first| first <= on)
    }

    /// Adds renewals to what prolonged accounts, and returns their expiry after all of them.
    fn renew(&self, renewals: &[usize], mut expires: Date, prolonged: &mut Vec<Prolonged>) -> Option<Date> {
        for &index in renewals {
            let renewal = &self.renewals[index];
            let is_known = match renewal.until {
                Some(_) => self.settled.get(&index) == Some(&expires),
                None => true,
            };
            if !is_known || expires < renewal.paid {
                return None;
            }
            let old = Some(expires);
            prolonged.push(Prolonged { by: renewal.of, on: renewal.paid, old, stacked: false });
            expires = renewal.prolonged(expires)?;
        }
        Some(expires)
    }
}

fn traced(run: &Run, part: &Part, code: Option<Of>, activated: Date, expires: Option<Date>) -> Traced {
    Traced {
        school: run.school,
        account_type: run.account_type,
        count: 1,
        code,
        fits: code.is_some(),
        activated,
        expires,
        listed_expiry: part.expires,
        prolonged: Vec::new(),
    }
}

fn after(day: Date, days: u32) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn before(day: Date, days: u32) -> Option<Date> {
    day.checked_sub(Span::new().try_days(days).ok()?).ok()
}
