use strum::VariantArray;

use super::MOST;
use super::facts::FactRefs;
use crate::account::PerType;
use crate::diagnostic::lang::Message;
use crate::document::{At, Table};
use crate::rates::tiers::Edges;
use crate::rates::{Accumulation, Start, Tier, TierPrice};

/// The tiers that are valid in themselves, and the edges of all, for their order to be judged.
pub(super) fn read_tiers(root: &mut Table<'_>, refs: &FactRefs<'_>) -> (Vec<Tier>, Vec<Option<Edges>>) {
    let (mut tiers, mut all_edges) = (Vec::new(), Vec::new());
    for mut table in root.tables("tier", "[[tier]]") {
        let edges = read_edges(&mut table);
        let facts = refs.read(&mut table, "facts");
        let basic = read_tier_price(&mut table, "basic", refs);
        let interop = read_tier_price(&mut table, "interop", refs);
        if let (Some(edges), Some(basic), Some(interop)) = (&edges, basic, interop) {
            let (from, to) = (edges.from.value, edges.end());
            tiers.push(Tier { from, to, price: PerType { basic, interop }, facts });
        }
        all_edges.push(edges);
        table.finish();
    }
    (tiers, all_edges)
}

pub(super) fn read_negotiated(root: &mut Table<'_>, refs: &FactRefs<'_>) -> Option<(At<u32>, Vec<String>)> {
    let mut table = root.table("negotiated", "[negotiated]")?;
    let from = table.integer("from", 1..=MOST);
    table.missing("from", "from = 10001");
    let facts = refs.read(&mut table, "facts");
    table.finish();
    Some((from?, facts))
}

/// There is one way of rounding so far; a card says so in words, that a reader may check it.
pub(super) fn read_rounding(root: &mut Table<'_>, refs: &FactRefs<'_>) -> Vec<String> {
    let Some(mut table) = root.table("rounding", "[rounding]") else { return Vec::new() };
    for (key, only, example) in [
        ("once-per", "order", "once-per = \"order\""),
        ("to", "fen", "to = \"fen\""),
        ("mode", "half-up", "mode = \"half-up\""),
    ] {
        table.word(key, &[only]);
        table.missing(key, example);
    }
    let facts = refs.read(&mut table, "facts");
    table.finish();
    facts
}

pub(super) fn read_accumulation(root: &mut Table<'_>, refs: &FactRefs<'_>) -> Option<Accumulation> {
    root.missing("accumulation", "[accumulation] (new-purchase, renewal)");
    let mut table = root.table("accumulation", "[accumulation]")?;
    let new_purchase = table.word("new-purchase", Start::VARIANTS);
    table.missing("new-purchase", "new-purchase = \"from-zero\"");
    // A renewal knows of no held accounts that it could come after.
    let renewal = table.word("renewal", &[Start::FromZero]);
    table.missing("renewal", "renewal = \"from-zero\"");
    let new_purchase_facts = refs.read(&mut table, "new-purchase-facts");
    let renewal_facts = refs.read(&mut table, "renewal-facts");
    table.finish();
    Some(Accumulation {
        new_purchase: new_purchase?.value,
        new_purchase_facts,
        renewal: renewal?.value,
        renewal_facts,
    })
}

fn read_edges(table: &mut Table<'_>) -> Option<Edges> {
    let from = table.integer("from", 1..=MOST);
    table.missing("from", "from = 1");
    let to = table.integer("to", 0..=MOST);
    let to = if table.has("to") { Some(to?) } else { None };
    Some(Edges { from: from?, to })
}

fn read_tier_price(table: &mut Table<'_>, key: &'static str, refs: &FactRefs<'_>) -> Option<TierPrice> {
    table.missing(key, if key == "basic" { "basic = \"5.00\"" } else { "interop = \"50.00\"" });
    if !table.is_table(key) {
        return Some(TierPrice { price: table.price(key)?.value, facts: Vec::new() });
    }
    let mut inner = table.table(key, Message::new("term-the-price"))?;
    let price = inner.price("price");
    inner.missing("price", "price = \"5.00\"");
    let facts = refs.read(&mut inner, "facts");
    inner.finish();
    Some(TierPrice { price: price?.value, facts })
}
