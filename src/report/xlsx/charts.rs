//! The pictures of a grid, to the right of it. In go the grid and its sheet; read [`write()`] first.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType, ChartType, ColNum,
    Color, RowNum,
};

use super::Written;
use super::grid::HEADER_ROW;
use super::sheet::SheetWriter;
use crate::report::{Cell, Grid, GridChart, RowRole};

/// Size of a picture in pixels.
const WIDTH: u32 = 900;
const HEIGHT: u32 = 320;
/// Rows that a picture covers, and one between two.
const ROWS: RowNum = 18;
/// Size of a point.
const POINT: u8 = 9;

/// Colours as on the page: accounts, users, orders.
const BARS: Color = Color::RGB(0xA9_C8_E8);
const LINE: Color = Color::RGB(0x85_4D_00);
const POINTS: Color = Color::RGB(0xB3_26_1E);

/// Puts the pictures of a grid beside it.
pub(super) fn write(sheet: &mut SheetWriter<'_>, grid: &Grid) -> Written {
    let items = grid.rows.iter().take_while(|row| row.role == RowRole::Item).count();
    let (Ok(items @ 2..), Ok(beside)) = (RowNum::try_from(items), ColNum::try_from(grid.columns.len() + 1))
    else {
        return Ok(());
    };
    for (index, drawn) in (0..).zip(&grid.charts) {
        let mut chart = chart(sheet, drawn, items);
        let named = grid.rows.first().and_then(|row| row.cells.get(drawn.names));
        if matches!(named, Some(Cell::Date(_))) {
            chart.x_axis().set_date_axis(true).set_num_format("yyyy-mm");
        }
        sheet.sheet().insert_chart(HEADER_ROW + index * ROWS, beside, &chart)?;
    }
    Ok(())
}

fn chart(sheet: &mut SheetWriter<'_>, drawn: &GridChart, items: RowNum) -> Chart {
    let name = sheet.sheet().name();
    let title = sheet.book.catalog.text(&drawn.title);
    let column = |index: usize| ColNum::try_from(index).unwrap_or(0);
    let (first, last) = (HEADER_ROW + 1, HEADER_ROW + items);
    let names = (name.as_str(), first, column(drawn.names), last, column(drawn.names));
    let values = |index: usize| (name.as_str(), first, column(index), last, column(index));
    let heading = |index: usize| (name.as_str(), HEADER_ROW, column(index));
    let mut bars = Chart::new(ChartType::Column);
    bars.add_series()
        .set_categories(names)
        .set_values(values(drawn.bars))
        .set_name(heading(drawn.bars))
        .set_gap(0)
        .set_format(
            ChartFormat::new().set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(BARS)),
        );
    let mut lines = Chart::new(ChartType::Line);
    lines
        .add_series()
        .set_categories(names)
        .set_values(values(drawn.line))
        .set_name(heading(drawn.line))
        .set_format(ChartLine::new().set_color(LINE).set_width(2));
    let mut point = ChartMarker::new();
    point.set_type(ChartMarkerType::Diamond).set_size(POINT).set_format(
        ChartFormat::new().set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(POINTS)),
    );
    if let Some(points) = drawn.points {
        lines
            .add_series()
            .set_categories(names)
            .set_values(values(points))
            .set_name(heading(points))
            .set_format(ChartLine::new().set_hidden(true))
            .set_marker(&point);
    }
    bars.combine(&lines);
    bars.title().set_name(&title);
    bars.y_axis().set_min(0);
    bars.legend().set_position(ChartLegendPosition::Bottom);
    bars.set_width(WIDTH).set_height(HEIGHT);
    bars
}
