//! Recordings of one run whose clocks are hours apart. This is only assumed of local time without an offset, which
//! may be that of another zone, and of local time marked as UTC, which is off by the zone's offset to the second; and
//! only if there is one match.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::groups::Groups;
use super::{
    Item, Order, START_TOLERANCE_S, earliest, instant_s, is_recorded, is_running, metres_agree, order, wall_clock_s,
};
use crate::model::log::LocalDayBy;

/// The largest difference between two zones in hours.
const MOST_HOURS: i64 = 14;

/// Round durations are those set on a treadmill, and may be equal by chance; if they are this far apart, they are two
/// runs.
const MOST_HOURS_WHERE_ROUND: i64 = 2;

/// Durations that are multiples of this many seconds are round.
const ROUND_S: u32 = 300;

/// Two versions of the same points begin within this time, and their lengths differ by less than this share.
const SAME_POINTS_S: i64 = 5;
const SAME_POINTS_PER_CENT: u64 = 1;

/// The most recordings of equal duration within reach that are compared.
const MOST_ALIKE: usize = 64;

/// Joins them, and says of each item whether its clock is the wrong one.
pub fn join(items: &[Item], groups: &mut Groups) -> Vec<bool> {
    let members = groups.members();
    let mut joined: Vec<JoinedRecordings<'_>> =
        members.iter().filter_map(|members| JoinedRecordings::of(items, members)).collect();
    joined.sort_by_key(|one| one.order);
    let mut pairs = local_beside_instant(&joined);
    pairs.extend(marked_as_utc(&joined));
    pairs.sort_by_key(|pair| (pair.apart_s.abs(), joined[pair.right].order, joined[pair.wrong].order));
    let mut has_wrong_clock = vec![false; items.len()];
    let mut taken = BTreeSet::new();
    for Pair { right, wrong, .. } in pairs {
        if taken.contains(&right) || taken.contains(&wrong) {
            continue;
        }
        taken.extend([right, wrong]);
        let (right, wrong) = (&joined[right], &joined[wrong]);
        if let (Some(&first), Some(&other)) = (right.members.first(), wrong.members.first()) {
            groups.join(first, other);
        }
        wrong.members.iter().for_each(|&index| has_wrong_clock[index] = true);
    }
    has_wrong_clock
}

/// The clocks and lengths of a set of joined recordings.
struct JoinedRecordings<'a> {
    members: &'a [usize],
    order: Option<Order<'a>>,
    sources: BTreeSet<&'a str>,
    instant_s: Option<i64>,
    wall_clock_s: i64,
    /// Whether some member has an instant.
    has_instants: bool,
    /// The offset, if only the zone at the first point tells it.
    offset_s: Option<i64>,
    lengths_s: BTreeSet<u32>,
    metres: Option<u32>,
}

impl<'a> JoinedRecordings<'a> {
    fn of(items: &'a [Item], members: &'a [usize]) -> Option<Self> {
        let mut recorded: Vec<&Item> =
            members.iter().map(|&index| &items[index]).filter(|item| is_recorded(item)).collect();
        recorded.sort_by_key(|item| order(item));
        let first = recorded.iter().find(|item| is_running(&item.activity))?;
        let lengths_s = recorded.iter().flat_map(|item| [item.activity.elapsed_s, item.activity.moving_s]);
        let by_points = recorded.iter().all(|item| item.placed.by == LocalDayBy::Coordinates);
        let offset_s = first.placed.offset.map(|offset| i64::from(offset.local_minus_utc()));
        Some(Self {
            members,
            order: earliest(items, members),
            sources: members.iter().map(|&index| &*items[index].source).collect(),
            instant_s: instant_s(&first.placed),
            wall_clock_s: wall_clock_s(&first.placed)?,
            has_instants: recorded.iter().any(|item| item.placed.instant.is_some()),
            offset_s: offset_s.filter(|offset_s| by_points && *offset_s != 0),
            lengths_s: lengths_s.flatten().collect(),
            metres: recorded.iter().find_map(|item| item.activity.distance).map(|distance| distance.m),
        })
    }

