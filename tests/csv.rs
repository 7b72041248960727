//! CSV is the same in every language, and `docs/csv.md` describes each of its columns.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Every command that writes CSV, with arguments that produce its values.
const CASES: [(&str, &[&str]); 13] = [
    (
        "quote",
        &[
            "--basic 8 --interop 20",
            "--basic 12000 --negotiated-basic 0.8125 --months 7 --days 3",
            "--basic 50 --months 6 --held-basic 180",
            "examples/campus-2022.toml",
            "examples/waivers.toml",
            "examples/group.toml",
            "examples/group.toml --rate-card tests/cards/other-rules.toml",
            "examples/large.toml",
        ],
    ),
    ("tiers list", &[""]),
    ("tiers show", &["", "tests/cards/invented-2030-01-01.toml"]),
    (
        "status",
        &[
            "examples/campus-2022.toml",
            "examples/purchases.toml --within 12m",
            "tests/rosters/leavers.toml",
            "tests/rosters/plan.toml",
        ],
    ),
    ("status --list-users", &["tests/rosters/leavers.toml"]),
    ("calendar", &["examples/campus-2022.toml", "examples/purchases.toml"]),
    (
        "budget",
        &[
            "examples/campus-2022.toml --years 3 --growth 5%",
            "examples/purchases.toml --years 3",
            "examples/purchases.toml --date 2022-11-01 --years 2",
            "examples/large.toml --date 2023-01-01 --years 2",
        ],
    ),
    (
        "optimize",
        &[
            "examples/campus-2022.toml --years 2",
            "examples/purchases.toml --years 2 --least-term 31d",
            "examples/cheapest.toml --years 3",
        ],
    ),
    (
        "compare",
        &[
            "examples/compare-old.toml examples/compare-new.toml",
            "examples/campus-2022.toml examples/large.toml",
            "examples/brief-150-basic.toml --rate-card-old wecom-2022-05-16 --rate-card-new tests/cards/dearer.toml",
        ],
    ),
    (
        "compare --budget",
        &[
            "examples/compare-old.toml examples/compare-new.toml",
            "examples/purchases.toml --from-old 2023-06-01 --from-new 2024-06-01",
            "examples/large.toml --date-old 2023-01-01 --date-new 2023-01-01 --years 2 --growth 5%",
        ],
    ),
    ("order", &["examples/orders.toml --jobs --with-unconfirmed", "tests/orders/documents.toml"]),
    (
        "reconcile",
        &[
            "examples/bills.toml --orders examples/wecom/wecom/orders-2022.json --date 2022-12-05",
            "examples/bills.toml --orders examples/wecom/wecom/orders-2023.json",
        ],
    ),
    ("fit", &["--amount 10000 --interop", "--amount 20000 --basic", "--amount 0 --mix 8:20"]),
];

/// Returns the columns in the reader's language.
const PROSE: [(&str, &str); 1] = [("tiers list", "name")];

#[test]
fn values_are_the_same_in_both_languages() {
    for (command, cases) in CASES {
        for case in cases {
            let (english, chinese) = (Table::of(command, case, "en"), Table::of(command, case, "zh"));
            assert_eq!(english.columns, chinese.columns, "{command} {case}");
            assert_eq!(english.rows.len(), chinese.rows.len(), "{command} {case}");
            for (index, column) in english.columns.iter().enumerate() {
                let same = english.values(index).eq(chinese.values(index));
                let prose = PROSE.contains(&(command, column));
                assert_eq!(same, !prose, "{command} {case}: {column}");
            }
        }
    }
}

#[test]
fn the_page_has_every_command_and_column() {
    let page = page();
    let sections: Vec<&str> = page.iter().map(|section| section.command.as_str()).collect();
    assert_eq!(sections, CASES.map(|(command, _)| command));
    for (section, (command, cases)) in page.iter().zip(CASES) {
        let named: Vec<&str> = section.columns.iter().map(|column| column.name.as_str()).collect();
        for case in cases {
            assert_eq!(Table::of(command, case, "en").columns, named, "{command} {case}");
        }
        for column in &section.columns {
            assert_eq!(
                column.unit == "prose",
                PROSE.contains(&(command, column.name.as_str())),
                "{}",
                column.name
            );
        }
    }
}

