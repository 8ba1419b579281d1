//! Recordings of running that share more than half of the shorter's time are one run: a phone that was started late, a
//! watch that died early, two watches, two parts beside the whole. One sweep over the starts finds them all.

use std::collections::BTreeMap;

use super::groups::Groups;
use super::{Item, instant_s, is_recorded, is_running, length_s, wall_clock_s};

/// Joins what was recorded at once: by instants where both have one, else by the clocks on the wall.
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

/// The time of one recording.
struct Span {
    start_s: i64,
    length_s: i64,
    index: usize,
    has_instant: bool,
}

/// What goes on of one set at some second: whoever shares more than half with any of its recordings shares it with the
/// one that ends last or with the one whose middle is latest.
struct ActiveGroup {
    end_s: i64,
    twice_middle_s: i64,
}

impl ActiveGroup {
    fn join(&mut self, other: &Self) {
        self.end_s = self.end_s.max(other.end_s);
        self.twice_middle_s = self.twice_middle_s.max(other.twice_middle_s);
    }

    /// Whether one that begins no earlier shares more than half of its own time or of a recording's here.
    fn is_one_with(&self, later: &Span) -> bool {
        2 * self.end_s > 2 * later.start_s + later.length_s || self.twice_middle_s > 2 * later.start_s
    }
}

/// Joins those that share more than half. Spans come in the order of their starts; `comparable` is told of both whether
/// they have an instant. No more than two sets of one clock go on at any second: a third that shares half with neither
/// begins after the middle of the second, which is after the end of the first.
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
