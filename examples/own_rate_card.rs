//! Prices with a rate card of one's own, which is a TOML file and no code.
//!
//! `cargo run --example own_rate_card --no-default-features`

use std::error::Error;
use std::io::{self, Write};
use std::sync::Arc;

use wxlicense::Counts;
use wxlicense::diagnostic::SourceFile;
use wxlicense::pricing::{PriceTable, Purchase};
use wxlicense::rates::read_card;

/// Two tiers, the second without an end; the prices are invented. `docs/rate-card.md` lists every key.
const CARD: &str = r#"
id = "our-card"
in-force-from = 2024-01-01

[[tier]]
from = 1
to = 10
basic = "6.00"
interop = "60.00"

[[tier]]
from = 11
basic = "4.50"
interop = "45.00"

[term]
days-per-month = 31
days-per-year = 372
least-days = 31
most-days = 1860

[accumulation]
new-purchase = "none"
renewal = "from-zero"

[order]
most-accounts-of-a-type = 1000000

[charging]
app-kinds = ["third-party", "agency"]
"#;

/// Writes what some numbers of accounts cost for a year, and what a card with a hole in it is refused for.
pub fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let read = |text: &str| read_card(&Arc::new(SourceFile::new("our-card.toml", text)));

    let card = read(CARD).map_err(|problems| format!("{problems:?}"))?;
    let table = PriceTable::new(&card)?;
    for basic in [10, 11, 100] {
        let price = table.price(&Purchase::of(Counts { basic, interop: 0 }))?;
        writeln!(out, "{basic} basic: {} yuan", price.list_price)?;
    }

    // What `read_card` accepts is valid: no gap between tiers, no unknown key, no fact that is not there.
    let holed = CARD.replace("from = 11", "from = 12");
    for problem in read(&holed).err().unwrap_or_default() {
        writeln!(out, "refused: {}", problem.code.as_str())?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut io::stdout())
}
