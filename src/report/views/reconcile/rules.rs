//! What the bills say about the rules that nobody has confirmed, and which order would say more.

use crate::account::Counts;
use crate::analysis::reconcile::{
    ImpliedPrice, Outcome, PriceRange, PricedTier, RuleFindings, RuledOut, TellingOrder, UnitPriceEvidence,
    UnitPriceFinding,
};
use crate::diagnostic::lang::{Message, account_type_word, term_words};
use crate::plan::RecordedKind;
use crate::rates::{RateCard, Rule};
use crate::report::{Block, Cell, Columns, Grid, Remark, Tone};

/// The most unit prices that are listed where several would explain the bills; JSON has them all.
const MOST_IMPLIED: usize = 3;
/// The most groups of combinations that explain all orders but a few; JSON has them all.
const MOST_NEARLY: usize = 3;
/// The most prices of a telling order that are listed; JSON has them all.
const MOST_OUTCOMES: usize = 20;

/// Returns the combinations that explain the bills, and the order that would tell most of them apart.
pub(super) fn rule_blocks(rules: &RuleFindings, card: &RateCard) -> Vec<Block> {
    let mut remarks = vec![Remark::new(summary(rules))];
    remarks.extend(other_prices(rules).map(|text| Remark::new(text).toned(Tone::Caution)));
    remarks.extend(nearly(rules));
    if !rules.unexplained.is_empty() {
        let text = Message::new("reconcile-rules-unexplained").with("orders", rules.unexplained.clone());
        remarks.push(Remark::new(text).toned(Tone::Caution));
    }
    let of_remaining = rules.combinations_of_remaining();
    if of_remaining > rules.explaining.len() {
        let text = Message::new("reconcile-rules-linked").with("all", of_remaining);
        remarks.push(Remark::new(text.with("left", rules.explaining.len())).toned(Tone::Caution));
    }
    let mut blocks = vec![
        Block::Heading(Message::new("reconcile-rules").into()),
        Block::Remarks(remarks),
        Block::Grid(variants_grid(rules)),
    ];
    blocks.extend(unit_price_blocks(rules));
    match &rules.telling {
        Some(telling) => blocks.extend(telling_blocks(rules, telling, card)),
        None if rules.explaining.len() > 1 => {
            let id = match rules.needs_other_prices() {
                true => "reconcile-telling-none-at-prices",
                false => "reconcile-telling-none",
            };
            let text = Message::new(id).with("left", rules.explaining.len());
            blocks.push(Block::Remarks(vec![Remark::new(text)]));
        }
        None => {}
    }
    blocks
}

fn summary(rules: &RuleFindings) -> Message {
    match (rules.doubt_before(), rules.doubt_left()) {
        (Some(before), Some(left)) => Message::new(match rules.needs_other_prices() {
            true => "reconcile-rules-left-at-prices",
            false => "reconcile-rules-left",
        })
        .with("left", rules.explaining.len())
        .with("all", rules.combinations)
        .with("before", before.to_string())
        .with("bits", left.to_string()),
        _ => Message::new("reconcile-rules-none").with("all", rules.combinations),
    }
}

/// Returns which combinations explain all orders but a few, each with the variants that they leave open or decide.
fn nearly(rules: &RuleFindings) -> Vec<Remark> {
    let told = rules.nearly.iter().take(MOST_NEARLY).map(|nearly| {
        let decided = rules.choices.iter().enumerate().filter_map(|(index, choice)| {
            let left = rules.variants_in(index, &nearly.combinations);
            let is_decided = left.len() < choice.rules.len();
            is_decided.then(|| format!("{} {}", choice.fact, words(&left)))
        });
        let decided: Vec<String> = decided.collect();
        let text = Message::new("reconcile-rules-nearly")
            .with("orders", nearly.without.clone())
            .with("count", nearly.combinations.len())
            .with("decided", if decided.is_empty() { "none" } else { "some" })
            .with("variants", decided.join("; "));
        Remark::new(text).toned(Tone::Strong)
    });
    told.collect()
}

