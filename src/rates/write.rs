//! Writes the text of a rate card as far as bills leave its rules. Comments, order and everything else of the text
//! stay. Read [`write_proven`] first.

mod prices;

use std::sync::Arc;

use thiserror::Error;
use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use self::prices::{remark_on_prices, write_price};
use super::{
    Alternative, Fact, Proof, ProvenFact, RateCard, RemainingRules, Rounding, Rule, RuleError, read_card,
};
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

/// Returns the text of a card as [`RateCard::proven`] makes it: facts and unit prices that bills prove have the standing
/// `billed` and name the orders, and variants that they rule out are gone. The card gets an id and a name of its own. A
/// comment names unit prices of which they leave several.
///
/// ```
/// use std::sync::Arc;
/// use wxlicense::diagnostic::{SourceFile, lang::Phrase};
/// use wxlicense::rates::{Proof, RateCards, RemainingRules, Rule, read_card, write_proven};
///
/// let text = RateCards::embedded_text("wecom-2022-05-16").unwrap();
/// let source = Arc::new(SourceFile::new("card.toml", text));
/// let rule: Rule = "at-least".parse().unwrap();
/// let orders = vec!["OI1".to_owned()];
/// let remaining = RemainingRules { fact: "P12".to_owned(), rules: vec![rule], orders };
/// let proof = Proof { rules: vec![remaining], ..Proof::default() };
/// let name = Phrase { en: "As billed".into(), zh: "按账单".into() };
/// let written = write_proven(&source, "as-billed", &name, &proof).unwrap();
/// let card = read_card(&Arc::new(SourceFile::new("as-billed.toml", written))).unwrap();
/// assert_eq!((card.id.as_str(), card.rules.get(rule.kind())), ("as-billed", rule));
/// assert!(!card.fact("P12").unwrap().standing.is_unconfirmed());
/// assert!(card.choices().iter().all(|choice| choice.fact != "P12"));
/// ```
///
/// # Errors
/// [`WriteError`] if the text is no valid card, or has no such rule.
pub fn write_proven(
    source: &Arc<SourceFile>,
    id: &str,
    name: &Phrase,
    proof: &Proof,
) -> Result<String, WriteError> {
    let mut card = read_card(source).map_err(WriteError::Card)?;
    // What the reader takes, toml_edit parses too.
    let mut document: DocumentMut = source.text().parse().map_err(|_| WriteError::Card(Vec::new()))?;
    set(document.as_table_mut(), "id", id.into());
    set(document.as_table_mut(), "name", both(name));
    for remaining in &proof.rules {
        let next = card.with_remaining(remaining)?;
        write_rule(&mut document, &card, &next, remaining);
        card = next;
    }
    for ProvenFact { fact, orders } in &proof.facts {
        card.set_billed(fact, orders);
        write_fact(&mut document, &card, fact);
    }
    for proven in &proof.prices {
        card.set_price(proven);
        write_price(&mut document, &card, proven);
    }
    Ok(remark_on_prices(&card, proof) + &remark_on(proof) + &document.to_string())
}

/// The most combinations that a card lists.
const MOST_COMBINATIONS: usize = 100;

/// Returns comments that say which combinations of the remaining variants bills leave, if not all: a card cannot hold that
/// a variant is only possible with some of another rule.
fn remark_on(proof: &Proof) -> String {
    let left = &proof.combinations;
    if left.is_empty() {
        return String::new();
    }
    let of_all: usize = proof.rules.iter().map(|remaining| remaining.rules.len()).product();
    let count = left.len();
    let mut lines = vec![format!(
        "# The alternatives below allow {of_all} combinations, of which the bills leave {count}. By fact:"
    )];
    let is_open = |index: usize| proof.rules.get(index).is_some_and(|remaining| remaining.rules.len() > 1);
    for rules in left.iter().take(MOST_COMBINATIONS) {
        let open = rules.iter().zip(&proof.rules).enumerate().filter(|(index, _)| is_open(*index));
        let words = open.map(|(_, (rule, remaining))| format!("{} {rule}", remaining.fact));
        lines.push(format!("#   {}", words.collect::<Vec<_>>().join(", ")));
    }
    if count > MOST_COMBINATIONS {
        lines.push("#   and more: see wxlicense reconcile --rules --format json".to_owned());
    }
    lines.join("\n") + "\n\n"
}

/// Writes the difference that the remaining variants of one rule make.
fn write_rule(document: &mut DocumentMut, before: &RateCard, after: &RateCard, remaining: &RemainingRules) {
    let (id, Some(&rule)) = (&remaining.fact, remaining.rules.first()) else { return };
    let old = before.rules.get(rule.kind());
    if old != rule {
        write_keys(document, rule);
        let is_it = |table: &dyn TableLike| is_alternative(table, id, rule);
        let now = before.with_rule(id, rule);
        let now = now.iter().flat_map(|card| &card.alternatives);
        let now = now.into_iter().find(|other| other.rule == old && other.fact.id == *id);
        if let (Some(table), Some(Alternative { fact, .. })) = (find(document, "alternative", is_it), now) {
            set(table, "value", old.to_string().as_str().into());
            set_fact(table, fact);
        }
    }
    let of_kind = before.alternatives.iter().map(|other| other.rule).chain([old]);
    for gone in of_kind.filter(|other| other.kind() == rule.kind() && !remaining.rules.contains(other)) {
        remove(document, "alternative", |table| is_alternative(table, id, gone));
    }
    if before.fact(id) != after.fact(id) {
        write_fact(document, after, id);
    }
}

fn is_alternative(table: &dyn TableLike, id: &str, rule: Rule) -> bool {
    text_of(table, "fact") == Some(id) && text_of(table, "value") == Some(rule.to_string().as_str())
}

/// Writes a fact as a card has it.
fn write_fact(document: &mut DocumentMut, card: &RateCard, id: &str) {
    let is_it = |table: &dyn TableLike| text_of(table, "id") == Some(id);
    if let (Some(table), Some(fact)) = (find(document, "fact", is_it), card.fact(id)) {
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
    set(table, "en", (&*fact.text.en).into());
    set(table, "zh", (&*fact.text.zh).into());
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
        return (&*phrase.en).into();
    }
    let mut table = InlineTable::new();
    table.insert("en", (&*phrase.en).into());
    table.insert("zh", (&*phrase.zh).into());
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

/// Removes those of a list of tables that are it; a list that is then empty is removed too.
fn remove(document: &mut DocumentMut, list: &str, is_it: impl Fn(&dyn TableLike) -> bool) {
    let is_empty = match document.get_mut(list) {
        Some(Item::ArrayOfTables(tables)) => {
            tables.retain(|table| !is_it(table));
            tables.is_empty()
        }
        Some(Item::Value(Value::Array(values))) => {
            values.retain(|value| value.as_inline_table().is_none_or(|table| !is_it(table)));
            values.is_empty()
        }
        _ => false,
    };
    if is_empty {
        document.remove(list);
    }
}

#[cfg(test)]
mod tests;
