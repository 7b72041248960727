use jiff::civil::Date;

use super::{Lot, Planned, Simulation};
use crate::account::{AccountType, Counts};
use crate::plan::PastPurchase;
use crate::planning::budget::{BudgetError, LineKind};
use crate::pricing::{OrderError, PurchaseError};
use crate::rules::last_activation_day;

impl Simulation<'_> {
    /// Adds the held lots and the purchases of the plan: by day of payment, on one day in the order of the
    /// plan. A purchase comes after the accounts that were there when it was paid (P12, docs/rules.md#p12).
    pub(super) fn record_purchases(&mut self) -> Result<(), BudgetError> {
        for (member, holding) in &self.group.holdings {
            if holding.purchase.is_none() {
                let lot = holding.lot;
                let mut counts = Counts::ZERO;
                *counts.get_mut(lot.account_type) = lot.count;
                self.take_over(*member, counts, None, lot.expires);
            }
        }
        let mut purchases: Vec<(usize, PastPurchase)> = self
            .group
            .members()
            .enumerate()
            .flat_map(|(member, (school, _))| {
                school.purchases.iter().map(move |purchase| (member, *purchase))
            })
            .collect();
        purchases.retain(|(_, purchase)| !purchase.counts.is_zero());
        purchases.sort_by_key(|(_, purchase)| purchase.paid);
        for (member, purchase) in purchases {
            self.record(member, purchase)?;
        }
        Ok(())
    }

    fn record(&mut self, member: usize, purchase: PastPurchase) -> Result<(), BudgetError> {
        let PastPurchase { paid, counts, term, .. } = purchase;
        let terms = &self.plan.card.term;
        let term_days = terms.days(term).ok_or_else(|| OrderError {
            payer: self.blank.payer.clone(),
            date: Some(paid),
            error: PurchaseError::Overflow,
        })?;
        let mut accounts = vec![Counts::ZERO; self.blank.members.len()];
        accounts[member] = counts;
        let mut order = self.filled(paid, LineKind::Recorded, term, term_days, &accounts);
        order.members[member].charged = true;
        let activated = self.activation(&purchase);
        let starts = activated.unwrap_or(paid);
        let expires = self.expiry(paid, starts, term)?;
        match activated {
            Some(_) => self.take_over(member, counts, activated, expires),
            None => self.lost.push(purchase),
        }
        self.planned.push(Planned { date: paid, kind: LineKind::Recorded, starts, expires, order });
        Ok(())
    }

    /// Returns the day on which a purchase was, or is taken to be, activated; `None` if it is too late for
    /// that.
    fn activation(&self, purchase: &PastPurchase) -> Option<Date> {
        if purchase.activated.is_some() {
            return purchase.activated;
        }
        let first = self.horizon.decide_from.max(purchase.paid);
        let trial_end = self.group.first_trial(&self.plan.card).map(|trial| trial.end.date());
        match last_activation_day(&self.plan.card, purchase.paid) {
            Some(last) if last < first => None,
            Some(last) => Some(trial_end.map_or(first, |end| end.max(first)).min(last)),
            None => Some(trial_end.map_or(first, |end| end.max(first))),
        }
    }

    fn take_over(&mut self, member: usize, counts: Counts, starts: Option<Date>, expires: Date) {
        let members = self.blank.members.len();
        for account_type in AccountType::ALL {
            let mut accounts = vec![0; members];
            accounts[member] = *counts.get(account_type);
            let renewable = self.horizon.decide_from <= expires;
            self.lots.add(Lot {
                account_type,
                accounts,
                starts,
                expires,
                renews: false,
                renewable,
                decided: false,
            });
        }
    }
}
