//! From arguments to a log: finds and checks the configuration, then imports everything.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use etcetera::BaseStrategy;

use super::arguments::{Inputs, ReadOptions};
use super::progress::ReadingProgress;
use super::{Failure, clock, plan_file, surroundings, terminal};
use crate::config::Config;
use crate::configuration::{self, Configuration};
use crate::import::csv::CsvOptions;
use crate::import::source::CONFIGURATION_BELOW;
use crate::import::source::file_id::FileId;
use crate::import::{self, CacheFolder, Options};
use crate::model::concern::ConcernClassifier;
use crate::model::log::Log;
use crate::model::threshold::Settings;
use crate::pain::concern;
use crate::whole_file::folder_of;

/// A configuration with its thresholds and what is needed to read a log.
pub(super) struct Setup {
    /// The configuration; empty if there is none.
    pub config: Config,
    /// The thresholds in force.
    pub settings: Settings,
    /// Today in the runner's zone, by the real clock.
    pub today: NaiveDate,
    /// Files that belong to another athlete.
    pub not_theirs: BTreeSet<FileId>,
    /// The person whose rows in a table count.
    pub person: Option<String>,
    /// The file of the configuration, if there is one.
    pub file: Option<PathBuf>,
    /// Whether it was found elsewhere than at the top of a path.
    pub is_elsewhere: bool,
    /// Other configurations that were found and not used.
    pub unused: Vec<PathBuf>,
    /// Whether files are read one after another, since other threads have work of their own.
    pub one_by_one: bool,
}

impl Setup {
    /// A setup without configuration, on this day.
    pub fn bare(today: NaiveDate) -> Self {
        Self {
            config: Config::default(),
            settings: Settings::default(),
            today,
            not_theirs: BTreeSet::new(),
            person: None,
            file: None,
            is_elsewhere: false,
            unused: Vec::new(),
            one_by_one: false,
        }
    }

    /// Finds and checks the configuration, and tidies the cache folder.
    pub fn new(inputs: &Inputs) -> Result<Self, Failure> {
        Self::of(&inputs.paths, &inputs.reading)
    }

    /// The same for these paths.
    pub fn of(paths: &[PathBuf], reading: &ReadOptions) -> Result<Self, Failure> {
        let named = reading.config.as_deref();
        let found = configuration::of_paths(paths, named, &configuration_folders(), &mut |why| {
            terminal::complain(&why);
        })?;
        let Configuration { config, settings, file, is_elsewhere, unused } = found;
        if let Some(cache) = cache_folder().filter(|_| !reading.no_cache) {
            import::tidy_cache(&cache.path, cache.now);
        }
        let zone = reading.timezone.or(config.timezone).unwrap_or_else(clock::machine_zone);
        Ok(Self {
            config,
            settings,
            today: clock::today(zone),
            not_theirs: BTreeSet::new(),
            person: None,
            file,
            is_elsewhere,
            unused,
            one_by_one: false,
        })
    }

    /// Which configuration was used and which were not, for the end of the summary; empty if there is none.
    pub fn told(&self, log: &Log) -> String {
        let used = self.file.iter().map(|file| format!("Settings: {}\n", shown(file)));
        let below = log.files.iter().filter(|row| row.reason.as_deref() == Some(CONFIGURATION_BELOW));
        let unused = self.unused.iter().map(|file| shown(file)).chain(below.map(|row| row.path.clone()));
        let unused: Vec<String> = unused.collect();
        let unused = (!unused.is_empty())
            .then(|| format!("Settings that were not used: {}; --config names the one to use\n", unused.join(", ")));
        used.chain(unused).collect()
    }

    /// The warning that the configured notes file is not below the paths read, so that notes from `runhip note` are
    /// not read either.
    pub fn notes_not_read(&self, paths: &[PathBuf]) -> Option<String> {
        let notes = folder_of(self.file.as_deref()?).join(self.config.notes.as_ref()?);
        let whole = notes.canonicalize().ok()?;
        let is_read = paths.iter().filter_map(|path| path.canonicalize().ok()).any(|path| whole.starts_with(path));
        let file = notes.display();
        (!is_read).then(|| format!("{file}, the notes file of the settings, is not below the paths given and was not read; give it as a path too\n"))
    }

