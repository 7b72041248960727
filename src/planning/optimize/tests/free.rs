//! Payers of whom nothing is asked, or not yet.

use jiff::civil::date;

use crate::money::Money;
use crate::plan::fixture::plan;
use crate::planning::optimize::{Limits, NotOptimized, OptimizeOptions, PayerOptimum, optimize_plan};

#[test]
fn who_pays_nothing_is_told_why() {
    let school = |code: &str, more: &str| {
        format!("[[school]]\ncode = \"{code}\"\nname = \"{code}\"\nbasic = 5\n{more}\n")
    };
    let primary = "industry = \"教育/初等教育\"\ncertification = \"verified\"";
    let own = "[[school.app]]\nid = \"x\"\nname = \"X\"\nkind = \"internal\"";
    let answers = |day: &str, years: u32| {
        let schools = [
            school("test", "test-enterprise = true\nterm = { months = 1 }"),
            school("own", own),
            school("primary", primary),
            school("other", ""),
        ];
        let plan = plan(&format!("date = {day}\n{}", schools.concat()));
        let options = OptimizeOptions { years, limits: Limits::default(), robust: false };
        let optimized = optimize_plan(&plan, &options, &|| false).unwrap();
        let of = |payer: &str| {
            let is_it = |one: &&PayerOptimum| one.payer.code.as_deref() == Some(payer);
            optimized.payers.iter().find(is_it).unwrap().found.as_ref().err().cloned()
        };
        ["test", "own", "primary", "other"].map(of)
    };
    let (test, own) = (Some(NotOptimized::TestEnterprise), Some(NotOptimized::NotCharged));
    // What is ordered on the last day of the waiver lasts to the end of the second year, but not of the third.
    assert_eq!(answers("2022-05-20", 2), [test.clone(), own.clone(), Some(NotOptimized::Waived), None]);
    let yearly = Some(Money::from_fen(2_500));
    let later = NotOptimized::WaivedUntil { last_day: date(2023, 3, 31), yearly };
    assert_eq!(answers("2022-05-20", 3), [test.clone(), own.clone(), Some(later), None]);
    assert_eq!(answers("2024-03-01", 1), [test, own, None, None]);
}
