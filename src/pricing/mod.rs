//! The engine: an order in, an itemised quote out, in integers. Errors and notes are data, without words.
//!
//! [`PriceTable`] (`table`, `itemise`) is a rate card compiled for speed: it prices one [`Purchase`] by look-ups; [`PriceLookup`]
//! has its prices written out, for millions of them.
//! [`quote_orders`] (`quoter`) prices whole [`Order`]s with it: charged or not, waived or not, split over a group. Its
//! result is in `quote`; `note` has the kinds of notes, `notes` decides which an order gets, `hint` what it would
//! cost otherwise. Read [`PriceTable::price`] first.

#[cfg(test)]
pub(crate) mod fixture;
mod held;
mod hint;
mod itemise;
mod itemised_order;
mod lookup;
mod note;
mod notes;
mod order;
mod parts;
mod purchase;
mod quote;
mod quoter;
mod rounded_lines;
mod steps;
mod table;
mod tally;
mod term_factor;

pub use held::Held;
pub use itemise::{Itemised, Line};
pub use itemised_order::ItemisedOrder;
pub use lookup::{PriceLookup, QuickPrice, QuickTally};
pub use note::{Note, NoteCode, NoteKind, TransferFigures};
pub use order::{Member, Order, OrderStatus, Party};
pub use purchase::{Purchase, PurchaseError, PurchaseKind};
pub use quote::{MemberQuote, OrderError, OrderQuote, Quote, QuoteError, Totals};
pub use quoter::{Quoter, quote_orders};
pub use rounded_lines::RoundedLines;
pub use table::{Price, PriceTable};
pub use tally::{TierTally, TierTotal};
pub use term_factor::TermFactor;
