use jiff::civil::date;

use super::super::fixture::{card, group, k12, member, months, order, quote_under};
use super::*;
use crate::account::Term;
use crate::pricing::{Held, RoundedLines};

fn quote(orders: &[Order], date: Option<Date>) -> Quote {
    quote_orders(&card(), date, orders).unwrap()
}

fn shares(order: &OrderQuote) -> Vec<String> {
    order.members.iter().map(|member| member.share.unwrap().to_string()).collect()
}

#[test]
fn totals_keep_firm_unconfirmed_and_waived_apart() {
    let unconfirmed = Order { status: OrderStatus::Unconfirmed, ..order(0, 300) };
    let school = Order { customer: k12(), ..order(8, 20) };
    let totals = quote(&[order(150, 0), unconfirmed, school], None).totals;
    assert_eq!(totals.list_price.to_string(), "1492.00");
    assert_eq!(totals.waived.to_string(), "887.00");
    assert_eq!(totals.payable.to_string(), "605.00");
    assert_eq!(totals.unconfirmed.to_string(), "11050.00");
    assert_eq!((totals.unconfirmed_orders, totals.complete), (1, true));
}

#[test]
fn totals_of_confirmed_and_priced_orders_are_complete() {
    assert!(quote(&[order(150, 0), order(0, 1)], None).totals.complete);
    let gap = quote(&[order(150, 0), order(12_000, 0)], None).totals;
    assert!(!gap.complete);
    assert_eq!(gap.unpriced, Counts { basic: 2_000, interop: 0 });
    assert_eq!(gap.payable_unpriced, gap.unpriced);
    assert_eq!(quote(&[], None).totals, Totals { complete: true, ..Totals::default() });
}

#[test]
fn what_is_free_or_unconfirmed_leaves_the_payable_known() {
    let free = Order { customer: k12(), ..order(12_000, 0) };
    let unconfirmed = Member { status: OrderStatus::Unconfirmed, ..member("unconfirmed", 12_000, 0) };
    let totals = quote(&[free, group(vec![unconfirmed])], None).totals;
    assert_eq!(totals.unpriced, Counts { basic: 4_000, interop: 0 });
    assert_eq!(totals.payable_unpriced, Counts::ZERO);
}

#[test]
fn the_payable_alone_is_that_of_the_quote_under_any_rules() {
    let card = card();
    let quoter = Quoter::new(&card).unwrap();
    let held = Member { held: Held::longer(Counts { basic: 3, interop: 0 }), ..member("down", 180, 4) };
    let orders = [
        order(150, 7),
        order(12_000, 0),
        Order { customer: k12(), ..order(8, 20) },
        Order { test_enterprise: true, term: months(1), ..order(3, 0) },
        Order { term: Term { months: 1, days: 23 }, ..order(8, 1) },
        Order { renewal: true, term: Term { months: 1, days: 23 }, ..order(208, 1) },
        Order { term: months(7), ..group(vec![member("up", 30, 0), held]) },
    ];
    for choice in card.choices() {
        for rule in choice.rules {
            let rules = card.rules.with(rule);
            let under = quoter.under(rules);
            let (by_days_divisor, rounding) = (card.rules.by_days_divisor, card.rules.rounding);
            let other = quoter.under(PricingRules { by_days_divisor, rounding, ..rules });
            for order in &orders {
                let quote = under.quote(None, order).unwrap();
                assert_eq!(under.payable(None, order), Ok(quote.payable()), "{rule} {order:?}");
                let itemised = other.itemise(None, order).unwrap();
                let payable = itemised.payable(rules.by_days_divisor, rules.rounding);
                assert_eq!(payable, quote.payable(), "{rule} {order:?}");
                let apart = itemised.rounded_lines(rules.by_days_divisor, rules.rounding);
                let add = |sum: Money, lines: &RoundedLines| {
                    sum.checked_add(lines.price(|line| line.unit_price).unwrap()).unwrap()
                };
                let sum = apart.map(|apart| apart.iter().fold(Money::ZERO, add));
                assert_eq!(sum, payable, "{rule} {order:?}");
            }
        }
    }
    assert!(quoter.payable(None, &order(0, 0)).is_err());
}

#[test]
fn another_unit_price_changes_the_accounts_of_its_tier_alone() {
    let card = card();
    let quoter = Quoter::new(&card).unwrap();
    let other = quoter.with_unit_price(AccountType::Basic, 2, "2.5".parse().unwrap()).unwrap();
    let payable = |quoter: &Quoter<'_>, basic| quoter.payable(None, &order(basic, 0)).unwrap().unwrap().fen();
    assert_eq!(payable(&quoter, 200), payable(&other, 200));
    assert_eq!(payable(&quoter, 202) - payable(&other, 202), 100);
    assert_eq!(payable(&quoter, 900) - payable(&other, 900), 15_000);
}

fn unconfirmed(name: &str, basic: u32) -> Member {
    Member { status: OrderStatus::Unconfirmed, ..member(name, basic, 0) }
}

#[test]
fn an_unconfirmed_member_keeps_its_own_share_out_of_the_firm_total() {
    let quote = quote(&[group(vec![member("up", 100, 0), unconfirmed("down", 50)])], None);
    let order = &quote.orders[0];
    assert_eq!((order.status, order.payable()), (OrderStatus::Confirmed, Some(Money::from_fen(60_500))));
    assert_eq!(shares(order), ["403.33", "201.67"]);
    assert_eq!(quote.totals.payable.to_string(), "403.33");
    assert_eq!(quote.totals.list_price.to_string(), "403.33");
    assert_eq!(quote.totals.unconfirmed.to_string(), "201.67");
    assert_eq!((quote.totals.unconfirmed_orders, quote.totals.complete), (1, true));
}

