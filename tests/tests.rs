//! Every integration test of the library and the program: one binary with a module a topic, so that a change
//! of the library is linked once. `cargo test --test tests calendar` runs one topic.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod readers;
mod reference;
mod targets;
mod transcript;

mod architecture;
mod attachments;
mod batch;
mod billed_card;
mod broken_documents;
mod budget_lots;
mod calendar;
mod commands;
mod completions_and_man;
mod csv;
mod custom_rate_card;
mod dependencies;
mod diagnostics;
mod diagnostics_page;
mod documented_examples;
mod engine_properties;
mod engine_reference;
mod engine_rules;
mod examples;
mod formats_add_up;
mod formats_agree;
mod formats_html;
mod formats_narrow;
mod formats_xlsx;
mod formula;
mod fuzz_corpora;
mod hidden_signs;
mod import;
mod key_pages;
mod library_examples;
mod order_folder;
mod output;
mod output_faults;
mod output_schemas;
mod personal_data;
mod plans;
mod progress;
mod request_bodies;
mod robustness;
mod rules_page;
mod schemas;
mod solved_prices;
mod sql;
mod stable_words;
mod syntax_recovery;
mod wecom_documents;
mod workbook;
