//! Calendars of weeks: a column for each day of the week, and a week in each row or block of rows. A cell holds a
//! run, by distance or time, a day of rest, or words.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::CsvOptions;
use super::dates::{self, DayOrder};
use super::durations;
use super::header::Header;
use super::numbers::{self, Mark};
use super::table::{HeaderLine, Row, Source};
use super::unit_guess::{self, Sample};
use super::words::{self, LengthUnit, TimeUnit};
use crate::import::imported::Imported;
use crate::import::sport_names;
use crate::model::activity::{Activity, Distance, DistanceFrom, SourceKind, SportFrom, Start};
use crate::model::assumption::{Assumed, AssumptionKind};
use crate::model::concern::{Concern, ConcernClassifier};
use crate::model::fault::Fault;
use crate::model::note::{Given, Note, NoteOrigin};
use crate::model::problem::{Place, Problem};
use crate::model::sport::Sport;
use crate::model::units::whole_metres;

/// The name of such a table in the ledger.
pub const NAME: &str = "week-calendar";
/// Its name, a description, and how to get it.
pub const DESCRIBED: (&str, &str, &str) = (
    NAME,
    "Calendar of weeks, with a column for each day",
    "Columns Monday to Sunday and the first day of the week in front, or a row of dates above each week; a cell holds a distance, a time or words.",
);
/// The least number of columns of days.
const FEWEST_DAYS: usize = 5;
/// The least number of dates in a row that is a heading for the rows below.
const DATES_OF_A_HEADING: usize = 4;
/// The longest run in metres.
const LONGEST_M: f64 = 200_000.0;

/// Every run and note of a calendar of weeks; `None` if the table is not one.
pub fn read(source: Source<'_>, lines: &[HeaderLine], name: &str, options: &CsvOptions) -> Option<Imported> {
    let (line, days) = lines.iter().find_map(|line| Some((line, day_columns(&line.cells)?)))?;
    let (rows, problems) = source.rows(line);
    let classifier = options.classifier;
    let year = dates::year_in(&source.above(line)).or_else(|| dates::year_in(name));
    let cells = || rows.iter().flat_map(|row| days.iter().map(|(index, _)| row.cell(*index)));
    let mark = numbers::settle(cells()).unwrap_or(Mark::Point);
    let mut calendar = Calendar {
        days,
        mark,
        year,
        order: DayOrder::Unsettled,
        entries: Vec::new(),
        problems,
        undated: 0,
        classifier,
    };
    calendar.order = dates::settle(rows.iter().flat_map(|row| &row.cells).map(|cell| cell.trim()));
    calendar.collect(&rows);
    if calendar.entries.is_empty() {
        let fault = Fault::WeeksWithoutDate { count: calendar.undated };
        return (calendar.undated > 0).then(|| Imported::failed(fault.at(Place::File)));
    }
    let unit = line.cells.iter().find_map(|cell| words::length_unit(&Header::new(cell).unit?));
    let above = source.above(line);
    let unit = unit.or_else(|| {
        above.split(|c: char| !c.is_alphanumeric()).find_map(words::length_unit).filter(|unit| *unit != LengthUnit::M)
    });
    Some(calendar.imported(unit, options))
}

/// The columns of days with their day of the week, Monday as 1; `None` if there are too few, or where another
/// column shows that the table is something else.
fn day_columns(header: &[String]) -> Option<Vec<(usize, u32)>> {
    let mut days: Vec<(usize, u32)> = Vec::new();
    for (index, cell) in header.iter().enumerate() {
        let first = cell.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
        match words::weekday(first) {
            Some(day) if days.iter().all(|(_, known)| *known != day) => days.push((index, day)),
            None if first.is_empty() || words::is_week(cell) || words::is_beside_a_calendar(cell) => {}
            _ => return None,
        }
    }
    (days.len() >= FEWEST_DAYS).then_some(days)
}

/// The contents of a day's cell.
struct Entry {
    date: NaiveDate,
    line: u64,
    text: String,
    /// The clause of the text that describes the run.
    clause: String,
    /// The number that is a distance, and its unit if the cell gives one.
    distance: Option<(f64, Option<LengthUnit>)>,
    seconds: Option<u32>,
}

impl Entry {
    /// True for repetitions such as `6x800`, which become a note and may have been a run.
    fn is_unread(&self) -> bool {
        let first = self.text.split_whitespace().next().unwrap_or_default();
        let behind = first.trim_start_matches(|c: char| c.is_ascii_digit());
        let repeats = behind.len() < first.len()
            && behind
                .strip_prefix(['x', 'X', '×', '*'])
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        repeats && self.distance.is_none() && self.seconds.is_none()
    }
}

