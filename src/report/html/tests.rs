use std::collections::BTreeSet;

use super::*;
use crate::account::{Counts, Term};
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::pricing::{Held, Member, Order, OrderStatus, Party, quote_orders};
use crate::rates::RateCards;
use crate::report::{CardView, Chart, ChartKind, Columns, Grid, QuoteView, Timeline, TimelinePeriod, View};

fn order(code: &str, name: &str, basic: u32, interop: u32) -> Order {
    let party = Party { code: Some(code.to_owned()), name: Some(name.to_owned()) };
    let counts = Counts { basic, interop };
    Order {
        payer: party.clone(),
        customer: Default::default(),
        members: vec![Member { party, counts, charged: true, ..Member::default() }],
        held_by_others: Held::NONE,
        term: Term { months: 7, days: 3 },
        renewal: false,
        test_enterprise: false,
        negotiated: Default::default(),
        status: OrderStatus::Confirmed,
    }
}

fn document(orders: &[Order]) -> Document {
    let cards = RateCards::embedded().unwrap();
    let card = cards.in_force(None).unwrap();
    let quote = quote_orders(card, None, orders).unwrap();
    QuoteView { quote: &quote, card, explained: true, positions: &[], assumed: &[] }.document()
}

/// One firm order, one unconfirmed one and one with accounts that have no price.
fn mixed() -> Document {
    document(&[
        order("1", "甲 <b>&\"quoted\"</b>", 1234, 56),
        Order { status: OrderStatus::Unconfirmed, ..order("2", "乙", 7, 0) },
        order("3", "丙", 12_000, 1),
    ])
}

fn pages(document: &Document) -> impl Iterator<Item = (Catalog, String)> {
    Lang::ALL.into_iter().map(|lang| {
        let catalog = Catalog::new(lang);
        let page = draw_html(document, &catalog, Some("示例科技 <b>"));
        (catalog, page)
    })
}

/// Returns the text between the tags of each element of a name, without markup inside.
fn texts_of(page: &str, element: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = page;
    while let Some((inside, after)) = next_element(rest, element) {
        texts.push(text_of(inside));
        rest = after;
    }
    texts
}

/// The inside of the next element of this name, which holds none of the same name, and what follows it.
fn next_element<'p>(page: &'p str, element: &str) -> Option<(&'p str, &'p str)> {
    let opening = format!("<{element}");
    let (at, _) =
        page.match_indices(&opening).find(|(at, _)| page[at + opening.len()..].starts_with([' ', '>']))?;
    let inside = page[at..].split_once('>')?.1;
    inside.split_once(&format!("</{element}>"))
}

fn text_of(markup: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in markup.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The tables of a page: their rows with their cells.
fn tables(page: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables = Vec::new();
    let mut rest = page;
    while let Some((table, after)) = next_element(rest, "table") {
        let mut rows = Vec::new();
        let mut table_rest = table;
        while let Some((row, row_after)) = next_element(table_rest, "tr") {
            rows.push(texts_of(&row.replace("<th", "<td").replace("</th>", "</td>"), "td"));
            table_rest = row_after;
        }
        tables.push(rows);
        rest = after;
    }
    tables
}

fn table_of(grid: &Grid, catalog: &Catalog) -> Vec<Vec<String>> {
    let header = grid.columns.iter().map(|column| catalog.text(&column.title)).collect();
    let rows = grid.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text(catalog)).collect());
    let footer = grid.footer.iter().map(|footer| vec![footer.text.clone(), footer.value.text(catalog)]);
    std::iter::once(header).chain(rows).chain(footer).collect()
}

#[test]
fn the_tables_of_the_page_are_those_of_the_document() {
    let document = mixed();
    for (catalog, page) in pages(&document) {
        let expected: Vec<_> = document
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Grid(grid) => Some(table_of(grid, &catalog)),
                _ => None,
            })
            .collect();
        assert_eq!(tables(&page), expected);
    }
}

#[test]
fn fields_remarks_and_charts_are_all_there() {
    let document = mixed();
    for (catalog, page) in pages(&document) {
        let labels: BTreeSet<String> = texts_of(&page, "dt").into_iter().collect();
        let values: BTreeSet<String> = texts_of(&page, "dd").into_iter().collect();
        let spans: BTreeSet<String> = texts_of(&page, "span").into_iter().collect();
        let titles: BTreeSet<String> = texts_of(&page, "title").into_iter().collect();
        for block in &document.blocks {
            match block {
                Block::Fields(fields) => {
                    for field in fields {
                        assert!(labels.contains(&catalog.text(&field.label)));
                        assert!(values.contains(&field.value.text(&catalog)), "{field:?}");
                    }
                }
                Block::Remarks(remarks) => {
                    for remark in remarks {
                        assert!(spans.contains(&catalog.text(&remark.text)), "{remark:?}");
                        assert!(remark.tag.as_ref().is_none_or(|tag| spans.contains(&tag.text)));
                    }
                }
                Block::Chart(chart) => assert!(titles.contains(&catalog.text(&chart.title))),
                Block::Heading(_) | Block::Grid(_) => {}
            }
        }
    }
}

