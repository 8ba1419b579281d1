//! Plans weeks day by day, from somebody's habits towards a distance on a given day: one longer run a week, each
//! within the limits of the rules. This is arithmetic alone; whether the result raises a flag is for the rules to
//! judge.

use chrono::{Days, NaiveDate};

use super::budget::capped;
use super::course::History;
use super::habits::{Habits, day_of};
use crate::model::units::Units;
use crate::rules::{LONG_RUN_SPIKE, SPIKE_DAYS, WEEKLY_JUMP};

/// The number of weeks ahead after which a distance counts as out of reach.
const MOST_WEEKS: u64 = 260;

/// The least length in metres of runs other than the long one; below it there are fewer of them.
const SHORTEST_M: u32 = 2_000;

/// How steeply to build up.
#[derive(Clone, Copy, Debug)]
pub struct RampSettings {
    /// The metres that the first long run builds on.
    pub from_m: u32,
    /// How much longer each long run is than the one before it, in ten-thousandths.
    pub growth: u32,
    /// Before the target day, long runs grow no further than this.
    pub enough_m: u32,
    /// Distances are in tenths of this unit, or in metres.
    pub grain: Option<Units>,
}

/// One run of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedRun {
    /// Its day.
    pub date: NaiveDate,
    /// The distance in metres.
    pub distance_m: u32,
    /// Its role in the week.
    pub role: Role,
}

/// The role of a run in its week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A usual run.
    Other,
    /// The long run of the week.
    Long,
    /// The target run.
    Target,
}

/// A plan under construction.
#[derive(Clone)]
pub struct Ramp<'a> {
    history: &'a History<'a>,
    habits: &'a Habits,
    slope: RampSettings,
    /// Every known run that limits may depend on, logged or planned so far.
    runs: Vec<(NaiveDate, u32)>,
    laid: Vec<PlannedRun>,
    /// The distance of the week before, or of the last week that had one.
    base_m: u64,
    asked_m: f64,
    /// The day before the target, once that is known, is kept free of runs.
    kept_free: Option<NaiveDate>,
}

impl<'a> Ramp<'a> {
    /// A plan without runs so far.
    pub fn new(history: &'a History<'a>, habits: &'a Habits, slope: RampSettings) -> Self {
        let back = history.as_of - Days::new(7 + u64::from(history.settings.get(&SPIKE_DAYS)));
        let runs = history.runs.iter().filter(|run| run.date >= back);
        Self {
            history,
            habits,
            slope,
            runs: runs.filter_map(|run| Some((run.date, run.distance_m?))).collect(),
            laid: Vec::new(),
            base_m: habits.base_m,
            asked_m: f64::from(slope.from_m),
            kept_free: None,
        }
    }

    /// Plans every week up to the target day and puts the distance on it; `None` if the limits do not allow it by
    /// then.
    pub fn reach(mut self, by: NaiveDate, distance_m: u32) -> Option<Vec<PlannedRun>> {
        let last = self.history.week_of(by);
        self.kept_free = by.pred_opt();
        self.weeks_before(last);
        if distance_m > self.most_on(by) {
            return None;
        }
        let left = self.week_cap(last).saturating_sub(u64::from(distance_m));
        self.put(PlannedRun { date: by, distance_m, role: Role::Target });
        let long_day = day_of(last, self.habits.long_day);
        let days: Vec<NaiveDate> =
            self.open_days(last).into_iter().filter(|day| *day < by && *day != long_day).collect();
        self.others(&days, left, distance_m);
        self.laid.sort_by_key(|run| run.date);
        Some(self.laid)
    }

    /// The most metres that the limits allow on a day, with every week before it planned.
    pub fn most_by(mut self, by: NaiveDate) -> u32 {
        self.kept_free = by.pred_opt();
        self.weeks_before(self.history.week_of(by));
        self.most_on(by)
    }

    /// The first usual day of a long run on which the limits allow the distance.
    pub fn earliest(mut self, distance_m: u32) -> Option<NaiveDate> {
        let first = self.history.week_of(self.history.open_from());
        self.settle_running(first);
        let mut a_week_ago = None;
        for week in 0..MOST_WEEKS {
            let start = first + Days::new(7 * week);
            let day = day_of(start, self.habits.long_day);
            // The free day before the first day of a week belongs to the week before, which then has to be planned
            // differently.
            let most = match &a_week_ago {
                Some(ramp) if day == start => Self::clone(ramp).most_after(start, day),
                _ => self.most_on(day),
            };
            if day >= self.history.open_from() && most >= distance_m {
                return Some(day);
            }
            a_week_ago = (day == start).then(|| self.clone());
            self.week(start);
        }
        None
    }

    /// The most on the first day of a week, with the week before planned to keep its last day free.
    fn most_after(mut self, start: NaiveDate, day: NaiveDate) -> u32 {
        self.kept_free = day.pred_opt();
        self.week(start - Days::new(7));
        self.most_on(day)
    }

    fn weeks_before(&mut self, last: NaiveDate) {
        let mut start = self.history.week_of(self.history.open_from());
        self.settle_running(start);
        while start < last {
            self.week(start);
            start = start + Days::new(7);
        }
    }

    /// Takes the current week as the base where none of its days is open.
    fn settle_running(&mut self, first_open: NaiveDate) {
        let running = self.history.week_of(self.history.as_of);
        if running < first_open {
            self.settle(running);
        }
    }

