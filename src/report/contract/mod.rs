//! The report: one value that every format renders, and the JSON contract (`schema_version` 1). Distances are whole
//! metres, times seconds, shares 0–1; `None` is what is not known or unbounded.
//!
//! What a floor below works out in the very shape that is written stands here under its own name and not a second time:
//! [`Budget`], [`Claim`], [`ShoeState`], [`Source`].

mod advice;
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

pub use advice::{AdviceRow, Source};
pub use finding::{FindingRow, RuleOutcome, RuleRow};
pub use link::{Claim, LinkRow, NullWindow, RateRatio, WindowCount};
pub use load::{Budget, ChangeReason, ShoeRow, ShoeState, WeekRow};
pub use pain::{EpisodeRow, Load, PainRow, PrecededBy, ShoeAtOnset, WarningRow};
pub use read::{Athlete, FileRow, Import, ImportTotals, ProblemRow, RunRow};
pub use view::{DayView, View};

/// The version of the JSON. Adding a field leaves it; renaming, removing or redefining one raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// What a redacted report or index says of itself.
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

/// The whole report.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What wrote it.
    pub tool: Tool,
    /// Made with `--redact`: names are numbers, the words of notes are replaced by what was read in them, the usual thresholds
    /// hold, and every date is moved by the same whole number of weeks, which is not told.
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
    pub plan: Option<Budget>,
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
