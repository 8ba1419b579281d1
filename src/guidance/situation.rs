//! What is known of a runner when the guidance selects its entries.

use chrono::NaiveDate;

use crate::model::episode::{Episode, Warning};

/// A habit seen in the usual weeks of somebody whose hips do not hurt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Habit {
    /// The last weeks were longer than those before them.
    Growing,
    /// Most weeks had no more rest days than the limit.
    LittleRest,
    /// The log has no other sport.
    OnlyRunning,
    /// A pair in use is near its replacement window, or no run names a pair.
    ShoesToWatch,
}

/// What is known of a runner on the day of the report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Situation<'a> {
    /// Current findings as (rule, id of the finding).
    pub findings: &'a [(&'a str, &'a str)],
    /// Standing warnings, each with its id.
    pub warnings: &'a [(&'a str, &'a Warning)],
    /// Episodes that are open or whose warnings still lead.
    pub episodes: &'a [&'a Episode],
    /// Notes of the open, leading and settled episodes as (id of the episode, text). Letter case does not matter.
    pub words: &'a [(&'a str, &'a str)],
    /// Episodes that ended in the last weeks and left no leading sign.
    pub settled: &'a [&'a Episode],
    /// Ids of open episodes that are not the first of their side within a year.
    pub again: &'a [&'a str],
    /// Every note of the last weeks as (id, text), on any subject.
    pub recent: &'a [(&'a str, &'a str)],
    /// The id of the current week, if the runner is running and no hip hurts, has recently settled or has a warning
    /// sign.
    pub quiet: Option<&'a str>,
    /// The habits that the log shows.
    pub habits: &'a [Habit],
    /// The figures of the current findings as (rule, sentence), for the latest finding of each rule.
    pub figures: &'a [(&'a str, String)],
    /// How far the runner may still go this week, as a sentence.
    pub room: Option<&'a str>,
    /// The day of the report; it decides which of the alternating lines appear.
    pub as_of: Option<NaiveDate>,
}
