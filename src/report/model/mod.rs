//! The pieces that views compose and renderers write: a [`Document`], [`Records`], a [`Workbook`] and an
//! [`Agenda`]. Values are [`Cell`]s and texts are messages, so that a renderer decides on language and
//! layout, and computes nothing. A workbook is computed again from its `Basis`, the orders and their card; a figure
//! of a grid says by its `Source` how it follows from them.

mod agenda;
mod cell;
mod columns;
mod document;
mod grid;
mod header;
mod records;
mod source;
mod workbook;

pub use agenda::{Agenda, AgendaEntry};
pub use cell::Cell;
pub use columns::Columns;
pub use document::{
    Block, Chart, ChartKind, Coverage, CoveragePoint, Curve, Document, Field, Heading, PartRole, Remark, Tag,
    Timeline, TimelinePeriod, Tone, Waterfall,
};
pub use grid::{Align, Column, Footer, Grid, GridChart, LeftOut, Row, RowRole};
pub use header::{Answer, Header};
pub use records::Records;
pub use source::{Placed, Source};
pub use workbook::{Basis, MemberInput, PayerInput, Placement, Sheet, UserInput, UserInputs, Workbook};
