//! How much an archive with everything inside it may hold: bytes unpacked, entries and text. Each file in it is
//! limited by itself, but small files compress to nearly nothing, and an archive may have thousands.

use std::ops::AddAssign;

use crate::import::format::FileContents;
use crate::import::limits::{MOST_ARCHIVED_ENTRIES, MOST_ARCHIVED_TEXT_BYTES};
use crate::model::limits::size_in_words;

/// The size of what files gave and what is held until the log is assembled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeldSize {
    entries: usize,
    text_bytes: usize,
}

impl HeldSize {
    /// The size of what one file gave. A lost row counts as its problem.
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

/// What the outermost archive, with everything inside it, may still hold.
#[derive(Clone, Copy, Debug)]
pub struct UnpackBudget {
    /// Bytes that may still be unpacked.
    pub bytes: u64,
    /// The size of what its files gave so far.
    pub given: HeldSize,
    most: HeldSize,
}

impl UnpackBudget {
    /// For an archive that may unpack to this many bytes.
    pub fn of(bytes: u64) -> Self {
        let most = HeldSize { entries: MOST_ARCHIVED_ENTRIES, text_bytes: MOST_ARCHIVED_TEXT_BYTES };
        Self { bytes, given: HeldSize::default(), most }
    }

    /// The same with lower limits on entries and text.
    #[cfg(test)]
    pub fn with_most(self, entries: usize, text_bytes: usize) -> Self {
        Self { most: HeldSize { entries, text_bytes }, ..self }
    }

    /// Why no further file is read; `None` while there is room.
    pub fn why_full(&self) -> Option<String> {
        if self.given.entries > self.most.entries {
            return Some(format!("the archive holds more than {} entries", self.most.entries));
        }
        let most = self.most.text_bytes;
        (self.given.text_bytes > most)
            .then(|| format!("the archive holds more than {} of notes", size_in_words(most as u64)))
    }
}
