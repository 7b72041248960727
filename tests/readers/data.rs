//! Readers of the formats for programs: JSON, CSV and the workbook.

use std::collections::HashSet;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use serde_json::Value;

use super::figures::{Figures, Line, Order, Totals, fen, state, yuan};

pub fn read_json(text: &str) -> Figures {
    let json: Value = serde_json::from_str(text).unwrap();
    let totals = &json["totals"];
    Figures {
        orders: json["orders"].as_array().unwrap().iter().map(json_order).collect(),
        totals: Totals {
            list_price: word(&totals["list_price"]),
            waived: word(&totals["waived"]),
            payable: word(&totals["payable"]),
            unconfirmed: word(&totals["unconfirmed"]),
            unpriced: ["basic", "interop"].map(|account_type| word(&totals["unpriced"][account_type])),
            complete: totals["complete"].as_bool().unwrap(),
        },
    }
}

fn json_order(json: &Value) -> Order {
    let line = |line: &Value| Line {
        account_type: word(&line["account_type"]),
        count: word(&line["count"]),
        unit_price: word(&line["unit_price"]),
        amount: word(&line["annual"]),
    };
    let member = |member: &Value| ["name", "basic", "interop", "share"].map(|key| word(&member[key]));
    let members = json["members"].as_array().unwrap();
    let mut order = Order {
        code: word(&json["payer"]["code"]),
        list_price: word(&json["list_price"]),
        payable: word(&json["payable"]),
        priced: word(&json["priced"]),
        lines: json["lines"].as_array().unwrap().iter().map(line).collect(),
        members: if members.len() > 1 { members.iter().map(member).collect() } else { Vec::new() },
        ..Order::default()
    };
    order.sum_up();
    order
}

