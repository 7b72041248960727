//! Four plans with a schedule written by hand.

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use super::super::{Check, validate};
use crate::account::{AccountType, Counts, Term};
use crate::money::Money;
use crate::plan::fixture::plan;
use crate::plan::{Plan, RecordedKind};
use crate::planning::schedule::{
    Gap, Lapsed, NeedStep, OrderKind, OrderLot, PayerSchedule, Schedule, ScheduleOptions, ScheduledOrder,
};
use crate::pricing::{Held, Member, Order, quote_orders};

pub(super) const BASIC: AccountType = AccountType::Basic;
pub(super) const INTEROP: AccountType = AccountType::Interop;

/// A plan and its schedule.
pub(super) struct ByHand {
    pub(super) plan: Plan,
    pub(super) options: ScheduleOptions,
    pub(super) schedule: Schedule,
}

impl ByHand {
    fn new(text: &str, until: Date, payer: impl FnOnce(&Plan) -> PayerSchedule) -> ByHand {
        let plan = plan(text);
        let payers = vec![payer(&plan)];
        let options = ScheduleOptions { until, growth: Decimal::ZERO };
        ByHand { schedule: Schedule { date: plan.date.unwrap(), until, payers }, options, plan }
    }

    /// Damages the schedule, has every order quoted anew, and returns the checks that find it.
    pub(super) fn checks_after(mut self, damage: impl FnOnce(&mut PayerSchedule)) -> Vec<Check> {
        damage(&mut self.schedule.payers[0]);
        for order in &mut self.schedule.payers[0].orders {
            requote(&self.plan, order);
        }
        self.checks()
    }

    /// Returns the checks that find something.
    pub(super) fn checks(&self) -> Vec<Check> {
        let found = validate(&self.plan, &self.options, &self.schedule);
        let mut checks: Vec<Check> = found.iter().map(|violation| violation.check).collect();
        checks.sort_unstable();
        checks.dedup();
        checks
    }
}

/// An order as it is written down; the rest follows from the plan.
struct Written<'w> {
    date: Date,
    kind: OrderKind,
    recorded: Option<(usize, usize)>,
    counts: &'w [(usize, Counts)],
    /// Of each of these members, its users and accounts on the day on which the order begins.
    positions: &'w [(Counts, Counts)],
    months: u32,
    /// Of the payer.
    held: Held,
    lots: Vec<OrderLot>,
}

fn requote(plan: &Plan, order: &mut ScheduledOrder) {
    let quoted = quote_orders(&plan.card, Some(order.date), std::slice::from_ref(&order.order));
    if let Ok(mut quote) = quoted {
        order.quote = quote.orders.remove(0);
    }
}

fn scheduled(plan: &Plan, members: &[usize], written: Written<'_>) -> ScheduledOrder {
    let payer = &plan.schools[members[0]];
    let parts = written.counts.iter().enumerate().map(|(index, &(member, counts))| {
        let school = &plan.schools[members[member]];
        let (need, have) = written.positions.get(index).copied().unwrap_or_default();
        Member {
            party: school.party(),
            customer: school.customer.clone(),
            counts,
            need,
            have,
            held: if index == 0 { written.held } else { Held::NONE },
            charged: true,
            status: school.status,
        }
    });
    let order = Order {
        payer: payer.party(),
        customer: payer.customer.clone(),
        members: parts.collect(),
        held_by_others: Held::NONE,
        term: Term { months: written.months, days: 0 },
        renewal: written.kind == OrderKind::Renewal || is_recorded_renewal(plan, members, written.recorded),
        test_enterprise: false,
        negotiated: payer.negotiated,
        status: payer.status,
    };
    let quote =
        quote_orders(&plan.card, Some(written.date), std::slice::from_ref(&order)).unwrap().orders.remove(0);
    ScheduledOrder {
        date: written.date,
        kind: written.kind,
        recorded: written.recorded,
        due_since: None,
        order,
        quote,
        lots: written.lots,
        first_after_waiver: false,
        reasons: Vec::new(),
    }
}

fn is_recorded_renewal(plan: &Plan, members: &[usize], recorded: Option<(usize, usize)>) -> bool {
    let kind = |(member, index): (usize, usize)| plan.schools[members[member]].purchases[index].kind;
    recorded.map(kind) == Some(RecordedKind::Renewal)
}

pub(super) fn basic(basic: u32) -> Counts {
    Counts { basic, interop: 0 }
}

pub(super) fn interop(interop: u32) -> Counts {
    Counts { basic: 0, interop }
}

fn lot(member: usize, account_type: AccountType, count: u32, (activated, expires): (Date, Date)) -> OrderLot {
    OrderLot { member, account_type, count, activated, extends: None, expires, recorded: false }
}

