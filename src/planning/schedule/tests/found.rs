//! Plans on which the validator once found accounts that nobody needed, as small as they came, each with what it
//! costs now.

use super::super::validate::validate;
use super::*;

/// A scheduled order: day, reason, basic and interop accounts.
type Bought = (Date, OrderKind, u32, u32);

/// Returns the orders of a plan up to a day, and what they cost as far as prices are known. The validator must find
/// nothing.
fn buy(text: &str, until: Date, growth_percent: i64) -> (Vec<Bought>, String) {
    let plan = plan(text);
    let options = ScheduleOptions { until, growth: Decimal::new(growth_percent, 2) };
    let schedule = schedule(&plan, &options).unwrap();
    let found = validate(&plan, &options, &schedule);
    assert!(found.is_empty(), "{found:?}");
    let bought = orders(&schedule).into_iter().map(|order| (order.0, order.1, order.2, order.3));
    (bought.collect(), paid(&schedule))
}

#[test]
fn interop_accounts_bought_for_one_day_serve_a_basic_user_of_the_next() {
    let text = r#"
        date = 2022-11-01
        [[school]]
        code = "a"
        name = "A"
        basic = 1
        interop = 0
        term = { months = 30, days = 0 }
        held = [{ type = "interop", count = 1, expires = 2024-05-30 }]
        [[school.headcount]]
        from = 2022-11-01
        basic = 0
        interop = 1
        [[school.headcount]]
        from = 2024-06-23
        basic = 0
        interop = 287
        [[school.headcount]]
        from = 2024-06-24
        basic = 1
        interop = 0
    "#;
    let (bought, cost) = buy(text, date(2024, 7, 1), 0);
    // The carried account expires on 2024-06-30; it was replaced by a basic one, beside 286 interop ones to spare.
    let expected =
        [(date(2024, 5, 23), OrderKind::CarryOver, 0, 1), (date(2024, 6, 23), OrderKind::Purchase, 0, 286)];
    assert_eq!((&bought[..], cost.as_str()), (&expected[..], "26579.17"));
}

#[test]
fn interop_accounts_bought_today_serve_the_basic_user_whose_account_expires() {
    let text = r#"
        date = 2022-12-16
        [[school]]
        code = "0"
        name = "S0"
        basic = 1
        interop = 0
        term = { months = 14, days = 1 }
        [[school]]
        code = "0-0"
        name = "S0-0"
        basic = 0
        interop = 54
        term = { months = 14, days = 1 }
        held = [{ type = "basic", count = 1, expires = 2022-12-20 }]
        upstream = "0"
        [[school.app]]
        id = "x0"
        kind = "agency"
        needs = "basic"
        [[school.headcount]]
        from = 2022-12-20
        basic = 1
        interop = 0
    "#;
    let (bought, cost) = buy(text, date(2022, 12, 21), 0);
    // The 54 interop users are one basic user from 2022-12-20 on; his account was renewed. The other basic account is
    // the upstream's.
    let expected =
        [(date(2022, 12, 16), OrderKind::TopUp, 1, 0), (date(2022, 12, 16), OrderKind::Purchase, 0, 54)];
    assert_eq!((&bought[..], cost.as_str()), (&expected[..], "2590.17"));
}

#[test]
fn a_renewal_leaves_out_users_whom_a_recorded_activation_will_serve() {
    let text = r#"
        date = 2023-03-16
        [[school]]
        code = "0"
        name = "S0"
        basic = 98
        interop = 119
        term = { months = 12, days = 0 }
        held = [{ type = "basic", count = 98, expires = 2023-03-20 }]
        [[school.purchase]]
        paid = 2022-05-16
        basic = 0
        interop = 60
        term = { months = 12, days = 0 }
        activated = 2023-03-20
    "#;
    let (bought, cost) = buy(text, date(2023, 3, 21), 0);
    // With the 60 codes activated on 2023-03-20 there are 179 interop accounts for 119 users: 60 serve basic users.
    let expected =
        [(date(2023, 3, 16), OrderKind::Renewal, 38, 0), (date(2023, 3, 16), OrderKind::TopUp, 0, 119)];
    assert_eq!((&bought[..], cost.as_str()), (&expected[..], "5018.72"));
}

