//! Orders and activations day by day, with their prices and reasons.

use jiff::civil::Date;

use crate::account::AccountType;
use crate::diagnostic::lang::{Message, term_words};
use crate::planning::optimize::{ExplainedOrder, OptimizedPlan, PayerOptimum, PayerPlan, PlannedLot};
use crate::pricing::{OrderStatus, PurchaseKind};
use crate::report::optimize_words::reasons_text;
use crate::report::views::words::order_status;
use crate::report::{Cell, Columns, Grid, LeftOut, Records, Remark, Tag};

/// An order of a payer.
#[derive(Clone, Copy)]
pub(super) struct Placed<'o> {
    pub(super) payer: &'o PayerOptimum,
    pub(super) plan: &'o PayerPlan,
    pub(super) order: &'o ExplainedOrder,
}

impl Placed<'_> {
    pub(super) fn date(&self) -> Date {
        self.plan.date(self.order.order.day)
    }

    pub(super) fn name(&self) -> String {
        self.payer.payer.name.clone().unwrap_or_default()
    }

    pub(super) fn kind(&self) -> &'static str {
        if self.order.order.kind == PurchaseKind::Renewal { "renewal" } else { "purchase" }
    }

    pub(super) fn kind_word(&self) -> Message {
        let is_renewal = self.order.order.kind == PurchaseKind::Renewal;
        Message::new(if is_renewal { "budget-renewal" } else { "budget-purchase" })
    }
}

/// Returns the orders of the payers of a status, by day, then in the order of the plan.
pub(super) fn placed(optimized: &OptimizedPlan, status: OrderStatus) -> Vec<Placed<'_>> {
    let of = |payer| of_payer(payer).into_iter();
    let payers = optimized.payers.iter().filter(|payer| payer.status == status);
    let mut orders: Vec<Placed<'_>> = payers.flat_map(of).collect();
    orders.sort_by_key(Placed::date);
    orders
}

fn of_payer(payer: &PayerOptimum) -> Vec<Placed<'_>> {
    let Ok(plan) = &payer.found else { return Vec::new() };
    plan.orders.iter().map(|order| Placed { payer, plan, order }).collect()
}

/// An activation, of an order or of codes that were there before.
#[derive(Clone, Copy)]
pub(super) struct Activation<'o> {
    pub(super) payer: &'o PayerOptimum,
    pub(super) plan: &'o PayerPlan,
    pub(super) lot: &'o PlannedLot,
    /// The day of payment of the codes.
    pub(super) paid: Date,
    pub(super) is_renewal: bool,
}

/// Returns all activations of a payer, by day.
pub(super) fn activations(payer: &PayerOptimum) -> Vec<Activation<'_>> {
    let Ok(plan) = &payer.found else { return Vec::new() };
    let stock = plan.optimum.plan.stock.iter().map(|stock| Activation {
        payer,
        plan,
        lot: &stock.lot,
        paid: plan.date(stock.paid),
        is_renewal: false,
    });
    let bought = plan.orders.iter().flat_map(|order| {
        let (paid, is_renewal) = (plan.date(order.order.day), order.order.kind == PurchaseKind::Renewal);
        order.order.lots.iter().map(move |lot| Activation { payer, plan, lot, paid, is_renewal })
    });
    let mut all: Vec<Activation<'_>> = stock.chain(bought).collect();
    all.sort_by_key(|activation| (activation.lot.activated, activation.paid));
    all
}

