//! `runhip analyze`: reads one runner's logs and notes, writes the report and prints its summary. The findings are
//! worked out elsewhere.

use super::arguments::{Analyze, FailOn, Format, ReportOptions};
use super::failure::EmptyLog;
use super::folder_lock::{Company, FolderLock};
use super::output::EarlierReports;
use super::report_day;
use super::report_name::{ChosenName, ReportName};
use super::setup::Setup;
use super::target::{self, Replaceable};
use super::{
    Failure, RunStatus, clock, dated_reports, export, ledger, output, planned_weeks, redaction_secret, strata, terminal,
};
use crate::analysis::redaction::Redaction;
use crate::analysis::{self, Request};
use crate::configuration;
use crate::import::source::last_part;
use crate::model::finding::Severity;
use crate::model::ledger::FileOutcome;
use crate::model::log::Log;
use crate::model::problem::Cost;
use crate::model::reading::Priority;
use crate::pain::reading;
use crate::report::contract::Report;
use crate::report::since_last::{self, Earlier, Traces};
use crate::report::strata_rows::{self, StrataTable};
use crate::report::summary::Look;
use crate::report::{html, json, markdown, summary, wording};

/// Stands in place of the name in a redacted report.
const REDACTED: &str = "Redacted for sharing";

/// The most problems printed before the rest is only counted.
const MOST_PROBLEMS: usize = 20;

pub(super) fn run(options: &Analyze) -> Result<RunStatus, Failure> {
    let (athlete, options) = (&options.athlete, &options.report);
    let mut setup = Setup::new(&options.inputs)?;
    // In a table of several people, the rows of this athlete count.
    setup.config.athlete = athlete.clone().or(setup.config.athlete);
    let table = options.export.as_deref().map(|path| export::target(path).map(|kind| (path, kind))).transpose()?;
    options.strata.as_deref().map(strata::check).transpose()?;
    target::check_apart([&options.export, &options.strata].into_iter().flatten())?;
    if options.stdout.is_none() {
        output::prepare(&options.out)?;
    }
    let log = setup.import(&options.inputs, reading::load)?;
    // Where nothing could be done, one line says why.
    if log.runs.is_empty() && log.other.is_empty() && log.notes.is_empty() {
        return Err(nothing_found(&log));
    }
    complain_of(&log, options.verbose);
    terminal::complain(&setup.notes_not_read(&options.inputs.paths).unwrap_or_default());
    let config = &setup.config;
    let first_path = || options.inputs.paths.first().map_or_else(String::new, |path| last_part(path));
    let given = athlete.clone().or_else(|| config.athlete.clone());
    let unproven = given.is_none() && log.owner.is_some();
    let athlete = given.or_else(|| log.owner.clone());
    let known_by = athlete.clone().unwrap_or_else(first_path);
    let lock =
        if options.stdout.is_some() { FolderLock::none() } else { FolderLock::wait_for(&options.out, Company::Nobody) };
    // What has changed since another day would tie a report for sharing to one that is not.
    let reports = if options.stdout.is_some() || options.redact {
        EarlierReports::default()
    } else {
        EarlierReports::list(&options.out)
    };
    let name = if options.redact {
        ChosenName { slug: output::REDACTED_SLUG.to_owned(), line: None }
    } else {
        let name = ReportName::new(&known_by, &known_by).if_unproven(unproven);
        name.settle(name.choose(&reports, true), &reports, &Traces::of_log(&log))
    };
    let day = report_day::of(options.as_of, setup.today, &log, reports.last(&name.slug));
    let shift = options.redact.then(|| redaction_secret::shift(options, &known_by)).transpose()?;
    let request = Request {
        as_of: day.day,
        athlete,
        units: options.units.or(config.units).unwrap_or_default(),
        week_start: options.week_start.or(config.week_start).unwrap_or_default(),
        since: options.since,
        until: options.until,
        redact_as: shift.map(|shift| Redaction { name: REDACTED.to_owned(), shift }),
    };
    let (mut report, runs) = analysis::report_and_runs(&log, config, &setup.settings, &request, table.is_some())?;
    report.as_of_last_entry = day.is_last_entry;
    // A training plan would tell whose log it is.
    let planned =
        (!options.redact).then(|| planned_weeks::of(&setup, options.inputs.reading.timezone, request.week_start));
    let plan_read = planned.as_ref().is_none_or(Result::is_ok);
    match planned {
        Some(Ok(weeks)) => report.planned = weeks,
        Some(Err(why)) => terminal::complain(&why),
        None => {}
    }
    report.view.emergency_number = config.emergency_number.clone().filter(|_| !options.redact);
    report.athlete.known_by = Some(known_by).filter(|_| !options.redact);
    let named: Vec<_> = options.inputs.reading.config.as_deref().into_iter().collect();
    if let (Some((path, kind)), Some(runs)) = (table, runs) {
        target::check_unread(path, &named, &options.inputs.paths, &log.files)?;
        export::write(&runs.exported(), path, kind, options.raw_cells)?;
    }
    if let Some(path) = options.strata.as_deref() {
        target::check_unread(path, &named, &options.inputs.paths, &log.files)?;
        let mut table = StrataTable::default();
        for row in strata_rows::of(&report) {
            table.add(row);
        }
        strata::write(&table, path)?;
    }
    if let Some(format) = options.stdout {
        terminal::say_bytes(render(&report, format).as_bytes())?;
    } else {
        compare(&mut report, &reports, &name.slug, &config.set_aside().collect::<Vec<_>>());
        say_of(&report, &reports, &name);
        // The place of the settings may contain the name that a redacted report leaves out.
        let settings = if options.redact { String::new() } else { setup.told(&log) };
        write(&report, options, &name.slug, &settings)?;
    }
    drop(lock);
    Ok(match done(&report, &log, options) {
        RunStatus::Complete if !plan_read => RunStatus::Incomplete,
        done => done,
    })
}

