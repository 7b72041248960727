use jiff::civil::date;
use strum::VariantArray;

use super::*;
use crate::diagnostic::lang::{Catalog, Lang};
use crate::money::Money;
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
        for note in quote(order, day).notes.into_iter().chain(notes_of_plans()) {
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

/// Returns the notes that a plan adds to its orders.
fn notes_of_plans() -> impl Iterator<Item = Note> {
    let (saved, none) = (Counts { basic: 12, interop: 3 }, Counts::ZERO);
    let figures = |to_buy, saving| TransferFigures {
        off_roster: saved,
        unneeded: none,
        transfers: Counts { basic: 10, interop: 3 },
        without_account: Counts { basic: 20, interop: 3 },
        to_buy,
        saving,
    };
    let kinds = [
        NoteKind::WaivedTerm { own: months(6), days: 186 },
        NoteKind::SharedAccounts { saved, saving: Some(Money::from_fen(4800)) },
        NoteKind::SharedAccounts { saved, saving: None },
        NoteKind::TransfersFirst(figures(saved, Some(Money::ZERO))),
        NoteKind::TransfersFirst(figures(none, None)),
        NoteKind::Billed { by_card: Some(Money::from_fen(4800)) },
        NoteKind::Billed { by_card: None },
    ];
    kinds.into_iter().map(|kind| Note { fact: None, kind })
}

#[test]
fn transfers_are_told_before_the_purchase() {
    let text = |lang, figures: &TransferFigures| Catalog::new(lang).text(&transfers_text(figures));
    let basic = |count| Counts { basic: count, interop: 0 };
    let figures = TransferFigures {
        off_roster: basic(12),
        unneeded: Counts::ZERO,
        transfers: basic(12),
        without_account: basic(20),
        to_buy: basic(8),
        saving: Some(Money::from_fen(4800)),
    };
    assert_eq!(
        text(Lang::En, &figures),
        "accounts of people who are on no roster (12 basic) can serve 12 of the 20 users without one: transfer them before you buy 8 basic, which saves CNY 48.00"
    );
    let alone = TransferFigures {
        unneeded: Counts { basic: 0, interop: 2 },
        without_account: basic(12),
        to_buy: Counts::ZERO,
        ..figures
    };
    assert_eq!(
        text(Lang::Zh, &alone),
        "不在名单上的人员所持的账号（12 个基础账号）和使用者多余的账号（2 个互通账号）可供 12 名无账号用户中的 12 名使用：转移即可，无须购买，可省 48.00 元"
    );
}
