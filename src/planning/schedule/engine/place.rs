use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, VecDeque};

use jiff::civil::Date;

use super::wants::{Want, Wants};
use super::{RecordedKey, Simulation};
use crate::account::{AccountType, Counts, PerType, Term};
use crate::money::Money;
use crate::plan::{RecordedKind, blank_order};
use crate::planning::schedule::ledger::Stock;
use crate::planning::schedule::running::Origin;
use crate::planning::schedule::{OrderKind, OrderLot, Reason, ScheduleError, ScheduledOrder};
use crate::pricing::{Held, Member, Order};
use crate::rules::{expiry, last_activation_day};

/// An order of a day before it is priced.
struct Draft {
    kind: OrderKind,
    recorded: Option<RecordedKey>,
    renewal: bool,
    term: Term,
    counts: BTreeMap<usize, PerType<u32>>,
    lots: Vec<OrderLot>,
    due_since: Option<Date>,
    needed: Option<Date>,
    reasons: Vec<Reason>,
}

impl Draft {
    /// Returns the members of the order: the payer first, then those with a part in it.
    fn members(&self) -> impl Iterator<Item = usize> {
        std::iter::once(0).chain(self.counts.keys().copied().filter(|member| *member != 0))
    }
}

impl Simulation<'_, '_> {
    /// Places the orders of a day, recorded ones too: renewals first, then purchases by falling term, each after
    /// the accounts that precede it, by P12 (docs/rules.md#p12).
    pub(super) fn place(&mut self, day: Date, wants: Wants) -> Result<(), ScheduleError> {
        self.running.advance(day);
        let recorded = self.recorded.remove(&day).unwrap_or_default();
        let mut drafts: Vec<Draft> = recorded.into_iter().map(|key| self.recorded_draft(key)).collect();
        drafts.extend(wants.0.into_iter().map(draft));
        drafts.sort_by_key(|draft| (!draft.renewal, Reverse(self.terms.days(draft.term))));
        let mut drafts = VecDeque::from(drafts);
        while let Some(draft) = drafts.pop_front() {
            self.place_one(day, draft, &drafts)?;
        }
        Ok(())
    }

    /// Returns true if a recorded purchase is among the orders already.
    pub(super) fn is_placed(&self, key: RecordedKey) -> bool {
        let paid = self.schools[key.0].purchases[key.1].paid;
        !self.recorded.get(&paid).is_some_and(|waiting| waiting.contains(&key))
    }

    fn recorded_draft(&self, key: RecordedKey) -> Draft {
        let purchase = &self.schools[key.0].purchases[key.1];
        Draft {
            kind: OrderKind::Recorded,
            recorded: Some(key),
            renewal: purchase.kind == RecordedKind::Renewal,
            term: purchase.term,
            counts: BTreeMap::from([(key.0, purchase.counts)]),
            lots: self.recorded_lots.get(&key).cloned().unwrap_or_default(),
            due_since: None,
            needed: None,
            reasons: Vec::new(),
        }
    }

    fn place_one(
        &mut self,
        day: Date,
        mut draft: Draft,
        later: &VecDeque<Draft>,
    ) -> Result<(), ScheduleError> {
        let order = self.order(day, &draft, later);
        let quote = self.engine.quoter.quote(Some(day), &order)?;
        self.explain_day(day, &order, quote.list_price(), &mut draft)?;
        self.explain_term(day, &order, &mut draft)?;
        self.explain_stock(day, &mut draft);
        self.carry_out(day, &draft);
        if let Some(key) = draft.recorded {
            self.placed.insert(key, self.orders.len());
        }
        let lots = if draft.recorded.is_some() { Vec::new() } else { draft.lots };
        self.orders.push(ScheduledOrder {
            date: day,
            kind: draft.kind,
            recorded: draft.recorded,
            due_since: draft.due_since,
            order,
            quote,
            lots,
            first_after_waiver: false,
            reasons: draft.reasons,
        });
        Ok(())
    }

