//! Words that other programs rely on: one a variant, the same wherever they are written.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde::Serialize;
use strum::VariantArray;
use wxlicense::analysis::compare::Cause;
use wxlicense::customer::{AppKind, Certification, WaiverKind};
use wxlicense::diagnostic::Code;
use wxlicense::planning::calendar::{EventKind, EventState};
use wxlicense::planning::schedule::OrderKind;
use wxlicense::pricing::{NoteCode, OrderStatus};
use wxlicense::rates::Confidence;
use wxlicense::{AccountType, AssumptionCode};

#[track_caller]
fn is_written_alike<T: Copy + Serialize + VariantArray>(as_str: fn(T) -> &'static str) {
    let words: Vec<&str> = T::VARIANTS.iter().map(|variant| as_str(*variant)).collect();
    assert_eq!(serde_json::to_value(T::VARIANTS).unwrap(), serde_json::json!(words));
    assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "{words:?}");
}

#[track_caller]
fn is_read_back<T: Copy + FromStr + PartialEq + Serialize + VariantArray>(as_str: fn(T) -> &'static str) {
    is_written_alike(as_str);
    assert!(T::VARIANTS.iter().all(|variant| as_str(*variant).parse().ok() == Some(*variant)));
}

#[test]
fn a_word_is_the_same_in_json_and_elsewhere() {
    is_read_back(AccountType::as_str);
    is_read_back(Certification::as_str);
    is_read_back(WaiverKind::as_str);
    is_read_back(AppKind::as_str);
    is_read_back(OrderStatus::as_str);
    is_read_back(Confidence::as_str);
    is_read_back(EventKind::as_str);
    is_written_alike(EventState::as_str);
    is_written_alike(OrderKind::as_str);
    is_written_alike(Cause::as_str);
    is_written_alike(NoteCode::as_str);
    is_written_alike(AssumptionCode::as_str);
    is_written_alike(Code::as_str);
}

#[test]
fn a_code_is_kebab_case() {
    let is_kebab = |code: &&Code| code.as_str().chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '-'));
    assert_eq!(Code::VARIANTS.iter().find(|code| !is_kebab(code)), None);
}
