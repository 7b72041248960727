"""Quotes, with counts, terms, prices and edges typed in."""

from decimal import Decimal

from book import CARD, CARD_TEXT, EXAMPLES, ORDERS, ROOT, WITHOUT_ALTERNATIVES, Case, Table, says, same, with_changes


def flags(basic=0, interop=0, months=12, days=0, held_basic=0, held_interop=0, negotiated_basic=None, **more):
    given = ["--basic", basic, "--interop", interop, "--months", months, "--days", days]
    given += ["--held-basic", held_basic, "--held-interop", held_interop]
    if negotiated_basic:
        given += ["--negotiated-basic", negotiated_basic]
    return [*given, *more.get("rest", [])]


def typed(basic=0, interop=0, months=12, days=0, held_basic=0, held_interop=0, negotiated_basic=None):
    cells = {"F10": basic, "G10": interop, "H10": months, "I10": days, "J10": held_basic, "K10": held_interop}
    if negotiated_basic:
        cells["L10"] = negotiated_basic
    return {(ORDERS, cell): value for cell, value in cells.items()}


def ties():
    """First prices and orders whose exact price ends in half a fen. Prices in whole yuan have none."""
    for price in ("4.65", "0.93", "3.255", "1.2276", "9.3465"):
        fine = int(Decimal(price) * 10000)
        found = [
            (price, {"basic": basic, "months": days // 31 % 12, "days": days - days // 31 % 12 * 31})
            for days in range(31, 1861)
            for basic in range(1, 6)
            if fine * basic * days % 37200 == 18600
        ]
        assert found, f"no order at {price} is a tie"
        yield from found[:: len(found) // 5 + 1]


def cases(folder):
    for plan in sorted(EXAMPLES.glob("*.toml")):
        yield Case(plan.stem, ["quote", plan], compare)
    for index, (price, tie) in enumerate(ties()):
        path = folder / f"tie-{index}.toml"
        path.write_text(with_changes(CARD_TEXT, ('price = "5.00"', f'price = "{price}"')))
        changes = {**typed(**tie), (CARD, "C5"): price}
        expected = ["quote", *flags(**tie), "--rate-card", path]
        yield Case(f"tie-{index}", ["quote", *flags(basic=1)], compare, changes, expected)
    for index, change in enumerate([
        dict(interop=7, months=1, days=3),
        dict(basic=10_000, interop=10_000),
        dict(basic=10_001, interop=1),
        dict(basic=12_345, negotiated_basic="0.8125", months=7, days=11),
        dict(basic=999_999, interop=1_000_000, negotiated_basic="0.3333", months=59),
        dict(basic=50, held_basic=180, months=6),
        dict(basic=300, interop=450, held_basic=4, held_interop=199, months=13, days=5),
        dict(basic=20, held_basic=9_990, months=2),
        dict(basic=3, held_basic=20_000, negotiated_basic="1.01"),
        dict(interop=521, months=0, days=31),
        dict(basic=1, months=60),
    ]):
        yield Case(f"count-{index}", ["quote", *flags(basic=1)], compare, typed(**change), ["quote", *flags(**change)])
    yield from changed_cards(folder)
    yield from changed_plans(folder)
    yield from other_rules(folder)


def changed_cards(folder):
    base = flags(basic=640, interop=260, months=5, days=9)
    for name, changes, cells in [
        ("price", [('basic = { price = "5.00"', 'basic = { price = "5.5555"'),
                   ('interop = { price = "30.00"', 'interop = { price = "31.07"')],
         {"C5": "5.5555", "E7": "31.07"}),
        ("edge", [("to = 200\n", "to = 250\n"), ("from = 201\n", "from = 251\n")], {"B6": 250}),
        ("year", [("days-per-year = 372", "days-per-year = 365")], {"C13": 365}),
        ("month", [("days-per-month = 31", "days-per-month = 30")], {"C12": 30}),
    ]:
        path = folder / f"card-{name}.toml"
        path.write_text(with_changes(WITHOUT_ALTERNATIVES, *changes))
        changed = {(CARD, cell): value for cell, value in cells.items()}
        yield Case(f"card-{name}", ["quote", *base], compare, changed, ["quote", *base, "--rate-card", path])


OTHER_RULES = ROOT / "tests/cards/other-rules.toml"

# Changes of the public card, and what is typed into a workbook of it.
RULES = [
    ("all", [('covers = "excess"', 'covers = "all"')],
     [dict(basic=10_000), dict(basic=10_001, interop=3), dict(basic=10_001, interop=3, negotiated_basic="0.8125"),
      dict(basic=7, held_basic=10_000, negotiated_basic="2")]),
    ("by-days", [('by-days-facts', 'by-days-divisor = 365\nby-days-facts')],
     [dict(basic=10, months=6, days=14), dict(basic=640, interop=260, months=0, days=200), dict(basic=1, months=7)]),
    ("type-even", [('once-per = "order"', 'once-per = "type"'), ('mode = "half-up"', 'mode = "half-even"'),
                   ('price = "5.00"', 'price = "4.65"')],
     [dict(basic=1, months=1, days=9), dict(basic=3, months=1, days=9), dict(basic=5, interop=4, months=1, days=9),
      dict(basic=8, interop=6, months=0, days=200)]),
    ("item-down", [('once-per = "order"', 'once-per = "item"'), ('mode = "half-up"', 'mode = "down"')],
     [dict(basic=8, interop=6, months=0, days=200), dict(basic=1234, interop=567, months=11, days=3)]),
]


def other_rules(folder):
    for rule, changes, all_typed in RULES:
        path = folder / f"rule-{rule}.toml"
        path.write_text(with_changes(WITHOUT_ALTERNATIVES, *changes))
        card = ["--rate-card", path]
        for index, change in enumerate(all_typed):
            expected = ["quote", *flags(**change), *card]
            yield Case(f"rule-{rule}-{index}", ["quote", *flags(basic=1), *card], compare, typed(**change), expected)
    card = ["--rate-card", OTHER_RULES]
    yield Case("rules-all", ["quote", *flags(basic=1), *card], compare,
               typed(basic=300, interop=9, months=6, days=14, held_basic=180),
               ["quote", *flags(basic=300, interop=9, months=6, days=14, held_basic=180), *card])
    group = ["quote", EXAMPLES / "group.toml", *card]
    for name, cells in [("count", {"F12": 481}), ("term", {"H10": 7}), ("shift", {"F11": 121, "F12": 479})]:
        changes = {(ORDERS, cell): value for cell, value in cells.items()}
        yield Case(f"rules-group-{name}", group, is_not_computed, changes)
    yield Case("rules-group-price", group, is_not_computed, {(CARD, "C5"): "5.01"})
    yield Case("rules-group-name", group, compare, {(ORDERS, "D13"): "confirmed"})


def is_not_computed(case, book):
    """Where formulas do not compute a changed order, no figure of it is shown."""
    shown = Table(book.rows(ORDERS), 4)
    order = next(row for row in range(len(shown.rows)) if shown.at(row, "No."))
    figures = [shown.at(order, title) for title in ("Amount a year", "List price", "Payable", "Remark")]
    shares = Table(book.rows("Shares"), 3)
    figures += [shares.at(row, "Share") for row in range(1, 4)]
    return [says(book, figure, "not computed anew") for figure in figures]


def changed_plans(folder):
    for name, file, changes, cells in [
        ("group-count", "group.toml", [("basic = 480", "basic = 1733")], {"F12": 1733}),
        ("group-share", "group.toml", [("interop = 25", "interop = 25\nterm = { months = 7, days = 5 }"),
                                       ("basic = 480", "basic = 481\ninterop = 4\nterm = { months = 7, days = 5 }"),
                                       ("basic = 60", "basic = 60\nterm = { months = 7, days = 5 }")],
         {"F12": 481, "G12": 4, "H10": 7, "I10": 5}),
        ("group-unconfirmed", "group.toml", [("basic = 480", 'basic = 480\nstatus = "unconfirmed"')],
         {"D12": "unconfirmed"}),
        ("group-unconfirmed-open", "group.toml", [("basic = 480", 'basic = 11000\nstatus = "unconfirmed"')],
         {"D12": "unconfirmed", "F12": 11000}),
        ("large-agreed", "large.toml", [('name = "示例大学（未面议）"\nbasic = 12000',
                                         'name = "示例大学（未面议）"\nbasic = 12000\nnegotiated = { basic = "0.75" }')],
         {"L11": "0.75"}),
        ("waived-count", "waivers.toml", [("basic = 320", "basic = 11111"), ("basic = 600", "basic = 7")],
         {"F10": 11111, "F13": 7}),
        ("campus-counts", "campus-2022.toml", [("basic = 1200", "basic = 1199"), ("basic = 200", "basic = 10002")],
         {"F10": 1199, "F20": 10002}),
    ]:
        path = folder / f"{name}.toml"
        path.write_text(with_changes((EXAMPLES / file).read_text(), *changes))
        changed = {(ORDERS, cell): value for cell, value in cells.items()}
        yield Case(name, ["quote", EXAMPLES / file], compare, changed, ["quote", path])


def compare(case, book):
    quote = case.answer()
    if not quote["orders"]:  # Nothing has to be bought, and the workbook computes nothing.
        return []
    table = book.rows(ORDERS)
    header = table[4]
    column = {title: index for index, title in enumerate(header)}
    rows = [row for row in table[5:] if row[column["No."]]]
    checks = [says(book, str(len(rows)), str(len(quote["orders"])))]

    def check(what, row, title, expected):
        checks.append(same(book, f"{what}, {title}", row[column[title]], expected))

    for number, (row, order) in enumerate(zip(rows, quote["orders"]), 1):
        if order["annual"] is not None:  # A working, which has the part that has a price.
            check(f"order {number}", row, "Amount a year", order["annual"])
        check(f"order {number}", row, "List price", order["list_price"])
        check(f"order {number}", row, "Payable", order["payable"])
        check(f"order {number}", row, "Term, days", order["term"]["total_days"])
    by_label = {row[column["School"]]: row for row in table[5:] if not row[column["No."]]}
    totals = quote["totals"]
    confirmed = [order for order in quote["orders"] if order["status"] == "confirmed"]
    for title, key in (("List price", "list_price"), ("Payable", "payable")):
        whole = all(order[key] is not None for order in confirmed)
        check("total", by_label["Total"], title, totals[key] if whole else None)
        check("priced part", by_label["Of it, with a price"], title, totals[key])
    check("total", by_label["Total"], "Waiver", totals["waived"])
    check("unconfirmed", by_label["Unconfirmed, not in the total"], "Payable", totals["unconfirmed"])
    complete = "complete" if totals["complete"] else "incomplete"
    checks.append(says(book, by_label["Total"][column["Remark"]], complete))
    checks += compare_shares(case, book, quote)
    checks += compare_lines(case, book, quote)
    return checks


def compare_shares(case, book, quote):
    groups = [order for order in quote["orders"] if len(order["members"]) > 1]
    if not groups:
        return []
    shown = iter(book.rows("Shares")[4:])
    checks = []
    for order in groups:
        payable, *shares = (next(shown)[5] for _ in range(len(order["members"]) + 1))
        if order["payable"] is None:  # The sheet has the parts of the known price, the JSON none.
            continue
        checks.append(same(book, "shared", payable, order["payable"]))
        for member, share in zip(order["members"], shares):
            checks.append(same(book, f"share of {member['code']}", share, member["share"]))
    return checks


def compare_lines(case, book, quote):
    """The accounts that are priced in each tier, in the order of the lines."""
    table = book.rows("Items")
    checks = []
    for index, order in enumerate(quote["orders"]):
        shown = []
        for row in table[6 + 2 * index : 8 + 2 * index]:
            tiers = row[6 : table[3].index("Negotiated CNY/year")]
            shown += [int(count) for count in tiers if count not in ("", "0")]
        counts = {}  # Where each member's tiers run apart, the sheet has their sum.
        for line in order["lines"]:
            key = line["account_type"], line["unit_price"]
            counts[key] = counts.get(key, 0) + line["count"]
        right = shown == list(counts.values())
        if not right:
            print(f"{case.name}: order {index + 1}: the workbook has lines of {shown}")
        checks.append(right)
    return checks
