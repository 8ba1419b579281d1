//! The rules and what they found.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Number, ShoeState};
use crate::model::finding::{Severity, Unit};
use crate::model::warning_sign::RedFlag;
use crate::rules::Family;

/// What a rule came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleOutcome {
    /// It raised at least one flag.
    Found,
    /// It looked and found nothing.
    Clear,
    /// It could not look.
    NotAssessed,
}

/// One rule, and what it came to.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RuleRow {
    /// The rule's id, as `runhip explain` takes it.
    pub rule: &'static str,
    /// Its title, for people.
    pub title: &'static str,
    /// What it came to.
    pub outcome: RuleOutcome,
    /// Why it could not look; null where it looked.
    pub reason: Option<String>,
    /// How many weeks, runs, shoes or episodes it looked at.
    pub assessed: u64,
    /// How many of them it flagged.
    pub flagged: u64,
}

/// One finding: a flag that a rule raised.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingRow {
    /// Its id: the rule and the first day, or for shoes the rule, the pair and its state, with slashes between.
    pub id: String,
    /// The id of the rule that raised it.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// First day it speaks of.
    #[serde(serialize_with = "crate::model::iso_day::serialize")]
    pub from: NaiveDate,
    /// Last day it speaks of.
    #[serde(serialize_with = "crate::model::iso_day::serialize")]
    pub to: NaiveDate,
    /// True where `to` is within the last 28 days, or its episode is open, or its shoe is in use.
    pub current: bool,
    /// What it says and rests on.
    #[serde(flatten)]
    pub detail: FlagDetail,
    /// Words that set it apart from others of its rule, such as `after-light-week`.
    pub tags: Vec<String>,
    /// What it is about, beyond its rule and days.
    #[serde(skip)]
    pub subject: FindingSubject,
}

/// What a flag says and rests on, be it of the log or of a plan.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FlagDetail {
    /// What was measured, in `unit`; null where the rule measures nothing.
    pub measured: Option<Number>,
    /// What it was held against, in `unit`; null where the rule has no threshold.
    pub threshold: Option<Number>,
    /// The unit of both.
    pub unit: Unit,
    /// The flag in a sentence.
    pub message: String,
    /// Ids of the runs behind it; those of a plan begin with `plan/`.
    pub runs: Vec<String>,
    /// Ids of the guidance entries that speak to it.
    pub guidance: Vec<String>,
}

/// What a finding is about, besides its rule and days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindingSubject {
    /// The running on those days.
    Running,
    /// A pair of shoes that reached the start (`Due`) or the end (`Worn`) of its replacement window.
    Pair {
        /// The name of the pair.
        name: String,
        /// Which of the two it reached.
        state: ShoeState,
    },
    /// The warning signs of one note, by name.
    Signs(Vec<RedFlag>),
}

impl FindingRow {
    /// Whether the finding is about a warning sign.
    #[must_use]
    pub fn is_sign(&self) -> bool {
        Family::of(self.rule) == Family::Signs
    }
}
