//! How far an undated line concerns the runner's body, and the function that decides it.

use std::fmt;

/// How far words concern the runner's body, from not at all to a complaint.
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

/// Decides what words concern. The readers of texts call it, and `pain` supplies it, so that the readers need to know
/// no word of pain.
#[derive(Clone, Copy)]
pub struct ConcernClassifier(pub fn(&str) -> Concern);

impl ConcernClassifier {
    /// How far the words concern the body.
    #[must_use]
    pub fn concern(self, words: &str) -> Concern {
        (self.0)(words)
    }
}

impl Default for ConcernClassifier {
    /// One for which no words concern the body.
    fn default() -> Self {
        Self(|_| Concern::Nothing)
    }
}

impl fmt::Debug for ConcernClassifier {
    /// A fixed text: names in the cache are made of what a file was read with, and the address of a function differs in every
    /// run. A change of the words therefore changes no name, and `READER_VERSION` of the cache has to be raised.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConcernClassifier")
    }
}
