use super::{Risks, days_of_change, need};
use crate::account::AccountType;
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::check::unique;
use crate::plan::keys::DraftSchool;
use crate::rates::{GroupTiers, NegotiatedPart, RateCard};

/// Warns of schools that have one name.
pub(super) fn check_names(risks: &Risks<'_, '_>) {
    unique(risks.draft.schools(), |school| &school.name, "name", Code::DuplicateName, risks.sink);
}

/// Warns of users of a group whose accounts are beyond the list and have no negotiated price
/// (P5, docs/rules.md#p5).
pub(super) fn check_prices(risks: &Risks<'_, '_>) {
    let Some(negotiated) = &risks.card.negotiated else { return };
    for (payer, downstreams) in risks.groups.iter() {
        let members: Vec<&DraftSchool<'_>> = risks.members(payer, downstreams).collect();
        let payer = &risks.draft.schools()[payer];
        for account_type in AccountType::ALL {
            let beyond = |day| {
                let counts = members.iter().map(|school| u64::from(*need(school, day).get(account_type)));
                (beyond_list(risks.card, counts, negotiated.from), day)
            };
            let days = days_of_change(risks.date, members.iter().copied());
            let charged = days.into_iter().filter(|day| !risks.is_waived(payer, *day));
            let Some((beyond, day)) = charged.map(beyond).max_by_key(|(count, _)| *count) else { continue };
            if beyond == 0 || payer.negotiated_prices().get(account_type).is_some() {
                continue;
            }
            let later = day.filter(|day| Some(*day) != risks.date);
            let problem = Diagnostic::new(Code::NoNegotiatedPrice)
                .with("type", account_type)
                .with("key", account_type.as_str())
                .with("count", u32::try_from(beyond).unwrap_or(u32::MAX))
                .with("from", u64::from(negotiated.from))
                .with("day", later.map_or_else(|| "none".to_owned(), |day| day.to_string()));
            risks.sink.report(problem, payer.counts().span_of(account_type, &payer.table.span()));
        }
    }
}

/// Returns how many of the members' accounts are negotiated if all are in one order: P5 (docs/rules.md#p5), U3
/// (docs/rules.md#u3).
fn beyond_list(card: &RateCard, counts: impl Iterator<Item = u64>, from: u32) -> u64 {
    let beyond = |count: u64| match (count.saturating_sub(u64::from(from) - 1), card.rules.negotiated) {
        (0, _) => 0,
        (_, NegotiatedPart::All) => count,
        (excess, NegotiatedPart::Excess) => excess,
    };
    match card.rules.group {
        GroupTiers::Group => beyond(counts.sum()),
        GroupTiers::Member => counts.map(beyond).sum(),
    }
}
