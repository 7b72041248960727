//! The program with Parquet: files by their endings, whole or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use arrow_array::{ArrayRef, Int32Array, StringArray};
use tempfile::TempDir;

use super::{cells, file, read, table};

fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxlicense"));
    command.arg("batch").args(args).current_dir(folder).stdin(Stdio::null());
    command
}

fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = program(folder, args).args(["--lang", "en"]).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// Returns a folder with three rows, of which the second has no price.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let rows = table(vec![
        ("code", Arc::new(StringArray::from(vec!["a", "b", "c"])) as ArrayRef),
        ("basic", Arc::new(Int32Array::from(vec![150, 0, 8]))),
    ]);
    fs::write(folder.path().join("rows.parquet"), file(&rows, 2)).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn the_ending_decides_and_rejected_rows_are_csv() {
    let folder = folder();
    let args = ["rows.parquet", "-o", "priced.parquet", "--rejects", "rejects.csv"];
    let (status, stdout, stderr) = run(folder.path(), &args);
    assert_eq!((status, stdout.as_str()), (Some(1), ""), "{stderr}");
    assert_eq!(names(folder.path()), ["priced.parquet", "rejects.csv", "rows.parquet"]);
    let rejects = fs::read_to_string(folder.path().join("rejects.csv")).unwrap();
    assert!(
        rejects.starts_with("row,\"reason\",code,basic\n2,\"") && rejects.ends_with(",b,0\n"),
        "{rejects}"
    );
    assert_eq!(read(&fs::read(folder.path().join("priced.parquet")).unwrap()).num_rows(), 2);
    let (status, stdout, stderr) = run(folder.path(), &["rows.parquet"]);
    assert_eq!(status, Some(1));
    assert!(
        stdout
            .ends_with("\na,150,605.00,0.00,605.00,0.00,605.00,true\nc,8,37.00,0.00,37.00,0.00,37.00,true\n"),
        "{stdout}"
    );
    assert!(stderr.contains("rows.parquet, row 2: "), "{stderr}");
    let (_, _, stderr) = run(folder.path(), &["rows.parquet", "-o", "priced.json"]);
    assert!(stderr.contains("there are csv,"), "{stderr}");
}

#[test]
fn nothing_is_replaced_or_left_behind_without_a_result() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("priced.parquet"), "mine").unwrap();
    let (status, _, stderr) = run(folder.path(), &["rows.parquet", "-o", "priced.parquet"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("file-exists"), "{stderr}");
    let (status, _, stderr) =
        run(folder.path(), &["rows.parquet", "-o", "priced.parquet", "--force", "--strict"]);
    assert_eq!(status, Some(1));
    assert!(stderr.contains("stopped"), "{stderr}");
    assert_eq!(fs::read_to_string(path("priced.parquet")).unwrap(), "mine");
    let (status, _, stderr) = run(folder.path(), &["rows.parquet", "-o", "rows.parquet", "--force"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("output-is-input"), "{stderr}");
    let whole = fs::read(path("rows.parquet")).unwrap();
    fs::write(path("cut.parquet"), &whole[..whole.len() - 20]).unwrap();
    let (status, stdout, stderr) = run(folder.path(), &["cut.parquet", "-o", "new.parquet"]);
    assert_eq!((status, stdout.as_str()), (Some(2), ""));
    assert!(stderr.contains("cut.parquet") && stderr.contains("its end is missing"), "{stderr}");
    assert_eq!(run(folder.path(), &["missing.parquet"]).0, Some(2));
    assert_eq!(names(folder.path()), ["cut.parquet", "priced.parquet", "rows.parquet"]);
    assert_eq!(run(folder.path(), &["rows.parquet", "-o", "priced.parquet", "--force"]).0, Some(1));
    assert_eq!(read(&fs::read(path("priced.parquet")).unwrap()).num_rows(), 2);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_failure_and_a_pipe_is_no_parquet() {
    let folder = folder();
    std::os::unix::fs::symlink("/dev/full", folder.path().join("full.parquet")).unwrap();
    let (status, _, stderr) = run(folder.path(), &["rows.parquet", "-o", "full.parquet"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("error[file-unwritable]") && stderr.contains("full"), "{stderr}");
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe.parquet")).status().unwrap().success());
    let (status, _, stderr) = run(folder.path(), &["pipe.parquet"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("it is no regular file"), "{stderr}");
}

#[test]
#[cfg(unix)]
fn a_signal_leaves_no_part_of_a_file() {
    use std::os::unix::process::ExitStatusExt;
    let folder = TempDir::new().unwrap();
    let mut child = program(folder.path(), &["-", "-o", "priced.parquet"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let stdin = child.stdin.as_mut().unwrap();
    stdin.write_all(format!("basic\n{}", "150\n".repeat(100_000)).as_bytes()).unwrap();
    while names(folder.path()).is_empty() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(Command::new("kill").args(["-s", "TERM", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().signal(), Some(15));
    assert!(names(folder.path()).is_empty(), "{:?}", names(folder.path()));
}

/// The commands of the page, in both languages, with customers who were turned into Parquet.
#[test]
fn the_commands_of_the_documentation_work() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let commands = |page: &str| {
        let page = fs::read_to_string(root.join("docs").join(page)).unwrap();
        let (_, part) = page.split_once("\n## Parquet\n").unwrap();
        let block = part.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
        block.lines().map(str::to_owned).collect::<Vec<String>>()
    };
    let english = commands("batch.md");
    assert_eq!((english.len(), &english), (3, &commands("batch.zh-CN.md")));
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("examples")).unwrap();
    fs::copy(root.join("examples/batch.csv"), folder.path().join("examples/batch.csv")).unwrap();
    fs::copy(self::folder().path().join("rows.parquet"), folder.path().join("customers.parquet")).unwrap();
    let path = format!(
        "{}:{}",
        Path::new(env!("CARGO_BIN_EXE_wxlicense")).parent().unwrap().display(),
        env!("PATH")
    );
    for command in english {
        let output = Command::new("sh")
            .args(["-c", &command])
            .env("PATH", &path)
            .current_dir(folder.path())
            .output()
            .unwrap();
        // Each input has a row without a price.
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{command}: {stderr}");
    }
    let written = |name: &str| cells(&read(&fs::read(folder.path().join(name)).unwrap()));
    assert_eq!((written("priced.parquet").len(), written("prices.parquet").len()), (6, 3));
    assert_eq!(written("priced.parquet")[1][10..], ["605.00", "0.00", "605.00", "true"]);
    assert_eq!(fs::read_to_string(folder.path().join("prices.csv")).unwrap().lines().count(), 3);
}
