//! The program: files whole or not at all, streams, exit statuses.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxlicense"));
    command.arg("batch").args(args).args(["--lang", "en"]).current_dir(folder).stdin(Stdio::null());
    command
}

fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = program(folder, args).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn folder(input: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("rows.csv"), input).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn files_are_written_whole_with_the_rejected_rows_apart() {
    let folder = folder("code,basic\na,150\nb,x\n");
    let (status, stdout, stderr) =
        run(folder.path(), &["rows.csv", "-o", "priced.csv", "--rejects", "rejects.csv"]);
    assert_eq!((status, stdout.as_str()), (Some(1), ""), "{stderr}");
    assert_eq!(names(folder.path()), ["priced.csv", "rejects.csv", "rows.csv"]);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("priced.csv").lines().nth(1).unwrap(), "a,150,605.00,0.00,605.00,0.00,605.00,true");
    assert!(read("rejects.csv").starts_with("line,\"reason\",code,basic\n3,\"basic “x” is not understood:"));
    assert!(read("rejects.csv").ends_with(",b,x\n"));
    let again = run(folder.path(), &["rows.csv", "-o", "priced.csv", "--rejects", "rejects.csv"]);
    assert_eq!(again.0, Some(2));
    assert!(again.2.contains("file-exists"), "{}", again.2);
    assert_eq!(run(folder.path(), &["rows.csv", "-o", "priced.csv", "--force"]).0, Some(1));
    assert!(run(folder.path(), &["rows.csv", "-o", "rows.csv", "--force"]).2.contains("output-is-input"));
    assert!(run(folder.path(), &["rows.csv", "-o", "priced.json"]).2.contains("no-such-format"));
}

#[test]
#[cfg(not(feature = "parquet"))]
fn parquet_is_refused_by_a_program_without_it() {
    let folder = folder("basic\n150\n");
    fs::write(folder.path().join("rows.parquet"), "PAR1 and so on PAR1").unwrap();
    for args in [&["rows.parquet"][..], &["rows.csv", "-o", "priced.PARQUET"]] {
        let (status, stdout, stderr) = run(folder.path(), args);
        assert_eq!((status, stdout.as_str()), (Some(2), ""));
        assert!(stderr.contains("error[parquet-not-built]: "), "{stderr}");
        assert!(stderr.contains("cargo build --release --features parquet"), "{stderr}");
    }
    assert_eq!(names(folder.path()), ["rows.csv", "rows.parquet"]);
}

