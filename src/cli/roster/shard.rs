//! `runhip roster --shard`: one shard's athletes, written to a file for `runhip merge` instead of an index.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::analysis;
use crate::cli::arguments::{AsOf, Format, ReportOptions};
use crate::cli::output;
use crate::cli::setup::Setup;
use crate::cli::target::{self, Replaceable};
use crate::cli::{Failure, clock, terminal};
use crate::config::{Config, WeekStart};
use crate::report::index::contract::UnreadPath;
use crate::report::index::shard::{self as contract, WholeRoster};
use crate::report::wording;
use crate::roster::shard::{Shard, ShardOptions, shard_file};
use crate::roster::{AthleteSummary, EarlierIndex};

/// What is known of a shard before its athletes are read.
pub(super) struct ShardRun {
    pub shard: Shard,
    /// All athletes in the folders.
    pub roster: WholeRoster,
    pub as_of: NaiveDate,
    /// The day of the earlier index beside the reports.
    pub compared_with: Option<NaiveDate>,
    path: PathBuf,
}

impl ShardRun {
    /// Prepares a shard; an error where anything but an earlier shard is in the place of its file.
    pub fn new(
        shard: Shard,
        (roster, as_of): (WholeRoster, NaiveDate),
        earlier: &EarlierIndex,
        options: &ReportOptions,
    ) -> Result<Self, Failure> {
        let path = options.out.join(shard.file_name());
        target::check(&path, Replaceable::Report)?;
        Ok(Self { shard, roster, as_of, compared_with: earlier.day(), path })
    }

    /// Writes the file and says so.
    pub fn write(
        self,
        athletes: Vec<AthleteSummary>,
        left_alone: Vec<UnreadPath>,
        options: &ReportOptions,
        shared: &Setup,
    ) -> Result<(), Failure> {
        let (number, all) = (athletes.len(), self.roster.athletes);
        let file = shard_file(
            athletes,
            ShardOptions {
                shard: self.shard,
                as_of: self.as_of,
                units: options.units.or(shared.config.units).unwrap_or_default(),
                roster: self.roster,
                compared_with: self.compared_with,
                settings: settings(options, shared),
                left_alone,
            },
        );
        output::write_whole(&self.path, contract::render(file).as_bytes(), Replaceable::Report)?;
        if options.quiet {
            return Ok(());
        }
        let of_all = wording::counted(all, "athlete", "athletes");
        terminal::say(&format!(
            "Shard {}: {number} of {of_all}. File: {}; runhip merge makes the index of all shards\n",
            self.shard,
            self.path.display()
        ))
    }
}

/// All settings for every athlete that affect a row of the index, by name. Unset ones are left out, unless they
/// depend on the machine.
fn settings(options: &ReportOptions, shared: &Setup) -> BTreeMap<String, String> {
    let mut settings = BTreeMap::new();
    let mut set = |name: &str, value: Option<String>| {
        settings.extend(value.map(|value| (name.to_owned(), value)));
    };
    let config = &shared.config;
    set(
        "--as-of",
        options.as_of.map(|day| match day {
            AsOf::Day(day) => day.to_string(),
            AsOf::Today => "today".to_owned(),
            AsOf::Last => "last".to_owned(),
        }),
    );
    set("--since", options.since.map(|day| day.to_string()));
    set("--until", options.until.map(|day| day.to_string()));
    let formats: Vec<&str> = options.formats().into_iter().map(Format::ending).collect();
    set("--format", Some(formats.join(",")));
    let week_start = options.week_start.or(config.week_start).unwrap_or_default();
    set("--week-start", (week_start == WeekStart::Sunday).then(|| "sunday".to_owned()));
    let zone = options.inputs.reading.timezone.or(config.timezone).unwrap_or_else(clock::machine_zone);
    set("the time zone", Some(zone.to_string()));
    for threshold in analysis::thresholds() {
        let value = shared.settings.get(threshold);
        set(
            &format!("[thresholds] {}", threshold.key),
            (value != threshold.default).then(|| threshold.in_words(value)),
        );
    }
    set("ignore", told(&config.ignore, &Vec::new()));
    set("[csv.columns]", told(&config.csv_columns, &BTreeMap::new()));
    set("[sports]", told(&config.sports, &BTreeMap::new()));
    set("untyped", told(&config.untyped, &None));
    set("[limits]", told(&config.limits, &Config::default().limits));
    settings
}

/// A setting in debug format; `None` if it has the usual value.
fn told<T: Debug + PartialEq>(value: &T, usual: &T) -> Option<String> {
    (value != usual).then(|| format!("{value:?}"))
}
