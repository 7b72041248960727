//! A typing mistake is reported at its line, and causes no report elsewhere.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::diagnostic::{Code, Diagnostic, SourceFile};
use wxlicense::plan::{self, ReadOptions};
use wxlicense::rates::{RateCards, read_card};

/// A plan with every key, and the example plans.
const PLANS: [&str; 5] = [
    include_str!("schemas/plan.toml"),
    include_str!("../examples/campus-2022.toml"),
    include_str!("../examples/group.toml"),
    include_str!("../examples/waivers.toml"),
    include_str!("../examples/large.toml"),
];

const CARD: &str = include_str!("../tiers/wecom-2022-05-16.toml");

/// Texts to insert; the empty one removes the character at the offset.
const SLIPS: [&str; 18] =
    ["", "\"", "'", "[", "]", "{", "}", "=", ",", " ", "\n", "x", "5", ".", ":", "“", "，", "\u{3000}"];

/// Prints a failure with its smallest input; no file is written.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { failure_persistence: None, cases: usual.cases / 2, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_slip_in_a_plan(text in prop::sample::select(&PLANS), at in any::<prop::sample::Index>(), slip in prop::sample::select(&SLIPS)) {
        let cards = RateCards::embedded().unwrap();
        let load = |_: &str| Ok(SourceFile::new("card.toml", CARD));
        let options = ReadOptions { load: &load, ..ReadOptions::new(&cards) };
        judge(text, at, slip, |text| plan::read(&Arc::new(SourceFile::new("plan.toml", text)), &options).diagnostics);
    }

    #[test]
    fn a_slip_in_a_card(at in any::<prop::sample::Index>(), slip in prop::sample::select(&SLIPS)) {
        judge(CARD, at, slip, |text| read_card(&Arc::new(SourceFile::new("card.toml", text))).err().unwrap_or_default());
    }
}

/// If a mistake breaks the grammar, every new problem is on its line, or on the next if it is a line end.
fn judge(text: &str, at: prop::sample::Index, slip: &str, read: impl Fn(&str) -> Vec<Diagnostic>) {
    let (at, sign) = text.char_indices().nth(at.index(text.chars().count())).unwrap();
    let after = if slip.is_empty() { at + sign.len_utf8() } else { at };
    let slipped = format!("{}{slip}{}", &text[..at], &text[after..]);
    let found = read(&slipped);
    let is_grammar = |problem: &&Diagnostic| problem.code == Code::TomlSyntax;
    let breaches = found.iter().filter(is_grammar).count();
    if breaches == 0 {
        return;
    }
    assert!(breaches <= 3, "{breaches} breaches of the grammar by one slip:\n{slipped}");
    let catalog = Catalog::new(Lang::En);
    let told = |problem: &Diagnostic| catalog.text(&problem.message());
    let known: BTreeSet<String> = read(text).iter().map(told).collect();
    let line = slipped[..at].matches('\n').count() + 1;
    for problem in found.iter().filter(|problem| !is_grammar(problem) && !known.contains(&told(problem))) {
        let place = problem.location.as_ref().unwrap();
        let there = place.source.line_and_column(place.span.start).0;
        assert!((line..=line + 1).contains(&there), "line {there}, slip in line {line}: {}", told(problem));
    }
}
