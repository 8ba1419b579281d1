//! Turns rows of a run log into activities, and pain columns that some runners keep there into notes. It decides
//! nothing about time zones or merging.

use std::collections::BTreeSet;

use chrono::Timelike;

use super::CsvOptions;
use super::asked;
use super::dialect::Field;
use super::figures::{self, Figures};
use super::header::without_scale;
use super::numbered;
use super::pain_table;
use super::plausible::{self, Tally};
use super::repeated;
use super::row_sport::SportColumn;
use super::sheet::Sheet;
use super::table::Row;
use super::told::Told;
use super::typed_times;
use super::unit_guess;
use super::unrecognised;
use super::words;
use crate::import::imported::{Imported, Refusal};
use crate::import::sport_names;
use crate::model::activity::{Activity, SourceKind, SportFrom, Start};
use crate::model::assumption::{Assumed, AssumptionKind};
use crate::model::concern::Concern;
use crate::model::fault::Fault;
use crate::model::note::{Given, Note, NoteOrigin};
use crate::model::problem::Place;
use crate::model::sport::Sport;

/// The most titles shown of rows that are no runs by their titles.
const TITLES_SHOWN: usize = 3;

/// Every activity and note of the table below these headers, and a problem for each lost row.
pub fn read(sheet: &Sheet<'_>, headers: &[String], options: &CsvOptions) -> Imported {
    let mut imported = Imported { dialect: Some(sheet.dialect().name.clone()), ..Imported::default() };
    let sports = SportColumn::of(sheet, options);
    let figures = Figures::of(sheet, options, &sports);
    let told = Told::of(sheet, headers, options.classifier);
    let log = RunLog { sheet, options, sports, figures, told, has_wholes: has_wholes(sheet) };
    let mut tally = Tally::default();
    imported.activities.reserve(sheet.rows.len());
    for row in sheet.rows {
        if log.is_lap(row) {
            tally.laps += 1;
            continue;
        }
        match log.entry(row, &mut tally) {
            Ok(Entry::Activity(activity)) => imported.activities.push(activity),
            Ok(Entry::NoRun(note)) => imported.notes.extend(note),
            Err(fault) => imported.problems.push(fault.at(Place::Line(row.line))),
        }
        // A row without a day is reported only once.
        if sheet.date(row).is_err() {
            continue;
        }
        match log.pain_note(row) {
            Ok(note) => imported.notes.extend(note),
            Err(fault) => imported.problems.push(fault.at(Place::Line(row.line))),
        }
    }
    if sheet.dialect().generic {
        repeated::take_away(sheet, &mut imported);
        if !log.has_wholes {
            numbered::join_parts(sheet, &mut imported);
        }
    }
    if !log.sports.is_there() && sheet.dialect().generic {
        if let Some(why) = plausible::cannot_be_runs(&imported.activities, sheet) {
            let mut texts = (0..headers.len()).filter(|index| !sheet.is_taken(*index) && sheet.holds_words(*index));
            let example = texts.next().and_then(|index| headers.get(index)).map(|header| header.trim().to_owned());
            let fault = Fault::NotAllRuns { why, found: unrecognised::listed(headers), example };
            let refusal = Some(Refusal::Failed(fault.at(Place::File)));
            return Imported { dialect: imported.dialect, refusal, ..Imported::default() };
        }
        plausible::judge_by_pace(&mut imported);
    }
    if sheet.dialect().generic && !times_are_exact(&imported.activities) {
        imported.activities.iter_mut().for_each(|activity| activity.by_hand = true);
    }
    let filed = |row: &Row| sheet.cell(row, Field::File).is_some();
    if !sheet.dialect().generic && sheet.rows.iter().any(filed) {
        // Rows without a file in the app were typed in.
        let typed: BTreeSet<u64> = sheet.rows.iter().filter(|row| !filed(row)).map(|row| row.line).collect();
        let is_typed = |activity: &&mut Activity| activity.record.is_some_and(|line| typed.contains(&line));
        imported.activities.iter_mut().filter(is_typed).for_each(|activity| activity.by_hand = true);
    }
    log.say_what_was_assumed(&tally, &mut imported);
    imported
}

