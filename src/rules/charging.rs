use crate::customer::AppKind;
use crate::rates::RateCard;

/// Whether a customer with these apps needs licences (W1): it does as soon as one app is of a charged kind, and
/// where no app is named.
pub fn is_charged(card: &RateCard, apps: impl IntoIterator<Item = AppKind>) -> bool {
    let mut apps = apps.into_iter().peekable();
    apps.peek().is_none() || apps.any(|kind| card.charging.app_kinds.contains(&kind))
}

#[cfg(test)]
mod tests {
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
}
