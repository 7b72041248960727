//! What is paid, what that saves, how sure it is, and what it leans on.

use rust_decimal::Decimal;

use super::is_left_out;
use super::rules::{Leaning, leanings};
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::planning::optimize::{OptimizeTotals, OptimizedPlan, gap};
use crate::rates::RateCard;
use crate::report::{Answer, Tone};

/// Returns the first sentences: what is paid and saved, how sure that is, what it leans on, and what is in none of it.
pub(super) fn answer(optimized: &OptimizedPlan, card: &RateCard) -> Answer {
    let totals = &optimized.totals;
    let because = because(totals, &leanings(optimized, card));
    let tone = if totals.complete { Tone::Strong } else { Tone::Caution };
    let text = match totals.orders {
        0 => Message::new("optimize-answer-nothing"),
        orders => Message::new("optimize-answer").with("payable", totals.payable).with("orders", orders),
    };
    let text = text
        .with("from", optimized.from)
        .with("to", optimized.end.yesterday().unwrap_or(optimized.end))
        .with("compared", counted(optimized));
    Answer::new(text).toned(tone).because(because).besides(besides(optimized))
}

/// Returns the comparison with yearly renewals, after what the plans cost where that is not what is payable.
fn counted(optimized: &OptimizedPlan) -> Message {
    let totals = &optimized.totals;
    let compared = compared(totals);
    if totals.cost == totals.payable {
        return compared;
    }
    let limits = || optimized.payers.iter().map(|payer| &payer.limits);
    let has_placing = limits().any(|limits| limits.order_cost > Money::ZERO);
    let how = match (has_placing, limits().any(|limits| limits.value_rest)) {
        (true, true) => "both",
        (true, false) => "placing",
        (false, _) => "rest",
    };
    let counted = Message::new("optimize-counted").with("how", how).with("cost", totals.cost);
    counted.with("compared", compared)
}

/// Returns the comparison with yearly renewals.
fn compared(totals: &OptimizeTotals) -> Message {
    match (totals.baseline, totals.saving()) {
        (Some(baseline), Some(saving)) if saving > Money::ZERO => Message::new("optimize-saves")
            .with("baseline", baseline)
            .with("saving", saving)
            .with("percent", percent(saving, baseline)),
        (Some(_), _) => Message::new("optimize-saves-nothing"),
        (None, _) => Message::new("optimize-no-baseline"),
    }
}

fn because(totals: &OptimizeTotals, leanings: &[Leaning]) -> Option<Message> {
    if totals.orders == 0 {
        return None;
    }
    let sure = match totals.worst {
        Some(worst) => Message::new("optimize-sure-of-worst").with("worst", worst),
        None => sure(totals.cost, totals.lower_bound),
    };
    if leanings.is_empty() {
        return Some(Message::new("optimize-sure").with("sure", sure));
    }
    let leanings: Vec<Message> = leanings
        .iter()
        .map(|leaning| {
            Message::new("optimize-leaning").with("fact", leaning.fact.as_str()).with("cost", leaning.cost)
        })
        .collect();
    Some(Message::new("optimize-sure-and-leaning").with("sure", sure).with("leanings", leanings))
}

/// Returns how sure it is that nothing is cheaper.
pub(super) fn sure(cost: Money, lower_bound: Money) -> Message {
    match gap(cost, lower_bound) {
        Some(gap) if gap.is_zero() => Message::new("optimize-proven"),
        Some(gap) => Message::new("optimize-gap").with("percent", hundredths(gap)),
        None => Message::new("optimize-no-bound"),
    }
}

/// Returns the same in two words.
pub(super) fn proof(cost: Money, lower_bound: Money) -> Message {
    match gap(cost, lower_bound) {
        Some(gap) if gap.is_zero() => Message::new("optimize-optimal"),
        Some(gap) => Message::new("optimize-within").with("percent", hundredths(gap)),
        None => Message::new("optimize-no-bound"),
    }
}

/// Returns a part of one in per cent with two decimals.
pub(super) fn hundredths(part: Decimal) -> String {
    format!("{:.2}", (part * Decimal::ONE_HUNDRED).normalize())
}

/// Returns a part of an amount in per cent with one decimal.
pub(super) fn percent(part: Money, whole: Money) -> String {
    let share = share(part, whole).unwrap_or_default() * Decimal::ONE_HUNDRED;
    format!("{:.1}", share.round_dp(1))
}

/// Returns a part of an amount as a part of one; `None` of nothing.
pub(super) fn share(part: Money, whole: Money) -> Option<Decimal> {
    Decimal::from(part.fen()).checked_div(Decimal::from(whole.fen()))
}

/// Returns what is in no amount of the answer.
fn besides(optimized: &OptimizedPlan) -> Option<Message> {
    let unconfirmed = (optimized.unconfirmed.orders > 0).then(|| {
        Message::new("optimize-besides-unconfirmed")
            .with("payable", optimized.unconfirmed.payable)
            .with("orders", optimized.unconfirmed.orders)
    });
    let left_out = optimized
        .payers
        .iter()
        .filter(|payer| payer.found.as_ref().is_err_and(is_left_out))
        .filter_map(|payer| payer.payer.name.clone());
    let left_out: Vec<String> = left_out.collect();
    let left_out =
        (!left_out.is_empty()).then(|| Message::new("optimize-besides-left-out").with("names", left_out));
    match (unconfirmed, left_out) {
        (Some(unconfirmed), Some(left_out)) => Some(
            Message::new("optimize-besides-both").with("unconfirmed", unconfirmed).with("left-out", left_out),
        ),
        (unconfirmed, left_out) => unconfirmed.or(left_out),
    }
}
