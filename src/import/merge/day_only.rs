//! Entries with a day and no time: which run of that day each of them joins. The entries of one file never join each
//! other, so that all of them are held against the runs before them at once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use chrono::NaiveDate;

use super::timed::Extremes;
use super::{Item, metres_agree};
use crate::model::sport::Sport;

/// Adds each unit to a run of its day from other files whose distance agrees, the closest first, else as a run of its own.
/// Each file's entries stand for different runs, so that a run takes at most one from each. Units come in their order.
pub fn add(items: &[Item], units: Vec<Vec<usize>>, clusters: &mut Vec<Vec<usize>>) {
    if units.is_empty() {
        return;
    }
    let mut runs: Vec<Run<'_>> = clusters.iter().map(|members| Run::of(items, members)).collect();
    let mut on_day: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
    for (position, cluster) in clusters.iter().enumerate() {
        for &member in cluster {
            let positions = on_day.entry(items[member].placed.date).or_default();
            if positions.last() != Some(&position) {
                positions.push(position);
            }
        }
    }
    let mut units = units.into_iter().map(|unit| (Run::of(items, &unit), unit)).peekable();
    while let Some(first) = units.next() {
        let day = items[first.1[0]].placed.date;
        let sources = first.0.sources.clone();
        let candidates = on_day.entry(day).or_default();
        let mut open = OpenRuns::of(candidates, &runs, &sources);
        let mut next = Some(first);
        while let Some((own, unit)) = next {
            let first_m = items[unit[0]].activity.distance.map(|distance| distance.m);
            if let Some(position) = open.take(&own, first_m, &runs) {
                runs[position].join(own);
                clusters[position].extend(unit);
            } else {
                candidates.push(clusters.len());
                runs.push(own);
                clusters.push(unit);
            }
            next = units.next_if(|(own, unit)| items[unit[0]].placed.date == day && own.sources == sources);
        }
    }
}

/// What is to be known of a run, or of what may join it.
struct Run<'a> {
    sources: BTreeSet<&'a str>,
    /// Whether it is one of running; `None` where its members do not agree on it.
    running: Option<bool>,
    metres: BTreeSet<u32>,
    ends: Extremes,
}

impl<'a> Run<'a> {
    fn of(items: &'a [Item], members: &[usize]) -> Self {
        let members = || members.iter().map(|&member| &items[member]);
        let mut kinds = members().map(|item| item.activity.sport.as_ref().is_none_or(Sport::is_running));
        let first = kinds.next();
        let metres: BTreeSet<u32> =
            members().filter_map(|item| item.activity.distance).map(|distance| distance.m).collect();
        let mut ends = Extremes::default();
        for &m in &metres {
            ends.add(m);
        }
        Self {
            sources: members().map(|item| item.source.as_str()).collect(),
            running: first.filter(|first| kinds.all(|kind| kind == *first)),
            metres,
            ends,
        }
    }

    fn join(&mut self, other: Self) {
        self.sources.extend(other.sources);
        other.ends.both().for_each(|m| self.ends.add(m));
        self.metres.extend(other.metres);
    }

    fn distances_agree(&self, other: &Self) -> bool {
        self.ends.both().all(|ours| other.ends.both().all(|theirs| metres_agree(ours, theirs)))
    }
}

/// The runs that the entries of one file may still join.
struct OpenRuns {
    of_kind: BTreeMap<bool, RunsOfKind>,
}

/// Those of running, or of another sport, by their positions.
#[derive(Default)]
struct RunsOfKind {
    all: BTreeSet<usize>,
    /// A run stands at the distance of each of its members.
    by_distance: BTreeMap<u32, BTreeSet<usize>>,
    without_distance: BTreeSet<usize>,
}

impl OpenRuns {
    /// Those among `candidates` that none of the sources has told of.
    fn of(candidates: &[usize], runs: &[Run<'_>], sources: &BTreeSet<&str>) -> Self {
        let mut of_kind: BTreeMap<bool, RunsOfKind> = BTreeMap::new();
        for &position in candidates {
            let run = &runs[position];
            let Some(running) = run.running else { continue };
            if sources.iter().any(|source| run.sources.contains(source)) {
                continue;
            }
            let kind = of_kind.entry(running).or_default();
            kind.all.insert(position);
            for &m in &run.metres {
                kind.by_distance.entry(m).or_default().insert(position);
            }
            if run.metres.is_empty() {
                kind.without_distance.insert(position);
            }
        }
        Self { of_kind }
    }

    /// The run that an entry joins, which is then no longer open. `first_m` is the distance that it is closest by.
    fn take(&mut self, own: &Run<'_>, first_m: Option<u32>, runs: &[Run<'_>]) -> Option<usize> {
        let kind = self.of_kind.get_mut(&own.running?)?;
        let position = kind.closest(own, first_m, runs)?;
        kind.all.remove(&position);
        kind.without_distance.remove(&position);
        for m in &runs[position].metres {
            if let Some(positions) = kind.by_distance.get_mut(m) {
                positions.remove(&position);
                if positions.is_empty() {
                    kind.by_distance.remove(m);
                }
            }
        }
        Some(position)
    }
}

impl RunsOfKind {
    /// The closest by distance, of several the first; a run without a distance is further off than any with one.
    fn closest(&self, own: &Run<'_>, first_m: Option<u32>, runs: &[Run<'_>]) -> Option<usize> {
        let fits = |position: &usize| runs[*position].distances_agree(own);
        let Some(m) = first_m else { return self.all.iter().copied().find(fits) };
        let mut below = self.by_distance.range(..=m).rev().peekable();
        let mut above = self.by_distance.range((Bound::Excluded(m), Bound::Unbounded)).peekable();
        // The further from `m`, the less distances agree with it.
        let apart = |side: Option<&(&u32, _)>| {
            side.map(|(metres, _)| **metres).filter(|metres| metres_agree(*metres, m)).map(|metres| metres.abs_diff(m))
        };
        loop {
            let (down, up) = (apart(below.peek()), apart(above.peek()));
            let Some(nearest) = down.into_iter().chain(up).min() else { break };
            let of_side = |found: Option<(&u32, &BTreeSet<usize>)>| found?.1.iter().copied().find(fits);
            let lower = if down == Some(nearest) { of_side(below.next()) } else { None };
            let upper = if up == Some(nearest) { of_side(above.next()) } else { None };
            if let Some(position) = lower.into_iter().chain(upper).min() {
                return Some(position);
            }
        }
        self.without_distance.first().copied()
    }
}
