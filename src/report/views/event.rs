//! The words of an event of the calendar.

use jiff::civil::Date;

use super::budget::order_kind_word;
use super::words::accounts;
use crate::diagnostic::lang::Message;
use crate::planning::calendar::{Event, EventApp, EventKind, EventState};
use crate::pricing::NoteCode;

/// Returns the kind of an event in words.
pub fn event_word(kind: EventKind) -> Message {
    Message::new(match kind {
        EventKind::TrialStart => "calendar-trial-start",
        EventKind::Payment => "calendar-payment",
        EventKind::Uncovered => "calendar-uncovered",
        EventKind::TrialReminder => "calendar-trial-reminder",
        EventKind::TrialEnd => "calendar-trial-end",
        EventKind::Paid => "calendar-paid",
        EventKind::Activation => "calendar-activation",
        EventKind::LastRefundDay => "calendar-last-refund-day",
        EventKind::LastActivationDay => "calendar-last-activation-day",
        EventKind::FirstStackingDay => "calendar-first-stacking-day",
        EventKind::AutomaticStackingDay => "calendar-automatic-stacking-day",
        EventKind::Expiry => "calendar-expiry",
    })
}

/// Returns the kind of an event in words; of a payment also the reason for the order.
pub(super) fn event_title(event: &Event) -> Message {
    match (event.kind, event.order_kind) {
        (EventKind::Payment, Some(kind)) => {
            Message::new("calendar-payment-of").with("kind", order_kind_word(kind))
        }
        (kind, _) => event_word(kind),
    }
}

/// Returns the accounts, the amount and the limit of an event, as far as it has them.
pub(super) fn event_details(event: &Event) -> Vec<Message> {
    let mut details = Vec::new();
    if !event.counts.is_zero() {
        details.push(accounts(event.counts));
    }
    if let Some(quote) = &event.quote {
        details.push(match quote.payable() {
            Some(payable) => Message::new("calendar-payable").with("payable", payable),
            None => Message::new("calendar-payable-incomplete").with("priced", quote.priced),
        });
    }
    if let Some(latest) = event.latest_expiry {
        details.push(Message::new("calendar-latest-expiry").with("latest", latest));
    }
    details
}

/// Joins phrases into one; returns `None` if there are none.
pub(super) fn in_a_row(phrases: Vec<Message>) -> Option<Message> {
    phrases
        .into_iter()
        .reduce(|before, next| Message::new("calendar-in-a-row").with("before", before).with("next", next))
}

/// Returns the ids of the facts that its day and its amount rest on.
pub(super) fn facts_behind(event: &Event) -> impl Iterator<Item = &String> {
    let notes = event.quote.iter().flat_map(|quote| &quote.notes);
    let of_amount = notes.filter(|note| note.code() == NoteCode::UnconfirmedFact);
    event.facts.iter().chain(of_amount.filter_map(|note| note.fact.as_ref()))
}

/// Returns the day of an event that is a payment still to be made.
pub(super) fn payment_to_come(event: &Event) -> Option<Date> {
    let is_to_come = event.kind == EventKind::Payment && event.state == EventState::Open;
    is_to_come.then_some(event.date)
}

/// Returns the state of an event in words; `None` if no action is required.
pub(super) fn due_word(event: &Event, on: Option<Date>) -> Option<Message> {
    if on.is_some_and(|on| event.is_overdue(on)) {
        return Some(match event.due_since {
            Some(since) => Message::new("calendar-overdue-since").with("since", since),
            None => Message::new("calendar-overdue"),
        });
    }
    (event.state != EventState::Information).then(|| state_word(event.state))
}

/// Returns in a word whether it waits for somebody.
pub(super) fn state_word(state: EventState) -> Message {
    Message::new(match state {
        EventState::Information => "calendar-information",
        EventState::Open => "calendar-open",
        EventState::Done => "calendar-done",
        EventState::Lost => "calendar-lost",
    })
}

/// Returns a moment, such as `2023-02-16 10:36:18`.
pub(super) fn moment(moment: jiff::civil::DateTime) -> String {
    format!("{} {}", moment.date(), moment.time())
}

/// Returns the name with its host, since one app may be embedded in several.
pub(super) fn app_name(app: &EventApp) -> Message {
    match &app.host {
        Some(host) => {
            Message::new("calendar-app-on-host").with("name", app.name.as_str()).with("host", host.as_str())
        }
        None => Message::new("calendar-app-alone").with("name", app.name.as_str()),
    }
}
