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

/// The days of every athlete, by athlete and day, each with its week.
///
/// The calendar has no gaps, so that the place of a day in it tells the day: entries are summed by place, and the days from one
/// entry to the next are the places between them.
pub(super) fn frame(inputs: &[Input<'_>]) -> PolarsResult<DataFrame> {
    let entries = entries(inputs)?.lazy().group_by([col("place")]).agg([
        col("ran").sum().alias("runs"),
        col("unknown").sum().alias("runs_without_distance"),
        col("distance_m").sum().alias("known_m"),
        col("distance_m").max().cast(DataType::UInt32).alias("longest_m"),
        col("other_sport").max(),
        col("note").max(),
    ]);
    let in_order = JoinArgs { maintain_order: MaintainOrderJoin::Left, ..JoinArgs::new(JoinType::Left) };
    let none = |name: &str, kind: DataType| col(name).fill_null(lit(0).cast(kind));

    let is_entry = col("runs").is_not_null();
    let entry = || when(is_entry.clone()).then(col("place").cast(DataType::Int64)).otherwise(lit(NULL));
    // An athlete's first day has an entry. After the last one the calendar of another begins.
    let last_entry = entry().fill_null_with_strategy(FillNullStrategy::Forward(None));
    let next_entry = entry().fill_null_with_strategy(FillNullStrategy::Backward(None));
    // The blank after the last entry includes the day of the report.
    let next_entry = when(next_entry.clone().lt(col("end"))).then(next_entry).otherwise(col("end"));
    let blank_days = next_entry - last_entry - lit(1);

    calendar(inputs)?
        .lazy()
        .join(entries, [col("place")], [col("place")], in_order)
        .with_columns([
            is_entry.or(blank_days.lt(col("blank_days"))).alias("observed"),
            none("runs", DataType::UInt32),
            none("runs_without_distance", DataType::UInt32),
            none("known_m", DataType::UInt64),
            none("other_sport", DataType::UInt32).gt(lit(0)),
            none("note", DataType::UInt32).gt(lit(0)),
        ])
        .collect()
}

/// Every day of every athlete: its place among all of them, the place after the athlete's last one, and the week it is in, by its
/// first day and by its number among all weeks.
fn calendar(inputs: &[Input<'_>]) -> PolarsResult<DataFrame> {
    let (mut athlete, mut day, mut end, mut blank_days) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut week, mut week_number) = (Vec::new(), Vec::new());
    let mut weeks: u32 = 0;
    for (at, input) in inputs.iter().enumerate() {
        let Some(first) = input.first_day() else { continue };
        let first_week = first.week(input.week_start).first_day().to_epoch_days();
        let last = input.as_of.to_epoch_days();
        for number in first.to_epoch_days()..=last {
            let start = number - (number - first_week) % 7;
            if week.last() != Some(&start) || number == first.to_epoch_days() {
                weeks += 1;
            }
            day.push(number);
            week.push(start);
            week_number.push(weeks);
        }
        athlete.resize(day.len(), as_u32(at));
        end.resize(day.len(), i64::from(as_u32(day.len())));
        blank_days.resize(day.len(), i64::from(input.blank_days));
    }
    df![
        "place" => (0..as_u32(day.len())).collect::<Vec<u32>>(),
        "athlete" => athlete,
        "day" => day,
        "end" => end,
        "blank_days" => blank_days,
        "week" => week,
        "week_number" => week_number,
    ]
}

/// Every run, day with another sport and day with a note, at its place in the calendar.
fn entries(inputs: &[Input<'_>]) -> PolarsResult<DataFrame> {
    let (mut place, mut distance_m) = (Vec::new(), Vec::new());
    let (mut ran, mut unknown, mut other_sport, mut note) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut before: u32 = 0;
    for input in inputs {
        let Some(first) = input.first_day() else { continue };
        let days = (input.as_of - first).num_days();
        let place_of = |date: NaiveDate| {
            let since = (date - first).num_days();
            u32::try_from(since).ok().filter(|_| since <= days).map(|since| before.saturating_add(since))
        };
        let run = input
            .runs
            .iter()
            .map(|run| (run.date, run.distance_m.map(u64::from), [1, u32::from(run.distance_m.is_none()), 0, 0]));
        let other = input.other_sport_days.iter().map(|date| (*date, None, [0, 0, 1, 0]));
        let noted = input.note_days.iter().map(|date| (*date, None, [0, 0, 0, 1]));
        for (date, metres, counts) in run.chain(other).chain(noted) {
            let Some(at) = place_of(date) else { continue };
            place.push(at);
            distance_m.push(metres);
            ran.push(counts[0]);
            unknown.push(counts[1]);
            other_sport.push(counts[2]);
            note.push(counts[3]);
        }
        before = before.saturating_add(u32::try_from(days + 1).unwrap_or(u32::MAX));
    }
    df![
        "place" => place,
        "distance_m" => distance_m,
        "ran" => ran,
        "unknown" => unknown,
        "other_sport" => other_sport,
        "note" => note,
    ]
}

/// The days of each athlete, from the frame.
pub(super) fn typed(frame: &DataFrame, athletes: usize) -> PolarsResult<Vec<Vec<Day>>> {
    let athlete = frame.column("athlete")?.u32()?.iter();
    let (day, observed) = (frame.column("day")?.i32()?.iter(), frame.column("observed")?.bool()?.iter());
    let (runs, unknown) = (frame.column("runs")?.u32()?.iter(), frame.column("runs_without_distance")?.u32()?.iter());
    let (known, longest) = (frame.column("known_m")?.u64()?.iter(), frame.column("longest_m")?.u32()?.iter());
    let (other, note) = (frame.column("other_sport")?.bool()?.iter(), frame.column("note")?.bool()?.iter());
    let mut days = vec![Vec::new(); athletes];
    let counts = runs.zip(unknown).zip(known).zip(longest);
    for (((athlete, day), observed), ((((runs, unknown), known), longest), (other, note))) in
        athlete.zip(day).zip(observed).zip(counts.zip(other.zip(note)))
    {
        let Some(own) = athlete.and_then(|at| days.get_mut(at as usize)) else { continue };
        own.push(Day {
            date: date(day.unwrap_or_default()),
            observed: observed.unwrap_or_default(),
            runs: runs.unwrap_or_default(),
            runs_without_distance: unknown.unwrap_or_default(),
            known_m: known.unwrap_or_default(),
            longest_m: longest,
            other_sport: other.unwrap_or_default(),
            note: note.unwrap_or_default(),
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
