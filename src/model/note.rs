//! A note as it was found: its day, its words, and what a table's own columns say.

use chrono::NaiveDate;

use super::reading::Side;

/// Where a note was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum NoteOrigin {
    /// A dated line or heading of a text journal.
    Journal,
    /// A row of a pain table.
    Table,
    /// The description or private note of an activity.
    Run,
    /// The title of an activity, which is a note only if it is about pain.
    RunTitle,
}

/// Why a note that names no place of the body is taken for one of the hip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AssumedHip {
    /// It stands in an open episode of hip pain.
    OpenEpisode,
    /// The heading or the name of its file says that it is about the hip.
    NotesFile,
}

/// What the columns of a pain table say. They take precedence over the words.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Given {
    /// The side column.
    pub side: Option<Side>,
    /// The body part or location column, as written.
    pub location: Option<String>,
    /// The score, converted to 0–10.
    pub severity: Option<f64>,
}

/// One note.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Note {
    /// The runner's local day.
    pub date: NaiveDate,
    /// The words, possibly empty.
    pub text: String,
    /// The file it came from, as in the ledger.
    pub source: String,
    /// The line it begins at, counted from 1, if the file has lines.
    pub line: Option<u64>,
    /// Where it was found.
    pub origin: NoteOrigin,
    /// What the columns of its table say.
    pub given: Given,
    /// The first words of its journal, before any day, such as `Left hip diary`.
    pub heading: Option<String>,
}
