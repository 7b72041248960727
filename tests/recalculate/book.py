"""Workbooks: made by the program, typed into, computed again by a spreadsheet program, and read."""

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Callable

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
CARD_TEXT = (ROOT / "tiers/wecom-2022-05-16.toml").read_text()
# A changed rule may be what an alternative of the card says already.
WITHOUT_ALTERNATIVES = CARD_TEXT[: CARD_TEXT.index("[[alternative]]")]
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/debug/wxlicense")
ORDERS, PAYMENTS, CARD = "Orders", "Payments", "Rate card"
OPEN, INCOMPLETE = "to negotiate", "incomplete"


@dataclass
class Case:
    """A workbook of `arguments`, in which `changes` are typed, {(sheet, cell): content}, and a `check` of the computed
    workbook against the answer in JSON to the arguments `expected`."""

    name: str
    arguments: list
    check: Callable
    changes: dict = field(default_factory=dict)
    expected: list = None
    language: str = "en"

    def make(self, path):
        run(*self.arguments, "--lang", self.language, "--output", path)

    def answer(self):
        return json.loads(run(*(self.expected or self.arguments), "--lang", "en", "--format", "json"))


def run(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)
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


def type_in(path, changes, typed):
    """Writes a copy of a workbook with what is typed into its cells, and without any result of a formula."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    names = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"].decode())
    for index, name in enumerate(names, 1):
        part = f"xl/worksheets/sheet{index}.xml"
        text = re.sub(r"(<c [^>]*?)(?: t=\"str\")?(><f>.*?</f>)<v>.*?</v>", r"\1\2", parts[part].decode())
        for (sheet, cell), value in changes.items():
            if sheet == name:
                pattern = rf'<c r="{cell}"( s="\d+")[^>/]*(?:/>|>.*?</c>)'
                text, times = re.subn(pattern, rf'<c r="{cell}"\1{cell_content(value)}', text)
                assert times == 1, f"{path.name}: {sheet}!{cell} was not found"
        parts[part] = text.encode()
    with zipfile.ZipFile(typed, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)


# LibreOffice leaves out the last of a few hundred files without a word.
AT_ONCE = 100


def libreoffice(paths, folder):
    """Computes workbooks with LibreOffice and writes them into a folder."""
    for start in range(0, len(paths), AT_ONCE):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx",
             "--outdir", str(folder), *map(str, paths[start : start + AT_ONCE])],
            check=True, capture_output=True, timeout=1800)


def gnumeric(paths, folder):
    """Computes workbooks with Gnumeric and writes them into a folder."""

    def compute(path):
        subprocess.run(["ssconvert", "--recalc", str(path), str(folder / path.name)],
                       check=True, capture_output=True, timeout=120)

    with ThreadPoolExecutor() as pool:
        list(pool.map(compute, paths))


ENGINES = (libreoffice, gnumeric)
COMMANDS = {"soffice": "libreoffice-calc", "ssconvert": "gnumeric"}


def require_engines():
    missing = [package for command, package in COMMANDS.items() if not shutil.which(command)]
    if missing:
        sys.exit(f"workbooks are computed by both LibreOffice and Gnumeric: apt-get install {' '.join(missing)}")


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Workbook:
    """The values of a workbook by sheet, as texts: {(row, column): value}, both from zero."""

    def __init__(self, path, label):
        self.label = label
        with zipfile.ZipFile(path) as book:
            strings = []
            if "xl/sharedStrings.xml" in book.namelist():
                strings = [text_of(item) for item in xml.fromstring(book.read("xl/sharedStrings.xml"))]
            parts = {relation.get("Id"): relation.get("Target").removeprefix("/xl/")
                     for relation in xml.fromstring(book.read("xl/_rels/workbook.xml.rels"))}
            self.sheets = {
                sheet.get("name"): values(xml.fromstring(book.read(f"xl/{parts[sheet.get(RELATION)]}")), strings)
                for sheet in xml.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
            }

    def rows(self, name):
        """The rows of a sheet; its title and hints are the first."""
        cells = self.sheets[name]
        last_row, last_column = (max(position[axis] for position in cells) for axis in (0, 1))
        return [[cells.get((row, column), "") for column in range(last_column + 1)] for row in range(last_row + 1)]


def values(sheet, strings):
    found = {}
    for cell in sheet.iter(f"{MAIN}c"):
        value = cell.find(f"{MAIN}v")
        text = text_of(cell) if cell.get("t") == "inlineStr" else value.text if value is not None else None
        if text:
            found[position(cell.get("r"))] = strings[int(text)] if cell.get("t") == "s" else text
    return found


def text_of(element):
    """The text of a string, without its readings in another script."""
    runs = [run for run in element if run.tag in (f"{MAIN}t", f"{MAIN}r", f"{MAIN}is")]
    return "".join((run.text or "") if run.tag == f"{MAIN}t" else text_of(run) for run in runs)


def position(name):
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(row) - 1, column - 1


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


def equal(shown, expected):
    """Whether two amounts are the same number, or the same text."""
    try:
        return abs(Decimal(shown) - Decimal(expected)) < Decimal("0.0000001")
    except ArithmeticError:
        return shown == expected


def same(book, what, shown, expected):
    """An amount that the JSON leaves out is a word in the workbook."""
    right = shown in (OPEN, INCOMPLETE) if expected is None else equal(shown, expected)
    return said(right, f"{book.label}: {what}", shown, expected)


def says(book, shown, expected):
    return said(shown == expected, book.label, shown, expected)


def is_incomplete(name, header, label):
    """The check that the total of a sheet says so."""

    def check(case, book):
        table = Table(book.rows(name), header)
        return [says(book, table.at(table.labelled(label, "Total"), "Remark"), "incomplete")]

    return check


def said(right, what, shown, expected):
    if not right:
        print(f"{what}: the workbook says {shown!r}, not {expected!r}")
    return right
