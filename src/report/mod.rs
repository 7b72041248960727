//! What a person or a program is handed: a command's result becomes a [`Report`], which knows nothing of forms,
//! and a form draws it, knowing nothing of commands. JSON is the exception: it has a stable shape for each
//! result.

mod compose;
mod csv;
mod curve;
mod draw;
mod form;
mod html;
mod ics;
pub mod json;
mod line;
mod markdown;
mod model;
mod table;

mod xlsx;

pub use compose::{
    budget_report, calendar_report, card_list_report, card_report, compare_report, event_details, event_word,
    fit_report, line_kind_word, period_name, quote_report,
};
pub use csv::draw_csv;
pub use draw::{DrawError, DrawOptions, draw};
pub use form::{Detail, OutputFormat};
pub use html::draw_html;
pub use ics::draw_ics;
pub use markdown::draw_markdown;
pub use model::{
    Agenda, AgendaEntry, Align, Basis, Block, Cell, Chart, ChartKind, Column, Curve, Field, Footer, Grid,
    Heading, LeftOut, PartRole, Placed, Placement, Remark, Report, Row, RowRole, Sheet, Source, Tone,
    Workbook,
};
pub use table::{TableStyle, draw_table};
pub use xlsx::draw_xlsx;

use line::one_line;
