//! Makes one log whose truth is known: three years of runs, pain and blanks.
//!
//! Each week has a distance of 30 km · e^(unrest·z), z standard normal, on 3 to 7 running days drawn at random (weights
//! 1, 4, 4, 2, 1), one of them twice as long as the others, each ± 5 %. Flags come from those runs by the rules of
//! linking. Pain begins on a day outside an episode with the probability `onset_per_day` · trend · season · recurrence ·
//! ratio^exposed, and lasts 1 + geometric(0.2) days; pain within 14 days after an episode belongs to it. Nothing else
//! links flags to pain.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use runhip::link::FlagDays;
use runhip::link::strata::{History, WASH_OUT_DAYS};
use runhip::model::threshold::Settings;
use runhip::rules::counted_jumps::{Limits, WeekLoad, blind_days, is_return_ramp, jump_crossed_on};
use runhip::rules::{MAX_STREAK_DAYS, presets, streak_days};

const WEEKS: usize = 157;
const DAYS: usize = 7 * WEEKS;

/// The true state of one scenario.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// Its name in the table.
    pub name: &'static str,
    /// Probability of an onset on a day outside episodes, all factors being 1.
    pub onset_per_day: f64,
    /// Factor on it at the first and at the last day, straight between.
    pub trend: (f64, f64),
    /// Standard deviation of ln(weekly distance) at the first and at the last day.
    pub unrest: (f64, f64),
    /// Yearly wave on onsets and on unrest alike: e^(season·sin).
    pub season: f64,
    /// Factor on onsets in the 60 days after an episode.
    pub recurrence: f64,
    /// Pain stops running for 7 to 13 days; then weeks at 40, 60 and 80 % of the usual distance.
    pub rest_and_ramp: bool,
    /// Blanks of 14 to 34 days: one begins with probability 1/365 a day, and within a week after a
    /// third of all onsets.
    pub blanks: bool,
    /// Factor on onsets on days exposed to a jump.
    pub ratio: f64,
}

/// A log in the making.
pub struct Log {
    /// Its truth.
    pub scenario: Scenario,
    random: ChaCha8Rng,
    first_day: NaiveDate,
    daily_m: Vec<u64>,
    dark: Vec<bool>,
    /// First and last painful day as they were logged.
    episodes: Vec<(usize, usize)>,
    /// No run before this day.
    resting_until: usize,
    jumps: BTreeSet<usize>,
}

impl Log {
    /// The log that belongs to `seed`.
    pub fn simulate(scenario: Scenario, seed: u64) -> Self {
        let mut log = Self {
            scenario,
            random: ChaCha8Rng::seed_from_u64(seed),
            first_day: NaiveDate::default(),
            daily_m: vec![0; DAYS],
            dark: vec![false; DAYS],
            episodes: Vec::new(),
            resting_until: 0,
            jumps: BTreeSet::new(),
        };
        // Years begin anywhere in the season.
        let phase = log.random.random::<f64>();
        if scenario.blanks {
            for day in 0..DAYS {
                if log.random.random_bool(1.0 / 365.0) {
                    log.go_dark(day);
                }
            }
        }
        for week in 0..WEEKS {
            log.run_week(week, phase);
            log.find_jump(week);
            for day in 7 * week..7 * week + 7 {
                log.maybe_hurt(day, phase);
            }
        }
        log
    }

    fn along((first, last): (f64, f64), day: usize) -> f64 {
        first + (last - first) * real(day) / real(DAYS)
    }

    fn wave(&self, day: usize, phase: f64) -> f64 {
        (self.scenario.season * (std::f64::consts::TAU * (real(day) / 365.25 + phase)).sin()).exp()
    }

    fn go_dark(&mut self, from: usize) {
        let to = from + self.random.random_range(14_u16..35) as usize;
        self.dark[from.min(DAYS)..to.min(DAYS)].fill(true);
    }

    fn run_week(&mut self, week: usize, phase: f64) {
        let day = 7 * week;
        let unrest = Self::along(self.scenario.unrest, day) * self.wave(day, phase);
        let since_rest = day.checked_sub(self.resting_until).map_or(0, |days| days / 7);
        let ramp = match since_rest {
            back @ 0..3 if self.resting_until > 0 => 0.4 + 0.2 * real(back),
            _ => 1.0,
        };
        let metres = 30_000.0 * ramp * (unrest * self.normal()).exp();
        let running_days = match self.random.random_range(0_u8..12) {
            0 => 3,
            1..5 => 4,
            5..9 => 5,
            9..11 => 6,
            _ => 7,
        };
        let mut days: Vec<usize> = (day..day + 7).collect();
        while days.len() > running_days {
            let out = self.random.random_range(0..days.len());
            days.remove(out);
        }
        let long_run = self.random.random_range(0..days.len());
        for (i, &day) in days.iter().enumerate() {
            let parts = if i == long_run { 2.0 } else { 1.0 } * self.normal().mul_add(0.05, 1.0);
            if day >= self.resting_until {
                self.daily_m[day] = whole(metres * parts / real(days.len() + 1));
            }
        }
    }