pub(super) fn render(report: &Report, format: Format) -> String {
    match format {
        Format::Html => html::render(report),
        Format::Md => markdown::brief::render(report),
        Format::MdFull => markdown::render(report),
        Format::Json => json::render(report),
        Format::Handout => html::handout_page(report),
    }
}

/// Says on standard error what is unusual about the report's name, its day, and earlier reports.
fn say_of(report: &Report, reports: &EarlierReports, name: &ChosenName) {
    terminal::complain(name.line.as_deref().unwrap_or_default());
    terminal::complain(&reports.later(&name.slug, report.as_of).unwrap_or_default());
    let missing = report.since_last.as_ref().and_then(|since| since.missing.as_ref());
    for line in report.not_compared.iter().chain(missing) {
        terminal::complain(&format!("{line}\n"));
    }
}

fn write(report: &Report, options: &ReportOptions, slug: &str, settings: &str) -> Result<(), Failure> {
    let mut written = Vec::new();
    let paths_of = |format: Format| output::report_paths(&options.out, slug, report.as_of, format.ending());
    // Checks all of them before writing any.
    options.formats().into_iter().flat_map(paths_of).try_for_each(|path| target::check(&path, Replaceable::Report))?;
    for format in options.formats() {
        let text = render(report, format);
        let paths = paths_of(format);
        for path in &paths {
            output::write_whole(path, text.as_bytes(), Replaceable::Report)?;
        }
        written.push(paths[0].display().to_string());
    }
    if let Some(keep) = options.keep {
        dated_reports::thin(&options.out, &[slug].into(), keep);
    }
    let written = written.join(", ");
    if options.quiet {
        let news = news(report).or_else(|| silence(report)).or_else(|| options.heartbeat.then(|| nothing_new(report)));
        return match news {
            Some(news) => terminal::say(&format!("{news} Report: {written}\n")),
            None => Ok(()),
        };
    }
    let look = Look { width: terminal::width(), verbose: options.verbose };
    terminal::say(&format!("{}\nReport: {written}\n{settings}", summary::render(report, &look).trim_end()))
}

/// Adds what has changed since the newest of the earlier reports, or why that cannot be told. An earlier report that
/// cannot be read does not prevent a new one.
pub(super) fn compare(report: &mut Report, reports: &EarlierReports, slug: &str, set_aside: &[&str]) {
    let Some(path) = reports.newest(slug, report.as_of) else { return };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let earlier = configuration::text_of(&path, &name).and_then(|text| Earlier::read(&name, &text));
    match earlier.and_then(|earlier| earlier.of_the_same(report, &name)) {
        Ok(earlier) => {
            report.since_last = Some(earlier.without(set_aside).compare(report));
        }
        Err(error) => report.not_compared = Some(error.to_string()),
    }
}

