use thiserror::Error;

use super::{Form, Report, TableStyle, draw_csv, draw_html, draw_ics, draw_markdown, draw_table, draw_xlsx};
use crate::lang::Catalog;

/// How a report is drawn, as far as the forms differ.
#[derive(Debug, Clone, Copy)]
pub struct DrawOptions {
    /// For [`Form::Table`].
    pub table: TableStyle,
    /// For [`Form::Csv`]: begin with a byte-order mark, so that Excel shows Chinese.
    pub excel: bool,
}

/// Why a report cannot be drawn in a form.
#[derive(Debug, Error)]
pub enum DrawError {
    /// The form has a stable shape of its own for each result; see [`json`](super::json).
    #[error("JSON is not drawn from a report")]
    Json,
    /// The writer of workbooks failed, as it does when a sheet has no room left.
    #[error(transparent)]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The writer of CSV failed.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// The result has no such form.
    #[error("there is no {} form of this", form.word())]
    NoSuchForm {
        /// The form.
        form: Form,
    },
}

/// Draws a report in a form, as the bytes of a file.
///
/// # Errors
/// [`DrawError`] where the form is JSON, or the report has no such form.
pub fn draw(
    report: &Report,
    form: Form,
    catalog: &Catalog,
    options: DrawOptions,
) -> Result<Vec<u8>, DrawError> {
    match form {
        Form::Table => Ok(draw_table(report, catalog, options.table).into_bytes()),
        Form::Json => Err(DrawError::Json),
        Form::Xlsx => Ok(draw_xlsx(report, catalog)?),
        Form::Html => Ok(draw_html(report, catalog).into_bytes()),
        Form::Ics => match &report.agenda {
            Some(agenda) => Ok(draw_ics(&report.title, agenda, catalog).into_bytes()),
            None => Err(DrawError::NoSuchForm { form }),
        },
        Form::Markdown => Ok(draw_markdown(report, catalog).into_bytes()),
        Form::Csv => Ok(draw_csv(report, catalog, options.excel)?),
    }
}
