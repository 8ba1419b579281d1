//! Distances and durations in the rows of a log. Units and formats that columns leave open are chosen so that the
//! figures are plausible for runs. It reads no sport and no date.

use std::collections::{BTreeMap, BTreeSet};

use super::CsvOptions;
use super::dialect::{Column, Field};
use super::durations::{self, DurationCell};
use super::numbers;
use super::row_sport::SportColumn;
use super::sheet::Sheet;
use super::table::Row;
use super::unit_guess::{self, Guess, Sample};
use super::words::{self, LengthUnit, TimeUnit};
use crate::model::activity::{Distance, DistanceFrom};
use crate::model::fault::Fault;
use crate::model::sport::Sport;
use crate::model::units::whole_metres;

/// The longest run in metres; a larger figure is an error or in another unit.
const LONGEST_M: f64 = 1_000_000.0;
/// The highest speed in other sports under one's own power; a larger figure is in metres.
const FASTEST_OTHER_M_PER_S: f64 = 30.0;
/// Plausible seconds per kilometre of runs: two minutes to twenty.
const PACES_S_PER_KM: std::ops::RangeInclusive<f64> = 120.0..=1_200.0;
/// Without distances: if all times such as `0:51`, read as minutes, would be shorter than this, they are hours.
const SHORTEST_USUAL_S: f64 = 240.0;
/// Facts for the duration of a row, in order of preference.
pub const TIMES: [Field; 4] = [Field::Moving, Field::Elapsed, Field::Duration, Field::Time];

/// The meaning of `0:51` in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Colon {
    /// Hours and minutes.
    Hours,
    /// One or the other, depending on the row's own distance.
    ByRow,
}

/// The units and formats chosen for the columns of a table.
#[derive(Debug, Default)]
pub struct Figures {
    lengths: BTreeMap<usize, Guess<LengthUnit>>,
    times: BTreeMap<usize, Guess<TimeUnit>>,
    colons: BTreeMap<usize, Colon>,
    /// Columns in which a spreadsheet turned `32:16` into `32:16:00`.
    shifted: BTreeSet<usize>,
}

/// A distance cell as written.
pub struct DistanceCell<'a> {
    /// The number in the cell.
    pub value: f64,
    /// The cell as written.
    pub cell: &'a str,
    column: &'a Column,
    unit: Option<LengthUnit>,
}

impl DistanceCell<'_> {
    /// The distance in metres, if a run can be that long.
    ///
    /// # Errors
    /// If it is longer than any run.
    pub fn in_metres(&self, sheet: &Sheet<'_>, sport: Option<&Sport>, figures: &Figures) -> Result<Distance, Fault> {
        let track =
            sheet.dialect().track_distance_unit.filter(|_| sport == Some(&Sport::TrackRun) && self.value >= 100.0);
        let guessed = figures.lengths.get(&self.column.index).map_or(LengthUnit::Km, |guess| guess.0);
        self.row_distance(self.value * self.unit.or(track).unwrap_or(guessed).metres())
    }

    /// In metres for a row of another sport: swims are in metres next to runs in kilometres. `None` if no unit
    /// gives a plausible distance.
    pub fn of_other_sport(
        &self,
        sheet: &Sheet<'_>,
        sport: &Sport,
        seconds: Option<u32>,
        figures: &Figures,
    ) -> Option<Distance> {
        let found = self.in_metres(sheet, Some(sport), figures).ok();
        let speed = |distance: &Distance| f64::from(distance.m) / f64::from(seconds.unwrap_or(u32::MAX).max(1));
        found.filter(|distance| speed(distance) <= FASTEST_OTHER_M_PER_S).or_else(|| self.row_distance(self.value).ok())
    }

    /// The header of its column.
    pub fn header(&self) -> &str {
        &self.column.header
    }

    fn row_distance(&self, metres: f64) -> Result<Distance, Fault> {
        let bad = || Fault::BadNumber { column: self.column.header.clone(), cell: self.cell.to_owned() };
        let m = whole_metres(metres).filter(|_| metres <= LONGEST_M).ok_or_else(bad)?;
        Ok(Distance { m, from: DistanceFrom::Row })
    }
}

