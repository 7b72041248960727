//! The files that a plan names: which may be opened, and that nobody's id is shown.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const SCHOOL: &str = "[[school]]\ncode = \"1\"\nname = \"甲\"\n";

/// Returns a folder with a folder `plans`, which has rosters, and with files beside it.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let card = include_str!("../tiers/wecom-2022-05-16.toml").replace("wecom-2022-05-16", "beside");
    for (path, text) in [
        ("card.toml", card.as_str()),
        ("secret.txt", "userid\nsecret-user\nsecret line, with more\n"),
        ("plans/rosters/1-a.csv", "userid\nlisi\nzhangsan\n"),
        ("plans/rosters/1-b.csv", "userid\nzhangsan\nwangwu\n"),
        ("plans/rosters/more/1-c.csv", "userid\nzhaoliu\n"),
        ("plans/rosters/[1].csv", "userid\nlisi\n"),
        ("plans/rosters/.1-hidden.csv", "userid\nhidden-user\n"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxlicense"));
    command.current_dir(folder).args(arguments).env("LANG", "C.UTF-8").stdin(Stdio::null());
    command.output().unwrap()
}

/// Returns what the check of a plan in `plans` with a line says, a problem a line.
fn check(folder: &Path, line: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let text = match line.starts_with("rate-card") {
        true => format!("{line}\n{SCHOOL}basic = 1\n"),
        false => format!("{SCHOOL}[[school.app]]\nid = \"x\"\n{line}\n"),
    };
    fs::write(folder.join("plans/plan.toml"), text).unwrap();
    let output =
        run(folder, &[&["check", "plans/plan.toml", "--message-format", "short"], arguments].concat());
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// Returns the basic users that a plan with a roster counts.
fn users(folder: &Path, pattern: &str) -> u64 {
    fs::write(
        folder.join("plans/plan.toml"),
        format!("{SCHOOL}[[school.app]]\nid = \"x\"\nroster = \"{pattern}\"\n"),
    )
    .unwrap();
    let output = run(folder, &["quote", "plans/plan.toml", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{pattern}: {}", String::from_utf8_lossy(&output.stderr)));
    json["orders"][0]["members"][0]["need"]["basic"].as_u64().unwrap()
}

#[test]
fn a_pattern_finds_files_below_the_plan() {
    let folder = folder();
    let path = folder.path();
    for (pattern, count) in [
        ("rosters/1-a.csv", 2),
        ("rosters/1-*.csv", 3),
        ("rosters/*", 3),
        ("rosters/**/*.csv", 4),
        ("**/1-?.csv", 4),
        ("./rosters/../rosters/1-[ab].csv", 3),
        ("rosters/[1].csv", 1),
        ("r*/more/*.csv", 1),
    ] {
        assert_eq!(users(path, pattern), count, "{pattern}");
    }
    let stdin = Command::new(env!("CARGO_BIN_EXE_wxlicense"))
        .current_dir(path.join("plans"))
        .args(["quote", "-", "--format", "csv"])
        .stdin(fs::File::open(path.join("plans/plan.toml")).unwrap())
        .output()
        .unwrap();
    assert!(stdin.status.success());
}

#[test]
fn a_pattern_that_finds_nothing_names_the_folder() {
    let folder = folder();
    for pattern in ["rosters/2-*.csv", "absent/*.csv", "rosters/*/*/*.csv", "*/../../secret*"] {
        let (status, problem) = check(folder.path(), &format!("roster = \"{pattern}\""), &[]);
        let expected = format!("error[files-not-found]: no file in plans fits `{pattern}`\n");
        assert!(status == Some(1) && problem.ends_with(&expected), "{problem}");
    }
    let (_, problem) = check(folder.path(), "roster = \"**x\"", &[]);
    assert!(problem.contains("error[bad-pattern]"), "{problem}");
    let (_, problem) = check(folder.path(), "roster = \"rosters/absent.csv\"", &[]);
    assert!(problem.contains("error[file-unreadable]: cannot read plans/rosters/absent.csv: "), "{problem}");
    let (_, problem) = check(folder.path(), "roster = \"rosters\"", &[]);
    assert!(
        problem.contains("error[file-unreadable]: cannot read plans/rosters: it is a folder"),
        "{problem}"
    );
}

#[test]
fn what_is_not_below_the_plan_is_opened_on_request_alone() {
    let folder = folder();
    let absolute = folder.path().join("secret.txt").display().to_string();
    let mut rosters = vec!["../secret.txt".to_owned(), "../s*.txt".to_owned(), absolute];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../../secret.txt", folder.path().join("plans/rosters/link.csv")).unwrap();
        std::os::unix::fs::symlink("../..", folder.path().join("plans/rosters/up")).unwrap();
        rosters.extend(["rosters/link.csv", "rosters/l*.csv", "rosters/up/secret.txt"].map(str::to_owned));
    }
    for roster in rosters {
        let line = format!("roster = {roster:?}");
        let (status, problem) = check(folder.path(), &line, &[]);
        assert!(status == Some(1) && problem.contains("error[file-outside]"), "{roster}: {problem}");
        assert!(!problem.contains("secret-user") && !problem.contains("secret line"), "{problem}");
        let (status, problem) = check(folder.path(), &line, &["--allow-outside"]);
        assert!(status == Some(0) && problem.contains("warning[roster-odd-ids]"), "{roster}: {problem}");
    }
    let card = "rate-card = \"../card.toml\"";
    let (status, problem) = check(folder.path(), card, &[]);
    assert!(status == Some(1) && problem.contains("error[file-outside]: plans/../card.toml"), "{problem}");
    assert_eq!(check(folder.path(), card, &["--allow-outside"]).0, Some(0));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_before_it_is_waited_for() {
    let folder = folder();
    let made = Command::new("mkfifo").arg(folder.path().join("plans/pipe.toml")).status().unwrap();
    assert!(made.success());
    for line in ["roster = \"pipe.toml\"", "roster = \"p*.toml\"", "rate-card = \"pipe.toml\""] {
        let (status, problem) = check(folder.path(), line, &["--allow-outside"]);
        assert!(status == Some(1) && problem.contains("error[file-special]"), "{line}: {problem}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_end() {
    let folder = folder();
    for name in ["one", "two", "three"] {
        std::os::unix::fs::symlink(".", folder.path().join("plans/rosters").join(name)).unwrap();
    }
    assert_eq!(users(folder.path(), "**/1-*.csv"), 4);
}

#[test]
fn a_roster_is_an_input_that_no_result_replaces() {
    let folder = folder();
    assert_eq!(users(folder.path(), "rosters/1-a.csv"), 2);
    let output = ["quote", "plans/plan.toml", "-o", "plans/rosters/1-a.csv", "--force"];
    let output = run(folder.path(), &output);
    assert!(String::from_utf8(output.stderr).unwrap().contains("output-is-input"));
    assert!(fs::read_to_string(folder.path().join("plans/rosters/1-a.csv")).unwrap().starts_with("userid"));
}

/// Commands that read a plan, with its formats.
const COMMANDS: [(&str, &[&str]); 6] = [
    ("quote --explain --sources", &["table", "json", "csv", "markdown", "html", "xlsx"]),
    ("status", &["table", "json", "csv", "markdown", "html", "xlsx"]),
    ("calendar", &["table", "json", "csv", "markdown", "ics"]),
    ("budget --years 2", &["table", "json", "csv", "html", "xlsx"]),
    ("compare", &["table", "json", "html"]),
    ("check", &[""]),
];

/// Returns everything that a command writes, packed parts unpacked.
fn everything(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stderr).into_owned();
    match zip::ZipArchive::new(std::io::Cursor::new(&output.stdout)) {
        Ok(mut parts) => {
            for index in 0..parts.len() {
                let mut part = Vec::new();
                std::io::copy(&mut parts.by_index(index).unwrap(), &mut part).unwrap();
                text += &String::from_utf8_lossy(&part);
            }
        }
        Err(_) => text += &String::from_utf8_lossy(&output.stdout),
    }
    text
}

#[test]
fn nobody_is_named_unless_asked_for() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let wrong = project.join("tests/diagnostics");
    let mut plans = vec!["tests/rosters/plan.toml".to_owned(), "tests/rosters/leavers.toml".to_owned()];
    for code in [
        "roster-long-ids",
        "roster-odd-ids",
        "roster-duplicates",
        "roster-column-missing",
        "held-from-conflicts",
    ] {
        plans.push(wrong.join(code).join("plan.toml").display().to_string());
    }
    for plan in &plans {
        for (command, formats) in COMMANDS {
            for format in formats {
                let mut arguments: Vec<&str> = command.split(' ').collect();
                arguments.insert(1, plan);
                if command == "compare" {
                    arguments.insert(2, "examples/campus-2022.toml");
                }
                if !format.is_empty() {
                    arguments.extend(["--format", format]);
                }
                let text = everything(&run(project, &arguments));
                assert!(text.len() > 20, "{arguments:?}: {text}");
                // The ids of these files; the apps have others.
                for id in ["example0", "example1", "left0", "zhangsan", "lisi"] {
                    assert!(!text.contains(id), "{arguments:?} shows {id}: {text}");
                }
            }
        }
    }
    let listed = run(project, &["status", "tests/rosters/leavers.toml", "--list-users", "--format", "json"]);
    assert!(everything(&listed).contains("\"left00\""));
}
