//! From arguments to a read log: the configuration is found and checked, then everything is imported.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use etcetera::BaseStrategy;

use super::arguments::Inputs;
use super::progress::ReadingProgress;
use super::{Failure, clock, surroundings, terminal};
use crate::analysis;
use crate::config::{Config, ConfigError, FILE_NAME};
use crate::error::Error;
use crate::import::csv::{self, CsvOptions};
use crate::import::source::{LINKED_CONFIGURATION, in_words};
use crate::import::{self, CacheFolder, Options};
use crate::model::log::Log;
use crate::model::threshold::Settings;

/// A configuration has a few kilobytes, the index of a large club a few megabytes.
const LARGEST_BYTES: u64 = 50_000_000;

/// A configuration, its thresholds and the log read under it.
pub(super) struct Setup {
    /// The configuration; empty where there is none.
    pub config: Config,
    /// The thresholds in force.
    pub settings: Settings,
    /// Today in the runner's zone, by the real clock.
    pub today: NaiveDate,
}

impl Setup {
    /// Finds and checks the configuration, and tidies the folder of the cache.
    pub fn new(inputs: &Inputs) -> Result<Self, Failure> {
        let (config, settings) = match find_config(inputs)? {
            Some(path) => read_config(&path)?,
            None => (Config::default(), Settings::default()),
        };
        if let Some(cache) = cache_folder().filter(|_| !inputs.reading.no_cache) {
            import::tidy_cache(&cache.path, cache.now);
        }
        let zone = inputs.reading.timezone.or(config.timezone).unwrap_or_else(clock::machine_zone);
        Ok(Self { config, settings, today: clock::today(zone) })
    }

    /// Reads everything under the paths, side by side, with a bar where it takes long.
    pub fn import(&self, inputs: &Inputs) -> Result<Log, Failure> {
        let bar = ReadingProgress::new(inputs.reading.progress, "files");
        let progress = |done, all| bar.show(done, all);
        pool(inputs.reading.jobs)?.install(|| self.read(&inputs.paths, inputs, &progress))
    }

    /// Reads everything under `paths`. How distances are shown (`--units`) does not change how they are read.
    pub fn read(&self, paths: &[PathBuf], inputs: &Inputs, progress: import::Progress<'_>) -> Result<Log, Failure> {
        let options = Options {
            ignore: self.config.ignore.clone(),
            csv: CsvOptions { columns: self.config.csv_columns.clone(), default_unit: self.config.units },
            timezone: inputs.reading.timezone.or(self.config.timezone),
            machine_zone: clock::machine_zone(),
            today: self.today,
            limits: self.config.limits.in_force(),
            corrections: self.config.corrections.clone(),
            cache: cache_folder().filter(|_| !inputs.reading.no_cache),
        };
        Ok(import::import(paths, &options, progress)?)
    }
}

/// Threads for reading: `jobs`, or as many as there are processors.
pub(super) fn pool(jobs: Option<u16>) -> Result<rayon::ThreadPool, Failure> {
    let no_threads = |error: rayon::ThreadPoolBuildError| Failure::NoThreads(error.to_string());
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    surroundings::check(jobs.map_or(processors, usize::from).max(processors))?;
    // Those that notes are read by. Started when they are first needed, they would give up where that cannot be done.
    match rayon::ThreadPoolBuilder::new().build_global() {
        // They are there already.
        Err(error) if error.source().is_none() => {}
        begun => begun.map_err(no_threads)?,
    }
    rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs.unwrap_or(0))).build().map_err(no_threads)
}

/// Where what was read is kept for the next time: the user's folder for caches, where there is one.
pub(super) fn cache_folder() -> Option<CacheFolder> {
    let path = etcetera::choose_base_strategy().ok()?.cache_dir().join("runhip");
    Some(CacheFolder { path, now: clock::now_on_disk() })
}

/// `--config`, else the one `runhip.toml` at the top of a path.
fn find_config(inputs: &Inputs) -> Result<Option<PathBuf>, Failure> {
    if let Some(path) = &inputs.reading.config {
        return Ok(Some(path.clone()));
    }
    let mut found: Vec<PathBuf> = Vec::new();
    let mut seen = BTreeSet::new();
    for path in inputs.paths.iter().filter_map(|path| own_config_of(path, &mut |why| terminal::complain(&why))) {
        // One file may be reached by several spellings of its folder.
        if seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
            found.push(path);
        }
    }
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.clone())),
        [one, other, ..] => Err(Failure::TwoConfigurations(one.clone(), other.clone())),
    }
}

/// The configuration that lies in `folder`. A link in its place could lead to anybody's: it is left alone, and `tell` is told.
pub(super) fn own_config_of(folder: &Path, tell: &mut dyn FnMut(String)) -> Option<PathBuf> {
    let path = folder.join(FILE_NAME);
    let kind = fs::symlink_metadata(&path).ok()?.file_type();
    if kind.is_symlink() {
        tell(format!("{} is {LINKED_CONFIGURATION}\n", path.display()));
    }
    kind.is_file().then_some(path)
}

/// Reads and checks a configuration.
pub(super) fn read_config(path: &Path) -> Result<(Config, Settings), Error> {
    let file = || path.display().to_string();
    let text = fs_text(path).map_err(|error| Error::Read { file: file(), why: error.to_string() })?;
    let config = checked_config(&text).map_err(|mistake| mistake.in_file(file()))?;
    let settings = analysis::settings(&config).map_err(|mistake| mistake.in_file(file()))?;
    Ok((config, settings))
}

/// A configuration out of its text, with its column keys checked.
pub(super) fn checked_config(text: &str) -> Result<Config, ConfigError> {
    let config = Config::parse(text)?;
    match config.csv_columns.keys().find(|key| !csv::is_column_key(key)) {
        Some(key) => Err(ConfigError {
            line: config.csv_column_lines.get(key).copied(),
            what: format!("unknown key \"{key}\" under [csv.columns]; see runhip init for the keys"),
        }),
        None => Ok(config),
    }
}

/// The text of a small file, which is called `name` where it cannot be read; the reason is worded alike on every machine.
pub(super) fn text_of(path: &Path, name: &str) -> Result<String, Error> {
    fs_text(path).map_err(|error| Error::Read { file: name.to_owned(), why: in_words(&error) })
}

#[expect(clippy::disallowed_methods, reason = "the shell may open files")]
fn fs_text(path: &Path) -> std::io::Result<String> {
    if fs::metadata(path)?.len() > LARGEST_BYTES {
        return Err(std::io::Error::other("it is larger than 50 MB"));
    }
    fs::read_to_string(path)
}
