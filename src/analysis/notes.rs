//! The notes of a log with their readings, put right where the runner said so.

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::config::{Config, Correction};
use crate::model::log::Log;
use crate::model::note::{Given, Note, NoteOrigin};
use crate::model::reading::Reading;
use crate::pain::reading;
use crate::report::facts::Noted;

/// Reads the notes up to `as_of`. The title of a run is a note only where it speaks of pain.
pub(super) fn read<'a>(log: &'a Log, config: &Config, as_of: NaiveDate) -> Vec<Noted<'a>> {
    // Reading is most of the work of a report, and each note is judged by itself.
    log.notes
        .par_iter()
        .filter(|note| note.date <= as_of)
        .map(|note| Noted { note, reading: reading_of(note, config) })
        .filter(|noted| noted.note.origin != NoteOrigin::RunTitle || speaks_of_pain(&noted.reading))
        .collect()
}

fn reading_of(note: &Note, config: &Config) -> Reading {
    let corrected = config.corrections.iter().find_map(|correction| match correction {
        Correction::Note { date, text, reading } if *date == note.date && note.text.contains(text.as_str()) => {
            Some(reading.as_str())
        }
        _ => None,
    });
    let of_a_run = matches!(note.origin, NoteOrigin::Run | NoteOrigin::RunTitle);
    match corrected {
        Some("none") => Reading { understood: true, ..Reading::default() },
        // The spans point into the words of the correction, not of the note.
        Some(instead) => {
            Reading { spans: Vec::new(), ..reading::read_on(instead, &Given::default(), of_a_run, Some(note.date)) }
        }
        None => reading::read_on(&note.text, &note.given, of_a_run, Some(note.date)),
    }
}

fn speaks_of_pain(reading: &Reading) -> bool {
    reading.hip
        || !reading.red_flags.is_empty()
        || !reading.denied_flags.is_empty()
        || reading.denies_hip_pain
        || reading.consultation
        || !reading.understood
}
