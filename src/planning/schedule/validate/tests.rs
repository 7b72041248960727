use jiff::civil::date;

use super::*;
use crate::account::{Counts, Term};
use crate::money::Money;
use crate::planning::schedule::{Gap, Lapsed, NeedStep, OrderKind, PayerSchedule};

mod by_hand;

use by_hand::{BASIC, ByHand, INTEROP, basic, one_school, records, waiting, waived_group};

#[test]
fn schedules_written_by_hand_are_valid() {
    for by_hand in [one_school(), waived_group(), records(), waiting()] {
        let found = validate(&by_hand.plan, &by_hand.options, &by_hand.schedule);
        assert!(
            found.is_empty(),
            "{}",
            found.iter().map(|violation| format!("{violation}\n")).collect::<String>()
        );
    }
}

/// Damages a schedule and asserts that a check finds it.
fn assert_found(by_hand: fn() -> ByHand, check: Check, damage: impl FnOnce(&mut PayerSchedule)) {
    let checks = by_hand().checks_after(damage);
    assert!(checks.contains(&check), "{check:?} is not among {checks:?}");
}

#[test]
fn users_whom_the_plan_does_not_state_are_found() {
    assert_found(one_school, Check::Needs, |payer| payer.needs[1].users = 99);
    assert_found(one_school, Check::Needs, |payer| payer.needs[1].from = Some(date(2022, 10, 19)));
    assert_found(one_school, Check::Needs, |payer| payer.needs.truncate(2));
    assert_found(one_school, Check::Needs, |payer| payer.needs[2].from = payer.needs[1].from);
    assert_found(waived_group, Check::Needs, |payer| payer.needs[1].member = 0);
    assert_found(waived_group, Check::Needs, |payer| payer.needs[1].member = 2);
}

#[test]
fn growth_may_change_the_users_only_when_accounts_expire() {
    let grown = |day| {
        let mut by_hand = one_school();
        by_hand.options.growth = "0.05".parse().unwrap();
        let needs = &mut by_hand.schedule.payers[0].needs;
        needs.insert(2, NeedStep { from: Some(day), users: 105, ..needs[1] });
        by_hand.checks()
    };
    assert!(!grown(date(2023, 1, 10)).contains(&Check::Needs));
    assert!(grown(date(2023, 1, 11)).contains(&Check::Needs));
    assert!(one_school().checks_after(|payer| payer.needs[2].users = 121).contains(&Check::Needs));
}

#[test]
fn uncovered_users_outside_the_gaps_are_found() {
    assert_found(one_school, Check::Gaps, |payer| payer.gaps.clear());
    assert_found(one_school, Check::Gaps, |payer| payer.gaps[0].from = date(2022, 10, 19));
    assert_found(one_school, Check::Gaps, |payer| payer.gaps[0].from = date(2022, 10, 17));
    assert_found(one_school, Check::Gaps, |payer| payer.gaps[0].until = date(2022, 11, 17));
    assert_found(one_school, Check::Gaps, |payer| payer.gaps[0].until = date(2022, 11, 19));
    assert_found(one_school, Check::Gaps, |payer| payer.gaps[0].need = 101);
    assert_found(one_school, Check::Gaps, |payer| payer.gaps[0].active = 89);
    assert_found(one_school, Check::Gaps, |payer| payer.gaps[0].account_type = INTEROP);
    assert_found(one_school, Check::Gaps, |payer| payer.gaps.push(payer.gaps[0]));
    assert_found(one_school, Check::Gaps, |payer| payer.orders.truncate(1));
    assert_found(one_school, Check::Gaps, |payer| drop(payer.orders.pop()));
    assert_found(records, Check::Gaps, |payer| drop(payer.orders.pop()));
    assert_found(waived_group, Check::Gaps, |payer| payer.orders[2].lots[1].member = 0);
}

#[test]
fn a_gap_that_an_order_or_a_code_could_close_is_found() {
    let late = |payer: &mut PayerSchedule| {
        payer.orders.pop();
        let gap =
            Gap { from: date(2023, 3, 1), until: date(2023, 10, 1), need: 120, active: 110, ..payer.gaps[0] };
        payer.gaps.push(gap);
    };
    assert_eq!(one_school().checks_after(late), [Check::Avoidable]);
    let codes = |payer: &mut PayerSchedule| {
        payer.orders[0].lots[1].activated = date(2022, 11, 20);
        payer.orders[0].lots[1].expires = date(2023, 11, 27);
        payer.gaps[0].until = date(2022, 11, 20);
    };
    assert_eq!(one_school().checks_after(codes), [Check::Avoidable]);
}

