"""Runs the program on a plan and compares what it prints with the oracle's own figures."""

import json
import subprocess
from collections import Counter

import calendar_check
import holdings
import plan as plans
import policy
import quote
import rules
import schedule
import status
from rules import TYPES, money


class Tally(Counter):
    def add(self, other):
        self.update(other)

    def __str__(self):
        return ", ".join(f"{number:,} {what}" for what, number in self.items())


def run(program, text, command, *arguments):
    done = subprocess.run(
        [program, command, "-", "--format", "json", "--lang", "en", *arguments],
        input=text.encode(),
        capture_output=True,
        timeout=120,
    )
    if done.returncode != 0 or not done.stdout:
        raise RuntimeError(f"{command}: status {done.returncode}: {done.stderr.decode()[-1500:]}")
    return json.loads(done.stdout)


class Check:
    """Collects what differs in one plan."""

    def __init__(self):
        self.differences = []
        self.tally = Tally()

    def same(self, what, expected, actual):
        if expected != actual:
            self.differences.append(f"{what}: expected {expected}, the program says {actual}")


def check(program, text):
    """(the text, what was compared, what differs)."""
    checking = Check()
    plan = plans.read(text)
    try:
        check_quote(checking, plan, run(program, text, "quote"))
        if "date" in plan:
            check_status(checking, plan, run(program, text, "status"))
            budget, used = check_budget(checking, plan, program, text)
            check_calendar(checking, plan, program, text, budget, used)
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        checking.differences.append(str(error))
    return text, checking.tally, checking.differences


def check_quote(checking, plan, document):
    day = plan.get("date")
    orders = {order["payer"]["code"]: order for order in document["orders"]}
    covered = {entry["payer"]["code"] for entry in document["covered"]}
    sums = Sums()
    for payer in plan["payers"]:
        checking.tally["quotes"] += 1
        expected = quote.quote(payer, day)
        if expected is None:
            order = orders.get(payer.code)
            if payer.charged:
                checking.same(f"{payer.code} is covered", True, payer.code in covered)
            elif order is not None:
                checking.same(f"{payer.code} payable of an uncharged payer", "0.00", order["payable"])
            continue
        if payer.code not in orders:
            checking.same(f"{payer.code} is ordered", True, False)
            continue
        members, price = expected
        check_order(checking, payer, members, price, orders[payer.code], f"{payer.code} quote")
        sums.add(payer.members, price, members)
    check_totals(checking, "quote", sums, document["totals"])


def check_order(checking, payer, members, price, order, name):
    """The price of one order with its lines, shares and whether it is complete."""
    checking.tally["orders"] += 1
    schools = {m["code"]: m for m in payer.members}
    for bought, share, shown in zip(members, price.shares, order["members"], strict=True):
        member = schools[shown["code"]]
        of = f"{name} {member['code']}"
        checking.same(f"{of} bought", bought, {kind: shown[kind] for kind in TYPES})
        checking.same(f"{of} share", money(share), shown["share"])
        status = "confirmed" if plans.is_confirmed(member) else "unconfirmed"
        checking.same(f"{of} status", status, shown["status"])
    checking.same(f"{name} days", price.term.total, order["term"]["total_days"])
    lines = [(kind, *line) for kind in TYPES for line in price.lines[kind]]
    shown = [
        (line["account_type"], line["from"], line["to"], line["unit_price"] and rules.Fraction(line["unit_price"]))
        for line in order["lines"]
    ]
    checking.same(f"{name} lines", lines, shown)
    checking.same(f"{name} list price", money(price.list_price), order["list_price"])
    checking.same(f"{name} priced", money(price.priced), order["priced"])
    checking.same(f"{name} payable", money(price.payable), order["payable"])
    checking.same(f"{name} complete", price.list_price is not None, order["complete"])
    checking.same(f"{name} negotiated", price.negotiated, order["negotiated"])
    checking.same(f"{name} unpriced", price.unpriced, order["unpriced"])
    waiver = bool(order["waiver"] and order["waiver"]["applied"])
    checking.same(f"{name} waived", price.waived and not payer.test, waiver)


