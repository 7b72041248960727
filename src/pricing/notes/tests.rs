use crate::rates::Confidence;
use jiff::civil::date;

use super::super::fixture::{
    card, codes, group, k12, member, months, order, quote, quote_under, unconfirmed_facts,
};
use super::*;
use crate::account::{AccountType, Counts, PerType, Term};
use crate::customer::Customer;
use crate::money::Money;
use crate::pricing::{Member, NoteCode, quote_orders};

#[track_caller]
fn assert_facts(order: &Order, facts: &[&str]) {
    assert_eq!(unconfirmed_facts(&quote(order, None)), facts);
}

#[track_caller]
fn assert_note(quote: &OrderQuote, note: &NoteKind) {
    assert!(quote.notes.iter().any(|known| known.kind == *note), "{:?}", quote.notes);
}

#[test]
fn a_price_is_noted_from_the_account_that_it_prices() {
    for (basic, interop, facts) in [
        (200, 0, &[][..]),
        (500, 0, &["P3"]),
        (0, 500, &[]),
        (0, 501, &["P4", "P3"]),
        (1_000, 0, &["P3", "P4"]),
        (1_001, 0, &["P3", "P4"]),
        (0, 10_000, &["P4", "P3"]),
        (200, 500, &[]),
    ] {
        assert_facts(&order(basic, interop), facts);
        assert_eq!(codes(&quote(&order(basic, interop), None)), []);
    }
}

#[test]
fn negotiated_accounts_are_noted_priced_or_not() {
    let unpriced = quote(&order(10_001, 0), None);
    assert_eq!(unconfirmed_facts(&unpriced), ["P3", "P4", "P5"]);
    assert_eq!(codes(&unpriced), [NoteCode::NegotiatedUnpriced]);
    assert_note(
        &unpriced,
        &NoteKind::NegotiatedUnpriced { account_type: AccountType::Basic, count: 1, from: 10_001 },
    );
    let price = PerType { basic: "0.80".parse().ok(), interop: None };
    let priced = quote(&Order { negotiated: price, ..order(10_001, 0) }, None);
    assert_eq!(unconfirmed_facts(&priced), ["P3", "P4", "P5"]);
    assert_eq!(codes(&priced), []);
}

#[test]
fn held_accounts_are_noted_where_the_same_type_is_bought() {
    let with_held = |basic, interop| {
        let mut order = order(basic, interop);
        order.members[0].held.longer = Counts { basic: 180, interop: 0 };
        order
    };
    assert_facts(&with_held(10, 0), &["P12"]);
    assert_facts(&with_held(0, 10), &[]);
    assert_facts(&Order { renewal: true, ..with_held(10, 0) }, &["P13"]);
    assert_facts(&Order { renewal: true, ..order(10, 0) }, &["P13"]);
}

#[test]
fn a_term_is_noted_unless_it_is_one_year() {
    let bought = |months, days| Order { term: Term { months, days }, ..order(0, 12) };
    assert_facts(&bought(12, 0), &[]);
    assert_facts(&bought(6, 0), &["P7"]);
    assert_facts(&bought(18, 0), &["P7", "P11"]);
    assert_facts(&bought(24, 0), &["P11"]);
    assert_facts(&bought(0, 186), &["P8"]);
    assert_facts(&bought(12, 186), &["P8", "P11"]);
}

#[test]
fn rounding_is_noted_where_it_changes_the_price() {
    assert_facts(&Order { term: months(7), ..order(1, 0) }, &["P7", "P10"]);
    assert_facts(&Order { term: months(6), ..order(1, 0) }, &["P7"]);
}

#[test]
fn a_group_is_noted_where_others_buy_with_the_payer() {
    assert_facts(&group(vec![member("up", 5, 0), member("down", 5, 0)]), &["U3", "U4"]);
    assert_facts(&group(vec![member("up", 5, 0), member("down", 0, 0)]), &[]);
    let internal = Member { charged: false, ..member("down", 5, 0) };
    let quote = quote(&group(vec![member("up", 5, 0), internal]), None);
    assert_eq!(unconfirmed_facts(&quote), [""; 0]);
    assert_eq!(codes(&quote), [NoteCode::MemberInternalAppsOnly]);
    assert_eq!(quote.priced.to_string(), "25.00");
}

#[test]
fn a_test_enterprise_is_free_and_says_so() {
    let quote = quote(&Order { test_enterprise: true, term: months(1), ..order(12, 0) }, None);
    assert_eq!(codes(&quote), [NoteCode::TestEnterprise]);
    assert_eq!(unconfirmed_facts(&quote), ["P7", "P10", "P14"]);
    assert_note(&quote, &NoteKind::TestEnterprise { worth: Money::from_fen(442) });
}

