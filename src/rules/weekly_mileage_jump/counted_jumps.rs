//! When the statistics count a weekly jump. They are stricter than the flag shown: a jump has to be large, against a
//! settled reference, and not a return from rest or pain. It defines the jump and holds no statistics.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::{Days, NaiveDate};

use super::{RETURN_RAMP_DAYS, WEEKLY_JUMP, WEEKLY_JUMP_REFERENCE, WEEKLY_JUMP_SMALL};
use crate::model::threshold::Settings;
use crate::rules::RuleInput;
use crate::tables::REFERENCE_WEEKS;

/// The limits in force for a jump that the statistics count.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The rise, in ten-thousandths of the reference.
    share: u32,
    /// The least number of metres by which the week has to be longer.
    rise_m: u32,
    /// The least reference in metres.
    reference_m: u32,
    /// Days in a row without a run that make a jump a return.
    ramp_days: u32,
}

impl Limits {
    /// The limits under these settings.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self {
            share: settings.get(&WEEKLY_JUMP),
            rise_m: settings.get(&WEEKLY_JUMP_SMALL),
            reference_m: settings.get(&WEEKLY_JUMP_REFERENCE),
            ramp_days: settings.get(&RETURN_RAMP_DAYS),
        }
    }
}

/// One calendar week of running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekLoad {
    /// Its first day.
    pub start: NaiveDate,
    /// Known metres on each day.
    pub daily_m: [u64; 7],
    /// Whether there was a run on each day, its distance known or not.
    pub ran: [bool; 7],
    /// Whether it lies wholly between the first entry and the day of the report.
    pub complete: bool,
    /// Whether all seven days are observed.
    pub observed: bool,
    /// Whether every run has a distance, so that the sum is exact.
    pub all_known: bool,
}

impl WeekLoad {
    fn distance_m(&self) -> u64 {
        self.daily_m.iter().fold(0, |sum, &day| sum.saturating_add(day))
    }

    fn assessed(&self) -> bool {
        self.complete && self.observed
    }

    fn can_be_reference(&self) -> bool {
        self.assessed() && self.all_known
    }

    fn day(&self, i: usize) -> NaiveDate {
        self.start.checked_add_days(Days::new(i as u64)).unwrap_or(NaiveDate::MAX)
    }
}

/// The weeks of a log.
#[must_use]
pub fn week_loads(seen: &RuleInput<'_>) -> Vec<WeekLoad> {
    seen.weeks
        .iter()
        .map(|week| {
            let days = [0, 1, 2, 3, 4, 5, 6].map(|offset| seen.day(week.start + Days::new(offset)));
            WeekLoad {
                start: week.start,
                daily_m: days.map(|day| day.map_or(0, |day| day.known_m)),
                ran: days.map(|day| day.is_some_and(|day| day.runs > 0)),
                complete: week.complete,
                observed: week.observed,
                all_known: week.runs_without_distance == 0,
            }
        })
        .collect()
}

/// The day on which the week at `index` passed its limit: its running total exceeds the reference by more than the
/// limits' share and by more than their metres. The reference is the larger of the week before and the mean of the
/// usable weeks among the four before, of which there have to be two; it may not be below the limits' minimum.
/// `weeks` are consecutive calendar weeks from that of the first logged day; those before the first complete one do
/// not count. A week with an unknown distance is no reference.
pub fn jump_crossed_on(weeks: &[WeekLoad], index: usize, limits: &Limits) -> Option<NaiveDate> {
    let week = weeks.get(index).filter(|week| week.assessed())?;
    let previous = weeks[..index].last().filter(|week| week.can_be_reference())?.distance_m();
    let usable = weeks[reference_weeks(weeks, index)].iter().filter(|week| week.can_be_reference());
    let (count, sum) = usable.fold((0, 0_u64), |(count, sum), week| (count + 1, sum.saturating_add(week.distance_m())));
    if count < 2 {
        return None;
    }
    // Multiplied by the number of weeks in the mean, so that whole numbers compare exactly.
    let reference = (count * u128::from(previous)).max(u128::from(sum));
    if reference < count * u128::from(limits.reference_m) {
        return None;
    }
    let passes = |total_m: u64| {
        let total = count * u128::from(total_m);
        10_000 * total > (10_000 + u128::from(limits.share)) * reference
            && total > reference + count * u128::from(limits.rise_m)
    };
    let mut total_m: u64 = 0;
    let crossed = week.daily_m.iter().position(|&day_m| {
        total_m = total_m.saturating_add(day_m);
        passes(total_m)
    })?;
    Some(week.day(crossed))
}

