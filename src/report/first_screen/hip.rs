//! The hip on the first screen: where it hurts and since when, what to do meanwhile, and what was run since; or for
//! how long no pain was noted, which is not a statement about the hip.

use super::{Line, Weight, last_week};
use crate::report::contract::{EpisodeRow, PainRow};
use crate::report::shown::ShownReport;
use crate::report::{plain, wording};

/// The most open episodes named.
const NAMED: usize = 2;

/// The most things to do named in a few words each.
const TO_DO: usize = 3;

/// The lines where a hip hurts and no warning sign leads.
pub(super) fn hurting(shown: &ShownReport<'_>) -> Vec<Line> {
    let open: Vec<&EpisodeRow> = shown.episodes.iter().map(|(_, episode)| *episode).filter(|one| one.open).collect();
    let mut lines: Vec<Line> = Vec::new();
    for (nth, episode) in open.iter().take(NAMED).enumerate() {
        let weight = if nth == 0 { Weight::Strong } else { Weight::Plain };
        let notes = shown.notes_of(episode);
        let text = format!("{}.", how_it_stands(shown, episode));
        lines.push(Line::new(weight, "", text).quoting(notes.last().copied()).more("timeline"));
    }
    lines.extend(to_do(shown).map(|text| Line::plain("Now", text).more("advice")));
    lines.extend(limits(shown).map(|text| Line::plain("", text)));
    lines.extend(open.first().and_then(|episode| ran_since(shown, episode)));
    lines.extend(last_week::line(shown).map(Line::can_wait));
    lines
}

/// The state of an episode: `Left outer hip since 10 Nov, 3/10 on 15 Nov`.
pub(super) fn how_it_stands(shown: &ShownReport<'_>, episode: &EpisodeRow) -> String {
    let as_of = shown.report.as_of;
    let place = wording::place(episode);
    let when = if episode.open {
        format!("since {}", wording::near(episode.onset, as_of))
    } else {
        wording::near_range(episode.onset, episode.end, as_of)
    };
    let notes = shown.notes_of(episode);
    let scored = notes.iter().rev().find_map(|note: &&PainRow| Some((note.severity?, note.date)));
    let now = scored.map_or_else(String::new, |(score, day)| {
        let on = if day == as_of { "today".to_owned() } else { format!("on {}", wording::near(day, as_of)) };
        format!(", {} {on}", wording::score(score))
    });
    let peak = episode.peak_severity.filter(|&peak| scored.is_none_or(|(last, _)| peak > last));
    let peak = peak.map_or_else(String::new, |peak| format!(", up to {}", wording::score(peak)));
    format!("{place} {when}{now}{peak}")
}

/// What to do, in a few words each, or the first line in full where none has a short form.
pub(super) fn to_do(shown: &ShownReport<'_>) -> Option<String> {
    let lines = shown.to_do();
    let mut short: Vec<String> = Vec::new();
    for words in lines.iter().filter_map(|(_, line)| line.short.as_ref()) {
        let words = plain::one_line(words);
        if !short.contains(&words) {
            short.push(words);
        }
    }
    short.truncate(TO_DO);
    if short.is_empty() {
        let first = lines.iter().find(|(_, line)| !line.holds_until)?;
        return Some(plain::one_line(&first.1.text.to_string()));
    }
    Some(short.iter().map(|words| format!("{}.", words.trim_end_matches('.'))).collect::<Vec<_>>().join(" "))
}

/// How long that advice holds.
fn limits(shown: &ShownReport<'_>) -> Option<String> {
    let line = shown.to_do().into_iter().find(|(_, line)| line.holds_until)?;
    Some(plain::one_line(&line.1.text.to_string()))
}

/// The runs since an onset, and the week before it.
pub(super) fn ran_since(shown: &ShownReport<'_>, episode: &EpisodeRow) -> Option<Line> {
    if shown.report.athlete.runs == 0 {
        return None;
    }
    let onset = episode.onset;
    let until = if episode.open { shown.report.as_of } else { episode.end };
    let runs = shown.report.runs.iter().filter(|run| onset < run.local_date && run.local_date <= until).count();
    let ran = match runs {
        0 => "No run is logged since it began.".to_owned(),
        1 => "You ran once since it began.".to_owned(),
        2 => "You ran twice since it began.".to_owned(),
        times => format!("You ran {times} times since it began."),
    };
    let before = shown.report.weeks.iter().rev().find(|row| row.week.end < onset);
    let before = before.filter(|row| row.week.complete && row.week.observed);
    let before = before.and_then(|row| last_week::distance_and_change(shown, row));
    let before = before.map_or_else(String::new, |words| format!(" The week before it held {words}."));
    Some(Line::plain("", format!("{ran}{before}")).more("runs"))
}

/// For how long no pain was noted. Days are counted up to the last entry, since nothing is known of later ones.
pub(super) fn quiet(shown: &ShownReport<'_>) -> Line {
    let report = shown.report;
    let last = report.episodes.iter().max_by_key(|episode| episode.end);
    let text = match (last, report.athlete.log_to) {
        (Some(episode), Some(to)) => {
            let which = format!("{}, {}", wording::hip_short(episode.side), wording::near(episode.end, report.as_of));
            match (to - episode.end).num_days() {
                days if days > 0 => {
                    let days = wording::counted(days.unsigned_abs(), "day", "days");
                    format!("no pain noted for {days} (last: {which}).")
                }
                _ => format!("last pain noted: {which}."),
            }
        }
        _ if report.pain.is_empty() => "no note yet, so this report does not say whether there are warning signs; \
                                        `runhip note hip fine` takes ten seconds."
            .to_owned(),
        _ => {
            let notes = wording::counted(report.pain.len() as u64, "note", "notes");
            let newest = report.pain.iter().map(|note| note.date).max().unwrap_or(report.as_of);
            format!("no pain read in {notes}, the last of {}.", wording::near(newest, report.as_of))
        }
    };
    Line::plain("Hip", text).more("timeline")
}
