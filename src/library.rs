//! What a program sees that uses runhip as a library: one call from paths to a report, and its options. It reads
//! files and writes none.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::analysis::{self, Request};
use crate::config::WeekStart;
use crate::configuration;
use crate::error::Error;
use crate::import::{self, csv::CsvOptions};
use crate::model::concern::ConcernClassifier;
use crate::model::units::Units;
use crate::pain::concern;
use crate::report::contract::Report;

/// What a report is made for.
///
/// ```
/// use runhip::{Options, Units};
///
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 18).expect("a day of the calendar");
/// let mut options = Options::on(day);
/// options.units = Some(Units::Mi);
/// assert_eq!(options.as_of, day);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The day the report speaks of, in the runner's calendar. Entries after it are left out.
    pub as_of: NaiveDate,
    /// Today by the clock: an entry more than a day later is a mistake of its file. The day of the report, unless set.
    pub today: NaiveDate,
    /// The configuration to use; the `runhip.toml` at the top of a path, unless set.
    pub config: Option<PathBuf>,
    /// The athlete's name; the configuration's, unless set.
    pub athlete: Option<String>,
    /// The unit of the distances in the report's sentences; the configuration's, unless set, else kilometres.
    pub units: Option<Units>,
    /// The first day of the week; the configuration's, unless set, else Monday.
    pub week_start: Option<WeekStart>,
    /// The zone of runs that carry neither an offset nor coordinates; the configuration's, unless set, else UTC.
    pub timezone: Option<Tz>,
}

impl Options {
    /// Options for a report on `as_of`, with nothing else set.
    #[must_use]
    pub fn on(as_of: NaiveDate) -> Self {
        Self { as_of, today: as_of, config: None, athlete: None, units: None, week_start: None, timezone: None }
    }
}

/// Reads every log, note and shoe under the paths and makes the report. The same files and options give the same report.
/// A file that cannot be read costs itself alone: the report's `import` says what became of each.
///
/// ```
/// let log = tempfile::tempdir()?;
/// std::fs::write(log.path().join("runs.csv"), "date,distance_km\n2026-03-03,8.0\n2026-03-05,10.5\n")?;
/// std::fs::write(log.path().join("pain.md"), "2026-03-06: left outer hip 3/10\n")?;
///
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 9).expect("a day of the calendar");
/// let report = runhip::analyze(&[log.path()], &runhip::Options::on(day))?;
///
/// assert_eq!(report.athlete.distance_m, 18_500);
/// assert_eq!(report.episodes.len(), 1);
/// assert_eq!(report.import.totals.failed, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If the configuration cannot be read or holds a mistake, if there are two, and if memory runs out.
pub fn analyze<P: AsRef<Path>>(paths: &[P], options: &Options) -> Result<Report, Error> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| path.as_ref().to_owned()).collect();
    let found = configuration::of_paths(&paths, options.config.as_deref(), &[], &mut |_| ())?;
    let (config, settings) = (found.config, found.settings);
    let reading = import::Options {
        ignore: config.ignore.clone(),
        csv: CsvOptions {
            athlete: options.athlete.clone().or_else(|| config.athlete.clone()),
            ..CsvOptions::of(&config)
        },
        untyped: config.untyped.unwrap_or_default(),
        timezone: options.timezone.or(config.timezone),
        machine_zone: Tz::UTC,
        today: options.today,
        limits: config.limits.in_force(),
        classifier: ConcernClassifier(concern::of),
        corrections: config.corrections.clone(),
        not_theirs: std::collections::BTreeSet::new(),
        cache: None,
        one_by_one: false,
    };
    let log = import::import(&paths, &reading, &|_, _| ())?;
    let request = Request {
        as_of: options.as_of,
        athlete: options.athlete.clone().or_else(|| config.athlete.clone()),
        units: options.units.or(config.units).unwrap_or_default(),
        week_start: options.week_start.or(config.week_start).unwrap_or_default(),
        since: None,
        until: None,
        redact_as: None,
    };
    analysis::analyse(&log, &config, &settings, &request)
}
