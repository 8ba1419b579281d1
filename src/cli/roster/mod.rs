//! `runhip roster`: a report for each athlete, and the index. Athletes are read and judged in batches, several at
//! a time; in the end only a row of each is kept.

mod athlete;
mod batch;
mod folders;
pub(super) mod index_files;
mod outputs;
mod shard;
mod side_by_side;
mod table_parts;
mod tables;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::ThreadPool;

use super::arguments::{AsOf, Roster};
use super::folder_lock::{Company, FolderLock};
use super::output::EarlierReports;
use super::progress::ReadingProgress;
use super::setup::{self, Setup};
use super::{Failure, RunStatus, analyze, dated_reports, output, redaction_secret, terminal};
use crate::import::{self, csv::CsvOptions};
use crate::model::log::Log;
use crate::report::index::contract::AthleteRow;
use crate::roster::shard::whole_roster;
use crate::roster::{self, AthleteSummary, EarlierIndex, IndexOptions};

use athlete::RosterRun;
use folders::{AthleteFolder, RosterFolders};
use index_files::IndexFiles;
use outputs::Outputs;
use shard::ShardRun;
use side_by_side::side_by_side;
use tables::{Logs, NOT_IN_A_TABLE, SortedRows, Tables};

/// The most athletes whose tables are built together.
const MOST_ATHLETES: usize = 64;
/// From so many athletes for each thread on, all threads have work enough with one file at a time.
const MANY_ATHLETES: usize = 8;

/// Stands for the whole roster where the secret makes the shift of dates. No path ends like this.
const ROSTER: &str = "a roster/";

pub(super) fn run(asked: &Roster) -> Result<RunStatus, Failure> {
    let options = &asked.report;
    let shared = set_up(asked)?;
    outputs::check(asked)?;
    let pool = setup::pool(options.inputs.reading.jobs)?;
    let (found, mut rows) = find(asked, &shared, &pool)?;
    if options.stdout.is_none() {
        output::prepare(&options.out)?;
    }
    // Their files may go into the folder of the reports.
    let outputs = Outputs::begin(asked)?;
    // In a roster the last entry differs between athletes, and the index is as of today.
    let as_of = if let Some(AsOf::Day(day)) = options.as_of { day } else { shared.today };
    // One shift for all: as their reports are of the same day, one athlete's shift would reveal the others'.
    let shift = options.redact.then(|| redaction_secret::shift(options, ROSTER)).transpose()?;
    let shown_as_of = shift.map_or(as_of, |shift| shift.day(as_of));
    let files = IndexFiles {
        out: &options.out,
        redacted: options.redact,
        quiet: options.quiet,
        heartbeat: options.heartbeat,
        verbose: options.verbose,
    };
    if options.stdout.is_none() && asked.shard.is_none() {
        files.check(shown_as_of)?;
    }
    let lock = match (options.stdout, asked.shard) {
        (Some(_), _) => FolderLock::none(),
        (None, Some(_)) => FolderLock::wait_for(&options.out, Company::Shards),
        (None, None) => FolderLock::wait_for(&options.out, Company::Nobody),
    };
    let reports = EarlierReports::list(&options.out);
    let mut found = if options.redact { found } else { found.named(&reports) };
    if options.redact && options.stdout.is_none() {
        let slugs = found.athletes.iter().map(|place| place.slug.as_str()).collect();
        terminal::complain(&reports.otherwise_numbered(&slugs, shown_as_of).unwrap_or_default());
    }
    // Comparing with an earlier index would link a redacted index to one that is not redacted.
    let earlier = if options.redact { EarlierIndex::None } else { index_files::earlier(&reports, as_of) };
    let has_reports = options.stdout.is_none() && asked.summary.is_none();
    let folders: BTreeSet<String> = found.athletes.iter().map(|place| place.folder.clone()).collect();
    if options.stdout.is_none() && !options.redact {
        index_files::check_whose(&reports, &folders)?;
    }
    let one_shard = asked.shard.map(|number| {
        let roster = whole_roster(folders.iter().map(String::as_str));
        ShardRun::new(number, (roster, as_of), &earlier, options)
    });
    let one_shard = one_shard.transpose()?;
    if let Some(run) = &one_shard {
        // Only here, since names are settled among everybody's.
        found.athletes.retain(|place| run.shard.holds(&place.folder));
    }
    let threads = pool.current_num_threads();
    let job = RosterRun {
        options,
        shared: &shared,
        threads,
        pool: (found.athletes.len() < MANY_ATHLETES * threads).then_some(&pool),
        formats: if has_reports { options.formats() } else { Vec::new() },
        earlier: &reports,
        shift,
        last_index: &earlier,
        folders: folders.iter().map(String::as_str).collect(),
        notes_exported: asked.export_notes.is_some(),
    };

    let (athletes, done) = make_all(&found.athletes, &job, rows.as_mut(), outputs)?;
    drop(job);
    let keep = |slugs: &BTreeSet<&str>| {
        if let Some(keep) = options.keep {
            dated_reports::thin(&options.out, slugs, keep);
        }
    };
    if let Some(run) = one_shard {
        let own: Vec<&AthleteRow> = athletes.iter().map(AthleteSummary::row).collect();
        outputs::write_summary(asked, &own, &[])?;
        let reports: Vec<String> = own.iter().filter_map(|row| row.report.clone()).collect();
        run.write(athletes, found.left, options, &shared)?;
        keep(&reports.iter().filter_map(|report| output::slug_of(report)).collect());
        drop(lock);
        return Ok(done);
    }
    let occasion = IndexOptions {
        as_of: shown_as_of,
        units: options.units.or(shared.config.units).unwrap_or_default(),
        earlier,
        left_alone: found.left,
        redacted: options.redact,
    };
    let index = pool.install(|| roster::index(athletes, occasion));
    let lines = index_files::what_is_missing(&index);
    analyze::complain_in_lines(&lines, options.verbose);
    if let Some(format) = options.stdout {
        terminal::say_bytes(index_files::render(&index, format).as_bytes())?;
    } else {
        let mut by_folder: Vec<&AthleteRow> = index.athletes.iter().collect();
        by_folder.sort_by(|a, b| a.folder.cmp(&b.folder));
        outputs::write_summary(asked, &by_folder, &index.runner_links.standing)?;
        let settings = if options.redact { String::new() } else { shared.told(&Log::default()) };
        files.write(&index, &settings)?;
        let own = files.slug();
        let reports = index.athletes.iter().filter_map(|row| output::slug_of(row.report.as_deref()?));
        keep(&reports.chain([own.as_str()]).collect());
    }
    drop(lock);
    Ok(if done == RunStatus::Complete && !lines.is_empty() { RunStatus::Incomplete } else { done })
}

