//! Opens the files that a plan names. They stay below the plan's folder, so that a plan from elsewhere reads nothing
//! else, and are regular files. Read [`with_files`] first.

#![cfg_attr(not(feature = "wecom"), allow(dead_code, reason = "only rosters and documents have patterns"))]

use std::fs::{self, File, FileType};
use std::io;
use std::path::{Component, Path, PathBuf};

use glob::{MatchOptions, Pattern};
use walkdir::WalkDir;
use wxlicense::diagnostic::{Code, Diagnostic, SourceFile};
use wxlicense::plan::Attachments;
#[cfg(feature = "wecom")]
use wxlicense::wecom::{Documents, FoundFile};

use super::input::{read_source, source_name};
use super::reason::reason;
use super::session::Session;

/// Opens a text file that a plan names.
pub type Load<'f> = dyn Fn(&str) -> Result<SourceFile, Diagnostic> + 'f;

/// Calls a function with what opens the files that a plan names: a text file, and rosters and documents. Paths are
/// relative to the folder of the plan; to the current one if it is read from standard input.
pub fn with_files<T>(
    plan: &Path,
    session: &Session,
    read: impl FnOnce(&Load<'_>, &dyn Attachments) -> T,
) -> T {
    let folder = PlanFolder { folder: plan.parent().unwrap_or(Path::new("")), session };
    let load = |name: &str| folder.read(name);
    #[cfg(feature = "wecom")]
    {
        let find =
            |pattern: &str| Ok(folder.find(pattern)?.into_iter().map(|path| folder.found(path)).collect());
        read(&load, &Documents::new(&find))
    }
    #[cfg(not(feature = "wecom"))]
    read(&load, &wxlicense::plan::NoAttachments)
}

/// Returns the files of a path or a pattern that the user gave, sorted: at least one. They may lie anywhere.
pub fn named_files(pattern: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let text = pattern.to_string_lossy();
    if !text.contains(WILDCARDS) || pattern.exists() {
        return Ok(vec![pattern.to_owned()]);
    }
    let found = glob::glob_with(&text, MATCHING)
        .map_err(|_| Diagnostic::new(Code::BadPattern).with("pattern", text.as_ref()))?;
    let found = found.map(|path| path.map_err(|error| unreadable(error.path(), error.error())));
    let found: Vec<PathBuf> = found.collect::<Result<_, _>>()?;
    let files: Vec<PathBuf> = found.into_iter().filter(|path| !path.is_dir()).collect();
    if files.is_empty() {
        return Err(Diagnostic::new(Code::FilesNotFound)
            .with("pattern", text.as_ref())
            .with("folder", "current"));
    }
    Ok(files)
}

/// The folder of a plan.
struct PlanFolder<'s> {
    /// The path as it is shown; empty for the current folder.
    folder: &'s Path,
    session: &'s Session,
}

const WILDCARDS: [char; 3] = ['*', '?', '['];

/// A `*` stops at the end of a name, and no pattern fits a hidden file.
const MATCHING: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

impl<'s> PlanFolder<'s> {
    fn read(&self, name: &str) -> Result<SourceFile, Diagnostic> {
        let path = self.folder.join(name);
        self.open(&path)?;
        read_source(&path, self.session)
    }

    /// Returns the files of a path or a pattern, sorted: at least one.
    fn find(&self, pattern: &str) -> Result<Vec<PathBuf>, Diagnostic> {
        let path = self.folder.join(pattern);
        if !pattern.contains(WILDCARDS) || path.exists() {
            return Ok(vec![path]);
        }
        let (base, rest) = split(pattern);
        let fitting =
            Pattern::new(&rest).map_err(|_| Diagnostic::new(Code::BadPattern).with("pattern", pattern))?;
        let base = self.folder.join(base);
        let found = if is_there(&base) { self.fitting(&base, &rest, &fitting)? } else { Vec::new() };
        if found.is_empty() {
            let folder = if self.folder.as_os_str().is_empty() {
                "current".to_owned()
            } else {
                source_name(self.folder)
            };
            return Err(Diagnostic::new(Code::FilesNotFound).with("pattern", pattern).with("folder", folder));
        }
        Ok(found)
    }

