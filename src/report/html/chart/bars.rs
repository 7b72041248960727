//! Bars: amounts of periods or of names.

use maud::{Markup, html};

use super::picture;
use super::scale::{Axis, Share, label};
use crate::diagnostic::lang::Message;
use crate::diagnostic::lang::line::display_width;
use crate::money::Money;
use crate::report::Chart;
use crate::report::html::pen::HtmlWriter;
use crate::report::html::text;

/// Height in pixels of a horizontal bar, with its label above it.
const ROW: usize = 38;
/// Columns that a label above a lying bar may take.
const LABEL_WIDTH: usize = 28;
/// Length up to which labels are periods, below vertical bars.
const PERIOD_WIDTH: usize = 7;
/// Pixels from the foot of a standing bar to the top of the chart.
const HEIGHT: usize = 180;
/// Largest number of labels under vertical bars, for the width of a phone.
const MOST_LABELS: usize = 5;

/// Draws bars: vertical ones for periods, horizontal ones for names. `None` if no amount is above zero.
pub(super) fn draw(pen: &HtmlWriter<'_>, chart: &Chart, bars: &[(String, Money)]) -> Option<Markup> {
    let most = bars.iter().map(|(_, amount)| *amount).max()?;
    let axis = Axis::to(most)?;
    let words = pen.catalog.list(&bars.iter().map(|bar| in_words(pen, bar)).collect::<Vec<_>>());
    let periods = bars.iter().all(|(label, _)| label.is_ascii() && label.len() <= PERIOD_WIDTH);
    Some(if periods {
        standing(pen, chart, bars, &axis, &words)
    } else {
        lying(pen, chart, bars, most, &words)
    })
}

fn in_words(pen: &HtmlWriter<'_>, (name, amount): &(String, Money)) -> String {
    pen.catalog.text(&Message::new("html-bar").with("name", name.as_str()).with("amount", *amount))
}

fn lying(pen: &HtmlWriter<'_>, chart: &Chart, bars: &[(String, Money)], most: Money, words: &str) -> Markup {
    let drawing = html! {
        @for (index, bar) in bars.iter().enumerate() {
            @let (name, amount) = bar;
            g {
                title { (text::plain(&in_words(pen, bar))) }
                text.name x="0" y=(index * ROW + 16) { (shortened(&text::plain(name))) }
                text.value.end x="100%" y=(index * ROW + 16) { (pen.catalog.figure(&amount.to_string())) }
                rect.track x="0" y=(index * ROW + 22) width="100%" height="7" rx="3.5" {}
                rect.bar x="0" y=(index * ROW + 22) width=(Share::of(amount.fen(), most.fen())) height="7" rx="3.5" {}
            }
            "\n"
        }
    };
    picture(pen, chart, bars.len() * ROW, words, &drawing)
}

fn standing(
    pen: &HtmlWriter<'_>,
    chart: &Chart,
    bars: &[(String, Money)],
    axis: &Axis,
    words: &str,
) -> Markup {
    let slots = i64::try_from(bars.len()).unwrap_or(i64::MAX).saturating_mul(4);
    let at = |index: usize, quarter: i64| {
        let slot = i64::try_from(index).unwrap_or(i64::MAX).saturating_mul(4).saturating_add(quarter);
        Share::of(slot, slots)
    };
    let every = bars.len().div_ceil(MOST_LABELS);
    let drawing = html! {
        (gridlines(pen, axis))
        @for (index, bar) in bars.iter().enumerate() {
            @let height = axis.height(bar.1);
            g {
                title { (text::plain(&in_words(pen, bar))) }
                rect.hit x=(at(index, 0)) y="0" width=(at(0, 4)) height="100%" {}
                rect.bar x=(at(index, 1)) y=(height.rest()) width=(at(0, 2)) height=(height) {}
            }
            @if index % every == 0 { text.middle x=(at(index, 2)) y="100%" dy="18" { (bar.0) } }
            "\n"
        }
    };
    plot(pen, axis, &picture(pen, chart, HEIGHT, words, &drawing))
}

/// Returns the lines of an axis, with their amounts to the left of the picture.
pub(super) fn gridlines(pen: &HtmlWriter<'_>, axis: &Axis) -> Markup {
    html! {
        @for (index, tick) in axis.ticks.iter().enumerate() {
            @let y = axis.height(*tick).rest();
            line class=(if index == 0 { "base" } else { "grid" }) x1="0" x2="100%" y1=(y) y2=(y) {}
            text.end x="-8" y=(y) dy="4" { (label(*tick, pen.catalog)) }
        }
        "\n"
    }
}

/// Returns a picture with room for the labels of its axes.
pub(super) fn plot(pen: &HtmlWriter<'_>, axis: &Axis, picture: &Markup) -> Markup {
    html! { div.plot style={ "padding-left:calc(" (axis.label_width(pen.catalog)) "ch + 10px)" } { (picture) } }
}

fn shortened(name: &str) -> String {
    if display_width(name) <= LABEL_WIDTH {
        return name.to_owned();
    }
    let mut short = String::new();
    let mut width = 1;
    for c in name.chars() {
        width += display_width(c.encode_utf8(&mut [0; 4]));
        if width > LABEL_WIDTH {
            break;
        }
        short.push(c);
    }
    short + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_shortened_by_the_room_they_take() {
        assert_eq!(shortened("沈阳工程学院"), "沈阳工程学院");
        assert_eq!(display_width(&shortened(&"大".repeat(10_000))), 27);
        assert_eq!(shortened(&"x".repeat(29)), "x".repeat(27) + "…");
    }
}
