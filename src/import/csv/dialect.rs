//! Dialects as data: which column names hold which facts in which app and language, with their units and clocks. The
//! tables are in `dialects/*.toml`: a new language adds names there, a new app a file and a line in `TABLES`. Nothing
//! here reads a cell.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use strum::EnumCount;

use super::header::Header;
use super::words::{self, LengthUnit, TimeUnit};
use crate::import::word_key::key;

/// Tried in this order: specific apps before tables that anyone may have made.
const TABLES: &[&str] = &[
    include_str!("../dialects/strava.toml"),
    include_str!("../dialects/strava-2018.toml"),
    include_str!("../dialects/strava-shoes.toml"),
    include_str!("../dialects/garmin.toml"),
    include_str!("../dialects/runkeeper.toml"),
    include_str!("../dialects/trainingpeaks.toml"),
    include_str!("../dialects/polar-flow.toml"),
    include_str!("../dialects/samsung-health.toml"),
    include_str!("../dialects/apple-health.toml"),
    include_str!("../dialects/zepp.toml"),
    include_str!("../dialects/whoop.toml"),
    include_str!("../dialects/peloton.toml"),
    include_str!("../dialects/withings.toml"),
    include_str!("../dialects/intervals-icu.toml"),
    include_str!("../dialects/intervals-icu-wellness.toml"),
    include_str!("../dialects/myaiguide.toml"),
    include_str!("../dialects/pain-table.toml"),
    include_str!("../dialects/run-log.toml"),
    include_str!("../dialects/note-table.toml"),
];

/// The dialect of training plans, which is only tried on request, since any run log has its columns.
static TRAINING_PLAN: LazyLock<Option<Dialect>> =
    LazyLock::new(|| Dialect::load(include_str!("../dialects/training-plan.toml")).ok());

static DIALECTS: LazyLock<Vec<Dialect>> =
    LazyLock::new(|| TABLES.iter().filter_map(|text| Dialect::load(text).ok()).collect());

/// Every dialect, in the order in which they are tried.
pub fn all() -> &'static [Dialect] {
    &DIALECTS
}

/// A fact that a column may hold.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, strum::EnumCount, strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Field {
    Date,
    /// A day in the week that the row is about.
    Week,
    /// A time of day, or a date with a time.
    Start,
    /// A start or a duration, depending on the other columns.
    Time,
    /// The end: a time of day, or a date with a time.
    End,
    Offset,
    Sport,
    /// A kind of run; or a sport, if the cells are sports.
    Kind,
    /// The bike of a ride.
    Bike,
    /// The person whose activity it is.
    Athlete,
    /// The number of a lap; empty in the row of the whole activity.
    Lap,
    /// The app's identifier of the activity.
    Record,
    Title,
    /// Of no use itself, but tells which app wrote the table.
    Signature,
    Notes,
    PrivateNote,
    Distance,
    DistanceUnit,
    Duration,
    Moving,
    Elapsed,
    DurationUnit,
    Shoe,
    File,
    Cadence,
    Stride,
    Side,
    BodyPart,
    Location,
    Severity,
    ScaleMax,
    Injury,
    StartDay,
    StartMonth,
    StartYear,
    ShoeBrand,
    ShoeModel,
}

/// What a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One activity in each row.
    RunLog,
    /// One pain note in each row.
    PainTable,
    /// One pair of shoes in each row.
    ShoeList,
}

/// In which zone a time without an offset is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockKind {
    /// Local time of the runner.
    #[default]
    Local,
    /// UTC; an offset of zero in the cell then is not the runner's.
    Utc,
}