#[test]
fn the_page_begins_with_the_totals() {
    let document = document(&[order("1", "甲", 8, 20), order("2", "乙", 5, 0)]);
    let (_, page) = pages(&document).next().unwrap();
    let values = texts_of(&page, "dd");
    assert!(values[0].ends_with(" CNY") && values[0] == values[1], "{values:?}");
    assert!(page.find("<table").unwrap() < page.find("<details").unwrap());
}

#[test]
fn a_lone_order_is_its_own_summary() {
    let lone = Order { payer: Party::default(), ..order("", "", 8, 20) };
    let document = document(&[Order { term: Term::ONE_YEAR, ..lone }]);
    let (_, page) = pages(&document).next().unwrap();
    assert_eq!(texts_of(&page, "dd")[0], "887.00 CNY");
    let (orders, sources) = page.split_once("<section class=\"sources\"").unwrap();
    assert!(!orders.contains("<details") && sources.contains("<details>"));
}

#[test]
fn many_items_are_folded_and_few_are_not() {
    let few = document(&[order("1", "甲", 8, 0), order("2", "乙", 5, 0)]);
    assert_eq!(pages(&few).next().unwrap().1.matches("<details open>").count(), 2);
    let many: Vec<Order> = (0..9).map(|number| order(&number.to_string(), "甲", 8, 0)).collect();
    let page = pages(&document(&many)).next().unwrap().1;
    let (orders, sources) = page.split_once("<section class=\"sources\"").unwrap();
    assert_eq!((orders.matches("<details>").count(), sources.matches("<details>").count()), (9, 1));
}

#[test]
fn the_provider_presents_the_page() {
    let (_, page) = pages(&mixed()).next().unwrap();
    let (head, _) = page.split_once("<h1>").unwrap();
    assert!(head.ends_with("<p class=\"provider\">示例科技 &lt;b&gt;</p>\n"), "{head}");
}

#[test]
fn a_row_leads_to_its_details_and_the_contents_to_each_part() {
    for (_, page) in pages(&mixed()) {
        let targets: Vec<&str> =
            page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(targets.len() > 5, "{targets:?}");
        for target in targets {
            assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
        }
        let (_, second) = page.split_once("id=\"item-2\"").unwrap();
        assert!(page.contains("<a href=\"#item-2\">乙</a>") && second.contains("19.52"));
    }
}

#[test]
fn the_markup_is_whole_and_its_ids_are_single() {
    let cards = RateCards::embedded().unwrap();
    for document in [mixed(), CardView { card: cards.in_force(None).unwrap() }.document()] {
        for (_, page) in pages(&document) {
            assert_balanced(&page);
            let ids: Vec<&str> =
                page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
            for wanted in page.split("aria-labelledby=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(ids.contains(&wanted));
            }
        }
    }
}

/// Elements that have no end.
const VOID: [&str; 3] = ["meta", "link", "wbr"];

