use std::sync::Arc;

use super::*;
use crate::analysis::compare::{BudgetSide, SharedOptions, Side, compare, compare_budgets};
use crate::diagnostic::SourceFile;
use crate::plan::{self, ReadOptions};
use crate::planning::budget::PeriodLength;
use crate::rates::RateCards;
use crate::report::{Grid, RowRole};

fn blocks(old: &str, new: &str) -> Vec<Block> {
    let cards = RateCards::embedded().unwrap();
    let plan = |text: &str| {
        plan::read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards)).plan.unwrap()
    };
    let (old, new) = (plan(old), plan(new));
    let comparison = compare(&Side::from(&old), &Side::from(&new)).unwrap();
    CompareView { comparison: &comparison, old_card: &old.card, new_card: &new.card, assumed: &[] }
        .blocks(Figures::Shown)
}

/// The column of differences: the sum of the items, and the total.
fn sums(grid: &Grid) -> (i64, i64) {
    let differences = grid.columns.iter().position(|column| column.key == "difference").unwrap();
    let of = |role| {
        let rows = grid.rows.iter().filter(move |row| row.role == role);
        rows.map(|row| match row.cells[differences].value() {
            Cell::Change(money) => money.fen(),
            other => panic!("{other:?}"),
        })
        .sum()
    };
    (of(RowRole::Item), of(RowRole::Total))
}

#[test]
fn every_table_adds_up_to_the_difference_of_the_totals() {
    let old = include_str!("../../../../examples/compare-old.toml");
    let new = include_str!("../../../../examples/compare-new.toml");
    let newly_unconfirmed = new.replacen("basic = 230", "basic = 230\nstatus = \"unconfirmed\"", 1);
    let blocks = blocks(old, &newly_unconfirmed);
    let grids = blocks.iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(sums(grid)),
        _ => None,
    });
    let (firm, unconfirmed) = ((-29_800, -29_800), (89_500, 89_500));
    assert_eq!(
        grids.collect::<Vec<_>>(),
        [firm, firm, firm, unconfirmed, unconfirmed, unconfirmed],
        "597.00 less the 895.00 that became unconfirmed"
    );
}

#[test]
fn every_table_of_budgets_adds_up_to_the_difference_of_the_totals() {
    let cards = RateCards::embedded().unwrap();
    let plan = |text: &str| {
        plan::read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards)).plan.unwrap()
    };
    let old = plan(include_str!("../../../../examples/compare-old.toml"));
    let new = include_str!("../../../../examples/compare-new.toml");
    let new = plan(&new.replacen("basic = 230", "basic = 230\nstatus = \"unconfirmed\"", 1));
    let side = |plan| BudgetSide { plan, from: None, growth: None };
    let options = SharedOptions { years: 2, by: PeriodLength::Quarter, fiscal_year_start: 1 };
    let comparison = compare_budgets(side(&old), side(&new), &options).unwrap();
    let view = CompareBudgetsView {
        comparison: &comparison,
        old_card: &old.card,
        new_card: &new.card,
        by: PeriodLength::Quarter,
        assumed: &[],
    };
    let grids = view.document().blocks.into_iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(sums(&grid)),
        _ => None,
    });
    let Change { firm, unconfirmed } = comparison.difference;
    let (firm, unconfirmed) = ((firm.fen(), firm.fen()), (unconfirmed.fen(), unconfirmed.fen()));
    assert!(firm.0 != 0 && unconfirmed.0 != 0);
    assert_eq!(grids.collect::<Vec<_>>(), [[firm; 4], [unconfirmed; 4]].concat());
}

#[test]
fn a_waiver_of_an_undated_side_is_reported_once() {
    let school = "[[school]]\ncode = \"1\"\nname = \"甲\"\nbasic = 5\nindustry = \"教育/初等教育\"\ncertification = \"verified\"\n";
    let remarks = blocks(school, school).into_iter().filter_map(|block| match block {
        Block::Remarks(remarks) => Some(remarks),
        _ => None,
    });
    let undated = |remark: &Remark| remark.text.id == "note-waiver-undated";
    assert_eq!(remarks.flatten().filter(undated).count(), 1);
}
