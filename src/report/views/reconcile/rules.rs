//! What the bills say about the rules that nobody has confirmed, and which order would say more.

use crate::account::Counts;
use crate::analysis::reconcile::{Outcome, RuleFindings, TellingOrder};
use crate::diagnostic::lang::{Message, term_words};
use crate::plan::RecordedKind;
use crate::rates::{RateCard, Rule};
use crate::report::{Block, Columns, Grid, Remark, Tone};

/// The most prices of a telling order that are listed; JSON has them all.
const MOST_OUTCOMES: usize = 20;

/// Returns the combinations that explain the bills, and the order that would tell most of them apart.
pub(super) fn rule_blocks(rules: &RuleFindings, card: &RateCard) -> Vec<Block> {
    let mut remarks = vec![Remark::new(summary(rules))];
    if !rules.unexplained.is_empty() {
        let text = Message::new("reconcile-rules-unexplained").with("orders", rules.unexplained.clone());
        remarks.push(Remark::new(text).toned(Tone::Caution));
    }
    let mut blocks = vec![
        Block::Heading(Message::new("reconcile-rules").into()),
        Block::Remarks(remarks),
        Block::Grid(variants_grid(rules)),
    ];
    match &rules.telling {
        Some(telling) => blocks.extend(telling_blocks(rules, telling, card)),
        None if rules.explaining.len() > 1 => {
            let text = Message::new("reconcile-telling-none").with("left", rules.explaining.len());
            blocks.push(Block::Remarks(vec![Remark::new(text)]));
        }
        None => {}
    }
    blocks
}

fn summary(rules: &RuleFindings) -> Message {
    match (rules.doubt_before(), rules.doubt_left()) {
        (Some(before), Some(left)) => Message::new("reconcile-rules-left")
            .with("left", rules.explaining.len())
            .with("all", rules.combinations)
            .with("before", before.to_string())
            .with("bits", left.to_string()),
        _ => Message::new("reconcile-rules-none").with("all", rules.combinations),
    }
}

fn variants_grid(rules: &RuleFindings) -> Grid {
    Columns::of(rules.choices.iter().enumerate())
        .left("fact", "reconcile-rule", |(_, choice)| choice.fact.as_str())
        .left("remaining", "reconcile-rule-remaining", |(index, _)| words(&rules.remaining(*index)))
        .left("ruled_out", "reconcile-rule-out", |(_, choice)| {
            let of_fact = rules.ruled_out.iter().filter(|out| out.fact == choice.fact);
            let out = of_fact.map(|out| format!("{} ({})", out.rule, out.by.join(", ")));
            out.collect::<Vec<_>>().join("; ")
        })
        .grid()
        .without_empty_columns()
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
        .right("payable", "reconcile-telling-billed", |outcome| outcome.payable)
        .left("rules", "reconcile-telling-then", |outcome| meaning(rules, outcome))
        .right("left", "reconcile-telling-left", |outcome| {
            u64::try_from(outcome.combinations.len()).unwrap_or(u64::MAX)
        })
        .grid();
    vec![Block::Heading(Message::new(heading).into()), Block::Remarks(remarks), Block::Grid(outcomes)]
}

fn order(telling: &TellingOrder, card: &RateCard) -> Message {
    let id = match telling.kind {
        RecordedKind::Purchase => "reconcile-telling-purchase",
        RecordedKind::Renewal => "reconcile-telling-renewal",
    };
    let most = telling.outcomes.iter().map(|outcome| outcome.payable).max().unwrap_or_default();
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
