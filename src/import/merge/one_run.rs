//! Which member of a run each value comes from: the whole recording before its parts, and the most detailed source
//! first. It does not decide which members there are.

use chrono::NaiveDate;

use super::by_hand::rounded_off_m;
use super::{
    DistanceConflict, Item, MergedActivity, START_TOLERANCE_S, instant_s, is_recorded, length_s, metres_agree, start_s,
    wall_clock_s,
};
use crate::import::local_time::LocalStart;
use crate::model::activity::{Activity, Distance, DistanceFrom, SourceKind, SportFrom};
use crate::model::log::LocalDayBy;

/// Recordings of at least nine tenths of the longest one's time are about the whole run.
const WHOLE_PER_CENT: u64 = 90;

/// A recording is of a part that nobody else recorded if at most a tenth of its time is in other recordings.
const SHARED_PER_CENT: i64 = 10;

/// Distances that differ by more than a tenth are reported.
const DIFFERENT_PER_CENT: u64 = 10;

/// For each item, the recording whose start and length hold for it: itself, or the one that an export joins it with.
pub fn recording_of(items: &[Item], joined: &[Vec<usize>]) -> Vec<usize> {
    let mut recording_of: Vec<usize> = (0..items.len()).collect();
    for unit in joined {
        let key = |index: &usize| {
            let item = &items[*index];
            (!is_recorded(item), length_s(&item.activity).is_none(), rank(item))
        };
        let Some(&best) = unit.iter().min_by_key(|index| key(index)) else { continue };
        for &index in unit {
            recording_of[index] = best;
        }
    }
    recording_of
}

/// The sort key for detail: recorded before typed, then by kind of source.
fn rank(item: &Item) -> (bool, SourceKind, &str, Option<u64>) {
    (item.activity.by_hand, item.activity.kind, &*item.source, item.activity.record)
}

/// The run that these members make up. `has_wrong_clock` marks those whose clock was set wrong.
pub fn of(items: &[Item], mut members: Vec<usize>, recording_of: &[usize], has_wrong_clock: &[bool]) -> MergedActivity {
    if let &[only] = members.as_slice()
        && !has_wrong_clock[only]
    {
        return alone(&items[only], members);
    }
    members.sort_by_key(|&index| rank(&items[index]));
    let parts = Parts::of(items, &members, recording_of, has_wrong_clock);
    let whole: Vec<usize> =
        members.iter().copied().filter(|&index| parts.tells_of_whole(recording_of[index])).collect();
    let activity = |index: &usize| &items[*index].activity;
    let first = |field: &dyn Fn(&Activity) -> Option<u32>| whole.iter().find_map(|index| field(activity(index)));
    let (used, distance) = distance(items, &whole, &parts);
    // The sport in a row was set by the runner and takes precedence over the file's, unless the row names none.
    let sport = members
        .iter()
        .filter(|index| activity(index).sport.is_some())
        .min_by_key(|index| (activity(index).sport_from == SportFrom::Assumed, activity(index).kind != SourceKind::Row))
        .and_then(|index| activity(index).sport.clone());
    MergedActivity {
        placed: placed(items, &members, &parts, has_wrong_clock),
        sport,
        distance,
        moving_s: first(&|activity| activity.moving_s).filter(|_| parts.others.is_empty()),
        elapsed_s: parts.span_s(items).or_else(|| first(&|activity| activity.elapsed_s)),
        shoe: members.iter().find_map(|index| activity(index).shoe.clone()),
        differs: used.and_then(|used| differing(items, &members, &parts, recording_of, used, distance)),
        members,
    }
}

/// The run of a single item, as most are: there is nothing to choose from.
fn alone(item: &Item, members: Vec<usize>) -> MergedActivity {
    let Activity { sport, distance, moving_s, elapsed_s, shoe, .. } = &item.activity;
    let (distance, moving_s, elapsed_s) = (*distance, *moving_s, *elapsed_s);
    let mut placed = item.placed;
    if placed.instant.is_none() {
        adopt_offset(&mut placed, std::iter::once(&item.placed));
    }
    let (sport, shoe) = (sport.clone(), shoe.clone());
    MergedActivity { placed, sport, distance, moving_s, elapsed_s, shoe, members, differs: None }
}

