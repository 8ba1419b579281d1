//! Rows of a run log to activities, and the pain columns that some runners keep beside them to notes. It decides
//! nothing about time zones or merging.

use std::collections::BTreeMap;

use chrono::Timelike;

use super::CsvOptions;
use super::dialect::{Column, Field};
use super::durations::{self, DurationCell};
use super::numbers;
use super::pain_table;
use super::sheet::Sheet;
use super::table::Row;
use super::unit_guess::{self, Guess, Sample};
use super::words::{self, LengthUnit, TimeUnit};
use crate::import::imported::Imported;
use crate::import::sport_names;
use crate::model::activity::{Activity, Distance, DistanceFrom, SourceKind, Start};
use crate::model::assumption::{Assumed, AssumptionKind};
use crate::model::note::{Given, Note, NoteOrigin};
use crate::model::problem::{Fault, Place};
use crate::model::sport::Sport;
use crate::model::units::whole_metres;

/// No run is longer; a larger figure is a slip or the wrong unit.
const LONGEST_M: f64 = 1_000_000.0;

/// Every activity and note of the table, and a problem for each row that is lost.
pub fn read(sheet: &Sheet<'_>, options: &CsvOptions) -> Imported {
    let mut imported = Imported { dialect: Some(sheet.dialect().name.clone()), ..Imported::default() };
    let times = guess_times(sheet);
    let lengths = guess_lengths(sheet, options, &times);
    let mut guessed = Vec::new();
    for (column, (unit, why)) in &lengths {
        let name = header_of(sheet, &[Field::Distance], *column);
        guessed.extend(why.map(|because| (name, unit.sign(), because)));
    }
    for (column, (unit, why)) in &times {
        let name = header_of(sheet, &[Field::Duration, Field::Moving, Field::Elapsed, Field::Time], *column);
        let unit = if *unit == TimeUnit::S { "seconds" } else { "minutes" };
        guessed.extend(why.map(|because| (name, unit, because)));
    }
    for row in sheet.rows {
        match entry(sheet, row, options, &lengths, &times) {
            Ok(Entry::Activity(activity)) => imported.activities.push(*activity),
            Ok(Entry::NoRun(note)) => imported.notes.extend(note),
            Err(fault) => {
                imported.problems.push(fault.at(Place::Line(row.line)));
                continue;
            }
        }
        match pain_note(sheet, row) {
            Ok(note) => imported.notes.extend(note),
            Err(fault) => imported.problems.push(fault.at(Place::Line(row.line))),
        }
    }
    if sheet.dialect().generic && !times_are_exact(&imported.activities) {
        imported.activities.iter_mut().for_each(|activity| activity.by_hand = true);
    }
    let count = imported.activities.len() as u64;
    for (column, unit, because) in guessed {
        let about = format!("column \"{}\", which was read in {unit} {because}", column.trim());
        let assumed = Assumed::new(AssumptionKind::UnitGuessed, about, count);
        imported.assumptions.push(if because == unit_guess::NOTHING_TELLS { assumed.doubtful() } else { assumed });
    }
    imported
}

/// True where most times of day have seconds, which people do not type.
fn times_are_exact(activities: &[Activity]) -> bool {
    let starts = activities.iter().filter_map(|activity| activity.start);
    let seconds: Vec<u32> = starts
        .filter_map(|start| match start {
            Start::Zoned(time) => Some(time.second()),
            Start::Instant(time) => Some(time.second()),
            Start::Local(time) => Some(time.second()),
            Start::Date(_) => None,
        })
        .collect();
    2 * seconds.iter().filter(|second| **second > 0).count() > seconds.len()
}

/// What a row of a log tells of.
enum Entry {
    Activity(Box<Activity>),
    /// A day without a run, with what was written about it, or nothing at all.
    NoRun(Option<Note>),
}

pub(super) type Lengths = BTreeMap<usize, Guess<LengthUnit>>;
pub(super) type Times = BTreeMap<usize, Guess<TimeUnit>>;

pub(super) fn header_of(sheet: &Sheet<'_>, fields: &[Field], index: usize) -> String {
    let mut columns = fields.iter().flat_map(|field| sheet.columns(*field));
    columns.find(|column| column.index == index).map(|column| column.header.clone()).unwrap_or_default()
}

