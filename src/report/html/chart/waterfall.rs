//! A waterfall: how one amount becomes another, each cause from where the one before it ends.

use maud::{Markup, html};

use super::picture;
use super::scale::Share;
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::report::html::pen::HtmlWriter;
use crate::report::html::text;
use crate::report::{Cell, Chart, Waterfall};

/// Height in pixels of a bar, with its label above it.
const ROW: usize = 38;

/// A bar from one amount to another.
struct Bar<'w> {
    label: &'w Message,
    shown: Cell,
    from: i64,
    to: i64,
    class: &'static str,
}

/// Draws the amounts before and after, and between them what each cause adds or takes away. `None` if there is
/// no cause, or nothing to see.
pub(super) fn draw(pen: &HtmlWriter<'_>, chart: &Chart, waterfall: &Waterfall) -> Option<Markup> {
    let bars = bars(waterfall)?;
    let ends = || bars.iter().flat_map(|bar| [bar.from, bar.to]);
    let (least, most) = (ends().min()?, ends().max()?);
    let range = most.checked_sub(least).filter(|range| *range > 0)?;
    let in_words = |bar: &Bar<'_>| {
        let words = Message::new("html-bar").with("name", bar.label.clone());
        pen.catalog.text(&words.with("amount", bar.shown.text(pen.catalog)))
    };
    let words = pen.catalog.list(&bars.iter().map(in_words).collect::<Vec<_>>());
    let drawing = html! {
        @for (index, bar) in bars.iter().enumerate() {
            @let (left, right) = (bar.from.min(bar.to), bar.from.max(bar.to));
            g {
                title { (text::plain(&in_words(bar))) }
                text.name x="0" y=(index * ROW + 16) { (pen.plain(bar.label)) }
                text.value.end x="100%" y=(index * ROW + 16) { (bar.shown.text(pen.catalog)) }
                rect.track x="0" y=(index * ROW + 22) width="100%" height="7" rx="3.5" {}
                rect class={ "bar " (bar.class) } x=(Share::of(left.saturating_sub(least), range))
                    y=(index * ROW + 22) width=(Share::of(right.saturating_sub(left), range)) height="7" {}
            }
            "\n"
        }
    };
    Some(picture(pen, chart, bars.len() * ROW, &words, &drawing))
}

fn bars(waterfall: &Waterfall) -> Option<Vec<Bar<'_>>> {
    if waterfall.steps.is_empty() {
        return None;
    }
    let whole = |end: &'_ (Message, Money)| (end.1.fen(), Cell::from(end.1));
    let (start, shown) = whole(&waterfall.start);
    let mut bars = vec![Bar { label: &waterfall.start.0, shown, from: 0, to: start, class: "whole" }];
    let mut at = start;
    for (label, change) in &waterfall.steps {
        let to = at.checked_add(change.fen())?;
        let class = if *change < Money::ZERO { "less" } else { "more" };
        bars.push(Bar { label, shown: Cell::Change(*change), from: at, to, class });
        at = to;
    }
    let (to, shown) = whole(&waterfall.end);
    bars.push(Bar { label: &waterfall.end.0, shown, from: 0, to, class: "whole" });
    Some(bars)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_begins_where_the_one_before_it_ends() {
        let word = Message::new("report-total");
        let waterfall = Waterfall {
            start: (word.clone(), Money::from_fen(100)),
            steps: vec![(word.clone(), Money::from_fen(-40)), (word.clone(), Money::from_fen(90))],
            end: (word, Money::from_fen(150)),
        };
        let drawn: Vec<_> =
            bars(&waterfall).unwrap().iter().map(|bar| (bar.from, bar.to, bar.class)).collect();
        assert_eq!(drawn, [(0, 100, "whole"), (100, 60, "less"), (60, 150, "more"), (0, 150, "whole")]);
        assert!(bars(&Waterfall { steps: Vec::new(), ..waterfall }).is_none());
    }
}
