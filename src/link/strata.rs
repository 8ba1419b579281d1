//! From a history of days to the strata of the exact test: which days are at risk and which exposed, which onsets can
//! be used, and why others cannot. It knows days and flags, but not what raised them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::exact::Stratum;
use super::history::History;
use super::opportunity::{KINDS_OF_DAY, Opportunity, kinds_of_days};

/// Length of a stratum in days, fixed beforehand: half a year, short enough that a drift over the years stays between
/// strata.
pub const BLOCK_DAYS: usize = 182;
/// Two ways of cutting the days into strata: from the first day, and offset by this many days. A result that shows in
/// one of them alone depends on where the cuts fall.
pub const CUTS: [usize; 2] = [0, BLOCK_DAYS / 2];
/// The days of log that have to come before the first at-risk day.
pub const HISTORY_DAYS: usize = 28;
/// The days after an episode that are not at risk, nor may lie in the window of a day that is: pain brings rest, and
/// rest brings a ramp.
pub const WASH_OUT_DAYS: i64 = 28;
/// The days before an onset that have to be observed for it to count.
pub const PAIN_FREE_DAYS: usize = 14;

/// The reasons why an episode is not used.
const OUTSIDE: &str = "outside the log";
const EARLY: &str = "in the first 28 days of the log";
const UNOBSERVED: &str = "14 days before it not all observed";
const OVERLAPPING: &str = "inside another episode";
const TOO_SOON: &str = "within 28 days after another episode";
const NO_RUN: &str = "on a day without a run, on which this log hardly ever speaks of pain";
const BLIND: &str = "too soon after another episode or a blank for flags before it to count";

/// The days before a day t in which a flag exposes t.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day is t − `from_days`.
    pub from_days: i64,
    /// The last day is t − `to_days`.
    pub to_days: i64,
}

impl Window {
    /// The window in which nothing should show: [t−70, t−43].
    pub const NULL: Self = Self { from_days: 70, to_days: 43 };

    /// [t−`days`, t−1].
    pub const fn before(days: i64) -> Self {
        Self { from_days: days, to_days: 1 }
    }

    /// [t−`days`, t], for flags that can bring on pain on their own day.
    pub const fn up_to(days: i64) -> Self {
        Self { from_days: days, to_days: 0 }
    }

    /// The same window with another length.
    #[must_use]
    pub const fn lasting(self, days: i64) -> Self {
        Self { from_days: days, to_days: self.to_days }
    }

    /// Whether a flag dated `flag` exposes `day`.
    pub fn reaches(self, day: NaiveDate, flag: NaiveDate) -> bool {
        (self.to_days..=self.from_days).contains(&(day - flag).num_days())
    }
}

/// The days of a history as they are for every flag.
#[derive(Debug)]
pub struct OnsetDays {
    first_day: NaiveDate,
    observed: Vec<bool>,
    /// Whether each day lies in an episode or its wash-out.
    washed_out: Vec<bool>,
    /// Whether pain could have been noted on each day.
    open: Vec<bool>,
    /// Whether an onset on each day could be seen.
    could_begin: Vec<bool>,
    /// The kind of each day, within which days are compared.
    kinds: Vec<usize>,
    opportunity: Opportunity,
    /// First and last painful day of every episode, in order.
    episodes: Vec<(NaiveDate, NaiveDate)>,
}

/// The days of a history that are at risk, and the onsets on them.
#[derive(Clone, Debug)]
pub struct Risk {
    on: Arc<OnsetDays>,
    /// Whether each day is washed out, or one on which the flag could not be raised.
    blind: Vec<bool>,
    eligible: Vec<bool>,
    onset: Vec<bool>,
    /// On which days this log tells of pain.
    pub opportunity: Opportunity,
    /// The number of episodes given.
    pub episodes_total: u64,
    /// The number of episodes whose onset is on an at-risk day.
    pub episodes_usable: u64,
    /// The number of the other episodes, by reason.
    pub excluded: BTreeMap<String, u64>,
}

/// The at-risk days of one block, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Whether each day is exposed.
    pub exposed: Vec<bool>,
    /// Whether an episode began on it.
    pub onset: Vec<bool>,
}

/// How the days are parted into blocks.
#[derive(Clone, Copy)]
struct Parting {
    /// The days by which the first block begins before the log.
    cut: usize,
    /// Into how many kinds of days each half-year is split; one is none.
    kinds: usize,
}

