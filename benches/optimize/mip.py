"""Compares `wxlicense optimize` with a mixed-integer model that HiGHS solves: mip.py PROGRAM [SECONDS].

The model has the same decisions on a coarse grid: orders on few days, terms of few lengths, accounts that begin on few days.
Its best plan is therefore a plan, but its bound holds for the grid alone; that of `wxlicense` holds for all days and terms.
"""

import json
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta

import highspy
import numpy as np

YEAR, STACKED, HELD = 372, 20, 365
START = date(2024, 1, 1)
# Last account of each tier, and its price for 372 days.
TIERS = {
    "basic": [(5, 5), (200, 4), (500, 3), (1000, 2), (10000, 1)],
    "interop": [(5, 50), (200, 40), (500, 30), (1000, 20), (10000, 10)],
}


class Instance:
    """An invented customer: users of one type from each day on, accounts that expire, and a grid of days and terms."""

    def __init__(self, name, kind, years, need, lots, grid, terms):
        self.name, self.kind, self.years, self.need, self.lots = name, kind, years, need, lots
        self.grid, self.terms = grid, terms
        self.days = (date(START.year + years, 1, 1) - START).days

    def missing(self, day):
        users = [users for since, users in self.need if since <= day][-1]
        return max(users - sum(count for expires, count in self.lots if expires > day), 0)

    def plan(self):
        held = ", ".join(
            f'{{ type = "{self.kind}", count = {count}, expires = {START + timedelta(expires)} }}'
            for expires, count in self.lots
        )
        text = f'date = {START}\n[[school]]\ncode = "1"\nname = "A"\n{self.kind} = {self.need[0][1]}\nheld = [{held}]\n'
        for since, users in self.need[1:]:
            text += f"[[school.headcount]]\nfrom = {START + timedelta(since)}\n{self.kind} = {users}\n"
        return text


class Model:
    """The mixed-integer model of an instance.

    A column for the codes of each day of payment, first day, term, and stacked or not; for each day of payment and term, how
    far the accounts that come first, and these with the order's, fill each tier; a binary for each tier that an order fills.
    """

    def __init__(self, instance):
        self.instance = instance
        self.cost, self.upper, self.integer, self.rows = [], [], [], []
        self.codes = self.add_codes()
        self.add_needs()
        for day, term in sorted({(paid, term) for paid, _, term, _ in self.codes}):
            self.add_order(day, term)

    def column(self, cost, upper, is_integer):
        self.cost.append(cost)
        self.upper.append(upper)
        self.integer.append(is_integer)
        return len(self.cost) - 1

    def row(self, lower, upper, entries):
        self.rows.append((lower, upper, entries))

    def add_codes(self):
        it = self.instance
        starts = range(0, it.days, it.grid)
        # An order rides on accounts that are stacked, from the day of that to the day before their old expiry.
        orders = sorted({day for start in starts for day in (start, start - 1, start - STACKED) if day >= 0})
        codes = {}
        for start in starts:
            for is_stacked in (False, True):
                activated = max(start - STACKED, 0) if is_stacked else start
                for paid in (day for day in orders if day <= activated <= day + HELD):
                    for term in it.terms:
                        codes[paid, start, term, is_stacked] = self.column(0, np.inf, True)
        return codes

    def add_needs(self):
        it = self.instance
        for day in range(0, it.days, it.grid):
            running = {c: 1 for (_, s, term, _), c in self.codes.items() if s <= day < s + term}
            most = max(it.missing(other) for other in range(day, min(day + it.grid, it.days)))
            self.row(most, np.inf, running)
            stacked = {c: 1 for (_, s, _, is_stacked), c in self.codes.items() if s == day and is_stacked}
            for (_, s, term, _), column in self.codes.items():
                if s + term == day:
                    stacked[column] = -1
            held = sum(count for expires, count in it.lots if expires == day)
            self.row(-np.inf, held, stacked)

    def add_order(self, day, term):
        it, tiers = self.instance, TIERS[self.instance.kind]
        most = 2 * max(users for _, users in it.need)
        before, order = {}, {}
        for (paid, start, own, is_stacked), column in self.codes.items():
            activated = max(start - STACKED, 0) if is_stacked else start
            is_active = activated < day or (activated == day and paid < day) or (activated == day and own > term)
            if is_active and paid <= day and start + own > day + term:
                before[column] = 1
            if (paid, own) == (day, term):
                order[column] = 1
        held = sum(count for expires, count in it.lots if expires > day + term)
        both = {column: before.get(column, 0) + order.get(column, 0) for column in before | order}
        for (last, price), (_, lower) in zip(tiers, tiers[1:] + [(0, 0)]):
            saving = (price - lower) * term / YEAR
            end = min(last, most)
            filled = self.column(saving, end, False)
            filled_before = self.column(-saving, end, False)
            # What comes first fills a tier no further than it goes.
            self.row(-np.inf, held, {filled_before: 1} | {column: -1 for column in before})
            self.row(0, np.inf, {filled: 1, filled_before: -1})
            # With the order the tier is filled as far as that goes, or to its end.
            if last >= most:
                self.row(held, np.inf, {filled: 1} | {column: -1 for column in both})
                continue
            is_full = self.column(0, 1, True)
            self.row(0, np.inf, {filled: 1, is_full: -end})
            self.row(held, np.inf, {filled: 1, is_full: most} | {column: -1 for column in both})

    def solve(self, seconds, relaxed=False):
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("time_limit", float(seconds))
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cost), len(self.rows)
        lp.col_cost_, lp.col_upper_ = np.array(self.cost), np.array(self.upper)
        lp.col_lower_ = np.zeros(len(self.cost))
        lp.row_lower_ = np.array([row[0] for row in self.rows], dtype=float)
        lp.row_upper_ = np.array([row[1] for row in self.rows], dtype=float)
        starts, index, value = [0], [], []
        for _, _, entries in self.rows:
            index.extend(entries.keys())
            value.extend(entries.values())
            starts.append(len(index))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts)
        lp.a_matrix_.index_ = np.array(index)
        lp.a_matrix_.value_ = np.array(value, dtype=float)
        if not relaxed:
            kinds = highspy.HighsVarType
            lp.integrality_ = [kinds.kInteger if is_integer else kinds.kContinuous for is_integer in self.integer]
        began = time.monotonic()
        solver.passModel(lp)
        solver.run()
        info = solver.getInfo()
        if relaxed and solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return np.nan, np.nan, seconds
        bound = info.objective_function_value if relaxed else info.mip_dual_bound
        return info.objective_function_value, bound, time.monotonic() - began


