//! Makes one log whose truth is known: three years of runs, pain and blanks.
//!
//! Each week has a distance of 30 km · e^(unrest·z), z standard normal, on 3 to 7 running days drawn at random (weights
//! 1, 4, 4, 2, 1), one of them twice as long as the others, each ± 5 %. Flags come from those runs by the rules of
//! linking. Pain begins on a day without pain with the probability `onset_per_day` · trend · season · recurrence ·
//! ratio^exposed, and lasts 1 + geometric(0.2) days. Nothing else links flags to pain. Of the pain the log holds what is
//! written down: see [`Writing`]. Written pain within 14 days after an episode belongs to it. Other notes stand on a
//! third of all days that could hold one, or as many more or fewer as the scenario says.

#![expect(clippy::disallowed_methods, reason = "what was made up once stays as it is, to the last digit")]

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use runhip::link::FlagDays;
use runhip::link::history::History;
use runhip::link::strata::WASH_OUT_DAYS;
use runhip::model::threshold::Settings;
use runhip::rules::counted_jumps::{Limits, WeekLoad, blind_days, is_return_ramp, jump_crossed_on};
use runhip::rules::{MAX_STREAK_DAYS, presets, streak_days};

const WEEKS: usize = 157;
const DAYS: usize = 7 * WEEKS;

/// When pain is written down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// On every painful day.
    EveryDay,
    /// On painful days with a run.
    RunDays,
    /// With the first run on or after a painful day.
    NextRun,
    /// On painful days with a run, and three in ten of those without.
    MostlyRunDays,
    /// Pain begins on days with a run alone, half as often again, and is written on such days.
    PainOnRuns,
}

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
    /// When pain is written down.
    pub writing: Writing,
    /// Habits in phases of 6 to 26 weeks: 3, 4 or 6 runs a week, one more or fewer in two weeks of five.
    pub phases: bool,
    /// Build-ups of 8 to 12 weeks, 10 to 18 weeks apart: longer, less even weeks with a run more. The share of what could
    /// be written that is, within them and elsewhere, of pain and of other notes alike; `None` without build-ups.
    pub build_ups: Option<(f64, f64)>,
    /// Share of onsets within five days of which the log stops, until one to three weeks after the pain.
    pub stops: f64,
    /// Share of the days that could hold a note of another kind which do.
    pub other_notes: f64,
}