/// What even a quiet run prints: what is new and, as long as it leads, any sign that calls for help now or today.
fn news(report: &Report) -> Option<String> {
    let leading = report.warnings.iter().filter(|sign| sign.leads).map(|sign| sign.warning.priority).min();
    let call = leading.map(wording::urgency);
    match (&report.since_last, call) {
        (Some(since), Some(call)) if since.news || leading <= Some(Priority::P1) => {
            Some(format!("{} {call}.", since.text))
        }
        (Some(since), _) => since.news.then(|| since.text.clone()),
        (None, call) => call.map(|call| format!("{call}: warning signs stand in the notes.")),
    }
}

/// That nothing has been logged for a while, where no earlier report told of it: a report of a log that ended long ago is
/// made for its last day, and so has none to be compared with.
fn silence(report: &Report) -> Option<String> {
    let until = if report.as_of_last_entry { clock::today(clock::machine_zone()) } else { report.as_of };
    since_last::silence(report, until).map(|silence| format!("{}.", wording::capital(&silence)))
}

/// What a heartbeat prints where there is no news.
fn nothing_new(report: &Report) -> String {
    match &report.since_last {
        Some(since) => since.text.clone(),
        None => format!("Report of {} written.", wording::day(report.as_of)),
    }
}

fn done(report: &Report, log: &Log, options: &ReportOptions) -> RunStatus {
    if reached(report, options.fail_on) {
        RunStatus::FindingReached
    } else if log.lost_something() || misses_something(report) {
        RunStatus::Incomplete
    } else {
        RunStatus::Complete
    }
}

/// Whether files that the earlier report was made from seem to be missing.
pub(super) fn misses_something(report: &Report) -> bool {
    report.since_last.as_ref().is_some_and(|since| since.missing.is_some())
}

/// Whether a current finding is as severe as `--fail-on` asks. A recent note that was not understood counts as a
/// warning, since it may hold a warning sign.
pub(super) fn reached(report: &Report, fail_on: FailOn) -> bool {
    let current = || report.findings.iter().filter(|finding| finding.current);
    fail_on.severity().is_some_and(|least| {
        current().any(|finding| finding.severity >= least)
            || least <= Severity::Warning && report.pain.iter().any(|note| note.is_unread_of_late(report.as_of))
    })
}

/// Says on standard error what was lost or, with `all`, every problem.
pub(super) fn complain_of(log: &Log, all: bool) {
    let least = if all { Cost::Nothing } else { Cost::Entry };
    let mut lines: Vec<String> = if all {
        log.files.iter().flat_map(|row| ledger::problems(row, least)).collect()
    } else {
        ledger::problems_in_short(&log.files, least)
    };
    lines.extend(ledger::doubts(log));
    complain_in_lines(&lines, all);
}

/// Writes problems to standard error, one on each line; only the first ones unless `all` are wanted.
pub(super) fn complain_in_lines(lines: &[String], all: bool) {
    let shown = if all { lines.len() } else { MOST_PROBLEMS.min(lines.len()) };
    let mut text = lines[..shown].concat();
    if shown < lines.len() {
        text.push_str(&format!("… and {} more; runhip check lists them all\n", lines.len() - shown));
    }
    terminal::complain(&text);
}

/// The error for a log with nothing in it.
pub(super) fn nothing_found(log: &Log) -> Failure {
    let first_lost = log.files.iter().flat_map(|row| ledger::problems(row, Cost::Entry)).next();
    let first_lost = first_lost.map(|line| line.trim_end().to_owned());
    Failure::NothingToReport(match (&log.files[..], first_lost) {
        ([], _) => EmptyLog::NoFiles,
        ([only], Some(why)) if only.outcome == FileOutcome::Failed => EmptyLog::OneUnreadable(why),
        ([_], _) => EmptyLog::One,
        (several, None) => EmptyLog::Several(several.len()),
        (several, Some(why)) => EmptyLog::SeveralUnreadable(several.len(), why),
    })
}
