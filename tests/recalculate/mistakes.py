"""Whatever a reader types by mistake, no sum passes for complete."""

from book import CARD, EXAMPLES, ORDERS, PAYMENTS, Case, Table, is_incomplete, says, with_changes

PLAN = EXAMPLES / "brief-8-and-20.toml"
PURCHASES = EXAMPLES / "purchases.toml"
# What is typed, by the title of the column in the first row of the table of orders, or by the cell of the card.
MISTAKES = {
    "no-status": {"Status": None},
    "odd-status": {"Status": "confirmed "},
    "no-charging": {"Charging": None},
    "odd-charging": {"Charging": "char ged"},
    "less-than-nothing": {"Basic": -100},
    "half-an-account": {"Basic": "8.5"},
    "nothing": {"Basic": 0, "Interop": 0},
    "long": {"Months": 100},
    "short": {"Months": 0},
    "less-than-no-months": {"Months": -1},
    "many": {"Basic": 1_000_001},
}
CARD_MISTAKES = {
    "no-price": {(CARD, "C5"): None},
    "odd-price": {(CARD, "C6"): "to negotiate"},
    "tiers-overlap": {(CARD, "B6"): 3},
}
QUOTE = {"Status": "D10", "Charging": "E10", "Basic": "F10", "Interop": "G10", "Months": "H10"}
# The first payment of the calendar.
PAYMENT = {"Status": "F10", "Charging": "G10", "Basic": "H10", "Interop": "I10", "Months": "J10"}


def cases(folder):
    forms = (("quote", ["quote", PLAN], ORDERS, QUOTE), ("calendar", ["calendar", PURCHASES], PAYMENTS, PAYMENT))
    for form, arguments, sheet, cells in forms:
        check = is_incomplete(sheet, 4, "School")
        # The calendar has the same formulas, in other columns.
        for name, typed in list(MISTAKES.items())[:: 1 if form == "quote" else 4]:
            changes = {(sheet, cells[title]): value for title, value in typed.items()}
            yield Case(f"mistake-{name}-{form}", arguments, check, changes)
    for name, changes in CARD_MISTAKES.items():
        yield Case(f"mistake-{name}", ["quote", PLAN], is_incomplete(ORDERS, 4, "School"), changes)
    held = folder / "mistake-held.toml"
    text = PLAN.read_text()
    lot = 'held = [{ type = "basic", count = 180, expires = 2024-12-01 }]\n'
    held.write_text("date = 2022-11-18\n" + with_changes(text, ("[[school]]\n", f"[[school]]\n{lot}")))
    check = is_incomplete(ORDERS, 4, "School")
    yield Case("mistake-held", ["quote", held], check, {(ORDERS, "H10"): 6})
    group = {(ORDERS, "F11"): -1, (ORDERS, "F12"): 601}
    yield Case("mistake-in-a-group", ["quote", EXAMPLES / "group.toml"], check, group)
    old, new = EXAMPLES / "compare-old.toml", EXAMPLES / "compare-new.toml"
    changes = {("Licence comparison in CNY", "E9"): 20_000}
    yield Case("mistake-compared", ["compare", old, new], compared, changes)


def compared(case, book):
    table = Table(book.rows("Licence comparison in CNY"), 4)
    row = table.labelled("School", "The sums are")
    return [says(book, table.at(row, "New"), "incomplete"), says(book, table.at(row, "Old"), "complete")]
