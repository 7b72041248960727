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

# Look for inputs that break what holds for every input: for some seconds a target, all targets or those named
fuzz seconds="600" *targets:
    fuzz/run {{seconds}} {{targets}}

# A tarball, a Debian package and a wheel in target/package, each installed without Rust and tried
package:
    .ci/package
