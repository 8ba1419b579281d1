//! Hip pain: a row for each episode with its notes, and what came before each.

use maud::{Markup, html};

use super::{load, words};
use crate::model::reading::Priority;
use crate::report::charts::hips::{self, Reader};
use crate::report::contract::{EpisodeRow, PainRow, WeekRow};
use crate::report::shown::{self, ShownReport};
use crate::report::wording;
use crate::rules::Family;

/// The most episodes shown open; older ones are folded.
const OPEN_ROWS: usize = 6;
/// The most episodes shown with their notes; the report's JSON has those of older ones.
const WITH_NOTES: usize = 18;
/// The most notes shown with an open episode before the rest is folded.
const NOTES_OPEN: usize = 6;
/// The most notes shown with an ended episode.
const NOTES: usize = 2;

/// The number of episodes shown in one line each.
const IN_SHORT: usize = 3;
/// The map of the hips shows this many weeks, up to the week of the last entry; the chart of weeks opens with as many.
const MAP_WEEKS: usize = 26;

/// What is said of pain where the log has no note.
pub(super) const NOT_KNOWN: &str = "no note, so not known";

/// The number of episodes, beside the title.
#[must_use]
pub(super) fn gist(shown: &ShownReport<'_>) -> String {
    match shown.episodes.len() as u64 {
        0 if shown.report.pain.is_empty() => NOT_KNOWN.to_owned(),
        0 => "none noted in the days shown".to_owned(),
        episodes => format!("{}, newest first.", wording::counted(episodes, "episode", "episodes")),
    }
}

/// The map of the hips; `None` if no hip hurt in its weeks.
#[must_use]
pub(super) fn map(shown: &ShownReport<'_>, id: &str, reader: Reader) -> Option<Markup> {
    let report = shown.report;
    let logged = shown.weeks.partition_point(|row| Some(row.week.start) <= report.athlete.log_to);
    let weeks: &[&WeekRow] = &shown.weeks[logged.saturating_sub(MAP_WEEKS)..logged];
    let (first, last) = (weeks.first()?, weeks.last()?);
    let map = hips::draw(id, &report.pain, first.week.start, last.week.end.min(report.as_of), reader)?;
    let emergency = shown.urgency() == Some(Priority::P0);
    Some(html! {
        (map)
        @if emergency && reader == Reader::Runner { p.soft { "The warning sign above is not on this map." } }
    })
}

/// The newest episodes in one line each; `None` if there is none.
#[must_use]
pub(super) fn in_short(shown: &ShownReport<'_>) -> Option<Markup> {
    (!shown.episodes.is_empty()).then(|| {
        html! {
            ul.plain { @for (_, episode) in shown.episodes.iter().take(IN_SHORT) { li { (words::sentence(&shown.episode_in_short(episode))) } } }
        }
    })
}

/// The rows, newest first, and the findings on running through pain.
#[must_use]
pub(super) fn timeline(shown: &ShownReport<'_>) -> Markup {
    let episodes = &shown.episodes;
    if episodes.is_empty() {
        // Without pain it says nothing how often somebody ran through it; only findings stay.
        let (first, rest) = shown.of_family(Family::Pain);
        return html! {
            @if first.len() + rest.len() > 0 { (load::family(shown, Family::Pain)) }
        };
    }
    let open = episodes.iter().filter(|(_, e)| e.open).count();
    let (first, rest) = episodes.split_at(episodes.len().min(OPEN_ROWS.max(open)));
    html! {
        p.soft {
            "The words that gave each reading are " mark { "marked" } "."
        }
        ol.timeline { @for (at, episode) in first { (row(shown, *at, episode, true)) } }
        @if !rest.is_empty() {
            details {
                summary { (wording::counted(rest.len() as u64, "earlier episode", "earlier episodes")) }
                @if rest.len() + first.len() > WITH_NOTES {
                    p.soft { "Of the oldest the notes are left out here; the report as JSON has them all." }
                }
                ol.timeline {
                    @for (nth, (at, episode)) in rest.iter().enumerate() {
                        (row(shown, *at, episode, nth + first.len() < WITH_NOTES))
                    }
                }
            }
        }
        (load::family(shown, Family::Pain))
    }
}

fn row(shown: &ShownReport<'_>, at: usize, episode: &EpisodeRow, with_notes: bool) -> Markup {
    let notes = if with_notes { shown.notes_of(episode) } else { Vec::new() };
    let (first, rest) = notes.split_at(notes.len().min(if episode.open { NOTES_OPEN } else { NOTES }));
    let regions: Vec<String> = episode.regions.iter().map(|r| wording::region(*r).to_owned()).collect();
    html! {
        li class=[episode.open.then_some("open")] id=(shown::episode_anchor(at)) {
            h3 {
                (wording::place(episode)) " "
                span.badge.pain-badge[episode.open] { @if episode.open { "open" } @else { "ended" } }
                @if let Some(words) = wording::injury(episode) { " " span.badge { (words) } }
            }
            p {
                strong { (wording::episode_days(episode)) }
                @if let Some(peak) = episode.peak_severity { " · up to " strong { (wording::score(peak)) } }
                " · " (wording::counted(episode.painful_days, "painful day", "painful days"))
                @if regions.len() > 1 { " · felt: " (wording::listed(&regions)) }
                @if !episode.qualities.is_empty() {
                    " · " (wording::listed(&episode.qualities.iter().map(wording::spaced).collect::<Vec<_>>()))
                }
            }
            @if !episode.red_flags.is_empty() {
                p { "Warning signs: " (wording::signs(&episode.red_flags)) }
            }
            p { (came_before(shown, episode)) }
            p { (wording::load(episode, shown.report.view.units)) }
            @for entry in first { (note(entry)) }
            @if !rest.is_empty() {
                details {
                    summary { (wording::counted(rest.len() as u64, "more note", "more notes")) }
                    @for entry in rest { (note(entry)) }
                }
            }
        }
    }
}

fn note(note: &PainRow) -> Markup {
    html! {
        div.note {
            p { (wording::day(note.date)) @if let Some(score) = note.severity { " · " (wording::score(score)) } }
            @if !note.text.trim().is_empty() { (words::note(&note.text, &note.spans)) }
            @if let Some(why) = note.assumed_hip { p { (wording::assumed_hip(why)) } }
        }
    }
}

/// The flags before an episode with links to them, or that there was none.
fn came_before(shown: &ShownReport<'_>, episode: &EpisodeRow) -> Markup {
    let groups = shown.came_before(episode);
    html! {
        @if groups.is_empty() { (shown.nothing_before(episode)) }
        @else {
            "Came before: "
            @for (at, group) in groups.iter().enumerate() {
                @if at > 0 { "; " }
                @match group.nearest {
                    Some(place) => a href={ "#" (shown::finding_anchor(place)) } { (group.title) },
                    None => (group.title),
                }
                ", " (group.days)
            }
            "."
        }
    }
}
