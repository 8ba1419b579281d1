//! How long the analysis and each format take for ten years of daily runs with notes, beside a plain reading of the same
//! table by the `csv` crate in the same rounds, and how the peak memory of `runhip check` grows from 300 GPX files to
//! 3,000. Everything is made up from a seed. `cargo bench --bench analysis -- [ROUNDS]`; 0 rounds measure memory alone.
#![expect(clippy::disallowed_methods, reason = "the files read here are made here")]

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use runhip::analysis::{self, Request};
use runhip::config::{Config, WeekStart};
use runhip::import::csv::CsvOptions;
use runhip::import::{self, Options};
use runhip::model::threshold::Settings;
use runhip::model::units::Units;
use runhip::report::summary::Look;
use runhip::report::{html, json, markdown, summary};

const RUNS: u64 = 3_653;
const GOAL_MS: f64 = 50.0;
/// Points of one made-up track, a second apart.
const POINTS: u32 = 600;
const FEW_FILES: u32 = 300;
const MANY_FILES: u32 = 3_000;

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
    NaiveDate::from_ymd_opt(2014, 1, 6).unwrap_or_default()
}

/// A run a day, and an episode of pain every four months or so.
fn ten_years(seed: u64) -> (String, String) {
    let mut steps = Steps(seed);
    let mut table = "date,start,distance_km,duration,shoe,notes\n".to_owned();
    let mut journal = String::new();
    let mut sore_days = 0;
    for day in 0..RUNS {
        let date = first_day() + Days::new(day);
        let metres = 4_000 + steps.below(9_000) + if day % 7 == 6 { 8_000 } else { 0 };
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

fn median_ms(mut taken: Vec<Duration>) -> f64 {
    taken.sort_unstable();
    taken.get(taken.len() / 2).map_or(0.0, Duration::as_secs_f64) * 1e3
}

fn measure_times(rounds: usize, out: &mut impl std::io::Write) -> Result<(), Box<dyn Error>> {
    let (table, journal) = ten_years(20_260_304);
    let dir = tempfile::tempdir()?;
    std::fs::write(dir.path().join("runs.csv"), &table)?;
    std::fs::write(dir.path().join("pain.md"), &journal)?;
    let last_day = first_day() + Days::new(RUNS - 1);
    let options = Options {
        ignore: Vec::new(),
        csv: CsvOptions::default(),
        timezone: Some(Tz::UTC),
        machine_zone: Tz::UTC,
        today: last_day,
        corrections: Vec::new(),
        cache: None,
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
    };
    let names = ["plain reading of the table", "import", "analysis", "HTML", "Markdown", "JSON", "summary"];
    let mut taken = [const { Vec::new() }; 7];
    let mut facts = String::new();
    for _ in 0..rounds {
        let mut begin = Instant::now();
        let mut lap = |at: usize| {
            taken[at].push(begin.elapsed());
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
    let medians = taken.map(median_ms);
    for (name, median) in names.iter().zip(medians) {
        writeln!(out, "{name:28}{median:9.2} ms{:8.1} × the plain reading", median / medians[0])?;
    }
    let verdict = if medians[2] < GOAL_MS { "met" } else { "missed" };
    writeln!(out, "goal: analysis under {GOAL_MS} ms: {verdict}")?;
    Ok(())
}

/// A track of ten minutes in the layout of Garmin Connect, on a day of its own.
fn track(number: u32, steps: &mut Steps) -> String {
    let day = first_day() + Days::new(u64::from(number));
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx creator=\"Garmin Connect\" version=\"1.1\" \
                    xmlns=\"http://www.topografix.com/GPX/1/1\">\n<trk><type>running</type><trkseg>\n"
        .to_owned();
    let mut lat = 48_137_154 + steps.below(10_000);
    for second in 0..POINTS {
        lat += 20 + steps.below(10);
        let _ = writeln!(
            text,
            "<trkpt lat=\"{}.{:06}\" lon=\"11.575\"><ele>520</ele><time>{day}T06:{:02}:{:02}Z</time></trkpt>",
            lat / 1_000_000,
            lat % 1_000_000,
            second / 60,
            second % 60
        );
    }
    text + "</trkseg></trk>\n</gpx>\n"
}

/// The most memory, in kilobytes, that `runhip check` held at a time over a folder. The high-water mark is the
/// kernel's own, so that what is asked for between two looks is not missed but for the very end.
fn peak_kb(folder: &Path) -> Result<u64, Box<dyn Error>> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_runhip"))
        .args(["check", "--no-cache", "--jobs", "2"])
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(now.unwrap_or(0));
        if let Some(status) = child.try_wait()? {
            return if status.success() && peak > 0 { Ok(peak) } else { Err("memory could not be read".into()) };
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn measure_memory(out: &mut impl std::io::Write) -> Result<(), Box<dyn Error>> {
    let dir = tempfile::tempdir()?;
    let mut steps = Steps(7);
    let (few, many) = (dir.path().join("few"), dir.path().join("many"));
    let mut bytes = 0;
    for (folder, files) in [(&few, FEW_FILES), (&many, MANY_FILES)] {
        std::fs::create_dir(folder)?;
        for number in 0..files {
            let text = track(number, &mut steps);
            bytes += text.len();
            std::fs::write(folder.join(format!("{number}.gpx")), text)?;
        }
    }
    // The least of three: a busy machine can only add to it.
    let least = |folder: &Path| -> Result<u64, Box<dyn Error>> {
        let peaks = [peak_kb(folder)?, peak_kb(folder)?, peak_kb(folder)?];
        Ok(peaks.into_iter().min().unwrap_or(0))
    };
    let (few_kb, many_kb) = (least(&few)?, least(&many)?);
    let per_file_kb = many_kb.saturating_sub(few_kb) * 1_000 / u64::from(MANY_FILES - FEW_FILES);
    let size_kb = bytes / 1_000 / (FEW_FILES + MANY_FILES) as usize;
    writeln!(
        out,
        "peak memory of check: {few_kb} kB over {FEW_FILES} GPX files of {size_kb} kB, {many_kb} kB over {MANY_FILES}"
    )?;
    writeln!(out, "each further file adds {per_file_kb} bytes")?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let rounds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(15);
    let mut out = std::io::stdout().lock();
    if rounds > 0 {
        measure_times(rounds, &mut out)?;
    }
    if Path::new("/proc/self/status").exists() {
        measure_memory(&mut out)?;
    } else {
        writeln!(out, "peak memory is read from /proc, which is not here")?;
    }
    Ok(())
}
