//! The roster's index: one value that every format renders, and its JSON contract (`schema_version` 1). Distances are whole
//! metres, shares 0–1; `None` is what is not known or unbounded.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::reading::Priority;
use crate::model::units::Units;
use crate::report::contract::Tool;

pub use crate::link::together::{LeaveOneOut, Together};

/// The version of the index's JSON. Adding a field keeps it; renaming, removing or redefining one raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// The value of `since_last` where nothing has changed.
pub const NO_CHANGE: &str = "No change.";

/// The number of weeks of distance in a row.
pub const WEEKS: usize = 26;

/// The index of a roster: who needs attention first, and what their logs show together.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Index {
    /// The version of this contract, 1. Adding a field leaves it; renaming, removing or redefining one raises it.
    pub schema_version: u32,
    /// The program that wrote the index.
    pub tool: Tool,
    /// True where the index was made with `--redact`: athletes are numbers, and dates are moved as in their reports.
    pub redacted: bool,
    /// The day the index speaks of.
    pub as_of: NaiveDate,
    /// The day of the earlier index that `since_last` compares with; null where nothing was compared.
    pub compared_with: Option<NaiveDate>,
    /// Why nothing was compared although there is an earlier index; null where it was, or there is none.
    pub not_compared: Option<String>,
    /// How many athletes stand where.
    pub counts: Counts,
    /// The athletes, those most in need of attention first, then by name.
    pub athletes: Vec<AthleteRow>,
    /// For each rule that is tested, how its flags stand to the onsets of pain over all athletes.
    pub links: Vec<PooledRow>,
    /// Which athletes' own links stand once it is allowed for how many were looked at.
    pub runner_links: RunnerLinks,
    /// Athletes of an earlier index whose folder is not there any more, by name, for 28 days.
    pub gone: Vec<GoneAthlete>,
    /// Files and folders beside the athletes' that were not read, by path.
    pub left_alone: Vec<UnreadPath>,
    /// What this index is not.
    pub disclaimer: String,
    /// A hash of the whole file, by which runhip knows that nobody has changed it since. It is worked out when the file is
    /// written, with 32 zeros in its place.
    pub seal: &'static str,
    /// The unit in which renderers show distances; it is not written.
    #[serde(skip)]
    pub units: Units,
}

/// How many athletes stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Counts {
    /// Athletes with a warning sign that leads their report.
    pub warning_signs: u64,
    /// Athletes with an open episode of hip pain.
    pub open_episodes: u64,
    /// Athletes with a finding of at least a notice in the last 28 days.
    pub fresh_findings: u64,
    /// Athletes of whom nothing could be read.
    pub failed: u64,
    /// Athletes without a run.
    pub without_runs: u64,
}

/// What became of an athlete's folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It was read, and there is at least one run in it.
    Read,
    /// It was read, and there is no run in it.
    NoRuns,
    /// Nothing in it could be read.
    Failed,
}

impl State {
    /// Its name in the JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::NoRuns => "no-runs",
            Self::Failed => "failed",
        }
    }
}

/// An athlete who stood in an earlier index and whose folder is not there any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GoneAthlete {
    /// The name, as it stood there.
    pub name: String,
    /// The folder, as it stood there.
    pub folder: String,
    /// The day of the last index with the athlete in it.
    pub last_seen: NaiveDate,
    /// How soon somebody should have looked then: `P0` to `P6`, or `none`.
    pub attention: String,
    /// The warning signs that led the report then.
    pub warning_signs: Vec<String>,
    /// The id of the episode that was open then; null where none was.
    pub open_episode: Option<String>,
    /// Whether the athlete stood in the index that this one is compared with.
    #[serde(skip)]
    pub is_new: bool,
}

