use rust_xlsxwriter::ColNum;

use super::style::Kind;

/// The columns of the summary.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    /// The columns of days, where orders are placed on days.
    pub(super) days: Option<DayColumns>,
    /// Of the accounts that have a price, where the orders of a summary of days may have others.
    pub(super) priced: Option<PricedColumns>,
    /// The code and, beside it, the name.
    pub(super) code: ColNum,
    pub(super) status: ColNum,
    pub(super) charging: ColNum,
    /// The basic accounts and, beside them, the interop ones.
    pub(super) accounts: ColNum,
    pub(super) term: ColNum,
    pub(super) annual: ColNum,
    pub(super) list: ColNum,
    pub(super) waived: ColNum,
    pub(super) payable: ColNum,
    pub(super) remark: ColNum,
}

/// Columns of days.
#[derive(Debug, Clone, Copy)]
pub(super) struct DayColumns {
    /// The day of the order.
    pub(super) placed: ColNum,
    /// Why it is placed.
    pub(super) kind: ColNum,
    /// The first day of its accounts.
    pub(super) starts: ColNum,
    /// Their last.
    pub(super) expires: ColNum,
}

/// Columns of the part that has a price.
#[derive(Debug, Clone, Copy)]
pub(super) struct PricedColumns {
    pub(super) list: ColNum,
    pub(super) payable: ColNum,
    /// The basic accounts without a price and, beside them, the interop ones.
    pub(super) unpriced: ColNum,
}

/// The number of the order.
pub(super) const NUMBER: ColNum = 0;

impl Columns {
    /// The columns of orders that are placed on days or not, on a card that has accounts without a price or not.
    pub(super) fn new(on_days: bool, negotiates: bool) -> Columns {
        let [before, between] = if on_days { [2, 2] } else { [0, 0] };
        let code = NUMBER + 1 + before;
        let accounts = code + 4;
        let term = accounts + 2 + between;
        Columns {
            days: on_days.then_some(DayColumns {
                placed: NUMBER + 1,
                kind: NUMBER + 2,
                starts: accounts + 2,
                expires: accounts + 3,
            }),
            priced: (on_days && negotiates).then_some(PricedColumns {
                list: term + 6,
                payable: term + 7,
                unpriced: term + 8,
            }),
            code,
            status: code + 2,
            charging: code + 3,
            accounts,
            term,
            annual: term + 1,
            list: term + 2,
            waived: term + 3,
            payable: term + 4,
            remark: term + 5,
        }
    }

    pub(super) const fn school(&self) -> ColNum {
        self.code + 1
    }

    pub(super) fn last(&self) -> ColNum {
        self.priced.map_or(self.remark, |priced| priced.unpriced + 1)
    }

    /// The titles and what stands under them, by column.
    pub(super) fn titles(&self) -> Vec<(&'static str, Kind)> {
        let mut titles = vec![("xlsx-number", Kind::Ordinal)];
        if self.days.is_some() {
            titles.extend([("calendar-date", Kind::Date), ("budget-kind", Kind::Text)]);
        }
        titles.extend([
            ("report-code", Kind::Text),
            ("report-school", Kind::Text),
            ("report-status", Kind::Text),
            ("xlsx-charging", Kind::Text),
            ("report-basic", Kind::Count),
            ("report-interop", Kind::Count),
        ]);
        if self.days.is_some() {
            titles.extend([("budget-starts", Kind::Date), ("budget-expires", Kind::Date)]);
        }
        titles.extend([
            ("xlsx-term-days", Kind::Count),
            ("xlsx-annual", Kind::Money),
            ("report-list-price", Kind::Money),
            ("report-waiver", Kind::Money),
            ("report-payable", Kind::Money),
            ("xlsx-remark", Kind::Text),
        ]);
        if self.priced.is_some() {
            titles.extend([
                ("xlsx-priced-list", Kind::Money),
                ("xlsx-priced-payable", Kind::Money),
                ("xlsx-unpriced-basic", Kind::Count),
                ("xlsx-unpriced-interop", Kind::Count),
            ]);
        }
        titles
    }
}
