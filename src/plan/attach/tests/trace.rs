//! Which orders the listed accounts come from, by the past that a plan has with them.

use super::*;
use crate::plan::{HeldLot, History, ListedUser, Plan};

const HALF: ListedTerm = ListedTerm::Length(Term { months: 6, days: 0 });

/// A user's account.
fn account(user: &str, activated: Date, expires: Date) -> ListedAccount {
    ListedAccount { user: user.to_owned(), account_type: AccountType::Basic, activated, expires }
}

fn bought(id: &str, paid: Date, basic: u32, term: ListedTerm) -> ListedOrder {
    order(id, RecordedKind::Purchase, paid, basic, term)
}

fn renewed(id: &str, paid: Date, users: &[&str], term: ListedTerm) -> ListedOrder {
    let user = |user: &&str| ListedUser { account_type: AccountType::Basic, user: (*user).into() };
    let basic = u32::try_from(users.len()).unwrap();
    ListedOrder {
        renewed: users.iter().map(user).collect(),
        ..order(id, RecordedKind::Renewal, paid, basic, term)
    }
}

fn plan_of(accounts: Vec<ListedAccount>, orders: Vec<ListedOrder>) -> Plan {
    let text = dated("orders = { from = \"o\" }", "basic = 60\nheld = [{ from = \"a\" }]\n");
    let reading = reading(&text, &Beside { accounts, orders });
    assert_eq!(reading.diagnostics, []);
    reading.plan.unwrap()
}

/// Returns the activations of a purchase in the past of a plan: day, number, and the expiry that they prolong.
fn activations(history: &History, id: &str) -> Vec<(Date, u32, Option<Date>)> {
    let purchases = history.plan.schools.iter().flat_map(|school| &school.purchases);
    let mut billed =
        purchases.filter(|purchase| purchase.bill.as_ref().is_some_and(|bill| bill.order_id == id));
    let activations = &billed.next().unwrap().activations;
    activations.iter().map(|one| (one.date, one.count, one.extends)).collect()
}

const TODAY: Date = date(2023, 3, 1);

#[test]
fn accounts_are_of_the_purchase_with_whose_term_they_expire() {
    let (paid, day) = (date(2023, 1, 10), date(2023, 1, 12));
    let accounts = vec![
        account("a", day, date(2024, 1, 19)),
        account("b", day, date(2023, 7, 17)),
        account("c", day, date(2024, 1, 19)),
    ];
    // Both are open on the day, and the first has codes for all.
    let plan = plan_of(accounts, vec![bought("o1", paid, 9, HALF), bought("o2", paid, 9, YEAR)]);
    let listed: Vec<u32> = plan.schools[0].purchases.iter().map(|purchase| purchase.listed.basic).collect();
    assert_eq!(listed, [1, 2]);
    let history = plan.history(TODAY, Vec::new());
    assert_eq!(activations(&history, "o1"), [(day, 1, None)]);
    assert_eq!(activations(&history, "o2"), [(day, 2, None)]);
}

#[test]
fn renewals_prolong_the_accounts_of_the_users_that_they_name() {
    let (first, day) = (date(2022, 11, 18), date(2022, 12, 1));
    let accounts = vec![account("a", first, date(2024, 12, 1)), account("b", first, date(2023, 11, 25))];
    let orders = vec![bought("o1", first, 2, YEAR), renewed("o2", day, &["a"], YEAR)];
    let history = plan_of(accounts, orders).history(TODAY, Vec::new());
    assert_eq!(activations(&history, "o1"), [(first, 2, None)]);
    assert_eq!(activations(&history, "o2"), [(day, 1, Some(date(2023, 11, 25)))]);
}

#[test]
fn a_renewal_that_names_nobody_is_of_accounts_that_last_so_much_longer() {
    let (first, day) = (date(2022, 11, 18), date(2022, 12, 1));
    let accounts = vec![account("a", first, date(2024, 12, 1)), account("b", first, date(2023, 11, 25))];
    let renewal = order("o2", RecordedKind::Renewal, day, 1, YEAR);
    let history = plan_of(accounts.clone(), vec![bought("o1", first, 2, YEAR), renewal.clone()])
        .history(TODAY, Vec::new());
    assert_eq!(activations(&history, "o2"), [(day, 1, Some(date(2023, 11, 25)))]);
    // Without the purchase, of those which expire first among the ones that can have been renewed.
    let history = plan_of(accounts, vec![renewal]).history(TODAY, Vec::new());
    assert_eq!(activations(&history, "o2"), [(day, 1, Some(date(2023, 11, 25)))]);
}

