//! The workbook read back: it has every figure of a quote, its amounts are formulas, and no text of a plan
//! becomes one. `tests/recalculate` tests that a spreadsheet computes the same figures from the formulas.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::sync::Arc;

use calamine::{Data, Range, Reader, Xlsx};
use wxlicense::diagnostic::SourceFile;
use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::plan::{self, ReadOptions};
use wxlicense::pricing::{Held, Member, Order, OrderQuote, Party, Quote, quote_orders};
use wxlicense::rates::{RateCard, RateCards, read_card};
use wxlicense::report::{CardListView, CardView, QuoteView, View, draw_xlsx};
use wxlicense::{AccountType, Counts, Money, Term};

struct Sample {
    quote: Quote,
    card: RateCard,
}

fn sample(text: &str) -> Sample {
    let source = SourceFile::new("plan.toml", text);
    let reading = plan::read(&Arc::new(source), &ReadOptions::new(&RateCards::embedded().unwrap()));
    let plan = reading.plan.unwrap();
    let quote = quote_orders(&plan.card, plan.date, &plan.orders()).unwrap();
    Sample { quote, card: plan.card.as_ref().clone() }
}

fn example(name: &str) -> Sample {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    sample(&fs::read_to_string(path).unwrap())
}

fn examples() -> Vec<Sample> {
    let names = [
        "campus-2022",
        "waivers",
        "group",
        "large",
        "brief-150-basic",
        "brief-300-interop",
        "brief-8-and-20",
    ];
    names.iter().map(|name| example(&format!("{name}.toml"))).collect()
}

type Book = Xlsx<Cursor<Vec<u8>>>;

fn bytes(sample: &Sample, lang: Lang) -> Vec<u8> {
    let view = QuoteView {
        quote: &sample.quote,
        card: &sample.card,
        explained: false,
        positions: &[],
        assumed: &[],
    };
    draw_xlsx(&view.workbook().unwrap(), &Catalog::new(lang)).unwrap()
}