    /// Returns the files below a folder that fit a pattern. Links to folders are not followed, since they can lead in
    /// circles.
    fn fitting(&self, base: &Path, rest: &str, fitting: &Pattern) -> Result<Vec<PathBuf>, Diagnostic> {
        self.check_inside(or_current(base))?;
        let depth = if rest.contains("**") { usize::MAX } else { rest.split('/').count() };
        let mut found = Vec::new();
        for entry in WalkDir::new(or_current(base)).max_depth(depth).sort_by_file_name() {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(base).to_owned();
                unreadable(&path, &error.into())
            })?;
            let name = entry.path().strip_prefix(or_current(base)).unwrap_or(entry.path());
            if fitting.matches_path_with(name, MATCHING) && !entry.path().is_dir() {
                found.push(base.join(name));
            }
        }
        Ok(found)
    }

    #[cfg(feature = "wecom")]
    fn found(&self, path: PathBuf) -> FoundFile<'_> {
        let name = source_name(&path);
        let open = move || {
            self.session.note_input(&path);
            Ok(Box::new(self.open(&path)?) as Box<dyn wxlicense::wecom::roster::Content>)
        };
        FoundFile { name, open: Box::new(open) }
    }

    /// Opens a regular file below the folder.
    fn open(&self, path: &Path) -> Result<File, Diagnostic> {
        let unreadable = |error: io::Error| unreadable(path, &error);
        let path_there = self.check_inside(path)?;
        let kind = fs::metadata(&path_there).map_err(unreadable)?.file_type();
        if kind.is_dir() {
            return Err(unreadable(io::ErrorKind::IsADirectory.into()));
        }
        if !kind.is_file() {
            // A pipe that nobody writes to would be waited for.
            return Err(Diagnostic::new(Code::FileSpecial)
                .with("file", source_name(path))
                .with("kind", kind_word(kind)));
        }
        File::open(path_there).map_err(unreadable)
    }

    /// Returns the path of a file without links; refuses one that is not below the folder.
    fn check_inside(&self, path: &Path) -> Result<PathBuf, Diagnostic> {
        let path_there = fs::canonicalize(path).map_err(|error| unreadable(path, &error))?;
        if self.session.allows_outside() {
            return Ok(path_there);
        }
        let folder = or_current(self.folder);
        let folder = fs::canonicalize(folder).map_err(|error| unreadable(folder, &error))?;
        if path_there.starts_with(folder) {
            return Ok(path_there);
        }
        Err(Diagnostic::new(Code::FileOutside).with("file", source_name(path)))
    }
}

/// Returns the folders of a pattern before the first part with a wildcard, and the rest.
fn split(pattern: &str) -> (PathBuf, String) {
    let mut parts = Path::new(pattern).components();
    let mut base = PathBuf::new();
    let mut rest = Vec::new();
    for part in parts.by_ref() {
        let text = part.as_os_str().to_string_lossy();
        match part {
            _ if rest.is_empty() && !text.contains(WILDCARDS) => base.push(part),
            // A folder that a wildcard stands for has no other way up than the one that leads to it.
            Component::CurDir => {}
            _ => rest.push(text.into_owned()),
        }
    }
    (base, rest.join("/"))
}

fn is_there(path: &Path) -> bool {
    or_current(path).exists()
}

/// Returns a path, and the current folder for an empty one.
fn or_current(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::FileUnreadable).with("file", source_name(path)).with("reason", reason(error))
}

#[cfg(unix)]
fn kind_word(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        kind if kind.is_fifo() => "pipe",
        kind if kind.is_char_device() || kind.is_block_device() => "device",
        _ => "other",
    }
}

#[cfg(not(unix))]
fn kind_word(_: FileType) -> &'static str {
    "other"
}
