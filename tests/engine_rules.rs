//! The engine prices under every variant of every rule as the slow reference does, and as computed by hand.

use proptest::prelude::*;
use wxlicense::Counts;
use wxlicense::pricing::{Order, OrderQuote, PriceTable, Purchase, PurchaseKind, quote_orders};
use wxlicense::rates::{RateCard, RateCards, Rule};

use crate::engine_properties::{any_card, config};
use crate::reference::order::{Part, Rules, WholeOrder};
use crate::reference::wecom;
use crate::targets::prices::agrees;
use crate::targets::reference_input::{
    GROUP, NEGOTIATED, NEW_PURCHASE, RENEWAL, ROUNDED_PER, ROUNDING_MODES, card_text, order_of, read,
    text_with_rules,
};

pub(crate) fn any_rules() -> impl Strategy<Value = Rules> {
    let word = |words: &'static [&'static str]| prop::sample::select(words);
    (
        word(NEGOTIATED),
        prop_oneof![Just(372u64), Just(365), Just(366), 1..=400u64],
        word(ROUNDED_PER),
        word(ROUNDING_MODES),
        word(NEW_PURCHASE),
        word(RENEWAL),
        word(GROUP),
    )
        .prop_map(|(negotiated, by_days, per, mode, new_purchase, renewal, group)| Rules {
            negotiated,
            by_days,
            per,
            mode,
            new_purchase,
            renewal,
            group,
        })
}

fn part() -> impl Strategy<Value = Part> {
    let counts = |most: u64| [0..=most, 0..=most];
    (counts(700), counts(300), counts(300), counts(300))
        .prop_map(|(bought, longer, equal, unactivated)| Part { bought, longer, equal, unactivated })
}

fn whole_order() -> impl Strategy<Value = WholeOrder> {
    let negotiated = || prop::option::of(0..=99_999u64);
    let term = prop_oneof![(1..=60u64, Just(0u64)), (0..=59u64, 1..=400u64)];
    let parts = prop::collection::vec(part(), 1..=4);
    (parts, part(), any::<bool>(), term, [negotiated(), negotiated()]).prop_filter_map(
        "an order has accounts",
        |(parts, others, is_renewal, (months, days), negotiated)| {
            let buys = parts.iter().any(|part| part.bought != [0, 0]);
            buys.then_some(WholeOrder { parts, others, is_renewal, months, days, negotiated })
        },
    )
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_rule_prices_as_the_reference_does(
        (list, negotiated_tail) in any_card(),
        rules in any_rules(),
        whole in whole_order(),
    ) {
        agrees(&list, negotiated_tail, &rules, &whole);
    }

    /// The price alone, without lines.
    #[test]
    fn a_price_alone_is_that_of_its_lines(
        (list, negotiated_tail) in any_card(),
        rules in any_rules(),
        whole in whole_order(),
    ) {
        let table = PriceTable::new(&read(&text_with_rules(&list, negotiated_tail, &rules))).unwrap();
        let order = order_of(&whole);
        let bought = Purchase {
            counts: Counts { basic: order.members[0].counts.basic.max(1), ..order.members[0].counts },
            term: order.term,
            kind: if order.renewal { PurchaseKind::Renewal } else { PurchaseKind::New },
            held: order.members[0].held,
            negotiated: order.negotiated,
        };
        let itemised = table.itemise(&bought).unwrap();
        prop_assert_eq!(table.price(&bought).unwrap(), itemised.price);
        let alone = table.itemise_members(&[bought]).unwrap();
        prop_assert_eq!(alone.price, itemised.price);
        prop_assert_eq!((alone.rounded, alone.formula()), (itemised.rounded, itemised.formula()));
    }

    /// Another table of the same card under the card's own rules is the same.
    #[test]
    fn a_table_is_taken_under_other_rules(rules in any_rules(), whole in whole_order()) {
        let card = read(&text_with_rules(&wecom(), true, &rules));
        let public = PriceTable::new(&read(&card_text(&wecom(), true))).unwrap();
        let order = order_of(&whole);
        let bought = Purchase { term: order.term, held: order.members[0].held, ..Purchase::of(Counts { basic: 250, interop: 9 }) };
        prop_assert_eq!(public.under(card.rules).itemise(&bought), PriceTable::new(&card).unwrap().itemise(&bought));
    }
}

fn public() -> RateCard {
    RateCards::embedded().unwrap().get("wecom-2022-05-16").unwrap().as_ref().clone()
}

