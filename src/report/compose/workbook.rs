use jiff::civil::Date;

use super::tiers::card_report;
use crate::diagnostic::lang::Message;
use crate::pricing::OrderQuote;
use crate::rates::RateCard;
use crate::report::{Basis, Block, Workbook};

/// Orders that are each placed once, on no stated day.
pub(super) fn basis_of(card: &RateCard, orders: Vec<OrderQuote>) -> Basis {
    let rules = card_report(card).workbook;
    Basis { name: None, card: card.clone(), rules, orders, placements: Vec::new() }
}

/// A workbook of all blocks but the grids that say nothing more than the basis.
pub(super) fn workbook(title: Message, date: Option<Date>, blocks: &[Block], basis: Vec<Basis>) -> Workbook {
    let repeats = |block: &&Block| matches!(block, Block::Grid(grid) if grid.repeats_basis);
    let blocks = blocks.iter().filter(|block| !repeats(block)).cloned().collect();
    Workbook::new(title, date, blocks, basis)
}
