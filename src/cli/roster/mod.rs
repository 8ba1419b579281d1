//! `runhip roster`: a report for each athlete, and the index. Athletes are read, given
//! their tables and judged a batch at a time; of each no more is kept in the end than a row.

mod athlete;
mod batch;
mod folders;
pub(super) mod index_files;
mod shard;
mod side_by_side;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::arguments::{AsOf, Roster};
use super::export::{self, Table};
use super::output::EarlierReports;
use super::progress::ReadingProgress;
use super::setup::{self, Setup};
use super::{Failure, RunStatus, analyze, dated_reports, output, redaction_secret, strata, terminal};
use crate::import::{self, csv::CsvOptions};
use crate::model::log::Log;
use crate::report::strata_rows::StrataTable;
use crate::roster::shard::whole_roster;
use crate::roster::{self, AthleteSummary, EarlierIndex, IndexOptions};

use athlete::{AthleteResult, RosterRun};
use batch::Batch;
use folders::AthleteFolder;
use index_files::IndexFiles;
use shard::ShardRun;

/// Told where two athletes would share a hash.
const SAME_ATHLETE: &str =
    "two athletes of one name have logs that begin on the same day; --strata kept the counts of the first";

/// Whom the secret moves the dates of a redacted roster for: all of its athletes. No path has an end like this.
const ROSTER: &str = "a roster/";

pub(super) fn run(options: &Roster) -> Result<RunStatus, Failure> {
    let Roster { report: options, shard } = options;
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
    let files = IndexFiles {
        out: &options.out,
        redacted: options.redact,
        quiet: options.quiet,
        heartbeat: options.heartbeat,
        verbose: options.verbose,
    };
    if options.stdout.is_none() && shard.is_none() {
        files.check(shown_as_of)?;
    }
    let reports = EarlierReports::list(&options.out);
    let mut found =
        if options.redact { found.redacted(redaction_secret::order(options)?) } else { found.named(&reports) };
    if options.redact && options.stdout.is_none() {
        let slugs = found.athletes.iter().map(|place| place.slug.as_str()).collect();
        terminal::complain(&reports.otherwise_numbered(&slugs, shown_as_of).unwrap_or_default());
    }
    // What has changed since another day would tie an index for sharing to one that is not.
    let earlier = if options.redact { EarlierIndex::None } else { index_files::earlier(&reports, as_of) };
    let formats = if options.stdout.is_none() { options.formats() } else { Vec::new() };
    let pool = setup::pool(options.inputs.reading.jobs)?;
    let folders: BTreeSet<String> = found.athletes.iter().map(|place| place.folder.clone()).collect();
    let one_shard = shard.map(|number| {
        let roster = whole_roster(folders.iter().map(String::as_str));
        ShardRun::new(number, (roster, as_of), &earlier, options)
    });
    let one_shard = one_shard.transpose()?;
    if let Some(run) = &one_shard {
        // Only now: the names of the reports are those that everybody's are settled with.
        found.athletes.retain(|place| run.shard.holds(&place.folder));
    }
    let job = RosterRun {
        options,
        shared: &shared,
        pool: &pool,
        formats,
        earlier: &reports,
        shift,
        last_index: &earlier,
        folders: folders.iter().map(String::as_str).collect(),
    };

    let (athletes, done) = make_all(&found.athletes, &job, table)?;
    drop(job);
    let keep = |slugs: &BTreeSet<&str>| {
        if let Some(keep) = options.keep {
            dated_reports::thin(&options.out, slugs, keep);
        }
    };
    if let Some(run) = one_shard {
        let reports: Vec<String> = athletes.iter().filter_map(|one| Some(one.report()?.to_owned())).collect();
        run.write(athletes, found.left, options, &shared)?;
        keep(&reports.iter().filter_map(|report| output::slug_of(report)).collect());
        return Ok(done);
    }
    let occasion = IndexOptions {
        as_of: shown_as_of,
        units: options.units.or(shared.config.units).unwrap_or_default(),
        earlier,
        left_alone: found.left,
        redacted: options.redact,
    };
    let index = roster::index(athletes, occasion);
    let lines = index_files::what_is_missing(&index);
    analyze::complain_in_lines(&lines, options.verbose);
    if let Some(format) = options.stdout {
        terminal::say_bytes(index_files::render(&index, format).as_bytes())?;
    } else {
        let settings = if options.redact { String::new() } else { shared.told(&Log::default()) };
        files.write(&index, &settings)?;
        let own = files.slug();
        let reports = index.athletes.iter().filter_map(|row| output::slug_of(row.report.as_deref()?));
        keep(&reports.chain([own.as_str()]).collect());
    }
    Ok(if done == RunStatus::Complete && !lines.is_empty() { RunStatus::Incomplete } else { done })
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