fn open(bytes: Vec<u8>) -> Book {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// A sheet whose cells are read by the titles of its columns.
struct Table {
    range: Range<Data>,
    header: u32,
}

impl Table {
    fn read(book: &mut Book, sheet: &str, header: u32) -> Table {
        Table { range: book.worksheet_range(sheet).unwrap(), header }
    }

    fn column(&self, title: &str) -> u32 {
        let columns = 0..=self.range.end().unwrap().1;
        columns
            .into_iter()
            .find(|column| self.text(self.header, *column) == title)
            .unwrap_or_else(|| panic!("no column {title}"))
    }

    fn text(&self, row: u32, column: u32) -> String {
        self.range.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
    }

    fn at(&self, row: u32, title: &str) -> String {
        self.text(row, self.column(title))
    }

    /// Returns the row that has a text in a column.
    fn row(&self, title: &str, text: &str) -> u32 {
        let column = self.column(title);
        (self.header..=self.range.end().unwrap().0)
            .find(|row| self.text(*row, column) == text)
            .unwrap_or_else(|| panic!("no row {text}"))
    }
}

/// Writes yuan as a reader of numbers shows them: `605`, `0.5`.
fn shown(yuan: impl ToString) -> String {
    yuan.to_string().parse::<f64>().unwrap().to_string()
}

fn known(yuan: Option<impl ToString>) -> String {
    yuan.map_or_else(|| "to negotiate".to_owned(), shown)
}

fn counted(order: &OrderQuote, account_type: AccountType) -> u64 {
    order.lines.iter().filter(|line| line.account_type == account_type).map(|line| line.count()).sum()
}

/// Returns the rows of the orders, without those of the members of groups.
fn order_rows(sample: &Sample, first: u32) -> Vec<u32> {
    let mut next = first;
    let row = |order: &OrderQuote| {
        let row = next;
        let members = u32::try_from(order.members.len()).unwrap();
        next += 1 + if members > 1 { members } else { 0 };
        row
    };
    sample.quote.orders.iter().map(row).collect()
}

#[test]
fn the_first_sheet_has_every_order_and_total() {
    for sample in examples() {
        let mut book = open(bytes(&sample, Lang::En));
        let table = Table::read(&mut book, "Orders", 4);
        for (row, order) in order_rows(&sample, 9).into_iter().zip(&sample.quote.orders) {
            assert_eq!(table.at(row, "Code"), order.payer.code.clone().unwrap());
            assert_eq!(table.at(row, "School"), order.payer.name.clone().unwrap());
            assert_eq!(table.at(row, "Status"), order.status.as_str());
            assert_eq!(table.at(row, "Basic"), counted(order, AccountType::Basic).to_string());
            assert_eq!(table.at(row, "Interop"), counted(order, AccountType::Interop).to_string());
            assert_eq!(table.at(row, "Term, days"), order.days.to_string());
            assert_eq!(table.at(row, "Amount a year"), shown(order.priced_annual_sum().unwrap()));
            assert_eq!(table.at(row, "Priced part, list price"), shown(order.priced));
            assert_eq!(table.at(row, "Priced part, payable"), shown(order.priced_payable()));
            assert_eq!(table.at(row, "List price"), known(order.list_price()));
            assert_eq!(table.at(row, "Payable"), known(order.payable()));
        }
        let totals = &sample.quote.totals;
        let priced = table.row("School", "Of it, with a price");
        assert_eq!(table.at(priced, "List price"), shown(totals.list_price));
        assert_eq!(table.at(priced, "Payable"), shown(totals.payable));
        let unconfirmed = table.row("School", "Unconfirmed, not in the total");
        assert_eq!(table.at(unconfirmed, "Payable"), shown(totals.unconfirmed));
        let unpriced = table.row("School", "Accounts without a price");
        assert_eq!(table.at(unpriced, "Basic"), totals.unpriced.basic.to_string());
        let total = table.row("School", "Total");
        assert_eq!(table.at(total, "Waiver"), shown(totals.waived));
        let whole = totals.unpriced.is_zero();
        let payable = if whole { shown(totals.payable) } else { "incomplete".to_owned() };
        assert_eq!(table.at(total, "Payable"), payable);
        assert_eq!(table.text(1, 2), payable);
        assert_eq!(table.at(total, "Remark"), if totals.complete { "complete" } else { "incomplete" });
    }
}

/// A member that is not confirmed has its accounts, as its share, apart from those of its group.
#[test]
fn accounts_of_unconfirmed_members_are_apart() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/group.toml");
    let text = fs::read_to_string(path).unwrap();
    let sample = sample(&text.replace("basic = 480", "basic = 480\nstatus = \"unconfirmed\""));
    let mut book = open(bytes(&sample, Lang::En));
    let table = Table::read(&mut book, "Orders", 4);
    let counts = |label| {
        let row = table.row("School", label);
        (table.at(row, "Basic"), table.at(row, "Interop"))
    };
    assert_eq!(counts("Total"), ("180".to_owned(), "25".to_owned()));
    assert_eq!(counts("Unconfirmed, not in the total"), ("480".to_owned(), "0".to_owned()));
}

#[test]
fn workings_are_hidden() {
    let bytes = bytes(&example("group.toml"), Lang::En);
    for (sheet, first) in [(1, "Remark"), (3, "Share")] {
        let mut book = open(bytes.clone());
        let names = book.sheet_names();
        let table = Table::read(&mut book, &names[sheet - 1], if sheet == 1 { 4 } else { 3 });
        let (first, last) = (table.column(first) + 1, table.range.end().unwrap().1);
        assert!(first < last);
        let mut parts = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
        let mut text = String::new();
        let part = format!("xl/worksheets/sheet{sheet}.xml");
        parts.by_name(&part).unwrap().read_to_string(&mut text).unwrap();
        let hidden: Vec<&str> =
            text.split("<col ").skip(1).filter(|col| col.contains("hidden=\"1\"")).collect();
        let columns = hidden.iter().map(|col| {
            let number = |key| col.split(key).nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
            let (min, max): (u32, u32) = (number("min=\""), number("max=\""));
            max - min + 1
        });
        assert_eq!(columns.sum::<u32>(), last - first + 1, "sheet {sheet}");
    }
}

