//! The same plans under other rules of pricing, each case with its figure.

use std::sync::Arc;

use super::*;

/// Returns the orders under a variant of a rule: day, accounts before them, basic accounts, price.
fn under(plan: &Plan, words: &[&str], until: Date) -> Vec<(Date, u32, u32, String)> {
    let rules = words.iter().map(|word| word.parse::<crate::rates::Rule>().unwrap());
    let card = rules.fold(plan.card.clone(), |card, rule| {
        let choice = card.choices().into_iter().find(|choice| choice.rules.contains(&rule)).unwrap();
        Arc::new(card.with_rule(&choice.fact, rule).unwrap())
    });
    let schedule = run(&Plan { card, ..plan.clone() }, until);
    let orders = schedule.payers.iter().flat_map(|payer| &payer.orders);
    orders
        .filter(|order| order.kind != OrderKind::Recorded)
        .map(|order| {
            let price = order.quote.payable().unwrap().to_string();
            (order.date, order.quote.start.basic, counts(order).basic, price)
        })
        .collect()
}

/// 30 for the 182 days to the expiry of the 100. After them: 30×4 × 182/372 = 58.71; alone (5×5 + 25×4) × 182/372 =
/// 61.16.
#[test]
fn a_top_up_is_paid_when_the_running_accounts_come_before_it() {
    let plan = school(
        "basic = 100\nheld = [{ type = \"basic\", count = 100, expires = 2024-03-31 }]\n\
         [[school.headcount]]\nfrom = 2023-10-01\nbasic = 130\n",
    );
    let first = |word| under(&plan, &[word], date(2024, 1, 1)).remove(0);
    assert_eq!(first("longer"), (date(2023, 9, 30), 100, 30, "58.71".to_owned()));
    assert_eq!(first("at-least"), (date(2023, 10, 1), 100, 30, "58.71".to_owned()));
    assert_eq!(first("none"), (date(2023, 10, 1), 0, 30, "61.16".to_owned()));
}

/// 20 codes are paid and wait for users; on the eve of their activation 30 more are bought.
#[test]
fn codes_in_stock_come_before_a_purchase_where_the_card_counts_them() {
    let plan = school(
        "basic = 100\nheld = [{ type = \"basic\", count = 100, expires = 2024-03-31 }]\n\
         [[school.purchase]]\npaid = 2023-06-01\nbasic = 20\n\
         [[school.headcount]]\nfrom = 2023-10-01\nbasic = 150\n",
    );
    let first = |words: &[&str]| under(&plan, words, date(2024, 1, 1)).remove(0);
    assert_eq!(first(&["longer"]).1, 100);
    assert_eq!(first(&["longer+unactivated"]).1, 120);
    assert_eq!(first(&["none+unactivated"]), (date(2023, 10, 1), 0, 30, "61.16".to_owned()));
}

/// 100 are renewed beside 50 that run for 466 days more: 5×5 + 95×4 = 405, or 51–150 at 4 each.
#[test]
fn a_renewal_comes_after_those_that_it_does_not_renew() {
    let plan = school(
        "basic = 150\nheld = [{ type = \"basic\", count = 100, expires = 2023-09-30 },\n\
         { type = \"basic\", count = 50, expires = 2025-01-01 }]\n",
    );
    let first = |words: &[&str]| under(&plan, words, date(2024, 1, 1)).remove(0);
    assert_eq!(first(&["from-zero"]), (date(2023, 9, 23), 0, 100, "405.00".to_owned()));
    assert_eq!(first(&["after-held"]), (date(2023, 9, 23), 50, 100, "400.00".to_owned()));
    assert_eq!(first(&["after-held", "none"]), (date(2023, 9, 23), 0, 100, "405.00".to_owned()));
}

#[test]
fn the_tiers_of_a_group_run_over_each_member_where_the_card_says_so() {
    let plan = plan(
        "date = 2023-06-30\n[[school]]\ncode = \"u\"\nname = \"U\"\nbasic = 150\n\
         [[school]]\ncode = \"d\"\nname = \"D\"\nbasic = 150\nupstream = \"u\"\n",
    );
    let first = |word| under(&plan, &[word], date(2023, 8, 1)).remove(0).3;
    assert_eq!([first("group"), first("member")], ["1105.00", "1210.00"]);
}