/// Returns the public card under variants of its rules.
fn under(words: &[&str]) -> RateCard {
    words.iter().fold(public(), |card, word| {
        let rule: Rule = word.parse().unwrap();
        let choice = card.choices().into_iter().find(|choice| choice.rules.contains(&rule)).unwrap();
        card.with_rule(&choice.fact, rule).unwrap()
    })
}

fn quote(words: &[&str], order: &Order) -> OrderQuote {
    quote_orders(&under(words), None, std::slice::from_ref(order)).unwrap().orders.remove(0)
}

fn basic(count: u64) -> WholeOrder {
    let part = Part { bought: [count, 0], ..Part::default() };
    WholeOrder {
        parts: vec![part],
        others: Part::default(),
        is_renewal: false,
        months: 12,
        days: 0,
        negotiated: [None, None],
    }
}

#[track_caller]
fn costs(word: &str, whole: &WholeOrder, expected: &str) {
    assert_eq!(quote(&[word], &order_of(whole)).priced.to_string(), expected, "{word}");
}

/// 10,000 by list: 5×5 + 195×4 + 300×3 + 500×2 + 9000×1 = 11,705. One more at 0.80, or 10,001 × 0.80.
#[test]
fn p5_the_excess_is_negotiated_or_all_of_the_order() {
    let bargained = |count| WholeOrder { negotiated: [Some(8_000), None], ..basic(count) };
    costs("excess", &bargained(10_001), "11705.80");
    costs("all", &bargained(10_001), "8000.80");
    costs("all", &bargained(10_000), "11705.00");
    let open = quote(&["all"], &order_of(&basic(10_001)));
    assert_eq!((open.priced.to_string(), open.unpriced.basic), ("0.00".to_owned(), 10_001));
    let open = quote(&["excess"], &order_of(&basic(10_001)));
    assert_eq!((open.priced.to_string(), open.unpriced.basic), ("11705.00".to_owned(), 1));
    assert_eq!(open.notes.iter().filter(|note| note.fact.as_deref() == Some("P5")).count(), 2);
}

/// 10 a year: 5×5 + 5×4 = 45. 45×200/372 = 24.1935; 22.5 + 45×14/365 = 24.2260; 22.5 + 45×14/366 = 24.2213.
#[test]
fn p8_a_day_costs_a_part_of_the_year_and_months_stay() {
    let for_days = |months, days| WholeOrder { months, days, ..basic(10) };
    for (word, price) in [("372", "24.19"), ("365", "24.23"), ("366", "24.22")] {
        costs(word, &for_days(6, 14), price);
        costs(word, &for_days(6, 0), "22.50");
    }
    costs("365", &for_days(0, 200), "24.66");
    // A renewal to a day has no months: 45×200/365.
    costs("365", &WholeOrder { is_renewal: true, ..for_days(6, 14) }, "24.66");
}

/// 8 basic and 6 interop for 200 days: 25, 12, 250 and 40 × 200/372 = 13.4409, 6.4516, 134.4086 and 21.5054.
#[test]
fn p10_the_order_or_each_type_or_each_item_is_rounded() {
    let bought = WholeOrder { months: 0, days: 200, ..basic(8) };
    let part = Part { bought: [8, 6], ..Part::default() };
    let bought = WholeOrder { parts: vec![part], ..bought };
    for (word, price) in [
        ("order+half-up", "175.81"),
        ("order+down", "175.80"),
        ("type+half-up", "175.80"),
        ("type+down", "175.80"),
        ("item+half-up", "175.81"),
        ("item+half-even", "175.81"),
        ("item+down", "175.79"),
    ] {
        costs(word, &bought, price);
    }
    // Half of 10,001 and of 10,003 fen.
    let half = |count| WholeOrder { months: 6, negotiated: [Some(100), None], ..basic(count) };
    let cost = |word, count| quote(&["all", word], &order_of(&half(count))).priced.fen();
    let modes = ["order+half-up", "order+half-even", "order+down"];
    assert_eq!(modes.map(|word| cost(word, 10_001)), [5_001, 5_000, 5_000]);
    assert_eq!(modes.map(|word| cost(word, 10_003)), [5_002, 5_002, 5_001]);
}

