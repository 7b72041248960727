use super::{Risks, users_over_time};
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
        let users: Vec<_> = users_over_time(risks.date, &members).collect();
        for account_type in AccountType::ALL {
            let mut beyond = BeyondList::new(risks.card, negotiated.from, members.len());
            let by_day = users.iter().map(|(day, changes)| {
                changes.iter().for_each(|(member, counts)| beyond.set(*member, *counts.get(account_type)));
                (beyond.count(), *day)
            });
            let charged = by_day.filter(|(_, day)| !risks.is_waived(payer, *day));
            let Some((beyond, day)) = charged.max_by_key(|(count, _)| *count) else { continue };
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

/// How many of the members' accounts are negotiated if all are in one order, while their users change: P5
/// (docs/rules.md#p5), U3 (docs/rules.md#u3).
struct BeyondList<'c> {
    card: &'c RateCard,
    /// The first account that is negotiated.
    from: u32,
    /// The users of each member.
    users: Vec<u32>,
    /// All users, or with tiers of each member of its own, those beyond the list.
    sum: u64,
}

impl<'c> BeyondList<'c> {
    fn new(card: &'c RateCard, from: u32, members: usize) -> BeyondList<'c> {
        BeyondList { card, from, users: vec![0; members], sum: 0 }
    }

    fn set(&mut self, member: usize, users: u32) {
        let before = std::mem::replace(&mut self.users[member], users);
        self.sum = self.sum - self.counted(before) + self.counted(users);
    }

    fn count(&self) -> u64 {
        match self.card.rules.group {
            GroupTiers::Group => self.beyond(self.sum),
            GroupTiers::Member => self.sum,
        }
    }

    fn counted(&self, users: u32) -> u64 {
        match self.card.rules.group {
            GroupTiers::Group => u64::from(users),
            GroupTiers::Member => self.beyond(u64::from(users)),
        }
    }

    fn beyond(&self, count: u64) -> u64 {
        match (count.saturating_sub(u64::from(self.from) - 1), self.card.rules.negotiated) {
            (0, _) => 0,
            (_, NegotiatedPart::All) => count,
            (excess, NegotiatedPart::Excess) => excess,
        }
    }
}
