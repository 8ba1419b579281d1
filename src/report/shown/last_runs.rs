//! The last runs in words: day, distance, time, pace, shoe, and what was noted that day.

use chrono::NaiveDate;

use super::ShownReport;
use crate::model::units::{METRES_PER_MILE, Units};
use crate::report::contract::RunRow;
use crate::report::excerpt::excerpt;
use crate::report::wording;

/// The most characters of a note beside a run.
const NOTE_CHARS: usize = 60;

/// A run in words; a text is empty if nothing is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastRun {
    /// The day of the run.
    pub date: NaiveDate,
    /// The distance: `10.2 km`.
    pub distance: String,
    /// The duration: `54:10` or `1:02:03`.
    pub time: String,
    /// The pace: `5:19 /km`.
    pub pace: String,
    /// The name of the pair.
    pub shoe: String,
    /// The first note of that day.
    pub note: String,
}

impl ShownReport<'_> {
    /// The last runs of the shown days, newest first.
    #[must_use]
    pub fn last_runs(&self, number: usize) -> Vec<LastRun> {
        let (since, until) = (self.report.view.since, self.report.view.until);
        let shown = |run: &&RunRow| {
            since.is_none_or(|day| run.local_date >= day) && until.is_none_or(|day| run.local_date <= day)
        };
        self.report.runs.iter().rev().filter(shown).take(number).map(|run| self.in_words(run)).collect()
    }

    fn in_words(&self, run: &RunRow) -> LastRun {
        let units = self.report.view.units;
        let seconds = run.moving_s.or(run.elapsed_s);
        let noted = self.report.pain.iter().find(|note| note.date == run.local_date && !note.text.trim().is_empty());
        LastRun {
            date: run.local_date,
            distance: run.distance_m.map_or_else(String::new, |metres| units.show(u64::from(metres))),
            time: seconds.map_or_else(String::new, clock),
            pace: pace(seconds, run.distance_m, units).unwrap_or_default(),
            shoe: run.shoe.as_deref().map_or_else(String::new, wording::name),
            note: noted.map_or_else(String::new, |note| excerpt(&note.text, &note.spans, NOTE_CHARS)),
        }
    }
}

/// A duration: `54:10`, or `1:02:03` from an hour on.
fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// The time for one unit of distance, to the second; `None` if time or distance is unknown or the distance is 0.
fn pace(seconds: Option<u32>, metres: Option<u32>, units: Units) -> Option<String> {
    let metres = metres.filter(|&metres| metres > 0)?;
    let unit = match units {
        Units::Km => 1_000.0,
        Units::Mi => METRES_PER_MILE,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a saturating cast is what is wanted")]
    let each = (f64::from(seconds?) * unit / f64::from(metres)).round() as u32;
    Some(format!("{} /{}", clock(each), units.sign()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_time_over_distance_in_the_unit_shown() {
        // 54:10 are 3,250 s; over 10.0 km that is 5:25 for each; a mile of it takes 523.0 s.
        assert_eq!(pace(Some(3_250), Some(10_000), Units::Km).as_deref(), Some("5:25 /km"));
        assert_eq!(pace(Some(3_250), Some(10_000), Units::Mi).as_deref(), Some("8:43 /mi"));
        assert_eq!((pace(None, Some(9), Units::Km), pace(Some(9), Some(0), Units::Km)), (None, None));
        assert_eq!((clock(3_723), clock(59), clock(600)), ("1:02:03".into(), "0:59".into(), "10:00".into()));
    }
}
