"""Follows the schedule that the program prints, day by day, without knowing its policy.

Every order is priced at its place among the events of its day (P12, P13), every activation is held to T4, T7 and T8, and users
without an account are counted on every day on which anything changes.
"""

from collections import Counter
from datetime import date

import rules
from rules import TYPES, days
from trials import needs_account, trial_ends


def read_day(text):
    return None if text is None else date.fromisoformat(text)


class Order:
    """One order of the printed budget."""

    def __init__(self, payer, document):
        self.document = document["order"]
        self.day = read_day(document["date"])
        self.kind = document["kind"]
        self.due_since = read_day(document["due_since"])
        self.overdue = document["overdue"]
        self.total_days = self.document["term"]["total_days"]
        self.term = rules.Term(self.document["term"]["months"], self.document["term"]["days"])
        self.members = [{k: m[k] for k in TYPES} for m in self.document["members"]]
        self.counts = {k: sum(m[k] for m in self.members) for k in TYPES}
        self.recorded = None
        self.lots = self.read_lots(document)

    def read_lots(self, document):
        """(school, type, count, activated, extends, expires)."""
        lots = [
            (
                lot["school"],
                lot["type"],
                lot["count"],
                read_day(lot["activated"]),
                read_day(lot["extends"]),
                read_day(lot["expires"]),
            )
            for lot in document["lots"]
        ]
        starts, expires = read_day(document["starts"]), read_day(document["expires"])
        if lots or starts is None:
            return lots
        renewal = self.kind == "renewal"
        return [
            (m["code"], k, m[k], self.day if renewal else starts, starts if renewal else None, expires)
            for m in self.document["members"]
            for k in TYPES
            if m[k]
        ]

    def bought_for(self, code):
        """The accounts of a school, if the order has no others; shared codes are the payer's."""
        of_school = {k: sum(m[k] for m in self.document["members"] if m["code"] == code) for k in TYPES}
        return of_school if of_school == self.counts else None

    def members_of(self, payer):
        schools = {m["code"]: m for m in payer.members}
        return [schools[m["code"]] for m in self.document["members"]]

    @property
    def is_renewal(self):
        return self.kind == "renewal" or (self.recorded is not None and self.recorded.get("kind") == "renewal")

    def rank(self):
        return (1, 0) if self.is_renewal else (2, -self.total_days)


def recorded_lots(code, purchase):
    """The activations that a plan records of a purchase."""
    term = rules.read_term(purchase["term"])
    rows = purchase.get("activations", [])
    if "activated" in purchase:
        rows = [{"date": purchase["activated"], "type": k, "count": purchase[k]} for k in TYPES if purchase.get(k, 0)]
    return [
        (code, r["type"], r["count"], r["date"], r.get("extends"), (r.get("extends") or r["date"]) + days(term.total))
        for r in rows
    ]


def match_recorded(payer, orders, fail):
    """Gives each recorded order its purchase of the plan; both are listed once."""
    waiting = [order for order in orders if order.kind == "recorded"]
    for member in payer.members:
        for purchase in member.get("purchase", []):
            lots = Counter()
            for *what, count, activated, extends, expires in recorded_lots(member["code"], purchase):
                lots[(*what, activated, extends, expires)] += count
            for order in waiting:
                if (
                    order.day == purchase["paid"]
                    and order.total_days == rules.read_term(purchase["term"]).total
                    and order.bought_for(member["code"]) == {k: purchase.get(k, 0) for k in TYPES}
                    and contains(order, lots)
                ):
                    order.recorded = purchase
                    order.owner = member["code"]
                    waiting.remove(order)
                    break
            else:
                fail(f"the purchase of {member['code']} paid on {purchase['paid']} is not in the budget as recorded")
    for order in waiting:
        fail(f"the recorded order of {order.day} is no purchase of the plan")


def contains(order, lots):
    there = Counter()
    for *what, count, activated, extends, expires in order.lots:
        there[(*what, activated, extends, expires)] += count
    return all(there[lot] >= count for lot, count in lots.items())


