use super::quote::range;
use super::words::standing_word;
use crate::account::AccountType;
use crate::diagnostic::lang::{Arg, Message, certification_word, waiver_kind_word};
use crate::rates::{Confidence, RateCard, TierPrice, WaiverRule};
use crate::report::{Block, Cell, Column, Field, Grid, LeftOut, Remark, Report, Row, Tone, Workbook};

/// All rate cards, one a row.
pub fn card_list_report(cards: &[RateCard]) -> Report {
    let columns = vec![
        Column::left("id", "report-card"),
        Column::left("in_force_from", "report-in-force-from"),
        Column::left("name", "report-name"),
        Column::left("standing", "report-surest-to-least"),
    ];
    let rows = cards.iter().map(|card| {
        Row::item(vec![
            card.id.as_str().into(),
            card.in_force_from.into(),
            Message::new("report-phrase").with("phrase", card.name.clone()).into(),
            standings(card).into(),
        ])
    });
    let blocks = vec![Block::Grid(Grid::new(columns, rows.collect()))];
    let title = Message::new("report-cards-title");
    let workbook = Workbook::new(title.clone(), None, blocks.clone(), Vec::new());
    Report { name: "tiers", title, date: None, blocks, items: card_items(cards), workbook, agenda: None }
}

/// One rate card: its tiers, its rules, and the standing of every fact.
pub fn card_report(card: &RateCard) -> Report {
    let mut blocks = vec![Block::Grid(tier_grid(card)), Block::Fields(rule_fields(card))];
    if !card.waivers.is_empty() {
        blocks.push(Block::Heading(Message::new("report-waivers").into()));
        blocks.push(Block::Grid(waiver_grid(card)));
    }
    if !card.facts.is_empty() {
        blocks.push(Block::Heading(Message::new("report-facts").into()));
        blocks.push(Block::Remarks(card.facts.iter().map(fact_remark).collect()));
    }
    let title = Message::new("report-card-title")
        .with("card", card.id.as_str())
        .with("name", card.name.clone())
        .with("from", card.in_force_from);
    let workbook = Workbook::new(title.clone(), None, blocks.clone(), Vec::new());
    Report { name: "tiers", title, date: None, blocks, items: tier_items(card), workbook, agenda: None }
}

fn tier_grid(card: &RateCard) -> Grid {
    let columns = vec![
        Column::left("tier", "report-tier"),
        Column::right("basic", "report-basic"),
        Column::left("basic_standing", "report-standing"),
        Column::right("interop", "report-interop"),
        Column::left("interop_standing", "report-standing"),
    ];
    let mut rows: Vec<Row> = card
        .tiers
        .iter()
        .map(|tier| {
            Row::item(vec![
                range(tier.from.into(), tier.to.map(Into::into)).into(),
                tier.price.basic.price.into(),
                provenance(card, &tier.price.basic, &tier.facts),
                tier.price.interop.price.into(),
                provenance(card, &tier.price.interop, &tier.facts),
            ])
        })
        .collect();
    if let Some(negotiated) = &card.negotiated {
        let standing = facts_with_standing(card, &negotiated.facts);
        rows.push(Row::item(vec![
            range(negotiated.from.into(), None).into(),
            Cell::Unknown,
            standing.clone(),
            Cell::Unknown,
            standing,
        ]));
    }
    Grid::new(columns, rows)
}

/// One row a card, with how many of its facts have each standing.
fn card_items(cards: &[RateCard]) -> Grid {
    let columns = vec![
        Column::left("id", "report-card"),
        Column::left("in_force_from", "report-in-force-from"),
        Column::left("name", "report-name"),
        Column::right("official", "report-official"),
        Column::right("brief", "report-brief"),
        Column::right("reported", "report-reported"),
        Column::right("assumed", "report-assumed"),
    ];
    let rows = cards.iter().map(|card| {
        let counts = Confidence::ALL.map(|standing| fact_count(card, standing).into());
        let head = [
            card.id.as_str().into(),
            card.in_force_from.into(),
            Message::new("report-phrase").with("phrase", card.name.clone()).into(),
        ];
        Row::item(head.into_iter().chain(counts).collect())
    });
    Grid::new(columns, rows.collect())
}

