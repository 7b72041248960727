use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::diagnostic::SourceFile;
use crate::plan::{Plan, ReadOptions, read};
use crate::rates::RateCards;

fn plan(text: &str) -> Plan {
    let cards = RateCards::embedded().unwrap();
    let text = format!("date = 2023-02-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 50\n{text}");
    let reading = read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
    reading.plan.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

fn lots(plan: &Plan) -> Vec<(u32, Option<Date>, Date)> {
    let holdings = plan.schools[0].holdings(&plan.card.term);
    holdings.lots.iter().map(|lot| (lot.count, lot.extends, lot.expires)).collect()
}

const PURCHASES: &str = r#"
    held = [{ type = "basic", count = 180, expires = 2024-06-30 }]
    [[school.purchase]]
    paid = 2022-11-18
    basic = 100
    interop = 20
    activated = 2022-11-18
    [[school.purchase]]
    paid = 2023-01-10
    basic = 7
    activated = 2023-01-10
    term = { months = 6 }
    [[school.purchase]]
    paid = 2023-01-10
    basic = 9
    term = { months = 3 }
    "#;

#[test]
fn purchases_become_lots_from_their_activation_on() {
    let plan = plan(PURCHASES);
    assert_eq!(
        lots(&plan),
        [
            (180, None, date(2024, 6, 30)),
            (100, None, date(2023, 11, 25)),
            (20, None, date(2023, 11, 25)),
            (7, None, date(2023, 7, 15)),
        ]
    );
    let holdings = plan.schools[0].holdings(&plan.card.term);
    assert_eq!(holdings.codes, [Codes { purchase: 2, account_type: AccountType::Basic, count: 9 }]);
    let codes = |on| holdings.codes(&plan.card, &plan.schools[0], on).basic;
    // Paid on 2023-01-10, activated on that day or never: the last day of activation still counts.
    assert_eq!(
        [date(2023, 1, 9), date(2023, 1, 10), date(2024, 1, 10), date(2024, 1, 11)].map(codes),
        [0, 9, 9, 0]
    );
}

#[test]
fn a_new_order_of_the_plan_buys_what_is_missing_after_the_accounts_that_outlast_it() {
    let mut plan = plan(PURCHASES);
    plan.schools[0].counts = Counts { basic: 300, interop: 20 };
    let member = &plan.orders()[0].members[0];
    assert_eq!((member.counts.basic, member.need.basic, member.have.basic), (4, 300, 296));
    assert_eq!(member.held.longer, Counts { basic: 180, interop: 0 });
    let codes =
        plan.schools[0].holdings(&plan.card.term).codes(&plan.card, &plan.schools[0], plan.date.unwrap());
    assert_eq!(member.held.unactivated, codes);
}

#[test]
fn a_renewal_prolongs_the_accounts_that_expire_first_and_counts_once() {
    let plan = plan(
        r#"
        held = [{ type = "basic", count = 30, expires = 2023-02-20 }, { type = "basic", count = 30, expires = 2023-02-10 }]
        [[school.purchase]]
        paid = 2023-01-31
        kind = "renewal"
        basic = 40
        "#,
    );
    let expected = [
        (30, None, date(2023, 2, 20)),
        (30, None, date(2023, 2, 10)),
        (30, Some(date(2023, 2, 10)), date(2024, 2, 17)),
        (10, Some(date(2023, 2, 20)), date(2024, 2, 27)),
    ];
    assert_eq!(lots(&plan), expected);
    let holdings = plan.schools[0].holdings(&plan.card.term);
    let running = |on, prolonged_by| {
        let running = holdings.running(on, prolonged_by).into_iter();
        running.map(|(_, expires, count)| (count, expires)).collect::<Vec<_>>()
    };
    let before = [(30, date(2023, 2, 10)), (30, date(2023, 2, 20))];
    let after = [(20, date(2023, 2, 20)), (30, date(2024, 2, 17)), (10, date(2024, 2, 27))];
    assert_eq!(running(date(2023, 1, 30), date(2023, 1, 30)), before);
    assert_eq!(running(date(2023, 1, 30), date(2023, 1, 31)), after);
    assert_eq!(running(date(2023, 2, 15), date(2023, 2, 15)), after);
    assert_eq!(running(date(2023, 3, 1), date(2023, 3, 1)), after[1..]);
    let active = |on| holdings.active(on).basic;
    assert_eq!([date(2023, 2, 1), date(2023, 2, 15), date(2023, 3, 1)].map(active), [60, 60, 40]);
    let before = |on, days| {
        let term = Term { months: 0, days };
        holdings.beside_order(&plan.card, &plan.schools[0], on, term).longer.basic
    };
    assert_eq!([before(date(2023, 1, 30), 100), before(date(2023, 1, 31), 100)], [0, 40]);
    assert_eq!(before(date(2023, 1, 31), 5), 60);
}

#[test]
fn codes_of_a_purchase_are_activated_on_several_days() {
    let plan = plan(
        r#"
        [[school.purchase]]
        paid = 2022-12-01
        basic = 100
        activations = [
            { date = 2022-12-05, type = "basic", count = 60 },
            { date = 2023-11-30, type = "basic", count = 30, extends = 2023-12-12 },
        ]
        "#,
    );
    assert_eq!(
        lots(&plan),
        [(60, None, date(2023, 12, 12)), (30, Some(date(2023, 12, 12)), date(2024, 12, 18))]
    );
    let holdings = plan.schools[0].holdings(&plan.card.term);
    assert_eq!(holdings.codes(&plan.card, &plan.schools[0], date(2023, 6, 1)).basic, 40);
    assert_eq!(holdings.codes(&plan.card, &plan.schools[0], date(2023, 11, 30)).basic, 10);
}

#[test]
fn prolonging_more_than_there_is_falls_short() {
    let cards = RateCards::embedded().unwrap();
    let text = "date = 2023-02-01\n[[school]]\ncode = \"a\"\nname = \"A\"\n\
        [[school.purchase]]\npaid = 2023-01-31\nkind = \"renewal\"\nbasic = 40\n";
    let reading = read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
    assert_eq!(reading.plan, None);
}