/// The recordings that make up a run.
struct Parts {
    /// The one with the most of the run; `None` if nothing was recorded.
    main: Option<usize>,
    /// Recordings of other times.
    others: Vec<usize>,
    /// All recordings, the longest first.
    longest_first: Vec<usize>,
    /// For each recording, by index, whether it is about the whole run; items that are not recordings always are.
    recorded: Vec<(usize, bool)>,
}

impl Parts {
    fn of(items: &[Item], members: &[usize], recording_of: &[usize], has_wrong_clock: &[bool]) -> Self {
        let lasted_s = |index: usize| length_s(&items[index].activity);
        let mut recorded: Vec<usize> = members
            .iter()
            .copied()
            .filter(|&index| is_recorded(&items[index]) && recording_of[index] == index && !has_wrong_clock[index])
            .collect();
        let longest_s = recorded.iter().filter_map(|&index| lasted_s(index)).max();
        let is_whole = |index: usize| match lasted_s(index).zip(longest_s) {
            Some((own, longest)) => 100 * u64::from(own) >= WHOLE_PER_CENT * u64::from(longest),
            None => true,
        };
        let main = recorded.iter().copied().filter(|&index| is_whole(index)).min_by_key(|&index| {
            let Activity { kind, distance, .. } = &items[index].activity;
            let of_steps = distance.map(|distance| distance.from == DistanceFrom::Track);
            // Of two of a kind, the longer one has more of the run.
            (of_steps.map_or(2, u8::from), *kind, std::cmp::Reverse(lasted_s(index)), rank(&items[index]))
        });
        recorded.sort_by_key(|&index| (std::cmp::Reverse(lasted_s(index)), rank(&items[index])));
        let mut taken: Vec<usize> = main.into_iter().collect();
        for &index in &recorded {
            let new = |other: &usize| shares_little(&items[*other], &items[index]);
            if lasted_s(index).is_some() && !taken.contains(&index) && taken.iter().all(new) {
                taken.push(index);
            }
        }
        let others = taken.split_off(usize::from(main.is_some()).min(taken.len()));
        let longest_first = recorded;
        let mut recorded: Vec<(usize, bool)> = longest_first.iter().map(|&index| (index, is_whole(index))).collect();
        recorded.sort_unstable();
        Self { main, others, longest_first, recorded }
    }

    fn tells_of_whole(&self, index: usize) -> bool {
        let found = self.recorded.binary_search_by_key(&index, |(recorded, _)| *recorded);
        found.map_or(true, |position| self.recorded.get(position).is_none_or(|(_, whole)| *whole))
    }

    /// From the first start to the last end, if several recordings make up the run.
    fn span_s(&self, items: &[Item]) -> Option<u32> {
        if self.others.is_empty() {
            return None;
        }
        let spans = || self.main.iter().chain(&self.others).map(|&index| &items[index]);
        let end_s = |item: &Item| Some(start_s(&item.placed) + i64::from(length_s(&item.activity)?));
        let (from_s, to_s) = (spans().map(|item| start_s(&item.placed)).min()?, spans().filter_map(end_s).max()?);
        u32::try_from(to_s - from_s).ok()
    }
}

/// True if at most a tenth of the second one's time is also the first one's.
fn shares_little(known: &Item, other: &Item) -> bool {
    let lengths = length_s(&known.activity).zip(length_s(&other.activity));
    let Some((known_s, own_s)) = lengths.map(|(known, own)| (i64::from(known), i64::from(own))) else { return false };
    let instants = instant_s(&known.placed).zip(instant_s(&other.placed));
    let clocks = || wall_clock_s(&known.placed).zip(wall_clock_s(&other.placed));
    let Some((began, begins)) = instants.or_else(clocks) else { return false };
    let shared_s = (began + known_s).min(begins + own_s) - began.max(begins);
    100 * shared_s <= SHARED_PER_CENT * own_s
}

/// A typed distance this close to a recorded one was not rounded, except in its last digit.
const EXACT_M: u32 = 10;

