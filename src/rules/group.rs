use crate::customer::Industry;
use crate::rates::{BarredIndustries, RateCard};

/// Returns the rule by which customers of an industry can neither create nor join a group of an upstream and its
/// downstreams (U5, docs/rules.md#u5); `None` if they can.
///
/// ```
/// use wxlicense::{rates::RateCards, rules::barred_from_groups};
/// let cards = RateCards::embedded().unwrap();
/// let card = cards.in_force(None).unwrap();
/// assert!(barred_from_groups(card, &"教育/学前教育".parse()?).is_some());
/// assert!(barred_from_groups(card, &"教育/高等教育".parse()?).is_none());
/// # Ok::<(), wxlicense::customer::IndustryError>(())
/// ```
pub fn barred_from_groups<'c>(card: &'c RateCard, industry: &Industry) -> Option<&'c BarredIndustries> {
    let barred = card.barred_from_groups.as_ref()?;
    let secondary = &barred.secondary_industries;
    let is_barred = barred.primary_industry == industry.primary
        && (secondary.is_empty() || secondary.contains(&industry.secondary));
    is_barred.then_some(barred)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::RateCards;

    #[test]
    fn a_card_bars_a_whole_industry_or_some_of_its_parts() {
        let card = RateCards::embedded().unwrap().in_force(None).unwrap().as_ref().clone();
        let is_barred =
            |card: &RateCard, industry: &str| barred_from_groups(card, &industry.parse().unwrap()).is_some();
        let industries = ["教育/学前教育", "教育/高等教育", "政府/学前教育"];
        assert_eq!(industries.map(|industry| is_barred(&card, industry)), [true, false, false]);
        let mut whole = card.clone();
        whole.barred_from_groups.as_mut().unwrap().secondary_industries.clear();
        assert_eq!(industries.map(|industry| is_barred(&whole, industry)), [true, true, false]);
        let none = RateCard { barred_from_groups: None, ..card };
        assert_eq!(industries.map(|industry| is_barred(&none, industry)), [false; 3]);
    }
}
