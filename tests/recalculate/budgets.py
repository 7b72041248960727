"""Budgets and calendars, with counts, prices and days typed in."""

from datetime import date
from decimal import Decimal

from book import CARD, CARD_TEXT, EXAMPLES, PAYMENTS, Case, Table, is_incomplete, says, same, with_changes

# Invented schools: a group, a waiver that ends, one that is not confirmed, accounts with and without a price.
PLAN = """
date = 2022-11-18
[[school]]
code = "1"
name = "示例一"
basic = 333
interop = 21
[[school.app]]
id = "a"
kind = "agency"
authorized = 2022-10-01T08:00:00
[[school]]
code = "2"
name = "示例二"
basic = 77
upstream = "1"
[[school]]
code = "3"
name = "示例小学"
industry = "教育/初等教育"
certification = "certified"
basic = 120
[[school]]
code = "4"
name = "示例四"
status = "unconfirmed"
interop = 44
[[school]]
code = "5"
name = "示例五"
basic = 12000
negotiated = { basic = "0.80" }
"""
UNPRICED = PLAN.replace('negotiated = { basic = "0.80" }\n', "")
ALONE = 'date = 2022-11-18\n[[school]]\ncode = "1"\nname = "示例一"\nbasic = 333\ninterop = 21\nterm = { months = 7, days = 3 }\n'
ALONE += '[[school.app]]\nid = "a"\nkind = "agency"\nauthorized = 2022-10-01T08:00:00\n'
# The first payment of a calendar, and the second.
BASIC, RENEWED_BASIC = "H10", "H11"
PLACED = "B10"


def cases(folder):
    for name, text in (("whole", PLAN), ("unpriced", UNPRICED)):
        plan = write(folder, name, text)
        for step in ("month", "quarter", "year"):
            yield Case(f"{name}-by-{step}", ["budget", plan, "--years", "3", "--by", step], compare(step))
        yield Case(f"{name}-calendar", ["calendar", plan], compare_calendar)
    yield Case("grown", ["budget", plan, "--years", "5", "--growth", "7.5%"], compare("month"))
    for name in ("purchases", "campus-2022"):
        yield Case(f"{name}-budget", ["budget", EXAMPLES / f"{name}.toml", "--years", "2"], compare("month"))
        yield Case(f"{name}-calendar", ["calendar", EXAMPLES / f"{name}.toml"], compare_calendar)
    yield from changed(folder)


def changed(folder):
    alone = write(folder, "alone", ALONE)
    budget = ["budget", alone, "--years", "3"]
    more = write(folder, "more", with_changes(ALONE, ("basic = 333", "basic = 10003")))
    # The calendar has the purchase and its renewal, each an order of its own.
    both = {(PAYMENTS, BASIC): 10003, (PAYMENTS, RENEWED_BASIC): 10003}
    yield Case("more-calendar", ["calendar", alone], compare_calendar, both, ["calendar", more])
    dear = folder / "dear.toml"
    dear.write_text(with_changes(CARD_TEXT, ('basic = { price = "5.00"', 'basic = { price = "5.5555"')))
    dearer = write(folder, "dearer", f'rate-card = "{dear}"\n{ALONE}')
    expected = ["budget", dearer, "--years", "3"]
    yield Case("dearer", budget, compare("month"), {(CARD, "C5"): "5.5555"}, expected)
    moved = date(2024, 12, 31)
    serial = (moved - date(1899, 12, 30)).days
    yield Case("moved", budget, compare("year", moved), {(PAYMENTS, PLACED): serial})
    for name, day in (("late", 60_000), ("no-day", None), ("odd-day", "2024-01-03")):
        purchases = ["budget", EXAMPLES / "purchases.toml", "--years", "2"]
        check = is_incomplete("Budget", 4, "Period")
        yield Case(f"mistake-{name}", purchases, check, {(PAYMENTS, PLACED): day})


def write(folder, name, text):
    path = folder / f"{name}.toml"
    path.write_text(text)
    return path


def compare(step, moved=None):
    """The check of a budget by this step, the first purchase of which was moved to another day."""
    return lambda case, book: compare_budget(case, book, step, moved)


