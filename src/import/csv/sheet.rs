//! A recognised table: rows behind the columns of a dialect, with the decimal mark and the order of day and month
//! settled for each column. It turns no row into an activity or a note.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime};

use super::clock::Zone;
use super::dates::{self, DateError, DayOrder, Moment};
use super::dialect::{ClockKind, Column, Dialect, DialectMatch, Field};
use super::numbers::{self, Mark};
use super::table::Row;
use super::words::{self, LengthUnit};
use crate::model::activity::Start;
use crate::model::problem::Fault;

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

/// The rows of a table whose dialect is known, with what each of its columns holds.
pub struct Sheet<'a> {
    /// The rows of this table, without those of another that follows it.
    pub rows: &'a [Row],
    recognised: &'a DialectMatch,
    marks: BTreeMap<usize, Mark>,
    orders: BTreeMap<usize, DayOrder>,
    midnights_only: bool,
}

impl<'a> Sheet<'a> {
    /// Settles every column of the table.
    pub fn new(recognised: &'a DialectMatch, rows: &'a [Row], delimiter: u8) -> Self {
        let dialect = recognised.dialect;
        let end = dialect.stops_at.as_ref().and_then(|first| rows.iter().position(|row| row.cell(0) == first));
        let rows = &rows[..end.unwrap_or(rows.len())];
        let column = |index: usize| rows.iter().map(move |row| row.cell(index));
        let whole_file = numbers::settle(rows.iter().flat_map(|row| &row.cells).map(|cell| cell.trim()));
        let marks = NUMERIC
            .iter()
            .flat_map(|field| recognised.columns(*field))
            .map(|known| {
                let comma_stands = || column(known.index).any(|cell| cell.contains(','));
                let unit = known.unit.as_deref().and_then(words::length_unit).or(dialect.distance_unit);
                // Grouped thousands of kilometres are no run, and semicolons part cells where the comma is decimal.
                let decimal = matches!(unit, Some(LengthUnit::Km | LengthUnit::Mi)) || delimiter == b';';
                let likely = if decimal && comma_stands() { Mark::Comma } else { Mark::Point };
                let mark = numbers::settle(column(known.index))
                    .or(if decimal { Some(likely) } else { whole_file })
                    .unwrap_or(likely);
                (known.index, mark)
            })
            .collect();
        let orders = [Field::Date, Field::Week, Field::Start]
            .iter()
            .flat_map(|field| recognised.columns(*field))
            .map(|known| {
                let order = match dialect.day_first {
                    Some(true) => DayOrder::DayFirst,
                    Some(false) => DayOrder::MonthFirst,
                    None => dates::settle(column(known.index)),
                };
                (known.index, order)
            })
            .collect();
        let mut sheet = Self { rows, recognised, marks, orders, midnights_only: false };
        sheet.midnights_only = sheet.has_midnights_only();
        sheet
    }

    /// The dialect that the header was recognised as.
    pub fn dialect(&self) -> &'static Dialect {
        self.recognised.dialect
    }

    /// True where a column carries the fact.
    pub fn has(&self, field: Field) -> bool {
        self.recognised.has(field)
    }

    /// The columns of a fact.
    pub fn columns(&self, field: Field) -> &[Column] {
        self.recognised.columns(field)
    }

    /// The first cell of a fact that is not missing, and its column.
    pub fn find(&self, row: &'a Row, field: Field) -> Option<(&Column, &'a str)> {
        let dialect = self.dialect();
        self.columns(field)
            .iter()
            .map(|column| (column, row.cell(column.index)))
            .find(|(_, cell)| !words::is_missing(cell) && !dialect.missing.iter().any(|known| known == cell))
    }

    /// The first cell of a fact that is not missing.
    pub fn cell(&self, row: &'a Row, field: Field) -> Option<&'a str> {
        self.find(row, field).map(|(_, cell)| cell)
    }

    /// The text of a fact. Words that mean "missing" in a number are kept: "none" is a note.
    pub fn text(&self, row: &'a Row, field: Field) -> Option<String> {
        let cells = self.columns(field).iter().map(|column| row.cell(column.index));
        cells.map(str::trim).find(|cell| !cell.is_empty() && *cell != "--").map(str::to_owned)
    }

    /// The decimal mark of a column.
    pub fn mark(&self, column: &Column) -> Mark {
        self.marks.get(&column.index).copied().unwrap_or(Mark::Point)
    }

    /// The number in a fact's cell, `None` where it is missing or no number.
    pub fn number(&self, row: &'a Row, field: Field) -> Option<f64> {
        let (column, cell) = self.find(row, field)?;
        numbers::number(cell, self.mark(column))
    }

    /// True where `time` is a time of day, because another column holds the duration.
    pub fn time_is_start(&self) -> bool {
        let measured = [Field::Duration, Field::Moving, Field::Elapsed].iter().any(|field| self.has(*field));
        self.has(Field::Time) && !self.has(Field::Start) && measured
    }

    /// The moment in the date column.
    ///
    /// # Errors
    /// The fault that costs the row.
    pub fn date(&self, row: &'a Row) -> Result<Moment, Fault> {
        self.date_in(row, Field::Date)
    }

    /// The moment in the column of one of the facts that are dates.
    ///
    /// # Errors
    /// The fault that costs the row.
    pub fn date_in(&self, row: &'a Row, field: Field) -> Result<Moment, Fault> {
        let (column, cell) = self.find(row, field).ok_or(Fault::BadDate { cell: String::new() })?;
        let order = self.orders.get(&column.index).copied().unwrap_or(DayOrder::Unsettled);
        dates::read(cell, order).map_err(|why| match why {
            DateError::NotADate => Fault::BadDate { cell: cell.to_owned() },
            DateError::Ambiguous => Fault::AmbiguousDate { cell: cell.to_owned() },
        })
    }

    /// When the row's activity began, as far as its columns say.
    ///
    /// # Errors
    /// The fault that costs the row.
    pub fn start(&self, row: &'a Row) -> Result<Start, Fault> {
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
        let Some(time) = moment.time else { return Ok(Start::Date(moment.date)) };
        let naive = NaiveDateTime::new(moment.date, time);
        let utc = self.dialect().clock == ClockKind::Utc;
        if utc && let Some(offset) = self.cell(row, Field::Offset).and_then(dates::offset) {
            return Ok(Start::Zoned(DateTime::from_naive_utc_and_offset(naive, offset)));
        }
        Ok(match moment.zone {
            Zone::Utc => Start::Instant(naive.and_utc()),
            // Many programs write it for plain UTC, so that it says nothing about the runner's own clock.
            Zone::Offset(offset) if offset.local_minus_utc() == 0 => Start::Instant(naive.and_utc()),
            Zone::Offset(offset) => match naive.and_local_timezone(offset).single() {
                Some(zoned) => Start::Zoned(zoned),
                None => Start::Local(naive),
            },
            Zone::Unsaid if utc => Start::Instant(naive.and_utc()),
            Zone::Unsaid => Start::Local(naive),
        })
    }

    /// Spreadsheets write a day as midnight of that day, and programs as midnight in UTC. That may be a time of day too,
    /// so one row of it is not enough to tell.
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
