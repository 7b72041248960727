use std::collections::BTreeMap;

use super::quote::{AssumptionDocument, assumption_documents};
use super::values::{Day, Money, MoneyChange, UnitPrice};
use crate::account::{AccountType, Counts};
use crate::analysis::reconcile::{
    Bits, ImpliedPrice, NearlyExplained, NotOrdered, OtherPrices, Outcome, PriceRange, PricedTier,
    ReconciledOrder, ReconciledTotals, Reconciliation, RuleFindings, RuledOut, StatementOf, StatementRow,
    TellingOrder, Unactivated, UnitPriceEvidence, UnitPriceFinding, Verdict,
};
use crate::assumption::Assumption;
use crate::diagnostic::lang::Catalog;
use crate::plan::{ListedTerm, RecordedKind};
use crate::pricing::Party;
use crate::rates::{Rule, RuleChoice};

json_object! {
    /// Bills compared with what they should be.
    pub(crate) struct ReconcileDocument = reconcile_json(
        found: &Reconciliation,
        rules: Option<&RuleFindings>,
        assumptions: &[Assumption],
        catalog: &Catalog,
    ) {
        /// The name and version of this format; the version changes when a field is changed or removed.
        schema: &'static str = "wxlicense/reconcile/1",
        /// The id of the rate card.
        rate_card: String = found.rate_card.clone(),
        /// The plan's date, Beijing time.
        date: Day = found.date.into(),
        /// What the figures assume beside the plan.
        assumptions: Vec<AssumptionDocument> = assumption_documents(assumptions, catalog),
        /// The orders, by day of payment; those without one come last.
        orders: Vec<ReconciledOrderDocument> = found.orders.iter().map(order_document).collect(),
        /// What the plan misses on its date, by payer, with all orders counted as purchases.
        not_ordered: Vec<NotOrderedDocument> = found.not_ordered.iter().map(not_ordered_document).collect(),
        /// Codes that were paid and are not activated.
        unactivated: Vec<UnactivatedDocument> = found.unactivated.iter().map(unactivated_document).collect(),
        /// Yuan by month and payer.
        statement: Vec<StatementDocument> = found.statement.iter().map(statement_document).collect(),
        /// Which readings of the unconfirmed rules explain the bills; null if none differs and nobody asked.
        rules: Option<RulesDocument> = rules.map(rules_document),
        /// Sums of the orders that are matched or mismatched.
        totals: ReconciledTotalsDocument = totals_document(&found.totals),
    }
}

json_object! {
    /// An order of WeCom, compared with what it should cost.
    struct ReconciledOrderDocument = order_document(order: &ReconciledOrder) {
        /// WeCom's id of the order; null if it could not be read.
        order_id: Option<String> = order.order_id.clone(),
        /// WeCom's id of the enterprise; null for an order of several, or if the document names none.
        corp_id: Option<String> = order.corp_id.clone(),
        /// Code of the school; null if the plan does not have it, or the order is for several.
        school: Option<String> = only(&order.schools),
        /// Codes of all schools that it is for.
        schools: Vec<String> = order.schools.iter().filter_map(|school| school.code.clone()).collect(),
        /// What was ordered: new, renewal, version-migration, contract-migration or several; null if unreadable.
        r#type: Option<&'static str> = order.ordered.map(|(kind, _)| kind.as_str()),
        /// How far it got, such as paid, cancelled or refunded; null if unreadable.
        state: Option<&'static str> = order.ordered.map(|(_, state)| state.as_str()),
        /// Day of payment; null if it was not paid.
        paid: Option<Day> = order.paid.map(Day::from),
        /// Its accounts.
        counts: Counts = order.counts,
        /// Its term as an ISO 8601 duration of the rate card's months; null if it renews to a day, or states none.
        term: Option<String> = length(order),
        /// The day to which it renews, the first without the accounts; null if it has a term, or states none.
        renewed_until: Option<Day> = until(order),
        /// The verdict on its price.
        verdict: Verdict = order.verdict,
        /// What WeCom charges in yuan; null if it could not be read.
        billed: Option<Money> = order.billed.map(Money::from),
        /// What it should cost in yuan; null if that is not known.
        expected: Option<Money> = order.expected.map(Money::from),
        /// Billed less expected, in yuan; null if either is not known.
        difference: Option<MoneyChange> = order.difference.map(MoneyChange::from),
        /// Why there is no verdict, or what it leaves open, in a word; null if nothing.
        reason: Option<&'static str> = order.reason_code(),
        /// Last day on which a refund can be asked for, inclusive; null if it is over, or nothing was paid.
        refundable_until: Option<Day> = order.refundable_until.map(Day::from),
    }
}

