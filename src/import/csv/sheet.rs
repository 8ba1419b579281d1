//! A recognised table: rows with the columns of a dialect, with the decimal mark and the order of day and month
//! decided for each column. It turns no row into an activity or a note.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use super::clock::Zone;
use super::dates::{self, DateError, DayOrder, Moment};
use super::dialect::{ClockKind, Column, Dialect, DialectMatch, Field};
use super::numbers::{self, Mark};
use super::table::Row;
use super::words::{self, LengthUnit};
use crate::model::activity::Start;
use crate::model::fault::Fault;

/// Facts whose cells are numbers.
const NUMERIC: [Field; 9] = [
    Field::Distance,
    Field::Duration,
    Field::Moving,
    Field::Elapsed,
    Field::Time,
    Field::Cadence,
    Field::Stride,
    Field::Severity,
    Field::ScaleMax,
];

const DAY_S: i64 = 86_400;

/// The rows of a table whose dialect is known, with the format of each column.
pub struct Sheet<'a> {
    /// The rows of this table, without those of another table after it.
    pub rows: &'a [Row],
    recognised: &'a DialectMatch,
    marks: BTreeMap<usize, Mark>,
    orders: BTreeMap<usize, DayOrder>,
    midnights_only: bool,
    /// Days in cells without a year, by the row's line.
    without_year: BTreeMap<u64, NaiveDate>,
}

impl<'a> Sheet<'a> {
    /// Decides the format of every column. `year` is from a heading and `order` from neighbouring tables, where they
    /// tell.
    pub fn new(
        recognised: &'a DialectMatch,
        rows: &'a [Row],
        delimiter: u8,
        (year, order): (Option<i32>, Option<DayOrder>),
    ) -> Self {
        let dialect = recognised.dialect;
        let end = dialect.stops_at.as_ref().and_then(|first| rows.iter().position(|row| row.cell(0) == first));
        let rows = &rows[..end.unwrap_or(rows.len())];
        let column = |index: usize| rows.iter().map(move |row| row.cell(index));
        let whole_file =
            LazyCell::new(|| numbers::settle(rows.iter().flat_map(|row| &row.cells).map(|cell| cell.trim())));
        let marks = NUMERIC
            .iter()
            .flat_map(|field| recognised.columns(*field))
            .map(|known| {
                // Without a mark in any cell there is nothing to decide, as in most columns of durations.
                if !column(known.index).any(|cell| memchr::memchr2(b'.', b',', cell.as_bytes()).is_some()) {
                    return (known.index, Mark::Point);
                }
                let comma_stands = || column(known.index).any(|cell| cell.contains(','));
                let unit = known.unit.as_deref().and_then(words::length_unit).or(dialect.distance_unit);
                // Thousands of kilometres are no run, and semicolons separate cells where the decimal mark is a
                // comma.
                let decimal = matches!(unit, Some(LengthUnit::Km | LengthUnit::Mi)) || delimiter == b';';
                let likely = if decimal && comma_stands() { Mark::Comma } else { Mark::Point };
                let settled = numbers::settle(column(known.index));
                let mark = settled.or_else(|| if decimal { Some(likely) } else { *whole_file }).unwrap_or(likely);
                let possible = |mark| figures_can_be(known, column(known.index), mark);
                // Ten metres in three seconds are no run, but ten thousand metres in three thousand seconds are.
                let other = if mark == Mark::Point { Mark::Comma } else { Mark::Point };
                let mark = if settled.is_none() && !possible(mark) && possible(other) { other } else { mark };
                (known.index, mark)
            })
            .collect();
        let orders = [Field::Date, Field::Week, Field::Start, Field::End]
            .iter()
            .flat_map(|field| recognised.columns(*field))
            .map(|known| {
                let order = match dialect.day_first {
                    Some(true) => DayOrder::DayFirst,
                    Some(false) => DayOrder::MonthFirst,
                    None => match dates::settle(column(known.index)) {
                        DayOrder::Unsettled => order.unwrap_or(DayOrder::Unsettled),
                        own => own,
                    },
                };
                (known.index, order)
            })
            .collect();
        let without_year = BTreeMap::new();
        let mut sheet = Self { rows, recognised, marks, orders, midnights_only: false, without_year };
        sheet.without_year = sheet.place_without_year(year);
        sheet.midnights_only = sheet.has_midnights_only();
        sheet
    }

