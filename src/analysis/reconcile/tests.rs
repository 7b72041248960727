mod gaps;
mod prices;
mod round_trip;
mod rules;
mod same_day;

use std::fmt::Write;
use std::sync::Arc;

use jiff::civil::{Date, date};

use super::*;
use crate::diagnostic::SourceFile;
use crate::plan::{
    AccountList, Attached, Attachments, ListedAccount, ListedOrder, ReadOptions, UserSet, read,
};
use crate::rates::{RateCards, Rule};
use crate::wecom::documents;

/// An account list beside the plan.
#[derive(Default)]
struct Beside(Vec<ListedAccount>);

impl Attachments for Beside {
    fn roster(&self, _: &str, _: Option<&str>) -> Attached<UserSet> {
        Attached::default()
    }

    fn accounts(&self, _: &str) -> Attached<AccountList> {
        let content = AccountList { accounts: self.0.clone(), codes: Vec::new() };
        Attached { content, diagnostics: Vec::new() }
    }

    fn orders(&self, _: &[&str]) -> Attached<Vec<ListedOrder>> {
        Attached::default()
    }
}

fn plan(text: &str, beside: &Beside) -> Plan {
    let cards = RateCards::embedded().unwrap();
    let options = ReadOptions { attachments: beside, ..ReadOptions::new(&cards) };
    let reading = read(&Arc::new(SourceFile::new("plan.toml", text)), &options);
    reading.plan.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

fn seconds(day: Date) -> i64 {
    day.at(2, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second()
}

/// An order document: id, type, state, price in fen, basic accounts, duration, day of payment.
struct Document<'d>(&'d str, u8, u8, i64, u32, &'d str, Date);

fn text(documents: &[Document<'_>]) -> String {
    documents.iter().fold(String::new(), |mut text, Document(id, kind, state, price, basic, duration, paid)| {
        let time = seconds(*paid);
        writeln!(
            text,
            r#"{{"errcode":0,"order":{{"order_id":"{id}","order_type":{kind},"order_status":{state},"corpid":"ww1","price":{price},"account_count":{{"base_count":{basic}}},"account_duration":{{{duration}}},"create_time":{time},"pay_time":{time}}}}}"#
        )
        .unwrap();
        text
    })
}

fn reconciled(plan: &Plan, text: &str) -> Reconciliation {
    let bills = Bills::gather(&documents::read("orders.json", text.as_bytes()).documents);
    let (with_orders, _) = plan.clone().with_orders(bills.purchases());
    reconcile(&with_orders, plan, &bills).unwrap()
}

fn verdicts(reconciliation: &Reconciliation) -> Vec<(&str, Verdict, Option<Doubt>)> {
    let of = |order: &ReconciledOrder| (order.verdict, order.doubt);
    let id = |order: &'_ ReconciledOrder| order.order_id.clone().unwrap_or_default();
    reconciliation
        .orders
        .iter()
        .map(|order| (&*Box::leak(id(order).into_boxed_str()), of(order).0, of(order).1))
        .collect()
}

const SCHOOL: &str = "date = 2023-06-01\n[[school]]\ncode = \"1\"\nname = \"甲\"\ncorp-id = \"ww1\"\n";
const YEAR: &str = r#""months":12,"days":0"#;

#[test]
fn a_price_matches_or_has_a_difference() {
    let plan = plan(&format!("{SCHOOL}basic = 150\n"), &Beside::default());
    let paid = date(2023, 5, 28);
    let found = reconciled(&plan, &text(&[Document("O1", 1, 1, 60_500, 150, YEAR, paid)]));
    assert_eq!(verdicts(&found), [("O1", Verdict::Matched, None)]);
    assert_eq!(found.orders[0].refundable_until, Some(date(2023, 6, 7)));
    assert_eq!((found.totals.difference, found.not_ordered.len()), (Money::ZERO, 0));
    let found = reconciled(&plan, &text(&[Document("O1", 1, 1, 60_400, 150, YEAR, paid)]));
    assert_eq!(verdicts(&found), [("O1", Verdict::Mismatched, None)]);
    assert_eq!(found.orders[0].difference, Some(Money::from_fen(-100)));
    assert!(found.has_mismatch());
}

#[test]
fn a_purchase_continues_after_the_accounts_that_an_account_list_shows() {
    let account = |index: usize| ListedAccount {
        user: format!("user-{index}"),
        account_type: AccountType::Basic,
        activated: date(2023, 1, 10),
        expires: date(2024, 1, 17),
    };
    let beside = Beside((0..180).map(account).collect());
    let plan = plan(&format!("{SCHOOL}basic = 230\nheld = [{{ from = \"accounts.json\" }}]\n"), &beside);
    // Accounts 181 to 200 cost 4 yuan a year and 201 to 230 cost 3, for half a year.
    let half = r#""months":6,"days":0"#;
    let orders = [
        Document("O1", 1, 1, 72_500, 180, YEAR, date(2023, 1, 8)),
        Document("O2", 1, 1, 8_500, 50, half, date(2023, 3, 1)),
    ];
    let found = reconciled(&plan, &text(&orders));
    assert_eq!(verdicts(&found), [("O1", Verdict::Matched, None), ("O2", Verdict::Matched, None)]);
    let waiting: Vec<(&str, u32)> =
        found.unactivated.iter().map(|codes| (codes.order_id.as_str(), codes.count)).collect();
    assert_eq!(waiting, [("O2", 50)]);
    assert_eq!(found.unactivated[0].worth, Some(Money::from_fen(8_500)));
}

#[test]
fn without_an_account_list_a_match_may_rest_on_activations_that_nobody_knows() {
    let plan = plan(&format!("{SCHOOL}basic = 230\n"), &Beside::default());
    let half = r#""months":6,"days":0"#;
    let orders = [
        Document("O1", 1, 1, 72_500, 180, YEAR, date(2023, 1, 8)),
        Document("O2", 1, 1, 8_500, 50, half, date(2023, 3, 1)),
    ];
    let found = reconciled(&plan, &text(&orders));
    assert_eq!(
        verdicts(&found),
        [("O1", Verdict::Matched, None), ("O2", Verdict::Matched, Some(Doubt::IfActivated))]
    );
}

#[test]
fn what_is_not_charged_or_not_known_is_judged_apart() {
    let plan = plan(&format!("{SCHOOL}basic = 150\n"), &Beside::default());
    let day = date(2023, 3, 1);
    let mut orders = text(&[
        Document("O1", 1, 0, 60_500, 150, YEAR, day),
        Document("O2", 1, 5, 60_500, 150, YEAR, day),
        Document("O3", 5, 1, 100, 150, YEAR, day),
        Document("O4", 1, 1, 60_500, 150, "", day),
    ]);
    orders.push_str(&text(&[Document("O5", 1, 1, 700, 150, YEAR, day)]).replace("ww1", "ww2"));
    let found = reconciled(&plan, &orders);
    let mut judged = verdicts(&found);
    judged.sort_unstable_by_key(|judged| judged.0);
    assert_eq!(
        judged,
        [
            ("O1", Verdict::NotCharged, None),
            ("O2", Verdict::NotCharged, None),
            ("O3", Verdict::NotCharged, Some(Doubt::Migration)),
            ("O4", Verdict::Unreadable, Some(Doubt::Incomplete)),
            ("O5", Verdict::NotInPlan, Some(Doubt::UnknownEnterprise)),
        ]
    );
    assert!(!found.has_mismatch());
    assert_eq!((found.totals.unchecked_orders, found.totals.unchecked), (3, Money::from_fen(61_300)));
}

#[test]
fn a_renewal_to_a_day_is_priced_from_the_expiry_that_its_accounts_had() {
    let held = "basic = 10\nheld = [{ type = \"basic\", count = 10, expires = 2023-07-01 }]\n";
    let plan = plan(&format!("{SCHOOL}{held}"), &Beside::default());
    // 31 days of (5×5+5×4)÷12 yuan. WeCom counts the last day to its end.
    let until = format!(r#""new_expire_time":{}"#, seconds(date(2023, 7, 31)));
    let found = reconciled(&plan, &text(&[Document("O1", 2, 1, 375, 10, &until, date(2023, 5, 20))]));
    assert_eq!(verdicts(&found), [("O1", Verdict::Matched, None)]);
}

#[test]
fn a_renewal_to_a_day_of_accounts_that_no_document_shows_is_not_forgotten() {
    let plan = plan(&format!("{SCHOOL}basic = 10\n"), &Beside::default());
    let until = format!(r#""new_expire_time":{}"#, seconds(date(2024, 2, 14)));
    let bought = Document("O1", 1, 1, 4_500, 10, YEAR, date(2023, 1, 8));
    let renewed = |price| Document("O2", 2, 1, price, 10, &until, date(2023, 5, 20));
    // Activated when paid, the accounts expire on 2024-01-15; 31 days of (5×5+5×4)÷12 yuan.
    let found = reconciled(&plan, &text(&[bought, renewed(375)]));
    assert_eq!(
        verdicts(&found),
        [("O1", Verdict::Matched, None), ("O2", Verdict::Matched, Some(Doubt::IfActivated))]
    );
    let bought = Document("O1", 1, 1, 4_500, 10, YEAR, date(2023, 1, 8));
    let found = reconciled(&plan, &text(&[bought, renewed(376)]));
    assert_eq!(
        verdicts(&found),
        [("O1", Verdict::Matched, None), ("O2", Verdict::NotInPlan, Some(Doubt::UnknownExpiry))]
    );
    assert_eq!((found.totals.unchecked_orders, found.totals.unchecked), (1, Money::from_fen(376)));
    assert_eq!(found.totals.billed, Money::from_fen(4_500));
}

#[test]
fn renewals_of_unknown_accounts_prolong_no_more_than_there_are() {
    let held = "basic = 20\nheld = [{ type = \"basic\", count = 4, expires = 2023-07-01 }]\n";
    let plan = plan(&format!("{SCHOOL}{held}"), &Beside::default());
    let until = format!(r#""new_expire_time":{}"#, seconds(date(2024, 8, 1)));
    // Ten accounts cost 45 yuan after none, and 41 after four that were prolonged; after ten they would cost 40.
    for (price, verdict) in
        [(4_500, Verdict::Matched), (4_100, Verdict::NotInPlan), (4_000, Verdict::Mismatched)]
    {
        let orders = [
            Document("O1", 2, 1, 9_999, 10, &until, date(2023, 5, 20)),
            Document("O2", 1, 1, price, 10, YEAR, date(2023, 5, 25)),
        ];
        let found = reconciled(&plan, &text(&orders));
        let of_purchase = |order: &&ReconciledOrder| order.order_id.as_deref() == Some("O2");
        assert_eq!(found.orders.iter().find(of_purchase).unwrap().verdict, verdict, "{price}: {found:?}");
    }
}

#[test]
fn a_price_between_those_of_two_possible_pasts_is_no_mismatch() {
    // Nothing says when the account expired before it was renewed, so that it may come before O1 or not.
    let account = ListedAccount {
        user: "user-1".to_owned(),
        account_type: AccountType::Basic,
        activated: date(2022, 12, 1),
        expires: date(2025, 3, 1),
    };
    let text_of_plan = format!("{SCHOOL}basic = 10\nheld = [{{ from = \"accounts.json\" }}]\n");
    let plan = plan(&text_of_plan, &Beside(vec![account]));
    let until = format!(r#""new_expire_time":{}"#, seconds(date(2025, 2, 28)));
    let names = r#"{"errcode":0,"order_id":"O2","has_more":0,"account_list":[{"userid":"user-1","type":1}]}"#;
    for (price, verdict) in [
        (4_500, (Verdict::Matched, Some(Doubt::UnknownHoldings))),
        (4_400, (Verdict::Matched, Some(Doubt::UnknownHoldings))),
        (4_450, (Verdict::NotInPlan, Some(Doubt::UnknownHoldings))),
        (4_300, (Verdict::Mismatched, None)),
    ] {
        let orders = [
            Document("O1", 1, 1, price, 10, YEAR, date(2023, 1, 8)),
            Document("O2", 2, 1, 500, 1, &until, date(2023, 5, 20)),
        ];
        let found = reconciled(&plan, &format!("{}{names}\n", text(&orders)));
        let order = &found.orders[0];
        assert_eq!((order.verdict, order.doubt), verdict, "{price}");
        assert_eq!(found.orders[1].doubt, Some(Doubt::UnknownExpiry));
    }
}

#[test]
fn a_refund_can_be_asked_for_until_the_tenth_day_of_an_order_that_is_paid() {
    let plan = plan(&format!("{SCHOOL}basic = 150\n"), &Beside::default());
    // Of orders paid on the last day for which it holds, one before, and one whose refund was asked for.
    let orders = [
        Document("O1", 1, 1, 60_500, 150, YEAR, date(2023, 5, 22)),
        Document("O2", 1, 1, 60_500, 150, YEAR, date(2023, 5, 21)),
        Document("O3", 1, 4, 60_500, 150, YEAR, date(2023, 5, 30)),
        Document("O4", 1, 0, 60_500, 150, YEAR, date(2023, 5, 31)),
    ];
    let found = reconciled(&plan, &text(&orders));
    let mut until: Vec<(Option<&str>, Option<Date>)> =
        found.orders.iter().map(|order| (order.order_id.as_deref(), order.refundable_until)).collect();
    until.sort_unstable();
    let day = Some(date(2023, 6, 1));
    assert_eq!(until, [(Some("O1"), day), (Some("O2"), None), (Some("O3"), None), (Some("O4"), None)]);
}

#[test]
fn codes_that_nobody_activated_in_a_year_are_lost_with_their_part_of_the_bill() {
    let account = |index: usize| ListedAccount {
        user: format!("user-{index}"),
        account_type: AccountType::Basic,
        activated: date(2022, 6, 10),
        expires: date(2023, 6, 17),
    };
    let beside = Beside((0..30).map(account).collect());
    let plan = plan(&format!("{SCHOOL}basic = 30\nheld = [{{ from = \"accounts.json\" }}]\n"), &beside);
    // The first could be activated until the day before the plan's date, the second until the date itself.
    let orders = [
        Document("O1", 1, 1, 16_500, 40, YEAR, date(2022, 5, 31)),
        Document("O2", 1, 1, 2_500, 5, YEAR, date(2022, 6, 1)),
        Document("O3", 1, 5, 2_500, 5, YEAR, date(2022, 6, 1)),
    ];
    let found = reconciled(&plan, &text(&orders));
    let codes: Vec<_> = found
        .unactivated
        .iter()
        .map(|codes| (codes.order_id.as_str(), codes.count, codes.last_day, codes.is_lost, codes.worth))
        .collect();
    // A quarter of the 40 codes.
    let (first, second) = (date(2023, 5, 31), date(2023, 6, 1));
    assert_eq!(
        codes,
        [
            ("O1", 10, Some(first), true, Some(Money::from_fen(4_125))),
            ("O2", 5, Some(second), false, Some(Money::from_fen(2_500))),
        ]
    );
}

#[test]
fn the_statement_sets_bills_against_the_plan() {
    let plan = plan(&format!("{SCHOOL}basic = 150\n"), &Beside::default());
    let orders = [Document("O1", 1, 1, 60_400, 150, YEAR, date(2023, 6, 20))];
    let found = reconciled(&plan, &text(&orders));
    let row = &found.statement[0];
    assert_eq!((row.month, found.statement.len()), (date(2023, 6, 1), 1));
    assert_eq!((row.billed.fen(), row.expected.fen()), (60_400, 60_500));
    assert_eq!(row.planned, Some(Money::from_fen(60_500)));
}

fn findings(plan: &Plan, text: &str) -> RuleFindings {
    let bills = Bills::gather(&documents::read("orders.json", text.as_bytes()).documents);
    let (with_orders, _) = plan.clone().with_orders(bills.purchases());
    let found = reconcile(&with_orders, plan, &bills).unwrap();
    explain(&with_orders, &bills, &found.orders).unwrap()
}

/// A school with 180 accounts that outlast half a year, as the plan records them.
fn with_active() -> Plan {
    let purchase = "[[school.purchase]]\npaid = 2023-01-08\nactivated = 2023-01-10\nbasic = 180\n";
    plan(&format!("{SCHOOL}basic = 230\n{purchase}"), &Beside::default())
}

#[test]
fn an_order_that_is_priced_from_its_first_account_rules_out_that_others_come_first() {
    let half = r#""months":6,"days":0"#;
    // (5×5+45×4)÷2 yuan, in place of (20×4+30×3)÷2.
    let orders = [
        Document("O1", 1, 1, 72_500, 180, YEAR, date(2023, 1, 8)),
        Document("O2", 1, 1, 10_250, 50, half, date(2023, 3, 1)),
    ];
    let found = findings(&with_active(), &text(&orders));
    let of = |rules: &[Rule], fact: &str| {
        let choice = found.choices.iter().position(|choice| choice.fact == fact).unwrap();
        rules[choice].to_string()
    };
    assert!(!found.explaining.is_empty() && found.unexplained.is_empty());
    assert!(found.explaining.iter().all(|rules| of(rules, "P12").starts_with("none")));
    let longer = found.ruled_out.iter().find(|out| out.rule.to_string() == "longer").unwrap();
    assert_eq!((longer.fact.as_str(), longer.by.as_slice()), ("P12", &["O2".to_owned()][..]));
}

#[test]
fn orders_that_contradict_each_other_are_explained_by_no_combination() {
    let half = r#""months":6,"days":0"#;
    let orders = [
        Document("O1", 1, 1, 72_500, 180, YEAR, date(2023, 1, 8)),
        Document("O2", 1, 1, 10_250, 50, half, date(2023, 3, 1)),
        Document("O3", 1, 1, 8_500, 50, half, date(2023, 3, 2)),
    ];
    let found = findings(&with_active(), &text(&orders));
    assert_eq!((found.explaining.len(), found.unexplained.len()), (0, 0));
    let none = found.ruled_out.iter().find(|out| out.rule.to_string() == "none").unwrap();
    assert_eq!(none.by, ["O3"]);
}

#[test]
fn each_alternative_is_recognised_by_orders_that_are_priced_under_it() {
    let orders = [
        Document("O1", 1, 1, 0, 180, YEAR, date(2023, 1, 8)),
        Document("O2", 1, 1, 0, 50, r#""months":6,"days":7"#, date(2023, 3, 1)),
        Document("O3", 2, 1, 0, 30, r#""months":5"#, date(2023, 4, 1)),
        Document("O4", 1, 1, 0, 7, r#""months":1,"days":1"#, date(2023, 5, 1)),
    ];
    let (plan, blank) = (with_active(), text(&orders));
    for (alternative, card) in plan.card.under_alternatives() {
        let mut under = plan.clone();
        under.card = Arc::new(card.clone());
        let priced = reconciled(&under, &blank);
        let bills: Vec<Document<'_>> = orders
            .iter()
            .map(|Document(id, kind, state, _, basic, duration, paid)| {
                let is_it = |order: &&ReconciledOrder| order.order_id.as_deref() == Some(id);
                let expected = priced.orders.iter().find(is_it).and_then(|order| order.expected).unwrap();
                Document(id, *kind, *state, expected.fen(), *basic, duration, *paid)
            })
            .collect();
        let found = findings(&plan, &text(&bills));
        let is_there = found.explaining.iter().any(|rules| rules.contains(&alternative.rule));
        assert!(is_there, "{}: {:?}", alternative.rule, found.ruled_out);
    }
}
