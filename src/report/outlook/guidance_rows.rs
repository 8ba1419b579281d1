//! What the guidance says to the flags of a plan.

use super::GuidanceRow;
use crate::guidance;
use crate::model::reading::Side;

/// The guidance's first line for each rule, which says what to do; `runhip explain` gives the reasons.
pub(super) fn guidance_for(rules: &[&'static str]) -> Vec<GuidanceRow> {
    rules
        .iter()
        .filter_map(|&rule| {
            let entry = guidance::for_rule(rule).next()?;
            Some(GuidanceRow {
                rule,
                text: guidance::text_for(entry, Side::Unknown),
                guidance: entry.id.clone(),
                sources: entry.sources(),
            })
        })
        .collect()
}
