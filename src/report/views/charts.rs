//! The pictures of quotes and of payments over time, priced by the engine like everything else.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::unconfirmed::firm_part;
use crate::account::{AccountType, Counts, PerType};
use crate::diagnostic::lang::{Message, term_words};
use crate::money::Money;
use crate::pricing::{Held, OrderQuote, OrderStatus, PriceTable, Purchase, PurchaseKind, Quote};
use crate::rates::{NegotiatedPart, RateCard};
use crate::report::{Chart, ChartKind, Curve, Timeline, TimelinePeriod};

/// More bars than these are no picture any more; the largest are drawn.
const MOST_BARS: usize = 20;
/// Longer names of periods do not stand under an axis.
const LABEL_LENGTH: usize = 7;

/// Returns the list price of an order's accounts against their number, for each account type that it buys.
pub(super) fn price_curves(card: &RateCard, table: &PriceTable, order: &OrderQuote) -> Vec<Chart> {
    let curve_of = |account_type| {
        let curve = price_curve(card, table, order, account_type)?;
        let title = Message::new("report-chart-curve")
            .with("type", account_type)
            .with("term", term_words(order.term, order.days));
        Some(Chart { title, kind: ChartKind::Curve(curve), requested: false })
    };
    AccountType::ALL.into_iter().filter_map(curve_of).collect()
}

/// Returns the payable amount of each payer, the largest first; `None` if fewer than two firm orders have to
/// be paid. Unconfirmed orders and those without a full price are left out, as from the total.
pub(super) fn payable_by_payer(quote: &Quote) -> Option<Chart> {
    let firm = quote.orders.iter().filter(|order| order.status == OrderStatus::Confirmed);
    let mut bars: Vec<(String, Money)> =
        firm.filter_map(|order| Some((payer_name(order), order.payable()?))).collect();
    if bars.iter().filter(|(_, payable)| *payable > Money::ZERO).count() < 2 {
        return None;
    }
    bars.sort_by_key(|(_, payable)| Reverse(*payable));
    let title = if bars.len() > MOST_BARS {
        Message::new("report-chart-largest").with("shown", MOST_BARS).with("all", bars.len())
    } else {
        Message::new("report-chart-payable")
    };
    bars.truncate(MOST_BARS);
    Some(Chart { title, kind: ChartKind::Bars(bars), requested: false })
}

/// A payment of a timeline.
pub(super) struct Payment {
    date: Date,
    state: PaymentState,
    /// What the totals count of it.
    firm: Money,
    unconfirmed: Money,
}

/// The state of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PaymentState {
    /// Made already.
    Paid,
    /// Late.
    Overdue,
    /// Still to be made.
    Due,
}

impl Payment {
    /// Returns the payment of an order, as far as prices are known.
    pub(super) fn of(date: Date, state: PaymentState, order: &OrderQuote) -> Payment {
        let (firm, unconfirmed) = match order.status {
            OrderStatus::Unconfirmed => (None, Some(order.priced_payable())),
            OrderStatus::Confirmed => (firm_part(order, order.priced_payable()), order.unconfirmed_payable()),
        };
        let known = Option::unwrap_or_default;
        Payment { date, state, firm: known(firm), unconfirmed: known(unconfirmed) }
    }
}

/// Returns the payments over time, in periods that are given by their first days and names; a payment belongs to the
/// last that begins before it or with it.
pub(super) fn timeline(
    title: &'static str,
    periods: impl IntoIterator<Item = (Date, String)>,
    payments: impl IntoIterator<Item = Payment>,
) -> Chart {
    let mut from = Vec::new();
    let mut timeline = Timeline { periods: Vec::new() };
    for (day, name) in periods {
        let zero = Money::ZERO;
        let label = if name.len() > LABEL_LENGTH { month(day) } else { name.clone() };
        let period = TimelinePeriod { label, name, paid: zero, overdue: zero, due: zero, unconfirmed: zero };
        from.push(day);
        timeline.periods.push(period);
    }
    for payment in payments {
        let index = from.partition_point(|day| *day <= payment.date).checked_sub(1);
        let Some(period) = index.and_then(|index| timeline.periods.get_mut(index)) else { continue };
        let sum = match payment.state {
            PaymentState::Paid => &mut period.paid,
            PaymentState::Overdue => &mut period.overdue,
            PaymentState::Due => &mut period.due,
        };
        *sum = sum.checked_add(payment.firm).unwrap_or(*sum);
        let unconfirmed = period.unconfirmed.checked_add(payment.unconfirmed);
        period.unconfirmed = unconfirmed.unwrap_or(period.unconfirmed);
    }
    Chart { title: Message::new(title), kind: ChartKind::Timeline(timeline), requested: false }
}