impl Parting {
    const WHOLE: Self = Self { cut: 0, kinds: 1 };

    fn by_kind(cut: usize) -> Self {
        Self { cut, kinds: KINDS_OF_DAY }
    }
}

impl Block {
    /// The counts of the block.
    pub fn stratum(&self) -> Stratum {
        let count = |days: &[bool]| days.iter().filter(|&&day| day).count() as u64;
        Stratum {
            days: self.exposed.len() as u64,
            exposed_days: count(&self.exposed),
            onsets: count(&self.onset),
            exposed_onsets: self.exposed.iter().zip(&self.onset).filter(|&(&e, &o)| e && o).count() as u64,
        }
    }
}

impl OnsetDays {
    /// Finds the days on which an episode could begin and be seen.
    pub fn of(history: &History) -> Self {
        let opportunity = Opportunity::of(history);
        let days = history.observed.len();
        let open: Vec<bool> = (0..days).map(|day| opportunity == Opportunity::AnyDay || history.has_run(day)).collect();
        let mut episodes = history.episodes.clone();
        episodes.sort_unstable();
        let mut on = Self {
            first_day: history.first_day,
            observed: history.observed.clone(),
            washed_out: vec![false; days],
            open,
            could_begin: Vec::new(),
            kinds: kinds_of_days(history),
            opportunity,
            episodes,
        };
        for at in 0..on.episodes.len() {
            let (onset, end) = on.episodes[at];
            let last = onset.max(end).checked_add_signed(TimeDelta::days(WASH_OUT_DAYS)).unwrap_or(NaiveDate::MAX);
            on.wash_out(onset.succ_opt().unwrap_or(onset), last);
        }
        let mut in_a_row = 0;
        on.could_begin = (0..days)
            .map(|day| {
                in_a_row = if on.observed[day] { in_a_row + 1 } else { 0 };
                day >= HISTORY_DAYS && in_a_row > PAIN_FREE_DAYS && on.open[day] && !on.washed_out[day]
            })
            .collect();
        on
    }

    fn index(&self, day: NaiveDate) -> Option<usize> {
        usize::try_from((day - self.first_day).num_days()).ok().filter(|&day| day < self.observed.len())
    }

    fn wash_out(&mut self, from: NaiveDate, to: NaiveDate) {
        let days = i64::try_from(self.observed.len()).unwrap_or(i64::MAX);
        let within = |day: NaiveDate| usize::try_from((day - self.first_day).num_days().clamp(0, days)).unwrap_or(0);
        let (from, to) = (within(from), within(to.succ_opt().unwrap_or(to)));
        if from < to {
            self.washed_out[from..to].fill(true);
        }
    }
}

impl Risk {
    /// [`Risk::on`] the days of a history for one flag alone.
    pub fn of(history: &History, window: Window, blind_days: &BTreeSet<NaiveDate>) -> Self {
        Self::on(&Arc::new(OnsetDays::of(history)), window, blind_days)
    }

    /// Finds the at-risk days: those on which a new onset could be seen and a flag before it could be counted.
    ///
    /// A day t is at risk if t and the 14 days before it are observed, 28 days of log lie before it, it is neither
    /// inside an episode nor within 28 days after one, and its `window` holds no such day and none of `blind_days`,
    /// on which the flag could not be raised. Onset days count. In a log that tells of pain beside runs alone, the
    /// day also has to have a run.
    ///
    /// Every day has to meet all of this. The condition on the window is needed because flags in a wash-out do not
    /// count: days soon after one would be unexposed *because* an onset came before them. Left in, they make exposure
    /// look rarer the more onsets a half-year holds; in simulation that raised a one-sided error of 0.05 to
    /// 0.07–0.09.
    pub fn on(on: &Arc<OnsetDays>, window: Window, blind_days: &BTreeSet<NaiveDate>) -> Self {
        let mut risk = Self {
            on: Arc::clone(on),
            opportunity: on.opportunity,
            blind: on.washed_out.clone(),
            eligible: Vec::new(),
            onset: vec![false; on.observed.len()],
            episodes_total: on.episodes.len() as u64,
            episodes_usable: 0,
            excluded: BTreeMap::new(),
        };
        for &day in blind_days {
            if let Some(day) = on.index(day) {
                risk.blind[day] = true;
            }
        }
        let blind_until = last_of(risk.blind.iter().copied());
        // Days before the log are never blind, as no pain of the log comes before them.
        let back = |day: usize, days: i64| day.saturating_sub(usize::try_from(days).unwrap_or(0));
        let sees = |day: usize| blind_until[back(day, window.to_days)] <= back(day, window.from_days);
        risk.eligible = (0..on.observed.len()).map(|day| on.could_begin[day] && sees(day)).collect();
        for (i, &(onset, _)) in on.episodes.iter().enumerate() {
            match risk.why_not(onset, &on.episodes[..i]) {
                Some(reason) => *risk.excluded.entry(reason.to_owned()).or_default() += 1,
                None => {
                    if let Some(day) = on.index(onset) {
                        risk.onset[day] = true;
                        risk.episodes_usable += 1;
                    }
                }
            }
        }
        risk
    }

