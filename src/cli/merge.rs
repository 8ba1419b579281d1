//! `runhip merge`: joins what several runs wrote: the shards of a roster to its index, or tables of strata.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::arguments::Merge;
use super::folder_lock::{Company, FolderLock};
use super::output::{self, EarlierReports};
use super::roster::index_files::{self, IndexFiles};
use super::{Failure, RunStatus, analyze, dated_reports, strata, terminal};
use crate::error::Error;
use crate::import::source::in_words;
use crate::report::index::shard::{self, UnusableShard};
use crate::report::wording;
use crate::roster::shard::{Shards, WholeShards};
use crate::roster::{self, EarlierIndex, IndexOptions};

/// The folder of the reports, if none is named.
const USUAL_OUT: &str = "reports";
/// The largest file of a shard in bytes; a hundred thousand athletes need less.
const LARGEST_BYTES: u64 = 1 << 30;
/// The number of bytes that tell what a file is.
const BEGINNING_BYTES: u64 = 4_096;

pub(super) fn run(options: &Merge) -> Result<RunStatus, Failure> {
    let mut kinds = [Vec::new(), Vec::new()];
    for path in &options.files {
        let start = bytes_of(path, BEGINNING_BYTES)?;
        kinds[usize::from(shard::is_json(&start))].push(path);
    }
    match &kinds {
        [_, shards] if shards.is_empty() && options.keep.is_some() => Err(Failure::KeptTable),
        [_, shards] if shards.is_empty() => strata::merge(options),
        [tables, _] if tables.is_empty() => shards(options),
        [tables, shards] => {
            let first = |files: &[&PathBuf]| files.first().map_or_else(PathBuf::new, |path| (*path).clone());
            Err(Failure::MixedMerge { shard: first(shards), table: first(tables) })
        }
    }
}

/// Makes the index from all shards.
fn shards(options: &Merge) -> Result<RunStatus, Failure> {
    let out = options.out.clone().unwrap_or_else(|| PathBuf::from(USUAL_OUT));
    if out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) && !out.is_dir() {
        return Err(Failure::IndexIntoTable(out));
    }
    let whole = read(&options.files)?;
    let files = IndexFiles {
        out: &out,
        redacted: false,
        quiet: options.quiet,
        heartbeat: options.heartbeat,
        verbose: options.verbose,
    };
    let WholeShards { athletes, as_of, units, left_alone, compared_with, .. } = whole;
    output::prepare(&out)?;
    files.check(as_of)?;
    let _lock = FolderLock::wait_for(&out, Company::Nobody);
    let reports = EarlierReports::list(&out);
    index_files::check_whose(&reports, &athletes.iter().map(|athlete| athlete.row().folder.clone()).collect())?;
    let earlier = index_files::earlier(&reports, as_of);
    if !matches!(earlier, EarlierIndex::Unusable(_)) && compared_with.iter().any(|day| *day != earlier.day()) {
        let told = |day: Option<NaiveDate>| {
            day.map_or_else(|| "none".to_owned(), |day| format!("that of {}", wording::day(day)))
        };
        let theirs: Vec<String> = compared_with.iter().map(|day| told(*day)).collect();
        terminal::complain(&format!(
            "the earlier index in {} is {}, and beside the reports of the shards it was {}; whether somebody new has the name of \
             somebody who is gone was told by that one\n",
            out.display(),
            told(earlier.day()),
            wording::listed(&theirs)
        ));
    }
    let index = roster::index(athletes, IndexOptions { as_of, units, earlier, left_alone, redacted: false });
    let lines = index_files::what_is_missing(&index);
    analyze::complain_in_lines(&lines, options.verbose);
    files.write(&index, "")?;
    if let Some(keep) = options.keep {
        dated_reports::thin(&out, &[files.slug().as_str()].into(), keep);
    }
    Ok(if lines.is_empty() { RunStatus::Complete } else { RunStatus::Incomplete })
}

fn read(files: &[PathBuf]) -> Result<WholeShards, Failure> {
    let mut shards = Shards::default();
    for path in files {
        let bytes = bytes_of(path, LARGEST_BYTES + 1)?;
        if bytes.len() as u64 > LARGEST_BYTES {
            let why = "it is larger than 1 GB; make more and smaller shards".to_owned();
            return Err(Error::Read { file: path.display().to_string(), why }.into());
        }
        let file = shard::read(&bytes).map_err(|why: UnusableShard| Failure::NoShard { file: path.clone(), why })?;
        shards.add(&path.display().to_string(), file)?;
    }
    Ok(shards.whole()?)
}

/// The first bytes of a regular file.
#[expect(clippy::disallowed_methods, reason = "the shell may open files")]
fn bytes_of(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let read = || {
        // A device or a pipe may never come to an end, and opening a pipe waits for whoever writes into it.
        if !fs::metadata(path)?.is_file() {
            return Err(std::io::Error::other("it is not a file"));
        }
        let file = File::open(path)?;
        let mut bytes = Vec::new();
        file.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|error| Error::Read { file: path.display().to_string(), why: in_words(&error) }.into())
}