fn entry(sheet: &Sheet<'_>, row: &Row, options: &CsvOptions, lengths: &Lengths, times: &Times) -> Result<Entry, Fault> {
    let written = distance(sheet, row, options)?;
    let elapsed_s = duration(sheet, row, &[Field::Elapsed, Field::Duration, Field::Time], times)?;
    let moving_s = duration(sheet, row, &[Field::Moving], times)?;
    let nothing_run = written.as_ref().is_none_or(|d| d.value == 0.0)
        && elapsed_s.is_none_or(|s| s == 0)
        && moving_s.is_none_or(|s| s == 0);
    if sheet.dialect().generic && nothing_run && names_no_run(sheet, row) {
        return Ok(Entry::NoRun(day_without_run(sheet, row, written.is_some())?));
    }
    let mut activity = Activity::new(SourceKind::Row);
    activity.start = Some(sheet.start(row)?);
    activity.sport = sport(sheet, row);
    let running = activity.sport.as_ref().is_none_or(Sport::is_running);
    activity.distance = match written {
        // A run of no length was recorded without one: a treadmill, or a watch without GPS.
        Some(written) if written.value == 0.0 && running => None,
        Some(written) => Some(written.in_metres(sheet, activity.sport.as_ref(), lengths)?),
        None => None,
    };
    activity.elapsed_s = elapsed_s;
    activity.moving_s = moving_s;
    activity.shoe = sheet.cell(row, Field::Shoe).map(str::to_owned);
    activity.title = sheet.text(row, Field::Title);
    activity.description = sheet.text(row, Field::Notes);
    activity.private_note = sheet.text(row, Field::PrivateNote);
    activity.attached = sheet.cell(row, Field::File).map(str::to_owned).into_iter().collect();
    activity.record = Some(row.line);
    Ok(Entry::Activity(Box::new(activity)))
}

/// A distance cell as written.
pub(super) struct DistanceCell<'a> {
    /// The number in the cell.
    pub value: f64,
    /// The cell it stands in.
    pub cell: &'a str,
    column: &'a Column,
    unit: Option<LengthUnit>,
}

impl DistanceCell<'_> {
    /// In metres, where the figure can be a run's.
    pub fn in_metres(&self, sheet: &Sheet<'_>, sport: Option<&Sport>, lengths: &Lengths) -> Result<Distance, Fault> {
        let track =
            sheet.dialect().track_distance_unit.filter(|_| sport == Some(&Sport::TrackRun) && self.value >= 100.0);
        let guessed = lengths.get(&self.column.index).map_or(LengthUnit::Km, |guess| guess.0);
        let metres = self.value * self.unit.or(track).unwrap_or(guessed).metres();
        let bad = || Fault::BadNumber { column: self.column.header.clone(), cell: self.cell.to_owned() };
        let m = whole_metres(metres).filter(|_| metres <= LONGEST_M).ok_or_else(bad)?;
        Ok(Distance { m, from: DistanceFrom::Row })
    }
}

/// The distance of a row: its unit stands in the cell, a column of its own, the header, the dialect or the
/// configuration, or is left open.
pub(super) fn distance<'a>(
    sheet: &'a Sheet<'a>,
    row: &'a Row,
    options: &CsvOptions,
) -> Result<Option<DistanceCell<'a>>, Fault> {
    let Some((column, cell)) = sheet.find(row, Field::Distance) else { return Ok(None) };
    let bad = || Fault::BadNumber { column: column.header.clone(), cell: cell.to_owned() };
    let (value, rest) =
        numbers::quantity(cell, sheet.mark(column)).filter(|(value, _)| *value >= 0.0).ok_or_else(bad)?;
    let in_cell = match rest.split_whitespace().next() {
        Some(word) => Some(words::length_unit(word).ok_or_else(bad)?),
        None => None,
    };
    let dialect = sheet.dialect();
    let unit = in_cell
        .or_else(|| sheet.cell(row, Field::DistanceUnit).and_then(words::length_unit))
        .or_else(|| column.unit.as_deref().and_then(words::length_unit))
        .or_else(|| dialect.repeated_distance_unit.filter(|_| column.last_of_several))
        .or(dialect.distance_unit)
        .or_else(|| options.columns.get("distance_unit").and_then(|word| words::length_unit(word)));
    Ok(Some(DistanceCell { value, cell, column, unit }))
}

/// Whole seconds of the first of these facts that the row holds.
fn duration(sheet: &Sheet<'_>, row: &Row, fields: &[Field], times: &Times) -> Result<Option<u32>, Fault> {
    for field in fields.iter().filter(|field| **field != Field::Time || !sheet.time_is_start()) {
        let Some((column, cell)) = sheet.find(row, *field) else { continue };
        let unit = time_unit(sheet, row, column);
        let bad = || Fault::BadDuration { cell: cell.to_owned() };
        let seconds = match durations::read(cell, unit, sheet.mark(column)).ok_or_else(bad)? {
            DurationCell::Seconds(value) => durations::whole_seconds(value, TimeUnit::S),
            DurationCell::Bare(value) => {
                let guessed = times.get(&column.index).map_or(TimeUnit::S, |guess| guess.0);
                durations::whole_seconds(value, unit.unwrap_or(guessed))
            }
        };
        return Ok(Some(seconds.ok_or_else(bad)?));
    }
    Ok(None)
}