#[test]
fn a_renewal_of_the_upstream_prolongs_accounts_of_a_downstream() {
    let (first, day) = (date(2022, 11, 18), date(2022, 12, 1));
    let group =
        "[[school]]\ncode = \"2\"\nname = \"乙\"\nupstream = \"1\"\nbasic = 1\nheld = [{ from = \"a\" }]\n";
    let text = dated("orders = { from = \"o\" }", &format!("basic = 60\n{group}"));
    let orders = vec![bought("o1", first, 3, YEAR), renewed("o2", day, &["a"], YEAR)];
    let accounts = vec![account("a", first, date(2024, 12, 1)), account("b", first, date(2023, 11, 25))];
    let plan = reading(&text, &Beside { accounts, orders }).plan.unwrap();
    let history = plan.history(TODAY, Vec::new());
    assert_eq!(activations(&history, "o1"), [(first, 2, None)]);
    assert_eq!(activations(&history, "o2"), [(day, 1, Some(date(2023, 11, 25)))]);
    let holdings = history.plan.schools[0].holdings(&history.plan.card.term);
    assert_eq!(holdings.shortfalls, []);
    let running: Vec<(Date, u32)> =
        holdings.running(TODAY, TODAY).into_iter().map(|(_, expires, count)| (expires, count)).collect();
    assert_eq!(running, [(date(2023, 11, 25), 1), (date(2024, 12, 1), 1)]);
}

#[test]
fn a_code_that_was_activated_on_an_account_prolongs_it() {
    let (first, day) = (date(2021, 12, 1), date(2022, 12, 1));
    // The first expires on 2022-12-08, and the second lasts half a year from then.
    let orders = vec![bought("o1", first, 1, YEAR), bought("o2", date(2022, 11, 1), 1, HALF)];
    let stacked = Some(date(2022, 12, 8));
    let merged = vec![account("a", first, day), account("a", day, date(2023, 6, 12))];
    for (accounts, on) in [
        (merged, day),
        (vec![account("a", day, date(2023, 6, 12))], day),
        // The list does not say when: automatic activation does it 7 days before the end.
        (vec![account("a", first, date(2023, 6, 12))], day),
    ] {
        let plan = plan_of(accounts, orders.clone());
        let listed: Vec<u32> =
            plan.schools[0].purchases.iter().map(|purchase| purchase.listed.basic).collect();
        assert_eq!(listed, [1, 1]);
        let history = plan.history(TODAY, Vec::new());
        assert_eq!(activations(&history, "o1"), [(first, 1, None)]);
        assert_eq!(activations(&history, "o2"), [(on, 1, stacked)]);
    }
}

#[test]
fn codes_go_to_accounts_in_the_order_of_their_activations() {
    // Of three purchases with one term the last one's codes prolong the accounts of the first, later than the second one's
    // codes were activated: these have the same term, and must be activated earlier.
    let (first, second, third) = (date(2021, 12, 1), date(2022, 5, 2), date(2022, 11, 28));
    let orders =
        vec![bought("o1", first, 2, YEAR), bought("o2", second, 2, YEAR), bought("o3", third, 2, YEAR)];
    let day = date(2022, 12, 1);
    let stacked = ["a", "b"].map(|user| [account(user, first, day), account(user, day, date(2023, 12, 15))]);
    let others = ["c", "d"].map(|user| account(user, second, date(2023, 5, 9)));
    let plan = plan_of([stacked.concat(), others.to_vec()].concat(), orders);
    let listed: Vec<u32> = plan.schools[0].purchases.iter().map(|purchase| purchase.listed.basic).collect();
    assert_eq!(listed, [2, 2, 2]);
    let history = plan.history(TODAY, Vec::new());
    assert_eq!(activations(&history, "o1"), [(first, 2, None)]);
    assert_eq!(activations(&history, "o2"), [(second, 2, None)]);
    assert_eq!(activations(&history, "o3"), [(day, 2, Some(date(2022, 12, 8)))]);
}

#[test]
fn an_account_of_another_user_since_expires_as_its_code() {
    let (paid, day) = (date(2022, 11, 18), date(2022, 12, 1));
    let accounts = vec![account("a", date(2023, 2, 1), date(2023, 12, 8))];
    let history = plan_of(accounts, vec![bought("o1", paid, 1, YEAR)]).history(TODAY, Vec::new());
    assert_eq!(activations(&history, "o1"), [(day, 1, None)]);
}

#[test]
fn accounts_with_other_days_use_codes_up_but_keep_their_own_expiry() {
    let (paid, day) = (date(2023, 1, 10), date(2023, 1, 12));
    let plan = plan_of(vec![account("a", day, date(2026, 1, 1))], vec![bought("o1", paid, 3, YEAR)]);
    assert_eq!(plan.schools[0].purchases[0].listed.basic, 1);
    let history = plan.history(TODAY, Vec::new());
    assert_eq!(activations(&history, "o1"), []);
    let running = history.plan.schools[0].holdings(&history.plan.card.term).running(TODAY, TODAY);
    assert_eq!(running, [(AccountType::Basic, date(2026, 1, 1), 1)]);
}

