use schemars::JsonSchema;
use serde::Serialize;

use crate::customer::{AppKind, Certification, WaiverKind};
use crate::lang::Phrase;
use crate::rates::{BandPrice, RateCard, Standing};

/// The rate cards as JSON of schema `wxlicense/rate-cards/1`.
pub fn card_list_json(cards: &[RateCard]) -> impl Serialize + use<> {
    CardListDocument {
        schema: "wxlicense/rate-cards/1",
        rate_cards: cards
            .iter()
            .map(|card| CardEntry {
                id: card.id.clone(),
                name: names(&card.name),
                in_force_from: card.in_force_from.to_string(),
            })
            .collect(),
    }
}

/// One rate card as JSON of schema `wxlicense/rate-card/1`.
pub fn card_json(card: &RateCard) -> impl Serialize + use<> {
    CardDocument {
        schema: "wxlicense/rate-card/1",
        id: card.id.clone(),
        name: names(&card.name),
        in_force_from: card.in_force_from.to_string(),
        bands: card
            .bands
            .iter()
            .map(|band| BandDocument {
                from: band.from,
                to: band.to,
                basic: price_document(card, &band.price.basic),
                interop: price_document(card, &band.price.interop),
                facts: band.facts.clone(),
            })
            .collect(),
        negotiated_from: card.negotiated.as_ref().map(|rule| rule.from),
        term: TermDocument {
            days_per_month: card.term.days_per_month,
            days_per_year: card.term.days_per_year,
            least_days: card.term.least_days,
            most_days: card.term.most_days,
        },
        most_accounts_of_a_type: card.order.most_accounts_of_a_type,
        charged_app_kinds: card.charging.app_kinds.clone(),
        waivers: card
            .waivers
            .iter()
            .map(|rule| WaiverDocument {
                kind: rule.kind,
                primary_industry: rule.primary_industry.clone(),
                secondary_industries: rule.secondary_industries.clone(),
                certification: rule.certification,
                proof: rule.proof,
                from: rule.from.to_string(),
                last_day: rule.last_day.map(|day| day.to_string()),
                facts: rule.facts.clone(),
            })
            .collect(),
        trial: card.trial.as_ref().map(|rule| TrialDocument {
            days: rule.days,
            reminder_days: rule.reminder_days,
            first_authorized: rule.first_authorized.to_string(),
            facts: rule.facts.clone(),
            reminder_facts: rule.reminder_facts.clone(),
            first_authorized_facts: rule.first_authorized_facts.clone(),
        }),
        refund: card
            .refund
            .as_ref()
            .map(|rule| RefundDocument { days: rule.days, facts: rule.facts.clone() }),
        activation: card
            .activation
            .as_ref()
            .map(|rule| ActivationDocument { months: rule.months, facts: rule.facts.clone() }),
        stacking: card.stacking.as_ref().map(|rule| StackingDocument {
            days_left: rule.days_left,
            automatic_days_left: rule.automatic_days_left,
            most_days_ahead: rule.most_days_ahead,
            facts: rule.facts.clone(),
            most_facts: rule.most_facts.clone(),
        }),
        facts: card
            .facts
            .iter()
            .map(|fact| FactDocument {
                id: fact.id.clone(),
                standing: fact.standing,
                source: names(&fact.source),
                en: fact.text.en.clone(),
                zh: fact.text.zh.clone(),
            })
            .collect(),
    }
}

#[derive(Serialize, JsonSchema)]
pub(crate) struct CardListDocument {
    schema: &'static str,
    rate_cards: Vec<CardEntry>,
}

#[derive(Serialize, JsonSchema)]
struct CardEntry {
    id: String,
    name: Names,
    in_force_from: String,
}

#[derive(Serialize, JsonSchema)]
struct Names {
    en: String,
    zh: String,
}

#[derive(Serialize, JsonSchema)]
pub(crate) struct CardDocument {
    schema: &'static str,
    id: String,
    name: Names,
    in_force_from: String,
    bands: Vec<BandDocument>,
    negotiated_from: Option<u32>,
    term: TermDocument,
    most_accounts_of_a_type: u32,
    charged_app_kinds: Vec<AppKind>,
    waivers: Vec<WaiverDocument>,
    trial: Option<TrialDocument>,
    refund: Option<RefundDocument>,
    activation: Option<ActivationDocument>,
    stacking: Option<StackingDocument>,
    facts: Vec<FactDocument>,
}

#[derive(Serialize, JsonSchema)]
struct BandDocument {
    from: u32,
    to: Option<u32>,
    basic: PriceDocument,
    interop: PriceDocument,
    facts: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct PriceDocument {
    price: String,
    facts: Vec<String>,
    standing: Option<Standing>,
}

#[derive(Serialize, JsonSchema)]
struct TermDocument {
    days_per_month: u32,
    days_per_year: u32,
    least_days: u32,
    most_days: u32,
}

#[derive(Serialize, JsonSchema)]
struct WaiverDocument {
    kind: WaiverKind,
    primary_industry: Option<String>,
    secondary_industries: Vec<String>,
    certification: Certification,
    proof: bool,
    from: String,
    last_day: Option<String>,
    facts: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct TrialDocument {
    days: u32,
    reminder_days: u32,
    first_authorized: String,
    facts: Vec<String>,
    reminder_facts: Vec<String>,
    first_authorized_facts: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct RefundDocument {
    days: u32,
    facts: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct ActivationDocument {
    months: u32,
    facts: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct StackingDocument {
    days_left: u32,
    automatic_days_left: u32,
    most_days_ahead: u32,
    facts: Vec<String>,
    most_facts: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct FactDocument {
    id: String,
    standing: Standing,
    source: Names,
    en: String,
    zh: String,
}

fn names(phrase: &Phrase) -> Names {
    Names { en: phrase.en.clone(), zh: phrase.zh.clone() }
}

fn price_document(card: &RateCard, price: &BandPrice) -> PriceDocument {
    PriceDocument {
        price: price.price.to_string(),
        facts: price.facts.clone(),
        standing: card.standing(&price.facts),
    }
}
