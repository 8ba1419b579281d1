//! `runhip roster`: a report for each athlete, and the index. Of each athlete no more is kept than a row.

mod folders;
mod one;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::arguments::{Format, Made, Roster};
use super::export::{self, Table};
use super::output::{EarlierReports, Outlives};
use super::progress::Bar;
use super::setup::{self, Setup};
use super::{Done, Failure, analyze, output, terminal};
use crate::analysis::redaction::Shift;
use crate::report::index::contract::Index;
use crate::report::index::{html, json, markdown, summary};
use crate::report::summary::Look;
use crate::roster::{self, Earlier, Kept, Occasion};

use one::{Job, One};

/// Athletes that are read before what was made of them is put in order. Bounds what is held at once.
const AT_ONCE: usize = 64;
/// Stack of a thread that analyses, as large as that of a program's first.
const STACK_BYTES: usize = 8 << 20;

pub(super) fn run(options: &Roster) -> Result<Done, Failure> {
    let options = &options.made;
    let shared = Setup::new(&options.inputs)?;
    if let Some(key) = shared.config.personal_key() {
        return Err(Failure(format!(
            "the configuration for all athletes sets {key}, which belongs to one; put it into a runhip.toml in that athlete's folder"
        )));
    }
    options.export.as_deref().map(export::kind).transpose()?;
    let mut found = folders::find(&options.inputs.paths, &options.out)?;
    if options.redact {
        found = found.redacted();
    }
    if options.stdout.is_none() {
        output::prepare(&options.out)?;
    }
    // It may go into the folder of the reports.
    let table = options.export.as_deref().map(Table::begin).transpose()?;
    let as_of = options.as_of.unwrap_or(shared.today);
    let reports = EarlierReports::list(&options.out, as_of);
    // What has changed since another day would tie an index for sharing to one that is not.
    let earlier = if options.redact { Earlier::None } else { earlier(&reports) };
    if !options.redact {
        terminal::complain(&reports.later("index").unwrap_or_default());
    }
    if let Earlier::Unusable(why) = &earlier {
        terminal::complain(&format!("{why}\n"));
    }
    let formats = if options.stdout.is_none() { options.formats() } else { Vec::new() };
    let pool = setup::pool(options.inputs.how.jobs)?;
    let job = Job { options, shared: &shared, as_of, pool: &pool, formats, earlier: &reports };

    let (athletes, done) = make_all(&found.athletes, &job, table)?;
    let occasion = Occasion {
        as_of: if options.redact { Shift::of(as_of).day(as_of) } else { as_of },
        units: options.units.or(shared.config.units).unwrap_or_default(),
        earlier,
        left_alone: found.left,
        redacted: options.redact,
    };
    let index = roster::index(athletes, occasion);
    match options.stdout {
        Some(format) => terminal::say_bytes(render(&index, format).as_bytes())?,
        None => write(&index, options)?,
    }
    Ok(done)
}

/// Makes every athlete's report, and says what was lost.
fn make_all(places: &[folders::Place], job: &Job<'_>, mut table: Option<Table>) -> Result<(Vec<Kept>, Done), Failure> {
    let bar = Bar::new(job.options.inputs.how.progress, "athletes");
    let count = AtomicUsize::new(0);
    let work = |place: &folders::Place| {
        let made = one::make(place, job);
        bar.show(count.fetch_add(1, Ordering::Relaxed) + 1, places.len());
        made
    };
    let mut kept = Vec::with_capacity(places.len());
    let (mut problems, mut done) = (Vec::new(), Done::Whole);
    let threads = job.pool.current_num_threads();
    for some in places.chunks(AT_ONCE.max(threads)) {
        for made in side_by_side(some, threads, &work)? {
            let One { kept: row, problems: lines, lossy, reached, rows } = made?;
            kept.push(row);
            problems.extend(lines);
            done = match (reached, lossy, done) {
                (true, _, _) | (_, _, Done::Reached) => Done::Reached,
                (_, true, _) | (_, _, Done::Lossy) => Done::Lossy,
                _ => Done::Whole,
            };
            if let Some(table) = &mut table {
                table.push(rows)?;
            }
        }
    }
    drop(bar);
    if let Some(table) = table {
        table.finish()?;
    }
    analyze::complain_in_lines(&problems, job.options.verbose);
    Ok((kept, done))
}

/// Does the work on every item, so many at once, and gives the results in the order of the items. The threads are plain
/// ones: one of a pool would take up the next athlete while it waits for the files of this one, and the next in that
/// one's midst, with all their logs in memory.
fn side_by_side<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: &(impl Fn(&T) -> R + Sync),
) -> Result<Vec<R>, Failure> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    let take = || {
        while let Some((at, item)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, items.get(at)?)))
        {
            let result = work(item);
            if let Ok(mut results) = results.lock() {
                results.push((at, result));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, take)?;
        }
        Ok(())
    })
    .map_err(|error: std::io::Error| Failure(format!("no threads could be started: {error}")))?;
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|(at, _)| *at);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

/// The newest index among the earlier reports.
fn earlier(reports: &EarlierReports) -> Earlier {
    let Some(path) = reports.newest("index") else { return Earlier::None };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match setup::text_of(&path) {
        Ok(text) => Earlier::read(&name, &text),
        Err(why) => Earlier::Unusable(format!("{name} cannot be read: {why}")),
    }
}

fn render(index: &Index, format: Format) -> String {
    match format {
        Format::Html => html::render(index),
        Format::Md => markdown::render(index),
        Format::Json => json::render(index),
    }
}

/// Writes the index in every format, and the summary to the terminal.
fn write(index: &Index, options: &Made) -> Result<(), Failure> {
    let mut written = Vec::new();
    let slug = if options.redact { format!("{}-index", output::REDACTED_SLUG) } else { "index".to_owned() };
    for format in [Format::Html, Format::Md, Format::Json] {
        let text = render(index, format);
        let paths = output::report_paths(&options.out, &slug, index.as_of, format.ending());
        output::write_both(&paths, text.as_bytes(), Outlives::PowerCut)?;
        written.push(paths[0].display().to_string());
    }
    let written = written.join(", ");
    if options.quiet {
        return match summary::news(index) {
            Some(news) => terminal::say(&format!("{news}Index: {written}\n")),
            None => Ok(()),
        };
    }
    let look = Look { width: terminal::width(), verbose: options.verbose };
    terminal::say(&format!("{}\nIndex: {written}\n", summary::render(index, &look).trim_end()))
}