/// Returns how many combinations explain the bills at other unit prices, where some do at those of the card.
fn other_prices(rules: &RuleFindings) -> Option<Message> {
    let others = rules.at_other_prices.iter().filter(|_| !rules.needs_other_prices());
    let count: usize = others.clone().map(|other| other.combinations.len()).sum();
    let most = others.max_by_key(|other| other.combinations.len())?;
    let prices: Vec<Message> = most.prices.iter().map(|(tier, range)| tier_at(tier, range)).collect();
    Some(Message::new("reconcile-rules-other-prices").with("count", count).with("prices", prices))
}

/// Returns a tier with its prices.
fn tier_at(tier: &PricedTier, range: &PriceRange) -> Message {
    let id = if range.is_one() { "reconcile-price-at" } else { "reconcile-price-within" };
    let to = tier.to.map_or_else(|| "∞".to_owned(), |to| to.to_string());
    Message::new(id)
        .with("type", tier.account_type)
        .with("from", tier.from.to_string())
        .with("to", to)
        .with("lowest", range.lowest.to_string())
        .with("highest", range.highest.to_string())
}

fn variants_grid(rules: &RuleFindings) -> Grid {
    let out_of = |fact: &str, at_other_prices: bool| -> Vec<&RuledOut> {
        let is_it = |out: &&RuledOut| out.fact == fact && out.at_other_prices == at_other_prices;
        rules.ruled_out.iter().filter(is_it).collect()
    };
    let mut columns = Columns::of(rules.choices.iter().enumerate())
        .left("fact", "reconcile-rule", |(_, choice)| choice.fact.as_str())
        .left("remaining", "reconcile-rule-remaining", |(index, _)| words(&rules.remaining(*index)));
    if rules.ruled_out.iter().any(|out| out.at_other_prices) {
        columns = columns.left("at_other_prices", "reconcile-rule-at-prices", |(_, choice)| {
            words(&out_of(&choice.fact, true).iter().map(|out| out.rule).collect::<Vec<_>>())
        });
    }
    columns
        .left("ruled_out", "reconcile-rule-out", |(_, choice)| {
            let out = out_of(&choice.fact, false).into_iter();
            let out = out.map(|out| format!("{} ({})", out.rule, out.by.join(", ")));
            out.collect::<Vec<_>>().join("; ")
        })
        .grid()
        .without_empty_columns()
}

/// Returns what the bills say about unit prices that nobody has confirmed; a sentence if they say nothing.
fn unit_price_blocks(rules: &RuleFindings) -> Vec<Block> {
    if rules.unit_prices.is_empty() {
        return Vec::new();
    }
    if rules.unit_prices.iter().all(|price| price.evidence == UnitPriceEvidence::Open) {
        return vec![Block::Remarks(vec![Remark::new(Message::new("reconcile-prices-open"))])];
    }
    let prices = Columns::of(&rules.unit_prices)
        .left("type", "report-account", |price| account_type_word(price.tier.account_type))
        .left("tier", "report-tier", |price| Cell::Range {
            from: price.tier.from.into(),
            to: price.tier.to.map(u64::from),
        })
        .right("price", "reconcile-prices-price", |price| price.price)
        .left("verdict", "reconcile-prices-bills", |price| said(price))
        .left("by", "reconcile-prices-by", |price| price.orders().join(", "))
        .toned(|price| match price.evidence {
            UnitPriceEvidence::Contradicted { .. } => Tone::Overdue,
            UnitPriceEvidence::Open | UnitPriceEvidence::Solved { .. } => Tone::Plain,
        })
        .grid()
        .without_empty_columns();
    vec![Block::Heading(Message::new("reconcile-prices").into()), Block::Grid(prices)]
}