#[test]
fn the_items_have_every_line() {
    for sample in examples() {
        let mut book = open(bytes(&sample, Lang::En));
        let table = Table::read(&mut book, "Items", 3);
        for (index, order) in sample.quote.orders.iter().enumerate() {
            let top = 6 + 2 * u32::try_from(index).unwrap();
            for (row, account_type) in (top..).zip(AccountType::ALL) {
                assert_eq!(table.at(row, "Account"), account_type.as_str());
                assert_eq!(table.at(row, "Held before"), order.start.get(account_type).to_string());
                assert_eq!(table.at(row, "Accounts"), counted(order, account_type).to_string());
                let annual = order.priced_annual.get(account_type);
                assert_eq!(table.at(row, "Amount a year"), shown(annual));
                for (tier, edges) in sample.card.tiers.iter().enumerate() {
                    let title = format!("{}–{}", edges.from, edges.to.unwrap());
                    let line = order
                        .lines
                        .iter()
                        .find(|line| line.account_type == account_type && line.tier == Some(tier));
                    assert_eq!(table.at(row, &title), line.map_or(0, |line| line.count()).to_string());
                    let prices = if account_type == AccountType::Basic { 4 } else { 5 };
                    assert_eq!(table.at(prices, &title), shown(edges.price.get(account_type).price));
                }
                assert_eq!(table.at(row, "10001–"), order.negotiated.get(account_type).to_string());
                assert_eq!(table.at(row, "Without a price"), order.unpriced.get(account_type).to_string());
            }
        }
    }
}

#[test]
fn the_shares_of_a_group_are_those_of_the_quote() {
    let sample = example("group.toml");
    let mut book = open(bytes(&sample, Lang::En));
    let table = Table::read(&mut book, "Shares", 3);
    let order = &sample.quote.orders[0];
    assert_eq!(table.at(4, "Share"), shown(order.payable().unwrap()));
    for (row, member) in (5..).zip(&order.members) {
        assert_eq!(table.at(row, "Member"), member.party.name.clone().unwrap());
        assert_eq!(table.at(row, "Share"), shown(member.share.unwrap()));
    }
}

#[test]
fn amounts_are_formulas_and_counts_are_numbers() {
    let mut book = open(bytes(&example("campus-2022.toml"), Lang::Zh));
    assert_eq!(book.sheet_names(), ["订单", "明细", "价目表", "说明"]);
    for (sheet, row, columns) in [("订单", 9, 13..=16), ("明细", 6, 4..=14)] {
        let formulas = book.worksheet_formula(sheet).unwrap();
        for column in columns {
            let formula = formulas.get_value((row, column)).cloned().unwrap_or_default();
            assert!(!formula.is_empty(), "{sheet} has no formula in column {column}");
        }
    }
    let orders = book.worksheet_formula("订单").unwrap();
    for column in 0..AMOUNTS {
        let formula = orders.get_value((9, column)).cloned().unwrap_or_default();
        assert!(formula.is_empty(), "column {column}: {formula}");
    }
}

/// First column of amounts in the table of orders: all before it is a fact of the plan or an input.
const AMOUNTS: u32 = 13;

#[test]
fn what_a_plan_says_is_never_a_formula() {
    let hostile = ["=1+1", "+1", "-1", "@SUM(1)", "\\t=1", "{=1}", "https://example.com", "\\u0001\\u0007"];
    let mut plan = String::new();
    for (index, name) in hostile.iter().enumerate() {
        plan += &format!("[[school]]\ncode = \"={index}\"\nname = \"{name}\"\nbasic = 1\n");
    }
    plan += &format!("[[school]]\ncode = \"long\"\nname = \"{}\"\nbasic = 1\n", "长".repeat(40_000));
    let sample = sample(&plan);
    let mut book = open(bytes(&sample, Lang::En));
    let range = book.worksheet_range("Orders").unwrap();
    for (row, order) in (9..).zip(&sample.quote.orders) {
        assert_eq!(range.get_value((row, 1)), Some(&Data::String(order.payer.code.clone().unwrap())));
    }
    assert_eq!(range.get_value((9, 2)), Some(&Data::String("=1+1".to_owned())));
    let formulas = book.worksheet_formula("Orders").unwrap();
    for cell in
        (9..).take(sample.quote.orders.len()).flat_map(|row| (0..AMOUNTS).map(move |column| (row, column)))
    {
        assert_eq!(formulas.get_value(cell).map(String::as_str).unwrap_or_default(), "", "{cell:?}");
    }
}

#[test]
fn a_workbook_is_the_same_from_run_to_run() {
    for lang in Lang::ALL {
        let sample = example("campus-2022.toml");
        assert!(bytes(&sample, lang) == bytes(&sample, lang));
    }
}

