//! The types of this floor: what has been run, what is planned, and both together by day. It decides nothing.

use chrono::{Days, NaiveDate, Weekday};

use crate::model::episode::Episode;
use crate::model::threshold::Settings;
use crate::tables::ShoeLimits;

/// A run, done or planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its id; those of planned runs begin with [`PLANNED`].
    pub id: String,
    /// The runner's calendar day.
    pub date: NaiveDate,
    /// Its metres, where known.
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
    /// Its metres, where given.
    pub distance_m: Option<u32>,
    /// Index into [`History::pairs`].
    pub pair: Option<usize>,
    /// The kind of run, as the plan names it.
    pub kind: Option<String>,
}

/// The beginning of the ids of planned runs.
pub const PLANNED: &str = "plan/";

/// The total distance of a week whose days the plan leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekTotal {
    /// First day of the week.
    pub start: NaiveDate,
    /// The metres of the week, with those already run.
    pub distance_m: u32,
}

/// The log that a plan is checked against. Everything is dated up to and including `as_of`.
#[derive(Clone, Copy, Debug)]
pub struct History<'a> {
    /// The last day of the log.
    pub as_of: NaiveDate,
    /// The first day of the week.
    pub week_start: Weekday,
    /// The runs by day, then id.
    pub runs: &'a [Run],
    /// The days with another sport.
    pub other_sport_days: &'a [NaiveDate],
    /// The days with a note.
    pub note_days: &'a [NaiveDate],
    /// Every pair, with those that only the plan names.
    pub pairs: &'a [ShoeLimits],
    /// Every episode.
    pub episodes: &'a [Episode],
    /// The thresholds in force.
    pub settings: &'a Settings,
}

impl History<'_> {
    /// The first day of the week that holds `day`.
    #[must_use]
    pub fn week_of(&self, day: NaiveDate) -> NaiveDate {
        day.week(self.week_start).first_day()
    }

    /// True if a run is logged on `day`.
    #[must_use]
    pub fn ran_on(&self, day: NaiveDate) -> bool {
        self.runs.iter().any(|run| run.date == day)
    }

    /// The first day still to be run: `as_of`, or the day after it where a run of `as_of` is logged.
    #[must_use]
    pub fn open_from(&self) -> NaiveDate {
        if self.ran_on(self.as_of) { self.as_of + Days::new(1) } else { self.as_of }
    }
}

/// A plan: its runs and weekly totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The planned runs by day, then id.
    pub runs: Vec<Run>,
    /// The weeks for which only the total is planned, by start.
    pub totals: Vec<WeekTotal>,
    /// The first day that the plan names, or the start of the first week with a total.
    pub from: NaiveDate,
    /// The last day, which ends the week of the last row.
    pub until: NaiveDate,
}

impl Course {
    /// A plan of these runs and weeks; the runs get ids.
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

    /// The same days with nothing planned.
    #[must_use]
    pub fn emptied(&self) -> Self {
        Self { runs: Vec::new(), totals: Vec::new(), from: self.from, until: self.until }
    }

    /// True if the plan gives a total for the week that holds `day`.
    #[must_use]
    pub fn has_total(&self, history: &History<'_>, day: NaiveDate) -> bool {
        let start = history.week_of(day);
        self.totals.iter().any(|total| total.start == start)
    }

    /// The metres that a week's total leaves open after the runs done and planned on days of the week.
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
