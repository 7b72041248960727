//! Time to read what WeCom lists of 200 000 accounts, and to make holdings of it.

use std::fmt::Write as _;

use wxlicense::wecom::documents::{self, missing_pages};
use wxlicense::wecom::holdings;

/// Accounts of the documents.
const ACCOUNTS: usize = 200_000;

fn main() {
    divan::main();
}

/// One answer a line, each with a page of 1000 accounts.
#[divan::bench]
fn holdings_of_200_000_accounts_in_pages(bencher: divan::Bencher<'_, '_>) {
    let pages = (0..ACCOUNTS / 1000).map(|page| {
        let has_more = u8::from(page + 1 < ACCOUNTS / 1000);
        let rows = rows(page * 1000..(page + 1) * 1000);
        format!(
            "{{\"errcode\":0,\"errmsg\":\"ok\",\"next_cursor\":\"{page}\",\"has_more\":{has_more},\
             \"account_list\":[{rows}]}}\n"
        )
    });
    let text: String = pages.collect();
    bencher.bench(|| held(&text));
}

/// One answer, a value a line.
#[divan::bench]
fn holdings_of_200_000_accounts_indented(bencher: divan::Bencher<'_, '_>) {
    let answer = format!("{{\"errcode\":0,\"has_more\":0,\"account_list\":[{}]}}", rows(0..ACCOUNTS));
    let text = answer.replace('{', "{\n      ").replace(',', ",\n      ");
    bencher.bench(|| held(&text));
}

/// All accounts in one array, without answers around them.
#[divan::bench]
fn holdings_of_200_000_accounts_in_an_array(bencher: divan::Bencher<'_, '_>) {
    let text = format!("[{}]", rows(0..ACCOUNTS));
    bencher.bench(|| held(&text));
}

/// Returns the number of accounts.
fn held(text: &str) -> usize {
    let reading = documents::read("accounts.json", text.as_bytes());
    assert!(reading.diagnostics.is_empty() && missing_pages(&reading.documents).is_empty());
    let held = holdings(reading.documents).list.accounts.len();
    assert_eq!(held, ACCOUNTS);
    held
}

/// Entries of invented users, their ids as long as WeCom's.
fn rows(users: std::ops::Range<usize>) -> String {
    let mut rows = String::new();
    for user in users {
        let comma = if rows.is_empty() { "" } else { "," };
        let (account_type, days) = (1 + user % 2, user % 400 * 86_400);
        let (active, expire) = (1_668_739_098 + days, 1_700_880_000 + days);
        // Writing to a string does not fail.
        let _ = write!(
            rows,
            "{comma}{{\"userid\":\"woAJ2GCAAAXtWyujaWJHDDGi0mA{user:08}\",\"type\":{account_type},\
             \"active_time\":{active},\"expire_time\":{expire}}}"
        );
    }
    rows
}
