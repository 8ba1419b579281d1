//! What rules are given to look at: typed tables and episodes, never a frame or a file.

use chrono::NaiveDate;

use crate::model::episode::{Episode, Warning};
use crate::model::threshold::Settings;
use crate::tables::{Day, ShoeUse, Week};

/// A run as rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputRun<'a> {
    /// Its id.
    pub id: &'a str,
    /// The runner's day.
    pub date: NaiveDate,
    /// Metres, where known.
    pub distance_m: Option<u32>,
    /// The name of the pair it was run in.
    pub shoe: Option<&'a str>,
}

/// All that a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct RuleInput<'a> {
    /// The day of the report.
    pub as_of: NaiveDate,
    /// Runs by day, then id.
    pub runs: &'a [InputRun<'a>],
    /// Every day from the first entry to `as_of`.
    pub days: &'a [Day],
    /// Every week.
    pub weeks: &'a [Week],
    /// Every pair.
    pub shoes: &'a [ShoeUse],
    /// Every episode.
    pub episodes: &'a [Episode],
    /// Every warning sign; empty while the load rules run.
    pub warnings: &'a [Warning],
    /// The thresholds in force.
    pub settings: &'a Settings,
}

impl<'a> RuleInput<'a> {
    /// The row of a day, where the log reaches it.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> Option<&'a Day> {
        self.days.binary_search_by_key(&date, |day| day.date).ok().map(|index| &self.days[index])
    }

    /// Whether a day lies in an episode.
    #[must_use]
    pub fn in_episode(&self, day: NaiveDate) -> bool {
        self.episodes.iter().any(|episode| (episode.onset..=episode.end).contains(&day))
    }

    /// The ids of the runs from one day to another.
    #[must_use]
    pub fn run_ids(&self, from: NaiveDate, to: NaiveDate) -> Vec<String> {
        self.runs.iter().filter(|run| (from..=to).contains(&run.date)).map(|run| run.id.to_owned()).collect()
    }

    /// The pair of the last run up to a day.
    #[must_use]
    pub fn shoes_by(&self, day: NaiveDate) -> Option<&'a str> {
        self.runs.iter().rev().find(|run| run.date <= day)?.shoe
    }
}
