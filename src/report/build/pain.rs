//! Rows of notes, warning signs and episodes, the days for the charts, and the sentence where there is no warning
//! sign.

use std::collections::BTreeMap;

use crate::model::episode::Episode;
use crate::report::contract::{DayView, EpisodeRow, Number, PainRow};
use crate::report::facts::{EpisodeHistory, Facts, NoteAsRead};
use crate::report::reading_in_words;

pub(super) fn pain_row(noted: &NoteAsRead<'_>) -> PainRow {
    let reading = &noted.reading;
    PainRow {
        date: noted.note.date,
        hip: reading.hip,
        assumed_hip: noted.assumed_hip,
        side: reading.side.filter(|_| reading.hip),
        region: reading.region.filter(|_| reading.hip),
        severity: reading.severity.map(Number),
        qualities: reading.qualities.clone(),
        timing: reading.timing.clone(),
        red_flags: reading.counted_flags().collect(),
        denied_flags: reading.denied_flags.clone(),
        understood: reading.understood,
        not_read: (!reading.understood).then(|| reading_in_words::not_read(reading)),
        text: noted.note.text.clone(),
        source: noted.note.source.clone(),
        spans: reading.spans.clone(),
    }
}

pub(super) fn episode_row(episode: &Episode, before: &EpisodeHistory) -> EpisodeRow {
    EpisodeRow {
        id: episode.id.clone(),
        side: episode.side,
        region: episode.region,
        regions: episode.regions.clone(),
        onset: episode.onset,
        end: episode.end,
        open: episode.open,
        painful_days: episode.painful_days.len() as u64,
        peak_severity: episode.peak_severity.map(Number),
        qualities: episode.qualities.clone(),
        red_flags: episode.red_flags.clone(),
        injury: episode.is_injury(),
        stopped_running: episode.stopped_running,
        consulted: episode.consultation,
        preceded_by: before.preceded_by.clone(),
        shoe_at_onset: before.shoe_at_onset.clone(),
        load: before.load,
    }
}

pub(super) fn days(facts: &Facts<'_>) -> Vec<DayView> {
    let mut pain: BTreeMap<chrono::NaiveDate, Option<f64>> = BTreeMap::new();
    for noted in facts.notes.iter().filter(|noted| noted.reading.hip && noted.reading.severity != Some(0.0)) {
        let highest = pain.entry(noted.note.date).or_insert(None);
        *highest = [*highest, noted.reading.severity].into_iter().flatten().reduce(f64::max);
    }
    facts
        .tables
        .days
        .iter()
        .map(|day| DayView {
            date: day.date,
            observed: day.observed,
            runs: day.runs,
            distance_m: (day.runs > day.runs_without_distance || day.runs == 0).then_some(day.known_m),
            other_sport: day.other_sport,
            pain: pain.get(&day.date).map(|score| score.map(Number)),
            in_episode: facts.episodes.iter().any(|episode| (episode.onset..=episode.end).contains(&day.date)),
        })
        .collect()
}

/// The sentence that no warning sign was found; `None` unless every note was understood, no note can have been lost,
/// and none holds a sign, however old.
pub(super) fn no_warning_sentence(facts: &Facts<'_>) -> Option<String> {
    let all_understood = facts.notes.iter().all(|noted| noted.reading.understood);
    let none_lost = !facts.log.files.iter().any(|row| row.may_hold_notes() && row.lost_something());
    (!facts.notes.is_empty() && all_understood && none_lost && facts.warnings.is_empty())
        .then(|| "No warning sign was found in these notes. This tool reads short notes and can miss them.".to_owned())
}