    fn shares_a_file(&self, other: &Self) -> bool {
        self.sources.iter().any(|source| other.sources.contains(source))
    }
}

/// Two sets that are one run, by index: the one with the right clock, the one with the wrong one, and the difference.
struct Pair {
    right: usize,
    wrong: usize,
    apart_s: i64,
}

/// Sets by duration and start, for finding similar ones.
type ByLength = BTreeMap<(u32, i64), Vec<usize>>;

fn by_length(joined: &[JoinedRecordings<'_>], start_s: impl Fn(&JoinedRecordings<'_>) -> Option<i64>) -> ByLength {
    let mut found = ByLength::new();
    for (position, one) in joined.iter().enumerate() {
        let Some(start_s) = start_s(one) else { continue };
        for &length_s in one.lengths_s.iter().filter(|seconds| **seconds > 0) {
            found.entry((length_s, start_s)).or_default().push(position);
        }
    }
    found
}

/// The sets whose duration equals one of `own` up to rounding, and whose start is in `starts_s`.
fn alike(
    known: &ByLength,
    own: &JoinedRecordings<'_>,
    starts_s: RangeInclusive<i64>,
) -> impl Iterator<Item = (u32, usize)> {
    let lengths = own.lengths_s.iter().filter(|seconds| **seconds > 0);
    let around = lengths.flat_map(|&seconds| [seconds - 1, seconds, seconds.saturating_add(1)]);
    let found = around.flat_map(move |seconds| known.range((seconds, *starts_s.start())..=(seconds, *starts_s.end())));
    found.flat_map(|((seconds, _), joined)| joined.iter().map(|one| (*seconds, *one))).take(MOST_ALIKE)
}

/// Pairs of local time without an offset and an instant, whole hours apart and of equal duration.
fn local_beside_instant(joined: &[JoinedRecordings<'_>]) -> Vec<Pair> {
    let with_instant = by_length(joined, |one| one.has_instants.then_some(one.wall_clock_s));
    let mut pairs = Vec::new();
    for (wrong, own) in joined.iter().enumerate().filter(|(_, one)| !one.has_instants) {
        let furthest_s = MOST_HOURS * 3_600 + START_TOLERANCE_S;
        let starts_s = own.wall_clock_s - furthest_s..=own.wall_clock_s + furthest_s;
        for (seconds, right) in alike(&with_instant, own, starts_s) {
            let apart_s = own.wall_clock_s - joined[right].wall_clock_s;
            let hours = (apart_s + apart_s.signum() * 1_800) / 3_600;
            let most = if seconds % ROUND_S == 0 { MOST_HOURS_WHERE_ROUND } else { MOST_HOURS };
            let whole = (1..=most).contains(&hours.abs()) && (apart_s - hours * 3_600).abs() <= START_TOLERANCE_S;
            let metres = own.metres.zip(joined[right].metres);
            if whole && metres.is_none_or(|(a, b)| metres_agree(a, b)) && !own.shares_a_file(&joined[right]) {
                pairs.push(Pair { right, wrong, apart_s });
            }
        }
    }
    pairs
}

/// Pairs of the same points in two files, one of which marks local time as UTC.
fn marked_as_utc(joined: &[JoinedRecordings<'_>]) -> Vec<Pair> {
    let with_zone = by_length(joined, |one| one.offset_s.and(one.instant_s));
    let mut pairs = Vec::new();
    for (right, own) in joined.iter().enumerate() {
        let Some((offset_s, instant_s)) = own.offset_s.zip(own.instant_s) else { continue };
        let marked_s = instant_s + offset_s;
        for (_, wrong) in alike(&with_zone, own, marked_s - SAME_POINTS_S..=marked_s + SAME_POINTS_S) {
            let same_way = own
                .metres
                .zip(joined[wrong].metres)
                .is_some_and(|(a, b)| 100 * u64::from(a.abs_diff(b)) <= SAME_POINTS_PER_CENT * u64::from(a.max(b)));
            if wrong != right && same_way && !own.shares_a_file(&joined[wrong]) {
                pairs.push(Pair { right, wrong, apart_s: offset_s });
            }
        }
    }
    pairs
}
