//! A log as the statistics see it: calendar days with what was on them, and the episodes of pain. It knows no flags and no
//! strata.

use std::collections::BTreeSet;

use chrono::NaiveDate;

/// A history of calendar days. A list that ends early goes on with days on which nothing was.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The first logged day.
    pub first_day: NaiveDate,
    /// For each calendar day from `first_day` on, whether it is observed.
    pub observed: Vec<bool>,
    /// For each of them, whether it holds a run.
    pub ran: Vec<bool>,
    /// For each of them, whether a note of any kind was written.
    pub noted: Vec<bool>,
    /// The days with a note of hip pain.
    pub painful_days: BTreeSet<NaiveDate>,
    /// First and last painful day of every episode, both sides together, in any order.
    pub episodes: Vec<(NaiveDate, NaiveDate)>,
}

impl History {
    /// The place of a day in the lists; `None` where it lies outside.
    pub(super) fn index(&self, day: NaiveDate) -> Option<usize> {
        usize::try_from((day - self.first_day).num_days()).ok().filter(|&day| day < self.observed.len())
    }

    /// Whether the day at `index` holds a run.
    pub(super) fn has_run(&self, index: usize) -> bool {
        self.ran.get(index).copied().unwrap_or(false)
    }
}
