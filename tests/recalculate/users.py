"""The first sheet of a budget: other users and another growth typed in, against the program on the plan that states
the same, and what the formulas cannot follow."""

import re
from datetime import date

from book import CARD, EXAMPLES, Case, Table, same, says, with_changes
from budgets import PLAN, compare, write

BUDGET = "Budget"
STATUS, BASIC, INTEROP, NEGOTIATED_BASIC = "C", "F", "G", "J"
# The rows between the first of the periods and the first of the users: those of the total, of what the sums leave out,
# of the date and of the growth, with free ones and titles.
BELOW_PERIODS = 13

TWO = """
date = 2023-06-01
[[school]]
code = "1"
name = "示例一"
basic = 100
interop = 10
[[school.app]]
id = "a"
kind = "agency"
authorized = 2023-05-01T08:00:00
[[school]]
code = "2"
name = "示例二"
basic = 480
[[school.app]]
id = "b"
kind = "agency"
authorized = 2023-04-01T08:00:00
"""
GROUP = TWO.replace('basic = 480\n', 'basic = 480\nupstream = "1"\n')


def first_row(periods):
    """The first row of users below a table of so many periods."""
    return 6 + periods + BELOW_PERIODS


def users(periods, row, basic, interop=None):
    """Users typed into a row, counted from zero."""
    line = first_row(periods) + row
    typed = {(BUDGET, f"{BASIC}{line}"): basic}
    if interop is not None:
        typed[BUDGET, f"{INTEROP}{line}"] = interop
    return typed


def growth(periods, part):
    return {(BUDGET, f"B{first_row(periods) - 3}"): part}


def headcount(from_, basic, interop=0):
    return f"[[school.headcount]]\nfrom = {from_}\nbasic = {basic}\ninterop = {interop}\n"


def cases(folder):
    yield from grown(folder)
    yield from restated(folder)
    yield from unfollowed(folder)


def grown(folder):
    for name, plan, years, periods, percent in (
        ("purchases", EXAMPLES / "purchases.toml", "2", 3, "7.5"),
        ("campus", EXAMPLES / "campus-2022.toml", "2", 3, "10"),
        ("large", EXAMPLES / "large.toml", "3", 4, "-12.5"),
        ("two", write(folder, "two", TWO), "3", 4, "3.3"),
        ("group", write(folder, "two-group", GROUP), "3", 4, "21"),
        ("whole", write(folder, "whole", PLAN), "3", 4, "5"),
    ):
        budget = ["budget", plan, "--years", years]
        part = str(float(percent) / 100)
        yield Case(f"growth-{name}", budget, compare("month"), growth(periods, part),
                   [*budget, "--growth", f"{percent}%"])
    # A growth of the program, taken back.
    budget = ["budget", folder / "two.toml", "--years", "3"]
    yield Case("growth-none", [*budget, "--growth", "20%"], compare("month"), growth(4, 0), budget)


