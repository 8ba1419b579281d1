//! Rows of links.

use crate::link::Linked;
use crate::report::contract::{LinkRow, NullWindow, RateRatio, WindowCount};

pub(super) fn link_row(linked: &Linked) -> LinkRow {
    let days = |days: i64| u32::try_from(days).unwrap_or_default();
    LinkRow {
        rule: linked.preset.label,
        window_days: days(linked.preset.window.from_days),
        episodes_total: linked.episodes_total,
        episodes_usable: linked.episodes_usable,
        excluded: linked.excluded.clone(),
        exposed: linked.exposed,
        expected: linked.expected,
        exposed_share: linked.exposed_share,
        informative_strata: linked.informative_strata,
        rate_ratio: linked.rate_ratio.map(ratio_row),
        mantel_haenszel: linked.mantel_haenszel,
        p_exact: linked.p_exact,
        p_rotation: linked.p_rotation,
        p_holm: linked.p_holm,
        best_attainable_p: linked.best_attainable_p,
        seed: linked.seed,
        sensitivity: linked
            .sensitivity
            .iter()
            .map(|count| WindowCount {
                window_days: days(count.window_days),
                exposed: count.exposed,
                expected: count.expected,
            })
            .collect(),
        null_window: linked
            .null_window
            .and_then(|count| Some(NullWindow { exposed: count.exposed, expected: count.expected? })),
        claim: linked.claim,
        text: linked.text.clone(),
        strata: linked.strata.clone(),
    }
}

/// A rate ratio as a report has it.
pub(crate) fn ratio_row(ratio: crate::link::RateRatio) -> RateRatio {
    RateRatio {
        estimate: ratio.estimate,
        low: ratio.low,
        high: ratio.high,
        low_unbounded: ratio.low.is_none(),
        high_unbounded: ratio.high.is_none(),
    }
}