fn time_unit(sheet: &Sheet<'_>, row: &Row, column: &Column) -> Option<TimeUnit> {
    sheet
        .cell(row, Field::DurationUnit)
        .and_then(words::time_unit)
        .or_else(|| column.unit.as_deref().and_then(words::time_unit))
        .or(sheet.dialect().duration_unit)
}

fn guess_times(sheet: &Sheet<'_>) -> Times {
    let mut bare: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for row in sheet.rows {
        for field in [Field::Elapsed, Field::Duration, Field::Moving, Field::Time] {
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

pub(super) fn guess_lengths(sheet: &Sheet<'_>, options: &CsvOptions, times: &Times) -> Lengths {
    let mut open: BTreeMap<usize, Vec<Sample>> = BTreeMap::new();
    for row in sheet.rows {
        let Ok(Some(written)) = distance(sheet, row, options) else { continue };
        if written.unit.is_some() || written.value == 0.0 || sheet.date(row).is_err() {
            continue;
        }
        let samples = open.entry(written.column.index).or_default();
        let sport = sport(sheet, row);
        if sport.as_ref().is_some_and(|sport| !sport.is_running() || *sport == Sport::TrackRun) {
            continue;
        }
        let fields = [Field::Moving, Field::Elapsed, Field::Duration, Field::Time];
        let seconds = duration(sheet, row, &fields, times).ok().flatten().filter(|s| *s > 0).map(f64::from);
        let per_minute = sheet.number(row, Field::Cadence).zip(sheet.number(row, Field::Stride));
        let strides_m = per_minute.zip(seconds).map(|((cadence, stride), s)| cadence * stride * s / 60.0);
        samples.push(Sample { value: written.value, seconds, strides_m: strides_m.filter(|metres| *metres > 0.0) });
    }
    open.into_iter().map(|(index, samples)| (index, unit_guess::length(&samples, options.default_unit))).collect()
}

/// The sport as the row names it. A log kept by hand without such a word is a log of runs, and "tempo" or "easy" in
/// its column of sports is a run too.
fn sport(sheet: &Sheet<'_>, row: &Row) -> Option<Sport> {
    let dialect = sheet.dialect();
    let otherwise = dialect.generic.then_some(Sport::Run);
    let Some(word) = sheet.cell(row, Field::Sport) else { return otherwise };
    let word = dialect.sports.get(word).map_or(word, String::as_str);
    let word = word.strip_prefix(dialect.sport_prefix.as_str()).unwrap_or(word);
    match sport_names::sport(word) {
        Some(Sport::Other(_)) if dialect.generic && words::is_kind_of_run(word) => Some(Sport::Run),
        known => known.or(otherwise),
    }
}

/// True where a row without distance and duration names no sport, or says that it is a day of rest.
fn names_no_run(sheet: &Sheet<'_>, row: &Row) -> bool {
    sheet.cell(row, Field::Sport).is_none_or(words::is_rest)
}

fn day_without_run(sheet: &Sheet<'_>, row: &Row, zero_written: bool) -> Result<Option<Note>, Fault> {
    let texts = [Field::Sport, Field::Title, Field::Notes].iter().filter_map(|field| sheet.text(row, *field));
    let mut text = texts.collect::<Vec<_>>().join("; ");
    if text.is_empty() && zero_written {
        "off".clone_into(&mut text);
    }
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(note(sheet.date(row)?.date, text, row, Given::default())))
}

/// What the pain columns of a run log say of the day.
fn pain_note(sheet: &Sheet<'_>, row: &Row) -> Result<Option<Note>, Fault> {
    let Some(date) = [Field::Severity, Field::Side, Field::BodyPart]
        .iter()
        .any(|field| sheet.text(row, *field).is_some())
        .then(|| sheet.date(row))
    else {
        return Ok(None);
    };
    let (mut given, text) = pain_table::given(sheet, row)?;
    if given.location.is_none() && !sheet.has(Field::BodyPart) {
        // A column headed "hip pain" names the part for all its cells.
        given.location = sheet.find(row, Field::Severity).map(|(column, _)| column.header.clone());
    }
    Ok(Some(note(date?.date, text, row, given)))
}

fn note(date: chrono::NaiveDate, text: String, row: &Row, given: Given) -> Note {
    Note { date, text, source: String::new(), line: Some(row.line), origin: NoteOrigin::Table, given, heading: None }
}