    /// Returns the order: the payer first, then the members with a part in it. `later` are the drafts that follow it
    /// on its day.
    fn order(&self, day: Date, draft: &Draft, later: &VecDeque<Draft>) -> Order {
        let payer = self.schools[0];
        let starts = draft.lots.iter().map(OrderLot::starts).min().unwrap_or(day);
        // The ledger has the accounts of this order and of those that follow it, too.
        let not_yet = later.iter().filter(|later| later.recorded.is_none()).chain([draft]);
        let not_yet = running_by_member(not_yet.flat_map(|draft| &draft.lots), starts);
        let member =
            |member| self.member(member, starts, draft, not_yet.get(&member).copied().unwrap_or_default());
        let members = draft.members().map(member).collect();
        let mut order = Order { members, term: draft.term, renewal: draft.renewal, ..blank_order(payer) };
        self.set_held(&mut order, day, self.terms.days(draft.term), draft);
        order
    }

    /// Sets what the members of an order of a day have beside it.
    fn set_held(&self, order: &mut Order, day: Date, days: u32, draft: &Draft) {
        let renewed = if draft.renewal { draft.lots.as_slice() } else { &[] };
        let beside = self.running.beside(day, days, renewed, draft.members());
        for (member, part) in draft.members().zip(&mut order.members) {
            part.held = beside.of(member);
        }
        order.held_by_others = beside.others();
    }

    /// Lets an order happen: its codes are paid, and those of its accounts activated whose day it is.
    fn carry_out(&mut self, day: Date, draft: &Draft) {
        let last_day = last_activation_day(self.engine.card, day);
        if !draft.renewal {
            for (buyer, counts) in &draft.counts {
                self.running.pay(*buyer, *counts, last_day);
            }
        }
        for lot in &draft.lots {
            let origin = match draft.renewal {
                true => Origin::NoCodes,
                false => {
                    let buyer = draft.recorded.map_or(lot.member, |(buyer, _)| buyer);
                    Origin::Codes { buyer, last_day }
                }
            };
            match lot.activated <= day {
                true => self.running.activate(lot, origin),
                false => self.running.plan(*lot, origin),
            }
        }
    }

    /// Returns the part of a member in an order whose accounts start on a day; `not_yet` of his accounts are of it, or of
    /// orders that follow it.
    fn member(&self, member: usize, starts: Date, draft: &Draft, not_yet: Counts) -> Member {
        let school = self.schools[member];
        let counts = draft.counts.get(&member).copied().unwrap_or_default();
        let have = self.active(member, starts).saturating_sub(not_yet);
        Member {
            party: school.party(),
            customer: school.customer.clone(),
            counts,
            need: self.needs.counts(member, starts),
            have,
            held: Held::NONE,
            // What is recorded was bought, whatever the apps are today.
            charged: school.is_charged(self.engine.card) || (draft.recorded.is_some() && !counts.is_zero()),
            status: school.status,
        }
    }

    /// Says why a top-up is paid before the day on which it is needed, if that saves money.
    fn explain_day(
        &self,
        day: Date,
        order: &Order,
        price: Option<Money>,
        draft: &mut Draft,
    ) -> Result<(), ScheduleError> {
        let Some(needed) = draft.needed.filter(|needed| day < *needed) else { return Ok(()) };
        let Some(price) = price else { return Ok(()) };
        let days = self.terms.days(order.term);
        let mut late = order.clone();
        self.set_held(&mut late, needed, days, draft);
        let otherwise = self.engine.quoter.quote(Some(needed), &late)?.list_price();
        let expires = draft.reasons.iter().find_map(|reason| match reason {
            Reason::ExpiresWith { expires } => Some(*expires),
            _ => None,
        });
        let expires = expires.or_else(|| expiry(&self.engine.card.term, needed, order.term));
        if let Some((otherwise, expires)) = otherwise.filter(|otherwise| *otherwise > price).zip(expires) {
            draft.reasons.push(Reason::PaidWhileOutlasted { expires, otherwise });
        }
        Ok(())
    }