class Sums:
    """Totals of orders: what is unconfirmed stands apart, what has no price is named."""

    def __init__(self):
        self.list_price = self.payable = self.unconfirmed = 0
        self.unpriced = {kind: 0 for kind in TYPES}

    def include(self, other):
        self.list_price += other.list_price
        self.payable += other.payable
        self.unconfirmed += other.unconfirmed
        for kind in TYPES:
            self.unpriced[kind] += other.unpriced[kind]

    def add(self, members, price, bought):
        """`bought` are the counts of each member. An order is unconfirmed if all are for whom it buys."""
        payable = 0 if price.waived else price.priced
        firm = [plans.is_confirmed(m) for m, counts in zip(members, bought, strict=True) if any(counts.values())]
        shares = [0] * len(members) if price.waived else price.list_shares
        apart = sum(share for m, share in zip(members, shares, strict=True) if not plans.is_confirmed(m))
        if any(firm):
            self.list_price += price.priced - apart
            self.payable += payable - apart
            self.unconfirmed += apart
        else:
            self.unconfirmed += payable
        for kind in TYPES:
            self.unpriced[kind] += price.unpriced[kind]


def check_totals(checking, name, sums, totals):
    checking.same(f"{name} total list price", money(sums.list_price), totals["list_price"])
    checking.same(f"{name} total payable", money(sums.payable), totals["payable"])
    checking.same(f"{name} total waived", money(sums.list_price - sums.payable), totals["waived"])
    checking.same(f"{name} total unconfirmed", money(sums.unconfirmed), totals["unconfirmed"])
    checking.same(f"{name} total unpriced", sums.unpriced, totals["unpriced"])
    checking.same(f"{name} total complete", not any(sums.unpriced.values()), totals["complete"])


def check_status(checking, plan, document):
    day = plan["date"]
    shown = {row["code"]: row for row in document["schools"]}
    for payer in plan["payers"]:
        held = holdings.replay(payer.members, day)
        for code, row in status.status(payer, held, day, 30).items():
            checking.tally["schools' status"] += 1
            for field, expected in row.items():
                checking.same(f"{code} status {field}", expected, shown[code][field])


def check_budget(checking, plan, program, text):
    """The whole schedule, from the first purchase that the plan records to three years after its date."""
    day = plan["date"]
    paid = [p["paid"] for s in plan["school"] for p in s.get("purchase", [])]
    first = min([day, *paid])
    years = day.year - first.year + 4
    document = run(program, text, "budget", "--from", first.isoformat(), "--years", str(years))
    end = schedule.read_day(document["to"]) + rules.days(1)
    orders = [[] for _ in document["payers"]]
    for entry in document["orders"]:
        orders[entry["payer"]].append(entry)
    sums, used = Sums(), Counter()
    for payer, shown, entries in zip(plan["payers"], document["payers"], orders, strict=True):
        checking.same("payer", payer.code, shown["code"])
        checking.tally["schedules"] += 1
        listed = [schedule.Order(payer, e) for e in entries]
        of_payer = check_schedule(checking, payer, listed, shown, day, end)
        check_policy(checking, payer, listed, day, end)
        for order in listed:
            for _, kind, n, *_ in order.lots:
                used[id(order.recorded), kind] += n
        check_totals(checking, f"{payer.code} budget", of_payer, shown["totals"])
        sums.include(of_payer)
    check_totals(checking, "budget", sums, document["totals"])
    return document, used


