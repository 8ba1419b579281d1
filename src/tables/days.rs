//! One row for each day of each athlete, without gaps, with whether the day is observed.

use chrono::NaiveDate;
use polars::prelude::*;

use super::{Input, as_u32, date};
use crate::model::finding::Unit;
use crate::model::threshold::{Origin, Threshold};

/// A blank of at least this many days is not observed: nobody can say that it was rest.
pub const BLANK_DAYS: Threshold = Threshold {
    key: "blank_days",
    default: 14,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "days in a blank this long without any entry are not known: they count neither as rest nor as running",
};

/// One calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The runner's calendar day.
    pub date: NaiveDate,
    /// False inside a blank of [`Input::blank_days`] or more.
    pub observed: bool,
    /// The number of runs.
    pub runs: u32,
    /// Runs whose distance is not known.
    pub runs_without_distance: u32,
    /// The sum of the known distances in metres.
    pub known_m: u64,
    /// The longest known run in metres.
    pub longest_m: Option<u32>,
    /// Whether another sport was logged.
    pub other_sport: bool,
    /// Whether a note was written.
    pub note: bool,
}

/// The days of every athlete, by athlete and day, each with the first day of its week.
pub(super) fn frame(runs: &DataFrame, inputs: &[Input<'_>]) -> PolarsResult<DataFrame> {
    let ran = runs.clone().lazy().select([
        col("athlete"),
        col("local_date").cast(DataType::Int32).alias("day"),
        lit(true).alias("ran"),
        col("distance_m").cast(DataType::UInt64),
        lit(false).alias("other_sport"),
        lit(false).alias("note"),
    ]);
    let marked = calendar(inputs)?.lazy().select([
        col("athlete"),
        col("day"),
        lit(false).alias("ran"),
        lit(NULL).cast(DataType::UInt64).alias("distance_m"),
        col("other_sport"),
        col("note"),
    ]);

    let seen = col("runs").gt(lit(0)).or(col("other_sport")).or(col("note"));
    let seen_day = when(seen.clone()).then(col("day")).otherwise(lit(NULL).cast(DataType::Int32));
    let by_athlete = [col("athlete")];
    let last_seen =
        seen_day.clone().fill_null_with_strategy(FillNullStrategy::Forward(None)).over(by_athlete.clone())?;
    // The blank after the last entry includes the day of the report.
    let next_seen = seen_day
        .fill_null_with_strategy(FillNullStrategy::Backward(None))
        .over(by_athlete)?
        .fill_null(col("as_of") + lit(1));
    let blank_days = next_seen - last_seen - lit(1);

    concat([marked, ran], UnionArgs::default())?
        .group_by([col("athlete"), col("day")])
        .agg([
            col("ran").sum().cast(DataType::UInt32).alias("runs"),
            col("ran").and(col("distance_m").is_null()).sum().cast(DataType::UInt32).alias("runs_without_distance"),
            col("distance_m").sum().alias("known_m"),
            col("distance_m").max().cast(DataType::UInt32).alias("longest_m"),
            col("other_sport").any(true),
            col("note").any(true),
        ])
        .inner_join(athletes(inputs)?.lazy(), col("athlete"), col("athlete"))
        .filter(col("day").lt_eq(col("as_of")))
        .sort(["athlete", "day"], SortMultipleOptions::default())
        .with_columns([
            seen.or(blank_days.lt(col("blank_days"))).alias("observed"),
            (col("day") - (col("day") - col("first_week")) % lit(7)).alias("week"),
        ])
        .collect()
}

/// The settings of each athlete who has an entry.
fn athletes(inputs: &[Input<'_>]) -> PolarsResult<DataFrame> {
    let known = || inputs.iter().enumerate().filter_map(|(at, input)| Some((at, input, input.first_day()?)));
    df![
        "athlete" => known().map(|(at, ..)| as_u32(at)).collect::<Vec<u32>>(),
        "as_of" => known().map(|(_, input, _)| input.as_of.to_epoch_days()).collect::<Vec<i32>>(),
        "blank_days" => known().map(|(_, input, _)| i64::from(input.blank_days)).collect::<Vec<i64>>(),
        "first_week" => known()
            .map(|(_, input, first)| first.week(input.week_start).first_day().to_epoch_days())
            .collect::<Vec<i32>>(),
    ]
}

/// Every day of every athlete, and further rows for days with another sport or a note.
fn calendar(inputs: &[Input<'_>]) -> PolarsResult<DataFrame> {
    let (mut athlete, mut day) = (Vec::new(), Vec::new());
    let (mut other_sport, mut note) = (Vec::new(), Vec::new());
    for (at, input) in inputs.iter().enumerate() {
        let Some(first) = input.first_day() else { continue };
        let numbers = |days: &[NaiveDate]| days.iter().map(NaiveDate::to_epoch_days).collect::<Vec<i32>>();
        let every_day = (first.to_epoch_days()..=input.as_of.to_epoch_days()).collect();
        let marked = [
            (every_day, false, false),
            (numbers(input.other_sport_days), true, false),
            (numbers(input.note_days), false, true),
        ];
        for (days, is_other_sport, is_note) in marked {
            athlete.resize(athlete.len() + days.len(), as_u32(at));
            other_sport.resize(other_sport.len() + days.len(), is_other_sport);
            note.resize(note.len() + days.len(), is_note);
            day.extend(days);
        }
    }
    df!["athlete" => athlete, "day" => day, "other_sport" => other_sport, "note" => note]
}

/// The days of each athlete, from the frame.
pub(super) fn typed(frame: &DataFrame, athletes: usize) -> PolarsResult<Vec<Vec<Day>>> {
    let athlete = frame.column("athlete")?.u32()?;
    let (day, observed) = (frame.column("day")?.i32()?, frame.column("observed")?.bool()?);
    let (runs, unknown) = (frame.column("runs")?.u32()?, frame.column("runs_without_distance")?.u32()?);
    let (known, longest) = (frame.column("known_m")?.u64()?, frame.column("longest_m")?.u32()?);
    let (other, note) = (frame.column("other_sport")?.bool()?, frame.column("note")?.bool()?);
    let mut days = vec![Vec::new(); athletes];
    for row in 0..frame.height() {
        let Some(own) = athlete.get(row).and_then(|at| days.get_mut(at as usize)) else { continue };
        own.push(Day {
            date: date(day.get(row).unwrap_or_default()),
            observed: observed.get(row).unwrap_or_default(),
            runs: runs.get(row).unwrap_or_default(),
            runs_without_distance: unknown.get(row).unwrap_or_default(),
            known_m: known.get(row).unwrap_or_default(),
            longest_m: longest.get(row),
            other_sport: other.get(row).unwrap_or_default(),
            note: note.get(row).unwrap_or_default(),
        });
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::super::{Input, TableRun, build};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn run(date: &str, distance_m: Option<u32>) -> TableRun<'static> {
        TableRun { date: day(date), distance_m, shoe: None, entry: None }
    }

    fn days_of(runs: &[TableRun<'_>], notes: &[NaiveDate], as_of: &str) -> Vec<Day> {
        build(&Input {
            runs,
            other_sport_days: &[],
            note_days: notes,
            shoes: &[],
            week_start: chrono::Weekday::Mon,
            as_of: day(as_of),
            blank_days: BLANK_DAYS.default,
        })
        .expect("tables")
        .days
    }

    #[test]
    fn every_day_has_a_row_and_two_runs_add_up() {
        let days = days_of(
            &[run("2026-01-05", Some(5_000)), run("2026-01-05", Some(7_000)), run("2026-01-07", None)],
            &[],
            "2026-01-08",
        );
        assert_eq!(days.len(), 4);
        assert_eq!((days[0].runs, days[0].known_m, days[0].longest_m), (2, 12_000, Some(7_000)));
        assert_eq!((days[1].runs, days[1].known_m, days[1].longest_m, days[1].observed), (0, 0, None, true));
        assert_eq!((days[2].runs, days[2].runs_without_distance, days[2].known_m), (1, 1, 0));
    }

    #[test]
    fn a_blank_of_thirteen_days_is_observed_and_of_fourteen_is_not() {
        // Between 5 and 19 January there are 13 days; up to 20 January there would be 14.
        let thirteen = days_of(&[run("2026-01-05", Some(1)), run("2026-01-19", Some(1))], &[], "2026-01-19");
        assert!(thirteen.iter().all(|day| day.observed));
        let fourteen = days_of(&[run("2026-01-05", Some(1)), run("2026-01-20", Some(1))], &[], "2026-01-20");
        assert_eq!(fourteen.iter().filter(|day| !day.observed).count(), 14);
        assert!(fourteen[0].observed && fourteen[15].observed);
    }

    #[test]
    fn a_note_inside_a_blank_keeps_it_observed_and_a_trailing_blank_counts() {
        let noted =
            days_of(&[run("2026-01-05", Some(1)), run("2026-01-20", Some(1))], &[day("2026-01-12")], "2026-01-20");
        assert!(noted.iter().all(|day| day.observed));
        let trailing = days_of(&[run("2026-01-05", Some(1))], &[], "2026-01-19");
        assert_eq!(trailing.iter().filter(|day| !day.observed).count(), 14);
        let shorter = days_of(&[run("2026-01-05", Some(1))], &[], "2026-01-18");
        assert!(shorter.iter().all(|day| day.observed));
    }

    #[test]
    fn no_entry_gives_no_days() {
        assert!(days_of(&[], &[], "2026-01-19").is_empty());
    }
}
