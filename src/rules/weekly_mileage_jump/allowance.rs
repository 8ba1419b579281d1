//! The most that a week can hold without standing out: 10 %, or the configured share, above the larger of the week
//! before and the mean of the four weeks before. A week above it is a jump that does not follow a light week.

use super::WEEKLY_JUMP;
use crate::model::threshold::Settings;
use crate::tables::{Baseline, Week};

/// The metres that the week may hold, rounded down; `None` if it cannot be compared with the week before.
#[must_use]
pub fn allowance_m(week: &Week, settings: &Settings) -> Option<u64> {
    let Baseline::Previous(previous) = week.baseline else { return None };
    let share = 10_000 + u128::from(settings.get(&WEEKLY_JUMP));
    let most = |sum: u64, weeks: u64| u128::from(sum) * share / (10_000 * u128::from(weeks.max(1)));
    let mean = week.four_before.map_or(0, |(sum, weeks)| most(sum, weeks));
    u64::try_from(most(previous, 1).max(mean)).ok()
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::rules::testing::Log;
    use crate::rules::weekly_mileage_jump::WeeklyMileageJump;

    /// The allowance of the last of some weeks with four equal runs each, and whether that week, with `metres`, is a
    /// jump that does not follow a light week.
    fn last(weeks_m: &[u32], metres: u32) -> (Option<u64>, bool) {
        let mut log = Log::new("2026-01-05");
        let monday = log.day("2026-01-05");
        for (at, week) in weeks_m.iter().chain([&metres]).enumerate() {
            for (day, part) in [(0, week - 3 * (week / 4)), (2, week / 4), (4, week / 4), (6, week / 4)] {
                log.run(monday + Days::new(7 * at as u64 + day), Some(part));
            }
        }
        log.as_of = monday + Days::new(7 * (weeks_m.len() as u64 + 1));
        let start = monday + Days::new(7 * weeks_m.len() as u64);
        let stands_out = log.check(&WeeklyMileageJump).findings().iter().any(|f| f.from == start && f.tags.is_empty());
        let week = log.weeks().into_iter().find(|week| week.start == start).expect("the week");
        (allowance_m(&week, &log.settings), stands_out)
    }

    #[test]
    fn it_builds_on_the_week_before_or_on_the_mean_of_four_whichever_is_more() {
        // 110 % of 40.0 km, and of the mean of 40, 40, 40 and 20 km, which is 35.
        assert_eq!(last(&[40_000], 40_000).0, Some(44_000));
        assert_eq!(last(&[40_000, 40_000, 40_000, 20_000], 20_000).0, Some(38_500));
        // 110 % of 33,333 m are 36,666.3 m.
        assert_eq!(last(&[33_333], 20_000).0, Some(36_666));
    }

    #[test]
    fn a_metre_above_it_is_a_jump_that_follows_no_light_week_and_the_metre_itself_is_none() {
        for weeks in [&[40_000][..], &[40_000, 40_000, 40_000, 20_000], &[31_237, 28_411, 35_909, 17_003, 30_111]] {
            let most = u32::try_from(last(weeks, 20_000).0.expect("an allowance")).expect("metres");
            assert!(!last(weeks, most).1, "{weeks:?}: {most}");
            assert!(last(weeks, most + 1).1, "{weeks:?}: {most}");
        }
    }
}
