"""Every command that writes, under faults: `tests/faults PROGRAM [--seed N] [--only WORD]`.

Under each fault a command ends with a status of docs/commands.md, says why where it has no answer, leaves whole files under their
names or none, and no temporary ones; after a kill the next run removes those. Prints a table, and fails where one did not hold.
Standard library only; what the system does not allow is skipped with a word, and with CI=true a failure.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import faults
from commands import cases, streaming, to_devices
from run import Folder, content, judge, run


class Bench:
    """What all faults share: the program, its commands, and what they write without a fault."""

    def __init__(self, program, base, seed):
        root = Path(__file__).resolve().parents[2]
        self.base, self.seed = base, seed
        # Other users may start it here.
        self.program = str(base / "wxlicense")
        shutil.copy(program, self.program)
        os.chmod(self.program, 0o755)
        self.examples = base / "given"
        for folder in ("examples", "tests/reconcile"):
            shutil.copytree(root / folder, self.examples / folder)
        self.cases = cases(self.examples)
        self.streaming = streaming(self.examples)
        self.devices = to_devices(self.examples)
        self.whole, self.seconds = {}, {}
        for case in self.cases:
            with Folder(base) as folder:
                since = time.monotonic()
                ended = run(self.program, case.arguments, folder)
                self.seconds[case] = time.monotonic() - since
                if ended.status != case.status:
                    sys.exit(f"{case.name}: status {ended.status} without a fault: {ended.stderr.decode()}")
                self.whole[case] = {name: content(folder / name) for name in case.outputs}

    def each(self, row, jobs):
        """Runs jobs, functions of a working folder that return how a command ended and what is wrong, and counts them."""

        def one(job):
            with Folder(self.base) as folder:
                return job(folder)

        with ThreadPoolExecutor(2 * os.cpu_count()) as pool:
            for ended, name, wrong in pool.map(one, jobs):
                row.count(ended)
                row.wrong += [f"{name}: {text}" for text in wrong]
        return row

    def job(self, case, arguments=(), judged=None, prepare=None, **options):
        """Returns the job of running a case."""

        def job(folder):
            if prepare:
                prepare(folder)
            ended = run(self.program, [*case.arguments, *arguments], folder, **options)
            return ended, case.name, judge(case, ended, folder, self.whole[case], **(judged or {}))

        return job


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1, help="of the moments at which signals are sent")
    parser.add_argument("--only", default="", metavar="WORD", help="the faults with this word in their name")
    arguments = parser.parse_args()
    started = time.monotonic()
    base = Path(tempfile.mkdtemp(prefix="wxlicense-faults-"))
    base.chmod(0o755)
    try:
        bench = Bench(arguments.program, base, arguments.seed)
        rows = [fault(bench) for name, fault in faults.ALL if arguments.only in name]
    finally:
        shutil.rmtree(base, ignore_errors=True)
    return report(rows, len(bench.cases), time.monotonic() - started)


def report(rows, commands, seconds):
    print(f"{'fault':44}{'runs':>6}{'answer':>8}{'refusal':>8}{'signal':>8}{'not begun':>10}{'wrong':>7}")
    for row in rows:
        if row.skipped:
            print(f"{row.fault:44}  skipped: {row.skipped}")
        else:
            figures = f"{row.runs:6}{row.answered:8}{row.refused:8}{row.signalled:8}{row.not_started:10}"
            print(f"{row.fault:44}{figures}{len(row.wrong):7}")
    wrong = [f"{row.fault}: {text}" for row in rows for text in row.wrong]
    runs = sum(row.runs for row in rows)
    print(f"{commands} commands, {runs} runs, {len(wrong)} wrong, {seconds:.0f} s")
    for text in wrong[:40]:
        print(f"WRONG {text}", file=sys.stderr)
    skipped = any(row.skipped for row in rows) and os.environ.get("CI") == "true"
    return 1 if wrong or skipped else 0


if __name__ == "__main__":
    sys.exit(main())
