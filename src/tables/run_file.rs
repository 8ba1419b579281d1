//! Exported rows as a file: Parquet, or CSV with the same columns.

use std::io::Write;

use chrono::{DateTime, NaiveDate};
use polars::prelude::*;
use polars_io::parquet::write::{BatchedWriter, KeyValueMetadata, ParquetWriter};

use super::exported::Exported;
use crate::error::Error;

/// The key in a Parquet file's metadata whose value is the version that wrote it.
pub const KEY: &str = "runhip.exported-table";

/// The table as the bytes of a Parquet file.
///
/// # Errors
/// Only if polars itself fails.
pub fn parquet(table: &Exported) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    marked(&mut bytes).finish(&mut table.frame.clone()).map_err(unmade)?;
    Ok(bytes)
}

/// A Parquet writer that adds runhip's own metadata.
fn marked<W: Write>(to: W) -> ParquetWriter<W> {
    let mark = vec![(KEY.to_owned(), env!("CARGO_PKG_VERSION").to_owned())];
    ParquetWriter::new(to).with_key_value_metadata(Some(KeyValueMetadata::from_static(mark)))
}

/// The table as CSV with a header; unknown values are empty.
///
/// # Errors
/// Only if memory runs out.
pub fn csv(table: &Exported) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let mut file = RunFile::csv(&mut bytes, table)?;
    file.push(table)?;
    file.finish()?;
    Ok(bytes)
}

/// A file to which tables are appended one by one, so that it is never wholly in memory.
pub enum RunFile<W: Write> {
    /// Parquet, with a row group for each table.
    Parquet(Box<BatchedWriter<W>>),
    /// CSV.
    Csv(Box<csv::Writer<W>>),
}

impl<W: Write> RunFile<W> {
    /// A Parquet file without rows so far, with the columns of `alike`.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn parquet(to: W, alike: &Exported) -> Result<Self, Error> {
        marked(to).batched(alike.frame.schema()).map(|writer| Self::Parquet(Box::new(writer))).map_err(unmade)
    }

    /// A CSV file with the header of `alike`.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn csv(to: W, alike: &Exported) -> Result<Self, Error> {
        let mut writer = csv::Writer::from_writer(to);
        writer.write_record(alike.frame.get_column_names().iter().map(|name| name.as_str())).map_err(unmade)?;
        Ok(Self::Csv(Box::new(writer)))
    }

    /// Appends rows.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn push(&mut self, table: &Exported) -> Result<(), Error> {
        match self {
            Self::Parquet(writer) => {
                let mut frame = table.frame.clone();
                writer.write_batch(frame.rechunk_mut()).map_err(unmade)
            }
            Self::Csv(writer) => write_rows(writer, &table.frame),
        }
    }

    /// Writes the end of the file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(self) -> Result<(), Error> {
        match self {
            Self::Parquet(writer) => writer.finish().map(drop).map_err(unmade),
            Self::Csv(mut writer) => writer.flush().map_err(unmade),
        }
    }
}

fn write_rows<W: Write>(writer: &mut csv::Writer<W>, frame: &DataFrame) -> Result<(), Error> {
    for row in 0..frame.height() {
        for column in frame.columns() {
            let value = column.get(row).map_err(unmade)?;
            writer.write_field(cell(value)).map_err(unmade)?;
        }
        writer.write_record(None::<&[u8]>).map_err(unmade)?;
    }
    Ok(())
}

fn unmade(error: impl std::fmt::Display) -> Error {
    Error::Export { why: error.to_string() }
}

