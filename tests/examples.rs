//! The plans of `examples/` are valid, have comments, and cost what the brief says.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use wxlicense::diagnostic::SourceFile;
use wxlicense::plan::{self, Plan, ReadOptions};
use wxlicense::pricing::{OrderStatus, Quote, quote_orders};
use wxlicense::rates::RateCards;

fn read(name: &str) -> Plan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let source = SourceFile::from_bytes(name, fs::read(path).unwrap()).unwrap();
    assert!(source.text().starts_with("# "), "{name} does not say what it shows");
    let reading = plan::read(&Arc::new(source), &ReadOptions::new(&RateCards::embedded().unwrap()));
    assert_eq!(reading.diagnostics, [], "{name}");
    reading.plan.unwrap()
}

fn quote(name: &str) -> Quote {
    let plan = read(name);
    quote_orders(&plan.card, plan.date, &plan.orders()).unwrap()
}

#[test]
fn every_example_is_read_without_a_diagnostic() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut plans = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".toml") {
            quote(&name);
            plans += 1;
        }
    }
    assert!(plans >= 7);
}

#[test]
fn the_worked_examples_cost_what_the_brief_says() {
    for (name, formula, payable) in [
        ("brief-150-basic.toml", "(5×5+145×4)×1", "605.00"),
        ("brief-300-interop.toml", "(5×50+195×40+100×30)×1", "11050.00"),
        ("brief-8-and-20.toml", "(5×5+3×4+5×50+15×40)×1", "887.00"),
    ] {
        let quote = quote(name);
        assert_eq!(quote.orders[0].formula, formula);
        assert_eq!(quote.totals.payable.to_string(), payable);
    }
}

#[test]
fn the_campus_plan_has_every_school_and_app_of_the_brief() {
    let plan = read("campus-2022.toml");
    let codes: Vec<&str> = plan.schools.iter().map(|school| school.code.as_str()).collect();
    let brief = ["1499", "2000717", "1175", "1417", "2496", "1809", "818", "741", "3042", "2000796", "590"];
    assert_eq!(codes, brief);
    let apps: Vec<_> = plan.schools.iter().flat_map(|school| &school.apps).collect();
    assert_eq!(apps.len(), 16);
    assert!(apps.iter().all(|app| app.authorized.is_some()));
    let hosts: std::collections::BTreeSet<_> = apps.iter().filter_map(|app| app.host.as_deref()).collect();
    assert_eq!(hosts.into_iter().collect::<Vec<_>>(), ["shanxizyyFast", "weixinqy", "wxqybind"]);
    let unconfirmed: Vec<&str> = plan
        .schools
        .iter()
        .filter(|school| school.status == OrderStatus::Unconfirmed)
        .map(|school| school.code.as_str())
        .collect();
    assert_eq!(unconfirmed, ["590"]);
}

#[test]
fn of_the_waivers_only_the_university_pays() {
    let quote = quote("waivers.toml");
    let paying: Vec<_> = quote
        .orders
        .iter()
        .filter(|order| order.payable().is_some_and(|payable| payable.fen() > 0))
        .map(|order| order.payer.code.clone().unwrap())
        .collect();
    assert_eq!(paying, ["university"]);
}

#[test]
fn the_group_is_one_order_and_the_large_plan_is_incomplete() {
    assert_eq!(quote("group.toml").orders.len(), 1);
    let large = quote("large.toml");
    assert_eq!(large.orders.iter().map(|order| order.is_complete()).collect::<Vec<_>>(), [true, false]);
}
