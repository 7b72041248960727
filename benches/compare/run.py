#!/usr/bin/env python3
"""Times `wxlicense batch` beside what does the same in other ways, on the same two cores and the same rows.

usage: benches/compare/run.py [ROWS...]      as 10000 5000000; see benches/README.md

Runs in a Python of `benches/compare/run`, which builds and installs what is needed. Every engine prices the same file; all
outputs must be the same bytes, or the run fails. Repetitions are interleaved; a ratio is the median of the ratios within
a repetition. FOLDER (default /dev/shm) holds the files, REPEAT is the number of repetitions (default 5), CORES the two cores.
"""

import filecmp
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent.parent / "target")) / "release"
PROGRAM, ROWS = os.environ.get("PROGRAM", TARGET / "wxlicense"), TARGET / "compare_rows"
CORES = os.environ.get("CORES", "0,1")
REPEAT = int(os.environ.get("REPEAT", 5))
FOLDER = os.environ.get("FOLDER", "/dev/shm")
ENGINES = os.environ.get("ENGINES", "batch,polars,duckdb,copy,decimal").split(",")
# Python's decimal takes about 5 µs a row: of more rows than these it prices the first.
MOST_DECIMAL = 200_000


def pinned(command, **options):
    return subprocess.Popen(["taskset", "-c", CORES, *map(str, command)], **options)


def whole(command, accept):
    """Runs a command; returns its seconds and its peak of memory in KB."""
    begun = time.perf_counter()
    process = pinned(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    if code not in accept:
        sys.exit(f"{command}: status {code}\n{errors.decode()}")
    return seconds, usage.ru_maxrss


def engine(name, source, output):
    """Prices a file; returns seconds, and the peak of memory in KB."""
    output.unlink(missing_ok=True)
    if name == "batch":
        return whole([PROGRAM, "batch", source, "-o", output], (0,))
    if name == "copy":
        return whole([ROWS, "copy", source, output], (0,))
    process = pinned([sys.executable, HERE / "engines.py", name, source, output, PROGRAM], stdout=subprocess.PIPE, text=True,
                     env={**os.environ, "POLARS_MAX_THREADS": str(len(CORES.split(",")))})
    told, _ = process.communicate()
    if process.returncode:
        sys.exit(f"{name}: status {process.returncode}")
    seconds, memory = told.split()
    return float(seconds), int(memory)


def measure(rows, folder):
    source = folder / "rows.csv"
    with open(source, "wb") as file:
        subprocess.run([str(ROWS), "generate", str(rows)], stdout=file, check=True)
    few = folder / "few.csv"
    with open(source, "rb") as file, open(few, "wb") as head:
        head.writelines(line for line, _ in zip(file, range(min(rows, MOST_DECIMAL) + 1)))
    times = {name: [] for name in ENGINES}
    memory = dict.fromkeys(ENGINES, 0)
    for turn in range(REPEAT):
        for name in ENGINES:
            output = folder / f"{name}.csv"
            part = few if name == "decimal" else source
            if name == "decimal" and turn > 0 and rows > MOST_DECIMAL:
                continue
            seconds, peak = engine(name, part, output)
            scale = 1 if part is source else rows / min(rows, MOST_DECIMAL)
            times[name].append(seconds * scale)
            memory[name] = max(memory[name], peak)
            if name not in ("batch", "copy") and turn == 0:
                compare(folder, name, part, few)
            if name != "batch":
                output.unlink()
    print(f"\n{rows} rows, {source.stat().st_size / 1e6:.1f} MB in, {(folder / 'batch.csv').stat().st_size / 1e6:.1f} MB out")
    for name in ENGINES:
        took, own = times[name], times["batch"]
        ratios = [other / one for other, one in zip(took, own)]
        print(f"  {name:8} {statistics.median(took):9.3f} s ({min(took):.3f} to {max(took):.3f}), {rows / statistics.median(took) / 1e6:7.2f} "
              f"million rows/s, {statistics.median(ratios):7.2f} times batch ({min(ratios):.2f} to {max(ratios):.2f}), {memory[name] / 1000:.0f} MB")
    sys.stdout.flush()


def compare(folder, name, part, few):
    """Ends the run unless an engine has written what `batch` has."""
    expected = folder / "batch.csv"
    if part is few:
        expected = folder / "batch-few.csv"
        engine("batch", few, expected)
    if not filecmp.cmp(expected, folder / f"{name}.csv", shallow=False):
        sys.exit(f"{name} has written something else than batch: {folder}")


def main(sizes):
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    print(f"{model}, cores {CORES}, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, files in {FOLDER}")
    print(", ".join(f"{name} {version(name)}" for name in ("duckdb", "polars")))
    for rows in sizes:
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            measure(rows, Path(folder))


if __name__ == "__main__":
    main([int(rows) for rows in sys.argv[1:]] or [10_000, 100_000, 1_000_000, 5_000_000, 50_000_000])
