//! Two schedules of one plan that end on different days.

use jiff::civil::Date;

use super::{Check, Findings, Violation};
use crate::planning::schedule::{Gap, PayerSchedule, Schedule, ScheduledOrder};

/// Returns what differs between two schedules before both have ended: orders, gaps and lapses.
pub(crate) fn same_window(first: &Schedule, second: &Schedule) -> Vec<Violation> {
    let until = first.until.min(second.until);
    let mut found = Findings::default();
    let differ = |what: &str, index: usize| format!("{what} of payer {index} differ up to {until}");
    if first.payers.len() != second.payers.len() {
        found.report(Check::Window, None, "the payers differ".to_owned());
    }
    for (index, (one, other)) in first.payers.iter().zip(&second.payers).enumerate() {
        let (these, those) = (orders(one, until), orders(other, until));
        for (this, that) in these.iter().zip(&those).filter(|(this, that)| this != that) {
            let text = format!("{this:?}\nis not\n{that:?}");
            found.report(Check::Window, this.date.min(that.date), text);
        }
        if these.len() != those.len() {
            let text = format!("{} and {} orders of payer {index}", these.len(), those.len());
            found.report(Check::Window, until, text);
        }
        if gaps(one, until) != gaps(other, until) {
            found.report(Check::Window, until, differ("the gaps", index));
        }
        let lapsed = |payer: &PayerSchedule| {
            let in_window = payer.lapsed.iter().filter(|lapsed| lapsed.last_day < until);
            in_window.copied().collect::<Vec<_>>()
        };
        if lapsed(one) != lapsed(other) {
            found.report(Check::Window, until, differ("the lapses", index));
        }
    }
    found.list
}

/// Returns the orders up to a day. Codes in stock that are activated later are left out: the shorter schedule does
/// not decide on them.
fn orders(payer: &PayerSchedule, until: Date) -> Vec<ScheduledOrder> {
    let before = payer.orders.iter().filter(|order| order.date < until);
    let cut = before.cloned().map(|mut order| {
        if order.recorded.is_some() {
            order.lots.retain(|lot| lot.recorded || lot.activated < until);
        }
        order
    });
    cut.collect()
}

fn gaps(payer: &PayerSchedule, until: Date) -> Vec<Gap> {
    let before = payer.gaps.iter().filter(|gap| gap.from < until);
    before.map(|gap| Gap { until: gap.until.min(until), ..*gap }).collect()
}
