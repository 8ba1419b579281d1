//! One row for each week of each athlete, with what it can be compared with.

use chrono::{Days, NaiveDate};
use polars::prelude::*;
use serde::Serialize;

use super::{Day, Input, date};

/// The number of weeks before a week that it is compared with, besides the last one.
pub const REFERENCE_WEEKS: usize = 4;

/// What a week's distance can be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// The distance in metres of the week before: complete, observed, above zero and wholly known.
    Previous(u64),
    /// There is no week before, or it had no distance.
    None,
    /// This week or the one before is not complete.
    Incomplete,
    /// This week or the one before is not wholly observed.
    Unobserved,
    /// A run of the week before has no distance.
    UnknownDistance,
}

/// One week of the runner's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Week {
    /// The first day of the week.
    #[serde(serialize_with = "crate::model::iso_day::serialize")]
    pub start: NaiveDate,
    /// The last day of the week.
    #[serde(serialize_with = "crate::model::iso_day::serialize")]
    pub end: NaiveDate,
    /// Ended before the day of the report and began on or after the first entry.
    pub complete: bool,
    /// True where all seven days are observed: none lies in a stretch of 14 days or more without any entry.
    pub observed: bool,
    /// Sum of the known distances in metres, so far in a week cut short; null where nothing is known. A lower bound
    /// where `runs_without_distance` is above zero.
    pub distance_m: Option<u64>,
    /// Number of runs.
    pub runs: u32,
    /// Number of runs whose distance is not known.
    pub runs_without_distance: u32,
    /// Days without a run; null unless the week is complete and observed.
    pub rest_days: Option<u32>,
    /// Longest known run in metres; null where no run has a distance.
    pub longest_run_m: Option<u32>,
    /// The comparison with the week before.
    #[serde(skip)]
    pub baseline: Baseline,
    /// Sum in metres and number of the complete observed weeks among the four before, where there are at least two.
    #[serde(skip)]
    pub four_before: Option<(u64, u64)>,
}

impl Week {
    /// True if rules may judge the week.
    #[must_use]
    pub fn assessable(&self) -> bool {
        self.complete && self.observed
    }
}

