use std::path::Path;

/// A form that a report can be drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Text for a terminal.
    Table,
    /// JSON with a stable shape.
    Json,
}

impl Form {
    /// Every form, with the word that `--format` takes and the endings of its files.
    pub const ALL: &[(Form, &'static str, &'static [&'static str])] =
        &[(Form::Table, "table", &["txt"]), (Form::Json, "json", &["json"])];

    /// The form of this word.
    pub fn from_word(word: &str) -> Option<Form> {
        Form::ALL.iter().find(|(_, other, _)| *other == word).map(|(form, _, _)| *form)
    }

    /// The form that a file's ending names; upper and lower case are the same.
    ///
    /// ```
    /// use wxlicense::report::Form;
    /// assert_eq!(Form::from_path("quote.JSON".as_ref()), Some(Form::Json));
    /// assert_eq!(Form::from_path("quote".as_ref()), None);
    /// ```
    pub fn from_path(path: &Path) -> Option<Form> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Form::ALL.iter().find(|(_, _, endings)| endings.contains(&ending.as_str())).map(|(form, _, _)| *form)
    }
}
