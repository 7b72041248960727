//! The orders of several documents together. In go documents in any order, out comes every order once, with what its
//! accounts are; read [`Bills::gather`] first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::documents::{
    BilledDuration, BilledOrder, Content, Document, OrderAccount, OrderState, OrderType, Position, UnionPart,
    UnreadableOrder, order_in_file_name,
};
use crate::account::{Counts, Term};
use crate::diagnostic::lang::Arg;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::plan::{ENTERPRISE, ListedOrder, ListedTerm, ListedUser, RecordedKind};

/// Orders of WeCom, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bills {
    /// The orders, by their ids.
    pub orders: Vec<Bill>,
    /// Orders whose documents could not be read.
    pub unreadable: Vec<UnreadableOrder>,
    /// Number of files with errors, which may have more orders.
    pub incomplete_files: usize,
    /// Enterprises that may have orders which the documents do not show.
    pub hidden: HiddenOrders,
}

/// The enterprises that may have orders which documents do not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HiddenOrders {
    /// Those with these ids of WeCom; none if every order is shown.
    Of(BTreeSet<String>),
    /// Any enterprise.
    OfAny,
}

impl HiddenOrders {
    /// Returns true if an enterprise may have such orders; without an id, if anybody may.
    pub fn may_be_of(&self, corp_id: Option<&str>) -> bool {
        match self {
            HiddenOrders::Of(ids) => corp_id.map_or(!ids.is_empty(), |corp_id| ids.contains(corp_id)),
            HiddenOrders::OfAny => true,
        }
    }

    fn add(&mut self, others: HiddenOrders) {
        match (self, others) {
            (HiddenOrders::Of(ids), HiddenOrders::Of(others)) => ids.extend(others),
            (hidden, HiddenOrders::OfAny) => *hidden = HiddenOrders::OfAny,
            (HiddenOrders::OfAny, _) => {}
        }
    }
}

impl Default for HiddenOrders {
    fn default() -> HiddenOrders {
        HiddenOrders::Of(BTreeSet::new())
    }
}

/// An order with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// The order as its document has it.
    pub order: BilledOrder,
    /// Where that document stands.
    pub position: Position,
    /// What it is for: one part, or one for each enterprise (O11).
    pub parts: Vec<BillPart>,
}

/// What an order is for at one enterprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillPart {
    /// Id of the part, by which its accounts are asked for; of a single order the order's.
    pub id: String,
    /// The customer; `None` if the document names none.
    pub corp_id: Option<String>,
    /// Accounts; `None` if the document states none.
    pub counts: Option<Counts>,
    /// Its term; `None` if the document states none.
    pub term: Option<ListedTerm>,
    /// Users whose accounts a renewal prolongs, as far as the documents name them.
    pub renewed: Vec<ListedUser>,
}

impl Bills {
    /// Gathers the orders of these documents. Of several documents of one order the one that got further counts, of
    /// equal ones the last; pages of an order of several enterprises are put together.
    pub fn gather(documents: &[Document]) -> Bills {
        let mut orders: BTreeMap<&str, Bill> = BTreeMap::new();
        let mut unreadable = Vec::new();
        let mut hidden = HiddenOrders::default();
        for document in documents {
            match &document.content {
                Content::Order(order) => add(&mut orders, (order, &document.position), vec![single(order)]),
                Content::UnionOrder(union) => {
                    let parts = union
                        .parts
                        .iter()
                        .enumerate()
                        .map(|(index, part)| of_union(&union.order.id, index, part));
                    add(&mut orders, (&union.order, &document.position), parts.collect());
                }
                Content::UnreadableOrder(order) => {
                    hidden.add(match &order.corp_id {
                        Some(corp_id) => HiddenOrders::Of(BTreeSet::from([corp_id.clone()])),
                        None => of_file(documents, &document.position.file),
                    });
                    unreadable.push(order.clone());
                }
                Content::OrderList(_)
                | Content::OrderAccounts(_)
                | Content::AccountPage(_)
                | Content::Codes(_)
                | Content::AppLicense(_) => {}
            }
        }
        let mut renewed = accounts_of(documents, &orders);
        unreadable.retain(|order| order.id.as_deref().is_none_or(|id| !orders.contains_key(id)));
        let mut orders: Vec<Bill> = orders.into_values().collect();
        for part in orders.iter_mut().flat_map(|bill| &mut bill.parts) {
            part.renewed = renewed.remove(&part.id).unwrap_or_default();
        }
        Bills { orders, unreadable, incomplete_files: 0, hidden }
    }

    /// Counts the files that these problems of the documents say have errors, and adds whose orders the errors may hide:
    /// what is wrong in a file is of the enterprises of its other documents, what it lacks may be of any.
    #[must_use]
    pub fn with_problems(mut self, documents: &[Document], problems: &[Diagnostic]) -> Bills {
        for problem in problems.iter().filter(|problem| problem.severity() == Severity::Error) {
            self.hidden.add(hidden_by(problem, documents));
        }
        Bills { incomplete_files: files_with_errors(problems), ..self }
    }