json_object! {
    /// Accounts that a payer needs and has not ordered.
    struct NotOrderedDocument = not_ordered_document(missing: &NotOrdered) {
        /// Code of the payer.
        school: String = missing.school.code.clone().unwrap_or_default(),
        /// What they cost in yuan; null if some have no price.
        payable: Option<Money> = missing.payable.map(Money::from),
        /// True if an order that could not be read may be for them.
        may_be_ordered: bool = missing.may_be_ordered,
    }
}

json_object! {
    /// Codes of an order that are not activated.
    struct UnactivatedDocument = unactivated_document(codes: &Unactivated) {
        /// WeCom's id of the order.
        order_id: String = codes.order_id.clone(),
        /// Code of the school.
        school: String = codes.school.code.clone().unwrap_or_default(),
        /// Their type.
        r#type: AccountType = codes.account_type,
        /// Their number.
        count: u32 = codes.count,
        /// Last day on which they can be activated; null if the rate card has no rule.
        last_day: Option<Day> = codes.last_day.map(Day::from),
        /// True if that day has passed, so that they are lost.
        lost: bool = codes.is_lost,
        /// Their part of the price in yuan; null if the price is not known.
        worth: Option<Money> = codes.worth.map(Money::from),
    }
}

json_object! {
    /// What the orders of a month cost.
    struct StatementDocument = statement_document(row: &StatementRow) {
        /// The month, such as 2023-06.
        month: String = row.month.strftime("%Y-%m").to_string(),
        /// Code of the payer; null for orders of several payers, of schools whose files could not be read, and of enterprises that the plan does not have.
        school: Option<String> = payer(&row.of),
        /// Billed, in yuan.
        billed: Money = row.billed.into(),
        /// What those should cost that could be checked, in yuan.
        expected: Money = row.expected.into(),
        /// What the plan was to pay, in yuan; null before its date, if a price is not known, or for schools whose files could not be read.
        planned: Option<Money> = row.planned.map(Money::from),
    }
}

json_object! {
    /// Which readings of the unconfirmed rules explain the bills.
    struct RulesDocument = rules_document(rules: &RuleFindings) {
        /// The number of combinations that were tried.
        combinations: usize = rules.combinations,
        /// The combinations that explain every order that was checked, at the unit prices of the rate card or, if needs_other_prices, at others: ids of facts, each with a variant.
        explain_all: Vec<BTreeMap<String, String>> = rules.explaining.iter().map(|one| combination(rules, one)).collect(),
        /// True if there are such combinations, and they explain the orders at other unit prices than those of the rate card alone.
        needs_other_prices: bool = rules.needs_other_prices(),
        /// The combinations that explain every order at other unit prices alone, by these prices.
        other_prices: Vec<OtherPricesDocument> = rules.at_other_prices.iter().map(|prices| other_prices_document(rules, prices)).collect(),
        /// Variants that are in none of the combinations in explain_all.
        ruled_out: Vec<RuledOutDocument> = rules.ruled_out.iter().map(ruled_out_document).collect(),
        /// Ids of the orders that no combination explains at any unit prices.
        unexplained: Vec<String> = rules.unexplained.clone(),
        /// Where no combination explains every order, those that explain the most at the unit prices of the rate card, by the orders that they leave out.
        nearly: Vec<NearlyDocument> = rules.nearly.iter().map(|nearly| nearly_document(rules, nearly)).collect(),
        /// The unit prices of the rate card that rest on an unconfirmed fact, and what the bills say about each.
        unit_prices: Vec<UnitPriceDocument> = rules.unit_prices.iter().map(unit_price_document).collect(),
        /// Doubt before the bills, in hundredths of a bit: the logarithm to the base 2 of the combinations that were tried.
        hundredths_of_bits_before: u32 = rules.doubt_before().map_or(0, Bits::hundredths),
        /// Doubt that the bills leave, in hundredths of a bit: the same of those that explain all; null if none does.
        hundredths_of_bits_left: Option<u32> = rules.doubt_left().map(Bits::hundredths),
        /// The cheapest order that would tell most of the combinations in explain_all apart, or one that is planned anyway; null if at most one is left, no order tells any apart, or they need other unit prices of which several are possible.
        telling_order: Option<TellingDocument> = rules.telling.as_ref().map(|telling| telling_document(rules, telling)),
    }
}

json_object! {
    /// Combinations that explain all orders but a few.
    struct NearlyDocument = nearly_document(rules: &RuleFindings, nearly: &NearlyExplained) {
        /// Ids of the orders that they do not explain.
        without: Vec<String> = nearly.without.clone(),
        /// The number of these combinations.
        combinations: usize = nearly.combinations.len(),
        /// Ids of facts, each with the variants that are in some of them.
        variants: BTreeMap<String, Vec<String>> = variants_in(rules, &nearly.combinations),
    }
}

