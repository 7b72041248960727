#!/usr/bin/env python3
"""Compares `wxlicense tiers sql` with `wxlicense batch`, row by row and to the fen.

usage: tests/sql/check.py PROGRAM [DIALECT...]

Makes 100 000 random rows with a fixed seed, the edges of the tiers and the limits of an order among them, prices them with
`batch`, and runs the printed SQL in each database: sqlite (Python's own), duckdb (PyPI duckdb), clickhouse (PyPI chdb),
postgres (psql of a running server, by PGHOST and the like), spark (PyPI pyspark and a Java; `.ci/sql --spark`).
"""

import csv
import random
import sqlite3
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

ROWS = 100_000
COUNTS = [0, 1, 4, 5, 6, 199, 200, 201, 500, 501, 1000, 1001, 9999, 10000, 10001, 999_999, 1_000_000, 1_000_001]
COLUMNS = ["months", "days", "held_basic", "held_interop", "renewal", "industry", "certification", "nonprofit_proof", "date"]
TYPES = {"id": "BIGINT", "basic": "BIGINT", "interop": "BIGINT", "months": "BIGINT", "days": "BIGINT",
         "held_basic": "BIGINT", "held_interop": "BIGINT", "renewal": "BOOLEAN", "industry": "VARCHAR",
         "certification": "VARCHAR", "nonprofit_proof": "BOOLEAN", "date": "DATE"}
AMOUNTS = ["basic_annual", "interop_annual", "list_price", "waived", "payable"]


def rows():
    random.seed(2022_05_16)
    def count():
        kind = random.random()
        return random.choice(COUNTS) if kind < 0.4 else random.randint(0, 300 if kind < 0.8 else 12_000)
    for number in range(ROWS):
        months = random.choice([None, 12, 12, 6, 1, 60, 61, 0, random.randint(0, 62)])
        days = random.choice([None, None, 0, 0, 14, 31, 93, random.randint(0, 1900)])
        held = lambda: random.choice([None, 0, 0, 3, 180, count()])
        yield [number, count(), count(), months, days, held(), held(), random.choice([None, 0, 0, 1]),
               random.choice([None, "教育/初等教育", "教育/高等教育", "政府/公安", "制造业/机械设备"]),
               random.choice([None, "none", "verified", "certified"]), random.choice([None, 0, 0, 1]),
               random.choice([None, "2022-05-16", "2022-11-18", "2023-03-31", "2023-04-01"])]


def write(path):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(TYPES)
        writer.writerows(["" if value is None else value for value in row] for row in rows())


def batch(program, path):
    priced = path.with_name("priced.csv")
    run = subprocess.run([program, "batch", path, "-o", priced, "--rejects", path.with_name("rejects.csv"), "--force"],
                         capture_output=True, text=True)
    assert run.returncode in (0, 1), run.stderr
    with open(priced, newline="") as file:
        return {int(row["id"]): tuple(Decimal(row[name]) if row[name] else None for name in AMOUNTS)
                for row in csv.DictReader(file)}


def sqlite(query, _):
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE TABLE customers ({', '.join(name + ' ' + of for name, of in TYPES.items())})")
    database.executemany(f"INSERT INTO customers VALUES ({','.join('?' * len(TYPES))})", rows())
    return database.execute(query).fetchall()


def duckdb(query, path):
    import duckdb as engine
    database = engine.connect()
    columns = ", ".join(f"CAST({name} AS {of}) AS {name}" for name, of in TYPES.items())
    database.execute(f"CREATE TABLE customers AS SELECT {columns} FROM read_csv('{path}', all_varchar = true)")
    return database.execute(query).fetchall()


def clickhouse(query, path):
    from chdb.session import Session
    session = Session()
    session.query("CREATE DATABASE wx ENGINE = Atomic")
    of = {"BIGINT": "Nullable(Int64)", "BOOLEAN": "Nullable(UInt8)", "VARCHAR": "Nullable(String)", "DATE": "Nullable(Date)"}
    names = ", ".join(f"{name} {of[kind]}" for name, kind in TYPES.items())
    session.query(f"CREATE TABLE wx.customers ({names}) ENGINE = Memory")
    session.query(f"INSERT INTO wx.customers SELECT * FROM file('{path}', 'CSVWithNames', '{names}')")
    text = session.query(f"SELECT id, {', '.join(AMOUNTS)} FROM ({query.replace('FROM customers', 'FROM wx.customers')})", "CSV")
    return [[None if cell == "\\N" else cell for cell in row] for row in csv.reader(str(text).splitlines())]


def psql(command):
    return subprocess.run(["psql", "-v", "ON_ERROR_STOP=1", "-qAt", "-c", command], check=True, capture_output=True, text=True)


def postgres(query, path):
    psql("DROP TABLE IF EXISTS customers")
    psql(f"CREATE TABLE customers ({', '.join(name + ' ' + of for name, of in TYPES.items())})")
    psql(f"\\copy customers FROM '{path}' CSV HEADER")
    text = psql(f"COPY (SELECT id, {', '.join(AMOUNTS)} FROM ({query}) AS q) TO STDOUT CSV").stdout
    return [[cell or None for cell in row] for row in csv.reader(text.splitlines())]


def spark(query, path):
    from pyspark.sql import SparkSession
    session = SparkSession.builder.master("local[2]").config("spark.ui.showConsoleProgress", "false").getOrCreate()
    session.read.csv(str(path), header=True).createOrReplaceTempView("raw")
    columns = ", ".join(f"CAST({name} AS {'STRING' if of == 'VARCHAR' else of}) AS {name}" for name, of in TYPES.items())
    session.sql(f"SELECT {columns} FROM raw").createOrReplaceTempView("customers")
    return [tuple(row) for row in session.sql(query).collect()]


DATABASES = {"sqlite": sqlite, "duckdb": duckdb, "clickhouse": clickhouse, "postgres": postgres, "spark": spark}


def main(program, dialects):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        write(path)
        expected = batch(program, path)
        nothing = (None,) * len(AMOUNTS)
        for dialect in dialects:
            query = subprocess.run(
                [program, "tiers", "sql", "--dialect", dialect, "--table", "customers", "--columns", ",".join(COLUMNS), "--waivers"],
                check=True, capture_output=True, text=True).stdout
            found = DATABASES[dialect](query, path)
            assert len(found) == ROWS, len(found)
            wrong = 0
            for row in found:
                amounts = tuple(None if cell is None else Decimal(str(cell)) for cell in row[-len(AMOUNTS):])
                if amounts != expected.get(int(row[0]), nothing):
                    wrong += 1
                    if wrong <= 5:
                        print(f"{dialect}: row {row}: {amounts}, batch {expected.get(int(row[0]), nothing)}", file=sys.stderr)
            print(f"{dialect}: {len(found)} rows, {len(expected)} with a price, {wrong} differ")
            if wrong:
                sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] or ["sqlite"])
