//! The engine: an order in, an itemised quote out, in integers. Errors and notes are data, without words.
//!
//! Two floors. [`PriceTable`] is a rate card compiled for speed: it prices one [`Purchase`] by look-ups. On
//! top of it, [`quote_orders`] prices whole [`Order`]s: charged or not, waived or not, split over a group,
//! with the notes that say what the figures rest on. Read [`PriceTable::price`] first.

#[cfg(test)]
pub(crate) mod fixture;
mod hint;
mod itemise;
mod note;
mod notes;
mod order;
mod purchase;
mod quote;
mod quoter;
mod table;

pub use itemise::{Itemised, Line};
pub use note::{Note, NoteCode, NoteKind};
pub use order::{Member, Order, OrderStatus, Party};
pub use purchase::{Purchase, PurchaseError, PurchaseKind};
pub use quote::{MemberQuote, OrderError, OrderQuote, Quote, QuoteError, Totals};
pub use quoter::{Quoter, quote_orders};
pub use table::{Price, PriceTable};
