//! Recordings with a time, gathered into runs. Each is held against what the members of a run have in common, so that a
//! hundred thousand of one start are no more work than a few.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::{Item, MOST_HOURS_OFF, START_TOLERANCE_S, durations_equal, lengths_overlap, metres_agree, seconds_apart};
use crate::import::local_time::LocalStart;
use crate::model::activity::Activity;

/// Within so many runs the one that fits is looked for one by one, which is faster than looking up where they begin.
pub const FEW: usize = 64;

/// Runs in the order of their starts, which is the order that units are given in.
pub struct TimedRuns<'a> {
    items: &'a [Item],
    few: usize,
    clusters: Vec<Vec<usize>>,
    alike: Vec<BTreeMap<Moment, SameStart<'a>>>,
    starts: Vec<i64>,
    /// The first member with a time of each.
    firsts: Vec<Option<usize>>,
    /// Runs by the second of their first start: of those with an instant, by that and by the clock on the wall, and of
    /// those without one.
    by_instant: BTreeMap<i64, Vec<usize>>,
    by_clock: BTreeMap<i64, Vec<usize>>,
    by_clock_alone: BTreeMap<i64, Vec<usize>>,
}

/// What two starts are held against each other by.
type Moment = (Option<DateTime<Utc>>, Option<NaiveDateTime>, NaiveDate);

fn moment(placed: &LocalStart) -> Moment {
    (placed.instant, placed.wall_clock, placed.date)
}

/// Members of one start, as far as others have to agree with them.
struct SameStart<'a> {
    placed: LocalStart,
    sources: BTreeSet<&'a str>,
    durations: BTreeSet<(Option<u32>, Option<u32>)>,
    lengths: Extremes,
    length_unknown: bool,
    metres: Extremes,
}

/// The smallest and the greatest of some figures. What agrees with both agrees with all between.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extremes(Option<(u32, u32)>);

impl Extremes {
    /// Takes one more figure in.
    pub fn add(&mut self, value: u32) {
        let (least, most) = self.0.unwrap_or((value, value));
        self.0 = Some((least.min(value), most.max(value)));
    }

    /// Both, where there are any figures.
    pub fn both(self) -> impl Iterator<Item = u32> {
        self.0.into_iter().flat_map(|(least, most)| [least, most])
    }
}

/// What it says of its length: from start to end, and in motion.
fn durations(activity: &Activity) -> (Option<u32>, Option<u32>) {
    (activity.elapsed_s, activity.moving_s)
}

/// How long it lasted, as [`lengths_overlap`] counts it.
fn length(activity: &Activity) -> Option<u32> {
    activity.elapsed_s.or(activity.moving_s)
}

impl<'a> SameStart<'a> {
    fn none_at(placed: LocalStart) -> Self {
        Self {
            placed,
            sources: BTreeSet::new(),
            durations: BTreeSet::new(),
            lengths: Extremes::default(),
            length_unknown: false,
            metres: Extremes::default(),
        }
    }

    fn add(&mut self, item: &'a Item) {
        let activity = &item.activity;
        self.sources.insert(&item.source);
        self.durations.insert(durations(activity));
        match length(activity) {
            Some(seconds) => self.lengths.add(seconds),
            None => self.length_unknown = true,
        }
        if let Some(distance) = activity.distance {
            self.metres.add(distance.m);
        }
    }

    /// Same start within two minutes (a shift of whole hours is taken out where the durations are equal), overlap, and
    /// distances that agree: with every member.
    fn agrees(&self, own: &Item) -> bool {
        let theirs = own.activity.distance.map(|distance| distance.m);
        let distances_agree = || theirs.is_none_or(|theirs| self.metres.both().all(|m| metres_agree(m, theirs)));
        let Some(apart) = seconds_apart(&self.placed, &own.placed) else {
            return self.placed.date == own.placed.date && distances_agree();
        };
        let hours = (apart + apart.signum() * 1_800) / 3_600;
        let rest = apart - hours * 3_600;
        let shifted = hours != 0;
        // One file keeps one clock: two of its runs an hour apart are two runs, however alike.
        let close = if shifted {
            hours.abs() <= MOST_HOURS_OFF
                && rest.abs() <= START_TOLERANCE_S
                && !self.sources.contains(own.source.as_str())
                && self.durations.iter().all(|&known| durations_equal(known, durations(&own.activity)))
        } else {
            apart.abs() <= START_TOLERANCE_S
        };
        let apart = if shifted { rest } else { apart };
        let unknown = self.length_unknown.then_some(None);
        let mut lengths = self.lengths.both().map(Some).chain(unknown);
        close && lengths.all(|known| lengths_overlap(known, length(&own.activity), apart)) && distances_agree()
    }
}

