//! From notes to readings, from readings to episodes and warning signs. Knows nothing of runs: what it needs of them
//! comes in as days.

pub mod concern;
pub mod episodes;
pub mod reading;
pub mod warnings;

use chrono::NaiveDate;

use crate::model::reading::Reading;

/// A note's day, words, place and reading, as episodes and warnings need them.
#[derive(Clone, Copy, Debug)]
pub struct ReadNote<'a> {
    /// The runner's day.
    pub date: NaiveDate,
    /// The words of the note.
    pub text: &'a str,
    /// The file it stands in; of two notes of one day and one file the later line is the newer one.
    pub file: &'a str,
    /// What they say.
    pub reading: &'a Reading,
}

impl ReadNote<'_> {
    /// True where the note makes its day a painful one: hip pain with no score, or a score above zero.
    #[must_use]
    pub fn is_painful(&self) -> bool {
        self.reading.hip && self.reading.severity.is_none_or(|score| score > 0.0)
    }

    /// True where the note says that a hip, or the hips, do not hurt.
    #[must_use]
    pub fn denies_pain(&self) -> bool {
        !self.reading.hip && self.reading.denies_hip_pain
    }
}
