//! What charts with an axis of amounts have around them.

use maud::{Markup, html};

use super::scale::{Axis, label};
use crate::report::html::pen::HtmlWriter;

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
