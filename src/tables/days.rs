//! One row a day, gap-filled, with whether the day is observed.

use chrono::NaiveDate;
use polars::prelude::*;

use super::{Input, date, number};

/// A blank of this many days or more is not observed: nobody can say that it was rest.
pub const UNOBSERVED_AFTER_DAYS: i32 = 14;

/// One calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// False inside a blank of [`UNOBSERVED_AFTER_DAYS`] or more.
    pub observed: bool,
    /// Runs.
    pub runs: u32,
    /// Runs whose distance is not known.
    pub runs_without_distance: u32,
    /// Sum of the known distances in metres.
    pub known_m: u64,
    /// Longest known run in metres.
    pub longest_m: Option<u32>,
    /// Another sport was logged.
    pub other_sport: bool,
    /// A note was written.
    pub note: bool,
}

pub(super) fn build(input: &Input<'_>) -> PolarsResult<Vec<Day>> {
    let first = input
        .runs
        .iter()
        .map(|run| run.date)
        .chain(input.other_sport_days.iter().copied())
        .chain(input.note_days.iter().copied())
        .min();
    let Some(first) = first.filter(|&first| first <= input.as_of) else { return Ok(Vec::new()) };

    let calendar = df!["day" => (number(first)..=number(input.as_of)).collect::<Vec<i32>>()]?.lazy();
    let runs = df![
        "day" => input.runs.iter().map(|run| number(run.date)).collect::<Vec<i32>>(),
        "distance_m" => input.runs.iter().map(|run| run.distance_m.map(i64::from)).collect::<Vec<Option<i64>>>(),
    ]?
    .lazy()
    .group_by([col("day")])
    .agg([
        len().alias("runs"),
        col("distance_m").null_count().alias("runs_without_distance"),
        col("distance_m").sum().alias("known_m"),
        col("distance_m").max().alias("longest_m"),
    ]);
    let other = marked_days(input.other_sport_days, "other_sport")?;
    let notes = marked_days(input.note_days, "note")?;

    let seen = col("runs").is_not_null().or(col("other_sport").is_not_null()).or(col("note").is_not_null());
    let seen_day = when(seen.clone()).then(col("day")).otherwise(lit(NULL).cast(DataType::Int32));
    let last_seen = seen_day.clone().fill_null_with_strategy(FillNullStrategy::Forward(None));
    // The blank after the last entry runs up to and including the day of the report.
    let next_seen =
        seen_day.fill_null_with_strategy(FillNullStrategy::Backward(None)).fill_null(lit(number(input.as_of) + 1));
    let blank_days = next_seen - last_seen - lit(1);

    let frame = calendar
        .left_join(runs, col("day"), col("day"))
        .left_join(other, col("day"), col("day"))
        .left_join(notes, col("day"), col("day"))
        .sort(["day"], SortMultipleOptions::default())
        .with_columns([seen.or(blank_days.lt(lit(UNOBSERVED_AFTER_DAYS))).alias("observed")])
        .select([
            col("day").cast(DataType::Int32),
            col("observed"),
            col("runs").fill_null(lit(0)).cast(DataType::UInt32),
            col("runs_without_distance").fill_null(lit(0)).cast(DataType::UInt32),
            col("known_m").fill_null(lit(0)).cast(DataType::UInt64),
            col("longest_m").cast(DataType::UInt32),
            col("other_sport").is_not_null(),
            col("note").is_not_null(),
        ])
        .collect()?;

    let (day, observed) = (frame.column("day")?.i32()?, frame.column("observed")?.bool()?);
    let (runs, unknown) = (frame.column("runs")?.u32()?, frame.column("runs_without_distance")?.u32()?);
    let (known, longest) = (frame.column("known_m")?.u64()?, frame.column("longest_m")?.u32()?);
    let (other, note) = (frame.column("other_sport")?.bool()?, frame.column("note")?.bool()?);
    Ok((0..frame.height())
        .map(|row| Day {
            date: date(day.get(row).unwrap_or_default()),
            observed: observed.get(row).unwrap_or_default(),
            runs: runs.get(row).unwrap_or_default(),
            runs_without_distance: unknown.get(row).unwrap_or_default(),
            known_m: known.get(row).unwrap_or_default(),
            longest_m: longest.get(row),
            other_sport: other.get(row).unwrap_or_default(),
            note: note.get(row).unwrap_or_default(),
        })
        .collect())
}

/// A frame with each of these days once and a column of that name set on it.
fn marked_days(days: &[NaiveDate], name: &str) -> PolarsResult<LazyFrame> {
    let days = df!["day" => days.iter().map(|&day| number(day)).collect::<Vec<i32>>()]?;
    Ok(days.lazy().group_by([col("day")]).agg([len().alias(name)]))
}

#[cfg(test)]
mod tests {
    use super::super::{Input, TableRun};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn run(date: &str, distance_m: Option<u32>) -> TableRun {
        TableRun { date: day(date), distance_m, shoe: None }
    }

    fn days_of(runs: &[TableRun], notes: &[NaiveDate], as_of: &str) -> Vec<Day> {
        build(&Input {
            runs,
            other_sport_days: &[],
            note_days: notes,
            shoes: &[],
            week_start: chrono::Weekday::Mon,
            as_of: day(as_of),
        })
        .expect("tables")
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
        // 5 January and 19 January leave 13 days between them; 20 January would leave 14.
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
