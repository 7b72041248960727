use super::quote::{
    AssumptionDocument, OrderDocument, PartyDocument, TotalsDocument, assumption_documents, order_document,
    party_document, totals_document,
};
use super::values::{Day, Money};
use crate::AccountType;
use crate::assumption::Assumption;
use crate::diagnostic::lang::Catalog;
use crate::planning::budget::{Budget, BudgetLine, PayerBudget, Period};
use crate::planning::schedule::{Gap, Lapsed, OrderKind, OrderLot, Reason, ScheduledOrder};
use crate::pricing::OrderStatus;
use crate::rates::RateCard;
use crate::report::reasons::{reason_code, reason_text};
use crate::rules::app_orders_check;

json_object! {
    /// Cost of a plan over a horizon, order by order.
    pub(crate) struct BudgetDocument = budget_json(
        budget: &Budget,
        card: &RateCard,
        assumptions: &[Assumption],
        catalog: &Catalog,
    ) {
        /// The name and version of this format; the version changes when a field is changed or removed.
        schema: &'static str = "wxlicense/budget/1",
        /// The id of the rate card.
        rate_card: String = budget.rate_card.clone(),
        /// The first day of the horizon.
        from: Day = budget.from.into(),
        /// The last day of the horizon, inclusive.
        to: Day = budget.end.yesterday().unwrap_or(budget.end).into(),
        /// What the figures assume beside the plan.
        assumptions: Vec<AssumptionDocument> = assumption_documents(assumptions, catalog),
        /// The fiscal years of the horizon, without a gap.
        years: Vec<PeriodDocument> = budget.years.iter().map(period_document).collect(),
        /// The steps of `--by`, without a gap; those without an order too.
        periods: Vec<PeriodDocument> = budget.periods.iter().map(period_document).collect(),
        /// Every order: by day, then by payer in the order of the plan.
        orders: Vec<LineDocument> =
            budget
                .lines
                .iter()
                .map(|line| line_document(line, &budget.payers[line.payer], card, catalog))
                .collect(),
        /// The payers, in the order of the plan.
        payers: Vec<PayerDocument> = budget.payers.iter().map(payer_document).collect(),
        /// Totals of all orders.
        totals: TotalsDocument = totals_document(&budget.totals),
    }
}

json_object! {
    /// A part of the horizon.
    struct PeriodDocument = period_document(period: &Period) {
        /// Its first day within the horizon.
        from: Day = period.from.into(),
        /// Its last day within the horizon, inclusive.
        to: Day = period.to.into(),
        /// True if the horizon covers only a part of it.
        partial: bool = period.partial,
        /// Its orders, as indices of the document's `orders`, counted from 0.
        orders: Vec<usize> = period.lines.clone().collect(),
        /// Totals of its orders.
        totals: TotalsDocument = totals_document(&period.totals),
    }
}

json_object! {
    /// One order of the budget.
    struct LineDocument = line_document(
        line: &BudgetLine,
        payer: &PayerBudget,
        card: &RateCard,
        catalog: &Catalog,
    ) {
        /// Index of its payer in `payers`, counted from 0.
        payer: usize = line.payer,
        /// Day on which it is placed and paid, Beijing time; waivers are decided on it.
        date: Day = line.order.date.into(),
        /// Reason why it is placed.
        kind: OrderKind = line.order.kind,
        /// True if it should have been paid before the plan's date.
        overdue: bool = line.order.is_overdue(),
        /// The day on which it should have been paid; null if it is not late.
        due_since: Option<Day> = line.order.due_since.map(Into::into),
        /// Why its day and term are what they are.
        reasons: Vec<ReasonDocument> =
            line.order.reasons.iter().map(|reason| reason_document(reason, catalog)).collect(),
        /// The first day on which accounts of it run; null while none is activated.
        starts: Option<Day> = (!line.order.lots.is_empty()).then(|| line.order.starts().into()),
        /// The last day of expiry of its accounts: the first on which they no longer run; null while none is
        /// activated.
        expires: Option<Day> = line.order.expires().map(Into::into),
        /// Accounts that run together. There is none if the order tells as much: each member has the accounts that
        /// were bought for it, all of them from `starts` to `expires`; a renewal prolongs those that expire on
        /// `starts` on the day of the order, codes of another order are activated on `starts`.
        lots: Vec<LotDocument> = lots(&line.order, payer),
        /// True if WeCom checks the customer's app orders before it sells; false for a purchase of the past.
        app_orders_checked: bool =
            line.order.kind != OrderKind::Recorded && app_orders_check(card, line.order.date).is_some(),
        /// True if it is the payer's first charged order after waived ones.
        first_after_waiver: bool = line.order.first_after_waiver,
        /// The order, priced as `quote` prices it.
        order: OrderDocument = order_document(&line.order.quote, card, catalog, Some(line.order.date), false),
    }
}