    /// Says that a scheduled order is shorter than the school's term, where WeCom compares the term with that of
    /// an app order which the plan does not state: O4 (docs/rules.md#o4).
    fn explain_term(&self, day: Date, order: &Order, draft: &mut Draft) -> Result<(), ScheduleError> {
        let shorter = self.terms.days(order.term) < self.terms.own_days;
        let may_be_refused = self.terms.is_compared_with_app_order(day) && !self.terms.knows_app_order(day);
        if draft.recorded.is_some() || order.test_enterprise || !shorter || !may_be_refused {
            return Ok(());
        }
        let mut full = Order { term: self.terms.own, ..order.clone() };
        self.set_held(&mut full, day, self.terms.own_days, draft);
        if let Some(full_price) = self.engine.quoter.quote(Some(day), &full)?.list_price() {
            draft.reasons.push(Reason::ShorterThanTerm { full_price });
        }
        Ok(())
    }

    /// Says that codes in stock would serve users of a scheduled order, if the plan did not record their activation for a
    /// later day on which nobody needs them.
    fn explain_stock(&self, day: Date, draft: &mut Draft) {
        if draft.recorded.is_some() {
            return;
        }
        let mut left: HashMap<(usize, AccountType, Date), u32> = HashMap::new();
        let mut served: BTreeMap<(Date, Date), u32> = BTreeMap::new();
        for bought in &draft.lots {
            let mut users = bought.count;
            for (activated, codes) in self.waiting_codes(day, bought) {
                let key = (bought.member, bought.account_type, activated);
                let left = left.entry(key).or_insert_with(|| codes.min(self.surplus(bought, activated)));
                let count = users.min(*left);
                users -= count;
                *left -= count;
                *served.entry((activated, bought.starts())).or_default() += count;
            }
        }
        for ((activated, starts), count) in served.into_iter().filter(|(_, count)| *count > 0) {
            draft.reasons.push(Reason::CodesInStock { count, activated, starts });
        }
    }

    /// Returns the codes in stock on a day that could serve the users of accounts, by the day on which the plan records
    /// their activation, where the accounts run on it.
    fn waiting_codes(&self, day: Date, bought: &OrderLot) -> BTreeMap<Date, u32> {
        let purchases = self.schools[bought.member].purchases.iter().enumerate();
        let in_stock = purchases.filter(|(_, purchase)| purchase.paid <= day);
        let lots =
            in_stock.filter_map(|(index, _)| self.recorded_lots.get(&(bought.member, index))).flatten();
        let new = lots.filter(|lot| lot.recorded && lot.extends.is_none());
        let mut waiting = BTreeMap::new();
        for lot in new.filter(|lot| lot.account_type == bought.account_type) {
            if bought.starts() < lot.activated && lot.activated < bought.expires {
                let count: &mut u32 = waiting.entry(lot.activated).or_default();
                *count = count.saturating_add(lot.count);
            }
        }
        waiting
    }

    /// Returns how many accounts more than users the member of accounts has on a day.
    fn surplus(&self, of: &OrderLot, day: Date) -> u32 {
        let need = self.needs.on(of.member, of.account_type, day);
        self.ledger.active(of.member, of.account_type, day).saturating_sub(need)
    }

    /// Returns the part of what was paid for a purchase that codes in stock have.
    pub(super) fn worth(&self, stock: &Stock) -> Option<Money> {
        let order = self.orders.get(*self.placed.get(&(stock.member, stock.purchase))?)?;
        order.quote.worth(stock.account_type, stock.left)
    }
}

/// Returns the accounts of lots that run on a day, by member.
fn running_by_member<'l>(lots: impl Iterator<Item = &'l OrderLot>, day: Date) -> HashMap<usize, Counts> {
    let mut running: HashMap<usize, Counts> = HashMap::new();
    for lot in lots.filter(|lot| lot.starts() <= day && day < lot.expires) {
        let counts = running.entry(lot.member).or_default();
        *counts = counts.saturating_add(Counts::of(lot.account_type, lot.count));
    }
    running
}

fn draft(want: Want) -> Draft {
    let mut counts: BTreeMap<usize, PerType<u32>> = BTreeMap::new();
    for lot in &want.lots {
        let count = counts.entry(lot.member).or_default().get_mut(lot.account_type);
        *count = count.saturating_add(lot.count);
    }
    Draft {
        kind: want.kind,
        recorded: None,
        renewal: want.kind == OrderKind::Renewal,
        term: want.term,
        counts,
        lots: want.lots,
        due_since: want.due_since,
        needed: want.needed,
        reasons: want.reasons,
    }
}
