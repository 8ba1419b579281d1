//! From paths to a [`Log`]: files are found, read in parallel, placed on local days and merged. One bad input never
//! stops the rest, and every file found has its row.

pub mod apple_health;
pub mod archive;
mod assembly;
mod cache;
mod calendar;
mod clocks;
mod corrections;
mod creator;
pub mod csv;
mod drawn_table;
pub mod fit;
pub mod format;
mod front_matter_run;
mod gear;
pub mod gpx;
pub mod imported;
pub mod journal;
pub mod json;
mod labelled_runs;
mod limits;
pub mod local_time;
pub mod merge;
pub mod own_report;
mod paces;
mod plan_rows;
mod profile;
mod row_and_file;
pub mod source;
mod sport_names;
pub mod tcx;
pub mod timestamp;
mod told_distance;
mod told_runs;
mod track;
pub mod training_plan;
mod untold_sport;
mod word_key;
mod workbook;
mod xml;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use chrono::NaiveDate;
use chrono_tz::Tz;
use rayon::prelude::*;

pub use self::cache::{clear as clear_cache, size as cache_size, tidy as tidy_cache};

use self::archive::ReadFile;
use self::cache::{Cache, Stamp};
use self::csv::CsvOptions;
use self::format::{FileContents, ReadOptions, Size};
use self::imported::{Imported, Refusal};
use self::source::file_id::FileId;
use self::source::{FileState, SourceFile};
use crate::config::{Correction, Untyped};
use crate::error::Error;
use crate::model::concern::ConcernClassifier;
use crate::model::limits::Limits;
use crate::model::log::Log;

/// The options for importing, besides the paths.
#[derive(Clone, Debug)]
pub struct Options {
    /// Globs of files to ignore, relative to each path.
    pub ignore: Vec<String>,
    /// The configuration for CSV files.
    pub csv: CsvOptions,
    /// How an activity is treated that names no sport.
    pub untyped: Untyped,
    /// `--timezone`, else the configuration's zone.
    pub timezone: Option<Tz>,
    /// The machine's zone.
    pub machine_zone: Tz,
    /// Today by the real clock; later days are errors.
    pub today: NaiveDate,
    /// Limits on the size of inputs.
    pub limits: Limits,
    /// Decides what words without a day concern.
    pub classifier: ConcernClassifier,
    /// The runner's corrections.
    pub corrections: Vec<Correction>,
    /// Files that belong to somebody else and are not read under any path.
    pub not_theirs: BTreeSet<FileId>,
    /// Where to cache what was read, if anywhere.
    pub cache: Option<CacheFolder>,
    /// Whether files are read one after another, since other threads have work of their own.
    pub one_by_one: bool,
}

/// The folder in which read files are cached.
#[derive(Clone, Debug)]
pub struct CacheFolder {
    /// The folder that holds the copies.
    pub path: PathBuf,
    /// Now by the real clock; files changed a moment ago are not cached.
    pub now: SystemTime,
}