def compare_budget(case, book, step, moved):
    budget = case.answer()
    orders = budget["orders"]
    if moved:
        orders[0]["date"] = moved.isoformat()
    checks = compare_periods(case, book, "Budget", budget["years"], orders)
    periods = [period for period in budget["periods"] if period["orders"]]
    if step != "year":
        name = {"month": "Months with orders", "quarter": "Quarters with orders"}[step]
        checks += compare_periods(case, book, name, periods, orders)
    return checks + compare_purchases(case, book, budget, orders)


def compare_periods(case, book, name, periods, orders):
    table = Table(book.rows(name), 4)
    checks = []
    for row, period in enumerate(periods):
        within = [order for order in orders if period["from"] <= order["date"] <= period["to"]]
        firm = [order["order"] for order in within if order["order"]["status"] == "confirmed"]
        # Less the shares of members that are not confirmed.
        shares = sum((Decimal(member["share"] or 0) for order in firm for member in order["members"]
                      if member["status"] == "unconfirmed"), Decimal(0))
        list_price = sum((Decimal(order["priced"]) for order in firm), Decimal(0)) - shares
        payable = sum((payable_part(order) for order in firm), Decimal(0)) - shares
        for title, expected in (("Orders", len(firm)), ("List price", list_price), ("Payable", payable),
                                ("Waived", list_price - payable)):
            checks.append(same(book, f"{name}, {period['from']}, {title}", table.at(row, title), expected))
        if "moved" not in case.name:
            checks.append(payable == Decimal(period["totals"]["payable"]))
            checks.append(list_price == Decimal(period["totals"]["list_price"]))
    return checks


def payable_part(order):
    """What has to be paid for the accounts that have a price."""
    free = order["waiver"] and order["waiver"]["applied"]
    return Decimal(0) if free else Decimal(order["priced"])


def compare_purchases(case, book, budget, orders):
    table = Table(book.rows(PAYMENTS), 4)
    checks = []
    # Not the sums, the members of groups, and what is bought only if users grow.
    is_bought = lambda row: table.at(row, "No.") and (table.at(row, "Basic"), table.at(row, "Interop")) != ("0", "0")
    rows = [row for row in range(len(table.rows)) if is_bought(row)]
    checks.append(says(book, str(len(rows)), str(len(orders))))
    for row, order in zip(rows, orders):
        quote = order["order"]
        for title, expected in (("List price", quote["list_price"]), ("Payable", quote["payable"]),
                                ("Term, days", quote["term"]["total_days"]),
                                ("Priced part, list price", quote["priced"])):
            checks.append(same(book, f"{order['date']}, {title}", table.at(row, title), expected))
    totals = budget["totals"]
    for label, title, expected in (
        ("Of it, with a price", "List price", totals["list_price"]),
        ("Of it, with a price", "Payable", totals["payable"]),
        ("Unconfirmed, not in the total", "Payable", totals["unconfirmed"]),
        ("Accounts without a price", "Basic", totals["unpriced"]["basic"]),
        ("Accounts without a price", "Interop", totals["unpriced"]["interop"]),
        ("Total", "Waiver", totals["waived"]),
    ):
        row = table.labelled("School", label)
        checks.append(same(book, f"{label}, {title}", table.at(row, title), expected))
    complete = "complete" if totals["complete"] else "incomplete"
    checks.append(says(book, table.at(table.labelled("School", "Total"), "Remark"), complete))
    return checks


def compare_calendar(case, book):
    answer = case.answer()
    table = Table(book.rows("Dates"), 4)
    paid = [(row, event) for row, event in enumerate(shown(answer)) if is_to_come(event)]
    checks = []
    for row, event in paid:
        checks.append(same(book, f"{event['date']}, payable", table.at(row, "Payable"), event["payable"]))
        for title, count in (("Basic", event["counts"]["basic"]), ("Interop", event["counts"]["interop"])):
            if count:
                checks.append(same(book, f"{event['date']}, {title}", table.at(row, title), count))
    return checks


def shown(calendar):
    """The events of the table: without those that only happened before the date, and what is overdue first."""
    waits = ("open", "lost")
    events = [e for e in calendar["events"] if e["state"] in waits or not calendar["date"] or e["date"] >= calendar["date"]]
    return sorted(events, key=lambda event: not event["overdue"])


def is_to_come(event):
    """Whether it is a payment that is still to be made; one that was made has no amount."""
    return event["kind"] == "payment" and event["state"] == "open"
