//! Codes that were activated on the day of an order.

use jiff::civil::{Date, date};

use super::*;

#[test]
fn codes_activated_on_the_day_of_an_order_may_have_come_after_it() {
    let account = |number: u32| ListedAccount {
        user: format!("user-{number}"),
        account_type: AccountType::Basic,
        activated: date(2023, 1, 8),
        expires: date(2024, 1, 15),
    };
    let text_of_plan = format!("{SCHOOL}basic = 15\nheld = [{{ from = \"accounts.json\" }}]\n");
    let plan = plan(&text_of_plan, &Beside((0..5).map(account).collect()));
    let half = r#""months":6,"days":0"#;
    // The five accounts of O1 outlast those of O2, whose price for half a year is 10 × 4 / 2 after them, else
    // (5 × 5 + 5 × 4) / 2.
    for (price, verdict) in [
        (2_000, (Verdict::Matched, None)),
        (2_250, (Verdict::Matched, Some(Doubt::IfActivatedAfter))),
        (2_050, (Verdict::NotInPlan, Some(Doubt::UnknownActivations))),
        (1_999, (Verdict::Mismatched, None)),
        (2_251, (Verdict::Mismatched, None)),
    ] {
        let orders = |paid: Date| {
            let orders = [
                Document("O1", 1, 1, 2_500, 5, YEAR, date(2022, 12, 1)),
                Document("O2", 1, 1, price, 10, half, paid),
            ];
            reconciled(&plan, &text(&orders))
        };
        let found = orders(date(2023, 1, 8));
        assert_eq!((found.orders[0].verdict, found.orders[0].doubt), (Verdict::Matched, None));
        assert_eq!((found.orders[1].verdict, found.orders[1].doubt), verdict, "{price}");
        // On the next day nothing is left open.
        let verdict = if price == 2_000 { Verdict::Matched } else { Verdict::Mismatched };
        assert_eq!(orders(date(2023, 1, 9)).orders[1].verdict, verdict, "{price}");
    }
}

#[test]
fn which_of_two_codes_was_the_earlier_one_leaves_a_price_open() {
    let account = |number: u32, activated: Date, expires: Date| ListedAccount {
        user: format!("user-{number}"),
        account_type: AccountType::Basic,
        activated,
        expires,
    };
    let day = date(2023, 1, 8);
    // A code on an account with ten days left, and five on none.
    let mut accounts: Vec<ListedAccount> =
        (1..6).map(|number| account(number, day, date(2024, 1, 15))).collect();
    accounts.extend([account(0, date(2022, 1, 11), day), account(0, day, date(2024, 1, 25))]);
    let text_of_plan = format!("{SCHOOL}basic = 6\nheld = [{{ from = \"accounts.json\" }}]\n");
    let plan = plan(&text_of_plan, &Beside(accounts));
    // The five accounts of O2 cost 5 yuan each, or 4 × 5 + 4 if the code of O1 is the one that outlasts them.
    for (price, verdict) in [
        (2_500, (Verdict::Matched, None)),
        (2_400, (Verdict::NotInPlan, Some(Doubt::UnknownActivations))),
        (2_399, (Verdict::Mismatched, None)),
        (2_501, (Verdict::Mismatched, None)),
    ] {
        let orders = [
            Document("O1", 1, 1, 500, 1, YEAR, date(2022, 12, 1)),
            Document("O2", 1, 1, price, 5, YEAR, day),
        ];
        let found = reconciled(&plan, &text(&orders));
        assert_eq!((found.orders[1].verdict, found.orders[1].doubt), verdict, "{price}");
    }
}
