//! Files and folders under temporary names, beside what they are to become. They are removed on failure and when a signal ends the
//! program; what a killed run left in a folder is removed by the next one that writes there. Read [`file_in`] first.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

#[cfg(feature = "wecom")]
use tempfile::TempDir;
use tempfile::{Builder, NamedTempFile};

/// Start of all temporary names; what follows tells whose it is, where the system tells.
const PREFIX: &str = ".wxlicense-";

/// What a signal has to remove, and the folders where leftovers are removed already.
struct State {
    paths: Vec<PathBuf>,
    swept: Vec<PathBuf>,
}

static STATE: Mutex<State> = Mutex::new(State { paths: Vec::new(), swept: Vec::new() });

/// The promise that a signal removes a path, until this is dropped.
#[derive(Debug)]
pub struct RemovedOnSignal(PathBuf);

impl Drop for RemovedOnSignal {
    fn drop(&mut self) {
        lock().paths.retain(|path| *path != self.0);
        // A folder that is still there is empty; this takes no file descriptor, of which there may be none left.
        let _ = fs::remove_dir(&self.0);
    }
}

/// Creates a file in a folder, which is removed when it is dropped or a signal ends the program.
pub fn file_in(folder: &Path) -> io::Result<(NamedTempFile, RemovedOnSignal)> {
    create(folder, 0o666, NamedTempFile::path, |builder| builder.tempfile_in(folder))
}

/// Creates a folder in a folder, which is removed when it is dropped or a signal ends the program.
#[cfg(feature = "wecom")]
pub fn folder_in(folder: &Path) -> io::Result<(TempDir, RemovedOnSignal)> {
    create(folder, 0o777, TempDir::path, |builder| builder.tempdir_in(folder))
}

/// Does work that no signal interrupts, such as two renamings of which the first alone would lose a folder. What is removed on a
/// signal is changed and renamed in such work only, so that nothing is half removed when it gets its name.
pub fn uninterrupted<T>(work: impl FnOnce() -> T) -> T {
    let _state = lock();
    work()
}

/// Removes all temporary files and folders, of a program that ends at once.
#[cfg(feature = "parquet")]
pub fn remove_all() {
    lock().paths.iter().for_each(|path| remove(path));
}

fn create<T>(
    folder: &Path,
    mode: u32,
    path: impl Fn(&T) -> &Path,
    create: impl FnOnce(&mut Builder<'_, '_>) -> io::Result<T>,
) -> io::Result<(T, RemovedOnSignal)> {
    static WATCH: Once = Once::new();
    WATCH.call_once(signals::watch);
    let owner = owner::this();
    let prefix = owner.as_ref().map_or(PREFIX.to_owned(), |owner| format!("{PREFIX}{owner}-"));
    let mut builder = Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    // A signal waits until the new path is among those that it removes.
    let mut state = lock();
    if !state.swept.iter().any(|swept| swept == folder) {
        state.swept.push(folder.to_owned());
        sweep(folder);
    }
    let created = create(builder.prefix(&prefix))?;
    let path = path(&created).to_owned();
    state.paths.push(path.clone());
    Ok((created, RemovedOnSignal(path)))
}

/// Removes what runs have left in a folder that were killed. What cannot be removed stays.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let left =
            name.to_str().and_then(|name| name.strip_prefix(PREFIX)).and_then(|name| name.rsplit_once('-'));
        if left.is_some_and(|(owner, _)| owner::has_ended(owner, &entry.path())) {
            remove(&entry.path());
        }
    }
}

fn remove(path: &Path) {
    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}

fn lock() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whose a temporary name is: the start of the machine, the space of its process ids, and the process.
#[cfg(target_os = "linux")]
mod owner {
    use std::fs;
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    /// Returns the name of this process.
    pub fn this() -> Option<String> {
        Some(format!("{}-{}", space()?, std::process::id()))
    }

    /// Returns true if the process of a name ran here, for the same user, and has ended.
    pub fn has_ended(owner: &str, path: &Path) -> bool {
        let Some((its_space, process)) = owner.rsplit_once('-') else { return false };
        let is_own =
            || Some(fs::symlink_metadata(path).ok()?.uid() == fs::metadata("/proc/self").ok()?.uid());
        let is_here = process.parse::<u32>().is_ok() && space().is_some_and(|space| space == its_space);
        is_here && is_own() == Some(true) && !Path::new("/proc").join(process).exists()
    }

    fn space() -> Option<String> {
        let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        let ids = fs::read_link("/proc/self/ns/pid").ok()?;
        let ids: String = ids.to_str()?.chars().filter(char::is_ascii_digit).collect();
        Some(format!("{}-{ids}", boot.split('-').next()?))
    }
}

/// Other systems do not say which processes there are in a way that needs no unsafe code.
#[cfg(not(target_os = "linux"))]
mod owner {
    use std::path::Path;

    pub fn this() -> Option<String> {
        None
    }

    pub fn has_ended(_: &str, _: &Path) -> bool {
        false
    }
}

#[cfg(unix)]
mod signals {
    use std::sync::mpsc::channel;
    use std::thread;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// Removes the temporary files when a signal ends the program, which then ends as by that signal.
    pub fn watch() {
        let (watching, ready) = channel();
        let thread = thread::Builder::new().name("signals".to_owned()).spawn(move || {
            let signals = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| !is_ignored(*signal));
            let Ok(mut signals) = Signals::new(signals) else { return };
            let _ = watching.send(());
            if let Some(signal) = signals.forever().next() {
                let state = super::lock();
                state.paths.iter().for_each(|path| super::remove(path));
                // The lock is kept, so that no further file appears.
                let _ = emulate_default_handler(signal);
            }
        });
        if thread.is_ok() {
            // It fails if there is nothing to wait for.
            let _ = ready.recv();
        }
    }

    /// Returns true if the program was started to ignore a signal, as by nohup.
    fn is_ignored(signal: i32) -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.is_some_and(|mask| (mask >> (signal - 1)) & 1 == 1)
    }
}

#[cfg(not(unix))]
mod signals {
    pub fn watch() {}
}