#[test]
fn members_with_other_users_or_accounts_than_on_the_day_of_their_order_are_found() {
    assert_eq!(
        one_school().checks_after(|payer| payer.orders[2].order.members[0].need.basic = 119),
        [Check::Positions]
    );
    assert_eq!(
        one_school().checks_after(|payer| payer.orders[2].order.members[0].have.basic = 109),
        [Check::Positions]
    );
    assert_found(one_school, Check::Positions, |payer| payer.orders[1].order.members[0].have.basic = 100);
    assert_found(records, Check::Positions, |payer| payer.orders[3].order.members[0].have.interop = 10);
    assert_found(waived_group, Check::Positions, |payer| payer.orders[2].order.members[1].need = basic(31));
    assert_found(waived_group, Check::Positions, |payer| payer.orders[1].order.members[1].have = basic(30));
}

#[test]
fn codes_activated_after_an_order_may_be_among_its_accounts_or_not() {
    let later = |have| {
        move |payer: &mut PayerSchedule| {
            payer.orders[2].date = date(2023, 2, 28);
            payer.orders[2].order.members[0].have = basic(have);
        }
    };
    for (have, is_found) in [(99, true), (100, false), (110, false), (111, true)] {
        let checks = one_school().checks_after(later(have));
        assert_eq!(checks.contains(&Check::Positions), is_found, "{have}: {checks:?}");
    }
}

#[test]
fn recorded_purchases_that_are_changed_are_found() {
    assert_found(one_school, Check::Recorded, |payer| drop(payer.orders.remove(0)));
    assert_found(one_school, Check::Recorded, |payer| payer.orders.insert(0, payer.orders[0].clone()));
    assert_found(one_school, Check::Recorded, |payer| payer.orders[0].date = date(2022, 10, 2));
    assert_found(one_school, Check::Recorded, |payer| payer.orders[0].order.members[0].counts = basic(31));
    assert_found(one_school, Check::Recorded, |payer| payer.orders[0].lots[0].recorded = false);
    assert_found(one_school, Check::Recorded, |payer| payer.orders[0].lots[1].recorded = true);
    assert_found(one_school, Check::Recorded, |payer| payer.orders[0].lots[0].count = 9);
    assert_found(one_school, Check::Recorded, |payer| payer.orders[1].lots[0].recorded = true);
    assert_found(one_school, Check::Recorded, |payer| payer.orders[1].kind = OrderKind::Recorded);
    assert_found(records, Check::Recorded, |payer| payer.orders[2].lots[0].extends = Some(date(2024, 4, 8)));
    assert_found(records, Check::Recorded, |payer| payer.orders[2].order.renewal = false);
    assert_found(records, Check::Recorded, |payer| payer.orders[2].recorded = Some((0, 7)));
}

#[test]
fn accounts_from_nowhere_are_found() {
    assert_found(one_school, Check::LotCounts, |payer| payer.orders[0].lots[1].count = 11);
    assert_found(one_school, Check::LotCounts, |payer| payer.orders[1].lots[0].count = 79);
    assert_found(one_school, Check::LotCounts, |payer| payer.orders[2].lots.clear());
    assert_found(one_school, Check::LotCounts, |payer| payer.orders[2].lots[0].count = 0);
    assert_found(one_school, Check::LotCounts, |payer| payer.orders[2].lots[0].account_type = INTEROP);
    assert_found(waived_group, Check::LotCounts, |payer| payer.orders[0].lots[1].member = 0);
    assert_found(waived_group, Check::Groups, |payer| payer.orders[0].lots[1].member = 2);
    assert_found(waived_group, Check::Groups, |payer| payer.members.reverse());
}

