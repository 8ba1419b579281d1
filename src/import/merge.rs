//! Merges what several sources have on the same run. A person does one run at a time: recordings of the same time are
//! one run whatever their distances, and two runs of a day stay two. Hand-typed entries have rough times and are
//! matched with the runs of their day.

mod at_once;
mod by_hand;
mod groups;
mod one_run;
mod other_clock;
mod same_start;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::{DateTime, NaiveTime, Timelike};

use self::groups::Groups;
use super::local_time::LocalStart;
use crate::model::activity::{Activity, Distance, SourceKind};
use crate::model::sport::Sport;

/// Starts this close may be the same.
const START_TOLERANCE_S: i64 = 120;

/// Distances this close agree, whatever their ratio.
const DISTANCE_TOLERANCE_M: u32 = 400;

/// A forgotten device records for hours: if its elapsed time is more than this many times its moving time, the moving
/// time is its length.
const MOST_REST: u32 = 4;

/// An activity with its place on the calendar and its file.
#[derive(Clone, Debug)]
pub struct Item {
    /// The activity as the source gives it.
    pub activity: Activity,
    /// Its place on the calendar.
    pub placed: LocalStart,
    /// The ledger path of its file.
    pub source: Arc<str>,
}

/// A run, or an activity of another sport, made of one or more items.
#[derive(Clone, Debug)]
pub struct MergedActivity {
    /// The day and time of the member with the best time information among those that began with the run.
    pub placed: LocalStart,
    /// The sport; `None` if no member names one.
    pub sport: Option<Sport>,
    /// The distance of the most reliable member; `None` if none has one.
    pub distance: Option<Distance>,
    /// Moving time in seconds.
    pub moving_s: Option<u32>,
    /// Seconds from start to end.
    pub elapsed_s: Option<u32>,
    /// The shoe as written.
    pub shoe: Option<String>,
    /// The indices of the members, the most detailed first.
    pub members: Vec<usize>,
    /// The member whose distance differs by more than a tenth from the one used, if any.
    pub differs: Option<DistanceConflict>,
}

/// Two recordings of one run with very different distances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DistanceConflict {
    /// The index of the member whose distance was used.
    pub used: usize,
    /// The index of the other member.
    pub other: usize,
}

/// Merges `items`. `joined` holds groups of indices that an export itself connects, such as a row and the file it
/// names. The result does not depend on the order of `items`.
#[must_use]
pub fn merge(items: &[Item], joined: &[Vec<usize>]) -> Vec<MergedActivity> {
    let mut groups = Groups::new(items.len());
    for unit in joined {
        groups.join_all(unit);
    }
    at_once::join(items, &mut groups);
    same_start::join(items, &mut groups);
    let several_files = items.windows(2).any(|pair| pair[0].source != pair[1].source);
    // One file has one clock.
    let has_wrong_clock = if several_files { other_clock::join(items, &mut groups) } else { vec![false; items.len()] };

    let (mut runs, mut entries): (Vec<_>, Vec<_>) =
        groups.into_members().into_iter().partition(|members| members.iter().any(|&index| is_recorded(&items[index])));
    for list in [&mut runs, &mut entries] {
        list.sort_by_cached_key(|members| earliest(items, members));
    }
    by_hand::add(items, entries, &mut runs);
    let recording_of = one_run::recording_of(items, joined);
    runs.into_iter().map(|members| one_run::of(items, members, &recording_of, &has_wrong_clock)).collect()
}

/// True if a device recorded the time, so that start and length are exact.
fn is_recorded(item: &Item) -> bool {
    !item.activity.by_hand && item.placed.wall_clock.is_some()
}

fn is_running(activity: &Activity) -> bool {
    activity.sport.as_ref().is_none_or(Sport::is_running)
}

/// The duration of a recording in seconds; `None` if unknown.
fn length_s(activity: &Activity) -> Option<u32> {
    let forgotten = |elapsed: &u32| activity.moving_s.is_some_and(|moving| *elapsed / MOST_REST > moving);
    activity.elapsed_s.filter(|elapsed| !forgotten(elapsed)).or(activity.moving_s).filter(|seconds| *seconds > 0)
}

/// Sorts by start, then detail, then source, so that nothing depends on the order of reading.
type Order<'a> = (i64, SourceKind, &'a str, Option<u64>);

fn order(item: &Item) -> Order<'_> {
    (start_s(&item.placed), item.activity.kind, &*item.source, item.activity.record)
}

/// The sort key of a group: that of its first member.
fn earliest<'a>(items: &'a [Item], members: &[usize]) -> Option<Order<'a>> {
    members.iter().map(|&index| order(&items[index])).min()
}

fn start_s(placed: &LocalStart) -> i64 {
    let midnight = || placed.date.and_time(NaiveTime::MIN);
    instant_s(placed).unwrap_or_else(|| placed.wall_clock.unwrap_or_else(midnight).and_utc().timestamp())
}

fn instant_s(placed: &LocalStart) -> Option<i64> {
    placed.instant.as_ref().map(DateTime::timestamp)
}

fn wall_clock_s(placed: &LocalStart) -> Option<i64> {
    placed.wall_clock.map(|time| time.and_utc().timestamp())
}

/// The time of day of a typed entry. Midnight means none, since tables fill it in.
fn typed_clock_s(placed: &LocalStart) -> Option<i64> {
    placed.wall_clock.filter(|time| time.num_seconds_from_midnight() > 0).map(|time| time.and_utc().timestamp())
}

/// Whether two distances may be of one run.
fn metres_agree(a: u32, b: u32) -> bool {
    let apart = a.abs_diff(b);
    apart <= DISTANCE_TOLERANCE_M || 100 * u64::from(apart) <= 5 * u64::from(a.max(b))
}
