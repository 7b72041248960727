//! Top-ups and renewals, each case with its figure.

use super::*;

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
fn a_top_up_joins_most_accounts_not_a_few_that_expire_years_later() {
    let plan = school(
        "basic = 101\nheld = [{ type = \"basic\", count = 100, expires = 2024-03-31 },\n\
         { type = \"basic\", count = 1, expires = 2027-03-31 }]\n\
         [[school.headcount]]\nfrom = 2023-10-01\nbasic = 130\n",
    );
    let first = orders(&run(&plan, date(2024, 1, 1))).remove(0);
    // 29 after the 101 that outlast them, for 182 days: 29×4 × 182/372.
    let expected = (date(2023, 9, 30), OrderKind::TopUp, 29, 0, date(2024, 3, 31), "56.75".to_owned());
    assert_eq!(first, expected);
}

#[test]
fn a_lot_less_than_half_as_large_as_a_top_up_does_not_set_its_term() {
    let text = |users: u32| {
        school(&format!(
            "basic = 100\nheld = [{{ type = \"basic\", count = 100, expires = 2024-03-31 }}]\n\
             [[school.headcount]]\nfrom = 2023-10-01\nbasic = {users}\n"
        ))
    };
    let first = |users| orders(&run(&text(users), date(2024, 1, 1))).remove(0);
    // 200 run for the 182 days to the expiry of the 100: (100×4 + 100×3) × 182/372 = 342.47.
    let top_up = (date(2023, 9, 30), OrderKind::TopUp, 200, 0, date(2024, 3, 31), "342.47".to_owned());
    assert_eq!(first(300), top_up);
    // 201 run for the whole year: 5×5 + 195×4 + 1×3 = 808.00.
    let purchase = (date(2023, 10, 1), OrderKind::Purchase, 201, 0, date(2024, 10, 7), "808.00".to_owned());
    assert_eq!(first(301), purchase);
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

#[test]
fn an_order_has_the_accounts_of_those_that_precede_it_on_its_day() {
    let plan = school("basic = 100\nheld = [{ type = \"basic\", count = 100, expires = 2023-09-01 }]\n");
    let options = ScheduleOptions { until: date(2024, 1, 1), growth: Decimal::new(5, 2) };
    let schedule = schedule(&plan, &options).unwrap();
    let stated = schedule.payers[0].orders.iter().map(|order| {
        let member = &order.order.members[0];
        (order.kind, member.need.basic, member.have.basic, member.counts.basic)
    });
    let expected = [(OrderKind::Renewal, 105, 0, 100), (OrderKind::Growth, 105, 100, 5)];
    assert_eq!(stated.collect::<Vec<_>>(), expected);
}

#[test]
fn a_renewal_takes_along_what_expires_after_accounts_that_it_cannot() {
    let plan = plan(
        r#"date = 2024-12-20
        [[school]]
        code = "a"
        name = "A"
        basic = 12
        term = { months = 2 }
        held = [{ type = "basic", count = 8, expires = 2025-01-05 }, { type = "basic", count = 1, expires = 2025-02-05 }]
        [[school.purchase]]
        paid = 2024-12-01
        basic = 3
        term = { months = 1 }
        activated = 2025-01-01
        [[school.headcount]]
        from = 2024-12-20
        basic = 9
        [[school.headcount]]
        from = 2025-01-01
        basic = 12
        "#,
    );
    let bought = orders(&run(&plan, date(2025, 1, 31)));
    // On 2024-12-29 the three that end on 2025-02-01 are not active yet; the one of 2025-02-05 is, 31 days after 2025-01-05.
    let bought: Vec<_> = bought.into_iter().map(|order| (order.0, order.1, order.2)).collect();
    let expected = [(date(2024, 12, 29), OrderKind::Renewal, 9), (date(2025, 1, 25), OrderKind::Renewal, 3)];
    assert_eq!(bought, expected);
}
