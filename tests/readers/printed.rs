//! Readers of the formats for people: the table, Markdown and the page. Each becomes rows of cells, with the
//! same content in the same order of columns.

use std::mem::take;

use super::figures::{Figures, Line, Order, fen, state, yuan};

/// Mark of a heading, which distinguishes it from a row.
const HEADING: &str = "#";

pub fn read_text(text: &str) -> Figures {
    figures(&rows_of("txt", text))
}

pub fn read_markdown(text: &str) -> Figures {
    figures(&rows_of("md", text))
}

pub fn read_html(text: &str) -> Figures {
    figures(&rows_of("html", text))
}

/// Returns the cells that are not empty, row by row, with their numbers as digits alone; a heading is a row
/// that begins with the mark.
pub fn rows_of(format: &str, text: &str) -> Vec<Vec<String>> {
    let mut rows = match format {
        "txt" => text.lines().map(text_row).collect(),
        "md" => text.lines().map(markdown_row).collect(),
        _ => html_rows(text),
    };
    rows.iter_mut().for_each(|row| row.retain(|cell| !cell.is_empty()));
    rows.iter_mut().flatten().for_each(|cell| *cell = without_commas(cell));
    rows.retain(|row| !row.is_empty());
    rows
}

fn text_row(line: &str) -> Vec<String> {
    match line.strip_prefix(' ') {
        Some(row) => row.split("  ").map(|cell| cell.trim().to_owned()).collect(),
        None => vec![HEADING.to_owned(), line.to_owned()],
    }
}

fn markdown_row(line: &str) -> Vec<String> {
    let plain = line.replace("**", "").replace("⚠ ", "");
    if let Some(heading) = plain.strip_prefix('#') {
        return vec![HEADING.to_owned(), heading.trim_start_matches('#').trim().to_owned()];
    }
    if plain.starts_with('|') {
        return plain.split('|').map(|cell| cell.trim().to_owned()).collect();
    }
    let field = plain.strip_prefix("- ").and_then(|field| field.split_once([':', '：']));
    field.map_or_else(Vec::new, |(label, value)| vec![label.to_owned(), value.trim().to_owned()])
}

/// Returns tables, labelled values and the content of folded parts. Pictures are skipped.
fn html_rows(page: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), None);
    let mut in_picture = 0;
    for piece in page.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        match tag.split(' ').next().unwrap() {
            "svg" => in_picture += 1,
            "/svg" => in_picture -= 1,
            "h1" | "h2" | "h3" => (row, cell) = (vec![HEADING.to_owned()], Some(String::new())),
            "th" | "td" | "dt" | "dd" => cell = Some(String::new()),
            "span" if tag.contains("class=\"answer") => {
                (row, cell) = (vec!["Payable".to_owned()], Some(String::new()));
            }
            // The unit is not part of the figure before it.
            "span" if tag.contains("class=\"unit\"") => continue,
            "/th" | "/td" | "/dt" => row.extend(cell.take()),
            "/h1" | "/h2" | "/h3" | "/dd" | "/tr" => {
                row.extend(cell.take());
                rows.push(take(&mut row));
            }
            "/span" if row.first().is_some_and(|first| first == "Payable") && row.len() == 1 => {
                row.extend(cell.take());
                rows.push(take(&mut row));
            }
            _ => {}
        }
        if let (Some(cell), 0) = (&mut cell, in_picture) {
            cell.push_str(text.trim_matches('\n'));
        }
    }
    rows.iter_mut().flatten().for_each(|cell| *cell = unescaped(cell).trim().to_owned());
    rows
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Returns a number as digits alone, and every other text as it is. A number for people has a comma every
/// three digits; codes are no numbers, so that only amounts show that theirs are missing.
fn without_commas(cell: &str) -> String {
    let digits = cell.replace(',', "");
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    let is_number = !whole.is_empty() && [whole, decimals].concat().chars().all(|c| c.is_ascii_digit());
    if !is_number || (digits == cell && decimals.is_empty()) {
        return cell.to_owned();
    }
    let groups: Vec<&str> = cell.split('.').next().unwrap().split(',').collect();
    let full = groups[1..].iter().all(|group| group.len() == 3) && groups[0].len() <= 3;
    assert!(full, "{cell} does not have a comma every three digits");
    digits
}

