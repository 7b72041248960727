"""Computes workbooks again with LibreOffice and with Gnumeric.

Each case is a workbook, contents typed into its cells, and what the program answers to the changed input. Before
anything is typed, every cell of every sheet must come out as the program saved it; after it, every amount must be that
of the program's JSON, to the fen. All results that the program saved with the formulas are taken out first, so that
nothing but the spreadsheet program's own arithmetic can be right. Needs `soffice` and `ssconvert` (Debian:
libreoffice-calc, gnumeric) and the built program; standard library only.

    cargo build && python3 tests/recalculate [PROGRAM]
"""

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import budgets
import comparisons
import mistakes
import quotes
import users
from book import ENGINES, ROOT, Case, Workbook, equal, require_engines, said, type_in


def main():
    require_engines()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        saved, typed = folder / "saved", folder / "typed"
        for made in (saved, typed):
            made.mkdir()
        cases = [case for part in (quotes, budgets, users, comparisons, mistakes) for case in part.cases(folder)]
        cases = [*as_saved(cases, saved), *cases]

        def make(case):
            path = saved / f"{case.name}.xlsx"
            case.make(path)
            type_in(path, case.changes, typed / path.name)

        with ThreadPoolExecutor() as pool:
            list(pool.map(make, cases))
        checks = [check for engine in ENGINES for check in computed(engine, cases, typed, folder)]
    wrong = checks.count(False)
    print(f"{len(cases)} workbooks in {len(ENGINES)} programs, {len(checks)} cells compared, {wrong} wrong")
    sys.exit(1 if wrong else 0)


# Workbooks in which nothing is typed.
OPEN_ENDED = ["--rate-card", ROOT / "tests/cards/invented-2030-01-01.toml"]
UNTYPED = [
    Case("fit", ["fit", "--amount", "10000", "--interop"], None),
    Case("open-ended", ["quote", "--basic", "4000", "--interop", "700", "--months", "7", *OPEN_ENDED], None),
    Case("tiers", ["tiers", "show"], None),
]


def as_saved(cases, saved):
    """A case for each workbook, in each language, in which nothing is typed."""
    distinct = {}
    for case in [*cases, *UNTYPED]:
        distinct.setdefault(tuple(map(str, case.arguments)), case)
    return [Case(f"saved-{language}-{case.name}", case.arguments, compare_cells(saved), language=language)
            for case in distinct.values() for language in ("en", "zh")]


def computed(engine, cases, typed, folder):
    """The checks of all cases, on workbooks that a spreadsheet program has computed."""
    results = folder / engine.__name__
    results.mkdir()
    engine([typed / f"{case.name}.xlsx" for case in cases], results)
    for case in cases:
        yield from case.check(case, Workbook(results / f"{case.name}.xlsx", f"{engine.__name__}, {case.name}"))


def compare_cells(saved):
    """The check that every cell of every sheet is as the program saved it."""

    def check(case, book):
        expected = Workbook(saved / f"{case.name}.xlsx", case.name)
        checks = [said(list(book.sheets) == list(expected.sheets), book.label, list(book.sheets), list(expected.sheets))]
        for name, cells in expected.sheets.items():
            for position in sorted(cells.keys() | book.sheets[name].keys()):
                shown, value = book.sheets[name].get(position, ""), cells.get(position, "")
                row, column = position
                what = f"{book.label}: {name}, row {row + 1}, column {column + 1}"
                checks.append(said(equal(shown, value), what, shown, value))
        return checks

    return check


if __name__ == "__main__":
    main()
