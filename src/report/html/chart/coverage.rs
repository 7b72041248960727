//! Coverage: users who need an account against accounts that run, over time, with the orders marked.

use jiff::civil::Date;
use maud::{Markup, html};

use super::picture;
use super::plot::{gridlines, plot};
use super::scale::{Axis, Share};
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::report::html::pen::HtmlWriter;
use crate::report::html::text;
use crate::report::{Chart, Coverage};
use crate::rules::days_between;

/// Pixels from the lower axis to the top of the chart.
const HEIGHT: usize = 180;
/// Largest number of labels under the lower axis.
const MOST_LABELS: i32 = 8;

/// Draws users and accounts over time. `None` if nobody ever needs an account.
pub(super) fn draw(pen: &HtmlWriter<'_>, chart: &Chart, coverage: &Coverage) -> Option<Markup> {
    let heights = coverage.steps.iter().map(|step| step.need.max(step.active));
    let axis = Axis::to(counted(heights.max()?))?;
    let scale = Scale { coverage, axis: &axis };
    let drawing = html! {
        (gridlines(pen, &axis))
        svg viewBox="0 0 10000 10000" preserveAspectRatio="none" width="100%" height="100%" {
            path.area.covered d={ (scale.line(|step| step.active)) "V10000H0Z" } {}
            path.line d=(scale.line(|step| step.active)) {}
            path.line.need d=(scale.line(|step| step.need)) {}
        }
        "\n"
        @for (date, words) in &coverage.orders {
            g {
                title { (text::plain(&pen.catalog.text(words))) }
                line.drop x1=(scale.x(*date)) x2=(scale.x(*date)) y1="0" y2="100%" {}
                circle.place cx=(scale.x(*date)) cy="100%" r="4.5" {}
            }
        }
        (scale.days())
    };
    let words: Vec<String> = coverage.orders.iter().map(|(_, words)| pen.catalog.text(words)).collect();
    let picture = picture(pen, chart, HEIGHT, &pen.catalog.list(&words), &drawing);
    Some(html! { (plot(pen, &axis, &picture)) "\n" (legend(pen)) })
}

/// Returns a number as the axis takes it, which writes whole yuan without decimals.
fn counted(count: u32) -> Money {
    Money::from_fen(i64::from(count) * 100)
}

struct Scale<'c> {
    coverage: &'c Coverage,
    axis: &'c Axis,
}

impl Scale<'_> {
    fn x(&self, date: Date) -> Share {
        let whole = days_between(self.coverage.from, self.coverage.end);
        let part = if date < self.coverage.from { 0 } else { days_between(self.coverage.from, date) };
        Share::of(part.into(), whole.into())
    }

    /// Returns a line of steps.
    fn line(&self, count: impl Fn(&crate::report::CoveragePoint) -> u32) -> String {
        let mut line = String::new();
        for step in &self.coverage.steps {
            let (x, y) = (self.x(step.day).units(), self.axis.height(counted(count(step))).rest().units());
            let start = if line.is_empty() { format!("M{x} {y}") } else { format!("H{x}V{y}") };
            line.push_str(&start);
        }
        line + "H10000"
    }

    /// Returns the first days of years, or of months where there are few, below the axis.
    fn days(&self) -> Markup {
        let (from, end) = (self.coverage.from, self.coverage.end);
        let months = month_number(end) - month_number(from);
        let every = if months > 24 { 12 * (months / 12 / MOST_LABELS + 1) } else { months / MOST_LABELS + 1 };
        let firsts = (month_number(from)..=month_number(end)).filter(|month| month % every == 0);
        let firsts = firsts.filter_map(first_of_month).filter(|first| from <= *first && *first < end);
        html! {
            @for first in firsts {
                @let label = first.strftime(if every < 12 { "%Y-%m" } else { "%Y" }).to_string();
                text.middle x=(self.x(first)) y="100%" dy="20" { (label) }
            }
        }
    }
}

/// Returns the number of a day's month since the year 0.
fn month_number(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

fn first_of_month(number: i32) -> Option<Date> {
    let year = i16::try_from(number.div_euclid(12)).ok()?;
    Date::new(year, i8::try_from(number.rem_euclid(12) + 1).ok()?, 1).ok()
}

fn legend(pen: &HtmlWriter<'_>) -> Markup {
    html! {
        ul.legend {
            li.state { (pen.message(&Message::new("html-active"))) }
            li.need { (pen.message(&Message::new("html-needed"))) }
            li.here { (pen.message(&Message::new("html-orders"))) }
        }
    }
}
