//! What was ordered, from WeCom's documents of orders: orders go in as they are billed, out come those that were paid,
//! each once. [`purchases`] is to be read first.

use std::collections::BTreeSet;

use super::bills::Bills;
use super::documents::{Content, Document};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Attached, ENTERPRISE, ListedOrder};

/// Returns the orders that were paid, by day of payment and id; of an order of several enterprises each enterprise's
/// part, without a price (O11). An order that several documents state counts once, in the state that it reached last.
/// A refund that was asked for or refused leaves an order paid. Reports a paid order that lacks its enterprise, day,
/// accounts or term, and orders of a list of which there is no document.
pub fn purchases(documents: &[Document]) -> Attached<Vec<ListedOrder>> {
    let mut listed = Attached::<Vec<ListedOrder>>::default();
    for bill in Bills::gather(documents).orders.iter().filter(|bill| bill.is_paid()) {
        for (part, order) in bill.parts.iter().zip(bill.purchases()) {
            match order {
                Ok(order) => listed.content.push(order),
                Err(key) => {
                    let mut problem = Diagnostic::new(Code::WecomFieldMissing).with("key", key);
                    if let Some(corp_id) = &part.corp_id {
                        problem = problem.with(ENTERPRISE, corp_id.as_str());
                    }
                    listed.diagnostics.push(bill.position.mark(problem));
                }
            }
        }
    }
    listed.content.sort_by(|one, other| (one.paid, &one.id).cmp(&(other.paid, &other.id)));
    listed.diagnostics.extend(without_document(documents));
    listed
}

