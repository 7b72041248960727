//! Writes the schools of a sheet as a new plan. Read [`new_plan`] first.

use jiff::civil::Date;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::entries::Entry;
use crate::diagnostic::lang::Lang;
use crate::plan;
use crate::plan::write::datetime;

/// What a new plan says besides its schools.
pub struct NewPlan<'p> {
    /// Text at its top, without the signs of a comment.
    pub heading: &'p str,
    /// Language of the comments behind the keys.
    pub lang: Lang,
    /// The pricing date, Beijing time; `None` for an undated plan.
    pub date: Option<Date>,
}

/// Column of a comment behind a key.
const COMMENT_COLUMN: usize = 36;

/// Returns the text of a plan of these schools. A key has its description where it comes first.
pub(super) fn new_plan(schools: &[&[Entry]], about: &NewPlan<'_>) -> String {
    let mut document = DocumentMut::new();
    let mut described = Vec::new();
    let comment: String =
        about.heading.lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect();
    if let Some(date) = about.date {
        document.insert("date", value(datetime(date)));
        let mut key = document.as_table_mut().key_mut("date");
        if let Some(key) = key.as_mut() {
            key.leaf_decor_mut().set_prefix(format!("{comment}\n"));
        }
    }
    let mut tables = ArrayOfTables::new();
    for (index, entries) in schools.iter().enumerate() {
        let mut table = school_table(entries);
        for entry in entries.iter().filter(|entry| !described.contains(&entry.key)) {
            describe(&mut table, entry.key, about.lang);
        }
        described.extend(entries.iter().map(|entry| entry.key));
        described.sort_unstable();
        described.dedup();
        let first = index == 0 && about.date.is_none();
        table.decor_mut().set_prefix(if first { format!("{comment}\n") } else { "\n".to_owned() });
        tables.push(table);
    }
    document.insert("school", Item::ArrayOfTables(tables));
    document.to_string()
}

/// Returns the table of a school.
pub(super) fn school_table(entries: &[Entry]) -> Table {
    let mut table = Table::new();
    for entry in entries {
        table.insert(entry.key, value(entry.value.clone()));
    }
    table
}

/// Puts the description of a key behind its value.
fn describe(table: &mut Table, key: &str, lang: Lang) {
    let school = plan::KEYS.keys.iter().find(|key| key.name == "school").and_then(|key| key.shape.table());
    let Some(declared) = school.and_then(|school| school.keys.iter().find(|other| other.name == key)) else {
        return;
    };
    let Some(value) = table.get_mut(key).and_then(Item::as_value_mut) else { return };
    let width = columns(key) + " = ".len() + columns(value.to_string().trim());
    let gap = COMMENT_COLUMN.saturating_sub(width).max(2);
    value.decor_mut().set_suffix(format!("{:gap$}# {}", "", declared.about(lang)));
}

/// Returns the columns that a text takes in an editor, where Chinese characters take two.
fn columns(text: &str) -> usize {
    text.chars().map(|sign| if sign >= '\u{1100}' { 2 } else { 1 }).sum()
}
