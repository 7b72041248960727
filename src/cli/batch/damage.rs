//! A damaged Parquet file on which the decoder panics, which it does on some. Read [`report_panics`] first.

use std::panic::{Location, set_hook, take_hook};
use std::path::Path;
use std::process::exit;

use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{Code, Diagnostic};

use crate::cli::input::source_name;
use crate::cli::session::Session;
use crate::cli::temporary;

/// Has a panic of the decoder end the program as a file does that cannot be read: reported, with status 2 and no file begun. A
/// release aborts after a panic, so that nothing else could.
pub fn report_panics(path: &Path, session: &Session) {
    let problem = Diagnostic::new(Code::SheetUnreadable)
        .with("file", source_name(path))
        .with("reason", Message::new("batch-parquet-undecoded"))
        .with("fix", Message::new("batch-fix-parquet"));
    let text = session.rendered(&problem);
    let usual = take_hook();
    set_hook(Box::new(move |panic| {
        if panic.location().is_some_and(is_own) {
            return usual(panic);
        }
        temporary::remove_all();
        anstream::eprintln!("{text}");
        exit(2);
    }));
}

/// Returns true for a place in this program, which must not panic at all. Crates are compiled from elsewhere.
fn is_own(place: &Location<'_>) -> bool {
    let root = file!().strip_suffix("src/cli/batch/damage.rs").unwrap_or_default();
    match root.is_empty() {
        true => Path::new(place.file()).is_relative(),
        false => place.file().starts_with(root),
    }
}
