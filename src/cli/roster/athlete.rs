//! One athlete of a roster: configuration, log, report and files. Anything wrong here goes into this athlete's row.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::ThreadPool;

use super::folders::AthleteFolder;
use super::tables::Logs;
use crate::analysis::redaction::{Redaction, Shift};
use crate::analysis::{self, AthleteTables, PreparedAthlete, Request};
use crate::cli::arguments::{Format, ReportOptions};
use crate::cli::output::{Durability, EarlierReports};
use crate::cli::report_day::{self, ReportDay};
use crate::cli::report_name::{self, ChosenName};
use crate::cli::setup::Setup;
use crate::cli::target::{self, Replaceable};
use crate::cli::{Failure, analyze, export, ledger, output, planned_weeks};
use crate::config::{Config, FILE_NAME};
use crate::configuration;
use crate::error::Error;
use crate::import::source::file_id::id_of_several;
use crate::model::ledger::{FileOutcome, LedgerRow};
use crate::model::log::Log;
use crate::model::problem::Cost;
use crate::report::contract::{PlannedWeek, Report};
use crate::report::since_last::Traces;
use crate::report::strata_rows::{self, StrataRow};
use crate::roster::{Athlete, AthleteSummary, EarlierIndex};
use crate::tables::{Exported, note_rows};

/// What is the same for every athlete in a run of `runhip roster`.
pub(super) struct RosterRun<'a> {
    pub options: &'a ReportOptions,
    pub shared: &'a Setup,
    /// The number of athletes at work at once.
    pub threads: usize,
    /// The threads that read one athlete's files; `None` where there are athletes enough to keep all threads at work.
    pub pool: Option<&'a ThreadPool>,
    /// The formats of the reports; empty if none are written.
    pub formats: Vec<Format>,
    /// The reports to compare with.
    pub earlier: &'a EarlierReports,
    /// By how much dates move, for redacted reports.
    pub shift: Option<Shift>,
    /// The index before this one.
    pub last_index: &'a EarlierIndex,
    /// The folders of all athletes.
    pub folders: BTreeSet<&'a str>,
    /// Whether notes are exported.
    pub notes_exported: bool,
}

impl RosterRun<'_> {
    /// Whether an athlete in a new folder has the name, but not the runs, of one whose folder is gone.
    fn is_a_namesake(&self, who: &Athlete, report: &Report) -> bool {
        if self.last_index.has(&who.folder) {
            return false;
        }
        let file = self.last_index.report_of_the_departed(&who.name, &self.folders);
        let shared = file
            .and_then(output::slug_of)
            .and_then(|slug| report_name::shared_with(slug, self.earlier, &Traces::of_report(report)));
        shared.is_some_and(|shared| !shared.is_most())
    }
}

/// What is kept of an athlete once the report is written.
pub(super) struct AthleteResult {
    pub kept: AthleteSummary,
    /// What was lost, one on each line.
    pub problems: Vec<String>,
    pub lossy: bool,
    /// Whether a current finding reached `--fail-on`.
    pub reached: bool,
    /// The runs for `--export`.
    pub runs: Option<Exported>,
    /// The notes for `--export-notes`.
    pub notes: Option<Exported>,
    /// The rows for `--strata`.
    pub strata: Vec<StrataRow>,
}

impl AthleteResult {
    fn without_report(kept: AthleteSummary, problems: Vec<String>, lossy: bool) -> Self {
        Self { kept, problems, lossy, reached: false, runs: None, notes: None, strata: Vec::new() }
    }

