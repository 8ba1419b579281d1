//! What the report rests on, as far as the runner should look at it first: the sentence on warning signs where none
//! leads, and what was not read.

use super::{Line, Weight};
use crate::model::ledger::FileOutcome;
use crate::report::shown::ShownReport;
use crate::report::wording;

pub(super) fn lines(shown: &ShownReport<'_>) -> Vec<Line> {
    let report = shown.report;
    let leads = shown.urgency().is_some();
    let mut lines = Vec::new();
    // Where there is no note, the line on the hip has said so.
    let said = report.pain.is_empty() && shown.lines_left_out().is_empty();
    let sentence = report.view.no_warning_sentence.clone().or_else(|| (!said).then(|| shown.withheld()));
    if let Some(sentence) = sentence.filter(|_| !leads) {
        lines.push(Line::new(Weight::Quiet, "", sentence).more("read"));
    }
    let failed = report.import.files.iter().filter(|file| file.outcome == FileOutcome::Failed).count() as u64;
    let notes = |n: usize| if leads { n as u64 } else { 0 };
    let counts = [
        (failed, "file", "files"),
        (shown.lost_entries(), "entry", "entries"),
        (notes(shown.lines_left_out().len()), "line of notes", "lines of notes"),
        (notes(shown.not_understood().len()), "note that was not understood", "notes that were not understood"),
    ];
    let counts: Vec<String> =
        counts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| wording::counted(n, one, many)).collect();
    if !counts.is_empty() {
        lines.push(Line::plain("Not read", format!("{}.", wording::listed(&counts))).more("read"));
    }
    lines
}