def restated(folder):
    two, group = write(folder, "two", TWO), write(folder, "two-group", GROUP)
    # The rows of a school: today, and from each renewal on.
    later = {name: dates(folder, text) for name, text in (("two", TWO), ("two-group", GROUP))}
    first, second = later["two"][0], later["two-group"]
    member = 1 + len(second[0])  # The first row of the second school.
    app = 'authorized = 2023-05-01T08:00:00\n'
    for name, plan, typed, text in (
        ("this-year", two, users(4, 0, 250, 30), with_changes(TWO, ("basic = 100\ninterop = 10", "basic = 250\ninterop = 30"))),
        ("fewer", two, users(4, 0, 7, 0), with_changes(TWO, ("basic = 100\ninterop = 10", "basic = 7\ninterop = 0"))),
        ("next-year", two, users(4, 1, 180, 12), with_changes(TWO, (app, app + headcount(first[0], 180, 12)))),
        ("fewer-next-year", two, users(4, 1, 60, 10), with_changes(TWO, (app, app + headcount(first[0], 60, 10)))),
        ("second-year", two, users(4, 2, 12_000, 900),
         with_changes(TWO, (app, app + headcount(first[1], 12_000, 900)))),
        ("both-years", two, {**users(4, 1, 180, 12), **users(4, 2, 90, 40)},
         with_changes(TWO, (app, app + headcount(first[0], 180, 12) + headcount(first[1], 90, 40)))),
        ("group-next-year", group, users(4, 1, 333, 5), with_changes(GROUP, (app, app + headcount(second[0][0], 333, 5)))),
        ("member-next-year", group, users(4, member + 1, 600, 0),
         GROUP + headcount(second[1][0], 600)),
    ):
        edited = write(folder, f"edited-{name}", text)
        # Every other one with a growth besides.
        percent = "10" if "next" in name else "0"
        more = {} if percent == "0" else growth(4, "0.1")
        yield Case(f"users-{name}", ["budget", plan, "--years", "3"], compare("month"), {**typed, **more},
                   ["budget", edited, "--years", "3", "--growth", f"{percent}%"])
    agreed = with_changes(TWO, ("basic = 100", 'basic = 11000\nnegotiated = { basic = "0.75" }'))
    typed = {**users(4, 0, 11_000), (BUDGET, f"{NEGOTIATED_BASIC}{first_row(4)}"): "0.75"}
    yield Case("users-negotiated", ["budget", two, "--years", "3"], compare("month"), typed,
               ["budget", write(folder, "edited-agreed", agreed), "--years", "3"])
    doubtful = with_changes(GROUP, ('upstream = "1"', 'upstream = "1"\nstatus = "unconfirmed"'))
    yield Case("users-unconfirmed", ["budget", group, "--years", "3"], compare("month"),
               {(BUDGET, f"{STATUS}{first_row(4) + member}"): "unconfirmed"},
               ["budget", write(folder, "edited-doubtful", doubtful), "--years", "3"])


def dates(folder, text):
    """For each school of a plan, the days of its renewals within three years."""
    case = Case("dates", ["budget", write(folder, "dates", text), "--years", "3"], None)
    found = {}
    for order in case.answer()["orders"]:
        for lot in order.get("lots") or [{"starts": order["starts"], "type": None}]:
            if order["kind"] == "renewal":
                for member in order["order"]["members"]:
                    if member["basic"] or member["interop"]:
                        days = found.setdefault(member["code"], [])
                        if lot["starts"] not in days:
                            days.append(lot["starts"])
    return [days for _, days in sorted(found.items())]


def unfollowed(folder):
    """What the formulas cannot follow is never in a total that looks whole."""
    purchases = ["budget", EXAMPLES / "purchases.toml", "--years", "2"]
    serial = (date(2023, 7, 1) - date(1899, 12, 30)).days
    for name, typed in (
        ("more-than-held", users(4 - 1, 0, 200, 20)),
        ("codes-in-stock", users(4 - 1, 5, 41, 0)),
        ("interop-without-renewal", users(4 - 1, 6, 40, 3)),
        ("larger-top-up", users(4 - 1, 1, 900, 20)),
        ("date", {(BUDGET, f"B{first_row(3) - 4}"): serial}),
        ("term", {(BUDGET, f"H{first_row(3)}"): 24}),
        ("days-of-a-year", {(CARD, "C13"): 365}),
        ("no-growth", growth(3, None)),
        ("odd-growth", growth(3, "much")),
        ("growth-below-nothing", growth(3, "-1.5")),
        ("no-users", users(3, 2, None)),
        ("odd-users", users(3, 2, "many")),
        ("half-a-user", users(3, 2, "8.5")),
        ("less-than-no-users", users(3, 2, -3)),
    ):
        yield Case(f"unfollowed-{name}", purchases, is_incomplete, typed)


def is_incomplete(case, book):
    """The answer is a word, and each sum says that it is not whole."""
    rows = book.rows(BUDGET)
    table = Table(rows, 4)
    total = table.labelled("Period", "Total")
    said = [table.at(row, "Remark") for row in range(total + 1)]
    answer = [cell for cell in rows[1] if cell]
    months = Table(book.rows("Months with orders"), 4)
    last = months.labelled("Period", "Total")
    said += [months.at(row, "Remark") for row in range(last + 1)]
    return [says(book, answer[1], "incomplete"), says(book, answer[-1], "incomplete"),
            *(says(book, word, "incomplete") for word in said)]
