//! The folder of `order` appears whole or not at all, and replaces nothing but a folder of an earlier run.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn order(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wxlicense"))
        .args(["order", concat!(env!("CARGO_MANIFEST_DIR"), "/examples/orders.toml"), "--lang", "en"])
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn refused(output: &Output, code: &str) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains(&format!("error[{code}]")), "{stderr}");
    assert_eq!(output.stdout, b"");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

const SINGLE: [&str; 5] = [
    "0001-create_new_order-5001.json",
    "0002-create_new_order-5002.json",
    "0003-create_new_order-5003.json",
    "0004-create_new_order-5004.json",
    "manifest.json",
];
const TOGETHER: [&str; 4] = [
    "0001-create_new_order-5003.json",
    "0002-create_new_order_job.json",
    "0003-submit_new_order_job.json",
    "manifest.json",
];

#[test]
fn a_folder_has_a_body_for_each_call_of_its_manifest() {
    let folder = TempDir::new().unwrap();
    let output = order(folder.path(), &["-o", "orders"]);
    assert!(output.status.success() && output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said, "4 requests written to orders, for 4 orders of CNY 3,019.80\n");
    assert_eq!(names(folder.path()), ["orders"]);
    let orders = folder.path().join("orders");
    assert_eq!(names(&orders), SINGLE);
    let manifest = read(&orders.join("manifest.json"));
    let lines = order(folder.path(), &["--format", "ndjson"]).stdout;
    let lines = String::from_utf8(lines).unwrap();
    let calls = manifest["calls"].as_array().unwrap();
    assert_eq!(calls.len(), lines.lines().count());
    let mut sum = 0;
    for (call, line) in calls.iter().zip(lines.lines()) {
        let mut line: Value = serde_json::from_str(line).unwrap();
        let body = line.as_object_mut().unwrap().remove("body").unwrap();
        assert_eq!(&line, call);
        assert_eq!(body, read(&orders.join(call["file"].as_str().unwrap())));
        assert_eq!(body["corpid"], call["corp_id"]);
        sum += call["expected_fen"].as_u64().unwrap_or_default();
    }
    assert_eq!(manifest["totals"]["expected_fen"], sum);
    let shown = order(folder.path(), &["--format", "json"]).stdout;
    assert_eq!(shown, fs::read(orders.join("manifest.json")).unwrap());
}

#[test]
fn a_format_beside_a_folder_goes_to_standard_output() {
    let folder = TempDir::new().unwrap();
    let output = order(folder.path(), &["-o", "orders", "--format", "csv"]);
    assert!(output.stdout.starts_with(b"file,api,"));
    assert_eq!(names(&folder.path().join("orders")), SINGLE);
    let dashed = order(folder.path(), &["-o", "-"]);
    assert_eq!(dashed.stdout, order(folder.path(), &[]).stdout);
    assert!(dashed.stdout.starts_with(b"{\"file\":"));
}

#[test]
fn an_earlier_folder_is_replaced_with_force_alone() {
    let folder = TempDir::new().unwrap();
    let orders = folder.path().join("orders");
    assert!(order(folder.path(), &["-o", "orders"]).status.success());
    refused(&order(folder.path(), &["-o", "orders", "--jobs"]), "file-exists");
    assert_eq!(names(&orders), SINGLE);
    assert!(order(folder.path(), &["-o", "orders", "--jobs", "--force"]).status.success());
    assert_eq!(names(&orders), TOGETHER);
    assert_eq!(names(folder.path()), ["orders"]);
}

