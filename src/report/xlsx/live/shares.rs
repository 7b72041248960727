use rust_xlsxwriter::utility::{cell_range_absolute, row_col_to_cell, row_col_to_cell_absolute};
use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::orders::STATUS;
use super::{FormulaWorkbook, at, quoted};
use crate::account::AccountType;
use crate::pricing::{OrderQuote, OrderStatus};
use crate::report::xlsx::page::SheetWriter;
use crate::report::xlsx::style::{Kind, Role};

const HEADER_ROW: RowNum = 3;
const NUMBER: ColNum = 0;
const CODE: ColNum = 1;
const BASIC: ColNum = 3;
const SHARE: ColNum = 5;
/// Whole fen of the basic accounts' part, then their remainder; the interop accounts' follow.
const FLOOR: ColNum = 6;

impl FormulaWorkbook<'_> {
    /// What each member of a group bears. The payable is split over the account types by their annual amounts,
    /// then over the members by their accounts, each time by largest remainder: first whole fen rounded down, then
    /// one more for the largest remainders until nothing is left.
    pub(super) fn shares_page(&self) -> Result<SheetWriter, XlsxError> {
        let (book, styles) = (self.book, &self.book.styles);
        let mut page = book.page(self.shares.clone())?;
        page.free_text(1, 0, &book.catalog.word("xlsx-hint-shares"), styles.hint())?;
        let titles = [
            ("xlsx-number", Kind::Ordinal),
            ("report-code", Kind::Text),
            ("report-member", Kind::Text),
            ("report-basic", Kind::Count),
            ("report-interop", Kind::Count),
            ("report-share", Kind::Money),
            ("xlsx-basic-fen", Kind::Count),
            ("xlsx-remainder", Kind::Count),
            ("xlsx-interop-fen", Kind::Count),
            ("xlsx-remainder", Kind::Count),
        ];
        page.header(HEADER_ROW, &titles.map(|(id, kind)| (book.catalog.word(id), kind)), styles)?;
        for (index, row) in self.groups() {
            let order = &self.basis.orders[index];
            self.write_whole(&mut page, row, index, order)?;
            for member in 0..order.members.len() {
                self.write_share(&mut page, row, index, order, member)?;
            }
        }
        Ok(page)
    }

    /// Whether any order is shared.
    pub(super) fn has_groups(&self) -> bool {
        self.groups().next().is_some()
    }

    /// What a member bears of an order while that has this status, or the word for what is not known.
    pub(super) fn share_of(&self, index: usize, member: usize, status: OrderStatus) -> String {
        let share = match self.group_rows.get(index).copied().flatten() {
            Some(top) => at(&self.shares, member_row(top, member), SHARE),
            None => self.payable_of(index),
        };
        let own = self.of_order(index, STATUS);
        format!("IF({own}={},{share},0)", quoted(self.words.status(status)))
    }

    /// Whether the members' parts of an order are not known.
    pub(super) fn has_open_shares(&self, index: usize) -> bool {
        self.basis.orders.get(index).is_some_and(|order| order.payable().is_none())
    }

    /// The orders that are shared, each with its first row.
    fn groups(&self) -> impl Iterator<Item = (usize, RowNum)> {
        self.group_rows.iter().enumerate().filter_map(|(index, row)| Some((index, (*row)?)))
    }

    /// The row of the order: the payable, and its parts by type in fen.
    fn write_whole(
        &self,
        page: &mut SheetWriter,
        row: RowNum,
        index: usize,
        order: &OrderQuote,
    ) -> Result<(), XlsxError> {
        let styles = &self.book.styles;
        let style = |kind| styles.of(kind, Role::Total);
        let last = row + RowNum::try_from(order.members.len()).unwrap_or(1);
        page.number(row, NUMBER, &(index + 1).to_string(), style(Kind::Ordinal))?;
        self.write_party(page, row, CODE, &order.payer, Role::Total)?;
        for (column, account_type) in (BASIC..).zip(AccountType::ALL) {
            let sum = format!("=SUM({})", cell_range_absolute(row + 1, column, last, column));
            let total: u64 =
                order.members.iter().map(|member| u64::from(*member.counts.get(account_type))).sum();
            page.formula(row, column, &sum, &total.to_string(), style(Kind::Count))?;
        }
        let payable = order.payable().map_or_else(|| self.words.open.clone(), |payable| payable.to_string());
        page.formula(row, SHARE, &format!("={}", self.payable_of(index)), &payable, style(Kind::Money))?;
        let [basic, interop] = self.part_formulas(row, index);
        let parts = parts_by_type(order);
        for (column, formula, part) in [(FLOOR, basic, parts[0]), (FLOOR + 2, interop, parts[1])] {
            page.formula(row, column, &formula, &part.to_string(), style(Kind::Count))?;
            page.blank(row, column + 1, style(Kind::Count))?;
        }
        Ok(())
    }

    /// The fen of the payable that belong to each type. Annual amounts in whole fen are weighed in fen, which
    /// keeps the products small.
    fn part_formulas(&self, row: RowNum, index: usize) -> [String; 2] {
        let whole = format!("ROUND(N({})*100,0)", row_col_to_cell(row, SHARE));
        let [a, b] = AccountType::ALL.map(|kind| format!("ROUND({}*10000,0)", self.item_annual(index, kind)));
        let unit = format!("IF(MOD({a},100)+MOD({b},100)=0,100,1)");
        let (product, sum) = (format!("{whole}*({a}/{unit})"), format!("(({a}+{b})/{unit})"));
        let basic = format!(
            "=IF({a}+{b}=0,0,QUOTIENT({product},{sum})+IF(AND(MOD({product},{sum})>0,2*MOD({product},{sum})>={sum}),1,0))"
        );
        let interop = format!("={whole}-{}", row_col_to_cell(row, FLOOR));
        [basic, interop]
    }

    fn write_share(
        &self,
        page: &mut SheetWriter,
        top: RowNum,
        index: usize,
        order: &OrderQuote,
        member: usize,
    ) -> Result<(), XlsxError> {
        let styles = &self.book.styles;
        let style = |kind| styles.of(kind, Role::Plain);
        let row = member_row(top, member);
        let quote = &order.members[member];
        page.number(row, NUMBER, &(index + 1).to_string(), style(Kind::Ordinal))?;
        self.write_party(page, row, CODE, &quote.party, Role::Plain)?;
        let mut terms = Vec::new();
        let parts = parts_by_type(order);
        for (offset, account_type) in (0..).zip(AccountType::ALL) {
            let accounts = format!("={}", self.bought_for(index, member, account_type));
            let count = quote.counts.get(account_type).to_string();
            page.formula(row, BASIC + offset, &accounts, &count, style(Kind::Count))?;
            let floor = FLOOR + 2 * offset;
            let (part, whole) =
                (row_col_to_cell_absolute(top, floor), row_col_to_cell_absolute(top, BASIC + offset));
            let product = format!("{part}*{}", row_col_to_cell(row, BASIC + offset));
            let (fen, rest) = divided(order, member, account_type, parts[usize::from(offset)]);
            let formula = format!("=IF({whole}=0,0,QUOTIENT({product},{whole}))");
            page.formula(row, floor, &formula, &fen.to_string(), style(Kind::Count))?;
            let formula = format!("=IF({whole}=0,0,MOD({product},{whole}))");
            page.formula(row, floor + 1, &formula, &rest.to_string(), style(Kind::Count))?;
            terms.push(share_of_type(top, row, order.members.len(), floor));
        }
        let payable = row_col_to_cell_absolute(top, SHARE);
        let open = quoted(&self.words.open);
        let formula = format!("=IF(ISNUMBER({payable}),({})/100,{open})", terms.join("+"));
        let share = quote.share.map_or_else(|| self.words.open.clone(), |share| share.to_string());
        page.formula(row, SHARE, &formula, &share, style(Kind::Money))
    }
}

