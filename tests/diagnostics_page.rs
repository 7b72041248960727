//! `docs/diagnostics.md` lists every code, in the order of the program, each in the same format.

use std::fs;
use std::path::Path;

use strum::VariantArray;

use wxlicense::diagnostic::{Code, Severity};

#[test]
fn the_page_and_the_program_have_the_same_codes() {
    let page = page();
    let headings: Vec<&str> = sections(&page).map(|(code, _)| code).collect();
    let codes: Vec<&str> = Code::VARIANTS.iter().map(|code| code.as_str()).collect();
    assert_eq!(headings, codes);
}

#[test]
fn each_section_has_severity_example_and_remedy() {
    let page = page();
    for (code, (heading, section)) in Code::VARIANTS.iter().zip(sections(&page)) {
        let severity = match code.severity() {
            Severity::Error => "**Error.** ",
            Severity::Warning => "**Warning.** ",
        };
        assert!(section.starts_with(severity), "{heading} does not begin with its severity");
        assert_eq!(section.matches("```").count(), 2, "{heading} has no example");
        assert!(section.contains("\n**Fix:** "), "{heading} does not say how to fix it");
    }
}

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md")).unwrap()
}

/// Returns each code with its description on the page.
fn sections(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.split("\n### ").skip(1).filter_map(|section| section.split_once("\n\n"))
}
