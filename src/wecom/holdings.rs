//! What an enterprise has, from WeCom's documents about it: accounts and codes go in as they are listed, out comes
//! each once. [`holdings`] is to be read first.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;

use super::documents::{ActivatedAccount, CodeInfo, CodeState, Content, Document};
use crate::account::AccountType;
use crate::plan::{AccountList, ListedAccount, ListedCode};

/// Accounts and codes of an enterprise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holdings {
    /// Its accounts, also those that have expired, by type, expiry and user; and its codes in stock, by type, day of
    /// creation and code.
    pub list: AccountList,
    /// Codes that it shared with a downstream, and that are no longer its own, by type and code.
    pub shared: Vec<SharedCode>,
    /// True if entries of a document could not be read; the reasons were among the diagnostics.
    pub is_partial: bool,
}

/// A code that an upstream shared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SharedCode {
    /// Its type.
    pub account_type: AccountType,
    /// The code.
    pub code: String,
    /// The downstream, where the document names it.
    pub to_corp_id: Option<String>,
}

/// Returns what an enterprise has according to its documents: pages of activated accounts and codes; documents of
/// other kinds say nothing about it. An account ends on the day of its `expire_time` (T6, docs/rules.md#t6), a merged
/// code on the day of the merge (O13).
///
/// A user's accounts of one type that overlap are one account, listed several times: it began with the first and ends
/// with the last. Accounts that follow each other are several. An account to be transferred still runs. A code that
/// one document calls unbound, and another bound or shared, is not in stock.
pub fn holdings(documents: impl IntoIterator<Item = Document>) -> Holdings {
    let mut found = Found::default();
    for document in documents {
        match document.content {
            Content::AccountPage(page) => {
                found.is_partial |= page.page.is_partial;
                found.accounts.extend(page.accounts.into_iter().map(listed));
            }
            Content::Codes(list) => {
                found.is_partial |= list.is_partial;
                list.codes.into_iter().for_each(|code| found.add(code));
            }
            Content::Order(_)
            | Content::UnionOrder(_)
            | Content::OrderList(_)
            | Content::OrderAccounts(_)
            | Content::AppLicense(_)
            | Content::UnreadableOrder(_) => {}
        }
    }
    found.finish()
}

/// A code with its type: codes of both types can be equal.
type TypedCode = (AccountType, String);

/// What the documents list, several times perhaps.
#[derive(Default)]
struct Found {
    accounts: Vec<ListedAccount>,
    /// Accounts whose user is not known.
    nameless: BTreeMap<TypedCode, ListedAccount>,
    stock: BTreeMap<TypedCode, DateTime>,
    bound: BTreeSet<TypedCode>,
    shared: BTreeMap<TypedCode, Option<String>>,
    is_partial: bool,
}

impl Found {
    fn add(&mut self, code: CodeInfo) {
        let typed = code.code.clone().map(|name| (code.account_type, name));
        match code.state {
            Some(CodeState::Unbound) => {
                if let Some((typed, created)) = typed.zip(code.created) {
                    self.stock.insert(typed, created);
                }
            }
            Some(CodeState::Shared) => {
                if let Some(typed) = typed {
                    self.shared.insert(typed, code.shared_to);
                }
            }
            None
            | Some(CodeState::Active | CodeState::Expired | CodeState::ToBeTransferred | CodeState::Merged) => {
                self.add_account(typed, code)
            }
        }
    }

    fn add_account(&mut self, typed: Option<TypedCode>, code: CodeInfo) {
        self.bound.extend(typed.clone());
        let Some((activated, expires)) = code.activated.zip(code.expires) else { return };
        let is_nameless = code.user.is_none();
        let user = code.user.unwrap_or_default();
        let account = listed(ActivatedAccount { user, account_type: code.account_type, activated, expires });
        match typed {
            Some(typed) if is_nameless => drop(self.nameless.insert(typed, account)),
            _ => self.accounts.push(account),
        }
    }

    fn finish(self) -> Holdings {
        let mut accounts = self.accounts;
        accounts.sort_unstable_by(|a, b| {
            (&a.user, a.account_type, a.activated).cmp(&(&b.user, b.account_type, b.activated))
        });
        accounts.dedup_by(|next, kept| {
            let is_same = next.user == kept.user
                && next.account_type == kept.account_type
                && (next.activated < kept.expires || next.activated == kept.activated);
            if is_same {
                kept.expires = kept.expires.max(next.expires);
            }
            is_same
        });
        accounts.extend(self.nameless.into_values());
        accounts
            .sort_by(|a, b| (a.account_type, a.expires, &a.user).cmp(&(b.account_type, b.expires, &b.user)));
        let is_own = |code: &TypedCode| !self.bound.contains(code) && !self.shared.contains_key(code);
        let mut codes: Vec<ListedCode> = self
            .stock
            .into_iter()
            .filter(|(code, _)| is_own(code))
            .map(|((account_type, code), created)| ListedCode { code, account_type, created: created.date() })
            .collect();
        codes.sort_by_key(|code| (code.account_type, code.created));
        let shared = self.shared.into_iter().map(|((account_type, code), to_corp_id)| SharedCode {
            account_type,
            code,
            to_corp_id,
        });
        Holdings {
            shared: shared.collect(),
            list: AccountList { accounts, codes },
            is_partial: self.is_partial,
        }
    }
}

