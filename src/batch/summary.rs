//! The sums over all rows. Read [`Summary`] first.

use strum::VariantArray;

use super::BatchError;
use super::pricer::{Priced, Pricer, Terms};
use super::rows::Values;
use crate::account::Counts;
use crate::account::{AccountType, PerType, Term};
use crate::customer::WaiverKind;
use crate::money::Money;
use crate::pricing::{Held, PriceLookup, Purchase, PurchaseKind, QuickTally, TierTally, TierTotal};

/// The sums of a batch. Where accounts have no price, the amounts cover those that have one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Rows, without the headings and blank lines.
    pub rows: u64,
    /// Those among them without a price, each of which the observer was given.
    pub rejected: u64,
    /// Those with accounts that have to be negotiated.
    pub incomplete: u64,
    /// Accounts that have to be negotiated.
    pub unpriced: PerType<u64>,
    /// Accounts bought.
    pub accounts: PerType<u64>,
    /// Sum of the list prices, in yuan.
    pub list_price: Money,
    /// The part of it that is waived.
    pub waived: Money,
    /// The rest.
    pub payable: Money,
    /// By waiver, those that some row has.
    pub waivers: Vec<WaiverTotal>,
    /// By rate card, those that some row has.
    pub cards: Vec<CardTotal>,
    /// The ids of the facts behind the terms, the starts and the roundings that some row has.
    pub facts: Vec<String>,
    /// True if some row has no pricing date.
    pub undated: bool,
    /// Encoding of the input.
    pub encoding: &'static str,
    /// True if it ended at a row with a problem.
    pub stopped: bool,
}

/// The rows with a waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaiverTotal {
    /// The kind of waiver.
    pub kind: WaiverKind,
    /// Number of rows.
    pub rows: u64,
    /// Sum of what is waived, in yuan.
    pub waived: Money,
}

/// The rows on a rate card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardTotal {
    /// Id of the card.
    pub card: String,
    /// Accounts and annual prices by tier.
    pub tiers: Vec<TierTotal>,
}

/// Kinds of rows that rest on facts of their own.
const PARTIAL_YEAR: u8 = 1;
const DAYS: u8 = 2;
const SEVERAL_YEARS: u8 = 4;
const AFTER_HELD: u8 = 8;
const RENEWAL: u8 = 16;
const UNDATED: u8 = 32;

/// The sums while rows are added.
pub(super) struct Sums {
    /// The kinds of rows that there were.
    kinds: u8,
    pub(super) rows: u64,
    rejected: u64,
    incomplete: u64,
    unpriced: PerType<u64>,
    /// Fen.
    list_price: u128,
    /// By kind: rows, and fen.
    waivers: [(u64, u128); WaiverKind::VARIANTS.len()],
    tiers: Vec<TierTally>,
}

impl Sums {
    pub(super) fn new(pricer: &Pricer<'_>) -> Sums {
        Sums {
            kinds: 0,
            rows: 0,
            rejected: 0,
            incomplete: 0,
            unpriced: PerType::default(),
            list_price: 0,
            waivers: Default::default(),
            tiers: pricer.cards().iter().map(|(_, table)| TierTally::new(table)).collect(),
        }
    }

    /// Adds a row with a price.
    #[inline]
    pub(super) fn add(&mut self, pricer: &Pricer<'_>, priced: &Priced) {
        self.rows += 1;
        self.kinds |= kinds(priced);
        let fen = u128::from(priced.price.list_price.fen().unsigned_abs());
        self.list_price += fen;
        if !priced.price.is_complete() {
            self.incomplete += 1;
            self.unpriced.basic += u64::from(priced.price.unpriced.basic);
            self.unpriced.interop += u64::from(priced.price.unpriced.interop);
        }
        if let Some((rows, waived)) = priced.terms.waiver.and_then(|kind| self.waivers.get_mut(kind as usize))
        {
            *rows += 1;
            *waived += fen;
        }
        let card = priced.terms.card;
        if let (Some(tally), Some((_, table))) = (self.tiers.get_mut(card), pricer.cards().get(card)) {
            tally.add(table, &priced.purchase);
        }
    }

