//! A result that is written piece by piece, and appears whole or not at all. Read [`Stream::open`] first.

use std::fs::File;
use std::io::{self, ErrorKind, Stdout, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use wxlicense::diagnostic::Diagnostic;

use super::files::{exists, is_special, names_stdout, target, temporary, unwritable};
use super::temporary::{RemovedOnSignal, uninterrupted};

/// Where a result goes. Until [`Stream::publish`] a file has a temporary name, which is removed on failure.
pub enum Stream {
    Stdout(Stdout),
    /// A device or a pipe.
    Special(PathBuf, File),
    File(PathBuf, NamedTempFile, RemovedOnSignal),
}

impl Stream {
    /// Opens what a path names.
    pub fn open(path: &Path) -> Result<Stream, Diagnostic> {
        if names_stdout(path) {
            return Ok(Stream::Stdout(io::stdout()));
        }
        let opened = if is_special(path) {
            File::options().write(true).open(path).map(|file| Stream::Special(path.to_owned(), file))
        } else {
            temporary(path).map(|(file, guard)| Stream::File(path.to_owned(), file, guard))
        };
        opened.map_err(|error| unwritable(path, &error))
    }

    /// Returns true for standard output.
    pub fn is_stdout(&self) -> bool {
        matches!(self, Stream::Stdout(_))
    }

    /// Returns the path that problems name.
    pub fn path(&self) -> &Path {
        match self {
            Stream::Stdout(_) => Path::new(super::files::STDOUT),
            Stream::Special(path, _) | Stream::File(path, ..) => path,
        }
    }

    /// Gives a complete file its name, once it is on the disk.
    pub fn publish(self, force: bool) -> Result<(), Diagnostic> {
        let Stream::File(path, file, _guard) = self else { return Ok(()) };
        file.as_file().sync_all().map_err(|error| unwritable(&path, &error))?;
        let named = uninterrupted(|| match force {
            true => file.persist(target(&path)),
            false => file.persist_noclobber(&path),
        });
        named.map(drop).map_err(|error| match error.error.kind() {
            ErrorKind::AlreadyExists => exists(&path),
            _ => unwritable(&path, &error.error),
        })
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Stream::Stdout(stdout) => stdout.write(bytes),
            Stream::Special(_, file) => file.write(bytes),
            Stream::File(_, file, _) => file.write(bytes),
        }
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Stream::Stdout(stdout) => stdout.write_all(bytes),
            Stream::Special(_, file) => file.write_all(bytes),
            Stream::File(_, file, _) => file.write_all(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Stream::Stdout(stdout) => stdout.flush(),
            Stream::Special(_, file) => file.flush(),
            Stream::File(_, file, _) => file.flush(),
        }
    }
}