fn listed(account: ActivatedAccount) -> ListedAccount {
    ListedAccount {
        user: account.user,
        account_type: account.account_type,
        activated: account.activated.date(),
        expires: account.expires.date(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::wecom::documents;

    fn read(text: &str) -> Holdings {
        let reading = documents::read("a.json", text.as_bytes());
        assert_eq!(reading.diagnostics, []);
        holdings(reading.documents)
    }

    /// Seconds of noon of a day in Beijing.
    fn noon(day: Date) -> i64 {
        day.at(4, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second()
    }

    const A: Date = date(2022, 11, 18);
    const B: Date = date(2023, 11, 10);
    const C: Date = date(2023, 11, 25);
    const D: Date = date(2024, 12, 1);

    fn row(user: &str, from: Date, to: Date) -> String {
        let (from, to) = (noon(from), noon(to));
        format!(r#"{{"userid":"{user}","type":1,"active_time":{from},"expire_time":{to}}}"#)
    }

    fn code(code: &str, status: u32, user: &str, from: Date, to: Date) -> String {
        let (created, row) = (noon(A), row(user, from, to));
        let rest = row.trim_start_matches('{');
        format!(r#"{{"active_code":"{code}","status":{status},"create_time":{created},{rest}"#)
    }

    fn codes(codes: &[String]) -> String {
        format!(r#"{{"errcode":0,"active_info_list":[{}]}}"#, codes.join(","))
    }

    fn page(rows: &[String]) -> String {
        format!(r#"{{"errcode":0,"has_more":0,"account_list":[{}]}}"#, rows.join(","))
    }

    fn accounts(found: &Holdings) -> Vec<(&str, Date, Date)> {
        let each = found.list.accounts.iter();
        each.map(|account| (account.user.as_str(), account.activated, account.expires)).collect()
    }

    #[test]
    fn an_account_ends_on_the_day_of_its_expiry() {
        // The first and the last second of 2023-11-25.
        for expire_time in [1_700_841_600, 1_700_927_999] {
            let found = read(&format!(
                r#"[{{"userid":"u","type":2,"active_time":1668739098,"expire_time":{expire_time}}}]"#
            ));
            assert_eq!(accounts(&found), [("u", A, C)]);
            assert_eq!(found.list.accounts[0].account_type, AccountType::Interop);
        }
    }

    #[test]
    fn an_account_that_is_listed_twice_counts_once() {
        let old = page(&[row("u", A, C), row("v", A, C)]);
        let renewed = page(&[row("u", A, D), row("v", A, C)]);
        let by_user = codes(&[code("c1", 2, "u", A, D)]);
        let found = read(&format!("{old}\n{renewed}\n{by_user}"));
        assert_eq!(accounts(&found), [("v", A, C), ("u", A, D)]);
    }

    #[test]
    fn accounts_that_follow_each_other_are_several() {
        // A merged code ends on the day of the merge.
        let found = read(&codes(&[code("c1", 5, "u", A, B), code("c2", 2, "u", B, D)]));
        assert_eq!(accounts(&found), [("u", A, B), ("u", B, D)]);
        // An account whose end is its beginning is none for any day.
        let found = read(&page(&[row("u", A, A), row("u", A, A)]));
        assert_eq!(accounts(&found), [("u", A, A)]);
    }

    #[test]
    fn the_state_of_a_code_says_whose_it_is() {
        let found = read(&codes(&[
            code("stock", 1, "u1", A, A),
            code("active", 2, "u2", A, C),
            code("expired", 3, "u3", A, B),
            code("leaving", 4, "u4", A, C),
            code("merged", 5, "u5", A, B),
            code("shared", 6, "u6", A, C),
        ]));
        assert_eq!(
            accounts(&found),
            [("u3", A, B), ("u5", A, B), ("u2", A, C), ("u4", A, C)],
            "expired and merged ones are over, one to be transferred runs"
        );
        let stock = ListedCode { code: "stock".into(), account_type: AccountType::Basic, created: A };
        assert_eq!(found.list.codes, [stock]);
        assert_eq!(found.shared[0].code, "shared");
    }

    #[test]
    fn a_code_that_was_bound_or_shared_since_is_not_in_stock() {
        let before = codes(&["c1", "c2", "c3"].map(|name| code(name, 1, "", A, A)));
        let after = codes(&[code("c1", 2, "u", A, C), code("c2", 6, "", A, A)]);
        for text in [format!("{before}\n{after}"), format!("{after}\n{before}")] {
            let found = read(&text);
            let stock: Vec<&str> = found.list.codes.iter().map(|code| code.code.as_str()).collect();
            assert_eq!((stock, found.shared.len()), (vec!["c3"], 1));
        }
    }

    #[test]
    fn equal_codes_of_two_types_are_two() {
        let basic = code("c1", 1, "", A, A);
        let interop = basic.replace(r#""type":1"#, r#""type":2"#);
        assert_eq!(read(&codes(&[basic.clone(), interop, basic])).list.codes.len(), 2);
    }

    #[test]
    fn an_account_without_a_user_counts_by_its_code() {
        let leaving = |name: &str| code(name, 4, "", A, C);
        let found = read(&codes(&[leaving("c1"), leaving("c1"), leaving("c2")]));
        assert_eq!(accounts(&found), [("", A, C), ("", A, C)]);
    }

    #[test]
    fn accounts_are_sorted_by_type_and_expiry() {
        let interop = row("a", A, B).replace(r#""type":1"#, r#""type":2"#);
        let found = read(&page(&[interop, row("c", A, D), row("b", A, C)]));
        let users: Vec<&str> = found.list.accounts.iter().map(|account| account.user.as_str()).collect();
        assert_eq!(users, ["b", "c", "a"]);
    }

    #[test]
    fn what_could_not_be_read_is_told() {
        let text = page(&[row("u", A, C), row("v", A, C).replace("userid", "name")]);
        let reading = documents::read("a.json", text.as_bytes());
        assert_eq!(reading.diagnostics.len(), 1);
        let found = holdings(reading.documents);
        assert_eq!((accounts(&found), found.is_partial), (vec![("u", A, C)], true));
    }
}
