//! The result of a rule: findings, none, or why it could not judge.

use crate::model::finding::Finding;

/// What a rule found, or why it could not judge.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It found something.
    Found(Vec<Finding>),
    /// It found nothing.
    Clear,
    /// It could not judge, for this reason.
    NotAssessed(&'static str),
}

/// The verdict of a rule, and how much it assessed.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// The number of weeks, runs, shoes or episodes assessed.
    pub assessed: u64,
    /// How many of them were flagged.
    pub flagged: u64,
}

impl Outcome {
    /// The outcome for `assessed` things of which these were flagged; `nothing_to_assess` is the reason where there
    /// were none.
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

    /// The findings; none where the rule could not judge.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        match &self.verdict {
            Verdict::Found(findings) => findings,
            Verdict::Clear | Verdict::NotAssessed(_) => &[],
        }
    }
}