/// The sum of `5+3`, two runs of a day.
fn sum(token: &str, mark: Mark) -> Option<f64> {
    let parts: Vec<f64> = token.split('+').map(|part| numbers::number(part, mark)).collect::<Option<_>>()?;
    (parts.len() > 1 && parts.iter().all(|part| *part > 0.0)).then(|| parts.iter().sum())
}

struct Calendar {
    days: Vec<(usize, u32)>,
    mark: Mark,
    year: Option<i32>,
    order: DayOrder,
    entries: Vec<Entry>,
    problems: Vec<Problem>,
    undated: u64,
    classifier: ConcernClassifier,
}

impl Calendar {
    fn collect(&mut self, rows: &[Row]) {
        let mut heading: BTreeMap<usize, NaiveDate> = BTreeMap::new();
        for row in rows {
            let dates: BTreeMap<usize, NaiveDate> =
                self.days.iter().filter_map(|(index, _)| Some((*index, self.date(row.cell(*index))?))).collect();
            if dates.len() >= DATES_OF_A_HEADING {
                heading = dates;
                continue;
            }
            let beside: Vec<&str> = (0..row.cells.len())
                .filter(|index| self.days.iter().all(|(day, _)| day != index))
                .map(|index| row.cell(index))
                .filter(|cell| !cell.is_empty())
                .collect();
            let by_week = beside.iter().find_map(|cell| self.week(cell));
            let sums = by_week.is_none() && beside.iter().any(|cell| words::is_whole(cell));
            if sums || beside.iter().any(|cell| words::is_planned(cell)) {
                continue;
            }
            let mut undated: Vec<&str> = Vec::new();
            let columns = self.days.clone();
            for (index, _) in columns {
                let cell = row.cell(index);
                if words::is_missing(cell) || words::weekday(cell).is_some() {
                    continue;
                }
                let date = by_week.as_ref().unwrap_or(&heading).get(&index).copied();
                match date {
                    Some(date) => {
                        let entry = self.entry(cell, date, row.line);
                        if entry.is_unread() {
                            let fault = Fault::RepeatsWithoutDistance { cell: cell.to_owned() };
                            self.problems.push(fault.at(Place::Line(row.line)));
                        }
                        self.entries.push(entry);
                    }
                    None => undated.push(cell),
                }
            }
            // A remark on the whole week has no day.
            let last = by_week.as_ref().unwrap_or(&heading).values().max().copied();
            let wordy = beside.iter().filter(|cell| cell.contains(char::is_alphabetic));
            for cell in wordy.filter(|cell| self.classifier.concern(cell) >= Concern::Body) {
                let fault = Fault::LineWithoutDay { line: (*cell).to_owned(), perhaps: last };
                self.problems.push(fault.at(Place::Line(row.line)));
            }
            if let Some(first) = undated.first() {
                let (count, cell) = (undated.len() as u64, (*first).to_owned());
                self.undated += count;
                self.problems.push(Fault::WeekWithoutDate { count, cell }.at(Place::Line(row.line)));
            }
        }
    }

    fn date(&self, cell: &str) -> Option<NaiveDate> {
        if let Ok(moment) = dates::read(cell, self.order) {
            return Some(moment.date).filter(|_| !cell.bytes().all(|c| c.is_ascii_digit()));
        }
        let (month, day) = dates::without_year(cell, self.order)?;
        NaiveDate::from_ymd_opt(self.year?, month, day)
    }

    /// The dates of the columns in the week of a cell, which holds a day in it or `2026-W10`.
    fn week(&self, cell: &str) -> Option<BTreeMap<usize, NaiveDate>> {
        let written = cell.trim_start_matches(|c: char| !c.is_ascii_digit());
        let day = dates::monday_of_week(cell).or_else(|| self.date(cell)).or_else(|| self.date(written))?;
        let first = self.days.first()?.1;
        let back = (day.weekday().number_from_monday() + 7 - first) % 7;
        let start = day.checked_sub_days(Days::new(u64::from(back)))?;
        let place = |(index, weekday): &(usize, u32)| {
            Some((*index, start.checked_add_days(Days::new(u64::from((weekday + 7 - first) % 7)))?))
        };
        self.days.iter().map(place).collect()
    }

    /// The contents of a cell: the first of its clauses with a distance, or else with a time, is the run of the day.
    fn entry(&self, cell: &str, date: NaiveDate, line: u64) -> Entry {
        let tokens: Vec<&str> = cell.split_whitespace().collect();
        let clauses = tokens.split_inclusive(|token| words::is_join(token) || token.ends_with([',', ';']));
        let read = |clause: &[&str]| Entry { clause: clause.join(" "), ..self.clause(clause, cell, date, line) };
        let read: Vec<Entry> = clauses.map(read).collect();
        let far = read.iter().position(|entry| entry.distance.is_some());
        let told = far.or_else(|| read.iter().position(|entry| entry.seconds.is_some()));
        let nothing = || Entry { clause: cell.to_owned(), ..self.clause(&[], cell, date, line) };
        told.and_then(|at| read.into_iter().nth(at)).unwrap_or_else(nothing)
    }

