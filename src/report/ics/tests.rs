use icalendar::{Calendar, CalendarComponent, Component};
use jiff::civil::date;

use super::*;

fn entry(identity: &str, summary: &'static str) -> AgendaEntry {
    AgendaEntry {
        identity: vec![identity.to_owned()],
        date: date(2023, 2, 16),
        summary: Message::new(summary),
        description: vec![Message::new(summary)],
        alarm_days: Some(14),
    }
}

/// Texts that a plan gives reach the calendar through arguments of a message.
fn named(name: &str) -> AgendaEntry {
    let text = Message::new("calendar-app-alone").with("name", name);
    AgendaEntry {
        summary: text.clone(),
        description: vec![text.clone(), text],
        ..entry(name, "calendar-expiry")
    }
}

fn drawn(entries: Vec<AgendaEntry>) -> String {
    let agenda =
        Agenda { title: Message::new("calendar-trials"), as_of: date(2022, 11, 18), revision: 186, entries };
    draw_ics(&agenda, &Catalog::new(Lang::En))
}

fn parsed(text: &str) -> Calendar {
    text.parse().unwrap()
}

const HOSTILE: [&str; 8] = [
    "a, b; c: \"d\" \\ e\\n f",
    "\\",
    "trailing space ",
    "BEGIN:VEVENT",
    "<script>alert(1)</script>",
    "右左 🏫",
    "=1+1",
    "x;VALUE=DATE:20220101",
];

#[test]
fn texts_are_read_back_as_they_were() {
    for name in HOSTILE {
        let calendar = parsed(&drawn(vec![named(name)]));
        let event = calendar.events().next().unwrap();
        assert_eq!(event.get_summary(), Some(name));
        assert_eq!(event.get_description(), Some(format!("{name}\n{name}").as_str()));
        assert_eq!(calendar.components.len(), 1, "{name}");
    }
}

#[test]
fn a_name_begins_no_line_of_its_own() {
    let text = drawn(vec![named("x\r\nEND:VEVENT\rUID:1\n \t\u{7}y\u{85}z\u{2028}\u{202e}")]);
    let calendar = parsed(&text);
    let event = calendar.events().next().unwrap();
    assert_eq!(event.get_summary(), Some("x END:VEVENT UID:1   \u{fffd}y z \u{fffd}"));
    assert_eq!(text.matches("\r\nUID:").count(), 1);
    assert!(text.chars().all(|c| !c.is_control() || "\r\n".contains(c)));
}

#[test]
fn lines_have_at_most_75_octets_and_long_names_are_whole() {
    for (unit, length) in [("校", 10_000), ("a", 10_000), (" ", 10_000), (",", 10_000), ("é", 73), ("a", 67)]
    {
        let name = unit.repeat(length);
        let text = drawn(vec![named(&name)]);
        assert!(text.ends_with("\r\n"));
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        assert_eq!(parsed(&text).events().next().unwrap().get_summary(), Some(name.as_str()), "{unit}");
    }
}

#[test]
fn an_entry_is_a_day_with_an_alarm_in_the_morning() {
    let on_the_day = AgendaEntry { alarm_days: Some(0), ..entry("b", "calendar-expiry") };
    let silent = AgendaEntry { alarm_days: None, ..entry("c", "calendar-expiry") };
    let text = drawn(vec![entry("a", "calendar-expiry"), on_the_day, silent]);
    assert_eq!(text.matches("DTSTART;VALUE=DATE:20230216\r\n").count(), 3);
    assert_eq!(text.matches("DTSTAMP:20221117T160000Z\r\n").count(), 3);
    assert_eq!(text.matches("SEQUENCE:186\r\n").count(), 3);
    let triggers: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("TRIGGER:")).collect();
    assert_eq!(triggers, ["-P13DT15H", "PT9H"]);
    assert_eq!(trigger(1), "-PT15H");
}

#[test]
fn the_uid_hangs_on_the_identity_alone() {
    let uids = |entries| -> Vec<String> {
        let calendar = parsed(&drawn(entries));
        calendar.events().map(|event| event.get_uid().unwrap().to_owned()).collect()
    };
    let moved = AgendaEntry { date: date(2024, 1, 1), ..entry("a", "calendar-trial-end") };
    let found = uids(vec![entry("a", "calendar-expiry"), moved, entry("b", "calendar-expiry")]);
    assert_eq!(found[0], found[1]);
    assert_ne!(found[0], found[2]);
    let parts = |parts: &[&str]| uid(&parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>());
    assert_ne!(parts(&["ab", "c"]), parts(&["a", "bc"]));
    assert_ne!(parts(&["1:a", ""]), parts(&["1", "a"]));
    // Calendars that were imported long ago hold it: it must never change.
    assert_eq!(parts(&["expiry", "1499", "2022-11-10", "basic"]), "a2a08713-bf02-5596-861c-c9d525e34a6f");
}

#[test]
fn an_agenda_of_no_day_is_a_calendar_without_an_event() {
    let calendar = parsed(&drawn(Vec::new()));
    assert_eq!(calendar.events().count(), 0);
    let CalendarComponent::Other(zone) = &calendar.components[0] else { panic!("{calendar:?}") };
    assert_eq!((zone.component_kind(), calendar.components.len()), ("VTIMEZONE".to_owned(), 1));
    assert_eq!(zone.components()[0].property_value("TZOFFSETTO"), Some("+0800"));
}
