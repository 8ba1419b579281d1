//! The numbers that warning signs are held against. Judges nothing.

use crate::model::finding::Unit;
use crate::model::threshold::{Origin, Threshold};

/// A score from which pain counts as severe.
pub(super) const SEVERE_SCORE: Threshold = Threshold {
    key: "severe_score",
    default: 70,
    unit: Unit::Score,
    origin: Origin::Default,
    configurable: false,
    meaning: "a pain score from here up counts as severe; no guidance text gives a number",
};

/// Days from first to last painful note from which an episode counts as persistent.
pub(super) const PERSISTENT_DAYS: Threshold = Threshold {
    key: "persistent_days",
    default: 2,
    unit: Unit::Days,
    origin: Origin::Guidance,
    configurable: false,
    meaning: "pain noted again so many days after the onset counts as persistent",
};

/// Two onsets within so many days are a recurrence.
pub(super) const RECURRENT_DAYS: Threshold = Threshold {
    key: "recurrent_days",
    default: 365,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "two episodes within so many days count as recurrent",
};

/// Cramp on so many days of an episode is frequent.
pub(super) const FREQUENT_CRAMP_DAYS: Threshold = Threshold {
    key: "frequent_cramp_days",
    default: 3,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "cramp on so many days of an episode counts as frequent; no guidance text gives a number",
};

/// Scores that climb over so many scored days in a row are worsening.
pub(super) const WORSENING_SCORES: Threshold = Threshold {
    key: "worsening_scores",
    default: 3,
    unit: Unit::Count,
    origin: Origin::Default,
    configurable: false,
    meaning: "so many scores in a row, each higher than the one before, count as worsening",
};

/// Scores that climb by less than this are not worsening.
pub(super) const WORSENING_RISE: Threshold = Threshold {
    key: "worsening_rise",
    default: 20,
    unit: Unit::Score,
    origin: Origin::Default,
    configurable: false,
    meaning: "scores that climb by less than this over those days do not count as worsening",
};

/// How many days before an onset a jump or spike still counts for front or groin pain.
pub(super) const LOAD_BEFORE_DAYS: Threshold = Threshold {
    key: "groin_after_load_days",
    default: 14,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "front or groin pain with a jump or spike in so many days before counts as a warning sign",
};

/// How long a sign other than an emergency leads the report after its episode ended.
pub(super) const LEAD_DAYS: Threshold = Threshold {
    key: "warning_lead_days",
    default: 28,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "warning signs lead the report for so many days after their episode ended; emergencies until denied",
};

/// Every number the signs are held against.
pub const THRESHOLDS: [&Threshold; 8] = [
    &SEVERE_SCORE,
    &PERSISTENT_DAYS,
    &RECURRENT_DAYS,
    &FREQUENT_CRAMP_DAYS,
    &WORSENING_SCORES,
    &WORSENING_RISE,
    &LOAD_BEFORE_DAYS,
    &LEAD_DAYS,
];
