//! How long `runhip roster` takes for 5,200 runners with 588,000 runs in CSV, a folder each, with its peak memory; the cost
//! of a runner at 100 and at 5,200; and beside them a plain reading of the same bytes by the `csv` crate. Everything is made
//! up from a seed. `cargo bench --bench roster -- [RUNNERS]`.
#![expect(clippy::disallowed_methods, reason = "the files read here are made here")]

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};

const RUNNERS: u32 = 5_200;
const FEW_RUNNERS: u32 = 100;
/// Runs of one runner: 588,000 over 5,200 runners.
const RUNS: u64 = 113;
const GOAL_S: f64 = 15.0;
const GOAL_MB: f64 = 1_500.0;

/// One multiplication and one addition a number (Knuth's MMIX constants) are random enough for made-up runs.
struct Steps(u64);

impl Steps {
    /// A whole number below `limit`.
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 11, 24).unwrap_or_default()
}

fn as_of() -> NaiveDate {
    first_day() + Days::new(361)
}

/// About a year of a run every three days, and a few days of pain in it.
fn runner(seed: u64) -> (String, String) {
    let mut steps = Steps(seed);
    let mut table = "date,start,distance_km,duration,shoe,notes\n".to_owned();
    let mut journal = String::new();
    let mut day = steps.below(5);
    for _ in 0..RUNS {
        let date = first_day() + Days::new(day);
        let metres = 4_000 + steps.below(9_000) + if steps.below(7) == 6 { 8_000 } else { 0 };
        let seconds = metres * (300 + steps.below(60)) / 1_000;
        let _ = writeln!(
            table,
            "{date},{:02}:{:02},{}.{:03},{}:{:02}:{:02},Pair {},easy along the river",
            6 + steps.below(3),
            steps.below(60),
            metres / 1_000,
            metres % 1_000,
            seconds / 3_600,
            seconds / 60 % 60,
            seconds % 60,
            day / 90,
        );
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
        std::fs::write(folder.join("pain.md"), journal)?;
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

/// Runs the program, and gives its time and its peak memory in MB where the system tells it.
fn roster(team: &Path, out: &Path, more: &[&str]) -> Result<(Duration, Option<f64>), Box<dyn Error>> {
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_runhip"))
        .arg("roster")
        .arg(team)
        .args(["--as-of", &as_of().to_string(), "--quiet", "--no-cache", "--out"])
        .arg(out)
        .args(more)
        .stdout(Stdio::null())
        .spawn()?;
    let status = Path::new("/proc").join(child.id().to_string()).join("status");
    let mut peak = None;
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        // The kernel keeps the highest value; the last look before the end is what counts.
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let kilobytes =
            text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        peak = kilobytes.map(|kb: f64| kb / 1_024.0).or(peak);
        thread::sleep(Duration::from_millis(5));
    };
    let taken = begun.elapsed();
    if ended.success() { Ok((taken, peak)) } else { Err(format!("runhip ended with {ended}").into()) }
}

fn main() -> Result<(), Box<dyn Error>> {
    let runners = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(RUNNERS);
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

    for formats in ["json", "html,json"] {
        let shares = [(&few, FEW_RUNNERS), (&many, runners)].map(|(team, count)| -> Result<_, Box<dyn Error>> {
            let (taken, peak) = roster(team, &dir.path().join("out"), &["--format", formats])?;
            Ok((taken, peak, taken.as_secs_f64() * 1e3 / f64::from(count)))
        });
        let [few, many] = shares;
        let ((_, _, each_of_few), (taken, peak, each)) = (few?, many?);
        writeln!(
            out,
            "roster, index and --format {formats}: {:.1} s (goal {GOAL_S}), {:.0} times csv alone; peak {} (goal {GOAL_MB:.0} MB)",
            taken.as_secs_f64(),
            taken.as_secs_f64() / plain.as_secs_f64(),
            peak.map_or_else(|| "not known".to_owned(), |mb| format!("{mb:.0} MB")),
        )?;
        writeln!(
            out,
            "  a runner: {each_of_few:.2} ms of {FEW_RUNNERS}, {each:.2} ms of {runners}: {:.2} times",
            each / each_of_few
        )?;
    }
    Ok(())
}
