//! `--export`: the merged runs as a table for other engines.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::NaiveDateTime;
use tempfile::NamedTempFile;

use super::{Failure, output};
use crate::model::reading::name_of;
use crate::report::contract::Report;
use crate::tables::run_table::{self, Batches, TableRow};
use crate::whole_file;

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
    let bytes = bytes.map_err(|why| unmade(&why))?;
    whole_file::sweep(output::folder_of(path));
    output::write_whole(path, &bytes)
}

/// Rows written at once.
const BATCH: usize = 50_000;

/// The runs of many reports as one table, written as they come.
pub(super) struct Table {
    path: PathBuf,
    file: NamedTempFile,
    batches: Batches<Telling>,
    refused: Arc<Mutex<Option<io::Error>>>,
    waiting: Vec<TableRow>,
}

impl Table {
    /// A table of the kind that the file's ending asks for; nothing stands at `path` before it is finished.
    pub fn begin(path: &Path) -> Result<Self, Failure> {
        let kind = kind(path)?;
        whole_file::sweep(output::folder_of(path));
        let file = output::beside(path)?;
        let to = file.reopen().map_err(|error| output::unwritten(path, &error))?;
        let refused = Arc::default();
        let to = Telling { file: to, refused: Arc::clone(&refused) };
        let batches = match kind {
            Kind::Parquet => Batches::parquet(to),
            Kind::Csv => Batches::csv(to),
        };
        let batches = batches.map_err(|why| unwritten(path, &refused, &why))?;
        Ok(Self { path: path.to_owned(), file, batches, refused, waiting: Vec::new() })
    }

    /// Adds rows.
    pub fn push(&mut self, rows: Vec<TableRow>) -> Result<(), Failure> {
        self.waiting.extend(rows);
        if self.waiting.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let rows = std::mem::take(&mut self.waiting);
        self.batches.push(&rows).map_err(|why| unwritten(&self.path, &self.refused, &why))
    }

    /// Puts the whole table in its place.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        self.batches.finish().map_err(|why| unwritten(&self.path, &self.refused, &why))?;
        output::settle(self.file, &self.path)
    }
}

/// A file that keeps why it could not be written: those who write tables into it pass on no more than words.
struct Telling {
    file: File,
    refused: Arc<Mutex<Option<io::Error>>>,
}

impl Telling {
    fn keep<T>(&self, done: io::Result<T>) -> io::Result<T> {
        if let (Err(error), Ok(mut refused)) = (&done, self.refused.lock()) {
            *refused = Some(error.kind().into());
        }
        done
    }
}

impl Write for Telling {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.file.write(bytes);
        self.keep(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.file.flush();
        self.keep(done)
    }
}

fn unwritten(path: &Path, refused: &Mutex<Option<io::Error>>, why: &str) -> Failure {
    let refused = refused.lock().ok().and_then(|mut error| error.take());
    refused.map_or_else(|| unmade(why), |error| output::unwritten(path, &error))
}

fn unmade(why: &str) -> Failure {
    Failure(format!("the table could not be made: {why}"))
}

/// A report's runs as rows of the table.
pub(super) fn rows(report: &Report) -> Vec<TableRow> {
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
            distance_from: run.distance_from.map(|from| name_of(from).to_owned()),
            moving_s: run.moving_s,
            elapsed_s: run.elapsed_s,
            shoe: run.shoe.clone(),
            sources: run.sources.join(" | "),
        })
        .collect()
}
