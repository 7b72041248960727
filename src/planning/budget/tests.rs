use std::sync::Arc;

use jiff::civil::date;
use rust_decimal::Decimal;

use super::*;
use crate::account::{Counts, Term};
use crate::diagnostic::SourceFile;
use crate::money::Money;
use crate::plan::{ReadOptions, read};
use crate::pricing::{NoteCode, OrderError, quote_orders};
use crate::rates::RateCards;

mod heads;
mod options;
mod random;

fn plan(text: &str) -> Plan {
    let cards = RateCards::embedded().unwrap();
    let reading = read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
    reading.plan.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

fn years(years: u32) -> BudgetOptions {
    BudgetOptions { years, ..BudgetOptions::default() }
}

fn make(text: &str, options: &BudgetOptions) -> Budget {
    let plan = plan(text);
    let budget = budget(&plan, options).unwrap();
    check_against_the_engine(&plan, &budget);
    budget
}

/// Quotes every line again, and adds every period up by hand.
fn check_against_the_engine(plan: &Plan, budget: &Budget) {
    for line in &budget.lines {
        let again = quote_orders(&plan.card, Some(line.date), std::slice::from_ref(&line.order)).unwrap();
        assert_eq!(again.orders[0], line.quote);
        assert!(budget.from <= line.date && line.date < budget.end);
    }
    for periods in [&budget.periods, &budget.years] {
        assert_eq!(periods.iter().map(|period| period.lines.len()).sum::<usize>(), budget.lines.len());
        for period in periods {
            let lines = budget.lines_of(period);
            assert!(lines.iter().all(|line| period.from <= line.date && line.date <= period.to));
            let firm = |line: &&BudgetLine| line.quote.status == OrderStatus::Confirmed;
            let payable: i64 = lines.iter().filter(firm).map(|line| line.quote.priced_payable().fen()).sum();
            assert_eq!(period.totals.payable.fen(), payable);
            let by_payer: i64 = (0..budget.payers.len())
                .map(|payer| budget.payer_totals(period, payer).unwrap().payable.fen())
                .sum();
            assert_eq!(by_payer, payable);
        }
    }
    let payable: i64 = budget.payers.iter().map(|payer| payer.totals.payable.fen()).sum();
    assert_eq!(payable, budget.totals.payable.fen());
}

type Shown = (LineKind, Date, Date, Date, Counts, &'static str);

fn shown(budget: &Budget) -> Vec<(LineKind, Date, Date, Date, Counts, String)> {
    let counts = |line: &BudgetLine| Group::ordered(&line.order);
    let payable = |line: &BudgetLine| line.quote.priced_payable().to_string();
    let show = |line| (line_kind(line), line.date, line.starts, line.expires, counts(line), payable(line));
    budget.lines.iter().map(show).collect()
}

fn line_kind(line: &BudgetLine) -> LineKind {
    line.kind
}

#[track_caller]
fn assert_lines(budget: &Budget, expected: &[Shown]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|&(kind, date, starts, expires, counts, payable)| {
            (kind, date, starts, expires, counts, payable.to_owned())
        })
        .collect();
    assert_eq!(shown(budget), expected);
}

fn basic(basic: u32) -> Counts {
    Counts { basic, interop: 0 }
}

const BOUGHT: &str = r#"
    date = 2022-11-18
    [[school]]
    code = "1"
    name = "A"
    basic = 150
    [[school.purchase]]
    paid = 2022-11-18
    basic = 150
    activated = 2022-11-18
    "#;

#[test]
fn renewals_follow_each_other_and_drift_by_the_long_years() {
    let budget = make(BOUGHT, &years(6));
    let renewal = |year, month, day, expires| {
        let starts = date(year, month, day);
        (LineKind::Renewal, starts.checked_sub(jiff::Span::new().days(7)).unwrap(), starts, expires)
    };
    let expected = [
        (LineKind::Recorded, date(2022, 11, 18), date(2022, 11, 18), date(2023, 11, 25)),
        renewal(2023, 11, 25, date(2024, 12, 1)),
        renewal(2024, 12, 1, date(2025, 12, 8)),
        renewal(2025, 12, 8, date(2026, 12, 15)),
        renewal(2026, 12, 15, date(2027, 12, 22)),
        renewal(2027, 12, 22, date(2028, 12, 28)),
    ];
    assert_lines(
        &budget,
        &expected.map(|(kind, on, starts, end)| (kind, on, starts, end, basic(150), "605.00")),
    );
    assert!(budget.lines[1..].iter().all(|line| line.order.renewal));
    assert_eq!(budget.payers[0].gaps, []);
    assert_eq!(budget.totals.payable, Money::from_fen(6 * 60_500));
}

#[test]
fn a_trial_leads_to_a_payment_before_the_first_reminder() {
    let text = r#"
        date = 2022-11-18
        [[school]]
        code = "1"
        name = "A"
        basic = 8
        interop = 20
        [[school.app]]
        id = "x"
        authorized = 2022-09-23T11:06:16
        "#;
    let budget = make(text, &years(1));
    let counts = Counts { basic: 8, interop: 20 };
    let purchase =
        (LineKind::Purchase, date(2022, 12, 14), date(2022, 12, 22), date(2023, 12, 29), counts, "887.00");
    assert_lines(&budget, &[purchase]);
    assert_eq!(budget.payers[0].gaps, []);
}

#[test]
fn a_trial_that_has_ended_leaves_a_gap_until_the_first_day() {
    let text = r#"
        date = 2022-11-18
        [[school]]
        code = "1"
        name = "A"
        basic = 5
        [[school.app]]
        id = "x"
        authorized = 2022-07-05T10:04:32
        "#;
    let budget = make(text, &years(1));
    assert_eq!(budget.lines[0].date, date(2022, 11, 18));
    let account_type = crate::AccountType::Basic;
    let gap = Gap { account_type, from: date(2022, 10, 3), until: date(2022, 11, 18), days: 46 };
    assert_eq!(budget.payers[0].gaps, [gap]);
}

#[test]
fn a_lapse_between_two_purchases_is_a_gap_and_an_interop_account_fills_a_basic_one() {
    let second = "[[school.purchase]]\npaid = 2023-12-05\nactivated = 2023-12-05\n";
    let dated = BOUGHT.replacen("2022-11-18", "2024-01-01", 1);
    let gaps = |counts: &str| make(&format!("{dated}{second}{counts}"), &years(1)).payers[0].gaps.clone();
    let account_type = crate::AccountType::Basic;
    let gap = Gap { account_type, from: date(2023, 11, 25), until: date(2023, 12, 5), days: 10 };
    assert_eq!(gaps("basic = 150"), [gap]);
    assert_eq!(gaps("interop = 150"), [gap]);
}

#[test]
fn a_k12_school_pays_from_its_first_renewal_after_the_waiver_on() {
    let text = r#"
        date = 2022-11-18
        [[school]]
        code = "1"
        name = "A"
        industry = "教育/初等教育"
        certification = "verified"
        basic = 150
        "#;
    let budget = make(text, &years(3));
    let payable: Vec<String> =
        budget.lines.iter().map(|line| line.quote.priced_payable().to_string()).collect();
    assert_eq!(payable, ["0.00", "605.00", "605.00"]);
    let first: Vec<bool> = budget.lines.iter().map(|line| line.first_after_waiver).collect();
    assert_eq!(first, [false, true, false]);
    assert!(budget.lines[1].quote.notes.iter().any(|note| note.code() == NoteCode::WaiverEnded));
    assert_eq!(budget.years[0].totals.waived, Money::from_fen(60_500));
}

#[test]
fn a_group_is_one_order_and_shares_what_it_has() {
    let text = r#"
        date = 2022-11-18
        [[school]]
        code = "up"
        name = "A"
        basic = 150
        [[school.purchase]]
        paid = 2022-11-18
        basic = 180
        activated = 2022-11-18
        [[school]]
        code = "down"
        name = "B"
        basic = 60
        upstream = "up"
        "#;
    let budget = make(text, &years(2));
    let counts: Vec<Vec<u32>> = budget
        .lines
        .iter()
        .map(|line| line.order.members.iter().map(|member| member.counts.basic).collect())
        .collect();
    assert_eq!(counts, [vec![180, 0], vec![0, 30], vec![150, 60]]);
    assert_eq!(budget.lines[1].kind, LineKind::TopUp);
    assert_eq!(budget.payers.len(), 1);
}

#[test]
fn held_accounts_come_on_top_and_are_renewed_on_their_own_day() {
    let text = r#"
        date = 2022-11-18
        [[school]]
        code = "1"
        name = "A"
        basic = 50
        term = { months = 6 }
        held = [{ type = "basic", count = 180, expires = 2023-11-25 }]
        "#;
    let budget = make(text, &years(1));
    let lines: Vec<(LineKind, Date, u32, u32)> = budget
        .lines
        .iter()
        .map(|line| (line.kind, line.date, Group::ordered(&line.order).basic, line.quote.start.basic))
        .collect();
    assert_eq!(lines, [(LineKind::TopUp, date(2022, 11, 18), 50, 0)]);
    assert_eq!(budget.lines[0].expires, date(2023, 11, 25));
    // Equally long, they do not come first, because P12 requires "longer".
    let notes = &budget.lines[0].quote.notes;
    assert!(notes.iter().any(|note| note.code() == NoteCode::HeldExpiresWith));
    assert!(
        notes
            .iter()
            .any(|note| note.fact.as_deref() == Some("P12") && note.code() == NoteCode::UnconfirmedFact)
    );
}

#[test]
fn a_purchase_that_was_never_activated_is_lost_after_a_year() {
    let text = BOUGHT.replace("activated = 2022-11-18", "");
    let in_time = make(&text, &years(1));
    assert_eq!(in_time.lines.len(), 1);
    assert_eq!(in_time.payers[0].lost, []);
    let late = make(&text.replacen("2022-11-18", "2023-11-19", 1), &years(1));
    assert_eq!(late.payers[0].lost.len(), 1);
    assert_eq!(late.lines[0].kind, LineKind::Purchase);
}

#[test]
fn unconfirmed_and_unpriced_lines_stay_out_of_firm_totals() {
    let text = r#"
        date = 2022-11-18
        [[school]]
        code = "1"
        name = "A"
        basic = 150
        status = "unconfirmed"
        [[school]]
        code = "2"
        name = "B"
        basic = 10002
        "#;
    let totals = make(text, &years(1)).totals;
    assert_eq!((totals.unconfirmed, totals.unconfirmed_orders), (Money::from_fen(60_500), 1));
    assert_eq!(totals.unpriced, basic(2));
    assert!(!totals.complete);
}

#[test]
fn a_school_with_internal_apps_alone_needs_no_order() {
    let text = "date = 2022-11-18\n[[school]]\ncode = \"1\"\nname = \"A\"\nbasic = 9\n\
                [[school.app]]\nid = \"x\"\nkind = \"internal\"\nauthorized = 2022-08-08T19:06:12\n";
    let budget = make(text, &years(5));
    assert_eq!(budget.lines, []);
    assert!(!budget.payers[0].charged);
}

#[test]
fn a_term_of_five_years_waits_for_the_day_of_expiry() {
    let text = BOUGHT.replace("basic = 150\n    [[", "basic = 150\n    term = { years = 5 }\n    [[")
        + "term = { years = 1 }\n";
    let renewal = &make(&text, &years(2)).lines[1];
    assert_eq!((renewal.date, renewal.starts), (date(2023, 11, 25), date(2023, 11, 25)));
    assert_eq!(renewal.expires, date(2028, 12, 28));
}

#[test]
fn a_test_enterprise_is_free_month_by_month() {
    let text = "date = 2022-11-18\n[[school]]\ncode = \"1\"\nname = \"A\"\nbasic = 9\n\
                test-enterprise = true\nterm = { months = 1 }\n";
    let budget = make(text, &years(1));
    assert_eq!(budget.lines.len(), 12);
    assert_eq!(budget.totals.payable, Money::ZERO);
}
