//! The same batch in the plainest way: the csv crate, words compared one by one, and the ordinary quote of each row.

use jiff::civil::Date;
use wxlicense::count::parse_count;
use wxlicense::customer::{Certification, Customer, Industry};
use wxlicense::pricing::{Held, Member, Order, OrderQuote, OrderStatus, Party, Quoter};
use wxlicense::rates::RateCards;
use wxlicense::{AccountType, Amount, Counts, Money, Term};

use super::Flags;
use super::inputs::COLUMNS;

pub struct Slow {
    pub output: String,
    pub rejected: Vec<u64>,
    pub rows: u64,
    pub payable: Money,
    pub list_price: Money,
}

/// Prices an input that is text, without a mark.
pub fn batch(text: &str, flags: Flags) -> Slow {
    let first = text.lines().next().unwrap();
    let delimiter = first.as_bytes()["code".len()];
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let added = match flags.items {
        true => ["account_type", "from", "to", "count", "unit_price", "annual"],
        false => ["basic_annual", "interop_annual", "list_price", "waived", "payable", "complete"],
    };
    let delimiter = char::from(delimiter);
    let mut output = first.to_owned();
    added.iter().for_each(|column| output.extend([delimiter.to_string(), (*column).to_owned()]));
    output.push_str(line_end);
    let mut slow =
        Slow { output, rejected: Vec::new(), rows: 0, payable: Money::ZERO, list_price: Money::ZERO };
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for (index, record) in records.iter().enumerate() {
        slow.rows += 1;
        let position = record.position().unwrap();
        let start = position.byte() as usize;
        let end = records.get(index + 1).map_or(text.len(), |next| next.position().unwrap().byte() as usize);
        let row = text[start..end].trim_matches(['\r', '\n']);
        let line = text[..start].matches('\n').count() as u64
            + 1
            + text[start..end]
                .bytes()
                .take_while(|byte| b"\r\n".contains(byte))
                .filter(|byte| *byte == b'\n')
                .count() as u64;
        let Some(quote) = quote(record, flags) else {
            slow.rejected.push(line);
            continue;
        };
        slow.payable = slow.payable.checked_add(quote.priced_payable()).unwrap();
        slow.list_price = slow.list_price.checked_add(quote.priced).unwrap();
        let written = if flags.items { items(&quote) } else { vec![amounts(&quote)] };
        for cells in written {
            slow.output.push_str(row);
            cells.iter().for_each(|cell| slow.output.extend([delimiter.to_string(), cell.clone()]));
            slow.output.push_str(line_end);
        }
    }
    slow
}

fn amounts(quote: &OrderQuote) -> [String; 6] {
    let annual = |kind: AccountType| match *quote.unpriced.get(kind) {
        0 => shown(Some(*quote.priced_annual.get(kind))),
        _ => String::new(),
    };
    let waived = match quote.is_free() {
        true => quote.list_price().map_or(String::new(), |price| price.to_string()),
        false => "0.00".to_owned(),
    };
    [
        annual(AccountType::Basic),
        annual(AccountType::Interop),
        quote.list_price().map_or(String::new(), |price| price.to_string()),
        waived,
        quote.payable().map_or(String::new(), |price| price.to_string()),
        quote.is_complete().to_string(),
    ]
}

fn items(quote: &OrderQuote) -> Vec<[String; 6]> {
    let item = |line: &wxlicense::pricing::Line| {
        [
            line.account_type.to_string(),
            line.from.to_string(),
            line.to.to_string(),
            line.count().to_string(),
            line.unit_price.map_or(String::new(), |price| price.to_string()),
            shown(line.annual),
        ]
    };
    quote.lines.iter().map(item).collect()
}

fn shown(amount: Option<Amount>) -> String {
    amount.map_or(String::new(), |amount| amount.to_string())
}

/// Returns the ordinary quote of a row; `None` if it has no price.
fn quote(record: &csv::StringRecord, flags: Flags) -> Option<OrderQuote> {
    if record.len() != COLUMNS.len() {
        return None;
    }
    let field = |name: &str| record[COLUMNS.iter().position(|column| *column == name).unwrap()].trim();
    let count = |name| match field(name) {
        "" | "-" => Some(0),
        text => parse_count(text).ok(),
    };
    let answer = |name| match field(name).to_lowercase().as_str() {
        "" | "0" | "no" | "否" | "false" => Some(false),
        "1" | "yes" | "是" | "true" => Some(true),
        _ => None,
    };
    let certification = match field("certification").to_lowercase().as_str() {
        "" | "none" => Certification::None,
        "verified" => Certification::Verified,
        "certified" | "已认证" => Certification::Certified,
        _ => return None,
    };
    let industry = match field("industry") {
        "" => None,
        text => Some(text.replace('-', "/").parse::<Industry>().ok()?),
    };
    let date = match field("date") {
        "" => None,
        text => Some(day(text)?),
    };
    let customer = Customer { industry, certification, nonprofit_proof: answer("nonprofit_proof")? };
    let counts = Counts { basic: count("basic")?, interop: count("interop")? };
    let held = Held::longer(Counts { basic: count("held_basic")?, interop: count("held_interop")? });
    let order = Order {
        payer: Party::default(),
        customer: customer.clone(),
        members: vec![Member { customer, counts, held, charged: true, ..Member::default() }],
        held_by_others: Held::NONE,
        term: term(field("months"), field("days"))?,
        renewal: answer("renewal")?,
        test_enterprise: false,
        negotiated: flags.negotiated,
        status: OrderStatus::Confirmed,
    };
    let cards = RateCards::embedded().unwrap();
    Quoter::new(cards.in_force(date)?).unwrap().quote(date, &order).ok()
}

fn term(months: &str, days: &str) -> Option<Term> {
    let months = match months {
        "" => None,
        "1年" => Some(12),
        text => Some(parse_count(text).ok()?),
    };
    let days = match days {
        "" => None,
        text => Some(parse_count(text.trim_end_matches('天')).ok()?),
    };
    match (months, days) {
        (None, None) => Some(Term::ONE_YEAR),
        _ => Some(Term { months: months.unwrap_or(0), days: days.unwrap_or(0) }),
    }
}

fn day(text: &str) -> Option<Date> {
    let plain = text.replace(['/', '年', '月'], "-").replace('日', "");
    let parts: Vec<i16> = plain.split('-').map(|part| part.parse().unwrap()).collect();
    Date::new(parts[0], i8::try_from(parts[1]).ok()?, i8::try_from(parts[2]).ok()?).ok()
}
