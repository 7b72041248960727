use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::account::Counts;
use crate::diagnostic::SourceFile;
use crate::money::Money;
use crate::plan::{ReadOptions, read};
use crate::rates::RateCards;

fn plan(text: &str) -> Plan {
    let cards = RateCards::embedded().unwrap();
    let reading = read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
    reading.plan.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

fn days(calendar: &Calendar, kind: EventKind) -> Vec<Date> {
    calendar.events.iter().filter(|event| event.kind == kind).map(|event| event.date).collect()
}

fn states(calendar: &Calendar, kind: EventKind) -> Vec<EventState> {
    calendar.events.iter().filter(|event| event.kind == kind).map(|event| event.state).collect()
}

/// The apps of the brief: id, creation time, and, counted by hand, the last moment of the 90 days.
const BRIEF: [(&str, &str, &str); 16] = [
    ("weixinqy_sygcxyfk", "2022-11-18T10:36:18", "2023-02-16T10:36:18"),
    ("weixinqy_sxkjxyv8_rlcj", "2022-11-08T15:00:37", "2023-02-06T15:00:37"),
    ("weixinqy_sxkjxyv8", "2022-11-07T21:28:21", "2023-02-05T21:28:21"),
    ("weixinqy_gnsfxyqyxx", "2022-09-25T17:58:44", "2022-12-24T17:58:44"),
    ("weixinqy_sygcxyqy", "2022-09-23T11:06:16", "2022-12-22T11:06:16"),
    ("weixinqy_jxjszyjsxy", "2022-09-14T17:56:18", "2022-12-13T17:56:18"),
    ("weixinqy_jhswgyqy", "2022-09-05T15:16:13", "2022-12-04T15:16:13"),
    ("weixinqy_sxcmrlc", "2022-09-02T19:24:06", "2022-12-01T19:24:06"),
    ("weixinqy_njtdqywx", "2022-08-25T18:49:27", "2022-11-23T18:49:27"),
    ("weixinqy_hnkjzyrl", "2022-08-24T13:08:16", "2022-11-22T13:08:16"),
    ("wxqybind_sygcxyfk", "2022-11-17T14:52:43", "2023-02-15T14:52:43"),
    ("wxqybind_sxjdxyrs", "2022-09-20T10:17:02", "2022-12-19T10:17:02"),
    ("wxqybind_sxjdxybk", "2022-09-20T10:16:00", "2022-12-19T10:16:00"),
    ("wxqybind_njtdzyjsxy", "2022-08-24T11:15:50", "2022-11-22T11:15:50"),
    ("wxqybind_zgyy", "2022-07-05T10:04:32", "2022-10-03T10:04:32"),
    ("shanxizyyFast_njgydx-qywx-bk", "2022-08-08T19:06:12", "2022-11-06T19:06:12"),
];

#[test]
fn the_trial_of_each_app_of_the_brief_ends_after_ninety_days() {
    let mut text = String::from("[[school]]\ncode = \"1\"\nname = \"A\"\nbasic = 1\n");
    for (id, authorized, _) in BRIEF {
        text.push_str(&format!("[[school.app]]\nid = \"{id}\"\nauthorized = {authorized}\n"));
    }
    let calendar = calendar(&plan(&text)).unwrap();
    for (id, _, end) in BRIEF {
        let is_end = |event: &&Event| {
            event.kind == EventKind::TrialEnd && event.app.as_ref().is_some_and(|app| app.id == id)
        };
        let event = calendar.events.iter().find(is_end).unwrap();
        assert_eq!(event.moment.unwrap(), end.parse().unwrap(), "{id}");
        assert_eq!(event.date, event.moment.unwrap().date());
    }
}

#[test]
fn without_accounts_the_day_of_payment_comes_before_the_first_reminder() {
    let plan = plan(
        r#"
        [[school]]
        code = "1"
        name = "A"
        basic = 150
        [[school.app]]
        id = "late"
        authorized = 2022-11-18T10:36:18
        [[school.app]]
        id = "early"
        authorized = 2022-09-23T11:06:16
        [[school.app]]
        id = "own"
        kind = "internal"
        authorized = 2022-06-01T00:00:00
        [[school.app]]
        id = "old"
        authorized = 2022-05-15T23:59:59
        "#,
    );
    let calendar = calendar(&plan).unwrap();
    let payment = calendar.events.iter().find(|event| event.kind == EventKind::RecommendedPayment).unwrap();
    assert_eq!(payment.date, date(2022, 12, 14));
    assert_eq!(payment.quote.as_ref().unwrap().payable(), Some(Money::from_fen(60_500)));
    assert_eq!(days(&calendar, EventKind::TrialReminder), [date(2022, 12, 15), date(2023, 2, 9)]);
    let trials: Vec<TrialFinding> = calendar.schools[0].apps.iter().map(|app| app.trial).collect();
    assert_eq!(trials[2], TrialFinding::NotCharged);
    assert_eq!(trials[3], TrialFinding::AuthorizedEarlier { first: date(2022, 5, 16) });
    assert!(calendar.events.is_sorted_by_key(|event| event.date));
}

#[test]
fn the_day_of_payment_is_done_once_accounts_are_bought() {
    let open = plan(&BOUGHT[..BOUGHT.find("[[school.purchase]]").unwrap()]);
    let (open, bought) = (calendar(&open).unwrap(), calendar(&plan(BOUGHT)).unwrap());
    assert_eq!(states(&open, EventKind::RecommendedPayment), [EventState::Open]);
    assert_eq!(states(&open, EventKind::TrialReminder), [EventState::Information]);
    assert_eq!(days(&open, EventKind::RecommendedPayment), days(&bought, EventKind::RecommendedPayment));
    let done = bought.events.iter().find(|event| event.kind == EventKind::RecommendedPayment).unwrap();
    assert_eq!((done.state, &done.quote, done.counts), (EventState::Done, &None, Counts::ZERO));
}

const BOUGHT: &str = r#"
    date = 2023-01-01
    [[school]]
    code = "1"
    name = "A"
    basic = 150
    [[school.app]]
    id = "x"
    authorized = 2022-09-23T11:06:16
    [[school.purchase]]
    paid = 2022-11-18
    basic = 150
    activated = 2022-11-18
    "#;

#[test]
fn a_purchase_brings_its_deadlines() {
    let calendar = calendar(&plan(BOUGHT)).unwrap();
    assert_eq!(states(&calendar, EventKind::RecommendedPayment), [EventState::Done]);
    assert_eq!(states(&calendar, EventKind::TrialReminder), [EventState::Done]);
    assert_eq!(days(&calendar, EventKind::LastRefundDay), [date(2022, 11, 28)]);
    assert_eq!(days(&calendar, EventKind::LastActivationDay), [date(2023, 11, 18)]);
    assert_eq!(days(&calendar, EventKind::FirstStackingDay), [date(2023, 11, 5)]);
    assert_eq!(days(&calendar, EventKind::AutomaticStackingDay), [date(2023, 11, 18)]);
    assert_eq!(days(&calendar, EventKind::Expiry), [date(2023, 11, 25)]);
    let stacking = calendar.events.iter().find(|event| event.kind == EventKind::FirstStackingDay).unwrap();
    assert_eq!(stacking.latest_expiry, Some(date(2028, 12, 8)));
    assert_eq!(stacking.facts, ["T7", "T14", "T8"]);
}

#[test]
fn an_expiry_is_overdue_unless_enough_accounts_follow_it() {
    let overdue = |text: &str, on| {
        let calendar = calendar(&plan(text)).unwrap();
        calendar.overdue(on).map(|event| event.kind).collect::<Vec<_>>()
    };
    assert_eq!(overdue(BOUGHT, date(2023, 11, 25)), []);
    assert_eq!(overdue(BOUGHT, date(2023, 11, 26)), [EventKind::Expiry]);
    let renewed =
        format!("{BOUGHT}[[school.purchase]]\npaid = 2023-11-20\nbasic = 150\nactivated = 2023-11-25\n");
    assert_eq!(overdue(&renewed, date(2023, 11, 26)), []);
    let too_few =
        format!("{BOUGHT}[[school.purchase]]\npaid = 2023-11-20\nbasic = 149\nactivated = 2023-11-25\n");
    assert_eq!(overdue(&too_few, date(2023, 11, 26)), [EventKind::Expiry]);
}

#[test]
fn an_account_that_is_not_activated_in_time_is_overdue() {
    let text = BOUGHT.replace("activated = 2022-11-18", "");
    let calendar = calendar(&plan(&text)).unwrap();
    let overdue = |on| calendar.overdue(on).map(|event| event.kind).collect::<Vec<_>>();
    assert_eq!(overdue(date(2023, 11, 18)), [EventKind::TrialEnd]);
    assert_eq!(overdue(date(2023, 11, 19)), [EventKind::TrialEnd, EventKind::LastActivationDay]);
    assert_eq!(days(&calendar, EventKind::Expiry), []);
}

#[test]
fn a_purchase_of_the_upstream_covers_its_downstream() {
    let text = r#"
        date = 2022-11-18
        [[school]]
        code = "up"
        name = "A"
        basic = 10
        [[school.purchase]]
        paid = 2022-11-01
        basic = 15
        activated = 2022-11-01
        [[school]]
        code = "down"
        name = "B"
        basic = 5
        upstream = "up"
        [[school.app]]
        id = "x"
        authorized = 2022-07-05T10:04:32
        "#;
    let calendar = calendar(&plan(text)).unwrap();
    assert_eq!(calendar.overdue(date(2022, 11, 18)).count(), 0);
    assert_eq!(calendar.schools[1].payer.code.as_deref(), Some("up"));
    assert_eq!(states(&calendar, EventKind::RecommendedPayment), [EventState::Done]);
}

#[test]
fn a_filter_keeps_days_schools_and_kinds() {
    let calendar = calendar(&plan(BOUGHT)).unwrap();
    let count = |filter: &EventFilter| calendar.filtered(filter).count();
    assert_eq!(count(&EventFilter::default()), calendar.events.len());
    let within = EventFilter::due_within(date(2023, 11, 5), 13).unwrap();
    assert_eq!(count(&within), 3);
    assert_eq!(count(&EventFilter { kinds: vec![EventKind::FirstStackingDay], ..within.clone() }), 1);
    assert_eq!(count(&EventFilter { schools: vec!["2".into()], ..within }), 0);
    assert_eq!(EventFilter::due_within(Date::MAX, 1), None);
}

#[test]
fn events_of_one_day_keep_the_order_of_the_plan() {
    let text = BOUGHT.to_owned() + &BOUGHT.replace("date = 2023-01-01", "").replace("\"1\"", "\"2\"");
    let calendar = calendar(&plan(&text)).unwrap();
    let codes: Vec<&str> = calendar.events.iter().filter_map(|event| event.school.code.as_deref()).collect();
    assert_eq!(codes[..4], ["1", "2", "1", "1"]);
}
