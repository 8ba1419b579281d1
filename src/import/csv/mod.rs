//! Run logs, pain tables and lists of shoes in CSV, from bytes: recognises the table and reads it. The meaning of
//! headers by app and language is data in `dialects/`; nothing here touches the disk.

mod asked;
mod clock;
mod date_parts;
pub(super) mod dates;
mod dialect;
mod durations;
mod figures;
mod header;
mod iso_moment;
mod lead;
pub(super) mod note_table;
mod numbered;
mod numbers;
mod objects;
mod other_table;
mod pain_table;
mod people;
mod plausible;
mod repeated;
mod row_sport;
mod run_log;
mod shape;
mod sheet;
mod shoe_list;
pub(super) mod table;
pub(super) mod text;
mod told;
pub(super) mod training_plan;
mod typed_cells;
mod typed_times;
mod undated_table;
mod unit_guess;
mod unrecognised;
mod week_calendar;
pub(super) mod words;

use std::collections::BTreeMap;

use self::dates::DayOrder;
use self::dialect::{DialectMatch, Field, Kind};
use self::lead::Lead;
use self::sheet::Sheet;
use self::table::{HeaderLine, Row, Source};
use crate::config::Config;
use crate::import::imported::{Imported, Refusal};
use crate::import::limits::LONGEST_LINE_BYTES;
use crate::import::word_key::{Key, key};
use crate::model::assumption::AssumptionKind;
use crate::model::concern::{Concern, ConcernClassifier};
use crate::model::fault::Fault;
use crate::model::limits::size_in_words;
use crate::model::note::Note;
use crate::model::problem::Place;
use crate::model::sport::Sport;
use crate::model::units::Units;

/// The configuration for CSV files.
#[derive(Clone, Debug, Default)]
pub struct CsvOptions {
    /// `[csv.columns]`: from a fact (`date`, `distance`, …) to its column's header. For `distance_unit` it may be a
    /// unit instead.
    pub columns: BTreeMap<String, String>,
    /// The unit of distances where neither the table nor the figures tell it.
    pub default_unit: Option<Units>,
    /// `[sports]`: the meaning of the runner's own names of sports, by their normalised form.
    pub sports: BTreeMap<Key, Sport>,
    /// The person whose rows count in a table of several people.
    pub athlete: Option<String>,
    /// The person chosen from such tables: rows of others are left out without a message.
    pub person: Option<String>,
    /// The order of day and month found in other tables of the same text.
    pub order: Option<DayOrder>,
    /// Decides which columns speak of the body.
    pub classifier: ConcernClassifier,
}

impl CsvOptions {
    /// The options in a configuration.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        Self {
            columns: config.csv_columns.clone(),
            default_unit: config.units,
            sports: config.sports.iter().map(|(name, sport)| (key(name), sport.clone())).collect(),
            athlete: config.athlete.clone(),
            person: None,
            order: None,
            classifier: ConcernClassifier::default(),
        }
    }
}

impl CsvOptions {
    fn named_columns(&self) -> BTreeMap<Field, String> {
        self.columns.iter().filter_map(|(key, header)| Some((dialect::field_named(key)?, header.clone()))).collect()
    }
}

/// Each kind of table: its name in the ledger, a description, and how to get it.
pub fn described() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let dialects = dialect::all().iter().map(|one| (one.name.as_str(), one.title.as_str(), one.how.as_str()));
    dialects.chain(std::iter::once(week_calendar::DESCRIBED))
}

/// A name in normalised form, for comparison.
pub fn comparable(name: &str) -> String {
    key(name).into_string()
}

/// True for a valid key of `[csv.columns]`.
pub fn is_column_key(key: &str) -> bool {
    dialect::field_named(key).is_some()
}

/// Reads one CSV file. `name` is its name or path, used only to recognise tables that are clearly something else. A
/// bad cell only costs its row; the notes' `source` is left empty.
pub fn read(bytes: &[u8], name: &str, options: &CsvOptions) -> Imported {
    let decoded = text::decode(bytes);
    if decoded.text.contains('\0') {
        let detail = "it holds binary data".to_owned();
        return Imported::failed(Fault::NotThisFormat { format: "CSV", detail }.at(Place::File));
    }
    if decoded.text.lines().any(|line| line.len() > LONGEST_LINE_BYTES) {
        let why = format!("a line of it is longer than {}", size_in_words(LONGEST_LINE_BYTES as u64));
        return Imported::failed(Fault::Overfull { why }.at(Place::File));
    }
    let opened = typed_cells::opened(&decoded.text);
    let mut imported = read_source(Source::Text(&opened), Name::OfFile(name), options);
    if decoded.replaced {
        imported.problems.push(Fault::BytesReplaced.at(Place::File));
    }
    imported.problems.sort_by_key(|problem| problem.place);
    imported
}