#[test]
fn accounts_that_are_prolonged_twice_or_do_not_run_are_found() {
    let again = |payer: &mut PayerSchedule| payer.orders.insert(1, payer.orders[1].clone());
    assert_found(one_school, Check::Prolonged, again);
    assert_found(one_school, Check::Prolonged, |payer| {
        payer.orders[1].lots[0].extends = Some(date(2023, 1, 11));
        payer.orders[1].lots[0].expires = date(2024, 1, 18);
    });
    assert_found(one_school, Check::Prolonged, |payer| {
        payer.orders[1].date = date(2023, 1, 11);
        payer.orders[1].lots[0].activated = date(2023, 1, 11);
    });
    assert_found(waived_group, Check::Prolonged, |payer| payer.orders[1].lots[1].count = 31);
    assert_found(waived_group, Check::Prolonged, |payer| payer.orders[2].lots[0].account_type = INTEROP);
}

#[test]
fn activations_outside_their_days_are_found() {
    assert_found(one_school, Check::Activation, |payer| {
        payer.orders[0].lots[1].activated = date(2022, 11, 17)
    });
    assert_found(one_school, Check::Activation, |payer| {
        payer.orders[2].lots[0].activated = date(2023, 2, 28)
    });
    let on = |day: Date| {
        move |payer: &mut PayerSchedule| {
            payer.orders[0].lots[2].activated = day;
            payer.orders[0].lots[2].expires = days_after(day, 372);
        }
    };
    assert_found(one_school, Check::Activation, on(date(2023, 10, 2)));
    assert!(!one_school().checks_after(on(date(2023, 10, 1))).contains(&Check::Activation));
    assert_found(one_school, Check::Expiry, |payer| payer.orders[2].lots[0].expires = date(2024, 3, 6));
    assert_found(one_school, Check::Expiry, |payer| payer.orders[0].lots[0].expires = date(2023, 10, 11));
}

#[test]
fn stacking_too_early_or_too_far_ahead_is_found() {
    let on = |day: Date| {
        move |payer: &mut PayerSchedule| payer.orders[1].lots.iter_mut().for_each(|lot| lot.activated = day)
    };
    assert_eq!(waived_group().checks_after(on(date(2024, 2, 15))), [Check::Stacking]);
    assert_eq!(waived_group().checks_after(on(date(2024, 2, 16))), []);
    assert_eq!(waived_group().checks_after(on(date(2024, 3, 7))), []);
    assert!(waived_group().checks_after(on(date(2024, 3, 8))).contains(&Check::Stacking));
    let long = |payer: &mut PayerSchedule| {
        payer.orders[1].order.term = Term { months: 60, days: 0 };
        payer.orders[1].lots[0].expires = days_after(date(2023, 1, 10), 1860);
    };
    assert_found(one_school, Check::Validity, long);
}

/// Has the last ten codes lapse instead of serving users.
fn lapse(payer: &mut PayerSchedule) {
    let lapsed = Lapsed {
        member: 0,
        purchase: 0,
        account_type: BASIC,
        count: 10,
        last_day: date(2023, 10, 1),
        worth: Some(Money::ZERO),
    };
    payer.lapsed.push(lapsed);
    payer.orders[0].lots.pop();
}

#[test]
fn codes_that_get_lost_are_found() {
    assert_found(records, Check::Codes, |payer| payer.lapsed.clear());
    assert_found(records, Check::Codes, |payer| payer.lapsed[0].count = 3);
    assert_found(records, Check::Codes, |payer| payer.lapsed.push(payer.lapsed[0]));
    assert_found(records, Check::Codes, |payer| payer.lapsed[0].last_day = date(2024, 2, 2));
    assert_found(records, Check::Codes, |payer| payer.lapsed[0].worth = None);
    assert_found(records, Check::Codes, |payer| payer.lapsed[0].worth = Some(Money::from_fen(2001)));
    assert_found(records, Check::Codes, |payer| payer.lapsed[0].purchase = 1);
    assert_found(records, Check::Codes, |payer| payer.lapsed[0].purchase = 5);
    assert_found(one_school, Check::Codes, lapse);
}

