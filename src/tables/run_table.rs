//! The merged runs as one table for other engines: Parquet, or CSV with the same columns.

use std::io::Write;

use chrono::{NaiveDate, NaiveDateTime};
use polars::prelude::*;
use polars_io::parquet::write::{BatchedWriter, ParquetWriter};

/// The columns, in order, each with its type and meaning. The documentation is made from this.
pub const COLUMNS: [(&str, &str, &str); 12] = [
    ("athlete", "text", "the athlete's name, empty where none was given; partition by it when many are put together"),
    ("id", "text", "the run's id in the report"),
    ("local_date", "date", "the runner's calendar day"),
    ("local_start", "timestamp (ms), no zone", "wall-clock start where the run was; null where no time is known"),
    ("utc_offset_s", "32-bit integer", "seconds east of UTC at the start; null where not known"),
    ("sport", "text", "run, trail-run, treadmill-run, track-run or virtual-run"),
    ("distance_m", "32-bit unsigned integer", "whole metres; null where not known, never 0 for it"),
    ("distance_from", "text", "device, row or track; null where there is no distance"),
    ("moving_s", "32-bit unsigned integer", "seconds in motion, as the device gives them; null where not known"),
    ("elapsed_s", "32-bit unsigned integer", "seconds from start to end; null where not known"),
    ("shoe", "text", "the pair's name; null where not known"),
    ("sources", "text", "the files that tell of the run, the owner first, with \" | \" between them"),
];

/// One run of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRow {
    /// The athlete.
    pub athlete: String,
    /// The run's id.
    pub id: String,
    /// The runner's day.
    pub local_date: NaiveDate,
    /// Wall-clock start.
    pub local_start: Option<NaiveDateTime>,
    /// Seconds east of UTC.
    pub utc_offset_s: Option<i32>,
    /// The kind of running.
    pub sport: String,
    /// Whole metres.
    pub distance_m: Option<u32>,
    /// What measured them.
    pub distance_from: Option<String>,
    /// Seconds in motion.
    pub moving_s: Option<u32>,
    /// Seconds from start to end.
    pub elapsed_s: Option<u32>,
    /// The pair.
    pub shoe: Option<String>,
    /// The files.
    pub sources: String,
}

/// The table as the bytes of a Parquet file.
///
/// # Errors
/// Only if polars itself fails.
pub fn parquet(rows: &[TableRow]) -> PolarsResult<Vec<u8>> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame(rows)?)?;
    Ok(bytes)
}

fn frame(rows: &[TableRow]) -> PolarsResult<DataFrame> {
    let text = |value: &dyn Fn(&TableRow) -> String| rows.iter().map(value).collect::<Vec<String>>();
    let maybe = |value: &dyn Fn(&TableRow) -> Option<String>| rows.iter().map(value).collect::<Vec<Option<String>>>();
    let number = |value: &dyn Fn(&TableRow) -> Option<u32>| rows.iter().map(value).collect::<Vec<Option<u32>>>();
    let epoch = NaiveDate::default();
    let days: Vec<i32> =
        rows.iter().map(|row| i32::try_from((row.local_date - epoch).num_days()).unwrap_or_default()).collect();
    let starts: Vec<Option<i64>> =
        rows.iter().map(|row| row.local_start.map(|start| start.and_utc().timestamp_millis())).collect();
    df![
        "athlete" => text(&|row| row.athlete.clone()),
        "id" => text(&|row| row.id.clone()),
        "local_date" => days,
        "local_start" => starts,
        "utc_offset_s" => rows.iter().map(|row| row.utc_offset_s).collect::<Vec<Option<i32>>>(),
        "sport" => text(&|row| row.sport.clone()),
        "distance_m" => number(&|row| row.distance_m),
        "distance_from" => maybe(&|row| row.distance_from.clone()),
        "moving_s" => number(&|row| row.moving_s),
        "elapsed_s" => number(&|row| row.elapsed_s),
        "shoe" => maybe(&|row| row.shoe.clone()),
        "sources" => text(&|row| row.sources.clone()),
    ]?
    .lazy()
    .with_columns([
        col("local_date").cast(DataType::Date),
        col("local_start").cast(DataType::Datetime(TimeUnit::Milliseconds, None)),
    ])
    .collect()
}

/// The table as CSV with a header; what is not known is empty.
///
/// # Errors
/// Only if a row cannot be written, which memory alone could bring about.
pub fn csv(rows: &[TableRow]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = headed(Vec::new())?;
    write_rows(&mut writer, rows)?;
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn headed<W: Write>(to: W) -> Result<csv::Writer<W>, csv::Error> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record(COLUMNS.map(|(name, _, _)| name))?;
    Ok(writer)
}

fn write_rows<W: Write>(writer: &mut csv::Writer<W>, rows: &[TableRow]) -> Result<(), csv::Error> {
    let number = |value: Option<u32>| value.map_or_else(String::new, |value| value.to_string());
    for row in rows {
        writer.write_record([
            row.athlete.clone(),
            row.id.clone(),
            row.local_date.to_string(),
            row.local_start.map_or_else(String::new, |start| start.format("%Y-%m-%dT%H:%M:%S").to_string()),
            row.utc_offset_s.map_or_else(String::new, |seconds| seconds.to_string()),
            row.sport.clone(),
            number(row.distance_m),
            row.distance_from.clone().unwrap_or_default(),
            number(row.moving_s),
            number(row.elapsed_s),
            row.shoe.clone().unwrap_or_default(),
            row.sources.clone(),
        ])?;
    }
    Ok(())
}

