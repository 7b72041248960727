//! The price of a term: the annual amounts, times the part of a year, rounded.

use super::{Condition, Expr, Function, Variable};
use crate::account::{AccountType, Term};
use crate::money::RoundingMode;
use crate::rates::{RateCard, RoundedPart};

/// Twelve months are a year of the card, the others months of it: P6 (docs/rules.md#p6).
pub(super) fn term_days() -> Expr {
    Expr::Sum(vec![
        quotient(Variable::Months.into(), twelve()) * Variable::DaysPerYear,
        remainder(Variable::Months.into(), twelve()) * Variable::DaysPerMonth,
        Variable::Days.into(),
    ])
}

/// Returns the price of the term: what is rounded by itself is a summand, by P10 (docs/rules.md#p10).
pub(super) fn list_price(card: &RateCard) -> Expr {
    let mut parts: Vec<Expr> = match card.rules.rounding.per {
        RoundedPart::Order => vec![Variable::AnnualSum.into()],
        RoundedPart::Type => AccountType::ALL.map(|kind| Variable::Annual(kind).into()).to_vec(),
        RoundedPart::Item => {
            let tiers = card.tiers.len() + usize::from(card.negotiated.is_some());
            let of = |kind| (0..tiers).map(move |tier| item(kind, tier));
            AccountType::ALL.into_iter().flat_map(of).collect()
        }
    };
    parts = parts.into_iter().map(|annual| rounded(card, annual)).collect();
    match parts.len() {
        1 => Expr::Hundredth(Box::new(parts.remove(0))),
        _ => Expr::Hundredth(Box::new(Expr::Sum(parts))),
    }
}

fn item(account_type: AccountType, tier: usize) -> Expr {
    Expr::OrZero(Variable::Price(account_type, tier)) * Variable::InTier(account_type, tier)
}

/// Returns the fen of an annual amount for the term.
///
/// A spreadsheet would round `annual × part of a year` after it has met binary fractions, and a tie could fall
/// on either side. So the annual amount `a` is taken in ten-thousandths of a yuan; the part of a year is `n/12D` by
/// P7 (docs/rules.md#p7) and P8 (docs/rules.md#p8), and with `d = 100 × 12D` the fen are
/// `⌊a/d⌋ × n + ⌊((a mod d) × n + d/2) / d⌋`: whole numbers throughout, and small ones wherever something is divided, so
/// that every step is exact up to annual amounts of some ten thousand million yuan.
fn rounded(card: &RateCard, annual: Expr) -> Expr {
    let annual = Expr::Decimals(Box::new(annual * 10_000), 0);
    let divisor = || Expr::from(100 * Term::MONTHS_PER_YEAR) * by_days_divisor(card);
    let half = || Expr::from(50 * Term::MONTHS_PER_YEAR) * by_days_divisor(card);
    let whole = quotient(annual.clone(), divisor()) * numerator(card);
    let rest = remainder(annual, divisor()) * numerator(card);
    match card.rules.rounding.mode {
        RoundingMode::HalfUp => whole + quotient(rest + half(), divisor()),
        RoundingMode::Down => whole + quotient(rest, divisor()),
        RoundingMode::HalfEven => {
            let up = whole + quotient(rest.clone() + half(), divisor());
            // A half is left over by nothing; it goes to the lower fen where the upper is odd.
            let left = remainder(rest + half(), divisor());
            let is_half = Expr::from(1) - Expr::Call(Function::Least, vec![1.into(), left]);
            up.clone() - remainder(up, 2.into()) * is_half
        }
    }
}

/// Returns the numerator of the part of a year: months × D + days × 12. A renewal with days is one to a day, which has
/// no months: P15 (docs/rules.md#p15).
fn numerator(card: &RateCard) -> Expr {
    let months = || Expr::from(Variable::Months) * by_days_divisor(card);
    let to_a_day = Expr::from(Variable::TermDays) * twelve();
    Expr::If(
        Condition::NotZero(Variable::Renewal),
        Box::new(Expr::If(Condition::NotZero(Variable::Days), Box::new(to_a_day), Box::new(months()))),
        Box::new(months() + Expr::from(Variable::Days) * twelve()),
    )
}

/// Returns the divisor of the price of a day, which is the days of a year unless the card states another.
fn by_days_divisor(card: &RateCard) -> Expr {
    match card.rules.by_days_divisor == card.term.days_per_year {
        true => Variable::DaysPerYear.into(),
        false => Variable::ByDaysDivisor.into(),
    }
}

fn twelve() -> Expr {
    Term::MONTHS_PER_YEAR.into()
}

fn quotient(dividend: Expr, divisor: Expr) -> Expr {
    Expr::Call(Function::Quotient, vec![dividend, divisor])
}

fn remainder(dividend: Expr, divisor: Expr) -> Expr {
    Expr::Call(Function::Remainder, vec![dividend, divisor])
}
