//! Matches hand-typed rows, and entries with a day and no time, with the run of the day that each is about. Their
//! times are rough, so they are compared by distance and duration alone, and the entries of one file never join each
//! other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{Item, is_recorded, is_running, length_s, metres_agree, order, typed_clock_s, wall_clock_s};
use crate::model::units::METRES_PER_MILE;

/// How far a typed time may be from the run, whose start or end it is, in seconds.
const ROUGH_S: i64 = 3 * 3_600;

/// Typed durations agree within a tenth or this many seconds.
const ROUGH_LENGTH_S: u32 = 300;

/// The most pairs of one day and file that are compared. No person has more; beyond that, only equal entries are
/// matched.
const MOST_PAIRS: usize = 4_096;

/// Adds each group of entries to the run of its day that it matches best, or else as a new run. Entries of one file
/// are different runs, so a run takes at most one from each file. Entries are sorted.
pub fn add(items: &[Item], entries: Vec<Vec<usize>>, runs: &mut Vec<Vec<usize>>) {
    if entries.is_empty() {
        return;
    }
    let mut on_day: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
    for (position, members) in runs.iter().enumerate() {
        for day in members.iter().map(|&index| items[index].placed.date).collect::<BTreeSet<_>>() {
            on_day.entry(day).or_default().push(position);
        }
    }
    let of_file = |entry: Vec<usize>| {
        let first = entry.iter().map(|&index| &items[index]).min_by_key(|item| order(item))?;
        Some((first.placed.date, &*first.source, entry))
    };
    let mut entries: Vec<(NaiveDate, &str, Vec<usize>)> = entries.into_iter().filter_map(of_file).collect();
    entries.sort_by_key(|(day, file, _)| (*day, *file));
    let mut told: HashMap<usize, RunFacts<'_>> = HashMap::new();
    for of_day in entries.chunk_by_mut(|a, b| a.0 == b.0) {
        let Some((day, file, _)) = of_day.first() else { continue };
        let mut open = on_day.remove(day).unwrap_or_default();
        // Of most days only one file tells, and then there is nothing to compare.
        if open.is_empty() && of_day.iter().all(|(_, other, _)| other == file) {
            runs.extend(of_day.iter_mut().map(|(.., entry)| std::mem::take(entry)));
            continue;
        }
        for &run in &open {
            told.entry(run).or_insert_with(|| RunFacts::of(items, &runs[run]));
        }
        for batch in of_day.chunk_by_mut(|a, b| a.1 == b.1) {
            let own: Vec<RunFacts<'_>> = batch.iter().map(|(.., entry)| RunFacts::of(items, entry)).collect();
            let pairs = if own.len().saturating_mul(open.len()) <= MOST_PAIRS {
                closest_pairs(&own, &open, &told)
            } else {
                equal_pairs(&own, &open, &told)
            };
            for (position, ((.., entry), own)) in batch.iter_mut().zip(own).enumerate() {
                let entry = std::mem::take(entry);
                if let Some((run, known)) = pairs.get(&position).and_then(|run| Some((*run, told.get_mut(run)?))) {
                    known.join(own);
                    runs[run].extend(entry);
                } else {
                    open.push(runs.len());
                    told.insert(runs.len(), own);
                    runs.push(entry);
                }
            }
        }
    }
}

/// What is known of a run or an entry.
struct RunFacts<'a> {
    sources: BTreeSet<&'a str>,
    /// Whether it is running; `None` if its members disagree.
    running: Option<bool>,
    metres: BTreeSet<u32>,
    lengths_s: BTreeSet<u32>,
    /// Its first start and its last end.
    clock_s: Option<(i64, i64)>,
}

/// How well an entry matches a run, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Their durations are equal to the second, which is no coincidence.
    SameSeconds,
    /// Their distances differ by this many metres, within rounding.
    Metres(u32),
    /// One of them has no distance.
    Unknown,
}

impl<'a> RunFacts<'a> {
    fn of(items: &'a [Item], members: &[usize]) -> Self {
        let members = || members.iter().map(|&member| &items[member]);
        let mut kinds = members().map(|item| is_running(&item.activity));
        let first = kinds.next();
        let clock = |item: &Item| {
            let start_s = if is_recorded(item) { wall_clock_s(&item.placed) } else { typed_clock_s(&item.placed) }?;
            Some((start_s, start_s + i64::from(length_s(&item.activity).unwrap_or(0))))
        };
        let lengths = |item: &Item| [item.activity.elapsed_s, item.activity.moving_s];
        let mut told = Self {
            sources: members().map(|item| &*item.source).collect(),
            running: first.filter(|first| kinds.all(|kind| kind == *first)),
            metres: members().filter_map(|item| item.activity.distance).map(|distance| distance.m).collect(),
            lengths_s: members().flat_map(lengths).flatten().filter(|seconds| *seconds > 0).collect(),
            clock_s: None,
        };
        members().filter_map(clock).for_each(|clock_s| told.widen(clock_s));
        told
    }

