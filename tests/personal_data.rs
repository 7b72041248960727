//! Personal data stays put: no id of a user is in anything that the program writes, unless `--list-users` asks for it
//! or a request to WeCom needs it. All ids and figures are invented.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A part of every id of a user.
const MARKER: &str = "zq7marker";

fn user(name: &str) -> String {
    format!("{MARKER}-{name}")
}

/// A roster with users.
fn roster(names: &[&str]) -> String {
    names.iter().fold("userid\n".to_owned(), |text, name| text + &user(name) + "\n")
}

fn account(name: &str, account_type: u8, activated: u64) -> String {
    let expires = activated + 372 * 86_400;
    format!(
        r#"{{"userid":"{}","type":{account_type},"active_time":{activated},"expire_time":{expires}}}"#,
        user(name)
    )
}

fn accounts(rows: &[String]) -> String {
    format!(r#"{{"errcode":0,"has_more":0,"account_list":[{}]}}"#, rows.join(",\n"))
}

fn order(id: &str, kind: u8, basic: u32, price: u32, paid: u64) -> String {
    format!(
        r#"{{"errcode":0,"order":{{"order_id":"{id}","order_type":{kind},"order_status":1,"corpid":"ww1","price":{price},
        "account_count":{{"base_count":{basic},"external_contact_count":0}},"account_duration":{{"months":12}},
        "create_time":{paid},"pay_time":{paid}}}}}"#
    )
}

/// 2022-11-18, Beijing time.
const PAID: u64 = 1_668_739_098;

/// Returns a folder with a plan whose users, accounts and orders come from files. A renewal is due, people left, others
/// have no account, and one bill is wrong.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let plan = r#"
        date = 2023-11-20
        provider = { name = "示例科技", buyer = "buyer" }
        orders = { from = ["orders-*.json"] }
        [[school]]
        code = "1"
        name = "甲"
        corp-id = "ww1"
        held = [{ from = "accounts.json" }, { from = "codes.json" }]
        [[school.app]]
        id = "x"
        authorized = 2022-08-01T09:00:00
        roster = "visitors.csv"
        [[school.app]]
        id = "y"
        authorized = 2022-08-01T09:00:00
        needs = "interop"
        roster = "customers.csv"
    "#;
    let listed = ["a", "b", "c", "left"].map(|name| account(name, 1, PAID));
    let codes = format!(
        r#"{{"errcode":0,"active_info_list":[{{"active_code":"code1","type":1,"status":1,"create_time":{PAID}}},
        {{"active_code":"code2","type":2,"status":2,"userid":"{}","create_time":{PAID},"active_time":{PAID},
        "expire_time":{}}}]}}"#,
        user("d"),
        PAID + 372 * 86_400
    );
    let renewed = format!(
        r#"{{"order_id":"OI2","errcode":0,"has_more":0,"account_list":[{{"userid":"{}","type":1}}]}}"#,
        user("a")
    );
    for (name, text) in [
        ("plan.toml", plan),
        ("visitors.csv", &roster(&["a", "b", "c", "c", "d", "new", "odd id"])),
        ("customers.csv", &roster(&["d", "newer"])),
        ("accounts.json", &accounts(&listed)),
        ("codes.json", &codes),
        ("orders-1.json", &order("OI1", 1, 5, 2_501, PAID)),
        ("orders-2.json", &format!("[{},{renewed}]", order("OI2", 2, 1, 500, PAID + 300 * 86_400))),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxlicense"));
    command.current_dir(folder).args(arguments).env("LANG", "C.UTF-8").stdin(Stdio::null());
    command.output().unwrap()
}

/// Returns bytes as text, packed parts unpacked.
fn unpacked(bytes: &[u8]) -> String {
    let Ok(mut parts) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let mut text = String::new();
    for index in 0..parts.len() {
        let mut part = Vec::new();
        std::io::copy(&mut parts.by_index(index).unwrap(), &mut part).unwrap();
        text += &String::from_utf8_lossy(&part);
    }
    text
}

