use serde_json::Value;
use strum::VariantArray;

use super::draft::{MOST_DAYS, MOST_MONTHS, MOST_YEARS};
use super::given::MOST_ACCOUNTS;
use crate::account::AccountType;
use crate::customer::{AppKind, Certification};
use crate::document::shape::{
    Key, boolean, date, document, integer, moment, optional, price, required, table, tables, text, word,
};
use crate::pricing::OrderStatus;

/// What a plan file may hold, as JSON Schema (draft 2020-12): every key that [`read`](super::read()) knows and no
/// other. What holds between keys is beyond it; reading the plan tells.
pub fn schema() -> Value {
    document(
        "wxlicense plan",
        "Customers, what they buy and when. Dates are written without quotes; days are Beijing time.",
        vec![
            optional("date", date("The pricing date. Without it the quote is undated.")),
            optional(
                "rate-card",
                text(
                    "An embedded card's id, or the path of a .toml file beside the plan. Without it, the card in force on the date.",
                ),
            ),
            optional("term", term("The term of every school that gives none of its own.")),
            required("school", tables(1, school())),
        ],
    )
}

fn school() -> Value {
    let mut keys = vec![
        required("code", text("Unique in the plan.")),
        required("name", text("The name that reports show.")),
        optional("corp-id", text("WeCom's id of the enterprise.")),
        optional("industry", industry()),
        optional("certification", word("How far WeCom has checked the enterprise.", Certification::VARIANTS)),
        optional("nonprofit-proof", boolean("Whether WeCom has accepted the proof of a non-profit.")),
        optional(
            "status",
            word("Unconfirmed: priced, but kept out of the firm total.", OrderStatus::VARIANTS),
        ),
        optional("test-enterprise", boolean("The provider's own test enterprise, which is free.")),
    ];
    keys.extend(counts());
    keys.extend([
        optional("term", term("The term of this school's licences.")),
        optional("upstream", text("The code of the school that pays for this one.")),
        optional("negotiated", negotiated()),
        optional("held", tables(0, held())),
        optional("app", tables(0, app())),
        optional("purchase", tables(0, purchase())),
        optional("headcount", tables(0, headcount())),
    ]);
    table("A customer.", keys)
}

fn counts() -> [Key; 2] {
    let count = |description: &str| integer(description, 0, MOST_ACCOUNTS);
    [
        optional("basic", count("Basic accounts (基础账号): users of all apps together, each once.")),
        optional("interop", count("Interop accounts (互通账号): users whose apps read customers.")),
    ]
}

fn industry() -> Value {
    let mut industry = text("Primary and secondary industry as WeCom shows them, such as 教育/高等教育.");
    industry["pattern"] = "^\\s*[^/\\s][^/]*/\\s*[^/\\s][^/]*$".into();
    industry
}

fn term(description: &str) -> Value {
    let keys = vec![
        optional("years", integer("Years of 12 months.", 0, MOST_YEARS)),
        optional("months", integer("Months.", 0, MOST_MONTHS)),
        optional("days", integer("Days.", 0, MOST_DAYS)),
    ];
    table(description, keys)
}

fn negotiated() -> Value {
    let keys = vec![
        optional("basic", price("Yuan a year for each basic account without a list price.")),
        optional("interop", price("Yuan a year for each interop account without a list price.")),
    ];
    table("Prices agreed with WeCom (面议) for accounts without a list price.", keys)
}

fn held() -> Value {
    let keys = vec![
        required("type", word("Their type.", AccountType::VARIANTS)),
        required("count", integer("How many.", 1, MOST_ACCOUNTS)),
        required("expires", date("The day on which they end.")),
    ];
    table("Accounts that are active already.", keys)
}

fn app() -> Value {
    let keys = vec![
        required("id", text("The app's id.")),
        optional("name", text("The app's name.")),
        optional("host", text("What the app runs in.")),
        optional("kind", word("Whose app it is; an internal one is never charged.", AppKind::VARIANTS)),
        optional("authorized", moment("When the customer first authorised it, Beijing time.")),
        optional("needs", word("The accounts that its users need.", AccountType::VARIANTS)),
    ];
    table("An app of the customer.", keys)
}

fn purchase() -> Value {
    let mut keys = vec![required("paid", date("The day of payment."))];
    keys.extend(counts());
    keys.push(optional("term", term("The term that was bought.")));
    keys.push(optional("activated", date("The day of activation.")));
    table("A purchase that was made.", keys)
}

fn headcount() -> Value {
    let mut keys = vec![required("from", date("The first day of these counts."))];
    keys.extend(counts());
    table("Accounts needed from a day on.", keys)
}
