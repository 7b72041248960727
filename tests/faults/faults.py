"""The faults: each takes the bench, runs the commands under it, and returns its row of the table."""

import glob
import os
import resource
import signal
import subprocess
from dataclasses import replace

import run as runs
from run import Row, content, judge, leftovers
from moments import ignored, killed, signalled, while_writing

PLAIN_USER = 54_321
"""Number of a user without any process; further ones follow."""


def full_stream(bench):
    """Standard output, and `-o`, are a device without room."""
    row = Row("full device: standard output")

    def job(case):
        def job(folder):
            with open("/dev/full", "wb") as full:
                ended = runs.run(bench.program, case.arguments, folder, stdout=full)
            return ended, case.name, must_be_refused(case, ended, folder)

        return job

    bench.each(row, [job(case) for case in bench.streaming])

    def to_device(case):
        def job(folder):
            ended = runs.run(bench.program, case.arguments, folder)
            return ended, case.name, must_be_refused(case, ended, folder)

        return job

    return bench.each(row, [to_device(case) for case in bench.devices])


def must_be_refused(case, ended, folder):
    wrong = judge(replace(case, outputs=()), ended, folder, {})
    if ended.status != 2:
        wrong.append(f"status {ended.status}, not 2")
    return wrong


def full_disk(bench):
    """Files may have a kilobyte, as on a disk that fills up half-way."""
    row = Row("full disk: at most 1 KB a file")

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

    return bench.each(row, [bench.job(case, preexec_fn=limit) for case in bench.cases])


def mounted(bench, row, options, prepare, then):
    """Runs each case in a folder of a file system of its own."""
    point = bench.base / "mounted"
    point.mkdir(exist_ok=True)
    made = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", point], stderr=subprocess.DEVNULL).returncode == 0
    if not made:
        row.skipped = "no file system can be mounted"
        return row
    try:
        for case in bench.cases:
            with runs.Folder(point) as folder:
                prepare(point, folder)
                if then:
                    subprocess.run(["mount", "-o", f"remount,{then}", point], check=True)
                ended = runs.run(bench.program, case.arguments, folder)
                row.count(ended)
                row.wrong += [f"{case.name}: {text}" for text in judge(case, ended, folder, bench.whole[case])]
                if then:
                    subprocess.run(["mount", "-o", "remount,rw", point], check=True)
                    if ended.status != 2:
                        row.wrong.append(f"{case.name}: status {ended.status} where nothing can be written")
            (point / "filler").unlink(missing_ok=True)
    finally:
        subprocess.run(["umount", point], check=True)
    return row


def full_tmpfs(bench):
    def fill(point, _):
        with open(point / "filler", "wb", buffering=0) as filler:
            try:
                while filler.write(bytes(4096)):
                    pass
            except OSError:
                pass
        os.truncate(point / "filler", max(0, os.path.getsize(point / "filler") - 4096))

    return mounted(bench, Row("full file system: 4 KB left"), "size=256k", fill, None)


def read_only_mount(bench):
    return mounted(bench, Row("read-only file system"), "size=4m", lambda *_: None, "ro")


def read_only_folder(bench):
    """The folder belongs to another user."""
    row = Row("read-only folder")
    if os.geteuid() != 0 and os.access("/", os.W_OK):
        row.skipped = "permissions do not bind this user"
        return row

    def job(case):
        def job(folder):
            folder.chmod(0o555)
            ended = runs.run(bench.program, case.arguments, folder, **as_plain_user(0))
            folder.chmod(0o755)
            return ended, case.name, must_be_refused(case, ended, folder) + judge(case, ended, folder, bench.whole[case])

        return job

    return bench.each(row, [job(case) for case in bench.cases])


def as_plain_user(index):
    """Options that run a program as a user without rights, where this is the superuser."""
    if os.geteuid() != 0:
        return {}
    return {"user": PLAIN_USER + index, "group": PLAIN_USER, "extra_groups": []}


def few_descriptors(bench):
    row = Row("file descriptors: at most 4 to 8")
    jobs = []
    for most in (4, 5, 6, 8):
        limit = lambda most=most: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        jobs += [bench.job(case, preexec_fn=limit) for case in bench.cases]
    return bench.each(row, jobs)


def little_memory(bench):
    """From what the program needs to start at all, in steps."""
    row = Row("memory: the least to start, and up to 32 MB more")
    mega = 1 << 20

    def limit(size):
        return lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size))

    low, high = 0, 1 << 12
    while high - low > 1:
        size = (low + high) // 2
        with runs.Folder(bench.base) as folder:
            fits = runs.run(bench.program, ["--version"], folder, preexec_fn=limit(size * mega)).status == 0
        low, high = (low, size) if fits else (size, high)
    jobs = []
    for more in (0, 2, 4, 8, 32):
        # What it has no memory to remove stays until the next run.
        # The system ends a program whose stack cannot grow by SIGSEGV.
        judged = {"may_leave": True, "by": (signal.SIGSEGV,)}
        jobs += [bench.job(case, judged=judged, preexec_fn=limit((high + more) * mega)) for case in bench.cases]
    return bench.each(row, jobs)


def no_threads(bench):
    """A user number of its own for each run, since the limit counts the processes of a user."""
    row = Row("no threads")
    limit = 1 if os.geteuid() == 0 else 0

    def job(index, case):
        no_more = lambda: resource.setrlimit(resource.RLIMIT_NPROC, (limit, limit))
        return bench.job(case, preexec_fn=no_more, **as_plain_user(index))

    return bench.each(row, [job(index, case) for index, case in enumerate(bench.cases)])


