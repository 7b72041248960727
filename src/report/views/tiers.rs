//! The views of `tiers`: the list of rate cards, and one card with its prices, rules and facts.

use std::sync::Arc;

use serde::Serialize;

use super::facts::assumed_facts;
use super::pricing_rules::{alternative_grid, pricing_rule_fields};
use super::words::standing_word;
use crate::account::{AccountType, PerType};
use crate::diagnostic::lang::{
    Arg, Catalog, Message, account_type_word, certification_word, waiver_kind_word,
};
use crate::pricing::OrderQuote;
use crate::rates::{Confidence, Fact, RateCard, WaiverRule};
use crate::report::json::{card_json, card_list_json};
use crate::report::{
    Answer, Basis, Block, Cell, Columns, Document, Field, Grid, Header, Heading, LeftOut, PartRole, Records,
    Remark, Tone, View, Workbook,
};

/// All rate cards, one a row.
pub struct CardListView<'c> {
    /// The rate cards.
    pub cards: &'c [Arc<RateCard>],
}

impl View for CardListView<'_> {
    fn document(&self) -> Document {
        let answer = match self.cards.last() {
            Some(newest) => Message::new("report-cards-newest")
                .with("card", newest.id.as_str())
                .with("from", newest.in_force_from),
            None => Message::new("report-cards-none"),
        };
        let title = Message::new("report-cards-title");
        let header = Header { title, answer: Answer::new(answer), assumptions: Vec::new() };
        Document { name: "tiers", header, blocks: self.blocks() }
    }

    fn json(&self, _: &Catalog) -> impl Serialize {
        card_list_json(self.cards)
    }

    /// Returns one row a card, with the number of its facts of each confidence.
    fn records(&self) -> Option<Records> {
        Some(
            Columns::of(self.cards)
                .left("id", "report-card", |card| card.id.as_str())
                .left("in_force_from", "report-in-force-from", |card| card.in_force_from)
                .left("name", "report-name", |card| card_name(card))
                .right("official", "report-official", |card| fact_count(card, Confidence::Official))
                .right("billed", "report-billed", |card| fact_count(card, Confidence::Billed))
                .right("brief", "report-brief", |card| fact_count(card, Confidence::Brief))
                .right("reported", "report-reported", |card| fact_count(card, Confidence::Reported))
                .right("assumed", "report-assumed", |card| fact_count(card, Confidence::Assumed))
                .records(),
        )
    }

    fn workbook(&self) -> Option<Workbook> {
        Some(Workbook::new(self.document(), None, Vec::new()))
    }
}

impl CardListView<'_> {
    fn blocks(&self) -> Vec<Block> {
        let grid = Columns::of(self.cards)
            .left("id", "report-card", |card| card.id.as_str())
            .left("in_force_from", "report-in-force-from", |card| card.in_force_from)
            .left("name", "report-name", |card| card_name(card))
            .left("standing", "report-surest-to-least", |card| standings(card))
            .grid();
        vec![Block::Grid(grid)]
    }
}

/// One rate card: its tiers, its rules, and the standing of every fact.
pub struct CardView<'c> {
    /// The rate card.
    pub card: &'c RateCard,
}

impl View for CardView<'_> {
    fn document(&self) -> Document {
        card_document(self.card)
    }

    fn json(&self, _: &Catalog) -> impl Serialize {
        card_json(self.card)
    }

    /// Returns one row a tier.
    fn records(&self) -> Option<Records> {
        let basic = |tier: &CardTier| tier.prices.basic.clone();
        let interop = |tier: &CardTier| tier.prices.interop.clone();
        let standing = |facts: &[String]| {
            self.card.standing(facts).map(|one| Cell::keyed(one.as_str(), standing_word(one)))
        };
        Some(
            Columns::of(card_tiers(self.card))
                .left("tier", "report-tier", CardTier::range)
                .right("from", "report-first", |tier| tier.from)
                .right("to", "report-last", |tier| tier.to)
                .right("basic", "report-basic", |tier| basic(tier).0)
                .left("basic_standing", "report-standing", |tier| standing(&basic(tier).1))
                .left("basic_facts", "report-facts", |tier| basic(tier).1.join(" "))
                .right("interop", "report-interop", |tier| interop(tier).0)
                .left("interop_standing", "report-standing", |tier| standing(&interop(tier).1))
                .left("interop_facts", "report-facts", |tier| interop(tier).1.join(" "))
                .records(),
        )
    }

    fn workbook(&self) -> Option<Workbook> {
        Some(Workbook::new(self.document(), None, Vec::new()))
    }
}

