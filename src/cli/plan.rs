//! `runhip plan`: checks a training plan against a log, or asks for a suggested one, and prints the result. Rules and
//! wording are elsewhere.

use std::path::Path;

use super::arguments::{Inputs, Plan, PlanFormat};
use super::plan_file::{bytes_of, inside, name_of};
use super::setup::Setup;
use super::target::{self, Replaceable};
use super::{Failure, RunStatus, analyze, clock, output, plan_page, terminal};
use crate::analysis::Request;
use crate::analysis::training_plan::{self, PlanError};
use crate::import::csv::CsvOptions;
use crate::import::training_plan as plan_rows;
use crate::model::log::Log;
use crate::model::problem::{Cost, Problem};
use crate::model::training_plan::TrainingPlan;
use crate::pain::reading;
use crate::plan::suggest::Aim;
use crate::report::outlook::{PlanReport, table};
use crate::report::plain;

/// Bad rows that are printed before the rest is only counted.
const MOST_ROWS: usize = 20;

pub(super) fn run(options: &Plan) -> Result<RunStatus, Failure> {
    let inputs = Inputs { paths: options.log.clone(), reading: options.reading.clone() };
    let mut setup = Setup::new(&inputs)?;
    if let Some(file) = options.out.as_deref() {
        target::check(file, Replaceable::Nothing)?;
    }
    let plan = options.file.as_deref().map(|path| read(path, options, &setup)).transpose()?;
    if let Some(path) = &options.file {
        // A plan kept among the logs must not be read as runs.
        setup.config.ignore.extend(inside(path, &options.log));
    }
    let log = setup.import(&inputs, reading::load)?;
    if log.runs.is_empty() && log.other.is_empty() && log.notes.is_empty() {
        return Err(analyze::nothing_found(&log));
    }
    analyze::complain_of(&log, false);
    let config = &setup.config;
    let request = Request {
        as_of: options.as_of.unwrap_or(setup.today),
        athlete: config.athlete.clone(),
        units: options.units.or(config.units).unwrap_or_default(),
        week_start: options.week_start.or(config.week_start).unwrap_or_default(),
        since: None,
        until: None,
        redact_as: None,
    };
    let aim = options.target.zip(options.by).map(|(distance_m, by)| Aim { distance_m, by });
    let asked = training_plan::PlanRequest { plan: plan.as_ref(), aim, suggest: options.suggest };
    let report = training_plan::hold(&log, config, &setup.settings, &request, &asked)
        .map_err(|error| refused(options, error))?;
    say(options, &report)?;
    done(options, &report, &log)
}

fn say(options: &Plan, report: &PlanReport) -> Result<(), Failure> {
    let suggested = table::render(report);
    if let (Some(file), Some(csv)) = (&options.out, &suggested) {
        output::write_new(file, csv.as_bytes())?;
    }
    match options.stdout {
        Some(PlanFormat::Json) => {
            let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
            text.push('\n');
            return terminal::say_bytes(plain::json(text).as_bytes());
        }
        Some(PlanFormat::Csv) => return terminal::say_bytes(suggested.unwrap_or_default().as_bytes()),
        None => {}
    }
    if let (None, None, Some(csv)) = (&report.plan, &options.out, &suggested) {
        return terminal::say_bytes(csv.as_bytes());
    }
    if report.plan.is_none() && suggested.is_none() {
        // Standard output is for the plan, and there is none.
        if report.first.stands() && !options.quiet {
            terminal::complain_in_style(&plan_page::first_alone(report, terminal::page()));
        }
        return Ok(());
    }
    let mut text = if options.quiet { String::new() } else { plan_page::render(report, terminal::page()) };
    match (&options.out, suggested) {
        (Some(file), Some(_)) if !options.quiet => text.push_str(&format!("Plan: {}\n", file.display())),
        (None, Some(csv)) => text.push_str(&format!("\n{csv}")),
        _ => {}
    }
    terminal::say(&text)
}

fn done(options: &Plan, report: &PlanReport, log: &Log) -> Result<RunStatus, Failure> {
    let impossible = report.suggestion.as_ref().filter(|suggestion| !suggestion.possible);
    if let (Some(suggestion), None) = (impossible, &report.plan) {
        return Err(Failure::NoPlan(suggestion.text.clone()));
    }
    let reached = options
        .fail_on
        .severity()
        .is_some_and(|least| report.plan.iter().flat_map(|plan| &plan.flags).any(|flag| flag.severity >= least));
    Ok(if reached {
        RunStatus::FindingReached
    } else if log.lost_something() {
        RunStatus::Incomplete
    } else {
        RunStatus::Complete
    })
}

/// Reads the plan; if any row cannot be read, the plan is refused.
fn read(path: &Path, options: &Plan, setup: &Setup) -> Result<TrainingPlan, Failure> {
    let bytes = bytes_of(path)?;
    let csv = CsvOptions::of(&setup.config);
    let zone = options.reading.timezone.or(setup.config.timezone).unwrap_or_else(clock::machine_zone);
    let plan = plan_rows::read(&bytes, &csv, zone);
    let name = name_of(path);
    let line = |problem: &Problem| problem.line(&name);
    let (lost, odd): (Vec<_>, Vec<_>) = plan.problems.iter().partition(|problem| problem.cost >= Cost::Entry);
    terminal::complain(&odd.into_iter().map(line).collect::<String>());
    if lost.is_empty() {
        return Ok(plan);
    }
    let lines: Vec<String> = lost.into_iter().map(line).collect();
    Err(unfit(&name, &lines))
}

fn unfit(name: &str, lines: &[String]) -> Failure {
    let mut text = lines[..lines.len().min(MOST_ROWS)].concat();
    if lines.len() > MOST_ROWS {
        text.push_str(&format!("… and {} more\n", lines.len() - MOST_ROWS));
    }
    terminal::complain(&text);
    Failure::PlanUnreadable { file: name.to_owned(), count: lines.len() }
}

fn refused(options: &Plan, error: PlanError) -> Failure {
    let name = options.file.as_deref().map_or_else(String::new, name_of);
    match error {
        PlanError::Rows(rows) => {
            let lines: Vec<String> = rows.iter().map(|row| format!("{name}:{}: {}\n", row.line, row.what)).collect();
            unfit(&name, &lines)
        }
        other => Failure::Plan(other),
    }
}
