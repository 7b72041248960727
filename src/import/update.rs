//! Brings the counts of a sheet into a plan that exists, by the codes of its schools. Comments, order and
//! everything else of the plan stay. Read [`update`] first.

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, InlineTable, Item, TableLike, value};

use super::entries::{Entry, entries};
use super::headers::Key;
use super::rows::SchoolRow;
use super::values::Value;
use super::write::school_table;
use crate::account::AccountType;
use crate::plan::{Plan, School};

/// What came into a plan, and what did not.
#[derive(Debug, Default)]
pub struct Changes {
    /// Counts that changed, in the order of the sheet.
    pub counts: Vec<CountChange>,
    /// Schools that the plan did not have.
    pub added: Vec<SchoolName>,
    /// Schools of the plan that the sheet does not have.
    pub absent: Vec<SchoolName>,
    /// What the sheet states otherwise than the plan, apart from counts. The plan keeps its own.
    pub kept: Vec<Kept>,
    /// Schools with a changed count that have headcounts, which replace it from their first day on.
    pub with_headcounts: Vec<SchoolName>,
}

impl Changes {
    /// Returns true if the plan stays as it is.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty() && self.added.is_empty()
    }
}

/// Code and name of a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolName {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// A count that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountChange {
    /// The school.
    pub school: SchoolName,
    /// Key of the plan.
    pub key: &'static str,
    /// The count that the plan had.
    pub old: u32,
    /// The count of the sheet.
    pub new: u32,
}

/// A value that the plan keeps, although the sheet states another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The school.
    pub school: SchoolName,
    /// Key of the plan.
    pub key: &'static str,
    /// Value in the plan; empty if it has none.
    pub plan: String,
    /// Value in the sheet.
    pub sheet: String,
}

/// A school of the plan with what it has of the sheet.
pub(super) struct Taken<'s> {
    /// Index in the plan.
    pub(super) index: usize,
    pub(super) school: &'s SchoolRow,
    pub(super) entries: Vec<Entry>,
    pub(super) is_new: bool,
}

/// Brings schools into a plan and its text, which is parsed already.
pub(super) fn update<'s>(
    document: &mut DocumentMut,
    plan: &Plan,
    schools: &'s [SchoolRow],
) -> (Changes, Vec<Taken<'s>>) {
    let mut changes = Changes::default();
    let mut taken: Vec<Taken<'s>> = Vec::new();
    let mut indices: BTreeMap<&str, usize> =
        plan.schools.iter().enumerate().map(|(index, school)| (school.code.as_str(), index)).collect();
    let mut seen = vec![false; plan.schools.len()];
    let mut count = plan.schools.len();
    for row in schools {
        let Some(code) = row.text(Key::Code) else { continue };
        let mut entries = entries(row);
        let index = match indices.get(code) {
            // A code that the sheet has twice is reported elsewhere.
            Some(&index) if index >= plan.schools.len() => continue,
            Some(&index) => {
                seen[index] = true;
                let school = &plan.schools[index];
                entries.retain(|entry| plan_count(school, entry.key).is_some());
                take_counts(document, index, school, &entries, &mut changes);
                changes.kept.extend(kept(school, row));
                index
            }
            None => {
                add(document, &entries);
                let name = row.text(Key::Name).unwrap_or_default().to_owned();
                changes.added.push(SchoolName { code: code.to_owned(), name });
                indices.insert(code, count);
                count += 1;
                count - 1
            }
        };
        let is_new = index >= plan.schools.len();
        taken.push(Taken { index, school: row, entries, is_new });
    }
    let absent = plan.schools.iter().zip(&seen).filter(|(_, seen)| !**seen);
    changes.absent.extend(absent.map(|(school, _)| name_of(school)));
    (changes, taken)
}

/// Returns the count that a school of the plan has under a key, zero if it states none; `None` for a key that
/// counts nobody.
fn plan_count(school: &School, key: &str) -> Option<u32> {
    if key == "contacts" {
        return Some(school.contacts.unwrap_or(0));
    }
    let account_type = AccountType::ALL.into_iter().find(|account_type| account_type.as_str() == key)?;
    Some(*school.counts.get(account_type))
}

fn name_of(school: &School) -> SchoolName {
    SchoolName { code: school.code.clone(), name: school.name.clone() }
}

