//! The ledger in words: a line a file, and its problems under it.

use crate::model::ledger::LedgerRow;
use crate::model::problem::Cost;
use crate::model::reading::name_of;
use crate::report::plain::one_line;
use crate::report::wording::counted;

/// One file: outcome, path, what it is, what it held, and why.
pub(super) fn line(row: &LedgerRow) -> String {
    let outcome = name_of(row.outcome);
    let kind = match (&row.format, &row.dialect) {
        (Some(format), Some(dialect)) if format != dialect => format!(", {format} ({dialect})"),
        (Some(format), _) => format!(", {format}"),
        (None, _) => String::new(),
    };
    let mut held = String::new();
    let counts = [
        (row.activities, "activity", "activities"),
        (row.notes, "note", "notes"),
        (row.shoes, "pair of shoes", "pairs of shoes"),
    ];
    for (n, one, many) in counts.into_iter().filter(|(n, ..)| *n > 0) {
        held.push_str(&format!(", {}", counted(n, one, many)));
    }
    let reason = row.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
    format!("{outcome:<8}{}\n", one_line(&format!("{}{kind}{held}{reason}", row.path)))
}

/// The problems of a file, a line each; those that cost less than `least` are left out.
pub(super) fn problems(row: &LedgerRow, least: Cost) -> Vec<String> {
    let told = row.problems.iter().filter(|problem| problem.cost >= least);
    told.map(|problem| one_line(&problem.line(&row.path)) + "\n").collect()
}
