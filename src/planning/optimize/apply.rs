//! Writes the orders of the cheapest plans into the text of a plan file. Comments, order and everything else stay. Read
//! [`apply`] first.

use jiff::civil::Date;
use toml_edit::{
    Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, TomlError, Value, value,
};

use super::payers::{ExplainedOrder, OptimizedPlan, PayerPlan};
use super::{PlannedLot, StockLot};
use crate::account::AccountType;
use crate::plan::write::{datetime, term_table};
use crate::plan::{Plan, RecordedActivation, RecordedKind, RecordedPurchase, School};
use crate::pricing::{Party, PurchaseKind};

/// The text of a plan file with the orders of its cheapest plans as purchases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The text.
    pub text: String,
    /// Orders that are written.
    pub orders: usize,
    /// Payers whose orders are not, and why.
    pub left_out: Vec<(Party, NotApplied)>,
}

/// Why the orders of a payer are not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotApplied {
    /// A plan file records the activations of each school, and the orders of a group do not say whose they are.
    Group,
    /// Codes that are activated stand in WeCom's documents, which the plan only names.
    Documents,
    /// The school is not in the file.
    Missing,
}

/// Returns the text of a plan file, which the plan was read from, with the orders of the cheapest plans as
/// `[[school.purchase]]`, and with the activations of codes that it has already.
///
/// # Errors
/// [`TomlError`] if the text is no TOML.
pub fn apply(text: &str, plan: &Plan, optimized: &OptimizedPlan) -> Result<Applied, TomlError> {
    let mut document: DocumentMut = text.parse()?;
    let mut applied = Applied { text: String::new(), orders: 0, left_out: Vec::new() };
    for payer in &optimized.payers {
        let Ok(found) = &payer.found else { continue };
        if found.orders.is_empty() && found.optimum.plan.stock.is_empty() {
            continue;
        }
        let school = plan.schools.iter().find(|school| Some(&school.code) == payer.payer.code.as_ref());
        let written = match (school, payer.members.len()) {
            (_, 2..) => Err(NotApplied::Group),
            (None, _) => Err(NotApplied::Missing),
            (Some(school), _) => write_payer(&mut document, school, found, optimized.from),
        };
        match written {
            Ok(()) => applied.orders += found.orders.len(),
            Err(why) => applied.left_out.push((payer.payer.clone(), why)),
        }
    }
    applied.text = document.to_string();
    Ok(applied)
}

fn write_payer(
    document: &mut DocumentMut,
    school: &School,
    found: &PayerPlan,
    from: Date,
) -> Result<(), NotApplied> {
    let stock = stock_by_purchase(school, found, from);
    let has_documents = |(index, own): (usize, &Option<Vec<RecordedActivation>>)| {
        own.is_some() && school.purchases[index].bill.is_some()
    };
    if stock.iter().enumerate().any(has_documents) {
        return Err(NotApplied::Documents);
    }
    let table = school_table(document, &school.code).ok_or(NotApplied::Missing)?;
    for (index, activations) in stock.into_iter().enumerate() {
        let Some(activations) = activations else { continue };
        let purchase = recorded_table(table, school, index).ok_or(NotApplied::Missing)?;
        purchase.remove("activated");
        purchase.remove("activations");
        if !activations.is_empty() {
            purchase.insert("activations", value(activation_array(&activations)));
        }
    }
    for (index, order) in found.orders.iter().enumerate() {
        push_purchase(table, &purchase_entries(found, order), index == 0, from);
    }
    Ok(())
}

/// Returns for each purchase of a school with codes on a day the activations that it then has: those up to that day, and
/// those of the plan; `None` for purchases that stay as they are.
fn stock_by_purchase(school: &School, found: &PayerPlan, from: Date) -> Vec<Option<Vec<RecordedActivation>>> {
    let mut stock: Vec<StockLot> = found.optimum.plan.stock.clone();
    let mut of = |purchase: &RecordedPurchase| {
        let past: Vec<RecordedActivation> =
            purchase.activations.iter().filter(|own| own.date <= from).copied().collect();
        let (mut all, mut is_changed) = (past.clone(), past.len() != purchase.activations.len());
        for account_type in AccountType::ALL {
            let used = past.iter().filter(|own| own.account_type == account_type);
            let listed = *purchase.listed.get(account_type);
            let used = used.map(|own| own.count).sum::<u32>() + listed;
            let mut left = purchase.counts.get(account_type).saturating_sub(used);
            let own = |lot: &&mut StockLot| {
                lot.lot.account_type == account_type && found.date(lot.paid) == purchase.paid
            };
            let term = found.problem.table.term_rules().days(purchase.term);
            for lot in stock.iter_mut().filter(own).filter(|lot| Some(lot.term_days) == term) {
                let count = lot.lot.count.min(left);
                if count > 0 {
                    (left, lot.lot.count) = (left - count, lot.lot.count - count);
                    all.push(RecordedActivation { count, ..recorded(found, &lot.lot) });
                    is_changed = true;
                }
            }
        }
        is_changed.then_some(all)
    };
    let purchases = school.purchases.iter();
    purchases.map(|own| if own.kind == RecordedKind::Purchase { of(own) } else { None }).collect()
}

