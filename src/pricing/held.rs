use crate::account::{Counts, PerType};
use crate::rates::NewPurchaseStart;

/// The accounts of a customer beside those of an order, on its day. Which of them come first in the tiers is a rule of
/// the card: P12 (docs/rules.md#p12) for a new purchase, P13 (docs/rules.md#p13) for a renewal, which never counts the
/// accounts that it renews.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Held {
    /// Active accounts whose remaining time is longer than the term, in days.
    pub longer: Counts,
    /// Active accounts whose remaining time is exactly the term, as that of accounts which a top-up is to expire with.
    pub equal: Counts,
    /// Codes that are paid, not activated, and still can be (T4, docs/rules.md#t4).
    pub unactivated: Counts,
}

impl Held {
    /// No account.
    pub const NONE: Held = Held { longer: Counts::ZERO, equal: Counts::ZERO, unactivated: Counts::ZERO };

    /// Returns active accounts that outlast the term.
    pub fn longer(longer: Counts) -> Held {
        Held { longer, ..Held::NONE }
    }

    /// Returns what a customer has of whom exactly these accounts come before a new purchase by a rule of P12
    /// (docs/rules.md#p12).
    pub fn before_purchase(rule: NewPurchaseStart, start: Counts) -> Held {
        match rule.counts_longer() {
            true => Held::longer(start),
            false => Held { unactivated: start, ..Held::NONE },
        }
    }

    /// Returns the sum; `None` if a count overflows.
    pub fn checked_add(self, other: Held) -> Option<Held> {
        Some(Held {
            longer: self.longer.checked_add(other.longer)?,
            equal: self.equal.checked_add(other.equal)?,
            unactivated: self.unactivated.checked_add(other.unactivated)?,
        })
    }

    /// Returns the accounts that come before a new purchase by a rule of P12 (docs/rules.md#p12); at most the largest
    /// count.
    pub fn before(&self, rule: NewPurchaseStart) -> Counts {
        if rule == NewPurchaseStart::Longer {
            return self.longer;
        }
        let if_counted = |counted, counts| if counted { counts } else { Counts::ZERO };
        if_counted(rule.counts_longer(), self.longer)
            .saturating_add(if_counted(rule.counts_equal(), self.equal))
            .saturating_add(if_counted(rule.counts_unactivated(), self.unactivated))
    }

    /// Returns those of the types of which something is bought.
    #[must_use]
    pub(super) fn of_bought(self, counts: Counts) -> Held {
        let of =
            |held: Counts| PerType::from_fn(|kind| if *counts.get(kind) > 0 { *held.get(kind) } else { 0 });
        Held { longer: of(self.longer), equal: of(self.equal), unactivated: of(self.unactivated) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_counts_its_own_accounts() {
        let counts = |basic, interop| Counts { basic, interop };
        let held = Held { longer: counts(1, 10), equal: counts(2, 20), unactivated: counts(4, 40) };
        for (rule, basic) in [
            (NewPurchaseStart::Longer, 1),
            (NewPurchaseStart::AtLeast, 3),
            (NewPurchaseStart::Nothing, 0),
            (NewPurchaseStart::LongerOrUnactivated, 5),
            (NewPurchaseStart::AtLeastOrUnactivated, 7),
            (NewPurchaseStart::Unactivated, 4),
        ] {
            assert_eq!(held.before(rule), counts(basic, basic * 10), "{rule:?}");
        }
    }

    #[test]
    fn accounts_that_come_first_are_of_a_kind_that_the_rule_counts() {
        let start = Counts { basic: 180, interop: 6 };
        let longer = Held { longer: start, ..Held::NONE };
        for rule in
            [NewPurchaseStart::Longer, NewPurchaseStart::AtLeast, NewPurchaseStart::LongerOrUnactivated]
        {
            assert_eq!(Held::before_purchase(rule, start), longer, "{rule:?}");
        }
        let unactivated = Held { unactivated: start, ..Held::NONE };
        assert_eq!(Held::before_purchase(NewPurchaseStart::Unactivated, start), unactivated);
    }
}
