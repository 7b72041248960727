//! Prices of the engine against those of the slow reference.

use wxlicense::pricing::{Held, quote_orders};
use wxlicense::{AccountType, Counts};

use super::numbers::Numbers;
use super::reference_input::{
    GROUP, NEGOTIATED, NEW_PURCHASE, RENEWAL, ROUNDED_PER, ROUNDING_MODES, order_of, read, text_with_rules,
};
use crate::reference::order::{Account, Part, Rules, WholeOrder};
use crate::reference::{Reference, wecom};

/// Makes a card, rules of pricing and an order of the bytes, and compares its price, its lines and its shares.
pub fn prices(bytes: &[u8]) {
    let mut numbers = Numbers::new(bytes);
    let (list, negotiated_tail) = card(&mut numbers);
    let rules = rules(&mut numbers);
    let whole = whole_order(&mut numbers);
    if whole.parts.iter().any(|part| part.bought != [0, 0]) {
        agrees(&list, negotiated_tail, &rules, &whole);
    }
}

/// Compares the quote of an order with the reference: its lines, prices, what has no price, and the shares.
pub fn agrees(list: &Reference, negotiated_tail: bool, rules: &Rules, whole: &WholeOrder) {
    let card = read(&text_with_rules(list, negotiated_tail, rules));
    let order = order_of(whole);
    let quote = quote_orders(&card, None, std::slice::from_ref(&order)).unwrap().orders.remove(0);
    let accounts = list.accounts(rules, whole);
    let by_member = rules.group == "member" && (whole.parts.len() > 1 || order.held_by_others != Held::NONE);
    let lines: Vec<Run> = quote
        .lines
        .iter()
        .map(|line| (line.account_type, line.member, line.tier, line.from, line.to))
        .collect();
    assert_eq!(lines, runs(&accounts, by_member));
    for (index, kind) in KINDS.into_iter().enumerate() {
        let of_kind = || accounts.iter().filter(|account| account.kind == index);
        let annual: u64 = of_kind().filter_map(|account| account.price).sum();
        assert_eq!(quote.priced_annual.get(kind).ten_thousandths(), annual);
        let unpriced = of_kind().filter(|account| account.price.is_none()).count();
        assert_eq!(usize::try_from(*quote.unpriced.get(kind)).unwrap(), unpriced);
    }
    assert_eq!(quote.priced.fen(), list.fen_of_order(rules, whole, &accounts));
    let shares: i64 = quote.members.iter().map(|member| member.priced_share.fen()).sum();
    assert_eq!(shares, quote.priced.fen());
    let gaps = quote.members.iter().fold(Counts::ZERO, |sum, member| sum.saturating_add(member.unpriced));
    assert_eq!(gaps, quote.unpriced);
}

/// WeCom's list or an invented one; true if its tail is negotiated.
fn card(numbers: &mut Numbers<'_>) -> (Reference, bool) {
    let negotiated_tail = numbers.one_in(2);
    let (days_per_month, days_per_year) = numbers.pick(&[(31, 372), (30, 360), (30, 365), (28, 336)]);
    let count = numbers.up_to(6);
    if count == 0 {
        return (wecom(), true);
    }
    let mut last = 0;
    let mut tiers = Vec::new();
    for _ in 0..count {
        last += numbers.within(1, 400);
        tiers.push((last, numbers.up_to(999_999), numbers.up_to(999_999)));
    }
    if let (false, Some(tier)) = (negotiated_tail, tiers.last_mut()) {
        tier.0 = u64::MAX;
    }
    (Reference { tiers, days_per_month, days_per_year }, negotiated_tail)
}

fn rules(numbers: &mut Numbers<'_>) -> Rules {
    Rules {
        negotiated: numbers.pick(NEGOTIATED),
        by_days: match numbers.pick(&[Some(372), Some(365), Some(366), None]) {
            Some(days) => days,
            None => numbers.within(1, 400),
        },
        per: numbers.pick(ROUNDED_PER),
        mode: numbers.pick(ROUNDING_MODES),
        new_purchase: numbers.pick(NEW_PURCHASE),
        renewal: numbers.pick(RENEWAL),
        group: numbers.pick(GROUP),
    }
}

fn whole_order(numbers: &mut Numbers<'_>) -> WholeOrder {
    let is_renewal = numbers.one_in(2);
    let (months, days) = match numbers.one_in(2) {
        false => (numbers.within(1, 60), 0),
        true => (numbers.up_to(59), numbers.within(1, 400)),
    };
    let negotiated = [(); 2].map(|()| numbers.one_in(2).then(|| numbers.up_to(99_999)));
    let parts = (0..=numbers.up_to(3)).map(|_| part(numbers)).collect();
    let others = if numbers.one_in(2) { part(numbers) } else { Part::default() };
    WholeOrder { parts, others, is_renewal, months, days, negotiated }
}

fn part(numbers: &mut Numbers<'_>) -> Part {
    let mut counts = |most: u64| [(); 2].map(|()| numbers.up_to(most));
    let bought = counts(700);
    Part { bought, longer: counts(300), equal: counts(300), unactivated: counts(300) }
}

const KINDS: [AccountType; 2] = AccountType::ALL;

/// A line of a quote: type, member where it matters, tier, first and last account.
type Run = (AccountType, Option<usize>, Option<usize>, u64, u64);

fn runs(accounts: &[Account], by_member: bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for account in accounts {
        let member = by_member.then_some(account.member);
        match runs.last_mut() {
            Some(run)
                if (run.0, run.1, run.2, run.4 + 1)
                    == (KINDS[account.kind], member, account.tier, account.ordinal) =>
            {
                run.4 += 1;
            }
            _ => runs.push((KINDS[account.kind], member, account.tier, account.ordinal, account.ordinal)),
        }
    }
    runs
}