fn recorded(found: &PayerPlan, lot: &PlannedLot) -> RecordedActivation {
    RecordedActivation {
        date: found.date(lot.activated),
        account_type: lot.account_type,
        count: lot.count,
        extends: lot.extends.map(|day| found.date(day)),
    }
}

/// Returns the table of a school, written with a header or inline.
fn school_table<'d>(document: &'d mut DocumentMut, code: &str) -> Option<&'d mut dyn TableLike> {
    let is_it = |table: &dyn TableLike| {
        table.get("code").and_then(Item::as_str).is_some_and(|own| own.trim() == code)
    };
    match document.get_mut("school")? {
        Item::ArrayOfTables(tables) => {
            let table = tables.iter_mut().find(|table| is_it(*table))?;
            Some(table as &mut dyn TableLike)
        }
        Item::Value(Value::Array(array)) => {
            let mut tables = array.iter_mut().filter_map(Value::as_inline_table_mut);
            let table = tables.find(|table| is_it(*table))?;
            Some(table as &mut dyn TableLike)
        }
        _ => None,
    }
}

/// Returns the table of a purchase, given by its index in the plan, where purchases stand by day.
fn recorded_table<'d>(
    school_table: &'d mut dyn TableLike,
    school: &School,
    index: usize,
) -> Option<&'d mut dyn TableLike> {
    let paid = school.purchases.get(index)?.paid;
    let before = school.purchases.get(..index)?.iter();
    let before = before.filter(|other| other.paid == paid && other.bill.is_none()).count();
    let is_of_day = |table: &dyn TableLike| {
        let written = table.get("paid").and_then(Item::as_datetime).map(ToString::to_string);
        written.is_some_and(|written| written == paid.to_string())
    };
    match school_table.get_mut("purchase")? {
        Item::ArrayOfTables(tables) => {
            let table = tables.iter_mut().filter(|table| is_of_day(*table)).nth(before)?;
            Some(table as &mut dyn TableLike)
        }
        Item::Value(Value::Array(array)) => {
            let tables = array.iter_mut().filter_map(Value::as_inline_table_mut);
            let table = tables.filter(|table| is_of_day(*table)).nth(before)?;
            Some(table as &mut dyn TableLike)
        }
        _ => None,
    }
}

/// Returns the keys of an order, in the order in which a plan is best written.
fn purchase_entries(found: &PayerPlan, order: &ExplainedOrder) -> Vec<(&'static str, Value)> {
    let mut entries = vec![("paid", Value::from(datetime(found.date(order.order.day))))];
    if order.order.kind == PurchaseKind::Renewal {
        let kind: &str = RecordedKind::Renewal.into();
        entries.push(("kind", kind.into()));
    }
    for account_type in AccountType::ALL {
        let count = *order.order.counts.get(account_type);
        if count > 0 {
            entries.push((account_type.as_str(), i64::from(count).into()));
        }
    }
    entries.push(("term", term_table(order.quote.term).into()));
    let lots: Vec<RecordedActivation> = order.order.lots.iter().map(|lot| recorded(found, lot)).collect();
    entries.push(("activations", activation_array(&lots).into()));
    entries
}

/// Returns activations as an array, a line each.
fn activation_array(activations: &[RecordedActivation]) -> Array {
    let mut array = Array::new();
    for activation in activations {
        let mut table = InlineTable::new();
        table.insert("date", datetime(activation.date).into());
        table.insert("type", activation.account_type.as_str().into());
        table.insert("count", i64::from(activation.count).into());
        if let Some(extends) = activation.extends {
            table.insert("extends", datetime(extends).into());
        }
        let prefix = if activations.len() > 1 { "\n  " } else { "" };
        array.push_formatted(Value::from(table).decorated(prefix, ""));
    }
    if activations.len() > 1 {
        array.set_trailing_comma(true);
        array.set_trailing("\n");
    }
    array
}

/// Adds a purchase after those of a school, the first one with a comment.
fn push_purchase(school: &mut dyn TableLike, entries: &[(&'static str, Value)], first: bool, from: Date) {
    let is_inline = matches!(school.get("purchase"), Some(Item::Value(_)));
    if is_inline {
        if let Some(Item::Value(Value::Array(array))) = school.get_mut("purchase") {
            array.push(inline(entries));
        }
        return;
    }
    let mut table = Table::new();
    for (key, entry) in entries {
        table.insert(key, value(entry.clone()));
    }
    let comment = format!("\n# The cheapest plan as of {from}, by `wxlicense optimize --apply`.\n");
    table.decor_mut().set_prefix(if first { comment } else { "\n".to_owned() });
    match school.get_mut("purchase") {
        Some(Item::ArrayOfTables(tables)) => tables.push(table),
        _ => {
            let mut tables = ArrayOfTables::new();
            tables.push(table);
            school.insert("purchase", Item::ArrayOfTables(tables));
        }
    }
}

fn inline(entries: &[(&'static str, Value)]) -> InlineTable {
    entries.iter().map(|(key, value)| (*key, value.clone())).collect()
}
