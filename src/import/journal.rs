//! A diary in plain text, Markdown or Org: lines and headings that begin with a day, or a file of one day. Each line
//! becomes a note of its day, is not about the body, or is reported. It opens no file and does not interpret notes.

pub mod append;
mod calendar;
mod date_forms;
mod diary;
mod headings;
mod known_days;
mod marks;
mod undated;
mod vault;
mod words;

use chrono::NaiveDate;

use self::date_forms::Day;
use self::diary::Diary;
use super::csv::dates::DayOrder;
use super::csv::text;
use super::imported::Imported;
use crate::model::concern::ConcernClassifier;
use crate::model::fault::Fault;
use crate::model::problem::Place;

/// Reads a diary. `name` is its name or path, which may contain its day; `classifier` decides what words without a day
/// concern. A text without any day that does not mention hip pain is ignored.
#[must_use]
pub fn read(bytes: &[u8], name: &str, classifier: ConcernClassifier) -> Imported {
    let decoded = text::decode(bytes);
    let mut diary = Diary::new(&decoded.text, name, classifier);
    diary.read_lines();
    let mut imported = diary.finish();
    if decoded.replaced && imported.refusal.is_none() {
        imported.problems.push(Fault::BytesReplaced.at(Place::File));
    }
    imported
}

/// The level and words of a line marked as a heading.
pub fn heading(line: &str, org: bool) -> Option<(u8, &str)> {
    headings::of_line(line, None, org)
}

/// The keys and values in the lines above a text as a row of a table, with the day first; `None` if neither they
/// nor the file's name have a day, or where nothing mentions running.
pub fn row_above(text: &str, name: &str) -> Option<Vec<(String, String)>> {
    let above = vault::front_matter(text);
    let day = above.day.or_else(|| vault::of_name(name).day)?;
    if above.lines == 0 || !(undated::names_running(name) || undated::names_running(text)) {
        return None;
    }
    let pairs = text.lines().take(above.lines).filter_map(vault::pair).filter(|(key, _)| !words::is_day_key(key));
    let pairs = pairs.map(|(key, value)| (key.to_owned(), value.to_owned()));
    Some(std::iter::once(("date".to_owned(), day.to_string())).chain(pairs).collect())
}

pub use undated::names_running;

/// True for a line such as `date: 4 March 2026`: a key for a day, and a day.
pub fn names_its_day(line: &str) -> bool {
    let is_day = |value: &str| date_forms::at_start(value.trim_matches(['"', '\''])).is_some();
    vault::pair(line).is_some_and(|(key, value)| words::is_day_key(key) && is_day(value))
}

/// The year in a heading.
pub fn year_in(heading: &str) -> Option<i32> {
    headings::told(heading, None, DayOrder::Unsettled).year
}

/// The day in a cell that holds only a day without a year, in this year.
pub fn day_in_year(cell: &str, year: i32) -> Option<NaiveDate> {
    let date = date_forms::at_start(cell)?;
    match date.day {
        Day::OfYear { month, day } if cell.get(date.end..)?.trim().is_empty() => {
            NaiveDate::from_ymd_opt(year, month, day)
        }
        _ => None,
    }
}

/// The place of a line, whose index is counted from 0.
fn place(at: usize) -> Place {
    Place::Line(at as u64 + 1)
}

#[cfg(test)]
mod tests;
