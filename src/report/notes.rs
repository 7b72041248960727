//! Writes notes as sentences. A [`Note`] goes in, a message comes out; read
//! [`note_text`] first.

use crate::account::{AccountType, Counts};
use crate::diagnostic::lang::{Arg, Message, term_words};
use crate::money::Money;
use crate::pricing::{Note, NoteKind, TransferFigures};
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
            let message = match list_price {
                Some(price) => Message::new("note-held-expires-with").with("otherwise", *price),
                None => Message::new("note-held-expires-with-unpriced"),
            };
            let place = if *comes_first { "first" } else { "not-first" };
            message.with("held", counted(*held)).with("place", place)
        }
        NoteKind::Unconfirmed => Message::new("note-unconfirmed"),
        NoteKind::MemberUnconfirmed { name, share } => {
            Message::new("note-member-unconfirmed").with("name", name.as_str()).with("share", *share)
        }
        NoteKind::WaivedTerm { own, days } => {
            Message::new("note-waived-term").with("own", term_words(*own, *days))
        }
        NoteKind::SharedAccounts { saved, saving } => {
            Message::new("note-shared-accounts").with("saved", counted(*saved)).with("saving", saves(*saving))
        }
        NoteKind::TransfersFirst(figures) => transfers_text(figures),
        NoteKind::Billed { by_card: Some(by_card) } => Message::new("note-billed").with("by-card", *by_card),
        NoteKind::Billed { by_card: None } => Message::new("note-billed-unpriced"),
        NoteKind::TestEnterprise { worth } => Message::new("note-test-enterprise").with("worth", *worth),
    }
}

/// Returns whom transfers serve before anything is bought, and what they save.
pub(super) fn transfers_text(figures: &TransferFigures) -> Message {
    let message = match figures.to_buy.is_zero() {
        true => Message::new("note-transfers-alone"),
        false => Message::new("note-transfers-first").with("to-buy", counted(figures.to_buy)),
    };
    let off_roster = Message::new("note-off-roster").with("accounts", counted(figures.off_roster));
    let unneeded = Message::new("note-unneeded").with("accounts", counted(figures.unneeded));
    let accounts = match (figures.off_roster.is_zero(), figures.unneeded.is_zero()) {
        (_, true) => off_roster,
        (true, false) => unneeded,
        (false, false) => Message::new("note-off-roster-and-unneeded")
            .with("off-roster", off_roster)
            .with("unneeded", unneeded),
    };
    message
        .with("accounts", accounts)
        .with("transfers", total(figures.transfers))
        .with("users", total(figures.without_account))
        .with("saving", saves(figures.saving))
}

fn total(counts: Counts) -> u32 {
    counts.basic.saturating_add(counts.interop)
}

/// Returns accounts by type: "20 basic, 3 interop".
fn counted(counts: Counts) -> Vec<Message> {
    let types = AccountType::ALL.into_iter().filter(|kind| *counts.get(*kind) > 0);
    types
        .map(|kind| Message::new("note-accounts").with("count", *counts.get(kind)).with("type", kind))
        .collect()
}

/// Returns the clause that says how many yuan are saved; empty if none are, or if that is not known.
fn saves(saving: Option<Money>) -> Arg {
    match saving.filter(|saving| *saving > Money::ZERO) {
        Some(saving) => Message::new("note-saves").with("saving", saving).into(),
        None => "".into(),
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