/// Returns a rate card on sheets: its tiers on the first, its waivers on the next, and its rules and facts as
/// notes. What else the rules may be is left out, since the figures of a workbook do not rest on it.
fn card_workbook(card: &RateCard) -> Workbook {
    let in_force = RateCard { alternatives: Vec::new(), ..card.clone() };
    Workbook::new(card_document(&in_force), None, Vec::new())
}

fn card_document(card: &RateCard) -> Document {
    let facts = card.facts.iter().map(|fact| &*fact.id);
    let assumptions = assumed_facts(&[card], facts);
    let header = Header { title: card_title(card), answer: Answer::new(card_answer(card)), assumptions };
    Document { name: "tiers", header, blocks: card_blocks(card) }
}

/// Returns the dearest and the cheapest price of each type, and where prices are negotiated.
fn card_answer(card: &RateCard) -> Message {
    let prices = |account_type| {
        let prices = || card.tiers.iter().map(move |tier| tier.price.get(account_type).price);
        Message::new("report-card-prices")
            .with("type", account_type_word(account_type))
            .with("most", prices().max().map_or_else(|| "".into(), Arg::from))
            .with("least", prices().min().map_or_else(|| "".into(), Arg::from))
    };
    let negotiated = card
        .negotiated
        .as_ref()
        .map(|rule| Message::new("report-card-negotiated").with("from", u64::from(rule.from)));
    Message::new("report-card-answer")
        .with("from", card.in_force_from)
        .with("prices", AccountType::ALL.map(prices).to_vec())
        .with("negotiated", negotiated.map_or_else(|| "".into(), Arg::from))
}

/// Orders that are each placed once, on no stated day.
pub(super) fn basis_of(card: &RateCard, orders: Vec<OrderQuote>) -> Basis {
    let rules = card_workbook(card);
    Basis { name: None, card: card.clone(), rules, orders, placements: Vec::new(), users: None }
}

fn card_title(card: &RateCard) -> Message {
    Message::new("report-card-title")
        .with("card", card.id.as_str())
        .with("name", card.name.clone())
        .with("from", card.in_force_from)
}

fn card_blocks(card: &RateCard) -> Vec<Block> {
    let mut blocks = vec![Block::Grid(tier_grid(card)), Block::Fields(rule_fields(card))];
    if !card.waivers.is_empty() {
        blocks.push(Block::Heading(Message::new("report-waivers").into()));
        blocks.push(Block::Grid(waiver_grid(card)));
    }
    if !card.alternatives.is_empty() {
        blocks.push(Block::Heading(Message::new("report-alternatives").into()));
        blocks.push(Block::Grid(alternative_grid(card)));
    }
    if !card.facts.is_empty() {
        let heading = Heading::from(Message::new("report-facts")).of(PartRole::Sources);
        blocks.push(Block::Heading(heading));
        blocks.push(Block::Remarks(card.facts.iter().map(fact_remark).collect()));
    }
    blocks
}

fn card_name(card: &RateCard) -> Message {
    Message::new("report-phrase").with("phrase", card.name.clone())
}

/// A tier with its prices and the facts that each rests on.
struct CardTier {
    from: u32,
    to: Option<u32>,
    prices: PerType<(Cell, Vec<String>)>,
}

impl CardTier {
    fn range(&self) -> Cell {
        Cell::Range { from: self.from.into(), to: self.to.map(Into::into) }
    }
}

