//! What the system allows the program: open files, memory, and signals that would end it silently. It is checked
//! before any work, and a panic is turned into an error.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;

use super::{Failure, RunStatus};

/// The message of the first panic.
static BROKEN: Mutex<Option<String>> = Mutex::new(None);

/// Does the work. A panic in it, which should never happen, becomes one line of error and no report.
pub(super) fn guarded(work: impl FnOnce() -> Result<RunStatus, Failure>) -> Result<RunStatus, Failure> {
    heed_signals();
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        panic::set_hook(Box::new(|broken| {
            let message = broken.payload_as_str().unwrap_or("a part of it gave up").to_owned();
            if let Ok(mut first) = BROKEN.lock() {
                first.get_or_insert(message);
            }
        }));
    }
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let message = BROKEN.lock().ok().and_then(|mut first| first.take()).unwrap_or_default();
        let message: String = message.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
        Err(Failure::Broken(message))
    })
}

/// Makes an attempt to exceed the allowed file size, or lack of memory, end in an error and not in a signal.
#[cfg(unix)]
fn heed_signals() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGABRT, SIGXFSZ};
    use signal_hook::flag;
    // With a handler, the write returns the error that the file is too large.
    let _ = flag::register(SIGXFSZ, Arc::default());
    // The message that there is no memory is written before the signal comes.
    let _ = flag::register_conditional_shutdown(SIGABRT, 1, Arc::new(AtomicBool::new(true)));
}

#[cfg(not(unix))]
fn heed_signals() {}

/// Refuses to start where too few files may be open, or too little memory is allowed, for this number of threads:
/// files that could not be opened would be missing from the report.
#[cfg(unix)]
pub(super) fn check(threads: usize) -> Result<(), Failure> {
    use rlimit::{INFINITY, Resource};
    let threads = threads as u64;
    let files = FILES + FILES_PER_THREAD * threads;
    // A limit that cannot be read counts as high enough.
    if let Ok((soft, hard)) = Resource::NOFILE.get()
        && soft < files
        && (hard < files || Resource::NOFILE.set(files, hard).is_err())
    {
        return Err(Failure::TooFewFiles { most: soft, needed: files });
    }
    let memory = BYTES + BYTES_PER_THREAD * threads;
    if let Ok((soft, _)) = Resource::AS.get()
        && soft != INFINITY
        && soft < memory
    {
        return Err(Failure::TooLittleMemory { most_bytes: soft, needed_bytes: memory });
    }
    Ok(())
}

/// Other systems have no such limits.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it may fail")]
pub(super) fn check(_: usize) -> Result<(), Failure> {
    Ok(())
}

/// Open files besides those being read: streams, folders being walked, files being written.
#[cfg(unix)]
const FILES: u64 = 32;

/// A file and the archive that contains it.
#[cfg(unix)]
const FILES_PER_THREAD: u64 = 2;

/// Address space in bytes to read and report a small log.
#[cfg(unix)]
const BYTES: u64 = 300_000_000;

/// Address space in bytes for the stacks of the threads that read files and notes and work on tables.
#[cfg(unix)]
const BYTES_PER_THREAD: u64 = 20_000_000;
