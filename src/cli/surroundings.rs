//! What the system lets the program do: how many files it may have open, how much memory it may take, which signals would end
//! it without a word, and what is said where something breaks all the same. It is looked at before any work.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;

use super::{Failure, RunStatus};

/// What went wrong inside, in the words of whoever gave up first.
static BROKEN: Mutex<Option<String>> = Mutex::new(None);

/// Does the work. Where a part of it gives up, which none should, that is one line and no report.
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

/// A file that may not grow and memory that is not there end in an error, and not in the program's end by a signal.
#[cfg(unix)]
fn heed_signals() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGABRT, SIGXFSZ};
    use signal_hook::flag;
    // Once it is heeded, whoever writes is told that the file is too large.
    let _ = flag::register(SIGXFSZ, Arc::default());
    // The line that there is no memory is written before the signal comes.
    let _ = flag::register_conditional_shutdown(SIGABRT, 1, Arc::new(AtomicBool::new(true)));
}

#[cfg(not(unix))]
fn heed_signals() {}

/// Refuses where too few files may be open or too little memory may be taken for reading with so many threads: files that
/// cannot be opened for that reason would be missing from the report.
#[cfg(unix)]
pub(super) fn check(threads: usize) -> Result<(), Failure> {
    use rlimit::{INFINITY, Resource};
    let threads = threads as u64;
    let files = FILES + FILES_PER_THREAD * threads;
    // What cannot be told is taken for enough.
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

/// Nothing is limited in this way elsewhere.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it may fail")]
pub(super) fn check(_: usize) -> Result<(), Failure> {
    Ok(())
}

/// Files open at once besides those that are read: streams, folders that are walked, what is written.
#[cfg(unix)]
const FILES: u64 = 32;

/// A file and an archive around it.
#[cfg(unix)]
const FILES_PER_THREAD: u64 = 2;

/// Addresses that the program takes to read and report a small log.
#[cfg(unix)]
const BYTES: u64 = 300_000_000;

/// The stacks of the threads that read files and notes and work on tables.
#[cfg(unix)]
const BYTES_PER_THREAD: u64 = 20_000_000;
