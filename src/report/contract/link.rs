//! How the flags of a rule stand to the episodes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::link::exact::Stratum;

pub use crate::link::claim::Claim;

/// A rate ratio with its 95 % limits.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RateRatio {
    /// Conditional estimate; `None` where unbounded.
    pub estimate: Option<f64>,
    /// Lower limit.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
    /// The lower limit is the end of its range.
    pub low_unbounded: bool,
    /// The upper limit is the end of its range.
    pub high_unbounded: bool,
}

/// Counts for another window.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WindowCount {
    /// Days.
    pub window_days: u32,
    /// Episodes preceded.
    pub exposed: u64,
    /// Expected from how usual the flag is.
    pub expected: Option<f64>,
}

/// Counts for the window that should show nothing.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NullWindow {
    /// Episodes preceded.
    pub exposed: u64,
    /// Expected.
    pub expected: f64,
}

/// How one rule's flags stand to the episodes.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "the contract's own names; linking.rs explains them")]
pub struct LinkRow {
    pub rule: &'static str,
    pub window_days: u32,
    pub episodes_total: u64,
    pub episodes_usable: u64,
    pub excluded: BTreeMap<String, u64>,
    pub exposed: u64,
    pub expected: Option<f64>,
    pub exposed_share: Option<f64>,
    pub informative_strata: Option<u64>,
    pub rate_ratio: Option<RateRatio>,
    pub mantel_haenszel: Option<f64>,
    pub p_exact: Option<f64>,
    pub p_rotation: Option<f64>,
    pub p_holm: Option<f64>,
    pub best_attainable_p: Option<f64>,
    pub seed: Option<u64>,
    pub sensitivity: Vec<WindowCount>,
    pub null_window: Option<NullWindow>,
    pub claim: Claim,
    pub text: String,
    /// The counts behind the figures, for pooling runners. Not part of the JSON.
    #[serde(skip)]
    pub strata: Vec<Stratum>,
}
