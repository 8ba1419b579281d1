//! Why a table that no dialect knows is ignored or refused. It is refused only if it looks like a run log with
//! unknown columns; the message then has the configuration lines for columns recognised by their values.

use std::collections::BTreeMap;

use chrono::{Datelike, Weekday};

use super::dates::{self, DateError, DayOrder};
use super::dialect::{self, Field};
use super::header;
use super::numbers::{self, Mark};
use super::table::{HeaderLine, Row, Source};
use super::words;
use crate::import::imported::Imported;
use crate::import::sport_names;
use crate::model::fault::Fault;
use crate::model::problem::Place;

/// The number of days, times and figures in the first line that make it a row.
const FEWEST_VALUES: usize = 2;
/// The number of days on one weekday that make them days of weeks.
const FEWEST_WEEKS: usize = 4;
/// The number of rows examined to suggest columns.
const LOOKED_AT: usize = 200;
/// The most headers listed in the message.
const LISTED: usize = 30;

/// The most characters of one of those headers.
const LONGEST_LISTED: usize = 40;

/// The refusal of a table without a known header.
pub fn refuse(source: Source<'_>, lines: &[HeaderLine], named: &BTreeMap<Field, String>, name: &str) -> Imported {
    let is_header = |line: &&HeaderLine| line.cells.len() > 1 && !line.cells[0].starts_with('#');
    let Some(header) = lines.iter().find(is_header) else {
        let reason = if source.is_blank() { "an empty file" } else { "not a run log: a single column" };
        return Imported::ignored(reason);
    };
    let (rows, problems) = source.top(header, LOOKED_AT);
    if rows.is_empty() {
        return match problems.into_iter().next() {
            Some(problem) => Imported::failed(problem),
            None => Imported::ignored("not a run log: no rows below the header"),
        };
    }
    let rows = &rows[..];
    let most = |fits: fn(&str) -> bool| (0..header.cells.len()).any(|index| mostly(rows, index, fits));
    if !most(is_date) {
        let day_in_name = dates::year_in(name).is_some() && dialect::finds(&header.cells, named, &[Field::Distance]);
        return Imported::ignored(if day_in_name {
            "not a run log: no column holds dates, and a day in a file's name is not taken for that of its rows"
        } else {
            "not a run log: no column holds dates"
        });
    }
    if !most(is_figure) {
        return Imported::ignored("not a run log: dates, but no column of figures");
    }
    if let Some(example) = without_header(header, rows) {
        return Imported::failed(Fault::NoHeader { example }.at(Place::File));
    }
    let found = listed(&header.cells);
    let knows = |fields: &[Field]| dialect::finds(&header.cells, named, fields);
    let (day, length) = (knows(&[Field::Date]), knows(&LENGTHS));
    let missing = match (day, length) {
        (true, false) => "the distance or the duration",
        (false, true) => "the date",
        _ => "the date and the distance or the duration",
    };
    let head = |index: usize| {
        let cell = header.cells.get(index).map(|cell| cell.trim().to_owned());
        cell.filter(|cell| !cell.is_empty() && !is_date(cell) && !is_figure(cell))
    };
    let first = |fits: fn(&str) -> bool| {
        (0..header.cells.len()).find(|index| mostly(rows, *index, fits)).filter(|index| head(*index).is_some())
    };
    let is_told = |field: Field| dialect::finds(&header.cells, named, &[field]);
    let named = |index: usize, is: fn(&str) -> bool| header.cells.get(index).is_some_and(|cell| is(cell));
    let (date, sport) = (first(is_date), first(is_sport));
    let duration = (0..header.cells.len())
        .filter(|index| head(*index).is_some() && !named(*index, words::is_pace))
        .find(|index| mostly(rows, *index, is_duration));
    if date.filter(|_| !day).is_some_and(|index| counts_weeks(header, rows, index)) {
        return Imported::failed(Fault::WeekTotals { found }.at(Place::File));
    }
    let taken = [date, duration, sport];
    let distance = (0..header.cells.len())
        .filter(|index| !taken.contains(&Some(*index)) && head(*index).is_some())
        .filter(|index| !named(*index, words::is_no_length) && !named(*index, words::is_pace))
        // A scale such as "(0-10)" is one of scores.
        .filter(|index| !named(*index, |cell| header::without_scale(cell).1.is_some()))
        .find(|index| mostly(rows, *index, is_figure) && usual_length(rows, *index));
    let measured = [Field::Duration, Field::Moving, Field::Elapsed, Field::Time].into_iter().any(is_told);
    let examples = [
        ("date", date.filter(|_| !day)),
        ("distance", distance.filter(|_| !is_told(Field::Distance))),
        ("duration", duration.filter(|_| !measured)),
        ("sport", sport.filter(|_| !is_told(Field::Sport))),
    ];
    let examples = examples.into_iter().filter_map(|(key, index)| Some((key, head(index?)?))).collect();
    Imported::failed(Fault::ColumnsUnknown { missing, found, examples }.at(Place::File))
}

