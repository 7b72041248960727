//! iCalendar: [`draw_ics`] writes an agenda as a file that calendar programs import.

use jiff::ToSpan;
use jiff::civil::Date;
use uuid::Uuid;

use super::{Agenda, AgendaEntry};
use crate::diagnostic::lang::{Catalog, Lang, Message, visible};

/// Draws an agenda as an iCalendar file (RFC 5545): an all-day event for each entry, with an alarm at nine in
/// the morning if the entry has one.
///
/// The same agenda gives the same bytes: the timestamp is the beginning, Beijing time, of the agenda's day.
/// An entry keeps its `UID` in a later agenda and has a higher `SEQUENCE` there, so that importing it again
/// updates the earlier import.
///
/// An agenda without an entry is a calendar that contains only the definition of Beijing time: a calendar
/// must have a component (RFC 5545, 3.6), and a file that is read repeatedly, such as a subscription, has to
/// be replaced when its last entry is removed.
pub fn draw_ics(agenda: &Agenda, catalog: &Catalog) -> String {
    let mut lines = ContentLines::default();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.raw("PRODID", product(catalog.lang()));
    lines.raw("CALSCALE", "GREGORIAN");
    lines.raw("METHOD", "PUBLISH");
    lines.text("X-WR-CALNAME", &one_line(&agenda.title, catalog));
    for entry in &agenda.entries {
        event(&mut lines, entry, agenda, catalog);
    }
    if agenda.entries.is_empty() {
        beijing_time(&mut lines);
    }
    lines.raw("END", "VCALENDAR");
    lines.written
}

/// Octets of a line, its end not counted.
const MOST_OCTETS: usize = 75;

/// The alarms' hour of the day.
const ALARM_HOUR: u32 = 9;

const HOURS_PER_DAY: u32 = 24;

/// Hours that Beijing is ahead of UTC. T11 (docs/rules.md#t11).
const BEIJING_HOURS: i64 = 8;

/// The identities are hashed in a name space of their own.
const IDENTITIES: Uuid = Uuid::from_u128(0x5b1d_6c1e_8a57_4f0c_9d0a_3a7e_2f64_c815);

fn product(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "-//wxlicense//calendar//EN",
        Lang::Zh => "-//wxlicense//calendar//ZH",
    }
}

fn event(lines: &mut ContentLines, entry: &AgendaEntry, agenda: &Agenda, catalog: &Catalog) {
    let summary = one_line(&entry.summary, catalog);
    let paragraphs: Vec<String> =
        entry.description.iter().map(|paragraph| one_line(paragraph, catalog)).collect();
    lines.raw("BEGIN", "VEVENT");
    lines.raw("UID", &uid(&entry.identity));
    lines.raw("DTSTAMP", &stamp(agenda.as_of));
    lines.raw("SEQUENCE", &agenda.revision.to_string());
    lines.raw("DTSTART;VALUE=DATE", &digits(entry.date));
    lines.text("SUMMARY", &summary);
    lines.text("DESCRIPTION", &paragraphs.join("\n"));
    lines.raw("TRANSP", "TRANSPARENT");
    if let Some(days) = entry.alarm_days {
        lines.raw("BEGIN", "VALARM");
        lines.raw("ACTION", "DISPLAY");
        lines.raw("TRIGGER", &trigger(days));
        lines.text("DESCRIPTION", &summary);
        lines.raw("END", "VALARM");
    }
    lines.raw("END", "VEVENT");
}

/// Beijing time as it has been since its last daylight saving (T11).
fn beijing_time(lines: &mut ContentLines) {
    let offset = format!("+{BEIJING_HOURS:02}00");
    lines.raw("BEGIN", "VTIMEZONE");
    lines.raw("TZID", "Asia/Shanghai");
    lines.raw("BEGIN", "STANDARD");
    lines.raw("DTSTART", "19920101T000000");
    lines.raw("TZOFFSETFROM", &offset);
    lines.raw("TZOFFSETTO", &offset);
    lines.raw("END", "STANDARD");
    lines.raw("END", "VTIMEZONE");
}

/// Texts of any length and in any alphabet become identifiers of one shape.
fn uid(identity: &[String]) -> String {
    let name: Vec<u8> = identity
        .iter()
        .flat_map(|part| [part.len().to_string().as_bytes(), b":", part.as_bytes()].concat())
        .collect();
    Uuid::new_v5(&IDENTITIES, &name).to_string()
}

/// From the midnight at which the day begins to the hour of the alarm, `days` days before.
fn trigger(days: u32) -> String {
    let hours = HOURS_PER_DAY - ALARM_HOUR;
    match days.checked_sub(1) {
        None => format!("PT{ALARM_HOUR}H"),
        Some(0) => format!("-PT{hours}H"),
        Some(whole) => format!("-P{whole}DT{hours}H"),
    }
}

/// Returns the beginning of the day in Beijing, as UTC.
fn stamp(day: Date) -> String {
    let midnight = day.at(0, 0, 0, 0);
    let utc = midnight.checked_sub(BEIJING_HOURS.hours()).unwrap_or(midnight);
    format!("{}T{:02}{:02}{:02}Z", digits(utc.date()), utc.hour(), utc.minute(), utc.second())
}

fn digits(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Control characters are not allowed in a text (RFC 5545, 3.3.11), and a line end in a name would look like
/// one of the entry's own paragraphs.
fn one_line(message: &Message, catalog: &Catalog) -> String {
    visible::one_line(&catalog.text(message))
}

/// Lines of a name and a value, folded.
///
/// The crate `icalendar`, which reads these lines back in the tests, could write them without a clock, from
/// the types of its parser; but those do not escape, and what is folded there (0.17) has lines of 76 octets
/// where the last piece is 75 long, and takes time in the square of a text's length.
#[derive(Default)]
struct ContentLines {
    written: String,
}

impl ContentLines {
    fn raw(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if octets + c.len_utf8() > MOST_OCTETS {
                self.written.push_str("\r\n ");
                octets = 1;
            }
            self.written.push(c);
            octets += c.len_utf8();
        }
        self.written.push_str("\r\n");
    }

    /// Writes a text value with the escapes of RFC 5545, 3.3.11.
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '\n' => escaped.push_str("\\n"),
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                _ => escaped.push(c),
            }
        }
        self.raw(name, &escaped);
    }
}

#[cfg(test)]
mod tests;
