//! Whether the pages of a list are all there. [`missing_pages`] comes first.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Content, Document, Page};
use crate::diagnostic::{Code, Diagnostic};

/// The lists that come in pages. What tells their pages from those of another list stands beside the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum List<'d> {
    /// Activated accounts of an enterprise, by the enterprise that was asked for.
    Accounts(Option<&'d str>),
    /// Accounts of an order.
    OrderAccounts(Option<&'d str>),
    /// Enterprises of an order of several.
    Parts(&'d str),
    /// Orders, by the enterprise that was asked for.
    Orders(Option<&'d str>),
}

/// Reports each list of which a page says that another follows, and that one is not among these documents.
///
/// Where the file says with which cursor each page was asked for, every cursor must have its page. Otherwise the
/// answers alone must do, which have no number: a list is taken as whole if one of its files ends with a page that
/// nothing follows, since any other file may be continued by another. So a page in the middle that is missing is not
/// noticed.
pub fn missing_pages(documents: &[Document]) -> Vec<Diagnostic> {
    let mut lists: BTreeMap<List<'_>, Vec<(&Document, &Page)>> = BTreeMap::new();
    for document in documents {
        if let Some((list, page)) = list_of(document) {
            lists.entry(list).or_default().push((document, page));
        }
    }
    let mut problems = Vec::new();
    for pages in lists.values() {
        let has_query = pages.iter().all(|(document, _)| document.query.is_some());
        let without = if has_query && pages.iter().any(|(document, _)| cursor(document).is_some()) {
            unanswered_cursors(pages)
        } else {
            open_end(pages).into_iter().collect()
        };
        for document in without {
            problems.push(document.position.mark(Diagnostic::new(Code::WecomPageMissing)));
        }
    }
    problems
}

/// Returns the id among these that a file's name has as a word of its own, such as the order of
/// `accounts-ORDER-2.json`; of several the longest. `list_order_account` does not say whose accounts it lists.
pub fn order_in_file_name<'i>(file: &str, ids: impl IntoIterator<Item = &'i str>) -> Option<&'i str> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let is_word = |id: &str| {
        let ends_at = |start: usize| {
            let before = name[..start].chars().next_back();
            let after = name[start + id.len()..].chars().next();
            let is_part = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
            !is_part(before) && !is_part(after)
        };
        !id.is_empty() && name.match_indices(id).any(|(start, _)| ends_at(start))
    };
    ids.into_iter().filter(|id| is_word(id)).max_by_key(|id| id.len())
}

fn list_of(document: &Document) -> Option<(List<'_>, &Page)> {
    let corp_id = document.query.as_ref().and_then(|query| query.corp_id.as_deref());
    match &document.content {
        Content::AccountPage(page) => Some((List::Accounts(corp_id), &page.page)),
        Content::OrderAccounts(accounts) => {
            Some((List::OrderAccounts(accounts.order_id.as_deref()), &accounts.page))
        }
        Content::UnionOrder(union) => Some((List::Parts(&union.order.id), &union.page)),
        Content::OrderList(list) => Some((List::Orders(corp_id), &list.page)),
        Content::Order(_) | Content::Codes(_) | Content::AppLicense(_) | Content::UnreadableOrder(_) => None,
    }
}

/// Returns the cursor that a page was asked for with.
fn cursor(document: &Document) -> Option<&str> {
    document.query.as_ref().and_then(|query| query.cursor.as_deref())
}

/// Returns the pages whose successor was asked for by none of the pages.
fn unanswered_cursors<'d>(pages: &[(&'d Document, &Page)]) -> Vec<&'d Document> {
    let asked: BTreeSet<&str> = pages.iter().filter_map(|(document, _)| cursor(document)).collect();
    let is_answered = |page: &Page| page.next_cursor.as_deref().is_some_and(|next| asked.contains(next));
    let open = pages.iter().filter(|(_, page)| page.has_more && !is_answered(page));
    open.map(|(document, _)| *document).collect()
}

/// Returns the last page if every file ends with one that another must follow.
fn open_end<'d>(pages: &[(&'d Document, &Page)]) -> Option<&'d Document> {
    let mut ends: BTreeMap<&str, (&Document, &Page)> = BTreeMap::new();
    for (document, page) in pages {
        ends.insert(&document.position.file, (document, page));
    }
    let is_open = |(_, page): &(&Document, &Page)| page.has_more && !page.is_partial;
    if ends.values().all(is_open) { pages.last().map(|(document, _)| *document) } else { None }
}
