use jiff::civil::Date;

use super::{Holdings, MemberPosition, Missing, Plan, School, Trials, missing};
use crate::account::Counts;

/// The schools of a group and what each has by the records of the plan, computed once for any number of days.
#[derive(Debug)]
pub struct GroupHoldings<'p> {
    plan: &'p Plan,
    members: Vec<(&'p School, Holdings)>,
}

impl Plan {
    /// Returns what the schools of a group have, the payer first.
    pub fn group_holdings<'p>(&'p self, group: &[&'p School]) -> GroupHoldings<'p> {
        let members = group.iter().map(|school| (*school, school.holdings(&self.card.term)));
        GroupHoldings { plan: self, members: members.collect() }
    }
}

impl<'p> GroupHoldings<'p> {
    /// Iterates over the schools and what each has, the payer first.
    pub fn members(&self) -> impl Iterator<Item = (&'p School, &Holdings)> {
        self.members.iter().map(|(school, holdings)| (*school, holdings))
    }

    /// Returns the positions of the schools on a day, Beijing time, and the codes that serve any of them: those of
    /// the payer if it has downstreams.
    pub fn positions(&self, on: Date, trials: Trials) -> (Vec<MemberPosition>, Counts) {
        let mut positions: Vec<MemberPosition> =
            (0..self.members.len()).map(|member| self.position(member, on, trials)).collect();
        let shared = match positions.first_mut() {
            Some(payer) if self.is_shared() => std::mem::take(&mut payer.codes),
            _ => Counts::ZERO,
        };
        (positions, shared)
    }

    /// Returns what each school misses on a day, Beijing time.
    pub fn missing(&self, on: Date, trials: Trials) -> Vec<Missing> {
        let (positions, shared) = self.positions(on, trials);
        missing(&positions, shared)
    }

    /// Returns what some schools, given by their indices, miss on a day, Beijing time.
    pub fn missing_of(&self, members: &[usize], on: Date, trials: Trials) -> Vec<Missing> {
        if self.is_shared() && !self.codes(0, on).is_zero() {
            let all = self.missing(on, trials);
            return members.iter().map(|&member| all[member]).collect();
        }
        // Without codes to share each school stands alone.
        let positions: Vec<MemberPosition> =
            members.iter().map(|&member| self.position(member, on, trials)).collect();
        missing(&positions, Counts::ZERO)
    }

    fn is_shared(&self) -> bool {
        self.members.len() > 1
    }

    fn position(&self, member: usize, on: Date, trials: Trials) -> MemberPosition {
        let (school, holdings) = &self.members[member];
        let need = self.plan.need(school, on, trials);
        MemberPosition { need, active: holdings.active(on), codes: self.codes(member, on) }
    }

    fn codes(&self, member: usize, on: Date) -> Counts {
        let (school, holdings) = &self.members[member];
        holdings.codes(&self.plan.card, school, on)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::plan::fixture::plan;

    #[test]
    fn what_one_school_misses_is_the_same_alone_and_in_its_group() {
        let plan = plan(
            r#"
            date = 2023-06-30
            [[school]]
            code = "a"
            name = "A"
            basic = 20
            [[school.purchase]]
            paid = 2023-06-01
            basic = 25
            [[school]]
            code = "b"
            name = "B"
            basic = 30
            upstream = "a"
            held = [{ type = "basic", count = 10, expires = 2024-01-01 }]
            "#,
        );
        let group = plan.group_holdings(&plan.groups()[0]);
        // The codes serve the upstream's 20 users and 5 of its downstream's 20, until they are lost.
        for (on, expected) in [(date(2023, 6, 30), [0, 15]), (date(2024, 6, 2), [20, 30])] {
            let together: Vec<u32> =
                group.missing(on, Trials::Ignored).iter().map(|found| found.missing.basic).collect();
            assert_eq!(together, expected);
            let alone =
                [0, 1].map(|member| group.missing_of(&[member], on, Trials::Ignored)[0].missing.basic);
            assert_eq!(alone, expected);
        }
    }
}