    /// The result for an athlete who could not be read, with the reason.
    fn failed(
        who: Athlete,
        reason: String,
        mut problems: Vec<String>,
        (place, job): (&AthleteFolder, &RosterRun<'_>),
    ) -> Self {
        if problems.is_empty() {
            problems.push(format!("{}: {reason}\n", place.folder));
        }
        let reason = if job.options.redact { "it could not be read".to_owned() } else { reason };
        Self::without_report(AthleteSummary::failed(who, reason), problems, true)
    }
}

/// An athlete who has been read, and whose tables can be built.
pub(super) struct ReadAthlete<'a> {
    pub prepared: PreparedAthlete<'static>,
    place: &'a AthleteFolder,
    who: Athlete,
    /// The name of the report's files.
    name: ChosenName,
    day: ReportDay,
    /// The ids of runs that the athlete's corrections leave out.
    set_aside: Vec<String>,
    emergency_number: Option<String>,
    /// The weeks of the training plan.
    planned: Vec<PlannedWeek>,
    problems: Vec<String>,
    lossy: bool,
    /// The error that a table to be written would replace a file that was read.
    clash: Option<Failure>,
}

/// Reads one athlete, from `logs` if they are in a table.
///
/// # Errors
/// The result for an athlete with nothing to judge, which is not a failure of the roster.
pub(super) fn read<'a>(
    place: &'a AthleteFolder,
    logs: Option<&Logs>,
    job: &RosterRun<'_>,
) -> Result<ReadAthlete<'a>, Box<AthleteResult>> {
    let mut who = Athlete { name: place.name.clone(), folder: place.folder.clone(), report: None };
    if let Some(number) = &place.stands_for {
        who = Athlete { name: number.clone(), folder: number.to_lowercase(), report: None };
    }
    let failed = |who: &Athlete, reason: String, problems| {
        Box::new(AthleteResult::failed(who.clone(), reason, problems, (place, job)))
    };
    if let Some(reason) = &place.lost {
        return Err(failed(&who, reason.clone(), Vec::new()));
    }
    let (setup, mut told) =
        configured(place, logs.is_some(), job).map_err(|error| failed(&who, error.to_string(), Vec::new()))?;
    if let Some(name) = setup.config.athlete.as_ref().filter(|_| !job.options.redact) {
        who.name.clone_from(name);
    }
    let paths: Vec<PathBuf> = std::iter::once(&place.path).chain(&place.tables).cloned().collect();
    let read = || setup.read(&paths, &job.options.inputs, &|_, _| ());
    let log = match (logs, job.pool) {
        (Some(logs), _) => Ok(logs.take(&place.folder)),
        (None, Some(pool)) => pool.install(read),
        (None, None) => read(),
    };
    let log = log.map_err(|error| failed(&who, error.to_string(), Vec::new()))?;
    let tables = [&job.options.export, &job.options.strata];
    let clash = tables
        .into_iter()
        .filter_map(|table| table.as_deref())
        .find_map(|table| target::check_unread(table, &[], &paths, &log.files).err());
    told.extend(problems(&log, place, job.options.verbose));
    let problems = told;
    let lossy = log.lost_something();
    if log.runs.is_empty() && log.other.is_empty() && log.notes.is_empty() {
        return Err(match without_entries(&log) {
            NoEntries::Empty(reason) => {
                Box::new(AthleteResult::without_report(AthleteSummary::empty(who, reason), problems, lossy))
            }
            NoEntries::Unreadable(reason) => failed(&who, reason, problems),
        });
    }
    let is_written = !job.formats.is_empty() && !job.options.redact;
    let name = if is_written {
        place.report_name.settle(place.slug.clone(), job.earlier, &Traces::of_log(&log))
    } else {
        ChosenName { slug: place.slug.clone(), line: None }
    };
    let last_report = job.earlier.last(&name.slug).filter(|_| is_written);
    let day = report_day::of(job.options.as_of, job.shared.today, &log, last_report);
    if let (None, false, Some(owner)) = (&setup.config.athlete, job.options.redact, &log.owner) {
        who.name.clone_from(owner);
    }
    let set_aside = setup.config.set_aside().map(str::to_owned).collect();
    let emergency_number = setup.config.emergency_number.clone();
    let request = request(job, &setup.config, &who, day.day);
    let (mut problems, mut lossy) = (problems, lossy);
    let planned = (!job.options.redact)
        .then(|| planned_weeks::of(&setup, job.options.inputs.reading.timezone, request.week_start))
        .transpose()
        .unwrap_or_else(|why| {
            problems.push(format!("{}: {why}", place.folder));
            lossy = true;
            None
        })
        .unwrap_or_default();
    let prepared = PreparedAthlete::new(Cow::Owned(log), &setup.config, Cow::Owned(setup.settings), &request);
    Ok(ReadAthlete { prepared, place, who, name, day, set_aside, emergency_number, planned, problems, lossy, clash })
}

