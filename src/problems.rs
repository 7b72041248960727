//! Converts the errors of pricing, planning and analysis into diagnostics, in this one module.
//!
//! An error goes in (`Diagnostic::from(error)`, or `?`), a [`Diagnostic`] without a span comes out; its
//! message has everything that the error knows, its payer and its day included. The conversions are `From`
//! impls, so that a module further up that meets such an error, as the checks of a plan do, names no module
//! below it.

mod optimize;

#[cfg(feature = "reports")]
pub(crate) use optimize::optimize_reason;

use crate::analysis::compare::{CompareBudgetsError, CompareError};
use crate::analysis::fit::{FitError, MixError};
use crate::diagnostic::lang::{Arg, Message};
use crate::diagnostic::{Code, Diagnostic};
use crate::planning::budget::{BudgetError, BudgetOptions};
#[cfg(feature = "wecom")]
use crate::planning::order::OrderProblem;
use crate::planning::schedule::ScheduleError;
use crate::pricing::{OrderError, Party, PurchaseError, QuoteError};
#[cfg(feature = "wecom")]
use crate::rules::OrderRefusal;

impl From<PurchaseError> for Diagnostic {
    fn from(error: PurchaseError) -> Diagnostic {
        match error {
            PurchaseError::NoAccounts => Diagnostic::new(Code::NoAccounts),
            PurchaseError::TooManyAccounts { account_type, count, most } => {
                Diagnostic::new(Code::TooManyAccounts)
                    .with("type", account_type)
                    .with("count", u64::from(count))
                    .with("most", u64::from(most))
            }
            PurchaseError::TermOutOfRange { days, least, most } => Diagnostic::new(Code::TermOutOfRange)
                .with("days", u64::from(days))
                .with("least", u64::from(least))
                .with("most", u64::from(most)),
            PurchaseError::TestEnterpriseTerm { months } => {
                Diagnostic::new(Code::TestEnterpriseTerm).with("months", months)
            }
            PurchaseError::NoTestEnterprise => Diagnostic::new(Code::NoTestEnterprise),
            PurchaseError::Overflow => Diagnostic::new(Code::PriceOverflow),
        }
    }
}

/// Reports an order from flags without a payer, since there is no other order that it could be confused with.
impl From<OrderError> for Diagnostic {
    fn from(OrderError { payer, date, error }: OrderError) -> Diagnostic {
        let problem = Diagnostic::from(error);
        if payer == Party::default() {
            return problem;
        }
        let on = date.map_or(Arg::from(""), |date| Message::new("term-on-day").with("date", date).into());
        Diagnostic::new(Code::OrderNotPlaced)
            .with("payer", payer.name.or(payer.code).unwrap_or_default())
            .with("on", on)
            .with("reason", problem.message())
    }
}

impl From<QuoteError> for Diagnostic {
    fn from(error: QuoteError) -> Diagnostic {
        match error {
            QuoteError::Order(error) => error.into(),
            QuoteError::Overflow => Diagnostic::new(Code::PriceOverflow),
        }
    }
}

impl From<BudgetError> for Diagnostic {
    fn from(error: BudgetError) -> Diagnostic {
        match error {
            BudgetError::NoStart => Diagnostic::new(Code::BudgetWithoutStart),
            BudgetError::Years { years } => Diagnostic::new(Code::HorizonOutOfRange)
                .with("years", u64::from(years))
                .with("most", u64::from(BudgetOptions::MOST_YEARS)),
            BudgetError::Growth { percent } => {
                Diagnostic::new(Code::GrowthOutOfRange).with("percent", percent.to_string())
            }
            BudgetError::FiscalYearStart { month } => {
                Diagnostic::new(Code::FiscalYearStart).with("month", u64::from(month))
            }
            BudgetError::BeyondCalendar => Diagnostic::new(Code::HorizonBeyondCalendar),
            BudgetError::Schedule(error) => error.into(),
            BudgetError::Overflow => Diagnostic::new(Code::PriceOverflow),
        }
    }
}

