//! How the flags of a rule are linked to episodes. The figures are those of `link`, which works them out.

use serde::Serialize;

pub use crate::link::claim::Claim;
pub use crate::link::linked::{Linked, NullWindow, RateRatio, WindowCount};

/// How one rule's flags stand to the episodes.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LinkRow {
    /// The rule whose flags these are.
    pub rule: &'static str,
    /// How many days before an onset a flag counts.
    pub window_days: u32,
    /// The figures and what may be said of them.
    #[serde(flatten)]
    pub linked: Linked,
}
