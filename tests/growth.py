#!/usr/bin/env python3
"""Measures how the cost of each command grows with its input, at doublings from 100 up.

usage: tests/growth.py PROGRAM [--most N] [--seconds S] [SHAPE...]
       tests/growth.py PROGRAM --bound [SHAPE...]

The first prints processor time for each shape of input and each command, up to N (100 000) or until a run takes more than S
(10) seconds, and the exponent between the last two sizes that took 50 ms or more. The second counts instructions with valgrind at
200, 400 and 800, which load does not change, and takes the exponent of what is added. Where it is above 1.2 it counts again at 800,
1,600 and 3,200: a step, such as that of a table too wide for the terminal, is not growth. It fails where that is above 1.2 as well.
"""

import argparse
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BOUND, SIZES, BEYOND_A_STEP = 1.2, (200, 400, 800), (800, 1600, 3200)

HEAD = 'date = 2023-06-01\nterm = { years = 1 }\n'
CHARGED = '[[school.app]]\nid = "app"\nname = "审批"\nkind = "agency"\nauthorized = 2022-11-18T10:00:00\n'


def school(code, extra="", basic=150, rest=""):
    return f'[[school]]\ncode = "{code}"\nname = "示例学校{code}"\nbasic = {basic}\ninterop = {code % 9}\n{extra}{rest}'


def day(index):
    """Returns a day of the months from 2022-06 to 2023-05, for any index."""
    month = index % 12 + 5
    return f"{2022 + month // 12}-{month % 12 + 1:02}-{index // 12 % 28 + 1:02}"


def purchase(index, paid="2022-11-10", activated=True):
    activated = f"activated = {paid}\n" if activated else ""
    return f'[[school.purchase]]\npaid = {paid}\n{activated}basic = {1 + index % 5}\nterm = {{ years = 1 }}\n'


