use std::sync::Arc;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::diagnostic::SourceFile;
use crate::money::Money;
use crate::plan::{Attached, Attachments, ListedAccount, ListedOrder, ReadOptions, read};
use crate::planning::quote::quote_plan;
use crate::pricing::NoteKind;
use crate::rates::RateCards;

/// Rosters and account lists by what a plan names: users `a-b`, and accounts such as `b:a i:x` of the users `a` and `x`.
struct Named;

impl Attachments for Named {
    fn roster(&self, pattern: &str, _: Option<&str>) -> Attached<UserSet> {
        Attached { content: pattern.split('-').filter(|id| *id != ".").collect(), diagnostics: Vec::new() }
    }

    fn accounts(&self, pattern: &str) -> Attached<AccountList> {
        let account = |text: &str| {
            let (account_type, user) = text.split_once(':').unwrap();
            let expires = if user.contains('!') { date(2022, 11, 18) } else { date(2023, 11, 25) };
            ListedAccount {
                user: user.trim_end_matches('!').to_owned(),
                account_type: if account_type == "b" { AccountType::Basic } else { AccountType::Interop },
                activated: date(2022, 11, 1),
                expires,
            }
        };
        let accounts = pattern.split(' ').filter(|text| text.contains(':')).map(account).collect();
        Attached { content: AccountList { accounts, codes: Vec::new() }, diagnostics: Vec::new() }
    }

    fn orders(&self, _: &[&str]) -> Attached<Vec<ListedOrder>> {
        Attached::default()
    }
}

fn plan(schools: &str) -> Plan {
    let cards = RateCards::embedded().unwrap();
    let options = ReadOptions { attachments: &Named, ..ReadOptions::new(&cards) };
    let text = format!("date = 2022-11-18\n{schools}");
    let reading = read(&Arc::new(SourceFile::new("plan.toml", text)), &options);
    reading.plan.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

fn school(code: &str, basic: &str, interop: &str, accounts: &str) -> String {
    format!(
        "[[school]]\ncode = \"{code}\"\nname = \"{code}\"\nheld = [{{ from = \"{accounts} .\" }}]\n\
         [[school.app]]\nid = \"b\"\nroster = \"{basic}\"\n\
         [[school.app]]\nid = \"i\"\nneeds = \"interop\"\nroster = \"{interop}\"\n"
    )
}

fn basic(count: u32) -> Counts {
    Counts { basic: count, interop: 0 }
}

fn names<'p>(names: &PerType<Vec<&'p str>>) -> (Vec<&'p str>, Vec<&'p str>) {
    let sorted = |names: &Vec<&'p str>| {
        let mut names = names.clone();
        names.sort_unstable();
        names
    };
    (sorted(&names.basic), sorted(&names.interop))
}

#[test]
fn accounts_are_put_to_users_by_name() {
    // a has one, b an interop one, c one that ran out, d none, e needs interop and has basic; f needs and has both.
    let plan = plan(&school("1", "a-b-c-d", "e-f", "b:a i:b b:c! b:e b:f i:f b:x b:y i:z b:"));
    let found = &assignments(&plan)[0];
    assert_eq!(names(&found.without_account), (vec!["c", "d"], vec!["e"]));
    assert_eq!(names(&found.off_roster), (vec!["", "x", "y"], vec!["z"]));
    assert_eq!(names(&found.unneeded), (vec!["e", "f"], vec![]));
    let expected = Transfers { off_roster: Counts { basic: 2, interop: 1 }, between_users: Counts::ZERO };
    assert_eq!((found.transfers, found.to_buy), (expected, Counts::ZERO));
}

