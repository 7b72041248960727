#!/usr/bin/env python3
"""Writes fuzz/seeds anew: the inputs from which each fuzz target starts and which `cargo test` replays.

They are files of examples/, tests/ and tiers/, and invented ones: texts in other encodings, sheets of workbooks, numbers.
"""

import hashlib
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "fuzz/seeds"
MOST_FILES, MOST_BYTES = 36, 4096


def found(*patterns):
    """The contents of the files of some patterns, each once, the shortest first."""
    paths = [path for pattern in patterns for path in ROOT.glob(pattern)]
    return sorted({path.read_bytes() for path in paths}, key=lambda text: (len(text), text))


def sample(contents, most=MOST_FILES):
    """At most so many of the contents, of all lengths that a fuzzer takes."""
    contents = [content for content in contents if len(content) <= MOST_BYTES]
    step = max(1, -(-len(contents) // most))
    return contents[::step]


def encoded(contents):
    """Texts, each with other signs and in another encoding."""
    forms = [
        lambda text: text.encode("utf-8"),
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
        lambda text: text.replace(",", ";").encode("gb18030"),
        lambda text: text.replace(",", "\t").encode("utf-16"),
        lambda text: text.encode("utf-16-be"),
        lambda text: ("sep=;\n" + text.replace(",", ";")).encode("utf-8"),
        lambda text: "\n".join(quoted(line) for line in text.splitlines()).encode("utf-8"),
    ]
    for index, content in enumerate(contents):
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        yield forms[index % len(forms)](text)


def quoted(line):
    return ",".join(f'"{cell}"' if '"' not in cell else cell for cell in line.split(","))


def sheet(rows):
    """The XML of a sheet; a workbook is made around it."""
    def cell(text):
        if re.fullmatch(r"\d+", text):
            return f"<c><v>{text}</v></c>"
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    body = "".join("<row>" + "".join(cell(text) for text in row) + "</row>" for row in rows)
    return f"<worksheet><sheetData>{body}</sheetData></worksheet>".encode()


def numbers(target, files, length):
    """Bytes that are the same on every run."""
    for index in range(files):
        text = b"".join(hashlib.sha256(f"{target} {index} {part}".encode()).digest() for part in range(8))
        yield text[: length + index % 7 * 9]


BATCH = [
    "code,basic,interop,months,held_basic\n1,150,0,12,0\n2,8,20,,5\n3,10001,1,7,\n4,0,0,12,0\n5,1.5万,x,12,\n",
    "months,days,basic,held_interop,interop,code\n0,31,1,0,0,a\n12,3,200,7,201,b\n,,12345678,,,c\n60,1,5,,6,d\n\n1,2\n",
    "basic;note;renewal;industry;certification;nonprofit_proof;date\n"
    "150;a b;1;教育/初等教育;certified;0;2022-11-18\n6;\"x;y\";no;;;1;2023-03-31\n 12 ;;;政府/公安;verified;;\n",
    "编码\t基础账号\t互通账号\t时长\n1\t１２０\t1,200\t1年\n2\t007\t\t6个月\n",
    "basic,remark\n5,\"first\nsecond\"\n6,a \"b\" c\n",
    "interop,date\r\n1,2022-05-15\r\n2,2022-05-16\r\n3,2022年5月16日\r\n",
]
ROSTERS = [
    "userid\nzhangsan\nlisi\nzhangsan\n\nwangwu",
    "name,userid\na,lisi\nb,\nc,x@y.z\n",
    "填写须知\n姓名,账号,工号\n甲,zhangsan,1\n乙,\"li\nsi\",2\n",
    "工号\n7\n007\n",
]
WORDS = [
    "605.00", "-1", "0.8125", "9223372036854775.807", "1e9", "¥1,200.50", "１２０", "教育/初等教育", "教育-学前教育",
    "json", "a.xlsx", "zh_CN.UTF-8", "en", "", "1.5万", "0.00005",
]

customers = found("examples/customers*.csv", "tests/diagnostics/*/customers.csv", "tests/orders/customers.csv")
rosters = found("tests/rosters/*.csv", "tests/diagnostics/*/roster.csv", "examples/wecom/rosters/*.csv")
CUSTOMERS = [["学校", "编码", "一级行业", "二级行业", "基础账号", "时长"], ["甲", "1", "教育", "初等教育", "150", "1年"], ["乙", "2", "", "", "1.5万", "45107"]]
TARGETS = {
    "plan": sample(found("examples/*.toml", "tests/diagnostics/*/plan.toml", "tests/*/plan.toml")),
    "card": found("tiers/*.toml") + sample(found("tests/cards/*.toml", "tests/diagnostics/*/card.toml"), 24),
    "words": [word.encode() for word in WORDS],
    "spreadsheet": customers + list(encoded(customers)) + [sheet(CUSTOMERS)],
    "documents": sample(found(
        "tests/wecom/*", "tests/orders/*.json", "tests/orders/*.ndjson", "tests/rosters/*.json", "tests/reconcile/*bills.ndjson",
        "tests/diagnostics/*/*.json", "examples/wecom/*.json", "examples/wecom/*.ndjson", "examples/bills/*",
    ), 24),
    "roster": rosters + list(encoded(rosters)) + [text.encode() for text in ROSTERS]
    + [sheet([["姓名", "账号", "工号"], ["甲", "zhangsan", "7"], ["乙", "lisi", "x"], ["丙", "", "7"]])],
    "batch": found("examples/batch.csv") + [text.encode() for text in BATCH] + list(encoded([text.encode() for text in BATCH] * 2)),
    "optimize": numbers("optimize", 24, 40),
    "prices": numbers("prices", 24, 60),
}

shutil.rmtree(SEEDS, ignore_errors=True)
for target, contents in TARGETS.items():
    folder = SEEDS / target
    folder.mkdir(parents=True)
    for number, content in enumerate(dict.fromkeys(contents)):
        (folder / f"{number:02}").write_bytes(content)
    sizes = [path.stat().st_size for path in folder.iterdir()]
    print(f"{target:12} {len(sizes):3} files {sum(sizes):7} bytes")
