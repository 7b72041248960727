use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::account::Counts;
use crate::diagnostic::SourceFile;
use crate::plan::{ReadOptions, read};
use crate::rates::RateCards;

fn plan(text: &str) -> Plan {
    let cards = RateCards::embedded().unwrap();
    let reading = read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
    reading.plan.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

/// One school, `a`, on 2023-06-30 unless the text has another date.
fn school(text: &str) -> Plan {
    plan(&format!("date = 2023-06-30\n[[school]]\ncode = \"a\"\nname = \"A\"\n{text}"))
}

fn run(plan: &Plan, until: Date) -> Schedule {
    schedule(plan, &ScheduleOptions { until, growth: Decimal::ZERO }).unwrap()
}

/// The scheduled orders: day, kind, accounts, last expiry, price.
fn orders(schedule: &Schedule) -> Vec<(Date, OrderKind, u32, u32, Date, String)> {
    let orders = schedule.payers.iter().flat_map(|payer| &payer.orders);
    orders
        .filter(|order| order.kind != OrderKind::Recorded)
        .map(|order| {
            let counts = counts(order);
            let price = order.quote.payable().map_or_else(String::new, |payable| payable.to_string());
            (order.date, order.kind, counts.basic, counts.interop, order.expires().unwrap(), price)
        })
        .collect()
}

fn counts(order: &ScheduledOrder) -> Counts {
    order.order.members.iter().fold(Counts::ZERO, |sum, member| sum.checked_add(member.counts).unwrap())
}

fn paid(schedule: &Schedule) -> String {
    let orders = schedule.payers.iter().flat_map(|payer| &payer.orders);
    let sum: Option<Money> = orders
        .filter(|order| order.kind != OrderKind::Recorded)
        .map(|order| order.quote.payable().unwrap())
        .sum();
    sum.unwrap().to_string()
}

#[test]
fn a_top_up_is_paid_while_the_running_accounts_still_outlast_it() {
    let plan = school(
        "interop = 200\nheld = [{ type = \"interop\", count = 200, expires = 2024-08-23 }]\n\
         [[school.headcount]]\nfrom = 2023-10-01\ninterop = 500\n",
    );
    let schedule = run(&plan, date(2024, 8, 1));
    let expected = (date(2023, 9, 30), OrderKind::TopUp, 0, 300, date(2024, 8, 23), "7911.29".to_owned());
    assert_eq!(orders(&schedule), [expected]);
    let order = &schedule.payers[0].orders[0];
    let otherwise = "9713.31".parse().unwrap();
    assert!(order.reasons.contains(&Reason::PaidWhileOutlasted { expires: date(2024, 8, 23), otherwise }));
}

#[test]
fn thirty_days_before_an_expiry_the_shortest_term_and_a_common_renewal_cost_less() {
    let plan = school(
        "interop = 500\nheld = [{ type = \"interop\", count = 500, expires = 2024-01-31 }]\n\
         [[school.headcount]]\nfrom = 2024-01-01\ninterop = 600\n",
    );
    let schedule = run(&plan, date(2025, 6, 30));
    assert_eq!(paid(&schedule), "38266.67");
    // Paid on the plan's date, so late that the running accounts do not outlast it.
    let late = plan_on(&plan, date(2024, 1, 1));
    assert_eq!(paid(&run(&late, date(2025, 6, 30))), "38437.50");
}

fn plan_on(plan: &Plan, date: Date) -> Plan {
    Plan { date: Some(date), ..plan.clone() }
}

#[test]
fn users_who_leave_right_after_an_expiry_are_carried_over_by_the_shortest_term() {
    let plan = school(
        "interop = 500\nheld = [{ type = \"interop\", count = 500, expires = 2024-01-31 }]\n\
         [[school.headcount]]\nfrom = 2024-02-01\ninterop = 200\n",
    );
    let schedule = run(&plan, date(2024, 12, 1));
    assert_eq!(paid(&schedule), "8800.00");
    let kinds: Vec<OrderKind> = orders(&schedule).into_iter().map(|order| order.1).collect();
    assert_eq!(kinds, [OrderKind::Renewal, OrderKind::CarryOver]);
    assert_eq!(schedule.payers[0].gaps, []);
}

#[test]
fn users_without_an_account_are_bought_once_where_a_pilot_expires_the_next_day() {
    let plan = school("basic = 145\nheld = [{ type = \"basic\", count = 1, expires = 2023-07-01 }]\n");
    let schedule = run(&plan, date(2024, 6, 1));
    assert_eq!(paid(&schedule), "585.00");
    let bought: Vec<(OrderKind, u32)> =
        orders(&schedule).into_iter().map(|order| (order.1, order.2)).collect();
    assert_eq!(bought, [(OrderKind::Renewal, 1), (OrderKind::Purchase, 144)]);
}

#[test]
fn a_pilot_ends_nobodys_trial_and_sets_nobodys_term() {
    let plan = plan(
        "date = 2023-07-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 1000\n\
         held = [{ type = \"basic\", count = 1, expires = 2023-10-31 }]\n\
         [[school.app]]\nid = \"x\"\nauthorized = 2023-07-01T08:00:00\n",
    );
    let orders = orders(&run(&plan, date(2023, 10, 1)));
    // The trial ends on 2023-09-29; the reminders begin on 2023-09-22.
    let expected = (date(2023, 9, 21), OrderKind::Purchase, 999, 0, date(2024, 10, 5), "2703.00".to_owned());
    assert_eq!(orders, [expected]);
}

#[test]
fn the_trial_of_a_downstream_and_of_a_later_app_move_only_their_own_users() {
    let plan = plan(
        r#"date = 2023-07-01
        [[school]]
        code = "a"
        name = "A"
        basic = 100
        interop = 10
        [[school.app]]
        id = "x"
        authorized = 2023-07-01T08:00:00
        [[school.app]]
        id = "y"
        needs = "interop"
        authorized = 2023-08-01T08:00:00
        [[school]]
        code = "b"
        name = "B"
        basic = 60
        upstream = "a"
        [[school.app]]
        id = "z"
        authorized = 2023-09-01T08:00:00
        "#,
    );
    let schedule = run(&plan, date(2024, 1, 1));
    let starts: Vec<(Date, Date, u32, u32)> = schedule.payers[0]
        .orders
        .iter()
        .map(|order| (order.date, order.starts(), counts(order).basic, counts(order).interop))
        .collect();
    assert_eq!(
        starts,
        [
            (date(2023, 9, 21), date(2023, 9, 29), 100, 0),
            (date(2023, 10, 22), date(2023, 10, 30), 0, 10),
            (date(2023, 11, 22), date(2023, 11, 30), 60, 0),
        ]
    );
}

#[test]
fn paid_codes_are_activated_when_they_are_needed_and_lapse_with_their_yuan() {
    let plan = school(
        "basic = 100\nheld = [{ type = \"basic\", count = 100, expires = 2024-06-30 }]\n\
         [[school.purchase]]\npaid = 2023-05-01\nbasic = 50\n\
         [[school.headcount]]\nfrom = 2023-09-01\nbasic = 130\n\
         [[school.headcount]]\nfrom = 2023-12-01\nbasic = 100\n",
    );
    let schedule = run(&plan, date(2024, 5, 15));
    assert_eq!(orders(&schedule), []);
    let [order] = &schedule.payers[0].orders[..] else { panic!() };
    let lots: Vec<(Date, u32)> = order.lots.iter().map(|lot| (lot.activated, lot.count)).collect();
    assert_eq!(lots, [(date(2023, 9, 1), 30)]);
    let [lapsed] = &schedule.payers[0].lapsed[..] else { panic!() };
    assert_eq!((lapsed.count, lapsed.last_day), (20, date(2024, 5, 1)));
    // 50 after 100 held that outlast 372 days: 50 × 4 = 200.00, of which 20 of 50 are lost.
    assert_eq!(lapsed.worth.unwrap().to_string(), "80.00");
}

#[test]
fn codes_about_to_lapse_are_stacked_on_accounts_that_expire_soon() {
    let plan = school(
        "basic = 50\nheld = [{ type = \"basic\", count = 50, expires = 2024-05-15 }]\n\
         [[school.purchase]]\npaid = 2023-05-01\nbasic = 50\n",
    );
    let schedule = run(&plan, date(2025, 1, 1));
    assert_eq!((orders(&schedule), schedule.payers[0].lapsed.len()), (Vec::new(), 0));
    let [lot] = &schedule.payers[0].orders[0].lots[..] else { panic!() };
    let expected = (date(2024, 5, 1), Some(date(2024, 5, 15)), date(2025, 5, 22));
    assert_eq!((lot.activated, lot.extends, lot.expires), expected);
}

#[test]
fn a_purchase_recorded_for_the_future_covers_nobody_before_its_day() {
    let plan = school("basic = 100\n[[school.purchase]]\npaid = 2023-08-01\nbasic = 100\n");
    let schedule = run(&plan, date(2024, 1, 1));
    let first = &schedule.payers[0].orders[0];
    assert_eq!((first.date, first.kind, counts(first).basic), (date(2023, 6, 30), OrderKind::Purchase, 100));
    let recorded = &schedule.payers[0].orders[1];
    // The 100 bought on the plan's date do not outlast 372 days.
    assert_eq!(
        (recorded.kind, recorded.quote.payable().unwrap().to_string().as_str()),
        (OrderKind::Recorded, "405.00")
    );
}

const SCHOOL_OF_2022: &str = "date = 2022-12-01\n[[school]]\ncode = \"a\"\nname = \"A\"\n\
    industry = \"教育/初等教育\"\ncertification = \"certified\"\n";

#[test]
fn on_the_last_day_of_a_waiver_every_expiry_within_reach_gets_a_free_order() {
    let plan = plan(&format!(
        "{SCHOOL_OF_2022}basic = 80\nheld = [\n\
         {{ type = \"basic\", count = 50, expires = 2023-06-30 }},\n\
         {{ type = \"basic\", count = 20, expires = 2024-04-15 }},\n\
         {{ type = \"basic\", count = 10, expires = 2024-05-15 }},\n]\n"
    ));
    let schedule = run(&plan, date(2024, 6, 1));
    let [free, charged] = &schedule.payers[0].orders[..] else { panic!("{:?}", orders(&schedule)) };
    assert_eq!(
        (free.date, free.kind, free.order.term),
        (date(2023, 3, 31), OrderKind::Replacement, crate::Term::ONE_YEAR)
    );
    let lots: Vec<(u32, Date, Option<Date>)> =
        free.lots.iter().map(|lot| (lot.count, lot.activated, lot.extends)).collect();
    // 20 accounts are stacked on their last day of activation, 15 days before they would expire.
    let expected = [(50, date(2023, 6, 30), None), (20, date(2024, 3, 31), Some(date(2024, 4, 15)))];
    assert_eq!(lots, expected);
    assert_eq!(free.quote.payable().unwrap(), Money::ZERO);
    assert_eq!((charged.kind, charged.first_after_waiver), (OrderKind::Renewal, true));
    assert!(!free.first_after_waiver);
}

#[test]
fn while_a_waiver_holds_orders_are_new_ones_of_twelve_months() {
    let plan = plan(&format!(
        "{SCHOOL_OF_2022}basic = 80\nterm = {{ months = 6 }}\n\
         held = [{{ type = \"basic\", count = 50, expires = 2023-01-31 }}]\n"
    ));
    let schedule = run(&plan, date(2023, 3, 1));
    assert_eq!(
        orders(&schedule),
        [
            (date(2022, 12, 1), OrderKind::Purchase, 30, 0, date(2023, 12, 8), "0.00".to_owned()),
            (date(2023, 1, 24), OrderKind::Replacement, 50, 0, date(2024, 2, 7), "0.00".to_owned()),
        ]
    );
}

#[test]
fn a_waived_customer_orders_a_year_whatever_the_order_of_the_app() {
    let order = "order = { from = 2022-11-01, until = 2025-02-28 }";
    let mut plan = plan(&format!("{SCHOOL_OF_2022}basic = 80\n[[school.app]]\nid = \"x\"\n{order}\n"));
    plan.card.waivers.iter_mut().for_each(|rule| rule.last_day = None);
    let schedule = run(&plan, date(2024, 6, 1));
    let last = schedule.payers[0].orders.last().unwrap();
    assert_eq!((last.date, last.order.term), (date(2023, 12, 1), crate::Term::ONE_YEAR));
}

const APP_ORDER: &str = "[[school.app]]\nid = \"x\"\norder = { from = 2023-07-01, until = 2024-06-30 }\n";

#[test]
fn no_order_is_shorter_than_a_stated_order_of_the_app() {
    let text = "interop = 200\nheld = [{ type = \"interop\", count = 200, expires = 2024-02-23 }]\n\
         [[school.headcount]]\nfrom = 2023-10-01\ninterop = 300\n";
    let free = run(&school(text), date(2024, 1, 1));
    let order = &free.payers[0].orders[0];
    assert_eq!((order.kind, order.quote.days), (OrderKind::TopUp, 145));
    let noted = order.reasons.iter().any(|reason| matches!(reason, Reason::ShorterThanTerm { .. }));
    assert!(noted, "{:?}", order.reasons);
    let bound = run(&school(&format!("{text}{APP_ORDER}")), date(2024, 1, 1));
    let order = &bound.payers[0].orders[0];
    assert_eq!((order.kind, order.quote.days), (OrderKind::Purchase, 372));
    assert!(!order.reasons.iter().any(|reason| matches!(reason, Reason::ShorterThanTerm { .. })));
}

#[test]
fn a_school_with_internal_apps_alone_needs_nothing() {
    let plan = school(
        "basic = 100\n[[school.app]]\nid = \"x\"\nkind = \"internal\"\n\
         [[school.headcount]]\nfrom = 2023-10-01\nbasic = 300\n",
    );
    assert_eq!(orders(&run(&plan, date(2025, 1, 1))), []);
}

#[test]
fn a_top_up_joins_most_accounts_not_a_few_that_expire_years_later() {
    let plan = school(
        "basic = 101\nheld = [{ type = \"basic\", count = 100, expires = 2024-03-31 },\n\
         { type = \"basic\", count = 1, expires = 2027-03-31 }]\n\
         [[school.headcount]]\nfrom = 2023-10-01\nbasic = 130\n",
    );
    let first = orders(&run(&plan, date(2024, 1, 1))).remove(0);
    assert_eq!((first.1, first.4), (OrderKind::TopUp, date(2024, 3, 31)));
}

#[test]
fn another_window_moves_no_order() {
    let plan = school(
        "basic = 150\ninterop = 20\n[[school.headcount]]\nfrom = 2023-09-01\nbasic = 300\n\
         [[school.headcount]]\nfrom = 2024-09-01\nbasic = 100\n",
    );
    let long = orders(&run(&plan, date(2028, 6, 30)));
    let short = orders(&run(&plan, date(2024, 2, 1)));
    assert_eq!(short[..], long[..short.len()]);
}

#[test]
fn what_is_late_is_paid_on_the_plans_date_and_says_since_when() {
    let plan = plan(
        "date = 2023-10-10\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 1000\n\
         held = [{ type = \"basic\", count = 1, expires = 2024-10-31 }]\n\
         [[school.app]]\nid = \"x\"\nauthorized = 2023-07-01T08:00:00\n",
    );
    let schedule = run(&plan, date(2024, 1, 1));
    let order = &schedule.payers[0].orders[0];
    assert_eq!((order.date, order.due_since), (date(2023, 10, 10), Some(date(2023, 9, 21))));
    let [gap] = &schedule.payers[0].gaps[..] else { panic!() };
    assert_eq!((gap.from, gap.until, gap.uncovered()), (date(2023, 9, 29), date(2023, 10, 10), 999));
}

#[test]
fn expired_accounts_leave_users_uncovered_since_their_expiry() {
    let plan = school("basic = 50\nheld = [{ type = \"basic\", count = 50, expires = 2023-06-20 }]\n");
    let schedule = run(&plan, date(2024, 1, 1));
    let order = &schedule.payers[0].orders[0];
    assert_eq!((order.kind, order.due_since), (OrderKind::Purchase, Some(date(2023, 6, 13))));
    assert_eq!(schedule.payers[0].gaps[0].from, date(2023, 6, 20));
}

#[test]
fn a_renewal_does_not_take_along_codes_of_its_own_day() {
    let plan = plan(
        r#"date = 2023-06-30
        [[school]]
        code = "a"
        name = "A"
        interop = 2
        [[school.purchase]]
        paid = 2022-06-30
        interop = 1
        activated = 2022-06-30
        [[school.purchase]]
        paid = 2023-06-30
        interop = 1
        term = { months = 1 }
        "#,
    );
    let first = orders(&run(&plan, date(2023, 7, 20))).remove(0);
    // The code of the day is activated after the renewal: O7 (docs/rules.md#o7).
    assert_eq!((first.0, first.1, first.3), (date(2023, 6, 30), OrderKind::Renewal, 1));
}
