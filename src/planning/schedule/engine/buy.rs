use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::counts::of_type;
use super::days::{after, eve};
use super::wants::{Want, Wants};
use super::{AccountType, MemberCounts, Simulation};
use crate::plan::missing;
use crate::planning::schedule::{OrderKind, ScheduleError};
use crate::rules::renewal_day;

impl Simulation<'_, '_> {
    /// Activates codes in stock on a day for the users of members who then have no account.
    pub(super) fn use_codes_for(
        &mut self,
        today: Date,
        day: Date,
        members: &BTreeSet<usize>,
    ) -> Result<(), ScheduleError> {
        if !self.ledger.stock.iter().any(|stock| stock.is_usable(day)) {
            return Ok(());
        }
        let members: Vec<usize> = members.iter().copied().collect();
        let found = missing(&self.positions(today, day, &members), self.shared_codes(day));
        for account_type in [AccountType::Interop, AccountType::Basic] {
            for (member, found) in members.iter().zip(&found) {
                self.start_by_codes(*member, account_type, day, *found.to_activate.get(account_type))?;
            }
        }
        Ok(())
    }

    /// Reserves codes in stock for the needs that begin after `day`, up to and including `until`.
    pub(super) fn reserve_codes(&mut self, day: Date, until: Date) -> Result<(), ScheduleError> {
        if !self.ledger.stock.iter().any(|stock| stock.left > 0) {
            return Ok(());
        }
        let begin = self.days_ahead(day).take_while(|begin| *begin <= until).collect::<Vec<_>>();
        for needed in begin {
            let members = self.changes[&needed].clone();
            self.use_codes_for(eve(needed), needed, &members)?;
        }
        Ok(())
    }

    /// Buys what members will be short of, where the day of payment has come.
    pub(super) fn buy_ahead(&mut self, day: Date, wants: &mut Wants) -> Result<(), ScheduleError> {
        let last = after(day, self.longest_lead_days()).unwrap_or(Date::MAX);
        let ahead: Vec<Date> = self.days_ahead(day).take_while(|needed| *needed <= last).collect();
        for needed in ahead {
            let short = self.short_on(day, needed);
            let due: Vec<AccountType> = AccountType::ALL
                .into_iter()
                .filter(|kind| self.choose_day(*kind, &short, day, needed).is_some_and(|pay| pay <= day))
                .collect();
            for account_type in due {
                self.buy_type(account_type, day, needed, &short, wants)?;
            }
        }
        Ok(())
    }

    /// Returns the first day after `day`, and before `limit`, on which a purchase ahead of its need is paid.
    pub(super) fn next_purchase_ahead(&self, day: Date, limit: Option<Date>) -> Option<Date> {
        let mut first = limit;
        for needed in self.days_ahead(day) {
            let reach = first.and_then(|first| after(first, self.longest_lead_days()));
            if reach.is_some_and(|reach| reach < needed) {
                break;
            }
            let short = self.short_on(day, needed);
            for account_type in AccountType::ALL {
                if let Some(pay) = self.choose_day(account_type, &short, day, needed) {
                    let pay = pay.max(day.tomorrow().unwrap_or(day));
                    first = Some(first.map_or(pay, |first| first.min(pay)));
                }
            }
        }
        first
    }

    /// Buys what some members will be short of on a day, paid today.
    pub(super) fn buy_for(
        &mut self,
        day: Date,
        needed: Date,
        members: &BTreeSet<usize>,
        wants: &mut Wants,
    ) -> Result<(), ScheduleError> {
        let short = self.short_of(eve(needed).max(day).min(needed), needed, members);
        self.buy(day, needed, &short, wants)
    }

    fn buy(
        &mut self,
        day: Date,
        needed: Date,
        short: &MemberCounts,
        wants: &mut Wants,
    ) -> Result<(), ScheduleError> {
        for account_type in AccountType::ALL {
            self.buy_type(account_type, day, needed, short, wants)?;
        }
        Ok(())
    }

    fn buy_type(
        &mut self,
        account_type: AccountType,
        day: Date,
        needed: Date,
        short: &MemberCounts,
        wants: &mut Wants,
    ) -> Result<(), ScheduleError> {
        let Some(choice) = self.choose(account_type, short, day, needed) else { return Ok(()) };
        let counts = of_type(short, account_type);
        let due_since = match day == self.engine.today {
            true if needed == day => self.due_since(account_type, &counts, day),
            true => Some(choice.pay).filter(|pay| *pay < day),
            false => None,
        };
        let lots = self.start(day, needed, account_type, &counts, choice.term)?;
        wants.add(Want {
            kind: choice.kind,
            term: choice.term,
            expiry: None,
            lots,
            due_since,
            needed: (choice.kind == OrderKind::TopUp && day < needed).then_some(needed),
            reasons: choice.reasons,
        });
        Ok(())
    }

    /// Returns the days after a day on which the need of members changes, in their order.
    fn days_ahead(&self, day: Date) -> impl Iterator<Item = Date> {
        self.changes.keys().copied().skip_while(move |change| *change <= day)
    }

    fn short_on(&self, day: Date, needed: Date) -> MemberCounts {
        self.changes.get(&needed).map_or_else(BTreeMap::new, |members| self.short_of(day, needed, members))
    }

    /// Returns the day on which what is needed on the plan's date should have been paid, if that is before.
    fn due_since(
        &self,
        account_type: AccountType,
        counts: &BTreeMap<usize, u32>,
        today: Date,
    ) -> Option<Date> {
        let members = counts.iter().filter(|(_, count)| **count > 0).map(|(member, _)| *member);
        let days = members.filter_map(|member| {
            let since = match self.uncovered_since.get(&(member, account_type)) {
                Some(since) => *since,
                // Users whose need begins today are not late yet; those who need it all along have no day.
                None if self.needs.begin(member, account_type) == Some(today) => today,
                None => return None,
            };
            let one = BTreeMap::from([(member, 1)]);
            let expired = self.ledger.change_days(member).contains(&since);
            let due = self.day_before_reminder(account_type, &one, since);
            due.or_else(|| {
                expired
                    .then(|| renewal_day(self.engine.card, since, self.terms.days(self.terms.whole(since))))
            })
            .or(Some(since))
        });
        days.min().filter(|due| *due < today)
    }

    /// Returns the most days from a payment to the need that it serves, apart from the end of a waiver: the
    /// shortest term for P12, or the reminder of a trial.
    fn longest_lead_days(&self) -> u32 {
        let card = self.engine.card;
        card.trial.as_ref().map_or(0, |trial| trial.days).max(card.term.least_days.saturating_add(1))
    }
}
