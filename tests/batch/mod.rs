//! `batch` prices every row as the ordinary quote does, whatever way the row is written and however many threads work.

mod inputs;
#[cfg(feature = "parquet")]
mod parquet;
mod program;
mod slow;

use std::io;
use std::num::NonZeroUsize;

use proptest::prelude::*;
use wxlicense::batch::{BatchError, BatchOptions, Cards, DEFAULT_BLOCK, Summary, price_rows};
use wxlicense::rates::RateCards;
use wxlicense::{PerType, UnitPrice};

use crate::targets::batch::Told;

/// The settings of a batch.
#[derive(Debug, Clone, Copy)]
struct Flags {
    items: bool,
    strict: bool,
    negotiated: PerType<Option<UnitPrice>>,
    block: usize,
}

impl Default for Flags {
    fn default() -> Flags {
        Flags { items: false, strict: false, negotiated: PerType::default(), block: DEFAULT_BLOCK }
    }
}

struct Batch {
    output: String,
    told: Told,
    summary: Summary,
}

/// Runs a batch of any kind with these settings.
fn with_options<T>(threads: usize, flags: Flags, run: impl FnOnce(&BatchOptions<'_>) -> T) -> T {
    let cards = RateCards::embedded().unwrap();
    run(&BatchOptions {
        name: "rows.csv",
        cards: Cards::InForce(&cards),
        date: None,
        negotiated: flags.negotiated,
        items: flags.items,
        strict: flags.strict,
        threads: NonZeroUsize::new(threads).unwrap(),
        block: flags.block,
    })
}

fn try_batch(input: &[u8], threads: usize, flags: Flags) -> Result<Batch, BatchError> {
    let (mut output, mut told) = (Vec::new(), Told::default());
    let summary = with_options(threads, flags, |options| price_rows(input, &mut output, &mut told, options))?;
    Ok(Batch { output: String::from_utf8(output).unwrap(), told, summary })
}

fn batch(input: &[u8], threads: usize, flags: Flags) -> Batch {
    try_batch(input, threads, flags).unwrap()
}

/// Returns the lines of the output behind the headings.
fn lines(input: &str) -> Vec<String> {
    batch(input.as_bytes(), 1, Flags::default()).output.lines().skip(1).map(str::to_owned).collect()
}

/// Returns the lines and the reasons of the rows without a price.
fn reasons(input: &[u8]) -> Vec<(u64, &'static str)> {
    let rejected = batch(input, 1, Flags::default()).told.rejected;
    rejected.iter().map(|rejected| (rejected.line, rejected.reason.id)).collect()
}

/// Returns the reason why an input is refused, as a person reads it.
fn refusal(input: &[u8]) -> String {
    match try_batch(input, 2, Flags::default()) {
        Err(error) => words(&error),
        Ok(batch) => panic!("{}", batch.output),
    }
}

/// Returns why an input is refused, as a person reads it.
fn words(error: &BatchError) -> String {
    use wxlicense::diagnostic::lang::{Catalog, Lang};
    match error {
        BatchError::Input(problem) => Catalog::new(Lang::En).text(&problem.message()),
        error => panic!("{error}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn each_row_has_the_price_of_the_ordinary_quote(
        input in inputs::inputs(),
        items in prop::bool::weighted(0.2),
        block in prop_oneof![1_usize..300, Just(DEFAULT_BLOCK)],
        threads in 1_usize..4,
    ) {
        let flags = Flags { items, negotiated: inputs::negotiated(), block, ..Flags::default() };
        let (bytes, text) = (input.encoded(), input.text());
        let batch = batch(&bytes, threads, flags);
        let slow = slow::batch(&text, flags);
        prop_assert_eq!(batch.output.trim_start_matches('\u{feff}'), slow.output);
        let lines: Vec<u64> = batch.told.rejected.iter().map(|rejected| rejected.line).collect();
        prop_assert_eq!(lines, slow.rejected);
        prop_assert_eq!(batch.summary.rows, slow.rows);
        prop_assert_eq!(batch.summary.payable, slow.payable);
        prop_assert_eq!(batch.summary.list_price, slow.list_price);
    }
}

#[test]
fn the_result_is_the_same_for_any_number_of_threads() {
    // Several blocks, with quoted line ends, odd numbers and rows without a price.
    let mut input = String::from("code,basic,interop,months,held_basic,industry,certification,date\n");
    for row in 0..30_000_u32 {
        let basic = row.wrapping_mul(2_654_435_761) % 12_000;
        let odd = match row % 17 {
            0 => format!("\"{row}\n\",\"{basic}\",1,,,,,\n"),
            1 => format!("{row},1.5,,,,,,\n"),
            2 => format!("{row},{basic},3,6,20,教育/初等教育,certified,2022-11-18\n"),
            3 => format!("{row},0,0,12,,,,\r\n"),
            _ => format!("{row},{basic},{},{},,,,\n", row % 300, row % 60 + 1),
        };
        input.push_str(&odd);
    }
    for flags in [
        Flags::default(),
        Flags { items: true, ..Flags::default() },
        Flags { strict: true, ..Flags::default() },
    ] {
        let one = batch(input.as_bytes(), 1, flags);
        assert!(input.len() > 4 * 128 * 1024 && !one.told.rejected.is_empty());
        for threads in [2, 3, 8] {
            let more = batch(input.as_bytes(), threads, flags);
            assert!(one.output == more.output, "{threads}");
            assert_eq!(one.told, more.told);
            assert_eq!(one.summary, more.summary);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// A file is one block of which no row goes the quick way; in small blocks nearly all do.
    #[test]
    fn the_quick_way_leads_to_the_same_rows_and_sums(
        rows in prop::collection::vec((0_u32..10_500, 0_u32..300, 0_u32..70, 0_u32..400, 0_usize..12), 1..200),
        columns in 0_usize..3,
        crlf in any::<bool>(),
        block in 1_usize..600,
    ) {
        let mut input = ["code,basic,interop,months", "months,held_basic,basic,nonprofit_proof,code", "interop,renewal,held_interop,basic"]
            [columns]
            .to_owned();
        for (number, (basic, interop, months, held, odd)) in rows.iter().enumerate() {
            input.push_str(if crlf { "\r\n" } else { "\n" });
            let (yes, code) = (u8::from(*odd == 0), if *odd == 1 { "\"a\nb\"" } else { "无" });
            input.push_str(&match columns {
                _ if *odd == 2 => String::new(),
                0 if *odd == 3 => format!("{code},{basic:08},{interop},{months}"),
                0 => format!("{code}{number:09},{basic},{interop},{months}"),
                1 => format!("{months},{held},{basic},{yes},{code}"),
                _ => format!("{interop},{yes},{held}, {basic}"),
            });
        }
        let whole = batch(input.as_bytes(), 1, Flags::default());
        let blocks = batch(input.as_bytes(), 2, Flags { block, ..Flags::default() });
        prop_assert_eq!(whole.output, blocks.output);
        prop_assert_eq!(whole.told, blocks.told);
        prop_assert_eq!(whole.summary, blocks.summary);
    }
}

#[test]
fn the_sums_are_those_of_the_rows() {
    let input = "basic,interop,nonprofit_proof\n150,0,\n8,20,yes\n10010,0,\n0,0,\n";
    let batch = batch(input.as_bytes(), 2, Flags::default());
    let summary = &batch.summary;
    assert_eq!((summary.rows, summary.rejected, summary.incomplete), (4, 1, 1));
    assert_eq!(summary.unpriced, PerType { basic: 10, interop: 0 });
    assert_eq!(summary.accounts, PerType { basic: 10_168, interop: 20 });
    assert_eq!(summary.list_price.to_string(), "13197.00");
    assert_eq!(summary.waived.to_string(), "887.00");
    assert_eq!(summary.payable.to_string(), "12310.00");
    assert_eq!(summary.waivers.len(), 1);
    let tiers = &summary.cards[0].tiers;
    assert_eq!(
        tiers.iter().map(|tier| tier.accounts.basic).collect::<Vec<_>>(),
        [15, 343, 300, 500, 9000, 10]
    );
    let annual: u64 =
        tiers.iter().filter_map(|tier| tier.annual.basic).map(|amount| amount.ten_thousandths()).sum();
    assert_eq!(annual, (605 + 37 + 11_705) * 10_000);
}

#[test]
fn numbers_are_read_as_people_type_them() {
    for basic in ["150", "0150", " 150 ", "\"150\"", "１５０", "150.0", "+150", "150人", "\"0,150\""] {
        let input = format!("basic,months\n{basic},12\n");
        let read = batch(input.as_bytes(), 1, Flags::default());
        if basic == "\"0,150\"" {
            assert_eq!(read.told.rejected.len(), 1, "{basic}");
        } else {
            assert_eq!(
                read.output.lines().nth(1).unwrap(),
                format!("{basic},12,605.00,0.00,605.00,0.00,605.00,true")
            );
        }
    }
    assert_eq!(lines("基础账号;月数\n150;半年\n"), ["150;半年;605.00;0.00;302.50;0.00;302.50;true"]);
    assert_eq!(lines("basic,term\n150,1年6个月\n"), ["150,1年6个月,605.00,0.00,907.50,0.00,907.50,true"]);
    assert_eq!(lines("basic,days\n150,31\n"), ["150,31,605.00,0.00,50.42,0.00,50.42,true"]);
    assert_eq!(
        lines("basic,renewal,held_basic\n150,是,200\n"),
        ["150,是,200,605.00,0.00,605.00,0.00,605.00,true"]
    );
}

#[test]
fn line_ends_marks_and_a_missing_last_one_are_kept() {
    let of = |input: &str| batch(input.as_bytes(), 1, Flags::default()).output;
    assert!(of("basic\n150").ends_with("\n150,605.00,0.00,605.00,0.00,605.00,true\n"));
    assert!(of("basic\r\n150").ends_with("complete\r\n150,605.00,0.00,605.00,0.00,605.00,true\r\n"));
    assert!(of("\u{feff}basic\n1\n").starts_with("\u{feff}basic,basic_annual,"));
    assert_eq!(of("\n\nbasic\n\n1\n\n").lines().count(), 2);
    assert_eq!(reasons(b"code,basic\na\rb,1\n\"a\rb\",1\n"), [(2, "batch-stray-line-end")]);
}

#[test]
fn rejected_rows_are_told_with_their_line() {
    let input = "code,basic\n\"a\nb\",1\nc,x\nd,1,2\n\ne\nf,0\n";
    let found = reasons(input.as_bytes());
    assert_eq!(
        found,
        [(4, "batch-not-understood"), (5, "batch-fields"), (7, "batch-fields"), (8, "diag-no-accounts")]
    );
    assert_eq!(reasons(b"basic,date\n1,2022-05-15\n1,2022-05-16\n")[0].0, 2);
    assert_eq!(reasons(b"basic,months\n1,61\n1,60\n"), [(2, "diag-term-out-of-range")]);
    assert_eq!(reasons(b"basic\n1000001\n1000000\n"), [(2, "diag-too-many-accounts")]);
}

#[test]
fn gb18030_may_begin_late_but_not_beside_utf8() {
    let text = "code,basic,备注\na,150,无\n";
    let bytes = encoding_rs::GB18030.encode(text).0;
    let found = batch(&bytes, 1, Flags::default());
    assert!(found.output.contains("a,150,无,605.00,"));
    assert_eq!(found.summary.encoding, "GB18030");
    let mut late = b"code,basic\n".to_vec();
    (0..40_000).for_each(|_| late.extend_from_slice(b"a,150\n"));
    let ascii = late.len();
    late.extend_from_slice(&encoding_rs::GB18030.encode("无,150\n").0);
    assert!(
        batch(&late, 2, Flags::default()).output.ends_with("无,150,605.00,0.00,605.00,0.00,605.00,true\n")
    );
    late.splice(ascii..ascii, "无,1\n".bytes().cycle().take("无,1\n".len() * 40_000));
    assert!(refusal(&late).contains("line 80002 is neither UTF-8 nor GB18030"), "{}", refusal(&late));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Rows in two encodings are refused, or read in one of them, wherever a block ends.
    #[test]
    fn blocks_do_not_decide_on_the_encoding(
        rows in prop::collection::vec((0_usize..3, 1_usize..200), 1..12),
        ascii in prop::sample::select(&[0_usize, 900][..]),
        block in 1_usize..600,
    ) {
        let mut input = b"code,basic\n".to_vec();
        input.extend(b"a,150\n".repeat(ascii));
        for (encoding, signs) in rows {
            let text = format!("{},150\n", "无".repeat(signs));
            match encoding {
                0 => input.extend(b"a,150\n".repeat(signs)),
                1 => input.extend(text.as_bytes()),
                _ => input.extend(&*encoding_rs::GB18030.encode(&text).0),
            }
        }
        let told = |block| {
            let found = try_batch(&input, 2, Flags { block, ..Flags::default() });
            found.map(|batch| batch.output).map_err(|refused| format!("{refused:?}"))
        };
        prop_assert_eq!(told(block), told(DEFAULT_BLOCK));
    }
}

#[test]
fn what_is_no_table_of_accounts_is_refused_with_the_line() {
    assert!(refusal(b"").contains("it is empty"));
    assert!(
        refusal(b"\ncode,basic,\xe5\x9f\xba\xe7\xa1\x80\xe8\xb4\xa6\xe5\x8f\xb7\n")
            .contains("on line 2 both hold basic")
    );
    assert!(refusal(b"code,name\n1,2\n").contains("no heading of line 1"));
    assert!(refusal(b"basic\n1\n\"2\n3\n").contains("the quotation mark on line 3 is not closed"));
    assert!(refusal(b"\"basic\n1\n").contains("the quotation mark on line 1 is not closed"));
    assert!(refusal(b"basic\n1\0\0\n").contains("binary"));
    assert!(refusal(b"PK\x03\x04basic").contains("workbook"));
    assert!(refusal(b"PAR1\x15\0\x15\x02\0\0PAR1").contains("it is a Parquet file"));
    let mut endless = b"basic,remark\n1,a\n1,".to_vec();
    endless.resize(100_000_000, b'x');
    assert!(refusal(&endless).contains("the row that begins on line 3 is longer than 4 MB"));
}

#[test]
fn a_long_row_that_is_not_too_long_is_priced() {
    let input = format!("basic,remark\n150,\"{}\"\n1,\n", "x\n".repeat(1_000_000));
    let found = batch(input.as_bytes(), 2, Flags::default());
    assert_eq!((found.summary.rows, found.summary.rejected), (2, 0));
    assert!(found.output.ends_with("\n1,,5.00,0.00,5.00,0.00,5.00,true\n"));
}

#[test]
fn strict_stops_before_the_rejected_row() {
    let flags = Flags { strict: true, ..Flags::default() };
    let found = batch(b"basic\n1\n0\n2\n", 2, flags);
    assert!(found.summary.stopped);
    assert_eq!((found.output.lines().count(), found.told.rejected.len()), (2, 1));
    assert!(!batch(b"basic\n1\n", 2, flags).summary.stopped);
}

/// An input or an output that fails.
struct Broken(io::ErrorKind);

impl io::Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
}

impl io::Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_cannot_be_read_or_written_ends_the_batch() {
    use io::Read;
    let price = |input: &mut (dyn io::Read + Send), output: &mut (dyn io::Write + Send)| {
        with_options(3, Flags::default(), |options| price_rows(input, output, &mut Told::default(), options))
    };
    let rows = "1\n".repeat(300_000);
    let mut input = "basic\n".as_bytes().chain(rows.as_bytes()).chain(Broken(io::ErrorKind::Other));
    let mut output = Vec::new();
    let read = price(&mut input, &mut output);
    assert!(matches!(read, Err(BatchError::Read(_))));
    assert!(output.iter().filter(|byte| **byte == b'\n').count() > 100_000);
    let full = &mut Broken(io::ErrorKind::StorageFull);
    let written = price(&mut rows.as_bytes(), full);
    assert!(matches!(written, Err(BatchError::Input(_))));
    let written = price(&mut "basic\n".as_bytes().chain(rows.as_bytes()), full);
    assert!(matches!(written, Err(BatchError::Write(error)) if error.kind() == io::ErrorKind::StorageFull));
}
