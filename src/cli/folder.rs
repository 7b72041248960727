//! Writes a folder of files whole or not at all. Read [`write_folder`] first.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;
use wxlicense::diagnostic::{Code, Diagnostic};

use super::failure::Failure;
use super::files::unwritable;
use super::temporary::{folder_in, uninterrupted};

/// Name of the file that lists the others.
pub const MANIFEST: &str = "manifest.json";

/// Writes files into a folder that is new, or empty, or replaced: it appears only once all are complete on the disk.
/// `schema` is that of the manifest, which is among the files: a folder is replaced, with `force`, only if it has
/// such a manifest and nothing that the manifest does not list.
pub fn write_folder(
    folder: &Path,
    files: &[(&str, &[u8])],
    schema: &str,
    force: bool,
) -> Result<(), Failure> {
    let failed = |error: io::Error| unwritable(folder, &error);
    // The target of a symbolic link, so that the link stays.
    let target = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let is_there = refuse_other(folder, &target, schema, force)?;
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    // The system's own error, without the temporary name.
    let (staged, _guard) = folder_in(parent).map_err(|error| failed(error.kind().into()))?;
    for (name, bytes) in files {
        uninterrupted(|| write_synced(&staged.path().join(name), bytes)).map_err(failed)?;
    }
    if !is_there {
        uninterrupted(|| fs::rename(staged.path(), &target)).map_err(failed)?;
        let _ = staged.keep();
        return Ok(());
    }
    let mode = fs::metadata(&target).map_err(failed)?.permissions();
    fs::set_permissions(staged.path(), mode).map_err(failed)?;
    // It holds the only copy of the old files for a moment, so that nothing but this function removes it.
    let old = tempfile::Builder::new().prefix(".wxlicense-old-").tempdir_in(parent);
    let old = old.map_err(|error| failed(error.kind().into()))?;
    let kept = old.path().join("old");
    let replaced = uninterrupted(|| {
        fs::rename(&target, &kept)?;
        fs::rename(staged.path(), &target).or_else(|error| fs::rename(&kept, &target).and(Err(error)))
    });
    if let Err(error) = replaced {
        if kept.exists() {
            let _ = old.keep();
        }
        return Err(failed(error).into());
    }
    let _ = staged.keep();
    Ok(())
}

/// Returns true if the folder exists and may be replaced.
fn refuse_other(folder: &Path, target: &Path, schema: &str, force: bool) -> Result<bool, Diagnostic> {
    let entries = match fs::read_dir(target) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(unwritable(folder, &error)),
    };
    let names: io::Result<Vec<String>> =
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect();
    let names = names.map_err(|error| unwritable(folder, &error))?;
    let shown = folder.display().to_string();
    if names.is_empty() {
        return Ok(true);
    }
    let manifest = fs::read(target.join(MANIFEST)).ok();
    let listed = manifest.and_then(|bytes| listed(&bytes, schema));
    match listed.is_some_and(|listed| names.iter().all(|name| name == MANIFEST || listed.contains(name))) {
        false => {
            Err(Diagnostic::new(Code::FolderNotReplaced).with("folder", shown).with("manifest", MANIFEST))
        }
        true if !force => Err(Diagnostic::new(Code::FileExists).with("file", shown)),
        true => Ok(true),
    }
}

/// Returns the files that a manifest lists; `None` if it is none of this schema.
fn listed(manifest: &[u8], schema: &str) -> Option<HashSet<String>> {
    let manifest: Value = serde_json::from_slice(manifest).ok()?;
    let calls = manifest.get("calls")?.as_array()?;
    let files = calls.iter().map(|call| call.get("file")?.as_str().map(str::to_owned));
    (manifest.get("schema")?.as_str()? == schema).then(|| files.collect()).flatten()
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write;

    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
