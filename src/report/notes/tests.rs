use jiff::civil::date;
use strum::VariantArray;

use super::*;
use crate::account::Counts;
use crate::diagnostic::lang::{Catalog, Lang};
use crate::pricing::fixture::{group, k12, member, months, order, quote};
use crate::pricing::{Held, Member, NoteCode, Order, OrderStatus};

#[test]
fn every_note_has_its_text_in_both_languages() {
    let down = Member { customer: k12(), ..member("小学", 5, 0) };
    let internal = Member { charged: false, ..member("内部", 5, 0) };
    let equal = |held| Member { held: Held { equal: held, ..Held::NONE }, ..member("同日到期", 50, 5) };
    let orders = [
        group(vec![equal(Counts { basic: 180, interop: 5 })]),
        group(vec![equal(Counts { basic: 10_000, interop: 0 })]),
        Order { status: OrderStatus::Unconfirmed, ..order(10_002, 10_001) },
        group(vec![member("up", 1, 0), Member { status: OrderStatus::Unconfirmed, ..member("down", 1, 0) }]),
        group(vec![member("up", 5, 0), down, internal.clone()]),
        Order { customer: k12(), ..order(5, 0) },
        Order { test_enterprise: true, term: months(1), ..order(12, 0) },
        group(vec![internal]),
    ];
    let mut seen = Vec::new();
    for (order, day) in orders.iter().flat_map(|order| [(order, None), (order, Some(date(2023, 4, 1)))]) {
        // The plan adds a note of its own to a waived order.
        let of_plan = Note { fact: None, kind: NoteKind::WaivedTerm { own: months(6), days: 186 } };
        for note in quote(order, day).notes.into_iter().chain([of_plan]) {
            seen.push(note.code());
            for lang in Lang::ALL {
                let text = Catalog::new(lang).text(&note_text(&note));
                assert!(!text.starts_with("note-") && !text.contains('{'), "{text}");
            }
        }
    }
    let unseen: Vec<&NoteCode> = NoteCode::VARIANTS.iter().filter(|code| !seen.contains(code)).collect();
    assert!(unseen.is_empty(), "{unseen:?}");
}