/// The configuration for all athletes.
fn set_up(asked: &Roster) -> Result<Setup, Failure> {
    let inputs = &asked.report.inputs;
    let tables: Vec<PathBuf> = asked.table.iter().chain(&asked.notes).cloned().collect();
    let shared = Setup::of(if tables.is_empty() { &inputs.paths } else { &tables }, &inputs.reading)?;
    if let Some(key) = shared.config.personal_key() {
        if !shared.is_elsewhere {
            return Err(Failure::PersonalKey(key));
        }
        // It is the coach's own, so these settings are not used for the athletes.
        let file = shared.file.as_ref().map_or_else(String::new, |file| file.display().to_string());
        terminal::complain(&format!(
            "{file} sets {key}, which belongs to one runner and was not used for the athletes\n"
        ));
    }
    Ok(shared)
}

/// All athletes under the paths or in the table, and for a table the rows of those in this run.
fn find(asked: &Roster, shared: &Setup, pool: &ThreadPool) -> Result<(RosterFolders, Option<SortedRows>), Failure> {
    let options = &asked.report;
    let numbered = |found: RosterFolders| -> Result<RosterFolders, Failure> {
        Ok(if options.redact { found.redacted(redaction_secret::order(options)?) } else { found })
    };
    let Some(table) = asked.table.as_deref() else {
        let limits = shared.config.limits.in_force();
        let columns = CsvOptions::of(&shared.config);
        let people_in = |path: &Path| import::people_in(path, &columns, &limits);
        let mut found = folders::find(&options.inputs.paths, &options.out, &people_in)?;
        pool.install(|| folders::part_files(&mut found.athletes));
        return Ok((numbered(found)?, None));
    };
    let tables = Tables::open(table, asked.notes.as_deref())?;
    outputs::check_unread(asked, &tables.files())?;
    let found = tables.athletes();
    if found.athletes.is_empty() {
        return Err(Failure::EmptyTable(table.to_owned()));
    }
    // Before the rows are sorted, which is done in the order of the athletes.
    let found = numbered(found)?;
    let folders = found.athletes.iter().map(|place| place.folder.clone());
    let own = folders.filter(|folder| asked.shard.is_none_or(|shard| shard.holds(folder))).collect();
    let rows = tables.sorted(own)?;
    if !options.quiet {
        terminal::complain(NOT_IN_A_TABLE);
    }
    Ok((found, Some(rows)))
}

/// Makes every athlete's report, batch by batch, and says what was lost.
fn make_all(
    places: &[AthleteFolder],
    job: &RosterRun<'_>,
    mut rows: Option<&mut SortedRows>,
    mut outputs: Outputs<'_>,
) -> Result<(Vec<AthleteSummary>, RunStatus), Failure> {
    let bar = ReadingProgress::new(job.options.inputs.reading.progress, "athletes");
    let steps = AtomicUsize::new(0);
    // Reading an athlete is one step and judging another.
    let step = || bar.show(steps.fetch_add(1, Ordering::Relaxed).div_ceil(2), places.len());
    let mut kept = Vec::with_capacity(places.len());
    let (mut problems, mut done) = (Vec::new(), RunStatus::Complete);
    let mut held: Option<(Logs, usize)> = None;
    while kept.len() < places.len() {
        if let Some(rows) = rows.as_deref_mut().filter(|_| held.as_ref().is_none_or(|(_, end)| *end <= kept.len())) {
            held = Some(rows.among(kept.len())?);
        }
        let (logs, end) = held.as_ref().map_or((None, places.len()), |(logs, end)| (Some(logs), *end));
        let Some(rest) = places.get(kept.len()..end).filter(|rest| !rest.is_empty()) else { break };
        let share = rest.len().div_ceil(MANY_ATHLETES * job.threads).min(MOST_ATHLETES);
        let work = |places: &[AthleteFolder]| batch::results(places, logs, job, &step);
        side_by_side(rest, (job.threads, share), work, |made| {
            let mut made = made?;
            outputs.add(&mut made)?;
            done = match (made.reached, made.lossy, done) {
                (true, _, _) | (_, _, RunStatus::FindingReached) => RunStatus::FindingReached,
                (_, true, _) | (_, _, RunStatus::Incomplete) => RunStatus::Incomplete,
                _ => RunStatus::Complete,
            };
            problems.extend(made.problems);
            kept.push(made.kept);
            Ok(())
        })?;
    }
    drop(bar);
    outputs.finish()?;
    analyze::complain_in_lines(&problems, job.options.verbose);
    Ok((kept, done))
}
