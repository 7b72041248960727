//! The orders of accounts whose days do not say everything.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    Code, Part, Prolonged, Run, Search, Traced, after, automatic_stacking_day, before, first_stacking_day,
    traced,
};

impl Search<'_> {
    /// Finds two codes behind one entry of the list: the second was activated on the account of the first. The list does
    /// not say when; automatic activation does it on the day that is taken here, if the orders leave it open.
    pub(super) fn stacked_in_one(&self, run: &Run) -> Option<Vec<Traced>> {
        let [part] = &run.parts[..] else { return None };
        self.open(run, part.activated, &[]).find_map(|(index, code)| {
            let first = after(part.activated, code.days)?;
            let begins = traced(run, part, Some(code.of), part.activated, Some(first));
            (0..=part.renewals.len()).find_map(|at| {
                let (earlier, later) = part.renewals.split_at(at);
                let mut found = begins.clone();
                let expires = self.renew(earlier, first, &mut found.prolonged)?;
                let from = earlier.last().map_or(part.activated, |&last| self.renewals[last].paid);
                let to = later.first().map_or(expires, |&next| self.renewals[next].paid);
                self.stackable(run, expires, (from, to), index).find_map(|(on, code)| {
                    let mut found = found.clone();
                    let old = Some(expires);
                    found.prolonged.push(Prolonged { by: code.of, on, old, stacked: true });
                    let reached = after(expires, code.days)?;
                    let reached = self.renew(later, reached, &mut found.prolonged)?;
                    (reached == part.expires).then(|| vec![found])
                })
            })
        })
    }

    /// Returns the codes that can be activated on an account with an expiry within days, both inclusive, each with its
    /// day; `used` is the code of the account.
    fn stackable(
        &self,
        run: &Run,
        expires: Date,
        (from, to): (Date, Date),
        used: usize,
    ) -> impl Iterator<Item = (Date, &Code)> {
        let automatic = automatic_stacking_day(self.card, expires).unwrap_or(expires);
        let first = first_stacking_day(self.card, expires).unwrap_or(expires);
        let eve = expires.yesterday().unwrap_or(expires);
        self.usable(run, used).filter_map(move |code| {
            let (from, to) = (from.max(first).max(code.paid), code.last_day.unwrap_or(to).min(to).min(eve));
            (from <= to).then(|| (automatic.clamp(from, to), code))
        })
    }

    /// Returns the codes of accounts of a school, besides one that is used.
    fn usable(&self, run: &Run, used: usize) -> impl Iterator<Item = &Code> {
        let serves = |code: &Code| code.of.0 == run.school || code.of.0 == self.payer;
        self.codes.iter().enumerate().filter_map(move |(index, code)| {
            let is_left = *code.left.get(run.account_type) > u32::from(index == used);
            (serves(code) && is_left).then_some(code)
        })
    }

    /// Finds a code that was activated on an account of which the list does not tell: it lasts longer than its term, by
    /// what was left of that account, which can have come from an earlier purchase.
    pub(super) fn stacked_on_unseen(&self, run: &Run) -> Option<Vec<Traced>> {
        let [part] = &run.parts[..] else { return None };
        let reached = self.first_expiry(part)?;
        self.open(run, part.activated, &[]).find_map(|(index, stacked)| {
            let old = before(reached, stacked.days)?;
            if !self.is_stacked(part.activated, old) {
                return None;
            }
            let (activated, code) = self.usable(run, index).find_map(|code| {
                let activated = before(old, code.days)?;
                (code.is_open(activated) && activated < part.activated).then_some((activated, code))
            })?;
            let mut found = traced(run, part, Some(code.of), activated, Some(old));
            let (by, on, old) = (stacked.of, part.activated, Some(old));
            found.prolonged.push(Prolonged { by, on, old, stacked: true });
            let ends = self.renew(&part.renewals, reached, &mut found.prolonged)?;
            (ends == part.expires).then(|| vec![found])
        })
    }

    /// Finds the code of an account that the list gives to another user than its first: it was activated before.
    pub(super) fn transferred(&self, run: &Run) -> Option<Vec<Traced>> {
        let [part] = &run.parts[..] else { return None };
        let first = self.first_expiry(part)?;
        let (activated, code) = self.usable(run, usize::MAX).find_map(|code| {
            let activated = before(first, code.days)?;
            (code.is_open(activated) && activated < part.activated).then_some((activated, code))
        })?;
        let mut found = traced(run, part, Some(code.of), activated, Some(first));
        let ends = self.renew(&part.renewals, first, &mut found.prolonged)?;
        (ends == part.expires).then(|| vec![found])
    }

    /// Finds renewals without names that prolonged an account, besides those that name its user.
    pub(super) fn renewed_unnamed(&self, run: &Run) -> Option<Vec<Traced>> {
        let [part] = &run.parts[..] else { return None };
        let could_renew = |index: &usize| {
            let renewal = &self.renewals[*index];
            let is_left = *renewal.unnamed.get(run.account_type) > 0 && renewal.serves(run.school);
            let is_within = part.activated <= renewal.paid && renewal.paid <= part.expires;
            part.renewals.contains(index) || (is_left && is_within)
        };
        let renewals: Vec<usize> = (0..self.renewals.len()).filter(could_renew).collect();
        self.open(run, part.activated, &[]).find_map(|(_, code)| {
            let first = after(part.activated, code.days)?;
            let mut found = traced(run, part, Some(code.of), part.activated, Some(first));
            let mut vain = BTreeSet::new();
            self.walk(part, &renewals, first, &mut found.prolonged, &mut vain).then(|| vec![found])
        })
    }

    /// Applies some of the renewals, in their order, so that an account expires on its day. `vain` are the numbers of
    /// renewals left and the days from which they do not lead there.
    fn walk(
        &self,
        part: &Part,
        renewals: &[usize],
        expires: Date,
        prolonged: &mut Vec<Prolonged>,
        vain: &mut BTreeSet<(usize, Date)>,
    ) -> bool {
        let Some((&index, later)) = renewals.split_first() else { return expires == part.expires };
        if part.expires < expires || vain.contains(&(renewals.len(), expires)) {
            return false;
        }
        let renewal = &self.renewals[index];
        if let Some(reached) = renewal.prolonged(expires).filter(|_| renewal.paid <= expires) {
            let old = Some(expires);
            prolonged.push(Prolonged { by: renewal.of, on: renewal.paid, old, stacked: false });
            if self.walk(part, later, reached, prolonged, vain) {
                return true;
            }
            prolonged.pop();
        }
        let leads = !part.renewals.contains(&index) && self.walk(part, later, expires, prolonged, vain);
        if !leads {
            vain.insert((renewals.len(), expires));
        }
        leads
    }

    /// Gives renewals by months that name nobody to accounts whose code is not known, those first that expire first: as
    /// many as it has, and as were still active.
    pub(in super::super) fn explain_unnamed(&mut self, accounts: &mut Vec<Traced>) {
        for index in (0..self.renewals.len()).rev() {
            for account_type in crate::account::AccountType::ALL {
                let renewal = &mut self.renewals[index];
                let left = std::mem::take(renewal.unnamed.get_mut(account_type));
                let renewal = &self.renewals[index];
                if renewal.until.is_some() || left == 0 {
                    continue;
                }
                let could_be = |traced: &Traced| {
                    let first = traced.expires.and_then(|expires| before(expires, renewal.days));
                    !traced.fits
                        && traced.account_type == account_type
                        && renewal.serves(traced.school)
                        && traced.activated < renewal.paid
                        && traced.prolonged.iter().all(|prolonged| prolonged.old.is_some())
                        && traced.prolonged.first().is_none_or(|next| renewal.paid <= next.on)
                        && first.is_some_and(|first| renewal.paid <= first)
                };
                let mut fitting: Vec<usize> =
                    (0..accounts.len()).filter(|&at| could_be(&accounts[at])).collect();
                fitting.sort_by_key(|&at| accounts[at].expires);
                let mut left = left;
                for at in fitting {
                    let count = left.min(accounts[at].count);
                    if count == 0 {
                        break;
                    }
                    left -= count;
                    let mut renewed = Traced { count, ..accounts[at].clone() };
                    let first = renewed.expires.and_then(|expires| before(expires, renewal.days));
                    let (by, on) = (renewal.of, renewal.paid);
                    renewed.expires = first;
                    renewed.prolonged.insert(0, Prolonged { by, on, old: first, stacked: false });
                    accounts[at].count -= count;
                    accounts.push(renewed);
                }
                accounts.retain(|traced| traced.count > 0);
            }
        }
    }
}
