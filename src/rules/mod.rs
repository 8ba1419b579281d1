//! The rules, one file each, and the list of them. A rule sees typed tables and episodes, never a data frame or a
//! file, and returns findings; it lays nothing out.

pub mod evidence;
mod long_run_spike;
mod long_running_streak;
mod meta;
mod outcome;
mod return_after_break;
mod rule_input;
mod running_through_pain;
mod too_few_rest_days;
mod warning_sign;
mod weekly_mileage_jump;
pub mod worn_shoes;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::link::preset::Preset;
use crate::model::finding::Finding;
use crate::model::threshold::{Settings, Threshold};
use crate::model::units::Units;

pub use long_run_spike::{LONG_RUN_SPIKE, SPIKE_DAYS, SPIKE_RUNS};
pub use long_running_streak::{MAX_STREAK_DAYS, days_past as streak_days};
pub use meta::{Family, Meta, Remedy};
pub use outcome::{Outcome, Verdict};
pub use rule_input::{InputRun, RuleInput};
pub use too_few_rest_days::MIN_REST_DAYS;
pub use weekly_mileage_jump::allowance::allowance_m;
pub use weekly_mileage_jump::{WEEKLY_JUMP, WEEKLY_JUMP_SMALL, counted_jumps};
pub use worn_shoes::{SHOE_DUE, SHOE_WORN};

/// The ids of rules that other parts treat specially: the chart marks jumps, long runs and few rest days, and warning
/// signs come before all other findings.
pub const WEEKLY_MILEAGE_JUMP: &str = weekly_mileage_jump::ID;
/// See [`WEEKLY_MILEAGE_JUMP`].
pub const WARNING_SIGN: &str = warning_sign::ID;
/// See [`WEEKLY_MILEAGE_JUMP`].
pub const LONG_RUN: &str = long_run_spike::ID;
/// See [`WEEKLY_MILEAGE_JUMP`].
pub const REST_DAYS: &str = too_few_rest_days::ID;

/// How long before the day of the report a finding stays current.
pub const CURRENT_DAYS: Threshold = Threshold {
    key: "current_days",
    default: 28,
    unit: crate::model::finding::Unit::Days,
    origin: crate::model::threshold::Origin::Default,
    configurable: false,
    meaning: "findings of the last days up to the report count as current",
};

/// A rule: what it is, what it finds, and how its findings relate to training plans and episodes.
pub trait Rule: Sync {
    /// What the rule is, as data.
    fn meta(&self) -> &'static Meta;

    /// Judges a log.
    fn check(&self, seen: &RuleInput<'_>) -> Outcome;

    /// One of its findings as a sentence.
    fn sentence(&self, finding: &Finding, units: Units) -> String;

    /// The figures of a finding, for a line of advice that answers it, without a final full stop; `None` if the
    /// advice says everything.
    fn figures(&self, finding: &Finding, units: Units) -> Option<String> {
        let _ = (finding, units);
        None
    }

    /// The day on which a finding counts as coming before an onset; `None` if it has no bearing on episodes. The
    /// day may be the onset's own or later: the caller decides how far to look back.
    fn day_before(&self, finding: &Finding, onset: NaiveDate, seen: &RuleInput<'_>) -> Option<NaiveDate> {
        let _ = (onset, seen);
        self.meta().link.map(|_| finding.dated)
    }

    /// The days on which the statistics count its flag, and those on which it could not be raised. They may be
    /// stricter than the findings shown.
    fn flag_days(&self, findings: &[Finding], seen: &RuleInput<'_>) -> (BTreeSet<NaiveDate>, BTreeSet<NaiveDate>) {
        let _ = seen;
        (findings.iter().map(|finding| finding.dated).collect(), BTreeSet::new())
    }

    /// The day on which the statistics count a finding that comes before an onset on `day`.
    fn day_for_statistics(&self, finding: &Finding, day: NaiveDate, seen: &RuleInput<'_>) -> NaiveDate {
        let _ = (finding, seen);
        day
    }

    /// How many days before a finding have to be known one by one to judge it; `None` if its week is enough.
    fn days_behind(&self, finding: &Finding, settings: &Settings) -> Option<u32> {
        let _ = (finding, settings);
        None
    }
}

/// The rules on load, in the order of reports.
pub const LOAD_RULES: &[&dyn Rule] = &[
    &weekly_mileage_jump::WeeklyMileageJump,
    &long_run_spike::LongRunSpike,
    &too_few_rest_days::TooFewRestDays,
    &long_running_streak::LongRunningStreak,
    &worn_shoes::WornShoes,
    &running_through_pain::RunningThroughPain,
    &return_after_break::ReturnAfterBreak,
];

/// The rules on warning signs, which run after those on load.
pub const SIGN_RULES: &[&dyn Rule] = &[&warning_sign::WarningSign];

/// Every rule, in the order of reports.
pub fn registry() -> impl Iterator<Item = &'static dyn Rule> {
    LOAD_RULES.iter().chain(SIGN_RULES).copied()
}

/// The tests of the statistics, in the order of their rules.
pub fn presets() -> impl Iterator<Item = Preset> {
    registry().filter_map(|rule| rule.meta().link)
}

/// The rule with this id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static dyn Rule> {
    registry().find(|rule| rule.meta().id == id)
}

/// `a / b`, for display; 0 if `b` is 0.
#[expect(clippy::cast_precision_loss, reason = "metres and counts here are far below 2^53")]
fn ratio(a: u64, b: u64) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// A count with its noun: `1 day`, `3 days`.
fn count(n: u64, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// A count or metres as a whole number; 0 if unknown.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count or metres, and positive")]
fn whole(measured: Option<f64>) -> u64 {
    measured.unwrap_or_default().max(0.0).round() as u64
}

/// Appends `-2`, `-3` … to ids that occur more than once, in the given order.
fn number_ties(findings: &mut [Finding]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for finding in findings {
        let times = seen.entry(finding.id.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            finding.id.push_str(&format!("-{times}"));
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
        for rule in registry() {
            let meta = rule.meta();
            for text in [meta.title, meta.what, meta.why, meta.example, meta.grade] {
                assert!(!text.trim().is_empty(), "{} lacks a text", meta.id);
            }
            assert!(!meta.guidance.is_empty(), "{} cites nothing", meta.id);
            assert!(meta.evidence().next().is_some(), "{} names no study, not even that there is none", meta.id);
        }
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{ids:?}");
    }

    #[test]
    fn the_tests_of_links_share_out_the_whole_chance_of_a_false_claim() {
        let weights: Vec<u32> = registry().filter_map(|rule| Some(rule.meta().link.as_ref()?.weight)).collect();
        assert_eq!(weights.iter().sum::<u32>(), 100, "{weights:?}");
        assert_eq!(weights.len() as u64, crate::link::holm::PRESET_TESTS);
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
