//! The roster's index: one value that every format renders, and its JSON contract (`schema_version` 1). Distances are whole
//! metres, shares 0–1; `None` is what is not known or unbounded.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::model::reading::Priority;
use crate::model::units::Units;
use crate::report::contract::{Claim, RateRatio, Tool};

/// The version of the index's JSON. Adding a field leaves it; renaming, removing or redefining one raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// What stands in `since_last` where nothing has changed.
pub const NO_CHANGE: &str = "No change.";

/// Weeks of distance in a row.
pub const WEEKS: usize = 26;

/// The whole index.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Index {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What wrote it.
    pub tool: Tool,
    /// Made with `--redact`: athletes are numbers, and dates are moved as in their reports.
    pub redacted: bool,
    /// The day it speaks of.
    pub as_of: NaiveDate,
    /// The day of the index that `since_last` compares with.
    pub compared_with: Option<NaiveDate>,
    /// Why nothing was compared although there is an earlier index.
    pub not_compared: Option<String>,
    /// How many athletes stand where.
    pub counts: Counts,
    /// Most in need of attention first, then by name.
    pub athletes: Vec<AthleteRow>,
    /// What preceded episodes, per rule, over all athletes.
    pub links: Vec<PooledRow>,
    /// Which athletes' own links stand once it is allowed for how many were looked at.
    pub runner_links: RunnerLinks,
    /// Files and folders beside the athletes', by path.
    pub left_alone: Vec<LeftAlone>,
    /// What this index is not.
    pub disclaimer: String,
    /// The unit in which renderers show distances. Not part of the JSON.
    #[serde(skip)]
    pub units: Units,
}

/// How many athletes stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Counts {
    /// With a warning sign that leads their report.
    pub warning_signs: u64,
    /// With an open episode.
    pub open_episodes: u64,
    /// With a finding of at least a notice in the last 28 days.
    pub fresh_findings: u64,
    /// Of whom nothing could be read.
    pub failed: u64,
    /// Without a run.
    pub without_runs: u64,
}

/// What became of an athlete's folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Read.
    Read,
    /// Read, and there is no run in it.
    NoRuns,
    /// Not read.
    Failed,
}

/// One athlete.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AthleteRow {
    /// The name: that of the configuration, else the folder's.
    pub name: String,
    /// The folder or archive, as a path below the one given.
    pub folder: String,
    /// What became of it.
    pub state: State,
    /// The report as a path relative to the index; `None` where none was written.
    pub report: Option<String>,
    /// How soon somebody should look.
    #[serde(serialize_with = "priority_or_none")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub attention: Option<Priority>,
    /// Why, in short.
    pub reasons: Vec<String>,
    /// The last [`WEEKS`] complete weeks, oldest first; `None` where a week is not wholly observed or not known.
    pub weekly_distance_m: Vec<Option<u64>>,
    /// First day of the first of those weeks.
    pub weeks_from: Option<NaiveDate>,
    /// The newest open episode's id.
    pub open_episode: Option<String>,
    /// Findings of any severity that end in the last 28 days; `None` where nothing was read.
    pub findings_last_28_days: Option<u64>,
    /// What changed since the earlier index, in one sentence; `None` where nothing was compared.
    pub since_last: Option<String>,
    /// The day of the last entry.
    pub last_entry: Option<NaiveDate>,
    /// The warning signs that lead the report, as `flag/day of the note`.
    pub warning_signs: Vec<String>,
    /// Ids of the findings counted above.
    pub findings: Vec<String>,
    /// The name as shown: with the folder behind it where two athletes share a name. Not part of the JSON.
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

/// One rule's flags against the episodes of all athletes: a stratum is one athlete's half-year.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "the contract's own names; linking.rs explains them")]
pub struct PooledRow {
    pub rule: &'static str,
    /// A short title. Not part of the contract, for people.
    pub title: &'static str,
    pub window_days: u32,
    pub episodes_total: u64,
    pub episodes_usable: u64,
    pub excluded: BTreeMap<String, u64>,
    pub exposed: u64,
    pub expected: Option<f64>,
    pub exposed_share: Option<f64>,
    pub informative_strata: u64,
    pub rate_ratio: Option<RateRatio>,
    pub mantel_haenszel: Option<f64>,
    pub p_exact: Option<f64>,
    pub p_holm: Option<f64>,
    pub best_attainable_p: Option<f64>,
    /// Athletes with a half-year in which days could be compared.
    pub runners: u64,
    /// The largest share of the episodes compared that is one athlete's.
    pub largest_share: Option<f64>,
    pub leave_one_out: Option<LeaveOneOut>,
    pub claim: Claim,
    pub text: String,
}

/// The rate ratio's range with each athlete left out in turn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LeaveOneOut {
    /// Smallest; `None` where unbounded.
    pub low: Option<f64>,
    /// Largest; `None` where unbounded.
    pub high: Option<f64>,
}

/// The athletes' own results as one list.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RunnerLinks {
    /// Results with a p-value.
    pub results: u64,
    /// Athletes they are of.
    pub runners: u64,
    /// Those that stand, by athlete.
    pub standing: Vec<StandingLink>,
    /// It, said.
    pub text: String,
}

/// One athlete's link that stands.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StandingLink {
    /// The athlete.
    pub name: String,
    /// The athlete's folder.
    pub folder: String,
    /// The rule.
    pub rule: &'static str,
    /// Adjusted over the athlete's own tests.
    pub p_holm: f64,
    /// That, adjusted over all results of the list.
    pub p_adjusted: f64,
}

/// What lies beside the athletes' folders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LeftAlone {
    /// Relative path.
    pub path: String,
    /// Why it is no athlete.
    pub reason: String,
}
