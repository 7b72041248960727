"""Compares the program with an independent computation of random plans.

    python3 tests/oracle PROGRAM [--plans N] [--seed S] [--keep FOLDER]
    python3 tests/oracle PROGRAM PLAN...

Written from docs/rules.md, docs/schedule.md and docs/plan.md alone. A plan here is one payer with its group; many stand in one
file, each with its own facts. Ends with status 1 at a difference, which is shown with the plan that causes it.
"""

import argparse
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import compare
import generate

PAYERS_OF_A_FILE = 20


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", help="folder for the plans that differ")
    parser.add_argument("--most", type=int, default=10, help="differences to show")
    options = parser.parse_args()
    if options.files:
        texts = [Path(file).read_text() for file in options.files]
    else:
        rngs = [random.Random(f"{options.seed}/{n}") for n in range(-(-options.plans // PAYERS_OF_A_FILE))]
        texts = (generate.plan(rng, PAYERS_OF_A_FILE) for rng in rngs)
    checked = compare.Tally()
    differing = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        for number, (text, tally, differences) in enumerate(pool.map(lambda t: compare.check(options.program, t), texts)):
            checked.add(tally)
            if differences:
                differing += 1
                if options.keep:
                    Path(options.keep, f"{options.seed}-{number}.toml").write_text(text)
                if differing <= options.most:
                    print(f"plan {options.seed}/{number}:", *differences[: options.most], sep="\n  ")
    print(checked)
    if differing:
        sys.exit(f"{differing} plans differ")


main()
