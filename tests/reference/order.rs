//! A whole order under any rules of pricing, account by account. Like the rest of the reference it shares no code with
//! the crate: the rules are words, and what they mean is written here once more.

use std::collections::BTreeMap;

use super::{Fine, Reference};

/// The rules by the words of a card.
#[derive(Debug, Clone)]
pub struct Rules {
    /// P5: `excess`, `all`.
    pub negotiated: &'static str,
    /// P8: the days of a year by which days are priced.
    pub by_days: u64,
    /// P10: `order`, `type`, `item`.
    pub per: &'static str,
    /// P10: `half-up`, `half-even`, `down`.
    pub mode: &'static str,
    /// P12: `longer`, `at-least`, `none`, each also with `+unactivated`.
    pub new_purchase: &'static str,
    /// P13: `from-zero`, `after-held`.
    pub renewal: &'static str,
    /// U3: `group`, `member`.
    pub group: &'static str,
}

impl Rules {
    /// Those of WeCom's card.
    pub const WECOM: Rules = Rules {
        negotiated: "excess",
        by_days: 372,
        per: "order",
        mode: "half-up",
        new_purchase: "longer",
        renewal: "from-zero",
        group: "group",
    };
}

/// What one member of a group buys, and has besides; basic and interop accounts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Part {
    pub bought: [u64; 2],
    pub longer: [u64; 2],
    pub equal: [u64; 2],
    pub unactivated: [u64; 2],
}

/// An order of some members.
#[derive(Debug, Clone)]
pub struct WholeOrder {
    pub parts: Vec<Part>,
    /// What members have that buy nothing.
    pub others: Part,
    pub is_renewal: bool,
    pub months: u64,
    pub days: u64,
    pub negotiated: [Option<Fine>; 2],
}

/// One account of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    pub kind: usize,
    pub member: usize,
    pub ordinal: u64,
    /// No tier for a negotiated account.
    pub tier: Option<usize>,
    pub price: Option<Fine>,
}

impl Rules {
    /// Returns how many of a member's other accounts come first.
    fn first(&self, has: &Part, kind: usize, is_renewal: bool) -> u64 {
        if is_renewal && self.renewal == "from-zero" {
            return 0;
        }
        let (active, also) = self.new_purchase.split_once('+').unwrap_or((self.new_purchase, ""));
        let active = match active {
            "longer" => has.longer[kind],
            "at-least" => has.longer[kind] + has.equal[kind],
            "none" => 0,
            word => panic!("{word}"),
        };
        active + if also == "unactivated" { has.unactivated[kind] } else { 0 }
    }
}

impl Reference {
    /// Returns every account of an order with its ordinal and its price, by type and member.
    pub fn accounts(&self, rules: &Rules, order: &WholeOrder) -> Vec<Account> {
        let mut accounts = Vec::new();
        for kind in 0..2 {
            let together = rules.group == "group";
            let all_first: u64 = order
                .parts
                .iter()
                .chain([&order.others])
                .map(|part| rules.first(part, kind, order.is_renewal))
                .sum();
            let mut next = all_first;
            let begin = accounts.len();
            for (member, part) in order.parts.iter().enumerate() {
                if !together {
                    next = rules.first(part, kind, order.is_renewal);
                }
                let own = accounts.len();
                for _ in 0..part.bought[kind] {
                    next += 1;
                    let tier = self.tier_of(next);
                    let price = match tier {
                        Some(tier) => Some(self.price_in(tier, kind)),
                        None => order.negotiated[kind],
                    };
                    accounts.push(Account { kind, member, ordinal: next, tier, price });
                }
                if !together {
                    self.negotiate_all(rules, order, &mut accounts[own..]);
                }
            }
            if together {
                self.negotiate_all(rules, order, &mut accounts[begin..]);
            }
        }
        accounts
    }

    /// Once one account is beyond the list, all of them are, where the rule says so.
    fn negotiate_all(&self, rules: &Rules, order: &WholeOrder, accounts: &mut [Account]) {
        if rules.negotiated == "all" && accounts.iter().any(|account| account.tier.is_none()) {
            for account in accounts {
                account.tier = None;
                account.price = order.negotiated[account.kind];
            }
        }
    }

    /// Returns the price in fen of the accounts that have one.
    pub fn fen_of_order(&self, rules: &Rules, order: &WholeOrder, accounts: &[Account]) -> i64 {
        let mut amounts: BTreeMap<(usize, usize, Option<usize>), u128> = BTreeMap::new();
        for account in accounts {
            let member = if rules.group == "group" { 0 } else { account.member };
            let part = match rules.per {
                "order" => (0, 0, None),
                "type" => (account.kind, 0, None),
                "item" => (account.kind, member, account.tier),
                word => panic!("{word}"),
            };
            *amounts.entry(part).or_default() += u128::from(account.price.unwrap_or(0));
        }
        amounts.into_values().map(|annual| self.rounded(rules, order, annual)).sum()
    }

    /// Adds twelfths of the annual price for the months to parts of it for the days, and rounds to the fen.
    fn rounded(&self, rules: &Rules, order: &WholeOrder, annual: u128) -> i64 {
        // A renewal with days is one to a day: it has no months.
        let (months, days) = match order.is_renewal && order.days > 0 {
            true => (0, self.days(order.months, order.days)),
            false => (order.months, order.days),
        };
        // Both over 12 × divisor × 100, since 100 ten-thousandths of a yuan are a fen.
        let by_months = annual * u128::from(months) * u128::from(rules.by_days);
        let by_days = annual * u128::from(days) * 12;
        let per_fen = 100 * 12 * u128::from(rules.by_days);
        let whole = (by_months + by_days) / per_fen;
        let rest = (by_months + by_days) % per_fen;
        let up = match rules.mode {
            "down" => false,
            "half-up" => rest >= per_fen - rest,
            "half-even" => rest > per_fen - rest || (rest == per_fen - rest && whole % 2 == 1),
            word => panic!("{word}"),
        };
        i64::try_from(whole + u128::from(up)).unwrap()
    }
}
