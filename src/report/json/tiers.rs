use std::sync::Arc;

use strum::VariantArray;

use super::values::{Day, UnitPrice};
use crate::customer::{AppKind, Certification, WaiverKind};
use crate::diagnostic::lang::Phrase;
use crate::rates::{
    ActivationRule, Alternative, AppOrdersCheck, Confidence, Fact, OrderChecks, RateCard, RefundRule,
    RuleKind, StackingRule, TermRules, Tier, TierPrice, TrialRule, WaiverRule,
};

json_object! {
    /// The rate cards that are built in.
    pub(crate) struct CardListDocument = card_list_json(cards: &[Arc<RateCard>]) {
        /// The name and version of this format; the version changes when a field is changed or removed.
        schema: &'static str = "wxlicense/rate-cards/1",
        /// The cards, the oldest first.
        rate_cards: Vec<CardEntry> = cards.iter().map(|card| card_entry(card)).collect(),
    }
}

json_object! {
    /// A rate card in a list.
    struct CardEntry = card_entry(card: &RateCard) {
        /// Its id, as `--rate-card` takes it.
        id: String = card.id.clone(),
        /// Name in reports.
        name: Names = names(&card.name),
        /// The first day whose purchases it prices.
        in_force_from: Day = card.in_force_from.into(),
    }
}

json_object! {
    /// A text in both languages.
    struct Names = names(phrase: &Phrase) {
        /// In English.
        en: String = phrase.en.to_string(),
        /// In Chinese.
        zh: String = phrase.zh.to_string(),
    }
}

json_object! {
    /// Prices and rules of a time, each with the facts that it rests on.
    pub(crate) struct CardDocument = card_json(card: &RateCard) {
        /// The name and version of this format; the version changes when a field is changed or removed.
        schema: &'static str = "wxlicense/rate-card/1",
        /// Its id, as `--rate-card` takes it.
        id: String = card.id.clone(),
        /// Name in reports.
        name: Names = names(&card.name),
        /// The first day whose purchases it prices.
        in_force_from: Day = card.in_force_from.into(),
        /// The tiers, without gap or overlap from the first account on.
        tiers: Vec<TierDocument> = card.tiers.iter().map(|tier| tier_document(card, tier)).collect(),
        /// The first account whose price is negotiated; null if the last tier has no end.
        #[schemars(range(min = 1))]
        negotiated_from: Option<u32> = card.negotiated.as_ref().map(|rule| rule.from),
        /// Limits of terms, and the days of a year.
        term: TermDocument = term_document(&card.term),
        /// The rules of pricing in force, each with what else it may be.
        rules: Vec<RuleDocument> = RuleKind::VARIANTS.iter().map(|kind| rule_document(card, *kind)).collect(),
        /// The most accounts of each type in one order.
        #[schemars(range(min = 1))]
        most_accounts_of_a_type: u32 = card.order.most_accounts_of_a_type,
        /// Check of the customer's app orders before WeCom sells; null if there is none.
        app_orders_check: Option<AppOrdersCheckDocument> =
            card.order.app_orders_check.as_ref().map(app_orders_check_document),
        /// What else WeCom checks before it takes an order; null if no check is known.
        order_checks: Option<OrderChecksDocument> = card.order_checks.as_ref().map(order_checks_document),
        /// The kinds of app whose users need licences.
        charged_app_kinds: Vec<AppKind> = card.charging.app_kinds.clone(),
        /// Whose licences are waived; at most one rule a kind.
        waivers: Vec<WaiverDocument> = card.waivers.iter().map(waiver_document).collect(),
        /// Free trial of an app; null if there is none.
        trial: Option<TrialDocument> = card.trial.as_ref().map(trial_document),
        /// Time in which a refund of a purchase can be asked for; null if there is no refund.
        refund: Option<RefundDocument> = card.refund.as_ref().map(refund_document),
        /// Time in which a bought account must be activated; null if there is no deadline.
        activation: Option<ActivationDocument> = card.activation.as_ref().map(activation_document),
        /// The time in which an active account can be prolonged by a new code; null if no rule is known.
        stacking: Option<StackingDocument> = card.stacking.as_ref().map(stacking_document),
        /// All facts, in the order of the card.
        facts: Vec<FactDocument> = card.facts.iter().map(fact_document).collect(),
    }
}

