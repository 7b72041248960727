//! Computes what WeCom (企业微信) interface-call licences cost, why, and when to buy them: the library behind the
//! `wxlicense` program.
//!
//! 1. A [rate card](rates::RateCard) holds the prices and the rules, each with the facts that it rests on.
//! 2. The card is compiled into a [`PriceTable`](pricing::PriceTable), which prices one
//!    [`Purchase`](pricing::Purchase) in nanoseconds, or [line by line](pricing::PriceTable::itemise).
//! 3. [`quote_orders`](pricing::quote_orders) prices whole orders: charged or not, waived or not, split over
//!    a group, with [notes](pricing::Note) on the facts that each figure rests on.
//! 4. A [plan file](plan) becomes such orders, or all its problems at once as [diagnostics](diagnostic).
//! 5. A [report] turns a result into a table, JSON, Markdown, CSV, a workbook, a page or a calendar file, in
//!    Chinese or English.
//!
//! Errors become diagnostics by `From`. The features `reports` and `xlsx` add the reports and the workbook,
//! `cli` the program; without them the library is small, and a diagnostic is data with a code and a span.
//!
//! All of it is pure: nothing is printed, no clock and no file is read, and money never meets a float.
//!
//! ```
//! use wxlicense::{Counts, pricing::{PriceTable, Purchase}, rates::RateCards};
//!
//! let cards = RateCards::embedded().unwrap();
//! let table = PriceTable::new(cards.in_force(None).unwrap())?;
//! let price = table.price(&Purchase::of(Counts { basic: 150, interop: 0 }))?;
//! assert_eq!(price.list_price.to_string(), "605.00");
//! # Ok::<(), wxlicense::pricing::PurchaseError>(())
//! ```

pub mod account;
pub mod analysis;
mod assumption;
#[cfg(feature = "batch")]
pub mod batch;
pub mod count;
pub mod customer;
pub mod diagnostic;
pub mod document;
pub mod formula;
#[cfg(feature = "import")]
pub mod import;
pub mod money;
pub mod plan;
pub mod planning;
pub mod pricing;
mod problems;
pub mod rates;
#[cfg(feature = "reports")]
pub mod report;
pub mod rules;

#[cfg(feature = "reports")]
pub mod schema;
#[cfg(feature = "wecom")]
pub mod wecom;

pub use account::{AccountType, Counts, PerType, Term};
pub use assumption::{Assumption, AssumptionCode, ComparedSide};
pub use money::{Amount, Money, UnitPrice};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../README.zh-CN.md")]
struct ReadmeExamples;