/// True if every day of a column is on one weekday and its header is about weeks, so that each row is a week.
fn counts_weeks(header: &HeaderLine, rows: &[Row], index: usize) -> bool {
    let order = dates::settle(rows.iter().map(|row| row.cell(index)));
    let days = rows.iter().filter_map(|row| dates::read(row.cell(index), order).ok());
    let weekdays: Vec<Weekday> = days.map(|moment| moment.date.weekday()).collect();
    let same = weekdays.len() >= FEWEST_WEEKS && weekdays.windows(2).all(|pair| pair[0] == pair[1]);
    let heading = header.cells.get(index).map_or("", String::as_str);
    same && heading.split(|c: char| !c.is_alphanumeric()).any(words::is_week)
}

/// A suggested header for this table, if its first line is a row.
fn without_header(header: &HeaderLine, rows: &[Row]) -> Option<String> {
    let is_value = |cell: &str| is_date(cell) || is_duration(cell) || is_figure(cell);
    let has_header = header.cells.iter().filter(|cell| is_value(cell.trim())).count() < FEWEST_VALUES;
    if has_header || !header.cells.iter().any(|cell| is_date(cell.trim())) {
        return None;
    }
    let mut seen: Vec<&str> = Vec::new();
    let names: Vec<String> = (0..header.cells.len())
        .map(|index| {
            let name = match () {
                () if mostly(rows, index, is_date) => "date",
                () if mostly(rows, index, is_duration) => "duration",
                () if mostly(rows, index, is_sport) => "sport",
                () if mostly(rows, index, is_figure) && usual_length(rows, index) => "distance",
                () => "notes",
            };
            let known = seen.contains(&name);
            seen.push(name);
            if known { format!("column_{}", index + 1) } else { name.to_owned() }
        })
        .take(LISTED)
        .collect();
    Some(names.join(&char::from(header.delimiter).to_string()))
}

/// True if the median of a column may be the length of a run in any unit.
fn usual_length(rows: &[Row], index: usize) -> bool {
    let mark = numbers::settle(rows.iter().map(|row| row.cell(index))).unwrap_or(Mark::Point);
    let figures = rows.iter().filter_map(|row| numbers::quantity(row.cell(index), mark)).map(|(value, _)| value);
    let mut figures: Vec<f64> = figures.filter(|value| *value > 0.0).collect();
    figures.sort_by(f64::total_cmp);
    figures
        .get(figures.len() / 2)
        .is_some_and(|middle| (0.4..100.0).contains(middle) || (400.0..100_000.0).contains(middle))
}

/// The headers of a table for a message. Without a header this is the first row, whose figures may be coordinates, so
/// figures are left out.
pub fn listed(cells: &[String]) -> String {
    let words = cells.iter().map(|cell| cell.trim());
    let words = words.filter(|cell| !cell.is_empty() && !is_date(cell) && !is_figure(cell));
    let shown: Vec<String> = words.take(LISTED).map(|cell| cell.chars().take(LONGEST_LISTED).collect()).collect();
    if shown.is_empty() { "not named".to_owned() } else { shown.join(", ") }
}

/// Facts of which a log must have one, besides the date.
const LENGTHS: [Field; 5] = [Field::Distance, Field::Duration, Field::Moving, Field::Elapsed, Field::Time];

/// Whether a cell is a duration such as `52:10` or `1:02:03`. Times of day look the same, but are in a column with
/// dates.
fn is_duration(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(':').collect();
    let digits =
        |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|c| c.is_ascii_digit() || c == b'.');
    (2..=3).contains(&parts.len()) && parts.iter().all(digits)
}

/// True if more than half of a column's filled cells fit.
fn mostly(rows: &[Row], index: usize, fits: fn(&str) -> bool) -> bool {
    let filled: Vec<&str> = rows.iter().map(|row| row.cell(index)).filter(|cell| !words::is_missing(cell)).collect();
    let fitting = filled.iter().filter(|cell| fits(cell)).count();
    fitting * 2 > filled.len()
}

fn is_sport(cell: &str) -> bool {
    cell.contains(char::is_alphabetic) && sport_names::is_known(cell)
}

fn is_date(cell: &str) -> bool {
    // Long whole numbers are more likely identifiers than days.
    !cell.chars().all(|c| c.is_ascii_digit())
        && matches!(dates::read(cell, DayOrder::Unsettled), Ok(_) | Err(DateError::Ambiguous))
}

fn is_figure(cell: &str) -> bool {
    numbers::quantity(cell, Mark::Point).is_some_and(|(_, rest)| rest.chars().count() <= 10) && !is_date(cell)
}