/// One table of column names, with their units and clocks.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialect {
    /// The name in the ledger.
    pub name: String,
    /// What a row is about.
    pub kind: Kind,
    /// The app and its file, in words.
    pub title: String,
    /// How to get the file.
    pub how: String,
    /// Facts that all must have a column.
    requires: Vec<Field>,
    /// Facts of which one must have a column, unless the list is empty.
    #[serde(default)]
    any_of: Vec<Field>,
    /// Facts that must not have a column.
    #[serde(default)]
    forbids: Vec<Field>,
    /// True for tables that anyone may have made; for these, names in the configuration count towards `requires`.
    #[serde(default)]
    pub generic: bool,
    /// The clock of its times.
    #[serde(default)]
    pub clock: ClockKind,
    /// The order of dates such as 03/04/2026, if the app always writes the same.
    #[serde(default)]
    pub day_first: Option<bool>,
    /// The unit of distance, if the app always writes the same.
    #[serde(default)]
    pub distance_unit: Option<LengthUnit>,
    /// The unit of the last of several distance columns with the same name, if the app repeats it.
    #[serde(default)]
    pub repeated_distance_unit: Option<LengthUnit>,
    /// The unit of track runs, if the app writes them in metres.
    #[serde(default)]
    pub track_distance_unit: Option<LengthUnit>,
    /// The unit of durations without one, if the app always writes the same.
    #[serde(default)]
    pub duration_unit: Option<TimeUnit>,
    /// Cells that only in this app mean "not known".
    #[serde(default)]
    pub missing: Vec<String>,
    /// The table ends at a row whose first cell is this; another table follows.
    #[serde(default)]
    pub stops_at: Option<String>,
    /// Empty cells for day, month, year and body part repeat the row above.
    #[serde(default)]
    pub carries_down: bool,
    /// The text before each sport's name.
    #[serde(default)]
    pub sport_prefix: String,
    /// A column of JSON objects, each key of which becomes a column.
    #[serde(default)]
    pub objects: Option<String>,
    /// Codes for sports.
    #[serde(default)]
    pub sports: BTreeMap<String, String>,
    /// Codes for words, such as the degrees of an injury; an empty word is no note.
    #[serde(default)]
    pub marks: BTreeMap<String, String>,
    /// The column names of each fact in the normalised form, the preferred one first.
    fields: BTreeMap<Field, Vec<String>>,
}

impl Dialect {
    fn load(text: &str) -> Result<Self, toml::de::Error> {
        let mut dialect: Self = toml::from_str(text)?;
        for name in dialect.fields.values_mut().flatten() {
            *name = key(name).into();
        }
        Ok(dialect)
    }
}

/// A column that holds a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its index in a row.
    pub index: usize,
    /// Its header without markup.
    pub header: String,
    /// The unit in the header, in brackets or as its last word, such as `km`.
    pub unit: Option<String>,
    /// True for the last of several columns with the same name.
    pub last_of_several: bool,
    /// True if it holds a length.
    pub is_length: bool,
}

impl Column {
    /// True if the header is only a unit of time, as in `Minutes` next to `Seconds`.
    pub fn is_bare_time_unit(&self) -> bool {
        words::time_unit(&self.header).is_some()
    }
}

/// A dialect with the columns that were found for it.
#[derive(Clone, Debug)]
pub struct DialectMatch {
    /// The dialect whose column names the table has.
    pub dialect: &'static Dialect,
    /// Those of each fact, in the order of facts: every row asks for many.
    columns: Vec<Vec<Column>>,
}

impl DialectMatch {
    fn new(dialect: &'static Dialect, found: BTreeMap<Field, Vec<Column>>) -> Self {
        let mut columns = vec![Vec::new(); Field::COUNT];
        for (field, of_field) in found {
            columns[field as usize] = of_field;
        }
        Self { dialect, columns }
    }

    /// The columns of an app's table by their positions, and by their headers where these are known too.
    pub fn by_place(name: &str, header: &[String], places: &[(Field, usize)]) -> Option<Self> {
        let dialect = DIALECTS.iter().find(|dialect| dialect.name == name)?;
        let header: Vec<Header> = header.iter().map(|cell| Header::new(cell)).collect();
        let taken = |column: &Column| places.iter().any(|(_, index)| *index == column.index);
        let mut columns = BTreeMap::new();
        for (field, names) in &dialect.fields {
            let found = names.iter().flat_map(|name| find(&header, name)).filter(|column| !taken(column)).collect();
            insert(&mut columns, *field, found);
        }
        for (field, index) in places {
            let cell = header.get(*index)?;
            let is_length = *field == Field::Distance;
            let (header, unit) = (cell.shown.clone(), cell.unit.clone());
            let column = Column { index: *index, header, unit, last_of_several: false, is_length };
            let others: Vec<Column> = columns.remove(field).unwrap_or_default();
            insert(&mut columns, *field, std::iter::once(column).chain(others).collect());
        }
        Some(Self::new(dialect, columns))
    }

    /// True if this column holds any fact.
    pub fn is_taken(&self, index: usize) -> bool {
        self.columns.iter().flatten().any(|column| column.index == index)
    }

    /// The columns of a fact, the preferred one first.
    pub fn columns(&self, field: Field) -> &[Column] {
        self.columns.get(field as usize).map_or(&[], Vec::as_slice)
    }

