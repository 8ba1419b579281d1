//! The notes of athletes as a table: written beside the exported runs, and read back.

use polars::prelude::*;

use super::cells::{Row, UnusableTable};
use super::exported::Exported;
use super::run_rows::day;
use crate::model::note::{Given, Note, NoteOrigin};
use crate::model::reading::{Side, name_of};

/// The columns, in order, each with its type and meaning. The documentation is made from this.
pub const COLUMNS: [(&str, &str, &str); 11] = [
    ("athlete", "text", "the athlete's name"),
    ("date", "date", "the runner's calendar day"),
    ("text", "text", "the words, as they were found"),
    ("side", "text", "left, right or both, where a column of a table said so; null else"),
    ("location", "text", "the place that such a column named; null else"),
    ("severity", "number", "the score that such a column gave, 0 to 10; null else"),
    ("origin", "text", "journal, table, run (the description of a run) or title (that of one)"),
    ("heading", "text", "the first words of the journal it stood in; null where there are none"),
    ("source", "text", "the file it stood in"),
    ("line", "64-bit integer", "the line there; null where the file has none"),
    ("folder", "text", "the athlete's folder in the roster"),
];
/// The columns that are read, besides those that say whose a note is.
pub const READ: [&str; 9] = ["date", "text", "side", "location", "severity", "origin", "heading", "source", "line"];
/// The required ones of these columns.
pub const NEEDED: [&str; 2] = ["date", "text"];

const ORIGINS: [(&str, NoteOrigin); 4] = [
    ("journal", NoteOrigin::Journal),
    ("table", NoteOrigin::Table),
    ("run", NoteOrigin::Run),
    ("title", NoteOrigin::RunTitle),
];
const SIDES: [Side; 4] = [Side::Left, Side::Right, Side::Both, Side::Unknown];

/// The notes of one athlete as rows.
///
/// # Errors
/// Only if polars itself fails.
pub fn rows(athlete: &str, folder: &str, notes: &[&Note]) -> PolarsResult<Exported> {
    let each = || notes.iter();
    let origin = |note: &&Note| ORIGINS.iter().find(|(_, origin)| *origin == note.origin).map_or("", |(name, _)| *name);
    let frame = df![
        "athlete" => vec![athlete; notes.len()],
        "date" => each().map(|note| note.date.to_epoch_days()).collect::<Vec<i32>>(),
        "text" => each().map(|note| note.text.as_str()).collect::<Vec<&str>>(),
        "side" => each().map(|note| note.given.side.map(name_of)).collect::<Vec<Option<&str>>>(),
        "location" => each().map(|note| note.given.location.as_deref()).collect::<Vec<Option<&str>>>(),
        "severity" => each().map(|note| note.given.severity).collect::<Vec<Option<f64>>>(),
        "origin" => each().map(origin).collect::<Vec<&str>>(),
        "heading" => each().map(|note| note.heading.as_deref()).collect::<Vec<Option<&str>>>(),
        "source" => each().map(|note| note.source.as_str()).collect::<Vec<&str>>(),
        "line" => each().map(|note| note.line.and_then(|line| i64::try_from(line).ok())).collect::<Vec<Option<i64>>>(),
        "folder" => vec![folder; notes.len()],
    ]?;
    let frame = frame.lazy().with_column(col("date").cast(DataType::Date)).collect()?;
    Ok(Exported { frame })
}

/// The note in a row.
///
/// # Errors
/// The first cell that cannot be used.
pub fn note(row: &Row<'_>) -> Result<Note, UnusableTable> {
    let side = row.text("side")?.map(|word| {
        SIDES
            .into_iter()
            .find(|side| name_of(*side) == word)
            .ok_or_else(|| row.fault("side", format!("\"{word}\" is not left, right or both")))
    });
    let score = "a score from 0 to 10";
    let severity = row.real("severity", score)?;
    if let Some(number) = severity.filter(|number| !(0.0..=10.0).contains(number)) {
        return Err(row.fault("severity", format!("{number} is not {score}")));
    }
    let given = Given { side: side.transpose()?, location: row.text("location")?, severity };
    let origin = match row.text("origin")? {
        None if given == Given::default() => NoteOrigin::Journal,
        None => NoteOrigin::Table,
        Some(word) => ORIGINS
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, origin)| *origin)
            .ok_or_else(|| row.fault("origin", format!("\"{word}\" is not journal, table, run or title")))?,
    };
    Ok(Note {
        date: day(row, "date")?,
        text: row.text("text")?.unwrap_or_default(),
        source: row.text("source")?.unwrap_or_default(),
        line: row.whole("line", "the number of a line")?,
        origin,
        given,
        heading: row.text("heading")?,
    })
}