/// Reports each list with orders of which there is no document: they may have been paid.
fn without_document(documents: &[Document]) -> Vec<Diagnostic> {
    let mut known = BTreeSet::new();
    for document in documents {
        match &document.content {
            Content::Order(order) => drop(known.insert(order.id.as_str())),
            Content::UnionOrder(union) => drop(known.insert(union.order.id.as_str())),
            // The reason why it could not be read was among the diagnostics.
            Content::UnreadableOrder(order) => known.extend(order.id.as_deref()),
            _ => {}
        }
    }
    let lists = documents.iter().filter_map(|document| match &document.content {
        Content::OrderList(list) => Some((document, list)),
        _ => None,
    });
    let mut problems = Vec::new();
    for (document, list) in lists {
        let missing: Vec<&str> =
            list.orders.iter().map(|order| order.id.as_str()).filter(|id| known.insert(id)).collect();
        if let [first, ..] = missing[..] {
            let problem = Diagnostic::new(Code::WecomOrderMissing).with("count", missing.len());
            problems.push(document.position.mark(problem.with("order", first)));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::account::Term;
    use crate::money::Money;
    use crate::plan::{ListedTerm, RecordedKind};
    use crate::wecom::documents;

    fn read(text: &str) -> Attached<Vec<ListedOrder>> {
        let reading = documents::read("a.json", text.as_bytes());
        assert_eq!(reading.diagnostics, []);
        purchases(&reading.documents)
    }

    /// An order that was paid on 2022-11-18, with some values in place of the usual ones.
    fn order(id: &str, changes: &[(&str, &str)]) -> String {
        let mut order = format!(
            r#"{{"order_id":"{id}","order_type":1,"order_status":1,"corpid":"wp1","price":500,
                "account_count":{{"base_count":1}},"account_duration":{{"months":12}},"pay_time":1668739098}}"#
        );
        for (from, to) in changes {
            assert!(order.contains(from), "{from}");
            order = order.replace(from, to);
        }
        format!(r#"{{"errcode":0,"order":{order}}}"#)
    }

    fn status(status: u32) -> String {
        format!(r#""order_status":{status}"#)
    }

    const PAID: &str = r#""order_status":1"#;
    const NEW: &str = r#""order_type":1"#;
    const YEAR: &str = r#"{"months":12}"#;

    #[test]
    fn an_order_is_listed_once_it_is_paid_and_not_refunded() {
        let text: Vec<String> =
            (0..8).map(|state| order(&format!("O{state}"), &[(PAID, &status(state))])).collect();
        let found = read(&text.join("\n"));
        let ids: Vec<&str> = found.content.iter().map(|order| order.id.as_str()).collect();
        assert_eq!((ids, found.diagnostics), (vec!["O1", "O4", "O6"], Vec::new()));
        let first = &found.content[0];
        assert_eq!((first.kind, first.paid), (RecordedKind::Purchase, date(2022, 11, 18)));
        assert_eq!((first.counts.basic, first.price), (1, Some(Money::from_fen(500))));
        assert_eq!(first.term, ListedTerm::Length(Term::ONE_YEAR));
    }

    #[test]
    fn the_last_state_of_an_order_counts() {
        let (unpaid, paid) = (order("O1", &[(PAID, &status(0))]), order("O1", &[]));
        let refunded = order("O1", &[(PAID, &status(5))]);
        assert_eq!(read(&format!("{unpaid}\n{paid}\n{unpaid}")).content.len(), 1);
        assert_eq!(read(&format!("{refunded}\n{paid}")).content, []);
    }

    #[test]
    fn a_renewal_has_months_or_a_day() {
        let renewal = |duration: &str| {
            let text = order("O1", &[(NEW, r#""order_type":2"#), (YEAR, duration)]);
            let order = read(&text).content.remove(0);
            (order.kind, order.term)
        };
        let months = ListedTerm::Length(Term { months: 6, days: 0 });
        assert_eq!(renewal(r#"{"months":6}"#), (RecordedKind::Renewal, months));
        // The day counts to its end.
        let until = ListedTerm::Until(date(2023, 11, 16));
        assert_eq!(renewal(r#"{"new_expire_time":1700000000}"#).1, until);
        assert_eq!(renewal(r#"{"months":0,"days":0,"new_expire_time":1700000000}"#).1, until);
    }

    #[test]
    fn a_migration_is_of_the_day_of_its_creation() {
        let changes = [(NEW, r#""order_type":6"#), (r#""pay_time":"#, r#""create_time":"#)];
        assert_eq!(read(&order("O1", &changes)).content[0].paid, date(2022, 11, 18));
    }

    #[test]
    fn an_order_of_several_has_a_part_for_each() {
        let page = |parts: &str| {
            format!(
                r#"{{"errcode":0,"order":{{"order_id":"U","order_type":8,"order_status":1,"price":900,"pay_time":1668739098}},
                    "buy_list":[{parts}]}}"#
            )
        };
        let part = |id: &str, corp: &str| {
            format!(
                r#"{{"sub_order_id":"{id}","corpid":"{corp}","account_count":{{"base_count":1}},"account_duration":{YEAR}}}"#
            )
        };
        let (first, second) = (part("S1", "wp1"), part("S2", "wp2"));
        let text = format!(
            "{}\n{}\n{}",
            page(&format!("{first},{second}")),
            page(&second),
            page(&part("S3", "wp3"))
        );
        let found = read(&text);
        let ids: Vec<(&str, &str)> =
            found.content.iter().map(|order| (order.id.as_str(), order.corp_id.as_str())).collect();
        assert_eq!(ids, [("S1", "wp1"), ("S2", "wp2"), ("S3", "wp3")]);
        assert!(found.content.iter().all(|order| order.price.is_none()));
    }

    #[test]
    fn what_a_paid_order_lacks_is_reported() {
        for (from, to, key) in [
            (r#""corpid":"wp1","#, "", "corpid"),
            (r#""pay_time":1668739098"#, r#""pay_time":0"#, "pay_time"),
            (r#""account_count":{"base_count":1},"#, "", "account_count"),
            (YEAR, "{}", "account_duration"),
        ] {
            let found = read(&format!("{}\n{}", order("O1", &[(from, to)]), order("O2", &[])));
            assert_eq!((found.content.len(), found.diagnostics.len()), (1, 1), "{key}");
            assert!(found.diagnostics[0].args.contains(&("key", key.into())), "{:?}", found.diagnostics);
            // One that was never paid may lack it.
            let text = order("O1", &[(from, to), (PAID, &status(2))]);
            assert_eq!(read(&text).diagnostics, [], "{key}");
        }
    }

    #[test]
    fn an_order_that_is_only_listed_is_reported() {
        let list = r#"{"errcode":0,"order_list":[{"order_id":"O1","order_type":1},{"order_id":"O2","order_type":1},
            {"order_id":"O3","order_type":1}]}"#;
        let found = read(&format!("{list}\n{}", order("O2", &[])));
        assert_eq!((found.content.len(), found.diagnostics.len()), (1, 1));
        let args = &found.diagnostics[0].args;
        assert!(
            args.contains(&("count", 2_usize.into())) && args.contains(&("order", "O1".into())),
            "{args:?}"
        );
    }
}
