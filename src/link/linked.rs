//! The row for one flag of a log: its figures, what may be claimed, and the sentence. The figures are worked out in
//! `comparison.rs`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::claim::Claim;
use super::diagnostics::Diagnostic;
use super::exact::{Association, Stratum};
use super::hypergeometric;
use super::power::Exaggeration;
use super::preset::Preset;

/// Other window lengths, shown beside the preset one without p-values.
pub const SENSITIVITY_DAYS: [u32; 3] = [7, 21, 28];

/// A preset test with the days of its flag, as the flag's own rule dates them.
#[derive(Clone, Debug)]
pub struct FlagDays {
    /// The test, with its window.
    pub preset: Preset,
    /// The days on which the flag was raised.
    pub days: BTreeSet<NaiveDate>,
    /// Days on which pain or a blank kept the flag from being raised, where the flag's own definition does so.
    /// Wash-outs and unobserved days need not be among them.
    pub blind: BTreeSet<NaiveDate>,
}

/// A rate ratio with its 95 % limits; `None` is unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RateRatio {
    /// How many times as often pain began with such a flag before it as without: the conditional maximum-likelihood
    /// estimate. Null where it is beyond any number.
    pub estimate: Option<f64>,
    /// Lower limit; null where no exposed onset, or no more than had to be, leaves it at the end of its range.
    pub low: Option<f64>,
    /// Upper limit; null where every onset, or as many as can be, is exposed.
    pub high: Option<f64>,
    /// True where there is no lower limit, so that `low` is null.
    pub low_unbounded: bool,
    /// True where there is no upper limit, so that `high` is null.
    pub high_unbounded: bool,
}

impl RateRatio {
    /// A ratio with its limits; `None` is unbounded.
    #[must_use]
    pub fn new(estimate: Option<f64>, low: Option<f64>, high: Option<f64>) -> Self {
        Self { estimate, low, high, low_unbounded: low.is_none(), high_unbounded: high.is_none() }
    }
}

/// Episodes preceded and expected to be, in another window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WindowCount {
    /// Length of the window in days.
    pub window_days: u32,
    /// Episodes with a flag in it.
    pub exposed: u64,
    /// How many would be expected from how usual the flag is; null with fewer than three usable episodes.
    pub expected: Option<f64>,
}

/// Episodes preceded and expected to be, in the window that should show nothing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NullWindow {
    /// Episodes with a flag in it.
    pub exposed: u64,
    /// How many would be expected from how usual the flag is.
    pub expected: f64,
}

/// A flag of another rule before the same episodes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CameTogether {
    /// The other rule.
    pub rule: &'static str,
    /// Episodes that both flags stood before.
    pub episodes: u64,
    /// What the other flag is called in a sentence.
    #[serde(skip)]
    pub one: &'static str,
}

