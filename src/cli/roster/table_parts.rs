//! The files of a table that the user supplied: one file, or a folder of parts, where folder names may give some
//! columns, as in `athlete=ada/part-0.parquet`.

use std::fs::File;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::cli::Failure;
use crate::config::FILE_NAME;
use crate::error::Error;
use crate::import::source::in_words;
use crate::report::plain;
use crate::tables::cells::{Cell, EachRow, TablePart, UnusableTable};

/// The value in a folder's name that stands for an unknown one.
const NO_VALUE: &str = "__HIVE_DEFAULT_PARTITION__";

/// Called with the number of a row, the columns that are there, and a cell for each of them.
type EachNamedRow<'a> = &'a mut dyn FnMut(u64, &[&'static str], &[Cell<'_>]) -> Result<(), UnusableTable>;

/// One file of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartFile {
    pub path: PathBuf,
    /// The columns given by the names of its folders, each with its value.
    given: Vec<(String, String)>,
}

/// The files of the table at `path`, by name.
pub(super) fn find(path: &Path) -> Result<Vec<PartFile>, Failure> {
    let cannot =
        |error: &std::io::Error| Failure::from(Error::Read { file: path.display().to_string(), why: in_words(error) });
    let metadata = std::fs::metadata(path).map_err(|error| cannot(&error))?;
    if !metadata.is_dir() {
        return Ok(vec![PartFile { path: path.to_owned(), given: Vec::new() }]);
    }
    let mut parts = Vec::new();
    let mut folders = Vec::new();
    for entry in WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(is_looked_at) {
        let entry = entry.map_err(|error| {
            let file = error.path().unwrap_or(path).display().to_string();
            let why = error.io_error().map_or_else(|| "it cannot be opened".to_owned(), in_words);
            Error::Read { file, why }
        })?;
        if entry.file_type().is_dir() {
            folders.push(entry.into_path());
            continue;
        }
        if entry.depth() == 1 && entry.file_name() == FILE_NAME {
            continue;
        }
        if !entry.file_type().is_file() || kind(entry.path()).is_none() {
            return Err(Failure::NoPart(entry.into_path()));
        }
        let given = given(path, entry.path());
        parts.push(PartFile { path: entry.into_path(), given });
    }
    if let Some(empty) = folders.iter().find(|folder| !parts.iter().any(|part| part.path.starts_with(folder))) {
        return Err(Failure::EmptyPartition(empty.clone()));
    }
    Ok(parts)
}

/// Whether an entry may be a part: other files that programs leave there begin with a full stop or an underscore.
fn is_looked_at(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with(['.', '_'])
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Parquet,
    Csv,
}

fn kind(path: &Path) -> Option<Kind> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    match ending.as_str() {
        "parquet" => Some(Kind::Parquet),
        "csv" => Some(Kind::Csv),
        _ => None,
    }
}

/// The values in the names of the folders between a table and its part.
fn given(table: &Path, part: &Path) -> Vec<(String, String)> {
    let between = part.parent().and_then(|folder| folder.strip_prefix(table).ok()).unwrap_or(Path::new(""));
    let values = between.components().filter_map(|folder| {
        let folder = folder.as_os_str().to_string_lossy().into_owned();
        let (name, value) = folder.split_once('=')?;
        Some((name.to_owned(), if value == NO_VALUE { String::new() } else { decoded(value) }))
    });
    values.collect()
}

/// A value with percent-encoded characters such as `%2F` decoded.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let code = behind.get(..2).filter(|_| first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { behind.get(2..).unwrap_or_default() } else { behind };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A text from a CSV, without the apostrophe that guards it against spreadsheets.
fn unguarded<'a>(cell: &'a Cell<'_>, is_csv: bool) -> Cell<'a> {
    match cell {
        Cell::Text(text) if is_csv => Cell::Text(plain::unguarded(text)),
        other => other.clone(),
    }
}