/// Returns the figures in the rows of any of these formats, in English.
fn figures(rows: &[Vec<String>]) -> Figures {
    let mut figures = Figures::default();
    let mut listed: Vec<Listed> = Vec::new();
    let mut stated_total = None;
    let (mut summed, mut unpriced) = (Summed::default(), [0u64; 2]);
    let mut headline = String::new();
    for row in rows {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        let order = figures.orders.last_mut();
        match (cells.as_slice(), order) {
            ([HEADING, title], _) => figures.orders.extend(order_of(title)),
            (["Total", basic, interop, list_price, payable], _) => {
                stated_total = Some([*basic, *interop, *list_price, *payable]);
            }
            ([code, name, "unconfirmed", basic, interop, payable], _) => {
                let unconfirmed = fen(payable);
                listed.push(Listed { unconfirmed, ..Listed::new(code, name, basic, interop) });
            }
            ([code, name, "no price yet", basic, interop, _], _) => {
                listed.push(Listed::new(code, name, basic, interop));
                for (sum, count) in unpriced.iter_mut().zip([basic, interop]) {
                    *sum += count.parse::<u64>().unwrap();
                }
            }
            (["Total", "incomplete"], _) => figures.totals.complete = false,
            (["Waived", sum], _) => figures.totals.waived = first_figure(sum),
            (["Without a price", counts], _) => {
                let counts: Vec<&str> = counts.split(' ').collect();
                figures.totals.unpriced = [without_commas(counts[0]), without_commas(counts[3])];
            }
            (["Payable", sum], None) => headline = first_figure(sum),
            (["List price", sum], Some(order)) => {
                state(&mut order.list_price, whole_price(sum));
                state(&mut order.priced, &first_figure(sum));
            }
            ([formula, sum], Some(order)) if formula.contains('×') => {
                state(&mut order.list_price, whole_price(sum));
            }
            (["Payable", sum], Some(order)) => state(&mut order.payable, whole_price(sum)),
            ([account_type @ ("basic" | "interop"), _, .., count, unit_price, amount], Some(order)) => {
                let [account_type, count, unit_price, amount] =
                    [*account_type, *count, *unit_price, *amount].map(str::to_owned);
                order.lines.push(Line { account_type, count, unit_price, amount });
            }
            ([_, name, basic, interop, share], Some(order)) if is_money(share) || *share == "?" => {
                let name = name.trim_end_matches(" (unconfirmed)");
                order.members.push([name, *basic, *interop, *share].map(str::to_owned));
            }
            ([code, name, basic, interop, list_price, payable], _) if basic.parse::<u32>().is_ok() => {
                let firm = Some([list_price, payable].map(|amount| fen(amount)));
                listed.push(Listed { firm, ..Listed::new(code, name, basic, interop) });
                summed.add([basic, interop, list_price, payable]);
            }
            _ => {}
        }
    }
    figures.orders.iter_mut().for_each(Order::sum_up);
    let only = figures.orders.first().filter(|_| figures.orders.len() == 1);
    let of_the_only = only.map(|order| [order.list_price.clone(), order.payable.clone()]);
    for order in figures.orders.iter_mut().filter(|_| of_the_only.is_none()) {
        let rows: Vec<&Listed> = listed.iter().filter(|listed| listed.is_of(order)).collect();
        agree(order, &rows);
    }
    figures.totals.unconfirmed = yuan(listed.iter().map(|listed| listed.unconfirmed).sum());
    let [list_price, payable] = match stated_total {
        Some([basic, interop, list_price, payable]) => {
            summed.agrees_with([basic, interop, list_price, payable]);
            [list_price, payable].map(str::to_owned)
        }
        None => of_the_only.unwrap(),
    };
    state(&mut headline, &payable);
    (figures.totals.list_price, figures.totals.payable) = (list_price, payable);
    if !figures.totals.complete {
        assert_eq!(unpriced.map(|count| count.to_string()), figures.totals.unpriced);
    }
    figures
}

