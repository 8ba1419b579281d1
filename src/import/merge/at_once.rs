//! Recordings of running that share more than half of the shorter one's time are one run: a phone started late, a
//! watch that stopped early, two watches, two parts and the whole. One sweep over the starts finds them all.

use std::collections::BTreeMap;

use super::groups::Groups;
use super::{Item, instant_s, is_recorded, is_running, length_s, wall_clock_s};

/// Joins simultaneous recordings: by instants if both have one, else by local times.
pub fn join(items: &[Item], groups: &mut Groups) {
    let spans = |start_s: &dyn Fn(&Item) -> Option<i64>| -> Vec<Span> {
        let recorded = items.iter().enumerate().filter(|(_, item)| is_recorded(item) && is_running(&item.activity));
        let mut spans: Vec<Span> = recorded
            .filter_map(|(index, item)| {
                let (start_s, length_s) = (start_s(item)?, i64::from(length_s(&item.activity)?));
                Some(Span { start_s, length_s, index, has_instant: item.placed.instant.is_some() })
            })
            .collect();
        spans.sort_by_key(|span| (span.start_s, span.length_s));
        spans
    };
    sweep(&spans(&|item| instant_s(&item.placed)), groups, |_, _| true);
    let by_clock = spans(&|item| wall_clock_s(&item.placed));
    if by_clock.iter().any(|span| !span.has_instant) {
        sweep(&by_clock, groups, |a, b| !(a && b));
    }
}

/// The time span of one recording.
struct Span {
    start_s: i64,
    length_s: i64,
    index: usize,
    has_instant: bool,
}

/// A set of recordings still going on in the sweep. A later recording that shares more than half of its time, or of
/// theirs, with any of them does so with the one that ends last or the one with the latest middle.
struct ActiveGroup {
    end_s: i64,
    twice_middle_s: i64,
}

impl ActiveGroup {
    fn join(&mut self, other: &Self) {
        self.end_s = self.end_s.max(other.end_s);
        self.twice_middle_s = self.twice_middle_s.max(other.twice_middle_s);
    }

    /// Whether a recording that begins no earlier shares more than half of its own time, or of a recording's in this
    /// set.
    fn is_one_with(&self, later: &Span) -> bool {
        2 * self.end_s > 2 * later.start_s + later.length_s || self.twice_middle_s > 2 * later.start_s
    }
}

/// Joins recordings that share more than half of their time. `spans` are sorted by start; `comparable` decides, by
/// whether each has an instant, if two may be compared. At most two sets of one kind go on at the same time: a third
/// that shares half with neither begins after the middle of the second, which is after the end of the first.
fn sweep(spans: &[Span], groups: &mut Groups, comparable: impl Fn(bool, bool) -> bool) {
    let mut going_on: BTreeMap<(bool, usize), ActiveGroup> = BTreeMap::new();
    for span in spans {
        going_on.retain(|_, one| one.end_s > span.start_s);
        let found: Vec<(bool, usize)> = going_on
            .iter()
            .filter(|((has_instant, _), one)| comparable(*has_instant, span.has_instant) && one.is_one_with(span))
            .map(|(key, _)| *key)
            .collect();
        for (_, set) in &found {
            groups.join(*set, span.index);
        }
        if !found.is_empty() {
            for ((has_instant, set), one) in std::mem::take(&mut going_on) {
                add(&mut going_on, (has_instant, groups.find(set)), one);
            }
        }
        let end_s = span.start_s + span.length_s;
        let own = ActiveGroup { end_s, twice_middle_s: span.start_s + end_s };
        add(&mut going_on, (span.has_instant, groups.find(span.index)), own);
    }
}

fn add(going_on: &mut BTreeMap<(bool, usize), ActiveGroup>, key: (bool, usize), one: ActiveGroup) {
    match going_on.get_mut(&key) {
        Some(known) => known.join(&one),
        None => {
            going_on.insert(key, one);
        }
    }
}
