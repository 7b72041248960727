mod exhaustive;
mod trace;

use std::sync::Arc;

use jiff::civil::{Date, date};

use crate::account::{AccountType, Counts, Term};
use crate::diagnostic::{Code, Diagnostic, SourceFile};
use crate::money::Money;
use crate::plan::{
    AccountList, Attached, Attachments, ListedAccount, ListedOrder, ListedTerm, ReadOptions, Reading,
    RecordedKind, Trials, UserSet, read,
};
use crate::rates::RateCards;

/// Files by the first letters of their names: users `a` to `e`, accounts and orders as given.
#[derive(Default)]
struct Beside {
    accounts: Vec<ListedAccount>,
    orders: Vec<ListedOrder>,
}

impl Attachments for Beside {
    fn roster(&self, pattern: &str, _: Option<&str>) -> Attached<UserSet> {
        let mut content = UserSet::default();
        for id in pattern.split(' ') {
            content.insert(id);
        }
        Attached { content, diagnostics: Vec::new() }
    }

    fn accounts(&self, _: &str) -> Attached<AccountList> {
        let content = AccountList { accounts: self.accounts.clone(), codes: Vec::new() };
        Attached { content, diagnostics: Vec::new() }
    }

    fn orders(&self, _: &[&str]) -> Attached<Vec<ListedOrder>> {
        Attached { content: self.orders.clone(), diagnostics: Vec::new() }
    }
}

fn reading(text: &str, files: &Beside) -> Reading {
    let cards = RateCards::embedded().unwrap();
    let options = ReadOptions { attachments: files, ..ReadOptions::new(&cards) };
    read(&Arc::new(SourceFile::new("plan.toml", text)), &options)
}

