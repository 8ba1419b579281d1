//! What is said of a training plan: one value that every format renders, and its JSON (`schema_version` 1, kept like that
//! of the report). Distances are whole metres, shares 0–1; `None` is what is not known.

pub mod build;
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

use super::contract::{AdviceRow, ChangeReason, EpisodeRow, Number, Setting, Source, Tool, WarningRow};
use crate::model::finding::{Severity, Unit};
use crate::model::units::Units;
use crate::plan::edits::Edit;

/// What a plan without a flag is not.
pub const NO_PROMISE: &str = "A flag is no forecast of an injury, and a plan without a flag is no promise.";

/// All that is said of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlanReport {
    /// [`super::contract::SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What wrote it.
    pub tool: Tool,
    /// The last day of the log it is held against.
    pub as_of: NaiveDate,
    /// Every threshold used, by key.
    pub settings: BTreeMap<String, Setting>,
    /// What the log says first; nothing of the plan outranks it.
    pub first: First,
    /// The plan as read; `None` where none was given.
    pub plan: Option<Held>,
    /// What was asked for and what came of it; `None` where nothing was.
    pub suggestion: Option<SuggestionRow>,
    /// What this is not.
    pub disclaimer: String,
    /// Unit of shown distances. Not part of the JSON.
    #[serde(skip)]
    pub units: Units,
}

/// What the log says first.
#[derive(Clone, Debug, Serialize)]
pub struct First {
    /// Warning signs that lead.
    pub warnings: Vec<WarningRow>,
    /// Open episodes.
    pub episodes: Vec<EpisodeRow>,
    /// What the guidance says to them, most urgent first.
    pub advice: Vec<AdviceRow>,
    /// Why nothing is suggested, in the order of what comes first; empty where nothing stands in the way.
    pub because: Vec<String>,
    /// The sentence where no warning sign stands, or why there is none.
    pub no_warning: Option<String>,
}

impl First {
    /// True where nothing is to be suggested.
    #[must_use]
    pub fn stands(&self) -> bool {
        !self.because.is_empty()
    }
}

/// A plan held against the log.
#[derive(Clone, Debug, Serialize)]
pub struct Held {
    /// First day still to be run.
    pub from: NaiveDate,
    /// Last day: the end of the week that holds the last row.
    pub to: NaiveDate,
    /// Runs planned on days.
    pub runs: u64,
    /// Weeks of which the plan gives the total.
    pub week_totals: u64,
    /// Known metres planned, on days and in totals.
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
    /// Flags in the order of days.
    pub flags: Vec<FlagRow>,
    /// Flags that changes would bring up, with their own changes.
    pub follow_on: Vec<FlagRow>,
    /// True where the changes together leave no flag but those that no change answers.
    pub changes_hold: bool,
    /// Whether it reaches the target, where one is given.
    pub target: Option<TargetRow>,
    /// Weeks of the plan.
    pub weeks: Vec<PlanWeek>,
    /// What could not be looked at, and why.
    pub not_assessed: Vec<String>,
    /// What the guidance says to the flags.
    pub guidance: Vec<GuidanceRow>,
}

/// One flag of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct FlagRow {
    /// Its id, as a finding of that day would have it.
    pub id: String,
    /// The rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The day on which it arises.
    pub date: NaiveDate,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// In `unit`.
    pub measured: Option<Number>,
    /// In `unit`.
    pub threshold: Option<Number>,
    /// The unit.
    pub unit: Unit,
    /// A sentence.
    pub message: String,
    /// Runs behind it; planned ones begin with `plan/`.
    pub runs: Vec<String>,
    /// Guidance entries that speak to it.
    pub guidance: Vec<String>,
    /// What removes it.
    pub change: ChangeRow,
}

/// What removes a flag.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeRow {
    /// How.
    pub by: ChangeBy,
    /// In a sentence.
    pub text: String,
    /// What to do, where it is one of the edits.
    pub edits: Vec<Edit>,
}

/// How a flag is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeBy {
    /// By its own edits, once the changes of earlier flags are made.
    Edits,
    /// By the changes of other flags.
    OtherChanges,
    /// By no change of the plan.
    Nothing,
    /// Not said, because a warning sign asks for assessment first, or a hip hurts.
    Withheld,
}

/// Whether a plan reaches a distance by a day.
#[derive(Clone, Debug, Serialize)]
pub struct TargetRow {
    /// Metres.
    pub target_m: u32,
    /// The day.
    pub by: NaiveDate,
    /// The first day with a run of that distance; `None` where there is none by then.
    pub reached_on: Option<NaiveDate>,
    /// The longest planned run by then.
    pub longest_m: Option<u32>,
    /// In a sentence.
    pub text: String,
}

/// One week of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlanWeek {
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// Metres, run and planned.
    pub distance_m: Option<u64>,
    /// Metres of it that are run already.
    pub so_far_m: u64,
    /// Runs; `None` where only the total is planned.
    pub runs: Option<u32>,
    /// Days without a run; `None` where only the total is planned, or some day is not known.
    pub rest_days: Option<u32>,
    /// Longest run.
    pub longest_run_m: Option<u32>,
    /// Share of change against the week before.
    pub change: Option<Number>,
    /// Why there is none.
    pub change_reason: Option<ChangeReason>,
    /// Flags that arise in it.
    pub flags: Vec<String>,
}

/// What the guidance says to a rule.
#[derive(Clone, Debug, Serialize)]
pub struct GuidanceRow {
    /// The rule.
    pub rule: &'static str,
    /// The line.
    pub text: String,
    /// The entry.
    pub guidance: String,
    /// Its sources.
    pub sources: Vec<Source>,
}

/// What came of asking for a plan.
#[derive(Clone, Debug, Serialize)]
pub struct SuggestionRow {
    /// Metres aimed for.
    pub target_m: u32,
    /// The day.
    pub by: NaiveDate,
    /// Whether there is a plan.
    pub possible: bool,
    /// What came of it, in sentences.
    pub text: String,
    /// The most metres that raise no flag on the day, where the target is out of reach.
    pub reachable_m: Option<u32>,
    /// The first day on which the target raises no flag, where it is out of reach by then.
    pub earliest: Option<NaiveDate>,
    /// Its runs.
    pub runs: Vec<SuggestedRun>,
    /// Its weeks.
    pub weeks: Vec<PlanWeek>,
    /// What the guidance says to the limits it keeps.
    pub guidance: Vec<GuidanceRow>,
}

/// One suggested run.
#[derive(Clone, Debug, Serialize)]
pub struct SuggestedRun {
    /// The day.
    pub date: NaiveDate,
    /// Metres.
    pub distance_m: u32,
    /// `run`, `long run` or `target`.
    #[serde(rename = "type")]
    pub kind: String,
    /// A pair, only where the usual one reaches its limit.
    pub shoe: Option<String>,
}
