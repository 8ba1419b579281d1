//! Rows of weeks and shoes.

use super::finding::all_findings;
use crate::model::shoe::Shoe;
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
        allowance_m: rules::allowance_m(week, facts.settings),
        change,
        change_reason,
        crossed_on,
    }
}

/// A log with more names than this is a list of something else, and each is compared with each.
const MOST_COMPARED: usize = 200;

pub(super) fn shoes(facts: &Facts<'_>) -> Vec<ShoeRow> {
    let log_from = facts.tables.days.first().map(|day| day.date);
    let all = &facts.tables.shoes;
    // A pair without a run is one that somebody declared; of two in use the one used more is most likely spelled right.
    let is_known = |of: usize, one: usize| match (
        all.get(of).map_or(0, |shoe| shoe.runs),
        all.get(one).map_or(0, |shoe| shoe.runs),
    ) {
        (0, 0) => false,
        (0, _) => true,
        (_, 0) => false,
        (of, one) => of > one,
    };
    let perhaps = |at: usize, name: &str| {
        let mut others = all.iter().enumerate().filter(|(other, _)| *other != at && is_known(*other, at));
        let like = others.find(|(_, other)| Shoe::may_be_a_slip(&other.limits.name, name));
        like.map(|(_, other)| other.limits.name.clone())
    };
    facts
        .tables
        .shoes
        .iter()
        .enumerate()
        .map(|(at, shoe)| ShoeRow {
            perhaps: if all.len() <= MOST_COMPARED { perhaps(at, &shoe.limits.name) } else { None },
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
