//! Tables with headers in an unknown language, recognised by the values in their columns. It reads no row.

use super::dates::{self, DayOrder};
use super::dialect::{DialectMatch, Field};
use super::numbers::{self, Mark};
use super::table::{HeaderLine, Row, Source};
use super::words;
use crate::import::sport_names;

/// The number of rows examined.
const LOOKED_AT: usize = 200;

/// Garmin's list of activities in any language: sport, date, true or false, title, distance, calories, and time in
/// hours, minutes and seconds, in this order.
pub fn garmin(source: Source<'_>, lines: &[HeaderLine]) -> Option<(usize, DialectMatch)> {
    lines.iter().enumerate().find_map(|(at, line)| {
        if line.cells.len() < 7 || line.cells.iter().any(|cell| dates::time_of_day(cell).is_some()) {
            return None;
        }
        let rows = top(source, line);
        let all = |index, fits: fn(&str) -> bool| !rows.is_empty() && rows.iter().all(|row| fits(row.cell(index)));
        let fits = all(1, is_date_and_time)
            && all(2, |cell| matches!(cell.to_ascii_lowercase().as_str(), "true" | "false"))
            && all(4, |cell| words::is_missing(cell) || numbers::number(cell, Mark::Point).is_some())
            && all(6, |cell| words::is_missing(cell) || is_clock(cell));
        let places =
            [(Field::Sport, 0), (Field::Date, 1), (Field::Title, 3), (Field::Distance, 4), (Field::Duration, 6)];
        fits.then(|| DialectMatch::by_place("garmin", &line.cells, &places)).flatten().map(|found| (at, found))
    })
}

/// A list of activities in any language: a column of sports, one of dates, one of times in hours, minutes and
/// seconds, and one of distances that give runners' paces.
pub fn sports_days_figures(source: Source<'_>, lines: &[HeaderLine]) -> Option<(usize, DialectMatch)> {
    lines.iter().enumerate().find_map(|(at, line)| {
        let width = line.cells.len();
        let heads = |index: &usize| {
            let cell = line.cells.get(*index).map(|cell| cell.trim()).unwrap_or_default();
            !cell.is_empty() && !cell.contains(|c: char| c.is_ascii_digit())
        };
        if !(4..=40).contains(&width) {
            return None;
        }
        let rows = top(source, line);
        let most = |index: usize, fits: &dyn Fn(&str) -> bool| {
            let filled = || rows.iter().map(|row| row.cell(index)).filter(|cell| !words::is_missing(cell));
            filled().filter(|cell| fits(cell)).count() * 2 > filled().count()
        };
        let first = |fits: &dyn Fn(&str) -> bool| (0..width).filter(heads).find(|index| most(*index, fits));
        let (sport, date) = (first(&is_sport)?, first(&is_date)?);
        let time = (0..width).filter(heads).find(|index| ![sport, date].contains(index) && most(*index, &is_clock))?;
        let taken = [sport, date, time];
        let mut others = (0..width).filter(heads).filter(|index| !taken.contains(index));
        let distance = others.find(|index| is_distance(&rows, *index, (sport, time)))?;
        let places = [(Field::Sport, sport), (Field::Date, date), (Field::Distance, distance), (Field::Duration, time)];
        DialectMatch::by_place("run-log", &line.cells, &places).map(|found| (at, found))
    })
}

/// Calls a column "time" that holds times of day with a.m. or p.m. by what it holds, so that it is not taken for one of durations.
pub fn name_clocks(source: Source<'_>, lines: &mut [HeaderLine]) {
    for line in lines {
        let Some(index) = line.cells.iter().position(|cell| cell.trim().eq_ignore_ascii_case("time")) else { continue };
        let rows = top(source, line);
        let mut filled = rows.iter().map(|row| row.cell(index)).filter(|cell| !words::is_missing(cell)).peekable();
        if filled.peek().is_some() && filled.all(has_half_of_day) {
            "time of day".clone_into(&mut line.cells[index]);
        }
    }
}

fn has_half_of_day(cell: &str) -> bool {
    let cell = cell.to_ascii_lowercase().replace('.', "");
    cell.starts_with(|c: char| c.is_ascii_digit()) && (cell.ends_with("am") || cell.ends_with("pm"))
}

fn top(source: Source<'_>, line: &HeaderLine) -> Vec<Row> {
    source.top(line, LOOKED_AT).0
}

fn is_sport(cell: &str) -> bool {
    cell.contains(char::is_alphabetic) && sport_names::is_known(cell)
}

fn is_date(cell: &str) -> bool {
    dates::read(cell, DayOrder::Unsettled).is_ok() && !cell.bytes().all(|c| c.is_ascii_digit())
}

fn is_date_and_time(cell: &str) -> bool {
    dates::read(cell, DayOrder::Unsettled).is_ok_and(|moment| moment.time.is_some())
}

/// Whether this is a time such as `00:31:26` or `1:02:03.4`.
fn is_clock(cell: &str) -> bool {
    seconds(cell).is_some()
}

fn seconds(cell: &str) -> Option<f64> {
    let mut parts = cell.split(':');
    let (hours, minutes, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str| numbers::number(part, Mark::Point);
    parts.next().is_none().then_some(())?;
    Some(number(hours)? * 3_600.0 + number(minutes)? * 60.0 + number(rest)?)
}

/// Plausible paces of runners in seconds per kilometre or mile.
const PACES_S: std::ops::RangeInclusive<f64> = 150.0..=1_000.0;

/// True if most running rows give a runner's pace in kilometres or miles.
fn is_distance(rows: &[Row], index: usize, (sport, time): (usize, usize)) -> bool {
    let mark = numbers::settle(rows.iter().map(|row| row.cell(index))).unwrap_or(Mark::Point);
    let running = rows.iter().filter(|row| sport_names::sport(row.cell(sport)).is_some_and(|sport| sport.is_running()));
    let paces: Vec<f64> = running
        .filter_map(|row| {
            let distance = numbers::number(row.cell(index), mark).filter(|value| *value > 0.0)?;
            Some(seconds(row.cell(time))? / distance)
        })
        .collect();
    paces.iter().filter(|pace| PACES_S.contains(pace)).count() * 2 > paces.len()
}
