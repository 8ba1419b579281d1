//! What is said of a training plan: one value that every format renders, and its JSON (`schema_version` 1, with the
//! same rules as that of the report). Distances are whole metres, shares 0–1; `None` is what is not known.

pub mod build;
pub mod facts;
mod guidance_rows;
mod running_week;
mod suggestion;
pub mod table;
mod week;
mod week_rows;
mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::contract::{Advice, ChangeReason, EpisodeRow, FlagDetail, Number, Setting, Source, Tool, WarningRow};
use crate::model::finding::Severity;
use crate::model::units::Units;
use crate::plan::edits::Edit;

pub use suggestion::NO_PLAN;

/// What no flag does not promise.
pub const NO_PROMISE: &str = "A flag is no forecast of an injury, and a plan without a flag is no promise.";

/// The whole report on a plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlanReport {
    /// The version of this JSON, which is that of the report.
    pub schema_version: u32,
    /// The program that wrote it.
    pub tool: Tool,
    /// The last day of the log that the plan is checked against.
    pub as_of: NaiveDate,
    /// Every threshold in use, by key.
    pub settings: BTreeMap<String, Setting>,
    /// What the log says first; it takes precedence over the plan.
    pub first: LogPreface,
    /// The plan as read and judged; null where none was given.
    pub plan: Option<CheckedPlan>,
    /// The suggestion that was asked for; null where none was.
    pub suggestion: Option<SuggestionRow>,
    /// What this report is not.
    pub disclaimer: String,
    /// The unit in which distances are shown; not part of the JSON.
    #[serde(skip)]
    pub units: Units,
}

/// What the log says first.
#[derive(Clone, Debug, Serialize)]
pub struct LogPreface {
    /// The warning signs that lead.
    pub warnings: Vec<WarningRow>,
    /// The episodes that are open.
    pub episodes: Vec<EpisodeRow>,
    /// What the guidance says to them, the most urgent first.
    pub advice: Vec<Advice>,
    /// Why nothing is suggested, the most important reason first; empty if something may be.
    pub because: Vec<String>,
    /// The sentence that there is no warning sign, or why that is not said.
    pub no_warning: Option<String>,
}

impl LogPreface {
    /// True if nothing may be suggested.
    #[must_use]
    pub fn stands(&self) -> bool {
        !self.because.is_empty()
    }
}

/// A plan checked against the log.
#[derive(Clone, Debug, Serialize)]
pub struct CheckedPlan {
    /// First day still to be run.
    pub from: NaiveDate,
    /// Last day: the end of the week that holds the last row.
    pub to: NaiveDate,
    /// Runs planned on days.
    pub runs: u64,
    /// Weeks for which the plan gives a total.
    pub week_totals: u64,
    /// The known planned metres, of days and totals.
    pub distance_m: u64,
    /// Runs whose distance the plan does not say.
    pub runs_without_distance: u64,
    /// Rows before `as_of`, left out.
    pub rows_before: u64,
    /// Rows of `as_of`, left out because a run of that day is logged.
    pub rows_done: u64,
    /// Rows that are days of rest.
    pub rest_rows: u64,
    /// Rows of other sports, and calendar entries without a distance, left out.
    pub other_rows: u64,
    /// The flags, in the order of days.
    pub flags: Vec<FlagRow>,
    /// Flags that the changes would raise, with changes of their own.
    pub follow_on: Vec<FlagRow>,
    /// True where, with all changes made, no flag is left but those that no change removes.
    pub changes_hold: bool,
    /// Whether the plan reaches the target, if one is given.
    pub target: Option<TargetRow>,
    /// Weeks of the plan.
    pub weeks: Vec<PlanWeek>,
    /// What could not be assessed, and why.
    pub not_assessed: Vec<String>,
    /// What the guidance says to the flags.
    pub guidance: Vec<GuidanceRow>,
}

