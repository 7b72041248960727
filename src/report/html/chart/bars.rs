//! Bars: an amount for each of several names.

use maud::{Markup, html};

use super::picture;
use super::scale::Share;
use crate::diagnostic::lang::Message;
use crate::diagnostic::lang::line::display_width;
use crate::money::Money;
use crate::report::Chart;
use crate::report::html::pen::HtmlWriter;
use crate::report::html::text;

/// Height in pixels of a bar, with its label above it.
const ROW: usize = 38;
/// Columns that a label may take.
const LABEL_WIDTH: usize = 28;

/// Draws bars under their names. `None` if no amount is above zero.
pub(super) fn draw(pen: &HtmlWriter<'_>, chart: &Chart, bars: &[(String, Money)]) -> Option<Markup> {
    let most = bars.iter().map(|(_, amount)| *amount).max().filter(|most| *most > Money::ZERO)?;
    let words = pen.catalog.list(&bars.iter().map(|bar| in_words(pen, bar)).collect::<Vec<_>>());
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
    Some(picture(pen, chart, bars.len() * ROW, &words, &drawing))
}

fn in_words(pen: &HtmlWriter<'_>, (name, amount): &(String, Money)) -> String {
    pen.catalog.text(&Message::new("html-bar").with("name", name.as_str()).with("amount", *amount))
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
