//! Says that a report is made as of the day of the last entry and not of today.

use super::contract::Report;
use super::wording;

/// `as of 13 Sep 2025, the last entry`; `None` if the report is as of another day.
#[must_use]
pub fn told(report: &Report) -> Option<String> {
    report.as_of_last_entry.then(|| format!("as of {}, the last entry", wording::day(report.as_of)))
}

/// The same as a sentence, with the option for a report of today.
#[must_use]
pub fn sentence(report: &Report) -> Option<String> {
    Some(format!("{}; --as-of today for today.", wording::capital(&told(report)?)))
}