/// The distance of a row. Its unit is in the cell, a column of its own, the header, the dialect or the configuration,
/// or still open.
///
/// # Errors
/// If the cell is not a number, or its unit is not one of length.
/// The cell is no number, or has another unit than one of length.
pub fn distance<'a>(
    sheet: &'a Sheet<'a>,
    row: &'a Row,
    options: &CsvOptions,
) -> Result<Option<DistanceCell<'a>>, Fault> {
    let Some((column, cell)) = sheet.find(row, Field::Distance) else { return Ok(None) };
    if words::is_rest(cell) {
        return Ok(None);
    }
    let bad = || Fault::BadNumber { column: column.header.clone(), cell: cell.to_owned() };
    let (value, rest) =
        numbers::quantity(cell, sheet.mark(column)).filter(|(value, _)| *value >= 0.0).ok_or_else(bad)?;
    let in_cell = match rest.split_whitespace().next() {
        Some(word) => Some(words::length_unit(word).ok_or_else(bad)?),
        None => None,
    };
    let unit = in_cell
        .or_else(|| sheet.cell(row, Field::DistanceUnit).and_then(words::length_unit))
        .or_else(|| unit_of_column(sheet, column, options));
    Ok(Some(DistanceCell { value, cell, column, unit }))
}

/// The unit of the distances in a column whose cells and rows name none.
fn unit_of_column(sheet: &Sheet<'_>, column: &Column, options: &CsvOptions) -> Option<LengthUnit> {
    let dialect = sheet.dialect();
    let in_header = column.unit.as_deref().and_then(words::length_unit);
    in_header
        .or_else(|| dialect.repeated_distance_unit.filter(|_| column.last_of_several))
        .or(dialect.distance_unit)
        .or_else(|| options.columns.get("distance_unit").and_then(|word| words::length_unit(word)))
}

impl Figures {
    /// Chooses the units and formats of a table's columns.
    pub fn of(sheet: &Sheet<'_>, options: &CsvOptions, sports: &SportColumn<'_>) -> Self {
        let mut figures = Self { times: guess_times(sheet), shifted: shifted_times(sheet), ..Self::default() };
        figures.lengths = figures.guess_lengths(sheet, options, sports);
        figures.colons = figures.settle_colons(sheet, options);
        if !figures.colons.is_empty() {
            figures.lengths = figures.guess_lengths(sheet, options, sports);
        }
        figures
    }

    /// The units of the distances in a plan, which has no durations.
    pub fn of_plan(sheet: &Sheet<'_>, options: &CsvOptions) -> Self {
        let mut figures = Self::default();
        let sports = SportColumn::of(sheet, options);
        figures.lengths = figures.guess_lengths(sheet, options, &sports);
        figures
    }

    /// For each guessed unit: its column's header, the unit, and the reason.
    pub fn guessed(&self, sheet: &Sheet<'_>) -> Vec<(String, &'static str, &'static str)> {
        let lengths =
            self.lengths.iter().map(|(column, (unit, why))| (&[Field::Distance][..], *column, unit.sign(), *why));
        let unit = |unit: TimeUnit| if unit == TimeUnit::S { "seconds" } else { "minutes" };
        let times = self.times.iter().map(|(column, (found, why))| (&TIMES[..], *column, unit(*found), *why));
        let hours = |column: &usize| (&TIMES[..], *column, "hours and minutes", Some(unit_guess::RUNNERS_PACE));
        let colons = self.colons.keys().map(hours);
        let shifted =
            self.shifted.iter().map(|column| (&TIMES[..], *column, "minutes and seconds", Some(BESIDE_OTHERS)));
        lengths
            .chain(times)
            .chain(colons)
            .chain(shifted)
            .filter_map(|(fields, column, unit, why)| Some((header_of(sheet, fields, column), unit, why?)))
            .collect()
    }

    /// Whole seconds of the first of these facts that the row has.
    ///
    /// # Errors
    /// If the cell is not a duration.
    pub fn duration(
        &self,
        sheet: &Sheet<'_>,
        row: &Row,
        fields: &[Field],
        metres: Option<f64>,
    ) -> Result<Option<u32>, Fault> {
        for field in fields.iter().filter(|field| **field != Field::Time || !sheet.time_is_start()) {
            if let Some(seconds) = in_parts(sheet, row, *field)? {
                return Ok(Some(seconds));
            }
            let Some((column, cell)) = sheet.find(row, *field) else { continue };
            let cell = shifted_back(cell).filter(|_| self.shifted.contains(&column.index)).unwrap_or(cell);
            let unit = match (time_unit(sheet, row, column), cell.contains(':')) {
                (Some(TimeUnit::H), true) => Some(TimeUnit::HhMm),
                (Some(TimeUnit::MmSs), true) => None,
                (unit, true) => self.colon_unit(column, cell, metres).or(unit),
                (unit, false) => unit,
            };
            let bad = || Fault::BadDuration { cell: cell.to_owned() };
            let seconds = match durations::read(cell, unit, sheet.mark(column)).ok_or_else(bad)? {
                DurationCell::Seconds(value) => durations::whole_seconds(value, TimeUnit::S),
                DurationCell::Bare(value) => {
                    let guessed = self.times.get(&column.index).map_or(TimeUnit::S, |guess| guess.0);
                    durations::whole_seconds(value, unit.filter(|unit| !unit.is_form()).unwrap_or(guessed))
                }
            };
            return Ok(Some(seconds.ok_or_else(bad)?));
        }
        Ok(None)
    }

