//! What is said where the first week of a plan is compared with the current week, which is not over: how far may
//! still be run in it so that the flag does not arise.

use chrono::{Days, NaiveDate};

use super::facts::PlanFacts;
use super::words::{at_least, at_most, weekday};
use crate::model::finding::Finding;
use crate::model::units::Units;
use crate::plan::budget::Budget;
use crate::plan::course::{Course, History};
use crate::plan::edits::remedy;
use crate::rules::{Remedy, WEEKLY_JUMP};

/// True if the week that begins on `start` is the first of the plan, and the plan does not cover the days left in
/// the week before.
pub(super) fn is_before(history: &History<'_>, course: &Course, start: NaiveDate) -> bool {
    course.from >= start && history.as_of < start && history.week_of(history.open_from()) + Days::new(7) == start
}

/// The sentence on the current week that belongs to a jump in the plan's first week; `None` if none applies.
pub(super) fn not_over(worked: &PlanFacts<'_>, flag: &Finding, room: Option<&Budget>, units: Units) -> Option<String> {
    let PlanFacts { history, course, outlook, .. } = worked;
    if remedy(flag) != Remedy::ShortenWeek || !is_before(history, course, flag.from) {
        return None;
    }
    let week_m = outlook.weeks.iter().find(|week| week.start == flag.from)?.distance_m?;
    let last = flag.from - Days::new(1);
    let Some((room, most_m)) = room.and_then(|room| Some((room, room.distance_cap_m?))) else {
        return Some(format!("The week before is not over: what is run by {} counts as well.", weekday(last)));
    };
    let needed_m = (week_m * 10_000).div_ceil(10_000 + u64::from(history.settings.get(&WEEKLY_JUMP)));
    let metres = |metres: u64| u32::try_from(metres).unwrap_or(u32::MAX);
    let more = metres(needed_m.saturating_sub(room.so_far_m));
    let left = metres(most_m.saturating_sub(room.so_far_m));
    let days = u32::try_from((last - history.open_from()).num_days() + 1).unwrap_or(1);
    let at_once = room.longest_run_cap_m.map(|most| u64::from(days) * most);
    let most = at_once.map_or(left, |at_once| left.min(metres(at_once)));
    Some(if more <= most {
        format!(
            "The week before is not over: with {} more by {} this is no jump.",
            at_least(units, more),
            weekday(last)
        )
    } else if most == 0 {
        "The week before is not over, but no more can be run in it without a flag.".to_owned()
    } else {
        format!(
            "The week before is not over, but the {} that can still be run in it without a flag are too few to change \
             this.",
            at_most(units, most)
        )
    })
}
