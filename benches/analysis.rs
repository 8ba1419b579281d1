//! How long the analysis and each format take for ten years of daily runs with notes, beside a plain reading of the same
//! table by the `csv` crate in the same rounds. Everything is made up from a seed. `cargo bench --bench analysis -- [ROUNDS]`.
#![expect(clippy::disallowed_methods, reason = "the files read here are made here")]

#[allow(dead_code, reason = "each benchmark makes up some of the files")]
mod made_up;
#[allow(dead_code, reason = "each benchmark measures some of it")]
mod measured;

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use chrono::Days;
use chrono_tz::Tz;
use runhip::analysis::{self, Request};
use runhip::config::{Config, WeekStart};
use runhip::import::csv::CsvOptions;
use runhip::import::{self, Options};
use runhip::model::concern::ConcernClassifier;
use runhip::model::limits::Limits;
use runhip::model::threshold::Settings;
use runhip::model::units::Units;
use runhip::pain::concern;
use runhip::report::summary::Look;
use runhip::report::{html, json, markdown, summary};

use made_up::{RUN_HEADER, Steps, first_day, run_row};
use measured::median;

const RUNS: u64 = 3_653;
const GOAL_MS: f64 = 50.0;

/// A run a day, and an episode of pain every four months or so.
fn ten_years(seed: u64) -> (String, String) {
    let mut steps = Steps(seed);
    let mut table = RUN_HEADER.to_owned();
    let mut journal = String::new();
    let mut sore_days = 0;
    for day in 0..RUNS {
        let date = first_day() + Days::new(day);
        let metres = 4_000 + steps.below(9_000) + if day % 7 == 6 { 8_000 } else { 0 };
        table.push_str(&run_row(&mut steps, first_day(), day, metres));
        if sore_days == 0 && steps.below(120) == 0 {
            sore_days = 3 + steps.below(6);
        } else if sore_days > 0 {
            let side = ["left", "right"][usize::from(steps.below(4) == 0)];
            let _ = writeln!(journal, "{date}: {side} hip sore after the run, {}/10", 2 + steps.below(5));
            sore_days -= 1;
        }
    }
    (table, journal)
}

/// The sum of the third column, so that the plain reading has something to do.
fn read_plainly(table: &[u8]) -> f64 {
    let mut reader = csv::Reader::from_reader(table);
    reader.records().filter_map(Result::ok).filter_map(|row| row.get(2)?.parse::<f64>().ok()).sum()
}

fn measure_times(rounds: usize, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let (table, journal) = ten_years(20_260_304);
    let dir = tempfile::tempdir()?;
    std::fs::write(dir.path().join("runs.csv"), &table)?;
    std::fs::write(dir.path().join("pain.md"), &journal)?;
    let last_day = first_day() + Days::new(RUNS - 1);
    let options = Options {
        ignore: Vec::new(),
        csv: CsvOptions::default(),
        untyped: runhip::config::Untyped::Run,
        timezone: Some(Tz::UTC),
        machine_zone: Tz::UTC,
        today: last_day,
        limits: Limits::default(),
        classifier: ConcernClassifier(concern::of),
        corrections: Vec::new(),
        not_theirs: std::collections::BTreeSet::new(),
        cache: None,
        one_by_one: false,
    };
    let paths = [dir.path().to_owned()];
    let (config, settings) = (Config::default(), Settings::default());
    let request = Request {
        as_of: last_day,
        athlete: None,
        units: Units::Km,
        week_start: WeekStart::Monday,
        since: None,
        until: None,
        redact_as: None,
    };
    let names = ["plain reading of the table", "import", "analysis", "HTML", "Markdown", "JSON", "summary"];
    let mut taken = [const { Vec::new() }; 7];
    let mut facts = String::new();
    for _ in 0..rounds {
        let mut begin = Instant::now();
        let mut lap = |at: usize| {
            taken[at].push(begin.elapsed().as_secs_f64() * 1e3);
            begin = Instant::now();
        };
        black_box(read_plainly(black_box(table.as_bytes())));
        lap(0);
        let log = import::import(&paths, &options, &|_, _| {})?;
        lap(1);
        let report = analysis::analyse(black_box(&log), &config, &settings, &request)?;
        lap(2);
        black_box(html::render(&report));
        lap(3);
        black_box(markdown::render(&report));
        lap(4);
        black_box(json::render(&report));
        lap(5);
        black_box(summary::render(&report, &Look { width: 80, verbose: true }));
        lap(6);
        if log.runs.len() as u64 != RUNS {
            return Err(format!("{} runs were read: nothing can be compared", log.runs.len()).into());
        }
        facts = format!(
            "{} runs, {} notes, {} findings, {} episodes",
            report.runs.len(),
            report.pain.len(),
            report.findings.len(),
            report.episodes.len()
        );
    }
    writeln!(out, "{facts}; {rounds} rounds, medians")?;
    let first = taken.each_ref().map(|taken| taken[0]);
    let medians = taken.map(median);
    for ((name, median), first) in names.iter().zip(medians).zip(first) {
        let ratio = median / medians[0];
        writeln!(out, "{name:28}{median:9.2} ms{ratio:8.1} × the plain reading; the first time {first:.1} ms")?;
    }
    let verdict = if medians[2] < GOAL_MS { "met" } else { "missed" };
    writeln!(out, "goal: analysis under {GOAL_MS} ms: {verdict}")?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let rounds = measured::numbers().first().copied().unwrap_or(15).max(1);
    measure_times(rounds, &mut std::io::stdout().lock())
}
