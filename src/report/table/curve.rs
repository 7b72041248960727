//! A curve as lines of text, drawn in dots of Braille, two by four to a character. All arithmetic is on
//! integers.

use crate::diagnostic::lang::Catalog;
use crate::money::Money;
use crate::report::Curve;

/// Draws a curve with the ends of the tiers and the customer's position, in lines of at most `width` columns.
/// A curve without a count or without a price has no line.
pub(super) fn draw_curve(curve: &Curve, catalog: &Catalog, width: usize) -> Vec<String> {
    let Some(scale) = Scale::of(curve, catalog, width) else { return Vec::new() };
    let mut canvas = CurveCanvas::new(scale.columns);
    canvas.trace(curve, &scale);
    for edge in &curve.edges {
        canvas.drop_line(scale.column(*edge));
    }
    if let Some((accounts, payable)) = curve.position {
        canvas.put(scale.column(accounts), scale.row(payable), POSITION);
    }
    let mut lines = canvas.lines(&labels_of_rows(curve, catalog, &scale));
    let margin = " ".repeat(scale.margin + 1);
    lines.push(format!("{margin}└{}", axis(curve, &scale)));
    lines.push(format!("{margin} {}", labels_of_columns(curve, catalog, &scale)));
    lines
}

const ROWS: usize = 12;
const MOST_COLUMNS: usize = 72;
const DOTS_ACROSS: usize = 2;
const DOTS_DOWN: usize = 4;
const POSITION: char = '●';
const EDGE: char = '┊';

/// From counts and prices to cells of the canvas.
struct Scale {
    /// Width of the labels at the left.
    margin: usize,
    columns: usize,
    most_accounts: u32,
    highest: Money,
}

impl Scale {
    fn of(curve: &Curve, catalog: &Catalog, width: usize) -> Option<Scale> {
        let most_accounts = curve.points.last()?.0;
        let highest = curve.points.iter().map(|point| point.1).max()?;
        if most_accounts == 0 || highest <= Money::ZERO {
            return None;
        }
        let margin = catalog.figure(&highest.to_string()).len() + 1;
        let columns = width.saturating_sub(margin + 2).clamp(20, MOST_COLUMNS);
        Some(Scale { margin, columns, most_accounts, highest })
    }

    fn dot_column(&self, accounts: u32) -> usize {
        proportion(accounts.into(), self.most_accounts.into(), self.columns * DOTS_ACROSS - 1)
    }

    fn column(&self, accounts: u32) -> usize {
        self.dot_column(accounts) / DOTS_ACROSS
    }

    /// Returns the row of dots of an amount, counted from the top.
    fn dot_row(&self, payable: Money) -> usize {
        let last = ROWS * DOTS_DOWN - 1;
        last - proportion(payable.fen().into(), self.highest.fen().into(), last)
    }

    fn row(&self, payable: Money) -> usize {
        self.dot_row(payable) / DOTS_DOWN
    }

    /// Returns the price at a column of dots: on the straight line between the points on either side.
    fn price_at(&self, curve: &Curve, dot_column: usize) -> Money {
        let last = (self.columns * DOTS_ACROSS - 1) as i128;
        let wanted = i128::from(self.most_accounts) * dot_column as i128;
        let at = |accounts: u32| i128::from(accounts) * last;
        let after = curve.points.partition_point(|point| at(point.0) < wanted);
        let Some(&(to, to_price)) = curve.points.get(after) else { return self.highest };
        let Some(&(from, from_price)) = after.checked_sub(1).and_then(|before| curve.points.get(before))
        else {
            return to_price;
        };
        let rise = i128::from(to_price.fen()) - i128::from(from_price.fen());
        let climbed = rise * (wanted - at(from)) / (at(to) - at(from)).max(1);
        let fen = i128::from(from_price.fen()) + climbed;
        Money::from_fen(i64::try_from(fen).unwrap_or(i64::MAX))
    }
}

/// Returns `part` of `whole` on a scale from 0 to `last`, to the nearest.
fn proportion(part: i128, whole: i128, last: usize) -> usize {
    let nearest = (2 * part * last as i128 + whole) / (2 * whole).max(1);
    usize::try_from(nearest).unwrap_or(0).min(last)
}

struct CurveCanvas {
    /// The dots of each cell, as offsets in the block of Braille patterns.
    dots: Vec<[u8; ROWS]>,
    /// Characters that cells show instead of dots.
    marks: Vec<[Option<char>; ROWS]>,
}

impl CurveCanvas {
    fn new(columns: usize) -> CurveCanvas {
        CurveCanvas { dots: vec![[0; ROWS]; columns], marks: vec![[None; ROWS]; columns] }
    }

    fn trace(&mut self, curve: &Curve, scale: &Scale) {
        let mut before = None;
        for column in 0..scale.columns * DOTS_ACROSS {
            let row = scale.dot_row(scale.price_at(curve, column));
            let start = before.map_or(row, |before: usize| before.saturating_sub(1).max(row));
            for dot in row..=start {
                self.dot(column, dot);
            }
            before = Some(row);
        }
    }

    fn dot(&mut self, column: usize, row: usize) {
        /// The bits of a Braille pattern, by row and column.
        const BITS: [[u8; DOTS_ACROSS]; DOTS_DOWN] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
        if let Some(cell) =
            self.dots.get_mut(column / DOTS_ACROSS).and_then(|cells| cells.get_mut(row / DOTS_DOWN))
        {
            *cell |= BITS[row % DOTS_DOWN][column % DOTS_ACROSS];
        }
    }

