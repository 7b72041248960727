//! The keys of a school in a plan, with their values, as its row states them. Read [`entries`] first.

use std::ops::Range;

use toml_edit::{Array, InlineTable, Value as TomlValue};

use super::headers::Key;
use super::rows::SchoolRow;
use super::values::Value;
use crate::account::AccountType;
use crate::document::At;
use crate::plan::write::{datetime, term_table};
use crate::pricing::OrderStatus;

/// A key of a plan with its value, and the span of the cell that states it.
pub(super) struct Entry {
    pub(super) key: &'static str,
    pub(super) value: TomlValue,
    pub(super) span: Range<usize>,
}

/// Returns the entries of a school, in the order in which a plan is best written. What a plan supposes where
/// it says nothing is left out.
pub(super) fn entries(school: &SchoolRow) -> Vec<Entry> {
    let mut entries: Vec<Entry> = school.values.iter().filter_map(|(key, at)| entry(*key, at)).collect();
    entries.extend(held(school));
    entries
}

fn entry(key: Key, at: &At<Value>) -> Option<Entry> {
    let (key, value): (_, TomlValue) = match (key, &at.value) {
        (Key::Code, Value::Text(text)) => ("code", text.into()),
        (Key::Name, Value::Text(text)) => ("name", text.into()),
        (Key::CorpId, Value::Text(text)) => ("corp-id", text.into()),
        (Key::Industry, Value::Text(text)) => ("industry", text.into()),
        (Key::Upstream, Value::Text(text)) => ("upstream", text.into()),
        (Key::Certification, Value::Certification(state)) => ("certification", state.as_str().into()),
        (Key::NonprofitProof, Value::Answer(true)) => ("nonprofit-proof", true.into()),
        (Key::TestEnterprise, Value::Answer(true)) => ("test-enterprise", true.into()),
        (Key::Status, Value::Status(OrderStatus::Unconfirmed)) => {
            ("status", OrderStatus::Unconfirmed.as_str().into())
        }
        (Key::Basic, Value::Count(count)) => ("basic", i64::from(*count).into()),
        (Key::Interop, Value::Count(count)) => ("interop", i64::from(*count).into()),
        (Key::Contacts, Value::Count(count)) => ("contacts", i64::from(*count).into()),
        (Key::Term, Value::Term(term)) => ("term", term_table(*term).into()),
        _ => return None,
    };
    Some(Entry { key, value, span: at.span.clone() })
}

/// Returns the accounts that are active already.
fn held(school: &SchoolRow) -> Option<Entry> {
    let At { value: Value::Date(expires), .. } = school.values.get(&Key::Expires)? else { return None };
    let mut lots = Array::new();
    let mut span = None;
    for (key, account_type) in
        [(Key::HeldBasic, AccountType::Basic), (Key::HeldInterop, AccountType::Interop)]
    {
        let Some(At { value: Value::Count(count), span: cell }) = school.values.get(&key) else { continue };
        if *count > 0 {
            let mut lot = InlineTable::new();
            lot.insert("type", account_type.as_str().into());
            lot.insert("count", i64::from(*count).into());
            lot.insert("expires", datetime(*expires).into());
            lots.push(lot);
            span.get_or_insert(cell.clone());
        }
    }
    Some(Entry { key: "held", value: lots.into(), span: span? })
}
