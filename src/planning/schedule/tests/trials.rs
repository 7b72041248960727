//! First purchases at the end of trials, each case with its figure.

use super::*;

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
fn a_pilot_that_was_bought_ends_nobodys_trial_either() {
    let plan = plan(
        "date = 2023-07-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 1000\n\
         [[school.app]]\nid = \"x\"\nauthorized = 2023-07-01T08:00:00\n\
         [[school.purchase]]\npaid = 2023-06-30\nactivated = 2023-06-30\nbasic = 1\nterm = { months = 4 }\n",
    );
    let orders = orders(&run(&plan, date(2023, 10, 1)));
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
    let starts: Vec<(Date, Date, u32, u32, String)> = schedule.payers[0]
        .orders
        .iter()
        .map(|order| {
            let price = order.quote.payable().unwrap().to_string();
            (order.date, order.starts(), counts(order).basic, counts(order).interop, price)
        })
        .collect();
    assert_eq!(
        starts,
        [
            (date(2023, 9, 21), date(2023, 9, 29), 100, 0, "405.00".to_owned()),
            // Until 2024-10-05, as the first: (5×50 + 5×40) × 341/372, and 60×4 × 310/372 after the 100.
            (date(2023, 10, 22), date(2023, 10, 30), 0, 10, "412.50".to_owned()),
            (date(2023, 11, 22), date(2023, 11, 30), 60, 0, "200.00".to_owned()),
        ]
    );
}