/// Returns all that a command writes: both streams, and the files of a new folder `out`.
#[track_caller]
fn written(folder: &Path, arguments: &[&str]) -> String {
    let out = folder.join("out");
    let _ = fs::remove_dir_all(&out);
    let output = run(folder, arguments);
    let mut text = unpacked(&output.stdout) + &unpacked(&output.stderr);
    assert!(!text.contains("panicked") && text.len() > 40 || out.is_dir(), "{arguments:?}: {text}");
    for file in fs::read_dir(&out).into_iter().flatten() {
        text += &unpacked(&fs::read(file.unwrap().path()).unwrap());
    }
    text
}

const FORMATS: [&str; 6] = ["table", "json", "csv", "markdown", "html", "xlsx"];

/// Commands that read a plan; what follows its name.
const COMMANDS: [&str; 12] = [
    "quote plan.toml --explain --sources",
    "status plan.toml --sources",
    "status plan.toml --within 12m",
    "calendar plan.toml --sources",
    "budget plan.toml --years 3 --sources",
    "compare plan.toml --set 1.basic=9",
    "compare plan.toml --budget --set 1.basic=9",
    "reconcile plan.toml --orders orders-1.json orders-2.json --rules",
    "order plan.toml --until 2023-12-31",
    "order plan.toml --until 2023-12-31 --jobs",
    "order plan.toml --quote",
    "check plan.toml",
];

#[test]
fn no_result_has_the_id_of_a_user() {
    let folder = folder();
    for command in COMMANDS {
        let command: Vec<&str> = command.split(' ').collect();
        if command[0] == "check" {
            assert!(!written(folder.path(), &command).contains(MARKER));
            continue;
        }
        let more = if command[0] == "calendar" { &["ics"][..] } else { &[] };
        let forms = FORMATS.iter().chain(more).map(|format| (*format, "en")).chain([("table", "zh")]);
        for (format, lang) in forms {
            let arguments = [&command[..], &["--format", format, "--lang", lang]].concat();
            let text = written(folder.path(), &arguments);
            assert!(!text.contains(MARKER), "{arguments:?}: {text}");
            let names_schools = !["ics", "json", "csv"].contains(&format);
            assert!(!names_schools || text.contains("甲"), "{arguments:?}: {text}");
        }
    }
    let files = ["txt", "json", "csv", "md", "html", "xlsx"].map(|ending| format!("status.{ending}"));
    let outputs: Vec<&str> = files.iter().flat_map(|file| ["-o", file]).collect();
    let text = written(folder.path(), &[&["status", "plan.toml"], &outputs[..]].concat());
    assert!(!text.contains(MARKER), "{text}");
    for file in files {
        let text = unpacked(&fs::read(folder.path().join(&file)).unwrap());
        assert!(text.contains("甲") && !text.contains(MARKER), "{file}: {text}");
    }
}

#[test]
fn users_are_listed_on_request() {
    let folder = folder();
    for format in FORMATS {
        let text = written(folder.path(), &["status", "plan.toml", "--list-users", "--format", format]);
        for name in ["left", "new", "newer"] {
            assert!(text.contains(&user(name)), "{format}: {text}");
        }
        assert!(!text.contains(&user("a")), "{format} lists somebody who has what he needs: {text}");
    }
}

/// A request to prolong somebody's account names him, and nothing else of `order` does.
#[test]
fn requests_name_the_users_whom_they_are_about() {
    let folder = folder();
    let order = ["order", "plan.toml", "--until", "2023-12-31"];
    assert!(written(folder.path(), &[&order[..], &["--format", "ndjson"]].concat()).contains(&user("b")));
    assert!(written(folder.path(), &[&order[..], &["-o", "out"]].concat()).contains(&user("b")));
    let manifest = fs::read_to_string(folder.path().join("out/manifest.json")).unwrap();
    assert!(!manifest.contains(MARKER), "{manifest}");
}

