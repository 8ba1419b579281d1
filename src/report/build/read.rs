//! Rows of what was read: athlete, files, runs.

use std::collections::BTreeMap;

use crate::model::ledger::FileOutcome;
use crate::model::log::{Entry, to_the_second};
use crate::report::contract::{Athlete, ImportTotals, RunRow};
use crate::report::facts::Facts;

pub(super) fn athlete(facts: &Facts<'_>) -> Athlete {
    let days = &facts.tables.days;
    let observed = days.iter().filter(|day| day.observed).count() as u64;
    let mut local_day_by = BTreeMap::new();
    for run in facts.runs {
        *local_day_by.entry(run.day_by).or_insert(0) += 1;
    }
    Athlete {
        name: facts.athlete.map(str::to_owned),
        known_by: None,
        log_from: days.first().map(|day| day.date),
        log_to: days.iter().rev().find(|day| day.runs > 0 || day.other_sport || day.note).map(|day| day.date),
        runs: facts.runs.len() as u64,
        distance_m: days.iter().map(|day| day.known_m).sum(),
        observed_days: observed,
        missing_days: days.len() as u64 - observed,
        local_day_by,
    }
}

pub(super) fn totals(facts: &Facts<'_>) -> ImportTotals {
    let count = |outcome| facts.log.files.iter().filter(|row| row.outcome == outcome).count() as u64;
    ImportTotals {
        read: count(FileOutcome::Read),
        merged: count(FileOutcome::Merged),
        ignored: count(FileOutcome::Ignored),
        failed: count(FileOutcome::Failed),
        activities: facts.totals,
    }
}

pub(super) fn run_row(facts: &Facts<'_>, run: &Entry, pair: Option<usize>) -> RunRow {
    let local_start = run.local_start.map(|start| {
        let clock = to_the_second(start);
        match run.utc_offset_s.and_then(chrono::FixedOffset::east_opt) {
            Some(offset) => clock + &offset.to_string(),
            None => clock,
        }
    });
    RunRow {
        id: run.id.clone(),
        local_date: run.local_date,
        local_start,
        utc_offset_s: run.utc_offset_s,
        sport: run.sport.name().to_owned(),
        sport_from: run.sport_from,
        distance_m: run.distance.map(|distance| distance.m),
        distance_from: run.distance.map(|distance| distance.from),
        moving_s: run.moving_s,
        elapsed_s: run.elapsed_s,
        shoe: pair.map(|index| facts.tables.shoes[index].limits.name.clone()),
        sources: run.sources.clone(),
    }
}
