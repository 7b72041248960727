"""Recalculates workbooks with LibreOffice and compares every amount with the program's JSON, to the fen.

Each case is a workbook, changes typed into its cells, and what the program answers to the changed input. All results
that the program saved with the formulas are taken out first, so that nothing but LibreOffice's own arithmetic can be
right. Needs `soffice` (Debian: libreoffice-calc) and the built program; standard library only.

    cargo build && python3 tests/recalculate [PROGRAM]
"""

import sys
import tempfile
from pathlib import Path

import budgets
import comparisons
import quotes
import slips
from book import recalculate, run, type_in


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        todo = [case for part in (quotes, budgets, comparisons, slips) for case in part.cases(folder)]
        paths = []
        for case in todo:
            path = folder / f"{case.name}.xlsx"
            run(*case.arguments, "--output", path)
            type_in(path, case.changes)
            paths.append(path)
        recalculate(paths, folder)
        checks = [check for case in todo for check in case.check(case, folder)]
    wrong = checks.count(False)
    print(f"{len(todo)} workbooks, {len(checks)} amounts compared, {wrong} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
