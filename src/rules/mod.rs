//! The rules: one file each, and the list of them. A rule sees typed tables and episodes, never a frame or a file, and
//! says what it found; it lays nothing out.

mod long_run_spike;
mod long_running_streak;
mod return_after_break;
mod running_through_pain;
mod too_few_rest_days;
mod warning_sign;
mod weekly_mileage_jump;
pub mod worn_shoes;

use chrono::NaiveDate;

use crate::model::episode::{Episode, Warning};
use crate::model::finding::Finding;
use crate::model::threshold::{Settings, Threshold};
use crate::model::units::Units;
use crate::tables::{Day, ShoeUse, Week};

pub use long_run_spike::{LONG_RUN_SPIKE, SPIKE_DAYS, SPIKE_RUNS};
pub use long_running_streak::MAX_STREAK_DAYS;
pub use too_few_rest_days::MIN_REST_DAYS;
pub use weekly_mileage_jump::{WEEKLY_JUMP, is_return_ramp};
pub use worn_shoes::{SHOE_DUE, SHOE_WORN};

/// How many days back from the day of the report a finding stays current.
pub const CURRENT_DAYS: Threshold = Threshold {
    key: "current_days",
    default: 28,
    unit: crate::model::finding::Unit::Days,
    origin: crate::model::threshold::Origin::Default,
    configurable: false,
    meaning: "findings of the last days up to the report count as current",
};

/// What a rule is, in words.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// The id, in kebab case; the file has it in snake case.
    pub id: &'static str,
    /// A title of a few words.
    pub title: &'static str,
    /// What it looks for.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// One example with numbers.
    pub example: &'static str,
    /// What published work says.
    pub evidence: &'static str,
    /// How well it is supported, in a few words.
    pub grade: &'static str,
    /// Catalogue ids of the guidance it stands on.
    pub guidance: &'static [&'static str],
    /// Every number it holds something against.
    pub thresholds: &'static [&'static Threshold],
}

/// A run as rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenRun<'a> {
    /// Its id.
    pub id: &'a str,
    /// The runner's day.
    pub date: NaiveDate,
    /// Metres, where known.
    pub distance_m: Option<u32>,
    /// The name of the pair it was run in.
    pub shoe: Option<&'a str>,
}

/// All that a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The day of the report.
    pub as_of: NaiveDate,
    /// Runs by day, then id.
    pub runs: &'a [SeenRun<'a>],
    /// Every day from the first entry to `as_of`.
    pub days: &'a [Day],
    /// Every week.
    pub weeks: &'a [Week],
    /// Every pair.
    pub shoes: &'a [ShoeUse],
    /// Every episode.
    pub episodes: &'a [Episode],
    /// Every warning sign; empty while the load rules run.
    pub warnings: &'a [Warning],
    /// The thresholds in force.
    pub settings: &'a Settings,
}

/// What a rule comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It found something.
    Found(Vec<Finding>),
    /// It looked and found nothing.
    Clear,
    /// It could not look, for this reason.
    NotAssessed(&'static str),
}

/// What a rule comes to, and how much it looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What it comes to.
    pub verdict: Verdict,
    /// Weeks, runs, shoes or episodes looked at.
    pub assessed: u64,
    /// How many of them were flagged.
    pub flagged: u64,
}

impl Outcome {
    /// The outcome of a look at `assessed` things of which these were flagged; `nothing_to_assess` is the reason where
    /// there was nothing to look at.
    fn of(findings: Vec<Finding>, assessed: u64, nothing_to_assess: &'static str) -> Self {
        let flagged = findings.len() as u64;
        let verdict = if !findings.is_empty() {
            Verdict::Found(findings)
        } else if assessed == 0 {
            Verdict::NotAssessed(nothing_to_assess)
        } else {
            Verdict::Clear
        };
        Self { verdict, assessed, flagged }
    }

    /// The findings.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        match &self.verdict {
            Verdict::Found(findings) => findings,
            Verdict::Clear | Verdict::NotAssessed(_) => &[],
        }
    }
}

/// A rule.
pub trait Rule: Sync {
    /// What it is.
    fn meta(&self) -> &'static Meta;
    /// Looks.
    fn check(&self, seen: &Seen<'_>) -> Outcome;
    /// One of its findings in a sentence.
    fn sentence(&self, finding: &Finding, units: Units) -> String;
}

/// The rules that look at load, in the order of reports.
pub const LOAD_RULES: [&dyn Rule; 7] = [
    &weekly_mileage_jump::WeeklyMileageJump,
    &long_run_spike::LongRunSpike,
    &too_few_rest_days::TooFewRestDays,
    &long_running_streak::LongRunningStreak,
    &worn_shoes::WornShoes,
    &running_through_pain::RunningThroughPain,
    &return_after_break::ReturnAfterBreak,
];

/// The rules that look at warning signs, after the load is known.
pub const SIGN_RULES: [&dyn Rule; 1] = [&warning_sign::WarningSign];

/// Every rule, in the order of reports.
pub fn registry() -> impl Iterator<Item = &'static dyn Rule> {
    LOAD_RULES.into_iter().chain(SIGN_RULES)
}

/// The rule of this id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static dyn Rule> {
    registry().find(|rule| rule.meta().id == id)
}

/// `a / b` for showing; zero where `b` is.
#[expect(clippy::cast_precision_loss, reason = "metres and counts here are far below 2^53")]
fn ratio(a: u64, b: u64) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// `1 day`, `3 days`.
fn count(n: u64, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// A day as people write it, such as `4 Mar 2026`.
fn day(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// Ids made unique by `-2`, `-3` … in the order given.
fn number_ties(findings: &mut [Finding]) {
    for index in 1..findings.len() {
        let same = findings[..index].iter().filter(|earlier| earlier.id == findings[index].id).count();
        if same > 0 {
            findings[index].tags.push(format!("tie-{}", same + 1));
        }
    }
    for finding in findings {
        if let Some(position) = finding.tags.iter().position(|tag| tag.starts_with("tie-")) {
            let tie = finding.tags.remove(position);
            finding.id.push_str(&tie["tie".len()..]);
        }
    }
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_whole_and_its_id_is_its_own() {
        let mut ids: Vec<&str> = registry().map(|rule| rule.meta().id).collect();
        assert_eq!(ids.len(), 8);
        for rule in registry() {
            let meta = rule.meta();
            for text in [meta.title, meta.what, meta.why, meta.example, meta.evidence, meta.grade] {
                assert!(!text.trim().is_empty(), "{} lacks a text", meta.id);
            }
            assert!(!meta.guidance.is_empty(), "{} cites nothing", meta.id);
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 8);
    }

    #[test]
    fn thresholds_have_one_declaration_each() {
        let mut seen: std::collections::BTreeMap<&str, &Threshold> = std::collections::BTreeMap::new();
        for threshold in registry().flat_map(|rule| rule.meta().thresholds.iter().copied()) {
            let first = seen.entry(threshold.key).or_insert(threshold);
            assert_eq!(*first, threshold, "{} is declared twice", threshold.key);
        }
    }
}