/// 50 for half a year after s accounts: 51×… the tiers 1–5 at 5, 6–200 at 4, 201–500 at 3.
#[test]
fn p12_which_accounts_come_before_a_new_purchase() {
    let has = Part { bought: [50, 0], longer: [100, 0], equal: [80, 0], unactivated: [170, 0] };
    let bought = WholeOrder { parts: vec![has], months: 6, ..basic(0) };
    for (word, price) in [
        ("longer", "100.00"),              // 101–150: 50×4
        ("at-least", "85.00"),             // 181–230: 20×4 + 30×3
        ("none", "102.50"),                // 1–50: 5×5 + 45×4
        ("longer+unactivated", "75.00"),   // 271–320: 50×3
        ("at-least+unactivated", "75.00"), // 351–400: 50×3
        ("none+unactivated", "90.00"),     // 171–220: 30×4 + 20×3
    ] {
        costs(word, &bought, price);
    }
}

#[test]
fn p13_a_renewal_starts_from_zero_or_after_those_that_it_does_not_renew() {
    let has = Part { bought: [50, 0], longer: [180, 0], equal: [30, 0], ..Part::default() };
    let renewed = WholeOrder { parts: vec![has], is_renewal: true, ..basic(0) };
    let cost = |words: &[&str]| quote(words, &order_of(&renewed)).priced.to_string();
    assert_eq!(cost(&["from-zero"]), "205.00"); // 5×5 + 45×4
    assert_eq!(cost(&["after-held"]), "170.00"); // 181–230: 20×4 + 30×3
    assert_eq!(cost(&["after-held", "at-least"]), "150.00"); // 211–260: 50×3
    assert_eq!(cost(&["after-held", "none"]), "205.00");
    assert_eq!(cost(&["from-zero", "at-least"]), "205.00");
}

/// Two members of 150: 300 together are 5×5 + 195×4 + 100×3 = 1105; each alone 5×5 + 145×4 = 605.
#[test]
fn u3_the_tiers_run_over_the_group_or_each_member() {
    let part = Part { bought: [150, 0], ..Part::default() };
    let holding = Part { longer: [150, 0], ..part };
    let both = WholeOrder { parts: vec![part, part], ..basic(0) };
    costs("group", &both, "1105.00");
    costs("member", &both, "1210.00");
    // The second has 150 already: 50×4 + 100×3 = 500 for its own, and for the group 201–500 alone for 250 of 300.
    let after = WholeOrder { parts: vec![part, holding], ..basic(0) };
    let by_member = quote(&["member"], &order_of(&after));
    let shares: Vec<String> =
        by_member.members.iter().map(|member| member.share.unwrap().to_string()).collect();
    assert_eq!(shares, ["605.00", "500.00"]);
    costs("group", &after, "950.00"); // 151–450: 50×4 + 250×3
    // What others have counts for the group alone.
    let others = WholeOrder { others: Part { longer: [150, 0], ..Part::default() }, ..both };
    costs("group", &others, "950.00");
    costs("member", &others, "1210.00");
}

#[test]
fn a_note_names_the_rule_in_force() {
    let texts = |words: &[&str], whole: &WholeOrder| -> Vec<String> {
        let card = under(words);
        let quote = quote(words, &order_of(whole));
        card.unconfirmed(&quote.facts).map(|fact| fact.text.en.to_string()).collect()
    };
    let has = Part { bought: [50, 0], longer: [100, 0], equal: [80, 0], unactivated: [170, 0] };
    let bought = WholeOrder { parts: vec![has], months: 6, days: 1, ..basic(0) };
    let named = texts(&["365", "none", "type+down"], &bought);
    assert!(
        named.iter().any(|text| text == "a day beyond whole months costs the annual price / 365"),
        "{named:?}"
    );
    assert!(
        named.iter().any(|text| text.starts_with("a new purchase is priced from the first account")),
        "{named:?}"
    );
    assert!(
        named.iter().any(|text| text.contains("each type") && text.ends_with("always down")),
        "{named:?}"
    );
    let renewed = WholeOrder { is_renewal: true, ..bought };
    assert!(
        texts(&["after-held"], &renewed).iter().any(|text| text.starts_with("a renewal is priced after"))
    );
}

/// An assumption that nobody needs has no note: all prices are the same under every rule.
#[test]
fn a_plain_order_costs_the_same_under_every_alternative() {
    let order = order_of(&basic(150));
    for (_, card) in public().under_alternatives() {
        let quote = quote_orders(&card, None, std::slice::from_ref(&order)).unwrap().orders.remove(0);
        assert_eq!(quote.priced.to_string(), "605.00");
        assert!(card.unconfirmed(&quote.facts).next().is_none());
    }
}
