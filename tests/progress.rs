//! The progress spinner: on a terminal while reading takes long, and nowhere else.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

const PLAN: &str = "[[school]]\ncode = \"1\"\nname = \"甲\"\nbasic = 5\n";

/// Runs a command while its plan comes late, from a pipe; returns what it writes to both streams.
fn with_a_late_plan(folder: &Path, command: &mut Command) -> String {
    let pipe = folder.join("plan.toml");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let late = std::thread::spawn(move || {
        let mut pipe = fs::File::options().write(true).open(pipe).unwrap();
        std::thread::sleep(Duration::from_millis(1_400));
        pipe.write_all(PLAN.as_bytes()).unwrap();
    });
    let output = command.current_dir(folder).stdin(Stdio::null()).output().unwrap();
    late.join().unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[test]
fn a_spinner_turns_on_a_terminal_alone_and_leaves_nothing() {
    let program = env!("CARGO_BIN_EXE_wxlicense");
    let folder = TempDir::new().unwrap();
    let mut plain = Command::new(program);
    plain.args(["quote", "plan.toml", "--format", "csv", "--lang", "en"]);
    let text = with_a_late_plan(folder.path(), &mut plain);
    assert!(text.starts_with("payer_code,") && !text.contains("reading"), "{text}");

    // `script` gives the program a terminal; it is a part of util-linux.
    if Command::new("script").arg("--version").output().is_err() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let mut on_terminal = Command::new("script");
    let line = format!("'{program}' quote plan.toml --format csv --lang en");
    on_terminal.args(["-qec", &line, "/dev/null"]).env("TERM", "xterm");
    let text = with_a_late_plan(folder.path(), &mut on_terminal);
    let (spinner, rows) = text.split_once("\x1b[K").unwrap();
    assert!(spinner.contains("| reading the plan and its files … 1 s\r"), "{spinner:?}");
    assert!(rows.contains("甲") && !rows.contains("reading"), "{rows:?}");
}
