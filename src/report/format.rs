//! The output formats, their words and the file extensions that name them.

use std::path::Path;

use strum::{EnumString, IntoStaticStr, VariantArray};

/// A format that a result can be written in. Its word, such as `markdown`, is what `--format` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[derive(EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum OutputFormat {
    /// Text for a terminal.
    Table,
    /// JSON with a stable shape.
    Json,
    /// Its items as JSON, a line each.
    Ndjson,
    /// Markdown for issues and pull requests.
    Markdown,
    /// CSV (RFC 4180): one row an item.
    Csv,
    /// A workbook that recalculates.
    Xlsx,
    /// A page in one file.
    Html,
    /// Entries for a calendar program (RFC 5545): one a day that must not be missed.
    Ics,
}

impl OutputFormat {
    /// Returns the word that `--format` takes.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns true if it is bytes rather than text, which no terminal shows.
    pub fn is_binary(self) -> bool {
        self == OutputFormat::Xlsx
    }

    /// Returns the format that a file's extension names, in upper or lower case.
    ///
    /// ```
    /// use wxlicense::report::OutputFormat;
    /// assert_eq!(OutputFormat::from_path("quote.JSON".as_ref()), Some(OutputFormat::Json));
    /// assert_eq!(OutputFormat::from_path("quote".as_ref()), None);
    /// ```
    pub fn from_path(path: &Path) -> Option<OutputFormat> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" => Some(OutputFormat::Table),
            "json" => Some(OutputFormat::Json),
            "md" => Some(OutputFormat::Markdown),
            "csv" => Some(OutputFormat::Csv),
            "xlsx" => Some(OutputFormat::Xlsx),
            "html" | "htm" => Some(OutputFormat::Html),
            "ics" => Some(OutputFormat::Ics),
            _ => None,
        }
    }
}