    /// Which days are exposed. A flag dated inside an episode or its wash-out exposes no day: the pain itself may
    /// have brought it about.
    pub fn exposed(&self, flag_days: &BTreeSet<NaiveDate>, window: Window) -> Vec<bool> {
        let days = i64::try_from(self.on.observed.len()).unwrap_or(i64::MAX);
        let mut exposed = vec![false; self.on.observed.len()];
        for flag in flag_days.iter().filter(|&&flag| self.counts(flag)) {
            let flag = (*flag - self.on.first_day).num_days();
            let from = flag.saturating_add(window.to_days).clamp(0, days);
            let to = flag.saturating_add(window.from_days + 1).clamp(0, days);
            for day in from..to {
                exposed[usize::try_from(day).unwrap_or(0)] = true;
            }
        }
        exposed
    }

    /// The blocks of 182 days, with `exposed` from [`Risk::exposed`].
    pub fn blocks(&self, exposed: &[bool]) -> Vec<Block> {
        self.parted(exposed, Parting::WHOLE, |_| true)
    }

    /// The counts of these blocks.
    pub fn strata(&self, exposed: &[bool]) -> Vec<Stratum> {
        self.counted(exposed, Parting::WHOLE, |_| true)
    }

    /// The same counts without the days whose `window` reaches out of the log or over an unobserved or blind day.
    pub fn strata_seeing(&self, exposed: &[bool], window: Window) -> Vec<Stratum> {
        self.counted(exposed, Parting::WHOLE, self.wholly_seen(window))
    }

    /// Whether the statistics can count a flag dated `flag`: it is in the log and not in a wash-out.
    pub fn counts(&self, flag: NaiveDate) -> bool {
        // Before the first day, flags may have been missed.
        self.on.index(flag).is_some_and(|day| !self.on.washed_out[day])
    }

    /// Whether the onset on `day` is one the statistics use.
    pub fn uses_onset(&self, day: NaiveDate) -> bool {
        self.on.index(day).is_some_and(|day| self.onset[day])
    }

    /// The pairs (flag, onset) of every flag in `flag_days` that counts and every usable onset whose `window` holds
    /// it.
    pub fn pairs(
        &self,
        flag_days: &BTreeSet<NaiveDate>,
        window: Window,
        onsets: impl Iterator<Item = NaiveDate>,
    ) -> BTreeSet<(NaiveDate, NaiveDate)> {
        let counted: Vec<NaiveDate> = flag_days.iter().copied().filter(|&flag| self.counts(flag)).collect();
        onsets
            .filter(|&onset| self.uses_onset(onset))
            .flat_map(|onset| counted.iter().map(move |&flag| (flag, onset)))
            .filter(|&(flag, onset)| window.reaches(onset, flag))
            .collect()
    }

    /// The blocks again, each split by kinds of days: the first kind of the first block, its second kind, and so on.
    /// The first block begins `cut` days before the log. Every test has the same number of blocks.
    pub fn comparable(&self, exposed: &[bool], cut: usize) -> Vec<Block> {
        self.parted(exposed, Parting::by_kind(cut), |_| true)
    }

    /// The counts of these blocks.
    pub fn comparable_strata(&self, exposed: &[bool], cut: usize) -> Vec<Stratum> {
        self.counted(exposed, Parting::by_kind(cut), |_| true)
    }

    /// [`Risk::comparable`] without the days whose `window` cannot be seen.
    pub fn comparable_seeing(&self, exposed: &[bool], window: Window) -> Vec<Block> {
        self.parted(exposed, Parting::by_kind(0), self.wholly_seen(window))
    }

