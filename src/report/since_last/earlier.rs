//! An earlier report as far as it is compared, and whether it is of the same person. The runs in it decide that,
//! since a name or a folder can be anybody's. What has changed is worked out elsewhere.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use serde::Deserialize;

use crate::error::Error;
use crate::model::log::Log;
use crate::report::contract::{Report, SCHEMA_VERSION};
use crate::report::versions;

/// The parts of an earlier report that are compared.
#[derive(Clone, Debug, Deserialize)]
pub struct Earlier {
    schema_version: u32,
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
    local_start: Option<String>,
    #[serde(default)]
    utc_offset_s: Option<i32>,
    #[serde(default)]
    moving_s: Option<u32>,
    #[serde(default)]
    elapsed_s: Option<u32>,
    #[serde(default)]
    pub(super) sources: Vec<String>,
}

impl Run {
    pub(super) fn trace(&self) -> RunTrace {
        let start = time_of(self.local_start.as_deref(), self.utc_offset_s);
        RunTrace { m: self.distance_m, start, moving_s: self.moving_s, elapsed_s: self.elapsed_s }
    }
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

/// What tells whose a log is: its runs by their day, distance and time, and its notes by their day and words.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    pub(in crate::report) runs: BTreeMap<NaiveDate, Vec<RunTrace>>,
    pub(in crate::report) notes: BTreeMap<NaiveDate, Vec<String>>,
}

/// What of a run tells whose it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::report) struct RunTrace {
    /// Metres; `None` where not known.
    pub m: Option<u32>,
    /// The time of its start on the runner's clock, and that clock's offset from UTC; `None` where no time is known.
    pub start: Option<(NaiveTime, Option<i32>)>,
    /// Seconds in motion.
    pub moving_s: Option<u32>,
    /// Seconds from start to end.
    pub elapsed_s: Option<u32>,
}

impl RunTrace {
    /// Whether both can be one run: as long as far as is known, and not at another time of that day. A start is compared on
    /// one clock alone, since whoever puts a zone right moves all of them.
    pub(super) fn can_be(self, other: Self) -> bool {
        let on_one_clock = self.start.zip(other.start).filter(|((_, ours), (_, theirs))| ours == theirs);
        let begins_with = on_one_clock
            .is_none_or(|((ours, _), (theirs, _))| (ours - theirs).abs() <= TimeDelta::minutes(START_SLACK_MINUTES));
        let times = [(self.moving_s, other.moving_s), (self.elapsed_s, other.elapsed_s)];
        let mut known = times.into_iter().filter_map(|(ours, theirs)| ours.zip(theirs)).peekable();
        let lasts_as_long = known.peek().is_none() || known.any(|(ours, theirs)| within(ours, theirs, DURATION_PARTS));
        about(self.m, other.m) && begins_with && lasts_as_long
    }
}

/// Starts of one run, read from one file or another, differ by less than this.
const START_SLACK_MINUTES: i64 = 30;
/// Times of one run differ by less than the tenth part.
const DURATION_PARTS: u64 = 10;
/// Distances of one run differ by less than the fiftieth part: a version that reads tracks better gives some metres more or
/// less.
const DISTANCE_PARTS: u64 = 50;

/// Runs that the name of a person's files is made from, where another person has the name alone.
const FIRST_RUNS: usize = 5;

impl Traces {
    /// The traces of a log, whatever the day of its report.
    #[must_use]
    pub fn of_log(log: &Log) -> Self {
        let runs = log.runs.iter().map(|run| {
            let start = run.local_start.map(|start| (start.time(), run.utc_offset_s));
            let m = run.distance.map(|distance| distance.m);
            (run.local_date, RunTrace { m, start, moving_s: run.moving_s, elapsed_s: run.elapsed_s })
        });
        Self::of(runs, log.notes.iter().map(|note| (note.date, note.text.as_str())))
    }

    /// The traces of a report.
    #[must_use]
    pub fn of_report(report: &Report) -> Self {
        let runs = report.runs.iter().map(|run| {
            let start = time_of(run.local_start.as_deref(), run.utc_offset_s);
            (run.local_date, RunTrace { m: run.distance_m, start, moving_s: run.moving_s, elapsed_s: run.elapsed_s })
        });
        Self::of(runs, report.pain.iter().map(|note| (note.date, note.text.as_str())))
    }

    fn of<'a>(
        runs: impl Iterator<Item = (NaiveDate, RunTrace)>,
        notes: impl Iterator<Item = (NaiveDate, &'a str)>,
    ) -> Self {
        let mut traces = Self::default();
        runs.for_each(|(day, run)| traces.runs.entry(day).or_default().push(run));
        notes.for_each(|(day, text)| traces.notes.entry(day).or_default().push(text.to_owned()));
        traces
    }

    /// The first runs and notes as text, which newer entries do not change.
    #[must_use]
    pub fn beginning(&self) -> String {
        let runs = self.runs.iter().flat_map(|(day, all)| all.iter().map(move |run| format!("{day} {:?}", run.m)));
        let notes = self.notes.iter().flat_map(|(day, all)| all.iter().map(move |text| format!("{day} {text}")));
        runs.chain(notes).take(FIRST_RUNS).collect::<Vec<_>>().join("\n")
    }

