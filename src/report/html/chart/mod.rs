//! Charts as SVG. All coordinates are shares of the whole, so that a chart takes any width while its letters
//! keep their size.

mod bars;
mod coverage;
mod curve;
mod plot;
mod scale;
mod timeline;
mod waterfall;

use maud::{Markup, html};

use super::pen::HtmlWriter;
use super::text;
use crate::report::{Chart, ChartKind};

/// Draws a chart with its title. Nothing is drawn if there is nothing to see.
pub(super) fn draw(pen: &HtmlWriter<'_>, chart: &Chart) -> Markup {
    let drawn = match &chart.kind {
        ChartKind::Bars(bars) => bars::draw(pen, chart, bars),
        ChartKind::Timeline(timeline) => timeline::draw(pen, chart, timeline),
        ChartKind::Coverage(coverage) => coverage::draw(pen, chart, coverage),
        ChartKind::Curve(curve) => curve::draw(pen, chart, curve),
        ChartKind::Waterfall(steps) => waterfall::draw(pen, chart, steps),
    };
    html! {
        @if let Some(drawn) = drawn {
            figure {
                figcaption { (pen.message(&chart.title)) }
                "\n"
                (drawn)
            }
        }
    }
}

/// Wraps a drawing as a picture with its name and a description in words.
fn picture(pen: &HtmlWriter<'_>, chart: &Chart, height: usize, in_words: &str, drawing: &Markup) -> Markup {
    let number = pen.next_chart();
    let (name, words) = (format!("chart-{number}"), format!("chart-{number}-words"));
    html! {
        svg role="img" width="100%" height=(height) aria-labelledby=(name) aria-describedby=(words) {
            title id=(name) { (pen.plain(&chart.title)) }
            desc id=(words) { (text::plain(in_words)) }
            (drawing)
        }
    }
}
