//! What the answer says of files that could not be read.

use jiff::civil::date;

use super::*;

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