#[test]
fn orders_out_of_order_are_found() {
    assert_found(one_school, Check::Sequence, |payer| payer.orders.swap(1, 2));
    let same_day = |payer: &mut PayerSchedule| {
        payer.orders[2].date = date(2023, 1, 3);
        payer.orders.swap(1, 2);
    };
    assert_found(one_school, Check::Sequence, same_day);
    assert_found(waived_group, Check::Sequence, |payer| {
        payer.orders[1].date = payer.orders[0].date;
        payer.orders[1].order.term = Term { months: 13, days: 0 };
    });
}

#[test]
fn a_changed_price_is_found() {
    let mut by_hand = one_school();
    by_hand.schedule.payers[0].orders[1].quote.priced = Money::from_fen(1);
    assert_eq!(by_hand.checks(), [Check::Price]);
    let mut by_hand = waived_group();
    by_hand.schedule.payers[0].orders[2].quote.waiver = None;
    assert_eq!(by_hand.checks(), [Check::Price]);
}

#[test]
fn wrong_accounts_before_the_order_are_found() {
    assert_found(one_school, Check::Held, |payer| payer.orders[2].order.members[0].held.longer = basic(1));
    let expiring = |payer: &mut PayerSchedule| payer.orders[2].order.members[0].held.equal = Counts::ZERO;
    assert_eq!(one_school().checks_after(expiring), [Check::Held]);
    assert_found(records, Check::Held, |payer| payer.orders[0].order.members[0].held.longer = Counts::ZERO);
    let on_another = |payer: &mut PayerSchedule| payer.orders[1].order.members[1].held.longer = basic(1);
    assert_eq!(waived_group().checks_after(on_another), [Check::Held]);
}

#[test]
fn a_renewal_that_wecom_does_not_take_is_found() {
    assert_found(one_school, Check::Renewal, |payer| payer.orders[1].lots[0].activated = date(2023, 1, 4));
    assert_found(one_school, Check::Renewal, |payer| payer.orders[1].lots[0].extends = None);
    assert_found(one_school, Check::Renewal, |payer| payer.orders[1].lots.clear());
    assert_found(waived_group, Check::Renewal, |payer| {
        payer.orders[2].order.term = Term { months: 11, days: 31 };
        payer.orders[2].lots[0].extends = Some(date(2025, 3, 13));
    });
    let by_days = |payer: &mut PayerSchedule| payer.orders[2].order.term = Term { months: 11, days: 31 };
    assert_eq!(waived_group().checks_after(by_days), []);
}

#[test]
fn terms_that_nobody_can_order_are_found() {
    let term = |days| move |payer: &mut PayerSchedule| payer.orders[2].order.term = Term { months: 0, days };
    assert_found(one_school, Check::Term, term(30));
    assert_found(one_school, Check::Term, term(1861));
    assert!(!one_school().checks_after(term(31)).contains(&Check::Term));
    assert!(!one_school().checks_after(term(1860)).contains(&Check::Term));
}

#[test]
fn orders_that_are_not_the_members_are_found() {
    assert_found(one_school, Check::OrderParts, |payer| payer.orders[2].order.payer.name = None);
    assert_found(one_school, Check::OrderParts, |payer| payer.orders[2].order.renewal = true);
    assert_found(one_school, Check::OrderParts, |payer| payer.orders[2].order.members[0].charged = false);
    assert_found(waived_group, Check::OrderParts, |payer| payer.orders[2].order.members.reverse());
    assert_found(waived_group, Check::OrderParts, |payer| drop(payer.orders[2].order.members.remove(0)));
    assert_found(waived_group, Check::OrderParts, |payer| {
        let twice = payer.orders[2].order.members[1].clone();
        payer.orders[2].order.members.push(twice);
    });
    assert_found(waived_group, Check::OrderParts, |payer| {
        payer.orders[2].order.members[1].counts = Counts::ZERO
    });
    assert_found(one_school, Check::NoAccounts, |payer| {
        payer.orders[2].order.members[0].counts = Counts::ZERO
    });
}

#[test]
fn a_school_with_internal_apps_alone_that_buys_is_found() {
    let mut by_hand = one_school();
    by_hand.plan.schools[0].apps[0].kind = crate::customer::AppKind::Internal;
    let checks = by_hand.checks();
    assert!(checks.contains(&Check::NotCharged) && checks.contains(&Check::Needs), "{checks:?}");
}

