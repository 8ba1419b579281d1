//! The report: one value that every format renders, and the JSON contract (`schema_version` 1). Distances are whole
//! metres, times seconds, shares 0–1; `None` is what is not known or unbounded.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::guidance::Kind;
use crate::link::exact::Stratum;
use crate::model::activity::DistanceFrom;
use crate::model::finding::{Severity, Unit};
use crate::model::ledger::FileOutcome;
use crate::model::log::LocalDayBy;
use crate::model::problem::Cost;
use crate::model::reading::{Flag, Priority, Quality, Region, Side, Timing};
use crate::model::threshold::Origin;
use crate::model::units::Units;

/// The version of the JSON. Adding a field leaves it; renaming, removing or redefining one raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// What a redacted report or index says of itself.
pub const REDACTED: &str = "Redacted for sharing: names, places, titles and the words of notes are left out, and every date is moved by the \
                            same whole number of weeks, so that the day of this report falls into the first week of 2000. Days of the week, \
                            distances and durations are as they were.";

/// A number that is written without a decimal point where it is whole.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
        if self.0.fract() == 0.0 && self.0.abs() < 9e15 {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// The whole report.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What wrote it.
    pub tool: Tool,
    /// Made with `--redact`: names are numbers, the words of notes are replaced by what was read in them, and every date is
    /// moved by the same whole number of weeks, so that `as_of` falls into the week from 2000-01-03 and keeps its weekday.
    pub redacted: bool,
    /// The day it speaks of.
    pub as_of: NaiveDate,
    /// Every threshold used, by key.
    pub settings: BTreeMap<String, Setting>,
    /// Whose log it is and what it spans.
    pub athlete: Athlete,
    /// What was read.
    pub import: Import,
    /// Runs by date, then id.
    pub runs: Vec<RunRow>,
    /// Weeks by start.
    pub weeks: Vec<WeekRow>,
    /// Shoes by name.
    pub shoes: Vec<ShoeRow>,
    /// Rules in registry order.
    pub rules: Vec<RuleRow>,
    /// Findings by `from`, then id.
    pub findings: Vec<FindingRow>,
    /// Warning signs by date of their note.
    pub warnings: Vec<WarningRow>,
    /// One entry for every note found.
    pub pain: Vec<PainRow>,
    /// Episodes by onset, then id.
    pub episodes: Vec<EpisodeRow>,
    /// What preceded episodes, per rule.
    pub links: Vec<LinkRow>,
    /// The week holding `as_of`; `None` until there is a week to plan from.
    pub plan: Option<Plan>,
    /// Advice by priority.
    pub advice: Vec<AdviceRow>,
    /// What has changed since the newest earlier report that lies where this one goes.
    pub since_last: Option<SinceLast>,
    /// Why nothing was compared although there is an earlier report.
    pub not_compared: Option<String>,
    /// What this report is not.
    pub disclaimer: String,
    /// How renderers show it. Not part of the JSON.
    #[serde(skip)]
    pub view: View,
}

/// The change since an earlier report.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SinceLast {
    /// The day of the earlier report.
    pub as_of: NaiveDate,
    /// Whether anything but the number of runs has changed.
    pub news: bool,
    /// One sentence.
    pub text: String,
}

/// How renderers show a report: choices that change no figure.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Unit of shown distances.
    pub units: Units,
    /// First day shown (`--since`).
    pub since: Option<NaiveDate>,
    /// Last day shown (`--until`).
    pub until: Option<NaiveDate>,
    /// Days of the calendar with what is known of each, from the first entry to `as_of`.
    pub days: Vec<DayView>,
    /// The sentence on warning signs where none stands; `None` where it has to be withheld.
    pub no_warning_sentence: Option<String>,
    /// The week in one sentence.
    pub this_week: String,
}

