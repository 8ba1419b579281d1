//! The change of a week against the one before, for weeks that were run and weeks that are planned.

use super::contract::{ChangeReason, Number};
use crate::tables::{Baseline, Week};

/// The change against the week before, or why there is none.
pub(super) fn week_change(week: &Week) -> (Option<Number>, Option<ChangeReason>) {
    let reason = match week.baseline {
        Baseline::Previous(previous) => {
            let change = week.distance_m.map(|total| Number((real(total) - real(previous)) / real(previous)));
            return (change, change.is_none().then_some(ChangeReason::UnknownDistance));
        }
        Baseline::None => ChangeReason::NoBaseline,
        Baseline::Incomplete => ChangeReason::Incomplete,
        Baseline::Unobserved => ChangeReason::Unobserved,
        Baseline::UnknownDistance => ChangeReason::UnknownDistance,
    };
    (None, Some(reason))
}

/// One distance as a share of another; `None` if that is zero.
pub(super) fn share(metres: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| real(metres) / real(of))
}

#[expect(clippy::cast_precision_loss, reason = "metres of a week are far below 2^53")]
fn real(metres: u64) -> f64 {
    metres as f64
}
