//! `--export`: the merged runs as a table for other engines.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tempfile::NamedTempFile;

use super::{Failure, output};
use crate::tables::RunTable;
use crate::tables::run_file::{self, RunFile};
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

/// Writes the runs of one report.
pub(super) fn write(runs: &RunTable, path: &Path, kind: Kind) -> Result<(), Failure> {
    let bytes = match kind {
        Kind::Parquet => run_file::parquet(runs).map_err(|error| error.to_string()),
        Kind::Csv => run_file::csv(runs),
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
    runs: RunFile<Telling>,
    refused: Arc<Mutex<Option<io::Error>>>,
    waiting: RunTable,
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
        let runs = match kind {
            Kind::Parquet => RunFile::parquet(to),
            Kind::Csv => RunFile::csv(to),
        };
        let runs = runs.map_err(|why| unwritten(path, &refused, &why))?;
        Ok(Self { path: path.to_owned(), file, runs, refused, waiting: none()? })
    }

    /// Adds the runs of one athlete.
    pub fn push(&mut self, runs: &RunTable) -> Result<(), Failure> {
        self.waiting.append(runs).map_err(|error| unmade(&error.to_string()))?;
        if self.waiting.rows() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let runs = std::mem::replace(&mut self.waiting, none()?);
        self.runs.push(&runs).map_err(|why| unwritten(&self.path, &self.refused, &why))
    }

    /// Puts the whole table in its place.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        self.runs.finish().map_err(|why| unwritten(&self.path, &self.refused, &why))?;
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

fn none() -> Result<RunTable, Failure> {
    RunTable::empty().map_err(|error| unmade(&error.to_string()))
}

fn unmade(why: &str) -> Failure {
    Failure(format!("the table could not be made: {why}"))
}
