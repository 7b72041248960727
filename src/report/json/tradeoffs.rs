use rust_decimal::Decimal;

use super::optimize::{TotalsDocument, totals_document};
use super::values::Money;
use crate::planning::optimize::{FrontierPoint, Scenarios, TrustRow};

json_object! {
    /// The least cost with so many orders a year.
    pub(super) struct FrontierDocument = frontier_document(point: &FrontierPoint) {
        /// The most orders of a payer in a year of the horizon.
        orders_per_year: u32 = point.orders_per_year,
        /// Sums of the confirmed payers.
        totals: TotalsDocument = totals_document(&point.totals),
    }
}

json_object! {
    /// The cheapest plans under the rules that are trusted down to this row.
    pub(super) struct TrustDocument = trust_document(row: &TrustRow) {
        /// The id of the fact that is trusted besides those above; null for the most cautious assumptions.
        fact: Option<String> = row.fact.clone(),
        /// The ids of the facts that the most cautious assumptions do without; empty in all other rows.
        untrusted: Vec<String> = row.untrusted.clone(),
        /// The rule that is then in force, as rate cards name it; null if the row trusts terms with days, or all rules
        /// are confirmed.
        rule: Option<String> = row.rule.map(|rule| rule.to_string()),
        /// True for the rules of the rate card and the limits as asked.
        is_default: bool = row.is_default,
        /// Sums of the confirmed payers.
        totals: TotalsDocument = totals_document(&row.totals),
    }
}

json_object! {
    /// What plans for some growths cost if the users grow otherwise, and which plan regrets least.
    pub(super) struct ScenariosDocument = scenarios_document(scenarios: &Scenarios) {
        /// A plan for each growth.
        plans: Vec<ScenarioPlanDocument> =
            (0..scenarios.growths.len()).map(|plan| scenario_plan_document(scenarios, plan)).collect(),
        /// The growth whose plan has the smallest of the largest regrets; null if no plan can be followed in each.
        least_regret: Option<String> = scenarios.least_regret().map(|plan| percent(&scenarios.growths[plan])),
        /// The number of payers in these sums.
        payers: u32 = scenarios.payers,
        /// The number of payers that will pay and are not in them.
        left_out: u32 = scenarios.left_out,
    }
}

json_object! {
    /// A plan that was made for a growth.
    struct ScenarioPlanDocument = scenario_plan_document(scenarios: &Scenarios, plan: usize) {
        /// The growth, in per cent at each yearly renewal.
        growth: String = percent(&scenarios.growths[plan]),
        /// What it costs under each growth.
        scenarios: Vec<ScenarioDocument> = (0..scenarios.growths.len())
            .map(|scenario| scenario_document(scenarios, plan, scenario))
            .collect(),
        /// The largest regret; null where a cost is.
        worst_regret: Option<Money> = scenarios.worst_regret(plan).map(Into::into),
    }
}

json_object! {
    /// What a plan costs if the users grow in a certain way.
    struct ScenarioDocument = scenario_document(scenarios: &Scenarios, plan: usize, scenario: usize) {
        /// How they grow, in per cent at each yearly renewal.
        growth: String = percent(&scenarios.growths[scenario]),
        /// What the plan then costs; null where no plan within the limits follows its first orders.
        cost: Option<Money> = scenarios.costs[plan][scenario].map(Into::into),
        /// The least that was found for this growth.
        least: Money = scenarios.least[scenario].into(),
        /// How much more than that it costs; null where the cost is.
        regret: Option<Money> = scenarios.regret(plan, scenario).map(Into::into),
    }
}

fn percent(percent: &Decimal) -> String {
    percent.normalize().to_string()
}
