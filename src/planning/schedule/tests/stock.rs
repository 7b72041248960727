//! Codes that are paid, and purchases that are recorded for the future, each case with its figure.

use super::*;

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

#[test]
fn a_purchase_recorded_for_the_future_comes_after_simulated_orders_that_outlast_it() {
    let plan =
        school("basic = 100\n[[school.purchase]]\npaid = 2023-08-01\nbasic = 100\nterm = { months = 6 }\n");
    let schedule = run(&plan, date(2024, 1, 1));
    let [simulated, recorded] = &schedule.payers[0].orders[..] else { panic!() };
    assert_eq!(
        (simulated.date, simulated.quote.payable().unwrap().to_string()),
        (date(2023, 6, 30), "405.00".to_owned())
    );
    // Numbers 101 to 200: 100 × 4 × 6/12.
    assert_eq!(recorded.quote.start.basic, 100);
    assert_eq!(recorded.quote.payable().unwrap().to_string(), "200.00");
}

#[test]
fn users_who_never_had_accounts_are_not_late_since_others_expire() {
    // Codes in stock follow the interop accounts that expire today.
    let plan = school(
        "basic = 30\ninterop = 5\n[[school.purchase]]\npaid = 2022-06-20\nactivated = 2022-06-23\ninterop = 5\n\
         [[school.purchase]]\npaid = 2023-06-20\ninterop = 5\n",
    );
    let schedule = run(&plan, date(2023, 12, 1));
    let bought = schedule.payers[0].orders.iter().filter(|order| order.kind != OrderKind::Recorded);
    let bought: Vec<_> = bought.map(|order| (order.date, counts(order).basic, order.due_since)).collect();
    assert_eq!(bought, [(date(2023, 6, 30), 30, None)]);
}

#[test]
fn an_order_names_the_codes_that_the_plan_activates_too_late_for_it() {
    let text = "basic = 40\nheld = [{ type = \"basic\", count = 15, expires = 2024-08-01 }]\n\
                [[school.purchase]]\npaid = 2023-06-01\nactivated = 2023-07-20\nbasic = 30\n";
    let reasons = |text: &str| {
        let schedule = run(&school(text), date(2024, 5, 1));
        let bought = schedule.payers[0].orders.iter().filter(|order| order.kind != OrderKind::Recorded);
        let in_stock = bought.flat_map(|order| order.reasons.clone());
        let in_stock = in_stock.filter(|reason| matches!(reason, Reason::CodesInStock { .. }));
        in_stock.collect::<Vec<_>>()
    };
    // 40 users have 15 and get 25 accounts; on 2023-07-20 there are 70, and 30 codes of them for nobody.
    let expected =
        |count| Reason::CodesInStock { count, activated: date(2023, 7, 20), starts: date(2023, 6, 30) };
    assert_eq!(reasons(text), [expected(25)]);
    let more =
        |from: &str, basic: u32| format!("{text}[[school.headcount]]\nfrom = {from}\nbasic = {basic}\n");
    // 10 of them are for users who come on that day, 20 are not.
    assert_eq!(reasons(&more("2023-07-20", 50)), [expected(20)]);
    assert_eq!(reasons(&more("2023-07-20", 70)), []);
    let paid_later = text.replace("paid = 2023-06-01", "paid = 2023-07-01");
    assert_eq!(reasons(&paid_later), []);
}
