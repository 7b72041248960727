use jiff::civil::Date;
use rust_decimal::Decimal;
use strum::{EnumDiscriminants, IntoStaticStr, VariantArray};

use crate::account::AccountType;
use crate::pricing::Party;
use crate::rates::Fact;

/// Something that figures assume beside what the plan states; a report names it before them, in words.
#[derive(Debug, Clone, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(AssumptionCode),
    doc = "The kinds of assumption.",
    derive(Hash, IntoStaticStr, VariantArray, serde::Serialize),
    strum(serialize_all = "kebab-case"),
    serde(rename_all = "kebab-case"),
    cfg_attr(feature = "reports", derive(schemars::JsonSchema))
)]
pub enum Assumption {
    /// No pricing date: waivers are taken as in force.
    Undated,
    /// A pricing date that the caller gave, whatever the plan states.
    Date {
        /// The date, Beijing time.
        date: Date,
        /// The side of a comparison that it is of; `None` if nothing is compared.
        side: Option<ComparedSide>,
    },
    /// A period begins before the plan's date: the purchases recorded before it are taken as complete.
    Recorded {
        /// The plan's date, Beijing time.
        before: Date,
        /// The side of a comparison that it is of; `None` if nothing is compared.
        side: Option<ComparedSide>,
    },
    /// The figures are of some schools alone, and of all others in their groups.
    Only {
        /// The schools that the caller named.
        schools: Vec<Party>,
        /// True if other schools of their groups are in the figures too.
        with_groups: bool,
    },
    /// Schools are in no figure, since a roster or a document that they name could not be read; whole groups.
    LeftOut {
        /// The schools.
        schools: Vec<Party>,
    },
    /// The users grow at each renewal.
    Growth {
        /// By so many per cent; above −100.
        percent: Decimal,
        /// The side of a comparison on which they do; `None` if nothing is compared.
        side: Option<ComparedSide>,
    },
    /// A school has another number of users than its plan states.
    WhatIf {
        /// Code of the school.
        code: String,
        /// Its name.
        name: String,
        /// Which of its users.
        account_type: AccountType,
        /// Their number in the plan.
        planned: u32,
        /// Their number instead.
        users: u32,
    },
    /// A figure rests on a fact that WeCom has not confirmed: a reported or an assumed one.
    UnconfirmedFact {
        /// The fact.
        fact: Fact,
    },
}

/// A side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ComparedSide {
    /// What is compared to.
    Old,
    /// What is compared.
    New,
}

impl Assumption {
    /// Returns the kind of assumption without its data.
    pub fn code(&self) -> AssumptionCode {
        AssumptionCode::from(self)
    }
}

impl AssumptionCode {
    /// Returns the word that JSON uses.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
