//! What became of every file that was found.

use super::problem::{Cost, Problem};

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, strum::IntoStaticStr)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum FileOutcome {
    /// It was read, and at least one run, note or other entry in the report is its own; or it is an archive, whose
    /// members have rows of their own.
    Read,
    /// It was read, and all its activities joined runs that another file owns.
    Merged,
    /// It was left alone on purpose.
    Ignored,
    /// It could not be used.
    Failed,
}

/// One file of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// Relative to the path given on the command line; archive members as `a.zip!/b.gpx`.
    pub path: String,
    /// The format, such as `gpx`; `None` where none was recognised.
    pub format: Option<String>,
    /// The dialect, such as `strava`.
    pub dialect: Option<String>,
    /// What became of it.
    pub outcome: FileOutcome,
    /// How many activities it held.
    pub activities: u64,
    /// How many notes it held.
    pub notes: u64,
    /// How many pairs of shoes it declared.
    pub shoes: u64,
    /// Why it was ignored, merged or failed.
    pub reason: Option<String>,
    /// What was wrong inside it.
    pub problems: Vec<Problem>,
}

impl LedgerRow {
    /// True where the file failed or an entry in it was lost.
    #[must_use]
    pub fn lost_something(&self) -> bool {
        self.outcome == FileOutcome::Failed || self.problems.iter().any(|p| p.cost >= Cost::Entry)
    }
}

/// How many activities went where. `activities_in = runs_out + duplicates_merged + other_sport + left_out`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Activities read from all files.
    pub activities_in: u64,
    /// Activities that joined a run another activity stands for.
    pub duplicates_merged: u64,
    /// Activities in other sports.
    pub other_sport: u64,
    /// Activities that could not be placed on a day, or were after the day of the report, or were set aside by the
    /// runner.
    pub left_out: u64,
    /// Runs in the report.
    pub runs_out: u64,
}
