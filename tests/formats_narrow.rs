//! In a terminal of any width, the answer is short and comes first, lines keep to the width, no line begins with a
//! closing mark, and neither a number nor a number and its unit is broken.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use textwrap::core::display_width;

const WIDTHS: [usize; 4] = [40, 60, 80, 120];

/// So wide that no text is broken.
const WIDE: usize = 400;

/// Commands on no plan, or on other plans than the examples alone.
const OTHERS: [&[&str]; 14] = [
    &["quote", "examples/group.toml", "--explain"],
    &["quote", "examples/campus-2022.toml", "--sources"],
    &["budget", "examples/purchases.toml", "--years", "3", "--by", "quarter"],
    &["optimize", "examples/purchases.toml", "--years", "2"],
    &["compare", "examples/compare-old.toml", "examples/compare-new.toml"],
    &["compare", "examples/compare-old.toml", "examples/compare-new.toml", "--budget"],
    &["compare", "examples/campus-2022.toml", "--set", "1499.basic=1300"],
    &["compare", "examples/campus-2022.toml", "--budget", "--growth", "10%", "--years", "3"],
    &["order", "examples/orders.toml", "--format", "table"],
    &["reconcile", "examples/bills.toml", "--rules", "--orders", "examples/wecom/wecom/orders-2023.json"],
    &["status", "examples/wecom/plan.toml", "--list-users"],
    &["fit", "--amount", "12345678.90", "--mix", "8:20"],
    &["tiers", "list"],
    &["tiers", "show", "--sources"],
];

/// What a command prints at each width, and at a width at which nothing is broken.
struct Drawn {
    what: String,
    wide: String,
    texts: Vec<(usize, String)>,
}

static DRAWN: LazyLock<Vec<Drawn>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut plans: Vec<String> = names.filter(|name| name.ends_with(".toml")).collect();
    plans.sort();
    let of_plans = plans.iter().flat_map(|plan| {
        ["quote", "status", "calendar", "budget", "check"]
            .map(|command| vec![command.to_owned(), format!("examples/{plan}")])
    });
    let others = OTHERS.iter().map(|words| words.iter().map(|word| (*word).to_owned()).collect());
    let commands: Vec<Vec<String>> = of_plans.chain(others).collect();
    let all = commands.iter().flat_map(|command| ["en", "zh"].map(|lang| (command, lang)));
    let drawn: Vec<Drawn> = all.filter_map(|(command, lang)| draw(command, lang)).collect();
    assert!(drawn.len() > 90, "{}", drawn.len());
    drawn
});

/// Runs a command at all widths; `None` if it cannot answer, as for a plan without a date.
fn draw(command: &[String], lang: &str) -> Option<Drawn> {
    let run = |width: usize| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_wxlicense"));
        program.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).env("COLUMNS", width.to_string());
        let output = program.args(command).args(["--lang", lang]).output().unwrap();
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
    };
    let texts = WIDTHS.iter().map(|width| Some((*width, run(*width)?))).collect::<Option<_>>()?;
    Some(Drawn { what: format!("{} ({lang})", command.join(" ")), wide: run(WIDE)?, texts })
}

fn every(check: impl Fn(&str, usize, &Drawn)) {
    for drawn in DRAWN.iter() {
        for (width, text) in &drawn.texts {
            check(text, *width, drawn);
        }
    }
}

#[test]
fn lines_keep_to_the_width() {
    every(|text, width, drawn| {
        let long = text.lines().find(|line| display_width(line) > width);
        assert_eq!(long, None, "{} at {width}", drawn.what);
    });
}

#[test]
fn the_answer_and_what_it_rests_on_take_eight_lines() {
    every(|text, width, drawn| {
        let lines = text.lines().take_while(|line| !line.is_empty()).count();
        let is_short = lines <= 8 || width < 80 || drawn.what.starts_with("tiers");
        assert!(is_short, "{} at {width}: {lines}", drawn.what);
    });
}

#[test]
fn no_line_and_no_cell_begins_with_a_closing_mark() {
    every(|text, width, drawn| {
        let mut cells = text.lines().flat_map(|line| line.split("  "));
        let begins = |cell: &&str| {
            cell.trim_start().starts_with(['）', '」', '，', '。', '、', '；', '：', ')', ',', '.', '·'])
        };
        assert_eq!(cells.find(begins), None, "{} at {width}", drawn.what);
    });
}

#[test]
fn every_number_is_whole_whatever_the_width() {
    let numbers = |text: &str| -> BTreeSet<String> {
        let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
        let words = text.split(|c: char| !is_of_number(c)).map(|word| word.trim_matches([',', '.']));
        words.filter(|word| word.contains(',')).map(str::to_owned).collect()
    };
    every(|text, width, drawn| {
        let broken: Vec<_> = numbers(text).difference(&numbers(&drawn.wide)).cloned().collect();
        assert!(broken.is_empty(), "{} at {width}: {broken:?}", drawn.what);
    });
}

/// In a sentence, a number at the end of a line would be followed by its unit on the next one; in Chinese, every number
/// has one.
#[test]
fn no_line_ends_between_a_number_and_its_unit() {
    const UNITS: [&str; 21] = [
        "个", "元", "名", "笔", "天", "年", "月", "条", "所", "人", "accounts", "basic", "codes", "days",
        "interop", "months", "orders", "payments", "schools", "users", "years",
    ];
    every(|text, width, drawn| {
        let lines: Vec<&str> = text.lines().collect();
        for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
            let is_sentence = !line.trim_start().contains("  ");
            let last = line.split([' ', '（', '(']).next_back().unwrap_or_default();
            let is_number = is_sentence
                && !last.is_empty()
                && last.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
            let has_unit = UNITS.iter().any(|unit| next.trim_start().starts_with(unit));
            assert!(
                !(is_number && has_unit) && last != "CNY",
                "{} at {width}: {line:?} {next:?}",
                drawn.what
            );
        }
    });
}
