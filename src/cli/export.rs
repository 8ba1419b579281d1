//! `--export`: the merged runs as a table for other engines.

use std::path::Path;

use chrono::NaiveDateTime;

use super::{Failure, output};
use crate::model::reading::name_of;
use crate::report::contract::Report;
use crate::tables::run_table::{self, TableRow};

/// The kinds of table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `.parquet`.
    Parquet,
    /// `.csv`.
    Csv,
}

/// The kind of table that a file's ending asks for; asked before any work is done.
pub(super) fn kind(path: &Path) -> Result<Kind, Failure> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("parquet") => Ok(Kind::Parquet),
        Some("csv") => Ok(Kind::Csv),
        _ => Err(Failure(format!("{}: a table is written as .parquet or .csv", path.display()))),
    }
}

/// Writes the report's runs.
pub(super) fn write(report: &Report, path: &Path, kind: Kind) -> Result<(), Failure> {
    let rows = rows(report);
    let bytes = match kind {
        Kind::Parquet => run_table::parquet(&rows).map_err(|error| error.to_string()),
        Kind::Csv => run_table::csv(&rows).map_err(|error| error.to_string()),
    };
    let bytes = bytes.map_err(|error| Failure(format!("the table could not be made: {error}")))?;
    output::write_whole(path, &bytes)
}

fn rows(report: &Report) -> Vec<TableRow> {
    let athlete = report.athlete.name.clone().unwrap_or_default();
    report
        .runs
        .iter()
        .map(|run| TableRow {
            athlete: athlete.clone(),
            id: run.id.clone(),
            local_date: run.local_date,
            // The offset stands in a column of its own.
            local_start: run
                .local_start
                .as_deref()
                .and_then(|start| NaiveDateTime::parse_from_str(start.get(..19)?, "%Y-%m-%dT%H:%M:%S").ok()),
            utc_offset_s: run.utc_offset_s,
            sport: run.sport.clone(),
            distance_m: run.distance_m,
            distance_from: run.distance_from.map(|from| name_of(&from)),
            moving_s: run.moving_s,
            elapsed_s: run.elapsed_s,
            shoe: run.shoe.clone(),
            sources: run.sources.join(" | "),
        })
        .collect()
}
