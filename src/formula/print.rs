//! Printing an expression in a [`Dialect`].

use super::{Condition, Expr, Function, Variable};

/// A language of formulas. All share numbers, parentheses, `+`, `-` and `*`.
pub trait Dialect {
    /// The name of a variable.
    fn variable(&self, variable: Variable) -> String;
    /// A variable, or zero if it is missing.
    fn or_zero(&self, variable: Variable) -> String;
    /// A condition.
    fn condition(&self, condition: Condition) -> String;
    /// A function of its arguments.
    fn call(&self, function: Function, arguments: &[String]) -> String;
    /// A hundredth of a factor, as a factor.
    fn hundredth(&self, factor: &str) -> String;
    /// A value that has at most this many decimals.
    fn decimals(&self, value: &str, decimals: u32) -> String;
    /// One value or the other.
    fn choose(&self, condition: &str, then: &str, otherwise: &str) -> String;
}

impl Expr {
    /// Writes the expression in a dialect.
    pub fn print(&self, dialect: &dyn Dialect) -> String {
        let print = |expr: &Expr| expr.print(dialect);
        let all = |values: &[Expr]| values.iter().map(print).collect::<Vec<_>>();
        let factor = |expr: &Expr| match expr {
            Expr::Sum(_) | Expr::Difference(..) => format!("({})", print(expr)),
            _ => print(expr),
        };
        match self {
            Expr::Number(number) => number.to_string(),
            Expr::Variable(variable) => dialect.variable(*variable),
            Expr::OrZero(variable) => dialect.or_zero(*variable),
            Expr::Sum(values) => all(values).join("+"),
            Expr::Difference(a, b) => format!("{}-{}", print(a), factor(b)),
            Expr::Product(a, b) => format!("{}*{}", factor(a), factor(b)),
            Expr::Call(function, arguments) => dialect.call(*function, &all(arguments)),
            Expr::Hundredth(of) => dialect.hundredth(&factor(of)),
            Expr::Decimals(of, decimals) => dialect.decimals(&print(of), *decimals),
            Expr::If(condition, then, otherwise) => {
                dialect.choose(&dialect.condition(*condition), &print(then), &print(otherwise))
            }
        }
    }
}
