//! From notes to readings, and from readings to episodes and warning signs. It knows nothing of runs: what it needs
//! of them comes in as days.

pub mod concern;
pub mod episodes;
pub mod reading;
pub mod warnings;

use chrono::NaiveDate;

use crate::model::reading::Reading;

/// A note's day, words, place and reading, as episodes and warnings need them.
#[derive(Clone, Copy, Debug)]
pub struct ReadNote<'a> {
    /// The runner's calendar day.
    pub date: NaiveDate,
    /// The words of the note.
    pub text: &'a str,
    /// The file it stands in. Of two notes of one day in one file, the later line is newer.
    pub file: &'a str,
    /// What the words were read as.
    pub reading: &'a Reading,
}

/// The notes from one day to another, both included, of notes in the order of days.
#[must_use]
pub fn between<'n, 'a>(notes: &'n [ReadNote<'a>], from: NaiveDate, to: NaiveDate) -> &'n [ReadNote<'a>] {
    let first = notes.partition_point(|note| note.date < from);
    let notes = &notes[first..];
    &notes[..notes.partition_point(|note| note.date <= to)]
}

impl ReadNote<'_> {
    /// True if the note makes its day a painful one: hip pain without a score, or with a score above zero.
    #[must_use]
    pub fn is_painful(&self) -> bool {
        self.reading.hip && self.reading.severity.is_none_or(|score| score > 0.0)
    }

    /// True if the note says that one hip or both do not hurt.
    #[must_use]
    pub fn denies_pain(&self) -> bool {
        !self.reading.hip && self.reading.denies_hip_pain
    }
}
