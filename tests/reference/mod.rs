//! Price of a purchase, computed the slow way: account by account, in plain integers, from a table typed here
//! from the facts P1–P8 and P10. It shares no code with the crate, so that each can verify the other.

pub mod order;

/// Ten-thousandths of a yuan.
pub type Fine = u64;

/// A price list as a person would write it.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Last account of the tier, basic price, interop price. `u64::MAX` for an open end.
    pub tiers: Vec<(u64, Fine, Fine)>,
    pub days_per_month: u64,
    pub days_per_year: u64,
}

pub const BASIC: usize = 0;
pub const INTEROP: usize = 1;

/// Accounts that share a tier: `(tier, first, last, price)`; no tier for the negotiated ones.
pub type Run = (Option<usize>, u64, u64, Option<Fine>);

/// WeCom's public list (P2, P3, P4, P6), in yuan a year.
pub fn wecom() -> Reference {
    let yuan = 10_000;
    Reference {
        tiers: vec![
            (5, 5 * yuan, 50 * yuan),
            (200, 4 * yuan, 40 * yuan),
            (500, 3 * yuan, 30 * yuan),
            (1_000, 2 * yuan, 20 * yuan),
            (10_000, yuan, 10 * yuan),
        ],
        days_per_month: 31,
        days_per_year: 372,
    }
}

impl Reference {
    /// Returns the tier of an account, counted from 1; `None` beyond the last.
    pub fn tier_of(&self, ordinal: u64) -> Option<usize> {
        (0..self.tiers.len()).find(|&tier| ordinal <= self.tiers[tier].0)
    }

    pub fn price_in(&self, tier: usize, kind: usize) -> Fine {
        if kind == BASIC { self.tiers[tier].1 } else { self.tiers[tier].2 }
    }

    /// Returns the days of a term: twelve months are a year, the others months.
    pub fn days(&self, months: u64, days: u64) -> u64 {
        months / 12 * self.days_per_year + months % 12 * self.days_per_month + days
    }

    /// Returns the term's price in fen, where a year of its months is a year of days: multiplied, then rounded half up
    /// once.
    pub fn fen(&self, annual: Fine, days: u64) -> i64 {
        self.fen_of(annual, (days, self.days_per_year))
    }

    /// Returns the part of a year that months and days are: twelfths and days of a year, added.
    pub fn fraction(&self, months: u64, days: u64) -> (u64, u64) {
        (months * self.days_per_year + days * 12, 12 * self.days_per_year)
    }

    /// Returns a part of the annual price in fen: multiplied, then rounded half up once.
    pub fn fen_of(&self, annual: Fine, (part, of): (u64, u64)) -> i64 {
        let hundredths_of_a_fen = u128::from(annual) * u128::from(part);
        let per_fen = 100 * u128::from(of);
        let (mut fen, rest) = (hundredths_of_a_fen / per_fen, hundredths_of_a_fen % per_fen);
        if rest * 2 >= per_fen {
            fen += 1;
        }
        i64::try_from(fen).unwrap()
    }

    /// Starts with no account bought, and a number of accounts before it in the tiers.
    pub fn tally(&self, kind: usize, held: u64, negotiated: Option<Fine>) -> Tally<'_> {
        Tally { reference: self, kind, negotiated, next: held + 1, annual: 0, unpriced: 0, runs: Vec::new() }
    }
}

/// A purchase of one type that grows account by account.
pub struct Tally<'r> {
    reference: &'r Reference,
    kind: usize,
    negotiated: Option<Fine>,
    next: u64,
    pub annual: Fine,
    pub unpriced: u64,
    pub runs: Vec<Run>,
}

impl Tally<'_> {
    /// Buys one more account.
    pub fn add_one(&mut self) {
        let tier = self.reference.tier_of(self.next);
        let price = match tier {
            Some(tier) => Some(self.reference.price_in(tier, self.kind)),
            None => self.negotiated,
        };
        match price {
            Some(price) => self.annual += price,
            None => self.unpriced += 1,
        }
        match self.runs.last_mut() {
            Some(run) if run.0 == tier => run.2 = self.next,
            _ => self.runs.push((tier, self.next, self.next, price)),
        }
        self.next += 1;
    }

    /// Buys several more accounts, one after the other.
    pub fn add(&mut self, count: u64) {
        for _ in 0..count {
            self.add_one();
        }
    }
}
