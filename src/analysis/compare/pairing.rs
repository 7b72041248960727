use std::collections::HashMap;
use std::ops::Range;

use super::Side;
use crate::pricing::{Member, Order, Party};

/// Index of a member: its order, and its index among the order's members.
pub(super) type MemberIndex = (usize, usize);

/// Pairs of members and orders of two sides that belong to the same customer.
pub(super) struct Pairing<'a> {
    pub(super) old: &'a Side<'a>,
    pub(super) new: &'a Side<'a>,
    /// Orders of the old side on the date of the new one, with the same members.
    redated: Vec<Order>,
    /// Indices of all members of the old side, order by order.
    pub(super) old_indices: Vec<MemberIndex>,
    /// Indices of all members of the new side, order by order.
    pub(super) new_indices: Vec<MemberIndex>,
    /// For each of `new_indices`, the index in `old_indices` of the same customer.
    old_of_new: Vec<Option<usize>>,
    /// For each new order, the old order that it continues.
    predecessors: Vec<Option<Predecessor<'a>>>,
}

/// Old order that a new order continues.
#[derive(Clone, Copy)]
pub(super) struct Predecessor<'a> {
    /// The payer's old order; if the payer is new, that of the first member that is not.
    pub(super) order: &'a Order,
    /// True if both have the same payer.
    pub(super) same_payer: bool,
    /// The payer's own member on the old side, if it was there.
    pub(super) payer: Option<&'a Member>,
}

/// Key of a customer: its code, its name, and the number of earlier members with the same two.
type CustomerKey<'a> = (Option<&'a str>, Option<&'a str>, usize);

impl<'a> Pairing<'a> {
    pub(super) fn new(old: &'a Side<'a>, new: &'a Side<'a>) -> Pairing<'a> {
        let (old_indices, new_indices) = (member_indices(&old.orders), member_indices(&new.orders));
        let by_key: HashMap<CustomerKey<'_>, usize> = keys(members(&old.orders).map(|member| &member.party))
            .enumerate()
            .map(|(index, key)| (key, index))
            .collect();
        let old_of_new: Vec<Option<usize>> = keys(members(&new.orders).map(|member| &member.party))
            .map(|key| by_key.get(&key).copied())
            .collect();
        let redated = old.orders_on(new.date);
        let mut pairing =
            Pairing { old, new, redated, old_indices, new_indices, old_of_new, predecessors: Vec::new() };
        pairing.predecessors = pairing.find_predecessors();
        pairing
    }

    /// Returns the same customer on the old side, as an index in `old_places`.
    pub(super) fn old_index(&self, new_index: usize) -> Option<usize> {
        self.old_of_new.get(new_index).copied().flatten()
    }

    pub(super) fn old_at(&self, old_index: usize) -> Option<(&'a Order, &'a Member)> {
        at(&self.old.orders, *self.old_indices.get(old_index)?)
    }

    /// Returns the same old member as it is on the date of the new side.
    pub(super) fn redated_at(&self, old_index: usize) -> Option<&Member> {
        at(&self.redated, *self.old_indices.get(old_index)?).map(|(_, member)| member)
    }

    pub(super) fn new_at(&self, new_index: usize) -> Option<(&'a Order, &'a Member)> {
        at(&self.new.orders, *self.new_indices.get(new_index)?)
    }

    pub(super) fn predecessor(&self, new_order: usize) -> Option<Predecessor<'a>> {
        self.predecessors.get(new_order).copied().flatten()
    }

    fn find_predecessors(&self) -> Vec<Option<Predecessor<'a>>> {
        let by_payer: HashMap<CustomerKey<'_>, &'a Order> =
            keys(self.old.orders.iter().map(|order| &order.payer)).zip(&self.old.orders).collect();
        let mut first_of_order = 0;
        keys(self.new.orders.iter().map(|order| &order.payer))
            .zip(&self.new.orders)
            .map(|(key, order)| {
                let members = first_of_order..first_of_order + order.members.len();
                first_of_order = members.end;
                self.predecessor_of(order, members, by_payer.get(&key).copied())
            })
            .collect()
    }

    fn predecessor_of(
        &self,
        order: &Order,
        members: Range<usize>,
        same_payer: Option<&'a Order>,
    ) -> Option<Predecessor<'a>> {
        let payer = members
            .clone()
            .find(|index| self.new_at(*index).is_some_and(|(_, member)| member.party == order.payer))
            .and_then(|index| self.old_at(self.old_index(index)?));
        let mut known = members.filter_map(|index| self.old_at(self.old_index(index)?));
        let found =
            same_payer.or(payer.map(|(order, _)| order)).or_else(|| known.next().map(|(order, _)| order))?;
        Some(Predecessor {
            order: found,
            same_payer: same_payer.is_some(),
            payer: payer.map(|(_, member)| member),
        })
    }
}

fn member_indices(orders: &[Order]) -> Vec<MemberIndex> {
    let of_order = |(order, members): (usize, &Order)| (0..members.members.len()).map(move |at| (order, at));
    orders.iter().enumerate().flat_map(of_order).collect()
}

fn members(orders: &[Order]) -> impl Iterator<Item = &Member> {
    orders.iter().flat_map(|order| &order.members)
}

fn at(orders: &[Order], (order, member): MemberIndex) -> Option<(&Order, &Member)> {
    let order = orders.get(order)?;
    Some((order, order.members.get(member)?))
}

fn keys<'a>(parties: impl Iterator<Item = &'a Party>) -> impl Iterator<Item = CustomerKey<'a>> {
    let mut seen: HashMap<(Option<&str>, Option<&str>), usize> = HashMap::new();
    parties.map(move |party| {
        let name = if party.code.is_some() { None } else { party.name.as_deref() };
        let label = (party.code.as_deref(), name);
        let times = seen.entry(label).or_default();
        *times += 1;
        (label.0, label.1, *times)
    })
}