#[test]
fn no_problem_has_the_id_of_a_user() {
    let ids = |text: &str| text.replace('@', MARKER);
    let page = |rows: &str| ids(&format!(r#"{{"errcode":0,"has_more":0,"account_list":[{rows}]}}"#));
    let row = r#"{"userid":"@-1","type":1,"active_time":1668739098,"expire_time":1700880000}"#;
    let broken = [
        // Rosters.
        ("visitors.csv", ids("@-1\n@-2\n")),
        ("visitors.csv", ids("userid\n@-1\n\"@-2\n")),
        ("visitors.csv", ids("userid\n@-1@@@@@@@@@@\n")),
        ("visitors.csv", ids("userid\n@ 1\n@ 1\n@@,@\n")),
        ("visitors.csv", ids("userid,userid\n@-1,@-2\n")),
        ("visitors.csv", ids("@-1,userid,User ID\n@-1,@-2,@-3\n")),
        ("visitors.csv", ids("userid\n@-1\n\0@\n")),
        // Accounts.
        ("accounts.json", page(row).replace("1668739098", "\"x\"")),
        ("accounts.json", page(&row.replace("\"@-1\"", "[\"@-1\"]"))),
        ("accounts.json", page(&row.replace("\"type\":1", "\"type\":\"@\""))),
        ("accounts.json", page(&row.replace("\"type\":1", "\"userid\":\"@-2\",\"type\":1"))),
        ("accounts.json", page(&format!("{row},\"@-5\",7"))),
        ("accounts.json", page(row)[..70].to_owned()),
        ("accounts.json", page(&row.replace("\"@-1\"", "\"@\n-1\""))),
        ("accounts.json", page(&format!("{row} {row}"))),
        ("accounts.json", ids(r#"{"errcode":60111,"errmsg":"userid @-1 not found"}"#)),
        ("accounts.json", ids(r#"{"@-1":{"@-2":["@-3"]}}"#)),
        (
            "accounts.json",
            ids(&format!(r#"{{"errcode":0,"has_more":1,"next_cursor":"@-1","account_list":[{row}]}}"#)),
        ),
        (
            "codes.json",
            ids(
                r#"{"errcode":0,"active_info_list":[{"active_code":"c","userid":"@-1","status":9,"type":1}]}"#,
            ),
        ),
        ("codes.json", ids(r#"{"errcode":0,"active_info_list":[],"invalid_active_code_list":["@-1"]}"#)),
        // Orders and their accounts.
        (
            "orders-1.json",
            ids(r#"{"errcode":0,"invalid_account_list":[{"userid":"@-1","type":1,"errcode":1}]}"#),
        ),
        ("orders-1.json", ids(r#"{"errcode":0,"unlicenseduser":"@-1|@-2"}"#)),
        ("orders-1.json", ids(r#"{"errcode":0,"account_list":[{"userid":"@-1","type":7}]}"#)),
        (
            "orders-1.json",
            ids(r#"{"corpid":"ww1","account_list":[{"userid":"@-1","type":1}],"buyer_userid":"@-2"}"#),
        ),
    ];
    for (name, text) in broken {
        let folder = folder();
        fs::write(folder.path().join(name), &text).unwrap();
        for command in [
            "check plan.toml",
            "check plan.toml --message-format short",
            "check plan.toml --message-format json",
            "check plan.toml --message-format github",
            "status plan.toml",
            "order plan.toml --format table",
        ] {
            let found = written(folder.path(), &command.split(' ').collect::<Vec<_>>());
            assert!(!found.contains(MARKER), "{name} {text}: {found}");
            assert!(!command.starts_with("check") || found.contains(name), "{name} {text}: {found}");
        }
        if name.ends_with("json") {
            let reconcile = ["reconcile", "plan.toml", "--orders", "orders-1.json", "orders-2.json", name];
            fs::write(folder.path().join("plan.toml"), plan_without_files()).unwrap();
            let found = written(folder.path(), &reconcile);
            assert!(!found.contains(MARKER), "{name} {text}: {found}");
        }
    }
}

/// A plan whose files are those of the command line alone.
fn plan_without_files() -> &'static str {
    "date = 2023-11-20\n[[school]]\ncode = \"1\"\nname = \"甲\"\ncorp-id = \"ww1\"\nbasic = 5\n"
}