    /// A line from the curve down to the axis.
    fn drop_line(&mut self, column: usize) {
        let Some(dots) = self.dots.get(column) else { return };
        let curve = dots.iter().rposition(|dots| *dots != 0).unwrap_or(0);
        for row in curve + 1..ROWS {
            self.put(column, row, EDGE);
        }
    }

    fn put(&mut self, column: usize, row: usize, mark: char) {
        if let Some(cell) = self.marks.get_mut(column).and_then(|cells| cells.get_mut(row)) {
            *cell = Some(mark);
        }
    }

    fn lines(&self, labels: &[String; ROWS]) -> Vec<String> {
        let cell = |row: usize, dots: &[u8; ROWS], marks: &[Option<char>; ROWS]| match (marks[row], dots[row])
        {
            (Some(mark), _) => mark,
            (None, 0) => ' ',
            (None, dots) => char::from_u32(0x2800 + u32::from(dots)).unwrap_or(' '),
        };
        (0..ROWS)
            .map(|row| {
                let cells = self.dots.iter().zip(&self.marks).map(|(dots, marks)| cell(row, dots, marks));
                let tick = if labels[row].trim().is_empty() { '│' } else { '┤' };
                format!("{} {tick}{}", labels[row], cells.collect::<String>())
            })
            .collect()
    }
}

/// Returns the highest price, that of the position, and zero, each at its row.
fn labels_of_rows(curve: &Curve, catalog: &Catalog, scale: &Scale) -> [String; ROWS] {
    let mut labels = std::array::from_fn(|_| " ".repeat(scale.margin));
    let mut label = |price: Money| {
        labels[scale.row(price)] = format!("{:>1$}", catalog.figure(&price.to_string()), scale.margin);
    };
    label(Money::ZERO);
    label(scale.highest);
    curve.position.into_iter().for_each(|(_, payable)| label(payable));
    labels
}

fn axis(curve: &Curve, scale: &Scale) -> String {
    let mut axis = vec!['─'; scale.columns];
    for accounts in curve.edges.iter().copied().chain(curve.position.map(|position| position.0)) {
        axis[scale.column(accounts)] = '┴';
    }
    axis.into_iter().collect()
}

/// Returns the counts under the axis: the position first, then the ends, then the edges, as far as there is
/// room.
fn labels_of_columns(curve: &Curve, catalog: &Catalog, scale: &Scale) -> String {
    let mut labels = vec![b' '; scale.columns];
    let ends = [scale.most_accounts, 0];
    let edges = curve.edges.iter().rev().copied();
    for accounts in curve.position.map(|position| position.0).into_iter().chain(ends).chain(edges) {
        let text = catalog.figure(&accounts.to_string());
        let start = scale.column(accounts).saturating_sub(text.len() / 2).min(scale.columns - text.len());
        let room = start.saturating_sub(1)..(start + text.len() + 1).min(scale.columns);
        if labels[room].iter().all(|byte| *byte == b' ') {
            labels[start..start + text.len()].copy_from_slice(text.as_bytes());
        }
    }
    String::from_utf8_lossy(&labels).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use textwrap::core::display_width;

    use super::*;
    use crate::diagnostic::lang::Lang;

    fn drawn(curve: &Curve, width: usize) -> Vec<String> {
        draw_curve(curve, &Catalog::new(Lang::En), width)
    }

    fn curve() -> Curve {
        let yuan = |yuan: i64| Money::from_fen(yuan * 100);
        Curve {
            points: vec![(0, yuan(0)), (5, yuan(250)), (200, yuan(8050)), (331, yuan(11_980))],
            edges: vec![5, 200],
            position: Some((265, yuan(10_000))),
        }
    }

    #[test]
    fn the_position_and_the_edges_stand_where_they_are() {
        let lines = drawn(&curve(), 60);
        let column = |line: &str, mark: char| line.chars().position(|c| c == mark).unwrap();
        assert!(lines[0].starts_with(" 11,980.00 ┤"), "{lines:#?}");
        assert!(lines[2].starts_with(" 10,000.00 ┤"), "{lines:#?}");
        // 265 and 200 of 331 accounts on 48 columns after a margin of 12.
        assert_eq!(column(&lines[2], POSITION), 12 + 38, "{lines:#?}");
        assert_eq!(column(&lines[8], EDGE), 12 + 28, "{lines:#?}");
        assert!(lines[..4].iter().all(|line| !line.contains(EDGE)), "{lines:#?}");
        assert!(lines[13].ends_with(" 200       265     331"), "{lines:#?}");
    }

    #[test]
    fn lines_fit_the_width() {
        for width in [60, 61, 80, 200] {
            for line in drawn(&curve(), width) {
                assert!(display_width(&line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn the_curve_never_goes_down() {
        let curve = curve();
        let scale = Scale::of(&curve, &Catalog::new(Lang::En), 80).unwrap();
        let rows: Vec<usize> = (0..scale.columns * DOTS_ACROSS)
            .map(|column| scale.dot_row(scale.price_at(&curve, column)))
            .collect();
        assert!(rows.windows(2).all(|pair| pair[0] >= pair[1]));
        assert_eq!((rows.first(), rows.last()), (Some(&(ROWS * DOTS_DOWN - 1)), Some(&0)));
    }

    #[test]
    fn without_a_price_there_is_no_curve() {
        let flat = Curve { points: vec![(0, Money::ZERO), (9, Money::ZERO)], edges: vec![], position: None };
        assert!(drawn(&flat, 80).is_empty());
    }
}
