//! `docs/rules.md` is generated from the facts and the rules of the newest embedded rate card.
//! `UPDATE_GOLDENS=1 cargo test --test tests rules_page` updates it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use toml::{Table, Value};
use wxlicense::rates::{Fact, RateCard, RateCards};

#[test]
fn the_page_is_what_the_rate_card_says() {
    let cards = RateCards::embedded().unwrap();
    let page = page(cards.in_force(None).unwrap());
    let path = root().join("docs/rules.md");
    if env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page, "docs/rules.md is out of date");
}

#[test]
fn every_rule_that_the_code_cites_is_on_the_page() {
    let page = fs::read_to_string(root().join("docs/rules.md")).unwrap();
    let mut files = Vec::new();
    rust_files(&root().join("src"), &mut files);
    assert!(files.len() > 50, "only {} files were found", files.len());
    for file in files {
        let code = fs::read_to_string(&file).unwrap();
        let anchors = code.split("docs/rules.md#").skip(1).map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            rest[..end].to_ascii_uppercase()
        });
        for id in cited(&code).into_iter().chain(anchors) {
            assert!(page.contains(&format!("\n### {id}\n")), "{} cites {id}", file.display());
        }
    }
}

/// Parts of the page, by the first letter of their ids.
const PARTS: [(&str, &str); 6] = [
    ("W", "Who pays for what"),
    ("P", "Price"),
    ("V", "Waivers"),
    ("U", "Upstream and downstream"),
    ("T", "Time"),
    ("O", "What WeCom checks before it takes an order"),
];

const HEAD: &str = "\
Every rule that `wxlicense` applies, with the facts that it rests on. The page is generated from the rate card and
checked by a test; the card is where a rule is changed.

A fact is **official** (WeCom's developer documentation), **billed** (WeCom's own bills prove it), stated in the **brief**
(the service provider's document of 2022-11-18), **reported** (by a third party only) or **assumed** (stated by nobody; a
reasonable reading). A figure that rests on a reported or assumed fact says so where it is shown. Where nobody has
confirmed a rule of pricing, the card lists what else it may be, and the engine can price under that too.
";

fn page(card: &RateCard) -> String {
    let text = fs::read_to_string(root().join(format!("tiers/{}.toml", card.id))).unwrap();
    let applications = applications(&text.parse().unwrap());
    let mut page =
        format!("# Rules\n\n{HEAD}\nRate card: `{}`, in force from {}.\n", card.id, card.in_force_from);
    for (letter, title) in PARTS {
        writeln!(page, "\n## {title}").unwrap();
        let mut facts: Vec<&Fact> = card.facts.iter().filter(|fact| fact.id.starts_with(letter)).collect();
        facts.sort_by_key(|fact| number(&fact.id));
        for fact in facts {
            section(&mut page, fact, applications.get(&*fact.id).map_or(&[], Vec::as_slice));
            alternatives(&mut page, card, &fact.id);
        }
    }
    let known = PARTS.map(|(letter, _)| letter);
    assert!(card.facts.iter().all(|fact| known.contains(&&fact.id[..1])), "a fact is in no part of the page");
    page
}

fn section(page: &mut String, fact: &Fact, applications: &[String]) {
    let (id, confidence) = (&fact.id, fact.standing.as_str());
    writeln!(page, "\n### {id}\n\n**{confidence}.** {}\n\n{}。\n", sentence(&fact.text.en), fact.text.zh)
        .unwrap();
    writeln!(page, "Source: {}.", fact.source.en).unwrap();
    if !applications.is_empty() {
        writeln!(page, "\nIn the rate card: {}.", applications.join("; ")).unwrap();
    }
}

/// Lists what else the rule behind a fact may be.
fn alternatives(page: &mut String, card: &RateCard, id: &str) {
    let others: Vec<_> = card.alternatives.iter().filter(|other| other.fact.id == id).collect();
    if !others.is_empty() {
        writeln!(page, "\nIt may also be:\n").unwrap();
    }
    for other in others {
        let text = &other.fact.text;
        writeln!(page, "- `{}`: {}; {}。", other.rule, text.en, text.zh).unwrap();
    }
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

/// Returns the rules of the card that name a fact, by the id of the fact, each with its values.
fn applications(card: &Table) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for (name, value) in card.iter().filter(|(name, _)| !["fact", "alternative"].contains(&name.as_str())) {
        let tables: Vec<&Table> = match value {
            Value::Table(table) => vec![table],
            Value::Array(items) => items.iter().filter_map(Value::as_table).collect(),
            _ => continue,
        };
        for table in tables {
            let header = if value.is_array() { format!("`[[{name}]]`") } else { format!("`[{name}]`") };
            for (key, ids) in fact_keys(table) {
                let text = format!("{header} {}", values(table, &key)).trim().to_owned();
                for id in ids {
                    let list: &mut Vec<String> = found.entry(id).or_default();
                    if !list.contains(&text) {
                        list.push(text.clone());
                    }
                }
            }
        }
    }
    found
}

/// Returns the keys of a rule that name facts, those of its inner tables (`basic = { price, facts }`) as
/// `basic.facts`.
fn fact_keys(table: &Table) -> Vec<(String, Vec<String>)> {
    let mut keys = Vec::new();
    for (key, value) in table {
        match value {
            Value::Table(inner) => {
                keys.extend(fact_keys(inner).into_iter().map(|(inner, ids)| (format!("{key}.{inner}"), ids)));
            }
            Value::String(id) if key.ends_with("facts") => keys.push((key.clone(), vec![id.clone()])),
            Value::Array(ids) if key.ends_with("facts") => {
                keys.push((key.clone(), ids.iter().filter_map(Value::as_str).map(str::to_owned).collect()));
            }
            _ => {}
        }
    }
    keys
}

/// Returns the values that the facts of a key are about: `reminder…` for `reminder-facts`, the rest for
/// `facts`.
fn values(table: &Table, fact_key: &str) -> String {
    if let Some((inner, _)) = fact_key.split_once('.') {
        let edges = ["from", "to"].iter().filter_map(|key| Some(format!("{key} = {}", table.get(*key)?)));
        let price = table[inner].get("price").map(|price| format!("{inner} = {price}"));
        return edges.chain(price).map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" ");
    }
    let prefix = fact_key.trim_end_matches("facts").trim_end_matches('-');
    let others: Vec<&str> = table
        .keys()
        .filter(|key| key.ends_with("-facts"))
        .map(|key| key.trim_end_matches("-facts"))
        .collect();
    let is_about = |key: &str| match prefix {
        "" => !others.iter().any(|other| key.starts_with(other)),
        prefix => key.starts_with(prefix),
    };
    let plain =
        table.iter().filter(|(key, value)| !key.ends_with("facts") && !value.is_table() && is_about(key));
    plain.map(|(key, value)| format!("`{key} = {value}`")).collect::<Vec<_>>().join(" ")
}

fn number(id: &str) -> u32 {
    id[1..].parse().unwrap()
}

/// Returns the ids in comments, such as `(P12, T4)`.
fn cited(code: &str) -> Vec<String> {
    let comments = code.lines().filter_map(|line| line.split_once("//").map(|(_, comment)| comment));
    let words = comments.flat_map(|comment| comment.split(|c: char| !c.is_ascii_alphanumeric()));
    let is_id = |word: &&str| {
        let (letter, digits) = word.split_at_checked(1).unwrap_or_default();
        let known = PARTS.iter().any(|(part, _)| *part == letter);
        known && (1..=2).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    words.filter(is_id).map(str::to_owned).collect()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
