use std::ops::{Add, Mul, Sub};

use rust_decimal::Decimal;

use super::Variable;

/// An exact computation with the operations that spreadsheets and databases share. Every value is a decimal
/// that is not negative, save the differences below a [`Function::Greatest`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// A whole number.
    Number(u32),
    /// The value of a variable.
    Variable(Variable),
    /// The value of a variable, or zero if it is missing.
    OrZero(Variable),
    /// The sum of all.
    Sum(Vec<Expr>),
    /// The first less the second.
    Difference(Box<Expr>, Box<Expr>),
    /// The product of both.
    Product(Box<Expr>, Box<Expr>),
    /// A function of its arguments.
    Call(Function, Vec<Expr>),
    /// A hundredth: yuan from fen.
    Hundredth(Box<Expr>),
    /// A value that has at most this many decimals. Where numbers are binary fractions, it is rounded to
    /// them.
    Decimals(Box<Expr>, u32),
    /// The first if the condition holds, else the second.
    If(Condition, Box<Expr>, Box<Expr>),
}

/// A function that spreadsheets and databases share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The least argument.
    Least,
    /// The greatest argument.
    Greatest,
    /// The whole part of the first divided by the second, both whole numbers.
    Quotient,
    /// The remainder of the first divided by the second, both whole numbers.
    Remainder,
}

/// A condition on a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// It has a value.
    Known(Variable),
    /// Its value is not zero.
    NotZero(Variable),
}

impl Expr {
    /// Returns the expression for a variable that is known to be zero, or known not to be: what it decides is decided.
    #[must_use]
    pub fn given(self, variable: Variable, is_zero: bool) -> Expr {
        let given = |expr: Box<Expr>| Box::new(expr.given(variable, is_zero));
        let all = |values: Vec<Expr>| values.into_iter().map(|expr| expr.given(variable, is_zero)).collect();
        match self {
            Expr::If(Condition::NotZero(other), then, otherwise) if other == variable => {
                *given(if is_zero { otherwise } else { then })
            }
            Expr::If(condition, then, otherwise) => Expr::If(condition, given(then), given(otherwise)),
            Expr::Sum(values) => Expr::Sum(all(values)),
            Expr::Difference(a, b) => Expr::Difference(given(a), given(b)),
            Expr::Product(a, b) => Expr::Product(given(a), given(b)),
            Expr::Call(function, arguments) => Expr::Call(function, all(arguments)),
            Expr::Hundredth(of) => Expr::Hundredth(given(of)),
            Expr::Decimals(of, decimals) => Expr::Decimals(given(of), decimals),
            Expr::Number(_) | Expr::Variable(_) | Expr::OrZero(_) => self,
        }
    }

    /// Computes the expression; `value` gives the variables. `None` if a variable is missing, a divisor is
    /// zero, or a value has more than 28 digits or more decimals than [`Expr::Decimals`] states.
    pub fn evaluate(&self, value: &dyn Fn(Variable) -> Option<Decimal>) -> Option<Decimal> {
        let both = |a: &Expr, b: &Expr| Some((a.evaluate(value)?, b.evaluate(value)?));
        match self {
            Expr::Number(number) => Some(Decimal::from(*number)),
            Expr::Variable(variable) => value(*variable),
            Expr::OrZero(variable) => Some(value(*variable).unwrap_or_default()),
            Expr::Sum(all) => {
                all.iter().try_fold(Decimal::ZERO, |sum, expr| sum.checked_add(expr.evaluate(value)?))
            }
            Expr::Difference(a, b) => both(a, b).and_then(|(a, b)| a.checked_sub(b)),
            Expr::Product(a, b) => both(a, b).and_then(|(a, b)| a.checked_mul(b)),
            Expr::Call(function, arguments) => {
                let values: Option<Vec<_>> = arguments.iter().map(|expr| expr.evaluate(value)).collect();
                function.call(values?)
            }
            Expr::Hundredth(of) => of.evaluate(value)?.checked_mul(Decimal::new(1, 2)),
            Expr::Decimals(of, decimals) => {
                of.evaluate(value).filter(|value| value.normalize().scale() <= *decimals)
            }
            Expr::If(condition, then, otherwise) => {
                let holds = match condition {
                    Condition::Known(variable) => value(*variable).is_some(),
                    Condition::NotZero(variable) => !value(*variable)?.is_zero(),
                };
                if holds { then } else { otherwise }.evaluate(value)
            }
        }
    }
}

impl Function {
    /// Computes the function; `None` as [`Expr::evaluate`].
    fn call(self, arguments: Vec<Decimal>) -> Option<Decimal> {
        let join = |a: Decimal, b: Decimal| match self {
            Function::Least => Some(a.min(b)),
            Function::Greatest => Some(a.max(b)),
            Function::Remainder => a.checked_rem(b),
            Function::Quotient => a.checked_sub(a.checked_rem(b)?)?.checked_div(b),
        };
        let mut arguments = arguments.into_iter();
        let first = arguments.next()?;
        arguments.try_fold(first, join)
    }
}

impl From<u32> for Expr {
    fn from(number: u32) -> Expr {
        Expr::Number(number)
    }
}

impl From<Variable> for Expr {
    fn from(variable: Variable) -> Expr {
        Expr::Variable(variable)
    }
}

impl<E: Into<Expr>> Add<E> for Expr {
    type Output = Expr;

    fn add(self, other: E) -> Expr {
        Expr::Sum(vec![self, other.into()])
    }
}

impl<E: Into<Expr>> Sub<E> for Expr {
    type Output = Expr;

    fn sub(self, other: E) -> Expr {
        Expr::Difference(Box::new(self), Box::new(other.into()))
    }
}

impl<E: Into<Expr>> Mul<E> for Expr {
    type Output = Expr;

    fn mul(self, other: E) -> Expr {
        Expr::Product(Box::new(self), Box::new(other.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_decides_its_own_conditions_alone() {
        let choice = |variable, then| {
            Expr::If(Condition::NotZero(variable), Box::new(Expr::Number(then)), Box::new(Expr::Number(0)))
        };
        let sum = choice(Variable::Renewal, 3) + choice(Variable::Days, 5);
        assert_eq!(sum.clone().given(Variable::Renewal, false), Expr::Number(3) + choice(Variable::Days, 5));
        assert_eq!(sum.given(Variable::Renewal, true), Expr::Number(0) + choice(Variable::Days, 5));
    }
}