    /// Counts a row without a price.
    pub(super) fn reject(&mut self) {
        self.rows += 1;
        self.rejected += 1;
    }

    /// Adds rows with prices that were looked up.
    pub(super) fn add_quick(&mut self, pricer: &Pricer<'_>, quick: &QuickSums) {
        self.rows += quick.rows;
        self.list_price += u128::from(quick.list_price);
        self.kinds |= quick.kinds;
        for months in (0..u64::BITS).filter(|months| quick.months & (1 << months) > 0) {
            self.kinds |= term_kind(Term { months, days: 0 });
        }
        for ((rows, waived), (more_rows, more)) in self.waivers.iter_mut().zip(quick.waivers) {
            *rows += more_rows;
            *waived += u128::from(more);
        }
        for ((tally, more), (_, table)) in self.tiers.iter_mut().zip(&quick.tallies).zip(pricer.cards()) {
            more.add_to(tally, table);
        }
    }

    /// Adds the sums of other rows.
    pub(super) fn merge(&mut self, other: &Sums) {
        self.kinds |= other.kinds;
        self.rows += other.rows;
        self.rejected += other.rejected;
        self.incomplete += other.incomplete;
        self.unpriced.basic += other.unpriced.basic;
        self.unpriced.interop += other.unpriced.interop;
        self.list_price += other.list_price;
        for ((rows, waived), (more_rows, more)) in self.waivers.iter_mut().zip(other.waivers) {
            *rows += more_rows;
            *waived += more;
        }
        self.tiers.iter_mut().zip(&other.tiers).for_each(|(own, others)| own.merge(others));
    }

    /// Returns the facts that the figures rest on, in the order of each card.
    fn facts(&self, pricer: &Pricer<'_>, cards: &[CardTotal]) -> Vec<String> {
        let mut facts: Vec<String> = Vec::new();
        for (card, _) in pricer.cards() {
            let Some(total) = cards.iter().find(|total| total.card == card.id) else { continue };
            let term = &card.term;
            let used = |tier: &TierTotal| tier.accounts != PerType::default();
            for tier in total.tiers.iter().filter(|tier| used(tier)) {
                match tier.tier.and_then(|index| card.tiers.get(index)) {
                    Some(listed) => {
                        facts.extend(listed.facts.iter().cloned());
                        for kind in AccountType::ALL.into_iter().filter(|kind| *tier.accounts.get(*kind) > 0)
                        {
                            facts.extend(listed.price.get(kind).facts.iter().cloned());
                        }
                    }
                    None => {
                        facts.extend(card.negotiated.iter().flat_map(|accounts| &accounts.facts).cloned())
                    }
                }
            }
            for (kinds, behind) in [
                (PARTIAL_YEAR, &term.by_months_facts),
                (DAYS, &term.by_days_facts),
                (SEVERAL_YEARS, &term.multi_year_facts),
                (PARTIAL_YEAR | DAYS, &card.rounding_facts),
                (AFTER_HELD, &card.new_purchase_facts),
                (RENEWAL, &card.renewal_facts),
            ] {
                if self.kinds & kinds > 0 {
                    facts.extend(behind.iter().cloned());
                }
            }
            for rule in card
                .waivers
                .iter()
                .filter(|rule| self.waivers.get(rule.kind as usize).is_some_and(|(rows, _)| *rows > 0))
            {
                facts.extend(rule.facts.iter().chain(&rule.last_day_facts).cloned());
            }
        }
        facts
    }

