use schemars::JsonSchema;
use serde::Serialize;

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

macro_rules! note_codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal,)*) => {
        /// The kinds of note. The kebab-case form is stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
        pub enum NoteCode { $($(#[doc = $doc])+ #[serde(rename = $code)] $name,)* }

        impl NoteCode {
            /// Every code there is.
            pub const ALL: &[NoteCode] = &[$(NoteCode::$name),*];

            /// The kebab-case form.
            pub const fn as_str(self) -> &'static str {
                match self { $(NoteCode::$name => $code,)* }
            }
        }
    };
}

note_codes! {
    /// A figure rests on a fact that is reported or assumed.
    UnconfirmedFact = "unconfirmed-fact",
    /// Accounts without a price are missing from the figures (P5).
    NegotiatedUnpriced = "negotiated-unpriced",
    /// The quote has no date; one could end the waiver.
    WaiverUndated = "waiver-undated",
    /// The waiver has ended, and what it was worth.
    WaiverEnded = "waiver-ended",
    /// Only internal apps: nothing is owed (W1).
    InternalAppsOnly = "internal-apps-only",
    /// A member of the group has only internal apps, and is left out (W1).
    MemberInternalAppsOnly = "member-internal-apps-only",
    /// A downstream would pay nothing with an order of its own (U4).
    DownstreamWaivedAlone = "downstream-waived-alone",
    /// Held accounts run exactly as long as the order, and its price would be another if they came first (P12).
    HeldExpiringWith = "held-as-long",
    /// The order is kept out of the firm total.
    Unconfirmed = "unconfirmed",
    /// A test enterprise pays nothing (P14).
    TestEnterprise = "test-enterprise",
}
