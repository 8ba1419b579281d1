//! Distance on each pair of shoes, and the days on which it reached the pair's limits.

use chrono::NaiveDate;
use polars::prelude::*;

use super::{Input, date, number};

/// A pair and its limits in metres.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShoeLimits {
    /// The name.
    pub name: String,
    /// Distance before the first logged run, where told.
    pub initial_m: Option<u32>,
    /// Where the replacement window begins.
    pub due_m: u32,
    /// Where it ends.
    pub worn_m: u32,
    /// Last day in use, where told.
    pub to: Option<NaiveDate>,
}

/// What is known of the use of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShoeUse {
    /// The pair and its limits.
    pub limits: ShoeLimits,
    /// Initial plus known logged metres: a lower bound.
    pub distance_m: u64,
    /// Runs on it.
    pub runs: u64,
    /// Runs on it whose distance is not known.
    pub runs_without_distance: u64,
    /// First run.
    pub first_used: Option<NaiveDate>,
    /// Last run.
    pub last_used: Option<NaiveDate>,
    /// Day of the run with which it reached `due_m`.
    pub due_on: Option<NaiveDate>,
    /// Day of the run with which it reached `worn_m`.
    pub worn_on: Option<NaiveDate>,
}

pub(super) fn build(input: &Input<'_>) -> PolarsResult<Vec<ShoeUse>> {
    let named: Vec<(u32, &super::TableRun)> = input
        .runs
        .iter()
        .filter_map(|run| run.shoe.filter(|&shoe| shoe < input.shoes.len()).map(|shoe| (as_u32(shoe), run)))
        .collect();
    let pairs = df![
        "shoe" => (0..as_u32(input.shoes.len())).collect::<Vec<u32>>(),
        "initial_m" => input.shoes.iter().map(|shoe| i64::from(shoe.initial_m.unwrap_or(0))).collect::<Vec<i64>>(),
        "due_m" => input.shoes.iter().map(|shoe| i64::from(shoe.due_m)).collect::<Vec<i64>>(),
        "worn_m" => input.shoes.iter().map(|shoe| i64::from(shoe.worn_m)).collect::<Vec<i64>>(),
    ]?
    .lazy();
    let runs = df![
        "shoe" => named.iter().map(|(shoe, _)| *shoe).collect::<Vec<u32>>(),
        "day" => named.iter().map(|(_, run)| number(run.date)).collect::<Vec<i32>>(),
        "distance_m" => named.iter().map(|(_, run)| run.distance_m.map(i64::from)).collect::<Vec<Option<i64>>>(),
    ]?
    .lazy();

    let reached = |limit: &str| {
        let total = col("distance_m").fill_null(lit(0)).cum_sum(false) + col("initial_m");
        col("day").filter(total.gt_eq(col(limit))).min()
    };
    let used = runs
        .left_join(pairs, col("shoe"), col("shoe"))
        .sort(["day"], SortMultipleOptions::default().with_maintain_order(true))
        .group_by([col("shoe")])
        .agg([
            col("distance_m").sum().alias("logged_m"),
            len().alias("runs"),
            col("distance_m").null_count().alias("unknown"),
            col("day").min().alias("first"),
            col("day").max().alias("last"),
            reached("due_m").alias("due_on"),
            reached("worn_m").alias("worn_on"),
        ])
        .sort(["shoe"], SortMultipleOptions::default())
        .select([
            col("shoe"),
            col("logged_m").cast(DataType::UInt64),
            col("runs").cast(DataType::UInt64),
            col("unknown").cast(DataType::UInt64),
            col("first"),
            col("last"),
            col("due_on"),
            col("worn_on"),
        ])
        .collect()?;

    let mut rows: Vec<ShoeUse> = input
        .shoes
        .iter()
        .map(|limits| ShoeUse {
            limits: limits.clone(),
            distance_m: u64::from(limits.initial_m.unwrap_or(0)),
            runs: 0,
            runs_without_distance: 0,
            first_used: None,
            last_used: None,
            due_on: None,
            worn_on: None,
        })
        .collect();
    let shoe = used.column("shoe")?.u32()?;
    let (logged, runs) = (used.column("logged_m")?.u64()?, used.column("runs")?.u64()?);
    let unknown = used.column("unknown")?.u64()?;
    let (first, last) = (used.column("first")?.i32()?, used.column("last")?.i32()?);
    let (due_on, worn_on) = (used.column("due_on")?.i32()?, used.column("worn_on")?.i32()?);
    for row in 0..used.height() {
        let Some(one) = shoe.get(row).and_then(|index| rows.get_mut(index as usize)) else { continue };
        one.distance_m += logged.get(row).unwrap_or_default();
        one.runs = runs.get(row).unwrap_or_default();
        one.runs_without_distance = unknown.get(row).unwrap_or_default();
        one.first_used = first.get(row).map(date);
        one.last_used = last.get(row).map(date);
        one.due_on = due_on.get(row).map(date);
        one.worn_on = worn_on.get(row).map(date);
    }
    Ok(rows)
}

/// A wardrobe never has more than four thousand million pairs; if it did, the rest would be left out.
fn as_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::super::{Input, TableRun};
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
        let run = |date: &str, distance_m, shoe| TableRun { date: day(date), distance_m, shoe };
        let uses = super::super::build(&Input {
            runs: &[
                // Out of order on purpose: the sum has to run by day.
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
