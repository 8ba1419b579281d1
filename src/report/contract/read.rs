//! Whose log it is, what was read of it, and the runs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::activity::{DistanceFrom, SportFrom};
use crate::model::log::LocalDayBy;

pub use crate::model::assumption::Assumption;
pub use crate::model::ledger::{LedgerRow, Totals};

/// Whose log it is, and what it spans.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Athlete {
    /// The name; null where none was given.
    pub name: Option<String>,
    /// What the report's file is named for: the name, else the last part of the path; in a roster the folder. Reports are
    /// compared where it is the same. `null` in a redacted report.
    pub known_by: Option<String>,
    /// The day of the first entry; null where there is none.
    pub log_from: Option<NaiveDate>,
    /// The day of the last entry up to `as_of`; null where there is none.
    pub log_to: Option<NaiveDate>,
    /// Number of runs.
    pub runs: u64,
    /// Sum of the known distances in metres.
    pub distance_m: u64,
    /// Days from `log_from` to `as_of` that are observed: not in a stretch of 14 days or more without any entry.
    pub observed_days: u64,
    /// Days from `log_from` to `as_of` that are not observed.
    pub missing_days: u64,
    /// Number of runs by how their day on the runner's calendar was settled: from an offset, a local date, the
    /// coordinates, the time zone given, or that of the machine.
    pub local_day_by: BTreeMap<LocalDayBy, u64>,
}

/// The ledger: every file that was found, and what became of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Import {
    /// The files, by path.
    pub files: Vec<LedgerRow>,
    /// What was assumed where the inputs leave something open that moves a figure, by kind and subject.
    pub assumptions: Vec<Assumption>,
    /// Sums over them.
    pub totals: ImportTotals,
}

/// Sums over the ledger. `activities_in = runs_out + duplicates_merged + other_sport + left_out`.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportTotals {
    /// Files that were read.
    pub read: u64,
    /// Files all of whose activities joined runs that another file owns.
    pub merged: u64,
    /// Files that were left alone on purpose.
    pub ignored: u64,
    /// Files that could not be used.
    pub failed: u64,
    /// Where their activities went.
    #[serde(flatten)]
    pub activities: Totals,
}

/// One run, merged from every file that tells of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RunRow {
    /// Its id: the start as `20260304T063000+1300`, the date alone where no time is known, `-2` behind it on a tie.
    pub id: String,
    /// The day on the runner's calendar.
    #[serde(serialize_with = "crate::model::iso_day::serialize")]
    pub local_date: NaiveDate,
    /// The start on the runner's clock in ISO 8601, with the offset where it is known; null where no time is.
    pub local_start: Option<String>,
    /// Seconds east of UTC at the start; null where not known.
    pub utc_offset_s: Option<i32>,
    /// The kind of running, such as `run` or `trail-run`.
    pub sport: String,
    /// What told the sport: a named column or element, a column whose values are sports, the title, the pace, or nothing.
    pub sport_from: SportFrom,
    /// Metres; null where not known.
    pub distance_m: Option<u32>,
    /// Where the distance comes from; null where there is none.
    pub distance_from: Option<DistanceFrom>,
    /// Seconds in motion as the device has them; null where not known.
    pub moving_s: Option<u32>,
    /// Seconds from start to end; null where not known.
    pub elapsed_s: Option<u32>,
    /// The name of the pair; null where not known.
    pub shoe: Option<String>,
    /// The paths of the files that tell of it, the one it is taken from first.
    pub sources: Vec<String>,
}
