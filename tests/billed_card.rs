//! The rate card that `reconcile --write-card` writes: it is read back, prices as the bills do, and says what they prove.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reconcile/plan.toml");
const BILLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reconcile/bills.ndjson");

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wxlicense"))
        .args(args)
        .args(["--lang", "en"])
        .current_dir(folder)
        .output()
        .unwrap()
}

fn reconcile(folder: &Path, args: &[&str]) -> Output {
    run(folder, &[&["reconcile", PLAN, "--orders", BILLS], args].concat())
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn stdout(output: Output) -> String {
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_card_is_read_back_with_what_is_left() {
    let folder = TempDir::new().unwrap();
    let first = json(&reconcile(folder.path(), &["--format", "json", "--write-card", "as-billed.toml"]));
    let again = ["--rules", "--rate-card", "as-billed.toml", "--format", "json"];
    let second = json(&reconcile(folder.path(), &again));
    assert_eq!(second["rate_card"], "as-billed");
    assert_eq!(second["totals"], first["totals"]);
    // The same combinations explain the bills, without the facts that are settled.
    let settled = |rule: &str| second["rules"]["explain_all"][0].get(rule).is_none();
    assert!(settled("P8") && settled("P13") && !settled("P12"), "{}", second["rules"]);
    let left = |result: &Value| result["rules"]["explain_all"].as_array().unwrap().len();
    assert_eq!(left(&second), left(&first));
    assert_eq!(second["rules"]["ruled_out"], Value::Array(Vec::new()));
}

#[test]
fn proven_facts_name_the_orders() {
    let folder = TempDir::new().unwrap();
    json(&reconcile(folder.path(), &["--format", "json", "--write-card", "as-billed.toml"]));
    let tiers = run(folder.path(), &["tiers", "show", "as-billed.toml", "--sources"]);
    let text = stdout(tiers).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("the price of a year / 372 (billed: P8)"), "{text}");
    assert!(text.contains("(WeCom's bills: OJ00000003"), "{text}");
    let check = run(folder.path(), &["tiers", "check", "as-billed.toml"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}

#[test]
fn a_card_is_replaced_only_if_forced_and_never_the_input() {
    let folder = TempDir::new().unwrap();
    let card = folder.path().join("as-billed.toml");
    fs::write(&card, "kept").unwrap();
    let refused = |output: Output, code: &str| {
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(code), "{stderr}");
        assert_eq!(output.stdout, b"", "nothing is written if not all is");
    };
    refused(reconcile(folder.path(), &["--write-card", "as-billed.toml"]), "error[file-exists]");
    assert_eq!(fs::read_to_string(&card).unwrap(), "kept");
    let forced = reconcile(folder.path(), &["--write-card", "as-billed.toml", "--force"]);
    assert!(forced.status.success());
    assert!(fs::read_to_string(&card).unwrap().contains("id = \"as-billed\""));
    let onto_itself = ["--rate-card", "as-billed.toml", "--write-card", "as-billed.toml", "--force"];
    refused(reconcile(folder.path(), &onto_itself), "error[output-is-input]");
    let twice = ["--write-card", "other.toml", "-o", "other.toml"];
    let output = reconcile(folder.path(), &twice);
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("other.toml").exists());
}

const TWO_PRICES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reconcile/bills-two-prices.ndjson");
const CARD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reconcile/two-prices.toml");

#[test]
fn solved_prices_are_written_and_price_the_bills() {
    let folder = TempDir::new().unwrap();
    let write = ["reconcile", PLAN, "--orders", TWO_PRICES, "--write-card", "two-prices.toml"];
    let output = run(folder.path(), &write);
    // The bills differ from the list.
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let written = fs::read_to_string(folder.path().join("two-prices.toml")).unwrap();
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(CARD, &written).unwrap();
    }
    assert_eq!(written, fs::read_to_string(CARD).unwrap(), "UPDATE_GOLDENS=1 writes the card anew");
    let again = ["reconcile", PLAN, "--orders", TWO_PRICES, "--rate-card", "two-prices.toml", "--rules"];
    let second = json(&run(folder.path(), &[&again[..], &["--format", "json"]].concat()));
    assert_eq!(second["totals"]["difference"], "0.00");
    let open = second["rules"]["unit_prices"].as_array().unwrap();
    // Two of five are settled.
    assert_eq!(open.len(), 3, "{open:?}");
    let check = run(folder.path(), &["tiers", "check", "two-prices.toml"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}
