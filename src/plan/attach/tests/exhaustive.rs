//! Codes of random accounts, compared with all ways in which codes can have become them: what is listed of each purchase
//! must be one of these.

use std::collections::BTreeSet;

use jiff::ToSpan;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::plan::{ListedUser, Plan};

/// Codes of the payer (0) or its downstream (1); days are counted from the first.
#[derive(Debug, Clone)]
struct Bought {
    school: usize,
    paid: i32,
    months: u32,
    count: u32,
}

/// An account as the list has it.
#[derive(Debug, Clone)]
struct Listed {
    school: usize,
    activated: i32,
    expires: i32,
    is_renewed: bool,
}

#[derive(Debug, Clone)]
struct Group {
    bought: Vec<Bought>,
    accounts: Vec<Listed>,
    /// Day of payment and new expiry of a renewal.
    renewal: Option<(i32, i32)>,
}

const FIRST: Date = date(2022, 6, 1);
/// The fewest days of a term (P6).
const LEAST_DAYS: i32 = 31;

fn day(after: i32) -> Date {
    FIRST + after.days()
}

impl Group {
    /// Makes accounts of codes: the number of a purchase, days after its payment, and whether the payer's codes serve the
    /// downstream and the account is one of those renewed.
    fn new(bought: Vec<Bought>, uses: Vec<(usize, i32, bool, bool)>, renews: Option<usize>) -> Group {
        let mut left: Vec<u32> = bought.iter().map(|bought| bought.count).collect();
        let mut accounts = Vec::new();
        let mut wants = Vec::new();
        for (of, delay, is_shared, is_wanted) in uses {
            let of = of % bought.len();
            if left[of] == 0 {
                continue;
            }
            left[of] -= 1;
            let Bought { school, paid, .. } = bought[of];
            let school = if is_shared { 1 } else { school };
            let activated = paid + delay;
            accounts.push(Listed {
                school,
                activated,
                expires: activated + bought[of].days(),
                is_renewed: false,
            });
            wants.push(is_wanted);
        }
        let renewed = renews.filter(|_| !accounts.is_empty()).map(|at| accounts[at % accounts.len()].expires);
        let renewal = renewed.map(|old| (old - 1, old + LEAST_DAYS + 9));
        if let (Some(old), Some((_, until))) = (renewed, renewal) {
            let of_expiry = accounts.iter_mut().zip(wants).filter(|(account, _)| account.expires == old);
            for (number, (account, is_wanted)) in of_expiry.enumerate() {
                if number == 0 || is_wanted {
                    (account.expires, account.is_renewed) = (until, true);
                }
            }
        }
        Group { bought, accounts, renewal }
    }

    fn plan(&self) -> Plan {
        let text = "date = 2023-05-01\norders = { from = \"o\" }\n\
            [[school]]\ncode = \"0\"\nname = \"A\"\ncorp-id = \"ww0\"\nbasic = 1\nheld = [{ from = \"0\" }]\n\
            [[school]]\ncode = \"1\"\nname = \"B\"\ncorp-id = \"ww1\"\nbasic = 1\nupstream = \"0\"\nheld = [{ from = \"1\" }]\n";
        let reading = read(
            &Arc::new(SourceFile::new("plan.toml", text)),
            &ReadOptions { attachments: self, ..ReadOptions::new(&RateCards::embedded().unwrap()) },
        );
        reading.plan.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
    }

    /// Returns how many codes of each purchase have become accounts, in all ways that are possible.
    fn possible(&self) -> BTreeSet<Vec<u32>> {
        let mut found = BTreeSet::new();
        self.assign(&mut vec![0; self.bought.len()], (0, None), &mut found);
        found
    }