/// The timestamp is the day of the quote, never that of the machine.
#[test]
fn a_workbook_is_stamped_with_its_own_day() {
    let bytes = bytes(&example("campus-2022.toml"), Lang::En);
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut properties = String::new();
    book.by_name("docProps/core.xml").unwrap().read_to_string(&mut properties).unwrap();
    assert!(properties.contains(">2022-11-18T00:00:00Z<"), "{properties}");
}

#[test]
fn a_report_that_computes_nothing_has_a_sheet_for_each_grid() {
    let cards = RateCards::embedded().unwrap();
    let card = cards.in_force(None).unwrap();
    let catalog = Catalog::new(Lang::En);
    let mut book = open(draw_xlsx(&CardView { card }.workbook().unwrap(), &catalog).unwrap());
    assert_eq!(
        book.sheet_names(),
        ["Rate card wecom-2022-05-16", "Waivers", "What else the rules may be", "Notes"]
    );
    let tiers = Table::read(&mut book, "Rate card wecom-2022-05-16", 4);
    assert_eq!(tiers.at(5, "Basic"), "5");
    assert_eq!(tiers.at(10, "Interop"), "?");
    let list = CardListView { cards: std::slice::from_ref(card) };
    let mut book = open(draw_xlsx(&list.workbook().unwrap(), &catalog).unwrap());
    assert_eq!(book.sheet_names(), ["Rate cards"]);
    let cards = Table::read(&mut book, "Rate cards", 4);
    assert_eq!(cards.at(5, "Rate card"), card.id);
}

#[test]
fn a_card_without_end_has_no_negotiated_columns() {
    let cards = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cards/invented-2030-01-01.toml");
    let source = SourceFile::new("card.toml", fs::read_to_string(cards).unwrap());
    let card = read_card(&Arc::new(source)).unwrap();
    let order = Order {
        payer: Party::default(),
        customer: Default::default(),
        members: vec![Member {
            counts: Counts { basic: 200, interop: 13 },
            charged: true,
            ..Default::default()
        }],
        held_by_others: Held::NONE,
        term: Term { months: 5, days: 0 },
        renewal: false,
        test_enterprise: false,
        negotiated: Default::default(),
        status: Default::default(),
    };
    let quote = quote_orders(&card, None, &[order]).unwrap();
    let sample = Sample { quote, card };
    let mut book = open(bytes(&sample, Lang::En));
    let table = Table::read(&mut book, "Orders", 4);
    assert_eq!(table.at(7, "Payable"), shown(sample.quote.totals.payable));
    assert!(sample.quote.totals.payable > Money::ZERO);
    let items = Table::read(&mut book, "Items", 3);
    assert_eq!(items.at(6, "145–"), "56");
}

/// The members' tiers run apart, which no formula computes: the figures are the program's as long as nothing changes.
#[test]
fn an_order_that_no_formula_computes_has_the_figures_of_the_program() {
    let text = include_str!("cards/other-rules.toml");
    let card = read_card(&Arc::new(SourceFile::new("card.toml", text))).unwrap();
    let member = |code: &str, basic| Member {
        party: Party { code: Some(code.to_owned()), name: None },
        counts: Counts { basic, interop: 7 },
        charged: true,
        ..Default::default()
    };
    let members = vec![member("1", 300), member("2", 301)];
    let order = Order {
        payer: members[0].party.clone(),
        customer: Default::default(),
        members,
        held_by_others: Held::NONE,
        term: Term { months: 5, days: 3 },
        renewal: false,
        test_enterprise: false,
        negotiated: Default::default(),
        status: Default::default(),
    };
    let quote = quote_orders(&card, None, &[order]).unwrap();
    let sample = Sample { quote, card };
    let mut book = open(bytes(&sample, Lang::En));
    let shares = Table::read(&mut book, "Shares", 3);
    for (row, member) in (5..).zip(&sample.quote.orders[0].members) {
        assert_eq!(shares.at(row, "Share"), shown(member.share.unwrap()));
    }
    let formulas = book.worksheet_formula("Orders").unwrap();
    let rests_on =
        |formula: &&String| formula.starts_with("IF(AND(") && formula.contains("not computed anew");
    let remark = formulas.used_cells().map(|(_, _, formula)| formula).find(rests_on);
    assert!(remark.is_some_and(|formula| formula.ends_with(",\"–\",\"not computed anew\")")), "{remark:?}");
}