json_object! {
    /// A unit price that nobody has confirmed, and what the bills say about it.
    struct UnitPriceDocument = unit_price_document(finding: &UnitPriceFinding) {
        /// The type of the accounts.
        r#type: AccountType = finding.tier.account_type,
        /// First account of the tier, counted from 1.
        from: u32 = finding.tier.from,
        /// Last account of the tier, inclusive; null if it is open-ended.
        to: Option<u32> = finding.tier.to,
        /// The price of an account on the rate card, in yuan a year.
        price: UnitPrice = finding.price.into(),
        /// Ids of the unconfirmed facts behind it.
        facts: Vec<String> = finding.facts.clone(),
        /// What the bills say: confirmed (they leave this price alone), narrowed (they leave others too), contradicted (no combination of rules explains the bills at the prices of the rate card, and some would at another) or open.
        verdict: &'static str = finding.verdict(),
        /// The lowest price that the bills leave, in yuan a year; null if open.
        lowest: Option<UnitPrice> = finding.range().map(|range| range.lowest.into()),
        /// The highest price that the bills leave, in yuan a year; null if open.
        highest: Option<UnitPrice> = finding.range().map(|range| range.highest.into()),
        /// Other prices at which combinations explain all bills, this one alone being another or, if no one is enough, together with other tiers, the likeliest first; empty unless contradicted.
        implied: Vec<ImpliedDocument> = implied(finding).iter().map(implied_document).collect(),
        /// Ids of the orders that say so.
        by: Vec<String> = finding.orders().to_vec(),
    }
}

json_object! {
    /// Unit prices at which combinations of rules explain all bills.
    struct OtherPricesDocument = other_prices_document(rules: &RuleFindings, other: &OtherPrices) {
        /// The prices of the tiers in which the orders have accounts.
        unit_prices: Vec<SolvedPriceDocument> = other.prices.iter().map(|(tier, range)| solved_price_document(tier, range)).collect(),
        /// The combinations: ids of facts, each with variants. Every mix of the variants of one entry is meant.
        combinations: Vec<BTreeMap<String, Vec<String>>> = other.mixes().iter().map(|mix| variants(rules, mix)).collect(),
    }
}

json_object! {
    /// A unit price, solved from the bills.
    struct SolvedPriceDocument = solved_price_document(tier: &PricedTier, range: &PriceRange) {
        /// The type of the accounts.
        r#type: AccountType = tier.account_type,
        /// First account of the tier, counted from 1.
        from: u32 = tier.from,
        /// Last account of the tier, inclusive; null if it is open-ended.
        to: Option<u32> = tier.to,
        /// The lowest price, in yuan a year.
        lowest: UnitPrice = range.lowest.into(),
        /// The highest price, in yuan a year.
        highest: UnitPrice = range.highest.into(),
    }
}

json_object! {
    /// A unit price at which combinations of rules explain all bills.
    struct ImpliedDocument = implied_document(implied: &ImpliedPrice) {
        /// The price with the fewest decimals of those that would, in yuan a year.
        price: UnitPrice = implied.price.into(),
        /// The lowest that would, in yuan a year.
        lowest: UnitPrice = implied.range.lowest.into(),
        /// The highest that would, in yuan a year.
        highest: UnitPrice = implied.range.highest.into(),
        /// The number of combinations under which it would.
        combinations: usize = implied.combinations,
    }
}

json_object! {
    /// An order whose bill would tell combinations of rules apart.
    struct TellingDocument = telling_document(rules: &RuleFindings, telling: &TellingOrder) {
        /// Code of the school that would pay.
        school: String = telling.school.code.clone().unwrap_or_default(),
        /// What would be ordered: new, or renewal of the accounts that expire first.
        kind: &'static str = kind(telling.kind),
        /// True if the schedule places it anyway.
        scheduled: bool = telling.is_planned,
        /// Its accounts.
        counts: Counts = telling.counts,
        /// Its term as an ISO 8601 duration of the rate card's months.
        term: String = telling.term.iso(),
        /// The day on which it would be placed and paid, without another order of the school on that day.
        date: Day = telling.date.into(),
        /// What it may cost, and what each price would mean.
        prices: Vec<OutcomeDocument> = telling.outcomes.iter().map(|outcome| outcome_document(rules, outcome)).collect(),
        /// The number of classes into which its bill splits the combinations; those of one class cost the same.
        classes: usize = telling.classes,
        /// The number of classes into which all orders together would split them that were looked at.
        separable_classes: usize = telling.separable,
    }
}

