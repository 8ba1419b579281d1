//! The tables that a roster writes besides its reports: the runs and the notes of all athletes, the counts that links
//! rest on, and a row for each athlete.

use std::path::{Path, PathBuf};

use super::athlete::AthleteResult;
use crate::cli::arguments::Roster;
use crate::cli::export::{self, Table};
use crate::cli::{Failure, strata, target};
use crate::report::index::contract::{AthleteRow, StandingLink};
use crate::report::index::table;
use crate::report::strata_rows::StrataTable;
use crate::tables::{RunTable, note_rows};

/// The message for two athletes with the same hash.
const SAME_ATHLETE: &str =
    "two athletes of one name have logs that begin on the same day; --strata kept the counts of the first";

/// Refuses a path that a table cannot be written to, and one path for two tables; checked before any work is done.
pub(super) fn check(asked: &Roster) -> Result<(), Failure> {
    asked.report.strata.as_deref().map(strata::check).transpose()?;
    for path in [&asked.report.export, &asked.export_notes, &asked.summary].into_iter().flatten() {
        export::target(path)?;
    }
    target::check_apart(all(asked))
}

/// Refuses a table that would replace one that is read.
pub(super) fn check_unread(asked: &Roster, read: &[&Path]) -> Result<(), Failure> {
    all(asked).try_for_each(|path| target::check_unread(path, read, &[], &[]))
}

fn all(asked: &Roster) -> impl Iterator<Item = &PathBuf> {
    [&asked.report.strata, &asked.report.export, &asked.export_notes, &asked.summary].into_iter().flatten()
}

/// The tables to which each athlete adds rows.
pub(super) struct Outputs<'a> {
    runs: Option<Table>,
    notes: Option<Table>,
    counts: StrataTable,
    strata: Option<&'a Path>,
}

impl<'a> Outputs<'a> {
    /// Begins the requested tables. Nothing is at their paths before they are finished.
    pub fn begin(asked: &'a Roster) -> Result<Self, Failure> {
        let raw = asked.report.raw_cells;
        let runs = asked.report.export.as_deref().map(|path| {
            let none = RunTable::empty().map_err(export::unmade)?;
            Table::begin(path, raw, &none.exported())
        });
        let notes = asked.export_notes.as_deref().map(|path| {
            let none = note_rows::rows("", "", &[]).map_err(export::unmade)?;
            Table::begin(path, raw, &none)
        });
        let strata = asked.report.strata.as_deref();
        Ok(Self { runs: runs.transpose()?, notes: notes.transpose()?, counts: StrataTable::default(), strata })
    }

    /// Adds the rows of one athlete, and a problem for what is lost.
    pub fn add(&mut self, made: &mut AthleteResult) -> Result<(), Failure> {
        for row in made.strata.drain(..) {
            if !self.counts.add(row) {
                made.problems.push(format!("{SAME_ATHLETE}\n"));
            }
        }
        let tables = [(&mut self.runs, made.runs.take()), (&mut self.notes, made.notes.take())];
        for (table, rows) in tables {
            if let (Some(table), Some(rows)) = (table, rows) {
                table.push(&rows)?;
            }
        }
        Ok(())
    }

    /// Finishes the tables and moves them to their paths.
    pub fn finish(self) -> Result<(), Failure> {
        [self.runs, self.notes].into_iter().flatten().try_for_each(Table::finish)?;
        self.strata.map_or(Ok(()), |path| strata::write(&self.counts, path))
    }
}

/// Writes the table with a row for each athlete, if requested.
pub(super) fn write_summary(
    asked: &Roster,
    athletes: &[&AthleteRow],
    standing: &[StandingLink],
) -> Result<(), Failure> {
    let Some(path) = asked.summary.as_deref() else { return Ok(()) };
    let rows = table::rows(athletes, standing).map_err(export::unmade)?;
    let mut table = Table::begin(path, asked.report.raw_cells, &rows)?;
    table.push(&rows)?;
    table.finish()
}
