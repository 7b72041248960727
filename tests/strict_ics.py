#!/usr/bin/env python3
"""Reads iCalendar files back with strict parsers from PyPI, and checks what RFC 5545 asks for.

Usage: strict_ics.py PROGRAM    (needs the packages icalendar and ics; .ci/run installs them)

A first import and one of a week later must agree on the UIDs, so that the second updates what the first brought.
"""

import datetime
import pathlib
import subprocess
import sys

import ics
import icalendar

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLANS = ["examples/campus-2022.toml", "examples/purchases.toml", "tests/reports/hostile.toml"]


def drawn(program, plan, *flags):
    arguments = [program, "calendar", str(ROOT / plan), "--format", "ics", *flags]
    return subprocess.run(arguments, check=True, capture_output=True).stdout


def checked(data):
    """The calendar's events by UID."""
    assert data.endswith(b"\r\n"), "the last line has no end"
    for line in data[:-2].split(b"\r\n"):
        assert len(line) <= 75, f"{len(line)} octets in a line"
        assert not any(octet < 32 or octet == 127 for octet in line), f"a control character in {line!r}"
    calendar = icalendar.Calendar.from_ical(data.decode())
    assert not calendar.errors, calendar.errors
    events = {}
    for event in calendar.walk("VEVENT"):
        assert not event.errors, event.errors
        uid = str(event["UID"])
        assert uid not in events, f"{uid} is there twice"
        events[uid] = event
        day = event["DTSTART"].dt
        assert isinstance(day, datetime.date) and not isinstance(day, datetime.datetime), day
        assert event["DTSTAMP"].dt.tzinfo is not None
        assert int(event["SEQUENCE"]) >= 0
        assert str(event["SUMMARY"]) and str(event["DESCRIPTION"])
        for alarm in event.walk("VALARM"):
            assert sorted(alarm) == ["ACTION", "DESCRIPTION", "TRIGGER"], sorted(alarm)
            assert alarm["TRIGGER"].dt <= datetime.timedelta(hours=9)
    second = ics.Calendar(data.decode())
    assert {event.uid for event in second.events} == set(events), "the two parsers disagree"
    assert all(event.all_day for event in second.events)
    return events


def main():
    program = sys.argv[1]
    for plan in PLANS:
        english = checked(drawn(program, plan, "--lang", "en"))
        chinese = checked(drawn(program, plan, "--lang", "zh"))
        assert english, f"{plan} has no event"
        assert set(english) == set(chinese), f"{plan}: the UIDs hang on the language"
        now = checked(drawn(program, plan, "--date", "2023-06-01"))
        later = checked(drawn(program, plan, "--date", "2023-06-08"))
        assert set(now) == set(later), f"{plan}: the UIDs hang on the date"
        assert all(later[uid]["SEQUENCE"] > event["SEQUENCE"] for uid, event in now.items())
        print(f"{plan}: {len(english)} events")
    empty = drawn(program, PLANS[0], "--from", "2099-01-01")
    assert not checked(empty), "a day too many"
    components = icalendar.Calendar.from_ical(empty.decode()).subcomponents
    assert [component.name for component in components] == ["VTIMEZONE"], components
    hostile = checked(drawn(program, "tests/reports/hostile.toml", "--lang", "en"))
    summaries = [str(event["SUMMARY"]) for event in hostile.values()]
    for text in ['a, b; c: "d" \\ e\\n f', "x END:VEVENT BEGIN:VEVENT", "校" * 10_000]:
        assert any(text in summary for summary in summaries), f"lost: {text[:40]}"


if __name__ == "__main__":
    main()
