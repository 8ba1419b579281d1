//! The only code that uses polars: runs to days, days to weeks, runs to shoe distance. Every day between the first
//! entry and the day of the report has a row. Facts only: whether a figure is a flag is decided in `rules`.

mod days;
pub mod run_table;
mod shoes;
mod weeks;

use chrono::{Datelike, NaiveDate, Weekday};
use polars::prelude::PolarsError;

pub use days::{Day, UNOBSERVED_AFTER_DAYS};
pub use shoes::{ShoeLimits, ShoeUse};
pub use weeks::{Baseline, REFERENCE_WEEKS, Week};

/// A run as the tables need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRun {
    /// The runner's day.
    pub date: NaiveDate,
    /// Metres, where known.
    pub distance_m: Option<u32>,
    /// Index into [`Input::shoes`].
    pub shoe: Option<usize>,
}

/// What the tables are made from. Everything is dated up to and including `as_of`.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Every run.
    pub runs: &'a [TableRun],
    /// Days with another sport.
    pub other_sport_days: &'a [NaiveDate],
    /// Days with a note.
    pub note_days: &'a [NaiveDate],
    /// Pairs of shoes with their limits.
    pub shoes: &'a [ShoeLimits],
    /// First day of the week.
    pub week_start: Weekday,
    /// Last day of the calendar.
    pub as_of: NaiveDate,
}

/// The tables. All empty where there is no entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// A row for each day from the first entry to `as_of`.
    pub days: Vec<Day>,
    /// A row for each week from the one with the first entry to the one with `as_of`.
    pub weeks: Vec<Week>,
    /// A row for each pair, in the order given.
    pub shoes: Vec<ShoeUse>,
}

/// Builds the tables.
///
/// # Errors
/// Only if polars itself fails, such as for want of memory.
pub fn build(input: &Input<'_>) -> Result<Tables, PolarsError> {
    let days = days::build(input)?;
    let weeks = weeks::build(&days, input.week_start, input.as_of)?;
    let shoes = shoes::build(input)?;
    Ok(Tables { days, weeks, shoes })
}

/// The day number that frames carry. Days are counted from the first of January of year 1.
fn number(date: NaiveDate) -> i32 {
    date.num_days_from_ce()
}

/// The date of a day number out of a frame.
fn date(number: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(number).unwrap_or_default()
}
