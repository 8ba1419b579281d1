//! The same run told by several sources becomes one. Two real runs of a day stay two.

#[cfg(test)]
mod tests;

use chrono::{NaiveDate, NaiveDateTime};

use super::local_time::Placed;
use crate::model::activity::{Activity, Distance, DistanceFrom, SourceKind};
use crate::model::log::LocalDayBy;
use crate::model::sport::Sport;

/// Starts this close may be the same run.
const START_TOLERANCE_S: i64 = 120;

/// Distances this close agree, whatever their share.
const DISTANCE_TOLERANCE_M: u32 = 400;

/// A clock that is wrong by whole hours is wrong by no more than this.
const MOST_HOURS_OFF: i64 = 14;

/// An activity with its place on the calendar and the file it came from.
#[derive(Clone, Debug)]
pub struct Item {
    /// What the source says.
    pub activity: Activity,
    /// Where it stands on the calendar.
    pub placed: Placed,
    /// Its file's ledger path.
    pub source: String,
}

/// A run, or a bout of another sport, made of one or more items.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The day and time of the best-placed member.
    pub placed: Placed,
    /// The sport; `None` where no member names one.
    pub sport: Option<Sport>,
    /// The distance.
    pub distance: Option<Distance>,
    /// Seconds in motion.
    pub moving_s: Option<u32>,
    /// Seconds from start to end.
    pub elapsed_s: Option<u32>,
    /// The shoe as spelt.
    pub shoe: Option<String>,
    /// Positions of the members in the list given, richest first.
    pub members: Vec<usize>,
}

/// Merges `items`. `joined` are groups of positions that an export itself ties together, such as a row and the file it
/// names. The result does not depend on the order of `items`.
#[must_use]
pub fn merge(items: &[Item], joined: &[Vec<usize>]) -> Vec<Merged> {
    let mut bound = vec![false; items.len()];
    joined.iter().flatten().for_each(|&index| bound[index] = true);
    let mut units: Vec<Vec<usize>> = joined.to_vec();
    units.extend((0..items.len()).filter(|&index| !bound[index]).map(|index| vec![index]));
    let (mut timed, mut day_only): (Vec<_>, Vec<_>) =
        units.into_iter().partition(|unit| unit.iter().any(|&index| items[index].placed.wall_clock.is_some()));
    let key = |unit: &Vec<usize>| {
        unit.iter().map(|&index| order(items, index)).min().unwrap_or((i64::MAX, SourceKind::Track, "", None))
    };
    timed.sort_by(|a, b| key(a).cmp(&key(b)));
    day_only.sort_by(|a, b| key(a).cmp(&key(b)));

    let mut clusters: Vec<Vec<usize>> = Vec::with_capacity(timed.len());
    for unit in timed {
        let start = key(&unit).0;
        // Keys mix instants and wall clocks, which differ by up to 14 hours, and clocks may be hours off.
        let reach = start - 2 * MOST_HOURS_OFF * 3_600 - START_TOLERANCE_S;
        let home = clusters.iter().rposition(|cluster| key(cluster).0 < reach).map_or(0, |before| before + 1);
        let found = clusters[home..]
            .iter_mut()
            .find(|cluster| cluster.iter().all(|&member| unit.iter().all(|&own| agree(&items[member], &items[own]))));
        match found {
            Some(cluster) => cluster.extend(unit),
            None => clusters.push(unit),
        }
    }
    add_day_only(items, day_only, &mut clusters);
    clusters.into_iter().map(|cluster| assemble(items, cluster)).collect()
}

/// Sorts units by start, then richness, then source: nothing depends on the order of reading.
fn order(items: &[Item], index: usize) -> (i64, SourceKind, &str, Option<u64>) {
    let item = &items[index];
    (start_s(&item.placed), item.activity.kind, item.source.as_str(), item.activity.record)
}

fn start_s(placed: &Placed) -> i64 {
    match (placed.instant, placed.wall_clock) {
        (Some(instant), _) => instant.timestamp(),
        (None, Some(wall_clock)) => wall_clock.and_utc().timestamp(),
        (None, None) => placed.date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp(),
    }
}

/// Same start within two minutes (a shift of whole hours is taken out where the durations are equal), overlap, and
/// distances that agree.
fn agree(a: &Item, b: &Item) -> bool {
    let Some(apart) = seconds_apart(&a.placed, &b.placed) else {
        return a.placed.date == b.placed.date && distances_agree(&a.activity, &b.activity);
    };
    let hours = (apart + apart.signum() * 1_800) / 3_600;
    let rest = apart - hours * 3_600;
    let shifted = hours != 0;
    // One file keeps one clock: two of its runs an hour apart are two runs, however alike.
    let close = if shifted {
        a.source != b.source
            && hours.abs() <= MOST_HOURS_OFF
            && rest.abs() <= START_TOLERANCE_S
            && same_duration(&a.activity, &b.activity)
    } else {
        apart.abs() <= START_TOLERANCE_S
    };
    close
        && overlap(&a.activity, &b.activity, if shifted { rest } else { apart })
        && distances_agree(&a.activity, &b.activity)
}

/// Seconds from the start of `a` to that of `b`: by instants where both have one, else by wall clocks.
fn seconds_apart(a: &Placed, b: &Placed) -> Option<i64> {
    if let (Some(a), Some(b)) = (a.instant, b.instant) {
        return Some((b - a).num_seconds());
    }
    let (a, b): (NaiveDateTime, NaiveDateTime) = (a.wall_clock?, b.wall_clock?);
    Some((b - a).num_seconds())
}

