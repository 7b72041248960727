"""The dates of a calendar: payments as in the budget, trials, refunds, deadlines and days of expiry from the plan alone."""

from collections import Counter

import rules
from rules import TYPES, days
from schedule import recorded_lots
from trials import reminder


def expected_dates(payer, used):
    """Counter of (kind, date, school, detail) of what the plan records.

    `used` has the codes of each recorded purchase, by its identity and type, that the schedule activates.
    """
    dates = Counter()
    for member in payer.members:
        code = member["code"]
        for app in member.get("app", []):
            end = None
            if app.get("kind", "third-party") != "internal" and "authorized" in app:
                end = rules.trial_end(app["authorized"])
            if end is not None:
                dates["trial-start", app["authorized"].date(), code, app["authorized"].isoformat()] += 1
                dates["trial-reminder", reminder(end.date()), code, None] += 1
                dates["trial-end", end.date(), code, end.isoformat()] += 1
        for purchase in member.get("purchase", []):
            dates["last-refund-day", purchase["paid"] + days(rules.REFUND_DAYS), code, counts(purchase)] += 1
            if purchase.get("kind") != "renewal":
                deadline = rules.activation_deadline(purchase["paid"])
                dates["last-activation-day", deadline, code, not_activated(purchase, used)] += 1
        for (expires, kind), n in lots_as_begun(member).items():
            dates["expiry", expires, code, kind, n] += 1
    return dates


def not_activated(purchase, used):
    """The codes that the schedule leaves; else those whose activation the plan does not record; else all, as done."""
    left = tuple(purchase.get(k, 0) - used[id(purchase), k] for k in TYPES)
    recorded = Counter()
    for _, kind, n, *_ in recorded_lots("", purchase):
        recorded[kind] += n
    open_ = tuple(purchase.get(k, 0) - recorded[k] for k in TYPES)
    return next(numbers for numbers in (left, open_, counts(purchase)) if any(numbers))


def lots_as_begun(member):
    """Accounts by day of expiry and type, each as it began: those that are prolonged before it too."""
    lots = Counter()
    for held in member.get("held", []):
        lots[held["expires"], held["type"]] += held["count"]
    for purchase in member.get("purchase", []):
        for _, kind, n, _, _, expires in recorded_lots(member["code"], purchase):
            lots[expires, kind] += n
    return lots


def counts(purchase):
    return tuple(purchase.get(k, 0) for k in TYPES)


def shown_dates(events):
    dates, expiries = Counter(), Counter()
    for event in events:
        kind, day, code = event["kind"], event["date"], event["school"]["code"]
        number = tuple(event["counts"][k] for k in TYPES)
        if kind in ("trial-start", "trial-end", "trial-reminder"):
            dates[kind, day, code, event["moment"]] += 1
        elif kind in ("last-refund-day", "last-activation-day"):
            dates[kind, day, code, number] += 1
        elif kind == "expiry":
            for k, n in zip(TYPES, number, strict=True):
                if n:
                    expiries[kind, day, code, k] += n
    for (*what, k), n in expiries.items():
        dates[(*what, k, n)] += 1
    return dates
