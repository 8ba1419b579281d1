//! What the matcher is told of a runner.

use chrono::NaiveDate;

use crate::model::episode::{Episode, Warning};

/// What the log shows of the usual weeks of somebody whose hips do not hurt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Habit {
    /// The last weeks were longer than those before them.
    Growing,
    /// Most weeks had no more rest days than the limit asks for.
    LittleRest,
    /// No other sport stands in the log.
    OnlyRunning,
    /// A pair in use comes near to its replacement window, or no run names a pair.
    ShoesToWatch,
}

/// What is known of a runner on the day of the report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Situation<'a> {
    /// Current findings as (rule, finding's id).
    pub findings: &'a [(&'a str, &'a str)],
    /// Warnings that stand, each with the id it is known by.
    pub warnings: &'a [(&'a str, &'a Warning)],
    /// Episodes that are open, or whose warnings still lead.
    pub episodes: &'a [&'a Episode],
    /// Notes of the open, leading and settled episodes as (episode's id, text). Letter case does not matter.
    pub words: &'a [(&'a str, &'a str)],
    /// Episodes that ended in the last weeks and left no sign that leads.
    pub settled: &'a [&'a Episode],
    /// Ids of open episodes that are not the first of their side within a year.
    pub again: &'a [&'a str],
    /// Every note of the last weeks as (id, text), whatever it speaks of.
    pub recent: &'a [(&'a str, &'a str)],
    /// The running week by its id, where somebody runs and no hip hurts, has just settled or shows a sign.
    pub quiet: Option<&'a str>,
    /// What the log shows of the usual weeks.
    pub habits: &'a [Habit],
    /// What the current findings come to in figures, as (rule, sentence), the latest of each rule.
    pub figures: &'a [(&'a str, String)],
    /// How far this week may go, in a sentence.
    pub room: Option<&'a str>,
    /// The day of the report, which tells whose turn it is among the lines that take turns.
    pub as_of: Option<NaiveDate>,
}
