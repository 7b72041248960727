//! Broken rosters and documents through the whole program: each is reported with its file and the position in it, the
//! files beside it are processed, and the result says what it lacks. All ids and figures are invented.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// An id of a user, and one of an enterprise that is in no plan.
const USER: &str = "user-of-nobody";

const ACCOUNTS: &str = r#"{"errcode":0,"has_more":0,"account_list":[
{"userid":"user-of-nobody","type":1,"active_time":1668739098,"expire_time":1700880000},
{"userid":"another-user","type":1,"active_time":1668739098,"expire_time":1700880000}]}"#;

const ORDER: &str = r#"{"errcode":0,
"order":{"order_id":"OI1","order_type":1,"order_status":1,"corpid":"ww1","price":2500,
"account_count":{"base_count":5,"external_contact_count":0},"account_duration":{"months":12,"days":0},
"create_time":1668739098,"pay_time":1668739098}}"#;

/// Runs the program with at most a gigabyte of memory.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_wxlicense");
    let mut command = if cfg!(target_os = "linux") {
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -v 1000000; exec \"$0\" \"$@\"", program]);
        command
    } else {
        Command::new(program)
    };
    command.args(arguments).args(["--message-format", "short", "--lang", "en"]);
    command.current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

fn write(folder: &TempDir, files: &[(&str, &[u8])]) {
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
}

/// Returns a folder with a plan of two schools: one with a line of its own, and one that needs no file.
fn plan(top: &str, line: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let school = "[[school]]\ncode = \"1\"\nname = \"甲\"\ncorp-id = \"ww1\"";
    let other = "[[school]]\ncode = \"2\"\nname = \"乙\"\nbasic = 3";
    let text = format!("date = 2023-06-01\n{top}\n{school}\n{line}\n{other}\n");
    write(&folder, &[("plan.toml", text.as_bytes())]);
    folder
}

fn accounts_plan() -> TempDir {
    plan("", "basic = 7\nheld = [{ from = \"*.json\" }]")
}

fn orders_plan() -> TempDir {
    plan("orders = { from = [\"*.json\"] }", "basic = 7")
}