/// One athlete of the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AthleteRow {
    /// The name: that of the configuration, else the folder's.
    pub name: String,
    /// The folder or archive, as a path below the one given.
    pub folder: String,
    /// What became of it.
    pub state: State,
    /// The path of the report relative to the index; null where none was written.
    pub report: Option<String>,
    /// How soon somebody should look, `P0` the soonest and `P6` the least, or `none`.
    #[serde(serialize_with = "priority_or_none", deserialize_with = "read_priority")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub attention: Option<Priority>,
    /// Why, each in a few words.
    pub reasons: Vec<String>,
    /// Metres of the last 26 complete weeks, oldest first; null for a week that is not wholly observed or not known.
    pub weekly_distance_m: Vec<Option<u64>>,
    /// Metres of the longest run of the last of those weeks; null where that is not known.
    pub longest_run_m: Option<u64>,
    /// Days of that week without a run; null where that is not known.
    pub rest_days: Option<u32>,
    /// The last day with hip pain in the notes; null where no note tells of any.
    pub last_pain: Option<NaiveDate>,
    /// The first day of the first of those weeks; null where there is none.
    pub weeks_from: Option<NaiveDate>,
    /// The id of the newest open episode; null where none is open.
    pub open_episode: Option<String>,
    /// How many findings of any severity end in the last 28 days; null where nothing was read.
    pub findings_last_28_days: Option<u64>,
    /// What has changed since the earlier index, in one sentence; null where nothing was compared.
    pub since_last: Option<String>,
    /// The day of the last entry; null where there is none.
    pub last_entry: Option<NaiveDate>,
    /// The day that the athlete's report speaks of; null where there is none.
    pub as_of: Option<NaiveDate>,
    /// Number of runs up to that day; null where nothing was read.
    pub runs: Option<u64>,
    /// Number of notes up to that day; null where nothing was read.
    pub notes: Option<u64>,
    /// That runs or notes of the last time are not in the log now and files seem to be missing; null where none do.
    pub missing: Option<String>,
    /// The warning signs that lead the report, each as `flag/day of the note`.
    pub warning_signs: Vec<String>,
    /// Ids of the findings counted in `findings_last_28_days`.
    pub findings: Vec<String>,
    /// The name as shown: with the folder behind it where two athletes share a name. It is not written.
    #[serde(skip)]
    pub label: String,
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn priority_or_none<S: Serializer>(attention: &Option<Priority>, serializer: S) -> Result<S::Ok, S::Error> {
    match attention {
        Some(priority) => priority.serialize(serializer),
        None => serializer.serialize_str("none"),
    }
}

fn read_priority<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Priority>, D::Error> {
    let name = String::deserialize(from)?;
    if name == "none" {
        return Ok(None);
    }
    name.parse().map(Some).map_err(D::Error::custom)
}

/// One rule's flags against the episodes of all athletes: a stratum is one athlete's half-year.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PooledRow {
    /// The rule whose flags these are.
    pub rule: &'static str,
    /// Its title, for people.
    pub title: &'static str,
    /// How many days before an onset a flag counts.
    pub window_days: u32,
    /// Hip-pain episodes in the logs.
    pub episodes_total: u64,
    /// Episodes that can be counted for this rule: their onset lies on a day before which a flag could have been seen.
    pub episodes_usable: u64,
    /// How many episodes cannot be counted, by reason.
    pub excluded: BTreeMap<String, u64>,
    /// The figures and what may be said of them.
    #[serde(flatten)]
    pub together: Together,
}

/// The athletes' own results as one list.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RunnerLinks {
    /// How many results with a p-value there are.
    pub results: u64,
    /// How many athletes they are of.
    pub runners: u64,
    /// Those that stand once it is allowed for all of them, by athlete.
    pub standing: Vec<StandingLink>,
    /// What the list comes to, in sentences.
    pub text: String,
}

/// One athlete's link that stands.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StandingLink {
    /// The name of the athlete.
    pub name: String,
    /// The folder of the athlete.
    pub folder: String,
    /// The id of the rule.
    pub rule: &'static str,
    /// The p-value that the athlete's claim rests on, adjusted for the athlete's own tests.
    pub p_step_down: f64,
    /// The two-sided p-value, adjusted by Holm's method for the athlete's own tests.
    pub p_holm: f64,
    /// The first of them, adjusted by Benjamini and Hochberg's method for all results of the list.
    pub p_adjusted: f64,
}

/// What lies beside the athletes' folders.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "LeftAlone"))]
pub struct UnreadPath {
    /// Its path, relative to the folder given.
    pub path: String,
    /// Why it is no athlete.
    pub reason: String,
}