#[test]
fn parquet_is_refused_where_it_has_another_name() {
    let folder = folder("PAR1 and so on PAR1");
    let (status, _, stderr) = run(folder.path(), &["rows.csv"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("it is a Parquet file") && stderr.contains(".parquet"), "{stderr}");
    let (status, _, stderr) = run(folder.path(), &["rows.csv", "--rejects", "rejects.parquet"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("error[no-such-format]: this result has no parquet format"), "{stderr}");
}

#[test]
fn strict_writes_no_file() {
    let folder = folder("basic\n1\n0\n2\n");
    let (status, _, stderr) = run(folder.path(), &["rows.csv", "--strict", "-o", "priced.csv"]);
    assert_eq!(status, Some(1), "{stderr}");
    assert!(stderr.contains("rows.csv, line 3: ") && stderr.contains("stopped"), "{stderr}");
    assert_eq!(names(folder.path()), ["rows.csv"]);
}

#[test]
fn of_many_rejected_rows_the_first_are_shown() {
    let folder = folder(&format!("basic\n{}", "0\n".repeat(1000)));
    let (status, _, stderr) = run(folder.path(), &["rows.csv"]);
    assert_eq!(status, Some(1));
    assert_eq!(stderr.matches("rows.csv, line ").count(), 20, "{stderr}");
    assert!(stderr.contains("980 more rows"), "{stderr}");
}

#[test]
fn what_cannot_be_priced_at_all_leaves_no_file() {
    let folder = folder("basic,basic\n1,1\n");
    let (status, stdout, stderr) = run(folder.path(), &["rows.csv", "-o", "priced.csv"]);
    assert_eq!((status, stdout.as_str()), (Some(2), ""));
    assert!(stderr.contains("line 1 both hold basic"), "{stderr}");
    assert_eq!(run(folder.path(), &["missing.csv"]).0, Some(2));
    assert_eq!(run(folder.path(), &["."]).0, Some(2));
    assert_eq!(names(folder.path()), ["rows.csv"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_failure() {
    let folder = folder(&format!("basic\n{}", "150\n".repeat(10_000)));
    let (status, _, stderr) = run(folder.path(), &["rows.csv", "-o", "/dev/full"]);
    assert_eq!(status, Some(2), "{stderr}");
    assert!(stderr.contains("file-unwritable"), "{stderr}");
    fs::write(folder.path().join("rows.csv"), format!("basic\n{}", "0\n".repeat(10_000))).unwrap();
    let (status, _, stderr) = run(folder.path(), &["rows.csv", "-o", "priced.csv", "--rejects", "/dev/full"]);
    assert_eq!(status, Some(2), "{stderr}");
    assert!(stderr.contains("/dev/full"), "{stderr}");
    assert_eq!(names(folder.path()), ["rows.csv"]);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = folder(&format!("basic\n{}", "150\n".repeat(1_000_000)));
    let mut child =
        program(folder.path(), &["rows.csv"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut first).unwrap();
    drop(stdout);
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert_eq!((status.code(), String::from_utf8_lossy(&stderr).as_ref()), (Some(0), ""));
}

fn temporary(folder: &Path) -> usize {
    names(folder).iter().filter(|name| name.starts_with(".wxlicense-")).count()
}

/// Starts a run that has begun its files and waits for more rows; `files` counts the temporary ones then.
fn waiting(folder: &Path, files: usize) -> Child {
    let mut child = program(folder, &["-", "-o", "priced.csv", "--rejects", "rejects.csv"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let stdin = child.stdin.as_mut().unwrap();
    stdin.write_all(format!("basic\n{}", "150\n".repeat(200_000)).as_bytes()).unwrap();
    while temporary(folder) < files {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    child
}

#[test]
#[cfg(unix)]
fn a_signal_ends_the_run_without_a_trace() {
    use std::os::unix::process::ExitStatusExt;
    for (name, number) in [("TERM", 15), ("INT", 2), ("HUP", 1)] {
        let folder = TempDir::new().unwrap();
        let mut child = waiting(folder.path(), 2);
        let sent = Command::new("kill").args(["-s", name, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        assert_eq!(child.wait().unwrap().signal(), Some(number));
        assert!(names(folder.path()).is_empty(), "{name}: {:?}", names(folder.path()));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_signal_that_is_ignored_stays_ignored() {
    let folder = folder("basic\n150\n");
    let program = env!("CARGO_BIN_EXE_wxlicense");
    // The shell ignores the signal, and so does what it starts; the input comes once the signal was sent.
    let script = format!(
        "trap '' HUP; (sleep 0.5; cat rows.csv) | {program} batch - -o priced.csv & sleep 0.2; kill -s HUP $!; wait $!"
    );
    let status = Command::new("sh").args(["-c", &script]).current_dir(folder.path()).status().unwrap();
    assert!(status.success());
    assert_eq!(names(folder.path()), ["priced.csv", "rows.csv"]);
}

#[test]
fn what_a_killed_run_left_is_removed_by_the_next() {
    let folder = folder("basic\n150\n");
    let mut child = waiting(folder.path(), 2);
    let mut other = waiting(folder.path(), 4);
    child.kill().unwrap();
    child.wait().unwrap();
    let left = |names: Vec<String>| names.iter().filter(|name| name.starts_with(".wxlicense-")).count();
    assert_eq!(
        (names(folder.path()).contains(&"priced.csv".to_owned()), left(names(folder.path()))),
        (false, 4)
    );
    assert_eq!(run(folder.path(), &["rows.csv", "-o", "other.csv"]).0, Some(0));
    // Those of the run that goes on are left alone. Elsewhere nothing tells which processes there are.
    assert_eq!(temporary(folder.path()), if cfg!(target_os = "linux") { 2 } else { 4 });
    drop(other.stdin.take());
    assert!(other.wait().unwrap().success());
    assert!(names(folder.path()).contains(&"priced.csv".to_owned()));
}

#[test]
fn standard_input_and_a_card_of_ones_own() {
    let folder = folder("");
    let card = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cards/dearer.toml");
    let args = ["-", "--rate-card", card.to_str().unwrap(), "--threads", "1"];
    let mut child = program(folder.path(), &args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"basic\n10\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8(output.stdout).unwrap().contains("\n10,47.50,0.00,47.50,"));
}
