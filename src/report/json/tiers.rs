use schemars::JsonSchema;
use serde::Serialize;

use super::values::{Day, UnitPrice};
use crate::customer::{AppKind, Certification, WaiverKind};
use crate::diagnostic::lang::Phrase;
use crate::rates::{Confidence, RateCard, TierPrice};

/// The rate cards as JSON of schema `wxlicense/rate-cards/1`.
pub(in crate::report) fn card_list_json(cards: &[RateCard]) -> impl Serialize + use<> {
    CardListDocument {
        schema: "wxlicense/rate-cards/1",
        rate_cards: cards
            .iter()
            .map(|card| CardEntry {
                id: card.id.clone(),
                name: names(&card.name),
                in_force_from: card.in_force_from.into(),
            })
            .collect(),
    }
}

/// One rate card as JSON of schema `wxlicense/rate-card/1`.
pub(in crate::report) fn card_json(card: &RateCard) -> impl Serialize + use<> {
    CardDocument {
        schema: "wxlicense/rate-card/1",
        id: card.id.clone(),
        name: names(&card.name),
        in_force_from: card.in_force_from.into(),
        tiers: card
            .tiers
            .iter()
            .map(|tier| TierDocument {
                from: tier.from,
                to: tier.to,
                basic: price_document(card, &tier.price.basic),
                interop: price_document(card, &tier.price.interop),
                facts: tier.facts.clone(),
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
        app_orders_check: card
            .order
            .app_orders_check
            .as_ref()
            .map(|rule| AppOrdersCheckDocument { from: rule.from.into(), facts: rule.facts.clone() }),
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
                from: rule.from.into(),
                last_day: rule.last_day.map(Into::into),
                facts: rule.facts.clone(),
            })
            .collect(),
        trial: card.trial.as_ref().map(|rule| TrialDocument {
            days: rule.days,
            reminder_days: rule.reminder_days,
            first_authorized: rule.first_authorized.into(),
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

/// The rate cards that are built in.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CardListDocument {
    /// The name and number of this form; it changes when a field is changed or removed.
    schema: &'static str,
    /// The cards, the oldest first.
    rate_cards: Vec<CardEntry>,
}

/// A rate card in a list.
#[derive(Serialize, JsonSchema)]
struct CardEntry {
    /// Its id, as `--rate-card` takes it.
    id: String,
    /// What reports call it.
    name: Names,
    /// The first day whose purchases it prices.
    in_force_from: Day,
}

/// A text in both languages.
#[derive(Serialize, JsonSchema)]
struct Names {
    /// In English.
    en: String,
    /// In Chinese.
    zh: String,
}

/// Prices and rules of a time, each with the facts that it rests on.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CardDocument {
    /// The name and number of this form; it changes when a field is changed or removed.
    schema: &'static str,
    /// Its id, as `--rate-card` takes it.
    id: String,
    /// What reports call it.
    name: Names,
    /// The first day whose purchases it prices.
    in_force_from: Day,
    /// The tiers, without gap or overlap from the first account on.
    tiers: Vec<TierDocument>,
    /// The first account whose price is negotiated; null where the last tier has no end.
    #[schemars(range(min = 1))]
    negotiated_from: Option<u32>,
    /// How long a term may be, and what a year is.
    term: TermDocument,
    /// The most accounts of each type in one order.
    #[schemars(range(min = 1))]
    most_accounts_of_a_type: u32,
    /// The check of the customer's app orders before WeCom sells; null where there is none.
    app_orders_check: Option<AppOrdersCheckDocument>,
    /// The kinds of app whose users need licences.
    charged_app_kinds: Vec<AppKind>,
    /// Whose licences are waived; at most one rule a kind.
    waivers: Vec<WaiverDocument>,
    /// An app's free trial; null where there is none.
    trial: Option<TrialDocument>,
    /// Until when a purchase can be given back; null where it cannot.
    refund: Option<RefundDocument>,
    /// Until when a bought account must be activated; null where it keeps for ever.
    activation: Option<ActivationDocument>,
    /// When a running account can be prolonged by a new code; null where no rule is known.
    stacking: Option<StackingDocument>,
    /// All facts, in the order of the card.
    facts: Vec<FactDocument>,
}

/// Accounts that have one price.
#[derive(Serialize, JsonSchema)]
struct TierDocument {
    /// The ordinal of its first account, counted from 1.
    #[schemars(range(min = 1))]
    from: u32,
    /// The ordinal of its last account; null for all further ones.
    #[schemars(range(min = 1))]
    to: Option<u32>,
    /// The price of a basic account (基础账号).
    basic: PriceDocument,
    /// The price of an interop account (互通账号).
    interop: PriceDocument,
    /// The ids of the facts behind its edges.
    facts: Vec<String>,
}

/// A price and what it rests on.
#[derive(Serialize, JsonSchema)]
struct PriceDocument {
    /// The price of one account for a year.
    price: UnitPrice,
    /// The ids of the facts behind it.
    facts: Vec<String>,
    /// The least sure standing among these facts; null where the card names none.
    standing: Option<Confidence>,
}

/// How long a term may be, and what a year is.
#[derive(Serialize, JsonSchema)]
struct TermDocument {
    /// Days of a month of a term.
    #[schemars(range(min = 1))]
    days_per_month: u32,
    /// Days of a year of a term, which the price of a year buys.
    #[schemars(range(min = 1))]
    days_per_year: u32,
    /// The shortest term, in days.
    #[schemars(range(min = 1))]
    least_days: u32,
    /// The longest term, in days.
    #[schemars(range(min = 1))]
    most_days: u32,
}

/// WeCom checks the customer's orders of the apps before it sells licences.
#[derive(Serialize, JsonSchema)]
struct AppOrdersCheckDocument {
    /// The first day on which it does.
    from: Day,
    /// The ids of the facts behind it.
    facts: Vec<String>,
}

/// Whose licences are waived, and when.
#[derive(Serialize, JsonSchema)]
struct WaiverDocument {
    /// The kind of customer.
    kind: WaiverKind,
    /// The primary industry (一级行业) that it must have; null where any will do.
    primary_industry: Option<String>,
    /// The secondary industries (二级行业) of which it must have one; none where any will do.
    secondary_industries: Vec<String>,
    /// The least certification that it must have.
    certification: Certification,
    /// Whether WeCom must have accepted a proof.
    proof: bool,
    /// The first day in force.
    from: Day,
    /// The last day in force, included; null while no end is known.
    last_day: Option<Day>,
    /// The ids of the facts behind it.
    facts: Vec<String>,
}

/// An app's free trial.
#[derive(Serialize, JsonSchema)]
struct TrialDocument {
    /// Its length in days.
    #[schemars(range(min = 1))]
    days: u32,
    /// How many days before its end the app reminds its users.
    reminder_days: u32,
    /// Apps that were authorised before this day have none.
    first_authorized: Day,
    /// The ids of the facts behind the length.
    facts: Vec<String>,
    /// The ids of the facts behind the reminder.
    reminder_facts: Vec<String>,
    /// The ids of the facts behind the first day.
    first_authorized_facts: Vec<String>,
}

/// Until when a purchase can be given back.
#[derive(Serialize, JsonSchema)]
struct RefundDocument {
    /// Days after the day of payment.
    days: u32,
    /// The ids of the facts behind it.
    facts: Vec<String>,
}

/// Until when a bought account must be activated.
#[derive(Serialize, JsonSchema)]
struct ActivationDocument {
    /// Calendar months after the day of payment.
    #[schemars(range(min = 1))]
    months: u32,
    /// The ids of the facts behind it.
    facts: Vec<String>,
}

/// When a running account can be prolonged by a new code.
#[derive(Serialize, JsonSchema)]
struct StackingDocument {
    /// At most so many days may be left.
    days_left: u32,
    /// With so many days left the automatic activation does it.
    automatic_days_left: u32,
    /// The latest day of expiry, in days from the day on which it is done.
    most_days_ahead: u32,
    /// The ids of the facts behind the days that are left.
    facts: Vec<String>,
    /// The ids of the facts behind the latest day.
    most_facts: Vec<String>,
}

/// Something known about the licences, and how sure it is.
#[derive(Serialize, JsonSchema)]
struct FactDocument {
    /// Its short name, such as `P3`.
    id: String,
    /// How sure it is.
    standing: Confidence,
    /// Who says so.
    source: Names,
    /// What it says, in English.
    en: String,
    /// What it says, in Chinese.
    zh: String,
}

fn names(phrase: &Phrase) -> Names {
    Names { en: phrase.en.clone(), zh: phrase.zh.clone() }
}

fn price_document(card: &RateCard, price: &TierPrice) -> PriceDocument {
    PriceDocument {
        price: price.price.into(),
        facts: price.facts.clone(),
        standing: card.standing(&price.facts),
    }
}