/// The people whose rows a table has, as first written, if a column names several.
pub fn people(bytes: &[u8], options: &CsvOptions) -> Vec<String> {
    let decoded = text::decode(bytes);
    let source = Source::Text(&decoded.text);
    let lines = source.header_lines();
    if decoded.text.contains('\0') || table::too_wide(&lines).is_some() {
        return Vec::new();
    }
    let named = options.named_columns();
    let by = |generic| lines.iter().find_map(|line| Some((line, dialect::recognise(&line.cells, &named, generic)?)));
    let Some((header, recognised)) = by(false).or_else(|| by(true)) else { return Vec::new() };
    let (rows, _) = source.rows(header);
    people::named(&Sheet::new(&recognised, &rows, header.delimiter, (None, None)))
}

/// Reads a sheet of a workbook: rows with their numbers, and cells as displayed, dates as `2026-03-04` or `2026-03-04
/// 06:30:00`, numbers with a decimal point.
pub(super) fn read_sheet(rows: Vec<(u64, Vec<String>)>, name: &str, options: &CsvOptions) -> Imported {
    read_cells(rows, Name::OfSheet(name), options)
}

/// Reads a table that another reader has built, if it is a run log.
pub(super) fn log_in(rows: Vec<(u64, Vec<String>)>, file: &str, options: &CsvOptions) -> Option<Imported> {
    Some(read_drawn(rows, file, options)).filter(is_log)
}

/// Like [`log_in`], but also a table without a run whose notes tell of the hip.
pub(super) fn log_or_notes_in(rows: Vec<(u64, Vec<String>)>, file: &str, options: &CsvOptions) -> Option<Imported> {
    let tells = |read: &Imported| read.activities.is_empty() && tells_of_the_hip(read, options);
    Some(read_drawn(rows, file, options)).filter(|read| is_log(read) || tells(read))
}

fn is_log(read: &Imported) -> bool {
    read.refusal.is_none() && !read.activities.is_empty()
}

/// The column of days in a table: the one whose header says so, else the first with only days, with or without a
/// year. A decimal such as `4.8` is not a day.
pub(super) fn column_of_days(header: &[String], rows: &[(u64, Vec<String>)]) -> Option<usize> {
    let is_day = |cell: &str| {
        let decimal = cell.bytes().all(|c| c.is_ascii_digit() || c == b'.') && cell.matches('.').count() < 2;
        let told = || {
            dates::read(cell, DayOrder::Unsettled).is_ok() || dates::without_year(cell, DayOrder::MonthFirst).is_some()
        };
        !decimal && told()
    };
    let holds_days = |index: &usize| {
        let mut filled = rows
            .iter()
            .filter_map(|(_, cells)| cells.get(*index))
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .peekable();
        filled.peek().is_some() && filled.all(is_day)
    };
    dialect::place_of(header, Field::Date).or_else(|| (0..header.len()).find(holds_days))
}

/// True for a header that a runner's own log may have.
pub(super) fn is_known_header(header: &str) -> bool {
    dialect::is_known(header)
}

/// True if a header names the distance of a run.
pub(super) fn is_a_distance(header: &str) -> bool {
    dialect::place_of(&[header.to_owned()], Field::Distance).is_some()
}

/// True if a header names a distance and its cell has a positive number.
pub(super) fn names_a_distance(header: &[String], cells: &[String]) -> bool {
    let cell = dialect::place_of(header, Field::Distance).and_then(|index| cells.get(index));
    cell.and_then(|cell| numbers::quantity(cell, numbers::Mark::Point)).is_some_and(|(value, _)| value > 0.0)
}

/// Reads a table drawn in a text: rows with their lines.
pub(super) fn read_drawn(rows: Vec<(u64, Vec<String>)>, file: &str, options: &CsvOptions) -> Imported {
    read_cells(rows, Name::OfFile(file), options)
}

