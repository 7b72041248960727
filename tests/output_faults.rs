//! What a result replaces keeps its mode and its links, a result never replaces what it is made of, and without threads, room or a
//! sensible environment the program says so. `tests/faults` has all commands under more faults.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const PLAN: &str = "[[school]]\ncode = \"1\"\nname = \"A\"\nbasic = 5\n";

fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxlicense"));
    command.args(args).args(["--lang", "en"]).current_dir(folder);
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn refused(output: &Output, words: &str) {
    let stderr = stderr(output);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains(words), "{stderr}");
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    for private in [0o600, 0o640, 0o664] {
        for (name, args) in [
            ("a.json", &["quote", "--basic", "5", "-o", "a.json"][..]),
            ("b.csv", &["batch", "rows.csv", "-o", "b.csv"]),
            ("c.toml", &["init", "c.toml"]),
        ] {
            let path = folder.path().join(name);
            fs::write(folder.path().join("rows.csv"), "basic\n5\n").unwrap();
            fs::write(&path, "mine").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(private)).unwrap();
            let output = program(folder.path(), args).arg("--force").output().unwrap();
            assert!(output.status.success(), "{}", stderr(&output));
            assert_ne!(fs::read(&path).unwrap(), b"mine");
            assert_eq!(mode(name), private, "{name}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_replaced_folder_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/orders.toml");
    let order = |force: &[&str]| {
        let output = program(folder.path(), &["order", plan, "-o", "orders"]).args(force).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
    };
    order(&[]);
    let orders = folder.path().join("orders");
    fs::set_permissions(&orders, fs::Permissions::from_mode(0o700)).unwrap();
    order(&["--force"]);
    assert_eq!(fs::metadata(&orders).unwrap().permissions().mode() & 0o777, 0o700);
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_stays_a_link() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("real")).unwrap();
    std::os::unix::fs::symlink("real/new.json", folder.path().join("a.json")).unwrap();
    let args = ["quote", "--basic", "5", "-o", "a.json", "--force"];
    let output = program(folder.path(), &args).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(fs::symlink_metadata(folder.path().join("a.json")).unwrap().is_symlink());
    assert!(fs::read(folder.path().join("real/new.json")).unwrap().starts_with(b"{"));
}

#[cfg(unix)]
#[test]
fn the_file_of_standard_input_is_not_replaced() {
    let folder = TempDir::new().unwrap();
    let given = folder.path().join("given");
    fs::write(&given, PLAN).unwrap();
    fs::hard_link(&given, folder.path().join("same")).unwrap();
    for name in ["given", "./given", "same"] {
        let args = ["quote", "-", "--format", "json", "--force", "-o", name];
        let input = fs::File::open(&given).unwrap();
        refused(&program(folder.path(), &args).stdin(input).output().unwrap(), "error[output-is-input]");
    }
    for args in [&["quote", "-"][..], &["quote", "given"], &["quote", "same"]] {
        let output = fs::OpenOptions::new().append(true).open(&given).unwrap();
        let input = fs::File::open(&given).unwrap();
        let output = program(folder.path(), args).stdin(input).stdout(output).output().unwrap();
        refused(&output, "error[output-is-input]");
    }
    assert_eq!(fs::read_to_string(&given).unwrap(), PLAN);
    let output = fs::File::create(folder.path().join("new")).unwrap();
    let input = fs::File::open(&given).unwrap();
    assert!(program(folder.path(), &["quote", "-"]).stdin(input).stdout(output).status().unwrap().success());
}

/// The rows that it writes would be those that it reads next, for ever.
#[cfg(unix)]
#[test]
fn a_batch_does_not_read_what_it_writes() {
    let folder = TempDir::new().unwrap();
    let given = folder.path().join("given.csv");
    fs::write(&given, "basic\n5\n").unwrap();
    let onto = || fs::OpenOptions::new().append(true).open(&given).unwrap();
    let output = program(folder.path(), &["batch", "given.csv"]).stdout(onto()).output().unwrap();
    refused(&output, "error[output-is-input]");
    assert_eq!(fs::read_to_string(&given).unwrap(), "basic\n5\n");
}