/// The weeks of each athlete, from the frame of days and the typed days.
pub(super) fn build(frame: &DataFrame, days: &[Vec<Day>], inputs: &[Input<'_>]) -> PolarsResult<Vec<Vec<Week>>> {
    let frame = frame
        .clone()
        .lazy()
        .group_by([col("week_number")])
        .agg([
            col("athlete").first(),
            col("week").first(),
            col("observed").sum().cast(DataType::UInt32).alias("observed_days"),
            len().cast(DataType::UInt32).alias("days"),
            col("runs").sum(),
            col("runs_without_distance").sum(),
            col("known_m").sum(),
            col("longest_m").max(),
            col("runs").eq(lit(0)).sum().cast(DataType::UInt32).alias("days_without_run"),
        ])
        .sort(["week_number"], SortMultipleOptions::default())
        .collect()?;

    let athlete = frame.column("athlete")?.u32()?;
    let (week, observed) = (frame.column("week")?.i32()?, frame.column("observed_days")?.u32()?);
    let all_days = frame.column("days")?.u32()?;
    let (runs, unknown) = (frame.column("runs")?.u32()?, frame.column("runs_without_distance")?.u32()?);
    let (known, longest) = (frame.column("known_m")?.u64()?, frame.column("longest_m")?.u32()?);
    let rest = frame.column("days_without_run")?.u32()?;
    let mut weeks = vec![Vec::new(); inputs.len()];
    for row in 0..frame.height() {
        let Some(at) = athlete.get(row).map(|at| at as usize) else { continue };
        let (Some(own), Some(input), Some(first)) =
            (weeks.get_mut(at), inputs.get(at), days.get(at).and_then(|days| days.first()))
        else {
            continue;
        };
        let start = date(week.get(row).unwrap_or_default());
        let end = start + Days::new(6);
        let complete = end < input.as_of && start >= first.date;
        // Of a week that the log or the day of the report cuts short, all the days it has.
        let all_there_is = observed.get(row) == all_days.get(row);
        let observed = observed.get(row) == Some(7);
        let (runs, unknown) = (runs.get(row).unwrap_or_default(), unknown.get(row).unwrap_or_default());
        let something_known = runs > unknown || (runs == 0 && all_there_is);
        own.push(Week {
            start,
            end,
            complete,
            observed,
            distance_m: something_known.then(|| known.get(row).unwrap_or_default()),
            runs,
            runs_without_distance: unknown,
            rest_days: (complete && observed).then(|| rest.get(row).unwrap_or_default()),
            longest_run_m: longest.get(row),
            baseline: Baseline::None,
            four_before: None,
        });
    }
    for own in &mut weeks {
        compare(own);
    }
    Ok(weeks)
}

/// Compares each week of one athlete with those before it.
fn compare(weeks: &mut [Week]) {
    for index in 0..weeks.len() {
        weeks[index].baseline = baseline(&weeks[..index], &weeks[index]);
        weeks[index].four_before = four_before(&weeks[..index]);
    }
}

fn baseline(before: &[Week], week: &Week) -> Baseline {
    let Some(previous) = before.last() else {
        return if !week.complete {
            Baseline::Incomplete
        } else if !week.observed {
            Baseline::Unobserved
        } else {
            Baseline::None
        };
    };
    if !week.complete || !previous.complete {
        Baseline::Incomplete
    } else if !week.observed || !previous.observed {
        Baseline::Unobserved
    } else if previous.runs_without_distance > 0 {
        Baseline::UnknownDistance
    } else {
        match previous.distance_m {
            Some(metres) if metres > 0 => Baseline::Previous(metres),
            _ => Baseline::None,
        }
    }
}

fn four_before(before: &[Week]) -> Option<(u64, u64)> {
    let known: Vec<u64> = before
        .iter()
        .rev()
        .take(REFERENCE_WEEKS)
        .filter(|week| week.assessable())
        .filter_map(|week| week.distance_m)
        .collect();
    (known.len() >= 2).then(|| (known.iter().sum(), known.len() as u64))
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::super::{BLANK_DAYS, TableRun};
    use super::*;

    fn weeks_of(runs: &[(&str, Option<u32>)], as_of: &str, week_start: Weekday) -> Vec<Week> {
        let runs: Vec<TableRun<'_>> = runs
            .iter()
            .map(|(date, distance_m)| TableRun {
                date: date.parse().expect("a date"),
                distance_m: *distance_m,
                shoe: None,
                entry: None,
            })
            .collect();
        let input = Input {
            runs: &runs,
            other_sport_days: &[],
            note_days: &[],
            shoes: &[],
            week_start,
            as_of: as_of.parse().expect("a date"),
            blank_days: BLANK_DAYS.default,
        };
        super::super::build(&input).expect("tables").weeks
    }

    // 5 January 2026 is a Monday.
    const THREE_WEEKS: &[(&str, Option<u32>)] = &[
        ("2026-01-05", Some(10_000)),
        ("2026-01-08", Some(5_000)),
        ("2026-01-12", Some(20_000)),
        ("2026-01-19", Some(8_000)),
    ];

    #[test]
    fn the_running_week_is_incomplete_and_has_no_baseline() {
        let weeks = weeks_of(THREE_WEEKS, "2026-01-21", Weekday::Mon);
        assert_eq!(weeks.len(), 3);
        assert_eq!(weeks[0].distance_m, Some(15_000));
        assert_eq!((weeks[0].baseline, weeks[0].rest_days), (Baseline::None, Some(5)));
        assert_eq!(weeks[1].baseline, Baseline::Previous(15_000));
        assert_eq!((weeks[2].complete, weeks[2].baseline, weeks[2].rest_days), (false, Baseline::Incomplete, None));
        assert_eq!(weeks[2].distance_m, Some(8_000));
        assert_eq!(weeks[2].four_before, Some((35_000, 2)));
    }

    #[test]
    fn a_week_that_ends_on_the_day_of_the_report_is_not_complete_yet() {
        let weeks = weeks_of(THREE_WEEKS, "2026-01-25", Weekday::Mon);
        assert!(!weeks[2].complete);
        assert!(weeks_of(THREE_WEEKS, "2026-01-26", Weekday::Mon)[2].complete);
    }

    #[test]
    fn a_week_that_began_before_the_first_entry_is_not_complete() {
        let weeks = weeks_of(THREE_WEEKS, "2026-01-26", Weekday::Sun);
        assert_eq!(weeks[0].start, "2026-01-04".parse().expect("a date"));
        assert!(!weeks[0].complete);
        assert_eq!(weeks[1].baseline, Baseline::Incomplete);
    }

    #[test]
    fn a_dark_stretch_is_unobserved_and_its_distance_is_not_zero() {
        let runs = [("2026-01-05", Some(10_000)), ("2026-02-16", Some(9_000)), ("2026-02-23", Some(9_500))];
        let weeks = weeks_of(&runs, "2026-03-02", Weekday::Mon);
        let dark = &weeks[2];
        assert_eq!((dark.observed, dark.distance_m, dark.rest_days), (false, None, None));
        // The week of 16 February is whole, but the one before it is unobserved.
        assert_eq!(weeks[6].baseline, Baseline::Unobserved);
        assert_eq!(weeks[7].baseline, Baseline::Previous(9_000));
    }

    #[test]
    fn an_unknown_distance_is_not_a_baseline() {
        let runs = [("2026-01-05", Some(10_000)), ("2026-01-07", None), ("2026-01-12", None), ("2026-01-19", Some(1))];
        let weeks = weeks_of(&runs, "2026-01-27", Weekday::Mon);
        assert_eq!((weeks[0].distance_m, weeks[0].runs_without_distance), (Some(10_000), 1));
        assert_eq!(weeks[1].baseline, Baseline::UnknownDistance);
        assert_eq!(weeks[1].distance_m, None);
        assert_eq!(weeks[2].baseline, Baseline::UnknownDistance);
    }

    #[test]
    fn an_observed_week_without_runs_is_zero_and_counts_in_the_mean() {
        let runs = [("2026-01-05", Some(10_000)), ("2026-01-18", Some(6_000)), ("2026-01-19", Some(8_000))];
        let weeks = weeks_of(&runs, "2026-01-27", Weekday::Mon);
        assert_eq!(weeks[2].four_before, Some((16_000, 2)));
        let runs = [("2026-01-11", Some(10_000)), ("2026-01-19", Some(8_000))];
        let weeks = weeks_of(&runs, "2026-01-27", Weekday::Sun);
        assert_eq!(weeks[1].distance_m, Some(8_000));
        let runs = [("2026-01-05", Some(10_000)), ("2026-01-19", Some(8_000))];
        let weeks = weeks_of(&runs, "2026-01-27", Weekday::Mon);
        assert_eq!((weeks[1].distance_m, weeks[2].baseline), (Some(0), Baseline::None));
        assert_eq!(weeks[2].four_before, Some((10_000, 2)));
    }
}