#[test]
fn every_command_that_writes_csv_is_tried() {
    let mut found = BTreeSet::new();
    let mut looked_at = vec![String::new()];
    while let Some(command) = looked_at.pop() {
        let help = String::from_utf8(run(&format!("{command} --help"), "en")).unwrap();
        let commands = help.split_once("\nCommands:\n").unwrap_or_default().1.split("\n\n").next();
        for line in commands.into_iter().flat_map(str::lines).filter(|line| !line.starts_with("   ")) {
            let name = line.split_whitespace().next().unwrap();
            looked_at.extend((name != "help").then(|| format!("{command} {name}").trim().to_owned()));
        }
        if commands.is_none_or(str::is_empty) && help.contains("--excel") {
            found.insert(command);
        }
    }
    let without_flags = |command: &str| command.split(" --").next().unwrap_or_default().to_owned();
    assert_eq!(found, CASES.map(|(command, _)| without_flags(command)).into_iter().collect());
}

/// Every value has the format that the page gives to its column, and each column has a value somewhere.
#[test]
fn values_are_as_the_page_says() {
    for (section, (command, cases)) in page().iter().zip(CASES) {
        let tables: Vec<Table> = cases.iter().map(|case| Table::of(command, case, "en")).collect();
        for (index, column) in section.columns.iter().enumerate() {
            let values: BTreeSet<&str> = tables
                .iter()
                .flat_map(|table| table.values(index))
                .filter(|value| !value.is_empty())
                .collect();
            assert!(!values.is_empty(), "{command}: {} is always empty", column.name);
            for value in values {
                assert!(column.may_be(value), "{command}: {} is {value:?}", column.name);
            }
        }
    }
}

/// Output of a program.
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn of(command: &str, case: &str, lang: &str) -> Table {
        let written = run(&format!("{command} {case} --format csv"), lang);
        let mut reader = csv::Reader::from_reader(written.as_slice());
        let texts = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
        let columns = texts(reader.headers().unwrap());
        let rows: Vec<_> = reader.records().map(|record| texts(&record.unwrap())).collect();
        assert!(!rows.is_empty(), "{command} {case}");
        Table { columns, rows }
    }

    fn values(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row[column].as_str())
    }
}

/// Returns the description of a command on the page.
struct Section {
    command: String,
    columns: Vec<Column>,
}

struct Column {
    name: String,
    unit: String,
    meaning: String,
}

impl Column {
    fn may_be(&self, value: &str) -> bool {
        let shape: String = value.chars().map(|one| if one.is_ascii_digit() { '0' } else { one }).collect();
        let is_count = |text: &str| !text.is_empty() && text.chars().all(|one| one.is_ascii_digit());
        let decimals = |least: usize, most: usize| {
            let (yuan, fine) = value.strip_prefix('-').unwrap_or(value).split_once('.').unwrap_or_default();
            is_count(yuan) && is_count(fine) && (least..=most).contains(&fine.len())
        };
        match self.unit.as_str() {
            "text" | "prose" => true,
            "word" => self.meaning.contains(&format!("`{value}`")),
            "words" => value.split(' ').all(|word| self.meaning.contains(&format!("`{word}`"))),
            "count" => is_count(value),
            "CNY" => decimals(2, 2),
            "CNY/year" => decimals(2, 4),
            "day" => shape == "0000-00-00",
            "month" => shape == "0000-00",
            "term" => {
                ["P0M", "P00M", "P0M0D", "P0M00D", "P00M0D", "P00M00D", "P00D"].contains(&shape.as_str())
            }
            "range" => value.split('–').all(|end| end.is_empty() || is_count(end)),
            "ids" => value.split(' ').all(|id| id.is_ascii() && !id.is_empty()),
            "formula" => value.chars().all(|one| one.is_ascii_digit() || "()+×./?".contains(one)),
            _ => false,
        }
    }
}

fn page() -> Vec<Section> {
    let page = fs::read_to_string(root().join("docs/csv.md")).unwrap();
    let sections = page.split("\n## `").skip(1).map(|section| {
        let (command, text) = section.split_once('`').unwrap();
        let rows = text.lines().filter(|line| line.starts_with("| `"));
        let columns = rows.map(|row| {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            assert_eq!(cells.len(), 3, "{row}");
            Column {
                name: cells[0].trim_matches('`').to_owned(),
                unit: cells[1].to_owned(),
                meaning: cells[2].to_owned(),
            }
        });
        Section { command: command.to_owned(), columns: columns.collect() }
    });
    sections.collect()
}

fn run(arguments: &str, lang: &str) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_wxlicense"))
        .args(arguments.split_whitespace())
        .args(["--lang", lang])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
