//! What became of every file that was found.

use serde::{Serialize, Serializer};

use super::problem::{Cost, Problem};

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, strum::IntoStaticStr)]
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

/// One file of the ledger, as the JSON report has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "FileRow"))]
pub struct LedgerRow {
    /// Its path, relative to the path given on the command line and never absolute; a member of an archive as
    /// `a.zip!/b.gpx`, bytes that are no text percent-escaped.
    pub path: String,
    /// Its format, such as `gpx`; null where none was recognised.
    pub format: Option<String>,
    /// The program or service whose kind of file it is, such as `strava`; null where that is not told apart.
    pub dialect: Option<String>,
    /// What became of it.
    pub outcome: FileOutcome,
    /// How many activities it held.
    pub activities: u64,
    /// How many notes it held.
    pub notes: u64,
    /// How many pairs of shoes it declared.
    #[serde(skip)]
    pub shoes: u64,
    /// Why it was ignored, merged or failed; null where there is nothing to say.
    pub reason: Option<String>,
    /// What was wrong inside it.
    #[serde(serialize_with = "problems_in_words")]
    #[cfg_attr(test, schemars(with = "Vec<ProblemRow>"))]
    pub problems: Vec<Problem>,
}

/// A problem as the JSON report has it: its place in words. What it cost stands in the exit status and the summary.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ProblemRow<'a> {
    /// Where in the file: `line 7`, `record 3`, `byte 120`, `file`, or in a workbook `sheet Runs, row 7`. Lines and records count from 1, bytes from 0.
    place: String,
    /// What is wrong, and what was done about it.
    what: &'a str,
    /// What the runner can do.
    hint: &'a str,
}

fn problems_in_words<S: Serializer>(problems: &[Problem], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(problems.iter().map(|problem| ProblemRow {
        place: problem.place_in_words(),
        what: &problem.what,
        hint: &problem.hint,
    }))
}

impl LedgerRow {
    /// What was left out of a text of notes that was read: mostly lines whose day is not known.
    pub fn lines_left_out(&self) -> impl Iterator<Item = &Problem> {
        let is_text = self.format.as_deref() == Some("text");
        self.problems.iter().filter(move |problem| is_text && problem.cost == Cost::Entry)
    }

    /// False for files that only hold recorded positions, in which nobody writes of pain.
    #[must_use]
    pub fn may_hold_notes(&self) -> bool {
        !matches!(self.format.as_deref(), Some("gpx" | "fit"))
    }

    /// True if the file failed or an entry in it was lost.
    #[must_use]
    pub fn lost_something(&self) -> bool {
        self.outcome == FileOutcome::Failed || self.problems.iter().any(|p| p.cost >= Cost::Entry)
    }
}

/// How many activities went where. `activities_in = runs_out + duplicates_merged + other_sport + left_out`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
