//! From a log, the configuration and a day to the report: one pure function without clock, disk or environment. It
//! has three steps, so that the tables of many athletes are built together: preparing each athlete, building the
//! tables of all, and judging each.

mod advice;
mod figures;
mod judged;
mod linking;
mod notes;
mod one_note;
mod prepared;
pub mod redaction;
mod settings;
mod shoes;
pub mod training_plan;

use std::borrow::Cow;

use chrono::{NaiveDate, Weekday};

use crate::config::{Config, WeekStart};
use crate::error::Error;
use crate::model::log::Log;
use crate::model::threshold::Settings;
use crate::model::units::Units;
use crate::report::contract::Report;
use crate::tables::RunTable;
use redaction::Redaction;

pub use advice::SETTLED_DAYS;
pub use judged::INJURY_DAYS;
pub use linking::LOOKBACK_DAYS;
pub use one_note::{SingleNote, at_once, names_no_place};
pub use prepared::{AthleteTables, PreparedAthlete, build_tables};
pub use settings::{settings, thresholds};

/// What a report is made for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The day of the report.
    pub as_of: NaiveDate,
    /// The athlete's name, if one was given.
    pub athlete: Option<String>,
    /// The unit in which distances are shown.
    pub units: Units,
    /// The first day of the week.
    pub week_start: WeekStart,
    /// First day shown.
    pub since: Option<NaiveDate>,
    /// Last day shown.
    pub until: Option<NaiveDate>,
    /// Leaves out what tells whose log it is, in the way given.
    pub redact_as: Option<Redaction>,
}

/// Makes the report.
///
/// # Errors
/// The tables could not be built.
pub fn analyse(log: &Log, config: &Config, settings: &Settings, request: &Request) -> Result<Report, Error> {
    report_and_runs(log, config, settings, request, false).map(|(report, _)| report)
}

/// Makes the report and, if it is to be exported, the table of its runs.
///
/// # Errors
/// The tables could not be built.
pub fn report_and_runs(
    log: &Log,
    config: &Config,
    settings: &Settings,
    request: &Request,
    exported: bool,
) -> Result<(Report, Option<RunTable>), Error> {
    let prepared = PreparedAthlete::new(Cow::Borrowed(log), config, Cow::Borrowed(settings), request);
    let built = build_tables(&[&prepared], exported)?.pop().unwrap_or_default();
    Ok((prepared.judge(&built.tables), built.runs))
}

/// The first day of a week.
#[must_use]
pub fn first_weekday(week_start: WeekStart) -> Weekday {
    match week_start {
        WeekStart::Monday => Weekday::Mon,
        WeekStart::Sunday => Weekday::Sun,
    }
}