class Walk:
    """Active accounts and codes of one payer, from event to event."""

    def __init__(self, payer, orders, check_price, fail):
        self.payer, self.fail, self.check_price = payer, fail, check_price
        self.lots = {(m["code"], k): Counter() for m in payer.members for k in TYPES}
        self.stock = []
        for member in payer.members:
            for held in member.get("held", []):
                self.lots[member["code"], held["type"]][held["expires"]] += held["count"]
        self.events = []
        for number, order in enumerate(orders):
            self.events.append((order.day, *order.rank(), number, order, None))
            for lot in order.lots:
                activated = lot[3]
                if activated < order.day:
                    fail(f"{order.day} {order.kind}: activated on {activated}, before it is paid")
                rank = order.rank() if activated == order.day else (0, 0)
                self.events.append((activated, *rank, number, order, lot))
        self.events.sort(key=lambda event: event[:4])
        self.next = 0

    def advance(self, day):
        """Applies all events up to `day`, included."""
        while self.next < len(self.events) and self.events[self.next][0] <= day:
            when, _, _, _, order, lot = self.events[self.next]
            self.next += 1
            if lot is None:
                self.pay(order)
            else:
                self.activate(order, when, *lot)

    def pay(self, order):
        after = {k: 0 if order.is_renewal else self.outlasting(k, order.day, order.total_days) for k in TYPES}
        self.check_price(order, after)
        if not order.is_renewal:
            deadline = rules.activation_deadline(order.day)
            self.stock += [[order, k, n, deadline] for k, n in order.counts.items() if n]

    def outlasting(self, kind, day, total_days):
        return sum(
            n
            for (_, k), lots in self.lots.items()
            if k == kind
            for expires, n in lots.items()
            if (expires - day).days > total_days
        )

    def activate(self, order, day, school, kind, count, _, extends, expires):
        what = f"{order.day} {order.kind}: {count} {kind} of {school} activated on {day}"
        lots = self.lots[school, kind]
        if (extends or day) + days(order.total_days) != expires:
            self.fail(f"{what}: until {expires}, not {(extends or day) + days(order.total_days)}")
        if extends and (expires - day).days > rules.MOST_DAYS:
            self.fail(f"{what}: longer than T8 allows")
        if extends is not None:
            if lots[extends] < count:
                self.fail(f"{what}: prolongs {count} until {extends}, of {lots[extends]}")
            if extends <= day:
                self.fail(f"{what}: prolongs accounts that have expired on {extends}")
            if not order.is_renewal and (extends - day).days > rules.STACKING_DAYS:
                self.fail(f"{what}: T7 lets no code prolong {(extends - day).days} days ahead")
            lots[extends] -= count
        lots[expires] += count
        if order.is_renewal:
            return
        for entry in self.stock:
            if entry[0] is order and entry[1] == kind:
                entry[2] -= count
                if entry[2] < 0:
                    self.fail(f"{what}: more than were bought")
                if day > entry[3]:
                    self.fail(f"{what}: T4 ends on {entry[3]}")

    def usable(self, school, kind, day):
        """Codes in stock that could serve a user of the school: its own and the upstream's."""
        kinds = ("interop",) if kind == "interop" else TYPES
        owners = (school, self.payer.code)
        return sum(
            n for order, k, n, deadline in self.stock if k in kinds and deadline >= day and self.owner(order) in owners
        )

    def owner(self, order):
        return getattr(order, "owner", self.payer.code)

    def uncovered(self, member, day):
        """(users, active accounts that serve them) by type."""
        code = member["code"]
        users = needs_account(member, day)
        active = {k: sum(n for e, n in self.lots[code, k].items() if e > day) for k in TYPES}
        interop = min(users["interop"], active["interop"])
        basic = min(users["basic"], active["basic"] + active["interop"] - interop)
        return users, {"basic": basic, "interop": interop}

    def days_of_change(self, first, end):
        days_ = {first}
        for event in self.events:
            days_.add(event[0])
            if event[5] is not None:
                days_.update((event[5][5], event[5][4] or event[0]))
        for member in self.payer.members:
            days_.update(h["from"] for h in member.get("headcount", []))
            days_.update(h["expires"] for h in member.get("held", []))
        for member in self.payer.members:
            days_.update(d for d in trial_ends(member).values() if d)
        return sorted(d for d in days_ if first <= d < end)
