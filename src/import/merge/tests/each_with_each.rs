//! Compares every recording with every other: slow, and the reference for the sweep.

use super::*;

/// The members of each set, in the form of [`Groups::members`].
pub fn at_once(items: &[Item]) -> Vec<Vec<usize>> {
    let mut groups = Groups::new(items.len());
    for (a, first) in items.iter().enumerate() {
        for (b, second) in items.iter().enumerate().skip(a + 1) {
            if share_more_than_half(first, second) {
                groups.join(a, b);
            }
        }
    }
    groups.members()
}

fn share_more_than_half(a: &Item, b: &Item) -> bool {
    let recorded_run = |item: &Item| is_recorded(item) && is_running(&item.activity);
    let (Some(a_s), Some(b_s)) = (length_s(&a.activity), length_s(&b.activity)) else { return false };
    let starts = instant_s(&a.placed).zip(instant_s(&b.placed));
    let Some((from_a, from_b)) = starts.or_else(|| wall_clock_s(&a.placed).zip(wall_clock_s(&b.placed))) else {
        return false;
    };
    let (to_a, to_b) = (from_a + i64::from(a_s), from_b + i64::from(b_s));
    let shared = to_a.min(to_b) - from_a.max(from_b);
    recorded_run(a) && recorded_run(b) && 2 * shared > i64::from(a_s.min(b_s))
}
