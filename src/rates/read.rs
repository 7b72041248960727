use std::ops::Range;
use std::sync::Arc;

use super::bands::{Edges, check_bands};
use super::card::{
    Accumulation, Band, BandPrice, Charging, NegotiatedAccounts, OrderLimits, RateCard, Start, TermRules,
    TestEnterprise, WaiverRule,
};
use super::{Fact, Standing};
use crate::account::PerType;
use crate::customer::{AppKind, Certification, WaiverKind};
use crate::diagnostic::{Code, Diagnostic, Sink, SourceFile};
use crate::document::{self, At, Table, suggestion};
use crate::lang::{Message, Phrase};

/// Reads a rate card.
///
/// # Errors
/// All problems of the card at once, each at its place.
pub fn read_card(source: &Arc<SourceFile>) -> Result<RateCard, Vec<Diagnostic>> {
    let sink = Sink::new(Arc::clone(source));
    let card = document::read(source, &sink, Message::new("term-the-rate-card"), read_root);
    card.ok_or_else(|| sink.into_diagnostics())
}

/// The largest number that a card's counts and days can have.
const MOST: u32 = 1_000_000_000;

fn read_root(root: &mut Table<'_>) -> Option<RateCard> {
    let (facts, known) = read_facts(root);
    let mut refs = FactRefs { known };
    let id = root.string("id");
    root.missing("id", "id = \"…\"");
    let name = read_phrase(root, "name");
    let in_force_from = root.date("in-force-from");
    root.missing("in-force-from", "in-force-from = 2022-05-16");
    let (bands, edges) = read_bands(root, &mut refs);
    let negotiated = read_negotiated(root, &mut refs);
    check_bands(&edges, negotiated.as_ref().map(|(from, _)| from), root);
    let term = read_term(root, &mut refs);
    let rounding_facts = read_rounding(root, &mut refs);
    let accumulation = read_accumulation(root, &mut refs);
    let order = read_order(root, &mut refs);
    let test_enterprise = read_test_enterprise(root, &mut refs);
    let charging = read_charging(root, &mut refs);
    let group_facts = read_group(root, &mut refs);
    let waivers = read_waivers(root, &mut refs);
    let id = id?.value.to_owned();
    Some(RateCard {
        name: name.unwrap_or_else(|| Phrase { en: id.clone(), zh: id.clone() }),
        id,
        in_force_from: in_force_from?.value,
        bands,
        negotiated: negotiated.map(|(from, facts)| NegotiatedAccounts { from: from.value, facts }),
        term: term?,
        rounding_facts,
        accumulation: accumulation?,
        order: order?,
        test_enterprise,
        charging: charging?,
        group_facts,
        waivers,
        facts,
    })
}

struct FactRefs<'f> {
    known: Vec<&'f str>,
}

impl FactRefs<'_> {
    fn read(&mut self, table: &mut Table<'_>, key: &'static str) -> Vec<String> {
        let ids = table.strings(key);
        for id in ids.iter().filter(|id| !self.known.contains(&id.value)) {
            let diagnostic = Diagnostic::new(Code::UnknownFact)
                .with("id", id.value)
                .with("suggestion", suggestion(id.value, &self.known));
            table.report(diagnostic, id.span.clone());
        }
        ids.into_iter().map(|id| id.value.to_owned()).collect()
    }
}

