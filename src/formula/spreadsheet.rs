use super::{Condition, Dialect, Function, Variable};

/// Formulas as spreadsheets read them, without the leading equals sign: functions that Excel, LibreOffice and
/// Gnumeric compute alike. The function gives the cell of a variable.
#[derive(Debug, Clone, Copy)]
pub struct Spreadsheet<F>(pub F);

impl<F: Fn(Variable) -> String> Dialect for Spreadsheet<F> {
    fn variable(&self, variable: Variable) -> String {
        self.0(variable)
    }

    fn or_zero(&self, variable: Variable) -> String {
        format!("N({})", self.variable(variable))
    }

    fn condition(&self, condition: Condition) -> String {
        match condition {
            Condition::Known(variable) => format!("ISNUMBER({})", self.variable(variable)),
            Condition::NotZero(variable) => format!("{}<>0", self.variable(variable)),
        }
    }

    fn call(&self, function: Function, arguments: &[String]) -> String {
        let name = match function {
            Function::Least => "MIN",
            Function::Greatest => "MAX",
            Function::Quotient => "QUOTIENT",
            Function::Remainder => "MOD",
        };
        format!("{name}({})", arguments.join(","))
    }

    fn hundredth(&self, factor: &str) -> String {
        format!("{factor}/100")
    }

    fn decimals(&self, value: &str, decimals: u32) -> String {
        format!("ROUND({value},{decimals})")
    }

    fn choose(&self, condition: &str, then: &str, otherwise: &str) -> String {
        format!("IF({condition},{then},{otherwise})")
    }
}
