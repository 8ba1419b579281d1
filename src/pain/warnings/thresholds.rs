//! The numbers that warning signs are judged by. It judges nothing.

use crate::model::finding::Unit;
use crate::model::threshold::{Origin, Threshold};

/// A threshold of this tool's own, which cannot be configured.
const fn own(key: &'static str, default: u32, unit: Unit, meaning: &'static str) -> Threshold {
    Threshold { key, default, unit, origin: Origin::Default, configurable: false, meaning }
}

/// From this score up, pain counts as severe.
pub(super) const SEVERE_SCORE: Threshold =
    own("severe_score", 70, Unit::Score, "a pain score from here up counts as severe; no guidance text gives a number");

/// From this score up, pain that disturbs sleep once is a sign.
pub(super) const NIGHT_SCORE: Threshold = own(
    "night_score",
    40,
    Unit::Score,
    "pain that disturbs sleep once counts from this score up; below it, or without a score, on the second day",
);

/// From this score up, pain in getting up from a bed or a sofa is a sign on its first day.
pub(super) const RISING_SCORE: Threshold = own(
    "rising_score",
    40,
    Unit::Score,
    "pain in getting up from a bed or a sofa counts from this score up; below it on the second day",
);

/// A single sharp pain of at most this score that has gone is no sign yet.
pub(super) const SHARP_ONCE_SCORE: Threshold = own(
    "sharp_once_score",
    30,
    Unit::Score,
    "one sharp pain of at most this score that has gone is answered with a sentence, not with a headline",
);

/// The number of painful days from which an episode can count as persistent.
pub(super) const PERSISTENT_NOTES: Threshold =
    own("persistent_notes", 3, Unit::Count, "so many painful days, and the days below, count as persistent");

/// The days from the first to the last painful day from which an episode can count as persistent.
pub(super) const PERSISTENT_DAYS: Threshold = Threshold {
    key: "persistent_days",
    default: 5,
    unit: Unit::Days,
    origin: Origin::Guidance,
    configurable: false,
    meaning: "painful days that span so many days, without easing, count as persistent",
};

/// Painful days further apart than this do not add up to persistent pain.
pub(super) const PERSISTENT_GAP_DAYS: Threshold =
    own("persistent_gap_days", 4, Unit::Days, "painful days further apart than this do not add up to persistent pain");

/// An episode over more than this many days is persistent, whether or not it eased.
pub(super) const LONG_PERSISTENT_DAYS: Threshold = Threshold {
    key: "long_persistent_days",
    default: 14,
    unit: Unit::Days,
    origin: Origin::Guidance,
    configurable: false,
    meaning: "painful days that span more than this count as persistent whether or not the pain eased",
};

/// Painful days further apart than this do not add up to such a long span.
pub(super) const LONG_PERSISTENT_GAP_DAYS: Threshold = own(
    "long_persistent_gap_days",
    7,
    Unit::Days,
    "over such a span, painful days further apart than this do not add up",
);

/// Episodes that begin within this many days can count as recurrent.
pub(super) const RECURRENT_DAYS: Threshold =
    own("recurrent_days", 365, Unit::Days, "episodes that begin within so many days can count as recurrent");

/// The number of such episodes of one side that counts as recurrent.
pub(super) const RECURRENT_EPISODES: Threshold =
    own("recurrent_episodes", 3, Unit::Count, "so many episodes of one side within those days count as recurrent");

/// The number of days with cramp in an episode from which it is frequent.
pub(super) const FREQUENT_CRAMP_DAYS: Threshold = own(
    "frequent_cramp_days",
    3,
    Unit::Days,
    "cramp on so many days of an episode counts as frequent; no guidance text gives a number",
);

/// The fewest scored days that can show worsening.
pub(super) const WORSENING_SCORES: Threshold =
    own("worsening_scores", 3, Unit::Count, "so many scored days are needed before scores can count as worsening");

/// How far the last score has to be above the first.
pub(super) const WORSENING_RISE: Threshold = own(
    "worsening_rise",
    20,
    Unit::Score,
    "a last score at least this far above the first, with no fall as large between them, counts as worsening",
);

/// How many days before front or groin pain a jump or spike still counts.
pub(super) const LOAD_BEFORE_DAYS: Threshold = own(
    "groin_after_load_days",
    14,
    Unit::Days,
    "front or groin pain with a jump or spike in so many days before can count as a warning sign",
);

/// From this score up, front or groin pain after any jump or spike is a sign at once.
pub(super) const GROIN_SCORE: Threshold = own(
    "groin_after_load_score",
    30,
    Unit::Score,
    "such pain counts from this score up, from its second day, or after a jump or spike that is a warning",
);

/// How soon after a run longer than usual soreness of both sides begins if it comes from trained muscles.
pub(super) const SORE_AFTER_LOAD_DAYS: Threshold = own(
    "sore_after_load_days",
    3,
    Unit::Days,
    "soreness of both sides that begins within so many days of a jump or spike is that of muscles: a stiff gait is then no sign",
);

/// How long a sign that asks for a doctor today leads the report after its episode's last painful day.
pub(super) const TODAY_LEAD_DAYS: Threshold = own(
    "warning_lead_days",
    28,
    Unit::Days,
    "a sign to have assessed today leads the report for so many days after the last painful day; an emergency until denied",
);

/// How long a sign that asks for a doctor soon leads the report after its episode's last painful day.
pub(super) const SOON_LEAD_DAYS: Threshold = own(
    "soon_lead_days",
    7,
    Unit::Days,
    "a sign to see a doctor about soon leads while its episode is open and for so many days after its last painful day",
);

/// Every threshold of the warning signs.
pub const THRESHOLDS: [&Threshold; 19] = [
    &SEVERE_SCORE,
    &NIGHT_SCORE,
    &RISING_SCORE,
    &SHARP_ONCE_SCORE,
    &PERSISTENT_NOTES,
    &PERSISTENT_DAYS,
    &PERSISTENT_GAP_DAYS,
    &LONG_PERSISTENT_DAYS,
    &LONG_PERSISTENT_GAP_DAYS,
    &RECURRENT_DAYS,
    &RECURRENT_EPISODES,
    &FREQUENT_CRAMP_DAYS,
    &WORSENING_SCORES,
    &WORSENING_RISE,
    &LOAD_BEFORE_DAYS,
    &GROIN_SCORE,
    &SORE_AFTER_LOAD_DAYS,
    &TODAY_LEAD_DAYS,
    &SOON_LEAD_DAYS,
];
