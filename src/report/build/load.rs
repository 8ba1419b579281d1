//! Rows of weeks and shoes.

use super::finding::all_findings;
use crate::report::contract::{ShoeRow, WeekRow};
use crate::report::facts::Facts;
use crate::report::week_change::week_change;
use crate::rules;
use crate::rules::worn_shoes::state;
use crate::tables::{Baseline, Week};

pub(super) fn week_row(facts: &Facts<'_>, week: &Week) -> WeekRow {
    let previous_m = match week.baseline {
        Baseline::Previous(metres) => Some(metres),
        _ => None,
    };
    let (change, change_reason) = week_change(week);
    let crossed_on = all_findings(facts)
        .find(|finding| finding.rule == rules::WEEKLY_MILEAGE_JUMP && finding.from == week.start)
        .map(|finding| finding.dated);
    WeekRow {
        week: *week,
        previous_m,
        mean4_m: week.four_before.map(|(sum, weeks)| (2 * sum + weeks) / (2 * weeks)),
        change,
        change_reason,
        crossed_on,
    }
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
            state: state(shoe, facts.as_of, log_from),
            due_m: shoe.limits.due_m,
            worn_m: shoe.limits.worn_m,
        })
        .collect()
}
