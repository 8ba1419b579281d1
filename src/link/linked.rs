//! One flag held against the episodes of one log: the figures, what may be claimed of them, and the sentence.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::claim::{Claim, FOR_COUNTS, FOR_ESTIMATE, Grounds, LEVEL, claim};
use super::exact::{self, Association, Stratum, associate};
use super::holm;
use super::hypergeometric;
use super::preset::Preset;
use super::rotation;
use super::strata::{Block, History, Risk, Window};
use super::wording::{self, NO_CAUSE};

/// Other window lengths, shown beside the preset one without p-values.
pub const SENSITIVITY_DAYS: [u32; 3] = [7, 21, 28];

/// A preset test with the days on which its flag stands, as the flag's own rule dates them.
#[derive(Clone, Debug)]
pub struct FlagDays {
    /// The test, with its window.
    pub preset: Preset,
    /// The days on which the flag stands.
    pub days: BTreeSet<NaiveDate>,
    /// Days on which pain or a blank kept the flag from being raised, where the flag's own definition does that;
    /// wash-outs and unobserved days need not be among them.
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
    /// A ratio between limits, each `None` where it is unbounded.
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
    /// The larger of the two p-values, adjusted by Holm's method for how many rules were tested; null where there is none.
    pub p_holm: Option<f64>,
    /// The smallest exact p-value that any outcome could have had; null with fewer than five usable episodes.
    pub best_attainable_p: Option<f64>,
    /// The seed of the rotations; null where there were none.
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
    /// The strata behind the figures, for pooling runners.
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

    /// Whether more episodes were preceded than expected.
    pub fn more_than_expected(&self) -> bool {
        self.expected.is_some_and(|expected| hypergeometric::real(self.exposed) > expected)
    }
}

/// Holds every label's flag days against the history's episodes. The labels are tested together: the adjustment is over
/// all of them, four at least. `seed` fixes the rotations.
pub fn link(history: &History, flags: &[FlagDays], seed: u64) -> Vec<Linked> {
    let tests: Vec<Test> = flags.iter().map(|flag| Test::of(history, flag)).collect();
    let exact: Vec<Option<f64>> = tests.iter().map(|test| test.allowed().then_some(test.association.p_mid)).collect();
    let rotated: Vec<Option<f64>> = tests
        .iter()
        .zip(holm::holm(&exact))
        .map(|(test, adjusted)| adjusted.filter(|&p| p <= LEVEL).map(|_| rotation::rotation_p(&test.blocks, seed)))
        .collect();
    let larger: Vec<Option<f64>> =
        exact.iter().zip(&rotated).map(|(exact, rotated)| exact.map(|p| p.max(rotated.unwrap_or(0.0)))).collect();
    let adjusted = holm::holm(&larger);

    tests
        .iter()
        .enumerate()
        .map(|(i, test)| {
            // Had this test come out at its most extreme, the others being what they are.
            let mut best = larger.clone();
            best[i] = test.allowed().then_some(test.association.best_attainable_p);
            let best_p_holm = holm::holm(&best)[i];
            test.linked([exact[i], rotated[i], adjusted[i], best_p_holm], seed)
        })
        .collect()
}

/// One label's days, set out.
struct Test<'a> {
    history: &'a History,
    flag: &'a FlagDays,
    risk: Risk,
    blocks: Vec<Block>,
    strata: Vec<Stratum>,
    association: Association,
}

impl<'a> Test<'a> {
    fn of(history: &'a History, flag: &'a FlagDays) -> Self {
        let risk = Risk::of(history, flag.preset.window, &flag.blind);
        let blocks = risk.blocks(&risk.exposed(&flag.days, flag.preset.window));
        let strata: Vec<Stratum> = blocks.iter().map(Block::stratum).collect();
        Self { history, flag, risk, association: associate(&strata), blocks, strata }
    }

    fn allowed(&self) -> bool {
        self.risk.episodes_usable >= FOR_ESTIMATE
    }

    fn linked(&self, [p_exact, p_rotation, p_holm, best_p_holm]: [Option<f64>; 4], seed: u64) -> Linked {
        let (found, risk) = (&self.association, &self.risk);
        let usable = risk.episodes_usable;
        let (counts, estimates) = (usable >= FOR_COUNTS, usable >= FOR_ESTIMATE);
        let exposed = sum(&self.strata, |s| s.exposed_onsets);
        let days = sum(&self.strata, |s| s.days);
        let share = hypergeometric::real(sum(&self.strata, |s| s.exposed_days)) / hypergeometric::real(days);
        let mut linked = Linked {
            preset: self.flag.preset,
            episodes_total: risk.episodes_total,
            episodes_usable: usable,
            excluded: risk.excluded.clone(),
            exposed,
            expected: counts.then_some(found.expected),
            exposed_share: (days > 0).then_some(share),
            informative_strata: counts.then_some(found.informative_strata),
            rate_ratio: (estimates && found.informative_strata > 0).then(|| rate_ratio(found)),
            mantel_haenszel: Some(found.mantel_haenszel).filter(|ratio| estimates && ratio.is_finite()),
            p_exact,
            p_rotation,
            p_holm,
            best_attainable_p: estimates.then_some(found.best_attainable_p),
            seed: p_rotation.map(|_| seed),
            sensitivity: SENSITIVITY_DAYS.map(|days| self.counts_within(risk, days, counts)).to_vec(),
            null_window: self.null_window(risk).filter(|_| counts),
            claim: Claim::TimelineOnly,
            text: String::new(),
            bare_text: String::new(),
            strata: self.strata.clone(),
            pairs: risk.pairs(&self.flag.days, self.flag.preset.window, self.history.episodes.iter().map(|e| e.0)),
        };
        linked.claim = claim(&Grounds {
            episodes_usable: usable,
            informative_strata: found.informative_strata,
            more_than_expected: linked.more_than_expected(),
            p_holm: p_holm.unwrap_or(1.0),
            best_p_holm: best_p_holm.unwrap_or(1.0),
        });
        linked.text = wording::sentence(&linked, NO_CAUSE);
        linked.bare_text = wording::sentence(&linked, ".");
        linked
    }

    fn counts_within(&self, risk: &Risk, window_days: u32, expected: bool) -> WindowCount {
        let window = self.flag.preset.window.lasting(i64::from(window_days));
        let strata: Vec<Stratum> =
            risk.blocks(&risk.exposed(&self.flag.days, window)).iter().map(Block::stratum).collect();
        WindowCount {
            window_days,
            exposed: sum(&strata, |s| s.exposed_onsets),
            expected: expected.then(|| exact::expected(&strata)),
        }
    }

    /// The counts over the onsets for which the window can be seen; `None` where it can for none.
    fn null_window(&self, risk: &Risk) -> Option<NullWindow> {
        let exposed = risk.exposed(&self.flag.days, Window::NULL);
        let strata: Vec<Stratum> = risk.blocks_seeing(&exposed, Window::NULL).iter().map(Block::stratum).collect();
        (sum(&strata, |s| s.onsets) > 0)
            .then(|| NullWindow { exposed: sum(&strata, |s| s.exposed_onsets), expected: exact::expected(&strata) })
    }
}

pub(super) fn sum(strata: &[Stratum], of: impl Fn(&Stratum) -> u64) -> u64 {
    strata.iter().map(of).sum()
}

pub(super) fn rate_ratio(found: &Association) -> RateRatio {
    let bounded = |value: f64| Some(value).filter(|value| value.is_finite());
    RateRatio::new(bounded(found.estimate), bounded(found.low).filter(|&low| low > 0.0), bounded(found.high))
}