fn read_cells(rows: Vec<(u64, Vec<String>)>, name: Name<'_>, options: &CsvOptions) -> Imported {
    let rows: Vec<Row> = rows.into_iter().map(|(line, cells)| Row::new(line, cells)).collect();
    let mut imported = read_source(Source::Cells(&rows), name, options);
    imported.problems.sort_by_key(|problem| problem.place);
    imported
}

/// The name of a table. File names given by apps tell their contents; sheets may have any name.
#[derive(Clone, Copy)]
enum Name<'a> {
    OfFile(&'a str),
    OfSheet(&'a str),
}

impl<'a> Name<'a> {
    fn text(self) -> &'a str {
        match self {
            Self::OfFile(name) | Self::OfSheet(name) => name,
        }
    }

    fn given_by_an_app(self) -> Option<&'a str> {
        match self {
            Self::OfFile(name) => Some(name),
            Self::OfSheet(_) => None,
        }
    }
}

fn read_source(source: Source<'_>, name: Name<'_>, options: &CsvOptions) -> Imported {
    let mut lines = source.header_lines();
    if let Some(fault) = table::too_wide(&lines) {
        return Imported::failed(fault.at(Place::File));
    }
    shape::name_clocks(source, &mut lines);
    let named = options.named_columns();
    // Columns named in the configuration are taken as they are.
    if let Some((rows, problems)) = date_parts::joined(source).filter(|_| !named.contains_key(&Field::Date)) {
        let mut imported = read_source(Source::Cells(&rows), name, options);
        if imported.refusal.is_none() {
            imported.problems.extend(problems);
        }
        return imported;
    }
    let by_app =
        |generic| lines.iter().find_map(|line| Some((line, dialect::recognise(&line.cells, &named, generic)?)));
    let file = name.given_by_an_app();
    let name = name.text();
    let other = |certain| lines.iter().find_map(|line| other_table::plainly_other(file, &line.cells, &named, certain));
    let read =
        |(line, recognised): (&HeaderLine, DialectMatch)| read_recognised(source, line, name, &recognised, options);
    let at = |(index, found): (usize, DialectMatch)| lines.get(index).map(|line| (line, found));
    if let Some(reason) = lines.iter().find_map(|line| other_table::exported(&line.cells)) {
        Imported::ignored(reason)
    } else if let Some(found) = by_app(false) {
        read(found)
    } else if let Some(reason) = other(true) {
        // A count of steps next to each run does not make a log another kind of table; a name given by an app does.
        let by_name = other_table::plainly_other(file, &[], &named, true).is_some();
        let log = || shape::sports_days_figures(source, &lines).and_then(at);
        // A distance run beside the steps of each day is one of runs, and one without that word is the day's.
        let of_runs = || by_app(true).filter(|(_, found)| found.dialect.kind == Kind::RunLog && names_running(found));
        match if by_name { None } else { log().or_else(of_runs) } {
            Some(found) => read(found),
            None => told_in(source, &lines, Imported::ignored(reason), options),
        }
    } else if let Some(found) = shape::garmin(source, &lines).and_then(at).or_else(|| by_app(true)) {
        read(found)
    } else if let Some(calendar) = week_calendar::read(source, &lines, name, options) {
        calendar
    } else if let Some(reason) = other(false) {
        told_in(source, &lines, Imported::ignored(reason), options)
    } else if let Some(found) = shape::sports_days_figures(source, &lines).and_then(at) {
        read(found)
    } else {
        let refused = unrecognised::refuse(source, &lines, &named, name);
        let ignored = matches!(refused.refusal, Some(Refusal::Ignored(_)));
        // A table that may be a run log is not taken for notes, unless every column is one of notes.
        let rest = if ignored { note_table::Rest::Unread } else { note_table::Rest::Told };
        match note_table::of(source, &lines, rest, options) {
            Some(notes) => notes,
            None if ignored => unless_it_complains(source, &lines, refused, options),
            None => complaints_of(source, &lines, refused, options),
        }
    }
}

fn names_running(found: &DialectMatch) -> bool {
    let words = |header: &str| header.to_lowercase().replace('_', " ");
    found.columns(Field::Distance).iter().any(|column| words(&column.header).split(' ').any(|word| word == "run"))
}