/// The distance, and the member it is from. Recorded distances of a device or a row take precedence over a sum of GPS
/// steps, whichever file that is in; typed round figures come last.
fn distance(items: &[Item], whole: &[usize], parts: &Parts) -> (Option<usize>, Option<Distance>) {
    let told = |index: &usize| items[*index].activity.distance.map(|distance| (*index, distance));
    let recorded_m = || whole.iter().find(|&&index| is_recorded(&items[index])).and_then(told).map(|(_, one)| one.m);
    let counts = |(index, distance): &(usize, Distance)| {
        let typed = items[*index].activity.by_hand;
        let recorded = recorded_m();
        // 15 km next to a recording of 14,998 m was not rounded.
        let exact = || recorded.is_some_and(|known| known.abs_diff(distance.m) <= EXACT_M);
        let precise =
            (rounded_off_m(distance.m) == 0 || exact()) && recorded.is_none_or(|known| metres_agree(known, distance.m));
        (distance.from == DistanceFrom::Track, typed && !precise)
    };
    let mut known: Vec<(usize, Distance)> = whole.iter().filter_map(told).collect();
    if known.is_empty() {
        known.extend(parts.longest_first.iter().find_map(told));
    }
    known.sort_by_key(|one| {
        let (of_steps, rough) = counts(one);
        (rough, of_steps, Some(one.0) != parts.main)
    });
    let Some((used, mut best)) = known.first().copied() else { return (None, None) };
    for (_, distance) in parts.others.iter().filter_map(told) {
        best.m = best.m.saturating_add(distance.m);
    }
    (Some(used), Some(best))
}

/// The recording whose distance differs most from the one used, if by more than a tenth. Parts of the run are
/// compared together.
fn differing(
    items: &[Item],
    members: &[usize],
    parts: &Parts,
    recording_of: &[usize],
    used: usize,
    distance: Option<Distance>,
) -> Option<DistanceConflict> {
    let used_m = distance?.m;
    let told_m = |index: usize| items[index].activity.distance.map(|distance| distance.m);
    let far = |m: u32| 100 * u64::from(m.abs_diff(used_m)) > DIFFERENT_PER_CENT * u64::from(m.max(used_m));
    let (mut whole, mut of_parts) = (Vec::new(), Vec::new());
    for &index in members {
        let Some(m) = told_m(index).filter(|_| index != used && recording_of[index] == index) else { continue };
        let rounded = items[index].activity.by_hand && m.abs_diff(used_m) <= rounded_off_m(m);
        if rounded || parts.others.contains(&index) {
            continue;
        }
        if parts.tells_of_whole(index) { whole.push((m, index)) } else { of_parts.push((m, index)) }
    }
    let sum_m = of_parts.iter().fold(0_u32, |sum, (m, _)| sum.saturating_add(*m));
    if far(sum_m) && parts.others.is_empty() {
        whole.extend(of_parts);
    }
    let furthest = whole
        .into_iter()
        .filter(|(m, _)| far(*m))
        .max_by_key(|(m, index)| (m.abs_diff(used_m), std::cmp::Reverse(rank(&items[*index]))))?;
    Some(DistanceConflict { used, other: furthest.1 })
}

/// The best time information among the members that began with the run.
fn placed(items: &[Item], members: &[usize], parts: &Parts, has_wrong_clock: &[bool]) -> LocalStart {
    let first = parts.main.iter().chain(&parts.others).min_by_key(|&&index| start_s(&items[index].placed));
    let begins = first.map(|&index| &items[index].placed);
    let began_then = |index: &&usize| {
        let own = &items[**index].placed;
        let apart = begins.and_then(|begins| seconds_apart(begins, own));
        !has_wrong_clock[**index]
            && (begins.is_none() || apart.is_some_and(|apart_s| apart_s.abs() <= START_TOLERANCE_S))
    };
    let best = |of: &[usize]| {
        of.iter()
            .filter(began_then)
            .map(|&index| &items[index])
            .min_by_key(|item| (item.placed.wall_clock.is_none(), item.activity.by_hand, item.placed.by))
    };
    let mut placed = best(members).map(|item| item.placed).or(begins.copied()).unwrap_or(LocalStart {
        date: NaiveDate::default(),
        wall_clock: None,
        offset: None,
        instant: None,
        by: LocalDayBy::Machine,
    });
    if placed.instant.is_none() {
        adopt_offset(&mut placed, members.iter().map(|&index| &items[index].placed));
    }
    placed
}

/// Seconds from the start of `a` to that of `b`: by instants if both have one, else by local times.
fn seconds_apart(a: &LocalStart, b: &LocalStart) -> Option<i64> {
    let instants = instant_s(a).zip(instant_s(b));
    instants.or_else(|| wall_clock_s(a).zip(wall_clock_s(b))).map(|(a, b)| b - a)
}

/// Gives a local time without an offset that of a member with the same time.
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
