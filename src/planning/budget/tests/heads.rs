//! Headcounts that rise and fall: top-ups, smaller renewals, growth.

use super::*;

#[test]
fn more_heads_are_topped_up_to_the_common_expiry() {
    let text = format!("{BOUGHT}[[school.headcount]]\nfrom = 2023-09-01\nbasic = 230\ninterop = 20\n");
    let budget = make(&text, &years(2));
    let expires = date(2023, 11, 25);
    let (more, all) = (Counts { basic: 80, interop: 20 }, Counts { basic: 230, interop: 20 });
    // 85 days: (5×5+75×4 + 5×50+15×40) × 85/372 = 268.48.
    assert_lines(
        &budget,
        &[
            (LineKind::Recorded, date(2022, 11, 18), date(2022, 11, 18), expires, basic(150), "605.00"),
            (LineKind::TopUp, date(2023, 9, 1), date(2023, 9, 1), expires, more, "268.48"),
            (LineKind::Renewal, date(2023, 11, 18), expires, date(2024, 12, 1), all, "1745.00"),
        ],
    );
    assert_eq!(budget.lines[1].order.term, Term { months: 2, days: 23 });
}

#[test]
fn a_top_up_that_would_be_too_short_runs_on_with_the_renewal() {
    let text = format!("{BOUGHT}[[school.headcount]]\nfrom = 2023-11-05\nbasic = 230\n");
    let budget = make(&text, &years(3));
    let line = &budget.lines[1];
    assert_eq!((line.kind, line.starts), (LineKind::TopUp, date(2023, 11, 5)));
    assert_eq!((line.expires, line.quote.days), (date(2024, 12, 1), 20 + 372));
    assert_eq!(Group::ordered(&budget.lines[2].order), basic(150));
    assert_eq!(Group::ordered(&budget.lines[3].order), basic(230));
}

#[test]
fn heads_that_come_after_the_renewal_was_placed_join_the_new_term() {
    let text = format!("{BOUGHT}[[school.headcount]]\nfrom = 2023-11-20\nbasic = 230\n");
    let budget = make(&text, &years(2));
    assert_eq!(Group::ordered(&budget.lines[1].order), basic(150));
    let line = &budget.lines[2];
    assert_eq!(
        (line.kind, line.date, line.expires),
        (LineKind::TopUp, date(2023, 11, 20), date(2024, 12, 1))
    );
}

#[test]
fn fewer_heads_make_the_next_renewal_smaller() {
    for from in ["2023-03-01", "2023-11-20", "2023-11-25"] {
        let text = format!("{BOUGHT}[[school.headcount]]\nfrom = {from}\nbasic = 100\n");
        let counts: Vec<Counts> =
            make(&text, &years(2)).lines.iter().map(|line| Group::ordered(&line.order)).collect();
        assert_eq!(counts, [basic(150), basic(100)], "{from}");
    }
}

#[test]
fn growth_adds_heads_at_each_renewal_behind_the_renewed_ones() {
    let options = BudgetOptions { growth: Some(Decimal::from(5)), ..years(3) };
    let budget = make(BOUGHT, &options);
    let counts: Vec<(LineKind, u32)> =
        budget.lines.iter().map(|line| (line.kind, Group::ordered(&line.order).basic)).collect();
    assert_eq!(
        counts,
        [
            (LineKind::Recorded, 150),
            (LineKind::Renewal, 150),
            (LineKind::Growth, 8),
            (LineKind::Renewal, 158),
            (LineKind::Growth, 8),
        ]
    );
    let growth = &budget.lines[2];
    assert_eq!((growth.date, growth.starts), (date(2023, 11, 18), date(2023, 11, 25)));
    assert_eq!(growth.quote.start, basic(150));
    let shrinking = BudgetOptions { growth: Some(Decimal::from(-10)), ..years(3) };
    let counts: Vec<u32> =
        make(BOUGHT, &shrinking).lines.iter().map(|line| Group::ordered(&line.order).basic).collect();
    assert_eq!(counts, [150, 135, 122]);
}