    /// Whether the log has this run of an earlier report.
    pub(super) fn has_run(&self, run: &Run) -> bool {
        let then = run.trace();
        self.runs.get(&run.local_date).is_some_and(|all| all.iter().any(|now| now.can_be(then)))
    }

    pub(super) fn has_note(&self, day: NaiveDate, text: &str) -> bool {
        self.notes.get(&day).is_some_and(|all| all.iter().any(|note| note == text))
    }
}

/// How many entries of an earlier report are also in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// How many of them are in the log.
    pub found: usize,
    /// How many the earlier report has.
    pub of: usize,
    /// Those on days that the log spans: how many are in it, and how many there are.
    pub spanned: (usize, usize),
    /// `runs`, or `notes` where there is no run.
    pub what: &'static str,
}

impl Shared {
    /// Whether it is so much that both can be one person's: half of all, and of those on days that the log spans three
    /// quarters. Files of some months may be missing; whoever runs with somebody else shares many days with them.
    #[must_use]
    pub fn is_most(self) -> bool {
        let (found, of) = self.spanned;
        2 * self.found >= self.of && 4 * found >= 3 * of
    }

    /// `entries` are those of the earlier report, with their days and whether they are in the log that has entries on `days`,
    /// in order.
    fn of<'a>(
        what: &'static str,
        entries: impl Iterator<Item = (NaiveDate, bool)>,
        mut days: impl DoubleEndedIterator<Item = &'a NaiveDate>,
    ) -> Self {
        let first = days.next();
        let span = first.map(|first| *first..=*days.next_back().unwrap_or(first));
        let mut shared = Self { found: 0, of: 0, spanned: (0, 0), what };
        for (day, is_there) in entries {
            let is_spanned = span.as_ref().is_some_and(|span| span.contains(&day));
            shared.of += 1;
            shared.found += usize::from(is_there);
            shared.spanned.0 += usize::from(is_there);
            shared.spanned.1 += usize::from(is_spanned);
        }
        shared
    }

    /// The error that too few are shared for the report called `file` to be compared with.
    #[must_use]
    pub fn too_few(self, file: &str) -> Error {
        let Self { found, of, what, .. } = self;
        Error::OtherEntries { file: file.to_owned(), found, of, what }
    }
}

impl Earlier {
    /// Reads the JSON of a report called `file`.
    ///
    /// # Errors
    /// Why the report cannot be compared with, and what to do.
    pub fn read(file: &str, text: &str) -> Result<Self, Error> {
        const WHAT: &str = "a report";
        // A report can be large: it is gone through a second time only where something is amiss.
        match serde_json::from_str::<Self>(text) {
            Ok(earlier) if earlier.schema_version == SCHEMA_VERSION => Ok(earlier),
            _ => versions::check(file, text, WHAT, SCHEMA_VERSION)
                .and(Err(Error::NotEarlier { file: file.to_owned(), what: WHAT })),
        }
    }

    /// Whether the report is known to be of somebody else.
    #[must_use]
    pub fn is_anothers(&self, known_by: &str) -> bool {
        self.athlete.known_by.as_ref().is_some_and(|then| then != known_by)
    }

    /// How much of the report is in a log with these traces: its runs or, where it has none, its notes.
    #[must_use]
    pub fn shared(&self, traces: &Traces) -> Shared {
        if self.runs.is_empty() {
            let notes = self.notes.iter().map(|note| (note.date, traces.has_note(note.date, &note.text)));
            return Shared::of("notes", notes, traces.notes.keys());
        }
        Shared::of("runs", self.runs.iter().map(|run| (run.local_date, traces.has_run(run))), traces.runs.keys())
    }

    /// Returns this report, called `file`, if it is of the same person as `report`.
    ///
    /// # Errors
    /// If it is known by another name, or most of its runs are not in this log.
    pub fn of_the_same(self, report: &Report, file: &str) -> Result<Self, Error> {
        if report.athlete.known_by.as_ref().is_some_and(|now| self.is_anothers(now)) {
            return Err(Error::AnotherPersons { file: file.to_owned() });
        }
        let shared = self.shared(&Traces::of_report(report));
        if shared.is_most() { Ok(self) } else { Err(shared.too_few(file)) }
    }

    /// Leaves out the runs with these ids, which the runner has set aside and which are not missing.
    #[must_use]
    pub fn without(mut self, set_aside: &[&str]) -> Self {
        self.runs.retain(|run| !set_aside.contains(&run.id.as_str()));
        self
    }
}

/// Whether two distances can be one run's.
fn about(one: Option<u32>, other: Option<u32>) -> bool {
    one.zip(other).is_none_or(|(one, other)| within(one, other, DISTANCE_PARTS))
}

/// Whether two numbers differ by no more than that part of the larger.
fn within(one: u32, other: u32, parts: u64) -> bool {
    u64::from(one.abs_diff(other)) * parts <= u64::from(one.max(other))
}

/// The time of a start as a report has it, such as `2026-03-04T06:30:00+13:00`.
fn time_of(local_start: Option<&str>, utc_offset_s: Option<i32>) -> Option<(NaiveTime, Option<i32>)> {
    let (_, time) = local_start?.split_once('T')?;
    Some((time.get(..8)?.parse().ok()?, utc_offset_s))
}
