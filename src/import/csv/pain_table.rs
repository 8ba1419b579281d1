//! Turns rows of a pain table into notes: side, body part and score from their columns, everything else as words. It
//! does not interpret the words.

use chrono::NaiveDate;

use super::CsvOptions;
use super::asked;
use super::dialect::{Column, Field};
use super::lead::Lead;
use super::numbers;
use super::sheet::Sheet;
use super::table::Row;
use super::told::Told;
use super::words;
use crate::import::imported::Imported;
use crate::model::concern::Concern;
use crate::model::fault::Fault;
use crate::model::note::{Given, Note, NoteOrigin};
use crate::model::problem::Place;

/// Scores are converted to this scale.
const SCALE: f64 = 10.0;

/// Every note of the table below these headers, and a problem for each row that is lost.
pub fn read(sheet: &Sheet<'_>, headers: &[String], options: &CsvOptions) -> Imported {
    let told = Told::of(sheet, headers, options.classifier);
    let mut imported = Imported { dialect: Some(sheet.dialect().name.clone()), ..Imported::default() };
    let mut above = RowAbove::default();
    let names_the_hip = |column: &&Column| told.names_the_hip(column.header.trim());
    let of_the_hip: Vec<usize> =
        sheet.columns(Field::Severity).iter().filter(names_the_hip).map(|column| column.index).collect();
    for row in sheet.rows {
        let words = words_of(sheet, &told, row, &of_the_hip);
        match note(sheet, row, words, &mut above, options) {
            Ok(note) => imported.notes.extend(note),
            Err(fault) => imported.problems.push(fault.at(Place::Line(row.line))),
        }
    }
    imported
}

/// What a row says in words. A score that denies goes with the one thing that is scored, "bladder trouble: no", and beside the scores
/// of other parts the one of the hip is named: one in a column of `of_the_hip`.
fn words_of(sheet: &Sheet<'_>, told: &Told, row: &Row, of_the_hip: &[usize]) -> Option<String> {
    let used = used(sheet, row);
    let score = scored(sheet, row);
    let denied = score.filter(|(_, cell)| asked::denies(cell)).and_then(|_| told.only_thing(row, &used));
    let denial = denied.and_then(|thing| Lead::asking(thing.trim_end_matches(['?', ':', ' ']).to_owned()).with("no"));
    if denial.is_some() {
        return denial;
    }
    let words = told.words(row, &used)?;
    let figure = score.filter(|(_, cell)| cell.starts_with(|c: char| c.is_ascii_digit()));
    let column = figure.map(|(column, _)| column).filter(|column| of_the_hip.contains(&column.index));
    Some(join(column.map(|column| column.header.trim().to_owned()).unwrap_or_default(), words))
}

/// The cells of the row above, which empty cells repeat.
#[derive(Default)]
struct RowAbove {
    day: Option<String>,
    month: Option<String>,
    year: Option<String>,
    part: Option<String>,
}

/// The columns whose cells [`given`] reads.
pub fn used(sheet: &Sheet<'_>, row: &Row) -> Vec<usize> {
    let column = |field| sheet.find(row, field).map(|(column, _)| column.index);
    let place = column(Field::BodyPart).or_else(|| column(Field::Location));
    let score = scored(sheet, row).map(|(column, _)| column.index);
    [column(Field::Side), place, score].into_iter().flatten().collect()
}

/// The column and cell of the row's score: of several, the highest.
fn scored<'s>(sheet: &'s Sheet<'_>, row: &'s Row) -> Option<(&'s Column, &'s str)> {
    let columns = sheet.columns(Field::Severity).iter();
    let filled: Vec<(&Column, &str)> =
        columns.map(|column| (column, row.cell(column.index))).filter(|(_, cell)| !cell.is_empty()).collect();
    let value = |(column, cell): &(&Column, &str)| numbers::quantity(cell, sheet.mark(column)).map(|(value, _)| value);
    let highest = filled.iter().filter_map(value).reduce(f64::max);
    let is_highest = |one: &&(&Column, &str)| highest.is_some() && value(one) == highest;
    filled.iter().find(is_highest).or_else(|| filled.first()).copied()
}

fn note(
    sheet: &Sheet<'_>,
    row: &Row,
    words: Option<String>,
    above: &mut RowAbove,
    options: &CsvOptions,
) -> Result<Option<Note>, Fault> {
    let part = sheet.text(row, Field::BodyPart).or_else(|| sheet.text(row, Field::Location));
    let carried = sheet.dialect().carries_down;
    if carried {
        carry(&mut above.part, part);
        // Some diaries write 0 in an empty cell.
        let filled = |field| sheet.text(row, field).filter(|cell| cell != "0");
        carry(&mut above.day, filled(Field::StartDay));
        carry(&mut above.month, filled(Field::StartMonth));
        carry(&mut above.year, filled(Field::StartYear));
    }
    let date = if carried { carried_date(sheet, row, above)? } else { sheet.date(row)?.date };
    let (mut given, text) = given(sheet, row)?;
    // What is told of another part may be a sign all the same: "saddle area", "numb".
    let elsewhere = given.location.clone().filter(|place| options.classifier.concern(place) == Concern::Body);
    let text = join(elsewhere.unwrap_or_default(), text);
    let mut text = join(text, words.unwrap_or_default());
    if carried {
        given.location.clone_from(&above.part);
    }
    if sheet.has(Field::Injury) {
        text = join(injury(sheet, row)?, text);
        if text.is_empty() {
            return Ok(None);
        }
    }
    let line = Some(row.line);
    Ok(Some(Note { date, text, source: String::new(), line, origin: NoteOrigin::Table, given, heading: None }))
}

