use thiserror::Error;

use super::{
    OutputFormat, Report, TableStyle, draw_csv, draw_html, draw_ics, draw_markdown, draw_table, draw_xlsx,
};
use crate::diagnostic::lang::Catalog;

/// How a report is drawn, as far as the forms differ.
#[derive(Debug, Clone, Copy)]
pub struct DrawOptions {
    /// For [`OutputFormat::Table`].
    pub table: TableStyle,
    /// For [`OutputFormat::Csv`]: begin with a byte-order mark, so that Excel shows Chinese.
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
    #[error("there is no {} form of this", form.as_str())]
    NoSuchForm {
        /// The form.
        form: OutputFormat,
    },
}

/// Draws a report in a form, as the bytes of a file.
///
/// # Errors
/// [`DrawError`] where the form is JSON, or the report has no such form.
pub fn draw(
    report: &Report,
    form: OutputFormat,
    catalog: &Catalog,
    options: DrawOptions,
) -> Result<Vec<u8>, DrawError> {
    match form {
        OutputFormat::Table => Ok(draw_table(report, catalog, options.table).into_bytes()),
        OutputFormat::Json => Err(DrawError::Json),
        OutputFormat::Xlsx => Ok(draw_xlsx(&report.workbook, catalog)?),
        OutputFormat::Html => Ok(draw_html(report, catalog).into_bytes()),
        OutputFormat::Ics => match &report.agenda {
            Some(agenda) => Ok(draw_ics(&report.title, agenda, catalog).into_bytes()),
            None => Err(DrawError::NoSuchForm { form }),
        },
        OutputFormat::Markdown => Ok(draw_markdown(report, catalog).into_bytes()),
        OutputFormat::Csv => Ok(draw_csv(report, catalog, options.excel)?),
    }
}
