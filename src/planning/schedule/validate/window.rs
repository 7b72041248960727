//! Two schedules of one plan that end on different days.

use jiff::civil::Date;

use crate::planning::schedule::{Gap, PayerSchedule, Schedule, ScheduledOrder};

/// Returns what differs between two schedules before both have ended: orders, gaps and lapses.
pub(crate) fn same_window(first: &Schedule, second: &Schedule) -> Vec<String> {
    let until = first.until.min(second.until);
    let mut found = Vec::new();
    if first.payers.len() != second.payers.len() {
        found.push("the payers differ".to_owned());
    }
    for (index, (one, other)) in first.payers.iter().zip(&second.payers).enumerate() {
        let (these, those) = (orders(one, until), orders(other, until));
        let differing = these.iter().zip(&those).filter(|(this, that)| this != that);
        found.extend(differing.map(|(this, that)| format!("{this:?}\nis not\n{that:?}")));
        if these.len() != those.len() {
            found.push(format!("{} and {} orders of payer {index}", these.len(), those.len()));
        }
        if gaps(one, until) != gaps(other, until) {
            found.push(format!("the gaps of payer {index} differ up to {until}"));
        }
        let lapsed = |payer: &PayerSchedule| {
            let in_window = payer.lapsed.iter().filter(|lapsed| lapsed.last_day < until);
            in_window.copied().collect::<Vec<_>>()
        };
        if lapsed(one) != lapsed(other) {
            found.push(format!("the lapses of payer {index} differ up to {until}"));
        }
    }
    found
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
