//! The report: one value that every format renders, and the JSON contract (`schema_version` 1). Distances are whole
//! metres, times seconds, shares 0–1; `None` is what is not known or unbounded.
//!
//! Types that a floor below already has in the shape that is written are used here as they are: [`Budget`],
//! [`Claim`], [`ShoeState`], [`Source`].

mod finding;
mod link;
mod load;
mod pain;
mod read;
mod view;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::model::finding::Unit;
use crate::model::threshold::Origin;

pub use crate::guidance::{Advice, AdviceText, Source};
pub use finding::{FindingRow, FindingSubject, FlagDetail, RuleOutcome, RuleRow};
pub use link::{Claim, LinkRow, Linked, NullWindow, RateRatio, WindowCount};
pub use load::{Budget, ChangeReason, PlannedWeek, Recent, ShoeRow, ShoeState, Week, WeekRow};
pub use pain::{EpisodeRow, Forerunner, Load, PainRow, ShoeAtOnset, WarningRow};
pub use read::{Assumption, Athlete, Import, ImportTotals, LedgerRow, RunRow, Totals};
pub use view::{DayView, View};

/// The version of the JSON. Adding a field keeps it; renaming, removing or redefining one raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// What a redacted report or index says about itself.
pub const REDACTED: &str = "Redacted for sharing: names, places, titles and the words of notes are left out, the usual thresholds hold \
                            whatever the runner has set, and every date is moved by the same whole number of weeks, which is not \
                            told. Days of the week, distances and durations are as they were.";

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

/// A report on one athlete: what was read, what it comes to, and what the guidance says to it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// The version of this contract, 1. Adding a field leaves it; renaming, removing or redefining one raises it.
    pub schema_version: u32,
    /// The program that wrote the report.
    pub tool: Tool,
    /// True where the report was made with `--redact`: names are numbers, the words of notes are replaced by what was
    /// read in them, the usual thresholds hold, and every date is moved by the same whole number of weeks, which is not
    /// told.
    pub redacted: bool,
    /// The day the report speaks of: nothing after it counts.
    pub as_of: NaiveDate,
    /// True where that is the day of the last entry because the log ended long ago, or because it was asked for.
    pub as_of_last_entry: bool,
    /// Every threshold used, by key.
    pub settings: BTreeMap<String, Setting>,
    /// Whose log it is and what it spans.
    pub athlete: Athlete,
    /// The files that were found, and what became of each.
    pub import: Import,
    /// The runs, by date, then id.
    pub runs: Vec<RunRow>,
    /// The weeks from the first entry to `as_of`, by start.
    pub weeks: Vec<WeekRow>,
    /// The last seven days that were logged, against usual; null where there is no entry.
    pub recent: Option<Recent>,
    /// The pairs of shoes, by name.
    pub shoes: Vec<ShoeRow>,
    /// What each rule came to, in a fixed order.
    pub rules: Vec<RuleRow>,
    /// The flags that rules raised, by `from`, then id.
    pub findings: Vec<FindingRow>,
    /// The warning signs in notes and episodes, by the date of their note.
    pub warnings: Vec<WarningRow>,
    /// The notes as they were read: one entry for every note found.
    pub pain: Vec<PainRow>,
    /// The stretches of hip pain on one side, by onset, then id.
    pub episodes: Vec<EpisodeRow>,
    /// For each rule that is tested, how its flags stand to the onsets of pain.
    pub links: Vec<LinkRow>,
    /// What the week that holds `as_of` has room for; null until there is a week to plan from.
    pub plan: Option<Budget>,
    /// The weeks of the training plan that the configuration names, by start; empty where it names none, and in a redacted
    /// report.
    pub planned: Vec<PlannedWeek>,
    /// The advice, most urgent first.
    pub advice: Vec<Advice>,
    /// What has changed since the newest earlier report beside this one; null where there is none, or it cannot be
    /// compared with.
    pub since_last: Option<SinceLast>,
    /// Why nothing was compared although there is an earlier report; null where it was, or there is none.
    pub not_compared: Option<String>,
    /// What this report is not.
    pub disclaimer: String,
    /// A hash of the whole file, by which runhip knows that nobody has changed it since. It is worked out when the file is
    /// written, with 32 zeros in its place.
    pub seal: &'static str,
    /// How renderers show it; it is not written.
    #[serde(skip)]
    pub view: View,
}

/// The change since an earlier report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SinceLast {
    /// The day of the earlier report.
    pub as_of: NaiveDate,
    /// True where anything but the number of runs has changed, and where nothing has been logged for 14 days or more.
    pub news: bool,
    /// What has changed, in one sentence.
    pub text: String,
    /// Runs of the earlier report that are not in the log any more.
    pub runs_gone: u64,
    /// Notes of the earlier report that are not in the log any more.
    pub notes_gone: u64,
    /// Warning signs that led the earlier report and whose note was taken out or worded otherwise since.
    pub signs_withdrawn: u64,
    /// That files seem to be missing, in one sentence; null where none do. The exit status is 3 then.
    pub missing: Option<String>,
}

/// Name and version of this program.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tool {
    /// The name, `runhip`.
    pub name: &'static str,
    /// Its version, such as `0.1.0`.
    pub version: &'static str,
}

/// One threshold as used.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Setting {
    /// The number in force, in `unit`.
    pub value: Number,
    /// The unit of `value`.
    pub unit: Unit,
    /// Who chose the number.
    pub origin: Origin,
    /// What is held against it, in a few words.
    pub meaning: &'static str,
}
