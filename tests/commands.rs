//! Goldens of the whole program: standard output, standard error and exit status of every command, a case a
//! `.toml` under `tests/commands/<command>/`; and the transcripts of the pages.
//!
//! `TRYCMD=overwrite cargo test --test tests commands` writes them anew; read the difference before you commit it.

#[test]
fn commands_answer_as_recorded() {
    cases().case("tests/commands/*/*.toml");
}

#[test]
fn pages_show_what_the_program_says() {
    cases().env("COLUMNS", "100").case("README*.md");
}

/// A command that is in one page only has been forgotten in the other.
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

/// Nothing of the caller's surroundings reaches the program.
fn cases() -> trycmd::TestCases {
    let cases = trycmd::TestCases::new();
    for variable in ["LC_ALL", "LC_MESSAGES", "WXLICENSE_LANG", "NO_COLOR", "CLICOLOR_FORCE"] {
        cases.env(variable, "");
    }
    cases.env("LANG", "C.UTF-8");
    cases
}

/// Without its file, a stream would not be compared at all.
#[test]
fn every_case_records_both_streams() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commands");
    let mut cases = 0;
    for command in std::fs::read_dir(root).unwrap() {
        for file in std::fs::read_dir(command.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                cases += 1;
                for stream in ["stdout", "stderr"] {
                    assert!(path.with_extension(stream).exists(), "{} has no .{stream}", path.display());
                }
            }
        }
    }
    assert!(cases > 50, "only {cases} cases were found");
}
