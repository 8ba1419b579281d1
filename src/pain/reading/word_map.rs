//! Hash tables for the words of the reading, with a fast hash and a fixed seed. Their keys come from our own files,
//! so nobody can choose keys that collide.

use foldhash::fast::FixedState;

pub(super) type HashMap<K, V> = std::collections::HashMap<K, V, FixedState>;
pub(super) type HashSet<K> = std::collections::HashSet<K, FixedState>;

/// A table with room for so many entries, so that it does not grow step by step.
pub(super) fn with_room<K, V>(entries: usize) -> HashMap<K, V> {
    HashMap::with_capacity_and_hasher(entries, FixedState::default())
}
