//! What the columns of an input hold. The row of the headings goes in; read [`Layout::of`] first.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use strum::{IntoStaticStr, VariantArray};

use super::{Counted, Headings};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::lang::Message;
use crate::import::headers::{Key as Known, plain, recognised};
use crate::import::sheet::unreadable;
use crate::import::workbook::is_workbook;

/// What a column can hold on which a price depends, or which a price is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Key {
    /// Code of the customer.
    Code,
    /// Basic accounts to buy.
    Basic,
    /// Interop accounts to buy.
    Interop,
    /// Months of the term.
    Months,
    /// Days of the term beyond the months.
    Days,
    /// Term with its unit, in place of months and days.
    Term,
    /// Basic accounts already active that outlast the term.
    HeldBasic,
    /// Interop accounts already active that outlast the term.
    HeldInterop,
    /// Whether it is a renewal.
    Renewal,
    /// Primary and secondary industry.
    Industry,
    /// How far WeCom has checked the customer.
    Certification,
    /// Whether WeCom has accepted the proof of a non-profit.
    NonprofitProof,
    /// Pricing date.
    Date,
}

impl Key {
    /// Returns the heading that the documentation names.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The columns of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// Sign between two fields.
    pub(super) delimiter: u8,
    /// What each column holds; `None` if it is copied.
    pub(super) columns: Vec<Option<Key>>,
    /// The headings as they are, for problems.
    pub(super) names: Vec<String>,
    /// The same for rows that are read by the plain way.
    pub(super) steps: Vec<Step>,
}

/// How a field of a plain row is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It is copied with its row.
    Copy,
    /// Digits, into this slot.
    Number(usize),
    /// A text, into this slot.
    Text(usize),
    /// Empty, or its row is not plain.
    Empty,
}

/// Slots of the numbers of a plain row.
pub(super) mod number {
    pub(in super::super) const BASIC: usize = 0;
    pub(in super::super) const INTEROP: usize = 1;
    pub(in super::super) const HELD_BASIC: usize = 2;
    pub(in super::super) const HELD_INTEROP: usize = 3;
    pub(in super::super) const MONTHS: usize = 4;
    pub(in super::super) const DAYS: usize = 5;
    pub(in super::super) const ALL: usize = 6;
}

/// Slots of the texts of a row.
pub(super) mod text {
    pub(in super::super) const RENEWAL: usize = 0;
    pub(in super::super) const INDUSTRY: usize = 1;
    pub(in super::super) const CERTIFICATION: usize = 2;
    pub(in super::super) const PROOF: usize = 3;
    pub(in super::super) const DATE: usize = 4;
    pub(in super::super) const ALL: usize = 5;
}

impl Step {
    fn of(key: Option<Key>) -> Step {
        match key {
            None | Some(Key::Code) => Step::Copy,
            Some(Key::Basic) => Step::Number(number::BASIC),
            Some(Key::Interop) => Step::Number(number::INTEROP),
            Some(Key::HeldBasic) => Step::Number(number::HELD_BASIC),
            Some(Key::HeldInterop) => Step::Number(number::HELD_INTEROP),
            Some(Key::Months) => Step::Number(number::MONTHS),
            Some(Key::Days) => Step::Number(number::DAYS),
            Some(Key::Renewal) => Step::Text(text::RENEWAL),
            Some(Key::Industry) => Step::Text(text::INDUSTRY),
            Some(Key::Certification) => Step::Text(text::CERTIFICATION),
            Some(Key::NonprofitProof) => Step::Text(text::PROOF),
            Some(Key::Date) => Step::Text(text::DATE),
            Some(Key::Term) => Step::Empty,
        }
    }
}

/// Signs that may stand between two fields; of equally likely ones the first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Largest number of columns.
const MOST_COLUMNS: usize = 1000;

impl Layout {
    /// Finds out what the columns hold.
    ///
    /// # Errors
    /// Two columns hold the same, none holds accounts, or the row is none of headings.
    pub(super) fn of(name: &str, row: &[u8], line: u64) -> Result<Layout, Diagnostic> {
        if is_workbook(row) {
            return Err(unreadable(name, Message::new("batch-workbook"), "import-fix-save-as-csv"));
        }
        let known = |delimiter: &u8| {
            let names = fields(row, *delimiter);
            (names.iter().filter(|name| key_of(name).is_some()).count(), names.len())
        };
        let mut delimiter = DELIMITERS[0];
        for other in DELIMITERS {
            if known(&other) > known(&delimiter) {
                delimiter = other;
            }
        }
        Layout::of_names(name, fields(row, delimiter), delimiter, Some(line))
    }

    /// Finds out what columns of these names hold; those of CSV stand on a line.
    ///
    /// # Errors
    /// As [`Layout::of`].
    pub(super) fn of_names(
        name: &str,
        names: Vec<String>,
        delimiter: u8,
        line: Option<u64>,
    ) -> Result<Layout, Diagnostic> {
        let line = line.map_or("none".to_owned(), |line| line.to_string());
        let problem = |reason: Message, fix| unreadable(name, reason.with("line", line.clone()), fix);
        if names.len() > MOST_COLUMNS {
            let reason = Message::new("batch-too-many-columns").with("most", MOST_COLUMNS);
            return Err(problem(reason, "batch-fix-headings"));
        }
        let columns: Vec<Option<Key>> = names.iter().map(|name| key_of(name)).collect();
        let steps = columns.iter().map(|key| Step::of(*key)).collect();
        let layout = Layout { delimiter, columns, names, steps };
        for key in Key::VARIANTS {
            if let [first, second, ..] = layout.all_of(*key)[..] {
                let reason = Message::new("batch-column-twice")
                    .with("key", key.as_str())
                    .with("first", first)
                    .with("second", second);
                return Err(problem(reason, "batch-fix-column-twice"));
            }
        }
        if layout.has(Key::Term) && (layout.has(Key::Months) || layout.has(Key::Days)) {
            return Err(problem(Message::new("batch-terms"), "batch-fix-column-twice"));
        }
        if !layout.has(Key::Basic) && !layout.has(Key::Interop) {
            return Err(problem(Message::new("batch-no-accounts"), "batch-fix-headings"));
        }
        Ok(layout)
    }

