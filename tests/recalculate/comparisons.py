"""Comparisons, with counts and prices of either side typed in."""

from decimal import Decimal

from book import CARD_TEXT, EXAMPLES, Case, Table, same, with_changes

OLD, NEW = EXAMPLES / "compare-old.toml", EXAMPLES / "compare-new.toml"
CAMPUS = EXAMPLES / "campus-2022.toml"
COMPARISON = "Licence comparison in CNY"


def cases(folder):
    yield Case("compared", ["compare", OLD, NEW], compare)
    yield Case("compared-dates", ["compare", EXAMPLES / "waivers.toml", "--date-old", "2023-03-31",
                                  "--date-new", "2023-04-01"], compare)
    more = folder / "compared-more.toml"
    text = NEW.read_text()
    more.write_text(with_changes(text, ("basic = 230", "basic = 1733")))
    yield Case("compared-count", ["compare", OLD, NEW], compare, {(COMPARISON, "E9"): 1733},
               ["compare", OLD, more])
    dear, dearer = folder / "dear-1.toml", folder / "dear-2.toml"
    for path, price in ((dear, "5.10"), (dearer, "6.35")):
        path.write_text(with_changes(CARD_TEXT, ('basic = { price = "5.00"', f'basic = {{ price = "{price}"')))
    yield Case("compared-cards", ["compare", CAMPUS, "--rate-card-new", dear], compare,
               {("Rate card (New)", "C5"): "6.35"}, ["compare", CAMPUS, "--rate-card-new", dearer])
    for name, arguments in (("year", [OLD, NEW]), ("quarters", [OLD, NEW, "--years", "2", "--by", "quarter"]),
                            ("growth", [CAMPUS, "--years", "3", "--growth", "5%"]),
                            ("unpriced", [EXAMPLES / "large.toml", "--growth", "10%"])):
        yield Case(f"compared-budgets-{name}", ["compare", *arguments, "--budget"], compare_budgets)


def compare(case, book):
    answer = case.answer()
    table = Table(book.rows(COMPARISON), 4)
    shown = {row[table.column["Code"]]: index for index, row in enumerate(table.rows) if row[table.column["Code"]]}
    checks = [bool(shown)]
    for customer in answer["customers"]:
        row = shown.get(customer["code"])
        if row is None:
            continue
        old, new = (share(customer[side]) for side in ("old", "new"))
        for title, expected in (("Old", old), ("New", new), ("Difference", customer["difference"]["payable"])):
            if expected is not None:
                checks.append(same(book, f"{customer['code']}, {title}", table.at(row, title), expected))
    total = table.labelled("School", "Total")
    for title, expected in (("Old", answer["old"]["payable"]), ("New", answer["new"]["payable"]),
                            ("Difference", answer["difference"]["payable"])):
        checks.append(same(book, f"total, {title}", table.at(total, title), expected))
    return checks


def compare_budgets(case, book):
    """The first sheet has the periods; sums and differences are formulas."""
    answer = case.answer()
    name = next(iter(book.sheets))
    table = Table(book.rows(name), 4)
    whole = {"old": answer["old"], "new": answer["new"], "difference": answer["difference"]}
    rows = [*((row, period["old"], period["new"], period["difference"]) for row, period in enumerate(answer["periods"])),
            (table.labelled(next(iter(table.column)), "Total"), *whole.values())]
    checks = compare_sides(book, name, table, rows)
    payers = Table(book.rows("Payers"), 4)
    shown = {row[payers.column["Code"]]: index for index, row in enumerate(payers.rows)}
    changed = [payer for payer in answer["payers"] if Decimal(payer["difference"]["payable"])]
    rows = [(shown[payer["code"]], payer["old"], payer["new"], payer["difference"]) for payer in changed]
    rows.append((payers.labelled("School", "Total"), *whole.values()))
    return checks + compare_sides(book, "Payers", payers, rows)


def compare_sides(book, name, table, rows):
    checks = []
    for row, old, new, difference in rows:
        for title, side in (("Old", old), ("New", new)):
            if side is not None:
                checks.append(same(book, f"{name}, {title}", table.at(row, title), side["totals"]["payable"]))
        checks.append(same(book, f"{name}, difference", table.at(row, "Difference"), difference["payable"]))
    return checks


def share(standing):
    return standing and standing["status"] == "confirmed" and standing["share"]["payable"] or None
