//! Weeks and shoes. The state of a pair and the room left in the current week come unchanged from the floors below.

use chrono::NaiveDate;
use serde::Serialize;

use super::Number;

pub use crate::plan::budget::Budget;
pub use crate::rules::worn_shoes::ShoeState;
pub use crate::tables::Week;

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

/// One week, with what it is held against.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WeekRow {
    /// What was run in it.
    #[serde(flatten)]
    pub week: Week,
    /// Metres of the week before; null where this week cannot be held against it.
    pub previous_m: Option<u64>,
    /// Mean in metres of the complete observed weeks among the four before; null where there are fewer than two.
    pub mean4_m: Option<u64>,
    /// Most metres that the week can hold without standing out: as much above the week before, or above the mean of the four
    /// weeks before where that is more, as a rise may be. Null where this week cannot be held against the one before.
    pub allowance_m: Option<u64>,
    /// Change against the week before as a share of it: 0.1 is a tenth more. Null where there is none.
    pub change: Option<Number>,
    /// Why there is no change; null where there is one.
    pub change_reason: Option<ChangeReason>,
    /// The day on which the total went past the limit; null where the week is not flagged.
    #[serde(serialize_with = "crate::model::iso_day::or_null::serialize")]
    pub crossed_on: Option<NaiveDate>,
}

/// One week of the training plan that the configuration names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlannedWeek {
    /// Its first day.
    pub start: NaiveDate,
    /// Metres that are planned in it; null where a run of it is planned without a distance.
    pub distance_m: Option<u64>,
}

/// The last days that were logged, against usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Recent {
    /// The day of the last entry, with which the seven days end.
    pub to: NaiveDate,
    /// Metres in those 7 days; null where they are not known.
    pub last_7_days_m: Option<u64>,
    /// Mean metres in 7 days over the four weeks before those; null where they are not known.
    pub usual_7_days_m: Option<u64>,
}

/// One pair of shoes.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShoeRow {
    /// The name of the pair.
    pub name: String,
    /// Known metres on it, a lower bound.
    pub distance_m: u64,
    /// Number of runs on it.
    pub runs: u64,
    /// The day of its first run; null where there is none.
    pub first_used: Option<NaiveDate>,
    /// The day of its last run; null where there is none.
    pub last_used: Option<NaiveDate>,
    /// Mean metres a week on it over the 28 days up to the last entry; null where no run of those days is on it.
    pub recent_week_m: Option<u64>,
    /// Whole weeks until it reaches `due_m`, or where it is past that `worn_m`, at `recent_week_m` a week; null where it is not
    /// in use, where it is past `worn_m` or retired, and where more may be on it than is known.
    pub weeks_left: Option<u32>,
    /// Where it stands against its replacement window.
    pub state: ShoeState,
    /// Metres at which its replacement window begins.
    pub due_m: u32,
    /// Metres at which that window ends.
    pub worn_m: u32,
    /// Another pair whose name is so like this one's that this may be a slip for it; null for any other.
    pub perhaps: Option<String>,
}
