//! One athlete of a roster: configuration, log, report and its files. Whatever is wrong here becomes this athlete's row.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::ThreadPool;

use super::folders::Place;
use crate::analysis::{self, Request};
use crate::cli::arguments::{Format, Made};
use crate::cli::output::{EarlierReports, Outlives};
use crate::cli::setup::{self, Setup};
use crate::cli::{Failure, analyze, export, ledger, output};
use crate::config::{Config, FILE_NAME};
use crate::model::ledger::{FileOutcome, LedgerRow};
use crate::model::log::Log;
use crate::model::problem::Cost;
use crate::report::contract::Report;
use crate::roster::{Kept, Who};
use crate::tables::run_table::TableRow;

/// What is the same for every athlete.
pub(super) struct Job<'a> {
    pub options: &'a Made,
    pub shared: &'a Setup,
    pub as_of: NaiveDate,
    /// The threads that read files.
    pub pool: &'a ThreadPool,
    /// Formats of the reports; none where none are written.
    pub formats: Vec<Format>,
    /// What the reports are compared with.
    pub earlier: &'a EarlierReports,
}

/// What is left of an athlete once the report is written.
pub(super) struct One {
    pub kept: Kept,
    /// What was lost, a line each.
    pub problems: Vec<String>,
    pub lossy: bool,
    /// A current finding reached `--fail-on`.
    pub reached: bool,
    /// Rows for `--export`.
    pub rows: Vec<TableRow>,
}

impl One {
    fn without_report(kept: Kept, problems: Vec<String>, lossy: bool) -> Self {
        Self { kept, problems, lossy, reached: false, rows: Vec::new() }
    }
}

/// Reads, analyses and writes one athlete.
///
/// # Errors
/// Only where nothing can be written any more.
pub(super) fn make(place: &Place, job: &Job<'_>) -> Result<One, Failure> {
    let mut who = Who { name: place.name.clone(), folder: place.folder.clone(), report: None };
    if let Some(number) = &place.stands_for {
        who = Who { name: number.clone(), folder: number.to_lowercase(), report: None };
    }
    let failed = |who: Who, reason: String, mut problems: Vec<String>| {
        if problems.is_empty() {
            problems.push(format!("{}: {reason}\n", place.folder));
        }
        let reason = if job.options.redact { "it could not be read".to_owned() } else { reason };
        One::without_report(Kept::failed(who, reason), problems, true)
    };
    let setup = match configured(place, job.shared) {
        Ok(setup) => setup,
        Err(reason) => return Ok(failed(who, reason, Vec::new())),
    };
    if let Some(name) = setup.config.athlete.as_ref().filter(|_| !job.options.redact) {
        who.name.clone_from(name);
    }
    let paths = [place.path.clone()];
    let log = match job.pool.install(|| setup.read(&paths, &job.options.inputs, &|_, _| ())) {
        Ok(log) => log,
        Err(Failure(reason)) => return Ok(failed(who, reason, Vec::new())),
    };
    let mut problems = problems(&log, place, job.options.verbose);
    let lossy = log.files.iter().any(LedgerRow::lost_something);
    if log.runs.is_empty() && log.other.is_empty() && log.notes.is_empty() {
        return Ok(match nothing(&log) {
            Ok(reason) => One::without_report(Kept::empty(who, reason), problems, lossy),
            Err(reason) => failed(who, reason, problems),
        });
    }
    let mut report = match analysis::analyse(&log, &setup.config, &setup.settings, &request(job, &setup.config, &who)) {
        Ok(report) => report,
        Err(reason) => return Ok(failed(who, reason, problems)),
    };
    if !job.formats.is_empty() && !job.options.redact {
        analyze::compare(&mut report, job.earlier, &place.slug);
        problems.extend(report.not_compared.iter().map(|why| format!("{why}\n")));
    }
    who.report = write(&report, place, job)?;
    let rows = if job.options.export.is_some() { export::rows(&report) } else { Vec::new() };
    let reached = analyze::reached(&report, job.options.fail_on);
    Ok(One { kept: Kept::of(who, &report), problems, lossy, reached, rows })
}

/// The athlete's own configuration over the shared one.
fn configured(place: &Place, shared: &Setup) -> Result<Setup, String> {
    if let Some(reason) = &place.lost {
        return Err(reason.clone());
    }
    let path: PathBuf = place.path.join(FILE_NAME);
    let own = if path.is_file() { Some(own_config(&path)?) } else { None };
    let config = own.unwrap_or_default().over(&shared.config);
    let settings = analysis::settings(&config).map_err(|error| format!("{FILE_NAME}:{error}"))?;
    Ok(Setup { config, settings, today: shared.today })
}

fn own_config(path: &Path) -> Result<Config, String> {
    let text = setup::text_of(path).map_err(|why| format!("{FILE_NAME} cannot be read: {why}"))?;
    let config = setup::checked_config(&text).map_err(|error| format!("{FILE_NAME}:{error}"))?;
    // The settings are checked here too, so that a mistake is told with a line of this file.
    analysis::settings(&config).map_err(|error| format!("{FILE_NAME}:{error}"))?;
    Ok(config)
}

fn request(job: &Job<'_>, config: &Config, who: &Who) -> Request {
    let options = job.options;
    Request {
        as_of: job.as_of,
        athlete: Some(who.name.clone()),
        units: options.units.or(config.units).unwrap_or_default(),
        week_start: options.week_start.or(config.week_start).unwrap_or_default(),
        since: options.since,
        until: options.until,
        redact_as: options.redact.then(|| who.name.clone()),
    }
}

/// Problems with the athlete's folder in front of each.
fn problems(log: &Log, place: &Place, all: bool) -> Vec<String> {
    let least = if all { Cost::Nothing } else { Cost::Entry };
    let lines = log.files.iter().flat_map(|row| ledger::problems(row, least));
    lines.map(|line| format!("{}{line}", place.prefix)).collect()
}

/// Why there is nothing: no entry among what could be read, or else that nothing could.
fn nothing(log: &Log) -> Result<String, String> {
    let failed: Vec<&LedgerRow> = log.files.iter().filter(|row| row.outcome == FileOutcome::Failed).collect();
    match (failed.first(), log.files.len()) {
        (None, 0) => Ok("there are no files".to_owned()),
        (None, 1) => Ok("no run and no note in the one file".to_owned()),
        (None, files) => Ok(format!("no run and no note in {files} files")),
        (Some(first), _) => {
            let why = first.reason.as_deref().unwrap_or("it could not be read");
            Err(match failed.len() {
                1 => format!("{}: {why}", first.path),
                many => format!("{many} files could not be read; {}: {why}", first.path),
            })
        }
    }
}

/// Writes the report in each format, dated and as the latest; the name of the first.
fn write(report: &Report, place: &Place, job: &Job<'_>) -> Result<Option<String>, Failure> {
    let mut first = None;
    for &format in &job.formats {
        let text = analyze::render(report, format);
        let paths = output::report_paths(&job.options.out, &place.slug, report.as_of, format.ending());
        output::write_both(&paths, text.as_bytes(), Outlives::Program)?;
        let name = paths[0].file_name().map(|name| name.to_string_lossy().into_owned());
        first = first.or(name);
    }
    Ok(first)
}
