//! Documents of the licence API: the bytes of a file go in, typed documents and the problems of the file come out.
//!
//! A file is one JSON object, an array of them, or one a line, with whatever a provider's own export puts around
//! them; a document is told by its keys. What is valid is read, also where something beside it is not. [`read`] is
//! to be read first: `text` makes values of the bytes, `walk` finds the documents in them, `kinds` tells which they
//! are, `orders` and `accounts` read them. [`missing_pages`] looks at the documents of several files together.

mod accounts;
mod failures;
mod json;
mod kinds;
mod model;
mod orders;
mod pages;
mod problems;
mod text;
mod values;
mod walk;

pub use model::{
    AccountPage, ActivatedAccount, AppLicense, BilledDuration, BilledOrder, CodeInfo, CodeList, CodeState,
    Content, Document, ListedOrder, OrderAccount, OrderAccounts, OrderList, OrderState, OrderType, Page,
    Position, Query, UnionOrder, UnionPart, UnreadableOrder,
};
pub use pages::{missing_pages, order_in_file_name};
pub use text::too_large;

use problems::Problems;
use walk::Walk;

use crate::diagnostic::Diagnostic;

/// Size of the largest file that is read, in bytes: more than a million accounts.
pub const MAX_BYTES: usize = 128 * 1024 * 1024;

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The documents, in their order.
    pub documents: Vec<Document>,
    /// The problems. They have their position among their arguments (`file`, `line`, `pointer`) and no excerpt.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the documents of a file. `name` is how messages call it.
///
/// ```
/// use wxlicense::wecom::documents::{self, Content};
///
/// let bytes = br#"{"errcode":0,"order":{"order_id":"O1","order_type":1,"order_status":1,"price":60500}}"#;
/// let reading = documents::read("order.json", bytes);
/// let Content::Order(order) = &reading.documents[0].content else { unreachable!() };
/// assert_eq!(order.price.to_string(), "605.00");
/// ```
pub fn read(name: &str, bytes: &[u8]) -> Reading {
    let text = match text::decode(name, bytes) {
        Ok(text) => text,
        Err(problem) => return Reading { documents: Vec::new(), diagnostics: vec![problem] },
    };
    let problems = Problems::new(name.into(), text);
    let roots = text::roots(&problems);
    let documents = Walk::documents(&problems, &roots);
    Reading { documents, diagnostics: problems.into_diagnostics() }
}