/// Called with how many files have been read, and of how many.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Reads everything under `paths`.
///
/// # Errors
/// If a pattern of `ignore` is invalid.
pub fn import(paths: &[PathBuf], options: &Options, progress: Progress<'_>) -> Result<Log, Error> {
    let ignored = source::patterns(&options.ignore)?;
    let files = source::discover(paths, &ignored, &options.not_theirs);
    let all = files.len();
    let configuration =
        files.iter().find(|file| matches!(file.state, FileState::Configuration)).map(|file| file.path.clone());
    let done = AtomicUsize::new(0);
    let count = || progress(done.fetch_add(1, Ordering::Relaxed) + 1, all);
    // The cache depends on how files are read and which members of archives are ignored.
    let csv = CsvOptions { classifier: options.classifier, ..options.csv.clone() };
    let terms = ReadOptions { csv: &csv, limits: &options.limits, classifier: options.classifier };
    let read_under = format!("{terms:?} {:?}", options.ignore);
    let kept = options.cache.as_ref().map(|cache| (Cache::open(&cache.path, paths, &read_under, cache.now), cache.now));
    let kept = kept.as_ref();
    let (archives, others): (Vec<_>, Vec<_>) = files.into_iter().partition(is_archive);
    let look = |file: &SourceFile| {
        let looked = unless_kept(file, kept, || vec![(file.path.clone(), read_file(file, terms))]);
        count();
        looked
    };
    let mut read: Vec<ReadFile> = if options.one_by_one {
        others.iter().flat_map(look).collect()
    } else {
        others.par_iter().flat_map_iter(look).collect()
    };
    // Archives one after another, since inner archives are held in memory.
    for file in &archives {
        if let FileState::Here(path) = &file.state {
            let at_once = if options.one_by_one { 1 } else { rayon::current_num_threads() };
            let look = || archive::read(path, (&file.path, &file.relative), &ignored, terms, at_once);
            read.extend(unless_kept(file, kept, look));
            count();
        }
    }
    if let Some((cache, _)) = kept {
        cache.save();
    }
    read.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(assembly::assemble(read, configuration.as_deref(), options))
}

/// The people in the table at `path`, if a column names several; empty if it is no table, cannot be read or is too
/// large.
pub fn people_in(path: &Path, options: &CsvOptions, limits: &Limits) -> Vec<String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if !format::is_table(&name) {
        return Vec::new();
    }
    let Ok((input, _)) = source::open(path) else { return Vec::new() };
    match source::read_all(input, limits.held_bytes) {
        (bytes, None) => csv::people(&bytes, options),
        (_, Some(_)) => Vec::new(),
    }
}

/// The number of runs in the tables of a text.
pub fn runs_in_text(bytes: &[u8], name: &str) -> usize {
    let options = CsvOptions::default();
    let tables = drawn_table::read(bytes, name, &options, &|_| Imported::default());
    tables.map_or(0, |table| table.activities.len())
}

/// The cached contents of an unchanged file, or else what `look` reads, which is then cached.
fn unless_kept(
    file: &SourceFile,
    kept: Option<&(Cache<Vec<ReadFile>>, SystemTime)>,
    look: impl FnOnce() -> Vec<ReadFile>,
) -> Vec<ReadFile> {
    let (Some((cache, now)), FileState::Here(path)) = (kept, &file.state) else { return look() };
    let stamp = || Stamp::of(&std::fs::metadata(path).ok()?, *now);
    let Some(before) = stamp() else { return look() };
    if let Some(looked) = cache.get(path, before) {
        return looked;
    }
    let looked = look();
    // A file that changes while being read, or could not be read, is read again next time: the cause, such as its
    // permissions, may change without affecting its stamp.
    let failed = looked.iter().any(|(_, contents)| matches!(contents.imported.refusal, Some(Refusal::Failed(_))));
    if !failed && stamp() == Some(before) {
        cache.put(path, before, looked.clone());
    }
    looked
}

fn is_archive(file: &SourceFile) -> bool {
    matches!(&file.state, FileState::Here(path)
        if path.file_name().is_some_and(|name| archive::is_archive_name(&name.to_string_lossy())))
}

fn read_file(file: &SourceFile, terms: ReadOptions<'_>) -> FileContents {
    match &file.state {
        FileState::Left(reason) => FileContents::unread(Imported::ignored(reason)),
        FileState::Configuration => FileContents::unread(Imported::ignored(source::CONFIGURATION)),
        FileState::Lost(problem) => FileContents::unread(Imported::failed(problem.clone())),
        FileState::Here(path) => match source::open(path) {
            Ok((mut input, bytes)) => {
                let size = Size { bytes, unpacked: terms.limits.unpacked_allowance(bytes) };
                format::read(&file.path, size, &mut input, terms)
            }
            Err(problem) => FileContents::unread(Imported::failed(problem)),
        },
    }
}
