//! Calendar and budget of the brief's schools: every date here is counted by hand from the creation times of
//! the brief.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::{Date, date};
use wxlicense::diagnostic::SourceFile;
use wxlicense::plan::{self, Plan, ReadOptions};
use wxlicense::planning::budget::{BudgetOptions, budget};
use wxlicense::planning::calendar::{Calendar, Event, EventKind, calendar};
use wxlicense::pricing::{OrderStatus, quote_orders};
use wxlicense::rates::RateCards;

fn campus() -> Plan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/campus-2022.toml");
    read(&fs::read_to_string(path).unwrap())
}

fn read(text: &str) -> Plan {
    let source = Arc::new(SourceFile::new("plan.toml", text));
    let cards = RateCards::embedded().unwrap();
    plan::read(&source, &ReadOptions::new(&cards)).plan.unwrap()
}

/// Apps of the brief with the day on which their trial ends.
const TRIAL_ENDS: [(&str, Date); 16] = [
    ("weixinqy_sygcxyfk", date(2023, 2, 16)),
    ("weixinqy_sxkjxyv8_rlcj", date(2023, 2, 6)),
    ("weixinqy_sxkjxyv8", date(2023, 2, 5)),
    ("weixinqy_gnsfxyqyxx", date(2022, 12, 24)),
    ("weixinqy_sygcxyqy", date(2022, 12, 22)),
    ("weixinqy_jxjszyjsxy", date(2022, 12, 13)),
    ("weixinqy_jhswgyqy", date(2022, 12, 4)),
    ("weixinqy_sxcmrlc", date(2022, 12, 1)),
    ("weixinqy_njtdqywx", date(2022, 11, 23)),
    ("weixinqy_hnkjzyrl", date(2022, 11, 22)),
    ("wxqybind_sygcxyfk", date(2023, 2, 15)),
    ("wxqybind_sxjdxyrs", date(2022, 12, 19)),
    ("wxqybind_sxjdxybk", date(2022, 12, 19)),
    ("wxqybind_njtdzyjsxy", date(2022, 11, 22)),
    ("wxqybind_zgyy", date(2022, 10, 3)),
    ("shanxizyyFast_njgydx-qywx-bk", date(2022, 11, 6)),
];

#[test]
fn every_trial_of_the_brief_ends_on_its_day() {
    let calendar = calendar(&campus(), None).unwrap();
    let mut ends: Vec<(&str, Date)> = calendar
        .events
        .iter()
        .filter(|event| event.kind == EventKind::TrialEnd)
        .map(|event| (event.app.as_ref().unwrap().id.as_str(), event.date))
        .collect();
    let mut expected = TRIAL_ENDS.to_vec();
    ends.sort();
    expected.sort();
    assert_eq!(ends, expected);
}

fn first_payment<'c>(calendar: &'c Calendar, code: &str) -> &'c Event {
    let of_school = |event: &&Event| event.school.code.as_deref() == Some(code);
    calendar.events.iter().find(|event| event.kind == EventKind::Payment && of_school(event)).unwrap()
}

#[test]
fn each_school_has_to_pay_eight_days_before_its_first_trial_ends() {
    let calendar = calendar(&campus(), None).unwrap();
    let of = |code: &str| {
        let payment = first_payment(&calendar, code);
        payment.due_since.unwrap_or(payment.date)
    };
    assert_eq!(of("1499"), date(2022, 12, 14));
    assert_eq!(of("2000717"), date(2023, 1, 28));
    assert_eq!(of("818"), date(2022, 11, 14));
    assert_eq!(of("2000796"), date(2022, 9, 25));
}

#[test]
fn without_a_date_no_payment_is_late() {
    let calendar = calendar(&Plan { date: None, ..campus() }, None).unwrap();
    for (code, day) in [("1499", date(2022, 12, 14)), ("2000796", date(2022, 9, 25))] {
        let payment = first_payment(&calendar, code);
        assert_eq!((payment.date, payment.due_since), (day, None));
    }
}

#[test]
fn five_years_of_the_brief_add_up_to_their_quotes() {
    let plan = campus();
    let budget = budget(&plan, &BudgetOptions { years: 5, ..BudgetOptions::default() }).unwrap();
    assert_eq!(budget.payers.len(), 11);
    for month in &budget.periods {
        let mut fen = 0;
        for line in budget.lines_of(month) {
            let quote =
                quote_orders(&plan.card, Some(line.order.date), std::slice::from_ref(&line.order.order))
                    .unwrap();
            assert_eq!(quote.orders[0], line.order.quote);
            fen += quote.totals.payable.fen();
        }
        assert_eq!(month.totals.payable.fen(), fen);
    }
    let unconfirmed = budget.payers.iter().find(|payer| payer.payer.code.as_deref() == Some("590")).unwrap();
    assert_eq!(unconfirmed.status, OrderStatus::Unconfirmed);
    assert!(budget.totals.unconfirmed_orders > 0);
    let ended = budget.payers.iter().find(|payer| payer.payer.code.as_deref() == Some("2000796")).unwrap();
    let gap = ended.gaps.first().unwrap();
    assert_eq!((gap.from, gap.until, gap.days()), (date(2022, 10, 3), date(2022, 11, 18), 46));
}

#[test]
fn a_renewal_has_no_codes_to_activate() {
    let text = "date = 2023-06-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 5\n\
        held = [{ type = \"basic\", count = 5, expires = 2023-06-10 }]\n\
        [[school.purchase]]\npaid = 2023-05-20\nkind = \"renewal\"\nbasic = 5\n\
        [[school.purchase]]\npaid = 2023-05-21\nbasic = 1\n";
    let calendar = calendar(&read(text), None).unwrap();
    let of_kind = |kind: EventKind| {
        let events = calendar.events.iter().filter(move |event| event.kind == kind);
        events.map(|event| event.date).collect::<Vec<_>>()
    };
    assert_eq!(of_kind(EventKind::Paid), [date(2023, 5, 20), date(2023, 5, 21)]);
    assert_eq!(of_kind(EventKind::LastActivationDay), [date(2024, 5, 21)]);
}

#[test]
fn codes_for_users_without_an_account_are_late_since_they_have_none() {
    let text = "date = 2023-06-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 5\n\
        held = [{ type = \"basic\", count = 5, expires = 2023-05-20 }]\n\
        [[school.purchase]]\npaid = 2023-05-10\nbasic = 5\n";
    let calendar = calendar(&read(text), None).unwrap();
    let activations = calendar.events.iter().filter(|event| event.kind == EventKind::Activation);
    let found: Vec<_> = activations.map(|event| (event.date, event.counts.basic, event.due_since)).collect();
    assert_eq!(found, [(date(2023, 6, 1), 5, Some(date(2023, 5, 20)))]);
}
