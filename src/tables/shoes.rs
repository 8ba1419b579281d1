//! The distance on each pair of shoes of each athlete, and the days on which it reached the pair's limits.

use chrono::NaiveDate;
use polars::prelude::*;

use super::{Input, as_u32, date};

/// A pair and its limits in metres.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShoeLimits {
    /// The name of the pair.
    pub name: String,
    /// The distance before the first logged run, where given.
    pub initial_m: Option<u32>,
    /// The start of the replacement window.
    pub due_m: u32,
    /// The end of the replacement window.
    pub worn_m: u32,
    /// The last day in use, where given.
    pub to: Option<NaiveDate>,
}

/// The use of a pair, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShoeUse {
    /// The pair and its limits.
    pub limits: ShoeLimits,
    /// Initial and known logged metres together: a lower bound.
    pub distance_m: u64,
    /// The number of runs in it.
    pub runs: u64,
    /// The number of runs in it whose distance is not known.
    pub runs_without_distance: u64,
    /// The day of the first run.
    pub first_used: Option<NaiveDate>,
    /// The day of the last run.
    pub last_used: Option<NaiveDate>,
    /// The day of the run in which it reached `due_m`.
    pub due_on: Option<NaiveDate>,
    /// The day of the run in which it reached `worn_m`.
    pub worn_on: Option<NaiveDate>,
}

/// The pairs of each athlete, in the given order.
pub(super) fn build(runs: &DataFrame, inputs: &[Input<'_>]) -> PolarsResult<Vec<Vec<ShoeUse>>> {
    let mut all: Vec<ShoeUse> = inputs.iter().flat_map(|input| input.shoes).map(ShoeUse::unused).collect();
    let metres = |of: fn(&ShoeLimits) -> u32| all.iter().map(|one| i64::from(of(&one.limits))).collect::<Vec<i64>>();
    let pairs = df![
        "pair" => (0..as_u32(all.len())).collect::<Vec<u32>>(),
        "initial_m" => metres(|limits| limits.initial_m.unwrap_or(0)),
        "due_m" => metres(|limits| limits.due_m),
        "worn_m" => metres(|limits| limits.worn_m),
    ]?;
    let reached = |limit: &str| {
        let total = col("distance_m").fill_null(lit(0)).cum_sum(false) + col("initial_m");
        col("day").filter(total.gt_eq(col(limit))).min()
    };
    let used = runs
        .clone()
        .lazy()
        .select([
            col("pair"),
            col("local_date").cast(DataType::Int32).alias("day"),
            col("distance_m").cast(DataType::Int64),
        ])
        .inner_join(pairs.lazy(), col("pair"), col("pair"))
        .sort(["pair", "day"], SortMultipleOptions::default())
        .group_by([col("pair")])
        .agg([
            col("distance_m").sum().cast(DataType::UInt64).alias("logged_m"),
            len().cast(DataType::UInt64).alias("runs"),
            col("distance_m").null_count().cast(DataType::UInt64).alias("unknown"),
            col("day").min().alias("first"),
            col("day").max().alias("last"),
            reached("due_m").alias("due_on"),
            reached("worn_m").alias("worn_on"),
        ])
        .collect()?;

    let pair = used.column("pair")?.u32()?;
    let (logged, runs) = (used.column("logged_m")?.u64()?, used.column("runs")?.u64()?);
    let unknown = used.column("unknown")?.u64()?;
    let (first, last) = (used.column("first")?.i32()?, used.column("last")?.i32()?);
    let (due_on, worn_on) = (used.column("due_on")?.i32()?, used.column("worn_on")?.i32()?);
    for row in 0..used.height() {
        let Some(one) = pair.get(row).and_then(|index| all.get_mut(index as usize)) else { continue };
        one.distance_m += logged.get(row).unwrap_or_default();
        one.runs = runs.get(row).unwrap_or_default();
        one.runs_without_distance = unknown.get(row).unwrap_or_default();
        one.first_used = first.get(row).map(date);
        one.last_used = last.get(row).map(date);
        one.due_on = due_on.get(row).map(date);
        one.worn_on = worn_on.get(row).map(date);
    }
    let mut all = all.into_iter();
    Ok(inputs.iter().map(|input| all.by_ref().take(input.shoes.len()).collect()).collect())
}

impl ShoeUse {
    fn unused(limits: &ShoeLimits) -> Self {
        Self {
            limits: limits.clone(),
            distance_m: u64::from(limits.initial_m.unwrap_or(0)),
            runs: 0,
            runs_without_distance: 0,
            first_used: None,
            last_used: None,
            due_on: None,
            worn_on: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::super::{BLANK_DAYS, TableRun};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn distance_is_initial_plus_runs_and_limits_are_reached_on_the_day_of_the_run() {
        let limits = |name: &str, initial_m| ShoeLimits {
            name: name.into(),
            initial_m,
            due_m: 30_000,
            worn_m: 50_000,
            to: None,
        };
        let run = |date: &str, distance_m, shoe| TableRun { date: day(date), distance_m, shoe, entry: None };
        let uses = super::super::build(&Input {
            runs: &[
                // Not in order, since the sum has to go by day.
                run("2026-01-07", Some(15_000), Some(0)),
                run("2026-01-05", Some(10_000), Some(0)),
                run("2026-01-06", None, Some(0)),
                run("2026-01-06", Some(9_000), None),
                run("2026-01-09", Some(30_000), Some(1)),
            ],
            other_sport_days: &[],
            note_days: &[],
            shoes: &[limits("A", Some(5_000)), limits("B", Some(25_000)), limits("C", None)],
            week_start: Weekday::Mon,
            as_of: day("2026-01-10"),
            blank_days: BLANK_DAYS.default,
        })
        .expect("tables")
        .shoes;
        let a = &uses[0];
        assert_eq!((a.distance_m, a.runs, a.runs_without_distance), (30_000, 3, 1));
        assert_eq!((a.first_used, a.last_used), (Some(day("2026-01-05")), Some(day("2026-01-07"))));
        assert_eq!((a.due_on, a.worn_on), (Some(day("2026-01-07")), None));
        let b = &uses[1];
        assert_eq!((b.distance_m, b.due_on, b.worn_on), (55_000, Some(day("2026-01-09")), Some(day("2026-01-09"))));
        assert_eq!((uses[2].distance_m, uses[2].runs, uses[2].first_used), (0, 0, None));
    }
}
