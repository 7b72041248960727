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