def closed_streams(bench):
    row = Row("closed standard input, output, error")
    jobs = []
    for streams in ((0,), (1,), (2,), (0, 1, 2)):
        close = lambda streams=streams: [os.close(stream) for stream in streams]
        silent = {"silent": 2 in streams}
        jobs += [bench.job(case, judged=silent, preexec_fn=close) for case in bench.cases]
    return bench.each(row, jobs)


def closed_pipe(bench):
    """Nobody reads standard output any more: a quiet end."""
    row = Row("a reader of the output that is gone")

    def job(case):
        def job(folder):
            reading, writing = os.pipe()
            os.close(reading)
            ended = runs.run(bench.program, case.arguments, folder, stdout=writing)
            os.close(writing)
            wrong = judge(case, ended, folder, {})
            if ended.status == 2:
                wrong.append(f"status 2: {ended.stderr[:200]}")
            return ended, case.name, wrong

        return job

    return bench.each(row, [job(case) for case in bench.streaming])


def clocks(bench):
    row = Row("clock in 1970 and in 2100")
    found = glob.glob("/usr/lib/*/faketime/libfaketime.so.1") + glob.glob("/usr/lib*/faketime/libfaketime.so.1")
    if not found:
        row.skipped = "libfaketime is missing"
        return row
    jobs = []
    for day in ("1970-01-02 00:00:00", "2100-01-01 00:00:00"):
        env = {"LD_PRELOAD": found[0], "FAKETIME": day, "TZ": "UTC"}
        jobs += [bench.job(case, env=env) for case in bench.cases]
        jobs += [today(bench, env, day[:4])]
    return bench.each(row, jobs)


def today(bench, env, year):
    """The one way to ask the clock gives the clock's day, or says that no rate card is in force on it."""

    def job(folder):
        ended = runs.run(bench.program, ["quote", "--basic", "8", "--date", "today", "--format", "json"], folder, env=env)
        wrong = [] if ended.status in (0, 2) and year.encode() in ended.stdout + ended.stderr else [
            f"the clock's day is not there: {ended}"]
        return ended, "quote --date today", wrong

    return job


def environments(bench):
    row = Row("locale, time zone, HOME, width, colour")
    jobs = []
    for env in (
        {"LANG": "C", "LC_ALL": "C", "TZ": "Pacific/Kiritimati", "CLICOLOR_FORCE": "0"},
        {"LANG": "zh_CN.GB18030", "TZ": "Etc/GMT+12", "COLUMNS": "0"},
        {"HOME": None, "TZ": "nowhere", "COLUMNS": "99999999999999999999"},
        {"HOME": "/nonexistent", "TMPDIR": "/nonexistent", "COLUMNS": "many", "CLICOLOR_FORCE": "1", "TERM": ""},
    ):
        jobs += [bench.job(case, env=env) for case in bench.cases]
    return bench.each(row, jobs)


def replaced(bench):
    """What `--force` replaces keeps its mode, and a symbolic link stays one."""
    row = Row("--force: modes and symbolic links")
    files = [case for case in bench.cases if case.outputs[0].startswith("r.")]

    def job(case, mode):
        def job(folder):
            kept = folder / "kept"
            kept.mkdir()
            kept.chmod(0o777)
            for name in case.outputs:
                (kept / name).write_bytes(b"old")
                (kept / name).chmod(mode)
                (folder / name).symlink_to(f"kept/{name}")
            ended = runs.run(bench.program, [*case.arguments, "--force"], folder)
            wrong = judge(case, ended, folder, bench.whole[case])
            for name in case.outputs:
                if not (folder / name).is_symlink():
                    wrong.append(f"{name} is no link any more")
                if (kept / name).stat().st_mode & 0o777 != mode:
                    wrong.append(f"{name} has another mode")
            return ended, case.name, wrong + [f"left: {left}" for left in leftovers(kept)]

        return job

    return bench.each(row, [job(case, mode) for case in files for mode in (0o600, 0o664)])


def own_input(bench):
    """A result onto the file that standard input, or an argument, reads."""
    row = Row("an output onto its own input")
    given = bench.examples / "examples"
    plan, sheet = (given / "campus-2022.toml").read_bytes(), (given / "batch.csv").read_bytes()
    to_file = ["-o", "given", "--force", "--format", "json"]
    tries = [
        ("quote", plan, ["quote", "-", *to_file], None),
        ("budget", plan, ["budget", "-", *to_file], None),
        ("quote >>", plan, ["quote", "-"], "given"),
        ("quote FILE >>", plan, ["quote", "given"], "given"),
        ("batch", sheet, ["batch", "-", "-o", "given", "--force"], None),
        ("batch --rejects", sheet, ["batch", "-", "--rejects", "given", "--force"], None),
        ("batch >>", sheet, ["batch", "-"], "given"),
        ("import", (given / "customers.csv").read_bytes(), ["import", "-", "-o", "given", "--force"], None),
    ]

    def job(name, text, arguments, onto):
        def job(folder):
            (folder / "given").write_bytes(text)
            with open(folder / "given", "rb") as reading, open(folder / "given", "ab") as appending:
                streams = {"stdout": appending} if onto else {}
                ended = runs.run(bench.program, arguments, folder, stdin=reading, **streams)
            wrong = [] if ended.status == 2 and b"output-is-input" in ended.stderr else [f"not refused: {ended}"]
            if content(folder / "given") != text:
                wrong.append("the input was replaced")
            return ended, name, wrong

        return job

    return bench.each(row, [job(*one) for one in tries])


ALL = [(fault.__name__, fault) for fault in (
    full_stream, full_disk, full_tmpfs, read_only_mount, read_only_folder, few_descriptors, little_memory, no_threads, signalled,
    killed, while_writing, ignored, closed_streams, closed_pipe, clocks, environments, replaced, own_input,
)]
