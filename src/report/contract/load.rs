//! Weeks, shoes, and the room left in the running week.

use chrono::NaiveDate;
use serde::Serialize;

use super::Number;

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

/// Where a pair of shoes stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ShoeState {
    /// Below the window.
    Ok,
    /// In the replacement window.
    Due,
    /// Past it.
    Worn,
    /// No longer in use.
    Retired,
    /// Below the window as far as known, and more distance may be missing.
    Unknown,
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

/// What fits in the week holding `as_of`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Plan {
    /// First day of the week.
    pub week_start: NaiveDate,
    /// Run so far.
    pub so_far_m: u64,
    /// Most that raises no flag.
    pub distance_cap_m: Option<u64>,
    /// Longest single run that raises no flag.
    pub longest_run_cap_m: Option<u64>,
    /// Days without a run.
    pub min_rest_days: Option<u32>,
    /// The reason for each.
    pub because: Vec<String>,
}
