//! Rows of weeks and shoes.

use std::collections::BTreeMap;

use super::finding::all_findings;
use crate::model::shoe::Shoe;
use crate::report::contract::{ShoeRow, WeekRow};
use crate::report::facts::Facts;
use crate::report::week_change::week_change;
use crate::rules;
use crate::rules::worn_shoes::{ShoeState, state};
use crate::tables::{Baseline, ShoeUse, Week};

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

/// A log with more names of shoes than this lists something else, and every name is compared with every other.
const MOST_COMPARED: usize = 200;

pub(super) fn shoes(facts: &Facts<'_>) -> Vec<ShoeRow> {
    let log_from = facts.tables.days.first().map(|day| day.date);
    let all = &facts.tables.shoes;
    // A pair without a run was declared by the runner; of two pairs in use, the one used more is more likely spelled
    // right.
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
    let recent_week_m = recent_weeks_m(facts);
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
            recent_week_m: recent_week_m.get(&at).copied(),
            weeks_left: weeks_left(shoe, state(shoe, facts.as_of, log_from), recent_week_m.get(&at).copied()),
            state: state(shoe, facts.as_of, log_from),
            due_m: shoe.limits.due_m,
            worn_m: shoe.limits.worn_m,
        })
        .collect()
}

/// The days of running from which the remaining weeks of a pair are estimated.
const PACE_DAYS: i64 = 28;

/// Mean metres a week over the days before the last entry, for each pair that was used in them.
fn recent_weeks_m(facts: &Facts<'_>) -> BTreeMap<usize, u64> {
    let mut metres: BTreeMap<usize, u64> = BTreeMap::new();
    let Some(last) = facts.recent.map(|recent| recent.to) else { return metres };
    let recent = facts
        .runs
        .iter()
        .zip(facts.pairs)
        .filter(|(run, _)| (0..PACE_DAYS).contains(&(last - run.local_date).num_days()));
    for (run, pair) in recent {
        if let (Some(pair), Some(distance)) = (pair, run.distance) {
            *metres.entry(*pair).or_default() += u64::from(distance.m);
        }
    }
    metres.retain(|_, metres| *metres > 0);
    metres.into_iter().map(|(pair, metres)| (pair, metres * 7 / PACE_DAYS.unsigned_abs())).collect()
}

/// Whole weeks until the pair reaches the next limit of its replacement window.
fn weeks_left(shoe: &ShoeUse, state: ShoeState, a_week_m: Option<u64>) -> Option<u32> {
    let end = match state {
        ShoeState::Ok => shoe.limits.due_m,
        ShoeState::Due => shoe.limits.worn_m,
        ShoeState::Worn | ShoeState::Retired | ShoeState::Unknown => return None,
    };
    let left = u64::from(end).saturating_sub(shoe.distance_m);
    u32::try_from(left.checked_div(a_week_m?)?).ok()
}
