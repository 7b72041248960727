//! Prices one order: 50 basic accounts for half a year, by a customer that holds 180 which last longer.
//!
//! `cargo run --example price_one_order --no-default-features`

use std::error::Error;
use std::io::{self, Write};

use wxlicense::pricing::{Held, PriceTable, Purchase};
use wxlicense::rates::RateCards;
use wxlicense::{Counts, Term};

/// Writes how the price comes about, tier by tier.
pub fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    // The prices of WeCom's list are built in. `None` asks for the newest; a date, for those of that day.
    let cards = RateCards::embedded().map_err(|problems| format!("{problems:?}"))?;
    let card = cards.in_force(None).ok_or("no rate card")?;
    // Compile a card once, then price as many purchases as you like.
    let table = PriceTable::new(card)?;

    let purchase = Purchase {
        term: Term { months: 6, days: 0 },
        // Held accounts that last longer come first in the tiers, so that these are accounts 181 to 230.
        held: Held::longer(Counts { basic: 180, interop: 0 }),
        ..Purchase::of(Counts { basic: 50, interop: 0 })
    };
    let itemised = table.itemise(&purchase)?;
    for line in &itemised.lines {
        let price = line.unit_price.map_or("negotiated".to_owned(), |price| price.to_string());
        writeln!(out, "{} {}-{}: {} yuan a year each", line.account_type, line.from, line.to, price)?;
    }
    let formula = itemised.formula();
    // Money is exact: whole fen, shown as yuan.
    writeln!(out, "{formula} = {} yuan", itemised.price.list_price)?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut io::stdout())
}
