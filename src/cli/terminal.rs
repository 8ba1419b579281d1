//! Standard output and standard error: the last safeguard for texts from outside on their way to a terminal. A closed
//! pipe ends output silently.

use std::io::{self, Write};

use super::Failure;
use crate::report::plain;
use crate::report::terminal_page::Page;
use crate::whole_file::why_not;

/// The width of the terminal in columns, or 80 if there is none.
pub(super) fn width() -> usize {
    terminal_size::terminal_size().map_or(80, |(terminal_size::Width(columns), _)| usize::from(columns))
}

/// The greatest width of a page of text.
const WIDEST_PAGE: usize = 100;

/// An empty page as wide as the terminal, up to a hundred columns.
pub(super) fn page() -> Page {
    Page::new(width().min(WIDEST_PAGE))
}

/// Writes to standard output; styles are removed where they are not wanted, and other control characters are made
/// visible.
pub(super) fn say(text: &str) -> Result<(), Failure> {
    let text = plain::styled(text);
    settle(anstream::stdout().lock().write_all(text.as_bytes()).and_then(|()| anstream::stdout().flush()))
}

/// Writes bytes to standard output unchanged; the format has made texts from outside harmless.
pub(super) fn say_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    settle(out.write_all(bytes).and_then(|()| out.flush()))
}

/// Ignores a closed pipe, which is no error; other errors are returned.
pub(super) fn settle(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::StandardOutput(why_not(&error))),
        _ => Ok(()),
    }
}

/// Writes to standard error, without styles. If that fails too, there is nobody left to tell.
pub(super) fn complain(text: &str) {
    let _ = anstream::stderr().lock().write_all(plain::clean(text).as_bytes());
}

/// Writes a page with styles to standard error.
pub(super) fn complain_in_style(page: &str) {
    let _ = anstream::stderr().lock().write_all(plain::styled(page).as_bytes());
}
