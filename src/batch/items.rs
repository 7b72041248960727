//! The rows of `--items`: one for each line of a quote. Read [`push_items`] first.

use super::amounts::Tail;
use super::output::Output;
use crate::account::AccountType;
use crate::pricing::{Line, PriceTable, Purchase, PurchaseError};

/// The columns that follow those of the input.
pub(super) const COLUMNS: [&str; 6] = ["account_type", "from", "to", "count", "unit_price", "annual"];

/// Appends a row for each line of a purchase, each with the row of the input in front. What has no price is empty.
///
/// # Errors
/// As [`PriceTable::itemise`].
pub(super) fn push_items(
    out: &mut Output,
    row: &[u8],
    (table, purchase): (&PriceTable, &Purchase),
    delimiter: u8,
    line_end: &[u8],
) -> Result<(), PurchaseError> {
    for line in table.itemise(purchase)?.lines {
        out.push(row);
        push_item(out, &line, delimiter, line_end);
    }
    Ok(())
}

fn push_item(out: &mut Output, line: &Line, delimiter: u8, line_end: &[u8]) {
    let mut tail = Tail::new();
    tail.push(line_end);
    if let Some(annual) = line.annual {
        tail.push_amount(annual);
    }
    tail.push_byte(delimiter);
    if let Some(amount) = line.unit_price.and_then(|price| price.times(1)) {
        tail.push_amount(amount);
    }
    for number in [line.count(), line.to, line.from] {
        tail.push_byte(delimiter);
        tail.push_number(number);
    }
    tail.push_byte(delimiter);
    tail.push(match line.account_type {
        AccountType::Basic => b"basic",
        AccountType::Interop => b"interop",
    });
    tail.push_byte(delimiter);
    out.push(tail.bytes());
}
