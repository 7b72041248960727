//! Plans at the limits, and texts that are no plan: each gets quick answers, with diagnostics that can be
//! rendered.

use std::sync::Arc;

use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::diagnostic::{Code, Diagnostic, RenderStyle, Sink, SourceFile, render};
use wxlicense::plan::{self, ReadOptions};
use wxlicense::rates::RateCards;

fn diagnose(bytes: Vec<u8>) -> Vec<Diagnostic> {
    let source = Arc::new(SourceFile::from_bytes("plan.toml", bytes).unwrap());
    let reading = plan::read(&source, &ReadOptions::new(&RateCards::embedded().unwrap()));
    let catalog = Catalog::new(Lang::En);
    for diagnostic in &reading.diagnostics {
        let drawn = render(diagnostic, &catalog, RenderStyle { width: 100, color: false });
        assert!(drawn.len() < 10_000, "{}", drawn.len());
    }
    reading.diagnostics
}

fn codes(bytes: Vec<u8>) -> Vec<Code> {
    diagnose(bytes).into_iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn an_empty_file_has_no_school() {
    assert_eq!(codes(Vec::new()), [Code::NoSchools]);
    assert_eq!(codes(b"\n\n# nothing yet\n".to_vec()), [Code::NoSchools]);
}

#[test]
fn an_empty_list_has_no_school_and_one_that_cannot_be_read_may_have_some() {
    assert_eq!(codes(b"school = []\n".to_vec()), [Code::NoSchools]);
    assert_eq!(codes(b"school = [5]\n".to_vec()), [Code::WrongType]);
    assert_eq!(codes(b"school = 5\n".to_vec()), [Code::WrongType]);
    assert_eq!(codes(b"= 5\n".to_vec()), [Code::TomlSyntax]);
}

#[test]
fn a_school_in_single_brackets_hides_no_other_problem() {
    let found = codes(b"[school]\ncode = \"1\"\nbasic = 0\ncolour = 1\n[[school.app]]\n".to_vec());
    let expected = [Code::WrongType, Code::MissingKey, Code::NoAccounts, Code::UnknownKey, Code::MissingKey];
    assert_eq!(found, expected);
}

#[test]
fn blanks_around_a_code_make_no_other_school() {
    for blank in [" ", "\u{3000}"] {
        let text = format!(
            "[[school]]\ncode = \"1\"\nname = \"A\"\nbasic = 1\n[[school]]\ncode = \"1{blank}\"\nname = \"B\"\n\
             basic = 1\nupstream = \"{blank}1\"\ncorp-id = \"x{blank}\"\n[[school.app]]\nid = \"{blank}y\"\n"
        );
        assert_eq!(codes(text.into_bytes()), [Code::WrongType; 4]);
    }
}

#[test]
fn a_misspelt_key_is_reported_once() {
    let valid = "dat = 2022-11-18\n[[school]]\ncode = \"1\"\nname = \"A\"\nbasic = 5\n\
                 certification = \"certified\"\nindustry = \"教育/初等教育\"\nterm = { years = 1 }\n\
                 [[school]]\ncode = \"2\"\nname = \"B\"\nbasic = 5\nupstream = \"1\"\n\
                 held = [{ type = \"basic\", count = 1, expires = 2030-01-01 }]\n";
    assert_eq!(codes(valid.into()), [Code::UnknownKey]);
    for (key, misspelt) in [
        ("[[school]]", "[[schools]]"),
        ("[[school]]\ncode = \"1\"", "[[schol]]\ncode = \"1\""),
        ("code = \"1\"", "cod = \"1\""),
        ("name", "nmae"),
        ("basic = 5", "basc = 5"),
        ("upstream", "upstraem"),
        ("certification", "certificaton"),
        ("years", "yers"),
        ("expires", "expire"),
    ] {
        let text = valid.replacen("dat ", "date ", 1).replace(key, misspelt);
        let found = codes(text.clone().into_bytes());
        let is_once = !found.is_empty() && found.iter().all(|code| *code == Code::UnknownKey);
        assert!(is_once, "{text}\n{found:?}");
    }
}

#[test]
fn ten_megabytes_of_brackets_are_no_toml() {
    assert!(codes(vec![b'['; 10 << 20]).contains(&Code::TomlSyntax));
    let values = [b"date = ".to_vec(), vec![b'['; 10 << 20]].concat();
    assert!(codes(values).contains(&Code::TomlSyntax));
}

#[test]
fn so_many_problems_are_reported_and_no_more() {
    let source = Arc::new(SourceFile::new("plan.toml", "=\n".repeat(Sink::MOST + 10)));
    let found = plan::read(&source, &ReadOptions::new(&RateCards::embedded().unwrap())).diagnostics;
    assert_eq!(found.len(), Sink::MOST + 1);
    assert_eq!(found[0].code, Code::TooManyProblems);
}

#[test]
fn upstreams_that_do_not_exist_are_reported_in_time_that_grows_with_their_number() {
    let school = |code: u32| {
        format!(
            "[[school]]\ncode = \"{code}\"\nname = \"a\"\nbasic = 5\nupstream = \"x{code}\"\n[[school]]\ncode = \"p{code}\"\nname = \"a\"\nbasic = 5\n"
        )
    };
    let text: String = (0..15_000).map(school).collect();
    let source = Arc::new(SourceFile::new("plan.toml", text));
    let found = plan::read(&source, &ReadOptions::new(&RateCards::embedded().unwrap())).diagnostics;
    assert_eq!(found.iter().filter(|problem| problem.code == Code::UnknownUpstream).count(), 15_000);
}

#[test]
fn deep_nesting_is_no_panic() {
    let depth = 100_000;
    let arrays = format!("date = {}{}\n", "[".repeat(depth), "]".repeat(depth));
    assert!(!codes(arrays.into_bytes()).is_empty());
    let tables = format!("date = {}1{}\n", "{ a = ".repeat(depth), " }".repeat(depth));
    assert!(!codes(tables.into_bytes()).is_empty());
    let keys = format!("{}x = 1\n", "a.".repeat(depth));
    assert!(!codes(keys.into_bytes()).is_empty());
}

#[test]
fn one_line_of_a_megabyte_is_named_but_not_drawn() {
    let line = format!("date = \"{}\"\n", "九".repeat(350_000));
    assert_eq!(codes(line.into_bytes()), [Code::NoSchools, Code::BadDate]);
}

#[test]
fn a_byte_order_mark_and_crlf_are_read_without_complaint() {
    let text =
        "\u{feff}date = 2022-11-18\r\n\r\n[[school]]\r\ncode = \"1\"\r\nname = \"甲\"\r\nbasic = 5\r\n";
    assert_eq!(codes(text.as_bytes().to_vec()), []);
    let wrong = text.replace("basic", "basics");
    assert_eq!(codes(wrong.into_bytes()), [Code::UnknownKey]);
}

#[test]
fn thousands_of_problems_are_all_reported() {
    let schools = "[[school]]\ncode = \"1\"\nname = \"甲\"\nbasic = -1\n".repeat(3_000);
    let found = codes(schools.into_bytes());
    assert_eq!(found.iter().filter(|code| **code == Code::NumberOutOfRange).count(), 3_000);
    assert_eq!(found.iter().filter(|code| **code == Code::DuplicateSchool).count(), 2_999);
}

#[test]
fn zero_counts_are_fine_where_nothing_or_another_is_charged() {
    let text = "[[school]]\ncode = \"up\"\nname = \"A\"\n\
                [[school]]\ncode = \"down\"\nname = \"B\"\nbasic = 5\nupstream = \"up\"\n\
                [[school]]\ncode = \"own\"\nname = \"C\"\n[[school.app]]\nid = \"x\"\nkind = \"internal\"\n";
    assert_eq!(codes(text.as_bytes().to_vec()), []);
    assert_eq!(
        codes(text.replace("basic = 5", "basic = 0").into_bytes()),
        [Code::NoAccounts, Code::NoAccounts]
    );
    assert_eq!(codes(text.replace("internal", "agency").into_bytes()), [Code::NoAccounts]);
}

/// A plan that `check` accepts can be priced by `quote`.
#[test]
fn accounts_of_a_downstream_that_needs_none_do_not_make_an_order() {
    let text = "[[school]]\ncode = \"up\"\nname = \"A\"\n\
                [[school]]\ncode = \"down\"\nname = \"B\"\nbasic = 5\nupstream = \"up\"\n\
                [[school.app]]\nid = \"x\"\nkind = \"internal\"\n";
    assert_eq!(codes(text.as_bytes().to_vec()), [Code::NoAccounts]);
}