/// A log that cannot be read, with what its words say of the hip, if they do.
fn complaints_of(source: Source<'_>, lines: &[HeaderLine], refused: Imported, options: &CsvOptions) -> Imported {
    let complains = |notes: &Imported| tells_of_the_hip(notes, options);
    match (note_table::of(source, lines, note_table::Rest::Unread, options).filter(complains), refused.refusal) {
        (Some(mut notes), Some(Refusal::Failed(problem))) => {
            notes.problems.push(problem);
            notes
        }
        (_, refusal) => Imported { refusal, ..refused },
    }
}

fn tells_of_the_hip(read: &Imported, options: &CsvOptions) -> bool {
    let scored = |note: &Note| note.given.severity.is_some_and(|severity| severity > 0.0);
    read.notes.iter().any(|note| scored(note) || options.classifier.concern(&note.text) >= Concern::Complaint)
}

/// What a table of another kind says of the hip, so that it is not passed over: the notes in it, or else a problem
/// where its words have no day.
fn told_in(source: Source<'_>, lines: &[HeaderLine], ignored: Imported, options: &CsvOptions) -> Imported {
    let header = lines.iter().find(|line| line.cells.len() > 1);
    let of_the_body = |line: &HeaderLine| {
        let mut names = (0..line.cells.len()).map(|index| Lead::of(&line.cells, index));
        names.any(|name| options.classifier.concern(name.words()) >= Concern::Body)
    };
    if !header.is_some_and(|line| source.may_hold_words(line) || of_the_body(line)) {
        return ignored;
    }
    // "Hip thrust" in a table of exercises is no complaint.
    let notes = note_table::of(source, lines, note_table::Rest::Unread, options);
    if let Some(notes) = notes.filter(|notes| tells_of_the_hip(notes, options)) {
        return notes;
    }
    unless_it_complains(source, lines, ignored, options)
}

/// A table that is ignored, unless it tells of pain without a day, which is a problem.
fn unless_it_complains(source: Source<'_>, lines: &[HeaderLine], ignored: Imported, options: &CsvOptions) -> Imported {
    let Some(header) = lines.first() else { return ignored };
    match undated_table::complaint(source, header, options.classifier) {
        Some(problem) => Imported::failed(problem),
        None => ignored,
    }
}

fn read_recognised(
    source: Source<'_>,
    header: &HeaderLine,
    name: &str,
    recognised: &DialectMatch,
    options: &CsvOptions,
) -> Imported {
    let (mut rows, problems) = source.rows(header);
    let opened = recognised.dialect.objects.as_ref().and_then(|name| objects::open(&header.cells, &mut rows, name));
    let opened = opened.and_then(|wider| dialect::recognise(&wider, &BTreeMap::new(), false));
    let recognised = opened.as_ref().unwrap_or(recognised);
    let year = dates::year_in(&source.above(header)).or_else(|| dates::year_in(name));
    let sheet = Sheet::new(recognised, &rows, header.delimiter, (year, options.order));
    let headers = header::under_groups(&header.cells, source.groups_above(header).as_deref());
    let read = |sheet: &Sheet<'_>| match recognised.dialect.kind {
        Kind::RunLog => run_log::read(sheet, &headers, options),
        Kind::PainTable => pain_table::read(sheet, &headers, options),
        Kind::ShoeList => shoe_list::read(sheet),
    };
    let mut imported = match people::rows_of_one(&sheet, options) {
        Ok(None) => read(&sheet),
        Ok(Some(person)) => {
            let mut imported = read(&sheet.with(&person.rows));
            imported.problems.extend(person.nobodys);
            imported.assumptions.extend(person.others);
            imported
        }
        Err(fault) => return Imported::failed(fault.at(Place::File)),
    };
    if imported.refusal.is_some() {
        return imported;
    }
    imported.problems.extend(problems);
    let Imported { activities, notes, shoes, problems, assumptions, .. } = &imported;
    if activities.is_empty() && notes.is_empty() && shoes.is_empty() && problems.is_empty() {
        let planned = assumptions.iter().any(|assumed| assumed.kind == AssumptionKind::PlannedOnly);
        let reason =
            if planned { "a training plan, and no runs; runhip plan reads it" } else { "a table without an entry" };
        imported = Imported { dialect: imported.dialect, ..Imported::ignored(reason) };
    }
    imported
}

#[cfg(test)]
mod tests;
