//! The same run told by several sources becomes one. Two real runs of a day stay two.

mod day_only;
#[cfg(test)]
mod tests;
mod timed;

use chrono::{NaiveDate, NaiveDateTime};

use self::timed::TimedRuns;
use super::local_time::LocalStart;
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
    pub placed: LocalStart,
    /// Its file's ledger path.
    pub source: String,
}

/// A run, or a bout of another sport, made of one or more items.
#[derive(Clone, Debug)]
pub struct MergedActivity {
    /// The day and time of the best-placed member.
    pub placed: LocalStart,
    /// The sport; `None` where no member names one.
    pub sport: Option<Sport>,
    /// The distance of the member that tells it best; `None` where none tells one.
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
pub fn merge(items: &[Item], joined: &[Vec<usize>]) -> Vec<MergedActivity> {
    clusters(items, joined, timed::FEW).into_iter().map(|cluster| assemble(items, cluster)).collect()
}

/// What is merged as one, by its positions.
type Unit = Vec<usize>;

/// What is compared with one another: what is joined already, and each recording else; with a time of day and without, in
/// the order of merging.
fn units(items: &[Item], joined: &[Unit]) -> (Vec<Unit>, Vec<Unit>) {
    let mut bound = vec![false; items.len()];
    joined.iter().flatten().for_each(|&index| bound[index] = true);
    let mut units: Vec<Unit> = joined.to_vec();
    units.extend((0..items.len()).filter(|&index| !bound[index]).map(|index| vec![index]));
    let (mut timed, mut day_only): (Vec<_>, Vec<_>) =
        units.into_iter().partition(|unit| unit.iter().any(|&index| items[index].placed.wall_clock.is_some()));
    timed.sort_by(|a, b| earliest(items, a).cmp(&earliest(items, b)));
    day_only.sort_by(|a, b| earliest(items, a).cmp(&earliest(items, b)));
    (timed, day_only)
}

/// The positions of what belongs together. `few` moves nothing but how it is found.
fn clusters(items: &[Item], joined: &[Vec<usize>], few: usize) -> Vec<Vec<usize>> {
    let (timed, day_only) = units(items, joined);
    let mut runs = TimedRuns::new(items, few);
    for unit in timed {
        let start = earliest(items, &unit).0;
        runs.add(unit, start);
    }
    let mut clusters = runs.into_clusters();
    day_only::add(items, day_only, &mut clusters);
    clusters
}

/// By which a unit is sorted: that of its recordings which comes first.
fn earliest<'a>(items: &'a [Item], unit: &[usize]) -> (i64, SourceKind, &'a str, Option<u64>) {
    unit.iter().map(|&index| order(items, index)).min().unwrap_or((i64::MAX, SourceKind::Track, "", None))
}

/// Sorts units by start, then richness, then source: nothing depends on the order of reading.
fn order(items: &[Item], index: usize) -> (i64, SourceKind, &str, Option<u64>) {
    let item = &items[index];
    (start_s(&item.placed), item.activity.kind, item.source.as_str(), item.activity.record)
}

fn start_s(placed: &LocalStart) -> i64 {
    match (placed.instant, placed.wall_clock) {
        (Some(instant), _) => instant.timestamp(),
        (None, Some(wall_clock)) => wall_clock.and_utc().timestamp(),
        (None, None) => placed.date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp(),
    }
}

/// Seconds from the start of `a` to that of `b`: by instants where both have one, else by wall clocks.
fn seconds_apart(a: &LocalStart, b: &LocalStart) -> Option<i64> {
    if let (Some(a), Some(b)) = (a.instant, b.instant) {
        return Some((b - a).num_seconds());
    }
    let (a, b): (NaiveDateTime, NaiveDateTime) = (a.wall_clock?, b.wall_clock?);
    Some((b - a).num_seconds())
}

/// Elapsed or moving seconds that are the same, rounding apart.
fn durations_equal(a: (Option<u32>, Option<u32>), b: (Option<u32>, Option<u32>)) -> bool {
    let equal = |a: Option<u32>, b: Option<u32>| a.zip(b).is_some_and(|(a, b)| a > 0 && a.abs_diff(b) <= 1);
    equal(a.0, b.0) || equal(a.1, b.1)
}

/// False only where both durations are known and they share less than half of the shorter: starts and lengths are
/// rounded, so that a bout may seem to reach a second into the next one. What holds for the shortest and for the longest
/// of several holds for all of them.
fn lengths_overlap(a_s: Option<u32>, b_s: Option<u32>, apart_s: i64) -> bool {
    let (earlier, later) = if apart_s >= 0 { (a_s, b_s) } else { (b_s, a_s) };
    let Some(earlier_s) = earlier.map(i64::from) else { return true };
    let later_s = later.map_or(earlier_s, i64::from);
    let shared_s = (earlier_s - apart_s.abs()).min(later_s);
    apart_s == 0 || 2 * shared_s >= earlier_s.min(later_s)
}

/// Whether two distances may be of one run. What agrees with the shortest and the longest of several agrees with all.
fn metres_agree(a: u32, b: u32) -> bool {
    let apart = a.abs_diff(b);
    apart <= DISTANCE_TOLERANCE_M || 100 * u64::from(apart) <= 5 * u64::from(a.max(b))
}

fn assemble(items: &[Item], mut members: Vec<usize>) -> MergedActivity {
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
        .unwrap_or(LocalStart {
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
    MergedActivity {
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
fn adopt_offset<'a>(placed: &mut LocalStart, mut members: impl Iterator<Item = &'a LocalStart>) {
    let Some(wall_clock) = placed.wall_clock else { return };
    let agrees = |other: &&LocalStart| {
        other.wall_clock.is_some_and(|theirs| (theirs - wall_clock).num_seconds().abs() <= START_TOLERANCE_S)
    };
    if let Some(offset) = members.find(|other| other.offset.is_some() && agrees(other)).and_then(|other| other.offset) {
        placed.offset = Some(offset);
        placed.instant = wall_clock.and_local_timezone(offset).single().map(|time| time.to_utc());
    }
}
