"""When users begin to need an account: docs/schedule.md and docs/rules.md T1 to T3."""

import plan as plans
import rules
from rules import TYPES, days


def trial_ends(school):
    """The day on which the users of each type begin to need an account; None where no trial is known.

    The first trial of the charged apps that need the type; if there is none, the first of the school.
    """
    ends = {kind: [] for kind in TYPES}
    every = []
    for app in school.get("app", []):
        if app.get("kind", "third-party") == "internal" or "authorized" not in app:
            continue
        end = rules.trial_end(app["authorized"])
        if end is not None:
            every.append(end.date())
            if "needs" in app:
                ends[app["needs"]].append(end.date())
    return {kind: min(ends[kind] or every, default=None) for kind in TYPES}


def needs_account(school, day):
    """Users of a day out of their trial, by type."""
    users, ends = plans.need(school, day), trial_ends(school)
    return {kind: users[kind] if ends[kind] is None or ends[kind] <= day else 0 for kind in TYPES}


def reminder(end):
    """T2: the first day on which the app reminds its users."""
    return end - days(rules.REMINDER_DAYS)