    fn normal(&mut self) -> f64 {
        let (u, v): (f64, f64) = (self.random.random(), self.random.random());
        (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }

    fn weeks(&self, from: usize, to: usize) -> Vec<WeekLoad> {
        (from..to)
            .map(|week| {
                let days: [usize; 7] = std::array::from_fn(|i| 7 * week + i);
                let daily_m = days.map(|day| if self.dark[day] { 0 } else { self.daily_m[day] });
                let observed = days.iter().all(|&day| !self.dark[day]);
                let start = self.date(7 * week);
                WeekLoad { start, daily_m, ran: daily_m.map(|m| m > 0), complete: true, observed, all_known: true }
            })
            .collect()
    }

    /// Jumps of the week as it stands now. Called again when pain has changed it.
    fn find_jump(&mut self, week: usize) {
        let from = week.saturating_sub(4);
        let weeks = self.weeks(from, week + 1);
        let in_episode = |date| self.in_episode(date);
        let limits = Limits::of(&Settings::default());
        let jump = jump_crossed_on(&weeks, week - from, &limits)
            .filter(|_| !is_return_ramp(&weeks, week - from, &limits, in_episode));
        self.jumps.retain(|&day| day / 7 != week);
        self.jumps.extend(jump.map(|date| self.day(date)));
    }

    fn maybe_hurt(&mut self, day: usize, phase: f64) {
        let last = self.episodes.last().copied();
        if last.is_some_and(|(_, end)| day <= end) {
            return;
        }
        let since = last.map_or(usize::MAX, |(_, end)| day - end);
        let washed_out = |flag: usize| self.episodes.iter().any(|&(a, b)| flag > a && flag <= b + wash_out());
        let exposed = (day.saturating_sub(14)..day).any(|flag| self.jumps.contains(&flag) && !washed_out(flag));
        let chance = self.scenario.onset_per_day
            * Self::along(self.scenario.trend, day)
            * self.wave(day, phase)
            * if since <= 60 { self.scenario.recurrence } else { 1.0 }
            * if exposed { self.scenario.ratio } else { 1.0 };
        if !self.random.random_bool(chance.min(1.0)) || self.dark[day] {
            return;
        }
        let mut end = day;
        while end + 1 < DAYS && self.random.random_bool(0.8) {
            end += 1;
        }
        if self.scenario.blanks && self.random.random_bool(1.0 / 3.0) {
            let in_days = self.random.random_range(1_u16..8) as usize;
            self.go_dark(day + in_days);
            end = end.min(day + in_days - 1);
        }
        match self.episodes.last_mut() {
            Some(episode) if since <= 14 => episode.1 = end,
            _ => self.episodes.push((day, end)),
        }
        if self.scenario.rest_and_ramp {
            self.resting_until = day + 1 + self.random.random_range(7_u16..14) as usize;
            let week_end = 7 * (day / 7) + 7;
            self.daily_m[day + 1..self.resting_until.min(week_end).min(DAYS)].fill(0);
            self.find_jump(day / 7);
        }
    }

    fn in_episode(&self, date: NaiveDate) -> bool {
        self.episodes.iter().any(|&(onset, end)| (self.date(onset)..=self.date(end)).contains(&date))
    }

    fn date(&self, day: usize) -> NaiveDate {
        self.first_day + Days::new(day as u64)
    }

    fn day(&self, date: NaiveDate) -> usize {
        usize::try_from((date - self.first_day).num_days()).unwrap_or(0)
    }

    /// What linking is given of it.
    pub fn history(&self) -> History {
        History {
            first_day: self.first_day,
            observed: self.dark.iter().map(|dark| !dark).collect(),
            episodes: self.episodes.iter().map(|&(a, b)| (self.date(a), self.date(b))).collect(),
        }
    }

    /// The flags of the four preset tests.
    pub fn flags(&self) -> Vec<FlagDays> {
        let ran: Vec<usize> = (0..DAYS).filter(|&day| self.daily_m[day] > 0 && !self.dark[day]).collect();
        let spikes = ran.iter().enumerate().filter(|&(i, &day)| {
            let recent =
                ran[..i].iter().rev().take_while(|&&other| day - other <= 30).map(|&other| self.daily_m[other]);
            let (count, longest) = recent.fold((0, 0), |(count, longest), m| (count + 1, m.max(longest)));
            count >= 3 && 100 * self.daily_m[day] > 110 * longest
        });
        let restless = self
            .weeks(0, WEEKS)
            .into_iter()
            .enumerate()
            .filter(|(_, week)| week.observed && week.ran.iter().filter(|&&ran| !ran).count() < 2);
        let days = [
            self.jumps.iter().map(|&day| self.date(day)).collect(),
            spikes.map(|(_, &day)| self.date(day)).collect(),
            restless.map(|(week, _)| self.date(7 * week + 6)).collect(),
            streak_days(ran.iter().map(|&day| self.date(day)), MAX_STREAK_DAYS.default),
        ];
        let mut blind = [const { BTreeSet::new() }; 4];
        blind[0] = blind_days(&self.weeks(0, WEEKS), |date| self.in_episode(date));
        let presets = presets().zip(days).zip(blind);
        presets.map(|((preset, days), blind)| FlagDays { preset, days, blind }).collect()
    }
}

fn wash_out() -> usize {
    usize::try_from(WASH_OUT_DAYS).unwrap_or(0)
}

fn real(count: usize) -> f64 {
    crate::fraction(count as u64)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "metres of a week, never negative")]
fn whole(metres: f64) -> u64 {
    metres.max(0.0).round() as u64
}
