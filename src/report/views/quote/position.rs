//! The users and accounts of the payers of a plan: what they need, have and have to buy, and what they pay next.

use jiff::civil::Date;

use super::super::status::{avoidable, both, next_sentence};
use super::super::words::account_type;
use crate::account::{AccountType, Counts};
use crate::diagnostic::lang::{Message, term_words};
use crate::plan::MemberPosition;
use crate::planning::quote::{PayerPosition, Position};
use crate::pricing::{Party, Quote};
use crate::report::{Answer, Block, Cell, Columns, Grid, LeftOut, Remark};

/// The positions of all payers.
pub(super) struct Positions<'q>(pub(super) &'q [PayerPosition]);

/// A row of the table of one order.
struct Row<'q> {
    member: &'q Position,
    account_type: AccountType,
}

impl Positions<'_> {
    /// Returns what the members of an order need, have and buy, if they have anything; and what the schedule
    /// would buy instead on that day.
    pub(super) fn of_order(&self, index: usize) -> Vec<Block> {
        let Some(payer) = self.0.iter().find(|payer| payer.order == Some(index)) else { return Vec::new() };
        if !payer.has_accounts() {
            return Vec::new();
        }
        let mut blocks = vec![Block::Grid(position_grid(payer))];
        let remarks: Vec<Remark> = payer
            .scheduled
            .iter()
            .map(|order| {
                let expires = order.expires().unwrap_or(order.date);
                let text = Message::new("report-scheduled-instead")
                    .with("term", term_words(order.quote.term, order.quote.days))
                    .with("expires", expires)
                    .with("payable", order.quote.priced_payable());
                Remark::new(text)
            })
            .collect();
        if !remarks.is_empty() {
            blocks.push(Block::Remarks(remarks));
        }
        blocks
    }

    /// Returns the payers that miss nothing, with what they pay next.
    pub(super) fn covered(&self) -> Vec<Block> {
        let covered: Vec<&PayerPosition> = self.covered_payers().collect();
        if covered.is_empty() {
            return Vec::new();
        }
        let rows = covered.iter().flat_map(|payer| payer.members.iter().map(move |member| (*payer, member)));
        let is_payer = |(payer, member): &(&PayerPosition, &Position)| payer.payer == member.school;
        let grid = Columns::of(rows)
            .left("code", "report-code", |(_, member)| member.school.code.as_deref())
            .left_out(LeftOut::ToKeepLines)
            .left("school", "report-school", |(_, member)| member.school.name.as_deref())
            .right("need", "report-users", |(_, member)| both(member.need))
            .right("have", "report-have", |(_, member)| both(member.have))
            .left_out(LeftOut::ToKeepWords)
            .right("until", "report-until", |(_, member)| until(member.active.iter().map(|(_, day, _)| *day)))
            .left_out(LeftOut::ToKeepWords)
            .right("next_payment", "report-next-payment", |row| {
                row.0.next.as_ref().filter(|_| is_payer(row)).map(|order| order.date)
            })
            .right("payable", "report-payable", |row| {
                row.0.next.as_ref().filter(|_| is_payer(row)).map(|order| order.quote.priced_payable())
            })
            .grid();
        let mut blocks = vec![
            Block::Heading(Message::new("report-nothing-to-buy").into()),
            Block::Grid(grid.without_empty_columns()),
        ];
        let next = covered.iter().filter_map(|payer| Some((payer, payer.next.as_ref()?)));
        let remarks: Vec<Remark> = next.flat_map(|(payer, order)| avoidable(&payer.payer, order)).collect();
        if !remarks.is_empty() {
            blocks.push(Block::Remarks(remarks));
        }
        blocks
    }

    /// Returns the number of payers that miss nothing, in a sentence; `None` if every payer misses something.
    pub(super) fn covered_sentence(&self) -> Option<Message> {
        let count = self.covered_payers().count();
        (count > 0).then(|| Message::new("report-answer-covered").with("count", count))
    }

    fn covered_payers(&self) -> impl Iterator<Item = &PayerPosition> {
        self.0.iter().filter(|payer| payer.order.is_none() && payer.members.iter().any(is_anything))
    }
}

fn is_anything(member: &Position) -> bool {
    !member.need.is_zero() || !member.have.is_zero()
}

/// Returns the answer of a quote of a plan that has to buy nothing: when the next payment is.
pub(super) fn nothing_to_buy(quote: &Quote, payers: &[PayerPosition]) -> Option<Answer> {
    let buys = quote.orders.iter().any(|order| order.charged);
    if buys || payers.is_empty() {
        return None;
    }
    let next: Option<(&Party, _)> = payers
        .iter()
        .filter_map(|payer| Some((&payer.payer, payer.next.as_ref()?)))
        .min_by_key(|(_, order)| (order.due_since.unwrap_or(order.date), order.date));
    let next = next.map(|(payer, order)| next_sentence(payer, order));
    let codes = if payers.iter().flat_map(|payer| &payer.members).any(has_code_to_activate) {
        "some"
    } else {
        "none"
    };
    Some(Answer::new(Message::new("report-answer-nothing-to-buy").with("codes", codes)).because(next))
}

/// Returns true if a user of a member has no active account, but a code.
fn has_code_to_activate(member: &Position) -> bool {
    let active = member.active.iter().fold(Counts::ZERO, |sum, (account_type, _, count)| {
        sum.saturating_add(Counts::of(*account_type, *count))
    });
    let short = MemberPosition { need: member.need, active, codes: Counts::ZERO }.short_of_active();
    short != member.missing
}

fn position_grid(payer: &PayerPosition) -> Grid {
    let rows = payer.members.iter().flat_map(|member| {
        let is_there = |kind: &AccountType| *member.need.get(*kind) > 0 || *member.have.get(*kind) > 0;
        AccountType::ALL.into_iter().filter(is_there).map(move |account_type| Row { member, account_type })
    });
    Columns::of(rows)
        .when(payer.members.len() > 1, |columns| {
            columns.left("school", "report-member", |row| row.member.school.name.as_deref())
        })
        .left("account_type", "report-account", |row| account_type(row.account_type))
        .right("need", "report-users", |row| *row.member.need.get(row.account_type))
        .right("have", "report-have", |row| *row.member.have.get(row.account_type))
        .right("missing", "report-to-buy", |row| *row.member.missing.get(row.account_type))
        .right("until", "report-until", |row| {
            until(
                row.member
                    .active
                    .iter()
                    .filter(|(kind, ..)| *kind == row.account_type)
                    .map(|(_, day, _)| *day),
            )
        })
        .grid()
        .without_empty_columns()
}

/// Returns the days on which accounts expire: one, or the first and the last.
fn until(days: impl Iterator<Item = Date> + Clone) -> Cell {
    match (days.clone().min(), days.max()) {
        (Some(first), Some(last)) if first < last => {
            Message::new("report-from-to").with("from", first).with("to", last).into()
        }
        (first, _) => first.into(),
    }
}
