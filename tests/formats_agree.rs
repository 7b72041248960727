//! Every format of one quote has the same figures: each is read back from the file that the program wrote,
//! and compared with the JSON.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::readers::{Figures, read_csv, read_html, read_json, read_markdown, read_text, read_xlsx, rows_of};
use tempfile::TempDir;

const PLANS: [&str; 4] = ["campus-2022", "group", "waivers", "large"];

/// Reader of a text format.
type Read = fn(&str) -> Figures;

/// One quote in all of its formats.
struct Drawn {
    folder: TempDir,
}

impl Drawn {
    fn new(plan: &str, lang: &str) -> Drawn {
        let folder = TempDir::new().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut program = Command::new(env!("CARGO_BIN_EXE_wxlicense"));
        program.args(["quote", "--lang", lang]).arg(root.join(format!("examples/{plan}.toml")));
        for format in ["txt", "json", "csv", "md", "html", "xlsx"] {
            program.arg("-o").arg(folder.path().join(format!("quote.{format}")));
        }
        assert!(program.status().unwrap().success());
        Drawn { folder }
    }

    fn bytes(&self, format: &str) -> Vec<u8> {
        fs::read(self.folder.path().join(format!("quote.{format}"))).unwrap()
    }

    fn text(&self, format: &str) -> String {
        String::from_utf8(self.bytes(format)).unwrap()
    }
}

#[test]
fn every_form_states_the_figures_of_the_json() {
    for plan in PLANS {
        let drawn = Drawn::new(plan, "en");
        let figures = read_json(&drawn.text("json"));
        assert_eq!(read_text(&drawn.text("txt")), figures, "{plan}: table");
        assert_eq!(read_markdown(&drawn.text("md")), figures, "{plan}: Markdown");
        assert_eq!(read_html(&drawn.text("html")), figures, "{plan}: HTML");
        assert_eq!(read_csv(&drawn.text("csv")), figures.as_csv_has_them(), "{plan}: CSV");
        assert_eq!(read_xlsx(drawn.bytes("xlsx")), figures.as_a_workbook_has_them(), "{plan}: workbook");
    }
}

/// Readers cannot compare what they skip: they have to find something in every part.
#[test]
fn the_readers_find_every_part() {
    let figures = |plan| read_json(&Drawn::new(plan, "en").text("json"));
    let campus = figures("campus-2022");
    assert_eq!((campus.orders.len(), campus.totals.complete), (11, true));
    assert_eq!(campus.totals.payable, "31110.00");
    assert_eq!(campus.totals.unconfirmed, "805.00");
    let group = figures("group");
    assert_eq!((group.orders[0].lines.len(), group.orders[0].members.len()), (6, 3));
    assert_eq!(figures("waivers").totals.waived, "4410.00");
    let large = figures("large");
    assert_eq!(large.totals.unpriced, ["2000", "0"]);
    assert_eq!((large.orders[1].payable.as_str(), large.orders[1].priced.as_str()), ("?", "11705.00"));
}

#[test]
fn an_altered_figure_is_noticed() {
    let drawn = Drawn::new("group", "en");
    let readers: [(&str, Read); 5] = [
        ("txt", read_text),
        ("json", read_json),
        ("md", read_markdown),
        ("html", read_html),
        ("csv", read_csv),
    ];
    let figures = [("3075.00", "3075.01"), ("320.00", "321.00"), ("160", "161"), ("40.00", "41.00")];
    let shares = [("1472.73", "1472.74")];
    for (format, read) in readers {
        let text = drawn.text(format);
        let stated = if format == "csv" { &figures[..] } else { &[&figures[..], &shares[..]].concat() };
        for (right, wrong) in stated {
            let [right, wrong] = [right, wrong].map(|figure| match format {
                "json" | "csv" => (*figure).to_owned(),
                _ => for_people(figure),
            });
            assert!(text.contains(&right), "{format} does not say {right}");
            let altered = text.replace(&right, &wrong);
            assert!(read(&altered) != read(&text), "{format}: {wrong} for {right} is not noticed");
        }
    }
}

/// Returns an amount of four digits as people read it, and every shorter figure as it is.
fn for_people(figure: &str) -> String {
    match figure.len() {
        7 => format!("{},{}", &figure[..1], &figure[1..]),
        _ => figure.to_owned(),
    }
}

/// A format that shows a figure several times must show the same one.
#[test]
fn a_figure_that_contradicts_another_is_noticed() {
    let drawn = Drawn::new("campus-2022", "en");
    let readers: [(&str, Read); 3] = [("txt", read_text), ("md", read_markdown), ("html", read_html)];
    for (format, read) in readers {
        let text = drawn.text(format);
        let (before, after) = text.split_once("1,985.00").unwrap();
        let altered = format!("{before}1,985.01{after}");
        assert!(std::panic::catch_unwind(|| read(&altered)).is_err(), "{format}");
    }
}

#[test]
fn figures_are_the_same_in_both_languages() {
    for plan in PLANS {
        let (english, chinese) = (Drawn::new(plan, "en"), Drawn::new(plan, "zh"));
        for format in ["txt", "md", "html"] {
            let numbers = |drawn: &Drawn| numbers_of(rows_of(format, &drawn.text(format)));
            assert_eq!(numbers(&chinese), numbers(&english), "{plan}: {format}");
            assert!(numbers(&english).len() > 10, "{plan}: {format}");
        }
        assert_eq!(chinese.text("csv"), english.text("csv"));
        let figures = |drawn: &Drawn| read_json(&drawn.text("json"));
        assert_eq!(figures(&chinese), figures(&english));
    }
}

fn numbers_of(rows: Vec<Vec<String>>) -> Vec<String> {
    let is_number = |cell: &String| cell.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    rows.into_iter().flatten().filter(is_number).collect()
}
