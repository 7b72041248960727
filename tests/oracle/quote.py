"""What is missing on a day, and its price: docs/schedule.md, "What is missing"."""

import holdings
import plan as plans
import rules
from rules import TYPES


def share_codes(payer, stock, short):
    """Codes of the upstream for its members: the largest shortage first, ties in the order of the plan.

    `stock` and `short` are changed: codes of a type serve shortages of that type, then interop codes basic users (W5).
    Returns the codes that each member gets.
    """
    got = {m["code"]: {kind: 0 for kind in TYPES} for m in payer.members}
    for code_kind, user_kind in (("interop", "interop"), ("basic", "basic"), ("interop", "basic")):
        for code in sorted(short, key=lambda code: -short[code][user_kind]):
            taken = min(stock[code_kind], short[code][user_kind])
            stock[code_kind] -= taken
            short[code][user_kind] -= taken
            got[code][code_kind] += taken
    return got


def shortages(payer, held, day, users):
    """Users of each member and type without an active account or a code of their own."""
    short = {}
    for member in payer.members:
        code = member["code"]
        own = {kind: held.active(code, kind, day) for kind in TYPES}
        if member is not payer.school:
            for kind in TYPES:
                own[kind] += held.in_stock(kind, day, code)
        short[code] = uncovered(users[code], own)
    return short


def uncovered(users, accounts):
    interop = max(0, users["interop"] - accounts["interop"])
    spare = max(0, accounts["interop"] - users["interop"])
    return {"basic": max(0, users["basic"] - accounts["basic"] - spare), "interop": interop}


def missing(payer, held, day, users):
    short = shortages(payer, held, day, users)
    stock = {kind: held.in_stock(kind, day, payer.code) for kind in TYPES}
    share_codes(payer, stock, short)
    return short


def quote(payer, day):
    """(what each member buys, its price), or None if nothing is missing. An undated quote has no holdings."""
    users = {m["code"]: plans.need(m, day or rules.date.min) for m in payer.members}
    if day is None:
        buy, after = users, {kind: 0 for kind in TYPES}
    else:
        buy = missing(payer, holdings.replay(payer.members, day), day, users)
    members = [buy[m["code"]] for m in payer.members]
    counts = {kind: sum(member[kind] for member in members) for kind in TYPES}
    if not any(counts.values()):
        return None
    term = payer.order_term(day)
    if day is not None:
        before = holdings.replay(payer.members, day, before=(2, -term.total))
        after = {kind: before.outlasting(kind, day, term.total) for kind in TYPES}
    return members, rules.price(counts, members, term, after, payer.negotiated, payer.is_free(day))
