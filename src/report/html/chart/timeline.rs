//! A timeline: what is paid in each period, by state; what is unconfirmed stands beside it.

use maud::{Markup, html};

use super::picture;
use super::plot::{gridlines, plot};
use super::scale::{Axis, Share, label};
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::report::html::pen::HtmlWriter;
use crate::report::html::text;
use crate::report::{Chart, Timeline, TimelinePeriod};

/// Pixels from the foot of a bar to the top of the chart.
const HEIGHT: usize = 180;
/// Largest number of labels under the bars, for the width of a phone.
const MOST_LABELS: usize = 6;
/// Amounts of more bars have no room above them on a phone.
const MOST_AMOUNTS_ON_A_PHONE: usize = 6;
/// Amounts of more bars have no room above them at all.
const MOST_AMOUNTS: usize = 13;
/// Parts of the width of a period.
const PARTS: i64 = 14;
/// Fewer periods leave room behind them, so that no bar is too broad.
const LEAST_SLOTS: usize = 6;

/// The states of payments, from the foot of a bar to its top; the last stands beside the others.
const STATES: [State; 4] = [
    State { class: "paid", word: "html-paid", of: |period| period.paid },
    State { class: "late", word: "html-overdue", of: |period| period.overdue },
    State { class: "open", word: "html-due", of: |period| period.due },
    State { class: "unsure", word: "html-unconfirmed", of: |period| period.unconfirmed },
];

struct State {
    class: &'static str,
    word: &'static str,
    of: fn(&TimelinePeriod) -> Money,
}

/// Draws payments over time. `None` if there is only one period, or no amount above zero.
pub(super) fn draw(pen: &HtmlWriter<'_>, chart: &Chart, timeline: &Timeline) -> Option<Markup> {
    let periods = &timeline.periods;
    if periods.len() < 2 {
        return None;
    }
    let heights = periods.iter().flat_map(|period| [firm(period), period.unconfirmed]);
    let axis = Axis::to(heights.max()?)?;
    let layout = match periods.iter().any(|period| period.unconfirmed > Money::ZERO) {
        true => Layout { left: 2, width: 5 },
        false => Layout { left: 3, width: 6 },
    };
    let slots = periods.len().max(LEAST_SLOTS);
    let every = slots.div_ceil(MOST_LABELS);
    let drawing = html! {
        (gridlines(pen, &axis))
        @for (index, period) in periods.iter().enumerate() {
            @let slot = Slot { index, slots, layout };
            g {
                title { (text::plain(&in_words(pen, period))) }
                rect.hit x=(slot.at(0)) y="0" width=(slot.width(PARTS)) height="100%" {}
                (bars(&axis, slot, period))
                (amount(pen, &axis, slot, period))
            }
            @if index % every == 0 { text.middle x=(slot.middle()) y="100%" dy="18" { (period.label) } }
            "\n"
        }
    };
    let described: Vec<String> =
        periods.iter().filter(|period| has_payments(period)).map(|period| in_words(pen, period)).collect();
    let picture = picture(pen, chart, HEIGHT, &pen.catalog.list(&described), &drawing);
    Some(html! { (plot(pen, &axis, &picture)) "\n" (legend(pen, timeline)) })
}

/// Where the bar of confirmed payments begins in a slot, and how broad it is; that of the unconfirmed ones follows.
#[derive(Clone, Copy)]
struct Layout {
    left: i64,
    width: i64,
}

/// The part of the width that belongs to a period.
#[derive(Clone, Copy)]
struct Slot {
    index: usize,
    slots: usize,
    layout: Layout,
}

impl Slot {
    fn at(self, half_parts: i64) -> Share {
        let index = i64::try_from(self.index).unwrap_or(i64::MAX);
        Share::of(index.saturating_mul(2 * PARTS).saturating_add(half_parts), self.whole())
    }

    fn width(self, parts: i64) -> Share {
        Share::of(parts.saturating_mul(2), self.whole())
    }

    /// Returns the middle of the bar of confirmed payments.
    fn middle(self) -> Share {
        self.at(2 * self.layout.left + self.layout.width)
    }

    fn whole(self) -> i64 {
        i64::try_from(self.slots).unwrap_or(i64::MAX).saturating_mul(2 * PARTS)
    }
}

fn bars(axis: &Axis, slot: Slot, period: &TimelinePeriod) -> Markup {
    let Layout { left, width } = slot.layout;
    let mut top = Money::ZERO;
    let bars = STATES.iter().map(|state| {
        let amount = (state.of)(period);
        if state.class == "unsure" {
            return (state, slot.at(2 * (left + width)), 3, axis.height(amount), axis.height(amount));
        }
        top = top.checked_add(amount).unwrap_or(top);
        (state, slot.at(2 * left), width, axis.height(top), axis.height(amount))
    });
    let bars: Vec<_> = bars.filter(|(.., height)| *height > Share::NOTHING).collect();
    html! {
        @for (state, x, parts, top, height) in bars {
            rect class={ "bar " (state.class) } x=(x) y=(top.rest()) width=(slot.width(parts)) height=(height) {}
        }
    }
}

/// Returns the confirmed amount above its bar, where there is room.
fn amount(pen: &HtmlWriter<'_>, axis: &Axis, slot: Slot, period: &TimelinePeriod) -> Markup {
    let sum = firm(period);
    let class = if slot.slots <= MOST_AMOUNTS_ON_A_PHONE { "middle sum" } else { "middle sum wide" };
    html! {
        @if slot.slots <= MOST_AMOUNTS && sum > Money::ZERO {
            text class=(class) x=(slot.middle()) y=(axis.height(sum).rest()) dy="-5" { (label(sum, pen.catalog)) }
        }
    }
}

/// Returns what is paid in a period, unless it is unconfirmed.
fn firm(period: &TimelinePeriod) -> Money {
    [period.paid, period.overdue, period.due].into_iter().sum::<Option<Money>>().unwrap_or(Money::ZERO)
}

fn has_payments(period: &TimelinePeriod) -> bool {
    STATES.iter().any(|state| (state.of)(period) > Money::ZERO)
}

fn in_words(pen: &HtmlWriter<'_>, period: &TimelinePeriod) -> String {
    let paid = STATES.iter().filter(|state| (state.of)(period) > Money::ZERO);
    let texts = paid.map(|state| {
        let text = Message::new("html-payments")
            .with("name", period.name.as_str())
            .with("state", Message::new(state.word))
            .with("amount", (state.of)(period));
        pen.catalog.text(&text)
    });
    let texts: Vec<String> = texts.collect();
    if texts.is_empty() { period.name.clone() } else { pen.catalog.list(&texts) }
}

/// Returns the states that occur, each with its sum.
fn legend(pen: &HtmlWriter<'_>, timeline: &Timeline) -> Markup {
    let sum_of = |state: &State| timeline.periods.iter().map(state.of).sum::<Option<Money>>();
    let sums = STATES.iter().filter_map(|state| Some((state, sum_of(state)?)));
    let sums: Vec<_> = sums.filter(|(_, sum)| *sum > Money::ZERO).collect();
    html! {
        ul.legend {
            @for (state, sum) in sums {
                @let text = Message::new("html-sum").with("state", Message::new(state.word)).with("amount", sum);
                li class={ "state " (state.class) } { (pen.message(&text)) }
            }
        }
    }
}
