//! Whatever the input is, the readers answer with a value or with problems; they never panic.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use proptest::prelude::*;
use wxlicense::diagnostic::{Diagnostic, RenderStyle, SourceFile, render};
use wxlicense::lang::{Catalog, Lang};
use wxlicense::pricing::PriceTable;
use wxlicense::rates::read_card;

/// A failure is printed with its smallest input; no file is left behind.
fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
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

    /// Text that is nearly TOML gets further into the reader than noise does.
    #[test]
    fn a_damaged_card_is_read_or_refused(
        at in any::<prop::sample::Index>(),
        length in 0..40usize,
        put in "[-\\[\\]{}=\"'.,#0-9a-z\n号\u{202e} ]{0,12}",
    ) {
        let text: Vec<char> = include_str!("../tiers/wecom-2022-05-16.toml").chars().collect();
        let start = at.index(text.len());
        let end = (start + length).min(text.len());
        let damaged: String = text[..start].iter().copied().chain(put.chars()).chain(text[end..].iter().copied()).collect();
        let source = Arc::new(SourceFile::new("damaged", damaged));
        match read_card(&source) {
            Ok(card) => drop(PriceTable::new(&card)),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in &problems {
                    let place = problem.location.clone().unwrap();
                    prop_assert!(source.text().get(place.span).is_some());
                }
                draw(&problems);
            }
        }
    }

    #[test]
    fn columns_of_any_offset_can_be_told(text in any::<String>(), offset in 0..200usize) {
        let (line, column) = SourceFile::new("any", text).line_and_column(offset);
        prop_assert!(line >= 1 && column >= 1);
    }
}

/// Every problem can be drawn in both languages.
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
