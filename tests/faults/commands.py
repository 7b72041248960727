"""The commands that write, as cases: what they are given, and what they leave behind."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A command line that writes `outputs`, files or folders, into the working folder."""

    name: str
    arguments: tuple[str, ...]
    outputs: tuple[str, ...]
    """What is written, by its name."""
    status: int = 0
    """Status without a fault."""
    shared: bool = False
    """True if a folder is not the command's own: its files are whole one by one."""


def cases(root):
    """Returns all cases, of the examples of the repository at a path."""
    example, test = f"{root}/examples", f"{root}/tests"

    def case(name, line, *outputs, status=0, shared=False):
        return Case(name, tuple(line.format(example=example, test=test).split()), outputs, status, shared)

    return [
        case("quote", "quote {example}/large.toml -o r.json -o r.csv -o r.md -o r.txt", "r.json", "r.csv", "r.md", "r.txt"),
        case("quote xlsx html", "quote {example}/large.toml -o r.xlsx -o r.html", "r.xlsx", "r.html"),
        case("status", "status {example}/purchases.toml -o r.html -o r.xlsx", "r.html", "r.xlsx"),
        case("calendar", "calendar {example}/campus-2022.toml -o r.ics -o r.xlsx", "r.ics", "r.xlsx"),
        case("budget xlsx", "budget {example}/campus-2022.toml --years 3 -o r.xlsx", "r.xlsx"),
        case("budget html", "budget {example}/campus-2022.toml --years 3 -o r.html", "r.html"),
        case("budget csv json", "budget {example}/campus-2022.toml --years 3 -o r.csv -o r.json", "r.csv", "r.json"),
        case("compare", "compare {example}/compare-old.toml {example}/compare-new.toml -o r.html -o r.xlsx", "r.html", "r.xlsx"),
        case("reconcile", "reconcile {test}/reconcile/plan.toml --orders {test}/reconcile/bills.ndjson -o r.xlsx -o r.json",
             "r.xlsx", "r.json"),
        case("optimize", "optimize {example}/cheapest.toml --years 2 -o r.html", "r.html"),
        case("optimize --apply", "optimize {example}/cheapest.toml --years 2 --apply -o r.toml -o r.csv", "r.toml", "r.csv"),
        case("order", "order {example}/orders.toml -o orders", "orders"),
        case("batch", "batch {example}/batch.csv -o r.csv --rejects rejects.csv --threads 4", "r.csv", "rejects.csv", status=1),
        case("import", "import {example}/customers.csv -o r.toml", "r.toml"),
        case("init", "init r.toml", "r.toml"),
        case("init --template", "init --template xlsx -o r.xlsx", "r.xlsx"),
        case("fit", "fit --amount 500 --basic -o r.json", "r.json"),
        case("tiers show", "tiers show -o r.json -o r.xlsx", "r.json", "r.xlsx"),
        case("tiers sql", "tiers sql --dialect sqlite --table t -o r.sql", "r.sql"),
        case("schema", "schema plan -o r.json", "r.json"),
        case("man", "man -o pages", "pages", shared=True),
    ]


def streaming(root):
    """Returns commands that write to standard output."""
    example = f"{root}/examples"
    lines = [
        f"quote {example}/large.toml --format csv",
        f"quote {example}/large.toml --format xlsx",
        f"budget {example}/campus-2022.toml --format html",
        f"calendar {example}/campus-2022.toml --format ics",
        f"compare {example}/compare-old.toml {example}/compare-new.toml --format json",
        f"optimize {example}/cheapest.toml --years 2 --apply",
        f"order {example}/orders.toml --format ndjson",
        f"batch {example}/batch.csv",
        f"import {example}/customers.csv",
        "init -",
        "tiers show",
        "schema plan",
        "completions bash",
        "man",
        "help quote",
    ]
    return [Case(line.split()[0], tuple(line.split()), ()) for line in lines]


def to_devices(root):
    """Returns commands that write to a device without room."""
    example = f"{root}/examples"
    lines = [f"quote {example}/large.toml --format {form} -o /dev/full" for form in ("xlsx", "html", "csv", "json", "markdown", "table")]
    lines += [f"budget {example}/campus-2022.toml --format {form} -o /dev/full" for form in ("xlsx", "html", "csv", "json")]
    lines += [
        f"calendar {example}/campus-2022.toml --format ics -o /dev/full",
        f"compare {example}/compare-old.toml {example}/compare-new.toml --format html -o /dev/full",
        f"batch {example}/batch.csv -o /dev/full",
        f"import {example}/customers.csv -o /dev/full",
        "init /dev/full",
        "schema plan -o /dev/full",
    ]
    return [Case(line.split()[0], tuple(line.split()), ()) for line in lines]
