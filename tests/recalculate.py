#!/usr/bin/env python3
"""Recalculates workbooks with LibreOffice and compares every amount with the program's JSON, to the fen.

Each case is a workbook, changes typed into its cells, and the quote that the program gives for the changed input.
All results that the program saved with the formulas are taken out first, so that nothing but LibreOffice's own
arithmetic can be right. Needs `soffice` (Debian: libreoffice-calc) and the built program; standard library only.

    cargo build && tests/recalculate.py [PROGRAM]
"""

import csv
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/debug/wxlicense")
# Sheets by their place in the workbook.
ORDERS, CARD = "Orders", "Rate card"
OPEN, INCOMPLETE = "to negotiate", "incomplete"


def run(*arguments):
    done = subprocess.run([PROGRAM, "--lang", "en", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


class Case:
    """A workbook of `arguments`, in which `changes` are typed: {(sheet, cell): number}, must say what the
    program says of `expected`."""

    def __init__(self, name, arguments, changes=None, expected=None):
        self.name, self.changes = name, changes or {}
        self.arguments, self.expected = list(arguments), list(expected or arguments)


def with_changes(text, *changes):
    for old, new in changes:
        assert old in text, f"{old!r} is not in the text"
        text = text.replace(old, new, 1)
    return text


def flags(basic=0, interop=0, months=12, days=0, held_basic=0, held_interop=0, negotiated_basic=None, **more):
    given = ["--basic", basic, "--interop", interop, "--months", months, "--days", days]
    given += ["--held-basic", held_basic, "--held-interop", held_interop]
    if negotiated_basic:
        given += ["--negotiated-basic", negotiated_basic]
    return [*given, *more.get("rest", [])]


def typed(basic=0, interop=0, months=12, days=0, held_basic=0, held_interop=0, negotiated_basic=None):
    cells = {"F5": basic, "G5": interop, "H5": held_basic, "I5": held_interop, "J5": months, "K5": days}
    if negotiated_basic:
        cells["L5"] = negotiated_basic
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
    for plan in sorted((ROOT / "examples").glob("*.toml")):
        yield Case(plan.stem, ["quote", plan])
    card = (ROOT / "tiers/wecom-2022-05-16.toml").read_text()
    for index, (price, tie) in enumerate(ties()):
        path = folder / f"tie-{index}.toml"
        path.write_text(with_changes(card, ('price = "5.00"', f'price = "{price}"')))
        changes = {**typed(**tie), (CARD, "C5"): price}
        yield Case(f"tie-{index}", ["quote", *flags(basic=1)], changes, ["quote", *flags(**tie), "--rate-card", path])
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
        yield Case(f"count-{index}", ["quote", *flags(basic=1)], typed(**change), ["quote", *flags(**change)])
    yield from changed_cards(folder)
    yield from changed_plans(folder)


def changed_cards(folder):
    text = (ROOT / "tiers/wecom-2022-05-16.toml").read_text()
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
        path.write_text(with_changes(text, *changes))
        changed = {(CARD, cell): value for cell, value in cells.items()}
        yield Case(f"card-{name}", ["quote", *base], changed, ["quote", *base, "--rate-card", path])


def changed_plans(folder):
    examples = ROOT / "examples"
    for name, file, changes, cells in [
        ("group-count", "group.toml", [("basic = 480", "basic = 1733")], {"F6": 1733}),
        ("group-share", "group.toml", [("interop = 25", "interop = 25\nterm = { months = 7, days = 5 }"),
                                       ("basic = 480", "basic = 481\ninterop = 4\nterm = { months = 7, days = 5 }"),
                                       ("basic = 60", "basic = 60\nterm = { months = 7, days = 5 }")],
         {"F6": 481, "G6": 4, "J5": 7, "K5": 5}),
        ("large-agreed", "large.toml", [('name = "示例大学（未面议）"\nbasic = 12000',
                                         'name = "示例大学（未面议）"\nbasic = 12000\nnegotiated = { basic = "0.75" }')],
         {"L6": "0.75"}),
        ("waived-count", "waivers.toml", [("basic = 320", "basic = 11111"), ("basic = 600", "basic = 7")],
         {"F5": 11111, "F8": 7}),
        ("campus-counts", "campus-2022.toml", [("basic = 1200", "basic = 1199"), ("basic = 200", "basic = 10002")],
         {"F5": 1199, "F15": 10002}),
    ]:
        path = folder / f"{name}.toml"
        path.write_text(with_changes((examples / file).read_text(), *changes))
        changed = {(ORDERS, cell): value for cell, value in cells.items()}
        yield Case(name, ["quote", examples / file], changed, ["quote", path])


def type_in(path, changes):
    """Types numbers into cells, and takes every saved result out."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    names = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"].decode())
    for index, name in enumerate(names, 1):
        part = f"xl/worksheets/sheet{index}.xml"
        text = re.sub(r"(<c [^>]*?)(?: t=\"str\")?(><f>.*?</f>)<v>.*?</v>", r"\1\2", parts[part].decode())
        for (sheet, cell), value in changes.items():
            if sheet == name:
                pattern = rf'<c r="{cell}"( s="\d+")(?:/>|><v>[^<]*</v></c>)'
                text, times = re.subn(pattern, rf'<c r="{cell}"\1><v>{value}</v></c>', text)
                assert times == 1, f"{path.name}: {sheet}!{cell} was not found"
        parts[part] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)


def recalculate(paths, folder):
    """Every sheet of every workbook as CSV, with numbers in full."""
    sheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", sheets,
         "--outdir", str(folder), *map(str, paths)],
        check=True, capture_output=True, timeout=600)


def rows(folder, case, sheet):
    with open(folder / f"{case.name}-{sheet}.csv", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def same(case, what, shown, expected):
    """An amount that the JSON leaves out is a word in the workbook."""
    if expected is None:
        right = shown in (OPEN, INCOMPLETE)
    else:
        try:
            right = abs(Decimal(shown) - Decimal(expected)) < Decimal("0.0000001")
        except ArithmeticError:
            right = False
    if not right:
        print(f"{case.name}: {what}: the workbook says {shown!r}, the program {expected!r}")
    return right


def compare(case, folder):
    quote = json.loads(run(*case.expected, "--format", "json"))
    table = rows(folder, case, "Summary")
    header = table[4]
    column = {title: index for index, title in enumerate(header)}
    checks = []

    def check(what, row, title, expected):
        checks.append(same(case, f"{what}, {title}", row[column[title]], expected))

    for number, (row, order) in enumerate(zip(table[5:], quote["orders"]), 1):
        check(f"order {number}", row, "Amount a year", order["annual"])
        check(f"order {number}", row, "List price", order["list_price"])
        check(f"order {number}", row, "Payable", order["payable"])
        check(f"order {number}", row, "Term, days", order["term"]["total_days"])
    by_label = {row[column["School"]]: row for row in table[5 + len(quote["orders"]):]}
    totals = quote["totals"]
    confirmed = [order for order in quote["orders"] if order["status"] == "confirmed"]
    for title, key in (("List price", "list_price"), ("Payable", "payable")):
        whole = all(order[key] is not None for order in confirmed)
        check("total", by_label["Total"], title, totals[key] if whole else None)
        check("priced part", by_label["Of it, with a price"], title, totals[key])
    check("total", by_label["Total"], "Waiver", totals["waived"])
    check("unconfirmed", by_label["Unconfirmed, not in the total"], "Payable", totals["unconfirmed"])
    complete = "complete" if totals["complete"] else "incomplete"
    checks.append(by_label["Total"][column["Remark"]] == complete)
    checks += compare_shares(case, folder, quote)
    checks += compare_lines(case, folder, quote)
    return checks


def compare_shares(case, folder, quote):
    groups = [order for order in quote["orders"] if len(order["members"]) > 1]
    if not groups:
        return []
    shown = iter(rows(folder, case, "Shares")[4:])
    checks = []
    for order in groups:
        checks.append(same(case, "shared", next(shown)[5], order["payable"]))
        for member in order["members"]:
            checks.append(same(case, f"share of {member['code']}", next(shown)[5], member["share"]))
    return checks


def compare_lines(case, folder, quote):
    """The accounts that are priced in each band, in the order of the lines."""
    table = rows(folder, case, "Items")
    checks = []
    for index, order in enumerate(quote["orders"]):
        shown = []
        for row in table[6 + 3 * index : 8 + 3 * index]:
            bands = row[8 : table[3].index("Negotiated CNY/year")]
            shown += [int(count) for count in bands if count not in ("", "0")]
        right = shown == [line["count"] for line in order["lines"]]
        if not right:
            print(f"{case.name}: order {index + 1}: the workbook has lines of {shown}")
        checks.append(right)
    return checks


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        todo = list(cases(folder))
        paths = []
        for case in todo:
            path = folder / f"{case.name}.xlsx"
            run(*case.arguments, "--output", path)
            type_in(path, case.changes)
            paths.append(path)
        recalculate(paths, folder)
        checks = [check for case in todo for check in compare(case, folder)]
    wrong = checks.count(False)
    print(f"{len(todo)} workbooks, {len(checks)} amounts compared, {wrong} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
