//! Typed values of an object's members. One that does not fit is reported once, at its pointer; numbers may be shown
//! in a message, texts never are. [`Fields`] comes first.

use std::borrow::Cow;

use jiff::civil::DateTime;

use super::json::{Node, NodeKind, Path};
use super::problems::{Problems, Reported};
use crate::account::AccountType;
use crate::diagnostic::lang::{Arg, Message};
use crate::diagnostic::{Code, Diagnostic};
use crate::money::Money;
use crate::wecom::time;

/// The members of an object.
pub(super) struct Fields<'a, 't> {
    members: Vec<(Cow<'t, str>, Node<'t>)>,
    node: Node<'t>,
    path: Path<'a>,
    problems: &'a Problems<'t>,
}

/// A value that may be left out.
pub(super) type Optional<T> = Result<Option<T>, Reported>;

impl<'a, 't> Fields<'a, 't> {
    /// Returns the members of a value that should be an object, or reports that it is none.
    pub(super) fn of(
        node: Node<'t>,
        path: Path<'a>,
        problems: &'a Problems<'t>,
    ) -> Result<Fields<'a, 't>, Reported> {
        Fields::of_object(node, path, problems)
            .ok_or_else(|| report_kind(problems, node, &path, "api-expected-object"))
    }

    /// Returns the members of an object; `None` for another kind of value.
    pub(super) fn of_object(
        node: Node<'t>,
        path: Path<'a>,
        problems: &'a Problems<'t>,
    ) -> Option<Fields<'a, 't>> {
        let is_object = node.kind() == NodeKind::Object;
        is_object.then(|| Fields { members: node.members().collect(), node, path, problems })
    }

