//! Rows of a batch: all ways of reading and pricing them lead to one result.

use std::io;
use std::num::NonZeroUsize;

use csv::{QuoteStyle, StringRecord};
use wxlicense::batch::{
    BatchError, BatchOptions, Cards, DEFAULT_BLOCK, Headings, Observer, Rejected, Summary, price_rows,
};
use wxlicense::diagnostic::Diagnostic;
use wxlicense::diagnostic::lang::Message;
use wxlicense::{PerType, UnitPrice};

use super::{CARDS, check_problems};
use crate::reference::{BASIC, INTEROP, wecom};

/// Prices rows in one block and in small ones, where plain rows are read and priced by the quick way; and once more with
/// every field in quotation marks, as the csv crate writes it, which no quick way reads. A plain price is that of the
/// slow reference.
pub fn batch(bytes: &[u8]) {
    for items in [false, true] {
        let whole = match run(bytes, DEFAULT_BLOCK, items) {
            Ok(whole) => whole,
            Err(problem) => return check_problems(&[*problem]),
        };
        for block in [1, 64].into_iter().filter(|_| !is_mixed(bytes)) {
            let blocks = run(bytes, block, items).unwrap_or_else(|problem| panic!("{problem:?}"));
            assert_eq!(blocks, whole, "in blocks of {block}");
        }
        let Some(text) = plain_text(bytes) else { continue };
        let delimiter = whole.headings[0].delimiter;
        let rows = records(text, delimiter);
        let quoted = run(&quoted(&rows, delimiter), DEFAULT_BLOCK, items);
        let quoted = quoted.unwrap_or_else(|problem| panic!("{problem:?}"));
        let output = records(&whole.output, delimiter);
        assert_eq!(records(&quoted.output, delimiter), output);
        let reasons =
            |priced: &Priced| priced.rejected.iter().map(|row| row.reason.clone()).collect::<Vec<Message>>();
        assert_eq!(reasons(&quoted), reasons(&whole));
        assert_eq!(quoted.summary, Summary { encoding: quoted.summary.encoding, ..whole.summary });
        if !items {
            check_prices(&output);
        }
    }
}

/// What a batch gives.
#[derive(Debug, PartialEq, Eq)]
struct Priced {
    output: String,
    headings: Vec<Headings>,
    rejected: Vec<Rejected>,
    summary: Summary,
}

/// What a batch told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub headings: Vec<Headings>,
    pub rejected: Vec<Rejected>,
}

impl Observer for Told {
    fn headings(&mut self, headings: &Headings) -> io::Result<()> {
        self.headings.push(headings.clone());
        Ok(())
    }

    fn rejected(&mut self, rejected: Rejected) -> io::Result<()> {
        self.rejected.push(rejected);
        Ok(())
    }

    fn progress(&mut self, _: u64, _: u64) {}
}

fn run(bytes: &[u8], block: usize, items: bool) -> Result<Priced, Box<Diagnostic>> {
    let options = BatchOptions {
        name: "rows.csv",
        cards: Cards::InForce(&CARDS),
        date: None,
        negotiated: PerType::<Option<UnitPrice>>::default(),
        items,
        strict: false,
        threads: NonZeroUsize::MIN,
        block,
    };
    let (mut output, mut told) = (Vec::new(), Told::default());
    match price_rows(bytes, &mut output, &mut told, &options) {
        Ok(summary) => Ok(Priced {
            output: String::from_utf8(output).unwrap(),
            headings: told.headings,
            rejected: told.rejected,
            summary,
        }),
        Err(BatchError::Input(problem)) => Err(problem),
        Err(error) => panic!("{error}"),
    }
}

/// Returns true if some rows can be UTF-8 alone and some cannot: of those, the first block decides on the encoding.
fn is_mixed(bytes: &[u8]) -> bool {
    let mut rows = bytes.split(|byte| *byte == b'\n').filter(|row| !row.is_ascii());
    let Some(first) = rows.next().map(|row| std::str::from_utf8(row).is_ok()) else { return false };
    rows.any(|row| std::str::from_utf8(row).is_ok() != first)
}

/// Returns a text that is UTF-8 without a mark, with headings in its first line and no carriage return but in line ends: the
/// csv crate takes each for a line end, a batch does not.
fn plain_text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_plain = !text.starts_with('\u{feff}')
        && !text.contains('\0')
        && !text.replace("\r\n", "\n").contains('\r')
        && text.lines().next().is_some_and(|line| !line.trim_ascii().is_empty());
    is_plain.then_some(text)
}

fn records(text: &str, delimiter: u8) -> Vec<StringRecord> {
    let mut reader = csv::ReaderBuilder::new();
    reader.delimiter(delimiter).has_headers(false).flexible(true);
    reader.from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

fn quoted(rows: &[StringRecord], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new();
    writer.delimiter(delimiter).quote_style(QuoteStyle::Always).flexible(true);
    let mut writer = writer.from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

/// The most accounts of a row that the reference counts.
const MOST_COUNTED: u64 = 3_000;

/// Compares the rows whose columns are numbers of digits with the reference.
fn check_prices(output: &[StringRecord]) {
    const NUMBERS: [&str; 6] = ["basic", "interop", "months", "days", "held_basic", "held_interop"];
    let Some((headings, rows)) = output.split_first() else { return };
    let input = headings.len() - 6;
    if headings.iter().take(input).any(|heading| !NUMBERS.contains(&heading) && heading != "code") {
        return;
    }
    let reference = wecom();
    for row in rows {
        let field = |name: &str| {
            let column = headings.iter().take(input).position(|heading| heading == name);
            column.and_then(|column| row.get(column)).unwrap_or_default()
        };
        let is_number =
            |name: &&str| field(name).len() < 8 && field(name).bytes().all(|byte| byte.is_ascii_digit());
        if !NUMBERS.iter().all(is_number) {
            continue;
        }
        let [basic, interop, months, days, held_basic, held_interop] =
            NUMBERS.map(|name| field(name).parse::<u64>().unwrap_or(0));
        if basic > MOST_COUNTED || interop > MOST_COUNTED {
            continue;
        }
        let mut annual = 0;
        let mut unpriced = 0;
        for (kind, held, count) in [(BASIC, held_basic, basic), (INTEROP, held_interop, interop)] {
            let mut tally = reference.tally(kind, held, None);
            tally.add(count);
            annual += tally.annual;
            unpriced += tally.unpriced;
        }
        let is_usual = field("months").is_empty() && field("days").is_empty();
        let (months, days) = if is_usual { (12, 0) } else { (months, days) };
        let fen = reference.fen(annual, reference.days(months, days));
        let price = format!("{}.{:02}", fen / 100, fen % 100);
        let expected = if unpriced > 0 { "" } else { &price };
        assert_eq!(row.get(input + 2), Some(expected), "{row:?}");
    }
}
