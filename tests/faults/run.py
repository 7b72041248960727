"""Runs a command under a fault, and checks how it ends and what it leaves behind."""

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

LIMIT = 60
"""Seconds after which a command hangs."""

NOT_STARTED = (127, b"error while loading shared libraries")
"""How the system's loader ends where the program has not begun."""


@dataclass
class Ended:
    """How a command ended."""

    status: int
    stderr: bytes
    stdout: bytes = b""

    @property
    def has_started(self):
        status, words = NOT_STARTED
        return not (self.status == status and words in self.stderr)


@dataclass
class Row:
    """What a fault came to: a line of the table."""

    fault: str
    runs: int = 0
    answered: int = 0
    refused: int = 0
    signalled: int = 0
    not_started: int = 0
    wrong: list = field(default_factory=list)
    skipped: str = ""

    def count(self, ended):
        self.runs += 1
        if not ended.has_started:
            self.not_started += 1
        elif ended.status < 0:
            self.signalled += 1
        elif ended.status == 2:
            self.refused += 1
        else:
            self.answered += 1


class Folder:
    """A working folder of one run, removed afterwards."""

    def __init__(self, base):
        self.path = Path(tempfile.mkdtemp(dir=base))
        self.path.chmod(0o777)

    def __enter__(self):
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


def start(program, arguments, folder, **options):
    """Starts the program; a stream that is not given is a pipe, or for input nothing."""
    options.setdefault("stdin", subprocess.DEVNULL)
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    env = options.pop("env", {})
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "RUST_BACKTRACE": "0"} | env
    environment = {name: value for name, value in environment.items() if value is not None}
    return subprocess.Popen([program, *arguments, "--lang", "en"], cwd=folder, env=environment, **options)


def run(program, arguments, folder, **options):
    """Runs the program to its end."""
    process = start(program, arguments, folder, **options)
    return ended(process)


def ended(process):
    try:
        stdout, stderr = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return Ended(status=-signal.SIGXCPU, stderr=b"it hangs")
    return Ended(process.returncode, stderr or b"", stdout or b"")


def content(path):
    """Returns a file's bytes, or those of a folder's files by name; `None` where there is nothing."""
    if path.is_dir():
        return {entry.name: entry.read_bytes() for entry in sorted(path.iterdir())}
    return path.read_bytes() if path.exists() else None


def are_whole(found, whole):
    """Returns true if every file of a folder is whole, temporary ones aside."""
    return all(whole.get(name) == data for name, data in found.items() if not name.startswith("."))


def leftovers(folder):
    """Returns the names of temporary files and folders, in a folder and below it."""
    return sorted(entry.name for entry in folder.rglob(".wxlicense-*"))


def judge(case, ended, folder, whole, *, old=None, by=(), silent=False, may_leave=False):
    """Returns what is wrong with how a case ended. `whole` is what it writes without a fault, by name, `old` what was there
    before, `by` the signals that may end it; `silent` where standard error cannot be read."""
    wrong = []
    if not ended.has_started:
        return wrong
    statuses = {case.status, 2} | {-int(number) for number in by}
    if ended.status not in statuses:
        wrong.append(f"status {ended.status}")
    if b"panicked" in ended.stderr:
        wrong.append("a panic")
    if ended.status == 2 and not ended.stderr.strip() and not silent:
        wrong.append("no message")
    for name in case.outputs:
        found = content(folder / name)
        if found == whole[name] and (ended.status == case.status or by):
            continue
        if found == old and ended.status != case.status:
            continue
        if case.shared and by and ended.status != case.status and are_whole(found, whole[name]):
            continue
        wrong.append(f"{name} is {'missing' if found is None else 'not whole' if found != whole[name] else 'there'}")
    left = [] if may_leave else leftovers(folder)
    if left:
        wrong.append(f"left behind: {', '.join(left)}")
    return [f"{text}: {ended.stderr.decode(errors='replace').strip()[:200]}" for text in wrong]