json_object! {
    /// A rule of pricing.
    struct RuleDocument = rule_document(card: &RateCard, kind: RuleKind) {
        /// The rule.
        rule: RuleKind = kind,
        /// The variant in force, such as `longer`.
        value: String = card.rules.get(kind).to_string(),
        /// The ids of the facts behind it.
        facts: Vec<String> = card.rule_facts(kind).to_vec(),
        /// The lowest confidence among these facts; null if the card names none.
        standing: Option<Confidence> = card.standing(card.rule_facts(kind)),
        /// What else it may be.
        alternatives: Vec<AlternativeDocument> = card
            .alternatives
            .iter()
            .filter(|other| other.rule.kind() == kind)
            .map(alternative_document)
            .collect(),
    }
}

json_object! {
    /// A variant of a rule that is not in force.
    struct AlternativeDocument = alternative_document(other: &Alternative) {
        /// The variant, such as `at-least`.
        value: String = other.rule.to_string(),
        /// The fact as it would be.
        fact: FactDocument = fact_document(&other.fact),
    }
}

json_object! {
    /// Accounts that have one price.
    struct TierDocument = tier_document(card: &RateCard, tier: &Tier) {
        /// The ordinal of its first account, counted from 1.
        #[schemars(range(min = 1))]
        from: u32 = tier.from,
        /// The ordinal of its last account; null for all further ones.
        #[schemars(range(min = 1))]
        to: Option<u32> = tier.to,
        /// The price of a basic account (基础账号).
        basic: PriceDocument = price_document(card, &tier.price.basic),
        /// The price of an interop account (互通账号).
        interop: PriceDocument = price_document(card, &tier.price.interop),
        /// The ids of the facts behind its edges.
        facts: Vec<String> = tier.facts.clone(),
    }
}

json_object! {
    /// A price and what it rests on.
    struct PriceDocument = price_document(card: &RateCard, price: &TierPrice) {
        /// The price of one account for a year.
        price: UnitPrice = price.price.into(),
        /// The ids of the facts behind it.
        facts: Vec<String> = price.facts.clone(),
        /// The lowest confidence among these facts; null if the card names none.
        standing: Option<Confidence> = card.standing(&price.facts),
    }
}

json_object! {
    /// Limits of terms, and the days of a year.
    struct TermDocument = term_document(term: &TermRules) {
        /// Days of a month of a term.
        #[schemars(range(min = 1))]
        days_per_month: u32 = term.days_per_month,
        /// Days of a year of a term, which the price of a year buys.
        #[schemars(range(min = 1))]
        days_per_year: u32 = term.days_per_year,
        /// The shortest term, in days.
        #[schemars(range(min = 1))]
        least_days: u32 = term.least_days,
        /// The longest term, in days.
        #[schemars(range(min = 1))]
        most_days: u32 = term.most_days,
    }
}

json_object! {
    /// WeCom checks the customer's orders of the apps before it sells licences.
    struct AppOrdersCheckDocument = app_orders_check_document(rule: &AppOrdersCheck) {
        /// The first day on which it does.
        from: Day = rule.from.into(),
        /// The ids of the facts behind it.
        facts: Vec<String> = rule.facts.clone(),
    }
}

json_object! {
    /// What WeCom checks before it takes an order.
    struct OrderChecksDocument = order_checks_document(checks: &OrderChecks) {
        /// The ids of the facts by which the customer must have an app order that has not expired.
        app_order_facts: Vec<String> = checks.app_order_facts.clone(),
        /// The ids of the facts by which the term must not be shorter than that of the app order.
        app_order_term_facts: Vec<String> = checks.app_order_term_facts.clone(),
        /// The longest term, in days, in the trial of an app without an order of it.
        #[schemars(range(min = 1))]
        trial_most_days: u32 = checks.trial.most_days,
        /// The ids of the facts behind it.
        trial_facts: Vec<String> = checks.trial.facts.clone(),
        /// The longest term, in days, of which the accounts are limited by the customer's contacts.
        #[schemars(range(min = 1))]
        short_term_days: u32 = checks.short_term.days,
        /// The most accounts of such a term for each contact.
        #[schemars(range(min = 1))]
        short_term_accounts_per_contact: u32 = checks.short_term.accounts_per_contact,
        /// The ids of the facts behind it.
        short_term_facts: Vec<String> = checks.short_term.facts.clone(),
        /// The only term that a waived customer can order, in months; it cannot renew.
        #[schemars(range(min = 1))]
        waived_months: u32 = checks.waived_term.months,
        /// The ids of the facts behind it.
        waived_facts: Vec<String> = checks.waived_facts.clone(),
        /// The ids of the facts by which a renewal needs active accounts.
        renewal_facts: Vec<String> = checks.renewal_facts.clone(),
        /// The ids of the facts by which the apps need a permission.
        permission_facts: Vec<String> = checks.permission_facts.clone(),
    }
}

