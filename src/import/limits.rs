//! Limits on unpacking besides those in the configuration, and the reader that enforces them, so that a few bytes
//! never cause a disk full of work. It unpacks nothing itself.

use std::io::{self, Read};

/// The most layers of gzip around one file.
pub const MOST_GZIP_LAYERS: u32 = 3;

/// The most archives inside each other, with the outermost.
pub const DEEPEST_ARCHIVE: u32 = 4;

/// The most members of one archive. Twenty years of a watch's daily uploads are a tenth of it.
pub const MOST_MEMBERS: usize = 300_000;

/// The most files and folders below one given path. Twenty years of daily uploads, each unpacked into three files,
/// are a tenth of it.
pub const MOST_FOUND: usize = 300_000;

/// The most rows or notes of one file. Thirty years of five entries a day are half of it.
pub const MOST_ENTRIES: usize = 100_000;

/// The most points of one FIT file, which are held until its sessions are known. Two months without a pause are 5
/// million.
pub const MOST_HELD_POINTS: u64 = 5_000_000;

/// The most sessions of one FIT file, each of which is searched among all its points. A triathlon has five.
pub const MOST_SESSIONS: usize = 100;

/// The most FIT files chained in one. Nobody chains more than the days of a year.
pub const MOST_CHAINED: usize = 1_000;

/// The most bytes of text in one file: all its notes, titles and descriptions. Thirty years of a few lines a day are
/// 3 MB, and interpreting notes takes far longer than reading the file.
pub const MOST_TEXT_BYTES: usize = 10_000_000;

/// The most rows, notes and problems in all files of one archive. Thirty years of five entries a day are a twentieth
/// of it.
pub const MOST_ARCHIVED_ENTRIES: usize = 10 * MOST_ENTRIES;

/// The most bytes of text in all files of one archive.
pub const MOST_ARCHIVED_TEXT_BYTES: usize = 10 * MOST_TEXT_BYTES;

/// The longest path of an archive's member; systems allow 255 bytes for each part.
pub const LONGEST_NAME_BYTES: usize = 1_000;

/// The longest note. A page of a diary has 3,000 bytes.
pub const LONGEST_NOTE_BYTES: usize = 64 * 1024;

/// The most objects in one JSON file, nested ones included. Thousands of activities with their splits are a third of
/// it.
pub const MOST_JSON_OBJECTS: usize = 500_000;

/// The most values in one JSON file. A day's samples of a dozen sensors, each a number with its time, are a tenth of
/// it.
pub const MOST_JSON_VALUES: usize = 10_000_000;

/// The most columns of one table. Strava's export has a hundred.
pub const MOST_COLUMNS: usize = 2_000;

/// The most cells of one table, as many as Strava's hundred columns for fifty thousand activities.
pub const MOST_CELLS: usize = 5_000_000;

/// The longest line of a table, or header.
pub const LONGEST_LINE_BYTES: usize = 1_000_000;

/// How much of one XML file may still be read. It counts and takes no time, so that the same file gives the same
/// result on every machine.
#[derive(Clone, Copy, Debug)]
pub struct XmlBudget {
    /// Track points that may still be read.
    pub points: u64,
    /// Tags and texts that may still be read, apart from those of points in the usual form.
    pub pieces: u64,
}

impl Default for XmlBudget {
    /// Twenty years of an hour's run every other day, with a point each second, are 13 million points; Apple's export
    /// of ten years has 100 million tags and texts.
    fn default() -> Self {
        Self { points: 20_000_000, pieces: 500_000_000 }
    }
}

/// A reader that fails, instead of ending, once more than its allowance was read.
#[derive(Debug)]
pub struct LimitedReader<R> {
    inner: R,
    left: u64,
    refusal: String,
}

impl<R> LimitedReader<R> {
    /// Allows `allowance` bytes; `refusal` says why no more are read.
    pub fn new(inner: R, allowance: u64, refusal: String) -> Self {
        Self { inner, left: allowance, refusal }
    }
}

impl<R: Read> Read for LimitedReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            let more = !into.is_empty() && self.inner.read(&mut [0])? > 0;
            return if more { Err(io::Error::new(io::ErrorKind::FileTooLarge, self.refusal.clone())) } else { Ok(0) };
        }
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        let count = self.inner.read(&mut into[..room])?;
        self.left -= count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_allowance_comes_through_and_one_byte_more_is_an_error() {
        let read = |bytes: &[u8], allowance| {
            let mut all = Vec::new();
            let outcome = LimitedReader::new(bytes, allowance, "no more".into()).read_to_end(&mut all);
            (all, outcome.map_err(|error| (error.kind(), error.to_string())))
        };
        assert_eq!(read(b"12345", 5), (b"12345".to_vec(), Ok(5)));
        assert_eq!(read(b"12345", 9), (b"12345".to_vec(), Ok(5)));
        let refused = Err((io::ErrorKind::FileTooLarge, "no more".to_owned()));
        assert_eq!(read(b"123456", 5), (b"12345".to_vec(), refused.clone()));
        assert_eq!(read(b"1", 0), (Vec::new(), refused));
    }
}
