use std::collections::BTreeMap;

use super::AccountType;
use crate::account::PerType;

/// Counts by member and type.
pub(super) type MemberCounts = BTreeMap<usize, PerType<u32>>;

/// Returns the counts of one type by member.
pub(super) fn of_type(counts: &MemberCounts, account_type: AccountType) -> BTreeMap<usize, u32> {
    counts
        .iter()
        .map(|(member, counts): (&usize, &PerType<u32>)| (*member, *counts.get(account_type)))
        .collect()
}

pub(super) fn sum(counts: &BTreeMap<usize, u32>) -> u32 {
    counts.values().fold(0, |sum, count| sum.saturating_add(*count))
}
