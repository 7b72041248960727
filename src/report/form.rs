use std::path::Path;

/// How much of a report is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Detail {
    /// What is read: no pictures, no flat items, no basis to compute from.
    Text,
    /// All of it.
    Whole,
}

/// A form that a report can be drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutputFormat {
    /// Text for a terminal.
    Table,
    /// JSON with a stable shape.
    Json,
    /// Markdown for issues and pull requests.
    Markdown,
    /// CSV (RFC 4180): one row an item.
    Csv,
    /// A workbook that recalculates.
    Xlsx,
    /// A page that stands alone.
    Html,
    /// Entries for a calendar program (RFC 5545): one a day that must not be missed.
    Ics,
}

impl OutputFormat {
    /// Every form, with the word that `--format` takes and the endings of its files.
    pub const ALL: &[(OutputFormat, &'static str, &'static [&'static str])] = &[
        (OutputFormat::Table, "table", &["txt"]),
        (OutputFormat::Json, "json", &["json"]),
        (OutputFormat::Markdown, "markdown", &["md"]),
        (OutputFormat::Csv, "csv", &["csv"]),
        (OutputFormat::Xlsx, "xlsx", &["xlsx"]),
        (OutputFormat::Html, "html", &["html", "htm"]),
        (OutputFormat::Ics, "ics", &["ics"]),
    ];

    /// The word that `--format` takes.
    pub fn word(self) -> &'static str {
        OutputFormat::ALL.iter().find(|(form, _, _)| *form == self).map_or("", |(_, word, _)| word)
    }

    /// Whether the form is bytes rather than text, and so no reading matter for a terminal.
    pub fn is_binary(self) -> bool {
        self == OutputFormat::Xlsx
    }

    /// How much of a report the form shows.
    pub fn extent(self) -> Detail {
        match self {
            OutputFormat::Table | OutputFormat::Markdown => Detail::Text,
            OutputFormat::Json
            | OutputFormat::Csv
            | OutputFormat::Xlsx
            | OutputFormat::Html
            | OutputFormat::Ics => Detail::Whole,
        }
    }

    /// The form of this word.
    pub fn from_word(word: &str) -> Option<OutputFormat> {
        OutputFormat::ALL.iter().find(|(_, other, _)| *other == word).map(|(form, _, _)| *form)
    }

    /// The form that a file's ending names; upper and lower case are the same.
    ///
    /// ```
    /// use wxlicense::report::OutputFormat;
    /// assert_eq!(OutputFormat::from_path("quote.JSON".as_ref()), Some(OutputFormat::Json));
    /// assert_eq!(OutputFormat::from_path("quote".as_ref()), None);
    /// ```
    pub fn from_path(path: &Path) -> Option<OutputFormat> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        OutputFormat::ALL
            .iter()
            .find(|(_, _, endings)| endings.contains(&ending.as_str()))
            .map(|(form, _, _)| *form)
    }
}
