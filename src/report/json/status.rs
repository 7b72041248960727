use super::quote::{AssumptionDocument, TotalsDocument, assumption_documents, totals_document};
use super::values::{Day, Money};
use crate::account::Counts;
use crate::assumption::Assumption;
use crate::diagnostic::lang::Catalog;
use crate::planning::schedule::OrderKind;
use crate::planning::status::{NextPayment, PaymentSum, SchoolStatus, Status};
use crate::pricing::OrderStatus;

json_object! {
    /// Where a plan stands on its date.
    pub(crate) struct StatusDocument = status_json(
        status: &Status,
        assumptions: &[Assumption],
        catalog: &Catalog,
    ) {
        /// The name and version of this format; the version changes when a field is changed or removed.
        schema: &'static str = "wxlicense/status/1",
        /// The id of the rate card.
        rate_card: String = status.rate_card.clone(),
        /// The plan's date, Beijing time.
        date: Day = status.date.into(),
        /// What the figures assume beside the plan.
        assumptions: Vec<AssumptionDocument> = assumption_documents(assumptions, catalog),
        /// Payments that are late, and users without an account.
        overdue: OverdueDocument = overdue_document(&status.overdue, status.overdue_users),
        /// Payments of the date and of the days ahead that are not late.
        due: DueDocument = due_document(&status.due, status.within_days),
        /// The earliest overdue payment, else the first to come; null if there is none.
        next: Option<NextDocument> = status.next.as_ref().map(next_document),
        /// Every school, in the order of the plan.
        schools: Vec<SchoolDocument> = status.schools.iter().map(school_document).collect(),
    }
}

json_object! {
    /// What is late.
    struct OverdueDocument = overdue_document(sum: &PaymentSum, users: u64) {
        /// Payable amount of the confirmed orders in yuan, as far as prices are known.
        payable: Money = sum.totals.payable.into(),
        /// Number of orders, unconfirmed ones included.
        orders: u32 = sum.orders,
        /// Users of confirmed schools without an account, out of their trial, whom no code in stock can serve.
        users: u64 = users,
        /// Totals of the orders.
        totals: TotalsDocument = totals_document(&sum.totals),
    }
}

json_object! {
    /// What is due soon.
    struct DueDocument = due_document(sum: &PaymentSum, within_days: u32) {
        /// The days ahead.
        within_days: u32 = within_days,
        /// Payable amount of the confirmed orders in yuan, as far as prices are known.
        payable: Money = sum.totals.payable.into(),
        /// Number of orders, unconfirmed ones included.
        orders: u32 = sum.orders,
        /// Totals of the orders.
        totals: TotalsDocument = totals_document(&sum.totals),
    }
}

json_object! {
    /// A payment that comes next.
    struct NextDocument = next_document(next: &NextPayment) {
        /// The day on which it should have been paid, or is to be.
        date: Day = next.order.due_since.unwrap_or(next.order.date).into(),
        /// Kind of event, as in the calendar.
        event: &'static str = "payment",
        /// Reason for the order.
        order_kind: OrderKind = next.order.kind,
        /// The code of the school that pays.
        school: String = next.payer.code.clone().unwrap_or_default(),
        /// Payable amount in yuan; null if an account has no price and the order is not free.
        payable: Option<Money> = next.order.quote.payable().map(Into::into),
        /// True if it is late.
        overdue: bool = next.order.is_overdue(),
    }
}

json_object! {
    /// Users and accounts of a school.
    struct SchoolDocument = school_document(school: &SchoolStatus) {
        /// Its code in the plan.
        code: String = school.school.code.clone().unwrap_or_default(),
        /// Its name in the plan.
        name: String = school.school.name.clone().unwrap_or_default(),
        /// Confirmed if its row in the plan is.
        status: OrderStatus = school.status,
        /// True if it needs licences at all; false if all apps are the customer's own.
        charged: bool = school.charged,
        /// All its users who need an account, those in a trial too, by the type that they need.
        need: Counts = school.need,
        /// Active accounts.
        active: Counts = school.active,
        /// Those that expire within the days ahead.
        expiring: Counts = school.expiring,
        /// Codes that are paid and can still be activated.
        unactivated: Counts = school.unactivated,
        /// Users in a free trial, who need no account yet.
        in_trial: Counts = school.in_trial,
        /// Users without an active account whom a code in stock serves: activations due today.
        to_activate: Counts = school.to_activate,
        /// Users without an active account, out of their trial, whom no code in stock can serve.
        uncovered: Counts = school.uncovered,
        /// The day since which users have been without an active account; null if nobody is, or if no record
        /// tells.
        uncovered_since: Option<Day> = school.uncovered_since.map(Into::into),
    }
}
