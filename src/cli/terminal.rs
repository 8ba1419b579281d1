//! Standard output and standard error: the last gate for texts of others on their way to a terminal. A closed pipe ends
//! output in silence.

use std::io::{self, Write};

use super::Failure;
use crate::report::plain;
use crate::report::terminal_page::Page;
use crate::whole_file::why_not;

/// Columns of the terminal, or 80 where there is none.
pub(super) fn width() -> usize {
    terminal_size::terminal_size().map_or(80, |(terminal_size::Width(columns), _)| usize::from(columns))
}

/// The widest a page of text gets, whatever the terminal.
const WIDEST_PAGE: usize = 100;

/// An empty page as wide as the terminal, up to a hundred columns.
pub(super) fn page() -> Page {
    Page::new(width().min(WIDEST_PAGE))
}

/// Writes to standard output; styles are taken out where they are not wanted, and whatever else acts on a terminal is shown.
pub(super) fn say(text: &str) -> Result<(), Failure> {
    let text = plain::styled(text);
    settle(anstream::stdout().lock().write_all(text.as_bytes()).and_then(|()| anstream::stdout().flush()))
}

/// Writes bytes to standard output as they are: a format, which has made texts of others harmless by itself.
pub(super) fn say_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    settle(out.write_all(bytes).and_then(|()| out.flush()))
}

/// Passes over a closed pipe, which is no fault; any other error is told.
pub(super) fn settle(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::StandardOutput(why_not(&error))),
        _ => Ok(()),
    }
}

/// Writes to standard error, without any style. Where even that fails there is nobody left to tell.
pub(super) fn complain(text: &str) {
    let _ = anstream::stderr().lock().write_all(plain::clean(text).as_bytes());
}

/// Writes a page with styles to standard error.
pub(super) fn complain_in_style(page: &str) {
    let _ = anstream::stderr().lock().write_all(plain::styled(page).as_bytes());
}
