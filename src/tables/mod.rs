//! The only code that uses polars: runs to days, days to weeks, runs to shoe distance, for a batch of athletes at
//! once. Every day from an athlete's first entry to the day of the report has a row, and nothing about one athlete
//! depends on the others in the batch. It holds facts only: `rules` decides what is a flag.

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
use polars_async::executor::ALLOW_RAYON_THREADS;

use crate::model::log::Entry;

pub use days::{BLANK_DAYS, Day};
pub use exported::Exported;
pub use run_table::RunTable;
pub use shoes::{ShoeLimits, ShoeUse};
pub use weeks::{Baseline, REFERENCE_WEEKS, Week};

/// Why tables could not be built: memory ran out, or polars itself failed.
pub type Error = polars::prelude::PolarsError;

/// A run, with what the tables need of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRun<'a> {
    /// The runner's calendar day.
    pub date: NaiveDate,
    /// Its metres, where known.
    pub distance_m: Option<u32>,
    /// Index into [`Input::shoes`].
    pub shoe: Option<usize>,
    /// The run in the log, from which the exported table is filled in; `None` for a run that is only planned.
    pub entry: Option<&'a Entry>,
}

/// What an athlete's tables are made from. Everything is dated up to and including `as_of`.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Every run.
    pub runs: &'a [TableRun<'a>],
    /// The days with another sport.
    pub other_sport_days: &'a [NaiveDate],
    /// The days with a note.
    pub note_days: &'a [NaiveDate],
    /// Pairs of shoes with their limits.
    pub shoes: &'a [ShoeLimits],
    /// The first day of the week.
    pub week_start: Weekday,
    /// The last day of the tables.
    pub as_of: NaiveDate,
    /// A stretch of at least this many days without an entry is unobserved.
    pub blank_days: u32,
}

impl Input<'_> {
    /// The day of the first entry; `None` if there is none up to `as_of`.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        let runs = self.runs.iter().map(|run| run.date);
        let marked = self.other_sport_days.iter().chain(self.note_days).copied();
        runs.chain(marked).min().filter(|&first| first <= self.as_of)
    }
}

/// The tables of one athlete. Days and weeks are empty if there is no entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// A row for each day from the first entry to `as_of`.
    pub days: Vec<Day>,
    /// A row for each week from the one with the first entry to the one with `as_of`.
    pub weeks: Vec<Week>,
    /// A row for each pair, in the given order.
    pub shoes: Vec<ShoeUse>,
}

/// The tables of many athletes, built together.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The tables of each athlete, in the given order.
    pub tables: Vec<Tables>,
    runs: DataFrame,
}

impl Batch {
    /// Builds the tables of every athlete.
    ///
    /// # Errors
    /// Only if polars itself fails, such as for lack of memory.
    pub fn build(inputs: &[Input<'_>]) -> Result<Self, Error> {
        let _on_this_thread = OnThisThread::begin();
        let runs = run_table::frame(inputs)?;
        let frame = days::frame(inputs)?;
        let days = days::typed(&frame, inputs.len())?;
        let weeks = weeks::build(&frame, &days, inputs)?;
        let shoes = shoes::build(&runs, inputs)?;
        let tables = days.into_iter().zip(weeks).zip(shoes);
        let tables = tables.map(|((days, weeks), shoes)| Tables { days, weeks, shoes }).collect();
        Ok(Self { tables, runs })
    }

    /// The runs as a table for export, each athlete under the given name. `inputs` are those that the batch was built
    /// from.
    ///
    /// # Errors
    /// Only if polars itself fails.
    pub fn run_table(&self, inputs: &[Input<'_>], names: &[&str]) -> Result<RunTable, Error> {
        RunTable::new(&self.runs, inputs, names)
    }
}

/// While it lives, polars works on this thread alone. A batch is too small to be shared out, and the other threads have batches of
/// their own to build.
struct OnThisThread {
    before: bool,
}

thread_local! {
    /// Whether this thread belonged to no pool when it was first asked. polars then makes it a pool of its own, which it cannot
    /// where a program that uses the library calls from a pool.
    static BELONGS_TO_NO_POOL: bool = rayon::current_thread_index().is_none();
}

impl OnThisThread {
    fn begin() -> Self {
        let before = ALLOW_RAYON_THREADS.get();
        if BELONGS_TO_NO_POOL.with(|alone| *alone) {
            ALLOW_RAYON_THREADS.set(false);
        }
        Self { before }
    }
}

impl Drop for OnThisThread {
    fn drop(&mut self) {
        ALLOW_RAYON_THREADS.set(self.before);
    }
}

/// Builds the tables of one athlete, as a batch of one.
///
/// # Errors
/// Only if polars itself fails, such as for lack of memory.
pub fn build(input: &Input<'_>) -> Result<Tables, Error> {
    Ok(Batch::build(std::slice::from_ref(input))?.tables.pop().unwrap_or_default())
}

/// An index as a frame holds it; a frame has no more rows than fit.
fn as_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The date of a day number in a frame, which counts days since 1 January 1970.
fn date(number: i32) -> NaiveDate {
    NaiveDate::from_epoch_days(number).unwrap_or_default()
}
