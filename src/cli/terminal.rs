//! Standard output and standard error. A closed pipe ends output in silence.

use std::io::{self, Write};

use super::Failure;
use crate::whole_file::why_not;

/// Columns of the terminal, or 80 where there is none.
pub(super) fn width() -> usize {
    terminal_size::terminal_size().map_or(80, |(terminal_size::Width(columns), _)| usize::from(columns))
}

/// Writes to standard output; styles are taken out where they are not wanted.
pub(super) fn say(text: &str) -> Result<(), Failure> {
    settle(anstream::stdout().lock().write_all(text.as_bytes()).and_then(|()| anstream::stdout().flush()))
}

/// Writes bytes to standard output as they are.
pub(super) fn say_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    settle(out.write_all(bytes).and_then(|()| out.flush()))
}

/// A closed pipe is nobody's fault; anything else is told.
pub(super) fn settle(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure(format!("standard output cannot be written: {}", why_not(&error))))
        }
        _ => Ok(()),
    }
}

/// Writes to standard error. Where even that fails there is nobody left to tell.
pub(super) fn complain(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}
