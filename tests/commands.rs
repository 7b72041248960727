//! Output of every command: the pages under `tests/commands/<command>/` record standard output, standard
//! error and exit status, and the READMEs and the pages under `docs/` show examples.
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
fn documents_show_what_the_program_answers() {
    assert_up_to_date(documents(), shown);
}

/// A command that is on one page only was forgotten on the other.
#[test]
fn pages_in_both_languages_run_the_same_commands() {
    let translated = |path: &PathBuf| path.to_str().unwrap().ends_with(".zh-CN.md");
    let pages: Vec<PathBuf> = documents().into_iter().filter(translated).collect();
    assert!(pages.len() > 3, "only {} pages were found", pages.len());
    let mut commands = 0;
    for page in pages {
        let original = page.to_str().unwrap().replace(".zh-CN.md", ".md");
        let english = commands_of(&fs::read_to_string(original).unwrap());
        let chinese: Vec<String> = commands_of(&fs::read_to_string(&page).unwrap())
            .iter()
            .map(|command| command.replace(" --lang zh", ""))
            .collect();
        assert_eq!(english, chinese, "{}", page.display());
        commands += english.len();
    }
    assert!(commands > 10, "only {commands} commands were found");
}

/// Returns the READMEs, that of an example included, and the pages under `docs/`.
fn documents() -> Vec<PathBuf> {
    let pages = fs::read_dir(root().join("docs")).unwrap().map(|file| file.unwrap().path());
    let pages = pages.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let readmes = ["", "examples/wecom"].map(|folder| root().join(folder));
    let names = ["README.md", "README.zh-CN.md"];
    pages.chain(readmes.iter().flat_map(|folder| names.map(|name| folder.join(name)))).collect()
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
