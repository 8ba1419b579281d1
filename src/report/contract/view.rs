//! How renderers show a report: choices and days that change no figure and stand in no JSON.

use chrono::NaiveDate;

use super::Number;
use crate::model::units::Units;

/// How renderers show a report: choices that change no figure.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Unit of shown distances.
    pub units: Units,
    /// First day shown (`--since`).
    pub since: Option<NaiveDate>,
    /// Last day shown (`--until`).
    pub until: Option<NaiveDate>,
    /// Days of the calendar with what is known of each, from the first entry to `as_of`.
    pub days: Vec<DayView>,
    /// The sentence on warning signs where none stands; `None` where it has to be withheld.
    pub no_warning_sentence: Option<String>,
    /// The number to ring in an emergency, where the runner has set one.
    pub emergency_number: Option<String>,
    /// The week in one sentence.
    pub this_week: String,
}

/// One calendar day for a chart.
#[derive(Clone, Debug)]
pub struct DayView {
    /// The runner's calendar day.
    pub date: NaiveDate,
    /// Not inside a long blank.
    pub observed: bool,
    /// How many runs.
    pub runs: u32,
    /// Known metres run; `None` where a run happened and none has a distance.
    pub distance_m: Option<u64>,
    /// Another sport was logged.
    pub other_sport: bool,
    /// A painful hip note stands on it; the highest score where one is given.
    pub pain: Option<Option<Number>>,
    /// The day lies inside an episode, from onset to last painful day.
    pub in_episode: bool,
}