json_object! {
    /// A price of a telling order, and what it would mean.
    struct OutcomeDocument = outcome_document(rules: &RuleFindings, outcome: &Outcome) {
        /// The price in yuan; the lowest of several that mean the same.
        payable: Money = outcome.payable.into(),
        /// The highest of these, inclusive; the price itself, unless nothing says what comes before the order in the tiers.
        payable_most: Money = outcome.most.into(),
        /// The combinations under which it may be that, as positions in explain_all, counted from 0.
        combinations: Vec<usize> = outcome.combinations.clone(),
        /// Ids of the facts of which it would rule variants out, each with the variants that would be left.
        rules: BTreeMap<String, Vec<String>> = narrowed(rules, outcome),
    }
}

json_object! {
    /// A variant of a rule that the bills contradict.
    struct RuledOutDocument = ruled_out_document(out: &RuledOut) {
        /// Id of the fact behind the rule.
        rule: String = out.fact.clone(),
        /// The variant.
        alternative: String = out.rule.to_string(),
        /// Ids of the orders that no combination with it explains, alone or together.
        by: Vec<String> = out.by.clone(),
        /// True if combinations with it explain every order at other unit prices than those of the rate card.
        at_other_prices: bool = out.at_other_prices,
    }
}

json_object! {
    /// Sums of the orders that were checked.
    struct ReconciledTotalsDocument = totals_document(totals: &ReconciledTotals) {
        /// Billed, in yuan.
        billed: Money = totals.billed.into(),
        /// What it should be, in yuan.
        expected: Money = totals.expected.into(),
        /// Billed less expected, in yuan.
        difference: MoneyChange = totals.difference.into(),
        /// Billed by paid orders that could not be checked, in yuan; in none of the sums.
        unchecked: Money = totals.unchecked.into(),
        /// The number of these.
        unchecked_orders: u32 = totals.unchecked_orders,
        /// The number of orders that could not be read; in none of the sums.
        unreadable_orders: u32 = totals.unreadable_orders,
        /// The number of files with errors, which may have more orders.
        incomplete_files: usize = totals.incomplete_files,
        /// The number of schools of which, or of whose group, a file could not be read: their orders are not checked, and what they need is not known.
        left_out_schools: usize = totals.left_out_schools,
        /// True if every order of the files is in the sums, or has nothing to check, and no school is left out.
        complete: bool = totals.is_complete(),
    }
}

/// Returns the variant of each fact.
fn variants_in(rules: &RuleFindings, combinations: &[Vec<Rule>]) -> BTreeMap<String, Vec<String>> {
    let of = |(index, choice): (usize, &RuleChoice)| {
        let variants = rules.variants_in(index, combinations);
        (choice.fact.clone(), variants.iter().map(Rule::to_string).collect())
    };
    rules.choices.iter().enumerate().map(of).collect()
}

fn combination(rules: &RuleFindings, chosen: &[Rule]) -> BTreeMap<String, String> {
    let facts = rules.choices.iter().map(|choice| choice.fact.clone());
    facts.zip(chosen.iter().map(Rule::to_string)).collect()
}

/// Returns the variants of each fact in a mix.
fn variants(rules: &RuleFindings, mix: &[Vec<Rule>]) -> BTreeMap<String, Vec<String>> {
    let facts = rules.choices.iter().map(|choice| choice.fact.clone());
    facts.zip(mix.iter().map(|of_fact| of_fact.iter().map(Rule::to_string).collect())).collect()
}

/// Returns the variants that a price would leave, of the facts of which it rules some out.
fn narrowed(rules: &RuleFindings, outcome: &Outcome) -> BTreeMap<String, Vec<String>> {
    let words = |left: Vec<Rule>| left.iter().map(Rule::to_string).collect();
    rules.narrowed(outcome).into_iter().map(|(fact, left)| (fact.to_owned(), words(left))).collect()
}

fn implied(finding: &UnitPriceFinding) -> &[ImpliedPrice] {
    match &finding.evidence {
        UnitPriceEvidence::Contradicted { implied, .. } => implied,
        UnitPriceEvidence::Open | UnitPriceEvidence::Solved { .. } => &[],
    }
}

fn kind(kind: RecordedKind) -> &'static str {
    match kind {
        RecordedKind::Purchase => "new",
        RecordedKind::Renewal => "renewal",
    }
}

fn only(schools: &[Party]) -> Option<String> {
    match schools {
        [school] => school.code.clone(),
        _ => None,
    }
}

fn payer(of: &StatementOf) -> Option<String> {
    match of {
        StatementOf::Payer(payer) => payer.code.clone(),
        StatementOf::Several | StatementOf::LeftOut | StatementOf::NotInPlan => None,
    }
}

fn length(order: &ReconciledOrder) -> Option<String> {
    match order.term? {
        ListedTerm::Length(term) => Some(term.iso()),
        ListedTerm::Until(_) => None,
    }
}

fn until(order: &ReconciledOrder) -> Option<Day> {
    match order.term? {
        ListedTerm::Length(_) => None,
        ListedTerm::Until(day) => Some(day.into()),
    }
}
