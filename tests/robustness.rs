//! For every input, the readers return a value or problems; they never panic. `PROPTEST_CASES=80000` searches
//! longer, with an eighth as many inputs of each kind.

use crate::targets;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::diagnostic::{Diagnostic, RenderStyle, SourceFile, render};
use wxlicense::rates::read_card;

/// Prints a failure with its smallest input; no file is written.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { failure_persistence: None, cases: usual.cases / 8, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_are_a_text_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(source) = SourceFile::from_bytes("any", bytes) {
            assert!(read_card(&Arc::new(source)).is_err());
        }
    }

    #[test]
    fn any_text_as_a_card_gives_its_problems(text in any::<String>()) {
        let problems = read_card(&Arc::new(SourceFile::new("any", text))).unwrap_err();
        prop_assert!(!problems.is_empty());
        draw(&problems);
    }

    /// Text that is almost TOML gets further into the readers than random text.
    #[test]
    fn a_damaged_plan_is_read_or_refused(text in select(&PLANS), edits in edits()) {
        targets::plan(damaged(text, &edits).as_bytes());
    }

    #[test]
    fn a_damaged_card_is_read_or_refused(edits in edits()) {
        targets::card(damaged(CARD, &edits).as_bytes());
    }

    /// Values at the limits of a plan that is valid otherwise.
    #[test]
    fn a_plan_of_odd_values_is_read_or_refused(
        date in select(&DATES), counts in (select(&NUMBERS), select(&NUMBERS)), term in (select(&NUMBERS), select(&NUMBERS)),
        price in select(&PRICES), name in select(&NAMES), expires in select(&DATES), held in select(&NUMBERS),
    ) {
        let text = format!(
            "date = {date}\n[[school]]\ncode = {name}\nname = {name}\nbasic = {}\ninterop = {}\n\
             term = {{ months = {}, days = {} }}\nnegotiated = {{ basic = {price}, interop = {price} }}\n\
             held = [{{ type = \"basic\", count = {held}, expires = {expires} }}]\n\
             [[school.purchase]]\npaid = {expires}\nbasic = {held}\nactivated = {date}\n",
            counts.0, counts.1, term.0, term.1,
        );
        targets::plan(text.as_bytes());
    }

    #[test]
    fn a_damaged_spreadsheet_is_imported_or_refused(text in select(&SPREADSHEETS), edits in edits()) {
        targets::spreadsheet(damaged(text, &edits).as_bytes());
    }

    #[test]
    fn a_damaged_workbook_is_imported_or_refused(at in any::<Index>(), bytes in prop::collection::vec(any::<u8>(), 0..4)) {
        let mut file = include_bytes!("import/libreoffice.xlsx").to_vec();
        let at = at.index(file.len());
        file.splice(at..(at + bytes.len()).min(file.len()), bytes);
        targets::spreadsheet(&file);
    }

    /// Every column with odd contents, in a sheet that can be valid.
    #[test]
    fn a_spreadsheet_of_odd_cells_is_imported_or_refused(
        rows in prop::collection::vec(prop::collection::vec(select(&CELLS), 14), 1..6), valid in 0..3usize,
    ) {
        let mut text = "学校,编码,企业ID,一级行业,二级行业,认证,公益证明,状态,基础账号,互通账号,通讯录人数,时长,上级,已有基础账号,到期日\n".to_owned();
        for (number, row) in rows.iter().enumerate() {
            let cells = row.iter().enumerate().map(|(column, cell)| match column {
                // Most cells of most rows are valid, so that plans are made.
                column if column % 3 != valid => "",
                _ => *cell,
            });
            let cells: Vec<&str> = cells.collect();
            text += &format!("school {number},{number},{}\n", cells[1..].join(","));
        }
        targets::spreadsheet(text.as_bytes());
    }

    #[test]
    fn damaged_documents_are_read_or_refused(text in select(&DOCUMENTS), edits in json_edits()) {
        targets::documents(damaged(text, &edits).as_bytes());
    }

    #[test]
    fn any_bytes_among_documents_are_read_or_refused(text in select(&DOCUMENTS), at in any::<Index>(), bytes in prop::collection::vec(any::<u8>(), 0..4)) {
        let mut file = text.as_bytes().to_vec();
        let at = at.index(file.len());
        file.splice(at..(at + bytes.len()).min(file.len()), bytes);
        targets::documents(&file);
    }

    #[test]
    fn words_say_themselves_again(text in "[-+0-9.,eE_ /\u{ff10}-\u{ff19}教育]{0,24}|\\PC{0,20}") {
        targets::words(text.as_bytes());
    }

    #[test]
    fn a_file_in_another_encoding_is_reported(text in select(&PLANS), at in any::<Index>(), bytes in prop::collection::vec(any::<u8>(), 0..4)) {
        let mut file = text.as_bytes().to_vec();
        let at = at.index(file.len());
        file.splice(at..at, bytes);
        targets::plan(&file);
    }

    #[test]
    fn every_offset_has_a_column(text in any::<String>(), offset in 0..200usize) {
        let (line, column) = SourceFile::new("any", text).line_and_column(offset);
        prop_assert!(line >= 1 && column >= 1);
    }
}

const CARD: &str = include_str!("../tiers/wecom-2022-05-16.toml");