    /// Returns the orders that were paid, as purchases of a plan. Those that state no accounts, no term or no time
    /// are left out.
    pub fn purchases(&self) -> Vec<ListedOrder> {
        let paid = self.orders.iter().filter(|bill| bill.is_paid());
        paid.flat_map(Bill::purchases).filter_map(Result::ok).collect()
    }
}

impl Bill {
    /// Returns true if the order was paid and the money is not back.
    pub fn is_paid(&self) -> bool {
        matches!(self.order.state, OrderState::Paid | OrderState::RefundAsked | OrderState::RefundRefused)
    }

    /// Returns the day of payment, Beijing time; of a migration that of its creation, since it has no other (O12).
    pub fn paid_on(&self) -> Option<Date> {
        let moment =
            if self.is_migration() { self.order.paid.or(self.order.created) } else { self.order.paid };
        moment.map(|moment| moment.date())
    }

    /// Returns the kind of purchase that it is.
    pub fn kind(&self) -> RecordedKind {
        match self.order.order_type {
            OrderType::Renewal => RecordedKind::Renewal,
            OrderType::New
            | OrderType::VersionMigration
            | OrderType::ContractMigration
            | OrderType::Several => RecordedKind::Purchase,
        }
    }

    /// Returns each part as a purchase of a plan, or the key that its document lacks.
    pub(super) fn purchases(&self) -> Vec<Result<ListedOrder, &'static str>> {
        self.parts.iter().map(|part| self.purchase(part)).collect()
    }

    fn purchase(&self, part: &BillPart) -> Result<ListedOrder, &'static str> {
        Ok(ListedOrder {
            id: part.id.clone(),
            corp_id: part.corp_id.clone().ok_or("corpid")?,
            kind: self.kind(),
            paid: self.paid_on().ok_or(if self.is_migration() { "create_time" } else { "pay_time" })?,
            counts: part.counts.ok_or("account_count")?,
            term: self.term_of(part).ok_or("account_duration")?,
            price: Some(self.order.price).filter(|_| self.order.corp_id.is_some()),
            renewed: part.renewed.clone(),
        })
    }

    fn is_migration(&self) -> bool {
        matches!(self.order.order_type, OrderType::VersionMigration | OrderType::ContractMigration)
    }

    /// Returns the term of a part. Only a renewal can be to a day (O7, docs/rules.md#o7).
    fn term_of(&self, part: &BillPart) -> Option<ListedTerm> {
        let renews = self.kind() == RecordedKind::Renewal;
        part.term.filter(|term| renews || matches!(term, ListedTerm::Length(_)))
    }
}

fn add<'d>(
    orders: &mut BTreeMap<&'d str, Bill>,
    (order, position): (&'d BilledOrder, &'d Position),
    mut parts: Vec<BillPart>,
) {
    if let Some(before) = orders.get_mut(order.id.as_str()) {
        if progress(order.state) < progress(before.order.state) {
            return;
        }
        // Each page of a union order has other parts.
        let is_new = |part: &BillPart| parts.iter().all(|other| other.id != part.id);
        let kept: Vec<BillPart> = before.parts.iter().filter(|part| is_new(part)).cloned().collect();
        parts.splice(0..0, kept);
    }
    orders.insert(&order.id, Bill { order: order.clone(), position: position.clone(), parts });
}

/// Returns whose orders an error may hide.
fn hidden_by(problem: &Diagnostic, documents: &[Document]) -> HiddenOrders {
    let text = |key: &str| {
        problem.args.iter().find_map(|(name, value)| match value {
            Arg::Text(text) if *name == key => Some(text.as_str()),
            _ => None,
        })
    };
    match (problem.code, text(ENTERPRISE), text("file")) {
        (_, Some(corp_id), _) => HiddenOrders::Of(BTreeSet::from([corp_id.to_owned()])),
        (Code::WecomPageMissing | Code::WecomOrderMissing | Code::JsonSyntax | Code::TooManyProblems, ..)
        | (_, _, None) => HiddenOrders::OfAny,
        (_, _, Some(file)) => of_file(documents, file),
    }
}

/// Returns the enterprises that the documents of a file name; any if they name none.
fn of_file(documents: &[Document], file: &str) -> HiddenOrders {
    let of_file = documents.iter().filter(|document| &*document.position.file == file);
    let ids: BTreeSet<String> = of_file.flat_map(enterprises).map(str::to_owned).collect();
    if ids.is_empty() { HiddenOrders::OfAny } else { HiddenOrders::Of(ids) }
}

fn enterprises(document: &Document) -> Vec<&str> {
    let asked = document.query.as_ref().and_then(|query| query.corp_id.as_deref());
    let stated: Vec<&str> = match &document.content {
        Content::Order(order) => order.corp_id.as_deref().into_iter().collect(),
        Content::UnionOrder(union) => union.parts.iter().map(|part| part.corp_id.as_str()).collect(),
        Content::UnreadableOrder(order) => order.corp_id.as_deref().into_iter().collect(),
        _ => Vec::new(),
    };
    stated.into_iter().chain(asked).collect()
}

