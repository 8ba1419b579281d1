//! What the report rests on: the files that were read and those that were not, the notes that were not understood,
//! and every setting.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::words;
use crate::model::ledger::FileOutcome;
use crate::model::reading::name_of;
use crate::report::charts::Table;
use crate::report::contract::{Assumption, LedgerRow};
use crate::report::shown::ShownReport;
use crate::report::{plain, wording};

/// The most files, problems or notes listed before the rest is only counted.
const LISTED: usize = 60;

/// How much was read, in a few words.
#[must_use]
pub(super) fn gist(shown: &ShownReport<'_>) -> String {
    let report = shown.report;
    format!(
        "{}, {}",
        wording::counted(report.import.totals.activities.runs_out, "run", "runs"),
        wording::counted(report.pain.len() as u64, "note", "notes"),
    )
}

/// What was read in short, losses first.
#[must_use]
pub(super) fn read(shown: &ShownReport<'_>) -> Markup {
    let report = shown.report;
    let totals = &report.import.totals;
    let failed: Vec<&LedgerRow> = report.import.files.iter().filter(|f| f.outcome == FileOutcome::Failed).collect();
    let troubled: Vec<&LedgerRow> =
        report.import.files.iter().filter(|f| f.outcome != FileOutcome::Failed && !f.problems.is_empty()).collect();
    let unread = shown.not_understood();
    let left_out = shown.lines_left_out();
    html! {
        p {
            (wording::counted(totals.activities.activities_in, "activity", "activities")) " in "
            (wording::counted(report.import.files.len() as u64, "file", "files")) ": "
            (wording::counted(totals.activities.runs_out, "run", "runs")) ", "
            (totals.activities.duplicates_merged) " joined as the same run, "
            (totals.activities.other_sport) " in other sports, "
            (totals.activities.left_out) " left out."
        }
        p {
            (wording::counted(report.pain.len() as u64, "note", "notes")) " read. "
            (wording::days_known(report.athlete.observed_days, report.athlete.missing_days))
        }
        @if !unread.is_empty() {
            h3 { (wording::counted(unread.len() as u64, "note", "notes")) " not understood" }
            p.soft { "They count for nothing in this report, and a warning sign may stand in them: read them yourself. What is read best is short: the side, the place, a score and when, such as \"left outer hip 4/10 after the run\"." }
            @for note in unread.iter().take(LISTED) {
                div.note {
                    p.small {
                        (wording::day(note.date)) " · " (words::name(&note.source))
                        @if let Some(why) = &note.not_read { " · " (plain::one_line(why)) }
                    }
                    (words::note(&note.text, &note.spans))
                }
            }
            (and_more(unread.len()))
        }
        @if !failed.is_empty() {
            h3 { (wording::counted(failed.len() as u64, "file", "files")) " could not be read" }
            ul.files { @for file in failed.iter().take(LISTED) { (file_line(file)) } }
            (and_more(failed.len()))
        }
        @if !report.import.assumptions.is_empty() {
            h3 { "What was assumed" }
            ul.files {
                @for one in report.import.assumptions.iter().take(LISTED) {
                    li { (words::sentence(&one.text)) ". " (words::sentence(&wording::capital(&one.remedy))) "." span.soft { " " (files_of(one)) } }
                }
            }
            (and_more(report.import.assumptions.len()))
        }
        @if !left_out.is_empty() {
            h3 { (wording::counted(left_out.len() as u64, "line", "lines")) " of notes left out" }
            p.soft { "They count for nothing in this report, and a warning sign may be among them. With the day in front they are read." }
            ul.files {
                @for (path, problem) in left_out.iter().take(LISTED) {
                    li { (words::name(path)) ", " (problem.place.to_string()) ": " (words::sentence(&format!("{}. {}", problem.what.trim_end_matches('.'), problem.hint))) }
                }
            }
            (and_more(left_out.len()))
        }
        @if !troubled.is_empty() {
            details {
                summary { (wording::counted(troubled.len() as u64, "file", "files")) " read with problems" }
                ul.files { @for file in troubled.iter().take(LISTED) { (file_line(file)) } }
                (and_more(troubled.len()))
            }
        }
        (kinds(shown))
        (local_days(shown))
    }
}