fn carry(above: &mut Option<String>, cell: Option<String>) {
    if cell.is_some() {
        *above = cell;
    }
}

/// The date given by day, month and year, or the date column where one of them is missing here and above.
fn carried_date(sheet: &Sheet<'_>, row: &Row, above: &RowAbove) -> Result<NaiveDate, Fault> {
    let (Some(day), Some(month), Some(year)) = (&above.day, &above.month, &above.year) else {
        return sheet.date(row).map(|moment| moment.date);
    };
    let bad = || Fault::BadDate { cell: format!("{year}-{month}-{day}") };
    let month = month.parse().ok().or_else(|| words::month(month)).ok_or_else(bad)?;
    let year: i32 = year.parse().ok().filter(|year| (1_900..2_200).contains(year)).ok_or_else(bad)?;
    NaiveDate::from_ymd_opt(year, month, day.parse().map_err(|_| bad())?).ok_or_else(bad)
}

/// What the columns of a row say, and its words. A side or score that is not one of the known values is kept as
/// words.
pub fn given(sheet: &Sheet<'_>, row: &Row) -> Result<(Given, String), Fault> {
    let mut text = String::new();
    let side_word = sheet.text(row, Field::Side).filter(|word| !words::is_missing(word));
    let named = side_word.as_deref().and_then(words::side);
    // "Hip pain (R)"
    let in_header = || scored(sheet, row)?.0.unit.as_deref().and_then(words::side);
    let side = named.or_else(in_header);
    if named.is_none() {
        text = join(text, side_word.unwrap_or_default());
    }
    let (severity, words) = severity(sheet, row)?;
    text = join(text, words);
    let location = sheet.text(row, Field::BodyPart).or_else(|| sheet.text(row, Field::Location));
    let location = location.filter(|part| !words::is_missing(part));
    Ok((Given { side, location, severity }, text))
}

/// The score on 0–10 and the words next to it. `4/10` and `3/5` have their own scale; of `3-4` the upper end counts.
fn severity(sheet: &Sheet<'_>, row: &Row) -> Result<(Option<f64>, String), Fault> {
    let Some((column, cell)) = scored(sheet, row) else { return Ok((None, String::new())) };
    if asked::denies(cell) {
        return Ok((Some(0.0), String::new()));
    }
    if words::is_missing(cell) {
        return Ok((None, String::new()));
    }
    if !cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '−' | '.' | ',')) {
        // The header tells what is mild or sore: "hip pain: mild".
        return Ok((None, format!("{}: {cell}", column.header)));
    }
    let bad = || Fault::BadScore { cell: cell.to_owned() };
    let mark = sheet.mark(column);
    let (score, scale) = match cell.split_once('/') {
        Some((score, scale)) => (score, Some(numbers::number(scale, mark).ok_or_else(bad)?)),
        None => (cell, None),
    };
    let (score, words) = match score.split_once(['-', '–']) {
        Some((low, high)) if numbers::number(low, mark).is_some() => (high, String::new()),
        _ => (score, String::new()),
    };
    let (score, rest) = numbers::quantity(score, mark).ok_or_else(bad)?;
    let in_header = column.unit.as_deref().and_then(|unit| {
        unit.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse::<f64>().ok())
    });
    let scale_max = match (scale, sheet.number(row, Field::ScaleMax)) {
        (Some(scale), _) | (None, Some(scale)) => scale,
        (None, None) => in_header.unwrap_or(SCALE),
    };
    if !(0.0..=scale_max).contains(&score) || scale_max <= 0.0 {
        return Err(bad());
    }
    Ok((Some(score * SCALE / scale_max), join(words, rest)))
}

/// The word that an injury code stands for; empty for "no injury" and for an empty cell.
fn injury(sheet: &Sheet<'_>, row: &Row) -> Result<String, Fault> {
    let Some(cell) = sheet.cell(row, Field::Injury) else { return Ok(String::new()) };
    let mark = cell.trim_end_matches(".0").to_lowercase();
    sheet.dialect().marks.get(&mark).cloned().ok_or_else(|| Fault::BadScore { cell: cell.to_owned() })
}

/// Two texts, parted by a semicolon where both say something.
pub fn join(first: String, second: String) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, _) => second,
        (_, true) => first,
        _ => format!("{first}; {second}"),
    }
}
