#!/usr/bin/env python3
"""Prints how much of each module the tests run, from what `cargo llvm-cov report --json --summary-only` writes.

usage: tests/coverage.py SUMMARY [--files N]

With --files it lists the N files with most lines that no test runs.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1])
    parser.add_argument("summary", type=Path)
    parser.add_argument("--files", type=int, default=0)
    options = parser.parse_args()
    modules, files = defaultdict(lambda: [0, 0, 0, 0]), []
    for file in json.loads(options.summary.read_text())["data"][0]["files"]:
        path = Path(file["filename"]).relative_to(ROOT)
        if path.parts[0] != "src" or is_test(path):
            continue
        lines, functions = file["summary"]["lines"], file["summary"]["functions"]
        found = (lines["count"], lines["covered"], functions["count"], functions["covered"])
        for name in (module(path), "all"):
            modules[name] = [a + b for a, b in zip(modules[name], found, strict=True)]
        files.append((lines["count"] - lines["covered"], str(path), lines["percent"]))
    print("| module | lines | run by tests | functions | run by tests |\n|---|---|---|---|---|")
    for name, (lines, run, functions, called) in sorted(modules.items(), key=lambda item: (item[0] == "all", item[0])):
        print(f"| {name} | {lines:,} | {100 * run / lines:.1f} % | {functions:,} | {100 * called / functions:.1f} % |")
    for missing, path, percent in sorted(files, reverse=True)[: options.files]:
        print(f"{missing:5} lines of {path} ({percent:.1f} % run)")


def module(path):
    return path.parts[1].removesuffix(".rs")


def is_test(path):
    return "tests" in path.with_suffix("").parts


main()