fn roster_plan(roster: &str) -> TempDir {
    plan("", &format!("[[school.app]]\nid = \"a\"\nroster = {roster:?}\n"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Checks that a problem is reported, and that the school whose files are good has its figures.
#[track_caller]
fn assert_left_out(folder: &TempDir, problem: &str) {
    for command in ["quote", "status"] {
        let output = run(folder.path(), &[command, "plan.toml", "--format", "csv"]);
        let (rows, problems) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(2), "{problem}: {problems}");
        assert!(problems.contains(problem), "{problem}: {problems}");
        assert!(!problems.contains(USER) && !problems.contains("panicked"), "{problems}");
        assert!(rows.contains("乙") && !rows.contains("甲"), "{problem}: {rows}");
    }
    let quote = run(folder.path(), &["quote", "plan.toml", "--format", "json"]);
    let quote: Value = serde_json::from_slice(&quote.stdout).unwrap();
    assert_eq!(quote["totals"]["complete"], false);
    assert_eq!(quote["totals"]["payable"], "15.00");
    assert_eq!(quote["assumptions"][0]["code"], "left-out");
}

/// Returns the number of accounts that `status` counts for the first school.
#[track_caller]
fn active(folder: &TempDir, field: &str) -> u64 {
    let output = run(folder.path(), &["status", "plan.toml", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let status: Value = serde_json::from_slice(&output.stdout).unwrap();
    status["schools"][0][field]["basic"].as_u64().unwrap()
}

fn replaced(document: &str, from: &str, to: &str) -> Vec<u8> {
    assert!(document.contains(from), "{from}");
    document.replacen(from, to, 1).into_bytes()
}

/// Arrays around arrays.
fn nested(levels: usize) -> String {
    format!("{}{}", "[".repeat(levels), "]".repeat(levels))
}

/// Broken texts of a document, each with what is said of it after the name of its file.
fn broken(document: &str, last_line: u32) -> Vec<(Vec<u8>, String)> {
    let syntax = |line: u32, reason: &str| format!(", line {line}: not valid JSON: {reason}");
    let mut cases = vec![
        (
            document.as_bytes()[..document.len() - 9].to_vec(),
            syntax(last_line, "the text ends in the middle"),
        ),
        (replaced(document, "\"errcode\":0,", "\"errcode\":\0,"), syntax(1, "a NUL byte")),
        (vec![0; 1000], syntax(1, "a NUL byte")),
        (nested(10_000).into_bytes(), ", line 1: this is no document of WeCom's licence API".to_owned()),
        (
            format!("[1,\"x\",null,[{document}]]").into_bytes(),
            ", line 1, /0: 3 values are no documents".to_owned(),
        ),
        (b"\xff\xfe{\0}\0".to_vec(), " as JSON: it is saved as UTF-16".to_owned()),
    ];
    cases.push((Vec::new(), " as JSON: it is empty".to_owned()));
    cases
}

#[test]
fn a_broken_account_list_leaves_its_school_out() {
    let folder = accounts_plan();
    let field = |from, to, problem: &str| (replaced(ACCOUNTS, from, to), problem.to_owned());
    let mut cases = broken(ACCOUNTS, 3);
    cases.extend([
        field("1668739098", "\"1668739098\"", ", line 2, /account_list/0/active_time: expected a time"),
        field("1668739098", "-5", ", line 2, /account_list/0/active_time: expected a time"),
        field("1700880000", "1700880000.5", ", line 2, /account_list/0/expire_time: expected a time"),
        field("1700880000", "9999999999999999", ", line 2, /account_list/0/expire_time: expected a time"),
        field("\"type\":1", "\"type\":\"1\"", ", line 2, /account_list/0/type: expected 1 (basic)"),
        field("{\"userid\"", "7,{\"userid\"", ", line 2, /account_list/0: expected an object, found 7"),
    ]);
    for (bytes, problem) in cases {
        write(&folder, &[("good.json", ACCOUNTS.as_bytes()), ("bad.json", &bytes)]);
        assert_left_out(&folder, &format!("bad.json{problem}"));
    }
}

#[test]
fn a_broken_order_leaves_out_every_school_that_it_may_be_of() {
    let folder = orders_plan();
    for (bytes, problem) in broken(ORDER, 4).into_iter().chain(broken_orders()) {
        write(&folder, &[("good.json", &replaced(ORDER, "OI1", "OI2")), ("bad.json", &bytes)]);
        assert_left_out(&folder, &format!("bad.json{problem}"));
    }
}

/// The enterprise of a broken order can be told; that of one that breaks off cannot.
#[test]
fn a_broken_order_leaves_out_its_own_school_alone_if_it_names_it() {
    let folder = orders_plan();
    let plan = fs::read_to_string(folder.path().join("plan.toml")).unwrap();
    let plan = plan.replace("name = \"乙\"", "name = \"乙\"\ncorp-id = \"ww2\"");
    write(&folder, &[("plan.toml", plan.as_bytes()), ("good.json", &replaced(ORDER, "OI1", "OI2"))]);
    for (bytes, problem) in broken_orders().into_iter().filter(|(_, problem)| problem.contains("expected")) {
        write(&folder, &[("bad.json", &bytes)]);
        assert_left_out(&folder, &format!("bad.json{problem}"));
    }
    write(&folder, &[("bad.json", &replaced(ORDER, "\"pay_time\":1668739098", "\"pay_time\":0"))]);
    assert_left_out(&folder, "bad.json, line 1: `pay_time`");
    for (from, to) in [("2500", "\"25.00\",\"corpid\":\"ww2\""), ("\"ww1\"", "7"), ("}}", "")] {
        write(&folder, &[("bad.json", &replaced(ORDER, from, to))]);
        let output = run(folder.path(), &["quote", "plan.toml", "--format", "csv"]);
        assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""), "{to}");
    }
}

fn broken_orders() -> Vec<(Vec<u8>, String)> {
    let field = |from, to, problem: &str| (replaced(ORDER, from, to), problem.to_owned());
    vec![
        field("2500", "\"25.00\"", ", line 2, /order/price: expected a whole number of fen"),
        field("2500", "25.5", ", line 2, /order/price: expected a whole number of fen"),
        field("2500", "9223372036854775808", ", line 2, /order/price: expected a whole number of fen"),
        field("\"base_count\":5", "\"base_count\":-5", ", line 3, /order/account_count/base_count: expected"),
        field("\"months\":12", "\"months\":[12]", ", line 3, /order/account_duration/months: expected"),
        field("{\"order_id\":\"OI1\"", "[7", ", line 2"),
    ]
}

#[test]
fn a_broken_roster_leaves_its_school_out() {
    for (bytes, problem) in [
        (
            &b"userid\nuser-of-nobody\n\xff\xff\xff\n"[..],
            "error[sheet-unreadable]: cannot read users.csv as a spreadsheet: line 3 is",
        ),
        (
            b"userid\nuser\0-of-nobody\n",
            "error[sheet-unreadable]: cannot read users.csv as a spreadsheet: it is a binary",
        ),
        (
            b"userid\na\n\"user-of-nobody\n",
            "cannot read users.csv as a spreadsheet: the quotation mark on line 3",
        ),
        (b"user-of-nobody\n", "error[roster-column-missing]: no column of users.csv"),
        (b"", "error[roster-column-missing]: no column of users.csv"),
        (&[b'['; 10_000], "error[roster-column-missing]: no column of users.csv"),
        (b"PK\x03\x04 is no workbook", "error[sheet-unreadable]: cannot read users.csv"),
    ] {
        let folder = roster_plan("users.csv");
        write(&folder, &[("users.csv", bytes)]);
        assert_left_out(&folder, problem);
    }
    let long = format!("userid\na\n{}\n", USER.repeat(9));
    let folder = roster_plan("users.csv");
    write(&folder, &[("users.csv", long.as_bytes())]);
    assert_left_out(&folder, "is longer than 64 bytes: line 3");
    assert_left_out(&roster_plan("absent-*.csv"), "error[files-not-found]: no file in the current folder");
    assert_left_out(&roster_plan("absent.csv"), "error[file-unreadable]: cannot read absent.csv");
}

/// Files of two gigabytes, which take no room on the disk.
#[test]
fn a_huge_file_is_refused_without_being_loaded() {
    let huge = |folder: &TempDir, name: &str, start: &[u8]| {
        write(folder, &[(name, start)]);
        let file = fs::File::options().write(true).open(folder.path().join(name)).unwrap();
        file.set_len(2 << 30).unwrap();
    };
    for folder in [accounts_plan(), orders_plan()] {
        huge(&folder, "bad.json", b"{");
        assert_left_out(&folder, "cannot read bad.json as JSON: it has more than 128 MB");
    }
    for start in [&b"userid\na\n"[..], b"PK\x03\x04"] {
        let folder = roster_plan("users.csv");
        huge(&folder, "users.csv", start);
        assert_left_out(&folder, "users.csv is too large: more than 512 MB");
    }
    let folder = plan("", "basic = 7");
    huge(&folder, "bad.json", b"{");
    let found = reconciled(&folder, ORDER.as_bytes());
    assert!(found.1.contains("cannot read bad.json as JSON: it has more than 128 MB"), "{}", found.1);
    let folder = plan("", "basic = 7");
    huge(&folder, "plan.toml", b"date = 2023-06-01\n");
    let output = run(folder.path(), &["quote", "plan.toml"]);
    assert!(text(&output.stderr).contains("file-too-large"), "{}", text(&output.stderr));
}

#[cfg(unix)]
#[test]
fn a_pipe_leaves_its_school_out() {
    for (folder, name) in
        [(accounts_plan(), "a.json"), (orders_plan(), "a.json"), (roster_plan("a.csv"), "a.csv")]
    {
        let made = Command::new("mkfifo").arg(folder.path().join(name)).status().unwrap();
        assert!(made.success());
        assert_left_out(&folder, "error[file-special]");
    }
}

#[test]
fn large_numbers_and_deep_nesting_that_fit_are_right() {
    let (accounts, orders) = (accounts_plan(), orders_plan());
    let deep = format!("\"surplus\":{},\"errcode\":0", nested(10_000));
    let expire = format!("{}", (1_u64 << 32) + 5_000);
    for bytes in [replaced(ACCOUNTS, "\"errcode\":0", &deep), replaced(ACCOUNTS, "1700880000", &expire)] {
        write(&accounts, &[("a.json", &bytes)]);
        assert_eq!(active(&accounts, "active"), 2);
    }
    for bytes in [replaced(ORDER, "\"errcode\":0", &deep), replaced(ORDER, "2500", "21474836480000")] {
        write(&orders, &[("a.json", &bytes)]);
        assert_eq!(active(&orders, "unactivated"), 5);
    }
    // An order of the year 2106 is none of the plan's date.
    write(&orders, &[("a.json", &replaced(ORDER, "\"pay_time\":1668739098", "\"pay_time\":4300000000"))]);
    assert_eq!(active(&orders, "unactivated"), 0);
}

/// Returns what `reconcile` answers in JSON and what it reports, with a bad file beside an order.
fn reconciled(folder: &TempDir, good: &[u8]) -> (Value, String) {
    write(folder, &[("good.json", good)]);
    let files = ["reconcile", "plan.toml", "--orders", "bad.json", "good.json", "--format", "json"];
    let output = run(folder.path(), &files);
    let problems = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{problems}");
    assert!(!problems.contains("panicked"), "{problems}");
    (serde_json::from_slice(&output.stdout).unwrap(), problems)
}

#[test]
fn a_broken_bill_leaves_the_others_checked() {
    for (bytes, problem) in broken(ORDER, 4).into_iter().chain(broken_orders()) {
        let folder = plan("", "basic = 7");
        write(&folder, &[("bad.json", &bytes)]);
        let (found, problems) = reconciled(&folder, &replaced(ORDER, "OI1", "OI2"));
        let orders = found["orders"].as_array().unwrap();
        let of = |id: &str| orders.iter().find(|order| order["order_id"] == id);
        assert_eq!(of("OI2").unwrap()["verdict"], "matched");
        assert!(problems.contains(&format!("bad.json{problem}")), "{problem}: {problems}");
        // What stands beside something else in a file is read, and what can be told of a broken order is.
        if let Some(broken) = of("OI1").filter(|order| order["verdict"] != "matched") {
            assert_eq!(broken["verdict"], "unreadable", "{broken}");
            assert_eq!(found["totals"]["unreadable_orders"], 1);
        }
        assert_eq!(found["totals"]["incomplete_files"], 1);
        assert_eq!(found["totals"]["complete"], false);
    }
}

#[test]
fn a_bill_beyond_32_bits_is_checked() {
    let folder = plan("", "basic = 7");
    let price = replaced(ORDER, "2500", "21474836480000");
    let bill =
        String::from_utf8(price).unwrap().replace("\"pay_time\":1668739098", "\"pay_time\":4300000000");
    write(&folder, &[("bill.json", bill.as_bytes())]);
    let output = run(folder.path(), &["reconcile", "plan.toml", "--orders", "bill.json", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["orders"][0]["difference"], "214748364775.00");
    assert_eq!(found["orders"][0]["paid"], "2106-04-06");
    // The statement does not go on to that year month by month.
    assert!(found["statement"].as_array().unwrap().len() < 10, "{}", found["statement"]);
}