    /// True if some column holds the fact.
    pub fn has(&self, field: Field) -> bool {
        !self.columns(field).is_empty()
    }
}

/// The first dialect that fits this header. `named` are column names from the configuration, which take precedence
/// over the dialect's own.
pub fn recognise(header: &[String], named: &BTreeMap<Field, String>, generic: bool) -> Option<DialectMatch> {
    // Any line near the top may be the header. In those of apps no name begins with a figure, as most cells of a row do.
    if !generic
        && 2 * header.iter().filter(|cell| cell.starts_with(|c: char| c.is_ascii_digit())).count() > header.len()
    {
        return None;
    }
    let header: Vec<Header> = header.iter().map(|cell| Header::new(cell)).collect();
    DIALECTS.iter().filter(|dialect| dialect.generic == generic).find_map(|dialect| fit(dialect, &header, named))
}

/// The columns of a training plan in this header, if all of them are there.
pub fn recognise_plan(header: &[String], named: &BTreeMap<Field, String>) -> Option<DialectMatch> {
    let header: Vec<Header> = header.iter().map(|cell| Header::new(cell)).collect();
    fit(TRAINING_PLAN.as_ref()?, &header, named)
}

fn fit(dialect: &'static Dialect, header: &[Header], named: &BTreeMap<Field, String>) -> Option<DialectMatch> {
    let is_there = |field: &Field| {
        let mut spellings = dialect.fields.get(field).into_iter().flatten();
        spellings.any(|name| header.iter().any(|cell| cell.is_called(name)))
    };
    // Most dialects lack a required column, so that is checked before the others are searched.
    if !dialect.generic && !dialect.requires.iter().all(is_there) {
        return None;
    }
    let is_named: HashSet<&str> = header.iter().flat_map(Header::forms).collect();
    let mut columns = BTreeMap::new();
    for (field, names) in &dialect.fields {
        // Of the hundreds of names that a fact may have, a table has few.
        let there = names.iter().filter(|name| is_named.contains(name.as_str()));
        let found: Vec<Column> = there.flat_map(|name| find(header, name)).collect();
        insert(&mut columns, *field, found);
    }
    bind_units(&mut columns);
    // What makes a run log is none of a table of one's own of another kind, under whatever name a run log may give it.
    let of_a_run_log = |field: &Field| {
        let mut spellings = own_run_log().and_then(|log| log.fields.get(field)).into_iter().flatten();
        dialect.generic && spellings.any(|name| header.iter().any(|cell| cell.is_called(name)))
    };
    let fits = |columns: &BTreeMap<Field, Vec<Column>>| {
        dialect.requires.iter().all(|field| columns.contains_key(field))
            && (dialect.any_of.is_empty() || dialect.any_of.iter().any(|field| columns.contains_key(field)))
            && !dialect.forbids.iter().any(|field| columns.contains_key(field) || of_a_run_log(field))
    };
    let fitted = fits(&columns);
    for (field, name) in named {
        let mut found = find(header, &key(name));
        for column in &mut found {
            column.is_length = *field == Field::Distance;
        }
        found.extend(columns.remove(field).unwrap_or_default());
        insert(&mut columns, *field, found);
    }
    (fitted || dialect.generic && fits(&columns)).then(|| DialectMatch::new(dialect, columns))
}

/// The dialect of run logs of one's own.
fn own_run_log() -> Option<&'static Dialect> {
    DIALECTS.iter().find(|dialect| dialect.generic && dialect.kind == Kind::RunLog)
}

/// True if the columns of a generic run log, or those named in the configuration, include one of these facts.
pub fn finds(header: &[String], named: &BTreeMap<Field, String>, wanted: &[Field]) -> bool {
    let header: Vec<Header> = header.iter().map(|cell| Header::new(cell)).collect();
    wanted.iter().any(|field| {
        let own = own_run_log().and_then(|dialect| dialect.fields.get(field)).into_iter().flatten();
        let given = named.get(field).map(|name| key(name).into_string());
        own.chain(given.iter()).any(|name| header.iter().any(|cell| cell.is_called(name)))
    })
}

/// True if this header names any fact of a generic run log.
pub fn is_known(header: &str) -> bool {
    let header = Header::new(header);
    own_run_log().is_some_and(|dialect| dialect.fields.values().flatten().any(|name| header.is_called(name)))
}