fn file_line(file: &LedgerRow) -> Markup {
    html! {
        li {
            (words::name(&file.path))
            @if let Some(reason) = &file.reason { ": " (words::sentence(reason)) }
            @if !file.problems.is_empty() {
                ul {
                    @for problem in file.problems.iter().take(5) {
                        li { (words::sentence(&format!("{}: {}. {}", problem.place_in_words(), problem.what.trim_end_matches('.'), problem.hint))) }
                    }
                    @if file.problems.len() > 5 { li { "and " (file.problems.len() - 5) " more; the JSON report has them all" } }
                }
            }
        }
    }
}

/// The files in which something was assumed: the first by name, the others by number.
fn files_of(one: &Assumption) -> Markup {
    html! {
        @if let Some((first, others)) = one.files.split_first() {
            (words::name(first))
            @if !others.is_empty() { " and " (wording::counted(others.len() as u64, "other file", "other files")) }
        }
    }
}

fn and_more(all: usize) -> Markup {
    html! { @if all > LISTED { p.soft { "and " (all - LISTED) " more; the JSON report has them all" } } }
}

/// What files are counted by: outcome, format, dialect and reason.
type Kind = (FileOutcome, String, String, String);

/// The number of files of each kind, with what became of them.
fn kinds(shown: &ShownReport<'_>) -> Markup {
    let mut kinds: BTreeMap<Kind, (u64, u64, u64)> = BTreeMap::new();
    for file in &shown.report.import.files {
        let reason = if file.outcome == FileOutcome::Failed {
            "see above".to_owned()
        } else {
            file.reason.as_deref().map_or_else(String::new, wording::name)
        };
        let format = file.format.as_deref().map_or_else(|| wording::NOT_KNOWN.to_owned(), wording::name);
        let dialect = file.dialect.as_deref().map_or_else(String::new, wording::name);
        let count = kinds.entry((file.outcome, format, dialect, reason)).or_default();
        *count = (count.0 + 1, count.1 + file.activities, count.2 + file.notes);
    }
    let left = kinds.len().saturating_sub(LISTED);
    let mut rows: Vec<Vec<String>> = kinds
        .into_iter()
        .take(LISTED)
        .map(|((outcome, format, dialect, reason), (files, activities, notes))| {
            vec![
                name_of(outcome).to_owned(),
                format,
                dialect,
                files.to_string(),
                activities.to_string(),
                notes.to_string(),
                reason,
            ]
        })
        .collect();
    if left > 0 {
        rows.push(vec![
            format!("and {left} more kinds"),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
        ]);
    }
    if rows.is_empty() {
        return html! { p { "No file was found." } };
    }
    html! {
        details {
            summary { "All files by kind" }
            (Table::new(&["Outcome", "Format", "From", "Files", "Activities", "Notes", "Why"], rows).bare())
        }
    }
}

fn local_days(shown: &ShownReport<'_>) -> Markup {
    let by: Vec<String> =
        shown.report.athlete.local_day_by.iter().map(|(how, n)| format!("{n} by {}", wording::spaced(*how))).collect();
    html! { @if !by.is_empty() { p.soft { "The runner's day of each run was settled: " (wording::listed(&by)) "." } } }
}

/// Every threshold with its origin.
#[must_use]
pub(super) fn settings(shown: &ShownReport<'_>) -> Markup {
    let units = shown.report.view.units;
    let rows = shown
        .report
        .settings
        .iter()
        .map(|(key, setting)| {
            vec![
                plain::one_line(key),
                wording::setting(setting, units),
                wording::origin(setting.origin).to_owned(),
                setting.meaning.to_owned(),
            ]
        })
        .collect::<Vec<_>>();
    html! {
        details {
            summary { (wording::counted(rows.len() as u64, "threshold", "thresholds")) " and where each comes from" }
            (Table::new(&["Setting", "Value", "From", "Meaning"], rows).bare())
        }
    }
}