/// How one label's flags stand to the episodes. A figure that the number of episodes does not allow is `None`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Linked {
    /// The test, with its window.
    #[serde(skip)]
    pub preset: Preset,
    /// Hip-pain episodes in the log.
    pub episodes_total: u64,
    /// Episodes that can be counted for this rule: their onset lies on a day before which a flag could have been seen.
    pub episodes_usable: u64,
    /// How many episodes cannot be counted, by reason.
    pub excluded: BTreeMap<String, u64>,
    /// Usable episodes with a flag in the window before their onset.
    pub exposed: u64,
    /// How many of them would be expected from how usual the flag is; null with fewer than three usable episodes.
    pub expected: Option<f64>,
    /// Share (0 to 1) of the days that count which have a flag in the window before them; null where no day counts.
    pub exposed_share: Option<f64>,
    /// Half-years that hold days with and days without such a flag before them, so that the two can be compared; null
    /// with fewer than three usable episodes.
    pub informative_strata: Option<u64>,
    /// How many times as often pain began with such a flag before it as without; null with fewer than five usable
    /// episodes, or where nothing can be compared.
    pub rate_ratio: Option<RateRatio>,
    /// The same ratio by another method, that of Mantel and Haenszel; null also where it is unbounded or 0/0.
    pub mantel_haenszel: Option<f64>,
    /// Two-sided mid-P value of the exact test; null with fewer than five usable episodes.
    pub p_exact: Option<f64>,
    /// The p-value by rotating the flags within each half-year; null unless the exact one, adjusted, is at most 0.05.
    pub p_rotation: Option<f64>,
    /// One-sided mid-P value of the exact test, for "more often", with days compared within each half-year and kind of
    /// day: with a run after a day with a run, with a run after a day without, without a run. The half-years are cut in two
    /// ways, a quarter of a year apart, and the larger p counts. Null with fewer than five usable episodes.
    pub p_one_sided: Option<f64>,
    /// The one-sided p-value that a claim rests on: that of jointly rotated flags, adjusted for the other rules by the
    /// step-down method of Westfall and Young, each rule with its own share, and the larger of the two ways of cutting. Null
    /// with fewer than five usable episodes.
    pub p_step_down: Option<f64>,
    /// The smallest rate ratio that this log would have shown in four of five cases; null with fewer than five usable
    /// episodes, or where it would have shown none.
    pub detectable_ratio: Option<f64>,
    /// How much a claim from a log like this overstates; null where nothing could be claimed.
    pub exaggeration: Option<Exaggeration>,
    /// What a claim takes for granted, held against this log; empty with fewer than five usable episodes.
    pub diagnostics: Vec<Diagnostic>,
    /// Flags of other rules that stood before the same episodes, those before most of them first.
    pub came_together: Vec<CameTogether>,
    /// Whether this log speaks of pain on days with a run alone: then only such days count.
    pub run_days_only: bool,
    /// The larger of the two p-values, adjusted by Holm's method for how many rules were tested; null where there is none.
    pub p_holm: Option<f64>,
    /// The smallest exact p-value that any outcome could have had; null with fewer than five usable episodes.
    pub best_attainable_p: Option<f64>,
    /// The seed of the joint rotations; null where there were none.
    pub seed: Option<u64>,
    /// The same counts for windows of 7, 21 and 28 days.
    pub sensitivity: Vec<WindowCount>,
    /// The same counts for the days 70 to 43 before, in which a flag should show nothing; null where no episode allows
    /// them.
    pub null_window: Option<NullWindow>,
    /// What may be said of the figures.
    pub claim: Claim,
    /// The figures and what may be said of them, in sentences.
    pub text: String,
    /// The text for whoever prints several links and says behind them all that none shows cause.
    #[serde(skip)]
    pub bare_text: String,
    /// Days compared within each half-year and kind of day, for pooling runners: three kinds for each half-year.
    #[serde(skip)]
    pub strata: Vec<Stratum>,
    /// Each flag the statistics count as having come before a usable onset: (flag, onset).
    #[serde(skip)]
    pub pairs: BTreeSet<(NaiveDate, NaiveDate)>,
}

impl Linked {
    /// Whether the statistics count the flag dated `flag` as having come before the onset on `onset`.
    pub fn counts(&self, flag: NaiveDate, onset: NaiveDate) -> bool {
        self.pairs.contains(&(flag, onset))
    }

    /// Whether more episodes had a flag before them than expected.
    pub fn more_than_expected(&self) -> bool {
        self.expected.is_some_and(|expected| hypergeometric::real(self.exposed) > expected)
    }
}

pub(super) fn sum(strata: &[Stratum], of: impl Fn(&Stratum) -> u64) -> u64 {
    strata.iter().map(of).sum()
}

pub(super) fn rate_ratio(found: &Association) -> RateRatio {
    let bounded = |value: f64| Some(value).filter(|value| value.is_finite());
    RateRatio::new(bounded(found.estimate), bounded(found.low).filter(|&low| low > 0.0), bounded(found.high))
}
