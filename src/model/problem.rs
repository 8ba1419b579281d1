//! A problem with an input: where it is, what is wrong, what it cost and what the runner can do. The kinds of problem
//! and their words are in `fault`.

use std::fmt;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A line, counted from 1.
    Line(u64),
    /// A byte, counted from 0.
    Byte(u64),
    /// A record, row, session or activity, counted from 1.
    Record(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("file"),
            Self::Line(n) => write!(f, "line {n}"),
            Self::Byte(n) => write!(f, "byte {n}"),
            Self::Record(n) => write!(f, "record {n}"),
        }
    }
}

impl Place {
    /// The text after the file's path: `:7` for a line, so that an editor can jump to it, ` (record 3)` for other
    /// places, and nothing for the whole file.
    #[must_use]
    pub fn behind_path(self) -> String {
        match self {
            Self::File => String::new(),
            Self::Line(line) => format!(":{line}"),
            Self::Byte(_) | Self::Record(_) => format!(" ({self})"),
        }
    }
}

/// What was lost through a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Cost {
    /// Nothing was lost; the message is about something odd.
    Nothing,
    /// GPS points were left out; the activity is kept.
    Points,
    /// A row, session or note was lost.
    Entry,
    /// The file could not be used.
    File,
}

/// One problem with one input. `what` never contains a coordinate.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// The sheet, if the file is a workbook.
    pub sheet: Option<String>,
    /// The place in the sheet or the file.
    pub place: Place,
    /// What is wrong, and what was done about it.
    pub what: String,
    /// What the runner can do.
    pub hint: String,
    /// What it cost.
    pub cost: Cost,
}

impl Problem {
    /// The problem in one line: the file, the place in it, what is wrong and what to do.
    #[must_use]
    pub fn line(&self, path: &str) -> String {
        let place =
            if self.sheet.is_some() { format!(" ({})", self.place_in_words()) } else { self.place.behind_path() };
        format!("{path}{place}: {}; {}\n", self.what, self.hint)
    }

    /// The place: `line 7`, or `sheet Runs, row 7` in a workbook.
    #[must_use]
    pub fn place_in_words(&self) -> String {
        match (&self.sheet, self.place) {
            (None, place) => place.to_string(),
            (Some(sheet), Place::Line(row)) => format!("sheet {sheet}, row {row}"),
            (Some(sheet), _) => format!("sheet {sheet}"),
        }
    }
}