    /// The same table with only some of its rows, keeping the formats of its columns.
    pub fn with<'b>(&'b self, rows: &'b [Row]) -> Sheet<'b> {
        let (marks, orders, without_year) = (self.marks.clone(), self.orders.clone(), self.without_year.clone());
        Sheet { rows, recognised: self.recognised, marks, orders, midnights_only: self.midnights_only, without_year }
    }

    /// The dialect of the header.
    pub fn dialect(&self) -> &'static Dialect {
        self.recognised.dialect
    }

    /// The largest number of columns in its rows.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }

    /// True if most cells of a column hold words.
    pub fn holds_words(&self, index: usize) -> bool {
        let filled = || self.rows.iter().map(|row| row.cell(index)).filter(|cell| !words::is_missing(cell));
        filled().filter(|cell| cell.starts_with(char::is_alphabetic)).count() * 2 > filled().count()
    }

    /// True if this column holds any fact.
    pub fn is_taken(&self, index: usize) -> bool {
        self.recognised.is_taken(index)
    }

    /// True if some column holds the fact.
    pub fn has(&self, field: Field) -> bool {
        self.recognised.has(field)
    }

    /// The columns of a fact.
    pub fn columns(&self, field: Field) -> &[Column] {
        self.recognised.columns(field)
    }

    /// The first cell of a fact that has a value, and its column.
    pub fn find(&self, row: &'a Row, field: Field) -> Option<(&Column, &'a str)> {
        let dialect = self.dialect();
        self.columns(field)
            .iter()
            .map(|column| (column, row.cell(column.index)))
            .find(|(_, cell)| !words::is_missing(cell) && !dialect.missing.iter().any(|known| known == cell))
    }

    /// The first cell of a fact that has a value.
    pub fn cell(&self, row: &'a Row, field: Field) -> Option<&'a str> {
        self.find(row, field).map(|(_, cell)| cell)
    }

    /// The text of a fact. Words that mean "missing" for a number are kept: "none" is a note.
    pub fn text(&self, row: &'a Row, field: Field) -> Option<String> {
        let cells = self.columns(field).iter().map(|column| row.cell(column.index));
        cells.map(str::trim).find(|cell| !cell.is_empty() && *cell != "--").map(str::to_owned)
    }

    /// The decimal mark of a column.
    pub fn mark(&self, column: &Column) -> Mark {
        self.marks.get(&column.index).copied().unwrap_or(Mark::Point)
    }

    /// The number of a fact; `None` if it is missing or not a number.
    pub fn number(&self, row: &'a Row, field: Field) -> Option<f64> {
        let (column, cell) = self.find(row, field)?;
        numbers::number(cell, self.mark(column))
    }

    /// True if `time` is a time of day, since another column holds the duration.
    pub fn time_is_start(&self) -> bool {
        let measured = [Field::Duration, Field::Moving, Field::Elapsed].iter().any(|field| self.has(*field));
        self.has(Field::Time) && !self.has(Field::Start) && measured
    }

    /// The date and time in the date column.
    ///
    /// # Errors
    /// The fault for which the row is lost.
    pub fn date(&self, row: &'a Row) -> Result<Moment, Fault> {
        self.date_in(row, Field::Date)
    }

    /// The date and time in the column of one of the date facts.
    ///
    /// # Errors
    /// The fault for which the row is lost.
    pub fn date_in(&self, row: &'a Row, field: Field) -> Result<Moment, Fault> {
        let (column, cell) = self.find(row, field).ok_or(Fault::BadDate { cell: String::new() })?;
        let order = self.orders.get(&column.index).copied().unwrap_or(DayOrder::Unsettled);
        dates::read(cell, order).or_else(|why| match why {
            DateError::NotADate => {
                let placed = self.without_year.get(&row.line).filter(|_| field == Field::Date);
                let time = dates::time_in(cell);
                let moment = placed.map(|date| Moment { date: *date, time, zone: Zone::Unsaid });
                moment.ok_or_else(|| Fault::BadDate { cell: cell.to_owned() })
            }
            DateError::Ambiguous => Err(Fault::AmbiguousDate { cell: cell.to_owned() }),
        })
    }

    /// The number of days without a year that were placed by their neighbours or a heading.
    pub fn days_without_year(&self) -> usize {
        self.without_year.len()
    }

    /// The days of cells without a year: those closest to the complete dates around them, else from the heading's
    /// year on, in the order of the rows.
    fn place_without_year(&self, heading: Option<i32>) -> BTreeMap<u64, NaiveDate> {
        let mut placed = BTreeMap::new();
        // Few tables have such days, and reading all dates again would take long.
        let may_lack_one =
            |cell: &str| !cell.is_empty() && cell.split(|c: char| !c.is_ascii_digit()).all(|run| run.len() < 3);
        let mut columns = self.columns(Field::Date).iter();
        if !columns.any(|column| self.rows.iter().any(|row| may_lack_one(row.cell(column.index)))) {
            return placed;
        }
        let mut open: Vec<(usize, u32, u32)> = Vec::new();
        let mut known: Vec<(usize, NaiveDate)> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let Some((column, cell)) = self.find(row, Field::Date) else { continue };
            let order = self.orders.get(&column.index).copied().unwrap_or(DayOrder::Unsettled);
            match dates::read(cell, order) {
                Ok(moment) => known.push((at, moment.date)),
                Err(DateError::NotADate) => {
                    open.extend(dates::without_year(cell, order).map(|(month, day)| (at, month, day)));
                }
                Err(DateError::Ambiguous) => {}
            }
        }
        let mut before = heading.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
        let mut first_of_heading = before.is_some();
        for (at, month, day) in open {
            let next = known.partition_point(|(row, _)| *row < at);
            let neighbours = [next.checked_sub(1).and_then(|i| known.get(i)), known.get(next)];
            let near = neighbours.into_iter().flatten().min_by_key(|(row, _)| row.abs_diff(at)).map(|(_, date)| *date);
            let date = match near.or(before) {
                Some(anchor) if near.is_none() && first_of_heading => {
                    NaiveDate::from_ymd_opt(anchor.year(), month, day)
                }
                Some(anchor) => (anchor.year() - 1..=anchor.year() + 1)
                    .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
                    .min_by_key(|date| date.signed_duration_since(anchor).num_days().abs()),
                None => None,
            };
            if near.is_none() && date.is_some() {
                (before, first_of_heading) = (date, false);
            }
            if let (Some(date), Some(row)) = (date, self.rows.get(at)) {
                placed.insert(row.line, date);
            }
        }
        placed
    }

    /// The start of the row's activity, as far as its columns tell.
    ///
    /// # Errors
    /// The fault for which the row is lost.
    pub fn start(&self, row: &'a Row) -> Result<Start, Fault> {
        let moment = self.began(row)?;
        let Some(time) = moment.time else { return Ok(Start::Date(moment.date)) };
        let naive = NaiveDateTime::new(moment.date, time);
        let utc = self.dialect().clock == ClockKind::Utc;
        let zone = self.cell(row, Field::Offset);
        if utc && let Some(offset) = zone.and_then(dates::offset) {
            return Ok(Start::Zoned(DateTime::from_naive_utc_and_offset(naive, offset)));
        }
        let in_utc = || {
            let instant = naive.and_utc();
            let named = zone.and_then(|name| name.parse::<Tz>().ok());
            named.map_or(Start::Instant(instant), |zone| Start::Zoned(instant.with_timezone(&zone).fixed_offset()))
        };
        Ok(match moment.zone {
            Zone::Utc => in_utc(),
            // Many programs write this for plain UTC, so it tells nothing of the runner's own offset.
            Zone::Offset(offset) if offset.local_minus_utc() == 0 => in_utc(),
            Zone::Offset(offset) => match naive.and_local_timezone(offset).single() {
                Some(zoned) => Start::Zoned(zoned),
                None => Start::Local(naive),
            },
            Zone::Unsaid if utc => in_utc(),
            Zone::Unsaid => Start::Local(naive),
        })
    }

    /// Seconds from the start of the row's activity to its end, if it has a column for the end. A time of day before
    /// the start is on the next day.
    pub fn span_s(&self, row: &'a Row) -> Option<u32> {
        let (column, cell) = self.find(row, Field::End)?;
        let began = self.began(row).ok()?;
        let from = NaiveDateTime::new(began.date, began.time?);
        let seconds = if let Some(time) = dates::time_of_day(cell) {
            NaiveDateTime::new(began.date, time).signed_duration_since(from).num_seconds().rem_euclid(DAY_S)
        } else {
            let order = self.orders.get(&column.index).copied().unwrap_or(DayOrder::Unsettled);
            let ended = dates::read(cell, order).ok().filter(|ended| ended.zone == began.zone)?;
            NaiveDateTime::new(ended.date, ended.time?).signed_duration_since(from).num_seconds()
        };
        u32::try_from(seconds).ok().filter(|seconds| *seconds > 0)
    }

    /// The date and time in the row's columns of its start.
    fn began(&self, row: &'a Row) -> Result<Moment, Fault> {
        let mut moment = self.date(row)?;
        if self.midnights_only {
            (moment.time, moment.zone) = (None, Zone::Unsaid);
        }
        let start_field = if self.time_is_start() { Field::Time } else { Field::Start };
        if let Some((column, cell)) = self.find(row, start_field)
            && moment.time.is_none()
        {
            let order = self.orders.get(&column.index).copied().unwrap_or(DayOrder::Unsettled);
            if let Some(time) = dates::time_of_day(cell) {
                moment.time = Some(time);
            } else if let Ok(whole) = dates::read(cell, order) {
                moment = whole;
            }
        }
        Ok(moment)
    }

    /// Whether all times are midnight, which spreadsheets, or programs in UTC, write for a day. It may also be a time
    /// of day, so one row is not enough.
    fn has_midnights_only(&self) -> bool {
        if self.dialect().clock != ClockKind::Local {
            return false;
        }
        let (mut days, mut of_utc) = (0, false);
        for moment in self.rows.iter().filter_map(|row| self.date(row).ok()) {
            if moment.time != Some(chrono::NaiveTime::MIN) {
                return false;
            }
            match moment.zone {
                Zone::Unsaid => {}
                Zone::Offset(offset) if offset.local_minus_utc() != 0 => return false,
                Zone::Utc | Zone::Offset(_) => of_utc = true,
            }
            days += 1;
        }
        days > usize::from(of_utc)
    }
}

/// Plausible medians of a column of runs: metres of a distance, seconds of a duration.
const USUAL_M: std::ops::RangeInclusive<f64> = 400.0..=300_000.0;
const USUAL_S: std::ops::RangeInclusive<f64> = 120.0..=100_000.0;

/// True if the figures of a column, read with this mark in the header's unit, are plausible for runs; also where
/// there is no unit.
fn figures_can_be<'a>(column: &Column, cells: impl Iterator<Item = &'a str>, mark: Mark) -> bool {
    let Some(unit) = column.unit.as_deref() else { return true };
    let (size, usual) = match (words::length_unit(unit), words::time_unit(unit), column.is_length) {
        (Some(unit), _, true) => (unit.metres(), USUAL_M),
        (_, Some(unit), false) => (unit.seconds(), USUAL_S),
        _ => return true,
    };
    let mut values: Vec<f64> =
        cells.filter_map(|cell| numbers::number(cell, mark)).filter(|value| *value > 0.0).map(|v| v * size).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).is_none_or(|median| usual.contains(median))
}
