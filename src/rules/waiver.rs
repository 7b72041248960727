//! Decides whether a waiver applies to a customer on a date, and why. Read [`look_up_waiver`] first.

use jiff::civil::Date;

use crate::customer::{Certification, Customer, Industry, WaiverKind};
use crate::rates::{RateCard, WaiverRule};

/// The finding about one kind of waiver for a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaiverFinding {
    /// Kind of waiver that was checked.
    pub kind: WaiverKind,
    /// The reason why the waiver applies, or does not.
    pub reason: WaiverReason,
}

impl WaiverFinding {
    /// Returns true if nothing has to be paid (V1, docs/rules.md#v1).
    pub fn applied(&self) -> bool {
        matches!(self.reason, WaiverReason::InForce { .. } | WaiverReason::TakenAsInForce { .. })
    }
}

/// The reason why a waiver applies, or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaiverReason {
    /// All conditions hold, and the rule is in force on the pricing date.
    InForce {
        /// Pricing date, Beijing time.
        date: Date,
    },
    /// All conditions hold; without a pricing date the rule is assumed to be in force.
    TakenAsInForce {
        /// Last day of the rule, inclusive, Beijing time, if it has one.
        last_day: Option<Date>,
    },
    /// The primary industry matches, the secondary does not.
    SecondaryIndustry {
        /// Industry of the customer.
        industry: Industry,
        /// Secondary industries that match.
        wanted: Vec<String>,
    },
    /// The customer's verification by WeCom is not sufficient.
    Certification {
        /// Certification of the customer.
        has: Certification,
        /// Lowest sufficient certification.
        needs: Certification,
    },
    /// All conditions hold, but the rule begins later.
    NotYet {
        /// First day of the rule, Beijing time.
        from: Date,
    },
    /// All conditions hold, but the rule has ended.
    Ended {
        /// Last day of the rule, inclusive, Beijing time.
        last_day: Date,
    },
}

/// Looks for a waiver, by V2 to V5 (docs/rules.md#v5). A kind is considered if the customer's primary
/// industry is the rule's, or if the customer gives the proof that the rule asks for; of several, one that
/// applies is found first, then one that only its dates rule out. Without a date the rules are taken as in
/// force.
pub fn look_up_waiver(card: &RateCard, customer: &Customer, date: Option<Date>) -> Option<WaiverFinding> {
    let considered = card.waivers.iter().filter_map(|rule| {
        let reason = judge(rule, customer, date)?;
        Some(WaiverFinding { kind: rule.kind, reason })
    });
    considered.min_by_key(|finding| match finding.reason {
        WaiverReason::InForce { .. } | WaiverReason::TakenAsInForce { .. } => 0,
        WaiverReason::NotYet { .. } | WaiverReason::Ended { .. } => 1,
        WaiverReason::SecondaryIndustry { .. } | WaiverReason::Certification { .. } => 2,
    })
}

fn judge(rule: &WaiverRule, customer: &Customer, date: Option<Date>) -> Option<WaiverReason> {
    if rule.proof && !customer.nonprofit_proof {
        return None;
    }
    if let Some(primary) = &rule.primary_industry {
        let industry = customer.industry.as_ref().filter(|industry| industry.primary == *primary)?;
        let wanted = &rule.secondary_industries;
        if !wanted.is_empty() && !wanted.contains(&industry.secondary) {
            return Some(WaiverReason::SecondaryIndustry {
                industry: industry.clone(),
                wanted: wanted.clone(),
            });
        }
    }
    if customer.certification < rule.certification {
        return Some(WaiverReason::Certification { has: customer.certification, needs: rule.certification });
    }
    Some(judge_date(rule, date))
}

fn judge_date(rule: &WaiverRule, date: Option<Date>) -> WaiverReason {
    match (date, rule.last_day) {
        (None, last_day) => WaiverReason::TakenAsInForce { last_day },
        (Some(date), _) if date < rule.from => WaiverReason::NotYet { from: rule.from },
        (Some(date), Some(last_day)) if date > last_day => WaiverReason::Ended { last_day },
        (Some(date), _) => WaiverReason::InForce { date },
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::rates::RateCards;

    fn look_up(industry: &str, certification: Certification, date: Option<Date>) -> Option<WaiverFinding> {
        let cards = RateCards::embedded().unwrap();
        let customer = Customer { industry: industry.parse().ok(), certification, nonprofit_proof: false };
        look_up_waiver(cards.in_force(None).unwrap(), &customer, date)
    }

    #[test]
    fn a_k12_school_needs_both_industries_and_verification() {
        for secondary in ["学前教育", "初等教育"] {
            let found = look_up(&format!("教育/{secondary}"), Certification::Verified, None).unwrap();
            assert_eq!(found.kind, WaiverKind::K12);
            assert!(found.applied());
        }
        assert!(!look_up("教育/高等教育", Certification::Certified, None).unwrap().applied());
        assert!(!look_up("教育/初等教育", Certification::None, None).unwrap().applied());
        assert_eq!(look_up("制造业/初等教育", Certification::Certified, None), None);
    }

    #[test]
    fn a_government_body_must_be_certified() {
        assert!(look_up("政府/公安", Certification::Certified, None).unwrap().applied());
        let found = look_up("政府/公安", Certification::Verified, None).unwrap();
        let needs = Certification::Certified;
        assert_eq!(found.reason, WaiverReason::Certification { has: Certification::Verified, needs });
    }

    #[test]
    fn the_last_day_is_in_force() {
        let on = |day| look_up("教育/初等教育", Certification::Verified, Some(day)).unwrap().reason;
        let last_day = date(2023, 3, 31);
        assert_eq!(on(last_day), WaiverReason::InForce { date: last_day });
        assert_eq!(on(date(2023, 4, 1)), WaiverReason::Ended { last_day });
        assert_eq!(on(date(2022, 5, 15)), WaiverReason::NotYet { from: date(2022, 5, 16) });
    }

    #[test]
    fn a_nonprofit_needs_its_proof() {
        let cards = RateCards::embedded().unwrap();
        let card = cards.in_force(None).unwrap();
        let proven = Customer { nonprofit_proof: true, ..Customer::default() };
        assert!(look_up_waiver(card, &proven, None).unwrap().applied());
        assert_eq!(look_up_waiver(card, &Customer::default(), None), None);
    }

    #[test]
    fn a_waiver_that_applies_beats_one_that_does_not() {
        let cards = RateCards::embedded().unwrap();
        let customer = Customer {
            industry: "教育/高等教育".parse().ok(),
            certification: Certification::Certified,
            nonprofit_proof: true,
        };
        let found = look_up_waiver(cards.in_force(None).unwrap(), &customer, None).unwrap();
        assert_eq!(found.kind, WaiverKind::Nonprofit);
    }

    #[test]
    fn a_waiver_that_has_ended_beats_one_whose_conditions_fail() {
        let cards = RateCards::embedded().unwrap();
        let customer = Customer {
            industry: "教育/高等教育".parse().ok(),
            certification: Certification::Certified,
            nonprofit_proof: true,
        };
        let day = date(2023, 4, 1);
        let found = look_up_waiver(cards.in_force(None).unwrap(), &customer, Some(day)).unwrap();
        assert_eq!(found.kind, WaiverKind::Nonprofit);
        assert_eq!(found.reason, WaiverReason::Ended { last_day: date(2023, 3, 31) });
    }
}
