//! How renderers show a report: choices and days that change no figure and are not part of the JSON.

use chrono::NaiveDate;

use super::Number;
use crate::model::units::Units;

/// How renderers show a report: choices that change no figure.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The unit in which distances are shown.
    pub units: Units,
    /// First day shown (`--since`).
    pub since: Option<NaiveDate>,
    /// Last day shown (`--until`).
    pub until: Option<NaiveDate>,
    /// The calendar days from the first entry to `as_of`, with what is known of each.
    pub days: Vec<DayView>,
    /// The sentence that there is no warning sign; `None` if it must not be said.
    pub no_warning_sentence: Option<String>,
    /// The number to ring in an emergency, if the runner has set one.
    pub emergency_number: Option<String>,
    /// The week in one sentence.
    pub this_week: String,
}

/// One calendar day for a chart.
#[derive(Clone, Debug)]
pub struct DayView {
    /// The runner's calendar day.
    pub date: NaiveDate,
    /// Whether the day is known, that is, in no long blank.
    pub observed: bool,
    /// The number of runs.
    pub runs: u32,
    /// The known metres run; `None` if there are runs and none has a distance.
    pub distance_m: Option<u64>,
    /// Whether another sport was logged.
    pub other_sport: bool,
    /// `Some` if a note tells of hip pain, with the highest score if there is one.
    pub pain: Option<Option<Number>>,
    /// Whether the day is in an episode, from onset to last painful day.
    pub in_episode: bool,
}
