use super::quote::{AssumptionDocument, TotalsDocument, assumption_documents, totals_document};
use super::values::{Day, Money};
use crate::account::{AccountType, Counts};
use crate::assumption::Assumption;
use crate::diagnostic::lang::Catalog;
use crate::planning::assignment::{Assignment, ListedReason, TransferSaving, counts};
use crate::planning::schedule::OrderKind;
use crate::planning::status::{NextPayment, PaymentSum, SchoolStatus, Status};
use crate::pricing::OrderStatus;
use crate::report::UserNames;

json_object! {
    /// Where a plan stands on its date.
    pub(crate) struct StatusDocument = status_json(
        status: &Status,
        names: &UserNames<'_>,
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
        /// Transfers of accounts that would serve users without one before any are bought, by payer.
        transfers: Vec<TransferDocument> = names.savings.iter().map(transfer_document).collect(),
        /// Every school, in the order of the plan.
        schools: Vec<SchoolDocument> = status
            .schools
            .iter()
            .enumerate()
            .map(|(index, school)| {
                let by_name = names.assignments.iter().find(|assignment| assignment.school == index);
                school_document(school, by_name, names.is_listed)
            })
            .collect(),
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
    struct SchoolDocument = school_document(
        school: &SchoolStatus,
        by_name: Option<&Assignment<'_>>,
        is_listed: bool,
    ) {
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
        /// Its users and accounts by name; null if its rosters or its account lists are not known.
        by_name: Option<ByNameDocument> = by_name.map(by_name_document),
        /// The users by their ids; only with `--list-users`.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Vec<UserDocument>")]
        users: Option<Vec<UserDocument>> =
            is_listed.then(|| by_name.into_iter().flat_map(Assignment::listed).map(user_document).collect()),
    }
}

json_object! {
    /// Users and accounts of a school, put together by name.
    struct ByNameDocument = by_name_document(assignment: &Assignment<'_>) {
        /// Users on a roster without an account that serves them, by the type that they need.
        no_account: Counts = counts(&assignment.without_account),
        /// Accounts of people who are on no roster.
        off_roster: Counts = counts(&assignment.off_roster),
        /// Accounts of users on a roster that these do not need.
        unneeded: Counts = counts(&assignment.unneeded),
        /// Users without an account who can take over one of somebody on no roster, by the type that they need.
        transfers_off_roster: Counts = assignment.transfers.off_roster,
        /// Users without an account who can take over one of a user who does not need it, or for whom a basic one is
        /// enough, by the type that they need.
        transfers_between_users: Counts = assignment.transfers.between_users,
        /// Accounts to buy once all transfers are made, as `quote` buys them.
        to_buy: Counts = assignment.to_buy,
    }
}

json_object! {
    /// A user by his id.
    struct UserDocument = user_document(listed: (AccountType, ListedReason, &str)) {
        /// The type of account that he needs, or has without need.
        account_type: AccountType = listed.0,
        /// Why he is listed.
        reason: ListedReason = listed.1,
        /// His id; empty for an account that waits to be transferred and names no user.
        user: String = listed.2.to_owned(),
    }
}

json_object! {
    /// Accounts that serve nobody, and who can take them over.
    struct TransferDocument = transfer_document(saving: &TransferSaving) {
        /// The code of the school that pays; the sums are those of its group.
        school: String = saving.payer.code.clone().unwrap_or_default(),
        /// Accounts of people who are on no roster.
        off_roster: Counts = saving.figures.off_roster,
        /// Accounts of users on a roster who do not need them.
        unneeded: Counts = saving.figures.unneeded,
        /// Users who can take one over, by the type that they need.
        transfers: Counts = saving.figures.transfers,
        /// All users without an account, by the type that they need.
        no_account: Counts = saving.figures.without_account,
        /// Accounts to buy once the transfers are made.
        to_buy: Counts = saving.figures.to_buy,
        /// What buying in place of the transfers would cost more, in yuan; null if an account has no price.
        saving: Option<Money> = saving.figures.saving.map(Into::into),
    }
}
