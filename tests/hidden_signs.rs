//! Nothing that a file says can steer a terminal, start a command of a CI system or hide in what the program writes. All
//! names are invented.

use std::fs;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Signs that a terminal obeys or a reader does not see, as TOML writes them.
const HIDDEN: &str =
    "\\u001B[31m\\u0007\\u009B2J\\u0085\\u202E\\u2066\\u200B\\u2028\\uFEFF\\U000E0041\\u007F\\r\\n";

/// Returns a folder with a plan whose texts hold all of them, and one with problems at such texts.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let school = |code: &str, broken: &str| {
        format!(
            "[[school]]\ncode = \"{code}\"\nname = \"甲{HIDDEN}::warning::乙 ##[group]丙\"\nbasic = 10\ninterop = 3\n{broken}\
             held = [{{ type = \"basic\", count = 5, expires = 2023-01-31 }}]\n"
        )
    };
    let head = format!("date = 2022-11-18\nprovider = {{ name = \"某{HIDDEN}某\", buyer = \"b\" }}\n");
    let code = format!("1{HIDDEN}::error::2");
    let good = head.clone() + &school(&code, "corp-id = \"ww1\"\n");
    let bad = head + &school(&code, "status = \"\u{9b}\u{202e}\u{200b}odd::error::\"\n") + &school(&code, "");
    fs::write(folder.path().join("plan.toml"), good).unwrap();
    fs::write(folder.path().join("bad.toml"), bad).unwrap();
    folder
}

fn run(folder: &TempDir, arguments: &str, color: bool) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wxlicense"))
        .args(arguments.split(' '))
        .current_dir(folder.path())
        .env("CLICOLOR_FORCE", if color { "1" } else { "0" })
        .env("COLUMNS", "60")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Reports what of a text is hidden, or could be a command; a line end within a quoted CSV field is its own.
fn assert_plain(text: &str, arguments: &str, is_drawn: bool) {
    let hides = |sign: char| {
        (sign.is_control() && !matches!(sign, '\n' | '\r'))
            || "\u{202e}\u{2066}\u{200b}\u{2028}\u{feff}\u{e0041}".contains(sign)
    };
    let found: Vec<char> = text.chars().filter(|sign| hides(*sign)).collect();
    assert!(found.is_empty(), "{arguments}: {found:?}\n{text}");
    if is_drawn {
        let is_command =
            |line: &str| line.trim_start().starts_with("::") && !line.trim_start().starts_with(":::");
        assert!(!text.contains('\r'), "{arguments}: {text:?}");
        assert!(!text.lines().any(is_command) && !text.contains("##["), "{arguments}:\n{text}");
    }
}

#[test]
fn no_output_holds_a_hidden_sign() {
    let folder = folder();
    let commands = ["quote", "status", "calendar", "budget", "check", "order", "compare plan.toml"];
    for command in commands {
        for format in ["table", "markdown", "csv", "json", "html", "ics", "ndjson"] {
            for lang in ["en", "zh"] {
                let arguments = format!("{command} plan.toml --lang {lang} --format {format}");
                let output = run(&folder, &arguments, false);
                for text in [&output.stdout, &output.stderr] {
                    assert_plain(&String::from_utf8_lossy(text), &arguments, format == "table");
                }
            }
        }
    }
}

#[test]
fn no_message_holds_a_hidden_sign() {
    let folder = folder();
    for format in ["human", "short", "json"] {
        for file in ["bad.toml", "no\u{1b}[2J\u{9b}\u{202e}such\n::error::.toml"] {
            let arguments = format!("check {file} --message-format {format}");
            let output = run(&folder, &arguments, false);
            assert_ne!(output.status.code(), Some(0), "{arguments}");
            assert_plain(&String::from_utf8_lossy(&output.stderr), &arguments, true);
        }
    }
}

#[test]
fn a_github_annotation_is_one_line() {
    let folder = folder();
    let output = run(&folder, "check bad.toml --message-format github", false);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.lines().all(|line| line.starts_with("::error ")), "{text}");
    assert_plain(&text, "github", false);
}

#[test]
fn colours_are_the_only_escapes_of_a_terminal() {
    let folder = folder();
    for arguments in ["quote plan.toml", "check bad.toml"] {
        let output = run(&folder, arguments, true);
        let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(text.contains('\u{1b}'), "{arguments}");
        assert_plain(&anstream::adapter::strip_str(&text).to_string(), arguments, true);
        let escapes = text.split('\u{1b}').skip(1);
        let is_colour = |rest: &str| {
            rest.strip_prefix('[')
                .and_then(|rest| rest.split_once('m'))
                .is_some_and(|(numbers, _)| numbers.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'))
        };
        assert!(escapes.into_iter().all(is_colour), "{arguments}: {text:?}");
    }
}

#[test]
fn ids_of_cards_and_facts_are_plain() {
    let folder = folder();
    let card = include_str!("../tiers/wecom-2022-05-16.toml");
    let odd = card.replacen("id = \"wecom-2022-05-16\"", "id = \"a\\u001B[2J b\"", 1).replacen(
        "id = \"W1\"",
        "id = \"\\n::error::W1\"",
        1,
    );
    fs::write(folder.path().join("card.toml"), &odd).unwrap();
    let output = run(&folder, "quote --basic 1 --rate-card card.toml --lang en", false);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(text.matches("error[wrong-type]: `id` is another text, not an id").count(), 2, "{text}");
    assert_plain(&text, "quote", true);
}
