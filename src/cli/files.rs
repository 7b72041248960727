//! Writes files whole or not at all. Paths and bytes go into [`write_files`]; a failure has the problem of
//! each file.

use std::collections::HashSet;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::{NamedTempFile, TempPath};
use wxlicense::diagnostic::{Code, Diagnostic};

use super::failure::Failure;
use super::reason::reason;
use super::temporary::{RemovedOnSignal, file_in, uninterrupted};

/// Path that means standard output. A file of that name is written as `./-`.
pub const STDOUT: &str = "-";

/// Returns true for the path that means standard output.
pub fn names_stdout(path: &Path) -> bool {
    path == Path::new(STDOUT)
}

/// Writes to standard output. A closed pipe is not an error.
pub fn write_stdout(bytes: &[u8]) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write to standard output"),
    }
}

/// Writes one file whole or not at all. A device, a pipe or standard output is written directly.
pub fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    write_files(&[(path, bytes)], force)
}

/// Writes files, each whole or not at all: they appear only once all are complete on the disk.
pub fn write_files(files: &[(&Path, &[u8])], force: bool) -> Result<(), Failure> {
    let paths: Vec<&Path> = files.iter().map(|(path, _)| *path).collect();
    refuse_unwritable(&paths, force)?;
    let staged = all_or_failure(files.iter().map(|(path, bytes)| Staged::new(path, bytes)))?;
    // Writing to a device or a pipe can fail and cannot be undone, so it comes first.
    let (streams, files): (Vec<_>, Vec<_>) =
        staged.into_iter().partition(|staged| matches!(staged, Staged::Stream { .. }));
    for step in [streams, files] {
        all_or_failure(step.into_iter().map(|file| file.publish(force)))?;
    }
    Ok(())
}

/// Returns the problems that can be known before anything is computed or written: files that exist, and two
/// results for one file.
pub fn refuse_unwritable(paths: &[&Path], force: bool) -> Result<(), Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let mut seen = HashSet::new();
    for path in paths {
        if is_special(path) && !names_stdout(path) {
            continue;
        }
        if !seen.insert(identity(path)) {
            problems.push(Diagnostic::new(Code::FileNamedTwice).with("file", shown(path)));
        } else if !force && !names_stdout(path) && is_there(path) {
            problems.push(exists(path));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Returns those of the paths that lead to a file that was read, by a name or through a standard stream.
pub fn inputs_among<'p>(paths: &[&'p Path], inputs: &[PathBuf]) -> Vec<&'p Path> {
    let named: HashSet<PathBuf> = inputs.iter().map(|path| identity(path)).collect();
    let read: HashSet<FileId> = inputs.iter().filter_map(|path| file_id(path, &io::stdin())).collect();
    let is_input = |path: &&Path| {
        (!is_special(path) && named.contains(&identity(path)))
            || file_id(path, &io::stdout()).is_some_and(|id| read.contains(&id))
    };
    paths.iter().copied().filter(is_input).collect()
}

/// Reports a result that would replace a file that was read for it, or be added to it.
pub fn output_is_input(path: &Path) -> Diagnostic {
    let file = if names_stdout(path) { "<stdout>".to_owned() } else { shown(path) };
    Diagnostic::new(Code::OutputIsInput).with("file", file)
}

/// Device and number of a file.
type FileId = (u64, u64);

/// Returns which file a path leads to; for `-` that of a standard stream. `None` for what is no file, such as a terminal or a pipe.
#[cfg(unix)]
fn file_id(path: &Path, stream: &impl std::os::fd::AsFd) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;

    let metadata = match names_stdout(path) {
        true => std::fs::File::from(stream.as_fd().try_clone_to_owned().ok()?).metadata().ok()?,
        false => std::fs::metadata(path).ok()?,
    };
    metadata.is_file().then(|| (metadata.dev(), metadata.ino()))
}

/// Other systems tell no file's number without unsafe code.
#[cfg(not(unix))]
fn file_id<S>(_: &Path, _: &S) -> Option<FileId> {
    None
}

/// A result on its way to a file.
enum Staged<'f> {
    /// Complete beside its target, under a temporary name that is removed on failure.
    File { path: &'f Path, complete: TempPath, guard: RemovedOnSignal },
    /// To be written directly: a device, a pipe or standard output.
    Stream { path: &'f Path, bytes: &'f [u8] },
}