    /// The meaning of `0:51` in this row.
    fn colon_unit(&self, column: &Column, cell: &str, metres: Option<f64>) -> Option<TimeUnit> {
        let (as_hours, as_minutes) = both_readings(cell)?;
        let hours = match self.colons.get(&column.index)? {
            Colon::Hours => true,
            Colon::ByRow => match metres.filter(|metres| *metres > 0.0) {
                Some(metres) => !is_pace(as_minutes, metres) && is_pace(as_hours, metres),
                None => as_minutes < SHORTEST_USUAL_S,
            },
        };
        hours.then_some(TimeUnit::HhMm)
    }

    fn settle_colons(&self, sheet: &Sheet<'_>, options: &CsvOptions) -> BTreeMap<usize, Colon> {
        let mut found = BTreeMap::new();
        let columns = TIMES.iter().filter(|field| **field != Field::Time || !sheet.time_is_start());
        for column in columns.flat_map(|field| sheet.columns(*field)) {
            let (mut hours, mut minutes, mut others) = (0_u32, 0_u32, 0_u32);
            let mut longest: f64 = 0.0;
            for row in sheet.rows {
                let cell = row.cell(column.index);
                let Some((as_hours, as_minutes)) = both_readings(cell) else {
                    others += u32::from(cell.contains(|c: char| c.is_ascii_digit()));
                    continue;
                };
                if matches!(time_unit(sheet, row, column), Some(TimeUnit::H | TimeUnit::HhMm | TimeUnit::MmSs)) {
                    continue;
                }
                longest = longest.max(as_minutes);
                let written = distance(sheet, row, options).ok().flatten();
                let metres = written.and_then(|written| written.in_metres(sheet, None, self).ok());
                let Some(metres) = metres.map(|distance| f64::from(distance.m)).filter(|metres| *metres > 0.0) else {
                    continue;
                };
                match (is_pace(as_hours, metres), is_pace(as_minutes, metres)) {
                    (true, false) => hours += 1,
                    (false, true) => minutes += 1,
                    _ => {}
                }
            }
            match (hours, minutes) {
                (1.., 0) => _ = found.insert(column.index, Colon::Hours),
                (1.., _) => _ = found.insert(column.index, Colon::ByRow),
                (0, 0) if longest > 0.0 && longest < SHORTEST_USUAL_S && others == 0 => {
                    found.insert(column.index, Colon::Hours);
                }
                _ => {}
            }
        }
        found
    }

    fn guess_lengths(
        &self,
        sheet: &Sheet<'_>,
        options: &CsvOptions,
        sports: &SportColumn<'_>,
    ) -> BTreeMap<usize, Guess<LengthUnit>> {
        if sheet.columns(Field::Distance).iter().all(|column| unit_of_column(sheet, column, options).is_some()) {
            return BTreeMap::new();
        }
        let mut open: BTreeMap<usize, Vec<Sample>> = BTreeMap::new();
        for row in sheet.rows {
            let Ok(Some(written)) = distance(sheet, row, options) else { continue };
            if written.unit.is_some() || written.value == 0.0 || sheet.date(row).is_err() {
                continue;
            }
            let samples = open.entry(written.column.index).or_default();
            let (sport, _) = sports.sport(row, true);
            if sport.as_ref().is_some_and(|sport| !sport.is_running() || *sport == Sport::TrackRun) {
                continue;
            }
            let seconds = self.duration(sheet, row, &TIMES, None).ok().flatten().filter(|s| *s > 0).map(f64::from);
            let per_minute = sheet.number(row, Field::Cadence).zip(sheet.number(row, Field::Stride));
            let strides_m = per_minute.zip(seconds).map(|((cadence, stride), s)| cadence * stride * s / 60.0);
            samples.push(Sample { value: written.value, seconds, strides_m: strides_m.filter(|metres| *metres > 0.0) });
        }
        open.into_iter().map(|(index, samples)| (index, unit_guess::length(&samples, options.default_unit))).collect()
    }
}

