//! The library examples, `examples/*.rs`, run and print the documented output.

#[allow(dead_code, reason = "the example's own `main`")]
#[path = "../examples/budget_a_plan.rs"]
mod budget_a_plan;
#[allow(dead_code, reason = "the example's own `main`")]
#[path = "../examples/own_rate_card.rs"]
mod own_rate_card;
#[allow(dead_code, reason = "the example's own `main`")]
#[path = "../examples/price_one_order.rs"]
mod price_one_order;
#[allow(dead_code, reason = "the example's own `main`")]
#[path = "../examples/quote_a_plan.rs"]
mod quote_a_plan;

use std::error::Error;

type Run = fn(&mut Vec<u8>) -> Result<(), Box<dyn Error>>;

#[track_caller]
fn writes(run: Run, lines: &[&str]) {
    let mut written = Vec::new();
    run(&mut written).unwrap();
    assert_eq!(String::from_utf8(written).unwrap().lines().collect::<Vec<_>>(), lines);
}

#[test]
fn one_order_is_priced() {
    writes(
        price_one_order::run,
        &[
            "basic 181-200: 4.00 yuan a year each",
            "basic 201-230: 3.00 yuan a year each",
            "(20×4+30×3)×(6/12) = 85.00 yuan",
        ],
    );
}

#[test]
fn a_plan_is_quoted() {
    writes(
        quote_a_plan::run,
        &[
            "示例学院: 605.00 yuan",
            "示例小学: 0.00 yuan, waived",
            "in all: 605.00 yuan",
            "plan.toml:7:9: number-out-of-range",
            "plan.toml:9:1: missing-key",
        ],
    );
}

#[test]
fn a_plan_is_budgeted() {
    writes(
        budget_a_plan::run,
        &[
            "2023-08-31 示例理工学院: top-up of 38.84 yuan",
            "2023-11-18 示例理工学院: renewal of 1745.00 yuan",
            "2024-06-12 示例艺术学院: renewal of 165.00 yuan",
            "2024-11-24 示例理工学院: renewal of 1685.00 yuan",
            "2025-06-19 示例艺术学院: renewal of 165.00 yuan",
            "2025-12-01 示例理工学院: renewal of 1685.00 yuan",
            "2023 (in part): 1783.84 yuan",
            "2024: 1850.00 yuan",
            "2025: 1850.00 yuan",
            "2026 (in part): 0.00 yuan",
        ],
    );
}

#[test]
fn a_card_of_ones_own_prices() {
    writes(
        own_rate_card::run,
        &["10 basic: 60.00 yuan", "11 basic: 64.50 yuan", "100 basic: 465.00 yuan", "refused: tier-gap"],
    );
}
