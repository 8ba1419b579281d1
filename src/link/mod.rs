//! What came before episodes more often than its usual presence explains: windows, strata, the exact test, rotation and
//! what may be claimed. It takes labels with their flag days; what raises a flag, and from which file, it does not know.
//!
//! The design is self-controlled and stratified in time: a runner's days before an onset are compared with the same
//! runner's other days in the same half-year, so that neither a habit nor a drift over the years passes for a link.

pub mod claim;
pub mod exact;
pub mod holm;
mod hypergeometric;
pub mod pooled;
pub mod preset;
pub mod rotation;
pub mod strata;
mod stratum;
pub mod together;
mod wording;
pub(crate) use wording::{NO_CAUSE, figure};

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use claim::{Claim, FOR_COUNTS, FOR_ESTIMATE, Grounds, LEVEL, claim};
use exact::{Association, Stratum, associate};
use preset::Preset;
use strata::{Block, History, Risk, Window};

/// Other window lengths, shown beside the preset one without p-values.
pub const SENSITIVITY_DAYS: [i64; 3] = [7, 21, 28];

/// A preset test with the days on which its flag stands, as the flag's own rule dates them.
#[derive(Clone, Debug)]
pub struct FlagDays {
    /// The test.
    pub preset: Preset,
    /// The days.
    pub days: BTreeSet<NaiveDate>,
    /// Days on which pain or a blank kept the flag from being raised, where the flag's own definition does that;
    /// wash-outs and unobserved days need not be among them.
    pub blind: BTreeSet<NaiveDate>,
}

/// A rate ratio with its 95 % limits; `None` is unbounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateRatio {
    /// Conditional maximum-likelihood estimate; `None` where it is beyond any number.
    pub estimate: Option<f64>,
    /// Lower limit; `None` where no exposed onset, or no more than had to be, leaves it at the end of its range.
    pub low: Option<f64>,
    /// Upper limit; `None` likewise.
    pub high: Option<f64>,
}

/// Episodes preceded and expected to be, in another window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counts {
    /// Length of the window in days.
    pub window_days: i64,
    /// Episodes with a flag in it.
    pub exposed: u64,
    /// Expected from how usual the flag is; `None` with too few episodes for counts.
    pub expected: Option<f64>,
}

/// How one label's flags stand to the episodes. A figure that the number of episodes does not allow is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// The test.
    pub preset: Preset,
    /// Episodes in the history.
    pub episodes_total: u64,
    /// Episodes whose onset lies on a day at risk for this label: windows differ, and so can this.
    pub episodes_usable: u64,
    /// The others, by reason.
    pub excluded: BTreeMap<String, u64>,
    /// Usable episodes with a flag in the window.
    pub exposed: u64,
    /// The number expected from how usual the flag is.
    pub expected: Option<f64>,
    /// Share of at-risk days that are exposed; `None` without at-risk days.
    pub exposed_share: Option<f64>,
    /// Half-years in which exposed and unexposed days could be compared.
    pub informative_strata: Option<u64>,
    /// `None` also where no stratum is informative.
    pub rate_ratio: Option<RateRatio>,
    /// Companion estimate; `None` also where it is unbounded or 0/0.
    pub mantel_haenszel: Option<f64>,
    /// Two-sided mid-P value.
    pub p_exact: Option<f64>,
    /// p over rotations within strata; only where the exact p, adjusted, is at most 0.05.
    pub p_rotation: Option<f64>,
    /// The larger of the two, adjusted over the preset tests.
    pub p_holm: Option<f64>,
    /// The smallest exact p that any outcome could have had.
    pub best_attainable_p: Option<f64>,
    /// Seed of the rotations, where there were any.
    pub seed: Option<u64>,
    /// The counts for windows of 7, 21 and 28 days.
    pub sensitivity: Vec<Counts>,
    /// The counts for [t−70, t−43], which should show nothing, over the onsets for which it can be seen; `None` where it
    /// can for none.
    pub null_window: Option<Counts>,
    /// What may be said.
    pub claim: Claim,
    /// It, said.
    pub text: String,
    /// The strata behind the figures, for pooling runners.
    pub strata: Vec<Stratum>,
    /// Each flag the statistics count as having come before a usable onset: (flag, onset).
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
        linked.text = wording::sentence(&linked);
        linked
    }

    fn counts_within(&self, risk: &Risk, window_days: i64, expected: bool) -> Counts {
        let window = self.flag.preset.window.lasting(window_days);
        let strata: Vec<Stratum> =
            risk.blocks(&risk.exposed(&self.flag.days, window)).iter().map(Block::stratum).collect();
        Counts {
            window_days,
            exposed: sum(&strata, |s| s.exposed_onsets),
            expected: expected.then(|| exact::expected(&strata)),
        }
    }

    fn null_window(&self, risk: &Risk) -> Option<Counts> {
        let exposed = risk.exposed(&self.flag.days, Window::NULL);
        let strata: Vec<Stratum> = risk.blocks_seeing(&exposed, Window::NULL).iter().map(Block::stratum).collect();
        (sum(&strata, |s| s.onsets) > 0).then(|| Counts {
            window_days: Window::NULL.from_days - Window::NULL.to_days + 1,
            exposed: sum(&strata, |s| s.exposed_onsets),
            expected: Some(exact::expected(&strata)),
        })
    }
}

fn sum(strata: &[Stratum], of: impl Fn(&Stratum) -> u64) -> u64 {
    strata.iter().map(of).sum()
}

fn rate_ratio(found: &Association) -> RateRatio {
    let bounded = |value: f64| Some(value).filter(|value| value.is_finite());
    RateRatio {
        estimate: bounded(found.estimate),
        low: bounded(found.low).filter(|&low| low > 0.0),
        high: bounded(found.high),
    }
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
