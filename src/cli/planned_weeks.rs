//! The training plan that the configuration names: found, read, and given to the report week by week.

use chrono_tz::Tz;

use super::setup::Setup;
use super::{clock, plan_file};
use crate::config::{ConfigError, WeekStart};
use crate::import::csv::CsvOptions;
use crate::import::training_plan as plan_rows;
use crate::model::problem::Cost;
use crate::report::contract::PlannedWeek;
use crate::report::planned;
use crate::whole_file::folder_of;

/// The weeks of the plan; empty without one.
///
/// # Errors
/// A line that says why the plan cannot be used. The report is made all the same.
pub(super) fn of(setup: &Setup, zone: Option<Tz>, week_start: WeekStart) -> Result<Vec<PlannedWeek>, String> {
    read(setup, zone, week_start).map_err(|why| format!("{why}; no week is held against the plan\n"))
}

fn read(setup: &Setup, zone: Option<Tz>, week_start: WeekStart) -> Result<Vec<PlannedWeek>, String> {
    let config = &setup.config;
    let (Some(file), Some(path)) = (setup.file.as_deref(), setup.plan_path()) else { return Ok(Vec::new()) };
    if let Some(what) = config.plan_elsewhere() {
        return Err(ConfigError { line: config.plan_line, what }.in_file(file.display().to_string()).to_string());
    }
    let name = path.display().to_string();
    let inside = || Some(path.canonicalize().ok()?.starts_with(folder_of(file).canonicalize().ok()?));
    if inside() == Some(false) {
        return Err(format!("{name}: the plan of the settings is a link that leads out of their folder"));
    }
    // Reading a pipe might wait for ever.
    if !path.is_file() {
        return Err(format!("{name}: the plan of the settings is no file"));
    }
    let bytes = plan_file::bytes_of(&path).map_err(|error| error.to_string())?;
    let zone = zone.or(config.timezone).unwrap_or_else(clock::machine_zone);
    let plan = plan_rows::read(&bytes, &CsvOptions::of(config), zone);
    let mut lost = plan.problems.iter().filter(|problem| problem.cost >= Cost::Entry);
    if let Some(first) = lost.next() {
        let more = match lost.count() {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        return Err(format!("{}{more}", first.line(&name).trim_end()));
    }
    Ok(planned::weeks(&plan, crate::analysis::first_weekday(week_start)))
}
