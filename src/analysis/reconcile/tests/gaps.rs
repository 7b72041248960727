//! What the answer says of files that could not be read.

use jiff::civil::date;

use super::*;
use crate::plan::LeftOutSchool;

#[test]
fn what_an_order_that_cannot_be_read_may_have_is_not_certainly_missing() {
    let other = "[[school]]\ncode = \"2\"\nname = \"乙\"\ncorp-id = \"ww2\"\nbasic = 3\n";
    let plan = plan(&format!("{SCHOOL}basic = 150\n{other}"), &Beside::default());
    let order = text(&[Document("O1", 1, 1, 100, 1, YEAR, date(2023, 5, 28))]);
    let perhaps = |text: &str| {
        let read = documents::read("orders.json", text.as_bytes());
        let bills = Bills::gather(&read.documents).with_problems(&read.documents, &read.diagnostics);
        let found = reconcile(&plan, &plan, &bills).unwrap();
        let of = |missing: &NotOrdered| (missing.school.code.clone().unwrap(), missing.may_be_ordered);
        found.not_ordered.iter().map(of).collect::<Vec<_>>()
    };
    let both = |one, other| vec![("1".to_owned(), one), ("2".to_owned(), other)];
    let broken = order.replace("\"price\":100", "\"price\":\"x\"");
    assert_eq!(perhaps(&order.replace("ww1", "ww3")), both(false, false));
    assert_eq!(perhaps(&broken), both(true, false));
    assert_eq!(perhaps(&broken.replace("ww1", "ww2")), both(false, true));
    assert_eq!(perhaps(&broken.replace("ww1", "ww3")), both(false, false));
    let nobody = broken.replace("\"corpid\":\"ww1\",", "");
    assert_eq!(perhaps(&nobody), both(true, true));
    // An order of nobody is of the enterprises beside it, and so is an answer that failed.
    let failed = "{\"errcode\":60011,\"errmsg\":\"no privilege\"}";
    for text in [&nobody, failed] {
        assert_eq!(perhaps(&format!("{text}\n{}", order.replace("ww1", "ww2"))), both(false, true));
        let asked = format!(
            "[{{\"request\":{{\"corpid\":\"ww2\"}},\"response\":{}}},{text}]",
            order.replace("ww1", "ww3")
        );
        assert_eq!(perhaps(&asked), both(false, true));
    }
    // What a text that breaks off lacks may be of anybody.
    let other = order.replace("ww1", "ww2");
    assert_eq!(perhaps(&format!("{other}{}", &order[..order.len() - 9])), both(true, true));
    assert_eq!(perhaps(""), both(true, true));
}

#[test]
fn orders_of_a_school_whose_files_cannot_be_read_are_not_checked() {
    let written = plan(&format!("{SCHOOL}basic = 150\n"), &Beside::default());
    let [day, month] = [date(2023, 5, 28), date(2023, 5, 1)];
    let of_others = |id| text(&[Document(id, 1, 1, 100, 1, YEAR, day)]).replace("ww1", "ww2");
    let refunded = text(&[Document("O4", 1, 5, 100, 1, YEAR, day)]).replace("ww1", "ww2");
    let order = text(&[Document("O1", 1, 1, 60_500, 150, YEAR, day)]);
    let party = Party { code: Some("2".to_owned()), name: Some("乙".to_owned()) };
    let left_out = vec![LeftOutSchool { party: party.clone(), corp_id: Some("ww2".to_owned()) }];
    let partial = Plan { left_out, ..written.clone() };
    let unreadable = of_others("O3").replace("\"price\":100", "\"price\":\"x\"");
    let text = format!("{order}{}{unreadable}{refunded}", of_others("O2"));
    let found = reconciled(&partial, &text);
    assert_eq!(
        verdicts(&found),
        [
            ("O1", Verdict::Matched, None),
            ("O2", Verdict::NotInPlan, Some(Doubt::SchoolLeftOut)),
            ("O4", Verdict::NotCharged, None),
            ("O3", Verdict::Unreadable, Some(Doubt::Unreadable)),
        ]
    );
    assert!(found.orders[1..].iter().all(|order| order.schools == [party.clone()]));
    assert_eq!((found.totals.unchecked, found.totals.left_out_schools), (Money::from_fen(100), 1));
    let rows: Vec<_> = found.statement.iter().map(|row| (row.month, row.of.clone(), row.planned)).collect();
    let of_payer = StatementOf::Payer(written.schools[0].party());
    assert_eq!(rows, [(month, of_payer, None), (month, StatementOf::LeftOut, None)]);
    assert!(!reconciled(&partial, &order).totals.is_complete());
    assert!(reconciled(&written, &order).totals.is_complete());
}
