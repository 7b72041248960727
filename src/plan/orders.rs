use std::collections::HashMap;

use super::{Holdings, MemberPosition, Missing, Plan, School, Trials, missing};
use crate::account::{Counts, Term};
use crate::pricing::{Held, Member, Order, OrderStatus, Party};
use crate::rules::{look_up_waiver, waived_term};

impl Plan {
    /// Returns the orders that buy what is missing on the plan's date, in the order of the file: each school
    /// that pays for itself, together with its downstreams (U1, U3), the payer first among the members. All
    /// users count, also those in a trial. Active accounts come first in the tiers if they outlast the term
    /// (P12). A payer who misses nothing has no order; one with internal apps alone has one that is not charged
    /// (W1, docs/rules.md#w1).
    ///
    /// ```
    /// use std::sync::Arc;
    /// use wxlicense::{diagnostic::SourceFile, plan::{self, ReadOptions}, pricing::quote_orders, rates::RateCards};
    ///
    /// let text = "[[school]]\ncode = \"1\"\nname = \"甲\"\nbasic = 5\n\
    ///             [[school]]\ncode = \"2\"\nname = \"乙\"\nbasic = 1\nupstream = \"1\"\n";
    /// let cards = RateCards::embedded().unwrap();
    /// let reading = plan::read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
    /// let plan = reading.plan.unwrap();
    /// let orders = plan.orders();
    /// assert_eq!((orders.len(), orders[0].members.len()), (1, 2));
    /// let quote = quote_orders(&plan.card, plan.date, &orders)?;
    /// assert_eq!(quote.totals.payable.to_string(), "29.00");
    /// # Ok::<(), wxlicense::pricing::QuoteError>(())
    /// ```
    pub fn orders(&self) -> Vec<Order> {
        self.orders_of_all().into_iter().filter(buys_or_is_free).collect()
    }

    /// Returns the same with an order of no accounts for each payer who misses nothing.
    pub(crate) fn orders_of_all(&self) -> Vec<Order> {
        self.groups().iter().map(|group| self.order_now(group)).collect()
    }

    /// Returns each payer with its downstreams, the payer first.
    pub(crate) fn groups(&self) -> Vec<Vec<&School>> {
        let mut downstreams: HashMap<&str, Vec<&School>> = HashMap::new();
        for school in &self.schools {
            if let Some(upstream) = &school.upstream {
                downstreams.entry(upstream).or_default().push(school);
            }
        }
        let payers = self.schools.iter().filter(|school| school.upstream.is_none());
        payers
            .map(|payer| {
                let mut group = vec![payer];
                group.extend(downstreams.remove(payer.code.as_str()).unwrap_or_default());
                group
            })
            .collect()
    }

    /// Returns the order of a group on the plan's date, of no accounts if it misses nothing.
    fn order_now(&self, group: &[&School]) -> Order {
        self.order_as_if(group, |_, _| {})
    }

    /// Returns the order that a group would place on the plan's date in other positions, which a function makes of
    /// those that the plan records, by the index of the member.
    pub(crate) fn order_as_if(
        &self,
        group: &[&School],
        change: impl Fn(usize, &mut MemberPosition),
    ) -> Order {
        let holdings = self.group_holdings(group);
        let (mut positions, shared) = self.positions_now(group);
        for (index, position) in positions.iter_mut().enumerate() {
            change(index, position);
        }
        let found = missing(&positions, shared);
        positions[0].codes = positions[0].codes.saturating_add(shared);
        let term = self.order_term(group[0]);
        Order {
            members: holdings
                .members()
                .zip(positions.iter().zip(&found))
                .map(|(member, (position, found))| self.member(member, term, position, found))
                .collect(),
            term,
            ..blank_order(group[0])
        }
    }

    /// Returns the positions on the plan's date, as `GroupHoldings::positions`; without a date, all users and no accounts.
    fn positions_now(&self, group: &[&School]) -> (Vec<MemberPosition>, Counts) {
        if let Some(date) = self.date {
            return self.group_holdings(group).positions(date, Trials::Ignored);
        }
        let need =
            |school: &&School| if school.is_charged(&self.card) { school.counts } else { Counts::ZERO };
        let of = |need| MemberPosition { need, ..MemberPosition::default() };
        (group.iter().map(need).map(of).collect(), Counts::ZERO)
    }