json_object! {
    /// Cost of one payer over the horizon.
    struct PayerDocument = payer_document(payer: &PayerBudget) {
        /// Its code in the plan; null for a customer without one.
        code: Option<String> = payer.payer.code.clone(),
        /// Its name in the plan; null for a customer without one.
        name: Option<String> = payer.payer.name.clone(),
        /// Whose accounts are bought, the payer first.
        members: Vec<PartyDocument> = payer.members.iter().map(party_document).collect(),
        /// True if at least one member is charged; false if all apps are the customer's own.
        charged: bool = payer.charged,
        /// Confirmed if its orders count towards the firm totals.
        status: OrderStatus = payer.status,
        /// Totals of its orders.
        totals: TotalsDocument = totals_document(&payer.totals),
        /// Days on which fewer accounts are active than needed.
        gaps: Vec<GapDocument> = payer.gaps.iter().map(|gap| gap_document(gap, payer)).collect(),
        /// Codes that are lost because nobody activated them in time.
        lost: Vec<LostDocument> = payer.lapsed.iter().map(|lapsed| lost_document(lapsed, payer)).collect(),
    }
}

json_object! {
    /// Why an order's day or term is what it is.
    pub(super) struct ReasonDocument = reason_document(reason: &Reason, catalog: &Catalog) {
        /// A stable word for it.
        code: &'static str = reason_code(reason),
        /// The reason in a sentence; null for one that the order's own days say.
        text: Option<String> = reason_text(reason).map(|text| catalog.text(&text)),
    }
}

json_object! {
    /// Accounts of an order that run together.
    struct LotDocument = lot_document(lot: &OrderLot, payer: &PayerBudget) {
        /// The code of the school whose users they serve.
        school: String = code(payer, lot.member),
        /// Their type.
        r#type: crate::AccountType = lot.account_type,
        /// Their number.
        count: u32 = lot.count,
        /// The first day on which they run.
        starts: Day = lot.starts().into(),
        /// The day on which they expire.
        expires: Day = lot.expires.into(),
        /// The day on which the codes are activated, or the accounts prolonged.
        activated: Day = lot.activated.into(),
        /// The day of expiry of the accounts that they prolong; null for users without an account.
        extends: Option<Day> = lot.extends.map(Into::into),
    }
}

json_object! {
    /// Days on which fewer accounts are active than needed.
    struct GapDocument = gap_document(gap: &Gap, payer: &PayerBudget) {
        /// The code of the school.
        school: String = code(payer, gap.member),
        /// The type that the users need.
        r#type: crate::AccountType = gap.account_type,
        /// The first of the days.
        from: Day = gap.from.into(),
        /// The first day after.
        until: Day = gap.until.into(),
        /// Number of days.
        #[schemars(range(min = 1))]
        days: u32 = gap.days(),
        /// Users who need an account.
        need: u32 = gap.need,
        /// Active accounts that serve them.
        active: u32 = gap.active,
    }
}

json_object! {
    /// Codes that are lost.
    struct LostDocument = lost_document(lapsed: &Lapsed, payer: &PayerBudget) {
        /// The code of the school that bought them.
        school: String = code(payer, lapsed.member),
        /// Their type.
        r#type: crate::AccountType = lapsed.account_type,
        /// Their number.
        count: u32 = lapsed.count,
        /// The last day on which they could be activated.
        last_day: Day = lapsed.last_day.into(),
        /// Their part of what was paid, in yuan; null if a price is not known.
        worth: Option<Money> = lapsed.worth.map(Into::into),
    }
}

fn code(payer: &PayerBudget, member: usize) -> String {
    payer.members[member].code.clone().unwrap_or_default()
}

/// Returns the lots of an order; none if its own days and counts tell them.
fn lots(order: &ScheduledOrder, payer: &PayerBudget) -> Vec<LotDocument> {
    let days = |lot: &OrderLot| (lot.starts(), lot.expires);
    let alike = order.lots.windows(2).all(|pair| days(&pair[0]) == days(&pair[1]));
    let renewal = order.kind == OrderKind::Renewal;
    let plain = order.lots.iter().all(|lot| lot.extends.is_some() == renewal);
    let own = order.quote.members.iter().all(|member| {
        let runs = |lot: &&OrderLot| payer.members[lot.member].code == member.party.code;
        let lots = order.lots.iter().filter(runs);
        AccountType::ALL.into_iter().all(|account_type| {
            let of_type = lots.clone().filter(|lot| lot.account_type == account_type);
            of_type.map(|lot| u64::from(lot.count)).sum::<u64>()
                == u64::from(*member.counts.get(account_type))
        })
    });
    if alike && plain && own {
        Vec::new()
    } else {
        order.lots.iter().map(|lot| lot_document(lot, payer)).collect()
    }
}