#[test]
fn a_waiver_is_noted_by_its_dates() {
    let school = Order { customer: k12(), ..order(150, 0) };
    let on = |day| quote(&school, day);
    assert_eq!(codes(&on(Some(date(2023, 3, 30)))), []);
    assert_eq!(unconfirmed_facts(&on(Some(date(2023, 3, 30)))), [""; 0]);
    assert_eq!(codes(&on(Some(date(2023, 3, 31)))), []);
    assert_eq!(unconfirmed_facts(&on(Some(date(2023, 3, 31)))), ["V5"]);
    assert_eq!(codes(&on(Some(date(2023, 4, 1)))), [NoteCode::WaiverEnded]);
    assert_eq!(unconfirmed_facts(&on(Some(date(2023, 4, 1)))), [""; 0]);
    assert_eq!(codes(&on(None)), [NoteCode::WaiverUndated]);
    let (last_day, worth) = (date(2023, 3, 31), Money::from_fen(60_500));
    assert_note(&on(None), &NoteKind::WaiverUndated { last_day, worth });
}

#[test]
fn a_downstream_that_would_be_waived_alone_is_hinted_at() {
    let down = Member { customer: k12(), ..member("小学", 3, 0) };
    let both = group(vec![member("up", 5, 0), down]);
    let quote = quote(&both, None);
    assert_eq!(codes(&quote), [NoteCode::DownstreamWaivedAlone]);
    let (name, saving) = ("小学".to_owned(), Money::from_fen(1_200));
    assert_note(&quote, &NoteKind::DownstreamWaivedAlone { name, saving });
}

#[test]
fn a_downstream_on_its_own_tiers_saves_what_it_costs_there() {
    let down = |name, basic| Member { customer: k12(), ..member(name, basic, 0) };
    let found = quote_under("member", &group(vec![member("up", 5, 0), down("小学", 8), down("中学", 3)]));
    // 5×5+3×4 and 3×5.
    for (name, fen) in [("小学", 3_700), ("中学", 1_500)] {
        let (name, saving) = (name.to_owned(), Money::from_fen(fen));
        assert_note(&found, &NoteKind::DownstreamWaivedAlone { name, saving });
    }
}

#[test]
fn a_group_that_buys_for_a_waived_downstream_alone_saves_everything_without_it() {
    let down = Member { customer: k12(), ..member("小学", 3, 0) };
    let found = quote(&group(vec![member("up", 0, 0), down]), None);
    let (name, saving) = ("小学".to_owned(), Money::from_fen(1_500));
    assert_note(&found, &NoteKind::DownstreamWaivedAlone { name, saving });
}

#[test]
fn only_a_downstream_that_a_paying_group_buys_for_is_hinted_at() {
    let school = |name, basic| Member { customer: k12(), ..member(name, basic, 0) };
    assert_eq!(
        codes(&quote(&group(vec![school("up", 5), school("down", 3)]), None)),
        [NoteCode::WaiverUndated]
    );
    assert_eq!(codes(&quote(&group(vec![member("up", 5, 0), school("down", 0)]), None)), []);
    let internal = Member { charged: false, ..school("down", 3) };
    let with_internal = quote(&group(vec![member("up", 5, 0), internal]), None);
    assert_eq!(codes(&with_internal), [NoteCode::MemberInternalAppsOnly]);
    let payer_unverified = Order { customer: Customer::default(), ..group(vec![school("up", 5)]) };
    assert_eq!(codes(&quote(&payer_unverified, None)), []);
}

#[test]
fn no_downstream_is_hinted_at_once_the_waiver_has_ended() {
    let down = Member { customer: k12(), ..member("小学", 5, 0) };
    let both = group(vec![member("up", 5, 0), down]);
    assert_eq!(codes(&quote(&both, Some(date(2023, 4, 1)))), []);
}

#[test]
fn an_order_of_internal_apps_is_explained_by_nothing_else() {
    let internal = Member { charged: false, ..member("payer", 5, 0) };
    let quote = quote(&Order { customer: k12(), ..group(vec![internal]) }, None);
    assert_eq!(codes(&quote), [NoteCode::InternalAppsOnly]);
    assert_eq!((quote.priced.fen(), quote.formula.as_str()), (0, "0"));
    assert_eq!((quote.waiver, quote.notes.len()), (None, 1));
}

#[test]
fn an_unconfirmed_order_says_so() {
    let unconfirmed = Order { status: OrderStatus::Unconfirmed, ..order(5, 0) };
    assert_eq!(codes(&quote(&unconfirmed, None)), [NoteCode::Unconfirmed]);
}

