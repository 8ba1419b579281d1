//! How much an archive and everything inside it may give: bytes unpacked, entries and text. Each file in it is bounded by
//! itself, but small files shrink to nearly nothing, and an archive may hold thousands of them.

use std::ops::AddAssign;

use crate::import::format::FileContents;
use crate::import::limits::{MOST_ARCHIVED_ENTRIES, MOST_ARCHIVED_TEXT_BYTES};
use crate::model::limits::size_in_words;

/// What files gave that is held until the log is put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeldSize {
    entries: usize,
    text_bytes: usize,
}

impl HeldSize {
    /// What one file gave. A row that was lost is held as its problem.
    pub fn by(contents: &FileContents) -> Self {
        let read = &contents.imported;
        let of_runs = read.activities.iter().flat_map(|run| [&run.title, &run.description, &run.private_note]);
        let texts = of_runs.flatten().chain(read.notes.iter().map(|note| &note.text));
        Self {
            entries: read.activities.len() + read.notes.len() + read.shoes.len() + read.problems.len(),
            text_bytes: texts.map(String::len).sum(),
        }
    }
}

impl AddAssign for HeldSize {
    fn add_assign(&mut self, other: Self) {
        self.entries += other.entries;
        self.text_bytes += other.text_bytes;
    }
}

/// What the outermost archive and everything inside it may still give.
#[derive(Clone, Copy, Debug)]
pub struct UnpackBudget {
    /// Bytes that may still be unpacked.
    pub bytes: u64,
    /// What its files gave so far.
    pub given: HeldSize,
    most: HeldSize,
}

impl UnpackBudget {
    /// For an archive out of which so many bytes may come.
    pub fn of(bytes: u64) -> Self {
        let most = HeldSize { entries: MOST_ARCHIVED_ENTRIES, text_bytes: MOST_ARCHIVED_TEXT_BYTES };
        Self { bytes, given: HeldSize::default(), most }
    }

    /// The same for fewer entries and less text.
    #[cfg(test)]
    pub fn with_most(self, entries: usize, text_bytes: usize) -> Self {
        Self { most: HeldSize { entries, text_bytes }, ..self }
    }

    /// Why no further file is read, where what was given is more than may be.
    pub fn why_full(&self) -> Option<String> {
        if self.given.entries > self.most.entries {
            return Some(format!("the archive holds more than {} entries", self.most.entries));
        }
        let most = self.most.text_bytes;
        (self.given.text_bytes > most)
            .then(|| format!("the archive holds more than {} of notes", size_in_words(most as u64)))
    }
}