#[test]
fn a_folder_with_anything_else_is_never_replaced() {
    let folder = TempDir::new().unwrap();
    let orders = folder.path().join("orders");
    assert!(order(folder.path(), &["-o", "orders"]).status.success());
    fs::write(orders.join("answers.json"), "{}").unwrap();
    refused(&order(folder.path(), &["-o", "orders", "--force"]), "folder-not-replaced");
    assert_eq!(names(&orders).len(), SINGLE.len() + 1);
    for manifest in ["{", "[]", "{\"schema\":\"wxlicense/quote/1\",\"calls\":[]}"] {
        let other = TempDir::new().unwrap();
        fs::create_dir(other.path().join("orders")).unwrap();
        fs::write(other.path().join("orders/manifest.json"), manifest).unwrap();
        refused(&order(other.path(), &["-o", "orders", "--force"]), "folder-not-replaced");
        assert_eq!(names(other.path()), ["orders"]);
    }
}

#[test]
fn an_empty_folder_is_filled() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("orders")).unwrap();
    assert!(order(folder.path(), &["-o", "orders"]).status.success());
    assert_eq!(names(&folder.path().join("orders")), SINGLE);
    assert_eq!(names(folder.path()), ["orders"]);
}

#[test]
fn a_file_is_no_folder() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("orders"), "mine").unwrap();
    refused(&order(folder.path(), &["-o", "orders", "--force"]), "file-unwritable");
    assert_eq!(fs::read(folder.path().join("orders")).unwrap(), b"mine");
    refused(&order(folder.path(), &["-o", "absent/orders"]), "file-unwritable");
    assert_eq!(names(folder.path()), ["orders"]);
}

#[test]
fn a_problem_leaves_no_folder() {
    let folder = TempDir::new().unwrap();
    refused(&order(folder.path(), &["-o", "orders", "--date", "2023-10-25"]), "renewal-users-unknown");
    assert!(names(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_its_folder_is_replaced() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("real")).unwrap();
    std::os::unix::fs::symlink("real", folder.path().join("orders")).unwrap();
    assert!(order(folder.path(), &["-o", "orders"]).status.success());
    assert!(order(folder.path(), &["-o", "orders", "--force", "--jobs"]).status.success());
    assert!(folder.path().join("orders").is_symlink());
    assert_eq!(names(&folder.path().join("real")), TOGETHER);
}

#[cfg(unix)]
#[test]
fn a_folder_has_the_usual_permissions() {
    use std::os::unix::fs::PermissionsExt;

    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("usual")).unwrap();
    assert!(order(folder.path(), &["-o", "orders"]).status.success());
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("orders"), mode("usual"));
}

/// The set of `examples/wecom` names its files by paths relative to the plan.
#[test]
fn a_plan_of_documents_becomes_requests_that_name_its_users() {
    let folder = TempDir::new().unwrap();
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/wecom/plan.toml");
    let output = Command::new(env!("CARGO_BIN_EXE_wxlicense"))
        .args(["order", plan, "--date", "2023-11-21", "--school", "1001", "-o", "orders", "--lang", "en"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let orders = folder.path().join("orders");
    let calls = [
        "0001-create_renew_order_job-1001.json",
        "0002-submit_order_job-1001.json",
        "0003-create_new_order-1001.json",
        "manifest.json",
    ];
    assert_eq!(names(&orders), calls);
    let renewed = read(&orders.join(calls[0]));
    let renewed: Vec<(&str, u64)> = renewed["account_list"]
        .as_array()
        .unwrap()
        .iter()
        .map(|account| (account["userid"].as_str().unwrap(), account["type"].as_u64().unwrap()))
        .collect();
    // Of the twelve basic accounts three are of people who are on no roster.
    let interop = ["a01", "a02", "a03"].map(|user| (user, 2));
    let basic = ["a04", "a05", "a06", "a07", "a08", "a09", "a10", "a11", "a12"].map(|user| (user, 1));
    assert_eq!(renewed, [&interop[..], &basic[..]].concat());
    let manifest = read(&orders.join("manifest.json"));
    let expected: Vec<Option<u64>> =
        manifest["calls"].as_array().unwrap().iter().map(|call| call["expected_fen"].as_u64()).collect();
    assert_eq!(expected, [None, Some(19_100), Some(10_188)]);
    assert_eq!(manifest["calls"][2]["after"][0], calls[1]);
}