/// The same table written a batch after another, so that it is never in memory whole.
pub enum Batches<W: Write> {
    /// Parquet, a row group for each batch.
    Parquet(Box<BatchedWriter<W>>),
    /// CSV.
    Csv(Box<csv::Writer<W>>),
}

impl<W: Write> Batches<W> {
    /// A Parquet file without rows as yet.
    ///
    /// # Errors
    /// A sentence, where it cannot be written.
    pub fn parquet(to: W) -> Result<Self, String> {
        let begin = || ParquetWriter::new(to).batched(frame(&[])?.schema());
        begin().map(|writer| Self::Parquet(Box::new(writer))).map_err(|error| error.to_string())
    }

    /// A CSV file with its header.
    ///
    /// # Errors
    /// A sentence, where it cannot be written.
    pub fn csv(to: W) -> Result<Self, String> {
        headed(to).map(|writer| Self::Csv(Box::new(writer))).map_err(|error| error.to_string())
    }

    /// Writes some rows.
    ///
    /// # Errors
    /// A sentence, where they cannot be written.
    pub fn push(&mut self, rows: &[TableRow]) -> Result<(), String> {
        match self {
            Self::Parquet(writer) => {
                frame(rows).and_then(|frame| writer.write_batch(&frame)).map_err(|error| error.to_string())
            }
            Self::Csv(writer) => write_rows(writer, rows).map_err(|error| error.to_string()),
        }
    }

    /// Writes what closes the file.
    ///
    /// # Errors
    /// A sentence, where it cannot be written.
    pub fn finish(self) -> Result<(), String> {
        match self {
            Self::Parquet(writer) => writer.finish().map(drop).map_err(|error| error.to_string()),
            Self::Csv(mut writer) => writer.flush().map_err(|error| error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use polars_io::SerReader;
    use polars_io::parquet::read::ParquetReader;

    use super::*;

    fn rows() -> Vec<TableRow> {
        let day: NaiveDate = "2026-03-04".parse().expect("a date");
        vec![
            TableRow {
                athlete: "Ada".into(),
                id: "20260304T063000+1300".into(),
                local_date: day,
                local_start: day.and_hms_opt(6, 30, 0),
                utc_offset_s: Some(46_800),
                sport: "run".into(),
                distance_m: Some(10_200),
                distance_from: Some("row".into()),
                moving_s: None,
                elapsed_s: Some(3_310),
                shoe: Some("Ghost, \"blue\"".into()),
                sources: "a.csv | b.gpx".into(),
            },
            TableRow { id: "20260305".into(), local_date: day, sport: "run".into(), ..TableRow::default() },
        ]
    }

    #[test]
    fn parquet_reads_back_with_its_types_and_nulls() {
        let bytes = parquet(&rows()).expect("bytes");
        let frame = ParquetReader::new(std::io::Cursor::new(bytes)).finish().expect("a frame");
        let names: Vec<String> = frame.get_column_names().iter().map(ToString::to_string).collect();
        assert_eq!(names, COLUMNS.map(|(name, _, _)| name.to_owned()));
        assert_eq!(frame.column("local_date").expect("a column").dtype(), &DataType::Date);
        assert_eq!(frame.column("distance_m").expect("a column").u32().expect("numbers").get(0), Some(10_200));
        assert_eq!(frame.column("distance_m").expect("a column").null_count(), 1);
        assert_eq!(frame.column("shoe").expect("a column").str().expect("text").get(0), Some("Ghost, \"blue\""));
    }

    #[test]
    fn batches_come_to_the_same_table() {
        let all = [rows(), rows(), Vec::new(), rows()];
        let mut bytes = Vec::new();
        let mut batches = Batches::csv(&mut bytes).expect("begun");
        for rows in &all {
            batches.push(rows).expect("written");
        }
        batches.finish().expect("whole");
        assert_eq!(bytes, csv(&all.concat()).expect("bytes"));

        let mut bytes = Vec::new();
        let mut batches = Batches::parquet(&mut bytes).expect("begun");
        for rows in &all {
            batches.push(rows).expect("written");
        }
        batches.finish().expect("whole");
        let read = |bytes| ParquetReader::new(std::io::Cursor::new(bytes)).finish().expect("a frame");
        assert!(read(bytes).equals_missing(&read(parquet(&all.concat()).expect("bytes"))));
    }

    #[test]
    fn csv_quotes_what_needs_it_and_leaves_the_unknown_empty() {
        let text = String::from_utf8(csv(&rows()).expect("bytes")).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[1],
            "Ada,20260304T063000+1300,2026-03-04,2026-03-04T06:30:00,46800,run,10200,row,,3310,\"Ghost, \"\"blue\"\"\",a.csv | b.gpx"
        );
        assert_eq!(lines[2], ",20260305,2026-03-04,,,run,,,,,,");
    }
}
