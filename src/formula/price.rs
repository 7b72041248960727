use rust_decimal::Decimal;

use super::term::{list_price, term_days};
use super::{Condition, Expr, Function};
use crate::account::AccountType;
use crate::money::UnitPrice;
use crate::pricing::{Purchase, PurchaseKind};
use crate::rates::{NegotiatedPart, RateCard, RenewalStart};

/// A number that the price depends on, or a figure on the way to it. A tier is named by its index in the rate
/// card; the index after the last is that of the negotiated accounts. Prices and amounts are yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variable {
    /// Accounts bought.
    Accounts(AccountType),
    /// Held accounts that outlast the term.
    Held(AccountType),
    /// Held accounts whose remaining time is exactly the term.
    HeldEqual(AccountType),
    /// Codes that can still be activated.
    Unactivated(AccountType),
    /// 1 for a renewal, else 0.
    Renewal,
    /// Months of the term.
    Months,
    /// Days of the term beyond the months.
    Days,
    /// The first account of a tier, counted from 1.
    TierFrom(usize),
    /// The last account of a tier, inclusive.
    TierTo(usize),
    /// The price of an account of a tier for a year: the rate card's, or the negotiated one, which may be
    /// missing.
    Price(AccountType, usize),
    /// Days in a month of a term.
    DaysPerMonth,
    /// Days in a year of a term.
    DaysPerYear,
    /// A day of a term costs the price of a year divided by this; absent where it is the days in a year.
    ByDaysDivisor,
    /// The accounts that come before the purchase in the tiers.
    Before(AccountType),
    /// The accounts bought that fall in a tier.
    InTier(AccountType, usize),
    /// The accounts bought whose price is missing.
    Unpriced(AccountType),
    /// The price of a year, as far as there are prices; at most four decimals.
    Annual(AccountType),
    /// The price of a year for both types.
    AnnualSum,
    /// The length of the term in days.
    TermDays,
    /// The price of the term, rounded to the fen.
    ListPrice,
}

/// The price of an order on a rate card: an expression for each figure on the way.
///
/// ```
/// use wxlicense::{Counts, formula::{PriceFormula, Variable}, pricing::Purchase, rates::RateCards};
/// let cards = RateCards::embedded().unwrap();
/// let formula = PriceFormula::new(cards.in_force(None).unwrap());
/// let purchase = Purchase::of(Counts { basic: 8, interop: 20 });
/// assert_eq!(formula.evaluate(Variable::ListPrice, &purchase).unwrap().to_string(), "887.00");
/// ```
#[derive(Debug, Clone)]
pub struct PriceFormula {
    steps: Vec<(Variable, Expr)>,
    card: Vec<(Variable, Decimal)>,
}

impl PriceFormula {
    /// Builds the expressions of a rate card.
    pub fn new(card: &RateCard) -> PriceFormula {
        let tiers = card.tiers.len() + usize::from(card.negotiated.is_some());
        let mut steps = Vec::new();
        for account_type in AccountType::ALL {
            steps.push((Variable::Before(account_type), before(card, account_type)));
            for tier in 0..tiers {
                let has_end = card.tiers.get(tier).is_some_and(|tier| tier.to.is_some());
                steps
                    .push((Variable::InTier(account_type, tier), in_tier(card, account_type, tier, has_end)));
            }
            let each = |of: fn(AccountType, usize) -> Expr| {
                Expr::Sum((0..tiers).map(|tier| of(account_type, tier)).collect())
            };
            steps.push((Variable::Unpriced(account_type), each(unpriced)));
            steps.push((Variable::Annual(account_type), Expr::Decimals(Box::new(each(annual)), 4)));
        }
        let [basic, interop] = AccountType::ALL.map(|kind| Expr::from(Variable::Annual(kind)));
        steps.push((Variable::AnnualSum, Expr::Decimals(Box::new(basic + interop), 4)));
        steps.push((Variable::TermDays, term_days()));
        steps.push((Variable::ListPrice, list_price(card)));
        PriceFormula { steps, card: card_numbers(card) }
    }

    /// Returns the expressions, each after those that it uses.
    pub fn steps(&self) -> &[(Variable, Expr)] {
        &self.steps
    }

    /// Returns the expression of a figure; `None` for a number of the purchase or of the rate card.
    pub fn step(&self, variable: Variable) -> Option<&Expr> {
        self.steps.iter().find(|(step, _)| *step == variable).map(|(_, expr)| expr)
    }

    /// Returns a number of the rate card; `None` for any other variable.
    pub fn card_number(&self, variable: Variable) -> Option<Decimal> {
        self.card.iter().find(|(number, _)| *number == variable).map(|(_, value)| *value)
    }

    /// Computes a figure of a purchase, without its checks; `None` as [`Expr::evaluate`].
    pub fn evaluate(&self, variable: Variable, purchase: &Purchase) -> Option<Decimal> {
        match self.step(variable) {
            Some(step) => step.evaluate(&|variable| self.evaluate(variable, purchase)),
            None => self.card_number(variable).or_else(|| purchase_number(variable, purchase)),
        }
    }
}

