//! Tables that the user supplies, as Parquet or CSV, read row by row as plain cells with only a part of the file in
//! memory. `run_rows.rs` and `note_rows.rs` say what the cells mean.

use std::borrow::Cow;
use std::fs::File;
use std::io::Seek;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use polars::prelude::*;
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;

/// The number of rows of a Parquet file in memory at once.
const ROWS_AT_ONCE: usize = 100_000;

/// Why a table cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnusableTable {
    /// It is incomplete, or of another format.
    #[error("it cannot be read as {format}: {why}; write the file again")]
    Unreadable {
        /// The format that its name promises.
        format: &'static str,
        /// The error of the reader.
        why: String,
    },
    /// A required column is missing.
    #[error("it has no column {missing}; its columns are {has}. docs/many-athletes.md lists those that are needed")]
    NoColumn {
        /// The missing column.
        missing: &'static str,
        /// The columns that are there.
        has: String,
    },
    /// Two columns have one name.
    #[error("it has two columns called {column}; take one of them out, or call it otherwise")]
    ColumnTwice {
        /// The name.
        column: String,
    },
    /// A cell holds what it should not.
    #[error("row {row}, column {column}: {what}")]
    Cell {
        /// The row, counted from 1 after the header.
        row: u64,
        /// The column.
        column: &'static str,
        /// What is wrong, and how to write it.
        what: String,
    },
}

/// The value of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// No value.
    Unknown,
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
    /// A number.
    Real(f64),
    /// A day.
    Day(NaiveDate),
    /// A day and a time of day, without a zone.
    Moment(NaiveDateTime),
    /// A value of this type, which no column may have.
    Other(String),
}

/// A table on disk, or one file of it.
pub enum TablePart {
    /// Parquet.
    Parquet(File),
    /// CSV.
    Csv(File),
}

/// Called with the number of a row and a cell for each of the columns asked for.
pub type EachRow<'a> = &'a mut dyn FnMut(u64, &[Cell<'_>]) -> Result<(), UnusableTable>;

impl TablePart {
    /// The names of the columns.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn columns(&mut self) -> Result<Vec<String>, UnusableTable> {
        match self {
            Self::Parquet(file) => unbroken(|| {
                let schema = ParquetReader::new(file).schema()?;
                Ok(schema.iter_names().map(ToString::to_string).collect())
            }),
            Self::Csv(file) => {
                let mut reader = csv_reader(file)?;
                let header = reader.headers().map_err(|error| no_csv(&error))?;
                Ok(header.iter().enumerate().map(|(at, name)| header_name(at, name)).collect())
            }
        }
    }

    /// Calls `each` with every row, in order. Every column asked for has to be there.
    ///
    /// # Errors
    /// The file cannot be read, or a row cannot be used; the first one is named.
    pub fn rows(&mut self, wanted: &[&str], each: EachRow<'_>) -> Result<(), UnusableTable> {
        match self {
            Self::Parquet(file) => parquet_rows(file, wanted, each),
            Self::Csv(file) => csv_rows(file, wanted, each),
        }
    }
}

fn parquet_rows(file: &mut File, wanted: &[&str], each: EachRow<'_>) -> Result<(), UnusableTable> {
    let columns: Vec<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
    let metadata = unbroken(|| ParquetReader::new(&mut *file).get_metadata().cloned())?;
    let mut number = 0;
    let all = metadata.num_rows;
    for from in (0..all).step_by(ROWS_AT_ONCE) {
        let frame = unbroken(|| {
            let mut reader = ParquetReader::new(&mut *file).with_slice(Some((from, ROWS_AT_ONCE.min(all - from))));
            reader.set_metadata(metadata.clone());
            reader.with_columns(Some(columns.clone())).finish()
        })?;
        let by_name: Vec<&Column> =
            unbroken(|| columns.iter().map(|name| frame.column(name)).collect::<PolarsResult<_>>())?;
        for row in 0..frame.height() {
            number += 1;
            let cells: Vec<Cell<'_>> = by_name.iter().map(|column| cell(column.get(row))).collect();
            each(number, &cells)?;
        }
    }
    Ok(())
}

fn cell(value: PolarsResult<AnyValue<'_>>) -> Cell<'_> {
    match value {
        Ok(AnyValue::Null) => Cell::Unknown,
        Ok(AnyValue::String(text)) => Cell::Text(Cow::Borrowed(text)),
        Ok(AnyValue::StringOwned(text)) => Cell::Text(Cow::Owned(text.to_string())),
        Ok(AnyValue::Int64(number)) => Cell::Whole(number),
        Ok(AnyValue::Int32(number)) => Cell::Whole(number.into()),
        Ok(AnyValue::UInt32(number)) => Cell::Whole(number.into()),
        Ok(AnyValue::UInt64(number)) => i64::try_from(number).map_or(Cell::Other("a number".to_owned()), Cell::Whole),
        Ok(AnyValue::Float64(number)) => Cell::Real(number),
        Ok(AnyValue::Float32(number)) => Cell::Real(number.into()),
        Ok(AnyValue::Date(day)) => {
            NaiveDate::from_epoch_days(day).map_or_else(|| Cell::Other("a day".to_owned()), Cell::Day)
        }
        Ok(AnyValue::Datetime(count, unit, None) | AnyValue::DatetimeOwned(count, unit, None)) => moment(count, unit),
        Ok(other) => Cell::Other(other.dtype().to_string()),
        Err(error) => Cell::Other(error.to_string()),
    }
}

fn moment(count: i64, unit: TimeUnit) -> Cell<'static> {
    let moment = match unit {
        TimeUnit::Nanoseconds => Some(DateTime::from_timestamp_nanos(count)),
        TimeUnit::Microseconds => DateTime::from_timestamp_micros(count),
        TimeUnit::Milliseconds => DateTime::from_timestamp_millis(count),
    };
    moment.map_or_else(|| Cell::Other("a moment".to_owned()), |moment| Cell::Moment(moment.naive_utc()))
}

/// Reads Parquet. Its reader panics on some damaged files, which must not end more than that file.
fn unbroken<T>(read: impl FnOnce() -> PolarsResult<T>) -> Result<T, UnusableTable> {
    let why = match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(read)) => return Ok(read),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "it is damaged, or holds a type that is not read here".to_owned(),
    };
    let first = why.lines().next().unwrap_or_default().to_owned();
    Err(UnusableTable::Unreadable { format: "Parquet", why: first })
}

