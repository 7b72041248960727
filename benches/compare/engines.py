"""The competitors of run.py: each prices a file into another, with the columns that `wxlicense batch` writes.

usage: engines.py duckdb|polars|decimal INPUT OUTPUT PROGRAM

Prints the seconds without the start of Python and its imports, and the peak of memory in KB. The prices come from the
program: the SQL from `tiers sql`, the tiers from `tiers show`, so that none of them is written down twice.
"""

import csv
import json
import resource
import subprocess
import sys
import time
from decimal import ROUND_HALF_UP, Decimal

COLUMNS = ["basic_annual", "interop_annual", "list_price", "waived", "payable", "complete"]


def told(program, *args):
    return subprocess.run([program, *args], check=True, capture_output=True, text=True).stdout


def tiers(program):
    """Returns (from, to, basic, interop) of each tier, in order; counts and Decimal yuan."""
    card = json.loads(told(program, "tiers", "show", "--format", "json"))
    return [(tier["from"], tier["to"], *(Decimal(tier[kind]["price"]) for kind in ("basic", "interop")))
            for tier in card["tiers"] if tier.get("to")]


def duckdb(source, target, program):
    import duckdb as engine
    query = told(program, "tiers", "sql", "--dialect", "duckdb", "--table", "customers", "--columns", "months")
    begun = time.perf_counter()
    database = engine.connect()
    database.execute("SET threads = 2")
    database.execute(f"""CREATE VIEW customers AS SELECT * FROM read_csv('{source}', header = true, delim = ',', quote = '"',
        columns = {{'code': 'VARCHAR', 'basic': 'INTEGER', 'interop': 'INTEGER', 'months': 'INTEGER'}})""")
    database.execute(f"""COPY (SELECT *, CAST(0 AS DECIMAL(18, 2)) AS waived, list_price AS payable,
        list_price IS NOT NULL AS complete FROM ({query})) TO '{target}' (FORMAT csv, HEADER)""")
    return begun


def polars(source, target, program):
    import polars as pl
    parts = tiers(program)
    begun = time.perf_counter()
    last = parts[-1][1]

    def annual(kind, price):
        """The fen of a year; null beyond the list."""
        count = pl.col(kind)
        sums = [(count - (first - 1)).clip(0, to - first + 1) * int(prices[price] * 100) for first, to, *prices in parts]
        return pl.when(count <= last).then(pl.sum_horizontal(sums))

    yuan = lambda fen: fen.cast(pl.Decimal(18, 2)) / 100
    rows = pl.scan_csv(source, schema={"code": pl.String, "basic": pl.Int64, "interop": pl.Int64, "months": pl.Int64})
    basic, interop = pl.col("basic_annual"), pl.col("interop_annual")
    priced = (
        rows.with_columns(annual("basic", 0).alias("basic_annual"), annual("interop", 1).alias("interop_annual"))
        .with_columns((((basic + interop) * pl.col("months") + 6) // 12).alias("list_price"))
        .with_columns(yuan(basic), yuan(interop), yuan(pl.col("list_price")))
        .with_columns(pl.lit(Decimal("0.00")).alias("waived"), pl.col("list_price").alias("payable"),
                      pl.col("list_price").is_not_null().alias("complete"))
    )
    priced.sink_csv(target)
    return begun


def decimal(source, target, program):
    parts = tiers(program)
    fen, zero, begun = Decimal("0.01"), Decimal("0.00"), time.perf_counter()
    last = parts[-1][1]

    def annual(count, price):
        if count > last:
            return None
        return sum((min(count, to) - first + 1) * prices[price] for first, to, *prices in parts if count >= first) or zero

    with open(source, newline="") as read, open(target, "w", newline="") as write:
        rows, writer = csv.reader(read), csv.writer(write, lineterminator="\n")
        writer.writerow(next(rows) + COLUMNS)
        for row in rows:
            basic, interop = annual(int(row[1]), 0), annual(int(row[2]), 1)
            complete = basic is not None and interop is not None
            price = ((basic + interop) * int(row[3]) / 12).quantize(fen, ROUND_HALF_UP) if complete else None
            writer.writerow(row + [basic, interop, price, zero, price, "true" if complete else "false"])
    return begun


if __name__ == "__main__":
    engine, *args = sys.argv[1:]
    begun = {"duckdb": duckdb, "polars": polars, "decimal": decimal}[engine](*args)
    print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
