//! Notes as read, warning signs, and episodes with what came before them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::Number;
use crate::model::episode::Warning;
use crate::model::reading::{Quality, Region, Side, Timing};
use crate::model::warning_sign::RedFlag;
use crate::rules::CURRENT_DAYS;

/// One warning sign, and whether it leads.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WarningRow {
    /// The sign as it was raised.
    #[serde(flatten)]
    pub warning: Warning,
    /// True where the report opens with it: it stands on the day of the report.
    pub leads: bool,
}

/// One note as read.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PainRow {
    /// The day of the note on the runner's calendar.
    #[serde(serialize_with = "crate::model::iso_day::serialize")]
    pub date: NaiveDate,
    /// True where it speaks of pain in the region of the hip.
    pub hip: bool,
    /// Why a note that names no place was taken for one of the hip; null for any other note.
    pub assumed_hip: Option<crate::model::note::AssumedHip>,
    /// Which hip; null where `hip` is false or none is named.
    pub side: Option<Side>,
    /// Which part of the hip region; null where `hip` is false or none is named.
    pub region: Option<Region>,
    /// The pain score from 0 to 10; null where the note gives none.
    pub severity: Option<Number>,
    /// How the pain feels.
    pub qualities: BTreeSet<Quality>,
    /// When it is felt.
    pub timing: BTreeSet<Timing>,
    /// The warning signs in it; where `hip` is false, those alone that are an emergency by themselves.
    pub red_flags: BTreeSet<RedFlag>,
    /// The warning signs that it says are not there ("no fever").
    pub denied_flags: BTreeSet<RedFlag>,
    /// False where it may speak of the body and could not be made sense of; it then counts for nothing.
    pub understood: bool,
    /// Why it counts for nothing, where it was not understood: what it speaks of in which language, or that its words are to be
    /// read by eye; null where it was understood.
    pub not_read: Option<String>,
    /// The words of the note.
    pub text: String,
    /// The path of the file it came from, as in `import`.
    pub source: String,
    /// Which words of it gave which part of the reading.
    pub spans: Vec<crate::model::reading::Span>,
}

impl PainRow {
    /// Whether the note was not understood and is as recent as a current finding.
    #[must_use]
    pub fn is_unread_of_late(&self, as_of: NaiveDate) -> bool {
        !self.understood && (as_of - self.date).num_days() < i64::from(CURRENT_DAYS.default)
    }
}

/// A finding that came before an episode.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "PrecededBy"))]
pub struct Forerunner {
    /// The id of the finding.
    pub finding: String,
    /// The id of the rule that raised it.
    pub rule: &'static str,
    /// Days from the finding to the onset; 0 is the day itself.
    pub days_before: i64,
    /// True where the statistics of `links` count it.
    pub linked: bool,
}

/// The shoe on the last run up to an onset.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShoeAtOnset {
    /// The name of the pair.
    pub name: String,
    /// Known metres on it by then, a lower bound.
    pub distance_m: u64,
}

/// Distance before an onset against usual.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Load {
    /// Metres in the 7 days up to the day before the onset; null where they are not known.
    pub last_7_days_m: Option<u64>,
    /// Mean metres in 7 days over the four weeks before those; null where they are not known.
    pub usual_7_days_m: Option<u64>,
}

/// One episode: a stretch of hip pain on one side. It holds the number of painful days where the episode of the floor
/// below holds the days themselves, and what came before it, which that floor does not know.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[expect(clippy::struct_excessive_bools, reason = "the fields of the JSON")]
pub struct EpisodeRow {
    /// Its id: the onset and the side with a slash between, and `-2` behind it on a tie.
    pub id: String,
    /// Which hip hurts.
    pub side: Side,
    /// The latest region named that is more than `general`, else `general`.
    pub region: Region,
    /// Every region named.
    pub regions: BTreeSet<Region>,
    /// The first painful day.
    pub onset: NaiveDate,
    /// The last painful day.
    pub end: NaiveDate,
    /// True where the last painful day is at most 14 days before `as_of` and no later note says that the pain has gone.
    pub open: bool,
    /// Number of days with a note of pain.
    pub painful_days: u64,
    /// The highest pain score from 0 to 10; null where no note gives one.
    pub peak_severity: Option<Number>,
    /// Every way in which the pain was said to feel.
    pub qualities: BTreeSet<Quality>,
    /// The warning signs of its notes and of the episode as a whole.
    pub red_flags: BTreeSet<RedFlag>,
    /// True where running stopped for a week from it, or somebody was consulted.
    pub injury: bool,
    /// True where there was no run for a week from it.
    pub stopped_running: bool,
    /// True where a note tells of a visit to a doctor or therapist.
    pub consulted: bool,
    /// The findings dated in the days before the onset, the latest first.
    pub preceded_by: Vec<Forerunner>,
    /// The pair of the last run up to the onset; null where none is known.
    pub shoe_at_onset: Option<ShoeAtOnset>,
    /// What was run before the onset, against what was usual.
    pub load: Load,
}