fn csv_reader(file: &mut File) -> Result<csv::Reader<&mut File>, UnusableTable> {
    file.rewind().map_err(|error| UnusableTable::Unreadable { format: "CSV", why: error.to_string() })?;
    Ok(csv::Reader::from_reader(file))
}

fn no_csv(error: &csv::Error) -> UnusableTable {
    UnusableTable::Unreadable { format: "CSV", why: error.to_string() }
}

/// The name of a column, without the byte order mark that a file may begin with.
fn header_name(at: usize, name: &str) -> String {
    let name = if at == 0 { name.strip_prefix('\u{feff}').unwrap_or(name) } else { name };
    name.trim().to_owned()
}

fn csv_rows(file: &mut File, wanted: &[&str], each: EachRow<'_>) -> Result<(), UnusableTable> {
    let mut reader = csv_reader(file)?;
    let header = reader.headers().map_err(|error| no_csv(&error))?.clone();
    let names: Vec<String> = header.iter().enumerate().map(|(at, name)| header_name(at, name)).collect();
    let places: Vec<Option<usize>> = wanted.iter().map(|name| names.iter().position(|one| one == name)).collect();
    let mut record = csv::StringRecord::new();
    let mut number = 0;
    while reader.read_record(&mut record).map_err(|error| no_csv(&error))? {
        number += 1;
        let text = |place: &Option<usize>| place.and_then(|at| record.get(at)).filter(|text| !text.is_empty());
        let cells: Vec<Cell<'_>> = places
            .iter()
            .map(|place| text(place).map_or(Cell::Unknown, |text| Cell::Text(Cow::Borrowed(text))))
            .collect();
        each(number, &cells)?;
    }
    Ok(())
}

/// One row, with its cells by the names of their columns.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its number, counted from 1 after the header.
    pub number: u64,
    /// The columns asked for.
    pub columns: &'a [&'static str],
    /// A cell for each of them.
    pub cells: &'a [Cell<'a>],
}