    /// The at-risk days in the order of [`Risk::comparable`], as indices into the lists of the history.
    pub fn days_at_risk(&self, cut: usize) -> Vec<Vec<usize>> {
        let mut days = vec![Vec::new(); self.blocks_in(Parting::by_kind(cut))];
        for (day, block) in self.at_risk(Parting::by_kind(cut), |_| true) {
            days[block].push(day);
        }
        days
    }

    /// Whether a usable episode began on the day at this index.
    pub(super) fn begins(&self, day: usize) -> bool {
        self.onset[day]
    }

    fn counted(&self, exposed: &[bool], parting: Parting, keep: impl Fn(usize) -> bool) -> Vec<Stratum> {
        let mut strata = vec![Stratum::default(); self.blocks_in(parting)];
        for (day, block) in self.at_risk(parting, keep) {
            let stratum = &mut strata[block];
            let (is_exposed, is_onset) = (exposed.get(day).copied().unwrap_or(false), self.onset[day]);
            stratum.days += 1;
            stratum.exposed_days += u64::from(is_exposed);
            stratum.onsets += u64::from(is_onset);
            stratum.exposed_onsets += u64::from(is_exposed && is_onset);
        }
        strata
    }

    fn parted(&self, exposed: &[bool], parting: Parting, keep: impl Fn(usize) -> bool) -> Vec<Block> {
        let mut blocks = vec![Block::default(); self.blocks_in(parting)];
        for (day, block) in self.at_risk(parting, keep) {
            blocks[block].exposed.push(exposed.get(day).copied().unwrap_or(false));
            blocks[block].onset.push(self.onset[day]);
        }
        blocks
    }

    fn blocks_in(&self, parting: Parting) -> usize {
        parting.kinds * (self.on.observed.len() + parting.cut).div_ceil(BLOCK_DAYS)
    }

    /// The at-risk days that `keep` keeps, each with its block.
    fn at_risk(&self, parting: Parting, keep: impl Fn(usize) -> bool) -> impl Iterator<Item = (usize, usize)> {
        let block = move |day: usize| {
            let kind = if parting.kinds == 1 { 0 } else { self.on.kinds[day] };
            parting.kinds * ((day + parting.cut) / BLOCK_DAYS) + kind
        };
        (0..self.on.observed.len())
            .filter(move |&day| self.eligible[day] && keep(day))
            .map(move |day| (day, block(day)))
    }

    /// Whether the window of a day lies in the log, with no day unobserved or blind.
    fn wholly_seen(&self, window: Window) -> impl Fn(usize) -> bool {
        let unseen = self.on.observed.iter().zip(&self.blind).map(|(&observed, &blind)| blind || !observed);
        let unseen_until = last_of(unseen);
        move |day| Self::window_days(window, day).is_some_and(|days| unseen_until[*days.end()] <= *days.start())
    }

    /// The days of the window; `None` if it begins before the log.
    fn window_days(window: Window, day: usize) -> Option<std::ops::RangeInclusive<usize>> {
        let back = |days: i64| day.checked_sub(usize::try_from(days).ok()?);
        Some(back(window.from_days)?..=back(window.to_days)?)
    }

    /// Why the episode that began on `onset` cannot be used, given those sorted before it; `None` if it can.
    fn why_not(&self, onset: NaiveDate, earlier: &[(NaiveDate, NaiveDate)]) -> Option<&'static str> {
        let Some(day) = self.on.index(onset) else { return Some(OUTSIDE) };
        if earlier.iter().any(|&(begun, end)| begun == onset || onset <= end) {
            Some(OVERLAPPING)
        } else if self.on.washed_out[day] {
            Some(TOO_SOON)
        } else if day < HISTORY_DAYS {
            Some(EARLY)
        } else if !self.on.open[day] {
            Some(NO_RUN)
        } else if !self.on.could_begin[day] {
            Some(UNOBSERVED)
        } else if !self.eligible[day] {
            Some(BLIND)
        } else {
            None
        }
    }
}

/// For each day, how many days there are up to the last one of them that is marked.
fn last_of(marked: impl Iterator<Item = bool>) -> Vec<usize> {
    let mut last = 0;
    let place = |(number, marked): (usize, bool)| {
        if marked {
            last = number;
        }
        last
    };
    (1..).zip(marked).map(place).collect()
}

#[cfg(test)]
mod tests;
