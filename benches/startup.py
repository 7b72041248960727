#!/usr/bin/env python3
"""Writes build/startup.txt: the functions that a short command runs, in the order in which they first run.

    benches/startup.py                     # builds the program with its symbols in target/startup, and runs it under callgrind

The linker puts them together (build/link.rs), so that a short command touches few pages of the program. The hash that ends a
symbol changes with the compiler, so it is left open; where that makes one line of too many functions, they are left out.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

COMMANDS = [
    ["quote", "--basic", "150"],
    ["quote", "examples/campus-2022.toml"],
    ["status", "examples/purchases.toml"],
    ["check", "examples/campus-2022.toml"],
    ["--version"],
]
# Of one line: more functions or bytes than these are mostly of no use at the start.
MOST_FUNCTIONS, MOST_BYTES = 60, 80_000
ROOT = Path(__file__).resolve().parent.parent


def main():
    program = build()
    sizes = sizes_of_functions(program)
    functions_of = {}
    for function in sizes:
        functions_of.setdefault(line_of(function), []).append(function)
    lines, total = [], 0
    for function in dict.fromkeys(run for command in COMMANDS for run in functions_run(program, command)):
        line = line_of(function)
        functions = functions_of.get(line, [])
        size = sum(sizes[one] for one in functions)
        is_rust = function.startswith(("_ZN", "_R"))
        if not functions or not is_rust or line in lines or len(functions) > MOST_FUNCTIONS:
            continue
        if len(functions) > 2 and size > MOST_BYTES:
            continue
        lines.append(line)
        total += size
    head = "# The functions of a short command, as they first run. Written by benches/startup.py; see build/link.rs.\n"
    (ROOT / "build/startup.txt").write_text(head + "".join(f"{line}\n" for line in lines))
    print(f"{len(lines)} lines, {total} bytes of {sum(sizes.values())}")


def build():
    folder = ROOT / "target/startup"
    environment = {**os.environ, "CARGO_TARGET_DIR": str(folder), "CARGO_PROFILE_RELEASE_STRIP": "none"}
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, env=environment, check=True)
    return folder / "release/wxlicense"


def sizes_of_functions(program):
    listed = subprocess.run(["nm", "-S", program], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in listed.splitlines())
    return {row[3]: int(row[1], 16) for row in rows if len(row) == 4 and row[2] in "tTwW"}


def functions_run(program, command):
    profile = ROOT / "target/startup/callgrind.out"
    callgrind = ["valgrind", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={profile}"]
    done = subprocess.run([*callgrind, program, *command], cwd=ROOT, capture_output=True)
    if done.returncode > 1:
        sys.exit(done.stderr.decode())
    for line in profile.read_text().splitlines():
        if found := re.match(r"c?fn=\(\d+\) (\S+)", line):
            yield re.sub(r"'\d+$", "", found[1])


def line_of(function):
    function = re.sub(r"\.llvm\.\d+$", "", function)
    function = re.sub(r"17h[0-9a-f]{16}E", "17h*", function)
    return re.sub(r"Cs[0-9A-Za-z]+_(?=\d)", "Cs*_", function)


if __name__ == "__main__":
    main()
