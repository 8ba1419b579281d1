//! The only code that uses polars: runs to days, days to weeks, runs to shoe distance, for a batch of athletes at once. Every
//! day between an athlete's first entry and the day of the report has a row, and nothing about one athlete depends on who
//! else is in the batch. Facts only: whether a figure is a flag is decided in `rules`.

pub mod cells;
mod days;
pub mod exported;
pub mod note_rows;
pub mod run_file;
pub mod run_rows;
pub mod run_table;
mod shoes;
#[cfg(test)]
mod tests;
mod weeks;

use chrono::{NaiveDate, Weekday};
use polars::prelude::DataFrame;

use crate::model::log::Entry;

pub use days::{BLANK_DAYS, Day};
pub use exported::Exported;
pub use run_table::RunTable;
pub use shoes::{ShoeLimits, ShoeUse};
pub use weeks::{Baseline, REFERENCE_WEEKS, Week};

/// Why tables could not be built: memory ran out, or polars itself failed.
pub type Error = polars::prelude::PolarsError;

/// A run as the tables need it.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRun<'a> {
    /// The runner's day.
    pub date: NaiveDate,
    /// Metres, where known.
    pub distance_m: Option<u32>,
    /// Index into [`Input::shoes`].
    pub shoe: Option<usize>,
    /// The run in the log; `None` for one that is only planned. The exported table tells the rest of it.
    pub entry: Option<&'a Entry>,
}

/// What an athlete's tables are made from. Everything is dated up to and including `as_of`.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Every run.
    pub runs: &'a [TableRun<'a>],
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
    /// A stretch of this many days or more without an entry is unobserved.
    pub blank_days: u32,
}

impl Input<'_> {
    /// The day of the first entry, unless there is none up to the day of the report.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        let runs = self.runs.iter().map(|run| run.date);
        let marked = self.other_sport_days.iter().chain(self.note_days).copied();
        runs.chain(marked).min().filter(|&first| first <= self.as_of)
    }
}

/// The tables of one athlete. Days and weeks are empty where there is no entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// A row for each day from the first entry to `as_of`.
    pub days: Vec<Day>,
    /// A row for each week from the one with the first entry to the one with `as_of`.
    pub weeks: Vec<Week>,
    /// A row for each pair, in the order given.
    pub shoes: Vec<ShoeUse>,
}

/// The tables of many athletes, built together.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The tables of each athlete, in the order given.
    pub tables: Vec<Tables>,
    runs: DataFrame,
}

impl Batch {
    /// Builds the tables of every athlete.
    ///
    /// # Errors
    /// Only if polars itself fails, such as for want of memory.
    pub fn build(inputs: &[Input<'_>]) -> Result<Self, Error> {
        let runs = run_table::frame(inputs)?;
        let frame = days::frame(&runs, inputs)?;
        let days = days::typed(&frame, inputs.len())?;
        let weeks = weeks::build(&frame, &days, inputs)?;
        let shoes = shoes::build(&runs, inputs)?;
        let tables = days.into_iter().zip(weeks).zip(shoes);
        let tables = tables.map(|((days, weeks), shoes)| Tables { days, weeks, shoes }).collect();
        Ok(Self { tables, runs })
    }

    /// The runs as the table to export, each athlete under the name given. `inputs` are those that the batch was built from.
    ///
    /// # Errors
    /// Only if polars itself fails.
    pub fn run_table(&self, inputs: &[Input<'_>], names: &[&str]) -> Result<RunTable, Error> {
        RunTable::new(&self.runs, inputs, names)
    }
}

/// Builds the tables of one athlete: a batch of one.
///
/// # Errors
/// Only if polars itself fails, such as for want of memory.
pub fn build(input: &Input<'_>) -> Result<Tables, Error> {
    Ok(Batch::build(std::slice::from_ref(input))?.tables.pop().unwrap_or_default())
}

/// The athlete's number in a batch. A frame holds no more rows than this counts.
fn as_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The date of a day number out of a frame: days since 1 January 1970, as frames keep dates.
fn date(number: i32) -> NaiveDate {
    NaiveDate::from_epoch_days(number).unwrap_or_default()
}