def check_schedule(checking, payer, orders, shown, day, end):
    def fail(text):
        checking.differences.append(f"{payer.code} schedule: {text}")

    def check_price(order, after):
        name = f"{payer.code} {order.day} {order.kind}"
        free = payer.is_free(order.day)
        price = rules.price(order.counts, order.members, order.term, after, payer.negotiated, free)
        check_order(checking, payer, order.members, price, order.document, name)
        sums.add(order.members_of(payer), price, order.members)

    sums = Sums()
    schedule.match_recorded(payer, orders, fail)
    walk = schedule.Walk(payer, orders, check_price, fail)
    gaps = [
        (g["school"], g["type"], schedule.read_day(g["from"]), schedule.read_day(g["until"]), g["need"], g["active"])
        for g in shown["gaps"]
    ]
    moments = set(walk.days_of_change(day, end))
    moments.update(d for gap in gaps for d in gap[2:4] if day <= d < end)
    for moment in sorted(moments):
        walk.advance(moment)
        checking.tally["days of coverage"] += 1
        for member in payer.members:
            users, active = walk.uncovered(member, moment)
            for kind in TYPES:
                code = member["code"]
                expected = [] if users[kind] == active[kind] else [(users[kind], active[kind])]
                listed = [g[4:] for g in gaps if g[:2] == (code, kind) and g[2] <= moment < g[3]]
                checking.same(f"{code} {kind} gap on {moment}", expected, listed)
                if users[kind] > active[kind] and walk.usable(code, kind, moment):
                    fail(f"{code} {kind}: users without an account on {moment} beside codes in stock")
    walk.advance(end)
    return sums


def check_calendar(checking, plan, program, text, budget, used):
    to = schedule.read_day(budget["to"])
    document = run(program, text, "calendar", "--from", "2022-01-01", "--to", budget["to"])
    payments = [
        (e["date"], e["school"]["code"], e["order_kind"], e["payable"], e["overdue"], e["due_since"], e["counts"])
        for e in document["events"]
        if e["kind"] == "payment" and e["date"] <= to.isoformat()
    ]
    orders = [
        (
            o["date"],
            budget["payers"][o["payer"]]["code"],
            o["kind"],
            o["order"]["payable"],
            o["overdue"],
            o["due_since"],
            {k: sum(m[k] for m in o["order"]["members"]) for k in TYPES},
        )
        for o in budget["orders"]
        if o["kind"] != "recorded"
    ]
    checking.tally["payments"] += len(orders)
    for payment in payments:
        if payment not in orders:
            checking.differences.append(f"calendar: the payment {payment} is no order of the budget")
    for order in orders:
        if order not in payments:
            checking.differences.append(f"calendar: the order {order} of the budget is no payment")
    expected = Counter()
    for payer in plan["payers"]:
        for (kind, when, *what), n in calendar_check.expected_dates(payer, used).items():
            if when <= to:
                expected[(kind, when.isoformat(), *what)] += n
    shown = calendar_check.shown_dates(document["events"])
    checking.tally["dates"] += sum(shown.values())
    for missing in expected - shown:
        checking.differences.append(f"calendar: {missing} is missing")
    for surplus in shown - expected:
        checking.differences.append(f"calendar: {surplus} is not expected")


def check_policy(checking, payer, orders, day, end):
    """The orders themselves, where the page determines them."""
    kind = policy.only_type(payer)
    if kind is None:
        return
    try:
        expected = policy.predict(payer, kind, day, end)
    except policy.Undetermined as reason:
        checking.tally[f"not predicted: {reason}"] += 1
        return
    shown = sorted(
        policy.Predicted(o.day, o.kind, o.counts[kind], o.total_days, *running(o))
        for o in orders
        if o.kind != "recorded"
    )
    checking.tally["predicted schedules"] += 1
    checking.tally["predicted orders"] += len(expected)
    for wrong in [order for order in expected if order not in shown][:2]:
        checking.differences.append(f"{payer.code} policy: {describe(wrong)} is not in the budget")
    for wrong in [order for order in shown if order not in expected][:2]:
        checking.differences.append(f"{payer.code} policy: {describe(wrong)} is not expected")


def running(order):
    """The first day on which accounts of an order run, and the last day of expiry."""
    return min(lot[4] or lot[3] for lot in order.lots), max(lot[5] for lot in order.lots)


def describe(order):
    return " ".join(str(field) for field in order)
