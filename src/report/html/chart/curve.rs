//! A curve: a price against a count.

use maud::{Markup, html};

use super::picture;
use super::plot::{gridlines, plot};
use super::scale::{Axis, Share};
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::report::html::pen::HtmlWriter;
use crate::report::{Chart, Curve};

/// Pixels from the lower axis to the top of the chart.
const HEIGHT: usize = 200;
/// The least distance of two labels of the lower axis, in hundredths of a per cent of its length.
const LABEL_GAP: u32 = 1_500;

/// Draws a price against a count, with the edges of the tiers and the customer's position. `None` if no
/// price is above zero.
pub(super) fn draw(pen: &HtmlWriter<'_>, chart: &Chart, curve: &Curve) -> Option<Markup> {
    let (last, _) = *curve.points.last()?;
    let axis = Axis::to(curve.points.iter().map(|(_, price)| *price).max()?)?;
    let x = |count: u32| Share::of(count.into(), last.into());
    let y = |price: Money| axis.height(price).rest();
    let drawing = html! {
        (gridlines(pen, &axis))
        @for edge in &curve.edges { line.edge x1=(x(*edge)) x2=(x(*edge)) y1="0" y2="100%" {} }
        svg viewBox="0 0 10000 10000" preserveAspectRatio="none" width="100%" height="100%" {
            path.area d=(area(curve, x, y)) {}
            path.line d=(line(curve, x, y)) {}
        }
        "\n"
        @if let Some((count, price)) = curve.position {
            line.drop x1=(x(count)) x2=(x(count)) y1=(y(price)) y2="100%" {}
            line.drop x1="0" x2=(x(count)) y1=(y(price)) y2=(y(price)) {}
            circle.place cx=(x(count)) cy=(y(price)) r="5.5" {}
        }
        (counts(pen, curve, last, x))
    };
    let words = words(pen, curve);
    Some(html! {
        (plot(pen, &axis, &picture(pen, chart, HEIGHT, &words, &drawing)))
        "\n"
        (legend(pen, curve))
    })
}

fn line(curve: &Curve, x: impl Fn(u32) -> Share, y: impl Fn(Money) -> Share) -> String {
    let points =
        curve.points.iter().map(|(count, price)| format!("{} {}", x(*count).units(), y(*price).units()));
    format!("M{}", points.collect::<Vec<_>>().join("L"))
}

/// Returns the area under the line.
fn area(curve: &Curve, x: impl Fn(u32) -> Share, y: impl Fn(Money) -> Share) -> String {
    format!("{}V{}H0Z", line(curve, x, y), Share::WHOLE.units())
}

/// Returns the counts under the lower axis: the last one, and of the edges those that find room.
fn counts(pen: &HtmlWriter<'_>, curve: &Curve, last: u32, x: impl Fn(u32) -> Share) -> Markup {
    let mut candidates: Vec<u32> = curve.edges.iter().copied().chain([last]).collect();
    candidates.sort_unstable();
    let mut labels: Vec<u32> = Vec::new();
    for count in candidates.into_iter().rev() {
        let room = labels.last().is_none_or(|next| x(*next).units() - x(count).units() >= LABEL_GAP);
        if room && x(count).units() >= LABEL_GAP * 2 / 3 {
            labels.push(count);
        }
    }
    html! {
        @for count in labels {
            text class=(if count == last { "end" } else { "middle" }) x=(x(count)) y="100%" dy="18" { (pen.catalog.figure(&count.to_string())) }
        }
        text x="0" y="100%" dy="18" { "0" }
    }
}

fn legend(pen: &HtmlWriter<'_>, curve: &Curve) -> Markup {
    html! {
        ul.legend {
            @if let Some(position) = position(curve) { li.here { (pen.message(&position)) } }
            @if let Some(edges) = edges(curve) { li.edges { (pen.message(&edges)) } }
        }
    }
}

fn words(pen: &HtmlWriter<'_>, curve: &Curve) -> String {
    let points: Vec<String> = curve
        .points
        .iter()
        .map(|(count, price)| {
            pen.catalog.text(&Message::new("html-point").with("count", *count).with("price", *price))
        })
        .collect();
    pen.catalog.list(&points)
}

fn position(curve: &Curve) -> Option<Message> {
    let (count, price) = curve.position?;
    Some(Message::new("html-place").with("count", count).with("price", price))
}

fn edges(curve: &Curve) -> Option<Message> {
    let counts: Vec<u64> = curve.edges.iter().map(|edge| u64::from(*edge)).collect();
    (!counts.is_empty()).then(|| Message::new("html-edges").with("counts", counts))
}
