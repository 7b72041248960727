//! The lots of orders in the JSON of `budget`: a reader knows which accounts run when, for whom, from the order alone or from its lots.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

/// Returns the orders of a budget from a day on, which lists what the plan records too.
fn orders(plan: &str, from: &str) -> Vec<Value> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_wxlicense"))
        .args(["budget", "-", "--from", from, "--years", "2", "--format", "json", "--lang", "en"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(plan.as_bytes()).unwrap();
    let output = program.wait_with_output().unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    document["orders"].as_array().unwrap().clone()
}

/// Returns school, count, day of activation and the expiry that is prolonged of each lot.
fn lots(order: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let lot = |lot: &Value| {
        let [school, activated, extends] = ["school", "activated", "extends"].map(|key| text(&lot[key]));
        format!("{school} {} {activated} {extends}", lot["count"])
    };
    order["lots"].as_array().unwrap().iter().map(lot).collect()
}

#[test]
fn an_order_whose_codes_are_activated_for_its_members_on_one_day_has_no_lots() {
    let plan = "date = 2023-06-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 5\n\
        [[school.purchase]]\npaid = 2023-05-01\nactivated = 2023-05-02\nbasic = 5\n";
    let orders = orders(plan, "2023-05-01");
    assert_eq!(orders[0]["kind"], "recorded");
    assert!(lots(&orders[0]).is_empty());
    assert_eq!(orders[1]["kind"], "renewal");
    assert!(lots(&orders[1]).is_empty());
}

#[test]
fn codes_that_are_not_all_activated_are_in_lots() {
    let plan = "date = 2023-06-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 5\n\
        [[school.headcount]]\nfrom = 2024-01-01\nbasic = 0\n\
        [[school.purchase]]\npaid = 2023-05-01\nbasic = 7\n\
        activations = [{ date = 2023-05-02, type = \"basic\", count = 5 }]\n";
    assert_eq!(lots(&orders(plan, "2023-05-01")[0]), ["a 5 2023-05-02 -"]);
}

#[test]
fn codes_of_an_upstream_for_a_downstream_are_in_lots() {
    let plan = "date = 2023-06-01\n[[school]]\ncode = \"a\"\nname = \"A\"\n\
        [[school.purchase]]\npaid = 2023-05-01\nbasic = 5\n\
        [[school]]\ncode = \"b\"\nname = \"B\"\nbasic = 5\nupstream = \"a\"\n";
    assert_eq!(lots(&orders(plan, "2023-05-01")[0]), ["b 5 2023-06-01 -"]);
}

#[test]
fn what_a_recorded_order_prolongs_is_in_lots() {
    let held = "held = [{ type = \"basic\", count = 5, expires = 2023-06-10 }]";
    for (kind, day) in [("renewal", "2023-05-20"), ("purchase", "2023-06-01")] {
        let plan = format!(
            "date = 2023-06-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 5\n{held}\n\
             [[school.purchase]]\npaid = 2023-05-20\nkind = \"{kind}\"\nbasic = 5\n\
             activations = [{{ date = {day}, type = \"basic\", count = 5, extends = 2023-06-10 }}]\n"
        );
        assert_eq!(lots(&orders(&plan, "2023-05-20")[0]), [format!("a 5 {day} 2023-06-10")]);
    }
}
