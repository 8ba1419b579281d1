//! `--export` and similar options: the merged runs, the notes, or a row for each athlete, as a table for other
//! programs.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tempfile::NamedTempFile;

use super::failure;
use super::target::{self, Replaceable, TableFormat};
use super::{Failure, output, table_seal};
use crate::error::Error;
use crate::report::plain;
use crate::tables::Exported;
use crate::tables::run_file::{self, RunFile};
use crate::whole_file;

/// The format of table that a file's ending asks for.
fn kind(path: &Path) -> Result<TableFormat, Failure> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("parquet") => Ok(TableFormat::Parquet),
        Some("csv") => Ok(TableFormat::Csv),
        _ => Err(Failure::UnknownTableFormat(path.to_owned())),
    }
}

/// The format of table, if the file may be written; checked before any work is done.
pub(super) fn target(path: &Path) -> Result<TableFormat, Failure> {
    let kind = kind(path)?;
    target::check(path, Replaceable::Table(kind))?;
    Ok(kind)
}

/// Writes the runs of one report; with `raw`, the texts of a CSV are not guarded against spreadsheets.
pub(super) fn write(runs: &Exported, path: &Path, kind: TableFormat, raw: bool) -> Result<(), Failure> {
    let bytes = match kind {
        TableFormat::Parquet => run_file::parquet(runs)?,
        TableFormat::Csv if raw => run_file::csv(runs)?,
        TableFormat::Csv => run_file::csv(&guarded(runs)?)?,
    };
    write_sealed(path, kind, &bytes)
}

/// Writes a table to a path that is free, or has a table that runhip wrote.
pub(super) fn write_sealed(path: &Path, kind: TableFormat, bytes: &[u8]) -> Result<(), Failure> {
    whole_file::sweep(whole_file::folder_of(path));
    target::check(path, Replaceable::Table(kind))?;
    let hash = blake3::hash(bytes).to_hex();
    table_seal::announce(path, &hash)?;
    output::write_whole(path, bytes, Replaceable::Table(kind))?;
    table_seal::confirm(path, &hash)
}

/// The number of rows written at once.
const BATCH: usize = 50_000;

/// The rows of many reports as one table, written as they arrive.
pub(super) struct Table {
    path: PathBuf,
    kind: TableFormat,
    file: NamedTempFile,
    runs: RunFile<TableTarget>,
    refused: Arc<Mutex<Option<io::Error>>>,
    waiting: Exported,
    guarded: bool,
}

impl Table {
    /// A table in the format that the file's ending asks for, with the columns of `alike`. Nothing is at `path`
    /// before it is finished. With `raw`, the texts of a CSV are not guarded against spreadsheets.
    pub fn begin(path: &Path, raw: bool, alike: &Exported) -> Result<Self, Failure> {
        let kind = target(path)?;
        whole_file::sweep(whole_file::folder_of(path));
        let file = output::beside(path)?;
        let to = file.reopen().map_err(|error| failure::unwritten(path, &error))?;
        let refused = Arc::default();
        let to = TableTarget { file: to, refused: Arc::clone(&refused) };
        let runs = match kind {
            TableFormat::Parquet => RunFile::parquet(to, alike),
            TableFormat::Csv => RunFile::csv(to, alike),
        };
        let runs = runs.map_err(|error| unwritten(path, &refused, error))?;
        let guarded = kind == TableFormat::Csv && !raw;
        Ok(Self { path: path.to_owned(), kind, file, runs, refused, waiting: alike.none_alike(), guarded })
    }

    /// Adds the rows of one athlete.
    pub fn push(&mut self, runs: &Exported) -> Result<(), Failure> {
        self.waiting.append(runs).map_err(unmade)?;
        if self.waiting.rows() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let none = self.waiting.none_alike();
        let mut runs = std::mem::replace(&mut self.waiting, none);
        if self.guarded {
            runs = guarded(&runs)?;
        }
        self.runs.push(&runs).map_err(|error| unwritten(&self.path, &self.refused, error))
    }

    /// Finishes the table and moves it to its path.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        self.runs.finish().map_err(|error| unwritten(&self.path, &self.refused, error))?;
        // Somebody may have created a file there meanwhile.
        target::check(&self.path, Replaceable::Table(self.kind))?;
        let hash = table_seal::hash(self.file.path()).map_err(|error| failure::unwritten(&self.path, &error))?;
        table_seal::announce(&self.path, &hash)?;
        output::settle(self.file, &self.path)?;
        table_seal::confirm(&self.path, &hash)
    }
}

/// A file that keeps the error of a failed write, since table writers pass on only its text.
struct TableTarget {
    file: File,
    refused: Arc<Mutex<Option<io::Error>>>,
}

impl TableTarget {
    fn keep<T>(&self, done: io::Result<T>) -> io::Result<T> {
        if let (Err(error), Ok(mut refused)) = (&done, self.refused.lock()) {
            *refused = Some(error.kind().into());
        }
        done
    }
}

impl Write for TableTarget {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.file.write(bytes);
        self.keep(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.file.flush();
        self.keep(done)
    }
}

fn unwritten(path: &Path, refused: &Mutex<Option<io::Error>>, error: Error) -> Failure {
    let refused = refused.lock().ok().and_then(|mut error| error.take());
    refused.map_or_else(|| error.into(), |refused| failure::unwritten(path, &refused))
}

/// Guards the texts of a table so that a spreadsheet takes none for a formula.
fn guarded(runs: &Exported) -> Result<Exported, Failure> {
    runs.with_texts(plain::safe_cell).map_err(unmade)
}

/// The error that polars could not make rows.
pub(super) fn unmade(error: impl std::fmt::Display) -> Failure {
    Error::Export { why: error.to_string() }.into()
}
