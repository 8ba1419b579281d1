//! A stretch of hip pain on one side.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::reading::{Priority, Quality, Region, Side, Timing};
use super::warning_sign::RedFlag;

/// A warning sign raised by a note, or by all that stands in an episode.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Warning {
    /// Which sign it is.
    pub flag: RedFlag,
    /// How soon somebody should look at it.
    pub priority: Priority,
    /// The day of the latest note that raised it.
    pub note_date: NaiveDate,
    /// That note's words.
    pub text: String,
    /// The episode's id; null for an emergency sign in a note without hip pain.
    pub episode: Option<String>,
    /// The day on which a later note denied it or, of a sign that asks for a doctor soon, said that the hip is fine; null
    /// where none did.
    pub cleared_on: Option<NaiveDate>,
    /// The day of the visit to a professional that the sign had led to by then; for a sign that asks for one today, only
    /// where the note tells what was found. Null where no note tells of one, and for an emergency.
    pub seen_on: Option<NaiveDate>,
}

impl Warning {
    /// How urgent the sign is now: once a professional has seen it, it is no longer for today.
    #[must_use]
    pub fn urgency(&self) -> Priority {
        match self.seen_on {
            Some(_) => self.priority.max(Priority::P2),
            None => self.priority,
        }
    }
}

/// One episode of hip pain.
#[derive(Clone, Debug, PartialEq)]
pub struct Episode {
    /// `onset/side`, with `-2` appended where two are equal.
    pub id: String,
    /// The side; `Unknown` where no note names one.
    pub side: Side,
    /// The latest region that is more than `general`, else `general`.
    pub region: Region,
    /// Every region named.
    pub regions: BTreeSet<Region>,
    /// First painful day.
    pub onset: NaiveDate,
    /// Last painful day.
    pub end: NaiveDate,
    /// Whether the last painful day is recent and no later note denies pain.
    pub open: bool,
    /// The painful days, in order.
    pub painful_days: Vec<NaiveDate>,
    /// The days from the onset on whose last note says that the hip does not hurt.
    pub denials: Vec<NaiveDate>,
    /// The highest score.
    pub peak_severity: Option<f64>,
    /// Every quality named.
    pub qualities: BTreeSet<Quality>,
    /// Every timing named.
    pub timing: BTreeSet<Timing>,
    /// Every warning sign, with those of the whole episode.
    pub red_flags: BTreeSet<RedFlag>,
    /// Whether a consultation was noted.
    pub consultation: bool,
    /// Whether running stopped for a week after a painful day.
    pub stopped_running: bool,
}

impl Episode {
    /// Whether running stopped for a week, or a professional was consulted.
    #[must_use]
    pub fn is_injury(&self) -> bool {
        self.stopped_running || self.consultation
    }
}
