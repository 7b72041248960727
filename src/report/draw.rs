//! The table of formats: [`draw`] asks a view for the piece that a format shows, and hands it to the
//! renderer.

use serde::Serialize;
use strum::VariantArray;
use thiserror::Error;

use super::{OutputFormat, TableStyle, View, draw_csv, draw_html, draw_ics, draw_markdown, draw_table};
use crate::diagnostic::lang::Catalog;
use crate::diagnostic::lang::visible::escaped_in_json;

/// Options of the formats.
#[derive(Debug, Clone, Copy)]
pub struct DrawOptions<'o> {
    /// For [`OutputFormat::Table`].
    pub table: TableStyle,
    /// For the formats of text: with the facts that the figures rest on, and their sources.
    pub sources: bool,
    /// For [`OutputFormat::Html`]: the provider who presents the result.
    pub provider: Option<&'o str>,
    /// For [`OutputFormat::Csv`]: begin with a byte-order mark, so that Excel shows Chinese.
    pub excel: bool,
}

/// Error of a result that cannot be drawn in a format.
#[derive(Debug, Error)]
pub enum DrawError {
    /// The JSON cannot be written.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// The workbook cannot be written, as when it has no room left.
    #[cfg(feature = "xlsx")]
    #[error(transparent)]
    Xlsx(#[from] super::WorkbookError),
    /// The CSV cannot be written.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// The result has no piece that suits the format.
    #[error("this result has no {} format", format.as_str())]
    NoSuchFormat {
        /// The format.
        format: OutputFormat,
    },
}

/// A result in a format.
#[derive(Debug)]
pub struct Drawn {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Number of texts that are not there in full, since the format holds none so long.
    pub cut_texts: usize,
}

/// Draws a result in a format, as the bytes of a file. Only the piece that the format shows is composed.
///
/// # Errors
/// [`DrawError`] if the result has no such piece, or it cannot be written.
pub fn draw(
    view: &impl View,
    format: OutputFormat,
    catalog: &Catalog,
    options: DrawOptions<'_>,
) -> Result<Vec<u8>, DrawError> {
    draw_and_count_cuts(view, format, catalog, options).map(|drawn| drawn.bytes)
}

/// Draws a result as [`draw`] does, and counts the texts that had to be cut.
///
/// # Errors
/// Those of [`draw`].
pub fn draw_and_count_cuts(
    view: &impl View,
    format: OutputFormat,
    catalog: &Catalog,
    options: DrawOptions<'_>,
) -> Result<Drawn, DrawError> {
    let missing = || DrawError::NoSuchFormat { format };
    let for_programs = || Catalog::for_programs(catalog.lang());
    let text_of = || match options.sources {
        true => view.document(),
        false => view.document().without_sources(),
    };
    #[cfg_attr(not(feature = "xlsx"), allow(unused_mut, reason = "only workbooks cut texts"))]
    let mut cut_texts = 0;
    let bytes = match format {
        OutputFormat::Table => draw_table(&text_of(), catalog, options.table).into_bytes(),
        OutputFormat::Markdown => draw_markdown(&text_of(), catalog).into_bytes(),
        OutputFormat::Html => draw_html(&view.document(), catalog, options.provider).into_bytes(),
        OutputFormat::Json => draw_json(&view.json(&for_programs()))?.into_bytes(),
        OutputFormat::Ndjson => {
            let mut text = String::new();
            for line in view.lines().ok_or_else(missing)? {
                text.push_str(&escaped_in_json(serde_json::to_string(&line)?));
                text.push('\n');
            }
            text.into_bytes()
        }
        OutputFormat::Csv => draw_csv(&view.records().ok_or_else(missing)?, &for_programs(), options.excel)?,
        #[cfg(feature = "xlsx")]
        OutputFormat::Xlsx => {
            let workbook = view.workbook().ok_or_else(missing)?;
            let (bytes, cut) = super::xlsx::draw_and_count_cuts(&workbook, catalog)?;
            cut_texts = cut;
            bytes
        }
        #[cfg(not(feature = "xlsx"))]
        OutputFormat::Xlsx => return Err(missing()),
        OutputFormat::Ics => draw_ics(&view.agenda().ok_or_else(missing)?, catalog).into_bytes(),
    };
    Ok(Drawn { bytes, cut_texts })
}

/// Draws a value as indented JSON. Signs that a terminal obeys or a reader does not see are escapes, so that the value is
/// the same. Ends with a newline.
///
/// # Errors
/// Those of the value's own serialization.
pub fn draw_json(value: &impl Serialize) -> serde_json::Result<String> {
    Ok(escaped_in_json(serde_json::to_string_pretty(value)?) + "\n")
}

/// Returns the formats that a result has a piece for.
pub fn formats_of(view: &impl View) -> Vec<OutputFormat> {
    let has = |format: &OutputFormat| match format {
        OutputFormat::Table | OutputFormat::Json | OutputFormat::Markdown | OutputFormat::Html => true,
        OutputFormat::Ndjson => view.lines().is_some(),
        OutputFormat::Csv => view.records().is_some(),
        OutputFormat::Xlsx => cfg!(feature = "xlsx") && view.workbook().is_some(),
        OutputFormat::Ics => view.agenda().is_some(),
    };
    OutputFormat::VARIANTS.iter().copied().filter(has).collect()
}
