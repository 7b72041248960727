//! Walks from one side to another step by step, and gives each step what it changes. Read [`walk`].

use super::cause::Tally;
use super::{Cause, Change};

/// The way from an old side to a new one. Amounts belong to cells, such as customers; every state has the same
/// cells.
pub(super) trait Route {
    /// What is taken from the new side at once.
    type Step: Copy + 'static;
    /// All that decides the amounts.
    type State: PartialEq;

    /// Returns the steps in their order.
    fn steps(&self) -> &'static [Self::Step];

    /// Returns the state in which all steps up to this one, included, are taken; after the last, the new side.
    fn after(&self, step: Self::Step) -> Self::State;

    /// Returns the amount of each cell; `None` if the state cannot be priced.
    fn amounts(&self, state: &Self::State) -> Option<Vec<Change>>;

    /// Returns the cause of what a step changes in a cell.
    fn cause(&self, step: Self::Step, cell: usize) -> Cause;
}

/// Returns the amounts at the end of the way, and for each cell its causes, which add up to its difference. A step
/// whose state cannot be priced is taken together with the next, which gets what both are worth.
///
/// `None` if the new side cannot be priced, or a sum overflows the range of money.
pub(super) fn walk<R: Route>(
    route: &R,
    start: R::State,
    amounts: Vec<Change>,
) -> Option<(Vec<Change>, Vec<Tally>)> {
    let (mut state, mut amounts) = (start, amounts);
    let mut tallies = vec![Tally::default(); amounts.len()];
    let mut is_priced = true;
    for step in route.steps() {
        let next = route.after(*step);
        if next == state {
            continue;
        }
        state = next;
        let moved = route.amounts(&state);
        is_priced = moved.is_some();
        let Some(moved) = moved else { continue };
        for (cell, tally) in tallies.iter_mut().enumerate() {
            let (Some(after), Some(before)) = (moved.get(cell), amounts.get(cell)) else { continue };
            tally.add(route.cause(*step, cell), after.checked_sub(*before)?)?;
        }
        amounts = moved;
    }
    is_priced.then_some((amounts, tallies))
}
