"""A plan as tomllib reads it, with the defaults of docs/plan.md filled in, and its payers."""

import tomllib

import rules
from rules import TYPES


class Payer:
    """An upstream with its downstreams, or a school that pays for itself: one order (U1)."""

    def __init__(self, school, downstreams):
        self.school = school
        self.members = [school, *downstreams]
        self.code = school["code"]
        self.charged = any(rules.is_charged(member) for member in self.members)
        self.term = rules.read_term(school["term"])
        self.negotiated = {
            kind: rules.Fraction(school["negotiated"][kind]) for kind in TYPES if kind in school.get("negotiated", {})
        }
        self.test = school.get("test-enterprise", False)

    def is_free(self, day):
        """Nothing is payable: a waiver of the upstream (U4), or a test enterprise (P14)."""
        return self.test or rules.is_waived(self.school, day)

    def order_term(self, day):
        """O6: waived customers order exactly 12 months."""
        return rules.YEAR if not self.test and rules.is_waived(self.school, day) else self.term


def read(text):
    plan = tomllib.loads(text)
    default = plan.get("term", {"years": 1})
    for school in plan["school"]:
        school.setdefault("term", default)
        for purchase in school.get("purchase", []):
            purchase.setdefault("term", school["term"])
    plan["payers"] = [
        Payer(school, [s for s in plan["school"] if s.get("upstream") == school["code"]])
        for school in plan["school"]
        if "upstream" not in school
    ]
    return plan


def need(school, day):
    """Users of a day by type: the latest headcount that has begun; none where nothing is charged (W1)."""
    if not rules.is_charged(school):
        return {kind: 0 for kind in TYPES}
    row = school
    for headcount in school.get("headcount", []):
        if headcount["from"] <= day:
            row = headcount
    return {kind: row.get(kind, 0) for kind in TYPES}


def is_confirmed(school):
    return school.get("status", "confirmed") == "confirmed"