/// The facts, and the ids of all facts: one that is told to be unsound is none that is unknown.
fn read_facts<'d>(root: &mut Table<'d>) -> (Vec<Fact>, Vec<&'d str>) {
    let mut facts: Vec<Fact> = Vec::new();
    let mut ids = Vec::new();
    let mut spans = Vec::new();
    for mut table in root.tables("fact", "[[fact]]") {
        let id = table.string("id");
        table.missing("id", "id = \"P1\"");
        ids.extend(id.as_ref().map(|id| id.value));
        let words = Standing::ALL.map(|standing| (standing.key(), standing));
        let standing = table.word("standing", &words);
        table.missing("standing", "standing = \"assumed\"");
        let source = table.string("source").map(|source| source.value.to_owned());
        table.missing("source", "source = \"…\"");
        let (en, zh) = (table.string("en"), table.string("zh"));
        if en.is_none() && zh.is_none() {
            table.missing("en", "en = \"…\", zh = \"…\"");
        }
        let text = zh.as_ref().or(en.as_ref()).zip(en.as_ref().or(zh.as_ref()));
        if let (Some(id), Some(standing), Some(source), Some((zh, en))) = (id, standing, source, text) {
            match facts.iter().position(|fact| fact.id == id.value) {
                Some(first) => {
                    let first: Range<usize> = Clone::clone(&spans[first]);
                    let diagnostic = Diagnostic::new(Code::DuplicateFact)
                        .with("id", id.value)
                        .related(first, Message::new("term-first-here"));
                    table.report(diagnostic, id.span);
                }
                None => {
                    let text = Phrase { en: en.value.to_owned(), zh: zh.value.to_owned() };
                    facts.push(Fact { id: id.value.to_owned(), standing: standing.value, source, text });
                    spans.push(id.span);
                }
            }
        }
        table.finish();
    }
    (facts, ids)
}

fn read_phrase(table: &mut Table<'_>, key: &'static str) -> Option<Phrase> {
    if !table.is_table(key) {
        let both = table.string(key)?.value.to_owned();
        return Some(Phrase { en: both.clone(), zh: both });
    }
    let mut inner = table.table(key, key)?;
    let (en, zh) = (inner.string("en"), inner.string("zh"));
    inner.missing("en", "en = \"…\"");
    inner.missing("zh", "zh = \"…\"");
    inner.finish();
    Some(Phrase { en: en?.value.to_owned(), zh: zh?.value.to_owned() })
}

/// The bands that are sound in themselves, and the edges of all, for their order to be judged.
fn read_bands(root: &mut Table<'_>, refs: &mut FactRefs<'_>) -> (Vec<Band>, Vec<Option<Edges>>) {
    let (mut bands, mut all_edges) = (Vec::new(), Vec::new());
    for mut table in root.tables("band", "[[band]]") {
        let edges = read_edges(&mut table);
        let facts = refs.read(&mut table, "facts");
        let basic = read_band_price(&mut table, "basic", refs);
        let interop = read_band_price(&mut table, "interop", refs);
        if let (Some(edges), Some(basic), Some(interop)) = (&edges, basic, interop) {
            let (from, to) = (edges.from.value, edges.end());
            bands.push(Band { from, to, price: PerType { basic, interop }, facts });
        }
        all_edges.push(edges);
        table.finish();
    }
    (bands, all_edges)
}

fn read_edges(table: &mut Table<'_>) -> Option<Edges> {
    let from = table.integer("from", 1..=MOST);
    table.missing("from", "from = 1");
    let to = table.integer("to", 0..=MOST);
    let to = if table.has("to") { Some(to?) } else { None };
    Some(Edges { from: from?, to })
}

fn read_band_price(table: &mut Table<'_>, key: &'static str, refs: &mut FactRefs<'_>) -> Option<BandPrice> {
    table.missing(key, if key == "basic" { "basic = \"5.00\"" } else { "interop = \"50.00\"" });
    if !table.is_table(key) {
        return Some(BandPrice { price: table.price(key)?.value, facts: Vec::new() });
    }
    let mut inner = table.table(key, Message::new("term-the-price"))?;
    let price = inner.price("price");
    inner.missing("price", "price = \"5.00\"");
    let facts = refs.read(&mut inner, "facts");
    inner.finish();
    Some(BandPrice { price: price?.value, facts })
}

fn read_negotiated(root: &mut Table<'_>, refs: &mut FactRefs<'_>) -> Option<(At<u32>, Vec<String>)> {
    let mut table = root.table("negotiated", "[negotiated]")?;
    let from = table.integer("from", 1..=MOST);
    table.missing("from", "from = 10001");
    let facts = refs.read(&mut table, "facts");
    table.finish();
    Some((from?, facts))
}