/// Returns the number of files with errors; a pattern without a file counts as one.
fn files_with_errors(problems: &[Diagnostic]) -> usize {
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error);
    let mut files: Vec<&Arg> = Vec::new();
    let is_file = |(name, _): &&(&'static str, Arg)| matches!(*name, "file" | "pattern");
    for file in errors.flat_map(|problem| &problem.args).filter(is_file) {
        if !files.contains(&&file.1) {
            files.push(&file.1);
        }
    }
    files.len()
}

fn progress(state: OrderState) -> u8 {
    match state {
        OrderState::Unpaid => 0,
        OrderState::Cancelled | OrderState::Expired => 1,
        OrderState::Paid => 2,
        OrderState::RefundAsked => 3,
        OrderState::RefundRefused | OrderState::Refunded | OrderState::Void => 4,
    }
}

fn single(order: &BilledOrder) -> BillPart {
    BillPart {
        id: order.id.clone(),
        corp_id: order.corp_id.clone(),
        counts: order.counts,
        term: order.duration.and_then(term),
        renewed: Vec::new(),
    }
}

fn of_union(order: &str, index: usize, part: &UnionPart) -> BillPart {
    BillPart {
        id: part.id.clone().unwrap_or_else(|| format!("{order}/{index}")),
        corp_id: Some(part.corp_id.clone()),
        counts: part.counts,
        term: part.duration.and_then(term),
        renewed: Vec::new(),
    }
}

/// Returns the term of an order; a document that has months and days beside a day means the first.
fn term(duration: BilledDuration) -> Option<ListedTerm> {
    let length: Option<Term> = duration.term();
    length.map(ListedTerm::Length).or_else(|| duration.expires().map(ListedTerm::Until))
}

/// Returns the users of the accounts of each order, by its id or that of its part.
fn accounts_of(documents: &[Document], orders: &BTreeMap<&str, Bill>) -> HashMap<String, Vec<ListedUser>> {
    let ids: Vec<&str> = orders.values().flat_map(|bill| &bill.parts).map(|part| part.id.as_str()).collect();
    let mut users: HashMap<String, Vec<ListedUser>> = HashMap::new();
    for document in documents {
        let Content::OrderAccounts(accounts) = &document.content else { continue };
        let named = accounts.order_id.as_deref();
        let Some(id) = named.or_else(|| order_in_file_name(&document.position.file, ids.iter().copied()))
        else {
            continue;
        };
        let of_order = users.entry(id.to_owned()).or_default();
        of_order.extend(accounts.accounts.iter().filter_map(user));
    }
    users
}

fn user(account: &OrderAccount) -> Option<ListedUser> {
    let user = account.user.as_deref()?;
    Some(ListedUser { account_type: account.account_type, user: user.into() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wecom::documents::read;

    fn gather(text: &str) -> Bills {
        Bills::gather(&read("orders.json", text.as_bytes()).documents)
    }

    const ORDER: &str = r#"{"errcode":0,"order":{"order_id":"O1","order_type":1,"order_status":STATE,"corpid":"ww1",
        "price":60500,"account_count":{"base_count":150,"external_contact_count":0},
        "account_duration":{"months":12,"days":0},"create_time":1668739098,"pay_time":1668739098}}"#;

    fn order(state: u8) -> String {
        ORDER.replace("STATE", &state.to_string()).replace('\n', "")
    }

    #[test]
    fn of_two_documents_of_an_order_the_one_that_got_further_counts() {
        let bills = gather(&format!("{}\n{}\n", order(1), order(0)));
        assert_eq!((bills.orders.len(), bills.orders[0].order.state), (1, OrderState::Paid));
        let purchases = bills.purchases();
        assert_eq!(purchases[0].counts, Counts { basic: 150, interop: 0 });
        assert_eq!(purchases[0].term, ListedTerm::Length(Term::ONE_YEAR));
    }

    #[test]
    fn what_was_not_paid_or_came_back_is_no_purchase() {
        let paid = |state| gather(&order(state)).purchases().len();
        assert_eq!([0, 1, 2, 3, 4, 5, 6, 7].map(paid), [0, 1, 0, 0, 1, 0, 1, 0]);
    }

    #[test]
    fn an_order_of_several_enterprises_has_parts_without_a_price() {
        let bills = gather(
            &r#"{"errcode":0,"order":{"order_id":"U1","order_type":8,"order_status":1,"price":100,
            "create_time":1668739098,"pay_time":1668739098},"buy_list":[
            {"sub_order_id":"S1","corpid":"ww1","account_count":{"base_count":1},"account_duration":{"months":1}},
            {"sub_order_id":"S2","corpid":"ww2","account_count":{"base_count":2},"account_duration":{"months":1}}
            ]}"#
            .replace('\n', ""),
        );
        let purchases = bills.purchases();
        assert_eq!(purchases.iter().map(|order| order.id.as_str()).collect::<Vec<_>>(), ["S1", "S2"]);
        assert!(purchases.iter().all(|order| order.price.is_none()));
    }
}
