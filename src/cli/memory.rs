//! What happens when there is no memory left: status 2, as for every question that could not be answered. Read [`watch`] first.

use std::panic::{set_hook, take_hook};
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGABRT;
use signal_hook::flag::register_conditional_shutdown;

/// Makes the program end with status 2, not by an abort, when an allocation has failed; the standard library has said so by
/// then. A panic, which is an error of the program, ends as before. Temporary files stay, as after a kill.
pub fn watch() {
    static NO_PANIC: AtomicBool = AtomicBool::new(true);
    if register_conditional_shutdown(SIGABRT, 2, &NO_PANIC).is_ok() {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            // The crate that compresses workbooks panics where others abort.
            if panic.payload().downcast_ref::<String>().is_some_and(|text| text.contains("MemError")) {
                eprintln!("memory allocation failed");
                exit(2);
            }
            NO_PANIC.store(false, Ordering::SeqCst);
            usual(panic);
        }));
    }
}