impl PartFile {
    /// Calls `each` with every row: its number, and a cell for each of the columns of `wanted` that are there. All of
    /// `needed` have to be there, and one of `one_of`.
    pub fn rows(
        &self,
        wanted: &[&'static str],
        (needed, one_of): (&[&'static str], &[&'static str]),
        each: EachNamedRow<'_>,
    ) -> Result<(), Failure> {
        self.read(wanted, (needed, one_of), each).map_err(|why| Failure::Table { file: self.path.clone(), why })
    }

    fn read(
        &self,
        wanted: &[&'static str],
        (needed, one_of): (&[&'static str], &[&'static str]),
        each: EachNamedRow<'_>,
    ) -> Result<(), UnusableTable> {
        let mut part = self.open()?;
        let has = part.columns()?;
        if let Some(twice) = has.iter().enumerate().find(|(at, name)| has[..*at].contains(name)) {
            return Err(UnusableTable::ColumnTwice { column: plain::one_line(twice.1) });
        }
        let in_names = |name: &str| self.given.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
        let is_there = |name: &&&str| has.iter().any(|one| one == **name) || in_names(name).is_some();
        let missing = needed.iter().find(|name| !is_there(name));
        let missing = missing.or_else(|| one_of.first().filter(|_| !one_of.iter().any(|name| is_there(&name))));
        if let Some(missing) = missing {
            return Err(UnusableTable::NoColumn { missing, has: has.join(", ") });
        }
        let in_file: Vec<&'static str> =
            wanted.iter().copied().filter(|name| has.iter().any(|one| one == name)).collect();
        let from_names: Vec<&'static str> =
            wanted.iter().copied().filter(|name| !in_file.contains(name) && in_names(name).is_some()).collect();
        let columns: Vec<&'static str> = in_file.iter().chain(&from_names).copied().collect();
        let text = |name: &&str| in_names(name).filter(|value| !value.is_empty());
        let given: Vec<Cell<'_>> =
            from_names.iter().map(|name| text(name).map_or(Cell::Unknown, |text| Cell::Text(text.into()))).collect();
        let is_csv = kind(&self.path) == Some(Kind::Csv);
        let mut with_given = |number: u64, cells: &[Cell<'_>]| {
            let cells: Vec<Cell<'_>> = cells.iter().chain(&given).map(|cell| unguarded(cell, is_csv)).collect();
            each(number, &columns, &cells)
        };
        let each: EachRow<'_> = &mut with_given;
        part.rows(&in_file, each)
    }

    #[expect(clippy::disallowed_methods, reason = "the shell may open files")]
    fn open(&self) -> Result<TablePart, UnusableTable> {
        let format = if kind(&self.path) == Some(Kind::Csv) { "CSV" } else { "Parquet" };
        let cannot = |error: &std::io::Error| UnusableTable::Unreadable { format, why: in_words(error) };
        // A device or a pipe may never come to an end, and opening a pipe waits for whoever writes into it.
        if !std::fs::metadata(&self.path).map_err(|error| cannot(&error))?.is_file() {
            return Err(UnusableTable::Unreadable { format, why: "it is not a file".to_owned() });
        }
        let file = File::open(&self.path).map_err(|error| cannot(&error))?;
        Ok(if format == "CSV" { TablePart::Csv(file) } else { TablePart::Parquet(file) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            if file.ends_with('/') {
                std::fs::create_dir_all(path).unwrap();
            } else {
                std::fs::write(path, "athlete,local_date,distance_m\n").unwrap();
            }
        }
        dir
    }

    #[test]
    fn parts_are_found_by_name_with_what_their_folders_say() {
        let dir = made(&[
            "athlete=b%2Fo/year=2025/p.csv",
            "athlete=ada/b.parquet",
            "athlete=ada/a.CSV",
            "flat.csv",
            "_SUCCESS",
            ".p.crc",
            "_old/x.txt",
        ]);
        let found = find(dir.path()).unwrap();
        let told: Vec<(String, Vec<(&str, &str)>)> = found
            .iter()
            .map(|part| {
                let name = part.path.file_name().unwrap().to_string_lossy().into_owned();
                (name, part.given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect())
            })
            .collect();
        assert_eq!(
            told,
            [
                ("a.CSV".to_owned(), vec![("athlete", "ada")]),
                ("b.parquet".to_owned(), vec![("athlete", "ada")]),
                ("p.csv".to_owned(), vec![("athlete", "b/o"), ("year", "2025")]),
                ("flat.csv".to_owned(), vec![]),
            ]
        );
        assert_eq!(decoded("a%20b%zz%"), "a b%zz%");
    }

    #[test]
    fn a_partition_without_a_part_and_what_is_no_part_are_refused() {
        for (files, named) in
            [(&["athlete=ada/a.csv", "athlete=bo/"][..], "athlete=bo"), (&["a.csv", "b.xlsx"], "b.xlsx"), (&[][..], "")]
        {
            let dir = made(files);
            let told = find(dir.path()).unwrap_err().to_string();
            assert!(
                told.starts_with(&dir.path().join(named).display().to_string().trim_end_matches('/').to_owned()),
                "{told}"
            );
        }
        assert!(find(Path::new("nowhere.parquet")).is_err());
    }
}
