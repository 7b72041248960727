//! Users and accounts by name: how many users of each school have no account, and which accounts they can take over;
//! on request, who they are.

use super::{both, of_type};
use crate::account::{AccountType, Counts};
use crate::diagnostic::lang::Message;
use crate::planning::assignment::{Assignment, ListedReason, TransferSaving, counts};
use crate::planning::status::SchoolStatus;
use crate::report::notes::transfers_text;
use crate::report::views::words::account_type;
use crate::report::{Block, Cell, Columns, Grid, LeftOut, Records, Remark, Tone};

/// Users and accounts of the schools whose rosters and account lists a plan has.
#[derive(Debug, Clone, Copy, Default)]
pub struct UserNames<'s> {
    /// The schools.
    pub assignments: &'s [Assignment<'s>],
    /// What transfers save.
    pub savings: &'s [TransferSaving],
    /// True to list the users by their ids.
    pub is_listed: bool,
}

/// Numbers of a school by name.
struct Measure {
    basic: &'static str,
    interop: &'static str,
    title: &'static str,
    of: fn(&Assignment<'_>) -> Counts,
}

const MEASURES: [Measure; 5] = [
    Measure {
        basic: "no_account_basic",
        interop: "no_account_interop",
        title: "users-no-account",
        of: |school| counts(&school.without_account),
    },
    Measure {
        basic: "off_roster_basic",
        interop: "off_roster_interop",
        title: "users-off-roster",
        of: |school| counts(&school.off_roster),
    },
    Measure {
        basic: "unneeded_basic",
        interop: "unneeded_interop",
        title: "users-unneeded",
        of: |school| counts(&school.unneeded),
    },
    Measure {
        basic: "transfers_basic",
        interop: "transfers_interop",
        title: "users-transfers",
        of: |school| school.transfers.all(),
    },
    Measure {
        basic: "to_buy_basic",
        interop: "to_buy_interop",
        title: "users-to-buy",
        of: |school| school.to_buy,
    },
];

impl<'s> UserNames<'s> {
    /// Adds the columns of the schools by name; they are empty where a school has none.
    pub(super) fn columns<'t>(
        &self,
        columns: Columns<&'t SchoolStatus>,
        schools: &'t [SchoolStatus],
    ) -> Columns<&'t SchoolStatus> {
        let assignments = self.assignments;
        let of = move |status: &SchoolStatus| {
            let index = schools.iter().position(|school| std::ptr::eq(school, status))?;
            assignments.iter().find(|assignment| assignment.school == index)
        };
        MEASURES.iter().fold(columns, |columns, measure| {
            let counts = move |status: &&SchoolStatus| of(status).map(measure.of);
            columns
                .right(measure.basic, measure.title, move |status| counts(status).map(|counts| counts.basic))
                .titled(of_type(measure.title, AccountType::Basic))
                .right(measure.interop, measure.title, move |status| {
                    counts(status).map(|counts| counts.interop)
                })
                .titled(of_type(measure.title, AccountType::Interop))
        })
    }

    /// Returns a row for each user that is listed.
    pub(super) fn records(&self) -> Records {
        self.list().records()
    }

    /// Returns a line a school, what transfers save, and the list of users.
    pub(super) fn blocks(&self) -> Vec<Block> {
        if self.assignments.is_empty() {
            return Vec::new();
        }
        let mut blocks =
            vec![Block::Heading(Message::new("users-heading").into()), Block::Grid(self.schools())];
        blocks.extend(self.besides());
        blocks
    }

    /// Returns what transfers save, and the list of users.
    pub(super) fn besides(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let remarks: Vec<Remark> = self.savings.iter().map(|saving| self.remark(saving)).collect();
        if !remarks.is_empty() {
            blocks.push(Block::Remarks(remarks));
        }
        if self.is_listed {
            blocks.push(Block::Heading(Message::new("users-list").into()));
            blocks.push(Block::Grid(self.list().grid()));
        }
        blocks
    }

    fn remark(&self, saving: &TransferSaving) -> Remark {
        let text = transfers_text(&saving.figures);
        let name = saving.payer.name.clone().unwrap_or_default();
        Remark::new(Message::new("users-of-payer").with("name", name).with("text", text))
    }

    fn schools(&self) -> Grid {
        let columns = Columns::of(self.assignments)
            .left("code", "report-code", |school| school.party.code.as_deref())
            .left_out(LeftOut::ToKeepLines)
            .left("school", "report-school", |school| school.party.name.as_deref());
        let columns = MEASURES.iter().fold(columns, |columns, measure| {
            columns.right(measure.basic, measure.title, |school| both((measure.of)(school)))
        });
        columns
            .toned(|school| if school.to_buy.is_zero() { Tone::Plain } else { Tone::Due })
            .grid()
            .without_empty_columns()
    }

    fn list(&self) -> Columns<(&'s Assignment<'s>, (AccountType, ListedReason, &'s str))> {
        let users =
            self.assignments.iter().flat_map(|school| school.listed().map(move |user| (school, user)));
        Columns::of(users)
            .left("code", "report-code", |(school, _)| school.party.code.as_deref())
            .left("name", "report-school", |(school, _)| school.party.name.as_deref())
            .left_out(LeftOut::ToKeepWords)
            .left("account_type", "report-account", |(_, (needs, ..))| account_type(*needs))
            .left("reason", "users-reason", |(_, (_, reason, _))| reason_word(*reason))
            .left("user", "users-user", |(_, (.., user))| Cell::from(*user))
    }
}

fn reason_word(reason: ListedReason) -> Cell {
    let id = match reason {
        ListedReason::NoAccount => "users-has-no-account",
        ListedReason::OffRoster => "users-is-off-roster",
        ListedReason::Unneeded => "users-has-unneeded",
    };
    Cell::keyed(reason.as_str(), Message::new(id))
}