#[test]
fn help_that_nobody_can_be_shown_is_no_success() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let folder = TempDir::new().unwrap();
    for args in [&["help", "quote"][..], &["quote", "--help"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = program(folder.path(), args).stdout(full).output().unwrap();
        refused(&output, "cannot write to standard output");
    }
}

/// A user number that has no process yet may have one; the superuser may have any number of them.
#[cfg(target_os = "linux")]
#[test]
fn without_a_thread_to_be_had_a_workbook_is_refused() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    fs::write(folder.path().join("rows.csv"), "basic\n5\n").unwrap();
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let program = env!("CARGO_BIN_EXE_wxlicense");
    let limited = |args: &[&str]| {
        let mut command = match is_root {
            true => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", "54320", "--regid", "54320", "--clear-groups", "bash", "-c"]);
                command.arg("ulimit -u 1; exec \"$0\" \"$@\"");
                command
            }
            false => {
                let mut command = Command::new("bash");
                command.args(["-c", "ulimit -u 0; exec \"$0\" \"$@\""]);
                command
            }
        };
        command.arg(program).args(args).args(["--lang", "en"]).current_dir(folder.path()).output()
    };
    if !limited(&["--version"]).is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: the program cannot be started as a user without threads");
        return;
    }
    for args in
        [&["quote", "--basic", "5", "-o", "a.xlsx"][..], &["init", "--template", "xlsx", "-o", "a.xlsx"]]
    {
        refused(&limited(args).unwrap(), "no thread can be started");
    }
    refused(&limited(&["batch", "rows.csv"]).unwrap(), "cannot start a thread");
    assert!(limited(&["quote", "--basic", "5", "-o", "a.html"]).unwrap().status.success());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_text_that_no_cell_can_hold_is_cut_and_reported() {
    use calamine::{Reader, Xlsx, open_workbook};
    let folder = TempDir::new().unwrap();
    // Each sign takes two of the units that Excel counts.
    let name = "𠮷".repeat(20_000);
    fs::write(folder.path().join("plan.toml"), PLAN.replace("\"A\"", &format!("\"{name}\""))).unwrap();
    let output =
        program(folder.path(), &["quote", "plan.toml", "-o", "a.xlsx", "-o", "a.json"]).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("cut, since a cell holds 32,767 signs"), "{}", stderr(&output));
    assert!(fs::read_to_string(folder.path().join("a.json")).unwrap().contains(&name));
    let mut book: Xlsx<_> = open_workbook(folder.path().join("a.xlsx")).unwrap();
    let cells: Vec<String> = book
        .worksheets()
        .iter()
        .flat_map(|(_, range)| range.cells().map(|(_, _, cell)| cell.to_string()).collect::<Vec<_>>())
        .filter(|text| text.contains("𠮷"))
        .collect();
    assert!(!cells.is_empty());
    for cell in cells {
        let units = cell.encode_utf16().count();
        assert!((32_766..=32_767).contains(&units), "{units}");
        assert!(cell.ends_with(" … [cut: a cell holds 32,767 signs]"));
    }
}

#[test]
fn an_odd_width_or_colour_changes_nothing_but_the_look() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("broken.toml"), "date = 1\n[[school]\n").unwrap();
    for width in ["0", "1", "99999999999999999999", "-3", "many", ""] {
        for (args, status) in
            [(&["quote", "--basic", "5"][..], 0), (&["check", "broken.toml"], 1), (&["help"], 0)]
        {
            let output = program(folder.path(), args).env("COLUMNS", width).output().unwrap();
            assert_eq!(output.status.code(), Some(status), "{width} {args:?}: {}", stderr(&output));
        }
    }
    let coloured = |force: &str| {
        let output =
            program(folder.path(), &["quote", "--basic", "5"]).env("CLICOLOR_FORCE", force).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert_eq!((coloured("0"), coloured("1")), (false, true));
}