/// True if most times of day have seconds, which people do not type.
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

/// What a row of a log holds.
enum Entry {
    Activity(Activity),
    /// A day without a run, with what was written about it, if anything.
    NoRun(Option<Note>),
}

/// A table with what was found out about its columns.
struct RunLog<'a> {
    sheet: &'a Sheet<'a>,
    options: &'a CsvOptions,
    sports: SportColumn<'a>,
    figures: Figures,
    told: Told,
    /// Whether some rows are laps and others the whole activities.
    has_wholes: bool,
}

/// True if rows in the column of laps are parts of others: some have a number and some do not. A column with names
/// of routes is not one of laps.
fn has_wholes(sheet: &Sheet<'_>) -> bool {
    let numbers = || sheet.rows.iter().filter_map(|row| lap_number(sheet, row));
    sheet.has(Field::Lap)
        && sheet.rows.iter().any(|row| lap_number(sheet, row).is_none())
        && numbers().all(|number| number.contains(|c: char| c.is_ascii_digit()))
}

fn lap_number<'a>(sheet: &'a Sheet<'_>, row: &'a Row) -> Option<&'a str> {
    sheet.cell(row, Field::Lap).filter(|cell| !words::is_whole(cell))
}

impl RunLog<'_> {
    fn is_lap(&self, row: &Row) -> bool {
        self.has_wholes && lap_number(self.sheet, row).is_some()
    }

    fn entry(&self, row: &Row, tally: &mut Tally) -> Result<Entry, Fault> {
        let sheet = self.sheet;
        // A distance of 0 is written for activities without one.
        let covers_ground =
            sheet.cell(row, Field::Distance).is_some_and(|cell| cell.contains(|c| matches!(c, '1'..='9')));
        let (sport, sport_from) = self.sports.sport(row, covers_ground);
        let running = sport.as_ref().is_none_or(Sport::is_running);
        // An unreadable cell in a row of another sport costs no run.
        let written =
            figures::distance(sheet, row, self.options).or_else(|fault| if running { Err(fault) } else { Ok(None) })?;
        let in_metres = written.as_ref().map(|written| written.in_metres(sheet, sport.as_ref(), &self.figures));
        let metres = in_metres.as_ref().and_then(|read| read.as_ref().ok()).map(|distance| f64::from(distance.m));
        let elapsed = [Field::Elapsed, Field::Duration, Field::Time];
        let told_s = self.figures.duration(sheet, row, &elapsed, metres)?;
        let mut elapsed_s = told_s.or_else(|| sheet.span_s(row));
        let mut moving_s = match self.figures.duration(sheet, row, &[Field::Moving], metres) {
            Err(_) if elapsed_s.is_some() || written.is_some() => {
                tally.moving_unreadable += 1;
                None
            }
            moving => moving?,
        };
        if running && typed_times::mend(metres, &mut elapsed_s, &mut moving_s) {
            tally.typed_times += 1;
        }
        let nothing_written = written.as_ref().is_none_or(|d| d.value == 0.0)
            && elapsed_s.is_none_or(|s| s == 0)
            && moving_s.is_none_or(|s| s == 0);
        if nothing_written && running && !self.took_place(row) {
            let names_a_run = self.sports.words(row).any(|word| !words::is_rest(word));
            let note = self.day_without_run(row, written.is_some() && !names_a_run)?;
            tally.planned += u64::from(names_a_run || note.is_none() && self.says_something(row));
            return Ok(Entry::NoRun(note));
        }
        let mut activity = Activity::new(SourceKind::Row);
        activity.start = Some(sheet.start(row)?);
        if let Some(word) = self.sports.doubtful_word(row, sport.as_ref()) {
            *tally.doubtful_words.entry(word.to_owned()).or_default() += 1;
        }
        activity.distance = match (&written, in_metres) {
            // A run of length zero was recorded without a distance: on a treadmill, or by a watch without GPS.
            (Some(written), _) if written.value == 0.0 && running => None,
            (Some(written), _) if !running => sport
                .as_ref()
                .and_then(|sport| written.of_other_sport(sheet, sport, elapsed_s.or(moving_s), &self.figures)),
            (Some(written), Some(read)) => {
                let distance = read?;
                let can_be = plausible::is_distance_of(distance.m, elapsed_s.or(moving_s));
                if !can_be {
                    tally.shifted(written.header(), written.cell, row.line);
                }
                Some(distance).filter(|_| can_be)
            }
            _ => None,
        };
        (activity.sport, activity.sport_from) = (sport, sport_from);
        activity.elapsed_s = elapsed_s;
        activity.moving_s = moving_s;
        activity.shoe = sheet.cell(row, Field::Shoe).map(str::to_owned);
        // The number of a run is not its title.
        activity.title =
            sheet.text(row, Field::Title).filter(|title| title.contains(|c: char| !c.is_ascii_digit() && c != '#'));
        activity.description = self.told(row).filter(|words| !self.goes_with_the_pain(row, words));
        activity.private_note = sheet.text(row, Field::PrivateNote);
        activity.attached = sheet.cell(row, Field::File).map(str::to_owned).into_iter().collect();
        activity.record = Some(row.line);
        Ok(Entry::Activity(activity))
    }

    /// What the row says in words, apart from its title and its pain columns.
    fn told(&self, row: &Row) -> Option<String> {
        let mut used = pain_table::used(self.sheet, row);
        used.extend(self.sheet.find(row, Field::Title).map(|(column, _)| column.index));
        self.told.words(row, &used)
    }

    /// Whether these words of the row are told with what its pain columns say: if those can be read, and the words speak of the
    /// body. Others are of the run.
    fn goes_with_the_pain(&self, row: &Row, words: &str) -> bool {
        tells_of_pain(self.sheet, row)
            && pain_table::given(self.sheet, row).is_ok()
            && self.options.classifier.concern(words) >= Concern::Body
    }

    /// What the pain columns of a run log say of the day, with the words that go with it.
    fn pain_note(&self, row: &Row) -> Result<Option<Note>, Fault> {
        let sheet = self.sheet;
        if !tells_of_pain(sheet, row) {
            return Ok(None);
        }
        let date = sheet.date(row);
        let (mut given, mut text) = pain_table::given(sheet, row)?;
        // Where there is no pain at all there is none in the hip, whatever the column is called.
        let pain_free = given.severity == Some(0.0) && text.is_empty();
        let scored = sheet.find(row, Field::Severity);
        if let Some((column, cell)) = scored.filter(|_| given.location.is_none() && !sheet.has(Field::BodyPart)) {
            // A column headed "hip pain" gives the body part for all its cells, and one headed "pain" leaves it open.
            let header = column.header.clone();
            let bare = without_scale(&header).0;
            let open = asked::is_of_no_part(bare.trim());
            if open && !pain_free {
                text = pain_table::join(format!("{} {cell}", bare.trim()), text);
            }
            given.location = Some(header).filter(|_| !(open && pain_free));
        }
        let words = self.told(row).filter(|words| self.goes_with_the_pain(row, words));
        let text = pain_table::join(text, words.unwrap_or_default());
        Ok(Some(note(date?.date, text, row, given)))
    }

    fn day_without_run(&self, row: &Row, zero_written: bool) -> Result<Option<Note>, Fault> {
        let sheet = self.sheet;
        let rest = self.sports.words(row).find(|word| words::is_rest(word)).map(str::to_owned);
        let told = self.told(row).filter(|words| !self.goes_with_the_pain(row, words));
        let texts = [rest, sheet.text(row, Field::Title), told, sheet.text(row, Field::PrivateNote)];
        let mut said: Vec<String> = Vec::new();
        for text in texts.into_iter().flatten() {
            if said.iter().all(|before| *before != text) {
                said.push(text);
            }
        }
        if said.is_empty() && zero_written {
            said.push("off".to_owned());
        }
        if said.is_empty() {
            return Ok(None);
        }
        Ok(Some(note(sheet.date(row)?.date, said.join("; "), row, Given::default())))
    }

    /// True if a row without figures is a run all the same, since it has a file or its words say so.
    fn took_place(&self, row: &Row) -> bool {
        let texts = [Field::Title, Field::Notes, Field::PrivateNote].into_iter();
        let told =
            || texts.filter_map(|field| self.sheet.text(row, field)).any(|text| words::says_it_took_place(&text));
        self.sheet.cell(row, Field::File).is_some() || told()
    }

    /// True if a row without figures or words has several words in a column without a fact, such as a plan next to
    /// what was done.
    fn says_something(&self, row: &Row) -> bool {
        let sheet = self.sheet;
        let several =
            |cell: &str| cell.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() > 1;
        (0..row.cells.len()).any(|index| several(row.cell(index)) && !sheet.is_taken(index))
    }

    fn say_what_was_assumed(&self, tally: &Tally, imported: &mut Imported) {
        let sheet = self.sheet;
        let runs = || imported.activities.iter().filter(|one| one.sport.as_ref().is_none_or(Sport::is_running));
        let (count, untold) = (runs().count(), runs().filter(|one| one.sport_from == SportFrom::Assumed).count());
        for (column, unit, because) in self.figures.guessed(sheet) {
            let about = format!("column \"{}\", which was read in {unit} {because}", column.trim());
            let assumed = Assumed::new(AssumptionKind::UnitGuessed, about, count as u64);
            imported.assumptions.push(if because == unit_guess::NOTHING_TELLS { assumed.doubtful() } else { assumed });
        }
        if sheet.dialect().generic && !self.sports.is_there() && untold > 0 {
            imported.assumptions.push(Assumed::new(AssumptionKind::NoSportColumn, "", untold as u64));
        }
        if let Some(titles) = other_sports_by_title(&imported.activities) {
            imported.assumptions.push(Assumed::new(AssumptionKind::SportByTitle, titles.1, titles.0));
        }
        if sheet.days_without_year() > 0 {
            let about = "beside their neighbours, or in the year of the heading";
            imported.assumptions.push(Assumed::new(
                AssumptionKind::YearGuessed,
                about,
                sheet.days_without_year() as u64,
            ));
        }
        tally.tell(imported);
    }
}

