//! The weeks of a plan as rows: what is run and planned in each, and its change against the week before.

use super::PlanWeek;
use crate::plan::course::{Course, History};
use crate::plan::outlook::Outlook;
use crate::report::week_change::week_change;
use crate::tables::Week;

/// A row for each week of the outlook.
pub(super) fn weeks(history: &History<'_>, course: &Course, outlook: &Outlook) -> Vec<PlanWeek> {
    let open = |week: &Week| {
        let total = course.totals.iter().find(|total| total.start == week.start);
        total.is_some_and(|total| course.open_m(history, total) > 0)
    };
    outlook
        .weeks
        .iter()
        .map(|week| {
            let (change, change_reason) = week_change(week);
            let so_far = history.runs.iter().filter(|run| (week.start..=week.end).contains(&run.date));
            PlanWeek {
                start: week.start,
                end: week.end,
                distance_m: week.distance_m,
                so_far_m: so_far.filter_map(|run| run.distance_m).map(u64::from).sum(),
                runs: (!open(week)).then_some(week.runs),
                rest_days: week.rest_days.filter(|_| !open(week)),
                longest_run_m: week.longest_run_m,
                change,
                change_reason,
                flags: outlook
                    .flags
                    .iter()
                    .filter(|flag| (week.start..=week.end).contains(&flag.dated))
                    .map(|flag| flag.id.clone())
                    .collect(),
            }
        })
        .collect()
}
