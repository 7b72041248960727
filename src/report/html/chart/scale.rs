//! Scales amounts to fractions of a picture's height and width, in integers.

use std::fmt;

use crate::diagnostic::lang::Catalog;
use crate::money::Money;

/// A share of a length, in hundredths of a per cent. Shown as SVG wants it: `12.5%`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Share(u32);

impl Share {
    pub(super) const WHOLE: Share = Share(10_000);
    pub(super) const NOTHING: Share = Share(0);

    /// Returns `part` of `whole`, rounded down; all of it if `part` is larger, zero if it is negative.
    pub(super) fn of(part: i64, whole: i64) -> Share {
        let part = i128::from(part.clamp(0, whole.max(0))) * i128::from(Share::WHOLE.0);
        let share = part.checked_div(i128::from(whole.max(0))).unwrap_or(0);
        Share(u32::try_from(share).unwrap_or(Share::WHOLE.0))
    }

    /// Returns the rest of the whole.
    pub(super) fn rest(self) -> Share {
        Share(Share::WHOLE.0 - self.0)
    }

    /// Returns the share in hundredths of a per cent.
    pub(super) fn units(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:02}", self.0 / 100, self.0 % 100);
        write!(f, "{}%", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// An axis of amounts, from nothing up to a round amount.
#[derive(Debug)]
pub(super) struct Axis {
    /// The amounts of its lines: round ones, ascending, the first is nothing.
    pub(super) ticks: Vec<Money>,
}

impl Axis {
    /// Returns an axis that reaches `most`, with at most six lines; `None` unless `most` is above zero.
    pub(super) fn to(most: Money) -> Option<Axis> {
        let most = most.fen();
        if most <= 0 {
            return None;
        }
        let mut step: i64 = 1;
        for factor in [2, 5, 10].into_iter().cycle() {
            if most.div_euclid(step) + i64::from(most % step != 0) <= 5 {
                break;
            }
            let decade = if factor == 2 {
                step
            } else if factor == 5 {
                step / 2
            } else {
                step / 5
            };
            step = decade.checked_mul(factor)?;
        }
        let last = most.div_euclid(step) + i64::from(most % step != 0);
        let ticks =
            (0..=last).map(|tick| tick.checked_mul(step).map(Money::from_fen)).collect::<Option<_>>()?;
        Some(Axis { ticks })
    }

    /// Returns the height of an amount.
    pub(super) fn height(&self, amount: Money) -> Share {
        Share::of(amount.fen(), self.ticks.last().map_or(0, |top| top.fen()))
    }

    /// Returns the width of its longest label, in characters.
    pub(super) fn label_width(&self, catalog: &Catalog) -> usize {
        self.ticks.iter().map(|tick| label(*tick, catalog).len()).max().unwrap_or(0)
    }
}

/// Returns an amount beside an axis: whole yuan without decimals.
pub(super) fn label(amount: Money, catalog: &Catalog) -> String {
    let text = catalog.figure(&amount.to_string());
    text.strip_suffix(".00").map(str::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::lang::Lang;

    #[test]
    fn shares_are_written_short() {
        assert_eq!(Share::of(1, 8).to_string(), "12.5%");
        assert_eq!(Share::of(1, 3).to_string(), "33.33%");
        assert_eq!(Share::of(7, 7).to_string(), "100%");
        assert_eq!(Share::of(0, 7).to_string(), "0%");
        assert_eq!(Share::of(9, 7), Share::WHOLE);
        assert_eq!(Share::of(-1, 7), Share::of(1, 0));
        assert_eq!(Share::of(i64::MAX, i64::MAX), Share::WHOLE);
    }

    #[test]
    fn an_axis_has_few_round_lines_and_reaches_the_amount() {
        for fen in (1..5000).chain([i64::MAX / 20, 123_456_789_012]) {
            let axis = Axis::to(Money::from_fen(fen)).unwrap();
            let top = axis.ticks.last().unwrap().fen();
            assert!(top >= fen && axis.ticks.len() <= 6 && axis.ticks.len() >= 2, "{fen}: {axis:?}");
            let step = axis.ticks[1].fen().to_string();
            assert!(matches!(step.trim_end_matches('0'), "1" | "2" | "5"), "{fen}: {step}");
        }
        assert!(Axis::to(Money::ZERO).is_none());
    }

    #[test]
    fn labels_leave_out_empty_decimals_only() {
        let label = |fen| label(Money::from_fen(fen), &Catalog::new(Lang::En));
        assert_eq!((label(200_000), label(50)), ("2,000".to_owned(), "0.50".to_owned()));
    }
}