/// One row a tier.
fn tier_items(card: &RateCard) -> Grid {
    let columns = vec![
        Column::left("tier", "report-tier"),
        Column::right("from", "report-first"),
        Column::right("to", "report-last"),
        Column::right("basic", "report-basic"),
        Column::left("basic_standing", "report-standing"),
        Column::left("basic_facts", "report-facts"),
        Column::right("interop", "report-interop"),
        Column::left("interop_standing", "report-standing"),
        Column::left("interop_facts", "report-facts"),
    ];
    let row = |from: u32, to: Option<u32>, prices: [(Cell, Vec<String>); 2]| {
        let mut cells = vec![range(from.into(), to.map(Into::into)).into(), from.into(), Cell::optional(to)];
        for (price, facts) in prices {
            let standing = card.standing(&facts).map(|one| Cell::keyed(one.as_str(), standing_word(one)));
            cells.extend([price, standing.unwrap_or(Cell::Empty), facts.join(" ").into()]);
        }
        Row::item(cells)
    };
    let mut rows: Vec<Row> = Vec::new();
    for tier in &card.tiers {
        let prices = AccountType::ALL.map(|account_type| {
            let price = tier.price.get(account_type);
            (price.price.into(), [&price.facts[..], &tier.facts].concat())
        });
        rows.push(row(tier.from, tier.to, prices));
    }
    if let Some(rule) = &card.negotiated {
        rows.push(row(rule.from, None, AccountType::ALL.map(|_| (Cell::Unknown, rule.facts.clone()))));
    }
    Grid::new(columns, rows)
}

fn fact_count(card: &RateCard, standing: Confidence) -> u64 {
    let facts = card.facts.iter().filter(|fact| fact.standing == standing).count();
    u64::try_from(facts).unwrap_or(u64::MAX)
}

fn provenance(card: &RateCard, price: &TierPrice, tier_facts: &[String]) -> Cell {
    facts_with_standing(card, &[&price.facts[..], tier_facts].concat())
}

/// `reported · P3, P4`: the least sure standing, and the facts.
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
        Field::new("report-rounding", with_standing(card, "report-rule-rounding", &card.rounding_facts)),
        Field::new(
            "report-new-purchase",
            with_standing(
                card,
                start_rule(card.accumulation.new_purchase),
                &card.accumulation.new_purchase_facts,
            ),
        ),
        Field::new(
            "report-renewal",
            with_standing(card, start_rule(card.accumulation.renewal), &card.accumulation.renewal_facts),
        ),
        Field::new(
            "report-order",
            with_standing(card, "report-rule-order", &card.order.facts)
                .with("most", u64::from(card.order.most_accounts_of_a_type)),
        ),
    ];
    if let Some(rule) = &card.order.app_orders_check {
        let value = with_standing(card, "report-rule-app-orders", &rule.facts).with("from", rule.from);
        fields.push(Field::new("report-app-orders", value));
    }
    if let Some(rule) = &card.test_enterprise {
        let value = with_standing(card, "report-rule-test-enterprise", &rule.facts)
            .with("most", u64::from(rule.most_accounts_of_a_type))
            .with("months", rule.months);
        fields.push(Field::new("report-test-enterprise", value));
    }
    fields.extend(date_fields(card));
    fields
}

/// The rules that give dates; a card can do without each.
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

fn start_rule(start: crate::rates::Start) -> &'static str {
    match start {
        crate::rates::Start::FromZero => "report-rule-from-zero",
        crate::rates::Start::AfterHeldThatOutlastTheTerm => "report-rule-after-held",
    }
}

fn with_standing(card: &RateCard, id: &'static str, facts: &[String]) -> Message {
    let standing: Arg = match facts_with_standing(card, facts) {
        Cell::Message(standing) => Message::new("report-in-brackets").with("text", standing).into(),
        _ => "".into(),
    };
    Message::new(id).with("standing", standing)
}

fn waiver_grid(card: &RateCard) -> Grid {
    let columns = vec![
        Column::left("kind", "report-waiver"),
        Column::left("conditions", "report-conditions"),
        Column::left("from", "report-from").left_out(LeftOut::ToKeepWords),
        Column::left("last_day", "report-last-day"),
        Column::left("standing", "report-standing"),
    ];
    let rows = card.waivers.iter().map(|rule| {
        Row::item(vec![
            waiver_kind_word(rule.kind).into(),
            conditions(rule).into(),
            rule.from.into(),
            Cell::optional(rule.last_day),
            facts_with_standing(card, &rule.facts),
        ])
    });
    Grid::new(columns, rows.collect())
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

fn fact_remark(fact: &crate::rates::Fact) -> Remark {
    let text = Message::new("report-fact")
        .with("standing", standing_word(fact.standing))
        .with("text", fact.text.clone())
        .with("source", fact.source.clone());
    let tone = if fact.standing.is_unconfirmed() { Tone::Caution } else { Tone::Plain };
    Remark { tag: Some(fact.id.clone()), text, tone }
}