/// Whether the four weeks before the one at `index` hold a day of an episode or too many run-free days in a row. A
/// jump after them is a return, which is shown but never linked.
pub fn is_return_ramp(
    weeks: &[WeekLoad],
    index: usize,
    limits: &Limits,
    in_episode: impl Fn(NaiveDate) -> bool,
) -> bool {
    let mut rest = 0;
    for week in &weeks[reference_weeks(weeks, index)] {
        for (i, &ran) in week.ran.iter().enumerate() {
            rest = if ran { 0 } else { rest + 1 };
            if rest >= limits.ramp_days || in_episode(week.day(i)) {
                return true;
            }
        }
    }
    false
}

/// The flag days of weekly jumps in the statistics: the crossing day of each jump that is no return.
pub fn jump_days(weeks: &[WeekLoad], limits: &Limits, in_episode: impl Fn(NaiveDate) -> bool) -> BTreeSet<NaiveDate> {
    (0..weeks.len())
        .filter_map(|index| Some((index, jump_crossed_on(weeks, index, limits)?)))
        .filter(|&(index, _)| !is_return_ramp(weeks, index, limits, &in_episode))
        .map(|(_, day)| day)
        .collect()
}

/// The days of weeks in which pain or a blank kept a counted jump from being raised: weeks that are not wholly
/// observed, and weeks whose four reference weeks hold an episode day or an unobserved one. Rest without pain also
/// prevents a jump, but independently of pain, so such weeks are not among them.
pub fn blind_days(weeks: &[WeekLoad], in_episode: impl Fn(NaiveDate) -> bool) -> BTreeSet<NaiveDate> {
    let hides = |week: &WeekLoad| !week.observed || (0..7).any(|i| in_episode(week.day(i)));
    let hidden: Vec<bool> = weeks.iter().map(hides).collect();
    let blind = |&index: &usize| !weeks[index].observed || hidden[reference_weeks(weeks, index)].contains(&true);
    (0..weeks.len()).filter(blind).flat_map(|index| (0..7).map(move |i| weeks[index].day(i))).collect()
}