#[test]
fn a_rule_that_is_unconfirmed_on_another_card_is_noted() {
    let mut card = card();
    for fact in std::sync::Arc::make_mut(&mut card.facts) {
        if ["P6", "W1", "V2"].contains(&&*fact.id) {
            fact.standing = Confidence::Reported;
        }
    }
    let of = |order: &Order| {
        let quote = quote_orders(&card, None, std::slice::from_ref(order)).unwrap().orders.remove(0);
        unconfirmed_facts(&quote).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(of(&order(5, 0)), ["W1", "P6"]);
    assert_eq!(of(&Order { customer: k12(), ..order(5, 0) }), ["W1", "P6", "V2"]);
    let internal = Member { charged: false, ..member("payer", 5, 0) };
    assert_eq!(of(&group(vec![internal])), ["W1"]);
}

/// 180 held and 50 bought, all to expire together: only "longer" in P12 keeps the 50 in the first tiers.
#[test]
fn an_equal_term_that_decides_the_price_is_noted() {
    let mut equal = order(50, 0);
    equal.members[0].held.equal = Counts { basic: 180, interop: 9 };
    let found = quote(&equal, None);
    assert_eq!(found.list_price().unwrap().to_string(), "205.00");
    assert_eq!(codes(&found), [NoteCode::HeldExpiresWith]);
    assert_eq!(unconfirmed_facts(&found), ["P12"]);
    let (held, list_price) = (Counts { basic: 180, interop: 0 }, Some(Money::from_fen(17_000)));
    assert_note(&found, &NoteKind::HeldExpiresWith { held, comes_first: false, list_price });
    assert!(found.facts.contains(&"P2".to_owned()) && found.facts.contains(&"P12".to_owned()));
}

#[test]
fn an_equal_term_that_decides_nothing_is_not_noted() {
    let has_hint = |order: &Order| codes(&quote(order, None)).contains(&NoteCode::HeldExpiresWith);
    let mut other_type = order(50, 0);
    other_type.members[0].held.equal.interop = 180;
    assert!(!has_hint(&other_type));
    let mut same_tier = order(50, 0);
    same_tier.members[0].held.longer = Counts { basic: 10, interop: 0 };
    same_tier.members[0].held.equal = Counts { basic: 100, interop: 0 };
    assert!(!has_hint(&same_tier));
    let mut renewal = order(50, 0);
    renewal.members[0].held.equal.basic = 180;
    assert!(has_hint(&renewal));
    renewal.renewal = true;
    assert!(!has_hint(&renewal));
}

#[test]
fn an_equal_term_can_lead_beyond_the_list() {
    let mut equal = order(50, 0);
    equal.members[0].held.equal.basic = 10_000;
    let found = quote(&equal, None);
    let held = Counts { basic: 10_000, interop: 0 };
    assert_note(&found, &NoteKind::HeldExpiresWith { held, comes_first: false, list_price: None });
}

/// 180 held and 50 bought, as above: where the 180 come first, the 50 are accounts 181–230.
#[test]
fn an_equal_term_that_comes_first_is_noted_with_the_price_if_it_did_not() {
    let mut equal = order(50, 0);
    equal.members[0].held.equal.basic = 180;
    let found = quote_under("at-least", &equal);
    assert_eq!(found.list_price().unwrap().to_string(), "170.00");
    let (held, list_price) = (Counts { basic: 180, interop: 0 }, Some(Money::from_fen(20_500)));
    assert_note(&found, &NoteKind::HeldExpiresWith { held, comes_first: true, list_price });
    for word in ["none", "none+unactivated"] {
        let found = quote_under(word, &equal);
        assert_eq!((found.list_price().unwrap().to_string(), codes(&found)), ("205.00".to_owned(), vec![]));
    }
}

#[test]
fn a_renewal_rests_on_held_accounts_where_these_come_before_it() {
    let mut renewal = Order { renewal: true, ..order(50, 0) };
    renewal.members[0].held.longer.basic = 180;
    let found = quote_under("after-held", &renewal);
    assert_eq!(found.list_price().unwrap().to_string(), "170.00");
    assert_eq!(unconfirmed_facts(&found), ["P3", "P13", "P12"]);
    assert_eq!(unconfirmed_facts(&quote(&renewal, None)), ["P13"]);
}

/// One account after four is the fifth, at the price of the first; after five it is the sixth.
#[test]
fn unactivated_codes_are_noted_where_they_would_change_the_price() {
    let with_codes = |basic| {
        let mut order = order(1, 0);
        order.members[0].held.unactivated.basic = basic;
        order
    };
    assert_facts(&with_codes(4), &[]);
    assert_facts(&with_codes(5), &["P12"]);
}