fn need(member: usize, account_type: AccountType, from: Option<Date>, users: u32) -> NeedStep {
    NeedStep { member, account_type, from, users }
}

/// 100 users since the end of the trial, 120 from March on; 80 held accounts and a purchase of 30, of which 10 are
/// activated: 20 codes are activated when they are needed, the held accounts renewed, and 10 accounts bought.
pub(super) fn one_school() -> ByHand {
    let text = r#"
        date = 2022-11-18
        [[school]]
        code = "1"
        name = "A"
        basic = 100
        held = [{ type = "basic", count = 80, expires = 2023-01-10 }]
        [[school.app]]
        id = "x"
        authorized = 2022-07-20T09:00:00
        [[school.purchase]]
        paid = 2022-10-01
        basic = 30
        activations = [{ date = 2022-10-05, type = "basic", count = 10 }]
        [[school.headcount]]
        from = 2023-03-01
        basic = 120
    "#;
    ByHand::new(text, date(2023, 10, 1), |plan| {
        let purchase = Written {
            date: date(2022, 10, 1),
            kind: OrderKind::Recorded,
            recorded: Some((0, 0)),
            counts: &[(0, basic(30))],
            positions: &[],
            months: 12,
            held: Held::NONE,
            lots: vec![
                OrderLot { recorded: true, ..lot(0, BASIC, 10, (date(2022, 10, 5), date(2023, 10, 12))) },
                lot(0, BASIC, 10, (date(2022, 11, 18), date(2023, 11, 25))),
                lot(0, BASIC, 10, (date(2023, 3, 1), date(2024, 3, 7))),
            ],
        };
        let renewal = Written {
            date: date(2023, 1, 3),
            kind: OrderKind::Renewal,
            recorded: None,
            counts: &[(0, basic(80))],
            positions: &[(basic(100), basic(20))],
            held: Held { unactivated: basic(10), ..Held::NONE },
            lots: vec![OrderLot {
                extends: Some(date(2023, 1, 10)),
                ..lot(0, BASIC, 80, (date(2023, 1, 3), date(2024, 1, 17)))
            }],
            ..purchase
        };
        let more = Written {
            date: date(2023, 3, 1),
            kind: OrderKind::Purchase,
            recorded: None,
            counts: &[(0, basic(10))],
            positions: &[(basic(120), basic(110))],
            held: Held { equal: basic(10), ..Held::NONE },
            lots: vec![lot(0, BASIC, 10, (date(2023, 3, 1), date(2024, 3, 7)))],
            ..renewal
        };
        let trial_end = date(2022, 10, 18);
        PayerSchedule {
            members: vec![0],
            orders: [purchase, renewal, more].map(|written| scheduled(plan, &[0], written)).into(),
            gaps: vec![Gap {
                member: 0,
                account_type: BASIC,
                from: trial_end,
                until: date(2022, 11, 18),
                need: 100,
                active: 90,
            }],
            lapsed: Vec::new(),
            needs: vec![
                need(0, BASIC, None, 0),
                need(0, BASIC, Some(trial_end), 100),
                need(0, BASIC, Some(date(2023, 3, 1)), 120),
            ],
        }
    })
}

/// A waived upstream of 50 users with a downstream of 30: a free order today, one on the waiver's last day whose
/// codes are stacked, and the first charged renewal.
pub(super) fn waived_group() -> ByHand {
    let text = r#"
        date = 2023-03-01
        [[school]]
        code = "d"
        name = "D"
        basic = 30
        upstream = "u"
        [[school]]
        code = "u"
        name = "U"
        industry = "教育/初等教育"
        certification = "verified"
        basic = 50
    "#;
    ByHand::new(text, date(2025, 4, 1), |plan| {
        let (first, second, third) = (date(2024, 3, 7), date(2025, 3, 14), date(2026, 3, 21));
        let both = |days: (Date, Date), extends: Option<Date>| {
            [(0, 50), (1, 30)]
                .map(|(member, count)| OrderLot { extends, ..lot(member, BASIC, count, days) })
                .into()
        };
        let today = Written {
            date: date(2023, 3, 1),
            kind: OrderKind::Purchase,
            recorded: None,
            counts: &[(0, basic(50)), (1, basic(30))],
            positions: &[(basic(50), Counts::ZERO), (basic(30), Counts::ZERO)],
            months: 12,
            held: Held::NONE,
            lots: both((date(2023, 3, 1), first), None),
        };
        let last_day = Written {
            date: date(2023, 3, 31),
            kind: OrderKind::Replacement,
            lots: both((date(2024, 2, 29), second), Some(first)),
            ..today
        };
        let charged = Written {
            date: date(2025, 3, 7),
            kind: OrderKind::Renewal,
            lots: both((date(2025, 3, 7), third), Some(second)),
            ..last_day
        };
        let mut orders = [today, last_day, charged].map(|written| scheduled(plan, &[1, 0], written));
        orders[2].first_after_waiver = true;
        PayerSchedule {
            members: vec![1, 0],
            orders: orders.into(),
            gaps: Vec::new(),
            lapsed: Vec::new(),
            needs: vec![need(0, BASIC, None, 50), need(1, BASIC, None, 30)],
        }
    })
}