#[test]
fn what_transfers_save_is_what_would_have_to_be_bought() {
    // Twelve accounts of people who left, twenty users without one.
    let ids = |prefix: &str, count: usize| (0..count).map(|id| format!("{prefix}{id}")).collect::<Vec<_>>();
    let accounts = [ids("b:left", 12), ids("b:user", 30)].concat().join(" ");
    let plan = plan(&school("1", &ids("user", 50).join("-"), ".", &accounts));
    let found = assignments(&plan);
    let savings = transfer_savings(&plan, &found);
    let expected = TransferFigures {
        off_roster: basic(12),
        unneeded: Counts::ZERO,
        transfers: basic(12),
        without_account: basic(20),
        to_buy: basic(8),
        // 8 for 5×5+3×4, 20 for 5×5+15×4; the 42 accounts expire with the order, and come first in neither.
        saving: Some("48.00".parse::<Money>().unwrap()),
    };
    assert_eq!(savings[0].figures, expected);
    let quote = quote_plan(&plan).unwrap().quote;
    assert!(quote.orders[0].notes.iter().any(|note| note.kind == NoteKind::TransfersFirst(expected)));
}

#[test]
fn a_group_saves_together() {
    let schools = [
        school("1", "a-b-c", ".", "b:x b:y"),
        school("2", "d-e", ".", "b:z")
            .replace("[[school.app]]\nid = \"b\"", "upstream = \"1\"\n[[school.app]]\nid = \"b\""),
        school("3", "f", ".", "b:f"),
    ];
    let plan = plan(&schools.concat());
    let found = assignments(&plan);
    assert_eq!(found.iter().map(|found| found.school).collect::<Vec<_>>(), [0, 1, 2]);
    let savings = transfer_savings(&plan, &found);
    assert_eq!(savings.len(), 1);
    let figures = savings[0].figures;
    assert_eq!((figures.off_roster, figures.transfers, figures.to_buy), (basic(3), basic(3), basic(2)));
    assert_eq!(figures.saving, Some("15.00".parse().unwrap()));
}

#[test]
fn schools_without_names_are_left_out() {
    let by_hand = "[[school]]\ncode = \"1\"\nname = \"1\"\nbasic = 5\n";
    let without_accounts = school("2", "a", ".", "").replace("held = [{ from = \" .\" }]\n", "");
    let internal = school("3", "a", ".", "b:a").replace("id = ", "kind = \"internal\"\nid = ");
    let plan = plan(&[by_hand, &without_accounts, &internal].concat());
    assert_eq!(assignments(&plan), []);
}

proptest! {
    /// Users without an account are served by transfers or by what the quote buys, none twice.
    #[test]
    fn transfers_and_the_quote_serve_everybody(
        users in prop::collection::vec(0..3_u8, 1..12),
        accounts in prop::collection::vec((any::<bool>(), 0..16_u8), 0..16),
    ) {
        let of = |needs: u8| {
            let ids = (0_u8..).zip(&users).filter(|(_, need)| **need == needs);
            ids.map(|(id, _)| format!("u{id}")).chain([".".to_owned()]).collect::<Vec<_>>().join("-")
        };
        let mut seen = std::collections::BTreeSet::new();
        let accounts: Vec<String> = accounts
            .iter()
            .filter(|account| seen.insert(**account))
            .map(|(is_basic, user)| format!("{}:u{user}", if *is_basic { "b" } else { "i" }))
            .collect();
        prop_assume!(users.iter().any(|need| *need < 2));
        let plan = plan(&school("1", &of(0), &of(1), &accounts.join(" ")));
        let found = &assignments(&plan)[0];
        let without = counts(&found.without_account);
        let Transfers { off_roster, between_users } = found.transfers;
        let unneeded = counts(&found.unneeded);
        prop_assert_eq!(without.interop - off_roster.interop - between_users.interop, found.to_buy.interop);
        // Who gives his interop account away needs a basic one.
        let given = between_users.interop.saturating_sub(unneeded.interop.min(without.interop - off_roster.interop));
        prop_assert_eq!(without.basic + given - off_roster.basic - between_users.basic, found.to_buy.basic);
        prop_assert!(off_roster.basic + off_roster.interop <= counts(&found.off_roster).basic + counts(&found.off_roster).interop);
    }
}
