//! Week rows by plain sums over days.
//!
//! Readings of the contract chosen here:
//! - rows run from the week of the first entry to the week of `as_of`;
//! - `distance_m` is null where no distance is known and there are runs, or a day of the week that lies in the log and
//!   not after `as_of` is not observed; else a week without a run has 0. Days after `as_of` are not observed, so the
//!   week of `as_of` is not;
//! - `change_reason` is the first that holds of incomplete, unobserved (each of this week or the one before),
//!   unknown-distance (of the week before), no-baseline;
//! - `previous_m` stands exactly where `change` does;
//! - `allowance_m` is a tenth above the larger of the week before and that mean, and stands where the change does.
//! - `mean4_m` stands wherever two of the four weeks before are complete and observed, rounded half up, and a run
//!   without distance in them is counted as 0 (a lower bound).

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use crate::oracle::log::{Log, after, before, span};

#[derive(Clone, Debug)]
pub struct Week {
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub complete: bool,
    pub observed: bool,
    /// Whether all its days inside the log and up to `as_of` are observed.
    pub observed_so_far: bool,
    /// Known metres, 0 if there are none.
    pub metres: u64,
    pub runs: usize,
    pub without_distance: usize,
    pub run_days: usize,
    pub longest_m: Option<u64>,
}

impl Week {
    pub fn counts(&self) -> bool {
        self.complete && self.observed
    }
}

/// The week starting on this Monday, inside the log or not.
pub fn week(log: &Log, start: NaiveDate) -> Week {
    let end = after(start, 6);
    let runs = log.runs_in(start, end);
    Week {
        start,
        end,
        complete: end < log.as_of && start >= log.log_from(),
        observed: log.all_observed(start, end),
        observed_so_far: log.all_observed(start.max(log.log_from()), end.min(log.as_of)),
        metres: log.metres(start, end),
        runs: runs.len(),
        without_distance: runs.iter().filter(|run| run.distance_m.is_none()).count(),
        run_days: span(start, end).into_iter().filter(|day| log.ran_on(*day)).count(),
        longest_m: runs.iter().filter_map(|run| run.distance_m).max(),
    }
}

pub fn weeks(log: &Log) -> Vec<Week> {
    let monday = |day: NaiveDate| before(day, u64::from(day.weekday().num_days_from_monday()));
    let mut start = monday(log.log_from());
    let mut weeks = Vec::new();
    while start <= log.as_of {
        weeks.push(week(log, start));
        start = after(start, 7);
    }
    weeks
}

/// Sum and number of the complete observed weeks among the four before; `None` if there are fewer than two.
pub fn four_before(log: &Log, start: NaiveDate) -> Option<(u64, u64)> {
    let usable: Vec<_> =
        (1..=4).map(|back| week(log, before(start, 7 * back))).filter(Week::counts).map(|week| week.metres).collect();
    (usable.len() >= 2).then(|| (usable.iter().sum(), usable.len() as u64))
}

/// The week before, or the reason why the two cannot be compared.
pub fn comparable(log: &Log, this: &Week) -> Result<Week, &'static str> {
    let last = week(log, before(this.start, 7));
    if !this.complete || !last.complete {
        Err("incomplete")
    } else if !this.observed || !last.observed {
        Err("unobserved")
    } else if last.without_distance > 0 {
        Err("unknown-distance")
    } else if last.metres == 0 {
        Err("no-baseline")
    } else {
        Ok(last)
    }
}

/// The first day on which the week's running total exceeds the limit, which is given in hundredths of a metre.
pub fn crossing(log: &Log, this: &Week, limit_hundredths: u64) -> Option<NaiveDate> {
    span(this.start, this.end).into_iter().find(|day| log.metres(this.start, *day) * 100 > limit_hundredths)
}

/// The row of the JSON.
pub fn row(log: &Log, this: &Week) -> Value {
    let last = comparable(log, this);
    let known = this.runs > this.without_distance;
    let distance_m = (known || (this.runs == 0 && this.observed_so_far)).then_some(this.metres);
    let flagged = last.as_ref().ok().filter(|last| 100 * this.metres > 110 * last.metres);
    json!({
        "start": this.start,
        "end": this.end,
        "complete": this.complete,
        "observed": this.observed,
        "distance_m": distance_m,
        "runs": this.runs,
        "runs_without_distance": this.without_distance,
        "rest_days": this.counts().then_some(7 - this.run_days),
        "longest_run_m": this.longest_m,
        "previous_m": last.as_ref().ok().map(|last| last.metres),
        "mean4_m": four_before(log, this.start).map(|(sum, n)| (2 * sum + n) / (2 * n)),
        "allowance_m": last.as_ref().ok().map(|last| allowance(last, four_before(log, this.start))),
        "change": last.as_ref().ok().map(|last| share_above(this.metres, last.metres)),
        "change_reason": last.as_ref().err(),
        "crossed_on": flagged.and_then(|last| crossing(log, this, 110 * last.metres)),
    })
}

/// A tenth above the larger of the week before and the mean of the four before, in whole metres.
fn allowance(last: &Week, four: Option<(u64, u64)>) -> u64 {
    (110 * last.metres / 100).max(four.map_or(0, |(sum, n)| 110 * sum / (100 * n)))
}

/// How far a distance is above `base`, as a fraction of it.
pub fn share_above(metres: u64, base: u64) -> f64 {
    (metres as f64 - base as f64) / base as f64
}

mod tests {
    use super::*;
    use crate::oracle::log::tiny;

    // 2026-01-05 is a Monday.
    const LINES: [&str; 6] = [
        "2026-01-05 10km",
        "2026-01-07 10km",
        "2026-01-13 12km",
        "2026-01-18 11km",
        "2026-01-20 ?km",
        "2026-01-27 5km",
    ];

    #[test]
    fn a_week_is_held_against_the_one_before() {
        let log = tiny("2026-02-04", &LINES);
        let rows: Vec<_> = weeks(&log).iter().map(|week| row(&log, week)).collect();
        assert_eq!(rows.len(), 5);
        assert_eq!(rows[0]["change_reason"], "incomplete", "nothing is known of the week before");
        assert_eq!((&rows[1]["distance_m"], &rows[1]["previous_m"]), (&json!(23_000), &json!(20_000)));
        assert_eq!(rows[1]["change"], json!(0.15));
        assert_eq!(rows[1]["allowance_m"], 22_000);
        assert_eq!(rows[0]["allowance_m"], Value::Null);
        assert_eq!(rows[1]["crossed_on"], "2026-01-18", "22.0 km is reached on no day before");
        assert_eq!(rows[1]["rest_days"], 5);
        assert_eq!(rows[2]["distance_m"], Value::Null);
        assert_eq!(rows[2]["change"], json!(-1.0), "a lower bound");
        assert_eq!(rows[2]["mean4_m"], 21_500);
        assert_eq!(rows[3]["change_reason"], "unknown-distance");
        assert_eq!(rows[4]["change_reason"], "incomplete");
        assert_eq!(rows[4]["rest_days"], Value::Null);
        assert_eq!(rows[4]["mean4_m"], 12_000, "(20 + 23 + 0 + 5) / 4");
    }
}
