//! Tables by word, for the data of the reading: hashed fast and without chance. Nobody outside has a say in what is in them,
//! so that no clash of hashes can be sought.

use foldhash::fast::FixedState;

pub(super) type HashMap<K, V> = std::collections::HashMap<K, V, FixedState>;
pub(super) type HashSet<K> = std::collections::HashSet<K, FixedState>;