/// A row of the summary: what is in the totals, or apart from them.
#[derive(Default)]
struct Listed {
    code: String,
    name: String,
    counts: [u64; 2],
    /// The list price and the payable in the totals.
    firm: Option<[i64; 2]>,
    unconfirmed: i64,
}

impl Listed {
    fn new(code: &str, name: &str, basic: &str, interop: &str) -> Listed {
        let counts = [basic, interop].map(|count| count.parse().unwrap());
        Listed { code: code.to_owned(), name: name.to_owned(), counts, ..Listed::default() }
    }

    /// Returns true if it is about an order, or about a member of it.
    fn is_of(&self, order: &Order) -> bool {
        self.code == order.code || order.members.iter().any(|[name, ..]| *name == self.name)
    }
}

/// Compares the rows of an order with its own part, and states the figures that the part leaves open.
fn agree(order: &mut Order, rows: &[&Listed]) {
    let (mut counts, mut unconfirmed, mut firm) = ([0, 0], 0, None);
    for row in rows {
        counts.iter_mut().zip(row.counts).for_each(|(sum, count)| *sum += count);
        unconfirmed += row.unconfirmed;
        firm = firm.or(row.firm);
    }
    let stated = ["basic", "interop"].map(|account_type| counted(order, account_type));
    assert_eq!(counts.map(|count: u64| count.to_string()), stated, "{}", order.code);
    let [list_price, payable] = firm.unwrap_or_default().map(|firm| firm + unconfirmed);
    assert!(firm.is_none() || order.priced == yuan(list_price), "{}", order.code);
    if order.payable != "?" {
        state(&mut order.payable, &yuan(payable));
    }
}

/// The sums of columns, added up as a reader would.
#[derive(Default)]
struct Summed([i64; 4]);

impl Summed {
    fn add(&mut self, cells: [&str; 4]) {
        self.0.iter_mut().zip(cells).for_each(|(sum, cell)| *sum += hundredths(cell));
    }

    fn agrees_with(&self, totals: [&str; 4]) {
        assert_eq!(self.0, totals.map(hundredths), "a column does not add up");
    }
}

/// Returns a count or an amount in hundredths.
fn hundredths(cell: &str) -> i64 {
    if cell.contains('.') { fen(cell) } else { cell.parse::<i64>().unwrap() * 100 }
}

/// Returns the order of a heading such as `2. 示例大学 (open)`.
fn order_of(title: &str) -> Option<Order> {
    let (number, rest) = title.split_once(". ")?;
    number.parse::<u32>().ok()?;
    let (_, code) = rest.trim_end_matches(')').rsplit_once('(')?;
    Some(Order { code: code.to_owned(), ..Order::default() })
}

fn counted(order: &Order, account_type: &str) -> String {
    let lines = order.lines.iter().filter(|line| line.account_type == account_type);
    lines.map(|line| line.count.parse::<u64>().unwrap()).sum::<u64>().to_string()
}

/// Returns the sum, or `?` if it is only the part that has a price.
fn whole_price(sum: &str) -> &str {
    if is_money(sum) { sum } else { "?" }
}

fn first_figure(sum: &str) -> String {
    sum.split(' ').next().unwrap().replace(',', "")
}

fn is_money(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, cents)| {
        whole.parse::<u64>().is_ok() && cents.len() == 2 && cents.parse::<u8>().is_ok()
    })
}
