//! The nouns of this floor: what has been run, what is planned, and both on one line of days. Decides nothing.

use chrono::{Days, NaiveDate, Weekday};

use crate::model::episode::Episode;
use crate::model::threshold::Settings;
use crate::tables::ShoeLimits;

/// A run, done or planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its id; planned runs have [`PLANNED`] in front.
    pub id: String,
    /// The runner's day.
    pub date: NaiveDate,
    /// Metres, where known.
    pub distance_m: Option<u32>,
    /// Index into [`History::pairs`].
    pub pair: Option<usize>,
    /// The kind of run, as the plan names it.
    pub kind: Option<String>,
}

/// A run of a plan before it has an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunDraft {
    /// Its day.
    pub date: NaiveDate,
    /// Metres, where said.
    pub distance_m: Option<u32>,
    /// Index into [`History::pairs`].
    pub pair: Option<usize>,
    /// The kind of run, as the plan names it.
    pub kind: Option<String>,
}

/// What the ids of planned runs begin with.
pub const PLANNED: &str = "plan/";

/// The whole distance of a week whose days the plan leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekTotal {
    /// First day of the week.
    pub start: NaiveDate,
    /// Metres of the week, what has been run in it included.
    pub distance_m: u32,
}

/// What a plan is held against. Everything is dated up to and including `as_of`.
#[derive(Clone, Copy, Debug)]
pub struct History<'a> {
    /// The last day of the log.
    pub as_of: NaiveDate,
    /// First day of the week.
    pub week_start: Weekday,
    /// Runs by day, then id.
    pub runs: &'a [Run],
    /// Days with another sport.
    pub other_sport_days: &'a [NaiveDate],
    /// Days with a note.
    pub note_days: &'a [NaiveDate],
    /// Every pair, those that only the plan names included.
    pub pairs: &'a [ShoeLimits],
    /// Every episode.
    pub episodes: &'a [Episode],
    /// The thresholds in force.
    pub settings: &'a Settings,
}

impl History<'_> {
    /// First day of the week that holds `day`.
    #[must_use]
    pub fn week_of(&self, day: NaiveDate) -> NaiveDate {
        day.week(self.week_start).first_day()
    }

    /// True where a run is logged on `day`.
    #[must_use]
    pub fn ran_on(&self, day: NaiveDate) -> bool {
        self.runs.iter().any(|run| run.date == day)
    }

    /// The first day that is still to be run: `as_of`, or the day after it where its run is logged.
    #[must_use]
    pub fn open_from(&self) -> NaiveDate {
        if self.ran_on(self.as_of) { self.as_of + Days::new(1) } else { self.as_of }
    }
}

/// What is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Planned runs by day, then id.
    pub runs: Vec<Run>,
    /// Weeks of which only the total is planned, by start.
    pub totals: Vec<WeekTotal>,
    /// The first day that it names, or whose week it gives a total.
    pub from: NaiveDate,
    /// The last day: the end of the week that holds the last row.
    pub until: NaiveDate,
}

impl Course {
    /// A plan of these days and weeks, each day's runs with ids of their own.
    #[must_use]
    pub fn new(history: &History<'_>, mut planned: Vec<RunDraft>, mut totals: Vec<WeekTotal>) -> Self {
        // Rows of one day keep their order.
        planned.sort_by_key(|one| one.date);
        totals.sort_by_key(|total| total.start);
        let mut runs: Vec<Run> = Vec::with_capacity(planned.len());
        let mut same_day = 0;
        for RunDraft { date, distance_m, pair, kind } in planned {
            same_day = if runs.last().is_some_and(|run| run.date == date) { same_day + 1 } else { 0 };
            let tie = if same_day == 0 { String::new() } else { format!("-{}", same_day + 1) };
            runs.push(Run { id: format!("{PLANNED}{date}{tie}"), date, distance_m, pair, kind });
        }
        let last = runs.iter().map(|run| run.date).chain(totals.iter().map(|total| total.start)).max();
        let until = history.week_of(last.unwrap_or(history.as_of)) + Days::new(6);
        let first = runs.iter().map(|run| run.date).chain(totals.iter().map(|total| total.start)).min();
        Self { runs, totals, from: first.unwrap_or(history.as_of), until }
    }

    /// The same days without anything planned on them.
    #[must_use]
    pub fn emptied(&self) -> Self {
        Self { runs: Vec::new(), totals: Vec::new(), from: self.from, until: self.until }
    }

    /// True where the plan gives the week that holds `day` a total.
    #[must_use]
    pub fn has_total(&self, history: &History<'_>, day: NaiveDate) -> bool {
        let start = history.week_of(day);
        self.totals.iter().any(|total| total.start == start)
    }

    /// Metres that a week's total leaves open, once what is run and planned on days of the week is taken off.
    #[must_use]
    pub fn open_m(&self, history: &History<'_>, total: &WeekTotal) -> u32 {
        let end = total.start + Days::new(6);
        let on_days: u32 = history
            .runs
            .iter()
            .chain(&self.runs)
            .filter(|run| (total.start..=end).contains(&run.date))
            .filter_map(|run| run.distance_m)
            .fold(0, u32::saturating_add);
        total.distance_m.saturating_sub(on_days)
    }
}
