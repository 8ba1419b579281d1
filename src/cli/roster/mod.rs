//! `runhip roster`: a report for each athlete, and the index. Athletes are read, given
//! their tables and judged a batch at a time; of each no more is kept in the end than a row.

mod athlete;
mod batch;
mod folders;
mod side_by_side;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::NaiveDate;

use super::arguments::{AsOf, Format, ReportOptions, Roster};
use super::export::{self, Table};
use super::output::{Durability, EarlierReports, REDACTED_SLUG};
use super::progress::ReadingProgress;
use super::report_name::INDEX;
use super::setup::{self, Setup};
use super::target::{self, Replaceable};
use super::{Failure, RunStatus, analyze, dated_reports, output, redaction_secret, strata, terminal};
use crate::configuration;
use crate::import::{self, csv::CsvOptions};
use crate::model::log::Log;
use crate::report::index::contract::Index;
use crate::report::index::{html, is_gone, json, markdown, summary};
use crate::report::strata_rows::StrataTable;
use crate::report::summary::Look;
use crate::report::wording;
use crate::roster::{self, AthleteSummary, EarlierIndex, IndexOptions};

use athlete::{AthleteResult, RosterRun};
use batch::Batch;
use folders::AthleteFolder;

/// Told where two athletes would share a hash.
const SAME_ATHLETE: &str =
    "two athletes of one name have logs that begin on the same day; --strata kept the counts of the first";

/// Whom the secret moves the dates of a redacted roster for: all of its athletes. No path has an end like this.
const ROSTER: &str = "a roster/";

pub(super) fn run(options: &Roster) -> Result<RunStatus, Failure> {
    let options = &options.report;
    let shared = Setup::new(&options.inputs)?;
    if let Some(key) = shared.config.personal_key() {
        if !shared.is_elsewhere {
            return Err(Failure::PersonalKey(key));
        }
        // It is the coach's own, and nothing of that is taken over for an athlete.
        let file = shared.file.as_ref().map_or_else(String::new, |file| file.display().to_string());
        terminal::complain(&format!(
            "{file} sets {key}, which belongs to one runner and was not used for the athletes\n"
        ));
    }
    options.export.as_deref().map(export::target).transpose()?;
    options.strata.as_deref().map(strata::check).transpose()?;
    let limits = shared.config.limits.in_force();
    let columns = CsvOptions::of(&shared.config);
    let people_in = |path: &Path| import::people_in(path, &columns, &limits);
    let found = folders::find(&options.inputs.paths, &options.out, &people_in)?;
    if options.stdout.is_none() {
        output::prepare(&options.out)?;
    }
    // It may go into the folder of the reports.
    let table = options.export.as_deref().map(|path| Table::begin(path, options.raw_cells)).transpose()?;
    // In a roster the last entry is each athlete's own, and the index speaks of today.
    let as_of = if let Some(AsOf::Day(day)) = options.as_of { day } else { shared.today };
    // One shift for all: their reports are of one day, so that who knows the shift of one knows that of each.
    let shift = options.redact.then(|| redaction_secret::shift(options, ROSTER)).transpose()?;
    let shown_as_of = shift.map_or(as_of, |shift| shift.day(as_of));
    if options.stdout.is_none() {
        let mut paths = index_paths(options, shown_as_of).into_iter().flatten();
        paths.try_for_each(|path| target::check(&path, Replaceable::Report))?;
    }
    let reports = EarlierReports::list(&options.out);
    let found = if options.redact { found.redacted(redaction_secret::order(options)?) } else { found.named(&reports) };
    if options.redact && options.stdout.is_none() {
        let slugs = found.athletes.iter().map(|place| place.slug.as_str()).collect();
        terminal::complain(&reports.otherwise_numbered(&slugs, shown_as_of).unwrap_or_default());
    }
    // What has changed since another day would tie an index for sharing to one that is not.
    let earlier = if options.redact { EarlierIndex::None } else { earlier(&reports, as_of) };
    if !options.redact {
        terminal::complain(&reports.later(INDEX, as_of).unwrap_or_default());
    }
    if let EarlierIndex::Unusable(why) = &earlier {
        terminal::complain(&format!("{why}\n"));
    }
    let formats = if options.stdout.is_none() { options.formats() } else { Vec::new() };
    let pool = setup::pool(options.inputs.reading.jobs)?;
    let folders = found.athletes.iter().map(|place| place.folder.as_str()).collect();
    let job = RosterRun {
        options,
        shared: &shared,
        pool: &pool,
        formats,
        earlier: &reports,
        shift,
        last_index: &earlier,
        folders,
    };

    let (athletes, done) = make_all(&found.athletes, &job, table)?;
    drop(job);
    let occasion = IndexOptions {
        as_of: shown_as_of,
        units: options.units.or(shared.config.units).unwrap_or_default(),
        earlier,
        left_alone: found.left,
        redacted: options.redact,
    };
    let index = roster::index(athletes, occasion);
    let lines = what_is_missing(&index);
    analyze::complain_in_lines(&lines, options.verbose);
    if let Some(format) = options.stdout {
        terminal::say_bytes(render(&index, format).as_bytes())?;
    } else {
        let settings = if options.redact { String::new() } else { shared.told(&Log::default()) };
        write(&index, options, &settings)?;
        if let Some(keep) = options.keep {
            let own = index_slug(options);
            let reports = index.athletes.iter().filter_map(|row| output::slug_of(row.report.as_deref()?));
            let slugs: BTreeSet<&str> = reports.chain([own.as_str()]).collect();
            dated_reports::thin(&options.out, &slugs, keep);
        }
    }
    Ok(if done == RunStatus::Complete && !lines.is_empty() { RunStatus::Incomplete } else { done })
}