/// `0:51` in seconds, read as hours and minutes and as minutes and seconds.
fn both_readings(cell: &str) -> Option<(f64, f64)> {
    if cell.matches(':').count() != 1 {
        return None;
    }
    let read = |unit| match durations::read(cell, unit, numbers::Mark::Point)? {
        DurationCell::Seconds(value) => Some(value),
        DurationCell::Bare(_) => None,
    };
    read(Some(TimeUnit::HhMm)).zip(read(None))
}

fn is_pace(seconds: f64, metres: f64) -> bool {
    PACES_S_PER_KM.contains(&(seconds * 1_000.0 / metres))
}

/// The sum of hours, minutes and seconds in separate columns.
fn in_parts(sheet: &Sheet<'_>, row: &Row, field: Field) -> Result<Option<u32>, Fault> {
    let columns = sheet.columns(field);
    // Most rows have one column, whose header need not be looked at.
    if columns.len() < 2 {
        return Ok(None);
    }
    let columns: Vec<&Column> = columns.iter().filter(|column| column.is_bare_time_unit()).collect();
    if columns.len() < 2 {
        return Ok(None);
    }
    let (mut total, mut any) = (0.0, false);
    for column in columns {
        let cell = row.cell(column.index);
        if words::is_missing(cell) {
            continue;
        }
        let bad = || Fault::BadDuration { cell: cell.to_owned() };
        let value = numbers::number(cell, sheet.mark(column)).filter(|value| *value >= 0.0).ok_or_else(bad)?;
        total += value * words::time_unit(&column.header).map_or(1.0, TimeUnit::seconds);
        any = true;
    }
    Ok(durations::whole_seconds(total, TimeUnit::S).filter(|_| any))
}

fn time_unit(sheet: &Sheet<'_>, row: &Row, column: &Column) -> Option<TimeUnit> {
    sheet
        .cell(row, Field::DurationUnit)
        .and_then(words::time_unit)
        .or_else(|| column.unit.as_deref().and_then(words::time_unit))
        .or(sheet.dialect().duration_unit)
}

fn guess_times(sheet: &Sheet<'_>) -> BTreeMap<usize, Guess<TimeUnit>> {
    let mut bare: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for row in sheet.rows {
        for field in TIMES {
            let Some((column, cell)) = sheet.find(row, field) else { continue };
            if field == Field::Time && sheet.time_is_start() || time_unit(sheet, row, column).is_some() {
                continue;
            }
            if let Some(DurationCell::Bare(value)) = durations::read(cell, None, sheet.mark(column)) {
                bare.entry(column.index).or_default().push(value);
            }
        }
    }
    bare.into_iter().map(|(index, values)| (index, unit_guess::time(values.into_iter()))).collect()
}

/// Why `32:16:00` is read as minutes and seconds.
const BESIDE_OTHERS: &str = "because nobody runs for so many hours, and the cells beside it are minutes and seconds";

/// From this many hours on, the third part of a time may have been added by a spreadsheet.
const MANY_HOURS: u32 = 10;

/// The columns in which every time with three parts would be of many hours and ends in `:00`, among times with two
/// parts.
fn shifted_times(sheet: &Sheet<'_>) -> BTreeSet<usize> {
    let columns = TIMES.iter().filter(|field| **field != Field::Time || !sheet.time_is_start());
    let is_shifted = |column: &&Column| {
        let cells = || sheet.rows.iter().map(|row| row.cell(column.index));
        let three = || cells().filter(|cell| cell.matches(':').count() == 2);
        cells().any(|cell| cell.matches(':').count() == 1)
            && three().next().is_some()
            && three().all(|cell| shifted_back(cell).is_some())
    };
    columns.flat_map(|field| sheet.columns(*field)).filter(is_shifted).map(|column| column.index).collect()
}

/// `32:16` for `32:16:00`, if that would be many hours.
fn shifted_back(cell: &str) -> Option<&str> {
    let (front, _) = cell.trim().rsplit_once(':').filter(|(_, last)| last.bytes().all(|digit| digit == b'0'))?;
    let (first, _) = front.split_once(':')?;
    first.parse::<u32>().is_ok_and(|first| first >= MANY_HOURS).then_some(front)
}

fn header_of(sheet: &Sheet<'_>, fields: &[Field], index: usize) -> String {
    let mut columns = fields.iter().flat_map(|field| sheet.columns(*field));
    columns.find(|column| column.index == index).map(|column| column.header.clone()).unwrap_or_default()
}
