//! Output of every command: the pages under `tests/commands/<command>/` record standard output, standard
//! error and exit status; the READMEs and the guides to `import` show examples.
//!
//! A case is a heading, a command line and the output of the program; prose may precede the command.
//! `UPDATE_GOLDENS=1 cargo test --test tests commands` updates the pages; read the difference before you
//! commit it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::transcript::{answered, shown};

#[test]
fn commands_answer_as_recorded() {
    let mut pages = Vec::new();
    for command in fs::read_dir(root().join("tests/commands")).unwrap() {
        let files = fs::read_dir(command.unwrap().path()).unwrap();
        pages.extend(files.map(|file| file.unwrap().path()));
    }
    assert!(pages.len() > 20, "only {} pages were found", pages.len());
    assert_up_to_date(pages, answered);
}

#[test]
fn readmes_and_guides_show_what_the_program_answers() {
    let pages = ["README.md", "README.zh-CN.md", "docs/import.md", "docs/import.zh-CN.md"];
    assert_up_to_date(pages.map(|page| root().join(page)).to_vec(), shown);
}

#[test]
fn both_guides_to_import_run_the_same_commands() {
    let chinese = commands_of(include_str!("../docs/import.zh-CN.md"));
    let chinese: Vec<String> = chinese.iter().map(|command| command.replace(" --lang zh", "")).collect();
    assert_eq!(commands_of(include_str!("../docs/import.md")), chinese);
    assert!(!chinese.is_empty());
}

/// A command that is in one README only was forgotten in the other.
#[test]
fn both_readmes_run_the_same_commands() {
    let english = commands_of(include_str!("../README.md"));
    assert!(english.len() > 5, "only {} commands were found", english.len());
    let chinese: Vec<String> = commands_of(include_str!("../README.zh-CN.md"))
        .iter()
        .map(|command| command.replace(" --lang zh", ""))
        .collect();
    assert_eq!(english, chinese);
}

fn commands_of(page: &str) -> Vec<String> {
    page.lines().filter(|line| line.starts_with("$ wxlicense ")).map(str::to_owned).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares pages with what `read` returns for them, or updates them.
fn assert_up_to_date(pages: Vec<PathBuf>, read: fn(&str) -> String) {
    let bless = std::env::var_os("UPDATE_GOLDENS").is_some();
    let (pages, differences) = (Mutex::new(pages), Mutex::new(String::new()));
    let next = || pages.lock().unwrap().pop();
    let work = || {
        while let Some(path) = next() {
            let recorded = fs::read_to_string(&path).unwrap();
            let now = read(&recorded);
            if bless && now != recorded {
                fs::write(&path, now).unwrap();
            } else if now != recorded {
                let difference = similar::TextDiff::from_lines(&recorded, &now);
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                let difference = difference.unified_diff().header(&name, "the program").to_string();
                differences.lock().unwrap().push_str(&difference);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let differences = differences.into_inner().unwrap();
    assert!(differences.is_empty(), "{differences}\nUPDATE_GOLDENS=1 writes the pages anew");
}
