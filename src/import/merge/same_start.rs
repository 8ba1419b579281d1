//! Recordings with the same start and matching distances are one run where the time they share does not tell: one has
//! no duration, or they name different sports.

use std::collections::VecDeque;

use super::groups::Groups;
use super::{Item, START_TOLERANCE_S, instant_s, is_recorded, length_s, metres_agree, order, wall_clock_s};

/// Joins recordings that began together: by instants if both have one, else by local times.
pub fn join(items: &[Item], groups: &mut Groups) {
    pass(items, groups, |item| instant_s(&item.placed), |_, _| true);
    if items.iter().any(|item| is_recorded(item) && item.placed.instant.is_none()) {
        pass(items, groups, |item| wall_clock_s(&item.placed), |a, b| !(a && b));
    }
}

/// Recordings that began within the last two minutes and belong together.
struct StartGroup {
    index: usize,
    start_s: i64,
    has_instant: bool,
    metres: Extremes,
    lengths_s: Extremes,
    length_unknown: bool,
}

impl StartGroup {
    fn of(index: usize, start_s: i64, item: &Item) -> Self {
        let has_instant = item.placed.instant.is_some();
        let none = Extremes::default();
        let mut begun = Self { index, start_s, has_instant, metres: none, lengths_s: none, length_unknown: false };
        begun.take(item);
        begun
    }

    fn take(&mut self, item: &Item) {
        if let Some(distance) = item.activity.distance {
            self.metres.add(distance.m);
        }
        match length_s(&item.activity) {
            Some(seconds) => self.lengths_s.add(seconds),
            None => self.length_unknown = true,
        }
        self.has_instant &= item.placed.instant.is_some();
    }

    /// Whether the distance and duration of a later recording match: comparing with the least and the greatest of the
    /// group covers all of it.
    fn agrees(&self, start_s: i64, item: &Item) -> bool {
        let metres = item.activity.distance.map(|distance| distance.m);
        let unknown = self.length_unknown.then_some(None);
        let mut lengths_s = self.lengths_s.both().map(Some).chain(unknown);
        metres.is_none_or(|metres| self.metres.both().all(|known| metres_agree(known, metres)))
            && lengths_s.all(|known| lengths_overlap(known, length_s(&item.activity), start_s - self.start_s))
    }
}

/// The smallest and the greatest of some values.
#[derive(Clone, Copy, Debug, Default)]
struct Extremes(Option<(u32, u32)>);

impl Extremes {
    fn add(&mut self, value: u32) {
        let (least, most) = self.0.unwrap_or((value, value));
        self.0 = Some((least.min(value), most.max(value)));
    }

    fn both(self) -> impl Iterator<Item = u32> {
        self.0.into_iter().flat_map(|(least, most)| [least, most])
    }
}

fn pass(
    items: &[Item],
    groups: &mut Groups,
    start_s: impl Fn(&Item) -> Option<i64>,
    comparable: impl Fn(bool, bool) -> bool,
) {
    let recorded = items.iter().enumerate().filter(|(_, item)| is_recorded(item));
    let mut in_order: Vec<(i64, usize)> =
        recorded.filter_map(|(index, item)| start_s(item).map(|start_s| (start_s, index))).collect();
    in_order.sort_by(|a, b| (a.0, order(&items[a.1])).cmp(&(b.0, order(&items[b.1]))));
    let mut window: VecDeque<StartGroup> = VecDeque::new();
    for (start_s, index) in in_order {
        let item = &items[index];
        while window.front().is_some_and(|begun| begun.start_s < start_s - START_TOLERANCE_S) {
            window.pop_front();
        }
        let own = groups.find(index);
        let known = window.iter().position(|begun| groups.find(begun.index) == own);
        let fits = |begun: &StartGroup| {
            comparable(begun.has_instant, item.placed.instant.is_some()) && begun.agrees(start_s, item)
        };
        match known.or_else(|| window.iter().position(fits)) {
            Some(position) => {
                groups.join(window[position].index, index);
                window[position].take(item);
            }
            None => window.push_back(StartGroup::of(index, start_s, item)),
        }
    }
}

/// False only where both durations are known and the shared time is at most half of the shorter one. Starts and
/// durations are rounded, so an activity may seem to extend a second into the next one.
fn lengths_overlap(earlier_s: Option<u32>, later_s: Option<u32>, apart_s: i64) -> bool {
    let Some((earlier_s, later_s)) = earlier_s.map(i64::from).zip(later_s.map(i64::from)) else { return true };
    let shared_s = (earlier_s - apart_s).min(later_s);
    2 * shared_s > earlier_s.min(later_s)
}
