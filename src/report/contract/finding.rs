//! The rules and what they found.

use chrono::NaiveDate;
use serde::Serialize;

use super::Number;
use crate::model::finding::{Severity, Unit};
use crate::rules::Family;

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

impl FindingRow {
    /// Whether it tells of a warning sign.
    #[must_use]
    pub fn is_sign(&self) -> bool {
        Family::of(self.rule) == Family::Signs
    }
}
