//! Notes as read, warning signs, and episodes with what came before them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::Number;
use crate::model::reading::{Priority, Quality, Region, Side, Timing};
use crate::model::warning_sign::Flag;

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
#[expect(clippy::struct_excessive_bools, reason = "the fields of the JSON")]
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
    /// It stopped running for a week.
    pub stopped_running: bool,
    /// A consultation was noted.
    pub consulted: bool,
    /// What came before.
    pub preceded_by: Vec<PrecededBy>,
    /// The shoe.
    pub shoe_at_onset: Option<ShoeAtOnset>,
    /// The load.
    pub load: Load,
}
