//! The horizon, its periods, and invalid options.

use super::*;

#[test]
fn purchases_of_the_horizon_count_although_they_lie_before_the_date() {
    let text = BOUGHT.replacen("2022-11-18", "2023-02-01", 1);
    let options = BudgetOptions { from: Some(date(2022, 7, 1)), fiscal_year_start: 7, ..years(2) };
    let budget = make(&text, &options);
    let years: Vec<(Date, Date, bool, String)> = budget
        .years
        .iter()
        .map(|year| (year.from, year.to, year.partial, year.totals.payable.to_string()))
        .collect();
    assert_eq!(
        years,
        [
            (date(2022, 7, 1), date(2023, 6, 30), false, "605.00".into()),
            (date(2023, 7, 1), date(2024, 6, 30), false, "605.00".into()),
        ]
    );
}

#[test]
fn periods_cover_the_horizon_without_a_gap() {
    for (by, expected) in [(PeriodLength::Month, 13), (PeriodLength::Quarter, 5), (PeriodLength::Year, 2)] {
        let budget = make(BOUGHT, &BudgetOptions { by, fiscal_year_start: 2, ..years(1) });
        assert_eq!(budget.periods.len(), expected, "{by:?}");
        assert!(budget.periods[0].partial);
        assert!(budget.periods.windows(2).all(|pair| pair[0].to.tomorrow().unwrap() == pair[1].from));
    }
}

#[test]
fn every_wrong_option_is_reported_at_once() {
    let undated = plan(&BOUGHT.replacen("date = 2022-11-18", "", 1));
    let options = BudgetOptions {
        years: 51,
        growth: Some(Decimal::from(-100)),
        fiscal_year_start: 13,
        ..BudgetOptions::default()
    };
    let errors = budget(&undated, &options).unwrap_err();
    let percent = Decimal::from(-100);
    assert_eq!(
        errors,
        [
            BudgetError::NoStart,
            BudgetError::Years { years: 51 },
            BudgetError::FiscalYearStart { month: 13 },
            BudgetError::Growth { percent },
        ]
    );
    let late = BudgetOptions { from: Some(Date::MAX), ..years(1) };
    assert_eq!(budget(&undated, &late).unwrap_err(), [BudgetError::BeyondCalendar]);
}

#[test]
fn growth_beyond_an_order_is_an_error_and_not_a_panic() {
    let options = BudgetOptions { growth: Some(Decimal::MAX), ..years(50) };
    let errors = budget(&plan(BOUGHT), &options).unwrap_err();
    let [BudgetError::Order(OrderError { payer, date: Some(_), .. })] = &errors[..] else {
        panic!("{errors:?}")
    };
    assert!(payer.code.is_some());
}

#[test]
fn accounts_that_outlive_the_calendar_name_their_order() {
    let late = BOUGHT.replacen("2022-11-18", "9998-12-01", 1).replace("2022-11-18", "9998-06-01");
    let errors = budget(&plan(&late), &years(1)).unwrap_err();
    let [BudgetError::Expiry { payer, date }] = &errors[..] else { panic!("{errors:?}") };
    assert!(payer.code.is_some() && date.year() >= 9998);
}

#[test]
fn fifty_years_from_the_last_day_of_february() {
    let text = BOUGHT.replace("2022-11-18", "2024-02-29");
    let budget = make(&text, &years(50));
    assert_eq!(budget.end, date(2074, 2, 28));
    let last = budget.lines.last().unwrap();
    assert_eq!(
        last.expires,
        budget.lines[0].starts + jiff::Span::new().days(372 * budget.lines.len() as i64)
    );
}
