//! Source of a figure on a sheet, so that a spreadsheet can compute it again.

use jiff::civil::Date;

use crate::account::AccountType;
use crate::pricing::OrderStatus;

/// Relation of a figure of a grid to the basis, or to the other figures of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Payable amount of an order of the first basis, by its index.
    Payable(usize),
    /// The accounts of a type that an order of the first basis buys, by its index.
    Accounts(usize, AccountType),
    /// Accounts of a type that an order buys for a member. A workbook computes all else from them.
    Bought {
        /// The index of the basis.
        basis: usize,
        /// The index of the order.
        order: usize,
        /// The index of the member.
        member: usize,
        /// The type.
        account_type: AccountType,
    },
    /// Share of a member in its order's payable amount; empty while the order has another status.
    Share {
        /// The index of the basis.
        basis: usize,
        /// The index of the order.
        order: usize,
        /// The index of the member.
        member: usize,
        /// The status.
        status: OrderStatus,
    },
    /// Payable amount of the orders of a basis that have this status, without accounts that have no price.
    Orders {
        /// The index of the basis.
        basis: usize,
        /// The status.
        status: OrderStatus,
    },
    /// Figure of the orders that the first basis places from one day to another, both inclusive.
    Placed {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
        /// Which figure of them.
        what: Placed,
    },
    /// The sum of the items of the column.
    Column,
    /// Total of the column minus the items above.
    Remainder,
    /// The figure before it less the one before that.
    Difference,
    /// The figure before it as a part of the one three before.
    Relative,
}

/// A figure of orders that are placed. Amounts are those of the confirmed orders, as far as they have a
/// price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// Number of confirmed orders.
    Orders,
    /// Their list prices.
    ListPrice,
    /// Part of the list prices that is waived or free.
    Waived,
    /// Payable amount.
    Payable,
    /// Payable amount of the unconfirmed orders.
    Unconfirmed,
}