/// One flag of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct FlagRow {
    /// Its id, like that of a finding on that day.
    pub id: String,
    /// The id of the rule that raised it.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The day on which it arises.
    pub date: NaiveDate,
    /// First day it is about.
    pub from: NaiveDate,
    /// Last day it is about.
    pub to: NaiveDate,
    /// Its message and figures.
    #[serde(flatten)]
    pub detail: FlagDetail,
    /// What removes it.
    pub change: ChangeRow,
}

/// What removes a flag.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeRow {
    /// How it is removed.
    pub by: ChangeBy,
    /// What to change, or why nothing is suggested, as a sentence.
    pub text: String,
    /// The single changes, where changes remove the flag.
    pub edits: Vec<Edit>,
}

/// How a flag is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeBy {
    /// By its own changes, after those of earlier flags.
    Edits,
    /// By the changes of other flags.
    OtherChanges,
    /// By no change of the plan.
    Nothing,
    /// Not said, because a warning sign asks for an examination first or a hip hurts.
    Withheld,
}

/// Whether a plan reaches a distance by a day.
#[derive(Clone, Debug, Serialize)]
pub struct TargetRow {
    /// The distance to reach in metres.
    pub target_m: u32,
    /// The day by which to reach it.
    pub by: NaiveDate,
    /// The first day with a run of that distance; null where there is none by then.
    pub reached_on: Option<NaiveDate>,
    /// The longest planned run by then in metres; null where none has a distance.
    pub longest_m: Option<u32>,
    /// Whether the plan reaches it, in a sentence.
    pub text: String,
}

/// One week of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlanWeek {
    /// First day of the week.
    pub start: NaiveDate,
    /// Last day of the week.
    pub end: NaiveDate,
    /// Metres run and planned; null where nothing is known.
    pub distance_m: Option<u64>,
    /// Metres of it that are run already.
    pub so_far_m: u64,
    /// Number of runs; null where only the total is planned.
    pub runs: Option<u32>,
    /// Days without a run; null where only the total is planned, or some day is not known.
    pub rest_days: Option<u32>,
    /// Longest run in metres; null where none has a distance.
    pub longest_run_m: Option<u32>,
    /// Change against the week before as a share of it; null where there is none.
    pub change: Option<Number>,
    /// Why there is no change figure; null where there is one.
    pub change_reason: Option<ChangeReason>,
    /// The ids of the flags that arise in it.
    pub flags: Vec<String>,
}

/// What the guidance says to a rule.
#[derive(Clone, Debug, Serialize)]
pub struct GuidanceRow {
    /// The id of the rule.
    pub rule: &'static str,
    /// What the guidance says to it.
    pub text: String,
    /// The id of the entry.
    pub guidance: String,
    /// The texts and sections the entry draws on.
    pub sources: Vec<Source>,
}

/// The answer to a request for a plan.
#[derive(Clone, Debug, Serialize)]
pub struct SuggestionRow {
    /// The distance asked for in metres.
    pub target_m: u32,
    /// The day asked for.
    pub by: NaiveDate,
    /// True if a plan was found.
    pub possible: bool,
    /// The answer in sentences.
    pub text: String,
    /// The most metres that raise no flag on that day; null unless the target is out of reach.
    pub reachable_m: Option<u32>,
    /// The first day on which the target raises no flag; null unless it is out of reach, or where none was found.
    pub earliest: Option<NaiveDate>,
    /// The runs of the plan.
    pub runs: Vec<SuggestedRun>,
    /// The weeks of the plan.
    pub weeks: Vec<PlanWeek>,
    /// What the guidance says to the limits it keeps.
    pub guidance: Vec<GuidanceRow>,
}

/// One run of a suggested plan.
#[derive(Clone, Debug, Serialize)]
pub struct SuggestedRun {
    /// The day of the run.
    pub date: NaiveDate,
    /// Its distance in metres.
    pub distance_m: u32,
    /// `run`, `long run` or `target`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The pair to wear, where the usual one reaches its limit; else null.
    pub shoe: Option<String>,
}
