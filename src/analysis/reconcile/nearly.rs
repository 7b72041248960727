//! Which combinations explain all bills but a few, where none explains all: a wrong bill hides no right ones.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::solver::Tried;
use crate::rates::Rule;

/// Combinations that explain all orders but the same few.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearlyExplained {
    /// Ids of the orders that they do not explain.
    pub without: Vec<String>,
    /// The combinations, each with a variant for every choice.
    pub combinations: Vec<Vec<Rule>>,
}

/// Returns the combinations that explain the most orders at the unit prices of the card, by the orders that they leave out,
/// the largest group first; none if no combination explains any.
pub(super) fn nearly_explained(tried: &[Tried], ids: &[&str]) -> Vec<NearlyExplained> {
    let explained = |tried: &Tried| tried.explains.iter().filter(|explains| **explains).count();
    let most = tried.iter().map(explained).max().unwrap_or(0);
    if most == 0 {
        return Vec::new();
    }
    let mut groups: BTreeMap<Vec<String>, Vec<Vec<Rule>>> = BTreeMap::new();
    for tried in tried.iter().filter(|tried| explained(tried) == most) {
        let left_out = ids.iter().zip(&tried.explains).filter(|(_, explains)| !**explains);
        let without = left_out.map(|(id, _)| (*id).to_owned()).collect();
        groups.entry(without).or_default().push(tried.rules.clone());
    }
    let group = |(without, combinations)| NearlyExplained { without, combinations };
    let mut nearly: Vec<NearlyExplained> = groups.into_iter().map(group).collect();
    nearly.sort_by_key(|group| Reverse(group.combinations.len()));
    nearly
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::fixture::card;
    use crate::rates::{NewPurchaseStart, RenewalStart};

    fn tried(rule: Rule, explains: [bool; 3]) -> Tried {
        Tried { rules: vec![rule], pricing: card().rules, explains: explains.to_vec() }
    }

    #[test]
    fn combinations_that_explain_most_are_grouped_by_what_they_leave_out() {
        let one = Rule::NewPurchase(NewPurchaseStart::Longer);
        let two = Rule::NewPurchase(NewPurchaseStart::AtLeast);
        let three = Rule::NewPurchase(NewPurchaseStart::Nothing);
        let four = Rule::Renewal(RenewalStart::AfterHeld);
        let all = [
            tried(one, [true, true, false]),
            tried(two, [false, true, true]),
            tried(three, [true, false, false]),
            tried(four, [false, true, true]),
        ];
        let found = nearly_explained(&all, &["a", "b", "c"]);
        let found: Vec<_> =
            found.iter().map(|group| (group.without.join(" "), group.combinations.len())).collect();
        assert_eq!(found, [("a".to_owned(), 2), ("c".to_owned(), 1)]);
        assert!(nearly_explained(&[tried(one, [false; 3])], &["a", "b", "c"]).is_empty());
    }
}