fn word(value: &Value) -> String {
    match value {
        Value::Null => "?".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

pub fn read_csv(text: &str) -> Figures {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let titles = reader.headers().unwrap().clone();
    let mut figures = Figures::default();
    let mut unconfirmed = HashSet::new();
    for row in reader.records() {
        let row = row.unwrap();
        let at = |title: &str| row[titles.iter().position(|other| other == title).unwrap()].to_owned();
        let price = |title: &str| Some(at(title)).filter(|price| !price.is_empty()).unwrap_or("?".to_owned());
        let order = Order {
            code: at("payer_code"),
            list_price: price("order_list_price"),
            payable: price("order_payable"),
            ..Order::default()
        };
        if at("status") == "unconfirmed" {
            unconfirmed.insert(order.code.clone());
        }
        if figures.orders.last().is_none_or(|last| last.code != order.code) {
            figures.orders.push(order.clone());
        }
        let last = figures.orders.last_mut().unwrap();
        assert_eq!((&last.list_price, &last.payable), (&order.list_price, &order.payable));
        last.lines.push(Line {
            account_type: at("account_type"),
            count: at("count"),
            unit_price: price("unit_price"),
            amount: price("annual"),
        });
    }
    figures.orders.iter_mut().for_each(Order::sum_up);
    if figures.orders.iter().all(|order| order.payable != "?") {
        figures.totals = totals_of(&figures.orders, &unconfirmed);
    }
    figures
}

/// Sums the orders, as a reader of the CSV would.
fn totals_of(orders: &[Order], unconfirmed: &HashSet<String>) -> Totals {
    let sum = |firm: bool, figure: fn(&Order) -> &String| {
        let orders = orders.iter().filter(|order| firm != unconfirmed.contains(&order.code));
        orders.map(|order| fen(figure(order))).sum::<i64>()
    };
    let (list_price, payable) = (sum(true, |order| &order.list_price), sum(true, |order| &order.payable));
    Totals {
        list_price: yuan(list_price),
        waived: yuan(list_price - payable),
        payable: yuan(payable),
        unconfirmed: yuan(sum(false, |order| &order.payable)),
        complete: true,
        ..Totals::default()
    }
}

pub fn read_xlsx(bytes: Vec<u8>) -> Figures {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut sheet = |name: &str, title| Sheet { cells: book.worksheet_range(name).unwrap(), title };
    let (table, items) = (sheet("Orders", 4), sheet("Items", 3));
    let mut orders: Vec<Order> = Vec::new();
    for row in 6..=items.cells.end().unwrap().0 {
        let code = items.text(row, "Code");
        let account_type = items.text(row, "Account");
        if orders.last().is_none_or(|last| last.code != code) {
            orders.push(read_order(&table, &code));
        }
        let order = orders.last_mut().unwrap();
        order.annual[usize::from(account_type == "interop")] = items.money(row, "Amount a year");
        order.lines.extend(workbook_lines(&items, row, &account_type));
    }
    if orders.len() == 1 {
        let shares = sheet("Shares", 3);
        let names = ["Member", "Basic", "Interop"];
        state(&mut orders[0].payable, &shares.money(4, "Share"));
        for row in 5..=shares.cells.end().unwrap().0 {
            let [name, basic, interop] = names.map(|title| shares.text(row, title));
            orders[0].members.push([name, basic, interop, shares.money(row, "Share")]);
        }
    }
    Figures { orders, totals: workbook_totals(&table) }
}

/// The first row with a code is that of the order; those of its members follow.
fn read_order(table: &Sheet, code: &str) -> Order {
    let row = table.row("Code", code);
    Order {
        code: code.to_owned(),
        priced: table.money(row, "Priced part, list price"),
        list_price: table.money(row, "List price"),
        payable: table.money(row, "Payable"),
        ..Order::default()
    }
}

/// The tiers' columns are between the count and the negotiated price.
fn workbook_lines(items: &Sheet, row: u32, account_type: &str) -> Vec<Line> {
    let prices = if account_type == "basic" { 4 } else { 5 };
    let tiers = items.column("Accounts") + 1..items.column("Negotiated CNY/year");
    let counted = tiers.map(|column| (column, items.cell(row, column)));
    let lines = counted.filter(|(_, count)| count != "0").map(|(column, count)| {
        let mut unit_price = money(&items.cell(prices, column));
        if unit_price == "?" {
            unit_price = items.money(row, "Negotiated CNY/year");
        }
        let account_type = account_type.to_owned();
        Line { account_type, count, unit_price, amount: String::new() }
    });
    lines.collect()
}

fn workbook_totals(summary: &Sheet) -> Totals {
    let total = summary.row("School", "Total");
    let priced = summary.row("School", "Of it, with a price");
    let unconfirmed = summary.row("School", "Unconfirmed, not in the total");
    let unpriced = summary.row("School", "Accounts without a price");
    Totals {
        list_price: summary.money(priced, "List price"),
        waived: summary.money(total, "Waiver"),
        payable: summary.money(priced, "Payable"),
        unconfirmed: summary.money(unconfirmed, "Payable"),
        unpriced: ["Basic", "Interop"].map(|title| summary.text(unpriced, title)),
        complete: summary.text(total, "Remark") == "complete",
    }
}

/// A sheet whose cells are read by the titles of its columns.
struct Sheet {
    cells: Range<Data>,
    title: u32,
}

impl Sheet {
    fn column(&self, title: &str) -> u32 {
        let columns = 0..=self.cells.end().unwrap().1;
        columns
            .into_iter()
            .find(|column| self.cell(self.title, *column) == title)
            .unwrap_or_else(|| panic!("no column {title}"))
    }

    fn row(&self, title: &str, text: &str) -> u32 {
        let rows = self.title..=self.cells.end().unwrap().0;
        rows.into_iter().find(|row| self.text(*row, title) == text).unwrap_or_else(|| panic!("no row {text}"))
    }

    fn cell(&self, row: u32, column: u32) -> String {
        self.cells.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
    }

    fn text(&self, row: u32, title: &str) -> String {
        self.cell(row, self.column(title))
    }

    fn money(&self, row: u32, title: &str) -> String {
        money(&self.text(row, title))
    }
}

/// A workbook's numbers do not store their decimals.
fn money(cell: &str) -> String {
    cell.parse::<f64>().map_or_else(|_| "?".to_owned(), |yuan| format!("{yuan:.2}"))
}
