//! Results for people and programs. Each command has a [`View`], which composes five pieces: a [`Document`],
//! [`Records`], a [`Workbook`], an [`Agenda`] and JSON, whole or in lines. Each output format has one renderer, which writes one
//! piece and knows nothing of commands. Read [`draw()`] first: it is the table of formats.

mod assumptions;
mod csv;
mod draw;
mod explain;
mod format;
mod html;
mod ics;
pub(crate) mod json;
mod markdown;
mod model;
mod notes;
mod optimize_words;
mod reasons;
mod table;
mod view;
mod views;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use assumptions::assumption_text;
pub use csv::draw_csv;
pub use draw::{DrawError, DrawOptions, Drawn, draw, draw_and_count_cuts, draw_json, formats_of};
pub use explain::{explain, waiver_reason};
pub use format::OutputFormat;
pub use html::draw_html;
pub use ics::draw_ics;
pub use markdown::draw_markdown;
pub use model::{
    Agenda, AgendaEntry, Align, Answer, Basis, Block, Cell, Chart, ChartKind, Column, Columns, Coverage,
    CoveragePoint, Curve, Document, Field, Footer, Grid, GridChart, Header, Heading, LeftOut, MemberInput,
    PartRole, PayerInput, Placed, Placement, Records, Remark, Row, RowRole, Sheet, Source, Tag, Timeline,
    TimelinePeriod, Tone, UserInput, UserInputs, Waterfall, Workbook,
};
pub use notes::note_text;
pub use table::{TableStyle, draw_table};
pub use view::View;
#[cfg(feature = "wecom")]
pub use views::OrderView;
#[cfg(feature = "wecom")]
pub use views::ReconcileView;
#[cfg(feature = "batch")]
pub use views::batch_document;
pub use views::{
    BudgetView, CalendarView, CardListView, CardView, CompareBudgetsView, CompareView, FitView, OptimizeView,
    QuoteView, StatusView, Tradeoffs, UserNames, event_word, period_name,
};
#[cfg(feature = "xlsx")]
pub use xlsx::{WorkbookError, draw_xlsx, save_xlsx};

use crate::diagnostic::lang::visible::one_line;
