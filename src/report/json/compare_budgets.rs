use super::compare::{
    CauseDocument, ChangeDocument, ShareDocument, cause_document, change_document, share_document,
};
use super::quote::{
    AssumptionDocument, PartyDocument, TotalsDocument, assumption_documents, party_document, totals_document,
};
use super::values::{Day, UnitPrice};
use crate::account::Counts;
use crate::analysis::compare::{
    BudgetComparison, BudgetCustomerChange, BudgetCustomerState, Change, PayerChange, PayerSide,
    PeriodAmounts, PeriodChange, PeriodSide, PlacedOrders,
};
use crate::assumption::Assumption;
use crate::diagnostic::lang::Catalog;
use crate::planning::budget::Budget;
use crate::planning::schedule::OrderKind;
use crate::pricing::OrderStatus;

json_object! {
    /// Difference between two budgets, by period, by payer, by customer and by cause. Every sum is exact: causes add
    /// up to customers and periods, and these, like payers, to the total.
    pub(crate) struct CompareBudgetsDocument = compare_budgets_json(
        comparison: &BudgetComparison,
        assumptions: &[Assumption],
        catalog: &Catalog,
    ) {
        /// The name and version of this format; the version changes when a field is changed or removed.
        schema: &'static str = "wxlicense/compare-budget/1",
        /// The old budget.
        old: SideDocument = side_document(&comparison.old),
        /// The new budget.
        new: SideDocument = side_document(&comparison.new),
        /// What the figures assume beside the plan.
        assumptions: Vec<AssumptionDocument> = assumption_documents(assumptions, catalog),
        /// Parts of both sides in pairs, in order: of the calendar if both sides begin on the same day, else counted
        /// from the first day of each.
        periods: Vec<PeriodDocument> = comparison.periods.iter().map(period_document).collect(),
        /// Every payer of either side.
        payers: Vec<PayerDocument> = comparison.payers.iter().map(payer_document).collect(),
        /// Every customer of either side.
        customers: Vec<CustomerDocument> = comparison.customers.iter().map(customer_document).collect(),
        /// Change of each cause over all customers, in the order in which causes are computed.
        causes: Vec<CauseDocument> = comparison.causes.iter().map(cause_document).collect(),
        /// Sum of all causes.
        difference: ChangeDocument = change_document(comparison.difference),
        /// True if every payable amount is known on both sides and no school is left out, so that the difference is complete.
        complete: bool = comparison.is_complete(),
    }
}

json_object! {
    /// One side.
    struct SideDocument = side_document(budget: &Budget) {
        /// The id of the rate card.
        rate_card: String = budget.rate_card.clone(),
        /// The plan's date, Beijing time: the first day on which anything can be decided.
        date: Day = budget.date.into(),
        /// First day of the side's period.
        from: Day = budget.from.into(),
        /// Last day of the side's period, inclusive.
        to: Day = budget.end.yesterday().unwrap_or(budget.end).into(),
        /// Totals of all orders.
        totals: TotalsDocument = totals_document(&budget.totals),
    }
}

json_object! {
    /// Difference of a part of both sides.
    struct PeriodDocument = period_document(period: &PeriodChange) {
        /// The part on the old side.
        old: PeriodSideDocument = period_side_document(&period.old),
        /// The part on the new side.
        new: PeriodSideDocument = period_side_document(&period.new),
        /// Causes of the difference; empty if there is none.
        causes: Vec<CauseDocument> = period.causes.iter().map(cause_document).collect(),
        /// Sum of the causes.
        difference: ChangeDocument = change_document(period.difference),
    }
}

json_object! {
    /// A part of one side.
    struct PeriodSideDocument = period_side_document(side: &PeriodSide) {
        /// Its first day.
        from: Day = side.from.into(),
        /// Its last day, inclusive.
        to: Day = side.to.into(),
        /// True if the side's period covers only a part of it.
        partial: bool = side.partial,
        /// Totals of its orders.
        totals: TotalsDocument = totals_document(&side.totals),
    }
}

json_object! {
    /// Difference of what a payer pays.
    struct PayerDocument = payer_document(payer: &PayerChange) {
        /// Its code in the plan; null for a customer without one.
        code: Option<String> = payer.party.code.clone(),
        /// Its name in the plan; null for a customer without one.
        name: Option<String> = payer.party.name.clone(),
        /// What it pays on the old side; null if it is no payer there.
        old: Option<PayerSideDocument> = payer.old.as_ref().map(payer_side_document),
        /// What it pays on the new side; null if it is no payer there.
        new: Option<PayerSideDocument> = payer.new.as_ref().map(payer_side_document),
        /// New less old.
        difference: ChangeDocument = change_document(payer.difference),
    }
}

