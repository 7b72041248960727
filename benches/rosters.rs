//! Time to read a roster of a million users.

use std::fmt::Write as _;
use std::io::Cursor;

use wxlicense::wecom::roster;

fn main() {
    divan::main();
}

const USERS: u32 = 1_000_000;

/// Ids as WeCom gives them to third-party apps.
fn id(index: u32) -> String {
    format!("woAJ2GCAAA{:022}", u64::from(index) * 7_919 % 1_000_003)
}

/// A column of ids alone, and one beside columns that a roster usually has.
#[divan::bench(args = [0, 4])]
fn roster_of_a_million_users(bencher: divan::Bencher<'_, '_>, others: usize) {
    let mut text = format!("userid{}\n", ",部门".repeat(others));
    (0..USERS).for_each(|index| {
        let _ = writeln!(text, "{}{}", id(index), ",信息工程学院".repeat(others));
    });
    bencher.bench(|| {
        let roster = roster::read("roster.csv", &mut Cursor::new(&text), None);
        assert_eq!((roster.content.len(), roster.diagnostics.len()), (USERS as usize, 0));
    });
}