impl From<ScheduleError> for Diagnostic {
    fn from(error: ScheduleError) -> Diagnostic {
        match error {
            ScheduleError::NoDate => Diagnostic::new(Code::BudgetWithoutStart),
            ScheduleError::Order(OrderError { payer, date: Some(date), error }) => {
                budget_order(payer, date, Diagnostic::from(error).message())
            }
            ScheduleError::Order(error) => error.into(),
            ScheduleError::Expiry { payer, date } => {
                budget_order(payer, date, Message::new("term-expiry-beyond-calendar"))
            }
            ScheduleError::Overflow => Diagnostic::new(Code::PriceOverflow),
        }
    }
}

fn budget_order(payer: Party, date: jiff::civil::Date, reason: Message) -> Diagnostic {
    Diagnostic::new(Code::BudgetOrder)
        .with("payer", payer.name.or(payer.code).unwrap_or_default())
        .with("date", date)
        .with("reason", reason)
}

#[cfg(feature = "wecom")]
impl From<OrderProblem> for Diagnostic {
    fn from(problem: OrderProblem) -> Diagnostic {
        let is_error = problem.is_error();
        let name = |party: Party| party.name.or(party.code).unwrap_or_default();
        let on = |date: Option<jiff::civil::Date>| {
            date.map_or(Arg::from(""), |date| Message::new("term-on-day").with("date", date).into())
        };
        let refused = |payer: Party, date, reason: Diagnostic| {
            Diagnostic::new(if is_error { Code::OrderRefused } else { Code::OrderInDoubt })
                .with("payer", name(payer))
                .with("on", on(date))
                .with("reason", reason.message())
        };
        match problem {
            OrderProblem::NoBuyer => Diagnostic::new(Code::OrderWithoutBuyer),
            OrderProblem::NoCorpId { school } => Diagnostic::new(Code::OrderWithoutCorpId)
                .with("code", school.code.clone().unwrap_or_default())
                .with("name", name(school)),
            OrderProblem::NoPrice { payer, date, unpriced } => Diagnostic::new(Code::OrderWithoutPrice)
                .with("payer", name(payer))
                .with("on", on(date))
                .with("basic", unpriced.basic)
                .with("interop", unpriced.interop),
            OrderProblem::UsersUnknown { school, account_type, expires, wanted, listed } => {
                Diagnostic::new(Code::RenewalUsersUnknown)
                    .with("name", name(school))
                    .with("type", account_type)
                    .with("expires", expires)
                    .with("wanted", wanted)
                    .with("listed", listed)
            }
            OrderProblem::Refused { payer, date, refusal, days, accounts, facts, .. } => {
                refused(payer, Some(date), refusal_reason(refusal, date, days, accounts, facts))
            }
            OrderProblem::NoPermission { school, count, facts } => refused(
                school,
                None,
                Diagnostic::new(Code::InteropWithoutApp).with("count", count).with("facts", facts),
            ),
            OrderProblem::TooManyShared { school, codes, most } => Diagnostic::new(Code::TooManyShared)
                .with("name", name(school))
                .with("codes", codes)
                .with("most", most),
        }
    }
}

/// Returns the problem that a check of the plan reports for the same reason.
#[cfg(feature = "wecom")]
fn refusal_reason(
    refusal: OrderRefusal,
    date: jiff::civil::Date,
    days: u32,
    accounts: u64,
    facts: Vec<String>,
) -> Diagnostic {
    let problem = match refusal {
        OrderRefusal::NoAppOrder { last_day } => Diagnostic::new(Code::AppOrderExpired)
            .with("date", date)
            .with("last-day", last_day.map_or_else(String::new, |day| day.to_string())),
        OrderRefusal::TooLongForTrial { most_days } => {
            Diagnostic::new(Code::TermTooLongForTrial).with("days", days).with("most", most_days)
        }
        OrderRefusal::TooManyForContacts { most, days } => Diagnostic::new(Code::TooManyForContacts)
            .with("accounts", accounts)
            .with("most", most)
            .with("days", days),
        OrderRefusal::ShorterThanAppOrder { least_days } => {
            Diagnostic::new(Code::TermShorterThanAppOrder).with("days", days).with("least", least_days)
        }
    };
    problem.with("facts", facts)
}

impl From<CompareError> for Diagnostic {
    fn from(error: CompareError) -> Diagnostic {
        match error {
            CompareError::Old(error) => side_not_priced("term-old-side", error),
            CompareError::New(error) => side_not_priced("term-new-side", error),
            CompareError::Between(error) => error.into(),
        }
    }
}

