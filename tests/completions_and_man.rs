//! Completion scripts are accepted by their shells, and the manual has a page for every command.

use std::fs;
use std::process::Command;

fn said(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_wxlicense")).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_shell_completes_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        for lang in ["en", "zh"] {
            let script = said(&["completions", shell, "--lang", lang]);
            for word in ["quote", "schema", "message-format", "negotiated-basic"] {
                assert!(script.contains(word), "{shell} knows no {word}");
            }
        }
    }
}

/// Words in no help text: they come from possible values only. The scripts of PowerShell have no values.
#[test]
fn shells_offer_the_values_of_options() {
    for shell in ["bash", "zsh", "fish"] {
        for lang in ["en", "zh"] {
            let script = said(&["completions", shell, "--lang", lang]);
            for word in ["trial-reminder", "automatic-stacking-day"] {
                assert!(script.contains(word), "{shell} does not offer {word}");
            }
        }
    }
}

/// A shell that is not installed is skipped.
#[test]
fn shells_accept_their_scripts() {
    let folder = tempfile::TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish"] {
        for lang in ["en", "zh"] {
            let path = folder.path().join(format!("{lang}.{shell}"));
            fs::write(&path, said(&["completions", shell, "--lang", lang])).unwrap();
            if let Ok(status) = Command::new(shell).arg("-n").arg(&path).status() {
                assert!(status.success(), "{shell} objects");
            }
        }
    }
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let folder = tempfile::TempDir::new().unwrap();
    let pages = folder.path().join("share/man1");
    said(&["man", "-o", pages.to_str().unwrap()]);
    for page in ["wxlicense", "wxlicense-quote", "wxlicense-tiers-show", "wxlicense-man"] {
        let text = fs::read_to_string(pages.join(format!("{page}.1"))).unwrap();
        let words = page.replacen('-', " ", 2).replace(' ', "\\-");
        assert!(text.contains(&words), "{page}");
        assert!(text.contains("\\-\\-message\\-format"), "{page} has no global option");
    }
    let again = Command::new(env!("CARGO_BIN_EXE_wxlicense"))
        .args(["man", "-o", pages.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(again.status.code(), Some(2));
}

/// The last steps are reached only if all earlier ones pass, so a mistake there would stay hidden.
#[test]
fn the_script_of_ci_is_whole() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/run");
    if let Ok(status) = Command::new("bash").arg("-n").arg(script).status() {
        assert!(status.success(), "bash objects");
    }
}
