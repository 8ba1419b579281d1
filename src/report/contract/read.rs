//! Whose log it is, what was read of it, and the runs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::activity::DistanceFrom;
use crate::model::ledger::FileOutcome;
use crate::model::log::LocalDayBy;
use crate::model::problem::Cost;

/// Whose log.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Athlete {
    /// The name, where one was given.
    pub name: Option<String>,
    /// What the report's file is named for: the name, else the last part of the path; in a roster the folder. Reports are
    /// compared where it is the same. `null` in a redacted report.
    pub known_by: Option<String>,
    /// Day of the first entry.
    pub log_from: Option<NaiveDate>,
    /// Day of the last entry up to `as_of`.
    pub log_to: Option<NaiveDate>,
    /// Runs.
    pub runs: u64,
    /// Sum of the known distances.
    pub distance_m: u64,
    /// Days from `log_from` to `as_of` that are observed.
    pub observed_days: u64,
    /// Days from `log_from` to `as_of` that are not.
    pub missing_days: u64,
    /// Runs by how their local day was settled.
    pub local_day_by: BTreeMap<LocalDayBy, u64>,
}

/// The ledger.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Import {
    /// Files by path.
    pub files: Vec<FileRow>,
    /// Sums over them.
    pub totals: ImportTotals,
}

/// One file.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FileRow {
    /// Relative path.
    pub path: String,
    /// The format.
    pub format: Option<String>,
    /// The dialect.
    pub dialect: Option<String>,
    /// What became of it.
    pub outcome: FileOutcome,
    /// Activities in it.
    pub activities: u64,
    /// Notes in it.
    pub notes: u64,
    /// Why.
    pub reason: Option<String>,
    /// What was wrong inside.
    pub problems: Vec<ProblemRow>,
}

/// One problem.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProblemRow {
    /// Where.
    pub place: String,
    /// What.
    pub what: String,
    /// What to do.
    pub hint: String,
    /// What it cost; for the summary alone.
    #[serde(skip)]
    pub cost: Cost,
}

/// Sums over the ledger. `activities_in = runs_out + duplicates_merged + other_sport + left_out`.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "the contract's own names")]
pub struct ImportTotals {
    pub read: u64,
    pub merged: u64,
    pub ignored: u64,
    pub failed: u64,
    pub activities_in: u64,
    pub duplicates_merged: u64,
    pub other_sport: u64,
    pub left_out: u64,
    pub runs_out: u64,
}

/// One run.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RunRow {
    /// Its id.
    pub id: String,
    /// The runner's day.
    pub local_date: NaiveDate,
    /// Wall-clock start in ISO 8601, with the offset where known.
    pub local_start: Option<String>,
    /// Seconds east of UTC.
    pub utc_offset_s: Option<i32>,
    /// The kind of running.
    pub sport: String,
    /// Metres.
    pub distance_m: Option<u32>,
    /// What measured it.
    pub distance_from: Option<DistanceFrom>,
    /// Seconds.
    pub moving_s: Option<u32>,
    /// Seconds.
    pub elapsed_s: Option<u32>,
    /// The shoe.
    pub shoe: Option<String>,
    /// The files that tell of it.
    pub sources: Vec<String>,
}
