//! How urgent a warning sign is, given the other signs of its episode.

use crate::model::reading::Priority;
use crate::model::warning_sign::{Raise, RedFlag};

/// How urgent a sign is, given the signs for which `stands` is true.
pub(super) fn priority(flag: RedFlag, stands: &dyn Fn(RedFlag) -> bool, sudden_weakness: bool) -> Priority {
    let row = flag.row();
    match row.raised {
        Some((Raise::Beside(others), raised)) if others.iter().any(|other| stands(*other)) => raised,
        Some((Raise::Sudden, raised)) if sudden_weakness => raised,
        _ => row.priority,
    }
}