fn take_counts(
    document: &mut DocumentMut,
    index: usize,
    school: &School,
    entries: &[Entry],
    changes: &mut Changes,
) {
    let mut has_changed = false;
    for entry in entries {
        let (Some(old), Some(new)) = (plan_count(school, entry.key), entry.value.as_integer()) else {
            continue;
        };
        let new = u32::try_from(new).unwrap_or(u32::MAX);
        if old == new {
            continue;
        }
        if let Some(table) = school_at(document, index) {
            set(table, entry);
        }
        has_changed |= entry.key != "contacts";
        changes.counts.push(CountChange { school: name_of(school), key: entry.key, old, new });
    }
    if has_changed && !school.headcounts.is_empty() {
        changes.with_headcounts.push(name_of(school));
    }
}

/// Returns the table of a school, written with a header or inline.
fn school_at(document: &mut DocumentMut, index: usize) -> Option<&mut dyn TableLike> {
    match document.get_mut("school")? {
        Item::ArrayOfTables(tables) => tables.get_mut(index).map(|table| table as &mut dyn TableLike),
        Item::Value(toml_edit::Value::Array(array)) => {
            let table = array.get_mut(index)?.as_inline_table_mut()?;
            Some(table as &mut dyn TableLike)
        }
        _ => None,
    }
}

/// Sets a value and keeps the comment behind it, in its column if there is room.
fn set(table: &mut dyn TableLike, entry: &Entry) {
    let Some(old) = table.get_mut(entry.key).and_then(Item::as_value_mut) else {
        table.insert(entry.key, value(entry.value.clone()));
        return;
    };
    let length = |value: &toml_edit::Value| value.clone().decorated("", "").to_string().len();
    let mut decor = old.decor().clone();
    let suffix = decor.suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default().to_owned();
    let comment = suffix.trim_start_matches(' ');
    if comment.starts_with('#') {
        let column = length(old) + suffix.len() - comment.len();
        let gap = column.saturating_sub(length(&entry.value)).max(1);
        decor.set_suffix(format!("{:gap$}{comment}", ""));
    }
    *old = entry.value.clone();
    *old.decor_mut() = decor;
}

/// Adds a school after the last.
fn add(document: &mut DocumentMut, entries: &[Entry]) {
    match document.get_mut("school") {
        Some(Item::ArrayOfTables(tables)) => {
            let mut table = school_table(entries);
            table.decor_mut().set_prefix("\n");
            tables.push(table);
        }
        Some(Item::Value(toml_edit::Value::Array(array))) => {
            let table: InlineTable = entries.iter().map(|entry| (entry.key, entry.value.clone())).collect();
            array.push_formatted(toml_edit::Value::from(table).decorated("\n  ", ""));
        }
        _ => {}
    }
}

/// Returns what a row states otherwise than the plan, apart from counts.
fn kept(school: &School, row: &SchoolRow) -> Vec<Kept> {
    let differs = |(key, at): (&Key, &crate::document::At<Value>)| {
        let (key, plan) = plan_value(school, *key)?;
        let sheet = &at.value;
        (plan.as_ref() != Some(sheet)).then(|| Kept {
            school: name_of(school),
            key,
            plan: plan.map(|value| value.to_string()).unwrap_or_default(),
            sheet: sheet.to_string(),
        })
    };
    row.values.iter().filter_map(differs).collect()
}

/// Returns the key of the plan with its value, for what is not a count of users.
fn plan_value(school: &School, key: Key) -> Option<(&'static str, Option<Value>)> {
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let held = |account_type| {
        let lots = school.held.iter().filter(|lot| lot.account_type == account_type);
        Some(Value::Count(lots.map(|lot| lot.count).sum()))
    };
    Some(match key {
        Key::Name => ("name", text(&school.name)),
        Key::CorpId => ("corp-id", school.corp_id.as_deref().and_then(text)),
        Key::Industry => {
            let industry = school.customer.industry.as_ref();
            ("industry", industry.map(|industry| Value::Text(industry.to_string())))
        }
        Key::Certification => ("certification", Some(Value::Certification(school.customer.certification))),
        Key::NonprofitProof => ("nonprofit-proof", Some(Value::Answer(school.customer.nonprofit_proof))),
        Key::Status => ("status", Some(Value::Status(school.status))),
        Key::TestEnterprise => ("test-enterprise", Some(Value::Answer(school.test_enterprise))),
        Key::Term => ("term", Some(Value::Term(school.term))),
        Key::Upstream => ("upstream", school.upstream.as_deref().and_then(text)),
        Key::HeldBasic => ("held", held(AccountType::Basic)),
        Key::HeldInterop => ("held", held(AccountType::Interop)),
        Key::Code | Key::PrimaryIndustry | Key::SecondaryIndustry | Key::Basic => return None,
        Key::Interop | Key::Contacts | Key::Expires | Key::Skip => return None,
    })
}
