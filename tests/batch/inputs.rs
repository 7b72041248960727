//! Random inputs: rows with numbers as people type them, quoted or not, in several encodings.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use wxlicense::{PerType, UnitPrice};

/// The price of accounts without a list price: of one type, so that the other has none.
pub fn negotiated() -> PerType<Option<UnitPrice>> {
    PerType { basic: None, interop: "0.8125".parse().ok() }
}

/// An input before it is written.
#[derive(Debug, Clone)]
pub struct Input {
    delimiter: char,
    line_end: &'static str,
    ends_with_line_end: bool,
    encoding: &'static str,
    mark: bool,
    rows: Vec<Vec<Field>>,
}

#[derive(Debug, Clone)]
struct Field {
    text: String,
    quoted: bool,
}

/// The columns, with two on which no price depends.
pub const COLUMNS: [&str; 14] = [
    "code",
    "basic",
    "note",
    "interop",
    "months",
    "days",
    "held_basic",
    "held_interop",
    "renewal",
    "industry",
    "certification",
    "nonprofit_proof",
    "date",
    "备注",
];

const COUNTS: [&str; 34] = [
    "0",
    "1",
    "5",
    "6",
    "150",
    "200",
    "201",
    "500",
    "501",
    "999",
    "1000",
    "1001",
    "9999",
    "10000",
    "10001",
    "12345",
    "1000000",
    "1000001",
    "4294967295",
    "4294967296",
    "007",
    " 12 ",
    "1,200",
    "１２０",
    "1 200",
    "1.5",
    "1.0",
    "-3",
    "x",
    "1.2万",
    "-",
    "",
    "150人",
    "0000000000012",
];
const TERMS: [&str; 16] =
    ["", "", "", "12", "12", "6", "1", "60", "61", "0", "7", "24", "012", "1年", "x", "4294967295"];
const DAYS: [&str; 11] = ["", "", "", "", "0", "31", "3", "100", "1860", "15天", "1861"];
const ANSWERS: [&str; 12] = ["", "", "", "0", "1", "yes", "No", "是", "否", "true", " false", "maybe"];
const INDUSTRIES: [&str; 8] =
    ["", "", "教育/初等教育", "教育-学前教育", "政府/公安", "教育/高等教育", "制造业", " 教育/初等教育 "];
const CERTIFICATIONS: [&str; 7] = ["", "verified", "certified", "none", "已认证", "Verified ", "half"];
const DATES: [&str; 8] =
    ["", "", "2022-11-18", "2023-03-31", "2023/4/1", "2022年5月16日", "2022-05-15", "2022-13-01"];
const NOTES: [&str; 7] = ["", "a", "a \"b\" c", "5\" wide", "x,y;z", "first\nsecond", "备注"];

pub fn inputs() -> impl Strategy<Value = Input> {
    let choices = prop::collection::vec(any::<Index>(), COLUMNS.len());
    let row = (choices, prop::collection::vec(any::<bool>(), COLUMNS.len()), 0..40_u8).prop_map(row);
    let form = (
        select(&[',', ';', '\t'][..]),
        select(&["\n", "\r\n"][..]),
        any::<bool>(),
        select(&["UTF-8", "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"][..]),
        any::<bool>(),
    );
    (form, prop::collection::vec(row, 0..25)).prop_map(
        |((delimiter, line_end, ends_with_line_end, encoding, mark), rows)| Input {
            delimiter,
            line_end,
            ends_with_line_end,
            encoding,
            // GB18030 has none that is in use.
            mark: mark && encoding != "GB18030",
            rows,
        },
    )
}

/// Returns a row; most have a valid term and few unusual values, so that most have a price.
fn row((choices, quoted, kind): (Vec<Index>, Vec<bool>, u8)) -> Vec<Field> {
    let is_plain = kind < 25;
    let field = |(column, (choice, quoted)): (&str, (Index, bool))| {
        let values: &[&str] = match column {
            "basic" | "interop" if is_plain => &COUNTS[1..17],
            "months" if is_plain => &TERMS[..9],
            "days" | "renewal" | "industry" | "certification" | "date" if is_plain => &["", "", ""],
            "held_basic" | "held_interop" if is_plain => &["", "0", "3", "300", "20000"],
            "nonprofit_proof" if is_plain => &["", "0", "1"],
            "basic" | "interop" | "held_basic" | "held_interop" => &COUNTS,
            "months" => &TERMS,
            "days" => &DAYS,
            "renewal" | "nonprofit_proof" => &ANSWERS,
            "industry" => &INDUSTRIES,
            "certification" => &CERTIFICATIONS,
            "date" => &DATES,
            _ if is_plain => &["", "a", "b c"],
            _ => &NOTES,
        };
        Field { text: (*choice.get(values)).to_owned(), quoted: quoted && !is_plain }
    };
    let mut fields: Vec<Field> =
        COLUMNS.into_iter().zip(choices.into_iter().zip(quoted)).map(field).collect();
    match kind {
        38 => drop(fields.pop()),
        39 => fields.push(Field { text: "surplus".to_owned(), quoted: false }),
        _ => {}
    }
    fields
}

impl Input {
    /// Returns the input as text.
    pub fn text(&self) -> String {
        let delimiter = self.delimiter.to_string();
        let mut lines = vec![COLUMNS.join(&delimiter)];
        for row in &self.rows {
            let fields: Vec<String> = row.iter().map(|field| self.field(field)).collect();
            lines.push(fields.join(&delimiter));
        }
        let mut text = lines.join(self.line_end);
        if self.ends_with_line_end {
            text.push_str(self.line_end);
        }
        text
    }

    /// Returns the input as bytes of its encoding.
    pub fn encoded(&self) -> Vec<u8> {
        let text = if self.mark { format!("\u{feff}{}", self.text()) } else { self.text() };
        match self.encoding {
            "GB18030" => encoding_rs::GB18030.encode(&text).0.into_owned(),
            "UTF-16LE" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "UTF-16BE" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => text.into_bytes(),
        }
    }

    fn field(&self, Field { text, quoted }: &Field) -> String {
        let must = text.contains(['\n', self.delimiter]) || text.starts_with('"');
        if *quoted || must { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
    }
}