    /// Returns true if a column holds this.
    pub(super) fn has(&self, key: Key) -> bool {
        self.columns.contains(&Some(key))
    }

    /// Returns the heading of a column; empty if there is none.
    pub(super) fn heading_of(&self, key: Key) -> &str {
        let mut columns = self.names.iter().zip(&self.columns);
        columns.find(|(_, column)| **column == Some(key)).map_or("", |(name, _)| name.as_str())
    }

    /// Returns the headings for the observer.
    pub(super) fn headings(&self, row: &[u8]) -> Headings {
        let columns = self.names.iter().zip(&self.columns);
        let copied = columns.filter(|(name, key)| key.is_none() && !name.trim().is_empty());
        let copied = copied.map(|(name, _)| name.clone()).collect();
        Headings { row: row.to_vec(), delimiter: self.delimiter, copied, counted: Counted::Lines }
    }

    /// Returns a reader of the fields of a row.
    pub(super) fn reader(&self) -> Reader {
        ReaderBuilder::new().delimiter(self.delimiter).build()
    }

    fn all_of(&self, key: Key) -> Vec<&str> {
        let columns = self.names.iter().zip(&self.columns);
        columns.filter(|(_, column)| **column == Some(key)).map(|(name, _)| name.as_str()).collect()
    }
}

/// Returns the fields of a row.
fn fields(row: &[u8], delimiter: u8) -> Vec<String> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let mut buffer = vec![0; row.len() + 1];
    let (mut names, mut at, mut written) = (Vec::new(), 0, 0);
    loop {
        let input = row.get(at..).unwrap_or_default();
        let (result, read, wrote) = reader.read_field(input, buffer.get_mut(written..).unwrap_or_default());
        at += read;
        written += wrote;
        match result {
            ReadFieldResult::InputEmpty => {}
            ReadFieldResult::OutputFull | ReadFieldResult::End => return names,
            ReadFieldResult::Field { record_end } => {
                let text = String::from_utf8_lossy(buffer.get(..written).unwrap_or_default());
                names.push(text.trim().to_owned());
                written = 0;
                if record_end {
                    return names;
                }
            }
        }
    }
}

/// Returns what a column of this heading holds: the headings of [`Key`], of a spreadsheet of customers, and a few more.
fn key_of(heading: &str) -> Option<Key> {
    let text = plain(heading);
    let own = Key::VARIANTS.iter().find(|key| key.as_str().replace('_', "") == text);
    let own = own.copied().or(match text.as_str() {
        "月数" | "月" | "month" => Some(Key::Months),
        "天数" | "天" | "日数" | "day" => Some(Key::Days),
        "续期" | "是否续期" | "renew" => Some(Key::Renewal),
        "日期" | "计价日期" | "定价日期" | "pricingdate" => Some(Key::Date),
        _ => None,
    });
    own.or_else(|| match recognised(heading)? {
        Known::Code => Some(Key::Code),
        Known::Basic => Some(Key::Basic),
        Known::Interop => Some(Key::Interop),
        Known::Term => Some(Key::Term),
        Known::HeldBasic => Some(Key::HeldBasic),
        Known::HeldInterop => Some(Key::HeldInterop),
        Known::Industry => Some(Key::Industry),
        Known::Certification => Some(Key::Certification),
        Known::NonprofitProof => Some(Key::NonprofitProof),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(row: &str) -> Result<Layout, Diagnostic> {
        Layout::of("rows.csv", row.as_bytes(), 1)
    }

    #[test]
    fn headings_of_the_documentation_and_of_spreadsheets_are_known() {
        let all: Vec<&str> =
            Key::VARIANTS.iter().filter(|key| **key != Key::Term).map(|key| key.as_str()).collect();
        let found = layout(&all.join(",")).unwrap().columns;
        assert_eq!(found.iter().flatten().map(|key| key.as_str()).collect::<Vec<_>>(), all);
        let found = layout("编码;基础账号数量;互通账号;月数;备注;Held-Basic").unwrap();
        assert_eq!(found.delimiter, b';');
        let keys = [Key::Code, Key::Basic, Key::Interop, Key::Months, Key::HeldBasic];
        assert_eq!(found.columns.iter().flatten().copied().collect::<Vec<_>>(), keys);
        assert_eq!(layout("\"basic\"\t\"interop\"").unwrap().delimiter, b'\t');
        assert_eq!(layout("basic,时长（月）").unwrap().columns[1], Some(Key::Term));
    }

    #[test]
    fn a_row_without_accounts_or_with_a_column_twice_is_refused() {
        for wrong in
            ["code,name", "basic,months,基础账号", "basic,term,months", "1,2,3", "PK\u{3}\u{4}basic,interop"]
        {
            assert!(layout(wrong).is_err(), "{wrong}");
        }
        assert!(layout("basic,remark,remark").is_ok());
    }
}
