//! Checks a training plan against a log. The log is analysed as for a report, which shows what has to come first, and
//! its runs together with the planned ones are passed to `plan`. As pure as the report.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};

use super::{Request, analyse, first_weekday, notes, shoes};
use crate::config::Config;
use crate::error::Error;
use crate::model::activity::{Distance, DistanceFrom, SportFrom};
use crate::model::episode::Episode;
use crate::model::log::{Entry, LocalDayBy, Log};
use crate::model::sport::Sport;
use crate::model::threshold::Settings;
use crate::model::training_plan::{PlannedRow, TrainingPlan, When};
use crate::pain::{ReadNote, episodes};
use crate::plan::changes;
use crate::plan::course::{Course, History, Run, RunDraft, WeekTotal};
use crate::plan::outlook::PlanEvaluator;
use crate::plan::suggest::{self, Aim, Suggestion};
use crate::report::outlook::PlanReport;
use crate::report::outlook::build;
use crate::report::outlook::facts::{PlanFacts, RowCounts};

/// How far a plan may reach beyond the log, in months: each of its days is looked at.
const MOST_MONTHS: u32 = 36;

/// The most future runs of a plan: more than four a day for all those months. Every flag is answered by trying
/// changes of the whole plan.
const MOST_RUNS: usize = 5_000;

/// Why a plan cannot be checked or suggested.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Some rows are not valid.
    #[error("the plan has rows that no plan can hold")]
    Rows(Vec<RowMistake>),
    /// The target day has passed.
    #[error("--by {by} is not a day to come: the log runs up to {as_of}")]
    TargetDayOver {
        /// The target day.
        by: NaiveDate,
        /// The last day of the log.
        as_of: NaiveDate,
    },
    /// The target day is too far ahead.
    #[error("--by {by} is more than {} years ahead", MOST_MONTHS / 12)]
    TargetDayTooFar {
        /// The target day.
        by: NaiveDate,
    },
    /// The plan has too many runs.
    #[error("the plan holds {runs} runs that are still to come; no more than {MOST_RUNS} are checked")]
    TooManyRuns {
        /// How many there are.
        runs: usize,
    },
    /// The plan has no run.
    #[error("the plan holds no run")]
    NoRun,
    /// Every run of the plan lies in the past.
    #[error("nothing of the plan is left to check: {rows} of its rows are before {as_of} or run already")]
    NothingLeft {
        /// How many rows lie in the past.
        rows: u64,
        /// The last day of the log.
        as_of: NaiveDate,
    },
    /// The log, or the log with the plan, could not be analysed.
    #[error(transparent)]
    Analysis(#[from] Error),
}

/// What is wrong with one row of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowMistake {
    /// Its line in the file, counted from 1.
    pub line: u64,
    /// The mistake, without a full stop.
    pub what: String,
}

/// What a user asks of a plan.
#[derive(Clone, Copy, Debug)]
pub struct PlanRequest<'a> {
    /// The plan to check, if there is one.
    pub plan: Option<&'a TrainingPlan>,
    /// The distance to reach and by when.
    pub aim: Option<Aim>,
    /// Whether to suggest a plan that reaches it.
    pub suggest: bool,
}

/// Checks the plan against the log, and suggests one towards the aim if asked for.
///
/// # Errors
/// Invalid rows, a plan in the past, a day out of range, or a failure to build the tables.
pub fn hold(
    log: &Log,
    config: &Config,
    settings: &Settings,
    request: &Request,
    asked: &PlanRequest<'_>,
) -> Result<PlanReport, PlanError> {
    let as_of = request.as_of;
    let (plan, aim) = (asked.plan, asked.aim);
    let report = analyse(log, config, settings, request)?;
    let runs: Vec<&Entry> = log.runs.iter().filter(|run| run.local_date <= as_of).collect();
    let open = plan.map(|plan| open_rows(plan, &runs, request)).transpose()?;
    let planned: Vec<Entry> = open.iter().flat_map(|open| &open.rows).filter_map(|row| as_entry(row)).collect();

    let all: Vec<&Entry> = runs.iter().copied().chain(&planned).collect();
    let pairs = shoes::pairs(&config.shoes, &log.shoes, &all, settings);
    let limits: Vec<_> = pairs.iter().map(|pair| pair.limits.clone()).collect();
    let done: Vec<Run> = runs
        .iter()
        .map(|run| Run {
            id: run.id.clone(),
            date: run.local_date,
            distance_m: run.distance.map(|distance| distance.m),
            pair: shoes::pair_of(run, &pairs),
            kind: None,
        })
        .collect();

    let noted = notes::read(log, config, as_of);
    let read: Vec<ReadNote<'_>> = noted
        .iter()
        .map(|noted| ReadNote {
            date: noted.note.date,
            text: &noted.note.text,
            file: &noted.note.source,
            reading: &noted.reading,
        })
        .collect();
    // Whether an episode stopped the running does not matter to the load rules.
    let episodes: Vec<Episode> =
        episodes::group(&read, as_of, settings, |_| false).into_iter().map(|group| group.episode).collect();
    let other_sport_days: Vec<NaiveDate> =
        log.other.iter().map(|entry| entry.local_date).filter(|&day| day <= as_of).collect();
    let note_days: Vec<NaiveDate> = noted.iter().map(|noted| noted.note.date).collect();
    let history = History {
        as_of,
        week_start: first_weekday(request.week_start),
        runs: &done,
        other_sport_days: &other_sport_days,
        note_days: &note_days,
        pairs: &limits,
        episodes: &episodes,
        settings,
    };

    let held = match &open {
        Some(open) => {
            let course = course(&history, open, &planned, &pairs)?;
            let judge = PlanEvaluator::new(history, &course)?;
            let outlook = judge.outlook(&course)?;
            let changed = changes::changes(&judge, &course, &outlook)?;
            Some((course, outlook, changed, open.counts))
        }
        None => None,
    };
    let worked = held.as_ref().map(|(course, outlook, changed, counts)| PlanFacts {
        history: &history,
        course,
        outlook,
        changed,
        counts: *counts,
        aim,
    });
    let made: Option<Option<Suggestion>> = match aim.filter(|_| asked.suggest) {
        Some(aim) => {
            in_range(aim, &history)?;
            let pair_on = |day| shoes::pair_of(&entry_on(day, None, None), &pairs);
            let stands = build::first(&report).stands();
            Some(if stands { None } else { Some(suggest::suggest(&history, aim, request.units, &pair_on)?) })
        }
        None => None,
    };
    let suggestion = aim.zip(made.as_ref()).map(|(aim, made)| (&history, aim, made.as_ref()));
    Ok(build::build(&report, worked.as_ref(), suggestion))
}

