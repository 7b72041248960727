use super::tiers::card_workbook;
use crate::pricing::OrderQuote;
use crate::rates::RateCard;
use crate::report::Basis;

/// Orders that are each placed once, on no stated day.
pub(super) fn basis_of(card: &RateCard, orders: Vec<OrderQuote>) -> Basis {
    let rules = card_workbook(card);
    Basis { name: None, card: card.clone(), rules, orders, placements: Vec::new() }
}
