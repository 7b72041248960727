//! The answer of a quote: what is payable for which accounts, and why.

use super::bought;
use super::position::Positions;
use crate::account::AccountType;
use crate::diagnostic::lang::{Arg, Message, term_words, waiver_kind_word};
use crate::money::{Money, UnitPrice};
use crate::pricing::{Line, OrderQuote, OrderStatus, Quote};
use crate::report::Answer;
use crate::report::explain::waiver_reason;
use crate::report::views::answer::{besides, payable};
use crate::report::views::words::accounts;

/// Returns the answer of a quote; its payers have names if it is that of a plan.
pub(super) fn answer(quote: &Quote, positions: &Positions<'_>, is_named: bool) -> Answer {
    let totals = &quote.totals;
    let date = quote.date.map(|date| Message::new("report-answer-date").with("date", date));
    let (text, date) = match &quote.orders[..] {
        [] => return Answer::new(Message::new("report-answer-none")),
        [only] if only.charged && totals.unconfirmed_orders == 0 => {
            let text = Message::new("report-answer-one")
                .with("accounts", accounts(bought(only)))
                .with("term", term_words(only.term, only.days));
            (text, None)
        }
        orders => {
            let firm = orders.iter().filter(|order| order.status == OrderStatus::Confirmed);
            (Message::new("report-answer-orders").with("orders", firm.count()), date)
        }
    };
    let waived = (totals.waived > Money::ZERO)
        .then(|| Message::new("report-answer-waived").with("waived", totals.waived));
    let text = Message::new("report-answer")
        .with("payable", payable(totals))
        .with("unconfirmed", totals.unconfirmed_orders)
        .with("what", text)
        .with("date", date.map_or_else(|| "".into(), Arg::from))
        .with("waived", waived.map_or_else(|| "".into(), Arg::from));
    let because = positions.covered_sentence().or_else(|| why(quote, is_named));
    Answer::new(text).because(because).besides(besides(totals))
}

/// Returns why the only order of a plan costs what it does: its waiver, or its accounts by tier. An order from flags
/// has its tiers right below.
fn why(quote: &Quote, is_named: bool) -> Option<Message> {
    let [only] = &quote.orders[..] else { return None };
    if !is_named || only.lines.is_empty() {
        return None;
    }
    Some(match only.waiver.as_ref().filter(|finding| finding.applied()) {
        Some(finding) => Message::new("report-answer-waiver")
            .with("kind", waiver_kind_word(finding.kind))
            .with("reason", waiver_reason(&finding.reason)),
        None => Message::new("report-answer-tiers").with("types", tiers_by_type(only)),
    })
}

/// Returns the price of a year as a calculation for each account type: `basic 5×5+145×4`.
fn tiers_by_type(order: &OrderQuote) -> Vec<Message> {
    let term = |line: &Line| {
        let price = line.unit_price.map_or_else(|| "?".to_owned(), UnitPrice::shortest);
        format!("{}×{price}", line.count())
    };
    let types = AccountType::ALL.into_iter().filter_map(|account_type| {
        let lines = order.lines.iter().filter(|line| line.account_type == account_type);
        let terms: Vec<String> = lines.map(term).collect();
        let text = Message::new("report-answer-tiers-of-type")
            .with("type", account_type)
            .with("terms", terms.join("+"));
        (!terms.is_empty()).then_some(text)
    });
    types.collect()
}
