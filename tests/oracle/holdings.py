"""What a payer has on a day: docs/schedule.md, "What is missing", and the events of a day (P12)."""

from collections import Counter
from dataclasses import dataclass

import rules
from rules import TYPES, days


@dataclass
class Code:
    """Codes of one purchase that are not activated."""

    owner: str
    kind: str
    count: int
    paid: object
    deadline: object
    term: object


class Holdings:
    """Active accounts by member, type and day of expiry, and the codes in stock, as of the end of a day."""

    def __init__(self, members):
        self.lots = {(m["code"], kind): Counter() for m in members for kind in TYPES}
        self.codes = []
        for member in members:
            for held in member.get("held", []):
                self.lots[member["code"], held["type"]][held["expires"]] += held["count"]

    def active(self, code, kind, day):
        return sum(n for expires, n in self.lots[code, kind].items() if expires > day)

    def outlasting(self, kind, day, total_days):
        """P12: accounts of all members with more days left than a term has."""
        return sum(
            n
            for (_, lot_kind), lots in self.lots.items()
            if lot_kind == kind
            for expires, n in lots.items()
            if (expires - day).days > total_days
        )

    def in_stock(self, kind, day, owner=None):
        return sum(
            c.count for c in self.codes if c.kind == kind and c.deadline >= day and owner in (None, c.owner)
        )

    def activate(self, owner, kind, count, day, term, extends, user=None):
        lots = self.lots[user or owner, kind]
        if extends is None:
            lots[day + days(term.total)] += count
        else:
            self.move(lots, count, extends, term)

    @staticmethod
    def move(lots, count, expires, term):
        if lots[expires] < count:
            raise ValueError(f"{count} accounts until {expires} are prolonged, of {lots[expires]}")
        lots[expires] -= count
        lots[expires + days(term.total)] += count

    def prolong_earliest(self, code, kind, count, day, term):
        """A renewal that names no accounts: those that expire first."""
        lots = self.lots[code, kind]
        for expires in sorted(e for e, n in lots.items() if e > day and n):
            taken = min(count, lots[expires])
            self.move(lots, taken, expires, term)
            count -= taken
            if not count:
                return


def purchase_events(members):
    """The events of the recorded purchases in the order in which they happen (P12).

    Activations of codes paid on an earlier day, then renewals, then purchases by falling term with their activations.
    """
    events = []
    for member in members:
        for number, purchase in enumerate(member.get("purchase", [])):
            term = rules.read_term(purchase["term"])
            renewal = purchase.get("kind") == "renewal"
            paid = purchase["paid"]
            rank = (1, 0, number) if renewal else (2, -term.total, number)
            events.append((paid, *rank, "pay", member["code"], purchase, term, None))
            if renewal:
                continue
            activations = purchase.get("activations", [])
            if "activated" in purchase:
                activations = [
                    {"date": purchase["activated"], "type": kind, "count": purchase[kind]}
                    for kind in TYPES
                    if purchase.get(kind, 0)
                ]
            for activation in activations:
                same_day = activation["date"] == paid
                rank_of = rank if same_day else (0, 0, number)
                events.append((activation["date"], *rank_of, "use", member["code"], purchase, term, activation))
    return sorted(events, key=lambda event: event[:4])


def replay(members, until, before=None):
    """Holdings after the recorded events up to `until`, included.

    With `before`, a rank as in `purchase_events`, only those of the last day that do not come after it.
    """
    holdings = Holdings(members)
    for day, group, by_term, _, what, code, purchase, term, activation in purchase_events(members):
        if day > until or (before is not None and day == until and (group, by_term) > before):
            continue
        apply(holdings, day, what, code, purchase, term, activation)
    return holdings


def apply(holdings, day, what, code, purchase, term, activation):
    if what == "use":
        kind, count = activation["type"], activation["count"]
        for stock in holdings.codes:
            if stock.kind == kind and stock.purchase is purchase:
                stock.count -= count
        holdings.activate(code, kind, count, day, term, activation.get("extends"))
    elif purchase.get("kind") == "renewal":
        named = purchase.get("activations", [])
        for activation in named:
            lots = holdings.lots[code, activation["type"]]
            holdings.move(lots, activation["count"], activation["extends"], term)
        for kind in TYPES:
            count = purchase.get(kind, 0) - sum(a["count"] for a in named if a["type"] == kind)
            holdings.prolong_earliest(code, kind, count, day, term)
    else:
        for kind in TYPES:
            if purchase.get(kind, 0):
                stock = Code(code, kind, purchase[kind], day, rules.activation_deadline(day), term)
                stock.purchase = purchase
                holdings.codes.append(stock)

