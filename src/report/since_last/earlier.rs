//! A report of an earlier day as far as it is compared, and whether it is of the same person: that is told by the runs in it,
//! since a name or a folder can be anybody's. What has changed is not told here.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::error::Error;
use crate::model::log::Log;
use crate::report::contract::{Report, SCHEMA_VERSION};
use crate::report::versions;

/// What an earlier report held, as far as it is compared.
#[derive(Clone, Debug, Deserialize)]
pub struct Earlier {
    pub(super) as_of: NaiveDate,
    pub(super) athlete: Athlete,
    #[serde(default)]
    pub(super) runs: Vec<Run>,
    pub(super) findings: Vec<Finding>,
    pub(super) warnings: Vec<Warning>,
    #[serde(default, rename = "pain")]
    pub(super) notes: Vec<Note>,
    pub(super) episodes: Vec<Episode>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Athlete {
    pub(super) runs: u64,
    known_by: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Run {
    #[serde(default)]
    pub(super) id: String,
    pub(super) local_date: NaiveDate,
    pub(super) distance_m: Option<u32>,
    #[serde(default)]
    pub(super) sources: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Note {
    pub(super) date: NaiveDate,
    pub(super) text: String,
    #[serde(default)]
    pub(super) source: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Finding {
    pub(super) id: String,
    pub(super) current: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Warning {
    pub(super) flag: String,
    pub(super) note_date: NaiveDate,
    pub(super) leads: bool,
    #[serde(default)]
    pub(super) text: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Episode {
    pub(super) id: String,
    pub(super) open: bool,
}

/// What tells whose a log is: its runs by their day and distance, and its notes by their day and words.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    pub(in crate::report) runs: BTreeMap<NaiveDate, Vec<Option<u32>>>,
    pub(in crate::report) notes: BTreeMap<NaiveDate, Vec<String>>,
}

/// Runs that the name of a person's files is made from, where another person has the name alone.
const FIRST_RUNS: usize = 5;

impl Traces {
    /// Those of a log, whatever the day of its report.
    #[must_use]
    pub fn of_log(log: &Log) -> Self {
        let runs = log.runs.iter().map(|run| (run.local_date, run.distance.map(|distance| distance.m)));
        Self::of(runs, log.notes.iter().map(|note| (note.date, note.text.as_str())))
    }

    /// Those of a report.
    #[must_use]
    pub fn of_report(report: &Report) -> Self {
        let runs = report.runs.iter().map(|run| (run.local_date, run.distance_m));
        Self::of(runs, report.pain.iter().map(|note| (note.date, note.text.as_str())))
    }

    fn of<'a>(
        runs: impl Iterator<Item = (NaiveDate, Option<u32>)>,
        notes: impl Iterator<Item = (NaiveDate, &'a str)>,
    ) -> Self {
        let mut traces = Self::default();
        runs.for_each(|(day, m)| traces.runs.entry(day).or_default().push(m));
        notes.for_each(|(day, text)| traces.notes.entry(day).or_default().push(text.to_owned()));
        traces
    }

    /// The first of them in a line: what newer entries leave as it is.
    #[must_use]
    pub fn beginning(&self) -> String {
        let runs = self.runs.iter().flat_map(|(day, all)| all.iter().map(move |m| format!("{day} {m:?}")));
        let notes = self.notes.iter().flat_map(|(day, all)| all.iter().map(move |text| format!("{day} {text}")));
        runs.chain(notes).take(FIRST_RUNS).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn has_run(&self, run: &Run) -> bool {
        self.runs.get(&run.local_date).is_some_and(|all| all.iter().any(|m| about(*m, run.distance_m)))
    }

    pub(super) fn has_note(&self, day: NaiveDate, text: &str) -> bool {
        self.notes.get(&day).is_some_and(|all| all.iter().any(|note| note == text))
    }
}

/// How much of an earlier report is in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// How many of them are in the log.
    pub found: usize,
    /// How many there are.
    pub of: usize,
    /// `runs`, or `notes` where there is no run.
    pub what: &'static str,
}

impl Shared {
    /// Whether it is so much that both can be one person's.
    #[must_use]
    pub fn is_most(self) -> bool {
        2 * self.found >= self.of
    }

    /// That it is too little for the report called `file` to be compared with.
    #[must_use]
    pub fn too_few(self, file: &str) -> Error {
        let Self { found, of, what } = self;
        Error::OtherEntries { file: file.to_owned(), found, of, what }
    }
}

impl Earlier {
    /// Reads the JSON of a report called `file`.
    ///
    /// # Errors
    /// Why it cannot be compared with, and what to do.
    pub fn read(file: &str, text: &str) -> Result<Self, Error> {
        const WHAT: &str = "a report";
        versions::check(file, text, WHAT, SCHEMA_VERSION)?;
        serde_json::from_str(text).map_err(|_| Error::NotEarlier { file: file.to_owned(), what: WHAT })
    }

    /// Whether it is known to be of somebody who is known otherwise.
    #[must_use]
    pub fn is_anothers(&self, known_by: &str) -> bool {
        self.athlete.known_by.as_ref().is_some_and(|then| then != known_by)
    }

    /// How much of it is in a log with these traces: its runs, and where it has none its notes.
    #[must_use]
    pub fn shared(&self, traces: &Traces) -> Shared {
        if self.runs.is_empty() {
            let there = self.notes.iter().filter(|note| traces.has_note(note.date, &note.text));
            return Shared { found: there.count(), of: self.notes.len(), what: "notes" };
        }
        let there = self.runs.iter().filter(|run| traces.has_run(run));
        Shared { found: there.count(), of: self.runs.len(), what: "runs" }
    }

    /// This report, called `file`, where it is of the same person as `report`.
    ///
    /// # Errors
    /// Why it is not compared with: it is known by another name, or most of its runs are not in this log.
    pub fn of_the_same(self, report: &Report, file: &str) -> Result<Self, Error> {
        if report.athlete.known_by.as_ref().is_some_and(|now| self.is_anothers(now)) {
            return Err(Error::AnotherPersons { file: file.to_owned() });
        }
        let shared = self.shared(&Traces::of_report(report));
        if shared.is_most() { Ok(self) } else { Err(shared.too_few(file)) }
    }

    /// Without the runs of these ids, which the runner has set aside: they are not missing.
    #[must_use]
    pub fn without(mut self, set_aside: &[&str]) -> Self {
        self.runs.retain(|run| !set_aside.contains(&run.id.as_str()));
        self
    }
}

/// Whether two distances can be one run's: a version that reads tracks better gives some metres more or less.
fn about(one: Option<u32>, other: Option<u32>) -> bool {
    one.zip(other).is_none_or(|(one, other)| u64::from(one.abs_diff(other)) * 50 <= u64::from(one.max(other)))
}