fn same_duration(a: &Activity, b: &Activity) -> bool {
    let equal = |a: Option<u32>, b: Option<u32>| a.zip(b).is_some_and(|(a, b)| a > 0 && a.abs_diff(b) <= 1);
    equal(a.elapsed_s, b.elapsed_s) || equal(a.moving_s, b.moving_s)
}

/// False only where both durations are known and they share less than half of the shorter: starts and lengths are
/// rounded, so that a bout may seem to reach a second into the next one.
fn overlap(a: &Activity, b: &Activity, apart_s: i64) -> bool {
    let (earlier, later) = if apart_s >= 0 { (a, b) } else { (b, a) };
    let length = |activity: &Activity| activity.elapsed_s.or(activity.moving_s).map(i64::from);
    let Some(earlier_s) = length(earlier) else { return true };
    let later_s = length(later).unwrap_or(earlier_s);
    let shared_s = (earlier_s - apart_s.abs()).min(later_s);
    apart_s == 0 || 2 * shared_s >= earlier_s.min(later_s)
}

fn distances_agree(a: &Activity, b: &Activity) -> bool {
    let (Some(a), Some(b)) = (a.distance, b.distance) else { return true };
    let apart = a.m.abs_diff(b.m);
    apart <= DISTANCE_TOLERANCE_M || 100 * u64::from(apart) <= 5 * u64::from(a.m.max(b.m))
}

/// An entry with a day and no time joins a run of that day from another file whose distance agrees, the closest first.
/// Each file's entries stand for different runs, so a cluster takes at most one from each.
fn add_day_only(items: &[Item], units: Vec<Vec<usize>>, clusters: &mut Vec<Vec<usize>>) {
    let mut on_day: std::collections::BTreeMap<NaiveDate, Vec<usize>> = std::collections::BTreeMap::new();
    for (position, cluster) in clusters.iter().enumerate() {
        for &member in cluster {
            let positions = on_day.entry(items[member].placed.date).or_default();
            if positions.last() != Some(&position) {
                positions.push(position);
            }
        }
    }
    for unit in units {
        let day = items[unit[0]].placed.date;
        let candidates = on_day.entry(day).or_default();
        let fits = |cluster: &Vec<usize>| {
            cluster.iter().all(|&member| {
                unit.iter().all(|&own| {
                    items[member].source != items[own].source
                        && same_kind_of_sport(&items[member].activity, &items[own].activity)
                        && distances_agree(&items[member].activity, &items[own].activity)
                })
            })
        };
        let apart = |cluster: &Vec<usize>| {
            cluster
                .iter()
                .filter_map(|&member| {
                    let (a, b) = (items[member].activity.distance?, items[unit[0]].activity.distance?);
                    Some(a.m.abs_diff(b.m))
                })
                .min()
                .unwrap_or(u32::MAX)
        };
        let home = candidates
            .iter()
            .copied()
            .filter(|&position| fits(&clusters[position]))
            .min_by_key(|&position| (apart(&clusters[position]), position));
        if let Some(position) = home {
            clusters[position].extend(unit);
        } else {
            candidates.push(clusters.len());
            clusters.push(unit);
        }
    }
}

fn same_kind_of_sport(a: &Activity, b: &Activity) -> bool {
    let running = |activity: &Activity| activity.sport.as_ref().is_none_or(Sport::is_running);
    running(a) == running(b)
}

fn assemble(items: &[Item], mut members: Vec<usize>) -> Merged {
    members.sort_by_key(|&index| {
        let item = &items[index];
        (item.activity.kind, item.source.as_str(), item.activity.record)
    });
    let first =
        |field: &dyn Fn(&Activity) -> Option<u32>| members.iter().find_map(|&index| field(&items[index].activity));
    let mut placed = members
        .iter()
        .map(|&index| items[index].placed)
        .min_by_key(|placed| (placed.wall_clock.is_none(), placed.by))
        .unwrap_or(Placed {
            date: NaiveDate::default(),
            wall_clock: None,
            offset: None,
            instant: None,
            by: LocalDayBy::Machine,
        });
    if placed.instant.is_none() {
        adopt_offset(&mut placed, members.iter().map(|&index| &items[index].placed));
    }
    // What a device or a row recorded beats a sum of GPS steps, whichever file that sum stands in.
    let distance = members
        .iter()
        .filter_map(|&index| items[index].activity.distance)
        .min_by_key(|distance| distance.from == DistanceFrom::Track);
    // A row's sport is what the runner set it to, and beats the file's.
    let sport = members
        .iter()
        .filter(|&&index| items[index].activity.sport.is_some())
        .min_by_key(|&&index| items[index].activity.kind != SourceKind::Row)
        .and_then(|&index| items[index].activity.sport.clone());
    Merged {
        placed,
        sport,
        distance,
        moving_s: first(&|activity| activity.moving_s),
        elapsed_s: first(&|activity| activity.elapsed_s),
        shoe: members.iter().find_map(|&index| items[index].activity.shoe.clone()),
        members,
    }
}

/// A local time without an offset takes that of a member which agrees with it on the time.
fn adopt_offset<'a>(placed: &mut Placed, mut members: impl Iterator<Item = &'a Placed>) {
    let Some(wall_clock) = placed.wall_clock else { return };
    let agrees = |other: &&Placed| {
        other.wall_clock.is_some_and(|theirs| (theirs - wall_clock).num_seconds().abs() <= START_TOLERANCE_S)
    };
    if let Some(offset) = members.find(|other| other.offset.is_some() && agrees(other)).and_then(|other| other.offset) {
        placed.offset = Some(offset);
        placed.instant = wall_clock.and_local_timezone(offset).single().map(|time| time.to_utc());
    }
}