#[test]
fn an_unconfirmed_member_is_apart_also_where_accounts_have_no_price() {
    let quote = quote(&[group(vec![member("up", 6_000, 0), unconfirmed("down", 6_000)])], None);
    assert_eq!((quote.orders[0].payable(), quote.orders[0].priced.to_string()), (None, "11705.00".into()));
    assert_eq!(quote.totals.payable.to_string(), "5852.50");
    assert_eq!(quote.totals.unconfirmed.to_string(), "5852.50");
}

#[test]
fn an_order_is_unconfirmed_if_all_are_that_it_buys_for() {
    let status = |members| quote(&[group(members)], None).orders[0].status;
    assert_eq!(status(vec![unconfirmed("up", 5), unconfirmed("down", 5)]), OrderStatus::Unconfirmed);
    assert_eq!(status(vec![member("up", 0, 0), unconfirmed("down", 5)]), OrderStatus::Unconfirmed);
    assert_eq!(status(vec![unconfirmed("up", 0), member("down", 5, 0)]), OrderStatus::Confirmed);
    let whole = Order { status: OrderStatus::Unconfirmed, ..group(vec![member("up", 5, 0)]) };
    let quote = quote(&[whole], None);
    assert_eq!(quote.orders[0].members[0].status, OrderStatus::Unconfirmed);
}

#[test]
fn a_group_runs_through_the_tiers_once_and_is_split_by_accounts() {
    let quote = quote(&[group(vec![member("up", 100, 0), member("down", 50, 20)])], None);
    let order = &quote.orders[0];
    assert_eq!(order.formula, "(5×5+145×4+5×50+15×40)×1");
    assert_eq!(order.payable().unwrap().to_string(), "1455.00");
    assert_eq!(shares(order), ["403.33", "1051.67"]);
}

#[test]
fn members_on_their_own_have_shares_of_their_own_price() {
    let both = group(vec![member("up", 8, 0), member("down", 3, 20)]);
    assert_eq!(shares(&quote_under("member", &both)), ["37.00", "865.00"]);
}

#[test]
fn a_waived_group_has_shares_of_nothing() {
    let up = Member { customer: k12(), ..member("up", 100, 0) };
    let waived = group(vec![up, member("down", 50, 0)]);
    let quote = quote(std::slice::from_ref(&waived), None);
    assert_eq!(shares(&quote.orders[0]), ["0.00", "0.00"]);
    assert_eq!(quote.orders[0].list_price().unwrap().to_string(), "605.00");
    assert_eq!(shares(&quote_under("type+half-up", &waived)), ["0.00", "0.00"]);
    assert!(quote.orders[0].notes.iter().all(|note| note.code().as_str() != "downstream-waived-alone"));
}

#[test]
fn held_accounts_of_all_members_come_first() {
    let holding =
        |name| Member { held: Held::longer(Counts { basic: 90, interop: 0 }), ..member(name, 25, 0) };
    let quote = quote(&[group(vec![holding("up"), holding("down")])], None);
    let lines: Vec<(u64, u64)> = quote.orders[0].lines.iter().map(|line| (line.from, line.to)).collect();
    assert_eq!(lines, [(181, 200), (201, 230)]);
    assert_eq!(quote.orders[0].start.basic, 180);
}

#[test]
fn accounts_without_a_price_leave_every_total_open() {
    let order = &quote(&[order(12_000, 10)], None).orders[0];
    assert_eq!((order.annual(), order.list_price(), order.payable()), (None, None, None));
    assert_eq!(order.priced.to_string(), "12155.00");
    assert_eq!(order.members[0].share, None);
    assert_eq!(order.negotiated, Counts { basic: 2_000, interop: 0 });
    assert_eq!(order.unpriced, order.negotiated);
}

#[test]
fn an_order_that_cannot_be_placed_names_its_payer() {
    let error = quote_orders(&card(), None, &[order(1, 0), order(0, 0)]).unwrap_err();
    assert_eq!(error.to_string(), "payer: no accounts: both counts are zero");
    let dated = quote_orders(&card(), Some(date(2022, 11, 18)), &[order(0, 0)]).unwrap_err();
    assert_eq!(dated.to_string(), "payer on 2022-11-18: no accounts: both counts are zero");
    let short = Order { term: months(0), ..order(1, 0) };
    let QuoteError::Order(OrderError { error, .. }) = quote_orders(&card(), None, &[short]).unwrap_err()
    else {
        panic!("an order's problem")
    };
    assert_eq!(error, PurchaseError::TermOutOfRange { days: 0, least: 31, most: 1860 });
}

#[test]
fn accounts_are_added_without_a_wrap() {
    let many = group(vec![member("up", u32::MAX, 0), member("down", 1, 0)]);
    let QuoteError::Order(OrderError { error, .. }) = quote_orders(&card(), None, &[many]).unwrap_err()
    else {
        panic!("an order's problem")
    };
    assert_eq!(error, PurchaseError::Overflow);
}

#[test]
fn a_downstream_with_nothing_to_save_is_not_hinted_at() {
    let mut free = card();
    for tier in &mut free.tiers {
        tier.price.basic.price = "0".parse().unwrap();
    }
    let down = Member { customer: k12(), ..member("down", 5, 0) };
    let order = group(vec![member("up", 5, 0), down]);
    let quote = quote_orders(&free, Some(date(2022, 11, 18)), &[order]).unwrap();
    assert!(quote.orders[0].notes.iter().all(|note| note.code().as_str() != "downstream-waived-alone"));
}
