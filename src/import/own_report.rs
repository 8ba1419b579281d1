//! By what a file is known as a report that runhip wrote, so that no report is read as a log and none of somebody else's files
//! is replaced.

use memchr::memmem;

use crate::model::own_file::MARKDOWN_REPORT;

/// As much of a file as the marks are sought in.
pub const BEGINNING_BYTES: usize = 4_096;

/// The marks that the report formats carry near their beginning.
#[must_use]
pub fn is_own_report(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(BEGINNING_BYTES)];
    [MARKDOWN_REPORT.as_bytes(), b"<meta name=\"generator\" content=\"runhip", b"\"tool\": {\n    \"name\": \"runhip\""]
        .iter()
        .any(|mark| memmem::find(start, mark).is_some())
}

/// True for what begins as runhip writes its reports, and not only holds their mark: a note may quote that.
#[must_use]
pub fn begins_as_own_report(bytes: &[u8]) -> bool {
    let begins = [&b"<!DOCTYPE html><html"[..], MARKDOWN_REPORT.as_bytes(), b"{\n  \"schema_version\": "];
    is_own_report(bytes) && begins.iter().any(|begin| bytes.starts_with(begin))
}