fn read_term(root: &mut Table<'_>, refs: &mut FactRefs<'_>) -> Option<TermRules> {
    root.missing("term", "[term] (days-per-month, days-per-year, least-days, most-days)");
    let mut table = root.table("term", "[term]")?;
    let mut days = |key: &'static str, example: &'static str| {
        let days = table.integer(key, 1..=MOST);
        table.missing(key, example);
        days
    };
    let days_per_month = days("days-per-month", "days-per-month = 31");
    let days_per_year = days("days-per-year", "days-per-year = 372");
    let least_days = days("least-days", "least-days = 31");
    let most_days = days("most-days", "most-days = 1860");
    if let (Some(least), Some(most)) = (&least_days, &most_days)
        && least.value > most.value
    {
        let diagnostic =
            Diagnostic::new(Code::RangeReversed).with("first", "least-days").with("last", "most-days");
        table.report(diagnostic, most.span.clone());
    }
    let facts = refs.read(&mut table, "facts");
    let by_months_facts = refs.read(&mut table, "by-months-facts");
    let by_days_facts = refs.read(&mut table, "by-days-facts");
    let multi_year_facts = refs.read(&mut table, "multi-year-facts");
    table.finish();
    Some(TermRules {
        days_per_month: days_per_month?.value,
        days_per_year: days_per_year?.value,
        least_days: least_days?.value,
        most_days: most_days?.value,
        facts,
        by_months_facts,
        by_days_facts,
        multi_year_facts,
    })
}

/// There is one way of rounding so far; a card says so in words, that a reader may check it.
fn read_rounding(root: &mut Table<'_>, refs: &mut FactRefs<'_>) -> Vec<String> {
    let Some(mut table) = root.table("rounding", "[rounding]") else { return Vec::new() };
    for (key, only, example) in [
        ("once-per", "order", "once-per = \"order\""),
        ("to", "fen", "to = \"fen\""),
        ("mode", "half-up", "mode = \"half-up\""),
    ] {
        table.word(key, &[(only, ())]);
        table.missing(key, example);
    }
    let facts = refs.read(&mut table, "facts");
    table.finish();
    facts
}

