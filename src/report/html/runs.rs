//! The last runs: ten, and more under a fold.

use maud::{Markup, html};

use super::words;
use crate::report::shown::{LastRun, ShownReport};
use crate::report::wording;

/// The number of runs shown, and of those under the fold.
const SHOWN: usize = 10;
const FOLDED: usize = 30;

/// The rows; `None` without a run.
#[must_use]
pub(super) fn last(shown: &ShownReport<'_>) -> Option<Markup> {
    let runs = shown.last_runs(SHOWN + FOLDED);
    let (first, rest) = runs.split_at(runs.len().min(SHOWN));
    (!first.is_empty()).then(|| {
        html! {
            (table("The last runs, the newest first", shown, first))
            @if !rest.is_empty() {
                details {
                    summary { (wording::counted(rest.len() as u64, "run", "runs")) " before them" }
                    (table("Earlier runs", shown, rest))
                }
            }
        }
    })
}

fn table(caption: &str, shown: &ShownReport<'_>, runs: &[LastRun]) -> Markup {
    let as_of = shown.report.as_of;
    let has = |what: fn(&LastRun) -> &String| runs.iter().any(|run| !what(run).is_empty());
    let (time, shoe, note) = (has(|run| &run.time), has(|run| &run.shoe), has(|run| &run.note));
    html! {
        table.runs {
            caption.hidden { (caption) }
            thead {
                tr {
                    th scope="col" { "Day" } th scope="col" { "Distance" }
                    @if time { th scope="col" { "Time" } th scope="col" { "Pace" } }
                    @if shoe { th scope="col" { "Shoe" } }
                    @if note { th scope="col" { "Note" } }
                }
            }
            tbody {
                @for run in runs {
                    tr {
                        th scope="row" { (wording::near(run.date, as_of)) }
                        td { (run.distance) }
                        @if time { td { (run.time) } td { (run.pace) } }
                        @if shoe { td.shoe { (words::bare_sentence(&run.shoe)) } }
                        @if note { td.note-cell[!run.note.is_empty()] { (words::bare_sentence(&run.note)) } }
                    }
                }
            }
        }
    }
}
