//! How far words concern the runner's body, as far as that can be said of a line without its day, and who says so.

use std::fmt;

/// How far words concern the runner's body, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// They speak of something else.
    Nothing,
    /// They name a part of the body that runs, or a complaint.
    Body,
    /// They name the hip, or pain.
    Hip,
    /// They tell of hip pain, of its end, or of a warning sign.
    Complaint,
}

/// Says what words concern. Who reads texts asks, who understands notes answers: the reader of texts knows no word of pain.
#[derive(Clone, Copy)]
pub struct ConcernClassifier(pub fn(&str) -> Concern);

impl ConcernClassifier {
    /// How far the words concern the body.
    #[must_use]
    pub fn concern(self, words: &str) -> Concern {
        (self.0)(words)
    }
}

impl fmt::Debug for ConcernClassifier {
    /// The same in every run of the program, since what is kept in the cache is named for the terms it was read under.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Judge")
    }
}
