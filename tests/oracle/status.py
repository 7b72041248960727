"""Where a school stands on a day, from the records alone: docs/schedule.md, "What is missing"."""

import holdings
import plan as plans
import quote
from rules import TYPES, days
from trials import needs_account


def status(payer, held, day, within):
    """Rows by the code of the member. What a recorded activation still prolongs does not expire."""
    ahead = holdings.replay(payer.members, day + days(within))
    users = {m["code"]: needs_account(m, day) for m in payer.members}
    without_code = {}
    for member in payer.members:
        code = member["code"]
        without_code[code] = quote.uncovered(users[code], {k: held.active(code, k, day) for k in TYPES})
    uncovered = quote.missing(payer, held, day, users)
    rows = {}
    for member in payer.members:
        code, all_users = member["code"], plans.need(member, day)
        rows[code] = {
            "need": all_users,
            "active": {k: held.active(code, k, day) for k in TYPES},
            "expiring": {
                k: sum(n for e, n in ahead.lots[code, k].items() if day < e <= day + days(within)) for k in TYPES
            },
            "unactivated": {k: held.in_stock(k, day, code) for k in TYPES},
            "in_trial": {k: all_users[k] - users[code][k] for k in TYPES},
            "to_activate": {k: without_code[code][k] - uncovered[code][k] for k in TYPES},
            "uncovered": uncovered[code],
        }
    return rows
