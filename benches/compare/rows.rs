//! What `benches/compare/run.py` compares with: it makes the input, and copies its rows with the csv crate.
//!
//! usage: compare_rows generate ROWS > rows.csv
//!        compare_rows copy FILE OUTPUT

use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// The seed of every input: equal numbers of rows give equal bytes.
const SEED: u64 = 2022_05_16;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["generate", rows] => generate(rows.parse()?),
        ["copy", from, to] => copy(from, to),
        _ => Err("usage: compare_rows generate ROWS | copy FILE OUTPUT".into()),
    }
}

/// Writes invented customers: most are small, as enterprises are, one in 200 has more accounts than the list has prices for,
/// and two in three buy for a year.
fn generate(rows: u64) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    writeln!(out, "code,basic,interop,months")?;
    let mut state = SEED;
    for row in 0..rows {
        let mut random = |below: u64| below_of(next(&mut state), below);
        // As many up to 10 as from 10 to 100, and so on.
        let (magnitude, share) = (random(4), random(1000));
        let below = 10_u64.pow(magnitude as u32 + 1);
        let basic = if share < 5 { 9_900 + random(300) } else { 1 + random(below) };
        let below = 10_u64.pow(random(3) as u32 + 1);
        let interop = if random(2) == 0 { 0 } else { random(below) };
        let months = if random(3) < 2 { 12 } else { 1 + random(60) };
        writeln!(out, "c{:08},{basic},{interop},{months}", row + 1)?;
    }
    Ok(out.flush()?)
}

/// Copies all rows field by field: the least that a program does which reads and writes CSV with this crate.
fn copy(from: &str, to: &str) -> Result<(), Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(from)?;
    let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 18).from_writer(File::create(to)?);
    writer.write_byte_record(reader.byte_headers()?)?;
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        writer.write_byte_record(&record)?;
    }
    Ok(writer.flush()?)
}

/// Steps the state of a splitmix64.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Returns a random number from 0 to `below`, exclusive.
fn below_of(random: u64, below: u64) -> u64 {
    ((u128::from(random) * u128::from(below)) >> 64) as u64
}