impl ReadAthlete<'_> {
    /// Makes the report and writes it.
    ///
    /// # Errors
    /// Only where nothing can be written any more.
    pub fn judge(self, built: Result<AthleteTables, Error>, job: &RosterRun<'_>) -> Result<AthleteResult, Failure> {
        let Self {
            prepared,
            place,
            mut who,
            name,
            day,
            set_aside,
            emergency_number,
            planned,
            mut problems,
            lossy,
            clash,
        } = self;
        if let Some(clash) = clash {
            return Err(clash);
        }
        let built = match built {
            Ok(built) => built,
            Err(error) => return Ok(AthleteResult::failed(who, error.to_string(), problems, (place, job))),
        };
        let folder = who.folder.clone();
        let notes = || note_rows::rows(&who.name, &folder, &prepared.notes()).map_err(export::unmade);
        let notes = job.notes_exported.then(notes).transpose()?;
        let mut report = prepared.judge(&built.tables);
        report.as_of_last_entry = day.is_last_entry;
        report.planned = planned;
        if !job.options.redact {
            report.view.emergency_number = emergency_number;
            report.athlete.known_by = Some(place.report_name.known_by.clone());
        }
        if !job.formats.is_empty() && !job.options.redact {
            let set_aside: Vec<&str> = set_aside.iter().map(String::as_str).collect();
            analyze::compare(&mut report, job.earlier, &name.slug, &set_aside);
            problems.extend(name.line.iter().cloned());
            problems.extend(report.not_compared.iter().map(|why| format!("{why}\n")));
        }
        let mut all = job.formats.iter().flat_map(|format| paths_of(&report, &name, job, *format));
        if let Some(failure) = all.find_map(|path| target::check(&path, Replaceable::Report).err()) {
            let reason = failure.to_string();
            problems.push(format!("{}: {reason}\n", place.folder));
            return Ok(AthleteResult::failed(who, reason, problems, (place, job)));
        }
        who.report = write(&report, &name, job)?;
        let reached = analyze::reached(&report, job.options.fail_on);
        let strata = if job.options.strata.is_some() { strata_rows::of(&report) } else { Vec::new() };
        let is_another = name.line.is_some() || job.is_a_namesake(&who, &report);
        let kept = AthleteSummary::of(who, &report).in_place_of_another(is_another);
        let runs = built.runs.map(|runs| runs.in_folder(&folder)).transpose().map_err(export::unmade)?;
        Ok(AthleteResult { kept, problems, lossy, reached, runs, notes, strata })
    }
}

/// The athlete's own configuration on top of the shared one, if the athlete has a folder; and a line for each setting
/// that is refused, since the folder may be somebody else's work.
fn configured(place: &AthleteFolder, is_in_table: bool, job: &RosterRun<'_>) -> Result<(Setup, Vec<String>), Error> {
    let shared = job.shared;
    let mut told = Vec::new();
    let mut path = if is_in_table { None } else { configuration::in_folder(&place.path, &mut |why| told.push(why)) };
    let is_anothers = |path: &PathBuf| {
        let id = std::fs::metadata(path).ok().and_then(|metadata| id_of_several(path, &metadata));
        id.is_some_and(|id| place.not_theirs.contains(&id))
    };
    if path.take_if(|path| is_anothers(path)).is_some() {
        told.push(format!(
            "{}{FILE_NAME} is the same file on the disk as another athlete's, and was not used; put a copy in its place\n",
            place.prefix
        ));
    }
    let own = path.as_deref().map(own_config).transpose()?.unwrap_or_default();
    told.extend(own.overreaches(&shared.config).into_iter().map(|mistake| {
        let line = mistake.line.map_or_else(String::new, |line| format!("{line}:"));
        format!("{}{FILE_NAME}:{line} {}\n", place.prefix, mistake.what)
    }));
    let config = own.over(&shared.config);
    let settings = analysis::settings(&config).map_err(|mistake| mistake.in_file(FILE_NAME))?;
    let (not_theirs, person) = (place.not_theirs.clone(), place.person.clone());
    let one_by_one = job.pool.is_none();
    Ok((Setup { config, settings, not_theirs, person, file: path, one_by_one, ..Setup::bare(shared.today) }, told))
}

