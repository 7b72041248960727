"""Signals: at random moments, at the moment when all files are complete, and where they are ignored."""

import os
import random
import signal
import time

import run as runs
from run import Row, judge, leftovers, start

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def signalled(bench):
    """Each signal at moments of the run, drawn from the seed. Twice as long as a run took alone, as others run beside it."""
    row = Row("SIGINT, SIGTERM, SIGHUP, at random moments")
    moments = random.Random(bench.seed)
    jobs = [interrupted(bench, case, number, moments.uniform(0, 2 * bench.seconds[case]))
            for case in bench.cases for number in ENDING for _ in range(3)]
    return bench.each(row, jobs)


def killed(bench):
    row = Row("SIGKILL, at random moments, and the next run")
    moments = random.Random(bench.seed + 1)
    jobs = [interrupted(bench, case, signal.SIGKILL, moments.uniform(0, 2 * bench.seconds[case]))
            for case in bench.cases for _ in range(4)]
    return bench.each(row, jobs)


def interrupted(bench, case, number, delay):
    """Sends a signal after a time; after a kill, the next run sweeps."""

    def job(folder):
        process = start(bench.program, case.arguments, folder)
        time.sleep(delay)
        process.send_signal(number)
        ended = runs.ended(process)
        is_kill = number == signal.SIGKILL
        wrong = judge(case, ended, folder, bench.whole[case], by=(number,), may_leave=is_kill)
        if is_kill:
            wrong += swept(bench, case, folder)
        return ended, case.name, wrong

    return job


def swept(bench, case, folder):
    again = runs.run(bench.program, [*case.arguments, "--force"], folder)
    left = leftovers(folder)
    wrong = [f"left after the next run: {left}"] if left else []
    return wrong + ([f"the next run: {again.status}, {again.stderr[:200]}"] if again.status != case.status else [])


def while_writing(bench):
    """Nobody reads a pipe among the outputs, so that all files are complete under temporary names when the signal comes."""
    row = Row("all four signals, before files take names")
    jobs = []
    for case in bench.cases:
        if case.name not in ("quote", "quote xlsx html", "status", "calendar", "budget csv json", "compare", "reconcile"):
            continue
        jobs += [staged(bench, case, number) for number in (*ENDING, signal.SIGKILL)]
    return bench.each(row, jobs)


def staged(bench, case, number):
    def job(folder):
        os.mkfifo(folder / "pipe.html")
        process = start(bench.program, [*case.arguments, "-o", "pipe.html"], folder)
        until = time.monotonic() + runs.LIMIT
        while len(leftovers(folder)) < len(case.outputs) and time.monotonic() < until:
            time.sleep(0.002)
        process.send_signal(number)
        ended = runs.ended(process)
        wrong = judge(case, ended, folder, bench.whole[case], by=(number,), may_leave=number == signal.SIGKILL)
        if ended.status != -number:
            wrong.append(f"status {ended.status}, not by the signal")
        if number == signal.SIGKILL:
            wrong += swept(bench, case, folder)
        return ended, case.name, wrong

    return job


def ignored(bench):
    """Started as by nohup, a hang-up ends nothing."""
    row = Row("SIGHUP where it is ignored")

    def job(case):
        def job(folder):
            ignore = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
            process = start(bench.program, case.arguments, folder, preexec_fn=ignore)
            time.sleep(bench.seconds[case] / 2)
            process.send_signal(signal.SIGHUP)
            ended = runs.ended(process)
            return ended, case.name, judge(case, ended, folder, bench.whole[case])

        return job

    return bench.each(row, [job(case) for case in bench.cases])