/// Returns the tiers with a price, and the one whose price is negotiated.
fn card_tiers(card: &RateCard) -> impl Iterator<Item = CardTier> {
    let priced = card.tiers.iter().map(|tier| CardTier {
        from: tier.from,
        to: tier.to,
        prices: PerType::from_fn(|account_type| {
            let price = tier.price.get(account_type);
            (price.price.into(), [&price.facts[..], &tier.facts].concat())
        }),
    });
    let negotiated = card.negotiated.iter().map(|rule| CardTier {
        from: rule.from,
        to: None,
        prices: PerType::from_fn(|_| (Cell::Unknown, rule.facts.clone())),
    });
    priced.chain(negotiated)
}

fn tier_grid(card: &RateCard) -> Grid {
    Columns::of(card_tiers(card))
        .left("tier", "report-tier", CardTier::range)
        .right("basic", "report-basic", |tier| tier.prices.basic.0.clone())
        .left("basic_standing", "report-standing", |tier| facts_with_standing(card, &tier.prices.basic.1))
        .right("interop", "report-interop", |tier| tier.prices.interop.0.clone())
        .left("interop_standing", "report-standing", |tier| facts_with_standing(card, &tier.prices.interop.1))
        .grid()
}

fn fact_count(card: &RateCard, standing: Confidence) -> u64 {
    let facts = card.facts.iter().filter(|fact| fact.standing == standing).count();
    u64::try_from(facts).unwrap_or(u64::MAX)
}

/// Returns `reported · P3, P4`: the lowest confidence, and the facts.
fn facts_with_standing(card: &RateCard, ids: &[String]) -> Cell {
    let Some(standing) = card.standing(ids) else { return Cell::Empty };
    let facts: Vec<&str> = ids.iter().map(String::as_str).collect();
    Message::new("report-standing-of").with("standing", standing_word(standing)).with("facts", facts).into()
}

fn standings(card: &RateCard) -> Message {
    let counted = Confidence::ALL.into_iter().filter_map(|standing| {
        let facts = fact_count(card, standing);
        (facts > 0).then(|| {
            Message::new("report-standing-count")
                .with("count", facts)
                .with("standing", standing_word(standing))
        })
    });
    Message::new("report-list").with("items", counted.collect::<Vec<_>>())
}

fn rule_fields(card: &RateCard) -> Vec<Field> {
    let term = &card.term;
    let mut fields = vec![
        Field::new("report-prices", Message::new("report-rule-prices")),
        Field::new(
            "report-term",
            with_standing(card, "report-rule-term", &term.facts)
                .with("month", term.days_per_month)
                .with("year", term.days_per_year)
                .with("least", term.least_days)
                .with("most", term.most_days),
        ),
    ];
    fields.extend(pricing_rule_fields(card));
    fields.push(Field::new(
        "report-order",
        with_standing(card, "report-rule-order", &card.order.facts)
            .with("most", u64::from(card.order.most_accounts_of_a_type)),
    ));
    if let Some(rule) = &card.order.app_orders_check {
        let value = with_standing(card, "report-rule-app-orders", &rule.facts).with("from", rule.from);
        fields.push(Field::new("report-app-orders", value));
    }
    fields.extend(order_check_fields(card));
    if let Some(rule) = &card.test_enterprise {
        let value = with_standing(card, "report-rule-test-enterprise", &rule.facts)
            .with("most", u64::from(rule.most_accounts_of_a_type))
            .with("months", rule.months);
        fields.push(Field::new("report-test-enterprise", value));
    }
    fields.extend(date_fields(card));
    fields
}

