use std::io::{Cursor, Write};

use encoding_rs::GB18030;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::read;
use crate::diagnostic::lang::Arg;
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Attached, UserSet};

fn roster(bytes: impl AsRef<[u8]>) -> Attached<UserSet> {
    read("r.csv", &mut Cursor::new(bytes), None)
}

fn users(roster: &Attached<UserSet>) -> Vec<&str> {
    let mut users: Vec<&str> = roster.content.iter().collect();
    users.sort_unstable();
    users
}

/// Returns the code of each problem with its number and its places.
fn problems(roster: &Attached<UserSet>) -> Vec<(Code, String)> {
    let argument = |diagnostic: &Diagnostic, name: &str| {
        diagnostic.args.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    };
    let places = |diagnostic: &Diagnostic| match argument(diagnostic, "places") {
        Some(Arg::Message(message)) => {
            message.args.iter().find(|(name, _)| *name == "places").map(|(_, places)| format!("{places:?}"))
        }
        _ => None,
    };
    let found = roster.diagnostics.iter();
    found.map(|diagnostic| (diagnostic.code, places(diagnostic).unwrap_or_default())).collect()
}

fn codes(roster: &Attached<UserSet>) -> Vec<Code> {
    roster.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

const CSV: &str = "姓名,账号,部门\r\n张三,zhangsan,\"一部, 二部\"\r\n李四, lisi ,一部\r\n";

#[test]
fn every_encoding_gives_the_same_users() {
    let wide = |order: fn(u16) -> [u8; 2]| CSV.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let (little, big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
    for bytes in [
        CSV.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", CSV.as_bytes()].concat(),
        [b"\xff\xfe", &little[..]].concat(),
        [b"\xfe\xff", &big[..]].concat(),
        little,
        big,
        GB18030.encode(CSV).0.into_owned(),
    ] {
        let roster = roster(&bytes);
        assert_eq!((users(&roster), codes(&roster)), (vec!["lisi", "zhangsan"], vec![]), "{bytes:?}");
    }
}

#[test]
fn a_later_line_decides_that_a_file_is_not_utf8() {
    let mut text = String::from("userid,name\n");
    (0..20_000).for_each(|index| text += &format!("user{index},\n"));
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(&GB18030.encode("last,张三\n").0);
    let roster = roster(&bytes);
    assert_eq!((roster.content.len(), codes(&roster)), (20_001, vec![]));
    assert!(roster.content.contains("last"));
    bytes.extend_from_slice(b"x,\xff\xff\n");
    let roster = super::read("r.csv", &mut Cursor::new(bytes), None);
    assert_eq!(codes(&roster), [Code::SheetUnreadable]);
    assert!(format!("{:?}", roster.diagnostics).contains("\"20003\""), "{:?}", roster.diagnostics);
}

#[test]
fn the_delimiter_is_told_by_the_content() {
    for text in [
        "userid;name\nzhangsan;a,b,c\nlisi;d,e,f\n",
        "userid\tname\nzhangsan\ta,b;c\nlisi\td\n",
        "sep=;\nuserid;name\nzhangsan;a\nlisi;b\n",
        "userid\nzhangsan\nlisi",
        "name,userid\n,zhangsan\n,lisi\n\n",
        "some table,\nname,userid\nx,zhangsan\ny,lisi\nname,userid\n",
    ] {
        let roster = roster(text);
        assert_eq!((users(&roster), codes(&roster)), (vec!["lisi", "zhangsan"], vec![]), "{text:?}");
    }
}

#[test]
fn each_kind_of_problem_is_reported_once_with_its_first_lines() {
    let long = "x".repeat(65);
    let text = format!(
        "sep=,\nuserid,name\na,\n,b\n\"\",c\na,\n,\n\nb c,\n{long},\n1.2E+17,\n合计,\n{}",
        "a,\n".repeat(6)
    );
    let roster = roster(&text);
    assert_eq!(users(&roster), ["1.2E+17", "a", "b c", "合计"]);
    let list = |places: &str| format!("List([{places}])");
    let found = problems(&roster);
    let texts = |lines: &[u32]| {
        list(&lines.iter().map(|line| format!("Text({:?})", line.to_string())).collect::<Vec<_>>().join(", "))
    };
    assert_eq!(found[0], (Code::RosterLongIds, texts(&[10])));
    assert_eq!(found[1], (Code::RosterBlankIds, texts(&[4, 5])));
    assert_eq!(found[2], (Code::RosterOddIds, texts(&[9, 11, 12])));
    assert_eq!(found[3].0, Code::RosterDuplicates);
    assert_eq!(found[3].1, texts(&[6, 13, 14, 15, 16]));
    assert_eq!(found.len(), 4);
}

#[test]
fn a_file_without_the_column_is_refused_without_naming_anybody() {
    for (text, column, code) in [
        ("zhangsan\nlisi\n", None, Code::RosterColumnMissing),
        ("zhangsan,userid2\n", Some("userid"), Code::RosterColumnMissing),
        ("userid,User ID\n", None, Code::RosterColumnTwice),
        ("", None, Code::RosterColumnMissing),
        ("userid\na,\"b\nc\n", None, Code::SheetUnreadable),
        ("userid\na\0b\n", None, Code::SheetUnreadable),
        ("userid,name\n\n,\n", None, Code::RosterEmpty),
    ] {
        let roster = read("r.csv", &mut Cursor::new(text), column);
        assert_eq!((roster.content.len(), codes(&roster)), (0, vec![code]), "{text:?}");
        assert!(!format!("{:?}", roster.diagnostics).contains("zhangsan"));
    }
}

#[test]
fn a_named_column_is_the_one_that_counts() {
    let text = "工号,userid\n7,a\n8,a\n";
    let roster = read("r.csv", &mut Cursor::new(text), Some("工号"));
    assert_eq!((users(&roster), codes(&roster)), (vec!["7", "8"], vec![]));
}

/// Returns a workbook with these rows of XML on a sheet, after a hidden one.
fn workbook(rows: &str) -> Vec<u8> {
    workbook_with_texts(rows, "<sst/>")
}

fn workbook_with_texts(rows: &str, texts: &str) -> Vec<u8> {
    let book = |sheet: &str| {
        format!(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>"#
        )
    };
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let parts = [
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{relation}"><sheets><sheet name="hidden" sheetId="1" state="hidden" r:id="rId1"/><sheet name="users" sheetId="2" r:id="rId2"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{relation}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#
            ),
        ),
        ("xl/sharedStrings.xml", texts.to_owned()),
        ("xl/worksheets/sheet1.xml", book(r#"<row r="1"><c r="A1"><v>5</v></c></row>"#)),
        ("xl/worksheets/sheet2.xml", book(rows)),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Returns a row of a sheet: texts, or numbers after an equals sign.
fn row(number: u32, cells: &[&str]) -> String {
    let cells = ('A'..).zip(cells).map(|(letter, cell)| match cell.strip_prefix('=') {
        _ if cell.is_empty() => format!(r#"<c r="{letter}{number}"/>"#),
        Some(value) => format!(r#"<c r="{letter}{number}"><v>{value}</v></c>"#),
        None => format!(r#"<c r="{letter}{number}" t="inlineStr"><is><t>{cell}</t></is></c>"#),
    });
    format!(r#"<row r="{number}">{}</row>"#, cells.collect::<String>())
}

#[test]
fn a_workbook_names_its_cells() {
    let rows = [
        row(2, &["填写须知", ""]),
        row(4, &["姓名", "账号"]),
        row(5, &["张三", "zhangsan"]),
        row(6, &["", ""]),
        row(7, &["李四", ""]),
        row(9, &["王五", "=1001"]),
        row(10, &["", "zhangsan"]),
        row(11, &["赵六", "=320102199001011234"]),
        row(12, &["钱七", "=1.5"]),
        row(13, &["姓名", "账号"]),
    ];
    let roster = roster(workbook(&rows.concat()));
    assert_eq!(users(&roster), ["1.5", "1001", "320102199001011260", "zhangsan"]);
    let found: Vec<(Code, String)> = problems(&roster);
    assert_eq!(
        found,
        [
            (Code::RosterBlankIds, r#"List([Text("B7")])"#.to_owned()),
            (Code::RosterOddIds, r#"List([Text("B11"), Text("B12")])"#.to_owned()),
            (Code::RosterDuplicates, r#"List([Text("B10")])"#.to_owned()),
        ]
    );
}

#[test]
fn a_workbook_may_have_more_rows_than_are_searched_for_headings() {
    let mut rows = row(1, &["userid"]);
    (2..100).for_each(|number| rows += &row(number, &[&format!("user{number}")]));
    let roster = roster(workbook(&rows));
    assert_eq!((roster.content.len(), codes(&roster)), (98, vec![]));
    let without = super::tests::roster(workbook(&row(1, &["zhangsan"])));
    assert_eq!(codes(&without), [Code::RosterColumnMissing]);
}

#[test]
fn a_workbook_that_states_more_texts_than_it_can_have_is_refused() {
    let with = |count: &str| {
        let texts = format!("<sst uniqueCount=\"{count}\"><si><t>zhangsan</t></si></sst>");
        let cell = r#"<row r="2"><c r="A2" t="s"><v>0</v></c></row>"#;
        roster(workbook_with_texts(&(row(1, &["userid"]) + cell), &texts))
    };
    assert_eq!(users(&with("1")), ["zhangsan"]);
    for count in ["9000000000", "18446744073709551615", "99999999999999999999999"] {
        assert_eq!(codes(&with(count)), [Code::SheetUnreadable]);
    }
}

#[test]
fn what_is_no_workbook_is_refused() {
    for bytes in [&b"PK\x03\x04"[..], b"PK\x03\x04junk", b"\xd0\xcf\x11\xe0\xa1\xb1", &workbook("")[..200]] {
        assert_eq!(codes(&roster(bytes)), [Code::SheetUnreadable], "{bytes:?}");
    }
}
