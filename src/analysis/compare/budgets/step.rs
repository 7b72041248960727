use super::super::Cause;
use super::route::Placed;
use crate::plan::{Plan, School};

/// Step of the walk: what it takes from the new side, or fixes on the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Members, and the group that each belongs to.
    Members,
    Apps,
    /// The users of the first day of the old period stay, if the new side has another period.
    SteadyUsers,
    /// The same for growth.
    SteadyGrowth,
    /// The same for the rules of waivers.
    SteadyWaivers,
    Period,
    /// Until the new plan's date, the users stay those of the old plan.
    Headcount,
    Growth,
    /// The accounts, and the date up to which the plan knows them.
    Holdings,
    OrderKind,
    Term,
    Negotiated,
    Tiers,
    Waiver,
    Status,
}

impl Step {
    pub(super) const ALL: [Step; 15] = [
        Step::Members,
        Step::Apps,
        Step::SteadyUsers,
        Step::SteadyGrowth,
        Step::SteadyWaivers,
        Step::Period,
        Step::Headcount,
        Step::Growth,
        Step::Holdings,
        Step::OrderKind,
        Step::Term,
        Step::Negotiated,
        Step::Tiers,
        Step::Waiver,
        Step::Status,
    ];

    /// Returns what the step is to a school that both sides have. A step that takes nothing new from the school
    /// itself can still move its share, through the others in its group.
    pub(super) fn cause(self, old: (&Plan, Placed<'_>), new: (&Plan, Placed<'_>), moves: bool) -> Cause {
        let (old_plan, Placed { school: old_school, payer: old_payer }) = old;
        let (new_plan, Placed { school: new_school, payer: new_payer }) = new;
        let (cause, own) = match self {
            Step::Members => (Cause::Group, true),
            Step::Apps => (Cause::Apps, old_school.apps != new_school.apps),
            Step::SteadyUsers => (Cause::Headcount, !old_school.headcounts.is_empty()),
            Step::Headcount => {
                let users = |school: &School| (school.counts, school.headcounts.clone());
                let changes = moves && !old_school.headcounts.is_empty();
                (Cause::Headcount, changes || users(old_school) != users(new_school))
            }
            Step::SteadyGrowth | Step::Growth => (Cause::Growth, true),
            Step::SteadyWaivers => (Cause::Waiver, true),
            Step::Period => (Cause::Date, true),
            Step::Holdings if has_other_accounts(old_school, new_school) => (Cause::Holdings, true),
            Step::Holdings => (Cause::Date, old_plan.date != new_plan.date),
            Step::OrderKind => (Cause::OrderKind, old_payer.test_enterprise != new_payer.test_enterprise),
            Step::Term => (Cause::Term, old_payer.term != new_payer.term),
            Step::Negotiated => (Cause::Negotiated, old_payer.negotiated != new_payer.negotiated),
            Step::Tiers => (Cause::Tiers, true),
            Step::Waiver => {
                let rules = moves || old_plan.card.waivers != new_plan.card.waivers;
                (Cause::Waiver, rules || old_payer.customer != new_payer.customer)
            }
            Step::Status => (Cause::Status, true),
        };
        if own { cause } else { Cause::Group }
    }
}

fn has_other_accounts(old: &School, new: &School) -> bool {
    old.held != new.held || old.purchases != new.purchases
}
