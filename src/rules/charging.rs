use jiff::civil::Date;

use crate::customer::AppKind;
use crate::rates::{AppOrdersCheck, RateCard};

/// Returns true if a customer with these apps needs licences, by W1 (docs/rules.md#w1): it does as soon as
/// one app is of a charged kind, and if no app is named.
pub fn is_charged(card: &RateCard, apps: impl IntoIterator<Item = AppKind>) -> bool {
    let mut apps = apps.into_iter().peekable();
    apps.peek().is_none() || apps.any(|kind| card.charging.app_kinds.contains(&kind))
}

/// Returns the check of the customer's app orders that a purchase of a day, Beijing time, has to pass before
/// WeCom sells by T10 (docs/rules.md#t10); `None` if the card has none, or it began later.
pub fn app_orders_check(card: &RateCard, purchase: Date) -> Option<&AppOrdersCheck> {
    card.order.app_orders_check.as_ref().filter(|check| check.from <= purchase)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::rates::RateCards;

    #[test]
    fn only_internal_apps_are_free() {
        let cards = RateCards::embedded().unwrap();
        let card = cards.in_force(None).unwrap();
        assert!(!is_charged(card, [AppKind::Internal, AppKind::Internal]));
        assert!(is_charged(card, [AppKind::Internal, AppKind::Agency]));
        assert!(is_charged(card, [AppKind::ThirdParty]));
        assert!(is_charged(card, []));
    }

    #[test]
    fn app_orders_are_checked_from_the_first_day_on() {
        let cards = RateCards::embedded().unwrap();
        let card = cards.in_force(None).unwrap();
        assert_eq!(app_orders_check(card, date(2023, 6, 29)), None);
        assert_eq!(app_orders_check(card, date(2023, 6, 30)).unwrap().facts, ["T10"]);
    }
}