/// One calendar day for a chart.
#[derive(Clone, Debug)]
pub struct DayView {
    /// The day.
    pub date: NaiveDate,
    /// Not inside a long blank.
    pub observed: bool,
    /// How many runs.
    pub runs: u32,
    /// Known metres run; `None` where a run happened and none has a distance.
    pub distance_m: Option<u64>,
    /// Another sport was logged.
    pub other_sport: bool,
    /// A painful hip note stands on it; the highest score where one is given.
    pub pain: Option<Option<Number>>,
    /// The day lies inside an episode, from onset to last painful day.
    pub in_episode: bool,
}

/// Name and version of this program.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tool {
    /// `runhip`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// One threshold as used.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Setting {
    /// In `unit`.
    pub value: Number,
    /// The unit.
    pub unit: Unit,
    /// Where it comes from.
    pub origin: Origin,
    /// What it means.
    pub meaning: &'static str,
}

/// Whose log.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Athlete {
    /// The name, where one was given.
    pub name: Option<String>,
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

/// What a rule came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleOutcome {
    /// It found something.
    Found,
    /// It looked and found nothing.
    Clear,
    /// It could not look.
    NotAssessed,
}

/// One rule.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RuleRow {
    /// Its id.
    pub rule: &'static str,
    /// A short title. Not part of the contract, for people.
    pub title: &'static str,
    /// What it came to.
    pub outcome: RuleOutcome,
    /// Why it could not look.
    pub reason: Option<String>,
    /// Weeks, runs, shoes or episodes looked at.
    pub assessed: u64,
    /// How many of them were flagged.
    pub flagged: u64,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingRow {
    /// Its id.
    pub id: String,
    /// The rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Recent, or its episode is open, or its shoe in use.
    pub current: bool,
    /// In `unit`.
    pub measured: Option<Number>,
    /// In `unit`.
    pub threshold: Option<Number>,
    /// The unit.
    pub unit: Unit,
    /// A sentence.
    pub message: String,
    /// Runs behind it.
    pub runs: Vec<String>,
    /// Guidance entries that speak to it.
    pub guidance: Vec<String>,
    /// What sets it apart.
    pub tags: Vec<String>,
}

/// One warning sign.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WarningRow {
    /// Which.
    pub flag: Flag,
    /// How soon.
    pub priority: Priority,
    /// The day of the note.
    pub note_date: NaiveDate,
    /// The note.
    pub text: String,
    /// The episode's id.
    pub episode: Option<String>,
    /// The day a later note denied it.
    pub cleared_on: Option<NaiveDate>,
    /// Whether it leads the report on `as_of`.
    pub leads: bool,
}

/// One note as read.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PainRow {
    /// The runner's day.
    pub date: NaiveDate,
    /// Hip-region pain.
    pub hip: bool,
    /// Set where the note names no place and was taken for one of the hip, with the reason.
    pub assumed_hip: Option<crate::model::note::AssumedHip>,
    /// Which hip.
    pub side: Option<Side>,
    /// Which part.
    pub region: Option<Region>,
    /// 0–10.
    pub severity: Option<Number>,
    /// How it feels.
    pub qualities: BTreeSet<Quality>,
    /// When.
    pub timing: BTreeSet<Timing>,
    /// Warning signs in it.
    pub red_flags: BTreeSet<Flag>,
    /// Whether it was understood.
    pub understood: bool,
    /// The note.
    pub text: String,
    /// The file it came from.
    pub source: String,
    /// The words behind the reading.
    pub spans: Vec<crate::model::reading::Span>,
}

/// A finding that came before an episode.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PrecededBy {
    /// The finding's id.
    pub finding: String,
    /// Its rule.
    pub rule: &'static str,
    /// Days from the finding to the onset.
    pub days_before: i64,
    /// Whether the statistics count it.
    pub linked: bool,
}

/// The shoe on the last run up to an onset.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShoeAtOnset {
    /// Its name.
    pub name: String,
    /// Its distance by then.
    pub distance_m: u64,
}

