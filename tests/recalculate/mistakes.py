"""Whatever a reader types by mistake, no sum passes for complete."""

from book import CARD, EXAMPLES, ORDERS, Case, Table, says, with_changes

PLAN = EXAMPLES / "brief-8-and-20.toml"
BUDGET = EXAMPLES / "purchases.toml"
MISTAKES = {
    "no-status": {(ORDERS, "D5"): None},
    "odd-status": {(ORDERS, "D5"): "confirmed "},
    "no-charging": {(ORDERS, "E5"): None},
    "odd-charging": {(ORDERS, "E5"): "char ged"},
    "no-price": {(CARD, "C5"): None},
    "odd-price": {(CARD, "C6"): "to negotiate"},
    "tiers-overlap": {(CARD, "B6"): 3},
    "less-than-nothing": {(ORDERS, "F5"): -100},
    "half-an-account": {(ORDERS, "F5"): "8.5"},
    "nothing": {(ORDERS, "F5"): 0, (ORDERS, "G5"): 0},
    "long": {(ORDERS, "J5"): 100},
    "short": {(ORDERS, "J5"): 0},
    "less-than-no-months": {(ORDERS, "J5"): -1},
    "many": {(ORDERS, "F5"): 1_000_001},
}


def cases(folder):
    for name, changes in MISTAKES.items():
        yield Case(f"mistake-{name}", ["quote", PLAN], is_incomplete("Summary", 4, "School"), changes)
        yield Case(f"mistake-{name}-budget", ["budget", BUDGET, "--years", "2"], is_incomplete("Years", 4, "Period"), changes)
    for name, day in (("late", 60_000), ("no-day", None), ("odd-day", "2024-01-03")):
        changes = {("Purchases", "B6"): day}
        check = is_incomplete("Years", 4, "Period")
        yield Case(f"mistake-{name}", ["budget", BUDGET, "--years", "2"], check, changes)
    held = folder / "mistake-held.toml"
    text = PLAN.read_text()
    lot = 'held = [{ type = "basic", count = 180, expires = 2024-12-01 }]\n'
    held.write_text("date = 2022-11-18\n" + with_changes(text, ("[[school]]\n", f"[[school]]\n{lot}")))
    check = is_incomplete("Summary", 4, "School")
    yield Case("mistake-held", ["quote", held], check, {(ORDERS, "J5"): 6})
    old, new = EXAMPLES / "compare-old.toml", EXAMPLES / "compare-new.toml"
    changes = {("Orders (New)", "F5"): 20_000}
    yield Case("mistake-compared", ["compare", old, new], compared, changes)


def is_incomplete(name, header, label):
    """The check that the total of a sheet says so."""

    def check(case, book):
        table = Table(book.rows(name), header)
        return [says(book, table.at(table.labelled(label, "Total"), "Remark"), "incomplete")]

    return check


def compared(case, book):
    table = Table(book.rows("Licence comparison in CNY"), 4)
    row = table.labelled("School", "The sums are")
    return [says(book, table.at(row, "New"), "incomplete"), says(book, table.at(row, "Old"), "complete")]