fn codes(reading: &Reading) -> Vec<Code> {
    reading.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn accounts(count: usize, activated: Date, expires: Date) -> Vec<ListedAccount> {
    let account = |index| ListedAccount {
        user: format!("user-{index}"),
        account_type: AccountType::Basic,
        activated,
        expires,
    };
    (0..count).map(account).collect()
}

fn order(id: &str, kind: RecordedKind, paid: Date, basic: u32, term: ListedTerm) -> ListedOrder {
    let (id, corp_id) = (id.to_owned(), "ww1".to_owned());
    let price = Some(Money::from_fen(100));
    ListedOrder {
        id,
        corp_id,
        kind,
        paid,
        counts: Counts { basic, interop: 0 },
        term,
        price,
        renewed: Vec::new(),
    }
}

const YEAR: ListedTerm = ListedTerm::Length(Term::ONE_YEAR);

const SCHOOL: &str = "[[school]]\ncode = \"1\"\nname = \"甲\"\ncorp-id = \"ww1\"\n";

fn dated(top: &str, school: &str) -> String {
    format!("date = 2023-03-01\n{top}\n{SCHOOL}{school}")
}

#[test]
fn rosters_become_the_counts_of_the_school() {
    let apps = r#"
        [[school.app]]
        id = "x"
        roster = "a b c"
        [[school.app]]
        id = "y"
        roster = "c d"
        needs = "interop"
        [[school.app]]
        id = "z"
        kind = "internal"
        roster = "a e"
    "#;
    let reading = reading(&dated("", apps), &Beside::default());
    assert_eq!(reading.diagnostics, []);
    let school = &reading.plan.unwrap().schools[0];
    assert_eq!(school.counts, Counts { basic: 2, interop: 2 });
    assert_eq!(school.users.as_ref().unwrap().saved(), Counts { basic: 1, interop: 0 });
}

#[test]
fn counts_beside_a_roster_must_be_equal() {
    let with = |counts: &str| {
        let app = "[[school.app]]\nid = \"x\"\nroster = \"a b\"\n[[school.app]]\nid = \"y\"\n";
        codes(&reading(&dated("", &format!("{counts}{app}")), &Beside::default()))
    };
    assert_eq!(with("basic = 2\n"), [Code::RosterMissing]);
    assert_eq!(with("basic = 3\n"), [Code::RosterCountsDiffer, Code::RosterMissing]);
    assert_eq!(with("interop = 1\n"), [Code::RosterCountsDiffer, Code::RosterMissing]);
}

#[test]
fn an_account_counts_once_though_list_and_order_have_it() {
    let (paid, activated) = (date(2023, 1, 10), date(2023, 1, 12));
    let mut listed = accounts(30, activated, date(2024, 1, 19));
    listed.extend(accounts(5, date(2021, 1, 1), date(2022, 1, 8)));
    let files =
        Beside { accounts: listed, orders: vec![order("o1", RecordedKind::Purchase, paid, 40, YEAR)] };
    let text = dated("orders = { from = \"o\" }", "basic = 60\nheld = [{ from = \"a\" }]\n");
    let reading = reading(&text, &files);
    assert_eq!(reading.diagnostics, []);
    let plan = reading.plan.unwrap();
    let school = &plan.schools[0];
    assert_eq!(school.held.len(), 1);
    assert_eq!(school.purchases[0].listed.basic, 30);
    let missing = plan.group_holdings(&[school]).missing(date(2023, 3, 1), Trials::Ignored)[0];
    assert_eq!((missing.missing.basic, missing.to_activate.basic), (20, 10));
}

#[test]
fn an_activation_uses_the_code_that_must_be_activated_first() {
    let orders = vec![
        order("o2", RecordedKind::Purchase, date(2023, 1, 10), 10, YEAR),
        order("o1", RecordedKind::Purchase, date(2022, 12, 1), 10, YEAR),
    ];
    let files = Beside { accounts: accounts(12, date(2023, 2, 1), date(2024, 2, 8)), orders };
    let text = dated("orders = { from = \"o\" }", "basic = 12\nheld = [{ from = \"a\" }]\n");
    let plan = reading(&text, &files).plan.unwrap();
    let listed: Vec<u32> = plan.schools[0].purchases.iter().map(|purchase| purchase.listed.basic).collect();
    assert_eq!(listed, [10, 2]);
}

#[test]
fn an_order_that_the_plan_records_counts_once() {
    let files = Beside {
        orders: vec![order("o1", RecordedKind::Purchase, date(2023, 1, 10), 40, YEAR)],
        ..Beside::default()
    };
    let purchase = "basic = 40\n[[school.purchase]]\npaid = 2023-01-10\nactivated = 2023-01-11\nbasic = 40\n";
    let reading = reading(&dated("orders = { from = \"o\" }", purchase), &files);
    assert_eq!(reading.diagnostics, []);
    let purchases = &reading.plan.unwrap().schools[0].purchases;
    assert_eq!(purchases.len(), 1);
    assert_eq!(purchases[0].bill.as_ref().unwrap().order_id, "o1");
}

#[test]
fn of_two_records_of_one_day_an_order_is_the_one_with_its_term() {
    let half = ListedTerm::Length(Term { months: 6, days: 0 });
    let bought = |id: &str, term| order(id, RecordedKind::Purchase, date(2023, 1, 10), 40, term);
    let purchase =
        |term: &str| format!("[[school.purchase]]\npaid = 2023-01-10\nbasic = 40\nterm = {term}\n");
    let recorded = purchase("{ months = 12 }") + &purchase("{ months = 6 }");
    let text = dated("orders = { from = \"o\" }", &format!("basic = 40\n{recorded}"));
    let files = Beside { orders: vec![bought("o1", half), bought("o2", YEAR)], ..Beside::default() };
    let bills = |plan: &crate::plan::Plan| -> Vec<(Term, Option<String>)> {
        let id = |bill: &crate::plan::Bill| bill.order_id.clone();
        plan.schools[0].purchases.iter().map(|one| (one.term, one.bill.as_ref().map(id))).collect()
    };
    let half = Term { months: 6, days: 0 };
    let found = reading(&text, &files).plan.unwrap();
    assert_eq!(bills(&found), [(Term::ONE_YEAR, Some("o2".to_owned())), (half, Some("o1".to_owned()))]);
    // With one record of another term it is the same purchase, and has the term that WeCom charges.
    let text = dated("orders = { from = \"o\" }", &format!("basic = 40\n{}", purchase("{ months = 6 }")));
    let files = Beside { orders: vec![bought("o2", YEAR)], ..Beside::default() };
    let found = reading(&text, &files).plan.unwrap();
    assert_eq!(bills(&found), [(Term::ONE_YEAR, Some("o2".to_owned()))]);
}

#[test]
fn orders_say_what_they_leave_open() {
    let mut other = order("o2", RecordedKind::Purchase, date(2023, 1, 10), 40, YEAR);
    other.corp_id = "ww2".to_owned();
    let until = ListedTerm::Until(date(2024, 1, 1));
    let renewal = order("o3", RecordedKind::Renewal, date(2023, 1, 10), 40, until);
    let bought = order("o1", RecordedKind::Purchase, date(2023, 1, 10), 40, YEAR);
    let files = Beside { orders: vec![bought, other, renewal], ..Beside::default() };
    let found = codes(&reading(&dated("orders = { from = \"o\" }", "basic = 40\n"), &files));
    assert_eq!(found, [Code::OrdersOfOthers, Code::RenewalUnexplained, Code::OrdersWithoutAccounts]);
}

#[test]
fn a_renewal_to_a_day_has_the_term_from_the_old_expiry() {
    let until = ListedTerm::Until(date(2024, 7, 6));
    let files = Beside {
        orders: vec![order("o1", RecordedKind::Renewal, date(2023, 2, 10), 40, until)],
        ..Beside::default()
    };
    let held = "basic = 40\nheld = [{ type = \"basic\", count = 40, expires = 2023-06-30 }]\n";
    let plan = reading(&dated("orders = { from = \"o\" }", held), &files).plan.unwrap();
    assert_eq!(plan.schools[0].purchases[0].term, Term::ONE_YEAR);
    let holdings = plan.schools[0].holdings(&plan.card.term);
    assert!(holdings.lots.iter().any(|lot| lot.expires == date(2024, 7, 6) && lot.count == 40));
}

#[test]
fn an_undated_plan_can_have_no_orders() {
    let text = format!("orders = {{ from = \"o\" }}\n{SCHOOL}basic = 1\n");
    assert!(codes(&reading(&text, &Beside::default())).contains(&Code::UndatedPlan));
}

#[test]
fn held_accounts_come_from_files_or_by_hand() {
    let held = "basic = 1\nheld = [{ from = \"a\", count = 3 }, { count = 3 }]\n";
    let found = codes(&reading(&dated("", held), &Beside::default()));
    assert_eq!(found, [Code::HeldFromConflicts, Code::MissingKey, Code::MissingKey]);
}

/// Files of which those called `bad` have an error.
struct PartlyBroken(Beside);

impl PartlyBroken {
    fn attached<T>(pattern: &str, content: T) -> Attached<T> {
        let is_bad = pattern.starts_with("bad");
        let problem = || Diagnostic::new(Code::FileUnreadable).with("file", "bad").with("reason", "none");
        Attached { content, diagnostics: is_bad.then(problem).into_iter().collect() }
    }
}

impl Attachments for PartlyBroken {
    fn roster(&self, pattern: &str, column: Option<&str>) -> Attached<UserSet> {
        PartlyBroken::attached(pattern, self.0.roster(pattern, column).content)
    }

    fn accounts(&self, pattern: &str) -> Attached<AccountList> {
        PartlyBroken::attached(pattern, self.0.accounts(pattern).content)
    }

    fn orders(&self, patterns: &[&str]) -> Attached<Vec<ListedOrder>> {
        PartlyBroken::attached(patterns[0], self.0.orders(patterns).content)
    }
}

/// Four schools: the second is downstream of the first, and the third has a corp-id.
const SCHOOLS: [&str; 4] = [
    "[[school]]\ncode = \"1\"\nname = \"甲\"\n",
    "[[school]]\ncode = \"2\"\nname = \"乙\"\nupstream = \"1\"\n",
    "[[school]]\ncode = \"3\"\nname = \"丙\"\ncorp-id = \"ww1\"\n",
    "[[school]]\ncode = \"4\"\nname = \"丁\"\n",
];

/// Reads a plan in which a line stands for a school's `basic = 1`; returns the codes of the schools that are left.
fn left(top: &str, school: usize, line: &str) -> Option<Vec<String>> {
    let schools = SCHOOLS.iter().enumerate();
    let schools: String = schools
        .map(|(index, text)| format!("{text}{}\n", if index == school { line } else { "basic = 1" }))
        .collect();
    let files = PartlyBroken(Beside {
        orders: vec![order("OI1", RecordedKind::Purchase, date(2023, 1, 1), 1, YEAR)],
        ..Beside::default()
    });
    let cards = RateCards::embedded().unwrap();
    let options = ReadOptions { attachments: &files, ..ReadOptions::new(&cards) };
    let reading = read(
        &Arc::new(SourceFile::new("plan.toml", format!("date = 2023-03-01\n{top}\n{schools}"))),
        &options,
    );
    assert_eq!(reading.plan, None);
    let plan = reading.partial?;
    assert_eq!(plan.schools.len() + plan.left_out.len(), 4);
    // The order is of no school but the third, whether that is left out or not.
    assert!(!reading.diagnostics.iter().any(|problem| problem.code == Code::OrdersOfOthers));
    Some(plan.schools.into_iter().map(|school| school.code).collect())
}

#[test]
fn a_school_is_left_out_with_its_group_if_a_file_has_an_error() {
    let codes = |codes: &[&str]| Some(codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>());
    let orders = "orders = { from = [\"good\"] }";
    assert_eq!(left(orders, 0, "basic = 1\nheld = [{ from = \"bad\" }]"), codes(&["3", "4"]));
    assert_eq!(left(orders, 1, "[[school.app]]\nid = \"x\"\nroster = \"bad\""), codes(&["3", "4"]));
    assert_eq!(left(orders, 2, "basic = 1\nheld = [{ from = \"bad\" }]"), codes(&["1", "2", "4"]));
    assert_eq!(left("orders = { from = [\"bad\"] }", 9, ""), codes(&["1", "2", "4"]));
    // With an error in the plan itself, nothing is left.
    assert_eq!(left(orders, 0, "basic = 1\nheld = [{ from = \"bad\" }]\ncertification = \"x\""), None);
}