json_object! {
    /// A kind of customer whose licences are waived, and when.
    struct WaiverDocument = waiver_document(rule: &WaiverRule) {
        /// The kind of customer.
        kind: WaiverKind = rule.kind,
        /// The primary industry (一级行业) that it must have; null if any is accepted.
        primary_industry: Option<String> = rule.primary_industry.clone(),
        /// The secondary industries (二级行业) of which it must have one; none if any is accepted.
        secondary_industries: Vec<String> = rule.secondary_industries.clone(),
        /// The least certification that it must have.
        certification: Certification = rule.certification,
        /// True if WeCom must have accepted a proof.
        proof: bool = rule.proof,
        /// The first day in force.
        from: Day = rule.from.into(),
        /// The last day in force, inclusive; null while no end is known.
        last_day: Option<Day> = rule.last_day.map(Into::into),
        /// The ids of the facts behind it.
        facts: Vec<String> = rule.facts.clone(),
    }
}

json_object! {
    /// An app's free trial.
    struct TrialDocument = trial_document(rule: &TrialRule) {
        /// Its length in days.
        #[schemars(range(min = 1))]
        days: u32 = rule.days,
        /// Number of days before its end on which the app begins to remind its users.
        reminder_days: u32 = rule.reminder_days,
        /// Apps that were authorised before this day have none.
        first_authorized: Day = rule.first_authorized.into(),
        /// The ids of the facts behind the length.
        facts: Vec<String> = rule.facts.clone(),
        /// The ids of the facts behind the reminder.
        reminder_facts: Vec<String> = rule.reminder_facts.clone(),
        /// The ids of the facts behind the first day.
        first_authorized_facts: Vec<String> = rule.first_authorized_facts.clone(),
    }
}

json_object! {
    /// Time in which a refund of a purchase can be asked for.
    struct RefundDocument = refund_document(rule: &RefundRule) {
        /// Days after the day of payment.
        days: u32 = rule.days,
        /// The ids of the facts behind it.
        facts: Vec<String> = rule.facts.clone(),
    }
}

json_object! {
    /// Time in which a bought account must be activated.
    struct ActivationDocument = activation_document(rule: &ActivationRule) {
        /// Calendar months after the day of payment.
        #[schemars(range(min = 1))]
        months: u32 = rule.months,
        /// The ids of the facts behind it.
        facts: Vec<String> = rule.facts.clone(),
    }
}

json_object! {
    /// The time in which an active account can be prolonged by a new code.
    struct StackingDocument = stacking_document(rule: &StackingRule) {
        /// Largest number of days that may remain.
        days_left: u32 = rule.days_left,
        /// Largest number of days that may remain for the automatic activation.
        automatic_days_left: u32 = rule.automatic_days_left,
        /// The latest day of expiry, in days from the day on which it is done.
        most_days_ahead: u32 = rule.most_days_ahead,
        /// The ids of the facts behind the days that are left.
        facts: Vec<String> = rule.facts.clone(),
        /// The ids of the facts behind the latest day.
        most_facts: Vec<String> = rule.most_facts.clone(),
    }
}

json_object! {
    /// Something known about the licences, and how sure it is.
    struct FactDocument = fact_document(fact: &Fact) {
        /// Its short name, such as `P3`.
        id: String = fact.id.to_string(),
        /// Confidence in the fact.
        standing: Confidence = fact.standing,
        /// Source of the fact.
        source: Names = names(&fact.source),
        /// Statement in English.
        en: String = fact.text.en.to_string(),
        /// Statement in Chinese.
        zh: String = fact.text.zh.to_string(),
    }
}