impl Row<'_> {
    fn cell(&self, column: &str) -> &Cell<'_> {
        let at = self.columns.iter().position(|one| *one == column);
        at.and_then(|at| self.cells.get(at)).unwrap_or(&Cell::Unknown)
    }

    /// The error that the cell of a column cannot be used, and why.
    pub fn fault(&self, column: &'static str, what: impl Into<String>) -> UnusableTable {
        UnusableTable::Cell { row: self.number, column, what: what.into() }
    }

    fn not(&self, column: &'static str, what: &str) -> UnusableTable {
        let stands = match self.cell(column) {
            Cell::Unknown => "nothing".to_owned(),
            Cell::Text(text) => {
                format!("\"{}\"", text.chars().filter(|c| !c.is_control()).take(40).collect::<String>())
            }
            Cell::Whole(number) => number.to_string(),
            Cell::Real(number) => number.to_string(),
            Cell::Day(day) => day.to_string(),
            Cell::Moment(moment) => moment.to_string(),
            Cell::Other(kind) => format!("a value of the type {kind}"),
        };
        self.fault(column, format!("{stands} is not {what}"))
    }

    /// A text. A whole number is read as its digits, since many give athletes numbers.
    ///
    /// # Errors
    /// If the cell has another kind of value.
    pub fn text(&self, column: &'static str) -> Result<Option<String>, UnusableTable> {
        match self.cell(column) {
            Cell::Unknown => Ok(None),
            Cell::Text(text) => Ok(Some(text.clone().into_owned()).filter(|text| !text.is_empty())),
            Cell::Whole(number) => Ok(Some(number.to_string())),
            _ => Err(self.not(column, "a text")),
        }
    }

    /// A day.
    ///
    /// # Errors
    /// If the cell has another kind of value.
    pub fn day(&self, column: &'static str) -> Result<Option<NaiveDate>, UnusableTable> {
        let day = match self.cell(column) {
            Cell::Unknown => return Ok(None),
            Cell::Day(day) => Some(*day),
            Cell::Moment(moment) if moment.time() == chrono::NaiveTime::MIN => Some(moment.date()),
            Cell::Text(text) => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok(),
            _ => None,
        };
        day.map(Some).ok_or_else(|| self.not(column, "a day; write days as 2026-03-04, or as dates"))
    }

    /// A local date and time.
    ///
    /// # Errors
    /// If the cell has another kind of value.
    pub fn moment(&self, column: &'static str) -> Result<Option<NaiveDateTime>, UnusableTable> {
        let moment = match self.cell(column) {
            Cell::Unknown => return Ok(None),
            Cell::Moment(moment) => Some(*moment),
            Cell::Text(text) => ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
                .iter()
                .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok()),
            _ => None,
        };
        let what = "a wall clock; write it as 2026-03-04T06:30:00, or as a timestamp without a zone";
        moment.map(Some).ok_or_else(|| self.not(column, what))
    }

    /// A whole number, described by `what`.
    ///
    /// # Errors
    /// If the cell has another kind of value.
    pub fn whole<T: TryFrom<i64>>(&self, column: &'static str, what: &str) -> Result<Option<T>, UnusableTable> {
        let number = match self.cell(column) {
            Cell::Unknown => return Ok(None),
            Cell::Whole(number) => Some(*number),
            Cell::Real(number) => whole_of(*number),
            Cell::Text(text) => text.parse().ok().or_else(|| text.parse().ok().and_then(whole_of)),
            _ => None,
        };
        let number = number.and_then(|number| T::try_from(number).ok());
        number.map(Some).ok_or_else(|| self.not(column, what))
    }

    /// A finite number, described by `what`.
    ///
    /// # Errors
    /// If the cell has another kind of value.
    pub fn real(&self, column: &'static str, what: &str) -> Result<Option<f64>, UnusableTable> {
        let number = match self.cell(column) {
            Cell::Unknown => return Ok(None),
            #[expect(clippy::cast_precision_loss, reason = "a score has two digits")]
            Cell::Whole(number) => Some(*number as f64),
            Cell::Real(number) => Some(*number),
            Cell::Text(text) => text.parse().ok(),
            _ => None,
        };
        number.filter(|number| number.is_finite()).map(Some).ok_or_else(|| self.not(column, what))
    }
}

/// A float that is whole: some programs write whole numbers so where values are missing.
fn whole_of(number: f64) -> Option<i64> {
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    let is_whole = number.trunc().to_bits() == number.to_bits() && number.abs() <= LARGEST;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole, and a whole number of this size has no gaps")]
    is_whole.then_some(number as i64)
}