fn read_accumulation(root: &mut Table<'_>, refs: &mut FactRefs<'_>) -> Option<Accumulation> {
    let starts = [
        ("from-zero", Start::FromZero),
        ("after-held-that-outlast-the-term", Start::AfterHeldThatOutlastTheTerm),
    ];
    root.missing("accumulation", "[accumulation] (new-purchase, renewal)");
    let mut table = root.table("accumulation", "[accumulation]")?;
    let new_purchase = table.word("new-purchase", &starts);
    table.missing("new-purchase", "new-purchase = \"from-zero\"");
    // A renewal knows of no held accounts that it could come after.
    let renewal = table.word("renewal", &starts[..1]);
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

fn read_order(root: &mut Table<'_>, refs: &mut FactRefs<'_>) -> Option<OrderLimits> {
    root.missing("order", "[order] (most-accounts-of-a-type)");
    let mut table = root.table("order", "[order]")?;
    let most = table.integer("most-accounts-of-a-type", 1..=MOST);
    table.missing("most-accounts-of-a-type", "most-accounts-of-a-type = 1000000");
    let facts = refs.read(&mut table, "facts");
    table.finish();
    Some(OrderLimits { most_accounts_of_a_type: most?.value, facts })
}

fn read_test_enterprise(root: &mut Table<'_>, refs: &mut FactRefs<'_>) -> Option<TestEnterprise> {
    let mut table = root.table("test-enterprise", "[test-enterprise]")?;
    let most = table.integer("most-accounts-of-a-type", 1..=MOST);
    table.missing("most-accounts-of-a-type", "most-accounts-of-a-type = 1000");
    let months = table.integer("months", 1..=1200);
    table.missing("months", "months = 1");
    let facts = refs.read(&mut table, "facts");
    table.finish();
    Some(TestEnterprise { most_accounts_of_a_type: most?.value, months: months?.value, facts })
}

fn read_charging(root: &mut Table<'_>, refs: &mut FactRefs<'_>) -> Option<Charging> {
    root.missing("charging", "[charging] (app-kinds)");
    let mut table = root.table("charging", "[charging]")?;
    table.missing("app-kinds", "app-kinds = [\"third-party\", \"agency\"]");
    let words: Vec<&str> = AppKind::WORDS.iter().map(|(word, _)| *word).collect();
    let mut app_kinds = Vec::new();
    for kind in table.strings("app-kinds") {
        match AppKind::WORDS.iter().find(|(word, _)| *word == kind.value) {
            Some((_, kind)) => app_kinds.push(*kind),
            None => {
                let diagnostic = Diagnostic::new(Code::UnknownWord)
                    .with("key", "app-kinds")
                    .with("value", kind.value)
                    .with("suggestion", suggestion(kind.value, &words))
                    .with("known", words.clone());
                table.report(diagnostic, kind.span);
            }
        }
    }
    let facts = refs.read(&mut table, "facts");
    table.finish();
    Some(Charging { app_kinds, facts })
}

fn read_group(root: &mut Table<'_>, refs: &mut FactRefs<'_>) -> Vec<String> {
    let Some(mut table) = root.table("group", "[group]") else { return Vec::new() };
    let facts = refs.read(&mut table, "facts");
    table.finish();
    facts
}

fn read_waivers(root: &mut Table<'_>, refs: &mut FactRefs<'_>) -> Vec<WaiverRule> {
    let mut rules: Vec<WaiverRule> = Vec::new();
    let mut spans = Vec::new();
    for mut table in root.tables("waiver", "[[waiver]]") {
        let kind = table.word("kind", WaiverKind::WORDS);
        table.missing("kind", "kind = \"k12\"");
        if let Some(rule) = read_waiver(&mut table, kind.as_ref().map(|kind| kind.value), refs) {
            if let Some(first) = rules.iter().position(|other| other.kind == rule.kind) {
                let first: Range<usize> = Clone::clone(&spans[first]);
                let diagnostic = Diagnostic::new(Code::DuplicateWaiver)
                    .with("kind", rule.kind.key())
                    .related(first, Message::new("term-first-here"));
                table.report(diagnostic, table.span_of("kind"));
            } else {
                spans.push(table.span_of("kind"));
                rules.push(rule);
            }
        }
        table.finish();
    }
    rules
}

fn read_waiver(
    table: &mut Table<'_>,
    kind: Option<WaiverKind>,
    refs: &mut FactRefs<'_>,
) -> Option<WaiverRule> {
    let primary_industry = table.string("primary-industry").map(|text| text.value.to_owned());
    let secondary_industries =
        table.strings("secondary-industries").into_iter().map(|text| text.value.to_owned()).collect();
    let certification = table.word("certification", Certification::WORDS);
    let proof = table.boolean("proof");
    // A rule without a condition would let every customer off.
    if !proof.as_ref().is_some_and(|proof| proof.value) || table.has("secondary-industries") {
        table.missing("primary-industry", "primary-industry = \"教育\"");
    }
    let from = table.date("from");
    table.missing("from", "from = 2022-05-16");
    let last_day = table.date("last-day");
    if let (Some(from), Some(last_day)) = (&from, &last_day)
        && last_day.value < from.value
    {
        let diagnostic = Diagnostic::new(Code::RangeReversed).with("first", "from").with("last", "last-day");
        table.report(diagnostic, last_day.span.clone());
    }
    let facts = refs.read(table, "facts");
    let last_day_facts = refs.read(table, "last-day-facts");
    Some(WaiverRule {
        kind: kind?,
        primary_industry,
        secondary_industries,
        certification: certification.map_or(Certification::None, |at| at.value),
        proof: proof.is_some_and(|at| at.value),
        from: from?.value,
        last_day: last_day.map(|at| at.value),
        facts,
        last_day_facts,
    })
}

#[cfg(test)]
mod tests;