    /// The training plan of the configuration, if it names one.
    pub fn plan_path(&self) -> Option<PathBuf> {
        Some(folder_of(self.file.as_deref()?).join(self.config.plan.as_ref()?))
    }

    /// The patterns of files not to read: those of the configuration, and its training plan, which holds no runs.
    fn ignored(&self, paths: &[PathBuf]) -> Vec<String> {
        let plan = self.plan_path().map(|plan| plan_file::inside(&plan, paths)).unwrap_or_default();
        self.config.ignore.iter().cloned().chain(plan).collect()
    }

    /// Reads everything under the paths, in parallel, with a progress bar if it takes long. `meanwhile` is done beside it.
    pub fn import(&self, inputs: &Inputs, meanwhile: fn()) -> Result<Log, Failure> {
        let bar = ReadingProgress::new(inputs.reading.progress, "files");
        let progress = |done, all| bar.show(done, all);
        let pool = pool(inputs.reading.jobs)?;
        rayon::spawn(meanwhile);
        pool.install(|| self.read(&inputs.paths, inputs, &progress))
    }

    /// Reads everything under `paths`. The unit in which distances are shown (`--units`) does not change how they are
    /// read.
    pub fn read(&self, paths: &[PathBuf], inputs: &Inputs, progress: import::Progress<'_>) -> Result<Log, Failure> {
        let options = Options {
            ignore: self.ignored(paths),
            csv: CsvOptions { person: self.person.clone(), ..CsvOptions::of(&self.config) },
            untyped: self.config.untyped.unwrap_or_default(),
            timezone: inputs.reading.timezone.or(self.config.timezone),
            machine_zone: clock::machine_zone(),
            today: self.today,
            limits: self.config.limits.in_force(),
            classifier: ConcernClassifier(concern::of),
            corrections: self.config.corrections.clone(),
            not_theirs: self.not_theirs.clone(),
            cache: cache_folder().filter(|_| !inputs.reading.no_cache),
            one_by_one: self.one_by_one,
        };
        Ok(import::import(paths, &options, progress)?)
    }
}

/// Where a configuration is searched besides the paths: the current folder, then the user's configuration folder.
pub(super) fn configuration_folders() -> Vec<PathBuf> {
    std::iter::once(PathBuf::new()).chain(users_folder()).collect()
}

/// The user's folder for this program's configuration, if the system has one.
pub(super) fn users_folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("runhip"))
}

/// A pool of threads for reading: `jobs`, or as many as there are processors.
pub(super) fn pool(jobs: Option<u16>) -> Result<rayon::ThreadPool, Failure> {
    let no_threads = |error: rayon::ThreadPoolBuildError| Failure::NoThreads(error.to_string());
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    surroundings::check(jobs.map_or(processors, usize::from).max(processors))?;
    // The global pool, which reads notes. If it were started on first use, a failure would be a panic.
    match rayon::ThreadPoolBuilder::new().build_global() {
        // The pool exists already.
        Err(error) if error.source().is_none() => {}
        begun => begun.map_err(no_threads)?,
    }
    rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs.unwrap_or(0))).build().map_err(no_threads)
}

/// The cache folder for read files, if the system has one.
pub(super) fn cache_folder() -> Option<CacheFolder> {
    let path = etcetera::choose_base_strategy().ok()?.cache_dir().join("runhip");
    Some(CacheFolder { path, now: clock::now_on_disk() })
}

/// The path of a configuration for display, with `./` in front if it is in the current folder.
fn shown(file: &Path) -> String {
    let alone = file.parent().is_some_and(|folder| folder.as_os_str().is_empty());
    if alone { format!("./{}", file.display()) } else { file.display().to_string() }
}