/// Returns a month, such as `2023-02`.
pub(super) fn month(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

fn payer_name(order: &OrderQuote) -> String {
    order.payer.name.as_ref().or(order.payer.code.as_ref()).cloned().unwrap_or_default()
}

/// Returns the points between which the price is a straight line, apart from rounding. Where prices end
/// before the customer's position, so does the curve, and the customer has no position on it (P5).
fn price_curve(
    card: &RateCard,
    table: &PriceTable,
    order: &OrderQuote,
    account_type: AccountType,
) -> Option<Curve> {
    let lines = || order.lines.iter().filter(|line| line.account_type == account_type);
    if lines().any(|line| line.member.is_some()) {
        // Each member has a curve of its own.
        return None;
    }
    let position =
        u32::try_from(lines().map(|line| line.count()).sum::<u64>()).ok().filter(|count| *count > 0)?;
    let negotiated = lines().find(|line| line.tier.is_none()).and_then(|line| line.unit_price);
    let start = *order.start.get(account_type);
    let bought = |ordinal: u32| ordinal.checked_sub(start).filter(|count| *count > 0);

    let mut end = position.saturating_add((position / 4).max(10)).min(most_accounts(card, order));
    if let (Some(rule), None) = (&card.negotiated, negotiated) {
        end = end.min(bought(rule.from.saturating_sub(1))?);
    }
    let edges: Vec<u32> =
        card.tiers.iter().filter_map(|tier| bought(tier.to?)).filter(|edge| *edge < end).collect();
    // Where all accounts are negotiated from the next one on, the price leaps there.
    let leap = card.negotiated.as_ref().filter(|_| card.rules.negotiated == NegotiatedPart::All);
    let leap = leap.and_then(|rule| bought(rule.from));
    let mut counts: Vec<u32> =
        edges.iter().copied().chain([position, end]).chain(leap).filter(|count| *count <= end).collect();
    counts.sort_unstable();
    counts.dedup();

    let price = |count: u32| {
        // What is held has already become the start: no rule matters any more.
        let (kind, held) = (kind(order), Held::before_purchase(table.rules().new_purchase, order.start));
        let mut purchase = Purchase { term: order.term, kind, held, ..Purchase::of(Counts::ZERO) };
        *purchase.counts.get_mut(account_type) = count;
        purchase.negotiated = PerType::from_fn(|_| negotiated);
        Some((count, table.price(&purchase).ok()?.list_price))
    };
    let mut points = vec![(0, Money::ZERO)];
    points.extend(counts.into_iter().map(price).collect::<Option<Vec<_>>>()?);
    let position = points.iter().copied().find(|(count, _)| *count == position);
    Some(Curve { points, edges, position })
}

fn kind(order: &OrderQuote) -> PurchaseKind {
    match (order.test_enterprise, order.renewal) {
        (true, _) => PurchaseKind::TestEnterprise,
        (false, true) => PurchaseKind::Renewal,
        (false, false) => PurchaseKind::New,
    }
}

fn most_accounts(card: &RateCard, order: &OrderQuote) -> u32 {
    match &card.test_enterprise {
        Some(rule) if order.test_enterprise => rule.most_accounts_of_a_type,
        _ => card.order.most_accounts_of_a_type,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Term;
    use crate::pricing::{Member, Order, Party, quote_orders};
    use crate::rates::RateCards;

    fn order(name: &str, counts: Counts, held: Counts) -> Order {
        let party = Party { code: Some(name.to_owned()), name: Some(name.to_owned()) };
        let member = Member {
            party: party.clone(),
            counts,
            held: Held::longer(held),
            charged: true,
            ..Member::default()
        };
        Order {
            payer: party,
            customer: Default::default(),
            members: vec![member],
            held_by_others: Held::NONE,
            term: Term::ONE_YEAR,
            renewal: false,
            test_enterprise: false,
            negotiated: Default::default(),
            status: OrderStatus::Confirmed,
        }
    }

    fn curves_of(order: &Order) -> Vec<Curve> {
        let cards = RateCards::embedded().unwrap();
        let card = cards.in_force(None).unwrap();
        let quote = quote_orders(card, None, std::slice::from_ref(order)).unwrap();
        price_curves(card, &PriceTable::new(card).unwrap(), &quote.orders[0])
            .into_iter()
            .map(|chart| match chart.kind {
                ChartKind::Curve(curve) => curve,
                _ => panic!("not a curve"),
            })
            .collect()
    }

    #[test]
    fn every_point_is_what_an_order_of_so_many_costs() {
        let cards = RateCards::embedded().unwrap();
        let card = cards.in_force(None).unwrap();
        let held = Counts { basic: 180, interop: 3 };
        let counts = Counts { basic: 400, interop: 300 };
        let curves = curves_of(&order("a", counts, held));
        assert_eq!(curves.len(), 2);
        for (account_type, curve) in AccountType::ALL.into_iter().zip(curves) {
            assert_eq!(curve.points[0], (0, Money::ZERO));
            assert!(curve.edges.iter().all(|edge| curve.points.iter().any(|(count, _)| count == edge)));
            for (count, price) in &curve.points[1..] {
                let mut counts = Counts::ZERO;
                *counts.get_mut(account_type) = *count;
                let quote = quote_orders(card, None, &[order("a", counts, held)]).unwrap();
                assert_eq!(quote.orders[0].list_price(), Some(*price), "{count} {account_type}");
            }
        }
    }

    #[test]
    fn edges_are_counted_in_accounts_of_the_order() {
        let held = Counts { basic: 180, interop: 0 };
        let curves = curves_of(&order("a", Counts { basic: 400, interop: 0 }, held));
        assert_eq!(curves[0].edges, [20, 320]);
        assert_eq!(curves[0].position.map(|(count, _)| count), Some(400));
    }

    #[test]
    fn a_curve_ends_where_the_list_does() {
        let curves = curves_of(&order("a", Counts { basic: 12_000, interop: 0 }, Counts::ZERO));
        assert_eq!(curves[0].points.last().unwrap().0, 10_000);
        assert_eq!(curves[0].position, None);
        let held = Counts { basic: 10_000, interop: 0 };
        assert!(curves_of(&order("a", Counts { basic: 5, interop: 0 }, held)).is_empty());
    }

    #[test]
    fn bars_leave_out_what_the_total_leaves_out() {
        let cards = RateCards::embedded().unwrap();
        let card = cards.in_force(None).unwrap();
        let counts = |basic| Counts { basic, interop: 0 };
        let mut orders =
            vec![order("small", counts(5), Counts::ZERO), order("large", counts(9), Counts::ZERO)];
        orders.push(order("unpriced", counts(10_001), Counts::ZERO));
        orders.push(Order {
            status: OrderStatus::Unconfirmed,
            ..order("unconfirmed", counts(9), Counts::ZERO)
        });
        let chart = payable_by_payer(&quote_orders(card, None, &orders).unwrap()).unwrap();
        let ChartKind::Bars(bars) = chart.kind else { panic!("no bars") };
        let names: Vec<&str> = bars.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["large", "small"]);
        assert!(payable_by_payer(&quote_orders(card, None, &orders[..1]).unwrap()).is_none());
    }
}
