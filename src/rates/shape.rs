use serde_json::{Value, json};
use strum::VariantArray;

use super::read::{MOST, MOST_DAYS, MOST_MONTHS};
use super::{Confidence, Start};
use crate::customer::{AppKind, Certification, WaiverKind};
use crate::document::shape::{
    Key, boolean, date, document, either, integer, optional, price, required, table, tables, text, texts,
    word,
};

/// What a rate card file may hold, as JSON Schema (draft 2020-12): every key that
/// [`read_card`](super::read_card) knows and no other. What holds between keys is beyond it; reading the card
/// tells.
pub fn schema() -> Value {
    document(
        "wxlicense rate card",
        "Prices and rules, each with the facts that it rests on. Dates are written without quotes.",
        vec![
            required("id", text("Unique among the cards.")),
            optional("name", phrase("What reports call the card.")),
            required("in-force-from", date("The first day whose purchases it prices, Beijing time.")),
            required("tier", tables(1, tier())),
            optional("negotiated", table("Accounts whose price is agreed with WeCom.", negotiated())),
            required("term", table("How long a term may be, and what a year is.", term())),
            optional("rounding", table("How a price is rounded.", rounding())),
            required("accumulation", table("Where an order begins in the tiers.", accumulation())),
            required("order", table("What one order can have.", order())),
            optional("test-enterprise", table("The provider's own test enterprise.", test_enterprise())),
            required("charging", table("Whose users need licences.", charging())),
            optional("group", table("Groups of an upstream and its downstreams.", vec![facts("facts")])),
            optional("waiver", tables(0, table("Customers that pay nothing.", waiver()))),
            optional("trial", table("An app's free trial.", trial())),
            optional("refund", table("How long a refund can be asked for.", refund())),
            optional("activation", table("How long a bought account can be activated.", activation())),
            optional("stacking", table("When a new code can be put on an active user.", stacking())),
            optional("fact", tables(0, table("Something known, and how sure it is.", fact()))),
        ],
    )
}

fn facts(key: &'static str) -> Key {
    optional(key, texts("Ids of the facts that this rests on."))
}

fn days(description: &str) -> Value {
    integer(description, 1, MOST)
}

fn phrase(description: &str) -> Value {
    let keys = vec![required("en", text("In English.")), required("zh", text("In Chinese."))];
    either(description, text("The same in both languages."), table("In each language.", keys))
}

fn tier() -> Value {
    let keys = vec![
        required("from", integer("Its first account, from 1.", 1, MOST)),
        optional("to", integer("Its last account; without it, all further ones.", 0, MOST)),
        facts("facts"),
        required("basic", tier_price("Yuan a year for a basic account.")),
        required("interop", tier_price("Yuan a year for an interop account.")),
    ];
    table("Accounts that have one price.", keys)
}

fn tier_price(description: &str) -> Value {
    let sourced = table(description, vec![required("price", price(description)), facts("facts")]);
    either(description, price(description), sourced)
}

fn negotiated() -> Vec<Key> {
    vec![required("from", integer("The first of them.", 1, MOST)), facts("facts")]
}

fn term() -> Vec<Key> {
    vec![
        required("days-per-month", days("Days of a month of a term.")),
        required("days-per-year", days("Days of a year of a term.")),
        required("least-days", days("The shortest term.")),
        required("most-days", days("The longest term.")),
        facts("facts"),
        facts("by-months-facts"),
        facts("by-days-facts"),
        facts("multi-year-facts"),
        facts("expiry-facts"),
    ]
}

fn rounding() -> Vec<Key> {
    let only = |description: &str, word: &str| json!({ "description": description, "const": word });
    vec![
        required("once-per", only("What is rounded.", "order")),
        required("to", only("The unit.", "fen")),
        required("mode", only("Which way a half goes.", "half-up")),
        facts("facts"),
    ]
}

fn accumulation() -> Vec<Key> {
    vec![
        required("new-purchase", word("Where a new purchase begins.", Start::VARIANTS)),
        facts("new-purchase-facts"),
        required("renewal", word("Where a renewal begins.", &[Start::FromZero])),
        facts("renewal-facts"),
    ]
}

fn order() -> Vec<Key> {
    vec![
        required("most-accounts-of-a-type", integer("Accounts of each type.", 1, MOST)),
        facts("facts"),
        optional(
            "app-orders-checked-from",
            date("The first day on which WeCom checks the customer's app orders before it sells licences."),
        ),
        facts("app-orders-checked-facts"),
    ]
}

fn test_enterprise() -> Vec<Key> {
    vec![
        required("most-accounts-of-a-type", integer("Accounts of each type.", 1, MOST)),
        required("months", integer("The only term, in months.", 1, MOST_MONTHS)),
        facts("facts"),
    ]
}

fn charging() -> Vec<Key> {
    let kind = json!({ "enum": AppKind::VARIANTS });
    let list = json!({ "type": "array", "items": kind });
    vec![required("app-kinds", either("The kinds of app.", kind, list)), facts("facts")]
}

fn waiver() -> Vec<Key> {
    vec![
        required("kind", word("The kind of customer.", WaiverKind::VARIANTS)),
        optional("primary-industry", text("The primary industry that it must have.")),
        optional("secondary-industries", texts("The secondary industries of which it must have one.")),
        optional(
            "certification",
            word("How far WeCom must have checked it, at least.", Certification::VARIANTS),
        ),
        optional("proof", boolean("Whether WeCom must have accepted a proof.")),
        required("from", date("The first day in force.")),
        optional("last-day", date("The last day in force.")),
        facts("facts"),
        facts("last-day-facts"),
    ]
}

fn trial() -> Vec<Key> {
    vec![
        required("days", integer("Its length.", 1, MOST_DAYS)),
        facts("facts"),
        required("reminder-days", integer("How long before its end members are reminded.", 0, MOST_DAYS)),
        facts("reminder-facts"),
        required("first-authorized", date("Apps authorised earlier have none.")),
        facts("first-authorized-facts"),
    ]
}

fn refund() -> Vec<Key> {
    vec![required("days", integer("Days from payment.", 0, MOST_DAYS)), facts("facts")]
}

fn activation() -> Vec<Key> {
    vec![required("months", integer("Months from payment.", 1, MOST_MONTHS)), facts("facts")]
}

fn stacking() -> Vec<Key> {
    let days = |description: &str| integer(description, 0, MOST_DAYS);
    vec![
        required("days-left", days("At most so many days may be left.")),
        required("automatic-days-left", days("With so many days left it happens by itself.")),
        required("most-days-ahead", days("The latest end, from today.")),
        facts("facts"),
        facts("most-days-ahead-facts"),
    ]
}

fn fact() -> Vec<Key> {
    vec![
        required("id", text("Its short name, such as P3.")),
        required("standing", word("How sure it is.", Confidence::VARIANTS)),
        required("source", phrase("Who says so.")),
        optional("en", text("What it says, in English.")),
        optional("zh", text("What it says, in Chinese.")),
    ]
}
