//! Runs and notes that were in an earlier report and are not in the log any more. A day counts as having lost some
//! only if it has fewer than before: a corrected distance or word is no loss.

use std::collections::BTreeMap;

use super::earlier::{Earlier, Note, Run, Traces};
use crate::import::source::LISTED_UNDER_IGNORE;
use crate::model::ledger::FileOutcome;
use crate::report::contract::Report;
use crate::report::wording;

/// What is gone since an earlier report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gone {
    pub runs: u64,
    pub notes: u64,
    /// Whether it looks like missing files, and not like a line that the runner removed.
    pub lost: bool,
}

impl Gone {
    /// What is in `earlier` and not in `report`.
    pub fn between(earlier: &Earlier, report: &Report, traces: &Traces) -> Self {
        let mut rows: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for row in &report.import.files {
            rows.entry(&row.path).or_default().push(row);
        }
        let rows = |source: &str| rows.get(source).into_iter().flatten();
        let set_aside = |source: &str| rows(source).any(|row| row.reason.as_deref() == Some(LISTED_UNDER_IGNORE));
        let runs: Vec<&Run> = earlier.runs.iter().filter(|run| !run.sources.iter().any(|one| set_aside(one))).collect();
        let notes: Vec<&Note> = earlier.notes.iter().filter(|note| !set_aside(&note.source)).collect();

        let mut days = BTreeMap::new();
        for run in runs {
            let (then, unmatched) = days.entry(run.local_date).or_insert((0, 0));
            *then += 1;
            *unmatched += usize::from(!traces.has_run(run));
        }
        let fewer = |day, then: usize| then.saturating_sub(traces.runs.get(day).map_or(0, Vec::len));
        let runs: usize = days.iter().map(|(day, (then, unmatched))| fewer(day, *then).min(*unmatched)).sum();

        let mut days: BTreeMap<_, usize> = BTreeMap::new();
        for note in &notes {
            *days.entry(note.date).or_default() += 1;
        }
        let mut left: BTreeMap<_, usize> = days
            .into_iter()
            .map(|(day, then)| (day, then.saturating_sub(traces.notes.get(&day).map_or(0, Vec::len))))
            .collect();
        let mut files = BTreeMap::new();
        for note in notes {
            let (then, gone) = files.entry(note.source.as_str()).or_insert((0, 0));
            *then += 1;
            let fewer = left.get_mut(&note.date).filter(|left| **left > 0);
            if let Some(fewer) = fewer.filter(|_| !traces.has_note(note.date, &note.text)) {
                *fewer -= 1;
                *gone += 1;
            }
        }
        let read = |path: &str| rows(path).any(|row| row.outcome != FileOutcome::Failed && row.notes > 0);
        let lost_notes = files.iter().any(|(path, (then, gone))| *gone > 0 && (!read(path) || 2 * gone > *then));
        let notes: usize = files.values().map(|(_, gone)| gone).sum();
        Self { runs: runs as u64, notes: notes as u64, lost: runs > 0 || lost_notes }
    }

    /// `39 runs and 2 notes of the last report are not in the log now (is a folder missing?)`
    pub fn told(&self) -> Option<String> {
        if self.lost { missing_in_brackets(self.runs, self.notes) } else { what(self.runs, self.notes) }
    }

    /// `39 runs of the last report are not in the log now: is a folder missing?`; `None` unless files seem to be
    /// missing.
    pub fn missing(&self) -> Option<String> {
        missing(self.runs, self.notes).filter(|_| self.lost)
    }
}

/// `39 runs of the last report are not in the log now (is a folder missing?)`
#[must_use]
pub fn missing_in_brackets(runs: u64, notes: u64) -> Option<String> {
    Some(format!("{} (is a folder missing?)", what(runs, notes)?))
}

/// `39 runs of the last report are not in the log now: is a folder missing?`
#[must_use]
pub fn missing(runs: u64, notes: u64) -> Option<String> {
    Some(format!("{}: is a folder missing?", what(runs, notes)?))
}

/// The missing entries in words: `39 runs and 2 notes of the last report are not in the log now`
fn what(runs: u64, notes: u64) -> Option<String> {
    let runs_in_words = (runs > 0).then(|| wording::counted(runs, "run", "runs"));
    let notes_in_words = (notes > 0).then(|| wording::counted(notes, "note", "notes"));
    let what: Vec<String> = runs_in_words.into_iter().chain(notes_in_words).collect();
    let verb = if runs + notes == 1 { "is" } else { "are" };
    (!what.is_empty()).then(|| format!("{} of the last report {verb} not in the log now", wording::listed(&what)))
}