    /// Returns the sums in yuan.
    ///
    /// # Errors
    /// [`BatchError::Overflow`] if one is beyond the range of money.
    pub(super) fn summary(
        &self,
        pricer: &Pricer<'_>,
        encoding: &'static str,
        stopped: bool,
    ) -> Result<Summary, BatchError> {
        let waived: u128 = self.waivers.iter().map(|(_, waived)| waived).sum();
        let waivers = WaiverKind::VARIANTS.iter().zip(self.waivers).filter(|(_, (rows, _))| *rows > 0);
        let waivers = waivers.map(|(kind, (rows, waived))| {
            Ok::<_, BatchError>(WaiverTotal { kind: *kind, rows, waived: money(waived)? })
        });
        let mut cards = Vec::new();
        for ((card, table), tally) in pricer.cards().iter().zip(&self.tiers) {
            let tiers = tally.totals(table).ok_or(BatchError::Overflow)?;
            if tiers.iter().any(|tier| tier.accounts != PerType::default()) {
                cards.push(CardTotal { card: card.id.clone(), tiers });
            }
        }
        let accounts = |kind: AccountType| {
            cards.iter().flat_map(|card| &card.tiers).map(|tier| tier.accounts.get(kind)).sum()
        };
        Ok(Summary {
            rows: self.rows,
            rejected: self.rejected,
            incomplete: self.incomplete,
            unpriced: self.unpriced,
            accounts: PerType::from_fn(accounts),
            list_price: money(self.list_price)?,
            waived: money(waived)?,
            payable: money(self.list_price - waived)?,
            waivers: waivers.collect::<Result<_, _>>()?,
            facts: self.facts(pricer, &cards),
            undated: self.kinds & UNDATED > 0,
            cards,
            encoding,
            stopped,
        })
    }
}

/// The sums of rows of one block whose prices were looked up. They are those of [`Sums`], with less to do for each row.
pub(super) struct QuickSums {
    rows: u64,
    /// Fen.
    list_price: u64,
    kinds: u8,
    /// A bit for each number of months that a row has.
    months: u64,
    /// By kind: rows, and fen.
    waivers: [(u64, u64); WaiverKind::VARIANTS.len()],
    /// By card.
    tallies: Vec<QuickTally>,
}

impl QuickSums {
    pub(super) fn new(cards: usize) -> QuickSums {
        let tallies = vec![QuickTally::default(); cards];
        QuickSums { rows: 0, list_price: 0, kinds: 0, months: 0, waivers: Default::default(), tallies }
    }

    /// Returns true if rows of this term can be added.
    #[inline]
    pub(super) fn takes(term: Term) -> bool {
        term.months < u64::BITS
    }

    /// Adds a row that was looked up with these accounts before it in the tiers.
    #[inline]
    pub(super) fn add(
        &mut self,
        lookup: &PriceLookup,
        (start, values): (Counts, &Values<'_>),
        terms: &Terms,
        list_price: u64,
    ) {
        self.rows += 1;
        self.list_price += list_price;
        self.months |= 1 << (values.term.months % u64::BITS);
        self.kinds |= if terms.is_undated { UNDATED } else { 0 };
        if !values.held.is_zero() {
            self.kinds |= AFTER_HELD;
        }
        if values.renewal {
            self.kinds |= RENEWAL;
        }
        if let Some((rows, waived)) = terms.waiver.and_then(|kind| self.waivers.get_mut(kind as usize)) {
            *rows += 1;
            *waived += list_price;
        }
        if let Some(tally) = self.tallies.get_mut(terms.card) {
            lookup.count(tally, start, values.counts);
        }
    }
}

/// Returns the kinds of a row.
#[inline]
fn kinds(priced: &Priced) -> u8 {
    let Purchase { term, kind, held, .. } = &priced.purchase;
    let mut kinds = if priced.terms.is_undated { UNDATED } else { 0 };
    kinds |= term_kind(*term);
    if *held != Held::NONE {
        kinds |= AFTER_HELD;
    }
    if *kind == PurchaseKind::Renewal {
        kinds |= RENEWAL;
    }
    kinds
}

/// Returns the kind of a row of a term.
#[inline]
fn term_kind(term: Term) -> u8 {
    if term == Term::ONE_YEAR {
        0
    } else if term.days > 0 {
        DAYS
    } else if term.months.is_multiple_of(Term::MONTHS_PER_YEAR) {
        SEVERAL_YEARS
    } else {
        PARTIAL_YEAR
    }
}

fn money(fen: u128) -> Result<Money, BatchError> {
    i64::try_from(fen).map(Money::from_fen).map_err(|_| BatchError::Overflow)
}