fn own_config(path: &Path) -> Result<Config, Error> {
    let text = configuration::text_of(path, FILE_NAME)?;
    let config = configuration::checked(&text).map_err(|mistake| mistake.in_file(FILE_NAME))?;
    // The settings are checked here as well, so that an error is reported with its line of this file.
    analysis::settings(&config).map_err(|mistake| mistake.in_file(FILE_NAME))?;
    Ok(config)
}

fn request(job: &RosterRun<'_>, config: &Config, who: &Athlete, as_of: NaiveDate) -> Request {
    let options = job.options;
    Request {
        as_of,
        athlete: Some(who.name.clone()),
        units: options.units.or(config.units).unwrap_or_default(),
        week_start: options.week_start.or(config.week_start).unwrap_or_default(),
        since: options.since,
        until: options.until,
        redact_as: job.shift.map(|shift| Redaction { name: who.name.clone(), shift }),
    }
}

/// Problems, each preceded by the athlete's folder.
fn problems(log: &Log, place: &AthleteFolder, all: bool) -> Vec<String> {
    let least = if all { Cost::Nothing } else { Cost::Entry };
    let lines: Vec<String> = if all {
        log.files.iter().flat_map(|row| ledger::problems(row, least)).collect()
    } else {
        ledger::problems_in_short(&log.files, least)
    };
    lines.into_iter().chain(ledger::doubts(log)).map(|line| format!("{}{line}", place.prefix)).collect()
}

/// Why a folder gives no runs or notes, in words.
enum NoEntries {
    /// Everything in it could be read, but has none.
    Empty(String),
    /// Something in it could not be read.
    Unreadable(String),
}

fn without_entries(log: &Log) -> NoEntries {
    let failed: Vec<&LedgerRow> = log.files.iter().filter(|row| row.outcome == FileOutcome::Failed).collect();
    match (failed.first(), log.files.len()) {
        (None, 0) => NoEntries::Empty("there are no files".to_owned()),
        (None, 1) => NoEntries::Empty("no run and no note in the one file".to_owned()),
        (None, files) => NoEntries::Empty(format!("no run and no note in {files} files")),
        (Some(first), _) => {
            let why = first.reason.as_deref().unwrap_or("it could not be read");
            NoEntries::Unreadable(match failed.len() {
                1 => format!("{}: {why}", first.path),
                many => format!("{many} files could not be read; {}: {why}", first.path),
            })
        }
    }
}

fn paths_of(report: &Report, name: &ChosenName, job: &RosterRun<'_>, format: Format) -> [PathBuf; 2] {
    output::report_paths(&job.options.out, &name.slug, report.as_of, format.ending())
}

/// Writes the report in each format, dated and as the latest; returns the name of the first file.
fn write(report: &Report, name: &ChosenName, job: &RosterRun<'_>) -> Result<Option<String>, Failure> {
    let mut first = None;
    for &format in &job.formats {
        let text = analyze::render(report, format);
        let paths = paths_of(report, name, job, format);
        output::write_both(&paths, text.as_bytes(), Durability::Program)?;
        let name = paths[0].file_name().map(|name| name.to_string_lossy().into_owned());
        first = first.or(name);
    }
    Ok(first)
}