/// Every error of the options, or of the sides. Both are given their first day alike, so that its lack is no
/// error of one side.
impl From<CompareBudgetsError> for Vec<Diagnostic> {
    fn from(error: CompareBudgetsError) -> Vec<Diagnostic> {
        let (old, new) = match error {
            CompareBudgetsError::Options(errors) => {
                return errors.into_iter().map(Diagnostic::from).collect();
            }
            CompareBudgetsError::Overflow => return vec![Diagnostic::new(Code::PriceOverflow)],
            CompareBudgetsError::Sides { old, new } => (old, new),
        };
        let old = old.into_iter().map(|error| ("term-old-side", error));
        let sides = old.chain(new.into_iter().map(|error| ("term-new-side", error)));
        let mut problems = Vec::new();
        for (side, error) in sides {
            let problem = match error {
                BudgetError::NoStart => Diagnostic::from(error),
                error => side_not_priced(side, error),
            };
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        problems
    }
}

fn side_not_priced(side: &'static str, error: impl Into<Diagnostic>) -> Diagnostic {
    let reason = error.into().message();
    Diagnostic::new(Code::SideNotPriced).with("side", Message::new(side)).with("reason", reason)
}

impl From<FitError> for Diagnostic {
    fn from(error: FitError) -> Diagnostic {
        match error {
            FitError::NegativeAmount => Diagnostic::new(Code::NegativeAmount),
            FitError::Quote(error) => error.into(),
        }
    }
}

impl From<MixError> for Diagnostic {
    fn from(error: MixError) -> Diagnostic {
        match error {
            MixError::NotARatio { text } => Diagnostic::new(Code::BadMix).with("text", text),
            MixError::Zero { text } => Diagnostic::new(Code::EmptyMix).with("text", text),
        }
    }
}

#[cfg(all(test, feature = "reports"))]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::diagnostic::lang::{Catalog, Lang};

    const NO_ACCOUNTS: PurchaseError = PurchaseError::NoAccounts;

    fn order(name: &str) -> OrderError {
        let payer = Party { code: Some("1001".to_owned()), name: Some(name.to_owned()) };
        OrderError { payer, date: Some(date(2022, 11, 18)), error: NO_ACCOUNTS }
    }

    fn text(error: impl Into<Diagnostic>) -> String {
        Catalog::new(Lang::En).text(&error.into().message())
    }

    #[test]
    fn an_order_is_named_by_payer_and_day_whatever_it_was_for() {
        let errors = [
            text(order("示例学院")),
            text(QuoteError::from(order("示例学院"))),
            text(FitError::from(QuoteError::from(order("示例学院")))),
            text(BudgetError::from(ScheduleError::from(order("示例学院")))),
            text(BudgetError::from(ScheduleError::from(QuoteError::from(order("示例学院"))))),
            text(CompareError::Old(order("示例学院").into())),
            text(CompareError::New(order("示例学院").into())),
            text(CompareError::Between(order("示例学院").into())),
        ];
        for text in errors {
            assert!(text.contains("示例学院 on 2022-11-18") && text.contains("no accounts"), "{text}");
        }
    }

    #[test]
    fn a_payer_without_a_name_is_known_by_its_code() {
        let mut error = order("");
        error.payer.name = None;
        assert!(
            text(error.clone()).contains("1001")
                && text(BudgetError::from(ScheduleError::from(error))).contains("1001")
        );
    }

    #[test]
    fn a_problem_names_its_side_of_a_comparison() {
        assert!(text(CompareError::Old(order("a").into())).contains("old"));
        assert!(text(CompareError::New(order("a").into())).contains("new"));
    }

    #[test]
    fn an_undated_order_has_no_day() {
        let undated = text(OrderError { date: None, ..order("示例学院") });
        assert!(undated.contains("示例学院 cannot"), "{undated}");
    }

    #[test]
    fn an_order_from_flags_is_the_bare_problem() {
        let flags = OrderError { payer: Party::default(), ..order("") };
        assert_eq!(Diagnostic::from(flags), Diagnostic::from(NO_ACCOUNTS));
    }

    #[test]
    fn accounts_that_expire_beyond_the_calendar_name_their_order() {
        let OrderError { payer, .. } = order("示例学院");
        let text = text(ScheduleError::Expiry { payer, date: date(9999, 1, 1) });
        assert!(text.contains("示例学院 on 9999-01-01") && text.contains("calendar"), "{text}");
    }
}