/// A line for each athlete whose folder is gone since the earlier index, or out of whose folder files seem to be.
fn what_is_missing(index: &Index) -> Vec<String> {
    let missing = index.athletes.iter().filter_map(|row| Some(format!("{}: {}\n", row.folder, row.missing.as_ref()?)));
    let gone = index.gone.iter().filter(|gone| gone.is_new);
    missing.chain(gone.map(|gone| format!("{}: {}\n", gone.folder, is_gone(gone)))).collect()
}

/// Makes every athlete's report, a batch after another, and says what was lost.
fn make_all(
    places: &[AthleteFolder],
    job: &RosterRun<'_>,
    mut table: Option<Table>,
) -> Result<(Vec<AthleteSummary>, RunStatus), Failure> {
    let bar = ReadingProgress::new(job.options.inputs.reading.progress, "athletes");
    let steps = AtomicUsize::new(0);
    // An athlete is read in one step and judged in another.
    let step = || bar.show(steps.fetch_add(1, Ordering::Relaxed).div_ceil(2), places.len());
    let mut kept = Vec::with_capacity(places.len());
    let (mut problems, mut done) = (Vec::new(), RunStatus::Complete);
    let mut counts = StrataTable::default();
    while let Some(rest) = places.get(kept.len()..).filter(|rest| !rest.is_empty()) {
        let batch = Batch::read(rest, job, &step)?;
        for made in batch.judge(job, &step)? {
            let AthleteResult { kept: row, problems: lines, lossy, reached, runs, strata } = made?;
            kept.push(row);
            for row in strata {
                if !counts.add(row) {
                    problems.push(format!("{SAME_ATHLETE}\n"));
                }
            }
            problems.extend(lines);
            done = match (reached, lossy, done) {
                (true, _, _) | (_, _, RunStatus::FindingReached) => RunStatus::FindingReached,
                (_, true, _) | (_, _, RunStatus::Incomplete) => RunStatus::Incomplete,
                _ => RunStatus::Complete,
            };
            if let (Some(table), Some(runs)) = (&mut table, runs) {
                table.push(&runs)?;
            }
        }
    }
    drop(bar);
    if let Some(table) = table {
        table.finish()?;
    }
    if let Some(path) = job.options.strata.as_deref() {
        strata::write(&counts, path)?;
    }
    analyze::complain_in_lines(&problems, job.options.verbose);
    Ok((kept, done))
}

/// The newest index among the earlier reports.
fn earlier(reports: &EarlierReports, as_of: NaiveDate) -> EarlierIndex {
    let Some(path) = reports.newest(INDEX, as_of) else { return EarlierIndex::None };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match configuration::text_of(&path, &name) {
        Ok(text) => EarlierIndex::read(&name, &text),
        Err(error) => EarlierIndex::Unusable(error),
    }
}

fn render(index: &Index, format: Format) -> String {
    match format {
        Format::Html | Format::Handout => html::render(index),
        Format::Md | Format::MdFull => markdown::render(index),
        Format::Json => json::render(index),
    }
}

/// The formats of the index.
const INDEX_FORMATS: [Format; 3] = [Format::Html, Format::Md, Format::Json];

/// The name of the index's files.
fn index_slug(options: &ReportOptions) -> String {
    if options.redact { format!("{REDACTED_SLUG}-{INDEX}") } else { INDEX.to_owned() }
}

/// The files of the index, for each of its formats.
fn index_paths(options: &ReportOptions, as_of: NaiveDate) -> [[PathBuf; 2]; 3] {
    let slug = index_slug(options);
    INDEX_FORMATS.map(|format| output::report_paths(&options.out, &slug, as_of, format.ending()))
}

/// What a heartbeat says where there is no news.
fn nothing_new(index: &Index) -> String {
    format!(
        "{}: nothing new for {}. ",
        wording::day(index.as_of),
        wording::counted(index.athletes.len() as u64, "athlete", "athletes")
    )
}

/// Writes the index in every format, and the summary to the terminal.
fn write(index: &Index, options: &ReportOptions, settings: &str) -> Result<(), Failure> {
    let mut written = Vec::new();
    for (format, paths) in INDEX_FORMATS.into_iter().zip(index_paths(options, index.as_of)) {
        let text = render(index, format);
        output::write_both(&paths, text.as_bytes(), Durability::PowerCut)?;
        written.push(paths[0].display().to_string());
    }
    let written = written.join(", ");
    if options.quiet {
        let news = summary::news(index).or_else(|| options.heartbeat.then(|| nothing_new(index)));
        return match news {
            Some(news) => terminal::say(&format!("{news}Index: {written}\n")),
            None => Ok(()),
        };
    }
    let look = Look { width: terminal::width(), verbose: options.verbose };
    terminal::say(&format!("{}\nIndex: {written}\n{settings}", summary::render(index, &look).trim_end()))
}
