use super::{Condition, Expr, Function, Variable};

impl Expr {
    /// Returns the expression with the variables replaced for which `value` has an expression, those of it too, and computed as far
    /// as its numbers are known. A variable without a value is kept, but as a price that may be missing it is missing.
    #[must_use]
    pub fn folded(&self, value: &dyn Fn(Variable) -> Option<Expr>) -> Expr {
        let fold = |expr: &Expr| expr.folded(value);
        match self {
            Expr::Number(number) => Expr::Number(*number),
            Expr::Variable(variable) => value(*variable).map_or(self.clone(), |expr| fold(&expr)),
            Expr::OrZero(variable) => value(*variable).map_or(Expr::Number(0), |expr| fold(&expr)),
            Expr::Sum(values) => sum(values.iter().map(fold)),
            Expr::Difference(a, b) => difference(fold(a), fold(b)),
            Expr::Product(a, b) => product(fold(a), fold(b)),
            Expr::Call(function, arguments) => call(*function, arguments.iter().map(fold)),
            Expr::Hundredth(of) => Expr::Hundredth(Box::new(fold(of))),
            Expr::Decimals(of, decimals) => Expr::Decimals(Box::new(fold(of)), *decimals),
            Expr::If(Condition::Known(variable), then, otherwise) => {
                fold(if value(*variable).is_some() { then } else { otherwise })
            }
            Expr::If(condition @ Condition::NotZero(variable), then, otherwise) => match value(*variable) {
                Some(Expr::Number(0)) => fold(otherwise),
                Some(Expr::Number(_)) => fold(then),
                _ => Expr::If(*condition, Box::new(fold(then)), Box::new(fold(otherwise))),
            },
        }
    }
}

fn sum(values: impl Iterator<Item = Expr>) -> Expr {
    let mut number = 0_u32;
    let mut rest = Vec::new();
    for value in values {
        let parts = if let Expr::Sum(parts) = value { parts } else { vec![value] };
        for part in parts {
            match part {
                Expr::Number(more) if number.checked_add(more).is_some() => number += more,
                part => rest.push(part),
            }
        }
    }
    if number > 0 || rest.is_empty() {
        rest.push(Expr::Number(number));
    }
    if rest.len() == 1 { rest.remove(0) } else { Expr::Sum(rest) }
}

fn difference(a: Expr, b: Expr) -> Expr {
    match (&a, &b) {
        (_, Expr::Number(0)) => a,
        (Expr::Number(whole), Expr::Number(part)) if whole >= part => Expr::Number(whole - part),
        _ => Expr::Difference(Box::new(a), Box::new(b)),
    }
}

fn product(a: Expr, b: Expr) -> Expr {
    match (&a, &b) {
        (Expr::Number(0), _) | (_, Expr::Number(0)) => Expr::Number(0),
        (Expr::Number(1), _) => b,
        (_, Expr::Number(1)) => a,
        (Expr::Number(first), Expr::Number(second)) if first.checked_mul(*second).is_some() => {
            Expr::Number(first * second)
        }
        _ => Expr::Product(Box::new(a), Box::new(b)),
    }
}

fn call(function: Function, arguments: impl Iterator<Item = Expr>) -> Expr {
    let mut numbers = Vec::new();
    let mut rest = Vec::new();
    let arguments: Vec<Expr> = arguments.collect();
    if let Function::Quotient | Function::Remainder = function {
        return match (function, arguments.as_slice()) {
            (Function::Quotient, [Expr::Number(a), Expr::Number(b @ 1..)]) => Expr::Number(a / b),
            (_, [Expr::Number(a), Expr::Number(b @ 1..)]) => Expr::Number(a % b),
            _ => Expr::Call(function, arguments),
        };
    }
    for argument in arguments {
        match argument {
            Expr::Number(number) => numbers.push(number),
            other => rest.push(other),
        }
    }
    let number = match function {
        Function::Least => numbers.into_iter().min(),
        _ => numbers.into_iter().max(),
    };
    // Nothing is negative but a difference.
    let is_least = |number: u32| {
        number == 0
            && function == Function::Greatest
            && rest.iter().any(|other| !matches!(other, Expr::Difference(..)))
    };
    if let Some(number) = number.filter(|number| !is_least(*number)) {
        rest.insert(0, Expr::Number(number));
    }
    if rest.len() == 1 { rest.remove(0) } else { Expr::Call(function, rest) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::AccountType;
    use crate::formula::{PriceFormula, Spreadsheet};
    use crate::pricing::fixture::card;

    /// Returns the accounts of a tier with the numbers of the card, of a purchase after nothing.
    fn in_tier(tier: usize) -> String {
        let formula = PriceFormula::new(&card());
        let value = |variable| match variable {
            Variable::Held(_) | Variable::Renewal => Some(Expr::Number(0)),
            Variable::Accounts(_) => None,
            _ => {
                let number =
                    formula.card_number(variable).map(|number| Expr::Number(number.try_into().unwrap()));
                number.or_else(|| formula.step(variable).cloned())
            }
        };
        let folded = Expr::from(Variable::InTier(AccountType::Basic, tier)).folded(&value);
        folded.print(&Spreadsheet(|_| "n".to_owned()))
    }

    #[test]
    fn what_is_known_is_computed() {
        assert_eq!(in_tier(0), "MIN(5,n)");
        assert_eq!(in_tier(1), "MAX(0,MIN(200,n)-5)");
        assert_eq!(in_tier(5), "MAX(0,n-10000)");
    }
}
