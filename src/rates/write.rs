//! Writes the text of a rate card under rules that bills have proven. Comments, order and everything else of the text
//! stay. Read [`write_settled`] first.

use std::sync::Arc;

use thiserror::Error;
use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use super::{Alternative, Fact, RateCard, Rounding, Rule, RuleError, SettledRule, read_card};
use crate::diagnostic::lang::Phrase;
use crate::diagnostic::{Diagnostic, SourceFile};

/// The reason why a card cannot be written.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum WriteError {
    /// The text is no valid card.
    #[error("the rate card has {} problems", .0.len())]
    Card(Vec<Diagnostic>),
    /// The card does not have a rule.
    #[error(transparent)]
    Rule(#[from] RuleError),
}

/// Returns the text of a card in which rules are in force that bills have proven: their facts have the standing
/// `billed` and name the orders, and what was in force instead becomes an alternative. The card gets an id and a name of
/// its own.
///
/// ```
/// use std::sync::Arc;
/// use wxlicense::diagnostic::{SourceFile, lang::Phrase};
/// use wxlicense::rates::{RateCards, Rule, SettledRule, read_card, write_settled};
///
/// let text = RateCards::embedded_text("wecom-2022-05-16").unwrap();
/// let source = Arc::new(SourceFile::new("card.toml", text));
/// let rule: Rule = "at-least".parse().unwrap();
/// let settled = SettledRule { fact: "P12".to_owned(), rule, orders: vec!["OI1".to_owned()] };
/// let name = Phrase { en: "As billed".to_owned(), zh: "按账单".to_owned() };
/// let written = write_settled(&source, "as-billed", &name, &[settled]).unwrap();
/// let card = read_card(&Arc::new(SourceFile::new("as-billed.toml", written))).unwrap();
/// assert_eq!((card.id.as_str(), card.rules.get(rule.kind())), ("as-billed", rule));
/// assert!(!card.fact("P12").unwrap().standing.is_unconfirmed());
/// ```
///
/// # Errors
/// [`WriteError`] if the text is no valid card, or has no such rule.
pub fn write_settled(
    source: &Arc<SourceFile>,
    id: &str,
    name: &Phrase,
    settled: &[SettledRule],
) -> Result<String, WriteError> {
    let before = read_card(source).map_err(WriteError::Card)?;
    // What the reader takes, toml_edit parses too.
    let mut document: DocumentMut = source.text().parse().map_err(|_| WriteError::Card(Vec::new()))?;
    set(document.as_table_mut(), "id", id.into());
    set(document.as_table_mut(), "name", both(name));
    let mut card = before;
    for rule in settled {
        let next = card.settled(rule)?;
        write_rule(&mut document, &card, &next, rule);
        card = next;
    }
    Ok(document.to_string())
}

/// Writes the difference that one rule makes.
fn write_rule(document: &mut DocumentMut, before: &RateCard, after: &RateCard, settled: &SettledRule) {
    let SettledRule { fact: id, rule, .. } = settled;
    let old = before.rules.get(rule.kind());
    if old != *rule {
        write_keys(document, *rule);
        let is_it = |table: &dyn TableLike| {
            text_of(table, "fact") == Some(id.as_str())
                && text_of(table, "value") == Some(rule.to_string().as_str())
        };
        let now = after.alternatives.iter().find(|other| other.rule == old && other.fact.id == *id);
        if let (Some(table), Some(Alternative { fact, .. })) = (find(document, "alternative", is_it), now) {
            set(table, "value", old.to_string().as_str().into());
            set_fact(table, fact);
        }
    }
    let is_it = |table: &dyn TableLike| text_of(table, "id") == Some(id.as_str());
    if let (Some(table), Some(fact)) = (find(document, "fact", is_it), after.fact(id)) {
        set_fact(table, fact);
    }
}

/// Writes the keys of a rule.
fn write_keys(document: &mut DocumentMut, rule: Rule) {
    let word = |word: &str| Value::from(word);
    match rule {
        Rule::Negotiated(part) => set_in(document, "negotiated", &[("covers", word(part.into()))]),
        Rule::ByDays(divisor) => set_in(document, "term", &[("by-days-divisor", i64::from(divisor).into())]),
        Rule::Rounding(Rounding { per, mode }) => {
            let keys = [("once-per", word(per.into())), ("to", word("fen")), ("mode", word(mode.into()))];
            set_in(document, "rounding", &keys);
        }
        Rule::NewPurchase(start) => set_in(document, "accumulation", &[("new-purchase", word(start.into()))]),
        Rule::Renewal(start) => set_in(document, "accumulation", &[("renewal", word(start.into()))]),
        Rule::Group(tiers) => set_in(document, "group", &[("tiers", word(tiers.into()))]),
    }
}

fn set_in(document: &mut DocumentMut, table: &str, keys: &[(&str, Value)]) {
    let item = document.entry(table).or_insert_with(|| Item::Table(Table::new()));
    let Some(table) = item.as_table_like_mut() else { return };
    for (key, value) in keys {
        set(table, key, value.clone());
    }
}

fn set_fact(table: &mut dyn TableLike, fact: &Fact) {
    set(table, "standing", fact.standing.as_str().into());
    set(table, "source", both(&fact.source));
    set(table, "en", fact.text.en.as_str().into());
    set(table, "zh", fact.text.zh.as_str().into());
}

