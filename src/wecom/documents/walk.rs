//! Finds the documents in a text's values, at the top or in arrays and objects around them, and with each what the
//! file says was asked for. [`Walk`] comes first.

use std::sync::Arc;

use super::json::{Node, NodeKind, Path};
use super::kinds::{Class, Kind, classify};
use super::model::{AccountPage, ActivatedAccount, CodeList, Content, Document, Page, Position, Query};
use super::problems::Problems;
use super::values::Fields;
use super::{accounts, failures, orders};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic};

/// Most arrays and objects around a document.
const MOST_LEVELS: usize = 32;

/// What was found so far.
pub(super) struct Walk<'w, 't> {
    problems: &'w Problems<'t>,
    documents: Vec<Document>,
    others: Vec<Others>,
}

/// Documents that are not read for one reason.
struct Others {
    reason: Message,
    is_foreign: bool,
    count: usize,
    first: Position,
}

/// Accounts that stand by themselves in an array, or in lines, and not within a document.
#[derive(Default)]
struct BareAccounts {
    accounts: Vec<ActivatedAccount>,
    first: Option<Position>,
    is_partial: bool,
}

/// Elements in which no document is.
#[derive(Default)]
struct Unknown {
    count: usize,
    first: Option<Position>,
}

impl<'w, 't> Walk<'w, 't> {
    /// Returns the documents in the values of a text, and reports everything that is none.
    pub(super) fn documents(problems: &'w Problems<'t>, roots: &[Node<'t>]) -> Vec<Document> {
        let mut walk = Walk { problems, documents: Vec::new(), others: Vec::new() };
        let (mut rows, mut unknown) = (BareAccounts::default(), Unknown::default());
        for root in roots {
            walk.element(*root, Path::ROOT, None, MOST_LEVELS, &mut rows, &mut unknown);
        }
        walk.finish_rows(rows, None);
        walk.report_unknown(unknown);
        walk.report_others();
        walk.documents
    }

    /// Looks for documents in a value; returns true if there is one, read or not.
    fn value(&mut self, node: Node<'t>, path: Path<'_>, query: Option<&Arc<Query>>, levels: usize) -> bool {
        let Some(levels) = levels.checked_sub(1) else { return false };
        match node.kind() {
            NodeKind::Object => Fields::of_object(node, path, self.problems)
                .is_some_and(|fields| self.object(&fields, query, levels)),
            NodeKind::Array => {
                let (mut rows, mut unknown) = (BareAccounts::default(), Unknown::default());
                let mut found = false;
                for (index, element) in node.elements().enumerate() {
                    found |= self.element(element, path.index(index), query, levels, &mut rows, &mut unknown);
                }
                self.finish_rows(rows, query);
                // An array without a document is reported by whoever looked for one in it.
                if found {
                    self.report_unknown(unknown);
                }
                found
            }
            _ => false,
        }
    }

    /// Looks for documents in one of several values.
    fn element(
        &mut self,
        node: Node<'t>,
        path: Path<'_>,
        query: Option<&Arc<Query>>,
        levels: usize,
        rows: &mut BareAccounts,
        unknown: &mut Unknown,
    ) -> bool {
        if let Some(fields) = Fields::of_object(node, path, self.problems)
            && classify(&fields) == Class::Known(Kind::BareAccount)
        {
            rows.first.get_or_insert_with(|| self.problems.position(&path, node));
            match accounts::account(&fields) {
                Some(account) => rows.accounts.push(account),
                None => rows.is_partial = true,
            }
            return true;
        }
        let found = self.value(node, path, query, levels);
        // Where the text breaks off, that has been reported.
        if !found && node.is_complete() {
            unknown.count += 1;
            unknown.first.get_or_insert_with(|| self.problems.position(&path, node));
        }
        found
    }

    fn object(&mut self, fields: &Fields<'_, 't>, query: Option<&Arc<Query>>, levels: usize) -> bool {
        match classify(fields) {
            // What it is may depend on what is missing.
            Class::Foreign(_) | Class::Other(_) if !fields.node().is_complete() => false,
            Class::Known(kind) => {
                failures::check(fields);
                if let Some(content) = self.content(kind, fields, query) {
                    let position = self.problems.position(fields.path(), fields.node());
                    self.documents.push(Document { position, query: query.cloned(), content });
                }
                true
            }
            Class::Foreign(reason) => self.leave_out(fields, reason, true),
            Class::Other(reason) => {
                failures::check(fields);
                self.leave_out(fields, reason, false)
            }
            Class::Unknown if fields.has("errcode") && fields.node().is_complete() => {
                failures::check(fields);
                fields.report(Diagnostic::new(Code::WecomDocumentUnknown).with("count", 1_usize));
                true
            }
            Class::Unknown => self.wrapper(fields, query, levels),
        }
    }

    /// Looks for documents among the members of an object, which may also say what they answer.
    fn wrapper(&mut self, fields: &Fields<'_, 't>, query: Option<&Arc<Query>>, levels: usize) -> bool {
        let mut stated = query.map(|query| Query::clone(query)).unwrap_or_default();
        stated.take_over(fields);
        let mut requests = Vec::new();
        let mut inner = Vec::new();
        for (key, node) in fields.members() {
            let path = fields.path().key(key);
            let member = Fields::of_object(*node, path, self.problems);
            match member.map(|member| (classify(&member), member)) {
                Some((Class::Other(reason), member)) if reason.id == "api-other-request" => {
                    stated.take_over(&member);
                    requests.push((reason, *node, key));
                }
                _ => inner.push((key, *node)),
            }
        }
        let query = (stated != Query::default()).then(|| Arc::new(stated));
        let mut found = false;
        for (key, node) in inner {
            found |= self.value(node, fields.path().key(key), query.as_ref(), levels);
        }
        if !found {
            for (reason, node, key) in requests {
                let path = fields.path().key(key);
                if let Some(member) = Fields::of_object(node, path, self.problems) {
                    found |= self.leave_out(&member, reason, false);
                }
            }
        }
        found
    }

    /// Reads a document; reports why not.
    fn content(&self, kind: Kind, fields: &Fields<'_, 't>, query: Option<&Arc<Query>>) -> Option<Content> {
        let asked = query.and_then(|query| query.order_id.as_deref());
        let order = |fields: &Fields<'_, '_>| {
            let first = self.problems.count();
            orders::order(fields).map_or_else(
                || {
                    let order = orders::unreadable(Some(fields.node()));
                    if let Some(corp_id) = &order.corp_id {
                        self.problems.name_enterprise(first, corp_id);
                    }
                    Content::UnreadableOrder(order)
                },
                Content::Order,
            )
        };
        Some(match kind {
            // A list of enterprises may have followed, for all of which the price is.
            Kind::Order if !fields.node().is_complete() => {
                Content::UnreadableOrder(orders::unreadable(orders::inner(fields)))
            }
            Kind::Order => order(&fields.object("order").ok()??),
            Kind::BareOrder => order(fields),
            Kind::UnionOrder => match orders::union_order(fields) {
                Some(order) => Content::UnionOrder(order),
                None => Content::UnreadableOrder(orders::unreadable(orders::inner(fields))),
            },
            Kind::OrderList => Content::OrderList(orders::order_list(fields)?),
            Kind::OrderAccounts => Content::OrderAccounts(orders::order_accounts(fields, asked)?),
            Kind::AccountPage
                if self.is_end_of_order_accounts(fields) || asked.is_some() && is_empty(fields) =>
            {
                let asked = asked.or_else(|| self.last_order_id());
                Content::OrderAccounts(orders::order_accounts(fields, asked)?)
            }
            Kind::AccountPage => Content::AccountPage(accounts::account_page(fields)?),
            Kind::Code => {
                let code = accounts::code(&fields.object("active_info").ok()??)?;
                Content::Codes(CodeList { codes: vec![code], is_partial: false })
            }
            Kind::BareCode => {
                Content::Codes(CodeList { codes: vec![accounts::code(fields)?], is_partial: false })
            }
            Kind::Codes => Content::Codes(accounts::codes(fields)?),
            Kind::AppLicense => Content::AppLicense(accounts::app_license(fields)?),
            Kind::BareAccount | Kind::Failure => return None,
        })
    }

    /// Returns true for a list without accounts, which could be of either kind, after a page of an order's accounts
    /// that has a successor.
    fn is_end_of_order_accounts(&self, fields: &Fields<'_, '_>) -> bool {
        let last = self.documents.last().map(|document| &document.content);
        matches!(last, Some(Content::OrderAccounts(last)) if last.page.has_more) && is_empty(fields)
    }

    fn last_order_id(&self) -> Option<&str> {
        match self.documents.last().map(|document| &document.content) {
            Some(Content::OrderAccounts(last)) => last.order_id.as_deref(),
            _ => None,
        }
    }

    /// Makes a page of accounts that stand by themselves.
    fn finish_rows(&mut self, rows: BareAccounts, query: Option<&Arc<Query>>) {
        let Some(position) = rows.first else { return };
        let page = Page { is_partial: rows.is_partial, ..Page::default() };
        let content = Content::AccountPage(AccountPage { accounts: rows.accounts, page });
        self.documents.push(Document { position, query: query.cloned(), content });
    }

    fn leave_out(&mut self, fields: &Fields<'_, '_>, reason: Message, is_foreign: bool) -> bool {
        match self.others.iter_mut().find(|others| others.reason == reason) {
            Some(others) => others.count += 1,
            None => {
                let first = self.problems.position(fields.path(), fields.node());
                self.others.push(Others { reason, is_foreign, count: 1, first });
            }
        }
        true
    }

    fn report_unknown(&self, unknown: Unknown) {
        let Some(first) = unknown.first else { return };
        let problem = Diagnostic::new(Code::WecomDocumentUnknown).with("count", unknown.count);
        self.problems.report_at(problem, &first);
    }

    /// Reports what was left out: an error if it is of another product, or if there is nothing else in the file.
    fn report_others(&mut self) {
        let is_all = self.documents.is_empty() && !self.problems.has_errors();
        for others in std::mem::take(&mut self.others) {
            let is_error = others.is_foreign || is_all;
            let code = if is_error { Code::WecomDocumentNotOurs } else { Code::WecomDocumentSkipped };
            let problem = Diagnostic::new(code).with("count", others.count).with("reason", others.reason);
            self.problems.report_at(problem, &others.first);
        }
    }
}

impl Query {
    /// Takes over what an object states, in place of what an object around it states.
    fn take_over(&mut self, fields: &Fields<'_, '_>) {
        let text =
            |key: &str| fields.get(key)?.text().map(|text| text.into_owned()).filter(|t| !t.is_empty());
        let order_id = text("order_id").or_else(|| text("sub_order_id"));
        for (place, stated) in [
            (&mut self.corp_id, text("corpid")),
            (&mut self.order_id, order_id),
            (&mut self.cursor, text("cursor")),
            (&mut self.suite_id, text("suite_id")),
        ] {
            if stated.is_some() {
                *place = stated;
            }
        }
    }
}

/// Returns true for a list without accounts.
fn is_empty(fields: &Fields<'_, '_>) -> bool {
    fields.get_kind("account_list", NodeKind::Array).is_some_and(|list| list.elements().next().is_none())
}
