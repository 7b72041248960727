use std::io::{self, ErrorKind};

use wxlicense::diagnostic::lang::{Arg, Message};

/// Returns the reason of a system error, in the reader's language if there is a text for it.
pub fn reason(error: &io::Error) -> Arg {
    let id = match error.kind() {
        ErrorKind::NotFound => "term-io-not-found",
        ErrorKind::PermissionDenied => "term-io-permission",
        ErrorKind::IsADirectory => "term-io-folder",
        ErrorKind::NotADirectory => "term-io-not-a-folder",
        ErrorKind::StorageFull => "term-io-full",
        ErrorKind::ReadOnlyFilesystem => "term-io-read-only",
        ErrorKind::InvalidFilename => "term-io-bad-name",
        ErrorKind::FileTooLarge => "term-io-too-large",
        _ => return error.to_string().into(),
    };
    Message::new(id).into()
}
