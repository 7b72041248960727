//! Writes notes as sentences. A [`Note`] goes in, a message comes out; read
//! [`note_text`] first.

use crate::account::AccountType;
use crate::diagnostic::lang::{Message, term_words};
use crate::pricing::{Note, NoteKind};
use crate::rates::{Confidence, Fact};

/// Returns a note as a sentence.
pub fn note_text(note: &Note) -> Message {
    match &note.kind {
        NoteKind::UnconfirmedFact { fact } => unconfirmed_text(fact),
        NoteKind::NegotiatedUnpriced { account_type, count, from } => {
            Message::new("note-negotiated-unpriced")
                .with("count", *count)
                .with("type", *account_type)
                .with("key", account_type.as_str())
                .with("from", u64::from(*from))
        }
        NoteKind::WaiverUndated { last_day, worth } => {
            Message::new("note-waiver-undated").with("last-day", *last_day).with("worth", *worth)
        }
        NoteKind::WaiverEnded { last_day, worth } => {
            Message::new("note-waiver-ended").with("last-day", *last_day).with("worth", *worth)
        }
        NoteKind::InternalAppsOnly => Message::new("note-internal-apps-only"),
        NoteKind::MemberInternalAppsOnly { name } => {
            Message::new("note-member-internal-apps-only").with("name", name.as_str())
        }
        NoteKind::DownstreamWaivedAlone { name, saving } => {
            Message::new("note-downstream-waived-alone").with("name", name.as_str()).with("saving", *saving)
        }
        NoteKind::HeldExpiresWith { held, comes_first, list_price } => {
            let counted = |kind: AccountType| {
                Message::new("note-accounts").with("count", *held.get(kind)).with("type", kind)
            };
            let types = AccountType::ALL.into_iter().filter(|kind| *held.get(*kind) > 0);
            let message = match list_price {
                Some(price) => Message::new("note-held-expires-with").with("otherwise", *price),
                None => Message::new("note-held-expires-with-unpriced"),
            };
            let place = if *comes_first { "first" } else { "not-first" };
            message.with("held", types.map(counted).collect::<Vec<_>>()).with("place", place)
        }
        NoteKind::Unconfirmed => Message::new("note-unconfirmed"),
        NoteKind::MemberUnconfirmed { name, share } => {
            Message::new("note-member-unconfirmed").with("name", name.as_str()).with("share", *share)
        }
        NoteKind::WaivedTerm { own, days } => {
            Message::new("note-waived-term").with("own", term_words(*own, *days))
        }
        NoteKind::TestEnterprise { worth } => Message::new("note-test-enterprise").with("worth", *worth),
    }
}

/// Returns the remark for a figure or a date that rests on an unconfirmed fact.
pub(super) fn unconfirmed_text(fact: &Fact) -> Message {
    let id = match fact.standing {
        Confidence::Reported => "note-reported-fact",
        _ => "note-assumed-fact",
    };
    Message::new(id).with("text", fact.text.clone()).with("source", fact.source.clone())
}

#[cfg(test)]
mod tests;