/// For each order, its row on the sheet of shares; none where it is not shared.
pub(super) fn group_rows(orders: &[OrderQuote]) -> Vec<Option<RowNum>> {
    let mut next = HEADER_ROW + 1;
    let row = |order: &OrderQuote| {
        (order.members.len() > 1).then(|| {
            let row = next;
            next = member_row(row, order.members.len());
            row
        })
    };
    orders.iter().map(row).collect()
}

/// The row of a member, below its order's.
fn member_row(top: RowNum, member: usize) -> RowNum {
    top + 1 + RowNum::try_from(member).unwrap_or(0)
}

/// A member's fen of one type: its floor, and one more where its remainder is among the largest.
fn share_of_type(top: RowNum, row: RowNum, members: usize, floor: ColNum) -> String {
    let last = top + RowNum::try_from(members).unwrap_or(1);
    let (floors, rests) = (
        cell_range_absolute(top + 1, floor, last, floor),
        cell_range_absolute(top + 1, floor + 1, last, floor + 1),
    );
    let rest = row_col_to_cell(row, floor + 1);
    let earlier = cell_range_absolute(top + 1, floor + 1, row, floor + 1);
    let place = format!("COUNTIF({rests},\">\"&{rest})+COUNTIF({earlier},{rest})");
    let left = format!("{}-SUM({floors})", row_col_to_cell_absolute(top, floor));
    format!("{}+IF({place}<={left},1,0)", row_col_to_cell(row, floor))
}

/// The whole fen of a member's part and what the division leaves, as the formulas have them.
fn divided(order: &OrderQuote, member: usize, account_type: AccountType, part: i64) -> (i128, i128) {
    let count = |index: usize| i128::from(*order.members[index].counts.get(account_type));
    let whole: i128 = (0..order.members.len()).map(count).sum();
    let product = i128::from(part) * count(member);
    (product.checked_div(whole).unwrap_or(0), product.checked_rem(whole).unwrap_or(0))
}

/// The fen of the payable by type.
fn parts_by_type(order: &OrderQuote) -> [i64; 2] {
    let annual = AccountType::ALL.map(|kind| order.priced_annual.get(kind).ten_thousandths());
    let payable = order.payable().unwrap_or_default();
    match crate::money::split_by_weight(payable, &annual)[..] {
        [basic, interop] => [basic.fen(), interop.fen()],
        _ => [0, 0],
    }
}