    /// Returns the term of an order on the plan's date: the payer's, or the only one that a waived customer can
    /// order, by O6 (docs/rules.md#o6).
    fn order_term(&self, payer: &School) -> Term {
        let waiver = look_up_waiver(&self.card, &payer.customer, self.date);
        let is_waived = !payer.test_enterprise && waiver.is_some_and(|finding| finding.applied());
        waived_term(&self.card).filter(|_| is_waived).unwrap_or(payer.term)
    }

    fn member(
        &self,
        (school, holdings): (&School, &Holdings),
        term: Term,
        position: &MemberPosition,
        found: &Missing,
    ) -> Member {
        Member {
            party: school.party(),
            customer: school.customer.clone(),
            counts: found.missing,
            need: position.need,
            have: position.active.saturating_add(position.codes),
            held: self.date.map_or(Held::NONE, |date| holdings.beside_order(&self.card, school, date, term)),
            charged: school.is_charged(&self.card),
            status: school.status,
        }
    }
}

/// Returns true if an order buys accounts, or if nobody in it is charged.
pub(crate) fn buys_or_is_free(order: &Order) -> bool {
    order.members.iter().all(|member| !member.charged)
        || order.members.iter().any(|member| !member.counts.is_zero())
}

/// Returns an order in the name of a school without members.
pub(crate) fn blank_order(payer: &School) -> Order {
    Order {
        payer: payer.party(),
        customer: payer.customer.clone(),
        members: Vec::new(),
        held_by_others: Held::NONE,
        term: payer.term,
        renewal: false,
        test_enterprise: payer.test_enterprise,
        negotiated: payer.negotiated,
        status: OrderStatus::Confirmed,
    }
}

impl School {
    /// Returns its code and name, as orders give them.
    pub fn party(&self) -> Party {
        Party { code: Some(self.code.clone()), name: Some(self.name.clone()) }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::plan::{ReadOptions, read};
    use crate::rates::RateCards;

    fn plan(text: &str) -> Plan {
        let cards = RateCards::embedded().unwrap();
        let reading = read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
        assert_eq!(reading.diagnostics, []);
        reading.plan.unwrap()
    }

    const GROUP: &str = r#"
        [[school]]
        code = "a"
        name = "A"
        basic = 1
        upstream = "b"
        [[school]]
        code = "b"
        name = "B"
        basic = 2
        [[school]]
        code = "c"
        name = "C"
        basic = 3
    "#;

    fn codes(orders: &[Order]) -> Vec<Vec<&str>> {
        orders
            .iter()
            .map(|order| {
                order.members.iter().map(|member| member.party.code.as_deref().unwrap_or_default()).collect()
            })
            .collect()
    }

    #[test]
    fn a_group_is_one_order_with_the_payer_first() {
        assert_eq!(codes(&plan(GROUP).orders()), [vec!["b", "a"], vec!["c"]]);
    }

    #[test]
    fn held_accounts_count_only_where_they_outlast_the_term() {
        let plan = plan(
            r#"
            date = 2023-01-01
            [[school]]
            code = "a"
            name = "A"
            basic = 237
            interop = 4
            term = { months = 1 }
            held = [
                { type = "basic", count = 7, expires = 2023-02-01 },
                { type = "basic", count = 180, expires = 2023-02-02 },
                { type = "interop", count = 3, expires = 2024-01-01 },
            ]
            "#,
        );
        let member = &plan.orders()[0].members[0];
        assert_eq!(member.counts, Counts { basic: 50, interop: 1 });
        assert_eq!(member.held.longer, Counts { basic: 180, interop: 3 });
        assert_eq!(member.held.equal, Counts { basic: 7, interop: 0 });
    }

    #[test]
    fn a_school_with_internal_apps_alone_is_not_charged() {
        let plan = plan(
            r#"
            [[school]]
            code = "a"
            name = "A"
            [[school.app]]
            id = "x"
            kind = "internal"
            "#,
        );
        assert!(!plan.orders()[0].members[0].charged);
    }
}
