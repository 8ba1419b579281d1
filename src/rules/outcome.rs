//! What came of a rule's look: findings, nothing, or why it could not look.

use crate::model::finding::Finding;

/// What a rule found, or why it could not look.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It found something.
    Found(Vec<Finding>),
    /// It looked and found nothing.
    Clear,
    /// It could not look, for this reason.
    NotAssessed(&'static str),
}

/// The verdict of a rule, and how much it looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What it found.
    pub verdict: Verdict,
    /// Weeks, runs, shoes or episodes looked at.
    pub assessed: u64,
    /// How many of them were flagged.
    pub flagged: u64,
}

impl Outcome {
    /// The outcome of a look at `assessed` things of which these were flagged; `nothing_to_assess` is the reason where
    /// there was nothing to look at.
    pub(super) fn of(findings: Vec<Finding>, assessed: u64, nothing_to_assess: &'static str) -> Self {
        let flagged = findings.len() as u64;
        let verdict = if !findings.is_empty() {
            Verdict::Found(findings)
        } else if assessed == 0 {
            Verdict::NotAssessed(nothing_to_assess)
        } else {
            Verdict::Clear
        };
        Self { verdict, assessed, flagged }
    }

    /// What was found; none where nothing could be looked at.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        match &self.verdict {
            Verdict::Found(findings) => findings,
            Verdict::Clear | Verdict::NotAssessed(_) => &[],
        }
    }
}