#[test]
fn a_top_up_counts_on_basic_accounts_that_take_the_place_of_interop_ones() {
    let text = r#"
        date = 2022-11-07
        [[school]]
        code = "0"
        name = "S0"
        basic = 1
        interop = 0
        term = { months = 21, days = 7 }
        [[school]]
        code = "0-0"
        name = "S0-0"
        basic = 150
        interop = 925
        term = { months = 21, days = 7 }
        held = [{ type = "basic", count = 87, expires = 2022-11-29 }]
        upstream = "0"
        [[school.purchase]]
        kind = "renewal"
        paid = 2022-11-29
        basic = 44
        term = { months = 11, days = 1 }
        [[school.headcount]]
        from = 2022-12-31
        basic = 87
        interop = 0
        [[school.headcount]]
        from = 2024-09-16
        basic = 44
        interop = 0
    "#;
    let (bought, cost) = buy(text, date(2024, 9, 17), 0);
    // 44 basic accounts begin when the interop ones end on 2024-08-26, for all who need one on 2024-09-16; one more was
    // bought for that day.
    assert_eq!(bought.last(), Some(&(date(2024, 8, 19), OrderKind::TopUp, 44, 0)));
    assert_eq!((bought.len(), cost.as_str()), (5, "46090.75"));
}

#[test]
fn a_top_up_counts_on_the_basic_account_that_begins_the_day_before() {
    let text = r#"
        date = 2023-06-30
        [[school]]
        code = "0"
        name = "S0"
        basic = 1
        interop = 0
        term = { months = 12, days = 0 }
        [[school]]
        code = "0-0"
        name = "S0-0"
        basic = 1
        interop = 0
        term = { months = 12, days = 0 }
        upstream = "0"
        [[school.headcount]]
        from = 2023-06-30
        basic = 0
        interop = 320
        [[school.headcount]]
        from = 2023-07-01
        basic = 1
        interop = 0
        [[school.headcount]]
        from = 2025-06-13
        basic = 6
        interop = 38
        [[school]]
        code = "0-1"
        name = "S0-1"
        basic = 1
        interop = 0
        term = { months = 12, days = 0 }
        upstream = "0"
        [[school.purchase]]
        paid = 2022-07-13
        basic = 662
        interop = 0
        term = { months = 12, days = 1 }
        activations = [{ date = 2023-06-06, type = "basic", count = 662 }]
        [[school.purchase]]
        paid = 2023-06-30
        basic = 150
        interop = 0
        term = { months = 12, days = 0 }
        activations = [{ date = 2024-06-13, type = "basic", count = 150, extends = 2024-06-13 }]
        [[school]]
        code = "0-2"
        name = "S0-2"
        basic = 50
        interop = 0
        term = { months = 12, days = 0 }
        upstream = "0"
        [[school.app]]
        id = "x0"
        kind = "agency"
        needs = "basic"
        order = { from = 2023-03-17, until = 2025-01-27 }
        [[school.purchase]]
        paid = 2023-05-23
        basic = 216
        interop = 0
        term = { months = 9, days = 0 }
        [[school.purchase]]
        paid = 2023-06-28
        basic = 0
        interop = 72
        term = { months = 0, days = 83 }
        activated = 2023-11-07
        [[school.purchase]]
        kind = "renewal"
        paid = 2024-01-29
        interop = 72
        term = { months = 12, days = 0 }
    "#;
    let (bought, cost) = buy(text, date(2025, 6, 14), 0);
    // One basic user gets an account on 2025-06-12, when the interop ones end; of the six of the next day he is one.
    let last: Vec<Bought> = bought.into_iter().filter(|order| date(2025, 5, 1) < order.0).collect();
    let expected = [
        (date(2025, 5, 19), OrderKind::TopUp, 5, 0),
        (date(2025, 6, 5), OrderKind::Renewal, 2, 0),
        (date(2025, 6, 5), OrderKind::TopUp, 1, 0),
        (date(2025, 6, 13), OrderKind::TopUp, 0, 38),
    ];
    assert_eq!((&last[..], cost.as_str()), (&expected[..], "24159.54"));
}

