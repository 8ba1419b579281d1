//! What the report rests on, as far as the runner should look at it first: the sentence on warning signs where none
//! leads, and what was not read.

use super::{Line, Weight};
use crate::model::ledger::FileOutcome;
use crate::report::contract::PainRow;
use crate::report::shown::ShownReport;
use crate::report::wording;

/// The notes of late that were not understood, ahead of all that is said as if nothing stood in them: a room of kilometres, what
/// to do for a sore hip.
pub(super) fn to_read(shown: &ShownReport<'_>) -> Option<Line> {
    let as_of = shown.report.as_of;
    let of_late: Vec<&PainRow> =
        shown.not_understood().into_iter().filter(|note| note.is_unread_of_late(as_of)).collect();
    let newest = of_late.iter().max_by_key(|note| note.date)?;
    let text = match of_late.len() {
        1 => "One note was not understood: read it yourself first.".to_owned(),
        notes => format!("{notes} notes were not understood: read them yourself first, the newest first."),
    };
    Some(Line::new(Weight::Strong, "", text).quoting(Some(newest)).more("read"))
}

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