def wxlicense(program, instance):
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as plan:
        plan.write(instance.plan())
        plan.flush()
        began = time.monotonic()
        command = [program, "optimize", "--years", str(instance.years), "--format", "json", plan.name]
        found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        seconds = time.monotonic() - began
    payer = found["payers"][0]
    return float(payer["cost"]), float(payer["lower_bound"]), seconds


def instances():
    terms = [372, 465, 558, 651, 744, 1116, 1488]
    yield Instance("60 interop users, two years", "interop", 2, [(0, 60)], [], 186, [372, 558, 744])
    yield Instance("1,200 basic users, three years", "basic", 3, [(0, 1200)], [], 186, [372, 558, 744, 1116])
    yield Instance("1,200 basic users, five years", "basic", 5, [(0, 1200)], [], 93, terms)
    grows = [(93 * step, 600 + 60 * step) for step in range(20)]
    lots = [(93, 200), (186, 200), (279, 200)]
    yield Instance("600 to 1,740 in quarters, three lots", "basic", 5, grows, lots, 93, terms)
    grows = [(31 * step, 2000 + step * 3000 // 58) for step in range(59)]
    lots = [(31 * month, 200) for month in range(1, 11)]
    months = [372, 403, 434, 465, 496, 744]
    yield Instance("2,000 to 5,000 in months, ten lots", "basic", 5, grows, lots, 31, months)


def main():
    program = sys.argv[1]
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60
    print("| | cost | bound | seconds | columns | binaries | relaxation | best of HiGHS | its bound | seconds |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for instance in instances():
        cost, bound, took = wxlicense(program, instance)
        model = Model(instance)
        binaries = sum(upper == 1 for upper in model.upper)
        relaxation, _, _ = model.solve(seconds, relaxed=True)
        best, least, spent = model.solve(seconds)
        figures = [f"{figure:,.2f}" if abs(figure) < 1e9 else "none" for figure in (relaxation, best, least)]
        print(
            f"| {instance.name} | {cost:,.2f} | {bound:,.2f} | {took:.2f} | {len(model.cost):,} | {binaries:,} "
            f"| {' | '.join(figures)} | {spent:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
