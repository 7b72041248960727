//! Orders while licences are waived, and after, each case with its figure.

use std::sync::Arc;

use super::*;

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
    // 10 accounts: 5×5 + 5×4.
    assert_eq!(charged.quote.payable().unwrap().to_string(), "45.00");
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
fn the_first_charged_order_after_waived_ones_is_marked_and_no_other() {
    let plan = plan(&format!("{SCHOOL_OF_2022}basic = 80\n"));
    let schedule = run(&plan, date(2026, 6, 1));
    let marks = schedule.payers[0]
        .orders
        .iter()
        .map(|order| (order.date, order.quote.payable().unwrap().to_string(), order.first_after_waiver));
    let expected = [
        (date(2022, 12, 1), "0.00", false),
        (date(2023, 3, 31), "0.00", false),
        (date(2024, 12, 7), "325.00", true),
        (date(2025, 12, 14), "325.00", false),
    ];
    assert_eq!(marks.collect::<Vec<_>>(), expected.map(|(date, price, mark)| (date, price.to_owned(), mark)));
}

#[test]
fn a_waived_customer_orders_a_year_whatever_the_order_of_the_app() {
    let order = "order = { from = 2022-11-01, until = 2025-02-28 }";
    let mut plan = plan(&format!("{SCHOOL_OF_2022}basic = 80\n[[school.app]]\nid = \"x\"\n{order}\n"));
    Arc::make_mut(&mut plan.card).waivers.iter_mut().for_each(|rule| rule.last_day = None);
    let schedule = run(&plan, date(2024, 6, 1));
    let last = schedule.payers[0].orders.last().unwrap();
    assert_eq!((last.date, last.order.term), (date(2023, 12, 1), crate::Term::ONE_YEAR));
}

#[test]
fn what_is_late_is_waived_or_not_by_the_day_of_its_order() {
    let due_before_the_waiver = ("2022-05-16", "2022-05-22", OrderKind::Replacement, "0.00");
    let due_while_it_held = ("2023-04-01", "2023-04-05", OrderKind::Renewal, "325.00");
    for (today, expires, kind, payable) in [due_before_the_waiver, due_while_it_held] {
        let school = SCHOOL_OF_2022.replace("2022-12-01", today);
        let held = format!("held = [{{ type = \"basic\", count = 80, expires = {expires} }}]");
        let schedule = run(&plan(&format!("{school}basic = 80\n{held}\n")), date(2023, 4, 2));
        let first = &schedule.payers[0].orders[0];
        assert_eq!((first.date.to_string(), first.kind), (today.to_owned(), kind));
        assert_eq!(first.quote.payable().unwrap().to_string(), payable);
    }
}