impl<'a> TimedRuns<'a> {
    /// No run yet of `items`. Which runs there will be does not depend on what are `few`.
    pub fn new(items: &'a [Item], few: usize) -> Self {
        Self {
            items,
            few,
            clusters: Vec::new(),
            alike: Vec::new(),
            starts: Vec::new(),
            firsts: Vec::new(),
            by_instant: BTreeMap::new(),
            by_clock: BTreeMap::new(),
            by_clock_alone: BTreeMap::new(),
        }
    }

    /// Adds a unit to the first run that agrees with all of it, else as a run of its own. `start` is where it stands in
    /// the order, and never before that of the unit before it.
    pub fn add(&mut self, unit: Vec<usize>, start: i64) {
        // The order mixes instants and wall clocks, which differ by up to 14 hours, and clocks may be hours off.
        let reach = start - 2 * MOST_HOURS_OFF * 3_600 - START_TOLERANCE_S;
        let home = self.starts.partition_point(|&start| start < reach);
        let fits =
            |run: &usize| self.alike[*run].values().all(|alike| unit.iter().all(|&own| alike.agrees(&self.items[own])));
        let found = if self.clusters.len() - home <= self.few {
            (home..self.clusters.len()).find(fits)
        } else {
            self.near(&unit).into_iter().filter(|run| *run >= home).find(fits)
        };
        let run = found.unwrap_or_else(|| self.begin(&unit, start));
        for &own in &unit {
            let item = &self.items[own];
            self.alike[run].entry(moment(&item.placed)).or_insert_with(|| SameStart::none_at(item.placed)).add(item);
        }
        self.clusters[run].extend(unit);
    }

    /// Gives the runs, each as the positions of its members.
    pub fn into_clusters(self) -> Vec<Vec<usize>> {
        self.clusters
    }

    /// The first member of a unit that has a time.
    fn first_timed(&self, unit: &[usize]) -> Option<usize> {
        unit.iter().copied().find(|&own| self.items[own].placed.wall_clock.is_some())
    }

    fn begin(&mut self, unit: &[usize], start: i64) -> usize {
        let run = self.clusters.len();
        let first = self.first_timed(unit);
        let (instant, clock) = first.map_or((None, None), |first| seconds(&self.items[first].placed));
        if let Some(clock) = clock {
            self.by_clock.entry(clock).or_default().push(run);
            match instant {
                Some(instant) => self.by_instant.entry(instant).or_default().push(run),
                None => self.by_clock_alone.entry(clock).or_default().push(run),
            }
        }
        self.clusters.push(Vec::new());
        self.alike.push(BTreeMap::new());
        self.starts.push(start);
        self.firsts.push(first);
        run
    }

    /// The runs, in their order, whose first start may be the same as that of a unit. Whatever agrees with all members
    /// agrees with the first.
    fn near(&self, unit: &[usize]) -> BTreeSet<usize> {
        let Some(own) = self.first_timed(unit).map(|own| &self.items[own]) else { return BTreeSet::new() };
        let (instant, clock) = seconds(&own.placed);
        let looked_up = match instant {
            Some(_) => [(&self.by_instant, instant), (&self.by_clock_alone, clock)],
            None => [(&self.by_clock, clock), (&self.by_clock_alone, None)],
        };
        let may_be_shifted = |run: &usize| {
            self.firsts[*run].map(|first| &self.items[first]).is_some_and(|first| {
                durations_equal(durations(&first.activity), durations(&own.activity)) && first.source != own.source
            })
        };
        let mut near = BTreeSet::new();
        for (runs, second) in looked_up {
            let Some(second) = second else { continue };
            for hours in -MOST_HOURS_OFF..=MOST_HOURS_OFF {
                // A second more, for the fractions that these leave out.
                let (middle, around) = (second + hours * 3_600, START_TOLERANCE_S + 1);
                let found = runs.range(middle - around..=middle + around).flat_map(|(_, runs)| runs).copied();
                near.extend(found.filter(|run| hours == 0 || may_be_shifted(run)));
            }
        }
        near
    }
}

/// The seconds of the instant and of the clock on the wall, where known.
fn seconds(placed: &LocalStart) -> (Option<i64>, Option<i64>) {
    (placed.instant.map(|time| time.timestamp()), placed.wall_clock.map(|time| time.and_utc().timestamp()))
}