    /// Plans one week.
    fn week(&mut self, start: NaiveDate) {
        let open = self.open_days(start);
        let cap = self.week_cap(start);
        let mut long_day = day_of(start, self.habits.long_day);
        if self.kept_free == Some(long_day) {
            // Keep a long run here: without one, the week before the target would be too small a base for most
            // targets.
            long_day = open.last().copied().unwrap_or(long_day);
        }
        let mut left = cap;
        let mut long_m = self.habits.long_m;
        if open.contains(&long_day) {
            let enough = f64::from(self.slope.enough_m.max(self.slope.from_m));
            self.asked_m = (self.asked_m * (1.0 + f64::from(self.slope.growth) / 10_000.0)).min(enough);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "metres of a run, and positive"
            )]
            let asked = self.asked_m as u32;
            long_m = self.even(asked.min(self.most_on(long_day)));
            self.put(PlannedRun { date: long_day, distance_m: long_m, role: Role::Long });
            left = left.saturating_sub(u64::from(long_m));
        }
        let days: Vec<NaiveDate> = open.into_iter().filter(|&day| day != long_day).collect();
        self.others(&days, left, long_m);
        self.settle(start);
    }

    /// Plans the usual other runs on these days, each of its usual length, within the metres left.
    fn others(&mut self, days: &[NaiveDate], left_m: u64, longest_m: u32) {
        let usual = u32::try_from(self.habits.days.len()).unwrap_or(7).saturating_sub(1).max(1);
        let each = self.habits.others_m / usual;
        let count = u32::try_from(days.len()).unwrap_or(7);
        let wanted = u64::from(each) * u64::from(count);
        let total = u32::try_from(wanted.min(left_m)).unwrap_or(u32::MAX);
        let fits = (1..=count).rev().find(|&n| total / n >= SHORTEST_M.min(each.max(1)));
        let Some(number) = fits else { return };
        let each = self.even((total / number).min(longest_m));
        for &date in days.iter().take(number as usize) {
            let distance_m = each.min(self.even(self.longest_allowed(date)));
            self.put(PlannedRun { date, distance_m, role: Role::Other });
        }
    }

    fn put(&mut self, run: PlannedRun) {
        if run.distance_m > 0 {
            self.runs.push((run.date, run.distance_m));
            self.laid.push(run);
        }
    }

    /// The most metres on one day that the runs of the days before and the week before allow.
    fn most_on(&self, day: NaiveDate) -> u32 {
        let week = u32::try_from(self.week_cap(self.history.week_of(day))).unwrap_or(u32::MAX);
        self.longest_allowed(day).min(week)
    }

    fn longest_allowed(&self, day: NaiveDate) -> u32 {
        let from = day - Days::new(u64::from(self.history.settings.get(&SPIKE_DAYS)));
        let before = self.runs.iter().filter(|(date, _)| (from..day).contains(date));
        let longest = before.map(|(_, metres)| *metres).max().unwrap_or(0);
        let most = capped(u64::from(longest), self.history.settings.get(&LONG_RUN_SPIKE));
        u32::try_from(most).unwrap_or(u32::MAX)
    }

    /// The metres that may still be planned in a week.
    fn week_cap(&self, start: NaiveDate) -> u64 {
        capped(self.base_m, self.history.settings.get(&WEEKLY_JUMP)).saturating_sub(self.in_week(start))
    }

    fn in_week(&self, start: NaiveDate) -> u64 {
        let end = start + Days::new(6);
        self.runs.iter().filter(|(date, _)| (start..=end).contains(date)).map(|(_, metres)| u64::from(*metres)).sum()
    }

    fn settle(&mut self, start: NaiveDate) {
        let total = self.in_week(start);
        if total > 0 {
            self.base_m = total;
        }
    }

    /// The usual days of a week that are still to come, no more than rest allows.
    fn open_days(&self, start: NaiveDate) -> Vec<NaiveDate> {
        let end = start + Days::new(6);
        let mut run_on: Vec<NaiveDate> =
            self.history.runs.iter().map(|run| run.date).filter(|day| (start..=end).contains(day)).collect();
        run_on.dedup();
        let room = self.habits.days.len().saturating_sub(run_on.len());
        let long_day = day_of(start, self.habits.long_day);
        let mut days: Vec<NaiveDate> = self
            .habits
            .days
            .iter()
            .map(|&place| day_of(start, place))
            .filter(|&day| day >= self.history.open_from() && !run_on.contains(&day) && Some(day) != self.kept_free)
            .collect();
        // The long run is the last to be dropped.
        days.sort_by_key(|&day| (day != long_day, day));
        days.truncate(room);
        days.sort_unstable();
        days
    }

    /// Rounds metres down to a figure that a person would write.
    fn even(&self, metres: u32) -> u32 {
        let Some(units) = self.slope.grain else { return metres };
        let unit = units.metres();
        // In steps of a tenth, short runs would not grow at all.
        let parts = if f64::from(metres) >= 3.0 * unit { 10.0 } else { 100.0 };
        let steps = (f64::from(metres) * parts / unit + 1e-9).floor();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "metres of a run, and positive")]
        let even = (steps * unit / parts).round() as u32;
        even.min(metres)
    }
}
