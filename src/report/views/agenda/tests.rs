use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::diagnostic::SourceFile;
use crate::diagnostic::lang::{Catalog, Lang};
use crate::plan::{ReadOptions, read};
use crate::planning::calendar::calendar;
use crate::rates::RateCards;

fn made(text: &str) -> Agenda {
    let cards = RateCards::embedded().unwrap();
    let reading = read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
    let plan = reading.plan.unwrap_or_else(|| panic!("{:?}", reading.diagnostics));
    agenda(
        Message::new("calendar-title-undated"),
        &calendar(&plan, None).unwrap(),
        &plan.card,
        &EventFilter::default(),
        plan.date,
    )
}

fn of_kind(agenda: &Agenda, kind: EventKind) -> Vec<&AgendaEntry> {
    agenda.entries.iter().filter(|entry| entry.identity[0] == kind.as_str()).collect()
}

/// Two purchases of one day, and an app whose id is there twice.
const TWICE: &str = r#"
    date = 2023-06-01
    [[school]]
    code = "1"
    name = "A"
    basic = 30
    held = [{ type = "basic", count = 3, expires = 2023-12-01 }]
    [[school.purchase]]
    paid = 2023-05-30
    activated = 2023-05-30
    basic = 10
    interop = 5
    [[school.purchase]]
    paid = 2023-05-30
    activated = 2023-05-30
    basic = 20
    [[school.app]]
    id = "x"
    authorized = 2023-04-01T10:00:00
    [[school.app]]
    id = "x"
    authorized = 2023-04-02T10:00:00
    "#;

#[test]
fn no_two_entries_are_one() {
    let made = made(TWICE);
    let identities: HashSet<&Vec<String>> = made.entries.iter().map(|entry| &entry.identity).collect();
    assert_eq!(identities.len(), made.entries.len());
    assert_eq!(of_kind(&made, EventKind::LastRefundDay).len(), 2);
    assert_eq!(of_kind(&made, EventKind::Expiry).len(), 4);
    assert_eq!(of_kind(&made, EventKind::TrialEnd).len(), 2);
}

#[test]
fn what_has_merely_happened_has_no_entry() {
    let made = made(TWICE);
    for kind in [EventKind::TrialStart, EventKind::Paid] {
        assert_eq!(of_kind(&made, kind), Vec::<&AgendaEntry>::new());
    }
}

#[test]
fn a_later_agenda_has_the_same_identities_and_a_higher_revision() {
    let (now, later) = (made(TWICE), made(&TWICE.replacen("2023-06-01", "2023-06-08", 1)));
    let identities = |agenda: &Agenda| -> Vec<Vec<String>> {
        agenda.entries.iter().map(|entry| entry.identity.clone()).collect()
    };
    assert_eq!(identities(&now), identities(&later));
    assert_eq!(later.revision, now.revision + 7);
    assert_eq!((now.as_of, later.as_of), (date(2023, 6, 1), date(2023, 6, 8)));
}

#[test]
fn an_event_that_moves_stays_the_same_entry() {
    let moved = TWICE.replace("activated = 2023-05-30", "activated = 2023-05-31");
    let (before, after) = (made(TWICE), made(&moved));
    let expiry = |agenda: &Agenda| {
        let entries = of_kind(agenda, EventKind::Expiry);
        let entry = entries.into_iter().find(|entry| entry.identity.contains(&"interop".to_owned())).unwrap();
        (entry.identity.clone(), entry.date)
    };
    assert_eq!(expiry(&before), (expiry(&after).0, date(2024, 6, 5)));
    assert_eq!(expiry(&after).1, date(2024, 6, 6));
}

#[test]
fn a_filter_leaves_the_identities_as_they_are() {
    let cards = RateCards::embedded().unwrap();
    let reading = read(&Arc::new(SourceFile::new("plan.toml", TWICE)), &ReadOptions::new(&cards));
    let plan = reading.plan.unwrap();
    let calendar = calendar(&plan, None).unwrap();
    let filter = EventFilter { from: Some(date(2023, 6, 30)), ..EventFilter::default() };
    let all = agenda(
        Message::new("calendar-title-undated"),
        &calendar,
        &plan.card,
        &EventFilter::default(),
        plan.date,
    );
    let filtered = agenda(Message::new("calendar-title-undated"), &calendar, &plan.card, &filter, plan.date);
    let kept: Vec<AgendaEntry> =
        all.entries.into_iter().filter(|entry| entry.date >= date(2023, 6, 30)).collect();
    assert_eq!(filtered.entries, kept);
}

#[test]
fn what_is_done_or_past_rings_no_alarm() {
    let made = made(TWICE);
    let alarms = |kind| -> Vec<Option<u32>> {
        of_kind(&made, kind).into_iter().map(|entry| entry.alarm_days).collect()
    };
    assert_eq!(alarms(EventKind::TrialEnd), [None, None]);
    assert!(alarms(EventKind::Payment).iter().all(|days| *days == Some(7)));
    assert_eq!(alarms(EventKind::LastActivationDay), [None, None]);
    assert_eq!(alarms(EventKind::LastRefundDay), [Some(2), Some(2)]);
    let late = self::made(&TWICE.replacen("2023-06-01", "2023-06-10", 1));
    assert!(of_kind(&late, EventKind::LastRefundDay).iter().all(|entry| entry.alarm_days.is_none()));
}

#[test]
fn an_undated_agenda_holds_as_of_the_first_day_of_the_card() {
    let text = "[[school]]\ncode = \"1\"\nname = \"A\"\nbasic = 250\nstatus = \"unconfirmed\"\n\
                [[school.app]]\nid = \"x\"\nauthorized = 2022-09-23T11:06:16\n";
    let made = made(text);
    assert_eq!((made.as_of, made.revision), (date(2022, 5, 16), 19_128));
    let payment = of_kind(&made, EventKind::Payment)[0];
    let catalog = Catalog::new(Lang::En);
    let told: Vec<String> = payment.description.iter().map(|paragraph| catalog.text(paragraph)).collect();
    let told = told.join("\n");
    // 5×5 + 195×4 + 50×3, of which the last rests on P3.
    assert!(told.contains("250 basic, CNY 955.00"), "{told}");
    assert!(told.contains("The school is unconfirmed in the plan."), "{told}");
    assert!(told.contains("P3: reported"), "{told}");
}
