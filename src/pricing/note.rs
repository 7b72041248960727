use schemars::JsonSchema;
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};

use crate::diagnostic::lang::Message;

/// Something that a reader of a figure must know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Which kind of note; stable.
    pub code: NoteCode,
    /// The fact that it is about, where there is one.
    pub fact: Option<String>,
    /// What to tell.
    pub message: Message,
}

/// The kinds of note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[derive(IntoStaticStr, VariantArray, Serialize, JsonSchema)]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum NoteCode {
    /// A figure rests on a fact that is reported or assumed.
    UnconfirmedFact,
    /// Accounts without a price are missing from the figures (P5).
    NegotiatedUnpriced,
    /// The quote has no date; one could end the waiver.
    WaiverUndated,
    /// The waiver has ended, and what it was worth.
    WaiverEnded,
    /// Only internal apps: nothing is owed (W1).
    InternalAppsOnly,
    /// A member of the group has only internal apps, and is left out (W1).
    MemberInternalAppsOnly,
    /// A downstream would pay nothing with an order of its own (U4).
    DownstreamWaivedAlone,
    /// Held accounts run exactly as long as the order, and its price would be another if they came first (P12).
    #[strum(serialize = "held-as-long")]
    #[serde(rename = "held-as-long")]
    HeldExpiringWith,
    /// The order is kept out of the firm total.
    Unconfirmed,
    /// A test enterprise pays nothing (P14).
    TestEnterprise,
}

impl NoteCode {
    /// Returns the word that JSON uses.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
