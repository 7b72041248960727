use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::Term;
use crate::diagnostic::SourceFile;
use crate::plan::{ReadOptions, read};
use crate::pricing::NoteCode;
use crate::rates::RateCards;

fn quoted(text: &str) -> PlanQuote {
    let cards = RateCards::embedded().unwrap();
    let text = format!("date = 2023-06-30\n[[school]]\ncode = \"a\"\nname = \"A\"\n{text}");
    let reading = read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
    quote_plan(&reading.plan.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))).unwrap()
}

#[test]
fn what_was_bought_is_not_charged_again() {
    let found =
        quoted("basic = 150\n[[school.purchase]]\npaid = 2023-02-01\nbasic = 150\nactivated = 2023-02-01\n");
    assert_eq!(found.quote.orders, []);
    let payer = &found.payers[0];
    assert_eq!(payer.members[0].active, [(AccountType::Basic, date(2024, 2, 8), 150)]);
    let next = payer.next.as_ref().unwrap();
    assert_eq!((next.date, next.kind), (date(2024, 2, 1), OrderKind::Renewal));
}

#[test]
fn a_top_up_of_the_schedule_stands_beside_the_quote_for_the_whole_term() {
    let found = quoted("basic = 200\nheld = [{ type = \"basic\", count = 180, expires = 2024-02-08 }]\n");
    let order = &found.quote.orders[0];
    assert_eq!((order.term, order.members[0].counts.basic), (Term::ONE_YEAR, 20));
    let [scheduled] = &found.payers[0].scheduled[..] else { panic!() };
    assert_eq!((scheduled.kind, scheduled.expires()), (OrderKind::TopUp, Some(date(2024, 2, 8))));
}

#[test]
fn a_customer_with_held_accounts_alone_buys_nothing() {
    let found = quoted("held = [{ type = \"basic\", count = 180, expires = 2024-02-08 }]\n");
    assert_eq!((found.quote.orders.len(), found.payers[0].next.is_none()), (0, true));
}

#[test]
fn a_waived_order_is_for_twelve_months_and_says_so() {
    let cards = RateCards::embedded().unwrap();
    let text = "date = 2022-12-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 5\nterm = { months = 6 }\n\
                industry = \"教育/初等教育\"\ncertification = \"certified\"\n";
    let reading = read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
    let found = quote_plan(&reading.plan.unwrap()).unwrap();
    let order = &found.quote.orders[0];
    assert_eq!(order.term, Term::ONE_YEAR);
    assert!(order.notes.iter().any(|note| note.code() == NoteCode::WaivedTerm));
}
