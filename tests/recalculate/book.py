"""Workbooks that LibreOffice computes again."""

import csv
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Callable

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
CARD_TEXT = (ROOT / "tiers/wecom-2022-05-16.toml").read_text()
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/debug/wxlicense")
ORDERS, CARD = "Orders", "Rate card"
OPEN, INCOMPLETE = "to negotiate", "incomplete"


@dataclass
class Case:
    """A workbook of `arguments`, in which `changes` are typed, {(sheet, cell): number}, and what `check` compares it
    with: the answers in JSON to the arguments `expected`."""

    name: str
    arguments: list
    check: Callable
    changes: dict = field(default_factory=dict)
    expected: list = None

    def answer(self):
        return json.loads(run(*(self.expected or self.arguments), "--format", "json"))


def run(*arguments):
    done = subprocess.run([PROGRAM, "--lang", "en", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


def with_changes(text, *changes):
    for old, new in changes:
        assert old in text, f"{old!r} is not in the text"
        text = text.replace(old, new, 1)
    return text


def cell_content(value):
    """The rest of a cell: nothing, a text, or a number."""
    if value is None:
        return "/>"
    try:
        Decimal(str(value))
        return f"><v>{value}</v></c>"
    except ArithmeticError:
        return f' t="inlineStr"><is><t>{value}</t></is></c>'


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
                pattern = rf'<c r="{cell}"( s="\d+")(?: t="s")?(?:/>|><v>[^<]*</v></c>)'
                text, times = re.subn(pattern, rf'<c r="{cell}"\1{cell_content(value)}', text)
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


def sheet(folder, case, name):
    """The rows of a sheet; its title and hints are the first."""
    with open(folder / f"{case.name}-{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


class Table:
    """The rows below a header, read by the titles of its columns."""

    def __init__(self, rows, header):
        self.column = {title: index for index, title in enumerate(rows[header])}
        self.rows = rows[header + 1 :]

    def at(self, row, title):
        return self.rows[row][self.column[title]]

    def labelled(self, title, label):
        """The row with this label in this column."""
        return next(index for index, row in enumerate(self.rows) if row[self.column[title]] == label)


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


def says(case, shown, expected):
    if shown != expected:
        print(f"{case.name}: the workbook says {shown!r}, not {expected!r}")
    return shown == expected
