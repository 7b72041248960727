"""The rules of docs/rules.md: tiers, terms, rounding, shares, waivers, trials, deadlines.

Money is a Fraction of yuan until it is rounded; days are datetime.date, the first day without an account for an expiry.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

TYPES = ("basic", "interop")
# P2 to P4: first and last ordinal, yuan a year.
TIERS = (
    (1, 5, {"basic": 5, "interop": 50}),
    (6, 200, {"basic": 4, "interop": 40}),
    (201, 500, {"basic": 3, "interop": 30}),
    (501, 1000, {"basic": 2, "interop": 20}),
    (1001, 10000, {"basic": 1, "interop": 10}),
)
LIST_END = 10000  # P5
DAYS_OF_MONTH, DAYS_OF_YEAR = 31, 372  # P6
LEAST_DAYS, MOST_DAYS = 31, 1860  # P6
CARD_FROM = date(2022, 5, 16)  # W2
LAST_WAIVED_DAY = date(2023, 3, 31)  # V5
FIRST_TRIAL_DAY = date(2022, 5, 16)  # T3
TRIAL_DAYS, REMINDER_DAYS = 90, 7  # T1, T2
STACKING_DAYS, AUTOMATIC_DAYS = 20, 7  # T7
REFUND_DAYS = 10  # T5


def days(number):
    return timedelta(days=number)


@dataclass(frozen=True)
class Term:
    months: int
    extra: int

    @property
    def total(self):
        return self.months * DAYS_OF_MONTH + self.extra

    @property
    def years(self):
        """The part of the annual price: P7 for whole months, P8 with days."""
        if self.extra == 0:
            return Fraction(self.months, 12)
        return Fraction(self.total, DAYS_OF_YEAR)


def read_term(table):
    return Term(12 * table.get("years", 0) + table.get("months", 0), table.get("days", 0))


YEAR = Term(12, 0)


def fen(amount):
    """P10: to the fen, a half up."""
    hundredths = amount * 100
    return (2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator)


def money(number):
    return None if number is None else f"{number // 100}.{number % 100:02}"


def tier_lines(kind, after, count, negotiated):
    """(first ordinal, last ordinal, unit price or None) of `count` accounts after the first `after` (P1, P5, P12)."""
    lines = []
    first, last = after + 1, after + count
    for low, high, prices in TIERS:
        begin, end = max(first, low), min(last, high)
        if begin <= end:
            lines.append((begin, end, Fraction(prices[kind])))
    begin = max(first, LIST_END + 1)
    if begin <= last:
        lines.append((begin, last, negotiated.get(kind)))
    return lines


@dataclass
class Price:
    lines: dict
    term: Term
    priced: int  # fen
    list_price: int | None  # fen
    payable: int | None  # fen
    negotiated: dict
    unpriced: dict
    shares: list  # fen or None, a member each
    list_shares: list
    waived: bool = False
    amounts: dict = field(default_factory=dict)


def price(counts, members, term, after, negotiated, free):
    """Prices one order. `members` are the counts by type of each member, whose sum is `counts`."""
    lines = {kind: tier_lines(kind, after[kind], counts[kind], negotiated) for kind in TYPES}
    amounts, over, unpriced = {}, {}, {}
    for kind in TYPES:
        amounts[kind] = sum((end - begin + 1) * unit for begin, end, unit in lines[kind] if unit is not None) * term.years
        over[kind] = sum(end - begin + 1 for begin, end, _ in lines[kind] if begin > LIST_END)
        unpriced[kind] = sum(end - begin + 1 for begin, end, unit in lines[kind] if unit is None)
    priced = fen(Fraction(sum(amounts.values())))
    complete = not any(unpriced.values())
    list_price = priced if complete else None
    payable = 0 if free else list_price
    list_shares = [0] * len(members)
    for kind, amount in zip(TYPES, split(priced, [amounts[kind] for kind in TYPES]), strict=True):
        of_kind = split(amount, [member[kind] for member in members])
        list_shares = [sum(pair) for pair in zip(list_shares, of_kind, strict=True)]
    shares = [None] * len(members) if payable is None else [0] * len(members) if free else list_shares
    return Price(lines, term, priced, list_price, payable, over, unpriced, shares, list_shares, free, amounts)


def split(total, weights):
    """Divides `total` fen in proportion to the weights, by largest remainder, ties to the first."""
    if not any(weights):
        return [0] * len(weights)
    exact = [Fraction(total) * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    rest = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for i in rest[: total - sum(parts)]:
        parts[i] += 1
    return parts


def waiver_kinds(school):
    """The kinds of waiver whose conditions the school meets (V2 to V4)."""
    primary, _, secondary = school.get("industry", "/").partition("/")
    certification = school.get("certification", "none")
    kinds = []
    if primary == "教育" and secondary in ("学前教育", "初等教育") and certification in ("verified", "certified"):
        kinds.append("k12")
    if primary == "政府" and certification == "certified":
        kinds.append("government")
    if school.get("nonprofit-proof", False):
        kinds.append("nonprofit")
    return kinds


def is_waived(school, day):
    """V5; without a day the waiver is taken as in force."""
    in_force = day is None or CARD_FROM <= day <= LAST_WAIVED_DAY
    return in_force and bool(waiver_kinds(school))


def is_charged(school):
    """W1: false if there are apps, and all of them are the customer's own."""
    apps = school.get("app", [])
    return not apps or any(app.get("kind", "third-party") != "internal" for app in apps)


def add_months(day, months):
    """The same day of a later month, or its last day (T13)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            pass
    return date(year, month + 1, min(day.day, 28))


def activation_deadline(paid):
    """T4: the last day for activation."""
    return add_months(paid, 12)


def trial_end(authorized):
    """T1: the moment at which the free trial of an app ends; None without a trial (T3)."""
    return authorized + days(TRIAL_DAYS) if authorized.date() >= FIRST_TRIAL_DAY else None