/// Returns what the bills say about a unit price.
fn said(price: &UnitPriceFinding) -> Message {
    match &price.evidence {
        UnitPriceEvidence::Open => Message::new("reconcile-price-open"),
        UnitPriceEvidence::Solved { range, .. } if range.is_one() => {
            Message::new("reconcile-price-confirmed")
        }
        UnitPriceEvidence::Solved { range, .. } => Message::new("reconcile-price-narrowed")
            .with("lowest", range.lowest.to_string())
            .with("highest", range.highest.to_string()),
        UnitPriceEvidence::Contradicted { implied, .. } => {
            let prices: Vec<String> = implied.iter().take(MOST_IMPLIED).map(implied_price).collect();
            let id = if implied.len() > MOST_IMPLIED {
                "reconcile-price-contradicted-more"
            } else {
                "reconcile-price-contradicted"
            };
            Message::new(id).with("prices", prices)
        }
    }
}

/// Returns the price that would explain the bills, or from where to where it would.
fn implied_price(implied: &ImpliedPrice) -> String {
    let ImpliedPrice { price, range, .. } = implied;
    if range.is_one() { price.to_string() } else { format!("{}–{}", range.lowest, range.highest) }
}

/// Returns the order, and what each of its prices would mean.
fn telling_blocks(rules: &RuleFindings, telling: &TellingOrder, card: &RateCard) -> Vec<Block> {
    let heading = if telling.is_planned { "reconcile-telling-planned" } else { "reconcile-telling" };
    let mut remarks = vec![Remark::new(order(telling, card)), Remark::new(split(rules, telling))];
    let hidden = telling.outcomes.len().saturating_sub(MOST_OUTCOMES);
    if hidden > 0 {
        remarks.push(Remark::new(Message::new("reconcile-telling-hidden").with("hidden", hidden)));
    }
    let outcomes = Columns::of(telling.outcomes.iter().take(MOST_OUTCOMES))
        .right("payable", "reconcile-telling-billed", |outcome| billed(outcome))
        .left("rules", "reconcile-telling-then", |outcome| meaning(rules, outcome))
        .right("left", "reconcile-telling-left", |outcome| {
            u64::try_from(outcome.combinations.len()).unwrap_or(u64::MAX)
        })
        .grid();
    vec![Block::Heading(Message::new(heading).into()), Block::Remarks(remarks), Block::Grid(outcomes)]
}

/// Returns the price of an outcome, or its prices.
fn billed(outcome: &Outcome) -> Cell {
    let Outcome { payable, most, .. } = *outcome;
    match payable == most {
        true => payable.into(),
        false => {
            let range = Message::new("reconcile-telling-range").with("least", payable);
            Cell::Message(range.with("most", most))
        }
    }
}

fn order(telling: &TellingOrder, card: &RateCard) -> Message {
    let id = match telling.kind {
        RecordedKind::Purchase => "reconcile-telling-purchase",
        RecordedKind::Renewal => "reconcile-telling-renewal",
    };
    let most = telling.outcomes.iter().map(|outcome| outcome.most).max().unwrap_or_default();
    Message::new(id)
        .with("school", telling.school.name.clone().unwrap_or_default())
        .with("accounts", accounts(telling.counts))
        .with("term", term_words(telling.term, card.term.days(telling.term).unwrap_or_default()))
        .with("date", telling.date)
        .with("most", most)
}

fn split(rules: &RuleFindings, telling: &TellingOrder) -> Message {
    let is_all = telling.classes == telling.separable;
    let id = if is_all { "reconcile-telling-all" } else { "reconcile-telling-some" };
    Message::new(id)
        .with("left", rules.explaining.len())
        .with("classes", telling.classes)
        .with("separable", telling.separable)
}

/// Returns the variants that a price would leave, of the rules of which it rules some out.
fn meaning(rules: &RuleFindings, outcome: &Outcome) -> String {
    let narrowed = rules.narrowed(outcome).into_iter();
    narrowed.map(|(fact, left)| format!("{fact}: {}", words(&left))).collect::<Vec<_>>().join("; ")
}

fn accounts(counts: Counts) -> Message {
    let id = match (counts.basic, counts.interop) {
        (_, 0) => "reconcile-accounts-basic",
        (0, _) => "reconcile-accounts-interop",
        _ => "reconcile-accounts-both",
    };
    Message::new(id).with("basic", counts.basic).with("interop", counts.interop)
}

fn words(rules: &[Rule]) -> String {
    rules.iter().map(Rule::to_string).collect::<Vec<_>>().join(", ")
}
