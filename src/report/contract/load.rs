//! Weeks and shoes. Where a pair stands and the room left in the running week are told as the floors below have them.

use chrono::NaiveDate;
use serde::Serialize;

use super::Number;

pub use crate::plan::budget::Budget;
pub use crate::rules::worn_shoes::ShoeState;

/// Why a week has no change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ChangeReason {
    /// The week before had no distance, or there is none before.
    NoBaseline,
    /// This week or the one before is not wholly observed.
    Unobserved,
    /// This week or the one before is not complete.
    Incomplete,
    /// A run of the week before has no distance.
    UnknownDistance,
}

/// One week.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WeekRow {
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// Over before `as_of`, and begun on or after the first entry.
    pub complete: bool,
    /// All seven days are observed.
    pub observed: bool,
    /// Sum of known distances; `None` where nothing is known.
    pub distance_m: Option<u64>,
    /// Runs.
    pub runs: u32,
    /// Runs whose distance is not known: `distance_m` is then a lower bound.
    pub runs_without_distance: u32,
    /// Days without a run, where the week is complete and observed.
    pub rest_days: Option<u32>,
    /// Longest known run.
    pub longest_run_m: Option<u32>,
    /// The week before, where it can be compared with.
    pub previous_m: Option<u64>,
    /// Mean of the complete observed weeks among the four before, where there are two.
    pub mean4_m: Option<u64>,
    /// Share of change against the week before.
    pub change: Option<Number>,
    /// Why there is none.
    pub change_reason: Option<ChangeReason>,
    /// The day the total went past the limit, in a flagged week.
    pub crossed_on: Option<NaiveDate>,
}

/// One pair.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShoeRow {
    /// Its name.
    pub name: String,
    /// Known distance: a lower bound.
    pub distance_m: u64,
    /// Runs on it.
    pub runs: u64,
    /// First run.
    pub first_used: Option<NaiveDate>,
    /// Last run.
    pub last_used: Option<NaiveDate>,
    /// Where it stands.
    pub state: ShoeState,
    /// Where the replacement window begins.
    pub due_m: u32,
    /// Where it ends.
    pub worn_m: u32,
}
