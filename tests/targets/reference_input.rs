//! What the slow reference prices, as the engine takes it.

use std::fmt::Write as _;
use std::sync::Arc;

use wxlicense::diagnostic::SourceFile;
use wxlicense::pricing::{Held, Member, Order, OrderStatus, Party};
use wxlicense::rates::{RateCard, read_card};
use wxlicense::{Counts, PerType, Term, UnitPrice};

use crate::reference::Reference;
use crate::reference::order::{Part, Rules, WholeOrder};

/// The readings of each rule, in the words of cards.
pub const NEGOTIATED: &[&str] = &["excess", "all"];
pub const ROUNDED_PER: &[&str] = &["order", "type", "item"];
pub const ROUNDING_MODES: &[&str] = &["half-up", "half-even", "down"];
pub const NEW_PURCHASE: &[&str] =
    &["longer", "at-least", "none", "longer+unactivated", "at-least+unactivated", "none+unactivated"];
pub const RENEWAL: &[&str] = &["from-zero", "after-held"];
pub const GROUP: &[&str] = &["group", "member"];

pub fn read(text: &str) -> RateCard {
    read_card(&Arc::new(SourceFile::new("invented.toml", text)))
        .unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// Writes the card as a file. Some prices are tables, some plain; some whole ones are integers.
pub fn card_text(list: &Reference, negotiated: bool) -> String {
    let mut text = String::from("id = \"invented\"\nin-force-from = 2030-01-01\n");
    let mut from = 1;
    for (index, &(last, basic, interop)) in list.tiers.iter().enumerate() {
        writeln!(text, "[[tier]]\nfrom = {from}").unwrap();
        if last < u64::MAX {
            writeln!(text, "to = {last}").unwrap();
            from = last + 1;
        }
        if basic % 10_000 == 0 {
            writeln!(text, "basic = {}", basic / 10_000).unwrap();
        } else {
            writeln!(text, "basic = \"{}\"", price_text(basic)).unwrap();
        }
        if index % 2 == 0 {
            writeln!(text, "interop = {{ price = \"{}\" }}", price_text(interop)).unwrap();
        } else {
            writeln!(text, "interop = \"{}\"", price_text(interop)).unwrap();
        }
    }
    if negotiated {
        writeln!(text, "[negotiated]\nfrom = {from}").unwrap();
    }
    write!(
        text,
        "[term]\ndays-per-month = {}\ndays-per-year = {}\nleast-days = 1\nmost-days = 4000\n\
         [accumulation]\nnew-purchase = \"longer\"\nrenewal = \"from-zero\"\n\
         [order]\nmost-accounts-of-a-type = 1000000\n[charging]\napp-kinds = [\"agency\"]\n",
        list.days_per_month, list.days_per_year
    )
    .unwrap();
    text
}

/// Writes a card with rules.
pub fn text_with_rules(list: &Reference, negotiated: bool, rules: &Rules) -> String {
    let Rules { negotiated: part, by_days, per, mode, new_purchase, renewal, group } = rules;
    let text = card_text(list, negotiated)
        .replace("[negotiated]\n", &format!("[negotiated]\ncovers = \"{part}\"\n"))
        .replace("least-days = 1\n", &format!("least-days = 1\nby-days-divisor = {by_days}\n"))
        .replace("new-purchase = \"longer\"", &format!("new-purchase = \"{new_purchase}\""))
        .replace("renewal = \"from-zero\"", &format!("renewal = \"{renewal}\""));
    format!(
        "{text}[rounding]\nonce-per = \"{per}\"\nto = \"fen\"\nmode = \"{mode}\"\n[group]\ntiers = \"{group}\"\n"
    )
}

pub fn counts([basic, interop]: [u64; 2]) -> Counts {
    Counts { basic: u32::try_from(basic).unwrap(), interop: u32::try_from(interop).unwrap() }
}

pub fn held(part: &Part) -> Held {
    Held { longer: counts(part.longer), equal: counts(part.equal), unactivated: counts(part.unactivated) }
}

pub fn order_of(whole: &WholeOrder) -> Order {
    let members = whole.parts.iter().enumerate().map(|(index, part)| Member {
        party: Party { code: Some(index.to_string()), name: None },
        counts: counts(part.bought),
        held: held(part),
        charged: true,
        ..Member::default()
    });
    let members: Vec<Member> = members.collect();
    let [basic, interop] = whole.negotiated.map(|price| price.map(unit_price));
    Order {
        payer: members[0].party.clone(),
        customer: members[0].customer.clone(),
        members,
        held_by_others: held(&whole.others),
        term: Term { months: u32::try_from(whole.months).unwrap(), days: u32::try_from(whole.days).unwrap() },
        renewal: whole.is_renewal,
        test_enterprise: false,
        negotiated: PerType { basic, interop },
        status: OrderStatus::Confirmed,
    }
}

fn price_text(fine: u64) -> String {
    format!("{}.{:04}", fine / 10_000, fine % 10_000)
}

pub fn unit_price(fine: u64) -> UnitPrice {
    price_text(fine).parse().unwrap()
}