impl<'f> Staged<'f> {
    fn new(path: &'f Path, bytes: &'f [u8]) -> Result<Staged<'f>, Diagnostic> {
        if is_special(path) {
            return Ok(Staged::Stream { path, bytes });
        }
        let (complete, guard) = stage(path, bytes).map_err(|error| unwritable(path, &error))?;
        Ok(Staged::File { path, complete: complete.into_temp_path(), guard })
    }

    fn publish(self, force: bool) -> Result<(), Failure> {
        let (path, written) = match self {
            Staged::Stream { path, bytes } if names_stdout(path) => return Ok(write_stdout(bytes)?),
            Staged::Stream { path, bytes } => (path, std::fs::write(path, bytes)),
            Staged::File { path, complete, guard } => {
                let named = uninterrupted(|| match force {
                    true => complete.persist(target(path)),
                    false => complete.persist_noclobber(path),
                });
                drop(guard);
                (path, named.map_err(|error| error.error))
            }
        };
        written.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => exists(path).into(),
            _ => unwritable(path, &error).into(),
        })
    }
}

fn stage(path: &Path, bytes: &[u8]) -> io::Result<(NamedTempFile, RemovedOnSignal)> {
    let (mut file, guard) = temporary(path)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok((file, guard))
}

/// Creates a file beside a path, under a temporary name that is removed on failure and when a signal ends the program. It has
/// the mode of the file that it is to replace.
pub fn temporary(path: &Path) -> io::Result<(NamedTempFile, RemovedOnSignal)> {
    if path.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let target = target(path);
    let folder = folder_of(&target);
    let (file, guard) = file_in(folder).map_err(|error| folder_error(folder, &error))?;
    if let Ok(old) = std::fs::metadata(&target) {
        // Before anything is written: a private file is private all the time.
        // Some file systems have no modes.
        let _ = file.as_file().set_permissions(old.permissions());
    }
    Ok((file, guard))
}

/// Returns the error of a folder in which no temporary file can be created, without that file's name.
fn folder_error(folder: &Path, error: &io::Error) -> io::Error {
    let unnamed = || {
        let text = error.to_string();
        io::Error::new(error.kind(), text.split(" at path ").next().unwrap_or_default())
    };
    std::fs::metadata(folder).err().unwrap_or_else(unnamed)
}

/// Returns the path to replace: the target of a symbolic link, there or not, so that the link stays.
pub fn target(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| match std::fs::read_link(path) {
        Ok(target) => folder_of(path).join(target),
        Err(_) => path.to_owned(),
    })
}

/// Returns one path for all ways of naming a file, whether it exists or not.
fn identity(path: &Path) -> PathBuf {
    if names_stdout(path) {
        return path.to_owned();
    }
    if let Ok(there) = std::fs::canonicalize(path) {
        return there;
    }
    let folder = folder_of(path);
    let folder = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    folder.join(path.file_name().unwrap_or_default())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Returns true for an existing file. A folder is reported when it is written to: `--force` would not replace
/// it.
fn is_there(path: &Path) -> bool {
    path.exists() && !path.is_dir()
}

/// Returns true for standard output, a device or a pipe.
pub fn is_special(path: &Path) -> bool {
    names_stdout(path)
        || std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// Reports a file that exists.
pub fn exists(path: &Path) -> Diagnostic {
    Diagnostic::new(Code::FileExists).with("file", shown(path))
}

/// Reports a file or folder that the system cannot write.
pub fn unwritable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::FileUnwritable).with("file", shown(path)).with("reason", reason(error))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Returns every value, or every failure; it tries all of them.
fn all_or_failure<T, E: Into<Failure>>(
    results: impl Iterator<Item = Result<T, E>>,
) -> Result<Vec<T>, Failure> {
    let mut all: Result<Vec<T>, Failure> = Ok(Vec::new());
    for result in results {
        all = match (all, result.map_err(E::into)) {
            (Ok(mut values), Ok(value)) => {
                values.push(value);
                Ok(values)
            }
            (Err(failure), Err(later)) => Err(failure.and(later)),
            (Err(failure), Ok(_)) | (Ok(_), Err(failure)) => Err(failure),
        };
    }
    all
}