fn in_range(aim: Aim, history: &History<'_>) -> Result<(), PlanError> {
    if aim.by < history.open_from() {
        return Err(PlanError::TargetDayOver { by: aim.by, as_of: history.as_of });
    }
    if aim.by > last_day(history.as_of) {
        return Err(PlanError::TargetDayTooFar { by: aim.by });
    }
    Ok(())
}

fn last_day(as_of: NaiveDate) -> NaiveDate {
    as_of.checked_add_months(Months::new(MOST_MONTHS)).unwrap_or(as_of)
}

/// The rows that are still to be run.
struct RemainingRows<'a> {
    rows: Vec<&'a PlannedRow>,
    counts: RowCounts,
}

fn open_rows<'a>(plan: &'a TrainingPlan, runs: &[&Entry], request: &Request) -> Result<RemainingRows<'a>, PlanError> {
    let as_of = request.as_of;
    let too_far: Vec<RowMistake> = plan
        .rows
        .iter()
        .filter(|row| row.when.day() > last_day(as_of))
        .map(|row| RowMistake {
            line: row.line,
            what: format!("{} is more than {} years after {as_of}", row.when.day(), MOST_MONTHS / 12),
        })
        .collect();
    if !too_far.is_empty() {
        return Err(PlanError::Rows(too_far));
    }
    let ran_today = runs.iter().any(|run| run.local_date == as_of);
    let mut counts = RowCounts { rest_rows: plan.rest_rows, other_rows: plan.other_rows, ..RowCounts::default() };
    let mut rows = Vec::new();
    for row in &plan.rows {
        match row.when {
            When::Day(day) if day < as_of => counts.rows_before += 1,
            When::Day(day) if day == as_of && ran_today => counts.rows_done += 1,
            When::Week(day) if day.week(first_weekday(request.week_start)).last_day() < as_of => {
                counts.rows_before += 1;
            }
            When::Day(_) | When::Week(_) => rows.push(row),
        }
    }
    if rows.len() > MOST_RUNS {
        return Err(PlanError::TooManyRuns { runs: rows.len() });
    }
    Ok(RemainingRows { rows, counts })
}

/// A planned run of one day as an entry of the log, so that its pair is found in the same way.
fn as_entry(row: &PlannedRow) -> Option<Entry> {
    match row.when {
        When::Day(day) => Some(entry_on(day, row.distance_m, row.shoe.clone())),
        When::Week(_) => None,
    }
}

fn entry_on(day: NaiveDate, distance_m: Option<u32>, shoe: Option<String>) -> Entry {
    Entry {
        id: String::new(),
        local_date: day,
        local_start: None,
        utc_offset_s: None,
        day_by: LocalDayBy::LocalDate,
        sport: Sport::Run,
        sport_from: SportFrom::Name,
        distance: distance_m.map(|m| Distance { m, from: DistanceFrom::Row }),
        moving_s: None,
        elapsed_s: None,
        shoe,
        sources: Vec::new(),
        members: 1,
    }
}

fn course(
    history: &History<'_>,
    open: &RemainingRows<'_>,
    planned: &[Entry],
    pairs: &shoes::Pairs,
) -> Result<Course, PlanError> {
    let days: Vec<&PlannedRow> = open.rows.iter().copied().filter(|row| matches!(row.when, When::Day(_))).collect();
    let runs = days
        .iter()
        .zip(planned)
        .map(|(row, entry)| RunDraft {
            date: entry.local_date,
            distance_m: row.distance_m,
            pair: shoes::pair_of(entry, pairs),
            kind: row.kind.clone(),
        })
        .collect::<Vec<_>>();
    let mut totals: BTreeMap<NaiveDate, (u64, u32)> = BTreeMap::new();
    let mut twice = Vec::new();
    for row in &open.rows {
        let When::Week(day) = row.when else { continue };
        let start = history.week_of(day);
        let Some(distance_m) = row.distance_m else { continue };
        if let Some((line, _)) = totals.get(&start) {
            let what = format!("the week of {start} has a total on line {line} already");
            twice.push(RowMistake { line: row.line, what });
        }
        totals.insert(start, (row.line, distance_m));
    }
    if !twice.is_empty() {
        return Err(PlanError::Rows(twice));
    }
    if runs.is_empty() && totals.is_empty() {
        return Err(match open.counts.rows_before + open.counts.rows_done {
            0 => PlanError::NoRun,
            rows => PlanError::NothingLeft { rows, as_of: history.as_of },
        });
    }
    let totals = totals.into_iter().map(|(start, (_, distance_m))| WeekTotal { start, distance_m }).collect();
    Ok(Course::new(history, runs, totals))
}
