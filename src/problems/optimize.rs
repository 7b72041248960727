use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::planning::optimize::{NotOptimized, Obstacle, OptimizeError, PayerOptimum};
use crate::pricing::Party;

/// Reports what concerns the whole plan; what a payer alone lacks stands with the payer.
impl From<OptimizeError> for Diagnostic {
    fn from(error: OptimizeError) -> Diagnostic {
        match error {
            OptimizeError::NoDate => Diagnostic::new(Code::DueWithoutDate),
            OptimizeError::TooLong => Diagnostic::new(Code::HorizonBeyondCalendar),
            OptimizeError::Overflow => Diagnostic::new(Code::PriceOverflow),
            error => no_cheapest_plan(&Party::default(), &error),
        }
    }
}

impl PayerOptimum {
    /// Returns the problem for which it has no plan; `None` if it has one, or nothing to pay.
    pub fn problem(&self) -> Option<Diagnostic> {
        match &self.found {
            Err(NotOptimized::Error(error)) => Some(no_cheapest_plan(&self.payer, error)),
            _ => None,
        }
    }
}

/// Reports a payer without a plan.
fn no_cheapest_plan(payer: &Party, error: &OptimizeError) -> Diagnostic {
    let reason = optimize_reason(error);
    Diagnostic::new(Code::NoCheapestPlan)
        .with("payer", payer.name.clone().or(payer.code.clone()).unwrap_or_default())
        .with("reason", reason)
        .with("fix", optimize_fix(error))
}

/// Returns why there is no plan, as a part of a sentence.
pub(crate) fn optimize_reason(error: &OptimizeError) -> Message {
    match error {
        OptimizeError::NoTerm { least, most } => {
            Message::new("optimize-error-no-term").with("least", *least).with("most", *most)
        }
        OptimizeError::Unpriced { account_type, users, priced } => Message::new("optimize-error-unpriced")
            .with("type", *account_type)
            .with("users", *users)
            .with("priced", *priced),
        OptimizeError::NoOrderDay { account_type, users, day, first: Some(first) } => {
            Message::new("optimize-error-no-order-day")
                .with("type", *account_type)
                .with("users", *users)
                .with("day", *day)
                .with("first", *first)
        }
        OptimizeError::NoOrderDay { account_type, users, day, first: None } => {
            Message::new("optimize-error-never-order-day")
                .with("type", *account_type)
                .with("users", *users)
                .with("day", *day)
        }
        OptimizeError::YearBudget { budget, least, found } => {
            let id =
                if least > budget { "optimize-error-year-budget" } else { "optimize-error-year-budget-open" };
            Message::new(id).with("budget", *budget).with("least", *least).with("found", *found)
        }
        OptimizeError::NoPlan { obstacles } if obstacles.is_empty() => Message::new("optimize-error-no-plan"),
        OptimizeError::NoPlan { obstacles } => {
            let obstacles: Vec<Message> = obstacles.iter().map(obstacle).collect();
            Message::new("optimize-error-obstacles").with("obstacles", obstacles)
        }
        OptimizeError::Free => Message::new("optimize-error-free"),
        error => Diagnostic::from(error.clone()).message(),
    }
}

/// Returns a limit that excludes every plan, and what a plan without it takes.
fn obstacle(obstacle: &Obstacle) -> Message {
    match *obstacle {
        Obstacle::LeastTerm(days) => Message::new("optimize-obstacle-least-term").with("days", days),
        Obstacle::MostTerm(days) => Message::new("optimize-obstacle-most-term").with("days", days),
        Obstacle::HoldCodes(days) => Message::new("optimize-obstacle-hold-codes").with("days", days),
        Obstacle::OrderDays(day) => Message::new("optimize-obstacle-order-days").with("day", day),
        Obstacle::OrdersPerYear(orders) => {
            Message::new("optimize-obstacle-orders-per-year").with("orders", orders)
        }
        Obstacle::RoundTo => Message::new("optimize-obstacle-round-to"),
        Obstacle::WholeMonths => Message::new("optimize-obstacle-whole-months"),
    }
}

fn optimize_fix(error: &OptimizeError) -> Message {
    Message::new(match error {
        OptimizeError::NoTerm { .. } => "optimize-error-no-term-fix",
        OptimizeError::Unpriced { .. } => "optimize-error-unpriced-fix",
        OptimizeError::Free => "optimize-error-free-fix",
        OptimizeError::NoOrderDay { .. } => "optimize-error-no-order-day-fix",
        OptimizeError::YearBudget { .. } => "optimize-error-year-budget-fix",
        _ => "optimize-error-no-plan-fix",
    })
}