/// A value in the form of a CSV cell.
fn cell(value: AnyValue<'_>) -> String {
    match value {
        AnyValue::Null => String::new(),
        AnyValue::String(text) => text.to_owned(),
        // A column of one row is kept as a single value, which owns its text.
        AnyValue::StringOwned(text) => text.to_string(),
        AnyValue::Date(day) => NaiveDate::from_epoch_days(day).map_or_else(String::new, |day| day.to_string()),
        AnyValue::Datetime(ms, ..) | AnyValue::DatetimeOwned(ms, ..) => DateTime::from_timestamp_millis(ms)
            .map_or_else(String::new, |start| start.format("%Y-%m-%dT%H:%M:%S").to_string()),
        number => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;
    use polars_io::SerReader;
    use polars_io::parquet::read::ParquetReader;

    use super::*;
    use crate::model::activity::{Distance, DistanceFrom, SportFrom};
    use crate::model::log::{Entry, LocalDayBy};
    use crate::model::sport::Sport;
    use crate::tables::run_table::COLUMNS;
    use crate::tables::{Batch, Input, RunTable, ShoeLimits, TableRun};

    fn entry(id: &str) -> Entry {
        Entry {
            id: id.to_owned(),
            local_date: "2026-03-04".parse().expect("a date"),
            local_start: None,
            utc_offset_s: None,
            day_by: LocalDayBy::LocalDate,
            sport: Sport::Run,
            sport_from: SportFrom::Name,
            distance: None,
            moving_s: None,
            elapsed_s: None,
            shoe: None,
            sources: Vec::new(),
            members: 1,
        }
    }

    /// A run of Ada's with everything known, and a run of an unnamed runner with nothing known.
    fn runs() -> RunTable {
        let told = Entry {
            local_start: entry("").local_date.and_hms_milli_opt(6, 30, 0, 250),
            utc_offset_s: Some(46_800),
            distance: Some(Distance { m: 10_200, from: DistanceFrom::Row }),
            elapsed_s: Some(3_310),
            shoe: Some("ghost".to_owned()),
            sources: vec!["a.csv".to_owned(), "b.gpx".to_owned()],
            ..entry("20260304T063000+1300")
        };
        let untold = entry("20260304");
        let run =
            |entry, distance_m, shoe| TableRun { date: "2026-03-04".parse().expect("a date"), distance_m, shoe, entry };
        let (first, second) = ([run(Some(&told), Some(10_200), Some(0))], [run(Some(&untold), None, None)]);
        let ghost = ShoeLimits { name: "Ghost, \"blue\"".into(), initial_m: None, due_m: 1, worn_m: 2, to: None };
        let ghost = [ghost];
        let input = |runs, shoes| Input {
            runs,
            other_sport_days: &[],
            note_days: &[],
            shoes,
            week_start: Weekday::Mon,
            as_of: entry("").local_date,
            blank_days: 14,
        };
        let inputs = [input(&first[..], &ghost[..]), input(&[], &[]), input(&second[..], &[])];
        let batch = Batch::build(&inputs).expect("tables");
        batch.run_table(&inputs, &["Ada", "Bo", ""]).expect("a table")
    }

    fn table() -> Exported {
        runs().exported()
    }

    fn none() -> Exported {
        RunTable::empty().expect("a table").exported()
    }

    fn all(tables: &[Exported]) -> Exported {
        let mut whole = none();
        for table in tables {
            whole.append(table).expect("rows");
        }
        whole
    }

    #[test]
    fn the_rows_of_each_athlete_make_up_the_table() {
        let runs = runs();
        assert_eq!([0, 1, 2, 3].map(|at| runs.of(at).rows()), [1, 0, 1, 0]);
        let again = all(&[0, 1, 2].map(|at| runs.of(at).exported()));
        assert_eq!(csv(&again).expect("bytes"), csv(&table()).expect("bytes"));
        let in_folder = csv(&runs.of(0).in_folder("club/ada").expect("rows")).expect("bytes");
        assert!(String::from_utf8(in_folder).expect("text").ends_with("a.csv | b.gpx,club/ada\n"));
    }

    #[test]
    fn parquet_reads_back_with_its_types_and_nulls() {
        let bytes = parquet(&table()).expect("bytes");
        let frame = ParquetReader::new(std::io::Cursor::new(bytes)).finish().expect("a frame");
        let names: Vec<String> = frame.get_column_names().iter().map(ToString::to_string).collect();
        assert_eq!(names, COLUMNS.map(|(name, _, _)| name.to_owned()));
        assert_eq!(frame.column("local_date").expect("a column").dtype(), &DataType::Date);
        assert_eq!(frame.column("distance_m").expect("a column").u32().expect("numbers").get(0), Some(10_200));
        assert_eq!(frame.column("distance_m").expect("a column").null_count(), 1);
        assert_eq!(frame.column("shoe").expect("a column").str().expect("text").get(0), Some("Ghost, \"blue\""));
    }

    #[test]
    fn tables_written_one_after_the_other_come_to_the_same_table() {
        let parts = [table(), table(), none(), table(), all(&[table(), table()])];
        let mut bytes = Vec::new();
        let mut file = RunFile::csv(&mut bytes, &none()).expect("begun");
        for rows in &parts {
            file.push(rows).expect("written");
        }
        file.finish().expect("whole");
        assert_eq!(bytes, csv(&all(&parts)).expect("bytes"));

        let mut bytes = Vec::new();
        let mut file = RunFile::parquet(&mut bytes, &none()).expect("begun");
        for rows in &parts {
            file.push(rows).expect("written");
        }
        file.finish().expect("whole");
        let read = |bytes| ParquetReader::new(std::io::Cursor::new(bytes)).finish().expect("a frame");
        assert!(read(bytes).equals_missing(&read(parquet(&all(&parts)).expect("bytes"))));
    }

    #[test]
    fn a_table_of_one_run_is_written_as_one_of_several() {
        let of_first = runs().of(0).exported();
        let line = |table: &Exported, at: usize| {
            String::from_utf8(csv(table).expect("bytes")).expect("text").lines().nth(at).map(str::to_owned)
        };
        assert_eq!(line(&of_first, 1), line(&table(), 1));
    }

    #[test]
    fn csv_quotes_what_needs_it_and_leaves_the_unknown_empty() {
        let text = String::from_utf8(csv(&table()).expect("bytes")).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[1],
            "Ada,20260304T063000+1300,2026-03-04,2026-03-04T06:30:00,46800,run,10200,row,,3310,\"Ghost, \"\"blue\"\"\",a.csv | b.gpx,"
        );
        assert_eq!(lines[2], ",20260304,2026-03-04,,,run,,,,,,,");
    }
}