json_object! {
    /// What a payer pays on one side.
    struct PayerSideDocument = payer_side_document(side: &PayerSide) {
        /// Confirmed if all its rows of the plan are.
        status: OrderStatus = side.status,
        /// Totals of its orders.
        totals: TotalsDocument = totals_document(&side.totals),
    }
}

json_object! {
    /// A customer of either side.
    struct CustomerDocument = customer_document(customer: &BudgetCustomerChange) {
        /// Its code in the plan; null for a customer without one.
        code: Option<String> = customer.party.code.clone(),
        /// Its name in the plan; null for a customer without one.
        name: Option<String> = customer.party.name.clone(),
        /// State on the old side; null if the customer is not there.
        old: Option<CustomerStateDocument> = customer.old.as_ref().map(customer_state_document),
        /// State on the new side; null if the customer is not there.
        new: Option<CustomerStateDocument> = customer.new.as_ref().map(customer_state_document),
        /// Its part of each of the document's `periods`, in their order.
        periods: Vec<PartDocument> = customer.periods.iter().map(part_document).collect(),
        /// Causes of the difference; empty if there is none.
        causes: Vec<CauseDocument> = customer.causes.iter().map(cause_document).collect(),
        /// Sum of the causes.
        difference: ChangeDocument = change_document(customer.difference),
    }
}

json_object! {
    /// A customer's part of a period.
    struct PartDocument = part_document(part: &PeriodAmounts) {
        /// The part on the old side.
        old: PartSideDocument = part_side_document(part.old, part.old_complete),
        /// The part on the new side.
        new: PartSideDocument = part_side_document(part.new, part.new_complete),
        /// Causes of the difference; empty if there is none.
        causes: Vec<CauseDocument> = part.causes.iter().map(cause_document).collect(),
    }
}

json_object! {
    /// A customer's part of a period on one side.
    struct PartSideDocument = part_side_document(share: Change, complete: bool) {
        /// Its shares of the payable amounts, without the accounts that have no price.
        share: ShareDocument = share_document(share),
        /// True if the payable amount of each of its orders is known, so that the share is complete.
        complete: bool = complete,
    }
}

json_object! {
    /// Everything that decides a customer's shares on a side, and the shares.
    struct CustomerStateDocument = customer_state_document(state: &BudgetCustomerState) {
        /// Payer: the customer itself, or its upstream.
        payer: PartyDocument = party_document(&state.payer),
        /// Its users on the first day of the side's period.
        users_first: Counts = state.users_first,
        /// Its users on the last day of the side's period.
        users_last: Counts = state.users_last,
        /// What it has on the plan's date: active accounts, and codes that can still be activated.
        have: Counts = state.have,
        /// True if at least one of its apps is charged.
        charged: bool = state.charged,
        /// Whole months of the term; twelve are a year of the rate card.
        months: u32 = state.term.months,
        /// Days of the term beyond the months.
        days: u32 = state.term.days,
        /// The negotiated price of a basic account without a list price; null if none is known.
        negotiated_basic: Option<UnitPrice> = state.negotiated.basic.map(Into::into),
        /// The negotiated price of an interop account without a list price; null if none is known.
        negotiated_interop: Option<UnitPrice> = state.negotiated.interop.map(Into::into),
        /// Confirmed if its orders count towards the firm total.
        status: OrderStatus = state.status,
        /// The orders that buy accounts for it, by kind.
        orders: Vec<PlacedOrdersDocument> = state.orders.iter().map(placed_orders_document).collect(),
        /// Its shares of the payable amounts, without the accounts that have no price.
        share: ShareDocument = share_document(state.share),
        /// True if the payable amount of each of its orders is known, so that the share is complete.
        complete: bool = state.complete,
    }
}

json_object! {
    /// Orders of one kind.
    struct PlacedOrdersDocument = placed_orders_document(orders: &PlacedOrders) {
        /// Reason why they are placed.
        kind: OrderKind = orders.kind,
        /// Their number.
        count: u32 = orders.count,
        /// The accounts that they buy for the customer.
        accounts: Counts = orders.accounts,
        /// How many of them cost nothing: waived, or a test enterprise's.
        free: u32 = orders.free,
    }
}
