use jiff::civil::Date;
use serde::Serialize;
use strum::{EnumDiscriminants, IntoStaticStr, VariantArray};

use crate::account::{AccountType, Counts, Term};
use crate::money::Money;
use crate::rates::Fact;

/// Remark on a figure that its reader must know, as data; a report puts it into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Id of the fact that it is about, if any.
    pub fact: Option<String>,
    /// The note itself.
    pub kind: NoteKind,
}

impl Note {
    /// Returns the kind of note without its data.
    pub fn code(&self) -> NoteCode {
        NoteCode::from(&self.kind)
    }
}

/// The content of a note. Amounts are those of the order that the note belongs to.
#[derive(Debug, Clone, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(NoteCode),
    doc = "The kinds of note.",
    derive(Hash, IntoStaticStr, VariantArray, Serialize),
    strum(serialize_all = "kebab-case"),
    serde(rename_all = "kebab-case"),
    cfg_attr(feature = "reports", derive(schemars::JsonSchema))
)]
pub enum NoteKind {
    /// A figure rests on a fact that is reported or assumed.
    UnconfirmedFact {
        /// The fact.
        fact: Fact,
    },
    /// Accounts without a price are missing from the figures (P5).
    NegotiatedUnpriced {
        /// Type of the accounts.
        account_type: AccountType,
        /// Their number.
        count: u32,
        /// First ordinal of the card that has no list price.
        from: u32,
    },
    /// The quote has no date; a date could end the waiver.
    WaiverUndated {
        /// Last day on which the waiver is in force, Beijing time.
        last_day: Date,
        /// List price that it waives.
        worth: Money,
    },
    /// The waiver has ended.
    WaiverEnded {
        /// Last day on which it was in force, Beijing time.
        last_day: Date,
        /// List price that it waived.
        worth: Money,
    },
    /// The customer has only internal apps: nothing is payable (W1).
    InternalAppsOnly,
    /// A member of the group has only internal apps, and is left out (W1).
    MemberInternalAppsOnly {
        /// Name of the member; empty if it has none.
        name: String,
    },
    /// A downstream would pay nothing with an order of its own (U4).
    DownstreamWaivedAlone {
        /// Name of the downstream; empty if it has none.
        name: String,
        /// The yuan that the group's order would cost less without it.
        saving: Money,
    },
    /// Held accounts expire with the order, and its price rests on whether they come first (P12).
    HeldExpiresWith {
        /// Number of these accounts.
        held: Counts,
        /// True if they come first by the card.
        comes_first: bool,
        /// List price in the other case; `None` if some accounts would have no price.
        list_price: Option<Money>,
    },
    /// The order is kept out of the firm total.
    Unconfirmed,
    /// The share of a member is kept out of the firm total.
    MemberUnconfirmed {
        /// Name of the member; empty if it has none.
        name: String,
        /// Its share, as far as prices are known.
        share: Money,
    },
    /// A waived order is for the only term that WeCom allows, not for the plan's (O6).
    WaivedTerm {
        /// The plan's term.
        own: Term,
        /// The plan's term in days.
        days: u32,
    },
    /// Users of several apps share their accounts (W3).
    SharedAccounts {
        /// The accounts that the apps would need more, each with its own.
        saved: Counts,
        /// What these would cost more; `None` if an account has no price.
        saving: Option<Money>,
    },
    /// The order supposes that accounts which serve nobody are transferred (T9).
    TransfersFirst(TransferFigures),
    /// The amount is the one that WeCom billed, and another one than by the card.
    Billed {
        /// The payable by the card; `None` if an account has no price.
        by_card: Option<Money>,
    },
    /// A test enterprise pays nothing (P14).
    TestEnterprise {
        /// The list price of its accounts.
        worth: Money,
    },
}

/// Accounts that serve nobody, and the users without an account who can take them over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransferFigures {
    /// Accounts of people who are on no roster.
    pub off_roster: Counts,
    /// Accounts of users on a roster who do not need them.
    pub unneeded: Counts,
    /// Users who can take one over, by the type that they need.
    pub transfers: Counts,
    /// All users without an account, by the type that they need.
    pub without_account: Counts,
    /// Accounts to buy once the transfers are made.
    pub to_buy: Counts,
    /// What buying in place of the transfers would cost more, in yuan; `None` if an account has no price.
    pub saving: Option<Money>,
}

impl NoteCode {
    /// Returns the word that JSON uses.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_named_by_its_words() {
        assert_eq!(NoteCode::Billed.as_str(), "billed");
        assert_eq!(NoteCode::DownstreamWaivedAlone.as_str(), "downstream-waived-alone");
    }
}