/// A log in the making.
pub struct Log {
    /// Its truth.
    pub scenario: Scenario,
    random: ChaCha8Rng,
    first_day: NaiveDate,
    daily_m: Vec<u64>,
    dark: Vec<bool>,
    /// The last day of the latest pain, written down or not.
    hurting_until: Option<usize>,
    /// Pain that waits for a run to be written down.
    unwritten: bool,
    /// First and last painful day as they were logged.
    episodes: Vec<(usize, usize)>,
    painful_days: BTreeSet<usize>,
    noted: Vec<bool>,
    /// No run before this day.
    resting_until: usize,
    jumps: BTreeSet<usize>,
    /// Runs in each week, where habits come in phases.
    habit: Vec<usize>,
    /// Weeks since the build-up began that each week belongs to.
    build_up: Vec<Option<usize>>,
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
            hurting_until: None,
            unwritten: false,
            episodes: Vec::new(),
            painful_days: BTreeSet::new(),
            noted: vec![false; DAYS],
            resting_until: 0,
            jumps: BTreeSet::new(),
            habit: Vec::new(),
            build_up: vec![None; WEEKS],
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
        log.plan();
        for week in 0..WEEKS {
            log.run_week(week, phase);
            log.find_jump(week);
            for day in 7 * week..7 * week + 7 {
                log.maybe_hurt(day, phase);
                log.write(day);
            }
        }
        log
    }

    /// Phases and build-ups.
    fn plan(&mut self) {
        while self.scenario.phases && self.habit.len() < WEEKS {
            let weeks = self.random.random_range(6_u16..27) as usize;
            let runs = [3, 4, 6][self.random.random_range(0..3)];
            self.habit.resize(self.habit.len() + weeks, runs);
        }
        if self.scenario.build_ups.is_some() {
            let mut from = self.random.random_range(0_u16..26) as usize;
            while from < WEEKS {
                let weeks = self.random.random_range(8_u16..13) as usize;
                for week in from..(from + weeks).min(WEEKS) {
                    self.build_up[week] = Some(week - from);
                }
                from += weeks + self.random.random_range(10_u16..19) as usize;
            }
        }
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
        let (more_unrest, longer) = self.build_up[week].map_or((1.0, 1.0), |weeks| (1.8, 0.9 + 0.05 * real(weeks)));
        let unrest = Self::along(self.scenario.unrest, day) * self.wave(day, phase) * more_unrest;
        let since_rest = day.checked_sub(self.resting_until).map_or(0, |days| days / 7);
        let ramp = match since_rest {
            back @ 0..3 if self.resting_until > 0 => 0.4 + 0.2 * real(back),
            _ => 1.0,
        };
        let metres = 30_000.0 * ramp * longer * (unrest * self.normal()).exp();
        let running_days = match (self.habit.get(week), self.random.random_range(0_u8..12)) {
            (Some(&runs), draw) => match draw % 5 {
                0 => runs - 1,
                1 => runs + 1,
                _ => runs,
            },
            (None, 0) => 3,
            (None, 1..5) => 4,
            (None, 5..9) => 5,
            (None, 9..11) => 6,
            (None, _) => 7,
        };
        let running_days = (running_days + usize::from(self.build_up[week].is_some())).min(7);
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
        if self.hurting_until.is_some_and(|end| day <= end) {
            return;
        }
        let since = self.hurting_until.map_or(usize::MAX, |end| day - end);
        let washed_out = |flag: usize| self.episodes.iter().any(|&(a, b)| flag > a && flag <= b + wash_out());
        let exposed = self.scenario.ratio > 1.0
            && (day.saturating_sub(14)..day).any(|flag| self.jumps.contains(&flag) && !washed_out(flag));
        let chance = self.scenario.onset_per_day
            * Self::along(self.scenario.trend, day)
            * self.wave(day, phase)
            * if since <= 60 { self.scenario.recurrence } else { 1.0 }
            * if exposed { self.scenario.ratio } else { 1.0 }
            * match self.scenario.writing {
                Writing::PainOnRuns if self.ran(day) => 1.5,
                Writing::PainOnRuns => 0.0,
                _ => 1.0,
            };
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
        if self.scenario.stops > 0.0 && self.random.random_bool(self.scenario.stops) {
            let from = day + self.random.random_range(1_u16..6) as usize;
            let to = end.max(from) + self.random.random_range(7_u16..22) as usize;
            self.dark[from.min(DAYS)..to.min(DAYS)].fill(true);
        }
        self.hurting_until = Some(end);
        if self.scenario.rest_and_ramp {
            self.resting_until = day + 1 + self.random.random_range(7_u16..14) as usize;
            let week_end = 7 * (day / 7) + 7;
            self.daily_m[day + 1..self.resting_until.min(week_end).min(DAYS)].fill(0);
            self.find_jump(day / 7);
        }
    }

    /// Writes what the day has to tell.
    fn write(&mut self, day: usize) {
        if self.dark[day] {
            return;
        }
        let hurts = self.hurting_until.is_some_and(|end| day <= end);
        self.unwritten |= hurts;
        let ran = self.ran(day);
        let can_be_written = match self.scenario.writing {
            Writing::EveryDay => true,
            Writing::RunDays | Writing::NextRun | Writing::PainOnRuns => ran,
            Writing::MostlyRunDays => ran || self.random.random_bool(0.3),
        };
        let written = self
            .scenario
            .build_ups
            .map_or(1.0, |(within, elsewhere)| if self.build_up[day / 7].is_some() { within } else { elsewhere });
        let hurt = if self.scenario.writing == Writing::NextRun { self.unwritten } else { hurts };
        if hurt && can_be_written && self.random.random_bool(written) {
            self.unwritten = false;
            self.noted[day] = true;
            self.painful_days.insert(day);
            match self.episodes.last_mut() {
                Some(episode) if day - episode.1 <= 14 => episode.1 = day,
                _ => self.episodes.push((day, day)),
            }
        }
        self.noted[day] |= can_be_written && self.random.random_bool(self.scenario.other_notes * written);
    }

    fn ran(&self, day: usize) -> bool {
        self.daily_m[day] > 0 && !self.dark[day]
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
            ran: (0..DAYS).map(|day| self.ran(day)).collect(),
            noted: self.noted.clone(),
            painful_days: self.painful_days.iter().map(|&day| self.date(day)).collect(),
            episodes: self.episodes.iter().map(|&(a, b)| (self.date(a), self.date(b))).collect(),
        }
    }

    /// The flags of the four preset tests.
    pub fn flags(&self) -> Vec<FlagDays> {
        let ran: Vec<usize> = (0..DAYS).filter(|&day| self.ran(day)).collect();
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
    crate::real(count as u64)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "metres of a week, never negative")]
fn whole(metres: f64) -> u64 {
    metres.max(0.0).round() as u64
}