    fn clause(&self, tokens: &[&str], cell: &str, date: NaiveDate, line: u64) -> Entry {
        let text = cell.to_owned();
        let mut entry = Entry { date, line, text, clause: String::new(), distance: None, seconds: None };
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| tokens.get(before)).copied().unwrap_or_default();
            // A pace is not a duration.
            if before == "@" || token.starts_with('@') || token.contains('/') && token.contains(':') {
                continue;
            }
            let next = tokens.get(at + 1).copied().unwrap_or_default().trim_end_matches([',', ';', '.']);
            let is_set = next.starts_with(['x', 'X', '×', '*', '/']);
            if token.contains(':') && entry.seconds.is_none() && !next.starts_with('/') {
                let read = durations::read(token.trim_end_matches([',', ';']), None, self.mark);
                entry.seconds = match read {
                    Some(durations::DurationCell::Seconds(value)) => durations::whole_seconds(value, TimeUnit::S),
                    _ => None,
                };
                continue;
            }
            let Some((value, rest)) = numbers::quantity(token, self.mark).filter(|(value, _)| *value > 0.0) else {
                continue;
            };
            let rest = rest.trim_end_matches([',', ';', '.']);
            let unit_word = if rest.is_empty() { next } else { rest };
            let (length, time) = (words::length_unit(unit_word), words::time_unit(unit_word));
            match (length, time) {
                _ if is_set => {}
                (Some(unit), _) if entry.distance.is_none() && unit.metres() * value >= 400.0 => {
                    entry.distance = Some((value, Some(unit)));
                }
                (None, Some(unit)) if entry.seconds.is_none() => entry.seconds = durations::whole_seconds(value, unit),
                (None, None) if at == 0 && rest.is_empty() && !words::is_counted(next) => {
                    entry.distance = Some((value, None));
                }
                (None, None) if at == 0 => {
                    entry.distance = sum(token, self.mark).map(|value| (value, None));
                }
                _ => {}
            }
        }
        entry
    }

    fn imported(self, unit: Option<LengthUnit>, options: &CsvOptions) -> Imported {
        let open = self.entries.iter().filter_map(|entry| entry.distance.filter(|(_, unit)| unit.is_none()));
        let samples: Vec<Sample> = open.map(|(value, _)| Sample { value, seconds: None, strides_m: None }).collect();
        let named = options.columns.get("distance_unit").and_then(|word| words::length_unit(word)).or(unit);
        let (guessed, why) = match named {
            Some(unit) => (unit, None),
            None => unit_guess::length(&samples, options.default_unit),
        };
        let mut imported = Imported { dialect: Some(NAME.to_owned()), problems: self.problems, ..Imported::default() };
        let mut assumed_runs = 0;
        for entry in self.entries {
            let metres = entry.distance.map(|(value, unit)| value * unit.unwrap_or(guessed).metres());
            let m = metres.filter(|metres| *metres <= LONGEST_M).and_then(whole_metres);
            if m.is_none() && entry.seconds.is_none() {
                imported.notes.push(Note {
                    date: entry.date,
                    text: entry.text,
                    source: String::new(),
                    line: Some(entry.line),
                    origin: NoteOrigin::Table,
                    given: Given::default(),
                    heading: None,
                });
                continue;
            }
            let told = sport_names::in_title(&entry.clause, m.is_some());
            assumed_runs += u64::from(told.is_none());
            let from = if told.is_some() { SportFrom::Title } else { SportFrom::Assumed };
            let words = entry.text.contains(|c: char| c.is_alphabetic());
            imported.activities.push(Activity {
                start: Some(Start::Date(entry.date)),
                sport: Some(told.unwrap_or(Sport::Run)),
                sport_from: from,
                distance: m.map(|m| Distance { m, from: DistanceFrom::Row }),
                elapsed_s: entry.seconds,
                description: words.then_some(entry.text),
                record: Some(entry.line),
                ..Activity::new(SourceKind::Row)
            });
        }
        if let Some(because) = why {
            let about = format!("the days of the calendar, which were read in {} {because}", guessed.sign());
            let assumed = Assumed::new(AssumptionKind::UnitGuessed, about, samples.len() as u64);
            let doubtful = because == unit_guess::NOTHING_TELLS;
            imported.assumptions.push(if doubtful { assumed.doubtful() } else { assumed });
        }
        if assumed_runs > 0 {
            imported.assumptions.push(Assumed::new(AssumptionKind::NoSportColumn, "", assumed_runs));
        }
        imported
    }
}