    /// Returns the object.
    pub(super) fn node(&self) -> Node<'t> {
        self.node
    }

    /// Returns the way to the object.
    pub(super) fn path(&self) -> &Path<'a> {
        &self.path
    }

    /// Returns the keys with their values.
    pub(super) fn members(&self) -> &[(Cow<'t, str>, Node<'t>)] {
        &self.members
    }

    /// Returns the value of a key, unless it is null.
    pub(super) fn get(&self, key: &str) -> Option<Node<'t>> {
        let (_, node) = self.members.iter().find(|(name, _)| name == key)?;
        Some(*node).filter(|node| node.kind() != NodeKind::Null)
    }

    /// Returns true if a key has a value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Returns the value of a key if it is of a kind.
    pub(super) fn get_kind(&self, key: &str, kind: NodeKind) -> Option<Node<'t>> {
        self.get(key).filter(|node| node.kind() == kind)
    }

    /// Reports a problem of the object.
    pub(super) fn report(&self, problem: Diagnostic) {
        self.problems.report(problem, &self.path, self.node);
    }

    /// Reports a problem of the value of a key.
    pub(super) fn report_at(&self, key: &str, problem: Diagnostic) {
        self.problems.report(problem, &self.path.key(key), self.get(key).unwrap_or(self.node));
    }

    /// Returns a value that must be there.
    pub(super) fn require<T>(&self, key: &'static str, value: Optional<T>) -> Result<T, Reported> {
        value?.ok_or_else(|| {
            // What is missing may have stood where the text breaks off, which has been reported.
            if self.node.is_complete() {
                self.report(Diagnostic::new(Code::WecomFieldMissing).with("key", key));
            }
            Reported
        })
    }

    /// Returns a text that is not empty.
    pub(super) fn text(&self, key: &str) -> Optional<String> {
        let Some(node) = self.once(key)? else { return Ok(None) };
        match node.text() {
            Some(text) => Ok(Some(text.into_owned()).filter(|text| !text.is_empty())),
            None => Err(report_kind(self.problems, node, &self.path.key(key), "api-expected-text")),
        }
    }

    /// Returns a whole number from 0 to `most`. `expected` says in a message what it should be.
    pub(super) fn whole(&self, key: &str, most: i64, expected: &'static str) -> Optional<i64> {
        let Some(node) = self.once(key)? else { return Ok(None) };
        match node.raw().parse::<i64>() {
            Ok(number) if (0..=most).contains(&number) => Ok(Some(number)),
            _ => Err(report_kind(self.problems, node, &self.path.key(key), expected)),
        }
    }

    /// Returns a number of accounts, months or days.
    pub(super) fn count(&self, key: &str) -> Optional<u32> {
        let count = self.whole(key, u32::MAX.into(), "api-expected-count")?;
        Ok(count.and_then(|count| u32::try_from(count).ok()))
    }

    /// Returns an amount of fen.
    pub(super) fn money(&self, key: &str) -> Optional<Money> {
        Ok(self.whole(key, i64::MAX, "api-expected-fen")?.map(Money::from_fen))
    }

    /// Returns a moment of Unix seconds in Beijing time; 0 stands for none.
    pub(super) fn time(&self, key: &str) -> Optional<DateTime> {
        let seconds = self.whole(key, time::LAST_SECOND, "api-expected-seconds")?;
        Ok(seconds.filter(|seconds| *seconds != 0).and_then(time::beijing))
    }

    /// Returns an account type.
    pub(super) fn account_type(&self, key: &str) -> Optional<AccountType> {
        let types = [(1, AccountType::Basic), (2, AccountType::Interop)];
        self.word(key, &types, "api-expected-account-type")
    }

    /// Returns what a number stands for.
    pub(super) fn word<T: Copy>(&self, key: &str, words: &[(i64, T)], expected: &'static str) -> Optional<T> {
        let Some(number) = self.whole(key, i64::MAX, expected)? else { return Ok(None) };
        match words.iter().find(|(known, _)| *known == number) {
            Some((_, word)) => Ok(Some(*word)),
            None => {
                let node = self.get(key).unwrap_or(self.node);
                Err(report_kind(self.problems, node, &self.path.key(key), expected))
            }
        }
    }

    /// Returns true for 1 and `true`, false for 0, `false` and nothing.
    pub(super) fn flag(&self, key: &str) -> Result<bool, Reported> {
        if let Some(node) = self.get_kind(key, NodeKind::Bool) {
            return Ok(node.raw() == "true");
        }
        Ok(self.whole(key, 1, "api-expected-flag")? == Some(1))
    }

    /// Returns the members of an object.
    pub(super) fn object<'s>(&'s self, key: &'s str) -> Optional<Fields<'s, 't>> {
        match self.once(key)? {
            Some(node) => Fields::of(node, self.path.key(key), self.problems).map(Some),
            None => Ok(None),
        }
    }

    /// Returns an array.
    pub(super) fn list(&self, key: &str) -> Optional<Node<'t>> {
        match self.once(key)? {
            Some(node) if node.kind() != NodeKind::Array => {
                Err(report_kind(self.problems, node, &self.path.key(key), "api-expected-list"))
            }
            other => Ok(other),
        }
    }

    /// Passes each element of an array that is complete to a function.
    pub(super) fn each(
        &self,
        key: &str,
        list: Node<'t>,
        mut take: impl FnMut(Result<Fields<'_, 't>, Reported>),
    ) {
        let path = self.path.key(key);
        for (index, element) in list.elements().enumerate() {
            if element.is_complete() {
                take(Fields::of(element, path.index(index), self.problems));
            }
        }
    }

    /// Returns the value of a key, unless it is null; reports a key that stands twice, since either value may be
    /// meant.
    fn once(&self, key: &str) -> Optional<Node<'t>> {
        let mut nodes = self.members.iter().filter(|(name, _)| name == key).map(|(_, node)| *node);
        let Some(first) = nodes.next() else { return Ok(None) };
        if let Some(second) = nodes.next() {
            let problem = Diagnostic::new(Code::WecomFieldTwice).with("key", key);
            self.problems.report(problem, &self.path.key(key), second);
            return Err(Reported);
        }
        if !first.is_complete() {
            return match first.kind() {
                // Their complete items can be read.
                NodeKind::Object | NodeKind::Array => Ok(Some(first)),
                _ => Err(Reported),
            };
        }
        Ok(Some(first).filter(|node| node.kind() != NodeKind::Null))
    }
}

/// Reports a value that is not what it should be.
fn report_kind(problems: &Problems<'_>, node: Node<'_>, path: &Path<'_>, expected: &'static str) -> Reported {
    let problem = Diagnostic::new(Code::WecomFieldInvalid)
        .with("found", found(node, expected))
        .with("expected", Message::new(expected));
    problems.report(problem, path, node);
    Reported
}

/// Longest number that is shown, in bytes.
const LONGEST_NUMBER: usize = 24;

/// Returns a value as a message names it. A number where a text belongs may be someone's id.
fn found(node: Node<'_>, expected: &str) -> Arg {
    let id = match node.kind() {
        NodeKind::Number if expected != "api-expected-text" && node.raw().len() <= LONGEST_NUMBER => {
            return node.raw().into();
        }
        NodeKind::Number => "api-found-number",
        NodeKind::Object => "api-found-object",
        NodeKind::Array => "api-found-list",
        NodeKind::Text => "api-found-text",
        NodeKind::Bool => "api-found-bool",
        NodeKind::Null => "api-found-null",
    };
    Message::new(id).into()
}