/// The column of a fact, by the names of a generic run log.
pub fn place_of(header: &[String], field: Field) -> Option<usize> {
    let header: Vec<Header> = header.iter().map(|cell| Header::new(cell)).collect();
    own_run_log()?.fields.get(&field)?.iter().find_map(|name| header.iter().position(|cell| cell.is_called(name)))
}

/// The facts that are times.
const TIMES: [Field; 4] = [Field::Duration, Field::Moving, Field::Elapsed, Field::Time];

/// Sorts columns by the unit in their header: `Length (min)` is a time and `Time (min/km)` a pace.
fn bind_units(columns: &mut BTreeMap<Field, Vec<Column>>) {
    let unit = |column: &Column| column.unit.clone().unwrap_or_default();
    let is_rate = |column: &Column| unit(column).contains('/');
    let is_time = |column: &Column| words::time_unit(&unit(column)).is_some();
    let is_length = |column: &Column| words::length_unit(&unit(column)).is_some();
    let mut times = Vec::new();
    if let Some(lengths) = columns.get_mut(&Field::Distance) {
        times.extend(lengths.extract_if(.., |column| is_time(column) && !is_length(column)));
        lengths.retain(|column| !is_rate(column));
        for column in lengths.iter_mut() {
            column.is_length = true;
        }
    }
    for field in TIMES {
        if let Some(found) = columns.get_mut(&field) {
            found.retain(|column| !is_rate(column) && (is_time(column) || !is_length(column)));
        }
    }
    if !times.is_empty() {
        columns.entry(Field::Duration).or_default().extend(times);
    }
    columns.retain(|_, found| !found.is_empty());
}

fn insert(columns: &mut BTreeMap<Field, Vec<Column>>, field: Field, found: Vec<Column>) {
    let mut kept: Vec<Column> = Vec::new();
    for column in found {
        if kept.iter().all(|known| known.index != column.index) {
            kept.push(column);
        }
    }
    if !kept.is_empty() {
        columns.insert(field, kept);
    }
}

/// The columns of this name, the last first: where an app repeats a name, the later column is more complete.
fn find(header: &[Header], wanted: &str) -> Vec<Column> {
    let places: Vec<usize> = (0..header.len()).filter(|&i| header[i].is_called(wanted)).collect();
    let several = places.len() > 1;
    let last = places.last().copied();
    places
        .into_iter()
        .rev()
        .map(|index| Column {
            index,
            header: header[index].shown.clone(),
            unit: header[index].unit.clone(),
            last_of_several: several && Some(index) == last,
            is_length: false,
        })
        .collect()
}

/// The fact that a key of `[csv.columns]` names.
pub fn field_named(name: &str) -> Option<Field> {
    name.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    fn recognised(line: &str) -> Option<DialectMatch> {
        let none = BTreeMap::new();
        recognise(&header(line), &none, false).or_else(|| recognise(&header(line), &none, true))
    }

    #[test]
    fn every_table_can_be_read() {
        for text in TABLES {
            assert_eq!(Dialect::load(text).err(), None, "{}", text.lines().next().unwrap_or_default());
        }
        assert!(TRAINING_PLAN.is_some());
    }

    #[test]
    fn case_blanks_and_marks_of_a_header_do_not_matter() {
        let found = recognised("ACTIVITY_DATE,activity type,Elapsed-Time").unwrap();
        assert_eq!(found.dialect.name, "strava");
        assert_eq!(found.columns(Field::Elapsed)[0].index, 2);
    }

    #[test]
    fn of_a_repeated_name_the_last_column_comes_first() {
        let found = recognised("Activity Date,Activity Type,Distance,Distance").unwrap();
        let columns: Vec<(usize, bool)> =
            found.columns(Field::Distance).iter().map(|column| (column.index, column.last_of_several)).collect();
        assert_eq!(columns, [(3, true), (2, false)]);
    }

    #[test]
    fn configuration_names_a_column_that_no_table_knows() {
        let named = BTreeMap::from([(Field::Date, "Wann".to_owned()), (Field::Distance, "Wie weit".to_owned())]);
        assert!(recognised("Wann,Wie weit").is_none());
        let found = recognise(&header("Wann,Wie weit"), &named, true).unwrap();
        assert_eq!(found.columns(Field::Distance)[0].index, 1);
        assert_eq!(field_named("distance_unit"), Some(Field::DistanceUnit));
        assert_eq!((field_named("wheels"), field_named("DistanceUnit")), (None, None));
    }
}
