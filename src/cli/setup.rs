//! From arguments to a read log: the configuration is found and checked, then everything is imported.

use std::error::Error as _;
use std::path::PathBuf;

use chrono::NaiveDate;
use etcetera::BaseStrategy;

use super::arguments::Inputs;
use super::progress::ReadingProgress;
use super::{Failure, clock, surroundings, terminal};
use crate::config::Config;
use crate::configuration;
use crate::import::csv::CsvOptions;
use crate::import::{self, CacheFolder, Options};
use crate::model::log::Log;
use crate::model::threshold::Settings;

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
        let named = inputs.reading.config.as_deref();
        let (config, settings) = configuration::of_paths(&inputs.paths, named, &mut |why| terminal::complain(&why))?;
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
            csv: CsvOptions::of(&self.config),
            untyped: self.config.untyped.unwrap_or_default(),
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
