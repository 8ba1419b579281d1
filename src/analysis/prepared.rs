//! The first half of the analysis: reads the notes, finds the pairs of shoes and redacts the log where that is asked
//! for; then builds the tables of many athletes at once. Nothing is judged here.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::notes::{self, NoteReading};
use super::shoes::{self, Pairs};
use super::{Request, first_weekday, redaction};
use crate::config::Config;
use crate::error::Error;
use crate::model::log::{Entry, Log};
use crate::model::note::Note;
use crate::model::shoe::Shoe;
use crate::model::threshold::Settings;
use crate::report::facts::NoteAsRead;
use crate::tables::{self, BLANK_DAYS, Batch, Input, RunTable, ShoeLimits, TableRun, Tables};

/// An athlete whose tables can be built.
#[derive(Clone, Debug)]
pub struct PreparedAthlete<'a> {
    /// The log; already redacted if the report is to be.
    pub(super) log: Cow<'a, Log>,
    pub(super) settings: Cow<'a, Settings>,
    /// Its dates are those of `log`.
    pub(super) request: Request,
    pub(super) readings: Vec<NoteReading>,
    pub(super) pairs: Pairs,
    /// For each run up to the day of the report, the position of its pair.
    pub(super) worn: Vec<Option<usize>>,
}

impl<'a> PreparedAthlete<'a> {
    /// Reads the notes and finds the pairs.
    #[must_use]
    pub fn new(log: Cow<'a, Log>, config: &Config, settings: Cow<'a, Settings>, request: &Request) -> Self {
        let readings = notes::readings(&log, config, request.as_of, request.athlete.as_deref());
        let Some(redaction) = &request.redact_as else {
            return Self::with_readings(log, &config.shoes, settings, request.clone(), readings);
        };
        // A runner's own thresholds could identify them.
        let settings = Cow::Owned(Settings::default());
        let noted: Vec<NoteAsRead<'_>> = readings.iter().cloned().filter_map(|one| one.beside(&log)).collect();
        let redacted = redaction::redact(&log, &config.shoes, &noted, &settings, (request, redaction));
        // The redacted log holds only the notes that were read.
        let readings = readings.into_iter().enumerate().map(|(note, one)| NoteReading { note, ..one }).collect();
        Self::with_readings(Cow::Owned(redacted.log), &redacted.shoes, settings, redacted.request, readings)
    }

    fn with_readings(
        log: Cow<'a, Log>,
        configured: &[Shoe],
        settings: Cow<'a, Settings>,
        request: Request,
        readings: Vec<NoteReading>,
    ) -> Self {
        let runs = up_to(&log.runs, request.as_of);
        let pairs = shoes::pairs(configured, &log.shoes, &runs, &settings);
        let worn = runs.iter().map(|run| shoes::pair_of(run, &pairs)).collect();
        Self { log, settings, request, readings, pairs, worn }
    }

    /// The notes up to the day of the report, unchanged.
    #[must_use]
    pub fn notes(&self) -> Vec<&Note> {
        self.log.notes.iter().filter(|note| note.date <= self.request.as_of).collect()
    }

    /// How many entries, files and days of the athlete are held or will be in the tables: a measure of the memory
    /// needed.
    #[must_use]
    pub fn rows(&self) -> usize {
        let log = &self.log;
        let first = [&log.runs, &log.other].into_iter().flatten().map(|entry| entry.local_date);
        let first = first.chain(log.notes.iter().map(|note| note.date)).min();
        let days = first.map_or(0, |first| (self.request.as_of - first).num_days());
        log.runs.len() + log.other.len() + log.notes.len() + log.files.len() + usize::try_from(days).unwrap_or_default()
    }

    fn columns(&self) -> Columns<'_> {
        let runs = up_to(&self.log.runs, self.request.as_of);
        let other = up_to(&self.log.other, self.request.as_of);
        Columns {
            runs: runs
                .into_iter()
                .zip(&self.worn)
                .map(|(run, &shoe)| TableRun {
                    date: run.local_date,
                    distance_m: run.distance.map(|distance| distance.m),
                    shoe,
                    entry: Some(run),
                })
                .collect(),
            other_sport_days: other.into_iter().map(|entry| entry.local_date).collect(),
            note_days: self.readings.iter().filter_map(|one| Some(self.log.notes.get(one.note)?.date)).collect(),
            shoes: self.pairs.iter().map(|pair| pair.limits.clone()).collect(),
        }
    }
}

/// The entries up to and including a day.
pub(super) fn up_to(entries: &[Entry], as_of: NaiveDate) -> Vec<&Entry> {
    entries.iter().filter(|entry| entry.local_date <= as_of).collect()
}

/// The data that an athlete's tables are built from.
struct Columns<'a> {
    runs: Vec<TableRun<'a>>,
    other_sport_days: Vec<NaiveDate>,
    note_days: Vec<NaiveDate>,
    shoes: Vec<ShoeLimits>,
}

/// The tables built for an athlete.
#[derive(Clone, Debug, Default)]
pub struct AthleteTables {
    /// Days, weeks and shoes of the athlete.
    pub tables: Tables,
    /// The runs as a table for export, if asked for.
    pub runs: Option<RunTable>,
}

/// Builds the tables of several athletes at once, in the order given. No athlete's result depends on the others.
///
/// # Errors
/// Only if memory runs out.
pub fn build_tables(athletes: &[&PreparedAthlete<'_>], exported: bool) -> Result<Vec<AthleteTables>, Error> {
    let columns: Vec<Columns<'_>> = athletes.iter().map(|one| one.columns()).collect();
    let inputs: Vec<Input<'_>> = athletes
        .iter()
        .zip(&columns)
        .map(|(one, columns)| Input {
            runs: &columns.runs,
            other_sport_days: &columns.other_sport_days,
            note_days: &columns.note_days,
            shoes: &columns.shoes,
            week_start: first_weekday(one.request.week_start),
            as_of: one.request.as_of,
            blank_days: one.settings.get(&BLANK_DAYS),
        })
        .collect();
    let names: Vec<&str> = athletes.iter().map(|one| one.request.athlete.as_deref().unwrap_or_default()).collect();
    let build = || {
        let batch = Batch::build(&inputs)?;
        let runs = if exported { Some(batch.run_table(&inputs, &names)?) } else { None };
        let of = |at| runs.as_ref().map(|runs| runs.of(at));
        Ok(batch.tables.into_iter().enumerate().map(|(at, tables)| AthleteTables { tables, runs: of(at) }).collect())
    };
    build().map_err(|error: tables::Error| Error::Tables { why: error.to_string() })
}
