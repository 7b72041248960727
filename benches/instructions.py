#!/usr/bin/env python3
"""Counts instructions with valgrind's callgrind, and compares them with benches/instructions.toml.

usage: benches/instructions.py PROGRAM [--renew]

PROGRAM is the released program. Whole commands are counted, and what one row or school more takes: the difference of two runs, which
is free of the start. Status 1 if a count has risen by more than 5 % over the baseline. A count that has fallen by as much is
reported: renew the baseline, so that it cannot rise again unseen.

Counts depend on the compiler, the C library and the processor's extensions. Where these are not those of the baseline, a
change is measured against the median change of all counts, and may be 25 %: that still finds what has become slow alone.
"""

import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

BASELINE = Path(__file__).with_name("instructions.toml")
ALLOWED, ALLOWED_ELSEWHERE = 0.05, 0.25

# Whole commands, in the folder of the repository.
COMMANDS = [
    "--version",
    "quote --basic 150",
    "quote examples/campus-2022.toml",
    "check examples/campus-2022.toml",
    "budget examples/purchases.toml --years 3",
    "batch ROWS --threads 1",
]

# What one row or school more takes: a price, an itemised price, reading a plan, its quote, its budget.
ONE_MORE = [
    "batch ROWS --threads 1",
    "batch ROWS --threads 1 --items",
    "check SCHOOLS",
    "quote SCHOOLS --format json",
    "budget SCHOOLS --years 3 --format json",
]

ROWS, SCHOOLS = (10_000, 20_000), (100, 200)


def instructions(command, folder):
    """Runs a command, and returns the number of instructions of all its threads."""
    environment = {"PATH": os.environ["PATH"], "LANG": "C", "COLUMNS": "100"}
    valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/counts", *command]
    run = subprocess.run(valgrind, capture_output=True, text=True, env=environment)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not found:
        sys.exit(f"{' '.join(command)}: status {run.returncode}\n{run.stderr}")
    return int(found[1])


def write_inputs(folder):
    """Writes tables and plans of both sizes, and returns their paths by the word that stands for them."""
    paths = []
    for rows, schools in zip(ROWS, SCHOOLS):
        table, plan = Path(folder) / f"rows-{rows}.csv", Path(folder) / f"schools-{schools}.toml"
        numbers = (f"{row},{1 + row % 9973},{row % 331},12\n" for row in range(rows))
        table.write_text("code,basic,interop,months\n" + "".join(numbers))
        members = (f'[[school]]\ncode = "{code}"\nname = "School {code}"\nbasic = {1 + code * 7 % 400}\ninterop = {code % 9}\n'
                   for code in range(1000, 1000 + schools))
        plan.write_text("date = 2022-11-18\n" + "".join(members))
        paths.append({"ROWS": str(table), "SCHOOLS": str(plan)})
    return paths


def measure(program, folder):
    """Returns the counts by name."""
    few, many = write_inputs(folder)
    count = lambda command, paths: instructions([program, *(paths.get(word, word) for word in command.split())], folder)
    counts = {command: count(command, few) for command in COMMANDS}
    for command in ONE_MORE:
        first, last = ROWS if "ROWS" in command else SCHOOLS
        more = count(command, many) - count(command, few)
        counts[f"{command}, one more"] = round(more / (last - first))
    return counts


def environment():
    """Returns what counts depend on beside the code."""
    said = lambda *command: subprocess.run(command, capture_output=True, text=True).stdout.split("\n")[0]
    cpu = Path("/proc/cpuinfo")
    extensions = re.findall(r"\b(?:sse4_2|avx2|bmi2|erms|asimd)\b", cpu.read_text() if cpu.exists() else "")
    library = " ".join(platform.libc_ver())
    return {"rustc": said("rustc", "--version"), "c-library": library, "valgrind": said("valgrind", "--version"),
            "processor": " ".join([platform.machine(), *sorted(set(extensions))])}


def renew(found, counts):
    lines = ["# Instructions as valgrind's callgrind counts them: of whole commands, and of one row or school more.",
             "# `.ci/instructions --renew` writes this file; a rise needs its reason in the commit.", "", "[environment]"]
    lines += [f'{name} = "{value}"' for name, value in found.items()]
    lines += ["", "[instructions]"]
    lines += [f'"{name}" = {format(count, "_")}' for name, count in counts.items()]
    BASELINE.write_text("\n".join(lines) + "\n")


def compare(found, counts):
    baseline = tomllib.loads(BASELINE.read_text())
    before = baseline["instructions"]
    if before.keys() != counts.keys():
        sys.exit(f"{BASELINE.name} has other measures; write it anew with .ci/instructions --renew")
    same = baseline["environment"] == found
    allowed = ALLOWED if same else ALLOWED_ELSEWHERE
    usual = 1 if same else statistics.median(counts[name] / before[name] for name in counts)
    if not same:
        print(f"NOT the baseline's environment: changes are compared with their median, {usual:.3f}", file=sys.stderr)
        for name, value in found.items():
            print(f"  {name}: {value}; the baseline's: {baseline['environment'].get(name)}", file=sys.stderr)
    risen = []
    print(f"{'instructions':>14} {'baseline':>14} {'change':>8}")
    for name, count in counts.items():
        change = count / before[name] / usual - 1
        note = ""
        if change > allowed:
            note, risen = "RISEN", [*risen, name]
        elif change < -allowed:
            note = "fallen: record it with .ci/instructions --renew"
        print(f"{count:>14,} {before[name]:>14,} {change:>+8.1%}  {name}  {note}".rstrip())
    return f"risen by more than {allowed:.0%}: {', '.join(risen)}" if risen else None


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--renew"]
    if len(arguments) != 1:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        counts = measure(arguments[0], folder)
    if "--renew" in sys.argv:
        return renew(environment(), counts)
    return compare(environment(), counts)


if __name__ == "__main__":
    sys.exit(main())