/// Returns the orders with their prices.
pub(super) fn order_grid(orders: &[Placed<'_>]) -> Grid {
    let several = has_several_payers(orders);
    Columns::of(orders)
        .right("date", "calendar-date", |placed| placed.date())
        .when(several, |columns| columns.left("payer", "report-school", |placed| placed.name()))
        .left("kind", "budget-kind", |placed| placed.kind_word())
        .left_out(LeftOut::ToKeepWords)
        .right("basic", "report-basic", |placed| placed.order.order.counts.basic)
        .left_out(LeftOut::Folded)
        .right("interop", "report-interop", |placed| placed.order.order.counts.interop)
        .left_out(LeftOut::Folded)
        .left("term", "report-term", |placed| term_words(placed.order.quote.term, placed.order.quote.days))
        .right("after_basic", "optimize-after-basic", |placed| placed.order.order.after.basic)
        .left_out(LeftOut::ToKeepWords)
        .right("after_interop", "optimize-after-interop", |placed| placed.order.order.after.interop)
        .left_out(LeftOut::ToKeepWords)
        .right("price", "optimize-price", |placed| placed.order.order.price)
        .grid()
        .without_zeros()
        .without_empty_columns()
}

/// Returns what is activated when; codes that nothing activates have no row.
pub(super) fn activation_grid(orders: &[Placed<'_>]) -> Grid {
    let several = has_several_payers(orders);
    let mut payers: Vec<&PayerOptimum> = Vec::new();
    for placed in orders {
        if !payers.iter().any(|known| std::ptr::eq(*known, placed.payer)) {
            payers.push(placed.payer);
        }
    }
    let mut all: Vec<Activation<'_>> = payers.into_iter().flat_map(activations).collect();
    all.sort_by_key(|activation| activation.lot.activated);
    Columns::of(all)
        .right("date", "calendar-date", |activation| activation.plan.date(activation.lot.activated))
        .when(several, |columns| {
            columns.left("payer", "report-school", |activation| activation.payer.payer.name.clone())
        })
        .right("count", "report-accounts", |activation| activation.lot.count)
        .left("type", "optimize-type", |activation| activation.lot.account_type)
        .right("paid", "optimize-of-order", |activation| activation.paid)
        .left_out(LeftOut::ToKeepWords)
        .right("extends", "optimize-extends", |activation| extends(activation))
        .right("expires", "budget-expires", |activation| activation.plan.date(activation.lot.expires))
        .grid()
        .without_empty_columns()
}

fn extends(activation: &Activation<'_>) -> Option<Date> {
    activation.lot.extends.map(|day| activation.plan.date(day))
}

/// Returns why each order is what it is, with its price to be checked by hand.
pub(super) fn reason_remarks(orders: &[Placed<'_>]) -> Vec<Remark> {
    let several = has_several_payers(orders);
    let remark = |placed: &Placed<'_>| {
        let id = if several { "optimize-order-reason-of" } else { "optimize-order-reason" };
        let text = Message::new(id);
        let text = if several { text.with("name", placed.name()) } else { text };
        let text = text
            .with("reasons", reasons_text(placed.plan, placed.order))
            .with("formula", placed.order.quote.formula.as_str())
            .with("price", placed.order.order.price);
        Remark::new(text).tagged(Some(Tag::from(placed.date().to_string())))
    };
    orders.iter().map(remark).collect()
}

fn has_several_payers(orders: &[Placed<'_>]) -> bool {
    orders.windows(2).any(|pair| !std::ptr::eq(pair[0].payer, pair[1].payer))
}

/// An order or an activation, as a row for programs.
enum Event<'o> {
    Order(Placed<'o>),
    Activation(Activation<'o>),
}

impl Event<'_> {
    fn payer(&self) -> &PayerOptimum {
        match self {
            Event::Order(placed) => placed.payer,
            Event::Activation(activation) => activation.payer,
        }
    }

    fn date(&self) -> Date {
        match self {
            Event::Order(placed) => placed.date(),
            Event::Activation(activation) => activation.plan.date(activation.lot.activated),
        }
    }

    fn order<T>(&self, get: impl Fn(&Placed<'_>) -> T) -> Option<T> {
        match self {
            Event::Order(placed) => Some(get(placed)),
            Event::Activation(_) => None,
        }
    }

    fn activation<T>(&self, get: impl Fn(&Activation<'_>) -> T) -> Option<T> {
        match self {
            Event::Order(_) => None,
            Event::Activation(activation) => Some(get(activation)),
        }
    }

    fn count(&self, of: AccountType) -> u32 {
        match self {
            Event::Order(placed) => *placed.order.order.counts.get(of),
            Event::Activation(activation) if activation.lot.account_type == of => activation.lot.count,
            Event::Activation(_) => 0,
        }
    }
}

/// Returns orders and activations, one row each, by day.
pub(super) fn records(optimized: &OptimizedPlan) -> Records {
    let mut events: Vec<Event<'_>> = Vec::new();
    for payer in &optimized.payers {
        events.extend(of_payer(payer).into_iter().map(Event::Order));
        // What a renewal prolongs is prolonged by the order itself.
        let own = activations(payer).into_iter().filter(|activation| !activation.is_renewal);
        events.extend(own.map(Event::Activation));
    }
    events.sort_by_key(Event::date);
    let date = |event: &Event<'_>, get: fn(&PlannedLot) -> Option<i32>| {
        event.activation(|activation| get(activation.lot).map(|day| activation.plan.date(day))).flatten()
    };
    Columns::of(events)
        .left("date", "calendar-date", Event::date)
        .left("payer_code", "report-code", |event| event.payer().payer.code.clone())
        .left("payer_name", "report-school", |event| event.payer().payer.name.clone())
        .left("status", "report-status", |event| order_status(event.payer().status))
        .left("event", "optimize-event", |event| event_word(event))
        .right("basic", "report-basic", |event| event.count(AccountType::Basic))
        .right("interop", "report-interop", |event| event.count(AccountType::Interop))
        .right("months", "report-months", |event| event.order(|placed| placed.order.quote.term.months))
        .right("days", "report-days", |event| event.order(|placed| placed.order.quote.term.days))
        .right("after_basic", "optimize-after-basic", |event| {
            event.order(|placed| placed.order.order.after.basic)
        })
        .right("after_interop", "optimize-after-interop", |event| {
            event.order(|placed| placed.order.order.after.interop)
        })
        .left("formula", "budget-formula", |event| event.order(|placed| placed.order.quote.formula.clone()))
        .right("price", "optimize-price", |event| event.order(|placed| placed.order.order.price))
        .left("reasons", "report-reason", |event| event.order(reason_words))
        .left("paid", "optimize-of-order", |event| event.activation(|activation| activation.paid))
        .left("extends", "optimize-extends", |event| date(event, |lot| lot.extends))
        .left("expires", "budget-expires", |event| date(event, |lot| Some(lot.expires)))
        .records()
}

fn event_word(event: &Event<'_>) -> Cell {
    match event {
        Event::Order(placed) => Cell::keyed(placed.kind(), placed.kind_word()),
        Event::Activation(_) => Cell::keyed("activation", Message::new("optimize-activation")),
    }
}

fn reason_words(placed: &Placed<'_>) -> String {
    let words: Vec<&str> = placed.order.reasons.iter().map(|reason| reason.as_str()).collect();
    words.join(" ")
}
