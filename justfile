# `just` lists the recipes.

_list:
    @just --list

# Everything that must hold before a change lands
ci:
    .ci/run

# All tests, or those whose names contain a word, such as `just test calendar`
test *word:
    cargo nextest run {{word}}
    cargo test --doc

# Write all goldens anew; read the difference before you commit it
bless:
    UPDATE_GOLDENS=1 cargo test

# How long prices, budgets and reports take
bench *name:
    cargo bench {{name}}

# Look for inputs that break a reader: plan, card, spreadsheet, documents or words
fuzz target="plan" seconds="600":
    mkdir -p fuzz/corpus/plan fuzz/corpus/card fuzz/corpus/spreadsheet fuzz/corpus/documents fuzz/corpus/words
    cp --backup=numbered examples/*.toml tests/diagnostics/*/plan.toml fuzz/corpus/plan
    cp tiers/*.toml fuzz/corpus/card
    cp --backup=numbered examples/*.csv tests/diagnostics/*/customers.csv tests/import/*.xlsx fuzz/corpus/spreadsheet
    cp --backup=numbered tests/diagnostics/*/documents.json tests/wecom/* fuzz/corpus/documents
    cargo +nightly fuzz run {{target}} -- -dict=fuzz/toml.dict -max_len=4096 -max_total_time={{seconds}}

# A tarball, a Debian package and a wheel in target/package, each installed without Rust and tried
package:
    .ci/package
