//! Masks names that are defined twice, which are known only once the whole text is parsed.

use std::collections::{BTreeMap, HashSet};

use super::expressions::{Name, Outline};
use super::masked::Masked;
use super::syntax::{self, BELOW_NO_LIST, KEY_TWICE, Problem, TABLE_TWICE};
use crate::diagnostic::Sink;

/// A header or an assignment.
pub(super) struct Expression {
    pub(super) outline: Outline,
    /// `None` for an assignment; true for a header of a list.
    pub(super) list: Option<bool>,
    /// It was invalid and is masked in part.
    pub(super) repaired: bool,
    /// Index of the header below which its name is looked for: of a key, its table; of a dotted header, the
    /// last one without a dot; else 0.
    pub(super) scope: usize,
}

/// Largest number of times that the text is parsed again after duplicate names were masked.
const MOST_ROUNDS: usize = 10;

/// Largest number of expressions that are searched for the first definition of a name.
const MOST_SEARCHED: usize = 1000;

/// Reports and masks what defines a name again. Each name of a header is reported once.
pub(super) fn mask_duplicates(mut expressions: Vec<Expression>, masked: &mut Masked, sink: &Sink) {
    let mut reported = HashSet::new();
    for _ in 0..MOST_ROUNDS {
        let mut culprits = BTreeMap::new();
        for at in masked.spliced().parse().1 {
            let count = expressions.partition_point(|expression| expression.outline.span.start <= at.start);
            let is_name = |name: &Name| name.span.start == at.start;
            let part =
                expressions[..count].last().and_then(|last| last.outline.path.iter().position(is_name));
            match part {
                Some(part) => culprits.extend(culprit(&expressions, count - 1, part, &mut reported, sink)),
                // A control character between the expressions. There may be one in every line.
                None if reported.insert(String::new()) => Problem::other(at).report(sink),
                None => {}
            }
        }
        if culprits.is_empty() {
            break;
        }
        for (index, is_of_list) in culprits {
            let Expression { outline, list, .. } = &mut expressions[index];
            if is_of_list {
                masked.header(outline, true);
                *list = Some(true);
            } else if !outline.path.is_empty() {
                mask(&mut expressions, index, masked);
            }
        }
    }
}

/// Reports a name that is defined again. Returns the index of the expression at fault, and true if it is the
/// header of a table that is a list elsewhere; `None` if another error has led to this one.
fn culprit(
    expressions: &[Expression],
    index: usize,
    part: usize,
    reported: &mut HashSet<String>,
    sink: &Sink,
) -> Option<(usize, bool)> {
    let Expression { outline, list, scope: start, .. } = &expressions[index];
    let path: Vec<&str> = outline.path[..=part].iter().map(|name| name.text.as_str()).collect();
    let is_same = |of: &Expression| {
        of.list.is_some() == list.is_some()
            && of.outline.path.len() > part
            && of.outline.path.iter().zip(&path).all(|(name, text)| name.text == *text)
    };
    let first =
        expressions[*start..index].iter().take(MOST_SEARCHED).position(is_same).map(|first| start + first);
    let form =
        first.map(|first| (first, expressions[first].list, expressions[first].outline.path.len() > part + 1));
    let (culprit, id, is_of_list) = match (list, form) {
        (Some(true), Some((first, _, true))) => (first, BELOW_NO_LIST, false),
        (Some(true), Some((first, Some(false), _))) => (first, TABLE_TWICE, true),
        (Some(true), Some(_)) => return None,
        (Some(false), Some((_, Some(true), false))) => (index, TABLE_TWICE, true),
        (Some(_), _) => (index, TABLE_TWICE, false),
        (None, _) => (index, KEY_TWICE, false),
    };
    if !expressions[culprit].repaired && (list.is_none() || reported.insert(path.join("."))) {
        let name = |of: usize| expressions[of].outline.path[part].span.clone();
        let first = first.filter(|first| *first != culprit).map(name);
        syntax::duplicate(id, &path, name(culprit), first).report(sink);
    }
    Some((culprit, is_of_list))
}

/// Masks an expression, and with a header all that belongs to it.
fn mask(expressions: &mut [Expression], index: usize, masked: &mut Masked) {
    let is_outermost = |of: &Expression| of.list.is_some() && of.outline.path.len() == 1;
    let mut end = index + 1;
    if expressions[index].list.is_some() {
        masked.mark_gap(None);
        masked.mark_gap(Some(expressions[expressions[index].scope].outline.span.start));
        let next = expressions[end..].iter().position(is_outermost);
        end = next.map_or(expressions.len(), |next| end + next);
    }
    for of in &mut expressions[index..end] {
        masked.blank(of.outline.span.clone());
        of.outline.path.clear();
    }
}
