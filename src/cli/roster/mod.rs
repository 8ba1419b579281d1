//! `runhip roster`: a report for each athlete, and the index. Athletes are read, given
//! their tables and judged a batch at a time; of each no more is kept in the end than a row.

mod batch;
mod folders;
mod one;
mod side_by_side;

use std::sync::atomic::{AtomicUsize, Ordering};

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

use batch::Batch;
use folders::Place;
use one::{Job, One};

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

/// Makes every athlete's report, a batch after another, and says what was lost.
fn make_all(places: &[Place], job: &Job<'_>, mut table: Option<Table>) -> Result<(Vec<Kept>, Done), Failure> {
    let bar = Bar::new(job.options.inputs.how.progress, "athletes");
    let steps = AtomicUsize::new(0);
    // An athlete is read in one step and judged in another.
    let step = || bar.show(steps.fetch_add(1, Ordering::Relaxed).div_ceil(2), places.len());
    let mut kept = Vec::with_capacity(places.len());
    let (mut problems, mut done) = (Vec::new(), Done::Whole);
    while let Some(rest) = places.get(kept.len()..).filter(|rest| !rest.is_empty()) {
        let batch = Batch::read(rest, job, &step)?;
        for made in batch.judge(job, &step)? {
            let One { kept: row, problems: lines, lossy, reached, runs } = made?;
            kept.push(row);
            problems.extend(lines);
            done = match (reached, lossy, done) {
                (true, _, _) | (_, _, Done::Reached) => Done::Reached,
                (_, true, _) | (_, _, Done::Lossy) => Done::Lossy,
                _ => Done::Whole,
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
    analyze::complain_in_lines(&problems, job.options.verbose);
    Ok((kept, done))
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
