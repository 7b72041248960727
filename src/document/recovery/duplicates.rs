//! Finds names that are defined twice, which are known only once the whole text is parsed.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;

use super::masked::{Masked, TableStart};
use super::outline::{Name, Outline};
use super::syntax::{self, BELOW_NO_LIST, IS_LIST, KEY_TWICE, Problem, TABLE_TWICE};
use crate::diagnostic::Sink;

/// All names of a text, in its order.
#[derive(Default)]
pub(super) struct Names {
    expressions: Vec<Expression>,
    /// Index of the first expression that defines a name or a part of it, by the hash of the name.
    first: HashMap<u64, usize>,
}

/// A header or an assignment.
pub(super) struct Expression {
    pub(super) outline: Outline,
    /// `None` for an assignment; true for a header of a list.
    pub(super) list: Option<bool>,
    /// It was invalid and is masked in part.
    pub(super) repaired: bool,
    /// The table that its name is looked up in, and how many parts of the name lead there.
    pub(super) scope: (TableStart, usize),
    pub(super) outermost: TableStart,
}

/// The expressions that were masked, each with the round.
type Done = HashMap<usize, usize>;

/// So often the text is parsed again after its duplicate names were masked.
const MOST_ROUNDS: usize = 10;

impl Names {
    pub(super) fn add(&mut self, expression: Expression) {
        for name in expression.names() {
            self.first.entry(name).or_insert(self.expressions.len());
        }
        self.expressions.push(expression);
    }

    /// Reports and masks what defines a name again.
    pub(super) fn mask_duplicates(&self, masked: &mut Masked, sink: &Sink) {
        let mut done = Done::new();
        for round in 0..MOST_ROUNDS {
            let before = done.len();
            for at in masked.spliced().parse().1 {
                self.mask(at, masked, sink, round, &mut done);
            }
            if done.len() == before {
                break;
            }
        }
    }

    /// Masks what is at fault that `toml` refuses the name at these offsets.
    fn mask(&self, at: Range<usize>, masked: &mut Masked, sink: &Sink, round: usize, done: &mut Done) {
        let count = self.expressions.partition_point(|expression| expression.outline.span.start <= at.start);
        let is_name = |name: &Name| name.span.start == at.start;
        let found = count
            .checked_sub(1)
            .and_then(|index| Some((index, self.expressions[index].outline.path.iter().position(is_name)?)));
        let Some((index, part)) = found else {
            // A control character between the expressions. There may be one in every line.
            if done.insert(usize::MAX, round).is_none() {
                Problem::other(at).report(sink);
            }
            return;
        };
        let expression = &self.expressions[index];
        let path = &expression.outline.path;
        let depth = part.saturating_sub(expression.scope.1);
        let first = expression.names().nth(depth).and_then(|name| self.first.get(&name).copied());
        let was_masked = |index: &usize| done.get(index).is_some_and(|earlier| *earlier < round);
        let first = first.filter(|first| *first < index && part >= expression.scope.1 && !was_masked(first));
        let earlier = first.map(|first| (first, &self.expressions[first]));
        let is_same = |other: &Expression| other.outline.path.len() == other.scope.1 + depth + 1;
        let (culprit, id) = match (expression.list, earlier) {
            (Some(_), _) if was_masked(&index) => (index, TABLE_TWICE),
            (Some(true), Some((_, other))) if other.list == Some(true) && is_same(other) => return,
            (Some(true), Some((first, other))) if other.list == Some(false) && is_same(other) => {
                (first, IS_LIST)
            }
            (Some(true), Some((first, other))) if other.list.is_some() => (first, BELOW_NO_LIST),
            (Some(false), Some((_, other))) if other.list == Some(true) && is_same(other) => (index, IS_LIST),
            (Some(_), _) => (index, TABLE_TWICE),
            (None, _) => (index, KEY_TWICE),
        };
        let masked_in = done.insert(culprit, round);
        if masked_in == Some(round) {
            return;
        }
        let name = |of: &Expression| {
            of.outline.path.get(of.scope.1 + depth).map_or_else(|| at.clone(), |name| name.span.clone())
        };
        let first = earlier.filter(|(first, _)| *first != culprit).map(|(_, other)| name(other));
        let culprit_expression = &self.expressions[culprit];
        if masked_in.is_none() && !culprit_expression.repaired {
            let path: Vec<&str> = path[..=part].iter().map(|name| name.text.as_str()).collect();
            syntax::duplicate(id, &path, name(culprit_expression), first).report(sink);
        }
        match id {
            KEY_TWICE => masked.blank(culprit_expression.outline.span.clone()),
            IS_LIST => masked.header(&culprit_expression.outline, true),
            _ => self.lose(culprit, masked, round, done),
        }
    }

    /// Masks a header with all that belongs to it.
    fn lose(&self, header: usize, masked: &mut Masked, round: usize, done: &mut Done) {
        masked.mark_gap(None);
        masked.mark_gap(self.expressions[header].outermost);
        for (index, expression) in self.expressions.iter().enumerate().skip(header) {
            if index > header && expression.list.is_some() && expression.outline.path.len() == 1 {
                break;
            }
            masked.blank(expression.outline.span.clone());
            done.insert(index, round);
        }
    }
}

impl Expression {
    /// Returns the hash of each prefix of its name below the scope.
    fn names(&self) -> impl Iterator<Item = u64> {
        let mut hasher = DefaultHasher::new();
        self.scope.0.hash(&mut hasher);
        self.outline.path.iter().skip(self.scope.1).map(move |name| {
            name.text.hash(&mut hasher);
            hasher.finish()
        })
    }
}