#[test]
fn a_waived_customer_that_renews_or_orders_another_term_is_found() {
    let term = |payer: &mut PayerSchedule| payer.orders[0].order.term = Term { months: 13, days: 0 };
    assert_found(waived_group, Check::Waived, term);
    assert_found(waived_group, Check::Waived, |payer| payer.orders[1].order.renewal = true);
    assert_found(waived_group, Check::FirstAfterWaiver, |payer| payer.orders[2].first_after_waiver = false);
    assert_found(waived_group, Check::FirstAfterWaiver, |payer| payer.orders[1].first_after_waiver = true);
    assert_found(one_school, Check::FirstAfterWaiver, |payer| payer.orders[1].first_after_waiver = true);
}

#[test]
fn a_term_shorter_than_the_order_of_the_app_is_found() {
    let term = |days| {
        move |payer: &mut PayerSchedule| {
            payer.orders[3].order.term = Term { months: 0, days };
            payer.orders[3].lots[0].expires = days_after(date(2024, 6, 1), days);
        }
    };
    assert_eq!(records().checks_after(term(487)), [Check::AppOrder]);
    assert_eq!(records().checks_after(term(488)), []);
}

#[test]
fn days_outside_the_schedule_are_found() {
    assert_found(one_school, Check::Dates, |payer| payer.orders[1].date = date(2022, 11, 17));
    assert_found(one_school, Check::Dates, |payer| payer.orders[2].date = date(2023, 10, 1));
    assert_found(one_school, Check::Dates, |payer| payer.orders[1].due_since = Some(date(2022, 11, 1)));
    assert_found(waived_group, Check::Dates, |payer| payer.orders[0].due_since = Some(date(2023, 3, 1)));
    let late = |payer: &mut PayerSchedule| payer.orders[0].due_since = Some(date(2023, 2, 28));
    assert_eq!(waived_group().checks_after(late), []);
    let mut by_hand = one_school();
    by_hand.schedule.until = date(2023, 10, 2);
    assert_eq!(by_hand.checks(), [Check::Dates]);
}

#[test]
fn money_spent_for_nothing_is_found() {
    let one_more = |payer: &mut PayerSchedule| {
        payer.orders[2].order.members[0].counts = basic(11);
        payer.orders[2].lots[0].count = 11;
    };
    assert_eq!(one_school().checks_after(one_more), [Check::Unneeded]);
    assert_found(one_school, Check::WastedCodes, lapse);
    let bought_first = |payer: &mut PayerSchedule| {
        payer.orders[0].lots[2].activated = date(2023, 3, 2);
        payer.orders[0].lots[2].expires = date(2024, 3, 8);
    };
    assert_found(one_school, Check::WastedCodes, bought_first);
    let spare = |payer: &mut PayerSchedule| {
        payer.orders[3].order.members[0].counts.interop = 9;
        payer.orders[3].lots[0].count = 9;
    };
    assert!(records().checks_after(spare).contains(&Check::Gaps), "all ten serve somebody");
}

#[test]
fn a_schedule_that_depends_on_its_end_is_found() {
    let (whole, mut shorter) = (one_school().schedule, one_school().schedule);
    shorter.until = date(2023, 3, 1);
    let payer = &mut shorter.payers[0];
    payer.orders.pop();
    payer.orders[0].lots.pop();
    assert_eq!(same_window(&whole, &shorter), [""; 0]);
    assert_eq!(same_window(&shorter, &whole), [""; 0]);
    shorter.payers[0].orders[1].date = date(2023, 1, 4);
    assert_eq!(same_window(&whole, &shorter).len(), 1);
    shorter.payers[0].orders.pop();
    assert_eq!(same_window(&whole, &shorter).len(), 1);
    shorter.payers[0].gaps.clear();
    assert_eq!(same_window(&whole, &shorter).len(), 2);
}

#[test]
fn a_violation_names_rule_fact_payer_and_day() {
    let mut by_hand = one_school();
    by_hand.schedule.payers[0].orders[2].lots[0].expires = date(2024, 3, 6);
    let found = validate(&by_hand.plan, &by_hand.options, &by_hand.schedule);
    let text = "Expiry (T6), payer \"1\", 2023-03-01: 10 basic accounts expire on 2024-03-06, not 2024-03-07";
    assert_eq!(found[0].to_string(), text);
}