/// The number of activities that are no runs only by their titles, and some of these titles.
fn other_sports_by_title(activities: &[Activity]) -> Option<(u64, String)> {
    let by_title =
        |one: &&Activity| one.sport_from == SportFrom::Title && !one.sport.as_ref().is_none_or(Sport::is_running);
    let others = || activities.iter().filter(by_title);
    let count = others().count() as u64;
    let mut titles: Vec<&str> = Vec::new();
    for title in others().filter_map(|one| one.title.as_deref().or(one.description.as_deref())) {
        if titles.len() < TITLES_SHOWN && !titles.contains(&title) {
            titles.push(title);
        }
    }
    let shown = titles.iter().map(|title| format!("\"{}\"", sport_names::cut(title))).collect::<Vec<_>>().join(", ");
    (count > 0).then_some((count, shown))
}

/// True if a pain column of the row is filled.
fn tells_of_pain(sheet: &Sheet<'_>, row: &Row) -> bool {
    [Field::Severity, Field::Side, Field::BodyPart].iter().any(|field| sheet.text(row, *field).is_some())
}

fn note(date: chrono::NaiveDate, text: String, row: &Row, given: Given) -> Note {
    Note { date, text, source: String::new(), line: Some(row.line), origin: NoteOrigin::Table, given, heading: None }
}
