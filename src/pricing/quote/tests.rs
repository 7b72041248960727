use super::super::fixture::{card, codes, group, k12, member, order, quote};
use super::*;
use crate::pricing::{Member, NoteCode, Order, quote_orders};

fn yuan(amount: &str) -> Option<Money> {
    Some(amount.parse().unwrap())
}

fn shares(order: &OrderQuote) -> Vec<Option<Money>> {
    order.members.iter().map(|member| member.share).collect()
}

#[test]
fn a_year_of_all_accounts_is_the_sum_of_both_types() {
    let priced = quote(&order(8, 20), None);
    assert_eq!(priced.annual().unwrap().to_string(), "887.00");
    assert_eq!(priced.priced_annual_sum().unwrap().to_string(), "887.00");
    let gap = quote(&order(10_001, 20), None);
    assert_eq!((gap.annual(), gap.priced_annual_sum().unwrap().to_string()), (None, "12555.00".to_owned()));
}

#[test]
fn some_accounts_are_worth_their_part_of_the_price_of_their_type() {
    let priced = quote(&order(8, 20), None);
    assert_eq!(priced.worth(AccountType::Basic, 4), yuan("18.50"));
    assert_eq!(priced.worth(AccountType::Interop, 5), yuan("212.50"));
    assert_eq!(priced.billed(Money::from_fen(177_400)).worth(AccountType::Basic, 4), yuan("37.00"));
    let waived = Order { customer: k12(), ..order(8, 20) };
    assert_eq!(quote(&waived, None).worth(AccountType::Basic, 4), yuan("0.00"));
    assert_eq!(quote(&order(10_001, 20), None).worth(AccountType::Interop, 5), None);
}

#[test]
fn a_bill_is_shared_as_the_price_was() {
    let both = quote(&group(vec![member("up", 100, 0), member("down", 50, 20)]), None);
    assert_eq!(shares(&both), [yuan("403.33"), yuan("1051.67")]);
    let billed = both.billed(Money::from_fen(14_550));
    assert_eq!(shares(&billed), [yuan("40.33"), yuan("105.17")]);
    assert_eq!(billed.payable(), yuan("145.50"));
    assert_eq!(codes(&billed), [NoteCode::Billed]);
}

#[test]
fn a_bill_of_accounts_without_a_price_or_of_a_waiver_is_shared_by_accounts() {
    let gap = quote(&group(vec![member("up", 9_000, 0), member("down", 6_000, 3_000)]), None);
    assert_eq!(codes(&gap), [NoteCode::NegotiatedUnpriced]);
    let billed = gap.billed(Money::from_fen(10_000));
    assert_eq!(shares(&billed), [yuan("50.00"), yuan("50.00")]);
    assert_eq!((codes(&billed), billed.is_complete()), (vec![NoteCode::Billed], true));
    let up = Member { customer: k12(), ..member("up", 30, 0) };
    let waived = quote(&group(vec![up, member("down", 10, 0)]), None);
    assert_eq!(shares(&waived.billed(Money::from_fen(400))), [yuan("3.00"), yuan("1.00")]);
}

#[test]
fn sums_of_two_quotes_add_up_to_the_sums_of_both() {
    let unconfirmed = Order { status: OrderStatus::Unconfirmed, ..order(0, 300) };
    let school = Order { customer: k12(), ..order(8, 20) };
    let orders = [order(150, 0), unconfirmed, school, order(10_002, 0)];
    let totals = |orders: &[Order]| quote_orders(&card(), None, orders).unwrap().totals;
    let (first, second) = orders.split_at(2);
    assert_eq!(totals(first).checked_add(&totals(second)), Some(totals(&orders)));
    assert_eq!(
        totals(first).checked_add(&totals(first)).map(|sum| (sum.payable.fen(), sum.complete)),
        Some((121_000, true))
    );
    let most = Totals { payable: Money::from_fen(i64::MAX), ..Totals::default() };
    assert_eq!(most.checked_add(&totals(first)), None);
}