/// The up to four weeks before `index`, from the first complete one on.
fn reference_weeks(weeks: &[WeekLoad], index: usize) -> Range<usize> {
    let index = index.min(weeks.len());
    let first = weeks.iter().position(|week| week.complete).unwrap_or(index);
    first.max(index.saturating_sub(REFERENCE_WEEKS)).min(index)..index
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn limits() -> Limits {
        Limits::of(&Settings::default())
    }

    fn crossed_on(weeks: &[WeekLoad], index: usize) -> Option<NaiveDate> {
        jump_crossed_on(weeks, index, &limits())
    }

    /// Weeks from Monday 5 January 2026, each with its kilometres split over Tuesday, Thursday and Saturday (the
    /// rest).
    fn weeks(km: &[u64]) -> Vec<WeekLoad> {
        let mut start = date("2026-01-05");
        km.iter()
            .map(|&km| {
                let (third, rest) = (km * 1000 / 3, km * 1000 - 2 * (km * 1000 / 3));
                let daily_m = [0, third, 0, third, 0, rest, 0];
                let week = WeekLoad {
                    start,
                    daily_m,
                    ran: daily_m.map(|m| m > 0),
                    complete: true,
                    observed: true,
                    all_known: true,
                };
                start = start + Days::new(7);
                week
            })
            .collect()
    }

    #[test]
    fn a_jump_is_dated_on_the_day_the_total_crossed() {
        // Reference max(30, mean 30) = 30; the limit is max(33, 33) = 33, passed on Saturday at 36, not on Thursday at 24.
        assert_eq!(crossed_on(&weeks(&[30, 30, 30, 30, 36]), 4), Some(date("2026-02-07")));
        // 54: Tuesday 18, Thursday 36.
        assert_eq!(crossed_on(&weeks(&[30, 30, 30, 30, 54]), 4), Some(date("2026-02-05")));
    }

    #[test]
    fn the_reference_is_the_larger_of_last_week_and_the_mean_of_four() {
        // After a light week: mean (40+40+40+20)/4 = 35, limit 38.5; 38 is no jump, 39 is.
        assert_eq!(crossed_on(&weeks(&[40, 40, 40, 20, 38]), 4), None);
        assert!(crossed_on(&weeks(&[40, 40, 40, 20, 39]), 4).is_some());
        // After a heavy week it is that week: limit 44.
        assert_eq!(crossed_on(&weeks(&[20, 20, 20, 40, 44]), 4), None);
        assert!(crossed_on(&weeks(&[20, 20, 20, 40, 45]), 4).is_some());
        // The fifth week back does not count: mean (10+10+10+10)/4.
        assert!(crossed_on(&weeks(&[90, 10, 10, 10, 10, 14]), 5).is_some());
    }

    #[test]
    fn small_rises_and_small_references_raise_nothing() {
        // 10 → 13 is 30 % but exactly 3 km; 14 is more.
        assert_eq!(crossed_on(&weeks(&[10, 10, 13]), 2), None);
        assert!(crossed_on(&weeks(&[10, 10, 14]), 2).is_some());
        assert_eq!(crossed_on(&weeks(&[4, 4, 20]), 2), None);
        assert!(crossed_on(&weeks(&[5, 5, 20]), 2).is_some());
        // 100 → 110 is exactly 110 %.
        assert_eq!(crossed_on(&weeks(&[100, 100, 110]), 2), None);
        assert!(crossed_on(&weeks(&[100, 100, 111]), 2).is_some());
    }

    #[test]
    fn two_usable_weeks_are_needed_and_the_first_complete_one_begins() {
        assert_eq!(crossed_on(&weeks(&[30, 60]), 1), None);
        let mut partial = weeks(&[30, 30, 60]);
        partial[0].complete = false;
        assert_eq!(crossed_on(&partial, 2), None);
        let mut gap = weeks(&[30, 30, 30, 60]);
        gap[1].observed = false;
        assert!(crossed_on(&gap, 3).is_some(), "two of three are left");
        gap[2].all_known = false;
        assert_eq!(crossed_on(&gap, 3), None, "the week before is a lower bound");
        assert_eq!(crossed_on(&[], 3), None);
    }

    #[test]
    fn a_jump_after_rest_or_pain_is_a_return_ramp() {
        let steady = weeks(&[30, 30, 30, 30, 60]);
        assert!(!is_return_ramp(&steady, 4, &limits(), |_| false));
        assert!(is_return_ramp(&steady, 4, &limits(), |day| day == date("2026-01-05")));
        assert!(
            !is_return_ramp(&steady, 4, &limits(), |day| day == date("2026-02-02")),
            "the week itself is no reference"
        );
        assert!(
            jump_days(&steady, &limits(), |_| false).len() == 1 && jump_days(&steady, &limits(), |_| true).is_empty()
        );
        // No run from Sunday to Saturday, across two weeks: 7 days.
        let mut rested = steady.clone();
        rested[2].ran = [false, false, false, false, false, false, true];
        assert!(is_return_ramp(&rested, 4, &limits(), |_| false));
        rested[2].ran[5] = true;
        assert!(!is_return_ramp(&rested, 4, &limits(), |_| false));
    }

    #[test]
    fn pain_and_blanks_blind_the_four_weeks_after_them_and_rest_does_not() {
        let mut weeks = weeks(&[30; 8]);
        let first_days = |blind: &BTreeSet<NaiveDate>| {
            assert_eq!(blind.len() % 7, 0);
            blind.iter().step_by(7).map(|day| (*day - date("2026-01-05")).num_days() / 7).collect::<Vec<_>>()
        };
        assert_eq!(first_days(&blind_days(&weeks, |day| day == date("2026-01-14"))), [2, 3, 4, 5]);
        weeks[1].ran = [false; 7];
        assert!(blind_days(&weeks, |_| false).is_empty());
        weeks[1].observed = false;
        assert_eq!(first_days(&blind_days(&weeks, |_| false)), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn the_limits_are_those_of_the_settings() {
        let mut settings = Settings::default();
        settings.configure(&WEEKLY_JUMP, 2_500);
        let limits = Limits::of(&settings);
        // A quarter more than 40 is 50, which is not more; 51 is.
        assert_eq!(jump_crossed_on(&weeks(&[40, 40, 40, 50]), 3, &limits), None);
        assert!(jump_crossed_on(&weeks(&[40, 40, 40, 51]), 3, &limits).is_some());
    }
}
