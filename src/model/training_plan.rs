//! A training plan as its file tells it: what is to be run, on which day or in which week. It does not know what has
//! been run already.

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
    /// The day that is named.
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
    /// The day, with a time where the plan gives one.
    pub when: When,
    /// Whole metres; `None` is not said, and not zero.
    pub distance_m: Option<u32>,
    /// The kind of run, as written.
    pub kind: Option<String>,
    /// The shoe, as written.
    pub shoe: Option<String>,
    /// The line it stands on, counted from 1.
    pub line: u64,
}

/// The rows of a plan, in the order of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrainingPlan {
    /// What is to be run.
    pub rows: Vec<PlannedRow>,
    /// Rows that are days of rest.
    pub rest_rows: u64,
    /// Rows of other sports, and entries of a calendar that name no distance.
    pub other_rows: u64,
    /// What was wrong in it. A problem that cost an entry makes the plan unfit to be checked.
    pub problems: Vec<Problem>,
}