const PLANS: [&str; 6] = [
    include_str!("schemas/plan.toml"),
    include_str!("reports/hostile.toml"),
    include_str!("../examples/campus-2022.toml"),
    include_str!("../examples/group.toml"),
    include_str!("../examples/large.toml"),
    include_str!("diagnostics/toml-syntax/plan.toml"),
];

const SPREADSHEETS: [&str; 4] = [
    include_str!("../examples/customers.csv"),
    include_str!("../examples/customers-2023.csv"),
    include_str!("diagnostics/cell-not-understood/customers.csv"),
    include_str!("diagnostics/ambiguous-upstream/customers.csv"),
];

const DOCUMENTS: [&str; 6] = [
    include_str!("wecom/answers.ndjson"),
    include_str!("diagnostics/json-syntax/documents.json"),
    include_str!("diagnostics/wecom-document-skipped/documents.json"),
    include_str!("diagnostics/wecom-field-invalid/documents.json"),
    include_str!("diagnostics/wecom-page-missing/documents.json"),
    include_str!("diagnostics/wecom-partial-failure/documents.json"),
];

/// Fragments of documents.
const JSON_PIECES: [&str; 24] = [
    "",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    "[[",
    "]}",
    ":",
    ",",
    "\n",
    "\0",
    "null",
    "-1",
    "1.5",
    "9223372036854775808",
    "\"errcode\":0,",
    "\"order\":{",
    "\"account_list\":[",
    "\"order_id\":\"O1\"",
    "\"\\ud83d\"",
    "\u{202e}",
    "{}",
];

const CELLS: [&str; 24] = [
    "",
    "-",
    "0",
    "1",
    "150",
    "\"1,200\"",
    "１万",
    "1,2",
    "教育",
    "初等教育",
    "教育/高等教育",
    "已认证",
    "是",
    "否",
    "待确认",
    "1年",
    "6个月",
    "2023-06-30",
    "45107",
    "school 0",
    "0",
    "\"\"\"\"",
    "\u{202e}\u{1}",
    "9E+99",
];

const NUMBERS: [&str; 12] = [
    "0",
    "1",
    "-1",
    "200",
    "10001",
    "1000000",
    "1000001",
    "4294967295",
    "4294967296",
    "9223372036854775808",
    "0x7f",
    "1_0",
];
const DATES: [&str; 9] = [
    "0001-01-01",
    "0000-01-01",
    "1970-01-01",
    "2022-05-15",
    "2022-11-18",
    "2023-02-29",
    "9999-12-31",
    "9999-12-31T23:59:60Z",
    "\"2022-11-18\"",
];
const PRICES: [&str; 9] = [
    "\"0.80\"",
    "\"0\"",
    "0",
    "1",
    "\"-1\"",
    "\"99999999999999999999\"",
    "\"922337203685477.5807\"",
    "0.8",
    "\"1e9\"",
];
const NAMES: [&str; 8] = [
    "\"1\"",
    "\"\u{202e}gnp\"",
    "\"\u{200b}\"",
    "\"e\u{301}\"",
    "\"\\u001b[31m\"",
    "\"\\n\"",
    "'=1+1'",
    "\"👨‍👩‍👧\"",
];

/// Fragments of plans and cards, so that insertions are often almost valid.
const PIECES: [&str; 26] = [
    "",
    "\"",
    "'",
    "\"\"\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    "\n",
    "\r",
    "#",
    ".",
    "-",
    "0",
    "9999999999",
    "true",
    "[[school]]\n",
    "[[school.app]]\n",
    "[[fact]]\n",
    "basic = 1\n",
    "code = \"590\"\n",
    "\u{202e}",
    "“",
    "2023-02-30",
];

/// Some offsets, the number of bytes removed there, and the text inserted.
fn edits() -> impl Strategy<Value = Vec<(Index, usize, &'static str)>> {
    prop::collection::vec((any::<Index>(), prop_oneof![Just(0), 0..40usize], select(&PIECES)), 1..6)
}

/// As [`edits`], in JSON.
fn json_edits() -> impl Strategy<Value = Vec<(Index, usize, &'static str)>> {
    prop::collection::vec((any::<Index>(), prop_oneof![Just(0), 0..40usize], select(&JSON_PIECES)), 1..6)
}

fn damaged(text: &str, edits: &[(Index, usize, &str)]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for (at, length, piece) in edits {
        let start = at.index(text.len() + 1);
        let end = (start + length).min(text.len());
        text.splice(start..end, piece.chars());
    }
    text.into_iter().collect()
}

/// Every problem can be rendered in both languages.
fn draw(problems: &[Diagnostic]) {
    for lang in Lang::ALL {
        let catalog = Catalog::new(lang);
        for problem in problems {
            let drawn = render(problem, &catalog, RenderStyle { width: 80, color: false });
            assert!(drawn.contains(problem.code.as_str()));
        }
    }
}

#[test]
fn a_megabyte_of_brackets_are_refused() {
    for bracket in ["[", "{", "]", "[[", "a=[", "a={a=", "\"", "\'\'\'", "a.", "\n"] {
        let text = bracket.repeat((1024 * 1024) / bracket.len());
        let problems = read_card(&Arc::new(SourceFile::new("hostile", text))).unwrap_err();
        assert!(!problems.is_empty() && problems.len() < 100, "{} problems", problems.len());
        draw(&problems);
    }
}