fn assert_balanced(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let name = tag.split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed)),
            None if name == "!DOCTYPE" || VOID.contains(&name) => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn the_page_asks_for_nothing_and_runs_nothing() {
    for (_, page) in pages(&mixed()) {
        for forbidden in ["<script", "src=", "url(", "@import", "http:", "https:", "javascript:", "<b>"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = mixed();
    assert!(pages(&document).map(|(_, page)| page).eq(pages(&mixed()).map(|(_, page)| page)));
}

#[test]
fn a_long_name_is_whole_in_text_and_short_in_pictures() {
    let name = "名".repeat(10_000);
    let document = document(&[order("1", &name, 8, 0), order("2", "乙", 5, 0)]);
    let (_, page) = pages(&document).next().unwrap();
    assert!(texts_of(&page, "h3")[0].contains(&name));
    assert!(texts_of(&page, "text").iter().all(|text| text.chars().count() < 30));
}

fn chart(kind: ChartKind) -> Document {
    let chart = Chart { title: Message::new("report-payable"), kind, requested: false };
    Document { blocks: vec![Block::Chart(chart)], ..mixed() }
}

/// Amounts in fen: paid, overdue, due, unconfirmed.
fn period(month: i64, [paid, overdue, due, unconfirmed]: [i64; 4]) -> TimelinePeriod {
    let [paid, overdue, due, unconfirmed] = [paid, overdue, due, unconfirmed].map(Money::from_fen);
    let name = format!("{}-{:02}", 2022 + month / 12, month % 12 + 1);
    TimelinePeriod { label: name.clone(), name, paid, overdue, due, unconfirmed }
}

fn timeline(periods: Vec<TimelinePeriod>) -> Document {
    chart(ChartKind::Timeline(Timeline { periods }))
}

#[test]
fn a_timeline_stacks_what_is_confirmed_and_sets_the_rest_beside_it() {
    let periods = vec![period(10, [100, 200, 300, 400]), period(11, [0; 4]), period(12, [0, 0, 500, 0])];
    for (catalog, page) in pages(&timeline(periods)) {
        let bar = |class: &str| -> Vec<&str> {
            let tags = page.split("<rect class=\"bar ").skip(1).filter(|tag| tag.starts_with(class));
            tags.map(|tag| &tag[tag.find(" y=").unwrap()..tag.find("></rect>").unwrap()]).collect()
        };
        let width = "width=\"5.95%\"";
        assert_eq!(bar("paid"), [format!(" y=\"83.34%\" {width} height=\"16.66%\"")]);
        assert_eq!(bar("late"), [format!(" y=\"50%\" {width} height=\"33.33%\"")]);
        assert_eq!(bar("open").len(), 2);
        assert_eq!(bar("open")[0], format!(" y=\"0%\" {width} height=\"50%\""));
        assert_eq!(bar("unsure"), [" y=\"33.34%\" width=\"3.57%\" height=\"66.66%\""]);
        let states = [("html-overdue", "2.00"), ("html-due", "8.00"), ("html-unconfirmed", "4.00")];
        for (word, sum) in states {
            let text = Message::new("html-sum").with("state", Message::new(word)).with("amount", sum);
            assert!(texts_of(&page, "li").contains(&catalog.text(&text)), "{text:?}");
        }
        let described = texts_of(&page, "desc");
        assert!(described[0].contains("2022-11") && described[0].contains(&catalog.word("html-overdue")));
        assert!(!described[0].contains("2022-12"));
    }
}

#[test]
fn a_timeline_of_years_has_few_labels_and_no_amounts() {
    let (_, page) =
        pages(&timeline((0..36).map(|month| period(month, [0, 0, 1_000, 0])).collect())).next().unwrap();
    assert_eq!(page.matches("class=\"bar open\"").count(), 36);
    assert_eq!(page.matches("class=\"middle\"").count(), 6);
    assert!(!page.contains("middle sum"));
}

#[test]
fn the_answer_is_the_first_figure_and_what_is_in_no_total_the_last() {
    let grid = |amounts: [i64; 2]| {
        let columns = Columns::of([amounts]).left("period", "budget-period", |_| "2022");
        let columns = columns.right("list_price", "report-list-price", |row| Money::from_fen(row[0]));
        Block::Grid(columns.right("payable", "report-payable", |row| Money::from_fen(row[1])).grid())
    };
    let part = |title, role| Block::Heading(Heading::from(Message::new(title)).of(role));
    let blocks = vec![
        part("budget-years", PartRole::Summary),
        grid([300, 200]),
        part("report-unconfirmed-payments", PartRole::OutsideTotal),
        grid([80, 70]),
    ];
    for (_, page) in pages(&Document { blocks, ..mixed() }) {
        let (_, figures) = page.split_once("<dl class=\"figures\">").unwrap();
        let (figures, _) = figures.split_once("</dl>").unwrap();
        let amounts: Vec<String> =
            texts_of(figures, "dd").iter().map(|text| text.split(' ').next().unwrap().to_owned()).collect();
        assert_eq!(amounts, ["2.00", "3.00", "0.70"]);
    }
}

#[test]
fn a_timeline_of_one_period_is_left_out() {
    let page = |periods| pages(&timeline(periods)).next().unwrap().1;
    assert!(!page(vec![period(0, [0, 0, 1_000, 0])]).contains("<figure"));
    assert!(!page(vec![period(0, [0; 4]), period(1, [0; 4])]).contains("<figure"));
}

#[test]
fn a_chart_of_nothing_is_left_out() {
    let nothing = chart(ChartKind::Bars(vec![("2022".to_owned(), Money::ZERO)]));
    assert!(!pages(&nothing).next().unwrap().1.contains("<figure"));
}

#[test]
fn a_summary_without_totals_stands_below_its_heading_and_repeats_no_figure() {
    let to_pay = Field::new("calendar-to-pay", Money::from_fen(60_500)).toned(Tone::Strong);
    let next = Field::new("calendar-next", "soon");
    let heading = Heading::from(Message::new("calendar-summary")).of(PartRole::Summary);
    let blocks = |fields| vec![Block::Heading(heading.clone()), Block::Fields(fields)];
    let both = Document { blocks: blocks(vec![next, to_pay.clone()]), ..mixed() };
    for (catalog, page) in pages(&both) {
        assert_eq!(texts_of(&page, "h2"), [catalog.word("calendar-summary")]);
        assert_eq!(page.matches("605.00").count(), 1);
        assert!(page.find("</h2>") < page.find("soon"));
    }
    let alone = Document { blocks: blocks(vec![to_pay]), ..mixed() };
    for (_, page) in pages(&alone) {
        assert_eq!(texts_of(&page, "h2"), [""; 0]);
    }
}
