//! Rows of weeks and shoes, and the room left in the running week.

use super::finding::all_findings;
use crate::plan::budget::Budget;
use crate::report::contract::{ChangeReason, Number, Plan, ShoeRow, ShoeState, WeekRow};
use crate::report::facts::Facts;
use crate::rules::worn_shoes::{State, state};
use crate::tables::{Baseline, Week};

pub(super) fn week_row(facts: &Facts<'_>, week: &Week) -> WeekRow {
    let previous_m = match week.baseline {
        Baseline::Previous(metres) => Some(metres),
        _ => None,
    };
    let change = previous_m
        .zip(week.distance_m)
        .map(|(previous, total)| Number((real(total) - real(previous)) / real(previous)));
    let change_reason = match week.baseline {
        Baseline::Previous(_) => change.is_none().then_some(ChangeReason::UnknownDistance),
        Baseline::None => Some(ChangeReason::NoBaseline),
        Baseline::Incomplete => Some(ChangeReason::Incomplete),
        Baseline::Unobserved => Some(ChangeReason::Unobserved),
        Baseline::UnknownDistance => Some(ChangeReason::UnknownDistance),
    };
    let crossed_on = all_findings(facts)
        .find(|finding| finding.rule == "weekly-mileage-jump" && finding.from == week.start)
        .map(|finding| finding.dated);
    WeekRow {
        start: week.start,
        end: week.end,
        complete: week.complete,
        observed: week.observed,
        distance_m: week.distance_m,
        runs: week.runs,
        runs_without_distance: week.runs_without_distance,
        rest_days: week.rest_days,
        longest_run_m: week.longest_run_m,
        previous_m,
        mean4_m: week.four_before.map(|(sum, weeks)| (2 * sum + weeks) / (2 * weeks)),
        change,
        change_reason,
        crossed_on,
    }
}

#[expect(clippy::cast_precision_loss, reason = "metres of a week are far below 2^53")]
pub(super) fn real(metres: u64) -> f64 {
    metres as f64
}

pub(super) fn shoes(facts: &Facts<'_>) -> Vec<ShoeRow> {
    let log_from = facts.tables.days.first().map(|day| day.date);
    facts
        .tables
        .shoes
        .iter()
        .map(|shoe| ShoeRow {
            name: shoe.limits.name.clone(),
            distance_m: shoe.distance_m,
            runs: shoe.runs,
            first_used: shoe.first_used,
            last_used: shoe.last_used,
            state: match state(shoe, facts.as_of, log_from) {
                State::Ok => ShoeState::Ok,
                State::Due => ShoeState::Due,
                State::Worn => ShoeState::Worn,
                State::Retired => ShoeState::Retired,
                State::Unknown => ShoeState::Unknown,
            },
            due_m: shoe.limits.due_m,
            worn_m: shoe.limits.worn_m,
        })
        .collect()
}

pub(super) fn plan(budget: &Budget) -> Plan {
    Plan {
        week_start: budget.week_start,
        so_far_m: budget.so_far_m,
        distance_cap_m: budget.distance_cap_m,
        longest_run_cap_m: budget.longest_run_cap_m,
        min_rest_days: budget.min_rest_days,
        because: budget.because.clone(),
    }
}
