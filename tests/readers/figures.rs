//! Figures of a quote, in the words of its JSON. Money is text, so that `605` differs from `605.00`; `?` is
//! an unknown price.

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    pub orders: Vec<Order>,
    pub totals: Totals,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Order {
    pub code: String,
    pub list_price: String,
    pub payable: String,
    /// List price of the accounts that have one.
    pub priced: String,
    pub lines: Vec<Line>,
    /// Annual amounts of basic and interop accounts that have a price.
    pub annual: [String; 2],
    /// Name, basic and interop accounts and share; empty unless there are several.
    pub members: Vec<[String; 4]>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    pub account_type: String,
    pub count: String,
    pub unit_price: String,
    pub amount: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    pub list_price: String,
    pub waived: String,
    pub payable: String,
    pub unconfirmed: String,
    /// Basic and interop accounts without a price.
    pub unpriced: [String; 2],
    pub complete: bool,
}

impl Default for Totals {
    fn default() -> Totals {
        let [list_price, waived, payable, unconfirmed] = ["0.00"; 4].map(str::to_owned);
        let unpriced = ["0", "0"].map(str::to_owned);
        Totals { list_price, waived, payable, unconfirmed, unpriced, complete: true }
    }
}

impl Figures {
    /// Removes what CSV does not have: members, parts of a price, and sums with unpriced orders.
    pub fn as_csv_has_them(&self) -> Figures {
        let mut figures = self.clone();
        if figures.orders.iter().any(|order| order.payable == "?") {
            figures.totals = Totals::default();
        }
        for order in &mut figures.orders {
            order.priced.clear();
            order.members.clear();
        }
        figures
    }

    /// Removes what a workbook does not have: amounts by tier; it has them by account type only.
    pub fn as_a_workbook_has_them(&self) -> Figures {
        let mut figures = self.clone();
        figures.orders.iter_mut().flat_map(|order| &mut order.lines).for_each(|line| line.amount.clear());
        figures
    }
}

impl Order {
    /// Computes the annual amounts from the lines.
    pub fn sum_up(&mut self) {
        self.annual = ["basic", "interop"].map(|account_type| {
            let lines = self.lines.iter().filter(|line| line.account_type == account_type);
            yuan(lines.filter(|line| line.amount != "?").map(|line| fen(&line.amount)).sum())
        });
    }
}

pub fn fen(yuan: &str) -> i64 {
    let (whole, cents) = yuan.split_once('.').unwrap_or_else(|| panic!("{yuan} is not an amount"));
    assert_eq!(cents.len(), 2, "{yuan}");
    format!("{whole}{cents}").parse().unwrap_or_else(|_| panic!("{yuan} is not an amount"))
}

pub fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// Sets a figure, which must equal the one that is set already, if any.
pub fn state(slot: &mut String, figure: &str) {
    assert!(slot.is_empty() || slot == figure, "{figure} contradicts {slot}");
    figure.clone_into(slot);
}
