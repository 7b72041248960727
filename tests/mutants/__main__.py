"""Changes the code in one place at a time and tells which changes no test notices.

    python3 tests/mutants core [--only FILE...] [--jobs N]
    python3 tests/mutants sample [--seed S] [--count N] [--jobs N]
    python3 tests/mutants again [--seed S]
    python3 tests/mutants report RESULT...

`core` takes every change of cargo-mutants to money, accounts, rates, rules and pricing. These modules need no others, so that they are
put into a package of their own with the tests that concern them, which is built in seconds. `sample` takes some changes to planning,
formulas and analyses, spread evenly; another seed takes others. It asks the tests that take little time, then all about what these
do not notice; `again` does the second alone. Results are in `target/mutants`; `report` tells of several as one.

A change that no test can notice, since the program does the same, stands in `equivalent.tsv` with the reason. Ends with status 1 if
another one is not noticed, or if one of the list is noticed or stands no longer in the code.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "target" / "mutants"
EQUIVALENT = ROOT / "tests" / "mutants" / "equivalent.tsv"
CORE = ["account", "money", "rates", "rules", "pricing"]
BELOW_CORE = ["count", "customer", "diagnostic", "document"]
TESTS_OF_CORE = ["custom_rate_card", "engine_properties", "engine_reference", "engine_rules"]
TESTS_OF_SAMPLE = TESTS_OF_CORE + ["calendar", "formula", "solved_prices", "sql"]
SAMPLED = ["planning", "formula", "analysis"]
# Tests of the sample that take most of the time: they are asked about what the others do not notice.
SLOW = [
    "budgets::tests::causes_periods", "optimize::tests::apply", "optimize::tests::budget", "optimize::tests::it_does_so",
    "optimize::tests::limits", "optimize::tests::no_bound", "optimize::tests::schools", "optimize::tests::the_search_finds",
    "optimize::tests::tradeoffs", "planning::order::tests", "planning::tests::a_quote_buys", "projection::tests::formulas_give",
    "projection::tests::most_changes", "random::the_validator", "reconcile::tests::each_alternative", "reconcile::tests::round_trip",
    "reconcile::tests::rules",
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["core", "sample", "again", "report"])
    parser.add_argument("results", nargs="*")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    options = parser.parse_args()
    if options.what == "report":
        sys.exit(report([Path(result) for result in options.results]))
    if options.what == "core":
        sys.exit(core(options.only, options.jobs))
    result = WORK / f"sample-{options.seed}"
    if options.what == "sample":
        sample(result, options)
    sys.exit(again(result))


def core(files, jobs):
    package, result = core_package(), WORK / "core"
    run(package, result, with_files(files or files_of(package, CORE)), jobs, "edit", ["--lib", "--tests"])
    return report([result])


def sample(result, options):
    """Tries some changes with the tests that take little time."""
    package = whole_package(0)
    (result / "again.json").unlink(missing_ok=True)
    arguments = with_files(options.only or files_of(package, SAMPLED))
    arguments += shard(package, arguments, options.seed, options.count)
    skipped = [word for test in SLOW for word in ("--skip", test)]
    # Else the library would be built a second time for tests that are not run.
    run(package, result, arguments + ["--cargo-arg=--lib"], options.jobs, "wecom", ["--", *skipped])


def again(result):
    """Tries with all tests what no test has noticed yet, one change after the other."""
    package, found = whole_package(1), read_json(result / "again.json", {})
    if notices(package):
        sys.exit("the tests fail without a change")
    for outcome in read_json(result / "mutants.out/outcomes.json")["outcomes"]:
        if outcome["summary"] == "MissedMutant" and found.get(name_of(outcome)) != "CaughtMutant":
            file = package / outcome["scenario"]["Mutant"]["file"]
            before = file.read_text()
            subprocess.run(["patch", "--silent", file, result / "mutants.out" / outcome["diff_path"]], check=True)
            found[name_of(outcome)] = "CaughtMutant" if notices(package) else "MissedMutant"
            file.write_text(before)
            (result / "again.json").write_text(json.dumps(found, indent=1))
            print(found[name_of(outcome)], name_of(outcome), flush=True)
    return report([result])


def notices(package):
    """True if a test fails, or all take so long that one never ends."""
    command = ["cargo", "test", "--quiet", "--profile", "mutants", "--no-default-features", "--features", "wecom", "--lib", "--tests"]
    # Cargo would leave its tests running.
    with subprocess.Popen(command, cwd=package, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as tests:
        try:
            return tests.wait(timeout=600) != 0
        except subprocess.TimeoutExpired:
            os.killpg(tests.pid, signal.SIGKILL)
            return True


def read_json(path, otherwise=None):
    return json.loads(path.read_text()) if path.exists() or otherwise is None else otherwise


def name_of(outcome):
    return outcome["scenario"]["Mutant"]["name"] if isinstance(outcome["scenario"], dict) else None


def files_of(package, modules):
    found = []
    for module in modules:
        found += [f"src/{module}.rs"] if (package / f"src/{module}.rs").exists() else []
        found += [f"src/{module}/**/*.rs"] if (package / f"src/{module}").exists() else []
    return found


def with_files(files):
    return [word for file in files for word in ("--file", file)]


def core_package():
    """A package of the core, of what it needs and of its tests."""
    package = fresh(WORK / "package-core")
    for module in CORE + BELOW_CORE:
        copy(f"src/{module}.rs", package)
        copy(f"src/{module}", package)
    declared = re.findall(r"^pub mod (\w+);|^(pub use (?:account|money)::.*;)", (ROOT / "src/lib.rs").read_text(), re.M)
    lines = [f"pub mod {module};" for module, _ in declared if module in CORE + BELOW_CORE] + [use for _, use in declared if use]
    (package / "src/lib.rs").write_text("\n".join(lines) + "\n")
    for folder in ["tiers", "build", "tests/cards"]:
        copy(folder, package)
    (package / "build/main.rs").write_text("mod cards;\nfn main() -> anyhow::Result<()> { cards::embed_cards() }\n")
    keep_tests(package, TESTS_OF_CORE)
    manifest = (ROOT / "Cargo.toml").read_text()
    manifest = re.sub(r"\n\[\[(?:bin|bench|example)\]\]\n(?:.+\n)*", "\n", manifest)
    manifest = re.sub(r"(\n\[dev-dependencies\]\n)((?:.+\n)+)", kept_dependencies, manifest)
    write_manifest(package, manifest, 0)
    copy("Cargo.lock", package)
    return package


def keep_tests(package, tests):
    """Leaves these tests of the library."""
    for folder in ["tests/reference", "tests/targets"]:
        copy(folder, package)
    for test in tests:
        copy(f"tests/{test}.rs", package)
    (package / "tests/targets/mod.rs").write_text("pub(crate) mod numbers;\npub(crate) mod prices;\npub(crate) mod reference_input;\n")
    modules = "".join(f"mod {module};\n" for module in ["reference", "targets", *tests])
    (package / "tests/tests.rs").write_text("#![allow(dead_code)]\n" + modules)


def write_manifest(package, manifest, level):
    """Writes a manifest whose tests need no feature, and the package is optimised to a level."""
    manifest = re.sub(r'(name = "tests"\n.*\n)required-features = .*\n', r"\1", manifest)
    (package / "Cargo.toml").write_text(manifest + PROFILE.replace("LEVEL", str(level)))


def kept_dependencies(section):
    """The dependencies of its tests alone; the others take minutes to build."""
    return section[1] + "".join(f"{line}\n" for line in section[2].splitlines() if line.split()[0] in ("proptest", "toml"))


def whole_package(level):
    """The project, optimised to a level, with its tests of planning, formulas and analyses."""
    package = fresh(WORK / "package-whole")
    for folder in ["src", "tiers", "build", "locales", "examples", "tests", "docs", "benches", "fuzz"]:
        copy(folder, package)
    for file in ["Cargo.lock", "README.md", "README.zh-CN.md", "CHANGELOG.md"]:
        copy(file, package)
    keep_tests(package, TESTS_OF_SAMPLE)
    write_manifest(package, (ROOT / "Cargo.toml").read_text(), level)
    return package


# What runs for less time than it is built for is not optimised.
PROFILE = """
[profile.mutants]
inherits = "dev"
debug = false

