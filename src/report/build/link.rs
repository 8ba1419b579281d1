//! Rows of links: the figures of the statistics, each with its rule.

use crate::link::Linked;
use crate::link::preset::Preset;
use crate::report::contract::LinkRow;

pub(super) fn link_row(linked: &Linked) -> LinkRow {
    LinkRow { rule: linked.preset.label, window_days: window_days(&linked.preset), linked: linked.clone() }
}

/// How many days before an onset a flag of the test counts.
pub(crate) fn window_days(preset: &Preset) -> u32 {
    u32::try_from(preset.window.from_days).unwrap_or_default()
}
