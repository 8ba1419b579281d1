//! The pair that reaches its limit first, and how long that takes at the pace of the last weeks.

use std::cmp::Reverse;

use super::Line;
use crate::report::contract::{ShoeRow, ShoeState};
use crate::report::shown::ShownReport;
use crate::report::wording;

pub(super) fn line(shown: &ShownReport<'_>) -> Option<Line> {
    let in_use = shown.report.shoes.iter().filter(|pair| pair.recent_week_m.is_some());
    // The pair that is past its limit, then the one with the fewest weeks left, then the one used most.
    let pair = in_use.min_by_key(|pair| {
        (pair.state != ShoeState::Worn, pair.weeks_left.unwrap_or(u32::MAX), Reverse(pair.recent_week_m))
    })?;
    Some(Line::plain("Shoes", how_far(shown, pair)).more("shoes"))
}

/// The distance of a pair and how long it will last: `Ghost 18: 693 km, about 5 weeks left at your pace`.
pub(in crate::report) fn how_far(shown: &ShownReport<'_>, pair: &ShoeRow) -> String {
    let units = shown.report.view.units;
    let least = if pair.state == ShoeState::Unknown { "at least " } else { "" };
    let gone = format!("{}: {least}{}", wording::name(&pair.name), units.show(pair.distance_m));
    let end = |metres: u32| units.show(u64::from(metres));
    match (pair.state, pair.weeks_left) {
        (ShoeState::Worn, _) => format!("{gone}; usually replaced by {}.", end(pair.worn_m)),
        (ShoeState::Due, Some(0)) => format!("{gone}, less than a week to {} at your pace.", end(pair.worn_m)),
        (ShoeState::Due, Some(weeks)) => {
            format!("{gone}, about {} to {} at your pace.", in_weeks(weeks), end(pair.worn_m))
        }
        (ShoeState::Ok, Some(0)) => format!("{gone}, less than a week to {} at your pace.", end(pair.due_m)),
        (ShoeState::Ok, Some(weeks)) => {
            format!("{gone}, about {} to {} at your pace.", in_weeks(weeks), end(pair.due_m))
        }
        _ => format!("{gone}."),
    }
}

fn in_weeks(weeks: u32) -> String {
    wording::counted(u64::from(weeks), "week", "weeks")
}