[profile.mutants.package]
wxlicense.opt-level = LEVEL
"""


def fresh(package):
    """An empty package, but for what was built there."""
    package.mkdir(parents=True, exist_ok=True)
    for left in package.iterdir():
        if left.name != "target":
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    return package


def copy(path, package):
    source, target = ROOT / path, package / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        shutil.copy(source, target)


def shard(package, arguments, seed, count):
    """Arguments that take every n-th of the changes, some `count` of them. Names would not do: cargo-mutants takes what deletes a field
    whatever its name."""
    listed = subprocess.run(
        ["cargo", "mutants", "--list", "--dir", package, *arguments], capture_output=True, text=True, check=True
    )
    shards = max(1, len(listed.stdout.splitlines()) // count)
    return ["--sharding", "round-robin", "--shard", f"{seed % shards}/{shards}"]


def run(package, result, arguments, jobs, features, tests):
    result.mkdir(parents=True, exist_ok=True)
    command = [
        "cargo", "mutants", "--dir", package, "--output", result, "--profile", "mutants", "--jobs", jobs, "--no-default-features", "--features", features,
        "--gitignore", "false", "--baseline", "run", "--timeout-multiplier", "4", "--minimum-test-timeout", "60", *arguments, "--", *tests,
    ]
    # What survives is told by the report.
    subprocess.run(command, check=False, cwd=package)


def report(results):
    """Prints what survived and is not on the list, and what the list has too much."""
    lines = EQUIVALENT.read_text().splitlines()
    known = Counter(tuple(line.split("\t")[:3]) for line in lines if line and not line.startswith("#"))
    outcomes = {}
    for result in results:
        found = read_json(result / "again.json", {})
        for outcome in read_json(result / "mutants.out/outcomes.json")["outcomes"]:
            if name := name_of(outcome):
                outcomes[name] = (key(outcome["scenario"]["Mutant"]), found.get(name, outcome["summary"]))
    tested = {change for change, _ in outcomes.values()}
    survived = Counter(change for change, summary in outcomes.values() if summary == "MissedMutant")
    summaries = Counter(summary for _, summary in outcomes.values())
    print(", ".join(f"{number} {summary}" for summary, number in sorted(summaries.items())))
    new = survived - known
    old = Counter({entry: number for entry, number in known.items() if entry in tested or not stands(entry)}) - survived
    for entry in sorted(new.elements()):
        print("not noticed:", *entry, sep="\t")
    for entry in sorted(old.elements()):
        print("listed in vain:", *entry, sep="\t")
    print(f"{survived.total()} survived, {survived.total() - new.total()} of them shown to do the same, {new.total()} not")
    return 1 if new or old else 0


def stands(entry):
    """True if the line of a listed change is in the code."""
    file, _, line = entry
    return any(text.strip() == line for text in (ROOT / file).read_text().splitlines())


def key(mutant):
    """What tells a mutant from others wherever it stands: its file, what is changed, and the line that is changed."""
    change = mutant["name"].split(": ", 1)[1]
    text = (ROOT / mutant["file"]).read_text().splitlines()
    return mutant["file"], change, text[mutant["span"]["start"]["line"] - 1].strip()


main()
