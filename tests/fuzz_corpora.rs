//! Every input from which a fuzz target starts, and every one that broke something before it was fixed, holds what the target
//! checks. `fuzz/run` goes on from there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::targets;

/// Bytes of all seeds.
const MOST_BYTES: usize = 200_000;

fn folder(kind: &str, target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(kind).join(target)
}

/// Returns the files of a folder, in order; none if there is no folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Runs a target on its seeds and its regressions; a failure names the file.
fn replay(target: &str, run: fn(&[u8])) {
    let seeds = files(&folder("seeds", target));
    assert!(seeds.len() >= 12, "{} seeds", seeds.len());
    for file in seeds.into_iter().chain(files(&folder("regressions", target))) {
        let bytes = fs::read(&file).unwrap();
        if let Err(problem) = std::panic::catch_unwind(|| run(&bytes)) {
            eprintln!("the input is {}", file.display());
            std::panic::resume_unwind(problem);
        }
    }
}

macro_rules! replay {
    ($($condition:ident: $target:ident,)*) => {
        $(#[test]
        fn $condition() {
            replay(stringify!($target), targets::$target);
        })*

        const REPLAYED: &[&str] = &[$(stringify!($target)),*];
    };
}

replay! {
    batch_holds_its_corpus: batch,
    card_holds_its_corpus: card,
    documents_hold_their_corpus: documents,
    optimize_holds_its_corpus: optimize,
    plan_holds_its_corpus: plan,
    prices_hold_their_corpus: prices,
    roster_holds_its_corpus: roster,
    spreadsheet_holds_its_corpus: spreadsheet,
    words_hold_their_corpus: words,
}

#[test]
fn every_fuzz_target_is_replayed() {
    let stem = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let found: BTreeSet<String> = files(&folder("fuzz_targets", "")).into_iter().map(stem).collect();
    let replayed = REPLAYED.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(found, replayed);
    let with_seeds: BTreeSet<String> = files(&folder("seeds", "")).into_iter().map(stem).collect();
    assert_eq!(found, with_seeds);
    for target in files(&folder("regressions", "")).into_iter().map(stem) {
        assert!(found.contains(&target), "no target has the regressions of {target}");
    }
}

#[test]
fn seeds_are_small() {
    let seeds = REPLAYED.iter().flat_map(|target| files(&folder("seeds", target)));
    let bytes: usize = seeds.map(|file| fs::read(file).unwrap().len()).sum();
    assert!(bytes <= MOST_BYTES, "{bytes} bytes");
}
