//! Writes the unit prices that bills prove, and says which they leave open.

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::{find, set, set_fact, write_fact};
use crate::rates::proof::accounts;
use crate::rates::{Proof, ProvenPrice, RateCard};

/// Writes a unit price as a card has it, with its fact, which is the last of the card.
pub(super) fn write_price(document: &mut DocumentMut, card: &RateCard, proven: &ProvenPrice) {
    let Some(tier) = card.tiers.iter().find(|tier| tier.from == proven.from) else { return };
    let price = tier.price.get(proven.account_type);
    let is_it =
        |table: &dyn TableLike| table.get("from").and_then(Item::as_integer) == Some(i64::from(proven.from));
    if let Some(table) = find(document, "tier", is_it) {
        let mut sourced = InlineTable::new();
        sourced.insert("price", price.price.to_string().into());
        let facts = match price.facts.as_slice() {
            [fact] => Value::from(fact),
            facts => Value::Array(facts.iter().collect()),
        };
        sourced.insert("facts", facts);
        set(table, &proven.account_type.to_string(), Value::InlineTable(sourced));
    }
    proven.facts.iter().for_each(|id| write_fact(document, card, id));
    let Some(fact) = card.facts.last() else { return };
    match document.get_mut("fact") {
        Some(Item::Value(Value::Array(facts))) => {
            let mut table = InlineTable::new();
            table.insert("id", (&*fact.id).into());
            set_fact(&mut table, fact);
            facts.push(table);
        }
        Some(Item::ArrayOfTables(facts)) => push(facts, fact),
        _ => {
            let mut facts = ArrayOfTables::new();
            push(&mut facts, fact);
            document.insert("fact", Item::ArrayOfTables(facts));
        }
    }
}

fn push(facts: &mut ArrayOfTables, fact: &crate::rates::Fact) {
    let mut table = Table::new();
    set(&mut table, "id", (&*fact.id).into());
    set_fact(&mut table, fact);
    facts.push(table);
}

/// Returns comments that name the unit prices of which bills leave several.
pub(super) fn remark_on_prices(card: &RateCard, proof: &Proof) -> String {
    if proof.open_prices.is_empty() {
        return String::new();
    }
    let mut lines = vec![
        "# The bills leave several values of these unit prices, in yuan a year. The card keeps what it had:"
            .to_owned(),
    ];
    for open in &proof.open_prices {
        let Some(tier) = card.tiers.iter().find(|tier| tier.from == open.from) else { continue };
        let price = tier.price.get(open.account_type).price;
        let accounts = accounts(open.account_type, tier.from, tier.to).en;
        let is_left = (open.lowest..=open.highest).contains(&price);
        let also = if is_left { "" } else { ", which is none of them" };
        lines.push(format!("#   {accounts}: {} to {}; here {price}{also}", open.lowest, open.highest));
    }
    lines.join("\n") + "\n\n"
}
