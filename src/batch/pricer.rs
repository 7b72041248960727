//! The price of a row: its card, its waiver, its amounts. Read [`Pricer::price`] first.

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use super::BatchOptions;
use super::layout::{Key, Layout};
use super::quick_card::QuickCard;
use super::rows::{CustomerTexts, Values};
use super::values;
use crate::account::Counts;
use crate::customer::{Customer, Industry, WaiverKind};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::pricing::{Held, Price, PriceTable, Purchase, PurchaseKind};
use crate::rates::{RateCard, RateCards};
use crate::rules::{WaiverFinding, look_up_waiver};

/// The rate cards of a batch.
#[derive(Debug, Clone, Copy)]
pub enum Cards<'c> {
    /// One for all rows.
    One(&'c RateCard),
    /// The one in force on the day of each row.
    InForce(&'c RateCards),
}

/// The cards of a batch, compiled.
pub(super) struct Pricer<'o> {
    cards: Vec<(&'o RateCard, PriceTable)>,
    /// By card, once they are used.
    quick_cards: OnceLock<Vec<Option<QuickCard>>>,
    options: &'o BatchOptions<'o>,
    headings: [String; 4],
}

/// What does not depend on the accounts: the card, by its index, and the waiver that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) card: usize,
    pub(super) waiver: Option<WaiverKind>,
    pub(super) is_undated: bool,
}

/// The price of a row with what it was priced by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Priced {
    pub(super) purchase: Purchase,
    pub(super) terms: Terms,
    pub(super) price: Price,
}

/// What customers that came before were found to be, by what their rows say. Few are unlike all others.
#[derive(Default)]
pub(super) struct Memo {
    /// Of rows that say nothing of the customer and the day.
    usual: Option<Terms>,
    known: HashMap<Vec<u8>, Result<Terms, Message>>,
    key: Vec<u8>,
}

/// Number of customers in a memo before it is emptied.
const MOST_KNOWN: usize = 4096;

impl<'o> Pricer<'o> {
    /// Compiles the cards.
    ///
    /// # Errors
    /// The prices of a card are beyond the range of money.
    pub(super) fn new(options: &'o BatchOptions<'o>, layout: &Layout) -> Result<Pricer<'o>, Diagnostic> {
        let cards = match options.cards {
            Cards::One(card) => vec![card],
            Cards::InForce(cards) => cards.all().iter().map(AsRef::as_ref).collect(),
        };
        let compiled =
            cards.into_iter().map(|card| Ok((card, PriceTable::new(card).map_err(Diagnostic::from)?)));
        let headings = [Key::Industry, Key::Certification, Key::NonprofitProof, Key::Date];
        let headings = headings.map(|key| layout.heading_of(key).to_owned());
        let cards = compiled.collect::<Result<_, Diagnostic>>()?;
        Ok(Pricer { cards, quick_cards: OnceLock::new(), options, headings })
    }

    /// Returns the cards with their tables.
    pub(super) fn cards(&self) -> &[(&'o RateCard, PriceTable)] {
        &self.cards
    }

    /// Returns the written-out prices of each card that can have them, for an output of a delimiter.
    pub(super) fn quick_cards(&self, delimiter: u8) -> &[Option<QuickCard>] {
        let new = || self.cards.iter().map(|(_, table)| QuickCard::new(table, delimiter)).collect();
        self.quick_cards.get_or_init(new)
    }

    /// Returns how many accounts come before those of a row in the tiers.
    pub(super) fn start(&self, values: &Values<'_>, card: usize) -> Counts {
        self.cards.get(card).map_or(Counts::ZERO, |(_, table)| table.start(&self.purchase(values)))
    }

    /// Returns the card and the waiver of a customer; `None` if there is no card.
    #[inline]
    pub(super) fn known_terms(&self, texts: &CustomerTexts<'_>, memo: &mut Memo) -> Option<Terms> {
        match memo.usual {
            Some(terms) if texts.is_empty() => Some(terms),
            _ => self.terms(texts, memo).ok(),
        }
    }

    /// Prices a row.
    ///
    /// # Errors
    /// The reason why it has no price.
    #[inline]
    pub(super) fn price(&self, values: &Values<'_>, memo: &mut Memo) -> Result<Priced, Message> {
        let terms = match memo.usual.filter(|_| values.customer.is_empty()) {
            Some(terms) => terms,
            None => self.terms(&values.customer, memo)?,
        };
        let purchase = self.purchase(values);
        let no_card = || self.no_card(self.options.date);
        let (_, table) = self.cards.get(terms.card).ok_or_else(no_card)?;
        let price = table.price(&purchase).map_err(|error| Diagnostic::from(error).message())?;
        Ok(Priced { purchase, terms, price })
    }

    fn purchase(&self, values: &Values<'_>) -> Purchase {
        Purchase {
            counts: values.counts,
            term: values.term,
            kind: if values.renewal { PurchaseKind::Renewal } else { PurchaseKind::New },
            held: Held::longer(values.held),
            negotiated: self.options.negotiated,
        }
    }

    /// Returns the card and the waiver of a customer.
    fn terms(&self, texts: &CustomerTexts<'_>, memo: &mut Memo) -> Result<Terms, Message> {
        memo.key.clear();
        for text in [texts.industry, texts.certification, texts.nonprofit_proof, texts.date] {
            memo.key.extend_from_slice(text);
            // No text has a zero byte.
            memo.key.push(0);
        }
        if let Some(known) = memo.known.get(memo.key.as_slice()) {
            return known.clone();
        }
        let found = self.find_terms(texts);
        if memo.known.len() >= MOST_KNOWN {
            memo.known.clear();
        }
        if texts.is_empty() {
            memo.usual = found.as_ref().ok().copied();
        }
        memo.known.insert(memo.key.clone(), found.clone());
        found
    }

    fn find_terms(&self, texts: &CustomerTexts<'_>) -> Result<Terms, Message> {
        let [industry, certification, proof, date] = &self.headings;
        let text = |bytes| std::str::from_utf8(bytes).unwrap_or("\u{fffd}");
        let stated = values::industry(industry, text(texts.industry))?;
        let parsed = stated.map(|industry| industry.parse::<Industry>()).transpose();
        let customer = Customer {
            industry: parsed.map_err(|_| Message::new("import-not-an-industry"))?,
            certification: values::certification(certification, text(texts.certification))?,
            nonprofit_proof: values::answer(proof, text(texts.nonprofit_proof))?,
        };
        let date = values::day(date, text(texts.date))?.or(self.options.date);
        let index = self.card_on(date).ok_or_else(|| self.no_card(date))?;
        let (card, _) = self.cards.get(index).ok_or_else(|| self.no_card(date))?;
        let found = look_up_waiver(card, &customer, date).filter(WaiverFinding::applied);
        Ok(Terms { card: index, waiver: found.map(|found| found.kind), is_undated: date.is_none() })
    }

    fn card_on(&self, date: Option<Date>) -> Option<usize> {
        match self.options.cards {
            Cards::InForce(cards) => {
                let card = cards.in_force(date)?;
                self.cards.iter().position(|(other, _)| other.id == card.id)
            }
            Cards::One(_) => Some(0),
        }
    }

    fn no_card(&self, date: Option<Date>) -> Message {
        let mut problem = Diagnostic::new(Code::NoRateCardInForce);
        if let (Some(date), Some((first, _))) = (date, self.cards.first()) {
            problem =
                problem.with("date", date).with("id", first.id.as_str()).with("from", first.in_force_from);
        }
        problem.message()
    }
}