#[test]
fn a_renewal_to_a_day_is_from_the_expiry_that_codes_explain() {
    let (paid, day, until) = (date(2022, 11, 18), date(2022, 12, 1), date(2024, 1, 1));
    let accounts = || vec![account("a", paid, until), account("b", paid, until)];
    let renewal = || renewed("o2", day, &["a", "b"], ListedTerm::Until(until));
    let history =
        plan_of(accounts(), vec![bought("o1", paid, 2, YEAR), renewal()]).history(TODAY, Vec::new());
    assert_eq!(activations(&history, "o2"), [(day, 2, Some(date(2023, 11, 25)))]);
    assert!(history.unexplained.is_empty() && history.earliest.is_none());
    // Two terms explain it.
    let orders = vec![bought("o1", paid, 2, YEAR), bought("o0", paid, 2, HALF), renewal()];
    let history = plan_of(accounts(), orders).history(TODAY, Vec::new());
    assert!(history.unexplained.contains("o2"));
    assert_eq!(activations(&history, "o1"), [(paid, 2, None)]);
    // No purchase is known.
    let history = plan_of(accounts(), vec![renewal()]).history(TODAY, Vec::new());
    assert!(history.unexplained.contains("o2"));
    let held = |plan: &Plan| plan.schools[0].held.iter().map(|lot: &HeldLot| lot.expires).collect::<Vec<_>>();
    assert_eq!(held(&history.plan), []);
    assert_eq!(held(&history.earliest.unwrap()), [day, day].into_iter().take(1).collect::<Vec<_>>());
}

#[test]
fn how_long_an_account_lasted_on_which_a_code_was_activated_is_not_known_without_its_purchase() {
    let (first, stacked, day) = (date(2022, 6, 1), date(2022, 12, 1), date(2023, 2, 1));
    let until = date(2024, 8, 1);
    let accounts = vec![account("a", first, stacked), account("a", stacked, until)];
    let renewal = renewed("o2", day, &["a"], ListedTerm::Until(until));
    let bought = |id, paid, term| bought(id, paid, 1, term);
    let second = bought("o1", date(2022, 11, 1), YEAR);
    // Up to 20 days may have been left.
    let history = plan_of(accounts.clone(), vec![second.clone(), renewal.clone()]).history(TODAY, Vec::new());
    assert!(history.unexplained.contains("o2"));
    assert_eq!(activations(&history, "o2"), [(day, 1, Some(date(2023, 12, 28)))]);
    // The first was for half a year, so that it were 4.
    let orders = vec![bought("o0", first, HALF), second, renewal];
    let history = plan_of(accounts, orders).history(TODAY, Vec::new());
    assert!(history.unexplained.is_empty());
    assert_eq!(activations(&history, "o1"), [(stacked, 1, Some(date(2022, 12, 4)))]);
    assert_eq!(activations(&history, "o2"), [(day, 1, Some(date(2023, 12, 11)))]);
}

#[test]
fn accounts_renewed_to_a_day_keep_the_codes_that_later_accounts_could_have() {
    let month = ListedTerm::Length(Term { months: 1, days: 0 });
    let longer = ListedTerm::Length(Term { months: 1, days: 1 });
    let (first, second, third) = (date(2022, 6, 1), date(2022, 7, 15), date(2022, 7, 16));
    let until = date(2022, 9, 16);
    let accounts = vec![
        account("a", first, date(2022, 7, 3)),
        account("b", second, until),
        account("c", third, date(2022, 8, 16)),
    ];
    // On the second day codes of two terms are open, of which the longer ones are used up; codes of the last purchase
    // could not be activated yet, so that those of the one before are not for the third day.
    let orders = vec![
        bought("o1", first, 1, longer),
        bought("o2", first, 1, month),
        bought("o3", third, 1, month),
        renewed("o4", date(2022, 8, 8), &["b"], ListedTerm::Until(until)),
    ];
    let plan = plan_of(accounts, orders);
    let listed: Vec<u32> = plan.schools[0].purchases.iter().map(|purchase| purchase.listed.basic).collect();
    assert_eq!(listed, [1, 1, 1, 1]);
    let history = plan.history(TODAY, Vec::new());
    assert_eq!(activations(&history, "o2"), [(second, 1, None)]);
    assert!(history.unexplained.is_empty());
}

#[test]
fn a_code_is_taken_to_be_of_the_purchase_that_leaves_codes_for_all_accounts() {
    // 372 days from the tenth day left of the account before, or 381 from the first.
    let until = date(2023, 12, 18);
    let (first, stacked, day) = (date(2022, 6, 1), date(2022, 12, 1), date(2022, 12, 2));
    let accounts = vec![account("a", first, stacked), account("a", stacked, until), account("b", day, until)];
    let longer = ListedTerm::Length(Term { months: 12, days: 9 });
    let orders = vec![bought("o1", date(2022, 11, 1), 1, YEAR), bought("o2", stacked, 1, longer)];
    let history = plan_of(accounts.clone(), orders).history(TODAY, Vec::new());
    assert_eq!(activations(&history, "o1"), [(stacked, 1, Some(date(2022, 12, 11)))]);
    assert_eq!(activations(&history, "o2"), [(day, 1, None)]);
    // If the account with codes of two terms to choose from is the only one, as few days as can be were left of it.
    let orders = vec![bought("o1", date(2022, 11, 1), 1, YEAR), bought("o2", stacked, 1, longer)];
    let history = plan_of(accounts[..2].to_vec(), orders).history(TODAY, Vec::new());
    assert_eq!(activations(&history, "o2"), [(stacked, 1, Some(day))]);
}
