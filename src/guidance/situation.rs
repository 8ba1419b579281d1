//! What the matcher is told of a runner.

use crate::model::episode::{Episode, Warning};

/// What is known of a runner on the day of the report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Situation<'a> {
    /// Current findings as (rule, finding's id).
    pub findings: &'a [(&'a str, &'a str)],
    /// Warnings that stand, each with the id it is known by.
    pub warnings: &'a [(&'a str, &'a Warning)],
    /// Episodes that are open, or whose warnings still lead.
    pub episodes: &'a [&'a Episode],
    /// Notes of those episodes as (episode's id, text). Letter case does not matter.
    pub words: &'a [(&'a str, &'a str)],
}
