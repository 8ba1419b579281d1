//! A training plan as its file gives it: what to run, on which day or in which week. It does not know what has been
//! run already.

use chrono::NaiveDate;

use super::problem::Problem;

/// When a row of a plan is to be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// On this day.
    Day(NaiveDate),
    /// In the week that holds this day, on days that the plan leaves open.
    Week(NaiveDate),
}

impl When {
    /// The day that the row names.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Day(day) | Self::Week(day) => day,
        }
    }
}

/// One row that asks for running.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRow {
    /// The day or week.
    pub when: When,
    /// Whole metres; `None` if not given, which is not zero.
    pub distance_m: Option<u32>,
    /// The kind of run, as written.
    pub kind: Option<String>,
    /// The shoe, as written.
    pub shoe: Option<String>,
    /// The line it is on, counted from 1.
    pub line: u64,
}

/// The rows of a plan, in the order of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrainingPlan {
    /// The rows that ask for running.
    pub rows: Vec<PlannedRow>,
    /// The number of rows that are days of rest.
    pub rest_rows: u64,
    /// The number of rows of other sports, and of calendar entries without a distance.
    pub other_rows: u64,
    /// The problems in it. One that cost an entry makes the plan unusable for a check.
    pub problems: Vec<Problem>,
}
