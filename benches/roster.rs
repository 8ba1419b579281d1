//! How long `runhip roster` takes for 5,200 runners with 588,000 runs in CSV, a folder each, with its peak memory; the cost
//! of a runner at 100 and at 5,200; and beside them a plain reading of the same bytes by the `csv` crate. Everything is made
//! up from a seed. `cargo bench --bench roster -- [RUNNERS]`.
#![expect(clippy::disallowed_methods, reason = "the files read here are made here")]

#[allow(dead_code, reason = "each benchmark makes up some of the files")]
mod made_up;
#[allow(dead_code, reason = "each benchmark measures some of it")]
mod measured;

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use made_up::{RUN_HEADER, Steps, run_row};
use measured::{numbers, peak_mb, runhip, wall_s};

const RUNNERS: u32 = 5_200;
const FEW_RUNNERS: u32 = 100;
/// Runs of one runner: 588,000 over 5,200 runners.
const RUNS: u64 = 113;
const GOAL_S: u32 = 15;
const GOAL_MB: u32 = 1_500;

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 6).unwrap_or_default()
}

fn as_of() -> NaiveDate {
    first_day() + Days::new(361)
}

/// About a year of a run every three days, and a few days of pain in it.
fn runner(seed: u64) -> (String, String) {
    let mut steps = Steps(seed);
    let mut table = RUN_HEADER.to_owned();
    let mut journal = String::new();
    let mut day = steps.below(5);
    for _ in 0..RUNS {
        let date = first_day() + Days::new(day);
        let metres = 4_000 + steps.below(9_000) + if steps.below(7) == 6 { 8_000 } else { 0 };
        table.push_str(&run_row(&mut steps, first_day(), day, metres));
        if steps.below(40) == 0 {
            for after in 0..2 + steps.below(3) {
                let side = ["left", "right"][usize::from(steps.below(4) == 0)];
                let _ = writeln!(journal, "{}: {side} hip sore, {}/10", date + Days::new(after), 2 + steps.below(5));
            }
        }
        day += 1 + steps.below(5);
    }
    (table, journal)
}

fn make(dir: &Path, runners: u32) -> Result<u64, Box<dyn Error>> {
    let mut bytes = 0;
    for number in 0..runners {
        let folder = dir.join(format!("runner-{number:04}"));
        std::fs::create_dir_all(&folder)?;
        let (table, journal) = runner(20_260_304 + u64::from(number));
        bytes += (table.len() + journal.len()) as u64;
        std::fs::write(folder.join("runs.csv"), table)?;
        if !journal.is_empty() {
            std::fs::write(folder.join("pain.md"), journal)?;
        }
    }
    Ok(bytes)
}

/// The sum of the third column of every table, so that the plain reading has something to do.
fn read_plainly(dir: &Path, runners: u32) -> Result<f64, Box<dyn Error>> {
    let mut sum = 0.0;
    for number in 0..runners {
        let bytes = std::fs::read(dir.join(format!("runner-{number:04}/runs.csv")))?;
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        sum += reader.records().filter_map(Result::ok).filter_map(|row| row.get(2)?.parse::<f64>().ok()).sum::<f64>();
    }
    Ok(sum)
}

/// The program on a team; its cache would be another 5,200 files, and is not what is measured.
fn roster(team: &Path, out: &Path, formats: &str) -> Command {
    let mut command = runhip();
    command.arg("roster").arg(team).args(["--as-of", &as_of().to_string(), "--quiet", "--no-cache", "--out"]).arg(out);
    command.args(["--format", formats]);
    command
}

fn main() -> Result<(), Box<dyn Error>> {
    let runners = numbers().first().map_or(Ok(RUNNERS), |&runners| u32::try_from(runners))?;
    let out = &mut std::io::stdout().lock();
    let dir = tempfile::tempdir()?;
    let (many, few) = (dir.path().join("many"), dir.path().join("few"));
    let bytes = make(&many, runners)?;
    make(&few, FEW_RUNNERS)?;
    let megabytes = |bytes: u64| f64::from(u32::try_from(bytes / 1_024).unwrap_or(u32::MAX)) / 1_024.0;
    writeln!(out, "{runners} runners, {} runs, {:.0} MB", u64::from(runners) * RUNS, megabytes(bytes))?;

    let begun = Instant::now();
    black_box(read_plainly(&many, runners)?);
    let plain = begun.elapsed();
    writeln!(out, "csv alone, one core: {:.2} s", plain.as_secs_f64())?;

    let reports = dir.path().join("out");
    for formats in ["json", "html,json"] {
        let of_few = wall_s(&mut roster(&few, &reports, formats))? * 1e3 / f64::from(FEW_RUNNERS);
        let taken = wall_s(&mut roster(&many, &reports, formats))?;
        let each = taken * 1e3 / f64::from(runners);
        writeln!(
            out,
            "roster, index and --format {formats}: {taken:.1} s{}, {:.0} times csv alone",
            if formats == "json" { verdict(taken <= f64::from(GOAL_S), &format!("{GOAL_S} s")) } else { String::new() },
            taken / plain.as_secs_f64(),
        )?;
        writeln!(
            out,
            "  a runner: {of_few:.2} ms of {FEW_RUNNERS}, {each:.2} ms of {runners}: {:.2} times",
            each / of_few
        )?;
    }
    let peak = peak_mb(&mut roster(&many, &reports, "json"))?;
    let peak = peak.map_or_else(
        || "not known".to_owned(),
        |mb| format!("{mb:.0} MB{}", verdict(mb <= f64::from(GOAL_MB), &format!("{GOAL_MB} MB"))),
    );
    writeln!(out, "peak memory: {peak}")?;
    Ok(())
}

/// The goal, which is for the index and the JSON, and whether it was met.
fn verdict(met: bool, goal: &str) -> String {
    format!(" (goal {goal}: {})", if met { "met" } else { "missed" })
}
