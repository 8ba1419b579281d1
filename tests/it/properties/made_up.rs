//! A made-up log, the files it is written to, and the library's report on it.

use runhip::model::concern::ConcernClassifier;
use runhip::pain::concern;
use std::fmt::Write as _;
use std::path::Path;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use proptest::prelude::*;
use runhip::analysis::{self, Request};
use runhip::config::{Config, WeekStart};
use runhip::import::csv::CsvOptions;
use runhip::import::{self, Options};
use runhip::model::limits::Limits;
use runhip::model::log::Log;
use runhip::model::threshold::Settings;
use runhip::model::units::Units;
use runhip::report::{html, json, markdown, summary};
use serde_json::Value;

/// Days a log may span.
const SPAN_DAYS: u64 = 160;

/// One run. Some have a time of day.
#[derive(Clone, Debug)]
pub struct Run {
    pub day: u64,
    pub minute: Option<u32>,
    pub metres: Option<u32>,
    pub shoe: &'static str,
}

#[derive(Clone, Debug)]
pub struct MadeUp {
    pub runs: Vec<Run>,
    /// The day of each note and its text.
    pub notes: Vec<(u64, &'static str)>,
}

pub fn date(day: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 3).unwrap() + Days::new(day)
}

/// A report day after the end of the log.
pub fn afterwards() -> NaiveDate {
    date(SPAN_DAYS + 10)
}

const NOTES: [&str; 7] = [
    "left hip 4/10",
    "right hip sore after the run 3/10",
    "both hips tight",
    "left hip fine, no pain",
    "off",
    "left hip 8/10 after a fall",
    "bardzo zmęczony",
];

/// The runs of one day: mostly one, sometimes two far apart. Two runs of one length on one day without times could
/// not be told from one run written down twice, so there are none.
fn day(day: u64) -> impl Strategy<Value = Vec<Run>> {
    let metres = || proptest::option::weighted(0.9, 400_u32..42_000);
    let shoe = || proptest::sample::select(&["", "Ghost", "Pegasus"][..]);
    let run = move |minute, metres, shoe| Run { day, minute, metres, shoe };
    prop_oneof![
        4 => Just(Vec::new()),
        4 => (metres(), shoe()).prop_map(move |(metres, shoe)| vec![run(None, metres, shoe)]),
        2 => (300_u32..600, metres(), shoe()).prop_map(move |(at, metres, shoe)| vec![run(Some(at), metres, shoe)]),
        1 => (300_u32..600, metres(), metres(), shoe()).prop_map(move |(at, morning, evening, shoe)| {
            vec![run(Some(at), morning, shoe), run(Some(at + 700), evening, shoe)]
        }),
    ]
}

pub fn log() -> impl Strategy<Value = MadeUp> {
    let days: Vec<_> = (0..SPAN_DAYS).map(day).collect();
    let blank = (0..SPAN_DAYS, 0_u64..40);
    let notes = proptest::collection::btree_map(0..SPAN_DAYS, proptest::sample::select(&NOTES[..]), 0..12);
    (days, blank, notes).prop_filter_map("a log has a run", |(days, (from, length), notes)| {
        let blank = from..from + length;
        let runs: Vec<Run> = days.into_iter().flatten().filter(|run| !blank.contains(&run.day)).collect();
        let notes = notes.into_iter().filter(|(day, _)| !blank.contains(day)).collect();
        (!runs.is_empty()).then_some(MadeUp { runs, notes })
    })
}

/// A run log as a table. A run lasts six minutes a kilometre, or half an hour, plus some seconds of its own, because
/// two runs of one length, whole hours apart in two files, would be merged into one.
pub fn table<'a>(runs: impl IntoIterator<Item = &'a Run>) -> String {
    let mut text = "date,start,distance_km,duration,shoe\n".to_owned();
    for run in runs {
        let start = run.minute.map_or_else(String::new, |minute| format!("{:02}:{:02}", minute / 60, minute % 60));
        let km = run.metres.map_or_else(String::new, |metres| format!("{}.{:03}", metres / 1_000, metres % 1_000));
        let own =
            4 * u32::try_from(run.day).unwrap() + if run.minute.is_some_and(|minute| minute > 720) { 2 } else { 0 };
        let seconds = run.metres.map_or(1_800, |metres| metres * 36 / 100) + own;
        let duration = format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
        writeln!(text, "{},{start},{km},{duration},{}", date(run.day), run.shoe).unwrap();
    }
    text
}

/// Notes as a journal.
pub fn journal<'a>(notes: impl IntoIterator<Item = &'a (u64, &'static str)>) -> String {
    let mut text = String::new();
    for (day, words) in notes {
        writeln!(text, "{}: {words}", date(*day)).unwrap();
    }
    text
}

/// A folder with these files.
pub fn folder<T: AsRef<[u8]>>(files: &[(&str, T)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    dir
}

/// Reads the log of a folder.
pub fn imported(dir: &Path) -> Log {
    let options = Options {
        ignore: Vec::new(),
        csv: CsvOptions::default(),
        untyped: runhip::config::Untyped::Run,
        timezone: None,
        machine_zone: Tz::UTC,
        today: NaiveDate::from_ymd_opt(2025, 1, 1).unwrap(),
        limits: Limits::default(),
        classifier: ConcernClassifier(concern::of),
        corrections: Vec::new(),
        not_theirs: std::collections::BTreeSet::new(),
        cache: None,
        one_by_one: false,
    };
    import::import(&[dir.to_owned()], &options, &|_, _| {}).unwrap()
}

/// The report on a log as of a day. Every format is rendered, so that a failure in any of them is seen.
pub fn report(log: &Log, as_of: NaiveDate) -> Value {
    let request = Request {
        as_of,
        athlete: None,
        units: Units::Km,
        week_start: WeekStart::Monday,
        since: None,
        until: None,
        redact_as: None,
    };
    let report = analysis::analyse(log, &Config::default(), &Settings::default(), &request).unwrap();
    assert!(html::render(&report).ends_with("</html>") || html::render(&report).ends_with("</html>\n"));
    assert!(markdown::render(&report).starts_with("<!-- runhip report -->"));
    assert!(!summary::render(&report, &summary::Look { width: 80, verbose: true }).is_empty());
    serde_json::from_str(&json::render(&report)).unwrap()
}

/// The report on a log kept in order in one table and one journal.
pub fn plain_report(made_up: &MadeUp, as_of: NaiveDate) -> Value {
    let dir = folder(&[("log.csv", table(&made_up.runs)), ("pain.md", journal(&made_up.notes))]);
    report(&imported(dir.path()), as_of)
}

pub fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no whole number"))
}

/// The sum of one field over rows; unknown values add nothing.
pub fn sum(rows: &Value, field: &str) -> u64 {
    rows.as_array().unwrap().iter().filter_map(|row| row[field].as_u64()).sum()
}
