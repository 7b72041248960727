use proptest::prelude::*;

use super::*;

/// Two sums that are divided and rounded down apart, and then added; the total may be that much more.
#[derive(Debug, Clone)]
struct Quotients {
    parts: [Vec<i128>; 2],
    divisor: i128,
    more: i128,
    target: i128,
}

impl Total for Quotients {
    fn has(&self, variable: usize) -> bool {
        self.parts.iter().any(|part| part[variable] != 0)
    }

    fn excess(&self, at: &dyn Fn(usize) -> i128) -> (i128, i128) {
        let sum = |part: &Vec<i128>| part.iter().enumerate().map(|(index, factor)| factor * at(index)).sum();
        let quotients = self.parts.iter().map(|part| i128::div_euclid(sum(part), self.divisor));
        let excess = quotients.sum::<i128>() - self.target;
        (excess, excess + self.more)
    }
}

fn row(factors: &[i128], least: i128, most: i128) -> Row {
    Row { factors: factors.to_vec(), least, most }
}

fn system(most: i128, rows: &[Row]) -> Option<System> {
    System::new((rows[0].factors.len(), most), rows.to_vec(), (Vec::new(), Vec::new()), &[])
}

const MOST: i128 = 13;

/// Returns the ranges of three numbers by trying all of them.
fn tried(rows: &[Row], total: &Quotients) -> Vec<Option<(i128, i128)>> {
    let mut ranges: Vec<Option<(i128, i128)>> = vec![None; 3];
    for number in 0..(MOST + 1).pow(3) {
        let at = [number % (MOST + 1), number / (MOST + 1) % (MOST + 1), number / (MOST + 1).pow(2)];
        let sum = |row: &Row| row.factors.iter().zip(at).map(|(factor, value)| factor * value).sum::<i128>();
        let holds = rows.iter().all(|row| (row.least..=row.most).contains(&sum(row)));
        let (least, most) = total.excess(&|index| at[index]);
        if holds && least <= 0 && 0 <= most {
            for (range, value) in ranges.iter_mut().zip(at) {
                let (low, high) = range.unwrap_or((value, value));
                *range = Some((low.min(value), high.max(value)));
            }
        }
    }
    ranges
}

fn rows() -> impl Strategy<Value = Vec<(Vec<i128>, i128)>> {
    prop::collection::vec((prop::collection::vec(0i128..7, 3), 0i128..3), 1..4)
}

proptest! {
    #[test]
    fn ranges_are_those_of_all_solutions(
        rows in rows(),
        parts in prop::collection::vec(prop::collection::vec(0i128..5, 3), 2),
        (divisor, more) in (1i128..9, 0i128..3),
        solution in prop::collection::vec(0..=MOST, 3),
        (off, is_off) in (1i128..40, any::<bool>()),
    ) {
        let sum = |factors: &[i128]| factors.iter().zip(&solution).map(|(one, other)| one * other).sum::<i128>();
        let mut rows: Vec<Row> = rows
            .iter()
            .map(|(factors, slack)| row(factors, sum(factors) - slack, sum(factors) + slack))
            .collect();
        let parts = [parts[0].clone(), parts[1].clone()];
        let mut total = Quotients { parts, divisor, more, target: 0 };
        total.target = total.excess(&|index| solution[index]).0;
        if is_off {
            // Perhaps nothing solves it then.
            rows[0].least += off;
            rows[0].most += off;
        }
        let expected = tried(&rows, &total);
        let found = System::new((3, MOST), rows, (vec![Rc::new(total)], Vec::new()), &[]);
        let ranges: Vec<_> =
            (0..3).map(|variable| found.as_ref().and_then(|system| system.range(variable))).collect();
        prop_assert_eq!(&ranges, &expected);
        prop_assert_eq!(found.is_some_and(|system| system.is_possible()), expected[0].is_some());
    }
}

#[test]
fn two_equations_give_two_numbers_also_if_these_are_large() {
    let rows = [row(&[250, 250], 120_000_000, 120_000_000), row(&[300, 100], 102_000_000, 102_000_000)];
    let system = system(100_000_000, &rows).unwrap();
    assert_eq!([system.range(0), system.range(1)], [Some((270_000, 270_000)), Some((210_000, 210_000))]);
}

#[test]
fn one_equation_of_three_numbers_leaves_the_ends_that_whole_numbers_reach() {
    let system = system(100_000_000, &[row(&[300, 500, 9000], 1_000_000, 1_000_000)]).unwrap();
    // 3a + 5b + 90c = 10000.
    assert_eq!(system.range(0), Some((0, 3330)));
    assert_eq!(system.range(1), Some((2, 2000)));
    assert_eq!(system.range(2), Some((0, 111)));
}

#[test]
fn contradictions_are_found_without_a_search() {
    let odd = row(&[300, 500], 1_000_050, 1_000_050);
    assert!(system(100_000_000, &[odd]).is_none());
    let twice = [row(&[1, 1], 10, 10), row(&[2, 2], 22, 23)];
    assert!(system(100, &twice).is_none());
    let third = [row(&[1, 1], 10, 10), row(&[1, 2], 12, 12), row(&[3, 1], 27, 30)];
    assert!(system(100, &third).is_none_or(|system| !system.is_possible()));
}

#[test]
fn a_check_narrows_what_the_others_leave_and_rules_solutions_out() {
    let check = |target| {
        let parts = [vec![3, 2], vec![0, 0]];
        let total: Rc<dyn Total> = Rc::new(Quotients { parts, divisor: 1, more: 0, target });
        System::new((2, 100), vec![row(&[1, 0], 4, 4)], (Vec::new(), vec![total]), &[]).unwrap()
    };
    assert_eq!([check(22).range(0), check(22).range(1)], [Some((4, 4)), Some((5, 5))]);
    assert_eq!([check(11).range(0), check(11).range(1)], [None, None]);
}

#[test]
fn ranges_are_no_longer_split_when_there_are_too_many() {
    // No even sum is odd, but only some billions of ranges would show that.
    let total = Quotients { parts: [vec![2; 3], vec![0; 3]], divisor: 1, more: 0, target: 1_000_001 };
    let system = System::new((3, 1_000_000), Vec::new(), (vec![Rc::new(total)], Vec::new()), &[]).unwrap();
    assert!((0..3).all(|variable| system.range(variable).is_some()));
}
