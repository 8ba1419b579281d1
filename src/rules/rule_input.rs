//! The input of rules: typed tables and episodes, never a data frame or a file.

use chrono::NaiveDate;

use crate::model::episode::{Episode, Warning};
use crate::model::threshold::Settings;
use crate::tables::{Day, ShoeUse, Week};

/// A run, with what rules need of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputRun<'a> {
    /// Its id.
    pub id: &'a str,
    /// The runner's calendar day.
    pub date: NaiveDate,
    /// Its metres, where known.
    pub distance_m: Option<u32>,
    /// The name of the pair worn.
    pub shoe: Option<&'a str>,
}

/// Everything that a rule may use.
#[derive(Clone, Copy, Debug)]
pub struct RuleInput<'a> {
    /// The day of the report.
    pub as_of: NaiveDate,
    /// The runs by day, then id.
    pub runs: &'a [InputRun<'a>],
    /// Every day from the first entry to `as_of`, without gaps.
    pub days: &'a [Day],
    /// Every week.
    pub weeks: &'a [Week],
    /// Every pair.
    pub shoes: &'a [ShoeUse],
    /// Every episode.
    pub episodes: &'a [Episode],
    /// Every warning sign; empty for the load rules.
    pub warnings: &'a [Warning],
    /// The thresholds in force.
    pub settings: &'a Settings,
}

impl<'a> RuleInput<'a> {
    /// The row of a day, if the log reaches it.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> Option<&'a Day> {
        let since = (date - self.days.first()?.date).num_days();
        self.days.get(usize::try_from(since).ok()?)
    }

    /// The rows of the days from one to another, both included, as far as the log reaches.
    #[must_use]
    pub fn days_between(&self, from: NaiveDate, to: NaiveDate) -> &'a [Day] {
        let Some(first) = self.days.first() else { return &[] };
        let at = |date: NaiveDate| usize::try_from((date - first.date).num_days()).unwrap_or(0).min(self.days.len());
        let end = if to < first.date { 0 } else { at(to).saturating_add(1).min(self.days.len()) };
        self.days.get(at(from)..end).unwrap_or_default()
    }

    /// Whether a day lies in an episode.
    #[must_use]
    pub fn in_episode(&self, day: NaiveDate) -> bool {
        self.episodes.iter().any(|episode| (episode.onset..=episode.end).contains(&day))
    }

    /// The ids of the runs from one day to another, both included.
    #[must_use]
    pub fn run_ids(&self, from: NaiveDate, to: NaiveDate) -> Vec<String> {
        let first = self.runs.partition_point(|run| run.date < from);
        self.runs[first..].iter().take_while(|run| run.date <= to).map(|run| run.id.to_owned()).collect()
    }

    /// The pair worn in the last run up to a day.
    #[must_use]
    pub fn shoes_by(&self, day: NaiveDate) -> Option<&'a str> {
        self.runs[..self.runs.partition_point(|run| run.date <= day)].last()?.shoe
    }
}