/// Sets a key; the spaces and comments around a value that is replaced stay.
fn set(table: &mut dyn TableLike, key: &str, new: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = new;
            *old.decor_mut() = decor;
        }
        None => {
            table.insert(key, value(new));
        }
    }
}

/// Returns a text in both languages as a value; a single string if they are alike.
fn both(phrase: &Phrase) -> Value {
    if phrase.en == phrase.zh {
        return phrase.en.as_str().into();
    }
    let mut table = InlineTable::new();
    table.insert("en", phrase.en.as_str().into());
    table.insert("zh", phrase.zh.as_str().into());
    table.into()
}

fn text_of<'t>(table: &'t dyn TableLike, key: &str) -> Option<&'t str> {
    table.get(key)?.as_str()
}

/// Returns the first of a list of tables, with headers or inline, that is it.
fn find<'d>(
    document: &'d mut DocumentMut,
    list: &str,
    is_it: impl Fn(&dyn TableLike) -> bool,
) -> Option<&'d mut dyn TableLike> {
    match document.get_mut(list)? {
        Item::ArrayOfTables(tables) => {
            let found = tables.iter_mut().find(|table| is_it(*table))?;
            Some(found)
        }
        Item::Value(Value::Array(values)) => {
            let mut tables = values.iter_mut().filter_map(Value::as_inline_table_mut);
            Some(tables.find(|table| is_it(*table))?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::RateCards;

    fn source(text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile::new("card.toml", text))
    }

    fn settled(fact: &str, word: &str) -> SettledRule {
        let orders = vec!["OI1".to_owned(), "OI2".to_owned()];
        SettledRule { fact: fact.to_owned(), rule: word.parse().unwrap(), orders }
    }

    fn name() -> Phrase {
        Phrase { en: "As billed".to_owned(), zh: "按账单".to_owned() }
    }

    /// Writes rules into a text, and holds what is read back to the card under them.
    fn written(text: &str, settled: &[SettledRule]) -> String {
        let mut expected = read_card(&source(text)).unwrap();
        for rule in settled {
            expected = expected.settled(rule).unwrap();
        }
        expected.id = "as-billed".to_owned();
        expected.name = name();
        let written = write_settled(&source(text), "as-billed", &name(), settled).unwrap();
        let read = read_card(&source(&written)).unwrap_or_else(|problems| panic!("{problems:?}\n{written}"));
        assert_eq!(read, expected);
        written
    }

    fn public() -> &'static str {
        RateCards::embedded_text("wecom-2022-05-16").unwrap()
    }

    #[test]
    fn every_rule_is_written_and_read_back() {
        let card = read_card(&source(public())).unwrap();
        for choice in card.choices() {
            for rule in choice.rules {
                written(public(), &[settled(&choice.fact, &rule.to_string())]);
            }
        }
        let all =
            ["P5 all", "P8 365", "P10 item+down", "P12 at-least+unactivated", "P13 after-held", "U3 member"];
        let all = all.map(|rule| rule.split_once(' ').map(|(fact, word)| settled(fact, word)).unwrap());
        written(public(), &all);
    }

    #[test]
    fn comments_and_order_stay_and_few_lines_change() {
        let text = written(public(), &[settled("P12", "at-least")]);
        let kept = public().lines().filter(|line| text.lines().any(|other| other == *line)).count();
        assert!(public().lines().count() - kept <= 10, "{text}");
        let comment = "new-purchase = \"at-least\" # than the term; or";
        assert!(text.contains(comment), "{text}");
        assert!(
            text.contains("standing = \"billed\"\nsource = { en = \"WeCom's bills: OI1, OI2\""),
            "{text}"
        );
    }

    #[test]
    fn a_rule_in_force_is_confirmed_without_another_change() {
        let text = written(public(), &[settled("P12", "longer")]);
        let card = read_card(&source(&text)).unwrap();
        assert_eq!(card.alternatives, read_card(&source(public())).unwrap().alternatives);
        assert!(card.unconfirmed(&["P12".to_owned()]).next().is_none());
    }

    #[test]
    fn a_bare_card_gets_the_tables_of_its_rules() {
        let text = r#"id = "bare"
in-force-from = 2030-01-01
tier = [{ from = 1, basic = 5, interop = 50 }]
term = { days-per-month = 31, days-per-year = 372, least-days = 31, most-days = 1860, by-days-facts = "A" }
accumulation = { new-purchase = "longer", renewal = "from-zero", new-purchase-facts = "B" }
order = { most-accounts-of-a-type = 1000 }
charging = { app-kinds = "agency" }
fact = [
    { id = "A", standing = "assumed", source = "x", en = "days" },
    { id = "B", standing = "assumed", source = "x", en = "longer" },
]
alternative = [{ fact = "A", value = "365", en = "by 365" }, { fact = "B", value = "none", en = "none first" }]
"#;
        let text = written(text, &[settled("A", "365"), settled("B", "none")]);
        assert!(text.contains("by-days-divisor = 365"), "{text}");
    }

    #[test]
    fn what_is_no_rule_of_the_card_is_an_error() {
        let found = write_settled(&source(public()), "x", &name(), &[settled("P8", "360")]);
        assert!(matches!(found, Err(WriteError::Rule(_))));
        let found = write_settled(&source("id = 1"), "x", &name(), &[]);
        assert!(matches!(found, Err(WriteError::Card(problems)) if !problems.is_empty()));
    }
}