    fn assign(
        &self,
        used: &mut Vec<u32>,
        (at, renewed): (usize, Option<i32>),
        found: &mut BTreeSet<Vec<u32>>,
    ) {
        let Some(account) = self.accounts.get(at) else {
            found.insert(used.clone());
            return;
        };
        for (of, bought) in self.bought.iter().enumerate() {
            let serves = bought.school == account.school || bought.school == 0;
            let first = account.activated + bought.days();
            let fits = match self.renewal.filter(|_| account.is_renewed) {
                None => first == account.expires,
                Some((paid, until)) => {
                    paid <= first && first + LEAST_DAYS <= until && renewed.is_none_or(|old| old == first)
                }
            };
            if serves && bought.paid <= account.activated && fits && used[of] < bought.count {
                used[of] += 1;
                let renewed = if account.is_renewed { Some(first) } else { renewed };
                self.assign(used, (at + 1, renewed), found);
                used[of] -= 1;
            }
        }
    }
}

impl Bought {
    fn days(&self) -> i32 {
        i32::try_from(self.months).unwrap() * 31
    }
}

impl Attachments for Group {
    fn roster(&self, _: &str, _: Option<&str>) -> Attached<UserSet> {
        Attached::default()
    }

    fn accounts(&self, school: &str) -> Attached<AccountList> {
        let of_school = self.accounts.iter().enumerate().filter(|(_, one)| one.school.to_string() == school);
        let accounts = of_school.map(|(number, account)| ListedAccount {
            user: format!("user-{number}"),
            account_type: AccountType::Basic,
            activated: day(account.activated),
            expires: day(account.expires),
        });
        let content = AccountList { accounts: accounts.collect(), codes: Vec::new() };
        Attached { content, diagnostics: Vec::new() }
    }

    fn orders(&self, _: &[&str]) -> Attached<Vec<ListedOrder>> {
        let bought = self.bought.iter().enumerate().map(|(index, bought)| ListedOrder {
            corp_id: format!("ww{}", bought.school),
            ..order(
                &format!("o{index}"),
                RecordedKind::Purchase,
                day(bought.paid),
                bought.count,
                ListedTerm::Length(Term { months: bought.months, days: 0 }),
            )
        });
        let renewal = self.renewal.map(|(paid, until)| {
            let renewed = self.accounts.iter().enumerate().filter(|(_, account)| account.is_renewed);
            let renewed: Vec<ListedUser> = renewed
                .map(|(number, _)| ListedUser {
                    account_type: AccountType::Basic,
                    user: format!("user-{number}").into(),
                })
                .collect();
            let count = u32::try_from(renewed.len()).unwrap();
            let to_a_day = ListedTerm::Until(day(until));
            ListedOrder {
                corp_id: "ww0".to_owned(),
                renewed,
                ..order("renewal", RecordedKind::Renewal, day(paid), count, to_a_day)
            }
        });
        Attached { content: bought.chain(renewal).collect(), diagnostics: Vec::new() }
    }
}

fn group() -> impl Strategy<Value = Group> {
    let bought =
        (prop_oneof![2 => Just(0usize), 1 => Just(1)], prop_oneof![0i32..4, 0i32..50], 1u32..4, 1u32..4)
            .prop_map(|(school, paid, months, count)| Bought { school, paid, months, count });
    let delay = prop_oneof![0i32..3, 0i32..40];
    let uses = prop::collection::vec((0usize..3, delay, any::<bool>(), any::<bool>()), 1..7);
    let renews = prop::option::of(0usize..6);
    (prop::collection::vec(bought, 1..4), uses, renews)
        .prop_map(|(bought, uses, renews)| Group::new(bought, uses, renews))
}

/// Always the same cases; `PROPTEST_CASES` asks for as many others.
fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if asked.is_some() { ProptestConfig::default().rng_seed } else { RngSeed::Fixed(1) };
    ProptestConfig {
        cases: asked.unwrap_or(512),
        rng_seed,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_codes_of_accounts_are_those_of_a_way_that_is_possible(group in group()) {
        let plan = group.plan();
        let mut listed = vec![0; group.bought.len()];
        for purchase in plan.schools.iter().flat_map(|school| &school.purchases) {
            let id = &purchase.bill.as_ref().unwrap().order_id;
            if let Some(at) = id.strip_prefix('o').and_then(|at| at.parse::<usize>().ok()) {
                listed[at] = purchase.listed.basic;
            }
        }
        let possible = group.possible();
        prop_assert!(possible.contains(&listed), "{listed:?} is none of {possible:?}");
    }
}
