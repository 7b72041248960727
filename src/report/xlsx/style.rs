//! The formats of cells: one for each [`Kind`] of content in each [`Role`].

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use strum::VariantArray;

use super::excel_date;
use crate::report::Cell;

/// The content of a cell, which decides on its number format and alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub(super) enum Kind {
    Text,
    /// The name of a part of what is above it.
    Nested,
    /// Text that is the result of a formula. The format of plain text would turn the formula into text when
    /// edited.
    Word,
    /// Text over a column of figures.
    RightText,
    /// The number of an order.
    Ordinal,
    Count,
    /// Accounts in a tier, where nothing is a dash.
    Tier,
    /// Yuan to the fen; a text instead is a gap.
    Money,
    /// A difference in yuan to the fen; a text instead is a gap.
    Change,
    /// A part of one, shown in percent.
    Percent,
    /// A growth, shown in percent.
    Rate,
    /// Yuan with up to four decimals; a text instead is a gap.
    Fine,
    /// A price with up to four decimals.
    Price,
    Date,
}

impl Kind {
    /// Returns the kind of a value of a report.
    pub(super) fn of(cell: &Cell) -> Kind {
        match cell.value() {
            Cell::Count(_) => Kind::Count,
            Cell::Money(_) => Kind::Money,
            Cell::Change(_) => Kind::Change,
            Cell::Percent(_) => Kind::Percent,
            Cell::UnitPrice(_) => Kind::Price,
            Cell::Amount(_) => Kind::Fine,
            Cell::Date(date) if excel_date(*date).is_some() => Kind::Date,
            Cell::Date(_)
            | Cell::Empty
            | Cell::Unknown
            | Cell::Range { .. }
            | Cell::Text(_)
            | Cell::Message(_)
            | Cell::Keyed { .. } => Kind::Text,
            Cell::Computed { value, .. } => Kind::of(value),
        }
    }
}

/// The purpose of a cell for its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub(super) enum Role {
    /// A figure or a text that follows from others.
    Plain,
    /// To be changed by the reader.
    Input,
    /// Follows from others until the reader changes it.
    Default,
    /// A sum of the cells above.
    Total,
    /// Overdue.
    Overdue,
    /// Due soon.
    Due,
    /// The title of a column.
    Header,
}

/// The formats of a workbook.
pub(super) struct Styles {
    /// By kind, then by role.
    cells: Vec<Vec<Format>>,
    title: Format,
    hint: Format,
    strong: Format,
    plain: Format,
    sentence: Format,
    caution: Format,
    strong_sentence: Format,
}

impl Styles {
    pub(super) fn new() -> Styles {
        let roles = |kind: &Kind| Role::VARIANTS.iter().map(|role| cell_format(*kind, *role)).collect();
        Styles {
            cells: Kind::VARIANTS.iter().map(roles).collect(),
            title: Format::new().set_bold().set_font_size(14),
            hint: Format::new().set_italic().set_font_color(GREY),
            strong: Format::new().set_bold().set_font_size(13).set_align(FormatAlign::Left),
            plain: Format::new(),
            sentence: sentence(),
            caution: sentence().set_font_color(CAUTION_INK),
            strong_sentence: sentence().set_bold(),
        }
    }

    pub(super) fn of(&self, kind: Kind, role: Role) -> &Format {
        &self.cells[kind as usize][role as usize]
    }

    pub(super) fn title(&self) -> &Format {
        &self.title
    }

    pub(super) fn hint(&self) -> &Format {
        &self.hint
    }

    /// Returns the format of the answer, above a table.
    pub(super) fn strong(&self) -> &Format {
        &self.strong
    }

    /// Returns the format of a text that runs over into the cells beside it.
    pub(super) fn plain(&self) -> &Format {
        &self.plain
    }

    /// Returns the format of a text of several lines.
    pub(super) fn sentence(&self) -> &Format {
        &self.sentence
    }

    /// Returns the format of an answer of several lines.
    pub(super) fn strong_sentence(&self) -> &Format {
        &self.strong_sentence
    }

    /// Returns the format of a text of several lines on something that is missing or uncertain.
    pub(super) fn caution(&self) -> &Format {
        &self.caution
    }
}

fn sentence() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

const GREY: Color = Color::RGB(0x59_59_59);
/// Rows that count for nothing.
pub(super) const FADED_INK: Color = Color::RGB(0xA6_A6_A6);
const LINE: Color = Color::RGB(0xBF_BF_BF);
const HEADER: Color = Color::RGB(0xDD_E6_F0);
const TOTAL: Color = Color::RGB(0xF2_F2_F2);
/// Blue on yellow: what finance takes for a cell to type in.
const INPUT_INK: Color = Color::RGB(0x00_00_FF);
const INPUT_PAPER: Color = Color::RGB(0xFF_F9_DB);
/// Yuan to the fen; the last section colours a text, which appears only if an amount is not known.
pub(super) const MONEY: &str = "¥#,##0.00;-¥#,##0.00;¥0.00;[Red]@";
/// The same for a difference, with its sign.
const CHANGE: &str = "+¥#,##0.00;-¥#,##0.00;¥0.00;[Red]@";
pub(super) const CAUTION_INK: Color = Color::RGB(0xC0_00_00);
const DUE_INK: Color = Color::RGB(0x9C_57_00);

fn cell_format(kind: Kind, role: Role) -> Format {
    let format = match kind {
        Kind::Text => Format::new().set_num_format("@").set_indent(1),
        Kind::Nested => Format::new().set_num_format("@").set_indent(3),
        Kind::Word => Format::new().set_indent(1),
        Kind::Ordinal => Format::new().set_align(FormatAlign::Center),
        Kind::RightText => Format::new().set_align(FormatAlign::Right),
        Kind::Count => Format::new().set_num_format("#,##0").set_align(FormatAlign::Right),
        Kind::Tier => Format::new().set_num_format("#,##0;-#,##0;\"–\"").set_align(FormatAlign::Right),
        Kind::Money => Format::new().set_num_format(MONEY).set_align(FormatAlign::Right),
        Kind::Change => Format::new().set_num_format(CHANGE).set_align(FormatAlign::Right),
        Kind::Percent => Format::new().set_num_format("+0.0%;-0.0%;0.0%").set_align(FormatAlign::Right),
        Kind::Rate => Format::new().set_num_format("0.0##%").set_align(FormatAlign::Right),
        Kind::Fine => Format::new()
            .set_num_format("¥#,##0.00##;-¥#,##0.00##;¥0.00;[Red]@")
            .set_align(FormatAlign::Right),
        Kind::Price => Format::new().set_num_format("¥#,##0.00##").set_align(FormatAlign::Right),
        Kind::Date => Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left).set_indent(1),
    };
    let format = format.set_border(FormatBorder::Thin).set_border_color(LINE);
    match role {
        Role::Plain => format,
        Role::Input => format.set_font_color(INPUT_INK).set_background_color(INPUT_PAPER).set_unlocked(),
        Role::Default => format.set_background_color(INPUT_PAPER).set_unlocked(),
        Role::Overdue => format.set_font_color(CAUTION_INK),
        Role::Due => format.set_font_color(DUE_INK),
        Role::Total => format.set_bold().set_background_color(TOTAL),
        Role::Header => format
            .set_bold()
            .set_background_color(HEADER)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter),
    }
}