/// Interop accounts to spare that serve basic users, a recorded renewal, codes that lapse, and a renewal that the
/// order of an app makes longer than the school's term.
pub(super) fn records() -> ByHand {
    let text = r#"
        date = 2024-01-10
        [[school]]
        code = "r"
        name = "R"
        basic = 20
        interop = 5
        held = [{ type = "interop", count = 10, expires = 2024-06-01 }]
        [[school.app]]
        id = "x"
        authorized = 2023-01-01T09:00:00
        order = { from = 2023-09-01, until = 2024-12-31 }
        [[school.purchase]]
        paid = 2023-02-01
        basic = 4
        [[school.purchase]]
        paid = 2023-04-01
        activated = 2023-04-01
        basic = 15
        [[school.purchase]]
        paid = 2024-01-05
        kind = "renewal"
        basic = 15
    "#;
    ByHand::new(text, date(2024, 8, 1), |plan| {
        let codes = Written {
            date: date(2023, 2, 1),
            kind: OrderKind::Recorded,
            recorded: Some((0, 0)),
            counts: &[(0, basic(4))],
            positions: &[],
            months: 12,
            held: Held::longer(interop(10)),
            lots: Vec::new(),
        };
        let old = date(2024, 4, 7);
        let activated = Written {
            date: date(2023, 4, 1),
            recorded: Some((0, 1)),
            counts: &[(0, basic(15))],
            held: Held { unactivated: basic(4), ..codes.held },
            lots: vec![OrderLot { recorded: true, ..lot(0, BASIC, 15, (date(2023, 4, 1), old)) }],
            ..codes
        };
        let recorded_renewal = Written {
            date: date(2024, 1, 5),
            recorded: Some((0, 2)),
            held: Held { longer: Counts::ZERO, ..activated.held },
            lots: vec![OrderLot {
                recorded: true,
                extends: Some(old),
                ..lot(0, BASIC, 15, (date(2024, 1, 5), date(2025, 4, 14)))
            }],
            ..activated
        };
        let renewal = Written {
            date: date(2024, 5, 25),
            kind: OrderKind::Renewal,
            recorded: None,
            counts: &[(0, interop(10))],
            positions: &[(Counts { basic: 20, interop: 5 }, basic(15))],
            months: 16,
            held: Held::NONE,
            lots: vec![OrderLot {
                extends: Some(date(2024, 6, 1)),
                ..lot(0, INTEROP, 10, (date(2024, 5, 25), date(2025, 10, 10)))
            }],
        };
        let orders = [codes, activated, recorded_renewal, renewal];
        let needs = [(BASIC, 20), (INTEROP, 5)].map(|(account_type, users)| {
            [need(0, account_type, None, 0), need(0, account_type, Some(date(2023, 4, 1)), users)]
        });
        PayerSchedule {
            members: vec![0],
            orders: orders.map(|written| scheduled(plan, &[0], written)).into(),
            gaps: Vec::new(),
            lapsed: vec![Lapsed {
                member: 0,
                purchase: 0,
                account_type: BASIC,
                count: 4,
                last_day: date(2024, 2, 1),
                worth: Some(Money::from_fen(2000)),
            }],
            needs: needs.concat(),
        }
    })
}

/// Users who wait for an activation that the plan records for later.
pub(super) fn waiting() -> ByHand {
    let text = "date = 2022-11-18\n[[school]]\ncode = \"1\"\nname = \"A\"\nbasic = 10\n\
                purchase = [{ paid = 2022-11-01, basic = 10, activated = 2022-12-01 }]\n";
    ByHand::new(text, date(2023, 6, 1), |plan| {
        let (today, activated) = (date(2022, 11, 18), date(2022, 12, 1));
        let recorded = Written {
            date: date(2022, 11, 1),
            kind: OrderKind::Recorded,
            recorded: Some((0, 0)),
            counts: &[(0, basic(10))],
            positions: &[],
            months: 12,
            held: Held::NONE,
            lots: vec![OrderLot { recorded: true, ..lot(0, BASIC, 10, (activated, date(2023, 12, 8))) }],
        };
        let gap = Gap { member: 0, account_type: BASIC, from: today, until: activated, need: 10, active: 0 };
        PayerSchedule {
            members: vec![0],
            orders: [scheduled(plan, &[0], recorded)].into(),
            gaps: vec![gap],
            lapsed: Vec::new(),
            needs: vec![need(0, BASIC, None, 10)],
        }
    })
}
