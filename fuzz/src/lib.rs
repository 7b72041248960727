//! What each fuzz target checks. It is written in `tests/`, where `cargo test` runs it too.

#[cfg(not(debug_assertions))]
compile_error!("without debug assertions nothing validates schedules; see fuzz/run");

#[path = "../../tests/reference/mod.rs"]
pub mod reference;
#[path = "../../tests/targets/mod.rs"]
pub mod targets;