    fn widen(&mut self, (from_s, to_s): (i64, i64)) {
        let (first_s, last_s) = self.clock_s.unwrap_or((from_s, to_s));
        self.clock_s = Some((first_s.min(from_s), last_s.max(to_s)));
    }

    fn join(&mut self, other: Self) {
        self.sources.extend(other.sources);
        self.metres.extend(other.metres);
        self.lengths_s.extend(other.lengths_s);
        // An entry's rough time is not used if the run's own time is known.
        if let (None, Some(clock_s)) = (self.clock_s, other.clock_s) {
            self.widen(clock_s);
        }
    }

    /// How well this entry matches a run, if at all, with the seconds between their times.
    fn fit(&self, run: &Self) -> Option<(Fit, i64)> {
        let same_kind = self.running.is_some() && self.running == run.running;
        if !same_kind || self.sources.iter().any(|source| run.sources.contains(source)) {
            return None;
        }
        let apart_s = self.clock_s.zip(run.clock_s).map(|(own, run)| (run.0 - own.0).max(own.0 - run.1).max(0));
        if self.lengths_s.iter().any(|seconds| seconds % 60 != 0 && around(&run.lengths_s, *seconds, 1).is_some()) {
            return Some((Fit::SameSeconds, apart_s.unwrap_or(0)));
        }
        if apart_s.is_some_and(|apart_s| apart_s > ROUGH_S) {
            return None;
        }
        let fit = if self.metres.is_empty() || run.metres.is_empty() {
            Fit::Unknown
        } else {
            Fit::Metres(self.metres.iter().filter_map(|metres| nearest_metres(*metres, &run.metres)).min()?)
        };
        let lengths_agree = || {
            let unknown = self.lengths_s.is_empty() || run.lengths_s.is_empty();
            unknown
                || self.lengths_s.iter().any(|own| around(&run.lengths_s, *own, ROUGH_LENGTH_S.max(own / 10)).is_some())
        };
        (fit != Fit::Unknown || lengths_agree()).then_some((fit, apart_s.unwrap_or(0)))
    }
}

/// One of `known` that differs from `figure` by at most `most`.
fn around(known: &BTreeSet<u32>, figure: u32, most: u32) -> Option<u32> {
    known.range(figure.saturating_sub(most)..=figure.saturating_add(most)).next().copied()
}

/// The distance in metres to the nearest one that agrees with a typed distance, allowing for rounding.
fn nearest_metres(typed_m: u32, known: &BTreeSet<u32>) -> Option<u32> {
    let below = known.range(..=typed_m).next_back();
    let above = known.range(typed_m..).next();
    let agrees =
        |known_m: &u32| metres_agree(typed_m, *known_m) || typed_m.abs_diff(*known_m) <= rounded_off_m(typed_m);
    below.into_iter().chain(above).copied().filter(agrees).map(|known_m| known_m.abs_diff(typed_m)).min()
}

/// How much rounding to whole kilometres or miles may have changed a distance; 0 if it is not a whole number of
/// either.
pub fn rounded_off_m(typed_m: u32) -> u32 {
    let miles = (f64::from(typed_m) / METRES_PER_MILE).round();
    if miles >= 1.0 && (miles * METRES_PER_MILE - f64::from(typed_m)).abs() <= 1.0 {
        805
    } else if typed_m > 0 && typed_m.is_multiple_of(1_000) {
        500
    } else {
        0
    }
}

/// The run of each entry, by index: best matches first, each used once.
fn closest_pairs(own: &[RunFacts<'_>], open: &[usize], told: &HashMap<usize, RunFacts<'_>>) -> BTreeMap<usize, usize> {
    let mut fits: Vec<((Fit, i64), usize, usize)> = Vec::new();
    for (position, entry) in own.iter().enumerate() {
        fits.extend(open.iter().filter_map(|&run| entry.fit(&told[&run]).map(|fit| (fit, position, run))));
    }
    fits.sort_unstable();
    let (mut pairs, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, position, run) in fits {
        if !pairs.contains_key(&position) && taken.insert(run) {
            pairs.insert(position, run);
        }
    }
    pairs
}

/// The same for large numbers, where only equal distances match.
fn equal_pairs(own: &[RunFacts<'_>], open: &[usize], told: &HashMap<usize, RunFacts<'_>>) -> BTreeMap<usize, usize> {
    let key = |one: &RunFacts<'_>| (one.running, one.metres.first().copied());
    let mut known: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for &run in open.iter().rev() {
        known.entry(key(&told[&run])).or_default().push(run);
    }
    let mut pairs = BTreeMap::new();
    for (position, entry) in own.iter().enumerate() {
        let Some(runs) = known.get_mut(&key(entry)) else { continue };
        while let Some(run) = runs.pop() {
            if entry.sources.is_disjoint(&told[&run].sources) {
                pairs.insert(position, run);
                break;
            }
        }
    }
    pairs
}