#[test]
fn a_top_up_counts_on_the_growth_of_a_renewal_before_it() {
    let text = r#"
        date = 2023-05-07
        [[school]]
        code = "0"
        name = "S0"
        basic = 1
        interop = 0
        term = { months = 1, days = 29 }
        [[school]]
        code = "0-0"
        name = "S0-0"
        basic = 1
        interop = 0
        term = { months = 1, days = 29 }
        upstream = "0"
        [[school.headcount]]
        from = 2024-09-13
        basic = 202
        interop = 0
        [[school]]
        code = "0-1"
        name = "S0-1"
        basic = 1
        interop = 0
        term = { months = 1, days = 29 }
        upstream = "0"
        [[school.headcount]]
        from = 2025-07-09
        basic = 11
        interop = 0
    "#;
    let (bought, cost) = buy(text, date(2025, 7, 10), 14);
    // The downstream has 5 accounts, and 6 after the renewal of 2025-06-18: of 11 users 5 are new, not 6.
    assert!(bought.contains(&(date(2025, 6, 8), OrderKind::TopUp, 5, 0)), "{bought:?}");
    assert_eq!(cost, "1119.02");
}

#[test]
fn a_top_up_counts_on_the_growth_of_an_upstream() {
    let text = r#"
        date = 2023-01-31
        [[school]]
        code = "0"
        name = "S0"
        basic = 1
        interop = 0
        term = { months = 0, days = 41 }
        [[school.app]]
        id = "x0"
        kind = "agency"
        needs = "basic"
        authorized = 2023-03-15T00:30:00
        [[school.app]]
        id = "x1"
        kind = "agency"
        needs = "basic"
        order = { from = 2022-10-13, until = 2024-05-24 }
        [[school.purchase]]
        paid = 2023-01-29
        basic = 1
        interop = 0
        term = { months = 12, days = 0 }
        [[school.headcount]]
        from = 2025-05-14
        basic = 8
        interop = 0
        [[school]]
        code = "0-0"
        name = "S0-0"
        basic = 1
        interop = 0
        term = { months = 0, days = 41 }
        upstream = "0"
        [[school.headcount]]
        from = 2023-01-31
        basic = 4
        interop = 0
        [[school.headcount]]
        from = 2023-09-03
        basic = 9900
        interop = 0
    "#;
    let (bought, cost) = buy(text, date(2025, 5, 15), 26);
    // The upstream has 2 accounts, and 3 after the renewal of 2025-04-28: of 8 users 5 are new, not 6.
    assert!(bought.contains(&(date(2025, 4, 13), OrderKind::TopUp, 5, 0)), "{bought:?}");
    assert_eq!(cost, "20731.39");
}

#[test]
fn a_top_up_counts_on_accounts_bought_for_growth_before_it() {
    let text = r#"
        date = 2023-03-31
        [[school]]
        code = "0"
        name = "S0"
        basic = 9900
        interop = 1
        term = { months = 12, days = 0 }
        industry = "教育/初等教育"
        certification = "verified"
        [[school.headcount]]
        from = 2024-04-07
        basic = 0
        interop = 2
        [[school.headcount]]
        from = 2024-04-08
        basic = 0
        interop = 0
        [[school]]
        code = "0-0"
        name = "S0-0"
        basic = 1
        interop = 0
        term = { months = 12, days = 0 }
        upstream = "0"
        [[school.app]]
        id = "x0"
        kind = "agency"
        needs = "basic"
        authorized = 2023-01-31T00:30:00
        [[school.headcount]]
        from = 2023-03-31
        basic = 0
        interop = 5
    "#;
    let (bought, cost) = buy(text, date(2024, 4, 8), 1);
    // One interop account grows on 2024-04-06 and serves the second user of the next day, too.
    let expected = [
        (date(2023, 3, 31), OrderKind::Purchase, 19_800, 7),
        (date(2024, 4, 6), OrderKind::TopUp, 99, 0),
        (date(2024, 4, 6), OrderKind::TopUp, 0, 1),
    ];
    assert_eq!((&bought[..], cost.as_str()), (&expected[..], "405.17"));
}