fn purchase_number(variable: Variable, purchase: &Purchase) -> Option<Decimal> {
    Some(match variable {
        Variable::Accounts(account_type) => Decimal::from(*purchase.counts.get(account_type)),
        Variable::Held(_) | Variable::HeldEqual(_) | Variable::Unactivated(_)
            if purchase.kind == PurchaseKind::TestEnterprise =>
        {
            Decimal::ZERO
        }
        Variable::Held(account_type) => Decimal::from(*purchase.held.longer.get(account_type)),
        Variable::HeldEqual(account_type) => Decimal::from(*purchase.held.equal.get(account_type)),
        Variable::Unactivated(account_type) => Decimal::from(*purchase.held.unactivated.get(account_type)),
        Variable::Renewal => Decimal::from(u32::from(purchase.kind == PurchaseKind::Renewal)),
        Variable::Months => Decimal::from(purchase.term.months),
        Variable::Days => Decimal::from(purchase.term.days),
        // Those of the tiers are numbers of the rate card.
        Variable::Price(account_type, _) => decimal((*purchase.negotiated.get(account_type))?)?,
        _ => return None,
    })
}

fn card_numbers(card: &RateCard) -> Vec<(Variable, Decimal)> {
    let mut numbers = vec![
        (Variable::DaysPerMonth, Decimal::from(card.term.days_per_month)),
        (Variable::DaysPerYear, Decimal::from(card.term.days_per_year)),
        (Variable::ByDaysDivisor, Decimal::from(card.rules.by_days_divisor)),
    ];
    for (index, tier) in card.tiers.iter().enumerate() {
        numbers.push((Variable::TierFrom(index), Decimal::from(tier.from)));
        numbers.extend(tier.to.map(|to| (Variable::TierTo(index), Decimal::from(to))));
        numbers.extend(
            AccountType::ALL.into_iter().filter_map(|kind| {
                Some((Variable::Price(kind, index), decimal(tier.price.get(kind).price)?))
            }),
        );
    }
    let negotiated = card.negotiated.as_ref();
    numbers.extend(
        negotiated.map(|accounts| (Variable::TierFrom(card.tiers.len()), Decimal::from(accounts.from))),
    );
    numbers
}

fn decimal(price: UnitPrice) -> Option<Decimal> {
    price.shortest().parse().ok()
}

/// Returns the accounts that come first: P12 (docs/rules.md#p12) for a new purchase, P13 (docs/rules.md#p13)
/// for a renewal.
fn before(card: &RateCard, account_type: AccountType) -> Expr {
    let rule = card.rules.new_purchase;
    let counted = [
        (rule.counts_longer(), Variable::Held(account_type)),
        (rule.counts_equal(), Variable::HeldEqual(account_type)),
        (rule.counts_unactivated(), Variable::Unactivated(account_type)),
    ];
    let mut counted: Vec<Expr> =
        counted.into_iter().filter(|(counts, _)| *counts).map(|(_, variable)| variable.into()).collect();
    let held = match counted.len() {
        0 => return Expr::Number(0),
        1 => counted.remove(0),
        _ => Expr::Sum(counted),
    };
    match card.rules.renewal {
        RenewalStart::AfterHeld => held,
        RenewalStart::FromZero => {
            Expr::If(Condition::NotZero(Variable::Renewal), Box::new(Expr::Number(0)), Box::new(held))
        }
    }
}

/// Returns the accounts between the edges of a tier, of those that follow the ones before: P1
/// (docs/rules.md#p1). Where an order beyond the list is negotiated as a whole, the others have none of it: P5
/// (docs/rules.md#p5).
fn in_tier(card: &RateCard, account_type: AccountType, tier: usize, has_end: bool) -> Expr {
    let before = Expr::from(Variable::Before(account_type));
    let last = before.clone() + Variable::Accounts(account_type);
    let beyond = card
        .negotiated
        .as_ref()
        .filter(|_| card.rules.negotiated == NegotiatedPart::All)
        .map(|_| is_beyond(card.tiers.len(), last.clone()));
    let end = match has_end {
        true => Expr::Call(Function::Least, vec![Variable::TierTo(tier).into(), last]),
        false => last,
    };
    let below = Expr::from(Variable::TierFrom(tier)) - 1;
    let own = greatest(vec![0.into(), end - greatest(vec![below, before])]);
    match beyond {
        Some(beyond) if tier == card.tiers.len() => beyond * Variable::Accounts(account_type),
        Some(beyond) => own * (Expr::from(1) - beyond),
        None => own,
    }
}

/// Returns 1 if the last account of an order is negotiated, else 0.
fn is_beyond(negotiated: usize, last: Expr) -> Expr {
    let below = Expr::from(Variable::TierFrom(negotiated)) - 1;
    let beyond = greatest(vec![0.into(), last - below]);
    Expr::Call(Function::Least, vec![1.into(), beyond])
}

fn greatest(values: Vec<Expr>) -> Expr {
    Expr::Call(Function::Greatest, values)
}

fn unpriced(account_type: AccountType, tier: usize) -> Expr {
    Expr::If(
        Condition::Known(Variable::Price(account_type, tier)),
        Box::new(0.into()),
        Box::new(Variable::InTier(account_type, tier).into()),
    )
}

fn annual(account_type: AccountType, tier: usize) -> Expr {
    Expr::OrZero(Variable::Price(account_type, tier)) * Variable::InTier(account_type, tier)
}