/// Distance before an onset against usual.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Load {
    /// Metres in the 7 days up to the day before the onset.
    pub last_7_days_m: Option<u64>,
    /// Mean metres in 7 days over the four weeks before those.
    pub usual_7_days_m: Option<u64>,
}

/// One episode.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EpisodeRow {
    /// `onset/side`.
    pub id: String,
    /// The side.
    pub side: Side,
    /// The region.
    pub region: Region,
    /// Every region named.
    pub regions: BTreeSet<Region>,
    /// First painful day.
    pub onset: NaiveDate,
    /// Last painful day.
    pub end: NaiveDate,
    /// Still open.
    pub open: bool,
    /// How many painful days.
    pub painful_days: u64,
    /// Highest score.
    pub peak_severity: Option<Number>,
    /// Every quality named.
    pub qualities: BTreeSet<Quality>,
    /// Warning signs.
    pub red_flags: BTreeSet<Flag>,
    /// It stopped running for a week, or somebody was consulted.
    pub injury: bool,
    /// What came before.
    pub preceded_by: Vec<PrecededBy>,
    /// The shoe.
    pub shoe_at_onset: Option<ShoeAtOnset>,
    /// The load.
    pub load: Load,
}

/// A rate ratio with its 95 % limits.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RateRatio {
    /// Conditional estimate; `None` where unbounded.
    pub estimate: Option<f64>,
    /// Lower limit.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
    /// The lower limit is the end of its range.
    pub low_unbounded: bool,
    /// The upper limit is the end of its range.
    pub high_unbounded: bool,
}

/// Counts for another window.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WindowCount {
    /// Days.
    pub window_days: u32,
    /// Episodes preceded.
    pub exposed: u64,
    /// Expected from how usual the flag is.
    pub expected: Option<f64>,
}

/// Counts for the window that should show nothing.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NullWindow {
    /// Episodes preceded.
    pub exposed: u64,
    /// Expected.
    pub expected: f64,
}

/// What may be said of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// Too few episodes for counts.
    TimelineOnly,
    /// Counts and nothing more.
    CountsOnly,
    /// Even the most extreme outcome could not be told from chance.
    CannotBeTested,
    /// Not shown in this log.
    NotShown,
    /// More often than chance explains.
    MoreOftenThanChance,
}

/// How one rule's flags stand to the episodes.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "the contract's own names; linking.rs explains them")]
pub struct LinkRow {
    pub rule: &'static str,
    pub window_days: u32,
    pub episodes_total: u64,
    pub episodes_usable: u64,
    pub excluded: BTreeMap<String, u64>,
    pub exposed: u64,
    pub expected: Option<f64>,
    pub exposed_share: Option<f64>,
    pub informative_strata: Option<u64>,
    pub rate_ratio: Option<RateRatio>,
    pub mantel_haenszel: Option<f64>,
    pub p_exact: Option<f64>,
    pub p_rotation: Option<f64>,
    pub p_holm: Option<f64>,
    pub best_attainable_p: Option<f64>,
    pub seed: Option<u64>,
    pub sensitivity: Vec<WindowCount>,
    pub null_window: Option<NullWindow>,
    pub claim: Claim,
    pub text: String,
    /// The counts behind the figures, for pooling runners. Not part of the JSON.
    #[serde(skip)]
    pub strata: Vec<Stratum>,
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

/// A source of advice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SourceRef {
    /// The text's title.
    pub title: String,
    /// The section in it.
    pub section: String,
}

/// One line of advice.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AdviceRow {
    /// How soon.
    pub priority: Priority,
    /// What it is for.
    pub kind: Kind,
    /// The line.
    pub text: String,
    /// Guidance entries.
    pub guidance: Vec<String>,
    /// Their sources.
    pub sources: Vec<SourceRef>,
    /// Findings, warnings or episodes that brought it.
    pub because: Vec<String>,
}