/// Returns what WeCom checks before it takes an order.
fn order_check_fields(card: &RateCard) -> Vec<Field> {
    let Some(checks) = &card.order_checks else { return Vec::new() };
    let of_app_orders = [&checks.app_order_facts[..], &checks.app_order_term_facts].concat();
    let short_term = with_standing(card, "report-rule-short-term", &checks.short_term.facts)
        .with("days", checks.short_term.days)
        .with("most", checks.short_term.accounts_per_contact);
    let waived = with_standing(card, "report-rule-waived-order", &checks.waived_facts)
        .with("months", checks.waived_term.months);
    vec![
        Field::new("report-app-order", with_standing(card, "report-rule-app-order", &of_app_orders)),
        Field::new(
            "report-trial-order",
            with_standing(card, "report-rule-trial-order", &checks.trial.facts)
                .with("days", checks.trial.most_days),
        ),
        Field::new("report-short-term", short_term),
        Field::new("report-waived-order", waived),
    ]
}

/// Returns the rules that give dates; a card can do without each.
fn date_fields(card: &RateCard) -> Vec<Field> {
    let mut fields = Vec::new();
    if let Some(rule) = &card.trial {
        let value = with_standing(
            card,
            "report-rule-trial",
            &[&rule.facts[..], &rule.first_authorized_facts].concat(),
        )
        .with("days", rule.days)
        .with("first", rule.first_authorized);
        fields.push(Field::new("report-trial", value));
        let value = with_standing(card, "report-rule-trial-reminder", &rule.reminder_facts)
            .with("days", rule.reminder_days);
        fields.push(Field::new("report-trial-reminder", value));
    }
    if let Some(rule) = &card.refund {
        let value = with_standing(card, "report-rule-refund", &rule.facts).with("days", rule.days);
        fields.push(Field::new("report-refund", value));
    }
    if let Some(rule) = &card.activation {
        let value = with_standing(card, "report-rule-activation", &rule.facts).with("months", rule.months);
        fields.push(Field::new("report-activation", value));
    }
    if let Some(rule) = &card.stacking {
        let value = with_standing(card, "report-rule-stacking", &rule.facts)
            .with("days", rule.days_left)
            .with("automatic", rule.automatic_days_left);
        fields.push(Field::new("report-stacking", value));
        let value = with_standing(card, "report-rule-latest-expiry", &rule.most_facts)
            .with("days", rule.most_days_ahead);
        fields.push(Field::new("report-latest-expiry", value));
    }
    fields
}

pub(super) fn with_standing(card: &RateCard, id: &'static str, facts: &[String]) -> Message {
    let standing: Arg = match facts_with_standing(card, facts) {
        Cell::Message(standing) => Message::new("report-in-brackets").with("text", standing).into(),
        _ => "".into(),
    };
    Message::new(id).with("standing", standing)
}

fn waiver_grid(card: &RateCard) -> Grid {
    Columns::of(&card.waivers)
        .left("kind", "report-waiver", |rule| waiver_kind_word(rule.kind))
        .left("conditions", "report-conditions", |rule| conditions(rule))
        .left("from", "report-from", |rule| rule.from)
        .left_out(LeftOut::ToKeepWords)
        .left("last_day", "report-last-day", |rule| rule.last_day)
        .left("standing", "report-standing", |rule| facts_with_standing(card, &rule.facts))
        .grid()
}

fn conditions(rule: &WaiverRule) -> Message {
    let mut conditions: Vec<Arg> = Vec::new();
    if let Some(primary) = &rule.primary_industry {
        let secondary = rule.secondary_industries.join("|");
        let industry = if secondary.is_empty() { primary.clone() } else { format!("{primary}/{secondary}") };
        conditions.push(industry.into());
    }
    if rule.certification > crate::customer::Certification::None {
        let least =
            Message::new("report-at-least").with("certification", certification_word(rule.certification));
        conditions.push(least.into());
    }
    if rule.proof {
        conditions.push(Message::new("report-proof").into());
    }
    Message::new("report-list").with("items", Arg::from(conditions))
}

fn fact_remark(fact: &Fact) -> Remark {
    let text = Message::new("report-fact")
        .with("standing", standing_word(fact.standing))
        .with("text", fact.text.clone())
        .with("source", fact.source.clone());
    let tone = if fact.standing.is_unconfirmed() { Tone::Caution } else { Tone::Plain };
    Remark::new(text).tagged(Some(fact.id.to_string().into())).toned(tone)
}