def headcounts(count):
    months = ((2023 + (6 + index) // 12, (6 + index) % 12 + 1) for index in range(count))
    return "".join(f"[[school.headcount]]\nfrom = {year}-{month:02}-01\nbasic = {10 + index % 7}\ninterop = 1\n"
                   for index, (year, month) in enumerate(months))


def group(size, rest=""):
    members = (school(code, 'upstream = "1"\n', 10 + code % 7, rest) for code in range(2, size + 1))
    return HEAD + school(1, rest=rest) + "".join(members)


SHAPES = {
    "schools": lambda n: HEAD + "".join(school(code, basic=1 + code % 400, rest=CHARGED) for code in range(1, n + 1)),
    "members": lambda n: group(n, purchase(0)),
    "members with codes": lambda n: group(n, purchase(0, "2022-11-10", activated=False)),
    "members with lost codes": lambda n: group(n, purchase(0, "2022-01-10", activated=False)),
    "members with 20 headcounts": lambda n: group(n, headcounts(20)),
    "members waived alone": lambda n: HEAD.replace("2023-06-01", "2022-11-18") + school(1, rest=CHARGED) + "".join(
        school(code, 'upstream = "1"\nindustry = "教育/初等教育"\ncertification = "verified"\n', 10 + code % 7, CHARGED)
        for code in range(2, n + 1)),
    "members bought one by one": lambda n: HEAD + school(1) + "".join(
        school(code, 'upstream = "1"\n', 10, purchase(0, day(code))) for code in range(2, n + 1)),
    "lots": lambda n: HEAD + school(1, "held = [" + ", ".join(
        f'{{ type = "basic", count = {1 + lot % 5}, expires = {2024 + lot // 336 % 3}-{lot % 12 + 1:02}-{lot // 12 % 28 + 1:02} }}'
        for lot in range(n)) + "]\n", basic=5 * n),
    "purchases": lambda n: HEAD + school(1, basic=5 * n, rest="".join(purchase(one, day(one)) for one in range(n))),
    "headcounts": lambda n: HEAD + school(1, rest="".join(
        f"[[school.headcount]]\nfrom = {2023 + (151 + one) // 336}-{(151 + one) // 28 % 12 + 1:02}-{(151 + one) % 28 + 1:02}\n"
        f"basic = {150 + one % 50}\ninterop = 5\n" for one in range(336, 336 + n))),
    "apps": lambda n: HEAD + school(1, rest="".join(CHARGED.replace('"app"', f'"app{one}"') for one in range(n))),
    "name": lambda n: HEAD + school(1).replace("示例学校", "校" * n),
    "unbroken name": lambda n: HEAD + school(1).replace("示例学校", "a" * n),
    "unknown keys": lambda n: HEAD + school(1, "".join(f"basik{one} = 1\n" for one in range(n))),
    "long unknown key": lambda n: HEAD + school(1, f"{'basic' * n} = 1\n"),
    "long unknown word": lambda n: HEAD + school(1, f'certification = "{"certified" * n}"\n'),
}

PLANS = ["quote", "check", "status", "calendar --to 2026-01-01", "budget --years 3"]
FORMS = ["quote --format " + form for form in ("json", "csv", "markdown", "html", "xlsx")]
FORMS += ["budget --years 3 --format " + form for form in ("json", "csv", "html", "xlsx")]
COMMANDS = {name: PLANS for name in SHAPES}
COMMANDS["schools"] = PLANS + FORMS + ["compare --set 1.basic=7"]
COMMANDS["name"] = COMMANDS["unbroken name"] = ["quote", "status", "quote --format html", "quote --format xlsx"]
COMMANDS["unknown keys"] = COMMANDS["long unknown key"] = COMMANDS["long unknown word"] = ["check"]


def command_line(program, command, plan, folder):
    name, *flags = command.split()
    if "xlsx" in flags:
        flags[flags.index("--format"):flags.index("xlsx") + 1] = ["-o", f"{folder}/out.xlsx", "--force"]
    return [program, name, str(plan), *flags]


def plan_of(shape, size, folder):
    plan = Path(folder) / "plan.toml"
    plan.write_text(SHAPES[shape](size))
    return plan


def run(words, seconds=600):
    """Returns processor time in seconds; `None` if the run takes too long, or the plan is larger than any may be."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(words, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    if b"larger than 16 MB" in done.stderr:
        return None
    # A plan with an unknown word is refused.
    refused = done.returncode == 2 and words[1] == "check"
    if done.returncode not in (0, 1) and not refused or b"panicked" in done.stderr:
        sys.exit(f"{' '.join(words)}: status {done.returncode}\n{done.stderr.decode()[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def instructions(words):
    # Without a cache to simulate, it counts in half the time that callgrind takes.
    valgrind = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", *words]
    done = subprocess.run(valgrind, capture_output=True, text=True)
    found = re.search(r"I +refs: +([0-9,]+)", done.stderr)
    if not found or done.returncode not in (0, 1, 2) or "panicked" in done.stderr:
        raise RuntimeError(f"{' '.join(words)}\n{done.stderr[-2000:]}")
    return int(found[1].replace(",", ""))


def growth(program, shape, command):
    """Returns the exponent of what is added, and the instructions that it is taken from."""
    for sizes in (SIZES, BEYOND_A_STEP):
        with tempfile.TemporaryDirectory() as folder:
            found = [instructions(command_line(program, command, plan_of(shape, size, folder), folder)) for size in sizes]
        first, second = found[1] - found[0], found[2] - found[1]
        exponent = math.log2(second / first) if first > 0 and second > 0 else 0
        if exponent <= BOUND:
            break
    return exponent, found


def table(options, folder):
    for shape in options.shapes:
        for command in COMMANDS[shape]:
            size, times = 100, []
            while size <= options.most:
                words = command_line(options.program, command, plan_of(shape, size, folder), folder)
                seconds = run(words, options.seconds * 3)
                if seconds is None:
                    times.append((size, math.inf))
                    break
                times.append((size, seconds))
                if seconds > options.seconds:
                    break
                size *= 2
            slow = [seconds for _, seconds in times if seconds >= 0.05]
            exponent = f"{math.log2(slow[-1] / slow[-2]):.2f}" if len(slow) > 1 else ""
            shown = " ".join(f"{size}:{seconds:.2f}" for size, seconds in times)
            print(f"{shape:<28} {command:<34} {exponent:>5}  {shown}", flush=True)


def bound(options):
    wrong = []
    rows = [(shape, command) for shape in options.shapes for command in COMMANDS[shape]]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for (shape, command), (exponent, found) in zip(rows, pool.map(lambda row: growth(options.program, *row), rows)):
            note = "ABOVE THE BOUND" if exponent > BOUND else ""
            shown = " ".join(f"{count:,}" for count in found)
            print(f"{shape:<28} {command:<34} {exponent:5.2f}  {shown}  {note}".rstrip(), flush=True)
            wrong += [f"{shape}: {command}"] if note else []
    return f"exponent above {BOUND}: {'; '.join(wrong)}" if wrong else None


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1])
    parser.add_argument("program")
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--bound", action="store_true")
    parser.add_argument("shapes", nargs="*")
    options = parser.parse_intermixed_args()
    options.shapes = options.shapes or list(SHAPES)
    if options.bound:
        return bound(options)
    with tempfile.TemporaryDirectory() as folder:
        return table(options, folder)


if __name__ == "__main__":
    sys.exit(main())
